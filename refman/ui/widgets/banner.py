"""A line across the view: an error as it was written, or something that stays so."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from refman.i18n import _
from refman.ui import icons, theme

INFO, WARNING, ERROR = "info", "warning", "error"
_ICONS = {INFO: ("info", "accent"), WARNING: ("lock", "warning"), ERROR: ("attention", "danger")}


class Banner(QFrame):
    """Hidden until `say`; one that can be closed also closes by Esc."""

    closed = Signal()

    def __init__(self, kind: str, *, closable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_kind(self, f"banner-{kind}")
        self._closable = closable
        self._kind = kind
        self._icon = QLabel()
        self._dress()
        theme.theme().changed.connect(self._dress)
        self._text = QLabel(wordWrap=True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._action = QPushButton()
        theme.set_kind(self._action, "flat")
        self._action.clicked.connect(self._act)
        self._on_action: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 8, 7)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        if closable:
            close = QToolButton(toolTip=_("Close this message"), accessibleName=_("Close"))
            close.setIcon(icons.icon("close"))
            close.clicked.connect(self.clear)
            row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, text: str, action: tuple[str, Callable[[], None]] | None = None) -> None:
        """Show `text`, with a button if there is something to do about it."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._action.setVisible(action is not None)
        self._on_action = action[1] if action else None
        if action:
            self._action.setText(action[0])
        self.show()

    def clear(self) -> None:
        """Hide it."""
        self.hide()
        self._text.clear()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._closable:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        name, role = _ICONS[self._kind]
        self._icon.setPixmap(icons.icon(name, role).pixmap(18, 18))

    def _act(self) -> None:
        act = self._on_action
        self.clear()
        if act:
            act()
