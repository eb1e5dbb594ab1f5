"""The line above the papers: Import, the search line, Export."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from refman.i18n import _
from refman.ui import icons, theme
from refman.ui.widgets.search_line import SearchLine


class TopBar(QWidget):
    """The menus of its two buttons are filled by the actions."""

    def __init__(self, complete: Callable[[str], list[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.import_button = self._button(_("Import"), "import", "accent_text", "primary")
        self.import_button.setToolTip(_("Import papers from a file or the clipboard"))
        self.search = SearchLine(complete)
        self.export_button = self._button(_("Export"), "export", "muted", "button")
        self.export_button.setToolTip(_("Export papers to a file or the clipboard"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 9)
        row.setSpacing(10)
        row.addWidget(self.import_button)
        row.addWidget(self.search, 1)
        row.addWidget(self.export_button)
        theme.theme().changed.connect(self._size)
        self._size()

    def _button(self, text: str, icon: str, role: str, kind: str) -> QToolButton:
        button = QToolButton(text=f"{text} ▾")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(icons.icon(icon, role))
        button.setIconSize(QSize(17, 17))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(QMenu(button))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(text)
        theme.set_kind(button, kind)
        return button

    def _size(self) -> None:
        height = self.fontMetrics().height() + 15
        self.search.setFixedHeight(height)
        self.import_button.setFixedHeight(height)
        self.export_button.setFixedHeight(height)
