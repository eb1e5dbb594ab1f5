"""Full-text indexes of a library (SQLite's FTS5), kept up with every change.

`entry_text` has the columns title, names, venue, abstract and citation_key, `annotation_text`
comment and quote; their row ids are those of `entry` and `annotation`, where the texts are
read (external content: https://www.sqlite.org/fts5.html#external_content_tables). Accents and
case make no difference.

A trigger takes an entry out of the index at its first change in a transaction, while its old
text is known, and notes it in `search_pending`; `refresh` indexes what was noted in one go
before the commit. Where most of the library changes (`expect`), the index is made anew instead.
"""

import sqlite3
from collections.abc import Callable, Iterable
from typing import cast

from sqlalchemy import Connection

from refman.model import text

ENTRY_COLUMNS = ("title", "names", "venue", "abstract", "citation_key")
# In search_pending: make the index anew, take nothing out of it before. The numbers below it count
# what was indexed in the midst of the transaction.
_ALL = -1
_FEW = 1000  # entries; below it nobody counts how many there are
_PAGES = 500  # of the index, that are merged at a time: some 20 milliseconds
_CHUNK = 900  # entries whose fingerprints are in memory at a time
# Prefix indexes for the first two letters typed, where answers are slow without; one for the
# third letter gains next to nothing and costs as much as the whole index.
_TOKENS = "tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2'"
_OPTIONS = {
    "hashsize": 32 * 1024 * 1024,  # bytes gathered in memory before a segment is written
    "automerge": 8,  # segments of a level before small changes begin to merge them, bit by bit
}


def create(connection: Connection) -> None:
    """Make the indexes and their triggers in a library that has none."""
    for statement in _statements():
        connection.exec_driver_sql(statement)


def _statements() -> Iterable[str]:
    columns = ", ".join(ENTRY_COLUMNS)
    yield "CREATE TABLE search_pending (id INTEGER PRIMARY KEY)"
    yield (
        f"CREATE VIRTUAL TABLE entry_text USING fts5 ({columns}, content = 'entry', "
        f"content_rowid = 'id', {_TOKENS})"
    )
    for option, value in _OPTIONS.items():
        yield f"INSERT INTO entry_text (entry_text, rank) VALUES ('{option}', {value})"
    note = "INSERT OR IGNORE INTO search_pending (id) VALUES ({}.id);"
    take_out = (
        f"INSERT INTO entry_text (entry_text, rowid, {columns}) SELECT 'delete', old.id, "
        f"{', '.join(f'old.{name}' for name in ENTRY_COLUMNS)} WHERE NOT EXISTS "
        f"(SELECT 1 FROM search_pending WHERE id IN (old.id, {_ALL}));"
    )
    changed = " OR ".join(f"old.{name} COLLATE BINARY IS NOT new.{name}" for name in ENTRY_COLUMNS)
    forget = "DELETE FROM abstract_fingerprint WHERE entry = new.id;"
    yield (
        "CREATE TRIGGER search_insert AFTER INSERT ON entry "
        f"BEGIN {forget} {note.format('new')} END"
    )
    yield (
        f"CREATE TRIGGER search_update AFTER UPDATE OF {columns} ON entry WHEN {changed} "
        f"BEGIN {take_out} {note.format('new')} END"
    )
    yield (
        f"CREATE TRIGGER search_delete AFTER DELETE ON entry "
        f"BEGIN {take_out} {note.format('old')} END"
    )
    yield (
        "CREATE TRIGGER search_fingerprint AFTER UPDATE OF title, abstract ON entry "
        "WHEN old.title IS NOT new.title OR old.abstract IS NOT new.abstract "
        f"BEGIN {forget} END"
    )
    yield (
        "CREATE VIRTUAL TABLE annotation_text USING fts5 (comment, quote, "
        f"content = 'annotation', content_rowid = 'id', {_TOKENS})"
    )
    put_in = (
        "INSERT INTO annotation_text (rowid, comment, quote) "
        "VALUES (new.id, new.comment, new.quote);"
    )
    take_out = (
        "INSERT INTO annotation_text (annotation_text, rowid, comment, quote) "
        "VALUES ('delete', old.id, old.comment, old.quote);"
    )
    for event, when, body in (
        ("INSERT", "", put_in),
        ("UPDATE OF comment, quote", "", take_out + put_in),
        ("DELETE", "", take_out),
    ):
        name = event.split()[0].lower()
        yield (
            f"CREATE TRIGGER annotation_text_{name} AFTER {event} ON annotation {when}"
            f"BEGIN {body} END"
        )


def expect(connection: Connection, changes: int) -> None:
    """Say before a great change that about so many entries lose their text or get another one.

    In a transaction. Where it is most of the library, making the index anew at the end is
    quicker than taking the old texts out one by one.
    """
    if changes >= _FEW and _is_most(connection, changes):
        connection.exec_driver_sql("INSERT OR IGNORE INTO search_pending VALUES (?)", (_ALL,))


def catch_up(connection: Connection) -> None:
    """Index what was changed so far in this transaction, and count it for `refresh`.

    A great change that calls this now and then has little to wait for at its end.
    """
    pending, first = _pending(connection)
    if first == _ALL or not pending:
        return
    _forget_fingerprints(connection)
    _add_fingerprints(connection)
    columns = ", ".join(ENTRY_COLUMNS)
    connection.exec_driver_sql(
        f"INSERT INTO entry_text (rowid, {columns}) SELECT id, {columns} FROM entry "
        "WHERE id IN (SELECT id FROM search_pending WHERE id > 0) ORDER BY id"
    )
    done = _done(connection) + pending
    connection.exec_driver_sql("DELETE FROM search_pending")
    connection.exec_driver_sql("INSERT INTO search_pending (id) VALUES (?)", (_ALL - done,))


