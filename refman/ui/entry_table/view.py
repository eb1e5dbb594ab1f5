"""The table's view: what is selected, what is dragged, and that both stay over a refresh."""

from array import array
from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QDrag, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from refman.i18n import _
from refman.library import TableRow
from refman.library.columns import COLUMNS
from refman.ui import icons, theme
from refman.ui.entry_table.delegate import EntryDelegate, row_height
from refman.ui.entry_table.header import EntryHeader
from refman.ui.entry_table.model import EntryTableModel

TITLE = next(i for i, column in enumerate(COLUMNS) if column.name == "title")
CREATORS = next(i for i, column in enumerate(COLUMNS) if column.name == "creators")
TITLE_MINIMUM = 220
_FIRST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home)
TYPE_AHEAD_PAUSE = 900  # ms after which letters begin a new word


class EntryTable(QTableView):
    """The papers of one library. `fetch` is as in EntryTableModel."""

    selection_changed = Signal()
    sort_changed = Signal(str, bool)  # column, descending
    columns_changed = Signal()
    menu_wanted = Signal(QPoint)  # on the screen
    opened = Signal(int)  # double click or Enter on a paper
    typed_ahead = Signal(str)  # letters typed in the table
    dragged_out = Signal(object)  # ids that another program took

    def __init__(
        self, fetch: Callable[[Sequence[int]], list[TableRow]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("entry_table")
        self.setAccessibleName(_("Papers"))
        self.entries = EntryTableModel(fetch, self)
        self._delegate = EntryDelegate(self)
        self._head = EntryHeader(self)
        self._fitting = False
        self._sort = (-1, False)
        self._letters = ""
        self._letters_timer = QTimer(self, interval=TYPE_AHEAD_PAUSE, singleShot=True)
        self._letters_timer.timeout.connect(self._end_word)
        self.setHorizontalHeader(self._head)
        self.setModel(self.entries)
        self.setItemDelegate(self._delegate)
        self._set_up()
        self._head.set_defaults()
        self._head.sectionClicked.connect(self._sort_by)
        self._head.columns_changed.connect(self._fit_title)
        self._head.columns_changed.connect(self.columns_changed)
        self._head.sectionResized.connect(self._section_resized)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._id_at(index)))
        self._scale = theme.theme().scale
        theme.theme().changed.connect(self._theme_changed)
        self._set_row_height()

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)

    @property
    def head(self) -> EntryHeader:
        return self._head

    # --- what is shown and selected --------------------------------------------------

    def show_ids(self, ids: "array[int]") -> None:
        """Show these papers, with the same ones selected and the view where it was.

        Where all that were selected have gone, the one that took the place of the first is.
        """
        if ids == self.entries.ids:
            self.entries.show(ids)
            return
        selected = self.selected_ids()
        current = self.current_id()
        first = self._first_selected_row()
        above = self.rowAt(0)
        top_id = self.entries.ids[above] if 0 <= above < len(self.entries.ids) else 0
        kept_at_top = self.verticalScrollBar().value() == 0
        self.entries.show(ids)
        self._select_again(selected, current, first)
        if not kept_at_top and (row := self.entries.row_of(top_id)) >= 0:
            self.scrollTo(self.entries.index(row, TITLE), self.ScrollHint.PositionAtTop)
        self.selection_changed.emit()

    def select_id(self, entry_id: int) -> bool:
        """Select one paper and bring it into view; whether it is in the table."""
        row = self.entries.row_of(entry_id)
        if row < 0:
            return False
        index = self.entries.index(row, TITLE)
        if not self.viewport().rect().contains(self.visualRect(index)):
            self.scrollTo(index, self.ScrollHint.PositionAtCenter)
        self._make_current(index)
        return True

    def select_row(self, row: int) -> None:
        """Select the paper at `row`, or the nearest one."""
        if self.entries.ids:
            row = min(max(row, 0), len(self.entries.ids) - 1)
            self._make_current(self.entries.index(row, TITLE))

    def _make_current(self, index: QModelIndex) -> None:
        """Select the row of `index` and no other. The view's own `setCurrentIndex` would heed
        the keys that are held at the moment, and with Ctrl select nothing."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def selected_ids(self) -> "array[int]":
        """The selected papers, in the order of the table."""
        ids = self.entries.ids
        found: array[int] = array("q")
        for top, bottom in sorted(self._selected_ranges()):
            found.extend(ids[top : bottom + 1])
        return found

    def selected_count(self) -> int:
        return sum(bottom - top + 1 for top, bottom in self._selected_ranges())

    def current_id(self) -> int:
        """The paper with the keyboard, or 0."""
        return self._id_at(self.currentIndex())

    def _id_at(self, index: QModelIndex) -> int:
        return self.entries.ids[index.row()] if index.isValid() else 0

    def _first_selected_row(self) -> int:
        return min((top for top, _bottom in self._selected_ranges()), default=-1)

    def _selected_ranges(self) -> list[tuple[int, int]]:
        """First and last row of every run of selected papers."""
        selection = self.selectionModel().selection()
        ranges = (selection.at(i) for i in range(selection.count()))
        return [(each.top(), each.bottom()) for each in ranges]

    def _select_again(self, selected: "array[int]", current: int, first: int) -> None:
        if not selected or not self.entries.ids:
            return
        if len(selected) == 1:
            rows = [self.entries.row_of(selected[0])]
        else:
            wanted = set(selected)
            rows = [row for row, entry_id in enumerate(self.entries.ids) if entry_id in wanted]
        rows = [row for row in rows if row >= 0]
        if not rows:
            self.select_row(first)
            return
        last_column = len(COLUMNS) - 1
        selection = QItemSelection()
        start = previous = rows[0]
        for row in [*rows[1:], -1]:
            if row == previous + 1:
                previous = row
                continue
            selection.select(
                self.entries.index(start, 0), self.entries.index(previous, last_column)
            )
            start = previous = row
        row = self.entries.row_of(current)
        index = self.entries.index(row if row >= 0 else rows[0], TITLE)
        model = self.selectionModel()
        model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    # --- columns ---------------------------------------------------------------------

    def set_sort(self, name: str, descending: bool) -> None:
        """Show by the arrow what the papers are sorted by; they come sorted."""
        section = next((i for i, column in enumerate(COLUMNS) if column.name == name), -1)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._sort = (section, descending)
        self._head.setSortIndicator(section, order)

    def _sort_by(self, section: int) -> None:
        column = COLUMNS[section]
        again = section == self._sort[0]
        descending = not self._sort[1] if again else column.descending_first
        self.set_sort(column.name, descending)
        self.sort_changed.emit(column.name, descending)

    def _section_resized(self, section: int, before: int, after: int) -> None:
        if self._fitting:
            return
        if section == TITLE and not self._head.isSectionHidden(CREATORS):
            self._fitting = True
            width = self._head.sectionSize(CREATORS) + before - after
            self._head.resizeSection(CREATORS, max(width, 60))
            self._fitting = False
        self._fit_title()
        self.columns_changed.emit()

    def _fit_title(self) -> None:
        """The title takes the room that the other columns leave."""
        others = self._head.length() - self._head.sectionSize(TITLE)
        self._fitting = True
        room = self.viewport().width() - others
        self._head.resizeSection(TITLE, max(room, TITLE_MINIMUM))
        self._fitting = False

    def _theme_changed(self) -> None:
        scale = theme.theme().scale
        if scale != self._scale:
            self._head.scale_by(scale / self._scale)
            self._scale = scale
        self._set_row_height()
        self._fit_title()

    def _set_row_height(self) -> None:
        height = row_height(self.fontMetrics().height())
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self._head.setFixedHeight(height)

    # --- events ----------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_title()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_row_height()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.ask_for_menu()
        elif self.selectionModel().hasSelection():
            self.menu_wanted.emit(event.globalPos())

    def ask_for_menu(self) -> None:
        """Have the menu of the selected papers opened at the current one."""
        if self.selectionModel().hasSelection():
            rect = self.visualRect(self.currentIndex().siblingAtColumn(TITLE))
            self.menu_wanted.emit(self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(40, 0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.opened.emit(self.current_id())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif event.key() in _FIRST and not self.selectionModel().hasSelection():
            self.selectRow(max(self.currentIndex().row(), 0))  # Qt would go on to the second
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End lead to the first and the last paper; Qt's own to the ends of a row."""
        if action in (self.CursorAction.MoveHome, self.CursorAction.MoveEnd):
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, text: str) -> None:
        # Qt's own looks at every row; the window searches in the database instead.
        self._letters += text
        self._letters_timer.start()
        self.typed_ahead.emit(self._letters)

    def _end_word(self) -> None:
        self._letters = ""

    def startDrag(self, supported: Qt.DropAction) -> None:
        ids = self.selected_ids()
        if not ids:
            return
        drag = QDrag(self)
        data = self.entries.mime_of(ids)
        drag.setMimeData(data)
        drag.setPixmap(icons.pixmap("copy" if len(ids) > 1 else "file", 28, theme.colour("accent")))
        done = drag.exec(supported | Qt.DropAction.CopyAction, Qt.DropAction.CopyAction)
        if done != Qt.DropAction.IgnoreAction and drag.target() is None:
            self.dragged_out.emit(ids)
