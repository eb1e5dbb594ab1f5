"""Opening, writing, reading: one writer at a time, one state for a block of reads."""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from refman.db import connection as files
from refman.db import schema
from refman.db.database import Database
from refman.errors import ReadError, RefmanError
from refman.progress import Cancelled
from tests.db.filling import add, contents, fill

SLOW = (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) "
    "SELECT count(*) FROM n"
)


def titles(database: Database) -> list[str]:
    with database.read() as connection:
        return [row.title for row in connection.execute(schema.entry.select())]


def child(code: str, *arguments: object) -> "subprocess.Popen[str]":
    """Another program, which runs `code`; it tells by a line that it is ready."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_a_new_library_is_sound_and_stays(path: Path) -> None:
    path = path.parent / "new folder" / "in it" / path.name
    database = Database.open(path, create=True)
    assert database.check() == []
    with database.write("Add") as connection:
        add(connection, 1, title="A")
    database.close()
    for create in (False, True):
        again = Database.open(path, create=create)
        assert (titles(again), again.read_only, again.path) == (["A"], False, path)
        again.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("name", ["ä b%20?#&'", "注意力.refman", "-x", "a\\b"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    if os.name == "nt":
        name = name.translate(dict.fromkeys(map(ord, '?"\\*')))
    path = tmp_path / name
    Database.open(path, create=True).close()
    database = Database.open(path)
    assert database.check() == []
    database.close()
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_an_empty_file_becomes_a_library(path: Path) -> None:
    path.touch()
    with pytest.raises(ReadError, match="not a refman library"):
        Database.open(path)
    database = Database.open(path, create=True)
    assert database.check() == []
    database.close()


def test_a_block_that_raises_changes_nothing(database: Database) -> None:
    before = contents(database)

    def broken() -> None:
        with database.write("Fill") as connection:
            fill(connection)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert contents(database) == before
    assert database.check() == []


def test_a_read_block_sees_one_state(database: Database) -> None:
    with database.read() as connection:
        assert connection.execute(schema.tag.select()).all() == []
        with database.write("Add") as writing:
            writing.execute(schema.tag.insert(), {"name": "a"})
        assert connection.execute(schema.tag.select()).all() == []
        with database.read() as inner:
            assert inner.execute(schema.tag.select()).all() == []
    with database.read() as connection:
        assert len(connection.execute(schema.tag.select()).all()) == 1


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(ReadError), database.read() as connection:
        connection.execute(schema.tag.insert(), {"name": "a"})


def test_a_write_block_in_a_write_block_is_a_bug(database: Database) -> None:
    def nested() -> None:
        with database.write("Outer"), database.write("Inner"):
            pass

    with pytest.raises(RuntimeError):
        nested()
    with database.write("Usable"):
        pass


def test_threads_write_one_after_the_other(database: Database) -> None:
    def work(thread: int) -> None:
        for number in range(10):
            with database.write("Add") as connection:
                add(connection, thread * 100 + number)
            titles(database)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(titles(database)), len(database.steps())) == (40, 40)
    assert database.check() == []


WRITING = """
import sys
from pathlib import Path
from refman.db.database import Database
from tests.db.filling import add
database = Database.open(Path(sys.argv[1]), create=True)
for number in range(20):
    with database.write("Add") as connection:
        add(connection, int(sys.argv[2]) + number)
