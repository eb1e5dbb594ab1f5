"""A person at the window: what they see, and what they do with mouse and keys."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle

Make = Callable[..., MainWindow]
Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


D = TypeVar("D", bound=QDialog)


class Drive:
    """A person at the window: they see, click and type."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window, self.library = qtbot, window, window.library

    def settle(self) -> None:
        settle(self.qtbot, self.window)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """A key where the keyboard is."""
        self.qtbot.keyClick(self.focused, key, modifier)
        self.settle()

    @property
    def focused(self) -> QWidget:
        """Where the keyboard is; offscreen, nobody gives it back when a dialog closes."""
        if QApplication.activeWindow() is None:
            with self.qtbot.waitActive(self.window):
                self.window.activateWindow()
        found = QApplication.focusWidget()
        assert found
        return found

    def enter(self, text: str) -> None:
        """Type `text`; paste it where Qt's tests know no keys for its letters."""
        if text.isascii():
            self.qtbot.keyClicks(self.focused, text)
        else:
            QGuiApplication.clipboard().setText(text)
            self.press(Key.Key_V, CTRL)

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        assert widget.isVisible()
        self.qtbot.mouseClick(widget, LEFT, pos=place or widget.rect().center())
        self.settle()

    def button(self, text: str, within: QWidget | None = None) -> None:
        """Click the button that says `text`."""
        found = [
            button
            for button in (within or self.window).findChildren(QPushButton)
            if button.text().replace("&", "") == text and button.isVisible()
        ]
        assert len(found) == 1, [b.text() for b in found]
        self.click(found[0])

    def dialog(self, kind: type[D]) -> D:
        """The dialog of a kind, when the keyboard is in it."""
        (found,) = [each for each in self.window.findChildren(kind) if each.isVisible()]
        self.qtbot.waitUntil(found.isActiveWindow)
        return found

    @property
    def said(self) -> str:
        """What the message says."""
        assert self.window.stage.toast
        return self.window.stage.toast.accessibleName()

    def paste(self, text: str) -> None:
        """Paste a page into the list of papers."""
        QGuiApplication.clipboard().setText(text)
        self.window.table.setFocus()
        self.press(Key.Key_V, CTRL)

    def close(self) -> None:
        """Away with the message and the review."""
        while self.window.stage.review or self.window.stage.toast:
            self.press(Key.Key_Escape)
