"""The top of the page: title, creators, facts, citation key, and where it opens."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from refman.i18n import _
from refman.library import Details
from refman.ui import icons, outside, theme
from refman.ui.dialogs.creators import CreatorsDialog
from refman.ui.edits import Edits
from refman.ui.entry_panel.name_line import NameLine
from refman.ui.entry_panel.paper import Paper
from refman.ui.tex_text import plain
from refman.ui.widgets.flow_layout import FlowLayout
from refman.ui.widgets.lettering import use_font, use_size
from refman.ui.widgets.tab_order import tab_after
from refman.ui.widgets.tex_field import TexField

INSET = 8  # pixels from the edge of the page's column to its text


class Heading(QWidget):
    """Who wrote what, and when."""

    message = Signal(str)

    def __init__(self, edits: Edits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._paper: Paper | None = None
        self.title = TexField()
        self.title.setAccessibleName(_("Title"))
        self.title.setToolTip(_("The title: click to edit, Enter keeps it, Esc takes it back"))
        self.title.setReadOnly(not edits.editable)
        self.title.committed.connect(self._keep_title)
        theme.set_kind(self.title, "quiet")
        self.names = NameLine()
        self.title.left.connect(self.names.setFocus)
        self.names.set_editable(edits.editable)
        self.names.activated.connect(self._edit_names)
        self.facts = QLabel(wordWrap=True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.set_kind(self.facts, "muted")
        self._key = QLabel()
        self._key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.set_kind(self._key, "key")
        self._copy = QToolButton(
            toolTip=_("Copy the citation key"), accessibleName=_("Copy the citation key")
        )
        self._copy.setIcon(icons.icon("copy"))
        self._copy.setIconSize(QSize(15, 15))
        self._copy.clicked.connect(self.copy_key)
        key_box = QWidget()
        key_row = QHBoxLayout(key_box)
        key_row.setContentsMargins(0, 0, 0, 0)
        key_row.setSpacing(2)
        key_row.addWidget(self._key)
        key_row.addWidget(self._copy)
        self._links: list[QPushButton] = []
        self._flow = FlowLayout(gap=4)
        self._flow.addWidget(key_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.names)
        column.addWidget(self.facts)
        self.facts.setContentsMargins(INSET, 0, 0, 0)
        self._flow.setContentsMargins(INSET, 2, 0, 0)
        column.addLayout(self._flow)
        use_size(self.title, 1.32, bold=True)
        use_font(self._key, theme.mono_font)

    def show_paper(self, paper: Paper) -> None:
        """Show the top of the page of `paper`."""
        self._paper = paper
        details = paper.details
        entry = details.entry
        self.title.setPlaceholderText(_("No title: click to add it"))
        self.title.set_kept(entry.title)
        self.names.show_names(entry.creators, truncated=entry.creators_truncated)
        self.facts.setText(facts_text(details))
        self.facts.setVisible(bool(self.facts.text()))
        self._key.setText(entry.citation_key)
        self._key.setToolTip(_("The citation key"))
        self._show_links(details)

    def commit(self) -> None:
        """Hand the title to the library if it was changed."""
        self.title.commit()

    @property
    def link_names(self) -> list[str]:
        """What can be opened."""
        return [button.text() for button in self._links if not button.isHidden()]

    def edit_title(self) -> None:
        """Put the cursor into the title."""
        self.title.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_links(self, details: Details) -> None:
        targets = list(details.links)
        if not targets and details.search_url:
            targets = [(_("Search the web for the title"), details.search_url)]
        while len(self._links) < len(targets):
            button = QPushButton()
            button.setIcon(icons.icon("external", "accent"))
            button.setIconSize(QSize(13, 13))
            theme.set_kind(button, "link")
            button.clicked.connect(self._opener(button))
            self._flow.addWidget(button)
            tab_after(self._links[-1] if self._links else self._copy, button)
            self._links.append(button)
        for button, (name, address) in zip(self._links, targets, strict=False):
            button.setText(name)
            button.setToolTip(address)
            button.setAccessibleName(_("Open {name} in the browser").format(name=name))
        for index, button in enumerate(self._links):
            button.setVisible(index < len(targets))

    def _opener(self, button: QPushButton) -> Callable[[], None]:
        def open_it() -> None:
            if complaint := outside.open_address(button.toolTip()):
                self.message.emit(complaint)

        return open_it

    def _keep_title(self, title: str) -> None:
        self._edit({"title": title})

    def _edit(self, values: dict[str, Any]) -> None:
        if self._paper is None:
            return
        entry_id, entries = self._paper.id, self._edits.library.entries
        self._edits.write(_("Edit paper"), lambda: entries.edit(entry_id, values))

    def _edit_names(self) -> None:
        if self._paper is None:
            return
        entry = self._paper.details.entry
        dialog = CreatorsDialog(entry.creators, entry.creators_truncated, self.window())
        entry_id, entries = self._paper.id, self._edits.library.entries

        def keep() -> None:
            values = {"creators": dialog.creators, "creators_truncated": dialog.truncated}
            self._edits.write(_("Edit paper"), lambda: entries.edit(entry_id, values))

        dialog.accepted.connect(keep)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def copy_key(self) -> None:
        """Put the citation key on the clipboard; that gives it out."""
        if self._paper is None:
            return
        entry_id, keys = self._paper.id, self._edits.library.citation_keys
        if not self._edits.editable:
            outside.copy(self._paper.details.entry.citation_key)
            self.message.emit(_("Citation key copied."))
            return

        def give_out() -> Any:
            return keys.give_out([entry_id])

        self._edits.jobs.write(_("Copy citation key"), give_out, self._take_key)

    def _take_key(self, keys: list[str]) -> None:
        outside.copy(keys[0])
        self.message.emit(_("Copied {key}").format(key=keys[0]))


def facts_text(details: Details) -> str:
    """`2025-05-14 · cs.LG · code · score 89.4 · ICLR`."""
    entry = details.entry
    venue = entry.fields.get("journaltitle") or entry.fields.get("booktitle") or ""
    facts = [
        entry.date,
        plain(venue),
        details.category,
        _("code") if details.code else "",
        "" if details.score is None else _("score {score:g}").format(score=details.score),
    ]
    return " · ".join(fact for fact in facts if fact)
