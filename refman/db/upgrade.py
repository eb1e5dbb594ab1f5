"""Bringing a library of an older version up to date, through Alembic.

The number of a version is the name of its revision: version 2 is `migrations/versions/0002_*`.
"""

import re
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Inspector, Table, Text, create_engine, event
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.pool import NullPool

from refman.db import connection as files
from refman.db import layout, schema, search_index
from refman.errors import ReadError
from refman.i18n import _

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(path: Path, *, keep: bool = True) -> None:
    """Migrate the library at `path` in one transaction; `keep` a copy of the old file beside it.

    The undo log, which speaks of the old tables, is emptied. Raises ReadError and
    sqlite3.Error; whatever is raised, the file is as it was, and there is no copy.
    """
    place = files.Place(path, "mode=rw")
    # Alembic remakes tables on SQLite by dropping them, which would empty those that refer to
    # them. The switch has no effect inside a transaction.
    place.pragmas += ("PRAGMA foreign_keys = OFF",)
    engine = create_engine("sqlite://", creator=place.connect, poolclass=NullPool)
    event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    copy = files.free_name(path, "before-upgrade")
    try:
        with engine.begin() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if version == schema.SCHEMA_VERSION:
                return  # another program was quicker
            if keep:
                with closing(place.connect()) as reader:  # nobody else can write meanwhile
                    files.copy(reader, copy)
            _migrate(connection, version)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise ReadError(
                    _(
                        "{path} is of an older version and could not be brought up to date, "
                        "because it is damaged. It is as it was. Restore it from a backup."
                    ).format(path=path)
                )
    except BaseException:
        copy.unlink(missing_ok=True)
        raise


def _migrate(connection: Connection, version: int) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    layout.drop_derived(connection)
    event.listen(Table, "column_reflect", _keep_collation)
    try:
        command.stamp(config, f"{version:04}")
        command.upgrade(config, f"{schema.SCHEMA_VERSION:04}")
    finally:
        event.remove(Table, "column_reflect", _keep_collation)
    connection.exec_driver_sql("DROP TABLE alembic_version")
    layout.create_derived(connection)
    search_index.rebuild(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")


def _keep_collation(inspector: Inspector, table: Table, column: ReflectedColumn) -> None:
    """Where Alembic remakes a table as SQLAlchemy reads it, COLLATE would be lost."""
    assert isinstance(inspector.bind, Connection)
    sql = inspector.bind.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table.name,)
    ).scalar_one()
    name = re.escape(column["name"])
    found = re.search(rf'[(,\s]"?{name}"? TEXT[^,]*? COLLATE "?(\w+)', sql)
    if found:
        column["type"] = Text(collation=found[1])
