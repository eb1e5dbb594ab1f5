"""The head of the check: what is checked, how far it is, and what was found."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.ui import icons, theme
from refman.ui.doctor.checkup import Checkup
from refman.ui.widgets.lettering import use_size
from refman.ui.widgets.short_label import ShortLabel

Offers = Callable[[], Sequence[tuple[str, Callable[[], None] | None]]]


class Head(QWidget):
    """Two lines, and beside them a bar and Stop while it runs."""

    def __init__(self, offers: Offers, parent: QWidget | None = None) -> None:
        """`offers` says what else can be checked; None where it cannot be now."""
        super().__init__(parent)
        self._offers = offers
        self.back = _button("back", _("Back"), _("Back to the papers (Esc)"), text=True)
        self._name = ShortLabel()
        self.summary = ShortLabel()
        theme.set_kind(self.summary, "muted")
        self.what = _button(
            "listing", _("What to check"), _("Check other papers, or a .bib file"), text=True
        )
        self.what.setText(_("Check ▾"))
        self.what.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.what.setMenu(QMenu(self.what))
        self.what.menu().aboutToShow.connect(self._fill)
        theme.set_kind(self.what, "button")
        self.again = _button("restore", _("Check again"), _("Check again (F5)"))
        self.copy = _button("copy", _("Copy the list"), _("Copy the list as text"))
        self.help = _button("help", _("Help on checking"), _("What is checked, and what to do"))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self.summary)
        bar = QHBoxLayout(self)
        bar.setContentsMargins(10, 8, 12, 4)
        bar.setSpacing(6)
        bar.addWidget(self.back)
        bar.addSpacing(4)
        bar.addLayout(names, 1)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setMinimumWidth(60)
        self.progress.setMaximumWidth(160)
        self.progress.setAccessibleName(_("Progress"))
        self.stop = QPushButton(_("Stop"), toolTip=_("Leave it at what was found so far"))
        theme.set_kind(self.stop, "link")
        self._running = QWidget()
        row = QHBoxLayout(self._running)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(8)
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop)
        self._running.hide()
        for part in (self._running, self.what, self.again, self.copy, self.help):
            bar.addWidget(part)
        use_size(self._name, 1.15, bold=True)

    def show_state(self, checkup: Checkup, summary: str) -> None:
        """Say what is checked, how far that is, and `summary`."""
        name = checkup.target.name
        heading = _("Check of {name}") if checkup.of_file else _("Check papers: {name}")
        self._name.say(heading.format(name=name), str(getattr(checkup.target, "path", "")))
        if not checkup.running and not checkup.complete and not checkup.problem:
            summary = " · ".join(part for part in (_("Stopped"), summary) if part)
        self.summary.say(summary)
        self._running.setVisible(checkup.running)
        self.again.setEnabled(not checkup.running)
        self.progress.setMaximum(checkup.total)
        self.progress.setValue(min(checkup.checked, checkup.total))

    @property
    def is_running(self) -> bool:
        """Whether the bar and Stop are shown."""
        return not self._running.isHidden()

    def _fill(self) -> None:
        menu = self.what.menu()
        menu.clear()
        for text, act in self._offers():
            action = menu.addAction(text)
            action.setEnabled(act is not None)
            if act is not None:
                action.triggered.connect(lambda _checked=False, act=act: act())


def _button(icon: str, name: str, tip: str, *, text: bool = False) -> QToolButton:
    button = QToolButton(toolTip=tip, accessibleName=name)
    button.setIcon(icons.icon(icon))
    button.setIconSize(QSize(17, 17))
    if text:
        button.setText(name)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
