"""The preferences: a list of pages, and the page; what is set takes effect at once."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import Library
from refman.settings import Settings
from refman.ui import icons, theme
from refman.ui.citation_preview import Preview, read_preview
from refman.ui.dialogs.preferences.appearance import AppearancePage
from refman.ui.dialogs.preferences.citations import CitationsPage
from refman.ui.dialogs.preferences.copying import CopyingPage
from refman.ui.dialogs.preferences.importing import ImportingPage
from refman.ui.dialogs.preferences.page import Choices
from refman.ui.dialogs.preferences.watched import WatchedFolders
from refman.ui.jobs import Jobs

SIZE = (760, 640)  # pixels, with text of the usual size
ROOM = 0.9  # of the screen, at most


class PreferencesDialog(QDialog):
    """`changed` with all settings after every change; there is nothing to confirm."""

    changed = Signal(object)  # Settings

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        settings: Settings,
        entry_id: int | None,
        statuses: Sequence[tuple[str, str]],
        tags: Sequence[str],
        collections: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        """The paper `entry_id` is that of the previews; `statuses` are pairs of name and label."""
        super().__init__(parent)
        self.setWindowTitle(_("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._library = library
        self._jobs = jobs
        self._entry_id = entry_id
        self._choices = Choices(settings, self)
        self._choices.changed.connect(self.changed)
        self.citations = CitationsPage(self._choices, library, jobs)
        self.copying = CopyingPage(self._choices)
        self.watched = WatchedFolders(library, jobs)
        self.importing = ImportingPage(self._choices, statuses, tags, collections, self.watched)
        self.appearance = AppearancePage(self._choices)
        self.pages = QListWidget()
        self.pages.setAccessibleName(_("Pages"))
        theme.set_kind(self.pages, "pages")
        self._stack = QStackedWidget()
        for page in (self.citations, self.copying, self.importing, self.appearance):
            QListWidgetItem(icons.icon(page.icon), page.title, self.pages)
            self._stack.addWidget(page)
        self.pages.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.pages.setCurrentRow(0)
        self.citations.style_changed.connect(self._read_preview)
        self.finished.connect(self.importing.commit)
        self._lay_out()
        self._scale = 0.0
        self._fit()
        theme.theme().changed.connect(self._fit)
        self._read_preview()  # before all the styles, which take longer
        self.citations.read()

    def _lay_out(self) -> None:
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.close_button = close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)  # Enter ends the typing in a field
        buttons.rejected.connect(self.reject)
        right = QVBoxLayout(spacing=0)
        right.addWidget(self._stack, 1)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(20, 8, 20, 14)
        bottom.addWidget(buttons)
        right.addLayout(bottom)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.pages)
        row.addLayout(right, 1)

    def _fit(self) -> None:
        """Be as large as text of this size wants it, and the list of pages as its names do."""
        if self._scale != theme.theme().scale:
            self._scale = theme.theme().scale
            self._grow()
        self.pages.setIconSize(QSize(theme.px(18), theme.px(18)))
        self.pages.ensurePolished()
        self.pages.doItemsLayout()
        frame = 2 * self.pages.frameWidth() + theme.px(24)
        self.pages.setFixedWidth(self.pages.sizeHintForColumn(0) + frame)

    def _grow(self) -> None:
        screen = self.screen().availableGeometry()
        size = QSize(theme.px(SIZE[0]), theme.px(SIZE[1])).boundedTo(screen.size() * ROOM)
        if not self.isVisible():  # the window system finds its place
            self.resize(size)
            return
        place = QRect(QPoint(), size)
        place.moveCenter(self.geometry().center())
        place.moveRight(min(place.right(), screen.right()))
        place.moveBottom(min(place.bottom(), screen.bottom()))
        place.moveTopLeft(QPoint(max(place.x(), screen.x()), max(place.y(), screen.y())))
        self.setGeometry(place)

    def _read_preview(self) -> None:
        library, entry_id = self._library, self._entry_id
        style = self._choices.settings.citing.style
        self._jobs.read(
            "preferences.preview",
            lambda: read_preview(library, style, entry_id),
            self._show_preview,
        )

    def _show_preview(self, preview: Preview) -> None:
        self.citations.show_preview(preview)
        self.copying.show_preview(preview)
