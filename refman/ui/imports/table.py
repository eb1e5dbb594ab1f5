"""A table of what can be chosen from, sorted by a click on a column's head."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from refman.model.text import fold
from refman.ui import icons, theme

ROW = Qt.ItemDataRole.UserRole
KEY = Qt.ItemDataRole.UserRole + 1
SEARCHED = Qt.ItemDataRole.UserRole + 2

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """A text; `key` is what it is sorted by, if not by the text; `icon` a name and a role."""

    text: str
    key: int | float | str | None = None
    tip: str = ""
    icon: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`id` is 0 for a row that leads nowhere; a `dim` one is there, but no more than that."""

    id: int
    cells: tuple[Cell, ...]
    dim: bool = False


class RowsModel(QAbstractTableModel):
    """Rows as they are given."""

    def __init__(self, columns: Sequence[str], numbers: Sequence[int]) -> None:
        super().__init__()
        self._columns = columns
        self._numbers = frozenset(numbers)  # columns that are set to the right
        self.rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section]
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tip or cell.text
        if role == Qt.ItemDataRole.DecorationRole and cell.icon:
            return icons.icon(*cell.icon)
        if role == Qt.ItemDataRole.ForegroundRole and row.dim:
            return theme.colour("muted")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == KEY:
            return fold(cell.text) if cell.key is None else cell.key
        if role == SEARCHED:
            return fold(" ".join(f"{each.text} {each.tip}" for each in row.cells))
        return row.id if role == ROW else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = (
            Qt.AlignmentFlag.AlignRight if column in self._numbers else Qt.AlignmentFlag.AlignLeft
        )
        return side | Qt.AlignmentFlag.AlignVCenter


class _Found(QSortFilterProxyModel):
    """The rows that have every word that is searched."""

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []
        self.setSortRole(KEY)

    def search(self, text: str) -> None:
        self._words = fold(text).split()
        self.invalidate()

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        said = super().headerData(section, orientation, role)
        if role == Qt.ItemDataRole.DisplayRole and section == self.sortColumn():
            return f"{said} {'↑' if self.sortOrder() == Qt.SortOrder.AscendingOrder else '↓'}"
        return said

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if not self._words:
            return True
        text = self.sourceModel().index(source_row, 0, source_parent).data(SEARCHED)
        return all(word in text for word in self._words)


class RowsTable(QTableView):
    """`entered` with the id of a row on Enter or a double click; `chosen` when another row
    is the current one."""

    entered = Signal(int)
    chosen = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[str],
        *,
        numbers: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._rows = RowsModel(columns, numbers)
        self._found = _Found()
        self._found.setSourceModel(self._rows)
        self.setModel(self._found)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(False)
        theme.set_kind(self, "rows")
        self.doubleClicked.connect(self._enter)
        self.selectionModel().currentRowChanged.connect(lambda *_rows: self.chosen.emit())
        theme.theme().changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.px(11))

    def stretch(self, column: int, widths: Sequence[int]) -> None:
        """Let `column` have what the others leave, which have these widths at first."""
        head = self.horizontalHeader()
        for place, width in enumerate(widths):
            if place == column:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
            else:
                head.resizeSection(place, theme.px(width))

    def sort_by(self, column: int, order: Qt.SortOrder) -> None:
        """Sort now and when a head is clicked."""
        self.setSortingEnabled(True)
        self.sortByColumn(column, order)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the current one stays so, if it is there."""
        wanted, place = self.current_id, self.currentIndex().row()
        self._rows.show_rows(rows)
        self.choose(wanted, place)

    def choose(self, wanted: int, otherwise: int = 0) -> None:
        """Make the row of an id the current one, else the one at a place."""
        places = range(self._found.rowCount())
        ids = [self._found.index(place, 0).data(ROW) for place in places]
        place = ids.index(wanted) if wanted in ids else min(max(otherwise, 0), len(ids) - 1)
        if ids:
            self.setCurrentIndex(self._found.index(place, 0))
        self.chosen.emit()

    def search(self, text: str) -> None:
        """Show only the rows with these words."""
        wanted = self.current_id
        self._found.search(text)
        self.choose(wanted)

    @property
    def current_id(self) -> int:
        """The id of the current row; 0 where there is none."""
        index = self.currentIndex()
        return int(index.data(ROW)) if index.isValid() else 0

    def texts(self) -> list[list[str]]:
        """What is shown, row by row."""
        return [
            [
                str(self._found.index(row, column).data() or "")
                for column in range(self._found.columnCount())
            ]
            for row in range(self._found.rowCount())
        ]

    def _enter(self, index: Index) -> None:
        entered = index.data(ROW) if index.isValid() else 0
        if entered:
            self.entered.emit(entered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(self.currentIndex())
        else:
            super().keyPressEvent(event)
