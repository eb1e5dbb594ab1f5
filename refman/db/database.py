"""An open library file: one writer, one reader a thread, undo and redo.

Every change goes through `Database.write`, which makes it one transaction and one step of
the history.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, RootTransaction, create_engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

from refman.db import check, history, layout, schema, search_index, upgrade
from refman.db import connection as files
from refman.db.history import Step
from refman.errors import ReadError, RefmanError
from refman.i18n import _
from refman.model.text import squeeze
from refman.progress import Cancelled

_CHECKED_EVERY = 200_000  # instructions of SQLite's machine: some milliseconds


class _Reader:
    """The reading connection of one thread."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.lock = threading.Lock()  # held during a `read` block
        self.cancelled = False
        # SQLite forgets an interruption that comes just before a statement begins.
        event.listen(connection, "before_cursor_execute", self._check)
        _raw(connection).set_progress_handler(lambda: self.cancelled, _CHECKED_EVERY)

    def _check(self, *_event: object) -> None:
        if self.cancelled:
            raise Cancelled

    def interrupt(self) -> None:
        if self.lock.locked():
            self.cancelled = True
            _raw(self.connection).interrupt()


class Database:
    """One library. Its methods may be called from any thread; `open` makes one."""

    def __init__(self, path: Path, place: files.Place, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._place = place
        self._engine = create_engine("sqlite://", creator=place.connect, poolclass=NullPool)
        event.listen(self._engine, "begin", _begin)
        self._closed = False
        self._write_lock = threading.RLock()
        self._writing = False
        self._writer: Connection | None = None
        self._readers: dict[int, _Reader] = {}  # by thread
        self._readers_lock = threading.Lock()
        self._watcher = place.connect()  # never writes, see data_version
        self._watcher_lock = threading.Lock()

    @classmethod
    def open(cls, path: Path, *, create: bool = False, read_only: bool = False) -> "Database":
        """Open the library at `path`, or make one there if `create` is set and there is none.

        An older library is copied and brought up to date; one that cannot be written is opened
        for reading. Raises ReadError.
        """
        with files.telling(path):
            if create and not read_only:
                _make_file(path)
            empty = not files.read_header(path)
            if empty and (read_only or not create):
                raise files.no_library(path)
            if not read_only and files.writable(path):
                try:
                    return cls._open_for_writing(path, create=create)
                except sqlite3.OperationalError as error:
                    if files.primary(error) not in files.NO_PERMISSION:
                        raise
            return cls._open_for_reading(path)

    @classmethod
    def _open_for_writing(cls, path: Path, *, create: bool) -> "Database":
        database = cls(path, files.Place(path, "mode=rw"), read_only=False)
        try:
            version = files.version(database._watcher, path, empty=create)
            if database._one("PRAGMA journal_mode") != "wal":
                database._use_log()
            if version == 0:
                database._create()
            elif version < schema.SCHEMA_VERSION:
                upgrade.upgrade(path)
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def _open_for_reading(cls, path: Path) -> "Database":
        place = files.place_for_reading(path)
        try:
            database = cls(path, place, read_only=True)
        except BaseException:
            place.close()
            raise
        try:
            version = files.version(database._watcher, path)
            if version == schema.SCHEMA_VERSION:
                return database
            newer = files.private_copy(database._watcher, path)
        except BaseException:
            database.close()
            raise
        database.close()
        try:
            upgrade.upgrade(newer.path, keep=False)
            return cls(path, newer, read_only=True)
        except BaseException:
            newer.close()
            raise

    def _use_log(self) -> None:
        """Write-ahead logging from now on, for every program that opens the file."""
        try:
            self._one("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if files.primary(error) != sqlite3.SQLITE_BUSY:
                raise  # else another program reads just now; the next opening does it

    def _create(self) -> None:
        with self._transaction() as connection:
            # Another program may have been quicker.
            if not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar():
                layout.create(connection)

    def close(self) -> None:
        """Close every connection; a read in another thread ends with Cancelled."""
        with self._write_lock, self._readers_lock:
            self._closed = True
            for reader in self._readers.values():
                reader.interrupt()
                with reader.lock:
                    reader.connection.close()
            self._readers.clear()
            with self._watcher_lock:
                self._watcher.close()
            if self._writer:
                self._writer.close()
                self._writer = None
            self._engine.dispose()
            self._place.close()

    # ------------------------------------------------------------------------------ writing

    @contextmanager
    def write(self, label: str, *, undoable: bool = True) -> Iterator[Connection]:
        """One transaction and one step of the history, named `label`.

        Whatever is raised in here rolls all of it back. A block that changed nothing leaves no
        step; one that is not `undoable` is never undone, so it may change only what later
        undoing need not know. Waits for other threads, and BUSY_SECONDS for other programs.
        Raises RefmanError.
        """
        with self._changing() as connection:
            if undoable:
                history.start(connection)
            yield connection
            if undoable:
                history.finish(connection, squeeze(label))

    def undo(self) -> Step | None:
        """Take the newest step back, in one transaction. Raises RefmanError."""
        return self._move(history.undo)

    def redo(self) -> Step | None:
        """Do again the step that was undone last, in one transaction. Raises RefmanError."""
        return self._move(history.redo)

    def _move(self, move: Callable[[Connection], Step | None]) -> Step | None:
        try:
            with self._changing(foreign_keys=False) as connection:
                return move(connection)
        except IntegrityError:
            raise RefmanError(
                _(
                    "This cannot be undone or redone, because a change that is not part of the "
                    "history stands in the way. Nothing was changed."
                )
            ) from None

    @contextmanager
    def _changing(self, *, foreign_keys: bool = True) -> Iterator[Connection]:
        if self.read_only:
            raise ReadError(
                _(
                    "{path} is open for reading only. Check its permissions and those of its "
                    "folder, or work on a copy."
                ).format(path=self.path)
            )
        with files.telling(self.path), self._transaction(foreign_keys) as connection:
            yield connection
            search_index.refresh(connection)

    @contextmanager
    def _transaction(self, foreign_keys: bool = True) -> Iterator[Connection]:
        with self._write_lock:
            if self._writing:
                raise RuntimeError("a write block inside a write block")
            self._check_open()
            if self._writer is None:
                self._writer = self._engine.connect().execution_options(begin="BEGIN IMMEDIATE")
                _raw(self._writer).execute(files.WRITER_CACHE)
            self._writing = True
            raw = _raw(self._writer)
            try:
                if not foreign_keys:
                    raw.execute("PRAGMA foreign_keys = OFF")  # no effect in a transaction
                with _begun(self._writer):
                    yield self._writer
            finally:
                self._writing = False
                raw.execute("PRAGMA shrink_memory")  # a great change leaves no full cache behind
                if not foreign_keys:
                    raw.execute("PRAGMA foreign_keys = ON")

    # ------------------------------------------------------------------------------ reading

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """This thread's reading connection; all reads in the block see one state.

        A block inside a block of the same thread sees the outer one's state. Raises Cancelled
        when another thread calls `interrupt`, and RefmanError.
        """
        with files.telling(self.path):
            reader = self._reader()
            if reader.connection.in_transaction():
                yield reader.connection
                return
            with reader.lock:
                reader.cancelled = False
                self._check_open()
                with _begun(reader.connection) as transaction:
                    yield reader.connection
                    transaction.rollback()  # there is nothing to commit

    def interrupt(self, thread_ident: int) -> None:
        """Make the `read` block in which that thread is now, if it is in one, raise Cancelled."""
        reader = self._readers.get(thread_ident)
        if reader:
            reader.interrupt()

    def _reader(self) -> _Reader:
        ident = threading.get_ident()
        reader = self._readers.get(ident)
        if reader is None:
            with self._readers_lock:
                self._check_open()
                self._forget_dead_threads()
                connection = self._engine.connect()
                _raw(connection).execute(files.READER_CACHE)
                _raw(connection).execute("PRAGMA query_only = ON")
                reader = self._readers[ident] = _Reader(connection)
        return reader

    def _forget_dead_threads(self) -> None:
        alive = {thread.ident for thread in threading.enumerate()}
        for ident in self._readers.keys() - alive:
            self._readers.pop(ident).connection.close()

    def data_version(self) -> int:
        """A number that is another one after anybody, another program too, changed the library."""
        with files.telling(self.path), self._watcher_lock:
            self._check_open()
            version: int = self._one("PRAGMA data_version")
            return version

    def steps(self) -> list[Step]:
        """What can be undone, newest first."""
        with self.read() as connection:
            return history.steps(connection)

    def redo_steps(self) -> list[Step]:
        """What can be redone, in that order."""
        with self.read() as connection:
            return history.redo_steps(connection)

    # ------------------------------------------------------------------------------ the file

    def check(self) -> list[str]:
        """What is wrong with the library, a sentence each; [] when it is sound.

        A search index that does not fit is told and made anew; of a library that is open for
        reading only, it is not looked at. Raises RefmanError.
        """
        with files.telling(self.path):
            with self.read() as connection:
                found = check.damage(connection)
                if found or self.read_only:
                    return found or check.problems(connection, writable=False)
            with self._transaction() as connection:
                return check.problems(connection, writable=True)

    def backup(self, target: Path) -> None:
        """Write the library as it is now to the file `target`, replacing it. Raises ReadError."""
        if target.exists() and self.path.exists() and target.samefile(self.path):
            raise ReadError(
                _("{path} is the library itself. Name another file.").format(path=target)
            )
        self._check_open()
        try:
            with files.telling(target), closing(self._place.connect()) as connection:
                target.absolute().parent.mkdir(parents=True, exist_ok=True)
                files.copy(connection, target)
        except OSError as error:
            raise _cannot_make(target, error) from None

    def _one(self, statement: str) -> Any:
        return self._watcher.execute(statement).fetchall()[0][0]

    def _check_open(self) -> None:
        if self._closed:
            raise RefmanError(_("{path} is closed. Open it again.").format(path=self.path))


def _raw(connection: Connection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.connection.dbapi_connection)


@contextmanager
def _begun(connection: Connection) -> Iterator[RootTransaction]:
    """A transaction that is over at the end of the block even where the commit fails."""
    try:
        with connection.begin() as transaction:
            yield transaction
    finally:
        if _raw(connection).in_transaction:
            _raw(connection).rollback()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _make_file(path: Path) -> None:
    """An empty file at `path`, and the folders above, unless something is there."""
    try:
        path.absolute().parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch()
    except OSError as error:
        raise _cannot_make(path, error) from None


def _cannot_make(path: Path, error: OSError) -> ReadError:
    return ReadError(
        _("{path} cannot be made ({reason}). Choose another place.").format(
            path=path, reason=error.strerror or error
        )
    )
