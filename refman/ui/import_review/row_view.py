"""One row of a page: its source beside what was understood, to look at and to put right."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import Candidate, Details, SightingRow
from refman.library.matching import CERTAIN
from refman.library.records import called
from refman.model.creator import Creator
from refman.ui import icons, outside, theme
from refman.ui.edits import Edits
from refman.ui.import_review import wording
from refman.ui.import_review.fields_form import FieldsForm
from refman.ui.import_review.reading import RowPage
from refman.ui.import_review.same_papers import SamePapers
from refman.ui.import_review.source_view import SourceView
from refman.ui.import_review.title_end import TitleEnd
from refman.ui.names import names_text
from refman.ui.widgets.flow_layout import FlowLayout

BESIDE = 100  # letters of width from which source and fields stand side by side


class RowView(QScrollArea):
    """`left` when the keyboard goes back to the list."""

    left = Signal()
    message = Signal(str)
    merge_wanted = Signal(int)  # paper
    apart_wanted = Signal(int)
    paper_wanted = Signal(int)
    new_paper_wanted = Signal()

    def __init__(self, edits: Edits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._page: RowPage | None = None
        page = QWidget(self)
        page.setObjectName("review_page")
        self.setWidget(page)
        self._icon = QLabel(page)
        self._outcome = QLabel(page, wordWrap=True)
        theme.set_kind(self._outcome, "muted")
        self._reason_box = QFrame(page)
        self._reasons = QLabel(self._reason_box, wordWrap=True)
        self._reasons.setTextFormat(Qt.TextFormat.PlainText)
        self._reasons.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._failed_buttons = self._make_failed_buttons()
        box = QVBoxLayout(self._reason_box)
        box.setContentsMargins(12, 8, 12, 8)
        box.addWidget(self._reasons)
        box.addWidget(self._failed_buttons)
        self.title_end = TitleEnd(page)
        self.title_end.chosen.connect(self._keep_choice)
        self.same = SamePapers(page)
        self.same.merge_wanted.connect(self.merge_wanted)
        self.same.apart_wanted.connect(self.apart_wanted)
        self.same.paper_wanted.connect(self.paper_wanted)
        self.source = SourceView(page)
        self.source.part_chosen.connect(self._go_to_field)
        self.form = FieldsForm(edits, page)
        self.form.left.connect(self.left)
        self.form.message.connect(self.message)
        self._source_label = _heading(_("What stood on the page"), page)
        self._form_label = _heading(_("What was understood"), page)
        self._lay_out(page)
        self._dress()
        theme.theme().changed.connect(self._dress)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._light_focused)

    def _make_failed_buttons(self) -> QWidget:
        """What to do about a row that could not be read."""
        buttons = QWidget(self._reason_box)
        flow = FlowLayout(buttons, gap=6)
        flow.setContentsMargins(0, 4, 0, 0)
        by_hand = QPushButton(_("Add by hand …"), buttons)
        by_hand.setToolTip(_("Type the paper in, or paste its BibTeX"))
        by_hand.clicked.connect(self._add_by_hand)
        by_hand.setVisible(self._edits.editable)
        copy = QPushButton(_("Copy the text"), buttons)
        copy.setToolTip(_("Copy the source text of this row"))
        copy.clicked.connect(self.copy_source)
        flow.addWidget(by_hand)
        flow.addWidget(copy)
        return buttons

    def _lay_out(self, page: QWidget) -> None:
        head = QHBoxLayout()
        head.setSpacing(7)
        head.addWidget(self._icon)
        head.addWidget(self._outcome, 1)
        source = QVBoxLayout()
        source.setSpacing(6)
        source.addWidget(self._source_label)
        source.addWidget(self.source)
        source.addStretch(1)
        understood = QVBoxLayout()
        understood.setSpacing(6)
        understood.addWidget(self._form_label)
        understood.addWidget(self.form)
        understood.addStretch(1)
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._both.setSpacing(18)
        self._both.addLayout(source, 1)
        self._both.addLayout(understood, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 14, 18, 18)
        column.setSpacing(9)
        column.addLayout(head)
        for part in (self._reason_box, self.title_end, self.same):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            column.addWidget(part)
        column.addLayout(self._both)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("The row in full"))
        theme.set_kind(self, "page")

    # --- showing -------------------------------------------------------------------------

    @property
    def row(self) -> SightingRow | None:
        """The row shown."""
        return self._page.row if self._page else None

    @property
    def reasons(self) -> str:
        """What is said of the row above its fields."""
        return "" if self._reason_box.isHidden() else self._reasons.text()

    @property
    def outcome(self) -> str:
        """What became of the row, in the line above all else."""
        return self._outcome.text()

    def show_page(self, page: RowPage) -> None:
        """Show a row and its paper."""
        row, details = page.row, page.details
        another = self._page is None or self._page.row.id != row.id
        self._page = page
        editable = self._edits.editable and details is not None
        self._show_head(row, set_right=page.set_right)
        if another or not self.title_end.boundary.is_moved:
            title = details.entry.title if details else row.title
            self.title_end.show_row(row, title, editable=editable)
        if another:
            self.same.hide()
        self.source.show_source(row.raw_text, page.marks)
        failed = row.outcome == "failed"
        self.form.setVisible(not failed)
        self._form_label.setVisible(not failed)
        if not failed:
            self.form.show_page(page)
        if another:
            self.verticalScrollBar().setValue(0)

    def show_candidates(self, row_id: int, found: Sequence[Candidate]) -> None:
        """Show the papers that the row `row_id` may be as well."""
        page = self._page
        if page is None or page.row.id != row_id:
            return
        if page.row.outcome == "merged" and page.details and not any(one.merged for one in found):
            found = (_own(page.row, page.details), *found)
        self.same.show_candidates(found, editable=self._edits.editable)

    def commit(self) -> None:
        """Hand out what is being typed, and a boundary that was moved."""
        self.title_end.boundary.commit()
        if self._page and self._page.details:
            self.form.commit()

    def focus_title(self) -> None:
        """Bring the keyboard to where the title ends; where that cannot be moved, to the title."""
        moved = self.title_end.boundary
        wanted = self.form.title if self.title_end.isHidden() else moved
        if self._page and self._page.details and not self.form.isHidden():
            wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.ensureWidgetVisible(wanted)

    def copy_source(self) -> None:
        """Put the row's source text on the clipboard."""
        if self._page:
            outside.copy(self._page.row.raw_text)
            self.message.emit(_("The source text is on the clipboard."))

    def _add_by_hand(self) -> None:
        self.copy_source()
        self.new_paper_wanted.emit()

    def _show_head(self, row: SightingRow, *, set_right: bool) -> None:
        parts = (
            wording.outcome_name(row.outcome),
            _("line {line:,}").format(line=row.line),
            wording.confidence_tip(row, set_right=set_right),
            wording.settled_name(row, set_right=set_right),
        )
        self._outcome.setText(" · ".join(part for part in parts if part))
        failed = row.outcome == "failed"
        settled = row.reviewed and not failed
        sentences = [
            _("Settled: {reason}").format(reason=reason) if settled else reason
            for reason in row.review
        ]
        if row.outcome != "merged":  # then the card of the other paper says why
            sentences += row.reasons
        if row.outcome == "skipped":
            sentences.append(
                _(
                    "No paper is made of it, also when the page comes again. “Take in again” "
                    "brings it back."
                )
            )  # fmt: skip
        if failed:
            sentences.append(_("No paper was made of it: add it by hand, or mark it as looked at."))
        self._reasons.setText("\n".join(dict.fromkeys(sentences)))
        self._reason_box.setVisible(bool(sentences))
        self._failed_buttons.setVisible(failed)
        doubt = "error" if failed else "warning"
        theme.set_kind(self._reason_box, f"banner-{doubt if wording.is_open(row) else 'info'}")
        self._dress()

    def _dress(self) -> None:
        if self._page:
            name, role = wording.icon_of(self._page.row)
            self._icon.setPixmap(icons.pixmap(name, theme.px(17), theme.colour(role)))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Source and fields side by side where there is room, else one below the other."""
        wide = self.viewport().width() > self.fontMetrics().averageCharWidth() * BESIDE
        directions = QBoxLayout.Direction
        wanted = directions.LeftToRight if wide else directions.TopToBottom
        if self._both.direction() != wanted:
            self._both.setDirection(wanted)

    # --- changing ------------------------------------------------------------------------

    def _go_to_field(self, part: str, text: str) -> None:
        if not self.form.focus_part(part, text):
            name = wording.part_name(part)
            self.message.emit(_("{part}: it belongs to this page, not to the paper.")
                              .format(part=name))  # fmt: skip

    def _light_focused(self, _old: QWidget | None, focused: QWidget | None) -> None:
        if focused is not None and self.form.isAncestorOf(focused):
            self.source.light(self.form.part_of(focused))

    def _keep_choice(self, title: str, creators: tuple[Creator, ...], truncated: bool) -> None:
        if self._page is None or self._page.details is None:
            return
        row_id, verb = self._page.row.id, self._edits.library.listings.choose
        self._edits.write(
            _("Set title and authors"), lambda: verb(row_id, title, creators, truncated)
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 200)


def _own(row: SightingRow, details: Details) -> Candidate:
    """The paper that a row was merged with, where only the row itself says why."""
    entry = details.entry
    names = names_text(entry.creators, truncated=entry.creators_truncated)
    return Candidate(
        details.id, called(entry), names, entry.year, CERTAIN, row.reasons, merged=True
    )


def _heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    theme.set_kind(label, "section")
    return label
