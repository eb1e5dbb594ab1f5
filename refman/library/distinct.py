"""Papers that a person said are not the same, known again by what they say.

`entry_distinct` knows two papers by their ids. A paper that is deleted and imported again has
another id, so `distinct_record` knows them by hashes as well: of all that each of their sightings
says, of a sighting's text as it stands on its page, of the paper itself, and of its uuid, which
lasts whatever is edited.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

from sqlalchemy import Connection, delete, insert, or_, select

from refman.db import schema
from refman.db.bulk import AMONG, rows_among
from refman.library.records import from_json
from refman.library.storing import batches, load
from refman.model.entry import Entry
from refman.model.identifiers import identifiers
from refman.model.text import fold, hash64, normalised_title

Said = frozenset[int]  # the hashes by which a record is known
NOTHING_SAID: Said = frozenset()
Apart = Mapping[int, Collection[int]]  # which hashes are not the same as which, both ways round

_e, _a, _s, _d = (
    table.c for table in (schema.entry, schema.entry_alias, schema.sighting, schema.entry_distinct)
)
_UUIDS = (
    select(_e.id, _e.uuid).where(_e.id.in_(AMONG)),
    select(_a.entry, _a.uuid).where(_a.entry.in_(AMONG)),
)
_ROWS = select(_s.entry, _s.raw_hash).where(_s.entry.in_(AMONG))
_RECORDS = select(_s.entry, _s.fields).where(_s.entry.in_(AMONG), _s.outcome != "unchanged")
_PLACE = ("journaltitle", "booktitle", "volume", "number", "pages")


def record_hash(entry: Entry) -> int:
    """A hash of what a record says, the same on every machine, in every version."""
    said = [
        normalised_title(entry.title),
        [fold(creator.full_name) for creator in entry.creators],
        entry.date,
        sorted(identifiers(entry)),
        [fold(entry.fields.get(name, "")) for name in _PLACE],
        fold(entry.abstract),
    ]
    return hash64(json.dumps(said, ensure_ascii=False))


def said_by_row(entry: Entry, raw_hash: int) -> Said:
    """By what a row of a page is known; `raw_hash` as in `sighting`."""
    return frozenset((record_hash(entry), raw_hash))


def said_by(
    connection: Connection, ids: Collection[int], entries: Mapping[int, Entry] | None = None
) -> dict[int, Said]:
    """By what each of the papers `ids` is known; `entries` are those, if they are loaded."""
    found: dict[int, set[int]] = {}
    for query in _UUIDS:
        for entry_id, uuid in rows_among(connection, query, ids):
            found.setdefault(entry_id, set()).add(hash64(uuid))
    for entry_id, raw_hash in rows_among(connection, _ROWS, ids):
        found.setdefault(entry_id, set()).add(raw_hash)
    if entries is None:
        entries = load(connection, ids)
    for entry_id in ids:
        if entry_id in entries:
            found.setdefault(entry_id, set()).add(record_hash(entries[entry_id]))
    return {entry_id: frozenset(hashes) for entry_id, hashes in found.items()}


def known(connection: Connection) -> Apart:
    """All that is known to be not the same, by hashes; mostly nothing."""
    table = schema.distinct_record.c
    found: dict[int, set[int]] = {}
    for first, second in connection.execute(select(table.first, table.second)):
        found.setdefault(first, set()).add(second)
        found.setdefault(second, set()).add(first)
    return found


def are_apart(apart: Apart, one: Said, other: Said) -> bool:
    """Whether a person said that two records are not the same."""
    return any(not other.isdisjoint(apart[each]) for each in one if each in apart)


def pairs_of(connection: Connection, ids: Iterable[int]) -> list[tuple[int, int]]:
    """The pairs that are known by their ids, and one of each is of `ids`; each once."""
    found: dict[tuple[int, int], None] = {}
    for some in batches(ids):
        for first, second in connection.execute(
            select(_d.first, _d.second).where(or_(_d.first.in_(some), _d.second.in_(some)))
        ):
            found[first, second] = None
    return list(found)


def remember(connection: Connection, pairs: Collection[tuple[int, int]]) -> None:
    """Step: know pairs of papers, which are known by their ids, by what they say as well."""
    if not pairs:
        return
    said = _all_said(connection, {entry_id for pair in pairs for entry_id in pair})
    table = schema.distinct_record
    apart = known(connection)
    new = {
        (min(one, other), max(one, other))
        for first, second in pairs
        for one in said.get(first, ())
        for other in said.get(second, ())
        if other not in apart.get(one, ())
    }
    if new:
        connection.execute(
            insert(table), [{"first": first, "second": second} for first, second in sorted(new)]
        )


def remember_all_of(connection: Connection, ids: Collection[int]) -> None:
    """Step, before the papers `ids` are deleted: what is known of them holds if they come again."""
    remember(connection, pairs_of(connection, ids))


def words_of(connection: Connection, ids: Collection[int]) -> list[Said]:
    """By what each of the papers `ids` may be kept apart from the others; nothing if none is."""
    table = schema.distinct_record.c
    if connection.scalar(select(table.id).limit(1)) is None:
        return []
    return list(_all_said(connection, ids).values())


def forget(connection: Connection, said: Sequence[Said], keeper: int) -> None:
    """Step: papers of the words `said` are the same after all: `keeper`, which has them all."""
    if not said:
        return
    words = [*said, *said_by(connection, [keeper]).values()]
    apart = known(connection)
    pairs = {
        (min(one, other), max(one, other))
        for first, second in combinations(words, 2)
        for one in first
        for other in second.intersection(apart.get(one, ()))
    }
    table = schema.distinct_record.c
    for low, high in sorted(pairs):
        connection.execute(
            delete(schema.distinct_record).where(table.first == low, table.second == high)
        )


def _all_said(connection: Connection, ids: Collection[int]) -> dict[int, Said]:
    """`said_by`, and what each sighting says, however its text may stand on another page."""
    found = said_by(connection, ids)
    for entry_id, fields in rows_among(connection, _RECORDS, ids):
        found[entry_id] |= {record_hash(from_json(fields).entry)}
    return found
