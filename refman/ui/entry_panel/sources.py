"""The section of the sources: every page that a paper was seen on, and what it said; and the
papers that were merged into it."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import SightingRow
from refman.library.parting import Joined
from refman.model.entry import Entry
from refman.ui import icons, theme
from refman.ui.edits import Edits
from refman.ui.entry_panel.paper import Background, Paper
from refman.ui.entry_panel.section import Section
from refman.ui.moments import day
from refman.ui.tex_text import plain
from refman.ui.widgets.field_row import field_label
from refman.ui.widgets.growing_text import ReadingText
from refman.ui.widgets.lettering import use_font
from refman.ui.widgets.tab_order import tab_after


class SourcesSection(Section):
    """A card a sighting, the newest first, and above them one for each paper merged into this."""

    def __init__(self, edits: Edits) -> None:
        super().__init__(_("Sources"))
        self._edits = edits
        self.parts: list[PartCard] = []
        self._entry = Entry()
        self.cards: list[SourceCard] = []
        self._none = QLabel(_("Typed in by hand: no page was imported for this paper."))
        self._none.setWordWrap(True)
        theme.set_kind(self._none, "muted")
        self.column.addWidget(self._none)

    def show_paper(self, paper: Paper) -> None:
        """Take the values to compare the sightings with."""
        self._entry = paper.details.entry

    def show_background(self, background: Background) -> None:
        """Show where the paper was seen."""
        found = background.sources
        self.set_count(len(found))
        self._none.setVisible(not found and not background.parts)
        self._show_parts(background.parts)
        while len(self.cards) < len(found):
            card = SourceCard()
            self.column.addWidget(card)
            tab_after(self.cards[-1] if self.cards else self.header, card)
            self.cards.append(card)
        for card, row in zip(self.cards, found, strict=False):
            card.show_sighting(row, self._entry)
        for index, card in enumerate(self.cards):
            card.setVisible(index < len(found))

    def _show_parts(self, parts: tuple[Joined, ...]) -> None:
        while len(self.parts) < len(parts):
            card = PartCard(self._edits)
            self.column.insertWidget(len(self.parts), card)
            tab_after(self.parts[-1] if self.parts else self.header, card)
            self.parts.append(card)
        for card, joined in zip(self.parts, parts, strict=False):
            card.show_part(joined)
        for index, card in enumerate(self.parts):
            card.setVisible(index < len(parts))


class PartCard(QFrame):
    """A paper that was merged into the one that is shown, and a button that takes it out again."""

    def __init__(self, edits: Edits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._part: Joined | None = None
        theme.set_kind(self, "card")
        self.text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._when = QLabel(wordWrap=True)
        theme.set_kind(self._when, "faint")
        self.take_apart = QPushButton(_("Take apart"))
        self.take_apart.setToolTip(
            _(
                "Make this a paper of its own again, with its tags, notes, highlights and keys, "
                "and remember that the two are not the same"
            )
        )
        theme.set_kind(self.take_apart, "link")
        self.take_apart.clicked.connect(self._take_apart)
        self.take_apart.setVisible(edits.editable)
        foot = QHBoxLayout()
        foot.addWidget(self._when, 1)
        foot.addWidget(self.take_apart)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 6)
        column.setSpacing(3)
        column.addWidget(self.text)
        column.addLayout(foot)

    def show_part(self, part: Joined) -> None:
        """Show what was merged, and when."""
        self._part = part
        title = plain(part.title) or _("No title")
        self.text.setText(
            _("Merged from {key}: {title}").format(key=part.citation_key, title=title)
        )
        self._when.setText(_("Merged {day}").format(day=day(part.made)))
        self.take_apart.setEnabled(True)
        self.take_apart.setAccessibleName(_("Take apart: {key}").format(key=part.citation_key))

    def _take_apart(self) -> None:
        if self._part:
            self.take_apart.setEnabled(False)  # until it is gone from here
            work = partial(self._edits.library.duplicates.part, self._part.uuid)
            self._edits.write(_("Take papers apart"), work)


class SourceCard(QFrame):
    """One sighting: the page, its day, each value that it said, and the text itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._raw = ""
        theme.set_kind(self, "card")
        self._name = QLabel(wordWrap=True)
        theme.set_kind(self._name, "heading")
        self._when = QLabel(wordWrap=True)
        theme.set_kind(self._when, "faint")
        self._facts = QLabel(wordWrap=True)
        theme.set_kind(self._facts, "muted")
        self._gave = QLabel(wordWrap=True)
        self._more = QToolButton(checkable=True, text=_("Source text"))
        self._more.setToolTip(_("Show the text of the page for this paper"))
        self._more.setIconSize(QSize(12, 12))
        self._more.setIcon(icons.icon("chevron-right"))
        theme.set_kind(self._more, "section")
        self._more.toggled.connect(self._unfold)
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._text = ReadingText()
        self._text.setAccessibleName(_("Source text"))
        self._text.setToolTip(_("The text of the page for this paper"))
        theme.set_kind(self._text, "code")
        self._text.hide()
        foot = QHBoxLayout()
        foot.addWidget(self._more)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 6)
        column.setSpacing(3)
        for label in (self._name, self._when, self._facts, self._gave):
            column.addWidget(label)
        column.addLayout(foot)
        column.addWidget(self._text)
        use_font(self._text, theme.mono_font)

    def show_sighting(self, row: SightingRow, entry: Entry) -> None:
        """Show what the page of `row` said of `entry`."""
        self._raw = row.raw_text
        self._name.setText(row.listing_name or _("Pasted text"))
        self._when.setText(
            _("Imported {day} · line {line}").format(day=day(row.imported), line=row.line)
        )
        self._facts.setText(_said(row))
        self._gave.setText(_given(row, entry))
        self._gave.setVisible(bool(self._gave.text()))
        self._more.setVisible(bool(row.raw_text))
        self._unfold(self._more.isChecked())

    @property
    def name(self) -> str:
        """The page."""
        return self._name.text()

    @property
    def said(self) -> str:
        """What the page said: category, date, score, code, affiliations."""
        return self._facts.text()

    @property
    def gave(self) -> str:
        """Which values of the paper come from here, and where the page says otherwise."""
        return self._gave.text()

    def _unfold(self, opened: bool) -> None:
        self._more.setIcon(icons.icon("chevron-down" if opened else "chevron-right"))
        if opened and self._text.toPlainText() != self._raw:
            self._text.setPlainText(self._raw)
        self._text.setVisible(opened and bool(self._raw))


