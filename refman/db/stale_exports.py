"""Which papers changed since a kept export was written: triggers note them in `export_stale`.

A paper is noted after any change of what its text in a file depends on, whoever makes it, undo
included. Status, stars, collections and attachments are in a text only in a field in which they
came with a file, which `entry_tex` has (library.rendering). A paper that is new need not be noted:
it has no text yet. While no export is kept, nothing is noted. Which papers belong to an export,
and their order, is asked anew every time.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

_ENTRY = (
    "uuid", "entry_type", "citation_key", "title", "abstract", "date", "creators_truncated",
)  # fmt: skip
# The tables below a paper, and those of their columns of which its text is made.
_BELOW = {
    "entry_field": "name, value",
    "entry_tex": "field, tex",
    "entry_key": "key",
    "entry_alias": "uuid",
    "creator": "role, position, family, given, dropping_particle, non_dropping_particle, suffix,"
    " literal",
    "entry_tag": "tag",
    "annotation": "quote, comment",
    "attachment": "path, url, title, media_type",
    "collection_entry": "collection",
}
# Where these are in the text only of papers with such a field.
_STATUS = "IN ('readstatus', 'read')"
_RATING = "IN ('ranking', 'rating')"
_IN = {"attachment": "GLOB 'bdsk-*' OR field = 'file'", "collection_entry": "= 'groups'"}


def create(connection: Connection) -> None:
    """Make the triggers in a library that has none."""
    for statement in _statements():
        connection.exec_driver_sql(statement)


def _statements() -> Iterable[str]:
    changed = " OR ".join(f"old.{name} COLLATE BINARY IS NOT new.{name}" for name in _ENTRY)
    yield _trigger("entry_update", f"UPDATE OF {', '.join(_ENTRY)} ON entry", "new.id", changed)
    # Its id may be another paper's before the export is written again.
    yield _trigger("entry_delete", "DELETE ON entry", "old.id")
    for name, fields in (("status", _STATUS), ("rating", _RATING)):
        changed = f"old.{name} IS NOT new.{name} AND {_has('new.id', fields)}"
        yield _trigger(f"{name}_update", f"UPDATE OF {name} ON entry", "new.id", changed)
    for table, columns in _BELOW.items():
        new, old = (
            _has(f"{row}.entry", _IN[table]) if table in _IN else "TRUE" for row in ("new", "old")
        )
        update = f"UPDATE OF entry, {columns} ON {table}"
        yield _trigger(f"{table}_insert", f"INSERT ON {table}", "new.entry", new)
        yield _trigger(f"{table}_update", update, "new.entry", new)
        yield _trigger(f"{table}_delete", f"DELETE ON {table}", "old.entry", old)
        moved = f"old.entry IS NOT new.entry AND {old}"
        yield _trigger(f"{table}_move", f"UPDATE OF entry ON {table}", "old.entry", moved)
    yield (
        "CREATE TRIGGER stale_tag_update AFTER UPDATE OF name ON tag "
        "WHEN old.name COLLATE BINARY IS NOT new.name BEGIN "
        f"{_note('entry_tag.entry', 'JOIN entry_tag ON entry_tag.tag = new.id')} END"
    )
    # The path of a collection is that of all below it.
    yield (
        "CREATE TRIGGER stale_collection_update AFTER UPDATE OF name, parent ON collection "
        "WHEN old.name COLLATE BINARY IS NOT new.name OR old.parent IS NOT new.parent BEGIN "
        f"{_note('entry_tex.entry', _GROUPED)} END"
    )
    # An export that begins to be kept knows nothing of what was before.
    forget = "DELETE FROM export_stale WHERE export = old.id;"
    yield (
        "CREATE TRIGGER stale_export_update AFTER UPDATE OF kept ON export "
        "WHEN old.kept IS NOT new.kept BEGIN "
        f"UPDATE export_state SET layout = '' WHERE export = old.id; {forget} END"
    )
    yield (
        "CREATE TRIGGER stale_export_delete AFTER DELETE ON export BEGIN "
        f"DELETE FROM export_state WHERE export = old.id; {forget} END"
    )


_GROUPED = (
    "JOIN (SELECT DISTINCT entry FROM collection_entry) AS held "
    f"JOIN entry_tex ON entry_tex.entry = held.entry AND entry_tex.field {_IN['collection_entry']}"
)


def _has(entry: str, fields: str) -> str:
    return f"EXISTS (SELECT 1 FROM entry_tex WHERE entry = {entry} AND (field {fields}))"


def _trigger(name: str, event: str, entry: str, changed: str = "TRUE") -> str:
    return (
        f"CREATE TRIGGER stale_{name} AFTER {event} "
        f"WHEN EXISTS (SELECT 1 FROM export WHERE kept) AND ({changed}) BEGIN {_note(entry)} END"
    )


def _note(entry: str, join: str = "") -> str:
    return (
        f"INSERT INTO export_stale (export, entry, changes) SELECT export.id, {entry}, 1 "
        f"FROM export {join} WHERE export.kept "
        "ON CONFLICT (export, entry) DO UPDATE SET changes = changes + 1;"
    )
