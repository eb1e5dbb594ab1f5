"""Everything that a library file consists of, made in one transaction."""

from sqlalchemy import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from refman.db import duplicate_marks, history, schema, search_index, stale_exports


def create(connection: Connection) -> None:
    """Make an empty library of an empty file. In a transaction, which the caller commits."""
    for table in schema.metadata.sorted_tables:
        connection.execute(CreateTable(table))
    create_derived(connection)
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")


def create_derived(connection: Connection) -> None:
    """Make what follows from the tables: indexes, history, full-text search, triggers."""
    for table in schema.metadata.sorted_tables:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
    history.create(connection)
    search_index.create(connection)
    stale_exports.create(connection)
    duplicate_marks.create(connection)


def drop_derived(connection: Connection) -> None:
    """Remove what `create_derived` makes, whichever version made it; the undo log is lost."""
    names = connection.exec_driver_sql(
        "SELECT type, name FROM sqlite_master WHERE type = 'trigger' "
        "OR type = 'index' AND sql IS NOT NULL OR type = 'table' AND (name GLOB 'history_*' "
        "OR name = 'search_pending' OR sql LIKE 'CREATE VIRTUAL TABLE%')"
    ).all()
    for kind, name in names:
        connection.exec_driver_sql(f'DROP {kind} IF EXISTS "{name}"')
