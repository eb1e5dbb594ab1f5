"""A part of a form that is folded away until it is wanted."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from refman.ui import icons, theme


class Fold(QWidget):
    """A heading, and below it what is in `column`, hidden at first."""

    def __init__(self, title: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = QToolButton(checkable=True, text=title, toolTip=tip, accessibleName=title)
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setIconSize(QSize(13, 13))
        self.header.toggled.connect(self._fold)
        theme.set_kind(self.header, "section")
        self._body = QWidget()
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(0, 0, 0, 0)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.header, 0, Qt.AlignmentFlag.AlignLeft)
        page.addWidget(self._body)
        self._fold(False)

    def set_open(self, wanted: bool) -> None:
        """Show what is in it, or fold it away."""
        self.header.setChecked(wanted)

    def _fold(self, opened: bool) -> None:
        self._body.setVisible(opened)
        self.header.setIcon(icons.icon("chevron-down" if opened else "chevron-right"))
