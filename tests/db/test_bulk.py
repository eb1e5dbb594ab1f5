"""Many rows go past Core, and end up where Core would have put them."""

import pytest
from sqlalchemy import select

from refman.db import schema
from refman.db.bulk import AMONG, delete_rows, insert_rows, rows_among, update_rows, write_blob
from refman.db.database import Database
from tests.db.filling import add

_i = schema.entry_identifier.c
_DOIS = select(_i.value, _i.entry).where(_i.scheme == "doi", _i.value.in_(AMONG))


def filled(database: Database, count: int) -> None:
    with database.write("Fill") as connection:
        add(connection, 1, title="One")
        insert_rows(
            connection,
            schema.entry_identifier,
            ("entry", "scheme", "value"),
            [(1, "doi" if i % 2 else "pmid", str(i)) for i in range(count)],
        )


@pytest.mark.parametrize("asked", [0, 1, 2, 10, 11, 100, 899, 900, 901, 1801])
def test_rows_among_are_found_once_each(database: Database, asked: int) -> None:
    filled(database, 2000)
    with database.read() as connection:
        found = list(rows_among(connection, _DOIS, [str(i) for i in range(asked)]))
    assert sorted(found) == sorted((str(i), 1) for i in range(1, asked, 2))


def test_columns_that_are_left_out_have_their_defaults(database: Database) -> None:
    with database.write("Fill") as connection:
        insert_rows(connection, schema.tag, ("name",), [("wool",)])
        insert_rows(connection, schema.tag, ("name",), [])
    with database.read() as connection:
        assert connection.execute(select(schema.tag)).all() == [(1, "wool", "", None)]
    database.undo()
    with database.read() as connection:
        assert connection.execute(select(schema.tag)).all() == []


def test_columns_out_of_order_are_refused(database: Database) -> None:
    with database.write("Fill") as connection:
        for change in (insert_rows, update_rows):
            with pytest.raises(ValueError, match="not in the order of tag"):
                change(connection, schema.tag, ("colour", "name"), [("", "", 1)])


def test_updating_and_deleting(database: Database) -> None:
    filled(database, 10)
    with database.write("Change") as connection:
        update_rows(connection, schema.entry_identifier, ("scheme", "value"), [("arxiv", "x", 1)])
        delete_rows(connection, _i.value, [str(i) for i in range(1, 9)])
        delete_rows(connection, _i.value, [])
        update_rows(connection, schema.entry_identifier, ("value",), [])
    with database.read() as connection:
        found = connection.execute(select(_i.id, _i.scheme, _i.value)).all()
    assert found == [(1, "arxiv", "x"), (10, "doi", "9")]


def test_a_blob_in_pieces(database: Database) -> None:
    with database.write("Fill") as connection:
        connection.execute(
            schema.listing.insert().values(id=1, format="x", source=b"", source_sha256="")
        )
        write_blob(connection, schema.listing.c.source, 1, 6, [b"ab", b"", b"cdef"])
    with database.read() as connection:
        assert connection.scalar(select(schema.listing.c.source)) == b"abcdef"
    database.undo()
    database.redo()
    with database.read() as connection:
        assert connection.scalar(select(schema.listing.c.source)) == b"abcdef"
