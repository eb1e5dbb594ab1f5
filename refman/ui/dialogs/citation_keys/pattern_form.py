"""The pattern for papers of all types or of one: written, tried on a paper, kept in the library."""

from collections.abc import Mapping
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from refman.errors import RefmanError
from refman.i18n import _
from refman.library import Library
from refman.library.key_patterns import DEFAULT, KeyPatterns, WrongPattern, read_pattern
from refman.model.creator import Creator
from refman.model.entry import Entry
from refman.model.entry_types import ENTRY_TYPES, label_of
from refman.ui import theme
from refman.ui.dialogs.citation_keys.pattern_line import PatternLine
from refman.ui.jobs import Jobs
from refman.ui.tex_text import plain

_SAMPLE = Entry(
    entry_type="article",
    title="On the Price of Tea",
    creators=(Creator(family="Lovelace", given="Ada"), Creator(family="Hopper", given="Grace")),
    date="2020-05-03",
    fields={"journaltitle": "Journal of Samples", "volume": "12", "pages": "100--109"},
)


class PatternForm(QWidget):
    """`changed` when the pattern in the line, or the type that it is for, is another one."""

    changed = Signal()

    def __init__(
        self, library: Library, jobs: Jobs, paper: int | None, parent: QWidget | None = None
    ) -> None:
        """`paper` is the one to try the pattern on; None for a made-up one."""
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._paper = paper
        self._title = _title(library, paper)
        self._kept: Mapping[str, str] = library.citation_keys.patterns()
        self.problem = ""
        self.types = QComboBox()
        self.types.setAccessibleName(_("Papers that the pattern is for"))
        self.types.setToolTip(_("All papers, or those of one type, which then have their own"))
        self.types.setMaxVisibleItems(20)
        label = QLabel(_("Pattern &for"))
        label.setBuddy(self.types)
        self.keep = QPushButton(_("&Keep for this library"))
        self.keep.setToolTip(
            _("New papers of this library get their keys by it; the keys that there are stay")
        )
        self.drop = QPushButton()
        for button in (self.keep, self.drop):
            button.setAutoDefault(False)
        self.line = PatternLine()
        self.outcome = QLabel(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self.outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.outcome.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.state = QLabel(wordWrap=True)
        theme.set_kind(self.state, "muted")
        top = QHBoxLayout(spacing=8)
        for widget in (label, self.types):
            top.addWidget(widget)
        top.addStretch(1)
        for button in (self.drop, self.keep):
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addLayout(top)
        column.addWidget(self.line)
        column.addWidget(self.outcome)
        column.addWidget(self.state)
        QWidget.setTabOrder(self.types, self.line)
        QWidget.setTabOrder(self.line, self.drop)
        QWidget.setTabOrder(self.drop, self.keep)
        self._list_types()
        self.line.setText(self._in_force())
        self._try_out()
        self.line.textChanged.connect(self._text_changed)
        self.types.currentIndexChanged.connect(self._show_type)
        self.keep.clicked.connect(lambda: self._store(self.text))
        self.drop.clicked.connect(lambda: self._store(""))
        theme.theme().changed.connect(self._try_out)

    # --- what is asked for ----------------------------------------------------------------

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.line.text().strip()

    @property
    def entry_type(self) -> str:
        """The type that the pattern is for; '' for all that have none of their own."""
        return str(self.types.currentData())

    @property
    def kept(self) -> Mapping[str, str]:
        """The patterns of the library, by type."""
        return self._kept

    @property
    def tried(self) -> str | None:
        """The pattern in the line, where it is right and not the one in force; else None."""
        return None if self.problem or self.text == self._in_force() else self.text

    def _in_force(self) -> str:
        return KeyPatterns(self._kept).text(self.entry_type)

    # --- showing --------------------------------------------------------------------------

    def _list_types(self) -> None:
        chosen = self.types.currentData() or ""
        own = [name for name in self._kept if name]
        names = [*ENTRY_TYPES, *(name for name in own if name not in ENTRY_TYPES)]
        self.types.blockSignals(True)
        self.types.clear()
        self.types.addItem(_("all other papers") if own else _("all papers"), "")
        for name in names:
            text = _(label_of(name))
            self.types.addItem(_("{type} (own)").format(type=text) if name in own else text, name)
        self.types.setCurrentIndex(max(self.types.findData(chosen), 0))
        self.types.blockSignals(False)

    def _show_type(self) -> None:
        before = self.line.text()
        self.line.setText(self._in_force())
        if self.line.text() == before:
            self._text_changed()

    def _text_changed(self) -> None:
        self._try_out()
        self.changed.emit()

    def _try_out(self) -> None:
        """Read the pattern, and say what it gives or what is wrong with it."""
        self.problem = ""
        position = None
        try:
            read_pattern(self.line.text())
        except WrongPattern as error:
            self.problem, position = error.problem, error.position
        self.line.show_wrong(position, self.problem)
        theme.set_kind(self.outcome, "error" if self.problem else "")
        if self.problem:
            said = _("Character {position}: {problem}").format(
                position=position, problem=self.problem
            )
            self.outcome.setText(f"▲ {escape(said)}")
        else:
            self.outcome.setText(self._preview())
        self._say_state()

    def _preview(self) -> str:
        try:
            if self._paper is None:
                key = KeyPatterns({"": self.text}).key(_SAMPLE)
            else:
                key = self._library.citation_keys.preview(self._paper, self.text)
        except RefmanError as error:
            return escape(str(error))
        muted = theme.colours().muted
        title = escape(self._title, quote=False)
        if not key:
            said = _("gives nothing for “{title}”, which keeps its key").format(title=title)
            return f'<span style="color: {muted}">{said}</span>'
        families = ", ".join(f"'{name}'" for name in theme.mono_font().families())
        shown = f'<span style="font-family: {families}; font-weight: 600">{escape(key)}</span>'
        said = _("for “{title}”").format(title=title)
        return f'{shown} &nbsp;<span style="color: {muted}">{said}</span>'

    def _say_state(self) -> None:
        own = self.entry_type in self._kept
        if self.problem:
            said = _("The table shows the pattern before.")
        elif self.tried is not None:
            said = _("Only tried so far: new papers do not get their keys by it.")
        elif own:
            said = _("The pattern of this library: new papers get their keys by it.")
        elif self.entry_type and "" in self._kept:
            said = _("The pattern of all other papers holds for this type, too.")
        else:
            said = _("refman's own pattern: new papers get their keys by it.")
        self.state.setText(said)
        editable = not self._library.read_only
        self.keep.setEnabled(editable and self.tried is not None)
        self.drop.setEnabled(editable and own)
        self.drop.setText(_("Like all others") if self.entry_type else _("Back to refman's own"))
        self.drop.setToolTip(
            _("Take the own pattern of this type away")
            if self.entry_type
            else _("Take the pattern of this library away: {pattern} holds again").format(
                pattern=DEFAULT
            )
        )

    # --- keeping --------------------------------------------------------------------------

    def _store(self, text: str) -> None:
        verb = self._library.citation_keys.set_pattern
        work = partial(verb, text, self.entry_type)
        self._jobs.write(_("Set the pattern of citation keys"), work, self._stored)

    def _stored(self, _changes: object) -> None:
        self._kept = self._library.citation_keys.patterns()
        self._list_types()
        self._show_type()


def _title(library: Library, paper: int | None) -> str:
    rows = library.search.rows([paper]) if paper else []
    title = plain(rows[0].title) if rows else _SAMPLE.title
    return title if len(title) < 90 else title[:89] + "…"
