"""The main window: puts the regions together and tells each what the others did.

Commands are not here but in `actions`, which `menus` registers in `commands`; they, the
panel, the review and citing are read by `rest` when the first rows are on screen.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMainWindow,
    QMenu,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _, ngettext
from refman.library import Changes, Library, Scope
from refman.settings import Settings
from refman.ui import completion, icons, remembering
from refman.ui.dialogs.closing import ClosingDialog
from refman.ui.entry_table.pane import EntryPane
from refman.ui.exporting import ExportFlow
from refman.ui.importing import (
    LIBRARY_SUFFIX,
    ImportFlow,
    Page,
    detail,
    infers_years,
    local_files,
    opens_review,
    pages_of,
    pages_of_files,
    together,
    usual_options,
)
from refman.ui.jobs import Jobs
from refman.ui.sidebar.view import Sidebar
from refman.ui.stage import Stage
from refman.ui.status_bar import StatusBar
from refman.ui.top_bar import TopBar
from refman.ui.widgets.banner import ERROR, WARNING, Banner
from refman.ui.widgets.mime import ENTRIES

if TYPE_CHECKING:
    from refman.library import ImportOptions, Report
    from refman.ui.citing import CitingFlow
    from refman.ui.imports.strip import ImportStrip
    from refman.ui.keeping_up import KeepingUp
    from refman.ui.watching import Watching

MENU_TITLES = (_("&Library"), _("&Edit"), _("&Paper"), _("&View"), _("&Help"))
PANEL_DELAY = 25  # ms; the panel follows a held arrow key at its own pace


class MainWindow(QMainWindow):
    """One library's window. `closed` when it has let go of the library."""

    closed = Signal()
    library_wanted = Signal(object)  # the Path of another library to show instead
    restore_wanted = Signal(object)  # the Path of a backup to take this library's place
    state_changed = Signal()  # what is selected, shown or undoable: commands look anew
    date_wanted = Signal(object)  # Report whose page's day is to be changed
    listing_wanted = Signal(str, int)  # what is to be done with a listing (import_wording)
    citing: "CitingFlow"  # by `rest`
    keeping: "KeepingUp"  # by `rest`
    strip: "ImportStrip"  # by `rest`
    watching: "Watching"  # by `rest`

    def __init__(self, library: Library, settings: Settings) -> None:
        super().__init__()
        self.library = library
        self.settings = settings
        self.jobs = Jobs(library, self)
        self.commands: dict[str, QAction] = {}
        self.context_menu: Callable[[], QMenu] | None = None
        self.before_closing: Callable[[], None] | None = None
        self.undo_label: str | None = None
        self.redo_label: str | None = None
        self.imports = ImportFlow(library, self.jobs, self)
        self.exports = ExportFlow(library, self.jobs, self)
        self.sidebar = Sidebar(library, self.jobs)
        self.top = TopBar(partial(completion.offers, self.sidebar.names))
        self.pane = EntryPane(library, self.jobs)
        self.table = self.pane.table
        self.panel = QWidget()  # keeps the place until `set_panel`
        self._show_entries: Callable[[list[int]], None] | None = None
        self._commit: Callable[[], None] | None = None
        self.status = StatusBar(self.jobs)
        self.errors = Banner(ERROR)
        self.read_only_banner = Banner(WARNING, closable=False)
        self.stage = Stage(self.pane, self.panel)
        self.menus = [self.menuBar().addMenu(title) for title in MENU_TITLES]
        self._closing = False
        self._panel_timer = QTimer(self, interval=PANEL_DELAY, singleShot=True)
        self._panel_timer.timeout.connect(self._show_selected)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.setWindowTitle(f"{library.path.stem} – refman")
        self.setWindowIcon(icons.icon("refman"))
        if library.read_only:
            self.read_only_banner.say(
                _(
                    "This library can be read but not changed: {path} is write-protected. To "
                    "change it, allow that in its folder, or open a copy (Library › Back up)."
                ).format(path=library.path)
            )

    def _lay_out(self) -> None:
        self.outer = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self.outer.setHandleWidth(1)
        self.outer.addWidget(self.sidebar)
        self.outer.addWidget(self.stage)
        self.outer.setStretchFactor(1, 1)
        self.pane.setMinimumWidth(320)
        self.panel.setMinimumWidth(300)
        self.sidebar.setMinimumWidth(150)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.top, self.read_only_banner, self.errors, self.outer, self.status):
            column.addWidget(widget, int(widget is self.outer))
        self.setCentralWidget(body)

    def _connect(self) -> None:
        self.jobs.library_changed.connect(self._library_changed)
        self.jobs.message.connect(self.status.say)
        self.jobs.failed.connect(self.fail)
        self.jobs.idle.connect(self._close_when_idle)
        self.exports.message.connect(self.status.say)
        self.imports.done.connect(self.tell_imported)
        self.sidebar.scope_chosen.connect(self._show_scope)
        self.sidebar.listing_wanted.connect(self.listing_wanted)
        self.sidebar.all_imports_wanted.connect(lambda: self.trigger("imports"))
        self.sidebar.left.connect(self.stage.take_focus)
        self.sidebar.nodes.modelReset.connect(self._show_counts)
        self.sidebar.nodes.dataChanged.connect(self._show_counts)
        self.top.search.query_changed.connect(self._show_query)
        self.top.search.left.connect(self.pane.setFocus)
        self.pane.found.connect(self._show_counts)
        self.pane.clear_wanted.connect(self.top.search.clear_query)
        self.table.selection_changed.connect(self._selection_changed)
        self.table.menu_wanted.connect(self._show_menu)
        self.table.opened.connect(lambda _id: self.trigger("read-abstract"))
        self.stage.changed.connect(self.state_changed)
        self.status.undo_wanted.connect(lambda: self.trigger("undo"))

    def set_panel(
        self,
        panel: QWidget,
        show_entries: Callable[[list[int]], None],
        commit: Callable[[], None],
    ) -> None:
        """Put the panel into its place.

        `show_entries` has it show papers, `commit` write what is being typed in it.
        """
        keeper, self.panel = self.panel, panel
        self.stage.replace_panel(keeper, panel)
        self._show_entries, self._commit = show_entries, commit
        self._show_selected()

    # --- what the regions tell each other ---------------------------------------------

    def start(self) -> None:
        """Show the first rows of what was shown last; `read_around` reads the rest."""
        remembering.restore(self)
        self.pane.load_now()
        self.table.setFocus()

    def read_around(self) -> None:
        """Read what stands around the papers. Not before they are painted: it would delay them."""
        self.sidebar.refresh()
        self._read_history()

    def refresh(self) -> None:
        """Read everything in view anew."""
        self.pane.refresh()
        self.read_around()

    def _library_changed(self, _changes: Changes) -> None:
        self.refresh()

    def _read_history(self) -> None:
        history = self.library.history
        self.jobs.read(
            "history", lambda: (history.undo_label, history.redo_label), self._show_history
        )

    def _show_history(self, labels: tuple[str | None, str | None]) -> None:
        self.undo_label, self.redo_label = labels
        self.status.set_undo(None if self.library.read_only else self.undo_label)
        self.state_changed.emit()

    def _show_scope(self, scope: Scope) -> None:
        walking = self.sidebar.hasFocus()
        self.stage.close_review()
        if walking:  # on through the sidebar, past what leads to a view
            self.sidebar.setFocus()
        self.pane.set_scope(scope)

    def _show_query(self, query: str) -> None:
        self.stage.close_review()
        self.pane.set_query(completion.finished(query))

    def _selection_changed(self) -> None:
        self._panel_timer.start()
        self._show_counts()
        self.state_changed.emit()

    def _show_selected(self) -> None:
        if self._show_entries:
            self._show_entries(list(self.table.selected_ids()))

    def _show_counts(self) -> None:
        found, selected = self.pane.count, self.table.selected_count()
        node = self.sidebar.current_node()
        whole = node.count if node and node.count is not None else found
        self.top.search.set_count(
            _("{found:,} of {whole:,}").format(found=found, whole=max(whole, found))
            if self.pane.query
            else ""
        )
        text = ngettext("{count:,} paper", "{count:,} papers", found).format(count=found)
        if selected > 1:
            text = _("{count:,} of {found:,} selected").format(count=selected, found=found)
        self.status.set_counts(text)

    def _show_menu(self, position: QPoint) -> None:
        if self.context_menu:
            self.context_menu().popup(position)

    def trigger(self, name: str) -> None:
        """Run the command `name` as if its menu entry was chosen."""
        self.commands[name].trigger()

    def fail(self, sentence: str) -> None:
        """Show a user's error as it was written."""
        self.errors.say(sentence)

    def show_paper(self, entry_id: int) -> None:
        """Select a paper, wherever it is."""
        self.stage.close_review()
        if not self.table.select_id(entry_id):
            self.top.search.clear_query()
            self.pane.select_when_found(entry_id)
            self.sidebar.choose(Scope())
            self.pane.refresh()
        self.table.setFocus()

    # --- importing --------------------------------------------------------------------

    def import_pages(self, pages: Sequence[Page], options: "ImportOptions | None" = None) -> None:
        """Import pages with `options`, by default those of the settings."""
        self.errors.clear()
        self.imports.start(pages, options or usual_options(self.settings.importing))

    def open_files(self, paths: Sequence[Path]) -> None:
        """Import files; a library among them is shown instead of this one."""
        libraries = [path for path in paths if path.suffix == LIBRARY_SUFFIX]
        pages = [path for path in paths if path not in libraries]
        if libraries:
            self.library_wanted.emit(libraries[0])
        elif pages:
            self.import_pages(pages_of_files(pages, None))

    def tell_imported(self, reports: "list[Report]") -> None:
        """Say what became of some pages, with Undo; and open the review, or offer it."""
        report = together(reports)
        actions: list[tuple[str, Callable[[], None]]] = []
        if report.changes.count:
            actions.append((_("Undo"), partial(self.imports.undo, reports)))
        if report.listing_id is not None:
            if not self.imports.unasked and opens_review(report, self.settings.importing):
                self.stage.show_review(report.listing_id)
            else:
                actions.append((_("Review"), partial(self.stage.show_review, report.listing_id)))
            if infers_years(report) and len(reports) == 1:
                actions.append((_("Date …"), partial(self.date_wanted.emit, report)))
        self.status.say("")  # the toast says it
        self.stage.show_toast(report.sentence(), actions, detail(report))

    # --- events -----------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        readable = data.hasUrls() or data.hasText() or data.hasHtml()
        if readable and not data.hasFormat(ENTRIES) and not self.library.read_only:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        if files := local_files(data):
            self.open_files(files)
        elif pages := pages_of(data, _("Dropped text"), None):
            self.import_pages(pages)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            focused, QAbstractButton
        ):
            focused.click()  # outside dialogs Qt leaves this to Space alone
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        """Esc, where nothing nearer took it: away with what lies on top, the newest first."""
        if self.stage.close_toast():
            return
        if self.errors.isVisible():
            self.errors.clear()
        elif self.stage.review:
            self.stage.close_review()
        elif self.pane.query:
            self.top.search.clear_query()
        else:
            self.table.setFocus()

    def commit(self) -> None:
        """Write what is being typed in the panel."""
        if self._commit:
            self._commit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes when the writes are through; asks first if one of them takes long."""
        self.commit()
        if self.before_closing:
            self.before_closing()
        if not self.jobs.queue:
            remembering.remember(self)
            self.jobs.close()
            self.library.close()
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        if not any(job.long for job in self.jobs.queue):
            self._closing = True
            return
        asking = ClosingDialog(self.jobs.queue[0].label, self)
        asking.waits.connect(self._close_soon)
        asking.stops.connect(self.jobs.cancel_all)
        asking.stops.connect(self._close_soon)
        asking.open()

    def _close_soon(self) -> None:
        self._closing = True
        self._close_when_idle()

    def _close_when_idle(self) -> None:
        if self._closing and not self.jobs.queue:
            self.close()
