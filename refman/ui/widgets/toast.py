"""What was just done, said above the table's lower edge, with what to do about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
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
        parent.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def _lay_out(self, text: str, detail: str) -> None:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        texts = QVBoxLayout(spacing=1)
        texts.addWidget(label)
        if detail:
            small = QLabel(detail)
            small.setTextFormat(Qt.TextFormat.PlainText)
            small.setFont(theme.sized_font(0.9))
            theme.set_kind(small, "muted")
            texts.addWidget(small)
        close = QToolButton(toolTip=_("Close this message (Esc)"), accessibleName=_("Close"))
        close.setIcon(icons.icon("close", "toast_text"))
        close.clicked.connect(self.close_toast)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 9, 9)
        row.setSpacing(4)
        row.addLayout(texts)
        row.addSpacing(14)
        for button in self.buttons:
            row.addWidget(button)
        row.addWidget(close)
        for widget in (*self.buttons, close):
            widget.installEventFilter(self)

    def _button(self, name: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._act(act))
        return button

    def _act(self, act: Callable[[], None]) -> None:
        self.close_toast()
        act()

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
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._place()
        elif event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut and not self.underMouse():
            self._timer.start()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        parent = self.parentWidget()
        size = self.sizeHint().boundedTo(parent.size())
        left = (parent.width() - size.width()) // 2
        self.setGeometry(left, parent.height() - size.height() - 20, size.width(), size.height())