database.close()
"""


def test_programs_make_and_write_one_library_together(path: Path) -> None:
    children = [child(WRITING, path, 1000 * number) for number in range(1, 4)]
    assert [each.wait() for each in children] == [0, 0, 0]
    for each in children:
        each.communicate()
    database = Database.open(path)
    assert (len(titles(database)), len(database.steps())) == (60, 60)
    assert database.check() == []
    while database.undo():
        pass
    assert titles(database) == []
    database.close()


def test_the_data_version_tells_of_every_change(path: Path, database: Database) -> None:
    seen = [database.data_version()]
    assert database.data_version() == seen[0]
    with database.write("Add") as connection:
        connection.execute(schema.tag.insert(), {"name": "a"})
    seen.append(database.data_version())
    other = Database.open(path)
    with other.write("Add") as connection:
        connection.execute(schema.tag.insert(), {"name": "b"})
    other.close()
    seen.append(database.data_version())
    database.undo()
    seen.append(database.data_version())
    assert len(set(seen)) == 4


def _in_thread(database: Database, statement: str) -> tuple[threading.Thread, list[object]]:
    """A thread that reads, and what came of it; it is inside the block when this returns."""
    inside = threading.Event()
    outcome: list[object] = []

    def work() -> None:
        try:
            with database.read() as connection:
                connection.exec_driver_sql("SELECT 1")
                inside.set()
                while True:
                    connection.exec_driver_sql(statement).all()
        except Cancelled:
            outcome.append(Cancelled)
        try:
            with database.read() as connection:
                outcome.append(connection.exec_driver_sql("SELECT 2").scalar())
        except RefmanError as error:
            outcome.append(type(error))

    thread = threading.Thread(target=work)
    thread.start()
    inside.wait()
    return thread, outcome


@pytest.mark.parametrize("statement", [SLOW, "SELECT 1"], ids=["in a statement", "between"])
def test_a_read_is_interrupted(database: Database, statement: str) -> None:
    thread, outcome = _in_thread(database, statement)
    assert thread.ident
    database.interrupt(thread.ident)
    thread.join()
    assert outcome == [Cancelled, 2]


def test_interrupting_nothing_does_nothing(database: Database) -> None:
    database.interrupt(threading.get_ident())
    assert titles(database) == []
    database.interrupt(threading.get_ident())
    assert titles(database) == []


def test_closing_ends_reads_and_is_told_afterwards(database: Database) -> None:
    thread, outcome = _in_thread(database, SLOW)
    database.close()
    thread.join()
    assert outcome == [Cancelled, RefmanError]
    with pytest.raises(RefmanError, match="is closed"), database.write("Late"):
        pass
    with pytest.raises(RefmanError, match="is closed"):
        database.data_version()
    database.close()


def test_readers_of_ended_threads_are_forgotten(database: Database) -> None:
    for _number in range(5):
        thread = threading.Thread(target=titles, args=(database,))
        thread.start()
        thread.join()
    titles(database)
    assert len(database._readers) <= 2


def test_a_full_disk_loses_nothing(database: Database) -> None:
    with database.write("Add") as connection:
        add(connection, 1, title="A")
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 10}")
    before = contents(database)

    def overfill() -> None:
        with database.write("Fill the disk") as connection:
            for number in range(2, 500):
                add(connection, number, abstract=f"word{number} " * 500)

    with pytest.raises(ReadError, match="disk is full"):
        overfill()
    assert contents(database) == before
    with database.write("Room again") as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    overfill()
    assert len(titles(database)) == 499
    database.undo()
    assert contents(database) == before
    assert database.check() == []


HOLDING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2].split(";"):
    connection.execute(statement).fetchall()
print("ready", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
"""


def test_a_library_that_another_program_writes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.05)
    database = Database.open(path, create=True)
    other = child(HOLDING, path, "BEGIN IMMEDIATE")
    assert other.stdout
    other.stdout.readline()
    with pytest.raises(ReadError, match="in use by another program"), database.write("Add"):
        pass
    assert titles(database) == []  # reading goes on, and opening
    Database.open(path).close()
    other.communicate("\n")
    with database.write("Add") as connection:
        add(connection, 1, title="A")
    assert titles(database) == ["A"]
    database.close()


def test_a_library_that_another_program_has_locked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.05)
    Database.open(path, create=True).close()
    other = child(
        HOLDING, path, "PRAGMA locking_mode = EXCLUSIVE;BEGIN EXCLUSIVE;PRAGMA user_version"
    )
    assert other.stdout
    other.stdout.readline()
    with pytest.raises(ReadError, match="in use by another program"):
        Database.open(path)
    other.communicate("\n")
    Database.open(path).close()


def test_a_library_not_in_wal_mode_is_put_in_it(path: Path) -> None:
    Database.open(path, create=True).close()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.close()
    database = Database.open(path)
    with database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    database.close()


def test_opening_a_library_imports_no_alembic(path: Path) -> None:
    Database.open(path, create=True).close()
    code = (
        "import sys; from pathlib import Path; from refman.db.database import Database; "
        "Database.open(Path(sys.argv[1])).close(); print('alembic' in sys.modules)"
    )
    assert child(code, path).communicate()[0].split() == ["False"]
