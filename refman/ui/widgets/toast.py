"""What was just done, said above the table's lower edge, with what to do about it."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.ui import icons, theme

STAYS = 10_000  # ms; the mouse over it or the keyboard in it stops the clock
GAP = 16  # pixels below it, and at least beside it
WIDEST = 760  # pixels of usual text
_MOVING = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


class Toast(QFrame):
    """Lies over its parent and never takes the focus by itself; Esc closes it."""

    closed = Signal()

    def __init__(
        self,
        text: str,
        actions: Sequence[tuple[str, Callable[[], None]]],
        parent: QWidget,
        detail: str = "",
    ) -> None:
        super().__init__(parent)
        theme.set_kind(self, "toast")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(text)
        self.buttons = [self._button(name, act) for name, act in actions]
        self._timer = QTimer(self, interval=STAYS, singleShot=True)
        self._timer.timeout.connect(self.close_toast)
        self._lay_out(text, detail)
        shadow = QGraphicsDropShadowEffect(self, blurRadius=24)
        shadow.setOffset(0, 4)
        shadow.setColor(Qt.GlobalColor.black)
        self.setGraphicsEffect(shadow)
        self._feet: Sequence[QWidget] = ()
        parent.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def _lay_out(self, text: str, detail: str) -> None:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._labels = [label]
        self._texts = texts = QVBoxLayout(spacing=1)
        texts.addWidget(label)
        if detail:
            self._add_line(detail)
        self._close = close = QToolButton(
            toolTip=_("Close this message (Esc)"), accessibleName=_("Close")
        )
        close.setIcon(icons.icon("close", "toast_text"))
        close.clicked.connect(self.close_toast)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 9, 9)
        row.setSpacing(4)
        row.addLayout(texts)
        row.addSpacing(14)
        for button in self.buttons:
            row.addWidget(button)
        row.addWidget(close)
        for widget in (*self.buttons, close):
            widget.installEventFilter(self)

    def add_action(self, name: str, act: Callable[[], None], detail: str) -> None:
        """Offer one thing more, which was found out since, below what was said."""
        button = self._button(name, act)
        button.installEventFilter(self)
        self._row.insertWidget(self._row.count() - 1, button)
        for before, after in pairwise((*self.buttons, button, self._close)):
            self.setTabOrder(before, after)
        self.buttons.append(button)
        button.show()
        self._add_line(detail)
        self.setAccessibleDescription(detail)
        self._place()
        if self._timer.isActive():
            self._timer.start()

    def _add_line(self, text: str) -> None:
        small = QLabel(text)
        small.setTextFormat(Qt.TextFormat.PlainText)
        small.setFont(theme.sized_font(0.9))
        theme.set_kind(small, "muted")
        self._texts.addWidget(small)
        self._labels.append(small)
        if self.isVisible():
            small.show()

    def _button(self, name: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._act(act))
        return button

    def _act(self, act: Callable[[], None]) -> None:
        self.close_toast()
        act()

    def lie_above(self, feet: Sequence[QWidget]) -> None:
        """Leave these parts of what lies below free, also when they come, go or grow."""
        for foot in self._feet:
            foot.removeEventFilter(self)
        self._feet = feet
        for foot in feet:
            foot.installEventFilter(self)
        self._place()

    def close_toast(self) -> None:
        """Take the message away; `closed` once."""
        if self.isHidden():
            return
        self._timer.stop()
        self.closed.emit()  # not later: what hides hands the keyboard to any neighbour
        self.hide()
        self.deleteLater()

    def take_focus(self) -> None:
        """Bring the keyboard to the first of its buttons."""
        (self.buttons[0] if self.buttons else self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_toast()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() or watched in self._feet:
            if event.type() in _MOVING:
                self._place()
        elif event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut and not self.underMouse():
            self._timer.start()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        parent = self.parentWidget()
        assert parent
        size = self._size(min(parent.width() - 2 * GAP, theme.px(WIDEST)))
        left = (parent.width() - size.width()) // 2
        floor = min([parent.height(), *(_top(foot, parent) for foot in self._feet)])
        top = max(floor - size.height() - GAP, 0)
        self.setGeometry(left, top, size.width(), size.height())

    def _size(self, room: int) -> QSize:
        """As wide as what is said needs; where that is more than `room`, in several lines."""
        self._wrap(False)
        wanted = self._row.sizeHint()
        if wanted.width() > room:
            self._wrap(True)
            wanted = QSize(room, self._row.totalHeightForWidth(room))
        return wanted

    def _wrap(self, wanted: bool) -> None:
        for label in self._labels:
            label.setWordWrap(wanted)
        self._row.activate()  # what was added since counts


def _top(foot: QWidget, parent: QWidget) -> int:
    """Where a part of `parent` begins; its end where the part is not shown."""
    shown = foot.isVisibleTo(parent) and foot.height() > 0
    return foot.mapTo(parent, QPoint(0, 0)).y() if shown else parent.height()
