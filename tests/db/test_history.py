"""Undo and redo give back every row, whatever was done to it."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy.exc import DBAPIError

from refman.db import history, schema
from refman.db.database import Database
from refman.errors import RefmanError
from tests.db.filling import ODD_BYTES, ODD_NUMBERS, ODD_TEXTS, add, contents, fill


def run(database: Database, *statements: str, label: str = "Change") -> None:
    with database.write(label) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


DO = {
    "insert": ["INSERT INTO tag (name) VALUES ('new')"],
    "insert in a hole": ["DELETE FROM entry_tag WHERE id = 3",
                         "INSERT INTO entry_tag (id, entry, tag) VALUES (3, 1, 5)"],
    "insert and delete": ["INSERT INTO tag (name) VALUES ('new')", "DELETE FROM tag WHERE id = 8",
                          "UPDATE tag SET colour = 'red' WHERE id = 1"],
    "update": ["UPDATE entry SET title = 'Another', rating = 5 WHERE id = 2"],
    "update to nothing": ["UPDATE entry SET rank = NULL, score = NULL, title = ''"],
    "update of letter case alone": ["UPDATE entry SET citation_key = upper(citation_key)"],
    "update of one row twice": ["UPDATE entry SET title = 'A' WHERE id = 1",
                                "UPDATE entry SET title = 'B' WHERE id = 1"],
    "two tags change places": ["UPDATE tag SET position = NULL WHERE id = 1",
                               "UPDATE tag SET position = 1 WHERE id = 2",
                               "UPDATE tag SET position = 2 WHERE id = 1"],
    "three tags in a ring": ["UPDATE tag SET position = 100 WHERE id = 1",
                             "UPDATE tag SET position = 1 WHERE id = 2",
                             "UPDATE tag SET position = 2 WHERE id = 3",
                             "UPDATE tag SET position = 3 WHERE id = 1"],
    "a key goes to a new row and on": [
        "INSERT INTO entry (id, uuid, citation_key) VALUES (20, 'u', 'first')",
        "UPDATE entry SET citation_key = 'other' WHERE id = 20",
        "UPDATE entry SET citation_key = 'first' WHERE id = 2",
        "UPDATE entry SET citation_key = (SELECT 'entry citation_key 2') WHERE id = 20"],
    "delete with all that belongs to it": ["DELETE FROM entry WHERE id = 3"],
    "delete all": ["DELETE FROM entry"],
    "delete the last row and insert": ["DELETE FROM tag WHERE id = 7",
                                       "INSERT INTO tag (name) VALUES ('in its place')"],
    "delete a tree": ["DELETE FROM collection WHERE id = 2"],
    "move in a tree, then delete": ["UPDATE collection SET parent = 1 WHERE id = 3",
                                    "DELETE FROM collection WHERE id = 2"],
    "join two": ["UPDATE creator SET entry = 1 WHERE entry = 2",
                 "UPDATE sighting SET entry = 1 WHERE entry = 2", "DELETE FROM entry WHERE id = 2"],
    "upsert": ["INSERT INTO tag (name, colour) VALUES ('tag name 1 a', 'b') ON CONFLICT DO NOTHING",
               """INSERT INTO tag (name, colour) VALUES ('new', 'a'), ('new', 'b')
               ON CONFLICT (name) DO UPDATE SET colour = excluded.colour"""],
    "replace, which nobody should do": [
        "REPLACE INTO saved_search (id, name, query) VALUES (2, 'other', 'q')"],
    "everything": [f"DELETE FROM {table.name}" for table in reversed(schema.UNDOABLE)],
}  # fmt: skip


@pytest.mark.parametrize("statements", DO.values(), ids=DO.keys())
def test_undo_and_redo(database: Database, statements: list[str]) -> None:
    with database.write("Fill") as connection:
        fill(connection)
    before = contents(database)
    run(database, *statements)
    after = contents(database)
    assert before != after
    for _again in range(3):
        database.undo()
        assert contents(database) == before
        database.redo()
        assert contents(database) == after
    assert database.check() == []


def test_fill_itself_is_undone_and_redone(database: Database) -> None:
    empty = contents(database)
    with database.write("Fill") as connection:
        fill(connection)
    full = contents(database)
    database.undo()
    assert contents(database) == empty
    database.redo()
    assert contents(database) == full


def test_steps_are_named_and_outlive_the_program(path: Path, database: Database) -> None:
    run(database, "INSERT INTO tag (name) VALUES ('a')", label="First")
    run(database, "INSERT INTO tag (name) VALUES ('b')", label="Second")
    first = database.undo()
    database.close()
    again = Database.open(path)
    assert first is not None
    assert first.label == "Second"
    assert [step.label for step in again.steps()] == ["First"]
    assert again.redo_steps() == [first]
    assert again.redo() == first
    assert [step.label for step in again.steps()] == ["Second", "First"]
    again.close()


def test_a_step_of_another_writer_is_undone(path: Path, database: Database) -> None:
    other = Database.open(path)
    run(other, "INSERT INTO tag (name) VALUES ('theirs')", label="Theirs")
    other.close()
    step = database.undo()
    assert step is not None
    assert step.label == "Theirs"
    assert contents(database)["tag"] == []


def test_nothing_to_undo_or_redo(database: Database) -> None:
    assert (database.undo(), database.redo(), database.steps()) == (None, None, [])


@pytest.mark.parametrize(
    "statement",
    ["UPDATE tag SET name = name", "DELETE FROM tag WHERE id = 99", "SELECT 1"],
    ids=["the same value", "no row", "only read"],
)
def test_a_change_of_nothing_is_no_step(database: Database, statement: str) -> None:
    run(database, "INSERT INTO tag (name) VALUES ('a')", label="First")
    database.undo()
    database.redo()
    run(database, statement)
    assert [step.label for step in database.steps()] == ["First"]


def test_a_change_of_nothing_leaves_what_can_be_redone(database: Database) -> None:
    run(database, "INSERT INTO tag (name) VALUES ('a')", label="First")
    database.undo()
    run(database, "DELETE FROM tag")
    assert [step.label for step in database.redo_steps()] == ["First"]


def test_a_new_step_drops_what_could_be_redone(database: Database) -> None:
    run(database, "INSERT INTO tag (name) VALUES ('a')", label="First")
    run(database, "DELETE FROM tag", label="Second")
    database.undo()
    database.undo()
    run(database, "INSERT INTO tag (name) VALUES ('b')", label="Third")
    assert (database.redo(), [step.label for step in database.steps()]) == (None, ["Third"])
    assert _lines(database) == {"tag": 1}


def _lines(database: Database) -> dict[str, int]:
    with database.read() as connection:
        sizes = {
            table.name: connection.exec_driver_sql(
                f"SELECT count(*) FROM history_{table.name}"
            ).scalar_one()
            for table in schema.UNDOABLE
        }
    return {name: size for name, size in sizes.items() if size}


def test_a_rolled_back_block_is_no_step(database: Database) -> None:
    def broken() -> None:
        with database.write("Broken") as connection:
            fill(connection)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert (database.steps(), _lines(database)) == ([], {})


def test_what_is_not_undoable_stays(database: Database) -> None:
    with database.write("Give out", undoable=False) as connection:
        connection.execute(
            schema.citation_key_given.insert(), {"key": "k", "uuid": "u", "given": ""}
        )
    run(database, "INSERT INTO tag (name) VALUES ('a')")
    database.undo()
    with database.read() as connection:
        assert connection.execute(schema.citation_key_given.select()).all() == [("k", "u", "")]
    assert database.undo() is None


def test_a_great_insert_is_one_line(database: Database) -> None:
    with database.write("Import") as connection:
        for number in range(1, 500):
            add(connection, number, title=f"Title {number}")
        connection.exec_driver_sql("UPDATE entry SET rating = 3")
    assert _lines(database) == {"entry": 1}


def test_only_what_changed_of_a_row_is_logged(database: Database) -> None:
    with database.write("Add") as connection:
        add(connection, 1, abstract="long " * 1000)
    run(database, "UPDATE entry SET rating = 3")
    with database.read() as connection:
        sizes = (
            connection.exec_driver_sql("SELECT size FROM history_step ORDER BY id").scalars().all()
        )
    assert all(size < 500 for size in sizes)


def test_old_steps_are_dropped_by_number(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "KEPT_STEPS", 3)
    for number in range(6):
        run(database, f"INSERT INTO tag (name) VALUES ('{number}')", label=str(number))
    assert [step.label for step in database.steps()] == ["5", "4", "3"]
    assert _lines(database) == {"tag": 3}
    while database.undo():
        pass
    assert len(contents(database)["tag"]) == 3


def test_old_steps_are_dropped_by_size_but_never_the_newest(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "KEPT_BYTES", 10_000)
    with database.write("Add") as connection:
        add(connection, 1, abstract="long " * 4000)
        add(connection, 2)
    run(database, "DELETE FROM entry WHERE id = 2", label="Small")
    assert [step.label for step in database.steps()] == ["Small", "Add"]
    run(database, "DELETE FROM entry WHERE id = 1", label="Great")
    assert [step.label for step in database.steps()] == ["Great"]
    database.undo()
    assert len(contents(database)["entry"]) == 1


def test_the_id_of_a_row_never_changes(database: Database) -> None:
    with database.write("Fill") as connection:
        fill(connection)
    with pytest.raises(DBAPIError, match="never changes"):
        run(database, "UPDATE tag SET id = 50 WHERE id = 1")


def test_an_undo_that_cannot_be_changes_nothing(database: Database) -> None:
    with database.write("Add") as connection:
        add(connection, 1)
        connection.exec_driver_sql("INSERT INTO tag (id, name) VALUES (1, 'a')")
        connection.exec_driver_sql("INSERT INTO entry_tag (entry, tag) VALUES (1, 1)")
    run(database, "DELETE FROM entry_tag", label="Remove")
    with database.write("Unlogged", undoable=False) as connection:
        connection.exec_driver_sql("DELETE FROM entry")
    before = contents(database)
    with pytest.raises(RefmanError, match="stands in the way"):
        database.undo()
    assert contents(database) == before
    run(database, "INSERT INTO tag (name) VALUES ('usable')")


TEXTS = st.sampled_from(ODD_TEXTS) | st.text(max_size=20)
SMALL = st.integers(1, 8)
VALUES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "entry": {"title": TEXTS, "abstract": TEXTS, "citation_key": TEXTS, "rating": SMALL,
              "rank": st.none() | st.sampled_from(ODD_NUMBERS), "trashed": st.none() | TEXTS},
    "creator": {"entry": SMALL, "position": SMALL, "family": TEXTS},
    "entry_field": {"entry": SMALL, "name": TEXTS, "value": TEXTS},
    "tag": {"name": TEXTS, "position": st.none() | SMALL},
    "entry_tag": {"entry": SMALL, "tag": SMALL},
    "collection": {"parent": st.none() | SMALL, "name": TEXTS},
    "collection_entry": {"collection": SMALL, "entry": SMALL},
    "annotation": {"entry": SMALL, "kind": TEXTS, "comment": TEXTS, "quote": TEXTS},
    "listing": {"format": TEXTS, "source": st.sampled_from(ODD_BYTES), "source_sha256": TEXTS},
    "sighting": {"listing": SMALL, "entry": st.none() | SMALL, "position": SMALL, "line": SMALL,
                 "raw_hash": SMALL, "outcome": TEXTS},
}  # fmt: skip


def _text(value: object) -> object:
    """Lone surrogates are no text that can be stored."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, str, dict[str, Any], int]:
    """An insert (with an id or without), update or delete of a row, or of all."""
    name = draw(st.sampled_from(sorted(VALUES)))
    kind = draw(st.sampled_from(["insert", "insert", "update", "update all", "delete"]))
    columns = VALUES[name]
    wanted = (
        sorted(columns)
        if kind == "insert"
        else draw(st.lists(st.sampled_from(sorted(columns)), min_size=1, max_size=2, unique=True))
    )
    values = {column: _text(draw(columns[column])) for column in wanted}
    return kind, name, values, draw(st.integers(0, 9))


