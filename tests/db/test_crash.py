"""A program that dies at any moment leaves the old state or the new one."""

import contextlib
from pathlib import Path

import pytest

from refman.db.database import Database
from refman.errors import ReadError
from tests.db.test_database import child, titles

WRITING = """
import sys
from pathlib import Path
from refman.db.database import Database
from tests.db.filling import add
database = Database.open(Path(sys.argv[1]))
start = 1
while True:
    with database.write("Import") as connection:
        for number in range(start, start + 500):
            add(connection, number, title=f"Title {number}", abstract=f"word{number} " * 200)
            if number % 100 == 0:
                print(number, flush=True)
    start += 500
"""


@pytest.mark.parametrize("lines", [1, 4, 5, 6, 13])
def test_killed_in_a_great_write(path: Path, lines: int) -> None:
    Database.open(path, create=True).close()
    writer = child(WRITING, path)
    assert writer.stdout
    for _line in range(lines):
        writer.stdout.readline()
    writer.kill()
    writer.communicate()
    database = Database.open(path)
    assert database.check() == []
    written = len(titles(database))
    assert written % 500 == 0
    assert len(database.steps()) == written // 500
    while database.undo():
        pass
    assert titles(database) == []
    assert database.check() == []
    database.close()


CREATING = """
import os, sqlite3, sys
from pathlib import Path
from refman.db.connection import Place
from refman.db.database import Database
left = int(sys.argv[2])
connect = Place.connect
def connect_and_die(self):
    connection = connect(self)
    def count(statement):
        global left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), 9)
    connection.set_trace_callback(count)
    return connection
Place.connect = connect_and_die
Database.open(Path(sys.argv[1]), create=True)
"""


@pytest.mark.parametrize("statements", [1, 2, 3, 4, 5, 6, 10, 30, 80, 150, 200, 250, 1000])
def test_killed_while_a_library_is_made(path: Path, statements: int) -> None:
    child(CREATING.replace("9)", "9 if os.name != 'nt' else 15)"), path, statements).communicate()
    with contextlib.suppress(ReadError):  # it is nothing yet
        _check(Database.open(path))
    _check(Database.open(path, create=True))


def _check(database: Database) -> None:
    assert database.check() == []
    database.close()
