"""The section of all other fields: type, date, venue, identifiers, and any further one."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from refman.i18n import _
from refman.library import Changes
from refman.model import entry_types, fields
from refman.ui import outside, theme
from refman.ui.edits import Edits
from refman.ui.entry_panel.paper import Paper
from refman.ui.entry_panel.section import Section
from refman.ui.field_checks import field_name
from refman.ui.moments import moment
from refman.ui.widgets.field_row import LABEL_WIDTH, FieldRow, field_label
from refman.ui.widgets.tag_chips import AddField

IN_A_BOOK = frozenset(
    "inproceedings incollection inbook inreference bookinbook suppbook suppcollection".split()
)
KEYS_SHOWN, KEY_LENGTH = 6, 40  # of the other keys of a paper
ELSEWHERE = frozenset({"abstract", "keywords", "title", "author", "editor", "translator"})


class TypeBox(QComboBox):
    """The entry types; the wheel leaves it alone unless it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Type"))
        self.setToolTip(_("What kind of work this is, in BibLaTeX terms"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for kind in entry_types.ENTRY_TYPES.values():
            self.addItem(_(kind.label), kind.name)
            self.setItemData(self.count() - 1, f"@{kind.name}", Qt.ItemDataRole.ToolTipRole)

    def show_type(self, name: str) -> None:
        """Show a type, an unknown one too."""
        if self.findData(name) < 0:
            self.addItem(name, name)
        self.setCurrentIndex(self.findData(name))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class DetailsSection(Section):
    """A row a field. What cannot be kept is remembered while the window is open."""

    message = Signal(str)
    key_changed = Signal(str, str)  # from the old to the new
    line_kind = "quiet"  # the look of the values: see `FieldRow`
    labels: Mapping[str, str] = MappingProxyType({})  # of fields that are called otherwise here

    def __init__(self, edits: Edits) -> None:
        super().__init__(_("Details"))
        self._edits = edits
        self._paper: Paper | None = None
        self.rows: list[FieldRow] = []
        self._added: list[str] = []  # fields that were asked for and have no value yet
        self._unkept: dict[tuple[int, str], tuple[str, str]] = {}
        self.kind = TypeBox()
        self.kind.activated.connect(self._keep_type)
        self.kind.setEnabled(edits.editable)
        label = QLabel(_("Type"))
        label.setBuddy(self.kind)
        theme.set_kind(label, "muted")
        self._type_label = label
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(label)
        row.addWidget(self.kind, 1)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(1)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._add = AddField()
        self._add.setPlaceholderText(_("Add field"))
        self._add.setAccessibleName(_("Add field"))
        self._add.setToolTip(_("Type the name of a BibLaTeX field and press Enter"))
        self._add.set_names([field_label(name) for name in fields.FIELDS if name not in ELSEWHERE])
        self._add.added.connect(self.add_field)
        if not edits.editable:
            self._add.hide()
        theme.set_kind(self._add, "chip")
        self._when = QLabel(wordWrap=True)
        theme.set_kind(self._when, "faint")
        self.column.addLayout(row)
        self.column.addLayout(self._grid)
        self.column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._when)
        theme.theme().changed.connect(self._dress)
        self._dress()

    def show_paper(self, paper: Paper) -> None:
        """Show the fields of `paper`."""
        same_paper = self._paper is not None and self._paper.id == paper.id
        if not same_paper:
            self._added = []
        self._paper = paper
        details = paper.details
        self.kind.show_type(details.entry.entry_type)
        values = self._values(paper)
        while len(self.rows) < len(values):
            self.rows.append(self._new_row())
        for row, (name, value) in zip(self.rows, values.items(), strict=False):
            row.show_field(
                name,
                value,
                edited=name in details.edited,
                editable=self._edits.editable,
                label=self.labels.get(name, ""),
                same_paper=same_paper,
            )
            row.tell_also(_also_found_by(paper.other_keys) if name == "citation_key" else "")
            unkept = self._unkept.get((paper.id, name))
            if unkept and not (same_paper and row.line.hasFocus()):
                row.show_unkept(*unkept)
        for index, row in enumerate(self.rows):
            row.setVisible(index < len(values))
        self._when.setText(
            _("Added {added} · changed {modified}").format(
                added=moment(details.added), modified=moment(details.modified)
            )
        )

    def change(self, paper: Paper, values: Mapping[str, Any]) -> Callable[[], Changes]:
        """The verb that keeps `values` of `paper`, to be run in the writing thread."""
        return partial(self._edits.library.entries.edit, paper.id, values)

    def commit(self) -> None:
        """Hand out the values that were changed."""
        for row in self.rows:
            if not row.isHidden() and (row.line.hasFocus() or row.dirty):
                row.commit()

    def _values(self, paper: Paper) -> dict[str, str]:
        """The fields to show, in their order: what there is, and what is often wanted."""
        entry = paper.details.entry
        venue = "booktitle" if entry.entry_type in IN_A_BOOK else "journaltitle"
        names = {"date", venue, "doi", "eprint", "url", *entry.fields, *self._added}
        if entry.fields.get("eprint"):
            names.add("eprintclass")
        unkept = {name for entry_id, name in self._unkept if entry_id == paper.id}
        names |= unkept - {"citation_key"}
        values = {"citation_key": entry.citation_key}
        for name in sorted(names - ELSEWHERE - {"citation_key"}, key=fields.order_of):
            values[name] = entry.date if name == "date" else entry.fields.get(name, "")
        return values

    def _new_row(self) -> FieldRow:
        row = FieldRow(kind=self.line_kind)
        row.value_changed.connect(partial(self._keep, row))
        row.problem_changed.connect(self._remember)
        row.link_chosen.connect(self._copy_key)
        self._grid.addWidget(row, len(self.rows), 0)
        previous = self.rows[-1].last if self.rows else self.kind
        QWidget.setTabOrder(previous, row.line)
        QWidget.setTabOrder(row.line, row.last)
        QWidget.setTabOrder(row.last, self._add)
        return row

    def _keep(self, row: FieldRow, name: str, value: str) -> None:
        if self._paper is None:
            return
        paper = self._paper
        entry = paper.details.entry
        known = {"date": entry.date, "citation_key": entry.citation_key}
        previous = known.get(name, entry.fields.get(name, ""))

        refused = partial(self._refuse, row, paper.id, name, value, previous)
        done = partial(self._tell_key, previous, value) if name == "citation_key" else None
        self._edits.attempt(_("Edit paper"), self.change(paper, {name: value}), refused, done)

    def _tell_key(self, old: str, new: str, changes: Changes) -> None:
        if changes.count and new:
            self.key_changed.emit(old, new)

    def _copy_key(self, key: str) -> None:
        outside.copy(key)
        self.message.emit(_("{key} is on the clipboard").format(key=key))

    def _refuse(
        self, row: FieldRow, entry_id: int, name: str, value: str, previous: str, sentence: str
    ) -> None:
        """The library did not take a value: say so where it was typed, or else at once."""
        self._unkept[entry_id, name] = (value, sentence)
        if self._paper and self._paper.id == entry_id and row.name == name:
            row.refuse(value, previous, sentence)
        else:
            self.message.emit(sentence)

    def _keep_type(self) -> None:
        if self._paper:
            values = {"entry_type": self.kind.currentData()}
            self._edits.write(_("Edit paper"), self.change(self._paper, values))

    def _remember(self, name: str, text: str, sentence: str) -> None:
        if self._paper is None:
            return
        if sentence:
            self._unkept[self._paper.id, name] = (text, sentence)
        else:
            self._unkept.pop((self._paper.id, name), None)

    def add_field(self, typed: str) -> None:
        """Show a row for the field that `typed` names, to be filled."""
        name = field_name(typed)
        if self._paper is None:
            return
        if not name or name in ELSEWHERE:
            self.message.emit(
                _("“{name}” is no field: a name has letters and digits only.").format(name=typed)
            )
            return
        self._added.append(name)
        self.show_paper(self._paper)
        self._focus_row(name)

    def edit_field(self, name: str) -> None:
        """Put the cursor into the field `name`, which need not have a value yet."""
        self.set_open(True)
        if name == "entry_type":
            self.kind.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not self._focus_row(name) and self._edits.editable:
            self.add_field(name)

    def _focus_row(self, name: str) -> bool:
        """Whether there is a row of this field."""
        for row in self.rows:
            if row.name == name and not row.isHidden():
                row.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return False

    def _dress(self) -> None:
        width = self.fontMetrics().averageCharWidth() * LABEL_WIDTH
        self._type_label.setFixedWidth(width)


def _also_found_by(keys: Sequence[str]) -> str:
    """The other keys of a paper as HTML, each a link that copies it."""
    if not keys:
        return ""
    links = []
    for key in keys[:KEYS_SHOWN]:
        shown = key if len(key) <= KEY_LENGTH else key[: KEY_LENGTH - 1] + "…"
        links.append(f'<a href="{escape(key)}">{escape(shown, quote=False)}</a>')
    more = len(keys) - KEYS_SHOWN
    if more > 0:
        links.append(_("{n:,} more").format(n=more))
    return _("also found by: {keys}").format(keys=", ".join(links))
