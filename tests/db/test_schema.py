"""No table is forgotten by the history."""

from refman.db import schema
from refman.db.database import Database


def test_every_table_is_undoable_or_says_why_not(database: Database) -> None:
    with database.read() as connection:
        names = set(
            connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
            ).scalars()
        )
    indexes = ("entry_text", "annotation_text")
    shadows = {
        f"{index}_{part}" for index in indexes for part in ("config", "data", "docsize", "idx")
    }
    undoable = {table.name for table in schema.UNDOABLE}
    assert undoable | schema.NOT_UNDOABLE.keys() == names - shadows
    assert undoable & schema.NOT_UNDOABLE.keys() == set()
    assert set(schema.metadata.tables) <= undoable | schema.NOT_UNDOABLE.keys()


def test_rows_of_undoable_tables_have_an_id() -> None:
    assert [
        table.name for table in schema.UNDOABLE if list(table.primary_key) != [table.c.id]
    ] == []
