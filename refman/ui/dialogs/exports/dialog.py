"""The window of the exports that have a name and of the workspaces. It stays open beside the
papers."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import Library, Workspace
from refman.ui import theme
from refman.ui.dialogs.exports.export_page import ExportPage
from refman.ui.dialogs.exports.workspace_page import WorkspacePage
from refman.ui.jobs import Jobs
from refman.ui.keeping_up import KeepingUp

SIZE = (920, 520)  # pixels, with text of the usual size
ROOM = 0.9  # of the screen, at most
EXPORTS, WORKSPACES = 0, 1
_KEY = "workspaces"


class ExportsDialog(QDialog):
    """Shows what is so; what is wanted of it, its pages say."""

    def __init__(
        self, library: Library, jobs: Jobs, keeping: KeepingUp, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._keeping = keeping
        self.setWindowTitle(_("Exports and workspaces"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editable = not library.read_only
        self.exports = ExportPage(editable=editable)
        self.workspaces = WorkspacePage(library, jobs, editable=editable)
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.exports, _("E&xports"))
        self.tabs.addTab(self.workspaces, _("Wor&kspaces"))
        self._said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        theme.set_kind(self._said, "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)  # Enter is for the row that is chosen
        buttons.rejected.connect(self.reject)
        bottom = QHBoxLayout(spacing=12)
        bottom.addWidget(self._said, 1)
        bottom.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 14)
        column.setSpacing(12)
        column.addWidget(self.tabs, 1)
        column.addLayout(bottom)
        room = self.screen().availableSize() * ROOM
        self.resize(QSize(theme.px(SIZE[0]), theme.px(SIZE[1])).boundedTo(room))
        self.exports.table.setFocus()
        keeping.changed.connect(self._show_exports)
        jobs.library_changed.connect(self.refresh)
        jobs.message.connect(self.say)
        jobs.failed.connect(self.say)
        self._show_exports()
        self.refresh()

    def refresh(self) -> None:
        """Look at everything anew."""
        self._keeping.look()
        self._jobs.read(_KEY, self._library.workspaces.list, self._show_workspaces)

    def _show_exports(self) -> None:
        self.exports.show_exports(self._keeping.exports)

    def _show_workspaces(self, workspaces: Sequence[Workspace]) -> None:
        self.workspaces.show_workspaces(workspaces)

    def say(self, text: str) -> None:
        """Say what was done, beside the buttons."""
        self._said.setText(text)

    @property
    def said(self) -> str:
        return self._said.text()

    def show_tab(self, tab: int) -> None:
        """Bring EXPORTS or WORKSPACES to the front."""
        self.tabs.setCurrentIndex(tab)
        page = self.exports if tab == EXPORTS else self.workspaces
        page.table.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.refresh()
