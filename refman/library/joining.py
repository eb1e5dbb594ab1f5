"""The step that makes one paper of several, with all that belongs to them.

A sighting keeps what its page said, so what was joined can be told apart again.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Table, delete, insert, or_, select, update

from refman.db import schema
from refman.db.bulk import AMONG, rows_among
from refman.errors import RefmanError
from refman.i18n import _
from refman.library import citation_keys, distinct, parting
from refman.library.publications import is_publication
from refman.library.records import called, from_json, to_json
from refman.library.storing import bring_up_to_date, load, present
from refman.model.identifiers import DOI, is_repository_doi

_e, _g, _s, _i = (
    table.c
    for table in (
        schema.entry,
        schema.citation_key_given,
        schema.sighting,
        schema.entry_identifier,
    )
)
_SEEN = select(_s.entry).where(_s.entry.in_(AMONG))
_DOIS = select(_i.entry, _i.value).where(_i.entry.in_(AMONG), _i.scheme == DOI)
_RANKED = (
    select(_e.id, _e.title, _e.venue, _e.citation_key, _e.trashed, _g.key)
    .outerjoin_from(
        schema.entry, schema.citation_key_given, (_g.uuid == _e.uuid) & (_g.given != "")
    )
    .where(_e.id.in_(AMONG))
)


def join(
    connection: Connection,
    keeper: int,
    others: Sequence[int],
    moment: str,
    *,
    listing: int | None = None,
) -> None:
    """Move all that belongs to `others` to `keeper` and delete them, one after the other.

    Tags, collections, notes, highlights, attachments and sightings are united; a typed
    value of the keeper stands over theirs; the further status, the higher rating and the
    earlier date of adding are kept; a provisional key gives way to one of theirs. What each
    was is noted (`parting`), with the import that showed that they are one (`listing`).
    Raises RefmanError where one of them is gone.
    """
    if present(connection, [keeper, *others]) != [keeper, *others]:
        raise RefmanError(_("One of these papers is not in the library any more."))
    citation_keys.keep_for_parts(connection, others)
    said = distinct.words_of(connection, [keeper, *others])
    for other in others:
        _join(connection, keeper, other, moment, listing)
    bring_up_to_date(connection, keeper, moment)
    distinct.forget(connection, said, keeper)


def part(connection: Connection, uuid: str, moment: str) -> tuple[int, int]:
    """Take the paper `uuid` out of the one that it is a part of. The ids of both.

    Raises RefmanError where it is no part of any.
    """
    outer = parting.outermost(connection, uuid)
    if outer == uuid:
        return parting.part(connection, uuid, moment)
    changes = parting.changed_since(connection, outer)
    keeper, holder = parting.part(connection, outer, moment)
    _holder, new = part(connection, uuid, moment)
    _join(connection, keeper, holder, moment, None)
    parting.change(connection, keeper, changes)
    bring_up_to_date(connection, keeper, moment)
    return keeper, new


def _join(
    connection: Connection, keeper: int, other: int, moment: str, listing: int | None
) -> None:
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
    parting.note(connection, keeper, uuid, kept, gone, moved, moment, listing)
    _look_again(connection, keeper)


def keep_apart(connection: Connection, first: int, second: int, moment: str) -> bool:
    """Remember for ever that two papers are not the same. Whether that is new."""
    low, high = sorted((first, second))
    d = schema.entry_distinct
    known = connection.scalar(select(d.c.id).where(d.c.first == low, d.c.second == high))
    if known is not None or first == second:
        return False
    connection.execute(insert(d).values(first=low, second=high))
    distinct.remember(connection, [(low, high)])
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
    """Which of `ids` the others are joined into: decided by what they are, not by their age."""
    return best_first(connection, [ids])[0][0]


def best_first(connection: Connection, groups: Sequence[Collection[int]]) -> list[tuple[int, ...]]:
    """The ids of each group, that of the paper which the others are joined into first.

    A key that is known outside counts most, then a title, that it was published, the number of
    sightings, and at last the key itself.
    """
    ids = {entry_id for group in groups for entry_id in group}
    counts = Counter(entry_id for (entry_id,) in rows_among(connection, _SEEN, ids))
    dois = rows_among(connection, _DOIS, ids)
    published = {entry_id for entry_id, doi in dois if not is_repository_doi(doi)}
    ranks: dict[int, tuple[object, ...]] = {}
    for entry_id, title, venue, key, trashed, given in rows_among(connection, _RANKED, ids):
        rank = (
            trashed is not None,
            given is None,
            not title,
            not is_publication(venue) and entry_id not in published,
            -counts[entry_id],
            key,
        )
        ranks[entry_id] = min(rank, ranks.get(entry_id, rank))
    return [tuple(sorted(group, key=ranks.__getitem__)) for group in groups]


def _look_again(connection: Connection, keeper: int) -> None:
    """What was found of the others is gone: the next scan looks at the keeper, too."""
    marks = insert(schema.duplicate_unscanned).prefix_with("OR IGNORE")
    connection.execute(marks.values(entry=keeper))


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
