"""What both pages are made of: a table of a few rows that one chooses from, and buttons below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from refman.ui import icons, theme

_ID = Qt.ItemDataRole.UserRole


class Table(QTableWidget):
    """`chosen` when another row is the current one; `entered` on Enter or a double
    click, `delete_wanted` on Del."""

    chosen = Signal()
    entered = Signal()
    delete_wanted = Signal()

    def __init__(self, name: str, columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(0, len(columns), parent)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(columns))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        theme.set_kind(self, "framed")
        self.currentCellChanged.connect(lambda *_places: self.chosen.emit())
        self.cellDoubleClicked.connect(lambda *_place: self.entered.emit())

    def stretch(self, *columns: int) -> None:
        """Let these columns share what the others leave."""
        head = self.horizontalHeader()
        for column in range(self.columnCount()):
            how = QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Stretch if column in columns else how
            )

    @property
    def current_id(self) -> int | None:
        """What is chosen."""
        item = self.item(self.currentRow(), 0)
        return item.data(_ID) if item else None

    def choose(self, wanted: int) -> None:
        """Choose the row of an id, if there is one."""
        for row in range(self.rowCount()):
            item = self.item(row, 0)
            if item and item.data(_ID) == wanted:
                self.setCurrentCell(row, 0)

    def show_rows(self, rows: Sequence[tuple[int, Sequence[tuple[str, str, str]]]]) -> None:
        """Show rows: an id, and for every column text, icon and the icon's colour.

        The chosen one stays so.
        """
        wanted, place = self.current_id, self.currentRow()
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for row, (row_id, cells) in enumerate(rows):
            for column, (text, icon, role) in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setData(_ID, row_id)
                if icon:
                    item.setIcon(icons.icon(icon, role))
                self.setItem(row, column, item)
        self.resizeRowsToContents()
        ids = [row_id for row_id, _cells in rows]
        if wanted in ids:
            self.setCurrentCell(ids.index(wanted), 0)
        elif ids:
            self.setCurrentCell(min(max(place, 0), len(ids) - 1), 0)
        self.blockSignals(False)
        self.chosen.emit()

    def texts(self) -> list[list[str]]:
        """What is shown, row by row."""
        return [
            [
                item.text() if (item := self.item(row, column)) else ""
                for column in range(self.columnCount())
            ]
            for row in range(self.rowCount())
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


def button(text: str, tip: str) -> QPushButton:
    """A button that Enter in the table does not press."""
    made = QPushButton(text, toolTip=tip)
    made.setAutoDefault(False)
    return made
