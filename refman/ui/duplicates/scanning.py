"""Looking for duplicates in the writing thread: at what is new or changed, or at everything."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from refman.i18n import _
from refman.library import Changes, Library
from refman.progress import Progress
from refman.ui.jobs import Jobs

SOON = 500  # ms after the last change


class Scanning(QObject):
    """`moved_on` when it begins and when it ends."""

    moved_on = Signal()

    def __init__(self, library: Library, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self.running = False
        self.stopped = False  # by the user, or by an error
        self._through = False
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.look)

    @property
    def waits(self) -> bool:
        """Whether it begins in a moment."""
        return self._soon.isActive()

    def look_soon(self) -> None:
        """Look at what is new when the library rests."""
        if not (self.running or self.stopped or self._library.read_only):
            self._soon.start()

    def look(self, *, everything: bool = False) -> None:
        """Look at what is new or changed since the last time, or at everything."""
        self._soon.stop()
        if self.running or self._library.read_only or self._jobs.closed:
            return
        self.running, self.stopped, self._through = True, False, False
        progress = Progress()
        work = partial(self._library.duplicates.scan, progress, everything=everything)
        self._jobs.write(
            _("Look for duplicates"), work, self._done, progress=progress, ended=self._ended
        )
        self.moved_on.emit()

    def rest(self) -> None:
        """Nobody looks any more: do not begin before somebody does."""
        self._soon.stop()
        self.stopped = False

    def _done(self, _changes: Changes) -> None:
        self._through = True

    def _ended(self) -> None:
        self.running, self.stopped = False, not self._through
        self.moved_on.emit()