def _said(row: SightingRow) -> str:
    """What the page said, in a line: `cs.LG · 2025-06-02 · score 89.4 · code · mila`."""
    seen = row.seen
    parts = [
        seen.category or seen.category_label or "",
        seen.entry.date
        if seen.year_given is not False
        else _("{date}, year inferred").format(date=seen.entry.date),
        "" if seen.score is None else _("score {score:g}").format(score=seen.score),
        _("code") if seen.code else "",
        ", ".join(seen.affiliations),
    ]
    return " · ".join(part for part in parts if part) or _("nothing but its text")


def _given(row: SightingRow, entry: Entry) -> str:
    """Which values of the paper come from here, and where the page says otherwise."""
    lines = []
    if row.gave:
        names = ", ".join(_field(name) for name in row.gave)
        lines.append(_("✓ gives: {names}").format(names=names))
    said = row.seen.entry
    if said.title and said.title != entry.title:
        lines.append(_("other title: “{title}”").format(title=plain(said.title)))
    if said.date and said.date != entry.date:
        lines.append(_("other date: {date}").format(date=said.date))
    if said.creators and said.creators != entry.creators:
        lines.append(_("other authors: {names}").format(names=row.creators_text))
    return "\n".join(lines)


def _field(name: str) -> str:
    return _("Authors") if name == "creators" else field_label(name)
