"""The table's model: the ids of all papers in their order, and the rows of the pages in view."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from refman.i18n import _
from refman.library import TableRow
from refman.library.columns import COLUMNS
from refman.ui.entry_table import texts
from refman.ui.widgets.mime import ENTRIES, PapersData, Texts

PAGE = 64  # rows fetched at once, about two screens
PAGES = 48  # kept; the least used goes first
ROW = Qt.ItemDataRole.UserRole  # the whole TableRow, for the delegate

Index = QModelIndex | QPersistentModelIndex

_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}


class EntryTableModel(QAbstractTableModel):
    """`fetch(ids)` gives the rows of up to PAGE papers in about a millisecond."""

    def __init__(
        self, fetch: Callable[[Sequence[int]], list[TableRow]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, dict[int, TableRow]] = OrderedDict()
        self.texts_of: Callable[[Sequence[int]], Texts | None] | None = None  # when dragged out

    @property
    def ids(self) -> "array[int]":
        """The papers in their order. Not to be changed."""
        return self._ids

    def show(self, ids: "array[int]") -> bool:
        """Show these papers, read anew; whether they are others, or in another order."""
        self._pages.clear()
        if ids == self._ids:
            if ids:
                last = self.index(len(ids) - 1, len(COLUMNS) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return False
        self.beginResetModel()
        self._ids = ids
        self.endResetModel()
        return True

    def row(self, number: int) -> TableRow | None:
        """The row at `number`; None for a paper that has just gone from the library."""
        page = number // PAGE
        rows = self._pages.get(page)
        if rows is None:
            fetched = self._fetch(self._ids[page * PAGE : (page + 1) * PAGE])
            rows = self._pages[page] = {each.id: each for each in fetched}
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return rows.get(self._ids[number])

    def row_of(self, entry_id: int) -> int:
        """Where a paper stands, or -1."""
        try:
            return self._ids.index(entry_id)
        except ValueError:
            return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[COLUMNS[index.column()].align]
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
            ROW,
        ):
            return None
        row = self.row(index.row())
        if row is None or role == ROW:
            return row
        name = COLUMNS[index.column()].name
        if role == Qt.ItemDataRole.DisplayRole:
            return texts.cell(row, name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return texts.tool_tip(row, name)
        return texts.spoken(row, name)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if column.name in ("status", "code") else _(column.label)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _("{column}: click to sort, right-click for columns").format(
                column=_(column.label)
            )
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def mimeTypes(self) -> list[str]:
        return [ENTRIES, "text/plain"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return self.mime_of(array("q", sorted({self._ids[index.row()] for index in indexes})))

    def mime_of(self, ids: "array[int]") -> QMimeData:
        """What is dragged for these papers: their ids, and what other programs get of them."""
        return PapersData(ids, self.texts_of(ids) if self.texts_of else None)
