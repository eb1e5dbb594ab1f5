"""Triggers note the papers that the next look for duplicates has to compare again."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Delete, Insert, Table, Update, insert, select

from refman.db import schema
from refman.db.database import Database
from refman.db.schema import KEPT_APART
from tests.db.filling import add, row

Statement = Insert | Update | Delete

COMPARED = (
    "entry_type", "title", "names", "creators_text", "creators_truncated", "abstract", "date",
    "venue",
)  # fmt: skip
FIELDS = ("volume", "number", "pages", "edition", "journaltitle", "booktitle")
# Below a paper, and nothing that is compared.
SILENT = [
    schema.entry_tex,
    schema.entry_key,
    schema.entry_alias,
    schema.entry_edit,
    schema.entry_tag,
    schema.annotation,
    schema.attachment,
    schema.collection_entry,
    schema.sighting,
]
entry, pairs = schema.entry, schema.duplicate


def noted(connection: Connection) -> list[int]:
    """The papers that are noted; then all is as if a scan had looked at them."""
    of = schema.duplicate_unscanned.c.entry
    found = list(connection.scalars(select(of).order_by(of)))
    connection.execute(schema.duplicate_unscanned.delete())
    return found


def fill(connection: Connection) -> None:
    """Four papers, 1 and 2 with whatever rows below a paper need."""
    for number in (1, 2, 3, 4):
        add(connection, number)
    for number in (1, 2):
        for table in (schema.tag, schema.collection, schema.listing):
            values = {"parent": None} if table is schema.collection else {}
            connection.execute(insert(table).values({**row(table, number), **values}))
    noted(connection)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.write("Fill") as connection:
        fill(connection)
        yield connection


def test_a_new_paper(connection: Connection) -> None:
    add(connection, 7)
    assert noted(connection) == [7]


@pytest.mark.parametrize("name", COMPARED)
def test_what_is_compared(connection: Connection, name: str) -> None:
    change = entry.update().where(entry.c.id == 2).values({name: "7"})
    connection.execute(change)
    assert noted(connection) == [2]
    connection.execute(change)  # the same again
    assert noted(connection) == []


def test_a_letter_s_case_is_compared(connection: Connection) -> None:
    for title, expected in (("Sheep", [1]), ("sheep", [1]), ("sheep", [])):
        connection.execute(entry.update().where(entry.c.id == 1).values(title=title))
        assert (title, noted(connection)) == (title, expected)


def test_what_is_not_compared(connection: Connection) -> None:
    columns = {column.name for column in entry.columns} - {"id", "uuid", *COMPARED}
    assert {"status", "rating", "trashed", "citation_key", "modified"} <= columns
    values = {name: value for name, value in row(entry, 9).items() if name in columns}
    connection.execute(entry.update().where(entry.c.id == 1).values(values))
    assert noted(connection) == []


def changes(table: Table, values: dict[str, object], other: str) -> list[Statement]:
    """A row that comes, has another value, and goes."""
    return [insert(table).values(values), table.update().values(value=other), table.delete()]


@pytest.mark.parametrize("name", FIELDS)
def test_fields_that_are_compared(connection: Connection, name: str) -> None:
    values: dict[str, object] = {"entry": 2, "name": name, "value": "1"}
    for statement in changes(schema.entry_field, values, "2"):
        connection.execute(statement)
        assert noted(connection) == [2]


@pytest.mark.parametrize("name", ["note", "doi", "url", "publisher", "Volume"])
def test_other_fields(connection: Connection, name: str) -> None:
    values: dict[str, object] = {"entry": 2, "name": name, "value": "1"}
    for statement in changes(schema.entry_field, values, "2"):
        connection.execute(statement)
        assert noted(connection) == []


def test_identifiers(connection: Connection) -> None:
    values: dict[str, object] = {"entry": 2, "scheme": "doi", "value": "10.1000/1"}
    for statement in changes(schema.entry_identifier, values, "10.1000/2"):
        connection.execute(statement)
        assert noted(connection) == [2]


@pytest.mark.parametrize("table", SILENT, ids=str)
def test_what_else_belongs_to_a_paper(connection: Connection, table: Table) -> None:
    connection.execute(insert(table).values(row(table, 1)))
    connection.execute(table.update().values(entry=2))
    connection.execute(table.delete())
    assert noted(connection) == []


def test_what_a_person_keeps_apart(connection: Connection) -> None:
    table = schema.entry_distinct
    connection.execute(insert(table).values(first=2, second=4))
    assert noted(connection) == [2, 4]
    connection.execute(table.delete())
    assert noted(connection) == [2, 4]


def test_what_words_keep_apart(connection: Connection) -> None:
    """Every pair of which a person said so, by whatever words, and none that merely is found."""
    for first, second, tier in ((1, 2, 3), (1, 3, KEPT_APART), (1, 4, 0)):
        connection.execute(insert(pairs).values(first=first, second=second, tier=tier))
    table = schema.distinct_record
    connection.execute(insert(table).values(first=-5, second=70))
    assert noted(connection) == []
    connection.execute(table.delete())
    assert noted(connection) == [1, 3]


def test_asking_for_those_reads_no_other_pair(connection: Connection) -> None:
    plan = connection.exec_driver_sql(
        f"EXPLAIN QUERY PLAN SELECT first FROM duplicate WHERE tier = {KEPT_APART}"
    ).scalars(3)
    assert "duplicate_kept_apart" in " ".join(plan)


def test_what_was_found_of_a_paper_goes_with_it(connection: Connection) -> None:
    for first, second in ((1, 2), (2, 3), (3, 4)):
        connection.execute(insert(pairs).values(first=first, second=second, tier=3))
    connection.execute(insert(schema.entry_distinct).values(first=2, second=4))
    values = {"entry": 2, "scheme": "doi", "value": "10.1000/1"}
    connection.execute(insert(schema.entry_identifier).values(values))
    noted(connection)
    connection.execute(entry.update().where(entry.c.id == 2).values(title="changed"))
    connection.execute(entry.delete().where(entry.c.id == 2))
    assert noted(connection) == [4]  # of whom nobody says any more that it is not 2
    left = connection.execute(select(pairs.c.first, pairs.c.second)).all()
    assert [tuple(pair) for pair in left] == [(3, 4)]


def test_undoing_and_doing_again_are_changes(database: Database) -> None:
    def look(database: Database) -> list[int]:
        with database.write("Look", undoable=False) as connection:
            return noted(connection)

    with database.write("Fill") as connection:
        fill(connection)
    with database.write("Edit") as connection:
        connection.execute(entry.update().where(entry.c.id == 1).values(title="Sheep"))
        values = {"entry": 2, "name": "volume", "value": "1"}
        connection.execute(insert(schema.entry_field).values(values))
        connection.execute(insert(schema.entry_distinct).values(first=3, second=4))
    assert look(database) == [1, 2, 3, 4]
    for move in (database.undo, database.redo):
        move()
        assert look(database) == [1, 2, 3, 4]
    with database.write("Delete") as connection:
        connection.execute(entry.delete().where(entry.c.id == 2))
    assert look(database) == []
    database.undo()
    assert look(database) == [2]
    database.redo()
    assert look(database) == []
    for _step in range(3):
        database.undo()
    assert look(database) == []
    database.redo()
    assert look(database) == [1, 2, 3, 4]
