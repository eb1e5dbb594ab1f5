"""The sidebar's model: the tree of nodes, and what may be dropped where."""

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from refman.i18n import _
from refman.ui import icons, import_wording
from refman.ui.sidebar.nodes import ALL_IMPORTS, COLLECTIONS, TAGS, Node
from refman.ui.widgets.mime import ENTRIES, entries_in

NODE = Qt.ItemDataRole.UserRole
COLLECTION = "application/x-refman-collection"  # the id of a dragged collection, in digits

Index = QModelIndex | QPersistentModelIndex


class SidebarModel(QAbstractItemModel):
    """One column. What is typed or dropped is told by signals; the library answers later."""

    entries_dropped = Signal(object, object)  # Node, ids
    collection_dropped = Signal(int, object)  # its id, the id of the new parent or None
    renamed = Signal(object, str)  # Node, what was typed

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node("root", "")
        self._former = self._root  # Qt may hold indexes of its nodes until the reset is through

    def show(self, root: Node) -> bool:
        """Show this tree; whether its nodes are others than before."""
        if root.shape() == self._root.shape():
            self._take_over(self._root, root)
            return False
        self.beginResetModel()
        self._former, self._root = self._root, root
        self.endResetModel()
        return True

    def _take_over(self, old: Node, new: Node) -> None:
        for before, after in zip(old.children, new.children, strict=True):
            before.label, before.count, before.icon = after.label, after.count, after.icon
            before.colour, before.position = after.colour, after.position
            before.tool_tip, before.scope = after.tool_tip, after.scope
            before.path, before.note, before.dim = after.path, after.note, after.dim
            before.listing, before.others = after.listing, after.others
            before.earlier, before.file = after.earlier, after.file
            self._take_over(before, after)
        if old.children:
            first, last = old.children[0], old.children[-1]
            self.dataChanged.emit(self.index_of(first), self.index_of(last))

    def node(self, index: Index) -> Node:
        """The node at `index`; the root for an invalid one."""
        node = index.internalPointer() if index.isValid() else None
        return node if isinstance(node, Node) else self._root

    def find(self, key: str) -> QModelIndex:
        """Where the node with `key` stands; invalid if there is none."""
        waiting = list(self._root.children)
        while waiting:
            node = waiting.pop()
            if node.key == key:
                return self.index_of(node)
            waiting.extend(node.children)
        return QModelIndex()

    def index_of(self, node: Node) -> QModelIndex:
        return self.createIndex(node.row, 0, node) if node.parent else QModelIndex()

    def index(
        self,
        row: int,
        column: int,
        parent: Index = QModelIndex(),  # noqa: B008 - Qt's signature
    ) -> QModelIndex:
        children = self.node(parent).children
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        parent = self.node(index).parent
        return self.index_of(parent) if parent else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return len(self.node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        del parent
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return node.label
        if role == Qt.ItemDataRole.DecorationRole:
            return icons.icon(node.icon) if node.icon else None
        if role == Qt.ItemDataRole.ToolTipRole:
            if node.listing:
                return import_wording.tool_tip(node.listing, node.earlier)
            return node.tool_tip or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if node.count is None:
                return node.label
            if node.view:
                return _("{name}, {count} groups").format(name=node.label, count=node.count)
            text = _("{name}, {count} papers").format(name=node.label, count=node.count)
            return ", ".join(part for part in (text, node.note, node.file) if part)
        return node if role == NODE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node, name = self.node(index), str(value).strip()
        if role == Qt.ItemDataRole.EditRole and name and name != node.label:
            self.renamed.emit(node, name)
        return False  # the new name comes back from the library

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        node = self.node(index)
        flags = Qt.ItemFlag.ItemIsEnabled
        if node.key == f"section:{COLLECTIONS}":
            return flags | Qt.ItemFlag.ItemIsDropEnabled
        if node.key == ALL_IMPORTS:
            return flags | Qt.ItemFlag.ItemIsSelectable
        if node.view:
            return flags | Qt.ItemFlag.ItemIsSelectable
        if node.scope is None:
            return flags
        flags |= Qt.ItemFlag.ItemIsSelectable
        if takes_entries(node):
            flags |= Qt.ItemFlag.ItemIsDropEnabled
        if node.section == COLLECTIONS:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        if node.section in (COLLECTIONS, TAGS):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def mimeTypes(self) -> list[str]:
        return [ENTRIES, COLLECTION]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(COLLECTION, QByteArray(str(self.node(indexes[0]).id).encode()))
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        del action, row, column
        node = self.node(parent)
        if data.hasFormat(ENTRIES):
            return takes_entries(node)
        return data.hasFormat(COLLECTION) and node.section == COLLECTIONS

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        node = self.node(parent)
        if data.hasFormat(ENTRIES):
            self.entries_dropped.emit(node, entries_in(data))
        else:
            moved = int(data.data(COLLECTION).data())
            if moved != node.id:
                self.collection_dropped.emit(moved, node.id or None)
        # Nothing moves in this model: the library's answer shows what became of it.
        return False


def takes_entries(node: Node) -> bool:
    """Whether papers dropped on `node` mean something."""
    return node.scope is not None and node.scope.kind in ("collection", "tag", "status", "trash")
