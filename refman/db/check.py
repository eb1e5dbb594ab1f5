"""Whether a library is sound: the file, the references, the structure, the search indexes."""

import re
import sqlite3

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DatabaseError

from refman.db import connection as files
from refman.db import layout, search_index
from refman.i18n import _

_MOST = 20  # complaints of one kind


def damage(connection: Connection) -> list[str]:
    """What is wrong with the file itself, a sentence each. On a reading connection."""
    try:
        said = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})").scalars().all()
    except DatabaseError as error:
        if files.primary(error) != sqlite3.SQLITE_CORRUPT:
            raise
        said = [str(error.orig)]
    return [
        _("The file is damaged: {detail}.").format(detail=each) for each in said if each != "ok"
    ]


def problems(connection: Connection, *, writable: bool) -> list[str]:
    """What is wrong in an undamaged library, a sentence each; [] when it is sound.

    In a transaction. Where it is `writable`, the search indexes are compared with the tables
    too, and made anew if they differ.
    """
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(_MOST)
    found = [
        _("Row {row} of {table} belongs to a row of {parent} that is not there.").format(
            row=row, table=table, parent=parent
        )
        for table, row, parent, _number in dangling
    ]
    found += [
        _("{name} is not as refman makes it.").format(name=f"{kind} {name}")
        for kind, name in sorted(_differences(connection))
    ]
    if not found and writable and not _search_fits(connection):
        search_index.rebuild(connection)
        found.append(_("The search index did not fit the papers; it was made anew."))
    return found


def _search_fits(connection: Connection) -> bool:
    for index in ("entry_text", "annotation_text"):
        try:
            connection.exec_driver_sql(
                f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"
            )
        except DatabaseError as error:
            if files.primary(error) != sqlite3.SQLITE_CORRUPT:
                raise
            return False
    (stale,) = connection.exec_driver_sql(
        "SELECT EXISTS (SELECT 1 FROM search_pending) OR EXISTS "
        "(SELECT 1 FROM abstract_fingerprint WHERE entry NOT IN (SELECT id FROM entry))"
    ).one()
    return not stale


def _differences(connection: Connection) -> set[tuple[str, str]]:
    engine = create_engine("sqlite://")
    with engine.begin() as fresh:
        layout.create(fresh)
        wanted = structure(fresh)
    engine.dispose()
    found = structure(connection)
    return {key for key in wanted.keys() | found.keys() if wanted.get(key) != found.get(key)}


def structure(connection: Connection) -> dict[tuple[str, str], object]:
    """Tables, indexes and triggers, by kind and name, whichever way they were made."""
    objects = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_*'"
    ).all()
    found: dict[tuple[str, str], object] = {}
    for kind, name, sql in objects:
        if kind == "table" and not sql.upper().startswith("CREATE VIRTUAL"):
            found[kind, name] = _table(connection, name)
        elif kind == "index":
            found[kind, name] = _index(connection, name)
        else:
            found[kind, name] = re.sub(r"\s+", " ", sql)
    return found


def _table(connection: Connection, name: str) -> object:
    columns = connection.exec_driver_sql(f'PRAGMA table_xinfo("{name}")').all()
    keys = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{name}")').all()
    indexes = connection.exec_driver_sql(f'PRAGMA index_list("{name}")').all()
    return (
        sorted(tuple(column)[1:] for column in columns),
        sorted(tuple(key)[2:] for key in keys),
        # Those of UNIQUE and PRIMARY KEY, whose names are numbered.
        sorted(
            (index.unique, _index(connection, index.name))
            for index in indexes
            if index.origin != "c"
        ),
    )


def _index(connection: Connection, name: str) -> list[tuple[object, ...]]:
    columns = connection.exec_driver_sql(f'PRAGMA index_xinfo("{name}")').all()
    return [(column.name, column.desc, column.coll) for column in columns if column.key]
