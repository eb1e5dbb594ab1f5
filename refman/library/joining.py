"""The step that makes one paper of several, with all that belongs to them.

A sighting keeps what its page said, so what was joined can be told apart again.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, or_, select, update

from refman.db import schema
from refman.errors import RefmanError
from refman.i18n import _
from refman.library import citation_keys
from refman.library.changes import STATUSES
from refman.library.records import called, from_json, to_json
from refman.library.storing import bring_up_to_date, load

# The further a paper has come, the later it stands; of two statuses the later is kept.
_FURTHER = ("inbox", "dropped", "to-read", "reading", "read")
assert set(_FURTHER) == set(STATUSES)

_MOVED = (
    schema.sighting,
    schema.annotation,
    schema.attachment,
    schema.entry_alias,
    schema.entry_key,
    schema.workspace_entry,
)


def join(connection: Connection, keeper: int, others: Sequence[int], moment: str) -> None:
    """Move all that belongs to `others` to `keeper` and delete them.

    Tags, collections, notes, highlights, attachments and sightings are united; a typed
    value of the keeper stands over theirs; the further status, the higher rating and the
    earlier date of adding are kept; a provisional key gives way to one of theirs. Raises
    RefmanError where one of them is gone.
    """
    e = schema.entry.c
    ids = [keeper, *others]
    rows = {
        row.id: row
        for row in connection.execute(
            select(
                e.id, e.uuid, e.citation_key, e.key_provisional, e.status, e.rating, e.added,
                e.trashed,
            ).where(e.id.in_(ids))
        )
    }  # fmt: skip
    if len(rows) != len(set(ids)):
        raise RefmanError(_("One of these papers is not in the library any more."))
    citation_keys.give_out(connection, others, moment)
    for table in _MOVED:
        connection.execute(update(table).where(table.c.entry.in_(others)).values(entry=keeper))
    for other in others:
        _move_unless_there(connection, schema.entry_tag, "tag", keeper, other)
        _move_unless_there(connection, schema.collection_entry, "collection", keeper, other)
        _move_unless_there(connection, schema.entry_edit, "field", keeper, other)
        _move_distinct(connection, keeper, other)
    connection.execute(
        insert(schema.entry_alias),
        [{"uuid": rows[other].uuid, "entry": keeper} for other in others],
    )
    connection.execute(delete(schema.entry).where(e.id.in_(others)))
    trashed = [row.trashed for row in rows.values()]
    values = {
        "status": max((row.status for row in rows.values()), key=_FURTHER.index),
        "rating": max(row.rating for row in rows.values()),
        "added": min(row.added for row in rows.values()),
        "trashed": None if None in trashed else min(trashed),
        "modified": moment,
    }
    lasting = [rows[i].citation_key for i in others if not rows[i].key_provisional]
    if rows[keeper].key_provisional and lasting:
        values |= {"citation_key": lasting[0], "key_provisional": 0}
    connection.execute(update(schema.entry).where(e.id == keeper).values(values))
    bring_up_to_date(connection, keeper, moment)


def settle_doubts(connection: Connection, ids: Sequence[int]) -> None:
    """Forget the doubts whether the papers `ids` are the same: a person decided it."""
    s = schema.sighting.c
    names = [f"“{called(entry)}”" for entry in load(connection, ids).values()]
    for sighting_id, fields, review in connection.execute(
        select(s.id, s.fields, s.review).where(s.entry.in_(ids), s.review != "")
    ).all():
        seen = from_json(fields, review=review)
        settled = {rival for rival in seen.rivals if any(name in rival for name in names)}
        if settled:
            left = replace(seen, rivals=tuple(r for r in seen.rivals if r not in settled))
            still = "\n".join(doubt for doubt in seen.review if doubt not in settled)
            connection.execute(
                update(schema.sighting)
                .where(s.id == sighting_id)
                .values(fields=to_json(left), review=still)
            )


def best_keeper(connection: Connection, ids: Sequence[int]) -> int:
    """Which of `ids` the others are joined into: decided by what they are, not by their age.

    A key that is known outside counts most, then a title, the number of sightings, and at
    last the key itself.
    """
    e, g, s = schema.entry.c, schema.citation_key_given.c, schema.sighting.c
    counted = select(s.entry, func.count()).where(s.entry.in_(ids)).group_by(s.entry)
    counts = {row[0]: row[1] for row in connection.execute(counted)}
    rows = connection.execute(
        select(e.id, e.title, e.citation_key, e.trashed, g.key)
        .outerjoin_from(schema.entry, schema.citation_key_given, g.uuid == e.uuid)
        .where(e.id.in_(ids))
    ).all()

    def rank(row: Any) -> tuple[object, ...]:
        return (
            row.trashed is not None,
            row.key is None,
            not row.title,
            -counts.get(row.id, 0),
            row.citation_key,
        )

    return int(min(rows, key=rank).id)


def _move_unless_there(
    connection: Connection, table: Table, column: str, keeper: int, other: int
) -> None:
    """Rows of `other` whose `column` the keeper has not; the rest go with `other`."""
    known = select(table.c[column]).where(table.c.entry == keeper).scalar_subquery()
    connection.execute(
        update(table)
        .where(table.c.entry == other, table.c[column].not_in(known))
        .values(entry=keeper)
    )


def _move_distinct(connection: Connection, keeper: int, other: int) -> None:
    """What `other` is known to be distinct from, the keeper is too."""
    table = schema.entry_distinct
    pairs = connection.execute(
        select(table.c.first, table.c.second).where(
            or_(table.c.first == other, table.c.second == other)
        )
    ).all()
    for first, second in pairs:
        apart = second if first == other else first
        if apart == keeper:
            continue
        low, high = sorted((keeper, apart))
        known = connection.scalar(
            select(table.c.id).where(table.c.first == low, table.c.second == high)
        )
        if known is None:
            connection.execute(insert(table).values(first=low, second=high))
