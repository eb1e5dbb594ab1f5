"""The view of the list of rows, with the keys that settle them."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from refman.i18n import _
from refman.library import SightingRow
from refman.ui import theme
from refman.ui.import_review.rows import RowDelegate, RowsModel, stretches


class RowList(QListView):
    """Enter settles the selected rows; its other keys are those of commands."""

    accept_wanted = Signal()
    typed = Signal(str)
    selection_changed = Signal()

    def __init__(self, rows: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setAccessibleName(_("Rows of the page"))
        self.setModel(rows)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMinimumWidth(220)
        self.selectionModel().selectionChanged.connect(self.selection_changed)
        theme.theme().changed.connect(self.scheduleDelayedItemsLayout)  # the rows' height

    @property
    def current(self) -> SightingRow | None:
        return self._rows.row_at(self.currentIndex().row())

    def selected_rows(self) -> list[SightingRow]:
        """The selected rows, else the current one, from top to bottom."""
        found = (self._rows.row_at(place) for place in self._selected_places())
        return [row for row in found if row is not None]

    @property
    def last_place(self) -> int:
        """Where the last of the selected rows stands, else the current one; -1 for none."""
        return self._selected_places()[-1]

    def _selected_places(self) -> list[int]:
        # By stretches: Qt's `selectedRows` asks the model several times for each row.
        selection = self.selectionModel().selection()
        places = {
            place for each in selection.toList() for place in range(each.top(), each.bottom() + 1)
        }
        return sorted(places) or [self.currentIndex().row()]

    def select(self, place: int) -> None:
        """Stand on the row `place` alone, and see it."""
        if 0 <= place < self._rows.rowCount():
            index = self._rows.index(place)
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def step(self, by: int) -> None:
        """To the next row, or with -1 the one before."""
        self.select(self.currentIndex().row() + by)

    def remember(self) -> tuple[set[int], int, int]:
        """What `stand_again` takes: the selected rows, the current one, and its place."""
        row = self.current
        place = self.currentIndex().row()
        return {each.id for each in self.selected_rows()}, row.id if row else 0, place

    def stand_again(self, held: tuple[set[int], int, int]) -> None:
        """Select after a change what was selected before it, or what stands there now."""
        selected, current, place = held
        found = self._rows.place_of(current)
        if found < 0:
            found = min(max(place, 0), self._rows.rowCount() - 1)
            self.select(found)
            return
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self._rows.index(found), flags.ClearAndSelect)
        if len(selected) > 1:
            places = sorted(place for each in selected if (place := self._rows.place_of(each)) >= 0)
            wanted = QItemSelection()
            for first, last in stretches(places):
                wanted.select(self._rows.index(first), self._rows.index(last))
            self.selectionModel().select(wanted, flags.ClearAndSelect)
        self.scrollTo(self._rows.index(found))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()  # the view's own would copy a title
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        # Qt's own looks at every row.
        self.typed.emit(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
