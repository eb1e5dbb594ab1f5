"""A library that is not sound is told so."""

import sqlite3
from pathlib import Path

import pytest

from refman.db.database import Database
from tests.db.filling import fill

HARM = {
    "a row without its entry": (
        "DELETE FROM entry WHERE id = 2",
        "of entry that is not there",
    ),
    "no trigger": ("DROP TRIGGER history_entry_update", "trigger history_entry_update is not as"),
    "no index": ("DROP INDEX entry_year", "index entry_year is not as refman makes it"),
    "another column": ("ALTER TABLE tag ADD COLUMN extra", "table tag is not as refman makes it"),
    "another table": ("CREATE TABLE extra (x)", "table extra is not as refman makes it"),
}


@pytest.mark.parametrize(("harm", "told"), HARM.values(), ids=HARM.keys())
def test_harm_is_told(path: Path, harm: str, told: str) -> None:
    database = Database.open(path, create=True)
    with database.write("Fill") as connection:
        fill(connection)
    assert database.check() == []
    database.close()
    raw = sqlite3.connect(path)
    raw.execute(harm)
    raw.commit()
    raw.close()
    database = Database.open(path)
    found = database.check()
    database.close()
    assert found
    assert all(told in sentence for sentence in found)


def test_damage_to_the_file_is_told(path: Path) -> None:
    database = Database.open(path, create=True)
    with database.write("Fill") as connection:
        fill(connection)
    database.close()
    raw = sqlite3.connect(path)
    (root,) = raw.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'entry_title_sort'"
    ).fetchone()
    raw.close()
    harmed = bytearray(path.read_bytes())
    harmed[(root - 1) * 4096 + 8 : root * 4096] = b"\xaa" * 4088
    path.write_bytes(harmed)
    database = Database.open(path)
    found = database.check()
    database.close()
    assert found
    assert all(sentence.startswith("The file is damaged: ") for sentence in found)
