"""Triggers note the papers whose text in a kept export may be another one."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Table, select

from refman.db import schema
from refman.db.database import Database
from tests.db.filling import add, row

BELOW = [
    schema.entry_field,
    schema.entry_tex,
    schema.entry_key,
    schema.entry_alias,
    schema.creator,
    schema.entry_tag,
    schema.annotation,
    schema.attachment,
    schema.collection_entry,
]
# What is in a file only in the field in which it came with one, and columns that tell nothing.
IN_FIELDS = {"attachment": ("file", "bdsk-url-1"), "collection_entry": ("groups",)}
SILENT = {
    "attachment": ("sha256", "added", "listing"),
    "annotation": ("colour", "modified", "listing"),
    "collection_entry": ("listing",),
    "entry_tag": ("origin", "listing"),
    "entry_key": ("listing",),
}
TEXTS = (
    "citation_key",
    "title",
    "abstract",
    "date",
    "entry_type",
    "creators_truncated",
    "uuid",
)
TELLING = {"name", "tex", "key", "uuid", "given", "tag", "comment", "url", "collection"}


def stale(connection: Connection) -> list[tuple[int, int]]:
    """Export and entry; then all is as if the exports had been written."""
    st = schema.export_stale.c
    found = connection.execute(select(st.export, st.entry).order_by(st.export, st.entry)).all()
    connection.execute(schema.export_stale.delete())
    return [(export, entry) for export, entry in found]


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """Two papers with a tag, and three exports of which 1 and 3 are kept."""
    with database.write("Fill") as connection:
        for number in (1, 2):
            add(connection, number)
            connection.execute(schema.tag.insert().values(id=number, name=f"tag {number}"))
            connection.execute(schema.collection.insert().values(id=number, name=str(number)))
        connection.execute(schema.listing.insert().values(row(schema.listing, 1)))
        for number in (1, 2, 3):
            values = {"id": number, "name": str(number), "kept": number % 2}
            connection.execute(schema.export.insert().values(values))
        yield connection


def came_with(connection: Connection, entry: int, field: str) -> None:
    """That a paper has such a field in the file that it came with."""
    values = {"entry": entry, "field": field, "tex": "x"}
    connection.execute(schema.entry_tex.insert().values(values))
    stale(connection)


def statements(table: Table) -> list[tuple[Any, list[int]]]:
    """All that can happen to a row of a paper, and the papers that have another text then."""
    told = next(each for each in table.columns if each.name in TELLING)
    other = {**row(table, 2), "listing": None}
    silent = {name: other[name] for name in SILENT.get(table.name, ())}
    found = [
        (table.insert().values({**row(table, 1), "entry": 2}), [2]),
        (table.update().values({told.name: other[told.name]}), [2]),
        (table.update().values(entry=1), [1, 2]),
        (table.delete(), [1]),
    ]
    if silent:
        found.insert(1, (table.update().values(silent), []))
    return found


@pytest.mark.parametrize("table", BELOW, ids=str)
def test_rows_below_a_paper(connection: Connection, table: Table) -> None:
    for field in IN_FIELDS.get(table.name, ("",)):
        for entry in (1, 2) if field else ():
            came_with(connection, entry, field)
        for statement, papers in statements(table):
            connection.execute(statement)
            assert stale(connection) == [(export, i) for export in (1, 3) for i in papers]
        connection.execute(schema.entry_tex.delete())
        stale(connection)


@pytest.mark.parametrize("table", [t for t in BELOW if t.name in IN_FIELDS], ids=str)
def test_what_no_text_has(connection: Connection, table: Table) -> None:
    """Of papers that came without such a field."""
    others = {"readstatus", "rating", "title", "groups", "file"} - {*IN_FIELDS[table.name]}
    for field in sorted(others):
        came_with(connection, 1, field)
        came_with(connection, 2, field)
    for statement, _papers in statements(table):
        connection.execute(statement)
        assert stale(connection) == []


@pytest.mark.parametrize(
    ("column", "fields"),
    [("status", ("readstatus", "read")), ("rating", ("ranking", "rating"))],
)
def test_what_the_user_says_of_a_paper(
    connection: Connection, column: str, fields: tuple[str, ...]
) -> None:
    entry = schema.entry
    for number, field in enumerate((*fields, "groups", "file", "title", None)):
        connection.execute(schema.entry_tex.delete())
        if field:
            came_with(connection, 2, field)
        stale(connection)
        connection.execute(entry.update().values({column: str(number + 1)}))
        assert (field, stale(connection)) == (field, [(1, 2), (3, 2)] if field in fields else [])
        connection.execute(entry.update().values({column: str(number + 1)}))
        assert stale(connection) == []


def test_a_paper(connection: Connection) -> None:
    entry = schema.entry
    for name in TEXTS:
        connection.execute(entry.update().where(entry.c.id == 1).values({name: "7"}))
        assert (name, stale(connection)) == (name, [(1, 1), (3, 1)])
        connection.execute(entry.update().where(entry.c.id == 1).values({name: "7"}))
        assert (name, stale(connection)) == (name, [])
    connection.execute(entry.update().values(rank=5, attention="look", modified="now"))
    assert stale(connection) == []
    connection.execute(entry.delete().where(entry.c.id == 2))
    assert stale(connection) == [(1, 2), (3, 2)]


def test_the_name_of_a_collection(connection: Connection) -> None:
    collection = schema.collection
    for entry in (1, 2):
        connection.execute(schema.collection_entry.insert().values(collection=entry, entry=2))
    for number in (2, 3):  # in no collection
        if number == 3:
            add(connection, number)
        came_with(connection, number, "groups")
    connection.execute(schema.collection_entry.insert().values(collection=1, entry=1))
    stale(connection)
    connection.execute(collection.update().values(position=3))
    assert stale(connection) == []
    connection.execute(collection.update().values(name="THESIS"))
    assert stale(connection) == [(1, 2), (3, 2)]


def test_the_name_of_a_tag(connection: Connection) -> None:
    connection.execute(schema.entry_tag.insert().values(entry=2, tag=1))
    stale(connection)
    tag = schema.tag
    connection.execute(tag.update().values(colour="#ff0000"))
    assert stale(connection) == []
    connection.execute(tag.update().where(tag.c.id == 1).values(name="TAG 1"))
    assert stale(connection) == [(1, 2), (3, 2)]
    connection.execute(tag.delete().where(tag.c.id == 1))  # and with it from the paper
    assert stale(connection) == [(1, 2), (3, 2)]


def test_changes_are_counted(connection: Connection) -> None:
    for title in ("one", "two", "three"):
        connection.execute(schema.entry.update().values(title=title))
    found = connection.execute(select(schema.export_stale.c.changes)).scalars().all()
    assert found == [3] * 4


def test_an_export_that_is_kept_no_more(connection: Connection) -> None:
    connection.execute(schema.export_state.insert().values(export=1, layout="[]", sha256="x"))
    connection.execute(schema.entry.update().values(title="x"))
    export, of = schema.export, schema.export_state.c
    connection.execute(export.update().where(export.c.id == 1).values(kept=0))
    assert stale(connection) == [(3, 1), (3, 2)]
    state = connection.execute(select(of.layout, of.sha256)).one()
    assert tuple(state) == ("", "x")  # whose file it is stays known
    connection.execute(schema.entry.update().values(title="y"))
    connection.execute(export.delete())
    assert stale(connection) == []
    assert connection.execute(select(of.export)).all() == []
    connection.execute(schema.entry.update().values(title="z"))
    assert stale(connection) == []
