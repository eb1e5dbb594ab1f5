"""One row of a page: its source beside what was understood, to look at and to put right."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import Details, SightingRow
from refman.model.creator import Creator
from refman.ui import icons, theme
from refman.ui.dialogs.creators import CreatorsDialog
from refman.ui.edits import Edits
from refman.ui.import_review.boundary_edit import BoundaryEdit
from refman.ui.import_review.reading import Glued, glued_line, is_open, outcome_name, split_line
from refman.ui.names import names_text
from refman.ui.tex_text import plain
from refman.ui.widgets.field_row import FieldRow
from refman.ui.widgets.growing_text import GrowingText, ReadingText
from refman.ui.widgets.lettering import use_font, use_size


class RowView(QScrollArea):
    """`accepted` once the row is said to be right."""

    accepted = Signal(int)  # entry
    entry_activated = Signal(int)

    def __init__(self, edits: Edits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._row: SightingRow | None = None
        self._details: Details | None = None
        self._glued: Glued | None = None
        self._readings: list[tuple[str, str]] = []
        self._reading_buttons: list[QPushButton] = []
        self._outcome = QLabel()
        theme.set_kind(self._outcome, "muted")
        self._reasons = QLabel(wordWrap=True)
        self._reasons.setTextFormat(Qt.TextFormat.PlainText)
        self._reason_box = QFrame()
        reason_row = QHBoxLayout(self._reason_box)
        reason_row.setContentsMargins(12, 8, 12, 8)
        reason_row.addWidget(self._reasons, 1)
        self._split_label = _heading(_("Where does the title end?"))
        self.boundary = BoundaryEdit()
        self.boundary.set_editable(edits.editable)
        self.boundary.moved.connect(self._preview)
        self.boundary.kept.connect(self._choose)
        self._readings_box = QVBoxLayout()
        self._readings_box.setSpacing(4)
        self._preview_text = QLabel(wordWrap=True)
        theme.set_kind(self._preview_text, "muted")
        self._form = self._make_form()
        self.accept_button = QPushButton(_("Looks right"))
        self.accept_button.setToolTip(_("Settle this row and go to the next (Ctrl+Enter)"))
        self.accept_button.setIcon(icons.icon("check", "accent_text"))
        theme.set_kind(self.accept_button, "primary")
        self.accept_button.clicked.connect(self.accept)
        self._open = QPushButton(_("Show the paper"))
        self._open.setToolTip(_("Leave the review and show this paper in the library"))
        self._open.clicked.connect(self._open_paper)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.accept_button)
        buttons.addWidget(self._open)
        buttons.addStretch(1)
        self._source_label = _heading(_("What stood on the page"))
        self._source = ReadingText()
        self._source.setAccessibleName(_("Source text of the row"))
        theme.set_kind(self._source, "code")
        self._understood_label = _heading(_("What was understood"))
        self._lay_out(buttons)
        use_font(self._source, theme.mono_font)
        use_size(self.title, 1.08, bold=True)

    def _make_form(self) -> QWidget:
        """Title, authors, and the other values that a page says."""
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(8)
        self.title = GrowingText(one_line=True)
        self.title.setAccessibleName(_("Title"))
        self.title.setToolTip(_("Enter keeps the title, Esc takes the change back"))
        self.title.setReadOnly(not self._edits.editable)
        self.title.committed.connect(self._keep_title)
        self.title.left.connect(self.setFocus)
        self._names = QLabel(wordWrap=True)
        self._edit_names = QPushButton(_("Edit …"))
        self._edit_names.setToolTip(_("Edit the authors, name by name"))
        self._edit_names.clicked.connect(self._open_names)
        self._edit_names.setVisible(self._edits.editable)
        names_row = QHBoxLayout()
        names_row.addWidget(self._names, 1)
        names_row.addWidget(self._edit_names, 0, Qt.AlignmentFlag.AlignTop)
        for place, (label, part) in enumerate(
            ((_("Title"), self.title), (_("Authors"), names_row))
        ):
            name = QLabel(label)
            theme.set_kind(name, "muted")
            name.setContentsMargins(0, 5, 0, 0)
            name.setFixedWidth(self.fontMetrics().averageCharWidth() * 15)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(part, QWidget):
                grid.addWidget(part, place, 1)
            else:
                grid.addLayout(part, place, 1)
        self.date = FieldRow(kind="")
        self.category = FieldRow(kind="")
        for place, field in enumerate((self.date, self.category), 2):
            field.value_changed.connect(self._keep_field)
            grid.addWidget(field, place, 0, 1, 2)
        self._facts = QLabel(wordWrap=True)
        theme.set_kind(self._facts, "muted")
        grid.addWidget(self._facts, 4, 0, 1, 2)
        return form

    def _lay_out(self, buttons: QHBoxLayout) -> None:
        page = QWidget()
        page.setObjectName("review_page")
        column = QVBoxLayout(page)
        column.setContentsMargins(22, 16, 22, 20)
        column.setSpacing(8)
        column.addWidget(self._outcome)
        column.addWidget(self._reason_box)
        column.addSpacing(4)
        column.addWidget(self._split_label)
        column.addWidget(self.boundary)
        column.addWidget(self._preview_text)
        column.addLayout(self._readings_box)
        column.addSpacing(6)
        column.addWidget(self._understood_label)
        column.addWidget(self._form)
        column.addLayout(buttons)
        column.addSpacing(8)
        column.addWidget(self._source_label)
        column.addWidget(self._source)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.set_kind(self, "page")

    # --- showing -------------------------------------------------------------------------

    def show_row(self, row: SightingRow, details: Details | None) -> None:
        """Show `row` and its paper; `details` is None where it has none."""
        another = self._row is None or self._row.id != row.id
        self._row, self._details = row, details
        self._outcome.setText(
            _("{outcome} · line {line}").format(outcome=outcome_name(row.outcome), line=row.line)
        )
        sentences = (*row.review, *row.reasons)
        self._reasons.setText("\n".join(dict.fromkeys(sentences)))
        self._reason_box.setVisible(bool(sentences))
        kind = "error" if row.outcome == "failed" else "warning" if is_open(row) else "info"
        theme.set_kind(self._reason_box, f"banner-{kind}")
        entry = details.entry if details else row.seen.entry
        if another or not self.boundary.is_moved:
            self._show_boundary(row, entry.title)
        self.title.set_kept(entry.title)
        self._names.setText(
            names_text(entry.creators, truncated=entry.creators_truncated) or _("No authors")
        )
        edited = details.edited if details else frozenset()
        editable = self._edits.editable and details is not None
        self.date.show_field(
            "date",
            entry.date,
            edited="date" in edited,
            editable=editable,
            same_paper=not another,
        )
        category = details.category if details else row.seen.category or ""
        self.category.show_field(
            "eprintclass",
            category,
            edited="eprintclass" in edited,
            editable=editable,
            label=_("Category"),
            same_paper=not another,
        )
        self._facts.setText(_facts(row))
        self._form.setVisible(row.outcome != "failed")
        self._understood_label.setVisible(row.outcome != "failed")
        self.title.setReadOnly(not editable)
        self._edit_names.setVisible(editable)
        self.accept_button.setVisible(editable)
        self.accept_button.setText(_("Looks right") if is_open(row) else _("Next to look at"))
        self._open.setVisible(details is not None)
        if self._source.toPlainText() != row.raw_text:
            self._source.setPlainText(row.raw_text)
        if another:
            self.verticalScrollBar().setValue(0)

    def commit(self) -> None:
        """Hand out what is being typed, and a boundary that was moved."""
        self.boundary.commit()
        self.title.commit()
        for field in (self.date, self.category):
            if field.line.hasFocus():
                field.commit()

    def take_reading(self, number: int) -> None:
        """Take one of the readings that are offered, counted from 1."""
        if 0 < number <= len(self._readings) and self._edits.editable:
            title, byline = self._readings[number - 1]
            _title, creators, truncated = split_line(title + byline, len(title))
            self._keep_choice(title.strip(), creators, truncated)

    def accept(self) -> None:
        """Say that the row is right."""
        self.commit()
        if self._row and self._details:
            if is_open(self._row):
                ids, verb = [self._details.id], self._edits.library.entries.mark_reviewed
                self._edits.write(_("Looks right"), lambda: verb(ids))
            self.accepted.emit(self._details.id)

    def _show_boundary(self, row: SightingRow, title: str) -> None:
        self._glued = glued_line(row, title)
        found = self._glued is not None and row.outcome != "failed"
        self._split_label.setVisible(found)
        self.boundary.setVisible(found)
        self._preview_text.setVisible(found)
        if self._glued:
            self.boundary.show_line(self._glued.text, self._glued.boundary)
            self._preview()
        self._show_readings(row, title)

    def _show_readings(self, row: SightingRow, title: str) -> None:
        """One choice for the reading of today and one for each runner-up."""
        self._readings = []
        if self._glued and row.runners_up:
            first = row.seen.entry.title
            line = self._glued.text
            taken = [first, *(other.title for other in row.runners_up)]
            self._readings = [
                (text, line[len(text) :]) for text in dict.fromkeys(taken) if line.startswith(text)
            ]
        while len(self._reading_buttons) < len(self._readings):
            button = QPushButton(checkable=True)
            button.clicked.connect(partial(self.take_reading, len(self._reading_buttons) + 1))
            theme.set_kind(button, "choice")
            self._readings_box.addWidget(button)
            self._reading_buttons.append(button)
        for number, button in enumerate(self._reading_buttons, 1):
            button.setVisible(number <= len(self._readings))
            if number > len(self._readings):
                continue
            text, byline = self._readings[number - 1]
            end = text if len(text) < 46 else "…" + text[-44:]
            button.setText(f"{number}   {end} │ {byline.strip()[:60]}".replace("&", "&&"))
            button.setChecked(text.strip() == title)
            button.setToolTip(
                _("Title: {title}\nAuthors: {authors}").format(title=text, authors=byline.strip())
            )

    def _preview(self) -> None:
        title, creators, truncated = split_line(self.boundary.text, self.boundary.boundary)
        names = "; ".join(creator.inverted for creator in creators[:12])
        names += _(" and others") if truncated else ""
        self._preview_text.setText(
            _("Authors: {names}").format(names=names or _("none")) if title else _("No title")
        )

    # --- changing ------------------------------------------------------------------------

    def _choose(self, boundary: int) -> None:
        self._keep_choice(*split_line(self.boundary.text, boundary))

    def _keep_choice(self, title: str, creators: tuple[Creator, ...], truncated: bool) -> None:
        if self._row is None or self._details is None:
            return
        row_id, verb = self._row.id, self._edits.library.listings.choose
        self._edits.write(
            _("Set title and authors"), lambda: verb(row_id, title, creators, truncated)
        )

    def _keep_title(self, title: str) -> None:
        self._edit({"title": title})

    def _keep_field(self, name: str, value: str) -> None:
        self._edit({name: value})

    def _edit(self, values: dict[str, Any]) -> None:
        if self._details:
            entry_id, verb = self._details.id, self._edits.library.entries.edit
            self._edits.write(_("Edit paper"), lambda: verb(entry_id, values))

    def _open_names(self) -> None:
        if self._details is None:
            return
        entry = self._details.entry
        dialog = CreatorsDialog(entry.creators, entry.creators_truncated, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(
            lambda: self._edit(
                {"creators": dialog.creators, "creators_truncated": dialog.truncated}
            )
        )
        dialog.open()

    def _open_paper(self) -> None:
        if self._details:
            self.entry_activated.emit(self._details.id)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    theme.set_kind(label, "section")
    return label


def _facts(row: SightingRow) -> str:
    seen = row.seen
    facts = [
        _("score {score:g}").format(score=seen.score) if seen.score is not None else "",
        _("code") if seen.code else "",
        _("year inferred from the page's day") if seen.year_given is False else "",
        ", ".join(seen.affiliations),
        _("abstract of {count} characters").format(count=len(seen.entry.abstract))
        if seen.entry.abstract
        else "",
    ]
    return " · ".join(plain(fact) for fact in facts if fact)
