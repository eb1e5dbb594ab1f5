"""Asks for a paper of the library: the one that a row is to be merged with."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import log

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from refman.errors import RefmanError
from refman.i18n import _
from refman.library import Library, SightingRow, TableRow
from refman.library.alike_titles import SMALL
from refman.model.text import words
from refman.ui import icons, theme
from refman.ui.import_review.wording import tier_name
from refman.ui.jobs import Jobs
from refman.ui.tex_text import plain

MOST = 50  # papers offered at once
DEBOUNCE = 80  # ms after the last key
READ = "review.pick-paper"
WORDS = 12  # of the title that are looked for


@dataclass(frozen=True, slots=True)
class Alike:
    """Papers that are like a row, the likeliest first: how sure it is (0 where only words of the
    title are the same) by their ids."""

    tiers: Mapping[int, int]

    @property
    def sure(self) -> bool:
        """Whether one of them may be the same paper."""
        return any(self.tiers.values())


class PickPaperDialog(QDialog):
    """`picked` with the id of the paper. Up and Down go through the papers while one types.

    The likeliest paper stands first and is selected; where none is alike, none is.
    """

    picked = Signal(int)

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        row: SightingRow,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        """`title` is that of the paper that `row` is now, which is not offered."""
        super().__init__(parent)
        self._library, self._jobs, self._row, self._title = library, jobs, row, title
        self._alike: Alike | None = None  # read once
        self.setWindowTitle(_("Merge with …"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question = QLabel(_("Which paper is “{title}”?").format(title=plain(title)), wordWrap=True)
        theme.set_kind(question, "heading")
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Search: words, author:bengio, key:nikishin2022 …"))
        self.line.setAccessibleName(_("Search for the paper"))
        self.line.setToolTip(_("As in the search line of the window"))
        sign = self.line.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        sign.setText(_("Search"))
        self.papers = QListWidget(accessibleName=_("Papers"))
        self.papers.setWordWrap(True)
        self.papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.papers.itemActivated.connect(lambda _item: self._pick())
        theme.set_kind(self.papers, "framed")
        self._none = QLabel(wordWrap=True)
        theme.set_kind(self._none, "muted")
        self._none.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.addButton(_("Merge"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._ok.setDefault(True)
        self._ok.setEnabled(False)
        self.papers.itemSelectionChanged.connect(self._show_button)
        buttons.accepted.connect(self._pick)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for part in (question, self.line, self._none, self.papers, buttons):
            column.addWidget(part, int(part is self.papers))
        self.resize(620, 480)
        self._timer = QTimer(self, interval=DEBOUNCE, singleShot=True)
        self._timer.timeout.connect(self._search)
        self.line.textChanged.connect(lambda _text: self._timer.start())
        self.finished.connect(lambda: self._jobs.forget(READ))
        self._search()

    @property
    def chosen(self) -> int | None:
        """The paper that is selected."""
        selected = self.papers.selectedItems()
        return selected[0].data(Qt.ItemDataRole.UserRole) if selected else None

    @property
    def can_merge(self) -> bool:
        """Whether the button can be pressed."""
        return self._ok.isEnabled()

    @property
    def said(self) -> str:
        """What is said above the papers; '' for nothing."""
        return "" if self._none.isHidden() else self._none.text()

    def _search(self) -> None:
        query, library, row, title = self.line.text(), self._library, self._row, self._title
        alike = self._alike

        def read() -> tuple[str, Alike, list[TableRow]]:
            known = alike or papers_like(library, row, title)
            return query, known, papers_of(library, query, known, row.entry_id)

        self._jobs.read(READ, read, self._show)

    def _show(self, found: tuple[str, Alike, list[TableRow]]) -> None:
        query, self._alike, rows = found
        searched = bool(query.strip())
        self.papers.clear()
        for row in rows:
            tier = self._alike.tiers.get(row.id, 0)
            year = str(row.year) if row.year else ""
            parts = (
                tier_name(tier) if tier else "",
                plain(row.creators),
                year,
                row.citation_key,
            )
            under = " · ".join(part for part in parts if part)
            item = QListWidgetItem(f"{plain(row.title)}\n{under}")
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.papers.addItem(item)
        if not rows:
            said = _("No other paper has these words: try fewer.") if searched else _(
                "There is no other paper in the library."
            )  # fmt: skip
        elif not searched and not self._alike.sure:
            said = _("No paper is much like it: search for the one that you mean.")
        else:
            said = ""
        self._none.setText(said)
        self._none.setVisible(bool(said))
        # What is alike, and the one paper that was searched for, is as good as chosen.
        first = bool(rows) and bool(
            self._alike.tiers.get(rows[0].id) or (searched and len(rows) == 1)
        )
        self.papers.setCurrentRow(0 if first else -1)
        self._show_button()

    def _show_button(self) -> None:
        self._ok.setEnabled(self.chosen is not None)

    def _pick(self) -> None:
        if self.chosen is not None:
            self.picked.emit(self.chosen)
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step and self.line.hasFocus():
            last = self.papers.count() - 1
            self.papers.setCurrentRow(min(max(self.papers.currentRow() + step, 0), last))
        else:
            super().keyPressEvent(event)


def papers_like(library: Library, row: SightingRow, title: str) -> Alike:
    """Papers that `row` may be, then those with words of `title`: more of them, and rarer ones,
    first."""
    tiers: dict[int, int] = {}
    with suppress(RefmanError):  # the row is gone; the review hears of that by itself
        for candidate in library.review.candidates(row.id):
            if not candidate.merged:
                tiers[candidate.entry_id] = candidate.tier
    score: Counter[int] = Counter()
    telling = {word for word in words(plain(title)) if len(word) > 1 and word not in SMALL}
    for word in sorted(telling, key=len, reverse=True)[:WORDS]:
        found = library.search.ids(f'title:"{word}"')
        weight = round(1000 / (1 + log(max(len(found), 1))))
        for entry_id in found:
            score[entry_id] += weight
    for entry_id, _weight in score.most_common():
        tiers.setdefault(entry_id, 0)
    return Alike(tiers)


def papers_of(library: Library, query: str, alike: Alike, own: int | None) -> list[TableRow]:
    """The papers that `query` finds, without the paper `own`: those that are alike first, the
    others by title."""
    found = library.search.ids(query, sort="title", descending=False)
    among = set(found) - {own}
    first = [entry_id for entry_id in alike.tiers if entry_id in among][:MOST]
    others = _others(found, {own, *first}, MOST - len(first))
    return library.search.rows([*first, *others])


def _others(ids: Sequence[int], without: set[int | None], most: int) -> list[int]:
    """The first of `ids` that are not in `without`."""
    found: list[int] = []
    for entry_id in ids:
        if len(found) == most:
            break
        if entry_id not in without:
            found.append(entry_id)
    return found
