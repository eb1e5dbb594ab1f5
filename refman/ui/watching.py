"""Watched folders while the window is open: what is saved into them is imported.

The system tells of a new file at once where it can; where it cannot, as on a network drive, a
slow timer looks. Without a watched folder nothing runs.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal

from refman.i18n import _
from refman.library import Library
from refman.ui.importing import ImportFlow, Page, pages_of_files, usual_options
from refman.ui.jobs import Jobs
from refman.ui.remembering import Window

SOON = 600  # ms between something that happened and a look, and between two looks
LOOKS = 4  # after something happened: a file is due when it is the same in two of them
SLOWLY = 20_000  # ms between two looks where nothing is told
NAMED = 3  # files in a sentence about what failed
_FOLDERS, _DUE = "watched folders", "watched files"


class Watching(QObject):
    """`failed` with one sentence for all files of a batch that could not be imported.

    What came in is told by the `ImportFlow`, as of every import.
    """

    failed = Signal(str)
    _ended = Signal(str, str)  # a file, and why it was not imported; from the writing thread

    def __init__(
        self, window: Window, jobs: Jobs, imports: ImportFlow, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._library: Library = window.library
        self._jobs = jobs
        self._imports = imports
        self._under_way: set[str] = set()
        self._errors: dict[str, str] = {}  # of the batch, by file
        self._looks = 0  # that are to come soon
        self._watcher: QFileSystemWatcher | None = None
        self.folders: Sequence[str] = ()
        self._soon = QTimer(self, interval=SOON, singleShot=True)
        self._soon.timeout.connect(self._look)
        self._slowly = QTimer(self, interval=SLOWLY)
        self._slowly.timeout.connect(self._look_once)
        self._ended.connect(self._page_ended, Qt.ConnectionType.QueuedConnection)
        if not self._library.read_only:
            jobs.library_changed.connect(self.read_folders)
            self.read_folders()

    @property
    def active(self) -> bool:
        """Whether any folder is watched."""
        return self._slowly.isActive()

    def read_folders(self) -> None:
        """Follow the list of folders, which anybody may have changed."""
        self._jobs.read(_FOLDERS, self._library.watched.folders, self._follow)

    def _follow(self, folders: Sequence[str]) -> None:
        if list(folders) == list(self.folders):
            return
        self.folders = tuple(folders)
        if not folders:
            self.stop()
            return
        self._slowly.start()
        self._look_again()

    def stop(self) -> None:
        """Look no more."""
        self._soon.stop()
        self._slowly.stop()
        self._jobs.forget(_DUE)
        if self._watcher:
            self._watcher.deleteLater()
            self._watcher = None

    def _look_again(self) -> None:
        """Something happened in a folder, and may go on for a moment."""
        self._look_in(LOOKS)

    def _look_once(self) -> None:
        """Nothing was heard for long."""
        self._look_in(1)

    def _look_in(self, looks: int) -> None:
        self._watch()
        self._looks = max(self._looks, looks)
        if not self._soon.isActive():
            self._soon.start()

    def _watch(self) -> None:
        """Have the system tell of the folders. One that was replaced has to be named again."""
        if self._watcher is None:
            self._watcher = QFileSystemWatcher(self)
            self._watcher.directoryChanged.connect(self._look_again)
        there = {folder for folder in self.folders if Path(folder).is_dir()}
        watched = set(self._watcher.directories())
        if gone := watched - there:
            self._watcher.removePaths(sorted(gone))
        if new := there - watched:
            self._watcher.addPaths(sorted(new))

    def _look(self) -> None:
        self._looks -= 1
        self._jobs.read(_DUE, self._library.watched.due, self._import)

    def _import(self, due: Sequence[Path]) -> None:
        new = [path for path in due if str(path) not in self._under_way]
        if self._looks > 0:
            self._soon.start()
        if not new:
            return
        if not self._under_way:
            self._errors.clear()
        self._under_way.update(map(str, new))
        pages = [
            Page(page.name, page.read, ended=partial(self._looked_at, path))
            for path, page in zip(new, pages_of_files(new, None), strict=True)
        ]
        self._imports.start(pages, usual_options(self._window.settings.importing))

    def _looked_at(self, path: Path, error: str) -> None:
        """In the writing thread."""
        self._library.watched.looked_at(path, error)
        self._ended.emit(str(path), error)

    def _page_ended(self, path: str, error: str) -> None:
        self._under_way.discard(path)
        if error:
            self._errors[path] = error
        if self._errors and not self._under_way:
            self.failed.emit(_sentence(self._errors))


def _sentence(errors: dict[str, str]) -> str:
    paths = [Path(path) for path in errors]
    reason = next(iter(errors.values()))
    if len(errors) == 1:
        name = paths[0].name
        return _("“{name}”, saved into {folder}, was not imported. {reason}").format(
            name=name, folder=paths[0].parent, reason=reason.removeprefix(f"“{name}”: ")
        )
    names = ", ".join(f"“{path.name}”" for path in paths[:NAMED])
    if len(paths) > NAMED:
        names += _(" and {n} more").format(n=len(paths) - NAMED)
    return _("{n} files in watched folders were not imported: {names}. {reason}").format(
        n=len(paths), names=names, reason=reason
    )
