"""The command palette: every command by a few letters of its name."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.ui import icons, theme

WIDTH, ROWS, ROW_PADDING = 560, 11, 12
_ACTION = Qt.ItemDataRole.UserRole


class CommandPalette(QFrame):
    """Lies over the window; Enter runs the chosen command, Esc or leaving closes it."""

    def __init__(self, commands: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        theme.set_kind(self, "palette")
        self._commands = [each for each in commands if each.isEnabled() and each.isVisible()]
        self._before = QApplication.focusWidget()
        self._line = QLineEdit(placeholderText=_("Type a command"))
        self._line.setAccessibleName(_("Command"))
        self._line.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._model = QStandardItemModel(self)
        self._list = QListView(uniformItemSizes=True)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_CommandDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(_("Commands"))
        self._list.clicked.connect(self._run)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._line)
        column.addWidget(self._list)
        self._line.textChanged.connect(self._filter)
        self._line.installEventFilter(self)
        shadow = QGraphicsDropShadowEffect(self, blurRadius=36)
        shadow.setOffset(0, 6)
        self.setGraphicsEffect(shadow)
        self._filter("")
        self._place()
        self.show()
        self.raise_()
        self._line.setFocus()

    def _place(self) -> None:
        parent = self.parentWidget()
        row = self.fontMetrics().height() + ROW_PADDING
        width = min(WIDTH, parent.width() - 40)
        height = min(row * ROWS + 70, parent.height() - 80)
        self.setGeometry((parent.width() - width) // 2, 60, width, height)

    def _filter(self, text: str) -> None:
        found = [
            (score, index, action)
            for index, action in enumerate(self._commands)
            if (score := match(text, action.data() or name_of(action))) is not None
        ]
        self._model.clear()
        for _score, _index, action in sorted(found, key=lambda each: each[:2]):
            item = QStandardItem(action.data() or name_of(action))
            item.setData(action, _ACTION)
            item.setEditable(False)
            self._model.appendRow(item)
        self._list.setCurrentIndex(self._model.index(0, 0))

    def _run(self, index: QModelIndex) -> None:
        action = index.data(_ACTION)
        self.close_palette()
        if action:
            action.trigger()

    def close_palette(self) -> None:
        """Take it away and bring the keyboard back to where it was."""
        if self.isHidden():
            return
        self._line.removeEventFilter(self)
        self.hide()
        if self._before:
            self._before.setFocus()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.close_palette()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: ROWS - 1,
            Qt.Key.Key_PageUp: 1 - ROWS,
        }
        if event.key() == Qt.Key.Key_Escape:
            self.close_palette()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self._list.currentIndex())
        elif event.key() in steps:
            row = self._list.currentIndex().row() + steps[Qt.Key(event.key())]
            row = min(max(row, 0), self._model.rowCount() - 1)
            self._list.setCurrentIndex(self._model.index(row, 0))
        else:
            return False
        return True


class _CommandDelegate(QStyledItemDelegate):
    """The command's name, and its keys at the right."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection"))
            painter.drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 6, 6)
        area: QRect = option.rect.adjusted(12, 0, -12, 0)
        painter.setPen(theme.colour("text"))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, left, index.data())
        keys = index.data(_ACTION).shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        painter.setPen(theme.colour("muted"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(area, right, keys)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del index
        return QSize(100, option.fontMetrics.height() + ROW_PADDING)


def name_of(action: QAction) -> str:
    """The text of `action` as one reads it: no mnemonic, no dots."""
    return action.text().replace("&", "").rstrip("…").strip()


def match(typed: str, name: str) -> int | None:
    """How well `typed` names a command, the less the better; None if it does not.

    Its words must begin words of the name; else its letters must come in the name's order.
    """
    wanted, folded = typed.casefold().split(), name.casefold()
    if not wanted:
        return 0
    words = folded.replace(":", " ").split()
    if all(any(word.startswith(each) for word in words) for each in wanted):
        return 0 if words[0].startswith(wanted[0]) else 1
    if all(each in folded for each in wanted):
        return 2
    position = -1
    for letter in "".join(wanted):
        position = folded.find(letter, position + 1)
        if position < 0:
            return None
    return 3
