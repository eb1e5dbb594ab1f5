"""A part of the page with a heading, which folds it away and brings it back."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.ui import icons, theme
from refman.ui.entry_panel.paper import Background, Paper

MENU_TEXT = 150  # pixels of a button's text, of the usual size
MENU_FRAME = 32  # pixels around it: see `QToolButton[kind="menu"]` in window.qss


class Section(QWidget):
    """The base of every part. A part overrides `show_paper` or `show_background`, and `commit`."""

    opened = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._count = QLabel()
        theme.set_kind(self._count, "faint")
        self.header = QToolButton(checkable=True, checked=True, text=title)
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setIconSize(QSize(13, 13))
        self.header.toggled.connect(self._fold)
        theme.set_kind(self.header, "section")
        self._header = QHBoxLayout()
        self._header.setContentsMargins(2, 0, 0, 0)
        self._header.setSpacing(2)
        self._header.addWidget(self.header)
        self._header.addWidget(self._count)
        self._header.addStretch(1)
        self._body = QWidget()
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(8, 2, 0, 6)
        self.column.setSpacing(6)
        line = QFrame()
        theme.set_kind(line, "line")
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 4, 0, 0)
        page.setSpacing(4)
        page.addWidget(line)
        page.addLayout(self._header)
        page.addWidget(self._body)
        self._fold(True)

    @property
    def is_open(self) -> bool:
        return self.header.isChecked()

    def set_open(self, wanted: bool) -> None:
        """Fold the part away, or bring it back."""
        self.header.setChecked(wanted)

    def set_count(self, count: int) -> None:
        """Say how many things are in here, if any."""
        self._count.setText(str(count) if count else "")

    def add_action(self, icon_name: str, name: str, *, shown_name: bool = False) -> QToolButton:
        """A button at the end of the heading."""
        button = QToolButton(toolTip=name, accessibleName=name)
        button.setIcon(icons.icon(icon_name))
        button.setIconSize(QSize(16, 16))
        if shown_name:
            button.setText(name)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._header.addWidget(button)
        return button

    def add_menu(self, menu: QMenu) -> "MenuButton":
        """A button at the end of the heading that opens `menu`."""
        button = MenuButton(menu)
        self._header.addWidget(button)
        return button

    def show_paper(self, paper: Paper) -> None:
        """Show what is above the fold of `paper`."""

    def show_background(self, background: Background) -> None:
        """Show what is read once the selection rests."""

    def set_stale(self, stale: bool) -> None:
        """Whether what is shown is still of the paper before."""
        if self._body.isEnabled() == stale:
            self._body.setEnabled(not stale)

    def commit(self) -> None:
        """Hand what is being typed to the library: the paper is about to change."""

    def _fold(self, opened: bool) -> None:
        self._body.setVisible(opened)
        self.header.setIcon(icons.icon("chevron-down" if opened else "chevron-right"))
        hint = _("Fold “{title}” away") if opened else _("Show “{title}”")
        self.header.setToolTip(hint.format(title=self._title))
        self.header.setAccessibleName(self._title)
        if opened:
            self.opened.emit()


class MenuButton(QToolButton):
    """A button that opens a menu; its text is cut with an ellipsis where it has no room."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__()
        self._text = ""
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.set_kind(self, "menu")

    def show_text(self, text: str) -> None:
        """Show as much of `text` as there is room for."""
        self._text = text
        self._cut()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = min(self.fontMetrics().horizontalAdvance(self._text), theme.px(MENU_TEXT))
        return QSize(width + MENU_FRAME, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * MENU_FRAME, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        right, room = Qt.TextElideMode.ElideRight, self.width() - MENU_FRAME
        self.setText(self.fontMetrics().elidedText(self._text, right, room))
