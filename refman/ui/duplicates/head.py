"""The head of the duplicates view: what was looked at and found, and what can be done with all."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from refman.i18n import _
from refman.ui import icons, theme
from refman.ui.widgets.lettering import use_size
from refman.ui.widgets.short_label import ShortLabel


class Head(QWidget):
    """Two lines, and the buttons that concern all groups."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = _button("back", _("Back"), _("Back to the papers (Esc)"))
        self.back.setText(_("Back"))
        self.back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._name = ShortLabel()
        self._name.say(_("Duplicates"))
        use_size(self._name, 1.15, bold=True)
        self.summary = ShortLabel()
        theme.set_kind(self.summary, "muted")
        self.merge_certain = QPushButton()
        self.merge_certain.setIcon(icons.icon("check", "good"))
        self.merge_certain.setToolTip(
            _("Merge every group of which it is certain, in one step of undo; asks first")
        )
        self.look = _button("restore", _("Look again"), _("Look for duplicates again"))
        self.look.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        theme.set_kind(self.look, "menu")
        menu = QMenu(self.look)
        menu.setToolTipsVisible(True)
        self.look_new = menu.addAction(_("Look at what is &new or changed"))
        self.look_all = menu.addAction(_("Look at &all papers again"))
        self.look.setMenu(menu)
        self.help = _button("help", _("Help on duplicates"), _("How duplicates are found"))
        names = QVBoxLayout(spacing=0)
        names.addWidget(self._name)
        names.addWidget(self.summary)
        bar = QHBoxLayout(self)
        bar.setContentsMargins(10, 8, 12, 4)
        bar.setSpacing(6)
        bar.addWidget(self.back)
        bar.addSpacing(4)
        bar.addLayout(names, 1)
        for part in (self.merge_certain, self.look, self.help):
            bar.addWidget(part)

    def show_certain(self, count: int, *, editable: bool) -> None:
        """Say how many groups can be merged without looking."""
        self.merge_certain.setVisible(editable and count > 0)
        text = _("Merge all certain ({n}) …").format(n=f"{count:,}")
        if text != self.merge_certain.text():
            self.merge_certain.setText(text)


def _button(icon: str, name: str, tip: str) -> QToolButton:
    button = QToolButton(toolTip=tip, accessibleName=name)
    button.setIcon(icons.icon(icon))
    button.setIconSize(QSize(17, 17))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
