"""The library's history: what was done, the newest first, and back to any of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.ui import theme

_STEPS = Qt.ItemDataRole.UserRole


class HistoryDialog(QDialog):
    """`moved` with how many steps to take back (positive) or to do again (negative)."""

    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("History"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        note = QLabel(
            _("Everything that was done to this library, the newest first. It can all be undone."),
            wordWrap=True,
        )
        theme.set_kind(note, "muted")
        self.list = QListWidget()
        self.list.setAccessibleName(_("Steps"))
        self.list.itemActivated.connect(self._move)
        self.list.currentItemChanged.connect(self._name_button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.go = buttons.addButton(_("Undo to here"), QDialogButtonBox.ButtonRole.ActionRole)
        self.go.clicked.connect(lambda: self._move(self.list.currentItem()))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(note)
        column.addWidget(self.list)
        column.addWidget(buttons)
        self.resize(480, 520)

    def show_steps(
        self, undoable: Sequence[tuple[str, str]], redoable: Sequence[tuple[str, str]]
    ) -> None:
        """Steps as (label, when), the nearest to now first in both."""
        self.list.clear()
        for distance, (label, made) in reversed(list(enumerate(redoable, 1))):
            item = self._item(label, made, -distance)
            font = QFont(item.font())
            font.setItalic(True)
            item.setFont(font)
            item.setForeground(theme.colour("faint"))
            item.setText(_("{label} (undone)").format(label=item.text()))
        for distance, (label, made) in enumerate(undoable, 1):
            self._item(label, made, distance)
        if self.list.count():
            self.list.setCurrentRow(min(len(redoable), self.list.count() - 1))
        self.go.setEnabled(self.list.count() > 0)

    def _item(self, label: str, made: str, steps: int) -> QListWidgetItem:
        item = QListWidgetItem(f"{label}", self.list)
        item.setToolTip(made.replace("T", " ").rstrip("Z"))
        item.setData(_STEPS, steps)
        return item

    def _name_button(self, item: QListWidgetItem | None) -> None:
        back = item is None or item.data(_STEPS) > 0
        self.go.setText(_("Undo this and what followed") if back else _("Redo up to this"))

    def _move(self, item: QListWidgetItem | None) -> None:
        if item:
            self.moved.emit(item.data(_STEPS))
