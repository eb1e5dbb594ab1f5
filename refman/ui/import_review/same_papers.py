"""The papers that a row was merged with or may be as well, each with the reasons and a way out."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from refman.i18n import _
from refman.library import Candidate
from refman.ui import icons, theme
from refman.ui.import_review.wording import tier_name, with_key
from refman.ui.tex_text import plain
from refman.ui.widgets.flow_layout import FlowLayout
from refman.ui.widgets.tab_order import tab_after


class SamePapers(QWidget):
    """`merge_wanted` and `apart_wanted` with the id of the paper."""

    merge_wanted = Signal(int)
    apart_wanted = Signal(int)
    paper_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[PaperCard] = []
        self._apart_key = ""
        self._heading = QLabel(_("Is it one of these papers?"), self)
        theme.set_kind(self._heading, "section")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._heading)
        self.hide()

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Name the keys of today, by the names of the commands."""
        self._apart_key = keys.get("review-apart", "")

    def show_candidates(self, found: Sequence[Candidate], *, editable: bool) -> None:
        """Show the paper that a row was merged with, then those that it may be."""
        merged = any(candidate.merged for candidate in found)
        self._heading.setVisible(not (merged and len(found) == 1))
        while len(self.cards) < len(found):
            card = PaperCard(self)
            card.merge_wanted.connect(self.merge_wanted)
            card.apart_wanted.connect(self.apart_wanted)
            card.paper_wanted.connect(self.paper_wanted)
            self._column.addWidget(card)
            tab_after(self.cards[-1] if self.cards else self, card)
            self.cards.append(card)
        for card, candidate in zip(self.cards, found, strict=False):
            card.show_candidate(candidate, self._apart_key, editable=editable)
        for number, card in enumerate(self.cards):
            card.setVisible(number < len(found))
        self.setVisible(bool(found))

    @property
    def merged_with(self) -> int | None:
        """The paper that the row was merged with."""
        return next((card.id for card in self.shown if card.is_merged), None)

    @property
    def shown(self) -> "list[PaperCard]":
        """The cards in use."""
        return [card for card in self.cards if not card.isHidden()]


class PaperCard(QFrame):
    """One such paper: how sure it is and why, and what can be done about it."""

    merge_wanted = Signal(int)
    apart_wanted = Signal(int)
    paper_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.id = 0  # of the paper
        self.is_merged = False
        theme.set_kind(self, "card")
        self._sure = QLabel(wordWrap=True)
        theme.set_kind(self._sure, "heading")
        self._title = QLabel(wordWrap=True)
        self._names = QLabel(wordWrap=True)
        theme.set_kind(self._names, "muted")
        self._reasons = QLabel(wordWrap=True)
        theme.set_kind(self._reasons, "muted")
        for label in (self._sure, self._title, self._names, self._reasons):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.merge = self._button("merge", _("Merge with it"), "")
        self.merge.clicked.connect(lambda: self.merge_wanted.emit(self.id))
        self.apart = self._button("close", "", "")
        self.apart.clicked.connect(lambda: self.apart_wanted.emit(self.id))
        self.open = self._button(
            "open", _("Show it"), _("Leave the review and show this paper in the library")
        )
        self.open.clicked.connect(lambda: self.paper_wanted.emit(self.id))
        theme.set_kind(self.open, "flat")
        buttons = FlowLayout(gap=6)
        buttons.setContentsMargins(0, 4, 0, 0)
        for button in (self.merge, self.apart, self.open):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 9)
        column.setSpacing(3)
        for label in (self._sure, self._title, self._names, self._reasons):
            column.addWidget(label)
        column.addLayout(buttons)

    def show_candidate(self, candidate: Candidate, apart_key: str, *, editable: bool) -> None:
        """Show `candidate`; `apart_key` keeps the row apart from the one it was merged with."""
        self.id, self.is_merged = candidate.entry_id, candidate.merged
        title = plain(candidate.title) or _("No title")
        tier = tier_name(candidate.tier)
        self._sure.setText(_("Merged with this paper") if candidate.merged else tier)
        self._title.setText(title)
        year = str(candidate.year) if candidate.year else ""
        names = " · ".join(part for part in (plain(candidate.creators_text), year) if part)
        self._names.setText(names)
        self._names.setVisible(bool(names))
        self._reasons.setText("\n".join(f"– {reason}" for reason in candidate.reasons))
        self._reasons.setVisible(bool(candidate.reasons))
        self.merge.setVisible(editable and not candidate.merged)
        self.merge.setToolTip(_("Make one paper of “{title}” and this row").format(title=title))
        self.merge.setAccessibleName(_("Merge with “{title}”").format(title=title))
        self.apart.setVisible(editable)
        if candidate.merged:
            name = _("Keep apart")
            tip = with_key(
                _("Take this row out of it, as a paper of its own; remembered for ever"), apart_key
            )
        else:
            name, tip = _("Not the same"), _("Remember for ever that these are two papers")
        self.apart.setText(name)
        self.apart.setToolTip(tip)
        self.apart.setAccessibleName(f"{name}: {title}")
        self.open.setAccessibleName(_("Show “{title}”").format(title=title))

    @property
    def text(self) -> str:
        """What it says, a line a label."""
        labels = (self._sure, self._title, self._names, self._reasons)
        return "\n".join(label.text() for label in labels if label.text())

    def _button(self, icon: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, toolTip=tip)
        button.setIcon(icons.icon(icon))
        button.setIconSize(QSize(15, 15))
        return button
