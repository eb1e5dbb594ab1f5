"""How the window stood when it was closed: kept in the settings, and taken up again."""

from dataclasses import replace
from types import MappingProxyType
from typing import Protocol

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QSplitter, QWidget

from refman import settings as settings_file
from refman.errors import RefmanError
from refman.library import ALL, STATUSES, Library, Scope
from refman.settings import Settings
from refman.ui import theme
from refman.ui.entry_table.pane import EntryPane
from refman.ui.sidebar.view import Sidebar
from refman.ui.stage import Stage

DEFAULT_SIZE = (1360, 840)
DEFAULT_PANES = (205, 765, 390)
RECENT = 8  # libraries remembered


class Window(Protocol):
    """What of the main window is remembered."""

    library: Library
    settings: Settings
    outer: QSplitter
    stage: Stage
    sidebar: Sidebar
    pane: EntryPane
    panel: QWidget

    def restoreGeometry(self, geometry: QByteArray, /) -> bool: ...
    def saveGeometry(self) -> QByteArray: ...
    def resize(self, width: int, height: int, /) -> None: ...
    def fail(self, sentence: str) -> None: ...


def restore(window: Window) -> None:
    """Take up geometry, panes, columns, sort, and what was chosen; before the first rows."""
    kept = window.settings
    geometry = QByteArray.fromBase64(kept.window.geometry.encode())
    if geometry.isEmpty() or not window.restoreGeometry(geometry):
        window.resize(*DEFAULT_SIZE)
    panes = kept.window.panes if len(kept.window.panes) == 3 else DEFAULT_PANES
    sidebar, table, panel = panes
    if not kept.window.panes:  # names in large text need more room, but papers do, too
        sidebar = round(sidebar * (1 + theme.theme().scale) / 2)
    window.outer.setSizes([sidebar or DEFAULT_PANES[0], table + panel])
    window.stage.inner.setSizes([table, panel or DEFAULT_PANES[2]])
    window.sidebar.setVisible(sidebar > 0)
    window.panel.setVisible(panel > 0)
    scale = theme.theme().scale
    widths = {name: round(width * scale) for name, width in kept.table.widths.items()}
    window.pane.table.head.restore(kept.table.columns, widths)
    window.pane.scope = _scope(kept.window.scope)
    window.sidebar.expect(window.pane.scope)
    window.pane.sort, window.pane.descending = kept.table.sort, kept.table.descending
    window.pane.table.set_sort(window.pane.sort, window.pane.descending)
    if kept.window.paper:
        window.pane.select_when_found(kept.window.paper)


def remember(window: Window) -> None:
    """Write down how the window stands. A folder that cannot be written loses only this."""
    scale = theme.theme().scale
    widths = window.pane.table.head.widths().items()
    outer, inner = window.outer.sizes(), window.stage.inner.sizes()
    path = str(window.library.path.absolute())
    recent = (path, *(each for each in window.settings.recent_libraries if each != path))
    scope = window.pane.scope
    window.settings = replace(
        window.settings,
        recent_libraries=recent[:RECENT],
        window=replace(
            window.settings.window,
            geometry=bytes(window.saveGeometry().toBase64().data()).decode(),
            panes=(
                0 if window.sidebar.isHidden() else outer[0],
                inner[0],
                0 if window.panel.isHidden() else inner[1],
            ),
            scope=scope.kind if scope.value is None else f"{scope.kind}:{scope.value}",
            paper=window.pane.table.current_id(),
        ),
        table=replace(
            window.settings.table,
            columns=window.pane.table.head.shown_names(),
            widths=MappingProxyType({name: round(width / scale) for name, width in widths}),
            sort=window.pane.sort,
            descending=window.pane.descending,
        ),
    )
    save(window)


def save(window: Window) -> None:
    """Write the settings; where that cannot be, say so and go on."""
    try:
        settings_file.save(window.settings)
    except RefmanError as error:
        window.fail(str(error))


def _scope(kept: str) -> Scope:
    kind, _colon, value = kept.partition(":")
    if kind == "status" and value in STATUSES:
        return Scope("status", value)
    if kind in ("collection", "tag", "listing") and value.isdigit():
        return Scope(kind, int(value))  # type: ignore[arg-type]  # one of the three
    return Scope(kind) if kind in ("attention", "trash") else ALL  # type: ignore[arg-type]
