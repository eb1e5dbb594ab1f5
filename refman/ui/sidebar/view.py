"""The sidebar itself: choosing a part of the library, renaming, dropping papers on it."""

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragMoveEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from refman.i18n import _
from refman.library import ALL, Library, Scope
from refman.ui import icons, theme
from refman.ui.jobs import Jobs
from refman.ui.sidebar import nodes
from refman.ui.sidebar.delegate import SidebarDelegate, add_button
from refman.ui.sidebar.menu import Callbacks, node_menu
from refman.ui.sidebar.model import SidebarModel
from refman.ui.sidebar.nodes import ADD, ALL_IMPORTS, COLLECTIONS, LISTINGS, TAGS, Node
from refman.ui.sidebar.verbs import SidebarVerbs

NEW_COLLECTION = _("New collection")
_TOP = f"section:{COLLECTIONS}"


class Sidebar(QTreeView):
    """Reads the library by itself after every change; the window hears what was chosen."""

    scope_chosen = Signal(object)  # Scope
    view_chosen = Signal(str)  # what a node leads to in the place of papers
    listing_wanted = Signal(str, int)  # one of import_wording.ACTIONS, of a listing
    all_imports_wanted = Signal()
    left = Signal()  # Enter: on to the papers

    def __init__(self, library: Library, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName(_("Library, collections, listings and tags"))
        self._library = library
        self._jobs = jobs
        self._verbs = SidebarVerbs(library, jobs)
        self._read_only = library.read_only
        self.nodes = SidebarModel(self)
        self._scope_key = "all"
        self._collapsed: set[str] = set()
        self._unfolded: set[str] = set()  # imports under which the earlier ones are shown
        self._drop_target = QPersistentModelIndex()
        self._to_rename = ""  # the path of a collection that was just made
        self.setModel(self.nodes)
        self.setItemDelegate(SidebarDelegate(self))
        self._set_up()
        self.nodes.entries_dropped.connect(self._verbs.take_entries)
        self.nodes.collection_dropped.connect(self._verbs.move_collection)
        self.nodes.renamed.connect(self._verbs.rename)
        self.collapsed.connect(lambda index: self._set_open(index, open_=False))
        self.expanded.connect(lambda index: self._set_open(index, open_=True))
        theme.theme().changed.connect(self.doItemsLayout)

    def _set_up(self) -> None:
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(13)
        self.setMouseTracking(True)
        self.setUniformRowHeights(False)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        if not self._read_only:
            self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        else:
            self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDropIndicatorShown(True)  # without it Qt takes no drop at all
        self.setDragDropOverwriteMode(True)  # on a line, never between two
        self.setAutoExpandDelay(600)

    # --- what is shown ---------------------------------------------------------------

    def refresh(self) -> None:
        """Read names and counts anew, outside this thread."""
        kind, _colon, shown = self._scope_key.partition(":")
        listing = int(shown) if kind == "l" else 0
        self._jobs.read("sidebar", partial(nodes.read, self._library, listing), self._show)

    def _show(self, root: Node) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            return  # what is typed must not go; the edit itself brings the next refresh
        if self.nodes.show(root):
            self._expand_all()
        index = self.nodes.find(self._scope_key)
        if not index.isValid():  # what was chosen is not there any more
            self.choose(ALL)
        elif index != self.currentIndex():
            self.setCurrentIndex(index)
        if self._to_rename:
            self._edit_new_collection()

    def _expand_all(self) -> None:
        """Show everything but what somebody closed, and earlier imports only where asked for."""
        unfolded = set(self._unfolded)
        collapsed = self._collapsed | {
            node.key
            for node in self._walk()
            if node.listing and node.children and node.key not in unfolded
        }
        self.expandAll()
        for key in collapsed:
            index = self.nodes.find(key)
            if index.isValid():
                self.collapse(index)
        self._unfolded = unfolded

    def _set_open(self, index: QModelIndex, *, open_: bool) -> None:
        """Remember how a line was left; imports are folded until somebody opens them."""
        node = self.nodes.node(index)
        if node.listing:
            (self._unfolded.add if open_ else self._unfolded.discard)(node.key)
        else:
            (self._collapsed.discard if open_ else self._collapsed.add)(node.key)

    def choose(self, scope: Scope) -> None:
        """Select the node of `scope` and tell the window."""
        node = next((n for n in self._walk() if n.scope == scope), None)
        if node:
            self._scope_key = node.key
            self.setCurrentIndex(self.nodes.index_of(node))
        elif scope.kind == "listing":  # one that is behind “Show all imports”
            self._scope_key = f"l:{scope.value}"
            self.refresh()
        elif scope == ALL:
            self._scope_key = "all"
        self.scope_chosen.emit(scope)

    def expect(self, scope: Scope) -> None:
        """Select the node of `scope` when the tree is read the first time."""
        if scope.kind in ("collection", "listing", "tag"):
            self._scope_key = f"{scope.kind[0]}:{scope.value}"
        elif scope.kind == "status":
            self._scope_key = f"status:{scope.value}"
        else:
            self._scope_key = scope.kind

    def current_node(self) -> Node | None:
        """The node with the keyboard, unless it is a heading."""
        node = self.nodes.node(self.currentIndex())
        return node if node.scope else None

    def names(self, kind: str) -> list[str]:
        """The names of every `tag`, `collection` (its path) or `listing`."""
        nodes_ = self._walk()
        found = [n.path or n.label for n in nodes_ if n.scope and n.scope.kind == kind]
        if kind == "listing":
            found += [name for node in nodes_ for name in node.others]
        return list(dict.fromkeys(found))

    def tag_with_key(self, position: int) -> str | None:
        """The name of the tag that the digit `position` toggles."""
        return next((n.label for n in self._walk() if n.position == position), None)

    def delete_current(self) -> None:
        """Delete the chosen collection or tag; its papers stay."""
        node = self.current_node()
        if node and node.section in (COLLECTIONS, TAGS):
            self._verbs.delete(node)

    def _walk(self) -> list[Node]:
        found: list[Node] = []
        waiting = [self.nodes.node(QModelIndex())]
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting.extend(reversed(node.children))
        return found

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        node = self.nodes.node(current)
        if node.scope and node.key != self._scope_key:
            self._scope_key = node.key
            self.scope_chosen.emit(node.scope)
        elif node.view and node.key != self._scope_key:
            self._scope_key = node.key
            self.view_chosen.emit(node.view)

    def stand_at(self, view: str, scope: Scope) -> None:
        """Stand on the node of `view`, or with '' on that of `scope` again; tell nobody."""
        index = self.nodes.find(self._scope_key)
        if view:
            self._scope_key = view
        elif self.nodes.node(index).view:
            self.expect(scope)
        else:
            return
        index = self.nodes.find(self._scope_key)
        if index.isValid():
            self.setCurrentIndex(index)

    # --- names -----------------------------------------------------------------------

    def new_collection(self, parent: int | None = None) -> None:
        """Make a collection in `parent` and let its name be typed over."""
        above = self.nodes.node(self.nodes.find(f"c:{parent}" if parent else _TOP))
        siblings = {node.label for node in above.children}
        name, number = NEW_COLLECTION, 2
        while name in siblings:
            name, number = f"{NEW_COLLECTION} {number}", number + 1
        self._to_rename = f"{above.path}/{name}" if parent else name
        self._verbs.create_collection(name, parent)

    def rename_current(self) -> None:
        """Edit the name of the collection or tag in its place (F2)."""
        node = self.current_node()
        if node and node.section in (COLLECTIONS, TAGS) and not self._read_only:
            self.edit(self.currentIndex())

    def _edit_node(self, key: str) -> None:
        index = self.nodes.find(key)
        if index.isValid():
            self.edit(index)

    def _edit_new_collection(self) -> None:
        path = self._to_rename
        for node in self._walk():
            if node.section == COLLECTIONS and node.path == path:
                self._to_rename = ""
                index = self.nodes.index_of(node)
                self.setFocus()
                self.setCurrentIndex(index)
                self.edit(index)
                return

    # --- events ----------------------------------------------------------------------

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        node = self.nodes.node(index)
        if node.section not in (COLLECTIONS, LISTINGS) or node.heading or not node.children:
            return
        name = "chevron-down" if self.isExpanded(index) else "chevron-right"
        image = icons.pixmap(name, 12, theme.colour("muted"))
        painter.drawPixmap(rect.right() - 9, rect.center().y() - 6, image)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = event.position().toPoint()
        index = self.indexAt(position)
        node = self.nodes.node(index)
        if event.button() == Qt.MouseButton.LeftButton and node.heading:
            rect = self.visualRect(index)
            if node.icon == ADD and add_button(rect).contains(position):
                self.new_collection()
            else:
                self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and node.key == ALL_IMPORTS:
            self.all_imports_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            all_imports = self.nodes.node(self.currentIndex()).key == ALL_IMPORTS
            (self.all_imports_wanted if all_imports else self.left).emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        # The style's own sign is a black frame; ours is of the theme.
        self.setDropIndicatorShown(False)
        super().paintEvent(event)
        self.setDropIndicatorShown(True)
        if self.state() == QAbstractItemView.State.DraggingState and self._drop_target.isValid():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent"), 2))
            row = self.visualRect(QModelIndex(self._drop_target))
            painter.drawRoundedRect(row.adjusted(1, 2, -7, -2), 6, 6)
            painter.end()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._drop_target = QPersistentModelIndex(index if event.isAccepted() else QModelIndex())
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        position = event.globalPos()
        if by_key:
            corner = self.visualRect(index).bottomLeft() + QPoint(30, 0)
            position = self.viewport().mapToGlobal(corner)
        do = Callbacks(
            edit=partial(self._edit_node, self.nodes.node(index).key),
            new_collection=self.new_collection,
            listing=self.listing_wanted.emit,
            all_imports=self.all_imports_wanted.emit,
        )
        node = self.nodes.node(index)
        if menu := node_menu(self, node, self._verbs, do, read_only=self._read_only):
            menu.popup(position)