class Editing(RuleBasedStateMachine):
    """Random changes, undone and redone at any time; `states` is what undo must come back to."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.database = Database.open(self.folder / "l.refman", create=True)
        self.states = [contents(self.database)]
        self.place = 0
        self.uuids = 0

    @rule(steps=st.lists(changes(), min_size=1, max_size=8), fails=st.booleans())
    def change(self, steps: list[tuple[str, str, dict[str, Any], int]], fails: bool) -> None:
        newest = self.database.steps()[:1]
        try:
            with self.database.write("Change") as connection:
                for kind, name, values, number in steps:
                    self._change(connection, kind, schema.metadata.tables[name], values, number)
                if fails and len(steps) > 6:
                    raise ZeroDivisionError
        except (DBAPIError, ZeroDivisionError):
            assert contents(self.database) == self.states[self.place]
            return
        if self.database.steps()[:1] == newest:
            assert contents(self.database) == self.states[self.place]
        else:
            self.states[self.place + 1 :] = [contents(self.database)]
            self.place += 1

    def _change(
        self, connection: Any, kind: str, table: Any, values: dict[str, Any], number: int
    ) -> None:
        if kind == "insert":
            if table.name == "entry":
                self.uuids += 1
                values = {**values, "uuid": str(self.uuids)}
            connection.execute(table.insert(), {**values, **({"id": number} if number else {})})
        elif kind == "delete":
            connection.execute(table.delete().where(table.c.id == number))
        elif kind == "update":
            connection.execute(table.update().where(table.c.id == number).values(values))
        else:
            connection.execute(table.update().values(values))

    @precondition(lambda self: self.place > 0)
    @rule()
    def undo(self) -> None:
        assert self.database.undo()
        self.place -= 1
        assert contents(self.database) == self.states[self.place]

    @precondition(lambda self: self.place < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        assert self.database.redo()
        self.place += 1
        assert contents(self.database) == self.states[self.place]

    @rule()
    def reopen(self) -> None:
        self.database.close()
        self.database = Database.open(self.folder / "l.refman")

    def teardown(self) -> None:
        if not hasattr(self, "database"):
            return
        try:
            while self.place > 0:
                self.undo()
            assert self.database.undo() is None
            assert self.database.check() == []
            while self.place < len(self.states) - 1:
                self.redo()
            assert self.database.redo() is None
            assert self.database.check() == []
        finally:
            self.database.close()
            shutil.rmtree(self.folder)


Editing.TestCase.settings = settings(
    max_examples=25, stateful_step_count=15, deadline=None, print_blob=True
)
TestEditing = Editing.TestCase
