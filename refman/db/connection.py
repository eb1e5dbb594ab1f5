"""Connections to one library file: how they are opened, and what SQLite's errors mean in words.

A connection never opens a transaction by itself: `Database` says BEGIN (see "Transactions with
SQLite and the sqlite3 driver" in SQLAlchemy's manual).
"""

import os
import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic
from urllib.parse import quote

from sqlalchemy.exc import DBAPIError

from refman.db import schema
from refman.errors import ReadError, RefmanError
from refman.i18n import _
from refman.progress import Cancelled

NO_PERMISSION = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM)
BUSY_SECONDS = 5.0  # how long a statement waits for another program
_MAGIC = b"SQLite format 3\0"
_EVERY_CONNECTION = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # so that even a REPLACE could not slip past the history
    "PRAGMA synchronous = NORMAL",  # in WAL mode a crash loses no consistency
    "PRAGMA temp_store = MEMORY",
    "PRAGMA journal_size_limit = 16777216",  # a great import's log does not stay on the disk
)
# No memory map: where a disk goes away, it turns an error into a crash of the process.
WRITER_CACHE = "PRAGMA cache_size = -65536"  # KiB
READER_CACHE = "PRAGMA cache_size = -16384"


class Place:
    """Where and how the connections of one `Database` are opened."""

    def __init__(self, path: Path, options: str, folder: Path | None = None) -> None:
        self.path = path
        self.options = options  # of the URI
        self.folder = folder  # of a private copy, removed by `close`
        self.pragmas: tuple[str, ...] = _EVERY_CONNECTION

    def connect(self) -> sqlite3.Connection:
        """A connection that any thread may use, one at a time. Raises sqlite3.Error."""
        connection = sqlite3.connect(
            uri(self.path, self.options),
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            for pragma in self.pragmas:
                connection.execute(pragma)
        except BaseException:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def uri(path: Path, options: str) -> str:
    """SQLite's URI of `path` (https://www.sqlite.org/uri.html), network shares included."""
    name = path.absolute().as_posix()
    return f"file://{'' if name.startswith('/') else '/'}{quote(os.fsencode(name))}?{options}"


def read_header(path: Path) -> bytes:
    """The first 100 bytes of an existing file that may be a library; b'' if it is empty.

    Raises ReadError for what is certainly none, and for a library of a newer version, without
    SQLite having touched the file.
    """
    try:
        if path.is_dir():
            raise ReadError(_("{path} is a folder, not a library. Name a file.").format(path=path))
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise ReadError(
            _("There is no library at {path}. Check the name, or make one by importing.").format(
                path=path
            )
        ) from None
    except OSError as error:
        raise not_readable(path, error) from None
    if header and (len(header) < 100 or not header.startswith(_MAGIC)):
        raise no_library(path)
    if header and not beside(path):  # otherwise the log holds the newest header
        (number,) = struct.unpack_from(">i", header, 60)
        (application,) = struct.unpack_from(">I", header, 68)
        if application == schema.APPLICATION_ID:
            _refuse_newer(path, number)
    return header


def version(connection: sqlite3.Connection, path: Path, *, empty: bool = False) -> int:
    """The schema version of a library; 0 for an empty database, if that may be.

    Raises ReadError for what is no library or is of a newer version; sqlite3.Error.
    """
    ((application,),) = connection.execute("PRAGMA application_id").fetchall()
    ((number,),) = connection.execute("PRAGMA user_version").fetchall()
    if application != schema.APPLICATION_ID:
        ((tables,),) = connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        if tables or application or number or not empty:
            raise no_library(path)
        return 0
    _refuse_newer(path, number)
    return int(number)


def _refuse_newer(path: Path, number: int) -> None:
    if number > schema.SCHEMA_VERSION:
        raise ReadError(
            _(
                "{path} was made by a newer version of refman and is left as it is. "
                "Update refman to open it."
            ).format(path=path)
        )


def not_readable(path: Path, error: OSError) -> ReadError:
    return ReadError(
        _("{path} cannot be read ({reason}). Check its permissions.").format(
            path=path, reason=error.strerror or error
        )
    )


def no_library(path: Path) -> ReadError:
    return ReadError(_("{path} is not a refman library. Choose another file.").format(path=path))


def beside(path: Path) -> list[Path]:
    """The logs which SQLite has left beside `path` with something in them."""
    found = (path.with_name(path.name + suffix) for suffix in ("-wal", "-journal"))
    return [log for log in found if log.exists() and log.stat().st_size]


def place_for_reading(path: Path) -> Place:
    """How a library is read that cannot or shall not be written. Raises ReadError, sqlite3.Error.

    SQLite reads a file in WAL mode only with its two helper files, which a folder without
    permission may not let it make. Where there is no log, the file alone is the library
    (`immutable`); where there is one, a private copy of both is read.
    """
    # Where SQLite may write, it takes its helper files away again.
    place = Place(path, "mode=rw" if writable(path) else "mode=ro")
    place.pragmas += ("PRAGMA query_only = ON",)
    try:
        _try(place)
        return place
    except sqlite3.OperationalError as error:
        if primary(error) not in NO_PERMISSION:
            raise
    logs = beside(path)
    if logs:
        place = _private(path)
        try:
            for file in (path, *logs):
                shutil.copyfile(file, place.path.with_name(file.name))
        except OSError as error:
            place.close()
            raise not_readable(path, error) from None
    else:
        place = Place(path, "mode=ro&immutable=1")
    try:
        _try(place)
    except BaseException:
        place.close()
        raise
    return place


def private_copy(connection: sqlite3.Connection, path: Path) -> Place:
    """A copy of what `connection` has open, in a folder of its own that goes with it."""
    place = _private(path)
    try:
        copy(connection, place.path)
    except BaseException:
        place.close()
        raise
    return place


def _private(path: Path) -> Place:
    folder = Path(tempfile.mkdtemp(prefix="refman-"))
    return Place(folder / path.name, "mode=rw", folder)


def _try(place: Place) -> None:
    connection = place.connect()
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        connection.close()


def writable(path: Path) -> bool:
    """Whether an existing file and its folder, where SQLite makes its log, can be written."""
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def free_name(path: Path, what: str) -> Path:
    """A name beside `path` that says why and when: library.refman.before-restore-2026-…"""
    name = f"{path.name}.{what}-{datetime.now().astimezone():%Y-%m-%dT%H-%M-%S}"
    names = (name, *(f"{name}-{number}" for number in range(2, 1000)))
    return next(free for each in names if not (free := path.with_name(each)).exists())


def copy(connection: sqlite3.Connection, target: Path) -> None:
    """Write what `connection` reads to the file `target`, which is replaced at once or not at all.

    The copy is one file, without a log. Raises sqlite3.Error and OSError.
    """
    part = target.with_name(f".{target.name}.part-{os.getpid()}")
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as written:
            copy_pages(connection, written)
            written.execute("PRAGMA journal_mode = DELETE")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def copy_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Make the one what the other is, in one transaction of each. Raises sqlite3.Error."""
    until = monotonic() + BUSY_SECONDS

    def give_up(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() > until:
            error = sqlite3.OperationalError("the target is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error

    source.backup(target, progress=give_up)


def primary(error: BaseException) -> int:
    """SQLite's primary result code of `error`, 0 if it has none."""
    if isinstance(error, DBAPIError):
        error = error.orig or error
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def explain(error: BaseException, path: Path) -> Exception | None:
    """What to raise instead of an error of SQLite; None for one that is a bug."""
    code = primary(error)
    if code == sqlite3.SQLITE_INTERRUPT:
        return Cancelled()
    told = {
        sqlite3.SQLITE_BUSY: _(
            "{path} is in use by another program. Wait until that is done, or close it, "
            "and try again."
        ),
        sqlite3.SQLITE_FULL: _(
            "Nothing was changed: the disk is full. Make room on the disk of {path} and try again."
        ),
        sqlite3.SQLITE_READONLY: _(
            "Nothing was changed: {path} cannot be written. Check its permissions and those "
            "of its folder."
        ),
        sqlite3.SQLITE_PERM: _("{path} may not be opened. Check its permissions."),
        sqlite3.SQLITE_AUTH: _("{path} may not be opened. Check its permissions."),
        sqlite3.SQLITE_CANTOPEN: _(
            "{path} cannot be opened. Check its permissions and those of its folder."
        ),
        sqlite3.SQLITE_IOERR: _(
            "The disk of {path} reports an error. Check that it is connected and sound, "
            "and try again."
        ),
        sqlite3.SQLITE_CORRUPT: _(
            "{path} is damaged. Restore it from a backup (refman restore FILE)."
        ),
        sqlite3.SQLITE_NOMEM: _("There is not enough memory for this. Close other programs."),
        sqlite3.SQLITE_TOOBIG: _("Nothing was changed: a text is too long to be stored."),
    }
    told[sqlite3.SQLITE_LOCKED] = told[sqlite3.SQLITE_BUSY]
    told[sqlite3.SQLITE_PROTOCOL] = told[sqlite3.SQLITE_BUSY]
    if code == sqlite3.SQLITE_NOTADB:
        return no_library(path)
    if code not in told:
        return None
    kind = RefmanError if code == sqlite3.SQLITE_TOOBIG else ReadError
    return kind(told[code].format(path=path))


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Raises errors of SQLite in here as RefmanError or Cancelled; bugs as they are.

    Half a character (a lone surrogate), which SQLite cannot take, is the user's error.
    """
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        instead = explain(error, path)
        if instead is None:
            raise
        raise instead from error
    except UnicodeEncodeError as error:
        raise RefmanError(
            _("“{text}” has a character that no library can hold: type it anew.").format(
                text=error.object.encode("utf-8", "replace").decode()[:80]
            )
        ) from error
