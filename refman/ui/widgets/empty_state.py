"""What stands where a list is empty: why, and what to do next."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from refman.ui import icons, theme


class EmptyState(QWidget):
    """An icon, a heading, a sentence, and buttons of which the first is the main one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = "library"
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._heading = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._text = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        theme.set_kind(self._text, "muted")
        self._buttons = QHBoxLayout(spacing=8)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 24, 40, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._icon)
        column.addSpacing(6)
        column.addWidget(self._heading)
        column.addWidget(self._text)
        column.addSpacing(10)
        column.addLayout(self._buttons)
        column.addStretch(3)
        theme.theme().changed.connect(self._dress)

    def say(
        self,
        icon: str,
        heading: str,
        text: str,
        actions: Sequence[tuple[str, Callable[[], None]]] = (),
    ) -> None:
        """Show this heading, sentence and these buttons in the place of the last ones."""
        self._icon_name = icon
        self._heading.setText(heading)
        self._text.setText(text)
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self._buttons.addStretch()
        for index, (name, act) in enumerate(actions):
            button = QPushButton(name)
            button.clicked.connect(lambda _checked=False, act=act: act())
            if index == 0:
                theme.set_kind(button, "primary")
            self._buttons.addWidget(button)
        self._buttons.addStretch()
        self._dress()

    @property
    def heading(self) -> str:
        return self._heading.text()

    def _dress(self) -> None:
        self._heading.setFont(theme.sized_font(1.25, bold=True))
        self._icon.setPixmap(icons.pixmap(self._icon_name, 52, theme.colour("faint")))
