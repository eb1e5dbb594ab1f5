"""Work outside the window's thread: every write in its turn, reads that a newer one makes stale.

One thread writes and one reads. Results come back to the window's thread, where
`Jobs` lives; its methods are called there and nowhere else. A worker knows a job by its
ticket only: were it the last to hold a callback, the callback's widget would end in its thread.
"""

import sys
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from refman.errors import RefmanError
from refman.i18n import _
from refman.library import Changes, Library
from refman.progress import Cancelled, Progress

T = TypeVar("T")

VERSION_INTERVAL = 1000  # ms between two looks for what other processes changed
EVERYTHING = Changes(label="", entries=frozenset(), count=0, everything=True)


class Job:
    """A write in its turn: what it is called, how far it is, and whether it has begun."""

    def __init__(
        self,
        label: str,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None,
        ended: Callable[[], None] | None,
        progress: Progress,
    ) -> None:
        self.label = label
        self.work = work
        self.done = done
        self.ended = ended
        self.progress = progress
        self.running = False
        self.long = False  # shows a progress bar and can be stopped


class _Read:
    """A read in its turn, the newest of its key."""

    def __init__(self, key: str, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.key = key
        self.work = work
        self.done = done


class Jobs(QObject):
    """The two threads of one window, and the queue of its writes."""

    library_changed = Signal(object)  # Changes
    message = Signal(str)  # a sentence for the message bar
    failed = Signal(str)  # a user's error, as written
    queue_changed = Signal()
    idle = Signal()
    _written = Signal(int)  # a ticket
    _read_ended = Signal(int)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="refman-write")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="refman-read")
        self._queue: deque[Job] = deque()
        self._tickets = count()
        # What is under way, by ticket. Only the window's thread takes anything out of these.
        self._writes: dict[int, Job] = {}
        self._reads: dict[int, _Read] = {}
        self._futures: dict[int, Future[Any]] = {}
        self._newest: dict[str, int] = {}  # the ticket of the newest read of a key
        self._lock = threading.Lock()
        self._reading: tuple[int, int] | None = None  # a ticket and its thread; under _lock
        self._version = library.database.data_version()
        self._closed = False
        queued = Qt.ConnectionType.QueuedConnection
        self._written.connect(self._end_write, queued)
        self._read_ended.connect(self._end_read, queued)
        self._timer = QTimer(self, interval=VERSION_INTERVAL)
        self._timer.timeout.connect(self._look_for_changes)
        self._timer.start()

    @property
    def queue(self) -> tuple[Job, ...]:
        """The writes that are not done, the running one first."""
        return tuple(self._queue)

    @property
    def busy(self) -> bool:
        """Whether anything is being written or read."""
        return bool(self._queue or self._newest)

    @property
    def closed(self) -> bool:
        return self._closed

    def write(
        self,
        label: str,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        *,
        progress: Progress | None = None,
        ended: Callable[[], None] | None = None,
    ) -> Job:
        """Run `work` in the writing thread after all writes before it, then `done(result)` here.

        If the result is `Changes` or has `changes`, the views are told first. A
        `progress` that `work` advances makes it a long job, with a bar and a Stop button.
        `ended` is called at last, also where `work` failed or was stopped.
        """
        job = Job(label, work, done, ended, progress or Progress())
        job.long = progress is not None
        self._queue.append(job)
        if len(self._queue) == 1:
            job.running = True
        ticket = next(self._tickets)
        self._writes[ticket] = job
        self._submit(self._writer, self._run_write, ticket, self._written)
        self.queue_changed.emit()
        return job

    def read(self, key: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run `work` in the reading thread, then `done(result)` here.

        An older read of the same key is stale: it is interrupted and its `done` not called.
        """
        if self._closed:
            return
        self._interrupt(key)
        self._begin_read(_Read(key, work, done))

    def forget(self, key: str) -> None:
        """Drop the read of `key`, if there is one."""
        if self._newest.pop(key, None) is not None:
            self._interrupt(key)

    def stop(self) -> None:
        """Cancel the running long job; its transaction rolls back."""
        if self._queue:
            self._queue[0].progress.cancel()

    def cancel_all(self) -> None:
        """Cancel every job that can be cancelled; short ones run to their end."""
        for job in self._queue:
            job.progress.cancel()

    def close(self) -> None:
        """End both threads. Waits for writes in the queue: call it when there are none."""
        self._closed = True
        self._timer.stop()
        self._newest.clear()
        self._interrupt()
        self._reader.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)

    def _begin_read(self, read: _Read) -> None:
        ticket = self._newest[read.key] = next(self._tickets)
        self._reads[ticket] = read
        self._submit(self._reader, self._run_read, ticket, self._read_ended)

    def _submit(
        self,
        worker: ThreadPoolExecutor,
        run: Callable[[int], Any],
        ticket: int,
        ended: Any,
    ) -> None:
        future = worker.submit(run, ticket)
        self._futures[ticket] = future
        future.add_done_callback(lambda _future: self._tell(ended, ticket))

    def _tell(self, ended: Any, ticket: int) -> None:
        """Emit from a worker, unless the window has gone in the meantime."""
        if shiboken6.isValid(self):
            ended.emit(ticket)

    def _run_write(self, ticket: int) -> Any:
        """In the writing thread."""
        return self._writes[ticket].work()

    def _run_read(self, ticket: int) -> Any:
        """In the reading thread. Raises Cancelled when the read is stale or interrupted."""
        with self._lock:
            if ticket not in self._newest.values():
                raise Cancelled
            self._reading = (ticket, threading.get_ident())
        try:
            return self._reads[ticket].work()
        finally:
            with self._lock:
                self._reading = None

    def _interrupt(self, key: str | None = None) -> None:
        """Stop the running read, if it is of `key`, or any."""
        with self._lock:
            if self._reading and key in (None, self._reads[self._reading[0]].key):
                self._library.database.interrupt(self._reading[1])

    @Slot(int)
    def _end_read(self, ticket: int) -> None:
        read, future = self._reads.pop(ticket), self._futures.pop(ticket)
        if future.cancelled() or self._newest.get(read.key) != ticket:
            return
        error = future.exception()
        if isinstance(error, Cancelled):  # interrupted in the place of another one
            self._begin_read(read)
            return
        del self._newest[read.key]
        if error:
            self._report(error)
        elif _alive(read.done):
            read.done(future.result())

    @Slot(int)
    def _end_write(self, ticket: int) -> None:
        job, future = self._writes.pop(ticket), self._futures.pop(ticket)
        self._queue.remove(job)
        if self._queue:
            self._queue[0].running = True
        self.queue_changed.emit()
        try:
            error = future.exception()
            if error:
                self._report(error)
            else:
                self._publish(job, future.result())
        finally:
            if job.ended and _alive(job.ended):
                job.ended()
            if not self._queue:
                self.idle.emit()

    def _publish(self, job: Job, result: Any) -> None:
        changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
        self._version = self._library.database.data_version()
        if isinstance(changes, Changes):
            self.library_changed.emit(changes)
            if changes.message:
                self.message.emit(changes.message)
        if job.done and _alive(job.done):
            job.done(result)

    def _report(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self.message.emit(_("Stopped. Nothing was changed."))
        elif isinstance(error, RefmanError):
            self.failed.emit(str(error))
        else:
            sys.excepthook(type(error), error, error.__traceback__)

    @Slot()
    def _look_for_changes(self) -> None:
        """Tell the views when the command line or another window committed something."""
        if self._queue:
            return  # its end looks anyway
        version = self._library.database.data_version()
        if version != self._version:
            self._version = version
            self.library_changed.emit(EVERYTHING)


def _alive(done: Callable[..., None]) -> bool:
    """Whether the widget that a bound method belongs to still exists."""
    receiver = getattr(done, "__self__", None)
    return not isinstance(receiver, QObject) or shiboken6.isValid(receiver)
