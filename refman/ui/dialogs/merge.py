"""The dialog that makes one paper of several: which one stays, and which value of each field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QBrush, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from refman.errors import RefmanError
from refman.i18n import _, ngettext
from refman.library import Details, Library
from refman.model import entry_types, fields
from refman.model.entry import Entry
from refman.ui import theme
from refman.ui.jobs import Jobs
from refman.ui.moments import day
from refman.ui.names import names_text
from refman.ui.tex_text import plain

MAXIMUM = 12  # papers side by side
_SHOWN = 320  # characters of a long value
_FIRST = ("title", "creators", "date", "entry_type")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the papers, on how many pages it was seen, and what becomes of all if it stays."""

    details: Details
    sources: int
    outcome: Entry


def read_candidates(library: Library, ids: Sequence[int]) -> list[Candidate]:
    """The papers that are still there."""
    found = []
    for entry_id in ids:
        try:
            found.append(library.entries.get(entry_id))
        except RefmanError:
            continue
    return [
        Candidate(details, len(library.listings.sightings_of(details.id)), outcome)
        for details, outcome in zip(
            found, library.entries.merged([details.id for details in found]), strict=True
        )
    ]


class MergeDialog(QDialog):
    """A column a paper and one for the outcome. A click or Space takes a value."""

    def __init__(
        self, library: Library, jobs: Jobs, ids: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit)
        self._papers: list[Candidate] = []
        self._keeper = 0
        self._names: list[str] = []  # the fields, a row each, below the row of the papers
        self._chosen: dict[str, int] = {}  # the paper whose value was asked for, by field
        self._count = len(ids)
        self.setWindowTitle(_("Merge papers"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._heading = QLabel()
        theme.set_kind(self._heading, "heading")
        hint = QLabel(
            _(
                "Notes, highlights, tags, attachments and sources of all of them are kept. Choose "
                "in the first row whose citation key stays, and in the others which value to take."
            ),
            wordWrap=True,
        )
        theme.set_kind(hint, "muted")
        self.table = QTableWidget(accessibleName=_("The papers, field by field"))
        self.table.setToolTip(_("Click a value, or press Space on it, to take it"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setWordWrap(True)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.cellClicked.connect(self._take_cell)
        header = self.table.horizontalHeader()
        header.setMinimumSectionSize(self.fontMetrics().averageCharWidth() * 26)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._fit_later)
        self.table.cellActivated.connect(self._take_cell)
        QShortcut(
            QKeySequence(Qt.Key.Key_Space),
            self.table,
            self._take_current,
            context=Qt.ShortcutContext.WidgetShortcut,
        )
        theme.set_kind(self.table, "framed")
        self._same = QCheckBox(_("Show fields that are the same, too"))
        self._same.toggled.connect(self._fill)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._merge = self._buttons.addButton(_("Merge"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._merge.setDefault(True)
        self._merge.setEnabled(False)
        self._apart = self._buttons.addButton(
            _("Not the same paper"), QDialogButtonBox.ButtonRole.DestructiveRole
        )
        self._apart.setToolTip(_("Remember that these are two papers, and leave both as they are"))
        self._apart.clicked.connect(self.keep_apart)
        self._apart.setVisible(len(ids) == 2)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        page = QVBoxLayout(self)
        page.setContentsMargins(18, 16, 18, 14)
        page.setSpacing(10)
        for part in (self._heading, hint):
            page.addWidget(part)
        page.addWidget(self.table, 1)
        page.addWidget(self._same)
        page.addWidget(self._buttons)
        letter = self.fontMetrics().averageCharWidth()
        self.resize(min(letter * (44 + 34 * (min(len(ids), 3) + 1)), 1180), letter * 84)
        jobs.read("merge", lambda: read_candidates(library, ids[:MAXIMUM]), self._show_papers)

    # --- the outcome ---------------------------------------------------------------------

    def outcome(self) -> Entry:
        """The paper as it will be without any choice: what the rules of merging make of all."""
        return self._papers[self._keeper].outcome

    def values(self) -> dict[str, Any]:
        """What was chosen against the rules, as `Entries.merge` takes it."""
        outcome = self.outcome()
        values: dict[str, Any] = {}
        for name, column in self._chosen.items():
            entry = self._papers[column].details.entry
            if _comparable(entry, name) == _comparable(outcome, name):
                continue
            values[name] = value_of(entry, name)
            if name == "creators":
                values["creators_truncated"] = entry.creators_truncated
        return values

    def accept(self) -> None:
        """Merge, in the writing thread."""
        keeper = self._papers[self._keeper].details.id
        others = [p.details.id for p in self._papers if p.details.id != keeper]
        values, verb = self.values(), self._library.entries.merge
        self._jobs.write(_("Merge papers"), lambda: verb(keeper, others, values))
        super().accept()

    def keep_apart(self) -> None:
        """Remember that the two are not the same paper, and leave them as they are."""
        first, second = (paper.details.id for paper in self._papers[:2])
        verb = self._library.entries.keep_apart
        self._jobs.write(_("Keep two papers apart"), lambda: verb(first, second))
        self.reject()

    # --- showing -------------------------------------------------------------------------

    def _show_papers(self, papers: list[Candidate]) -> None:
        self._papers = papers
        self._merge.setEnabled(len(papers) > 1)
        self._apart.setEnabled(len(papers) == 2)
        text = ngettext("Make one of {count} paper", "Make one of {count} papers", len(papers))
        text = text.format(count=len(papers))
        if self._count > MAXIMUM:
            text += _(" (the first of {count}; merge the others after them)").format(
                count=f"{self._count:,}"
            )
        self._heading.setText(text)
        if papers:  # the one with most sources, then the oldest
            order = [(-p.sources, p.details.added, i) for i, p in enumerate(papers)]
            self._keeper = min(order)[2]
            self._fill()
            self.table.setCurrentCell(0, self._keeper)
            self.table.setFocus()

    def take(self, name: str, paper: int) -> None:
        """Take the value of the field `name`, or with '' the citation key, of a paper."""
        if name:
            self._chosen[name] = paper
        else:
            self._keeper = paper
        self._fill()

    def _take_cell(self, row: int, column: int) -> None:
        if column < len(self._papers):
            self.take(self._names[row - 1] if row else "", column)
            self.table.setCurrentCell(row, column)

    def _take_current(self) -> None:
        self._take_cell(self.table.currentRow(), self.table.currentColumn())

    def _fill(self) -> None:
        entries = [paper.details.entry for paper in self._papers]
        outcome = self.outcome()
        self._names = [
            name
            for name in _field_names(entries)
            if self._same.isChecked() or differs(entries, name)
        ]
        self.table.clear()
        self.table.setColumnCount(len(entries) + 1)
        self.table.setRowCount(len(self._names) + 1)
        labels = [_("Paper {number}").format(number=i + 1) for i in range(len(entries))]
        self.table.setHorizontalHeaderLabels([*labels, _("Outcome")])
        marks = ["≠ " if differs(entries, name) else "" for name in self._names]
        titles = [mark + _label(name) for mark, name in zip(marks, self._names, strict=True)]
        self.table.setVerticalHeaderLabels([_("Citation key"), *titles])
        for column, paper in enumerate(self._papers):
            text = _("{key}\nadded {day}, {count}").format(
                key=paper.details.entry.citation_key,
                day=day(paper.details.added),
                count=_sources(paper.sources),
            )
            self._put(0, column, text, taken=column == self._keeper)
        self._put(0, len(entries), outcome.citation_key, outcome=True)
        for row, name in enumerate(self._names, 1):
            self._fill_row(row, name, entries, outcome)
        self._fit()

    def _fill_row(self, row: int, name: str, entries: list[Entry], outcome: Entry) -> None:
        chosen = self._chosen.get(name)
        result = outcome if chosen is None else entries[chosen]
        for column, entry in enumerate(entries):
            same = _comparable(entry, name) == _comparable(result, name)
            taken = column == chosen if chosen is not None else same
            self._put(row, column, _text(entry, name), taken=taken)
        self._put(row, len(entries), _text(result, name), outcome=True)

    def _put(
        self, row: int, column: int, text: str, *, taken: bool = False, outcome: bool = False
    ) -> None:
        shown = text[:_SHOWN] + "…" if len(text) > _SHOWN else text or "–"
        item = QTableWidgetItem(f"✓ {shown}" if taken else shown)
        item.setToolTip(text)
        item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        if taken:
            item.setBackground(QBrush(theme.colour("accent_soft")))
            taken_text = _("{text} (taken)").format(text=text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, taken_text)
        if outcome:
            item.setBackground(QBrush(theme.colour("alternate")))
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsSelectable)
        self.table.setItem(row, column, item)

    def _fit(self) -> None:
        self.table.resizeRowsToContents()

    def _fit_later(self) -> None:
        self._fitting.start()


def value_of(entry: Entry, name: str) -> Any:
    """The value of a field, attributes of the entry included."""
    if name in ("title", "creators", "creators_truncated", "date", "entry_type", "abstract"):
        return getattr(entry, name)
    return entry.fields.get(name, "")


def differs(entries: Sequence[Entry], name: str) -> bool:
    """Whether the papers do not all have the same value."""
    return len({_comparable(entry, name) for entry in entries}) > 1


def _comparable(entry: Entry, name: str) -> Any:
    if name == "creators":
        return (entry.creators, entry.creators_truncated)
    return value_of(entry, name)


def _field_names(entries: Sequence[Entry]) -> list[str]:
    others = {name for entry in entries for name in entry.fields}
    names = [*_FIRST, *sorted(others, key=fields.order_of), "abstract"]
    return [name for name in names if any(value_of(entry, name) for entry in entries)]


def _text(entry: Entry, name: str) -> str:
    if name == "creators":
        return names_text(entry.creators, truncated=entry.creators_truncated)
    if name == "entry_type":
        return _(entry_types.label_of(entry.entry_type))
    return plain(str(value_of(entry, name)))


def _label(name: str) -> str:
    if name == "creators":
        return _("Authors")
    return _("Type") if name == "entry_type" else _(fields.label_of(name))


def _sources(count: int) -> str:
    return ngettext("{count} source", "{count} sources", count).format(count=count)
