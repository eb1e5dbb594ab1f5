"""The line above a list in which words are typed that its rows are to have."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from refman.i18n import _
from refman.ui import icons


class FilterLine(QLineEdit):
    """Down and Enter lead on to the list; Esc empties the line, and an empty one is left."""

    left = Signal()

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        sign = self.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        sign.setText(_("Search"))
        clear = QAction(icons.icon("close"), _("Clear the search (Esc)"), self)
        clear.triggered.connect(self.clear)
        self.addAction(clear, QLineEdit.ActionPosition.TrailingPosition)
        clear.setVisible(False)
        self.textChanged.connect(lambda text: clear.setVisible(bool(text)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.left.emit()
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
