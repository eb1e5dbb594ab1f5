"""A backup is whole whoever writes meanwhile; restoring loses neither library."""

import sqlite3
from pathlib import Path

import pytest

from refman.db import connection as files
from refman.db.database import Database
from refman.db.restoring import restore
from refman.errors import ReadError
from tests.db.filling import add, contents, fill
from tests.db.test_database import HOLDING, child


@pytest.fixture
def backup(path: Path) -> Path:
    return path.with_name("backup.refman")


def _contents(path: Path) -> object:
    database = Database.open(path, read_only=True)
    try:
        return contents(database)
    finally:
        database.close()


def _filled(path: Path) -> None:
    database = Database.open(path, create=True)
    with database.write("Fill") as connection:
        fill(connection)
    database.close()


def test_a_backup_is_the_library_in_one_file(path: Path, backup: Path, database: Database) -> None:
    other = Database.open(path)
    with other.write("Fill") as connection:
        fill(connection)
        database.backup(backup)
    assert _contents(backup) != contents(database)
    backup = backup.parent / "new folder" / backup.name
    database.backup(backup)
    other.close()
    assert [file.name for file in backup.parent.iterdir()] == [backup.name]
    assert _contents(backup) == contents(database)
    copy = Database.open(backup)
    assert copy.check() == []
    assert copy.undo()
    copy.close()


def test_a_backup_over_the_library_itself(path: Path, database: Database) -> None:
    with pytest.raises(ReadError, match="is the library itself"):
        database.backup(path)


def test_a_backup_where_nothing_can_be_written(path: Path, database: Database) -> None:
    with pytest.raises(ReadError, match="cannot be made"):
        database.backup(path / "backup")
    (path.parent / "folder").mkdir()
    with pytest.raises(ReadError, match="cannot be made"):
        database.backup(path.parent / "folder")
    assert sorted(f.name for f in path.parent.iterdir() if "-" not in f.name) == [
        "folder", path.name]  # fmt: skip


def test_restoring_changes_an_open_library_and_keeps_the_old(
    path: Path, backup: Path, database: Database
) -> None:
    _filled(backup)
    with database.write("Add") as connection:
        add(connection, 50, title="Only here")
    old, version = contents(database), database.data_version()
    kept = restore(backup, path)
    assert kept is not None
    assert kept.name.startswith(f"{path.name}.before-restore-")
    assert contents(database) == _contents(backup)
    assert _contents(kept) == old
    assert database.data_version() != version
    assert [step.label for step in database.steps()] == ["Fill"]
    assert database.check() == []
    with database.write("Goes on") as connection:
        add(connection, 60)
    restore(kept, path)
    assert contents(database) == old


def test_restoring_where_there_is_none(path: Path, backup: Path) -> None:
    _filled(backup)
    path = path.parent / "new" / path.name
    assert restore(backup, path) is None
    assert _contents(path) == _contents(backup)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_restoring_in_place_of_a_damaged_library(path: Path, backup: Path) -> None:
    _filled(backup)
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)
    kept = restore(backup, path)
    assert kept is not None
    assert kept.read_bytes() == b"SQLite format 3\0" + b"\xff" * 9000
    assert _contents(path) == _contents(backup)


def _damaged(path: Path) -> None:
    _filled(path)
    harmed = bytearray(path.read_bytes())
    harmed[5 * 4096 : 60 * 4096] = b"\xaa" * (55 * 4096)
    path.write_bytes(harmed)


def _dangling(path: Path) -> None:
    _filled(path)
    raw = sqlite3.connect(path)
    raw.execute("DELETE FROM entry WHERE id = 2")
    raw.commit()
    raw.close()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (str, "no library at"),
        (lambda path: path.write_text("text " * 100), "not a refman library"),
        (_damaged, "damaged"),
        (_dangling, "damaged"),
    ],
    ids=["missing", "text", "damaged", "dangling"],
)
def test_a_bad_backup_is_refused(path: Path, backup: Path, make: object, told: str) -> None:
    _filled(path)
    assert callable(make)
    make(backup)
    before = _contents(path)
    with pytest.raises(ReadError, match=told):
        restore(backup, path)
    assert _contents(path) == before
    assert {file.name for file in path.parent.iterdir()} <= {path.name, backup.name}


def test_the_library_is_no_backup_of_itself(path: Path) -> None:
    _filled(path)
    with pytest.raises(ReadError, match="is the library itself"):
        restore(path, path)


def test_restoring_while_another_program_writes(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.05)
    _filled(backup)
    Database.open(path, create=True).close()
    before = _contents(path)
    other = child(HOLDING, path, "BEGIN IMMEDIATE")
    assert other.stdout
    other.stdout.readline()
    with pytest.raises(ReadError, match="in use by another program"):
        restore(backup, path)
    other.communicate("\n")
    assert _contents(path) == before
