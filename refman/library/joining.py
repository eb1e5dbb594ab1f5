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
from refman.library import citation_keys, parting
from refman.library.records import called, from_json, to_json
from refman.library.storing import bring_up_to_date, load, present


def join(connection: Connection, keeper: int, others: Sequence[int], moment: str) -> None:
    """Move all that belongs to `others` to `keeper` and delete them, one after the other.

    Tags, collections, notes, highlights, attachments and sightings are united; a typed
    value of the keeper stands over theirs; the further status, the higher rating and the
    earlier date of adding are kept; a provisional key gives way to one of theirs. What each
    was is noted (`parting`). Raises RefmanError where one of them is gone.
    """
    if present(connection, [keeper, *others]) != [keeper, *others]:
        raise RefmanError(_("One of these papers is not in the library any more."))
    citation_keys.give_out(connection, others, moment)
    for other in others:
        _join(connection, keeper, other, moment)
    bring_up_to_date(connection, keeper, moment)


def _join(connection: Connection, keeper: int, other: int, moment: str) -> None:
    e = schema.entry.c
    uuid = connection.execute(select(e.uuid).where(e.id == other)).scalar_one()
    kept, gone = parting.state(connection, keeper), parting.state(connection, other)
    moved: dict[str, list[int]] = {}
    for table in parting.MOVED:
        ids = list(connection.scalars(select(table.c.id).where(table.c.entry == other)))
        if ids:
            moved[table.name] = ids
            connection.execute(update(table).where(table.c.entry == other).values(entry=keeper))
    for table, column, _columns in parting.SHARED.values():
        _move_unless_there(connection, table, column, keeper, other)
    _move_distinct(connection, keeper, other)
    connection.execute(insert(schema.entry_alias).values(uuid=uuid, entry=keeper))
    connection.execute(delete(schema.entry).where(e.id == other))
    values = parting.together(kept["plain"], gone["plain"]) | {"modified": moment}
    connection.execute(update(schema.entry).where(e.id == keeper).values(values))
    parting.note(connection, keeper, uuid, kept, gone, moved, moment)


def keep_apart(connection: Connection, first: int, second: int, moment: str) -> bool:
    """Remember that two papers are not the same. Whether that is new."""
    low, high = sorted((first, second))
    d = schema.entry_distinct
    known = connection.scalar(select(d.c.id).where(d.c.first == low, d.c.second == high))
    if known is not None or first == second:
        return False
    connection.execute(insert(d).values(first=low, second=high))
    settle_doubts(connection, (low, high))
    for entry_id in (low, high):
        bring_up_to_date(connection, entry_id, moment)
    return True


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
