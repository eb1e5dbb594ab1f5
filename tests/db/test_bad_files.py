"""Files that are no library, or cannot be written or read: told in a sentence, and untouched."""

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from refman.db import connection as files
from refman.db import schema
from refman.db.database import Database
from refman.errors import ReadError
from tests.db.filling import add


def _foreign(path: Path, *statements: str) -> None:
    raw = sqlite3.connect(path)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


def _cut(path: Path) -> None:
    Database.open(path, create=True).close()
    path.write_bytes(path.read_bytes()[:50])


def _newer(path: Path, *more: str) -> None:
    Database.open(path, create=True).close()
    _foreign(path, f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}", *more)


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (str, "no library at"),
    "a folder": (lambda path: path.mkdir(), "is a folder"),
    "empty": (lambda path: path.touch(), "not a refman library"),
    "text": (lambda path: path.write_text("@article{x, title = {y}}\n" * 50), "not a refman"),
    "a few bytes": (lambda path: path.write_bytes(b"SQLite format 3\0"), "not a refman library"),
    "cut off": (_cut, "not a refman library"),
    "an empty database": (lambda path: _foreign(path, "VACUUM"), "not a refman library"),
    "another program's": (lambda path: _foreign(path, "CREATE TABLE t (x)"), "not a refman"),
    "another program's number": (
        lambda path: _foreign(path, "PRAGMA application_id = 7", "CREATE TABLE t (x)"),
        "not a refman library",
    ),
    "newer": (_newer, "newer version of refman"),
    "newer, not in WAL mode": (
        lambda path: _newer(path, "PRAGMA journal_mode = DELETE"),
        "newer version of refman",
    ),
    "garbage after the header": (
        lambda path: path.write_bytes(b"SQLite format 3\0" + b"\xff" * 9000),
        "not a refman library|damaged",
    ),
}


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
@pytest.mark.parametrize(("make", "told"), BAD.values(), ids=BAD.keys())
def test_what_is_no_library(
    path: Path, make: Callable[[Path], object], told: str, read_only: bool
) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(ReadError, match=told) as raised:
        Database.open(path, read_only=read_only)
    assert str(path) in str(raised.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [file.name for file in path.parent.iterdir()] in ([], [path.name])


@pytest.mark.parametrize("name", ["a folder", "text", "another program's", "newer", "cut off"])
def test_creating_overwrites_nothing(path: Path, name: str) -> None:
    make, told = BAD[name]
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(ReadError, match=told):
        Database.open(path, create=True)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_newer_library_whose_log_is_not_merged(path: Path) -> None:
    database = Database.open(path, create=True)
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    for suffix in ("", "-wal"):
        shutil.copy(f"{path}{suffix}", f"{path.parent / 'copy'}{suffix}")
    raw.close()
    database.close()
    with pytest.raises(ReadError, match="newer version"):
        Database.open(path.parent / "copy")


def test_a_folder_above_is_a_file(path: Path) -> None:
    path.write_text("x")
    with pytest.raises(ReadError, match="cannot be made"):
        Database.open(path / "library.refman", create=True)


# -------------------------------------------------------------------- without permission to write


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def _as_nobody(work: Callable[[], str]) -> str:
    """What `work` says when a user without rights does it (root may do everything)."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        said = "a bug"
        try:
            tempfile.tempdir = "/tmp"
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            said = work()
        except ReadError as error:
            said = str(error)
        finally:
            os.write(writing, said.encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as file:
        said = file.read()
    os.waitpid(pid, 0)
    return said


def _look(path: Path) -> Callable[[], str]:
    """Opens, reads, tries to write."""

    def look() -> str:
        database = Database.open(path)
        with database.read() as connection:
            titles = connection.execute(schema.entry.select()).mappings().all()
        try:
            with database.write("Add"):
                written = "written"
        except ReadError as error:
            written = "for reading only" if "for reading only" in str(error) else str(error)
        checked = database.check()
        database.data_version()
        database.backup(Path(tempfile.mkdtemp()) / "backup")
        database.close()
        return f"{[row['title'] for row in titles]} {database.read_only} {written} {checked}"

    return look


def _make(path: Path, *, log: bool = False) -> None:
    """A library with a title; with `log`, in a log that was not merged, as after a crash."""
    database = Database.open(path, create=True)
    with database.write("Add") as connection:
        add(connection, 1, title="A")
    database.close()
    if log:
        database = Database.open(path)
        with database.write("Add") as connection:
            add(connection, 2, title="B")
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", f"{path}.copy{suffix}")
        database.close()
        for suffix in ("", "-wal"):
            Path(f"{path}.copy{suffix}").rename(f"{path}{suffix}")


unix = pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")


@unix
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.parametrize("log", [False, True], ids=["merged", "log not merged"])
@pytest.mark.parametrize(
    ("file", "folder"),
    [(0o444, 0o777), (0o666, 0o555), (0o444, 0o555)],
    ids=["file", "folder", "both"],
)
def test_what_cannot_be_written_is_read(
    open_folder: Path, file: int, folder: int, log: bool
) -> None:
    path = open_folder / "library.refman"
    _make(path, log=log)
    before = {each.name: each.read_bytes() for each in open_folder.iterdir()}
    for each in open_folder.iterdir():
        each.chmod(file)
    open_folder.chmod(folder)
    titles = ["A", "B"] if log else ["A"]
    assert _as_nobody(_look(path)) == f"{titles} True for reading only []"
    open_folder.chmod(0o755)
    assert path.read_bytes() == before[path.name]
    database = Database.open(path)
    assert database.check() == []
    database.close()


@unix
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_what_may_not_be_read_is_told(open_folder: Path) -> None:
    path = open_folder / "library.refman"
    _make(path)
    path.chmod(0o000)
    assert "cannot be read (Permission denied)" in _as_nobody(_look(path))


@unix
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_folder_in_which_nothing_can_be_made(open_folder: Path) -> None:
    def make() -> str:
        return str(Database.open(open_folder / "x" / "library.refman", create=True))

    open_folder.chmod(0o555)
    assert "cannot be made (Permission denied)" in _as_nobody(make)


def test_read_only_on_request(path: Path) -> None:
    _make(path)
    before = path.read_bytes()
    assert _look_only(path) == ["A"]
    assert path.read_bytes() == before


def _look_only(path: Path) -> list[str]:
    database = Database.open(path, read_only=True)
    with database.read() as connection:
        titles = [row.title for row in connection.execute(schema.entry.select())]
    with pytest.raises(ReadError, match="for reading only"):
        database.undo()
    database.close()
    return titles


def test_a_uri_of_a_path() -> None:
    if sys.platform != "win32":
        assert files.uri(Path("/a b/ü?.db"), "mode=ro") == "file:///a%20b/%C3%BC%3F.db?mode=ro"
