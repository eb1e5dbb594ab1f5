"""Everything that a library file consists of, made in one transaction."""

from sqlalchemy import Connection

from refman.db import history, schema, search_index


def create(connection: Connection) -> None:
    """Make an empty library of an empty file. In a transaction, which the caller commits."""
    schema.metadata.create_all(connection, checkfirst=False)
    create_derived(connection)
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")


def create_derived(connection: Connection) -> None:
    """Make what follows from the tables: the history and the search indexes, with triggers."""
    history.create(connection)
    search_index.create(connection)


def drop_derived(connection: Connection) -> None:
    """Remove what `create_derived` makes, whichever version made it; the undo log is lost."""
    names = connection.exec_driver_sql(
        "SELECT type, name FROM sqlite_master WHERE type = 'trigger' OR type = 'table' AND ("
        "name GLOB 'history_*' OR name = 'search_pending' OR sql LIKE 'CREATE VIRTUAL TABLE%')"
    ).all()
    for kind, name in names:
        connection.exec_driver_sql(f'DROP {kind} IF EXISTS "{name}"')
