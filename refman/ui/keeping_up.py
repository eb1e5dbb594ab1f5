"""Exports that are kept up to date while the window is open: when they are written, and what is
said of them.

Nothing is written while the library changes; two seconds after the last change every kept export
is brought up to date in the writing thread. Files outside are watched, too: those that were
written, since somebody may edit them, and manuscripts, whose citations choose papers.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from refman.i18n import _
from refman.library import ExportInfo, Library
from refman.ui.jobs import Jobs

DELAY = 2000  # ms after the last change
_KEY = "kept exports"


class KeepingUp(QObject):
    """`changed` when anything is to be shown anew: `exports` are all of them, as they were last
    looked at, `waits` whether some are to be written in a moment.

    `failed` with a sentence for what could not be written, once for each reason.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, library: Library, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._told: dict[str, str] = {}  # errors, by the name of the export
        self._known = False
        self._stale = False  # whether the library changed since the last run
        self.exports: Sequence[ExportInfo] = ()
        self._timer = QTimer(self, interval=DELAY, singleShot=True)
        self._timer.timeout.connect(self.now)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._look_soon)
        self._watcher.directoryChanged.connect(self._look_soon)
        jobs.library_changed.connect(self.expect)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.applicationStateChanged.connect(self._application_changed)
        self.look()

    @property
    def waits(self) -> bool:
        """Whether kept exports are to be written in a moment."""
        return self._stale and bool(self.kept)

    @property
    def due(self) -> bool:
        """Whether there will be a run in a moment, be it only to look at files."""
        return self._timer.isActive()

    @property
    def kept(self) -> list[ExportInfo]:
        """Those that follow the library, or did until somebody edited their files."""
        return [each for each in self.exports if each.kept]

    def expect(self) -> None:
        """The library changed: bring the exports up to date when it is quiet."""
        self._stale = True
        self._timer.start()
        if self.kept:
            self.changed.emit()

    def now(self) -> None:
        """Bring the exports up to date at once, that is after the writes in the queue."""
        self._timer.stop()
        if self._jobs.closed:
            return
        if self._library.read_only:
            self.look()
            return
        # Not a long job, which would show a progress bar after every change.
        self._jobs.write(_("Keep exports up to date"), self._library.exports.keep_up, self._tell)

    def finish(self) -> None:
        """Write what waits, since the window is to be closed."""
        if self._timer.isActive() and (self.kept or not self._known):
            self.now()

    def look(self) -> None:
        """Look at the exports and their files; nothing is written."""
        self._jobs.read(_KEY, self._library.exports.list, self._show)

    def _tell(self, runs: object) -> None:
        assert isinstance(runs, Sequence)
        self._stale = self._timer.isActive()
        told, self._told = self._told, {}
        for run in runs:
            if run.error and not run.edited:
                self._told[run.name] = run.error
                if told.get(run.name) != run.error:
                    self.failed.emit(
                        _("The export “{name}” cannot be kept up to date. {reason}").format(
                            name=run.name, reason=run.error
                        )
                    )
        self.look()

    def _show(self, exports: Sequence[ExportInfo]) -> None:
        self.exports = exports
        self._watch()
        if not self._known and any(each.status in ("waiting", "error") for each in self.kept):
            self._look_soon()  # what was left undone when the window was closed last
        self._known = True
        self.changed.emit()

    def _watch(self) -> None:
        """Watch the files of kept exports. One that was replaced has to be named again."""
        wanted: set[str] = set()
        for export in self.kept:
            wanted.add(export.path)
            wanted.update(export.settings.files)
        there = {path for path in wanted if Path(path).exists()}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := watched - there:
            self._watcher.removePaths(sorted(gone))
        if new := there - watched:
            self._watcher.addPaths(sorted(new))

    def _look_soon(self) -> None:
        """A file outside changed; that was refman itself, or somebody else."""
        self._timer.start()

    def _application_changed(self, state: Qt.ApplicationState) -> None:
        """Whoever comes back from another program may have edited files there."""
        if state == Qt.ApplicationState.ApplicationActive and self.kept:
            self._look_soon()
