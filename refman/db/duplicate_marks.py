"""Which papers changed since duplicates were looked for: triggers note them in
`duplicate_unscanned`.

A paper is noted when it is new and after any change of what is compared, whoever makes it, undo
included; so it is when a person said that it is not the same as another, and when that is taken
back. What was found of a paper that is deleted is forgotten, since another may get its id.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from refman.db import schema

# Names stand for the creators, and a venue for all fields that it may come from.
_ENTRY = (
    "entry_type", "title", "names", "creators_text", "creators_truncated", "abstract", "date",
    "venue",
)  # fmt: skip
_FIELDS = (
    "volume", "number", "pages", "edition", "journaltitle", "booktitle", "type", "institution",
)  # fmt: skip


def create(connection: Connection) -> None:
    """Make the triggers in a library that has none."""
    for statement in _statements():
        connection.exec_driver_sql(statement)


def _statements() -> Iterable[str]:
    changed = " OR ".join(f"old.{name} COLLATE BINARY IS NOT new.{name}" for name in _ENTRY)
    compared = ", ".join(f"'{name}'" for name in _FIELDS)
    yield _trigger("entry_insert", "INSERT ON entry", "new.id")
    yield _trigger("entry_update", f"UPDATE OF {', '.join(_ENTRY)} ON entry", "new.id", changed)
    for table, when in (("entry_identifier", "TRUE"), ("entry_field", "{}.name IN ({})")):
        for event, row in (("insert", "new"), ("update", "new"), ("delete", "old")):
            yield _trigger(
                f"{table}_{event}",
                f"{event.upper()} ON {table}",
                f"{row}.entry",
                when.format(row, compared),
            )
    for event, row in (("insert", "new"), ("delete", "old")):
        for place in ("first", "second"):
            yield _trigger(
                f"{place}_distinct_{event}", f"{event.upper()} ON entry_distinct", f"{row}.{place}"
            )
    # Whose words it was nobody knows here: all that words keep apart are looked at again.
    for place in ("first", "second"):
        yield (
            f"CREATE TRIGGER duplicate_{place}_record_delete AFTER DELETE ON distinct_record BEGIN "
            f"INSERT OR IGNORE INTO duplicate_unscanned (entry) SELECT {place} FROM duplicate "
            f"WHERE tier = {schema.KEPT_APART}; END"
        )
    yield (
        "CREATE TRIGGER duplicate_entry_delete AFTER DELETE ON entry BEGIN "
        "DELETE FROM duplicate WHERE first = old.id; "
        "DELETE FROM duplicate WHERE second = old.id; "
        "DELETE FROM duplicate_unscanned WHERE entry = old.id; END"
    )


def _trigger(name: str, event: str, entry: str, changed: str = "TRUE") -> str:
    # Redoing deletes a paper before what is below it.
    there = f"SELECT id FROM entry WHERE id = {entry}" if "DELETE" in event else f"SELECT {entry}"
    return (
        f"CREATE TRIGGER duplicate_{name} AFTER {event} WHEN {changed} BEGIN "
        f"INSERT OR IGNORE INTO duplicate_unscanned (entry) {there}; END"
    )