def refresh(connection: Connection, check: Callable[[], None] = lambda: None) -> None:
    """Bring the indexes and the fingerprints up to what was changed in this transaction.

    `check` is called now and then, and may raise.
    """
    check()
    pending, first = _pending(connection)
    if first == _ALL:
        _forget_fingerprints(connection)
        _add_fingerprints(connection)
        connection.exec_driver_sql("INSERT INTO entry_text (entry_text) VALUES ('rebuild')")
    else:
        catch_up(connection)
    changed = _done(connection)
    connection.exec_driver_sql("DELETE FROM search_pending")
    if max(pending, changed) >= _FEW and (first == _ALL or _is_most(connection, changed)):
        # Put the segments together now. FTS5 would do it in the middle of some small change
        # later, which would then take seconds; and it answers twice as fast.
        _merge(connection, check)


def _pending(connection: Connection) -> tuple[int, int | None]:
    """How many entries are to be indexed, and _ALL where that is all of them."""
    pending, least = connection.exec_driver_sql(
        f"SELECT count(*), min(id) FROM search_pending WHERE id >= {_ALL}"
    ).one()
    return pending, least


def _done(connection: Connection) -> int:
    """How many entries `catch_up` has indexed in this transaction."""
    noted = connection.exec_driver_sql(
        f"SELECT min(id) FROM search_pending WHERE id < {_ALL}"
    ).scalar()
    return _ALL - noted if noted else 0


def _merge(connection: Connection, check: Callable[[], None]) -> None:
    """Make one segment of all, as 'optimize' does, bit by bit."""
    raw = cast(sqlite3.Connection, connection.connection.dbapi_connection)
    pages = -_PAGES  # below zero it begins a merge of all
    while True:
        check()
        before = raw.total_changes
        connection.exec_driver_sql(
            "INSERT INTO entry_text (entry_text, rank) VALUES ('merge', ?)", (pages,)
        )
        if raw.total_changes - before < 2:  # https://www.sqlite.org/fts5.html#the_merge_command
            break
        pages = _PAGES


def _is_most(connection: Connection, entries: int) -> bool:
    (all_entries,) = connection.exec_driver_sql("SELECT count(*) FROM entry").one()
    return 2 * entries > int(all_entries)


def rebuild(connection: Connection) -> None:
    """Make the indexes and the fingerprints anew, from the tables."""
    connection.exec_driver_sql("DELETE FROM abstract_fingerprint")
    connection.exec_driver_sql("INSERT OR IGNORE INTO search_pending SELECT id FROM entry")
    connection.exec_driver_sql("INSERT OR IGNORE INTO search_pending (id) VALUES (?)", (_ALL,))
    connection.exec_driver_sql("INSERT INTO annotation_text (annotation_text) VALUES ('rebuild')")
    refresh(connection)


def _forget_fingerprints(connection: Connection) -> None:
    """Remove those of entries that are gone; where most are, by keeping the others."""
    is_gone = "NOT EXISTS (SELECT 1 FROM entry WHERE id = pending.id)"
    (gone,) = connection.exec_driver_sql(
        f"SELECT count(*) FROM search_pending AS pending WHERE id > 0 AND {is_gone}"
    ).one()
    if gone < _FEW or not _is_most(connection, gone // 2):
        connection.exec_driver_sql(
            "DELETE FROM abstract_fingerprint WHERE entry IN "
            f"(SELECT id FROM search_pending AS pending WHERE {is_gone})"
        )
        return
    connection.exec_driver_sql(
        "CREATE TEMP TABLE kept AS SELECT hash, entry FROM abstract_fingerprint "
        "WHERE entry IN (SELECT id FROM entry) ORDER BY hash, entry"
    )
    connection.exec_driver_sql("DELETE FROM abstract_fingerprint")
    connection.exec_driver_sql("INSERT INTO abstract_fingerprint SELECT hash, entry FROM kept")
    connection.exec_driver_sql("DROP TABLE temp.kept")


def _add_fingerprints(connection: Connection) -> None:
    """Reckon those that are not there.

    A change of a title or an abstract has removed its own, and an import may have stored, in
    this transaction, what it reckoned itself.
    """
    ids = (
        connection.exec_driver_sql(
            "SELECT id FROM search_pending AS pending WHERE id > 0 AND NOT EXISTS "
            "(SELECT 1 FROM abstract_fingerprint WHERE entry = pending.id) ORDER BY id"
        )
        .scalars()
        .all()
    )
    for start in range(0, len(ids), _CHUNK):
        chunk = set(ids[start : start + _CHUNK])
        texts = connection.exec_driver_sql(
            "SELECT id, title, abstract FROM entry WHERE id BETWEEN ? AND ?",
            (min(chunk), max(chunk)),
        )
        rows = sorted(
            (value, entry)
            for entry, title, abstract in texts
            if entry in chunk
            for value in text.fingerprint(title, abstract)
        )
        if rows:
            connection.exec_driver_sql(
                "INSERT INTO abstract_fingerprint (hash, entry) VALUES (?, ?)", rows
            )
