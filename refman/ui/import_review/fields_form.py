"""What was understood of a row, every field of it to be edited: it counts as typed."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from refman.i18n import _
from refman.library import Changes
from refman.model import fields
from refman.model.entry import Entry
from refman.ui import theme
from refman.ui.dialogs.creators import CreatorsDialog
from refman.ui.edits import Edits
from refman.ui.entry_panel.details import IN_A_BOOK, DetailsSection
from refman.ui.entry_panel.name_line import NameLine
from refman.ui.entry_panel.paper import Paper
from refman.ui.import_review import wording
from refman.ui.import_review.reading import RowPage
from refman.ui.tex_text import plain
from refman.ui.widgets.field_row import LABEL_WIDTH, field_label
from refman.ui.widgets.lettering import use_size
from refman.ui.widgets.tex_field import TexField

IDENTIFIERS = ("doi", "eprint", "pmid", "isbn", "issn")
_FIELDS = {
    "date": "date",
    "category": "eprintclass",
    "url": "url",
    "key": "citation_key",
    "type": "entry_type",
}  # that one part of the source text becomes


class FieldsForm(QWidget):
    """`left` when the keyboard goes back to the list."""

    left = Signal()
    message = Signal(str)

    def __init__(self, edits: Edits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._page: RowPage | None = None
        self.title = self._text(_("Title"), _("Enter keeps the title, Esc takes the change back"))
        self.title.committed.connect(lambda text: self._edit({"title": text}))
        self.names = NameLine(self)
        self.names.activated.connect(self._open_names)
        self.details = RowDetails(edits, self)
        self.details.message.connect(self.message)
        self.abstract = self._text(
            _("Abstract"),
            _("Ctrl+Enter keeps the abstract, Esc takes the change back"),
            one_line=False,
        )
        self.abstract.committed.connect(lambda text: self._edit({"abstract": text}))
        self._facts = QLabel(self, wordWrap=True)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said = QLabel(self, wordWrap=True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._labels: list[QLabel] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setHorizontalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._add_row(_("Title"), self.title)
        self._add_row(_("Authors"), self.names)
        self._facts_label = self._add_row(_("On this page"), self._facts)
        self._facts.setContentsMargins(8, 5, 0, 3)
        abstract = QLabel(_("Abstract"), self)
        abstract.setBuddy(self.abstract)
        theme.set_kind(abstract, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._grid)
        column.addWidget(self._said)
        column.addWidget(self.details)
        column.addWidget(abstract)
        column.addWidget(self.abstract)
        use_size(self.title, 1.08, bold=True)
        theme.theme().changed.connect(self._dress)
        self._dress()

    def show_page(self, page: RowPage) -> None:
        """Show the paper of a row; where it has none, what the row says."""
        self._page = page
        details = page.details
        entry = details.entry if details else page.row.seen.entry
        editable = self._edits.editable and details is not None
        for text, value in ((self.title, entry.title), (self.abstract, entry.abstract)):
            text.setReadOnly(not editable)
            text.set_kept(value)
        self.title.setPlaceholderText(_("No title: click to type it") if editable else "–")
        self.abstract.setPlaceholderText(_("No abstract") if editable else "–")
        self.names.set_editable(editable)
        self.names.show_names(entry.creators, truncated=entry.creators_truncated)
        facts = wording.facts_of(page.row)
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts))
        self._facts_label.setVisible(bool(facts))
        self.details.setVisible(details is not None)
        self._said.setVisible(details is None)
        if details:
            self.details.show_row(page.row.id, Paper(details, ()))
        else:
            self._said.setText(_said(entry))

    def commit(self) -> None:
        """Hand out what is being typed."""
        self.title.commit()
        self.abstract.commit()
        self.details.commit()

    def focus_part(self, part: str, text: str) -> bool:
        """Put the cursor into the field that a part of the source text became, if there is one."""
        if self._page is None or self._page.details is None:
            return False
        reason = Qt.FocusReason.ShortcutFocusReason
        if part == "title":
            self.title.setFocus(reason)
        elif part in ("creators", "truncated"):
            self.names.setFocus(reason)
        elif part == "abstract":
            self.abstract.setFocus(reason)
        elif name := self._field_of(part, text):
            self.details.edit_field(name)
        else:
            return False
        return True

    def part_of(self, widget: QWidget | None) -> str:
        """What part of a source text the field with the focus shows; '' for none."""
        known: dict[QWidget, str] = {
            self.title: "title", self.names: "creators", self.abstract: "abstract"
        }  # fmt: skip
        if widget in known:
            return known[widget]
        if widget is self.details.kind:
            return "type"
        name = next((row.name for row in self.details.rows if row.line is widget), "")
        parts = {field: part for part, field in _FIELDS.items()}
        if name in IDENTIFIERS:
            return "identifier"
        return parts.get(name) or ("venue" if name in ("journaltitle", "booktitle") else "")

    def _field_of(self, part: str, text: str) -> str:
        """The name of the field that a part became."""
        details = self._page.details if self._page else None
        if details is None:
            return ""
        entry = details.entry
        if part == "identifier":
            found = (n for n in IDENTIFIERS if entry.fields.get(n, "").casefold() in text.casefold()
                     and entry.fields.get(n))  # fmt: skip
            return next(found, "doi")
        if part == "venue":
            return "booktitle" if entry.entry_type in IN_A_BOOK else "journaltitle"
        if part == "other":
            return next((n for n, value in entry.fields.items() if value and value in text), "")
        return _FIELDS.get(part, "")

    def _text(self, name: str, tip: str, *, one_line: bool = True) -> TexField:
        text = TexField(self, one_line=one_line)
        text.setAccessibleName(name)
        text.setToolTip(tip)
        text.left.connect(self.left)
        return text

    def _add_row(self, name: str, field: QWidget) -> QLabel:
        label = QLabel(name, self)
        theme.set_kind(label, "muted")
        label.setContentsMargins(0, 5, 0, 0)
        label.setBuddy(field)
        place = len(self._labels)
        self._grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(field, place, 1)
        self._labels.append(label)
        return label

    def _edit(self, values: Mapping[str, Any]) -> None:
        if self._page:
            verb, row_id = self._edits.library.review.set, self._page.row.id
            self._edits.write(_("Edit paper"), lambda: verb(row_id, values))

    def _open_names(self) -> None:
        if self._page is None or self._page.details is None:
            return
        entry = self._page.details.entry
        verb, row_id = self._edits.library.review.set, self._page.row.id
        dialog = CreatorsDialog(entry.creators, entry.creators_truncated, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def keep() -> None:
            values = {"creators": dialog.creators, "creators_truncated": dialog.truncated}
            self._edits.write(_("Edit paper"), lambda: verb(row_id, values))

        dialog.accepted.connect(keep)
        dialog.open()

    def _dress(self) -> None:
        width = QFontMetrics(theme.sized_font(1.0)).averageCharWidth() * LABEL_WIDTH
        for label in self._labels:
            label.setFixedWidth(width)


class RowDetails(DetailsSection):
    """All other fields, as in the panel; what is changed is set by way of the row."""

    line_kind = ""
    labels = MappingProxyType({"eprintclass": _("Category")})

    def __init__(self, edits: Edits, parent: QWidget) -> None:
        super().__init__(edits)
        self.setParent(parent)
        self._row_id = 0
        self.column.setContentsMargins(0, 2, 0, 6)  # in line with the title
        self._grid.setVerticalSpacing(4)

    def show_row(self, row_id: int, paper: Paper) -> None:
        """Show the fields of the paper of a row."""
        self._row_id = row_id
        self.show_paper(paper)

    def _values(self, paper: Paper) -> dict[str, str]:
        """As in the panel, and the category that the pages give."""
        values = super()._values(paper)
        if not values.get("eprintclass"):
            values["eprintclass"] = paper.details.category
        return values

    def change(self, paper: Paper, values: Mapping[str, Any]) -> Callable[[], Changes]:
        """The verb that keeps `values`; the row is reviewed by it."""
        return partial(self._edits.library.review.set, self._row_id, values)


def _said(entry: Entry) -> str:
    """What a row without a paper says besides title, names and abstract, a line a field."""
    values = {"date": entry.date, **entry.fields}
    names = sorted((name for name, value in values.items() if value), key=fields.order_of)
    return "\n".join(f"{field_label(name)}: {plain(values[name])}" for name in names)
