"""Finding papers of the library that may be the same: reading and comparing, and noting the pairs.

Who is compared with whom is decided by the keys of `grouping` (a title, an identifier, a part of
an abstract, of a title with a name), never by all pairs. What very many share is no key; of the
many that have one title in common only those are compared that have more in common, or stand
beside each other in the order of what they say. So the work grows with the papers, not with their
square. All of it is done in pieces: the window goes on in the meantime.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from sqlalchemy import Connection, delete, func, insert, or_, select

from refman.db import schema
from refman.i18n import _
from refman.library import distinct
from refman.library.clustering import APART, KEPT_APART
from refman.library.evidence import Evidence
from refman.library.families import COMMON, Sketches
from refman.library.matching import CERTAIN, weigh
from refman.library.storing import batches, load
from refman.progress import Progress

Pairs = set[tuple[int, int]]  # of ids, the smaller first

_PIECE = 300  # papers, or pairs of them, in memory at a time
_PARTS = 64  # as many keys at a time in memory as objects
_BESIDE = 5  # of very many that share a title or an identifier, how many each is compared with
_CHECKED = 40  # papers, above which nobody looks whether each of them can be each other

_e, _d, _u = (table.c for table in (schema.entry, schema.duplicate, schema.duplicate_unscanned))


@dataclass(slots=True)
class Found:
    """What a scan found of the papers `ids`: the tier and reasons of each pair."""

    ids: Sequence[int]
    everything: bool
    pairs: dict[tuple[int, int], tuple[int, tuple[str, ...]]] = field(default_factory=dict)


def scan(connection: Connection, progress: Progress, *, everything: bool) -> Found:
    """Compare what changed since the last scan with all papers, or all. Raises Cancelled."""
    marked = list(connection.scalars(select(_u.entry).join(schema.entry, _e.id == _u.entry)))
    count = connection.scalar(select(func.count()).select_from(schema.entry)) or 0
    if everything or 4 * len(marked) > count:  # reading all in order is quicker than asking
        found = Found(list(connection.scalars(select(_e.id).order_by(_e.id))), everything=True)
    else:
        found = Found(sorted(marked), everything=False)
    if not found.ids:
        return found
    progress.start(_("Looking for duplicates"), len(found.ids))
    sketches, ids = Sketches(), array("q")
    for start in range(0, len(found.ids), _PIECE):
        some = load(connection, found.ids[start : start + _PIECE])
        for entry_id, entry in some.items():
            sketches.add(entry)
            ids.append(entry_id)
        progress.advance(len(some))
    candidates = _candidates(connection, sketches, ids, found.everything, progress)
    _compare(connection, sorted(candidates), found, progress)
    _look_at_clusters(connection, found, progress)
    return found


def note(connection: Connection, found: Found) -> int:
    """Write what was found. How many pairs are new or gone, those that cannot be aside."""
    table, ids = schema.duplicate, found.ids
    columns = (_d.first, _d.second, _d.tier)
    before: set[tuple[int, int, int]] = set()
    if found.everything:
        before.update((a, b, tier) for a, b, tier in connection.execute(select(*columns)))
        connection.execute(delete(table))
        connection.execute(delete(schema.duplicate_unscanned))
    for some in () if found.everything else batches(ids):
        of_them = or_(_d.first.in_(some), _d.second.in_(some))
        known = connection.execute(select(*columns).where(of_them))
        before.update((first, second, tier) for first, second, tier in known)
        for column in (_d.first, _d.second):
            connection.execute(delete(table).where(column.in_(some)))
        connection.execute(delete(schema.duplicate_unscanned).where(_u.entry.in_(some)))
    rows = [
        {"first": first, "second": second, "tier": tier, "reasons": "\n".join(reasons)}
        for (first, second), (tier, reasons) in sorted(found.pairs.items())
    ]
    if rows:
        connection.execute(insert(table).prefix_with("OR IGNORE"), rows)
    after = {(*pair, tier) for pair, (tier, _reasons) in found.pairs.items()}
    return sum(tier > APART for _first, _second, tier in before ^ after)


# --- who is compared with whom ------------------------------------------------------------


def _candidates(
    connection: Connection,
    sketches: Sketches,
    ids: Sequence[int],
    everything: bool,
    progress: Progress,
) -> Pairs:
    """Pairs that have a key in common, one of each at least of `ids`."""
    rows = range(len(ids))
    keys = [array("q") for _part in range(_PARTS)]
    papers = [array("q") for _part in range(_PARTS)]
    progress.start(_("Looking for duplicates"), 2 * _PARTS)
    if not everything:
        own = frozenset(ids)
        for key, entry_id in sketches.in_library(connection, rows, progress):
            if entry_id not in own:
                keys[(key >> 1) % _PARTS].append(key)
                papers[(key >> 1) % _PARTS].append(-entry_id)
    for row in rows:
        if row % _PIECE == 0:
            progress.check()
        for key in sketches.keys(row):
            keys[(key >> 1) % _PARTS].append(key)
            papers[(key >> 1) % _PARTS].append(row)
    progress.advance(_PARTS)
    found: Pairs = set()
    crowds: dict[tuple[int, ...], None] = {}
    for part in range(_PARTS):
        for key, sharing in _shared(keys[part], papers[part]):
            members = sorted({ids[one] if one >= 0 else -one for one in sharing})
            if len(members) <= COMMON:
                mine = {ids[one] for one in sharing if one >= 0}
                found.update(pair for pair in combinations(members, 2) if not mine.isdisjoint(pair))
            elif key & 1:
                crowds[tuple(members)] = None
            else:
                found.update(_word_for_word(sketches, ids, sharing))
        keys[part], papers[part] = array("q"), array("q")
        progress.advance()
    scanned = None if everything else frozenset(ids)
    for members_ in crowds:
        progress.check()
        found.update(_of_crowd(connection, members_, scanned))
    return found


def _shared(keys: Sequence[int], papers: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Each key that several have, and who."""
    first: dict[int, int] = {}
    several: dict[int, list[int]] = {}
    for key, paper in zip(keys, papers, strict=True):
        other = first.setdefault(key, paper)
        if other != paper:
            several.setdefault(key, [other]).append(paper)
    yield from several.items()


def _word_for_word(
    sketches: Sketches, ids: Sequence[int], rows: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """Of very many that share a phrase: those whose whole fingerprints are the same."""
    first: dict[tuple[int, ...], int] = {}
    for row in rows:
        if row >= 0:
            other = first.setdefault(sketches.fingerprint(row), row)
            if other != row:
                low, high = sorted((ids[other], ids[row]))
                yield low, high


def _of_crowd(
    connection: Connection, members: Sequence[int], scanned: frozenset[int] | None
) -> Iterator[tuple[int, int]]:
    """Of very many that share a title or an identifier: those with a name in common or none, and
    of these again very many: those that stand beside each other."""
    evidence = {i: Evidence(entry) for i, entry in load(connection, members).items()}

    def order(entry_id: int) -> tuple[object, ...]:
        one = evidence[entry_id]
        return (one.year or 0, one.place, sorted(one.names), one.entry.abstract, entry_id)

    places = {entry_id: place for place, entry_id in enumerate(sorted(evidence, key=order))}
    by_name: dict[str, list[int]] = {"": list(places)}
    for entry_id in places:
        for name in evidence[entry_id].names:
            by_name.setdefault(name, []).append(entry_id)
    for name, some in by_name.items():
        reach = len(some) if name and len(some) <= COMMON else _BESIDE
        for place, one in enumerate(some):
            for other in some[place + 1 : place + 1 + reach]:
                if scanned is None or one in scanned or other in scanned:
                    yield min(one, other), max(one, other)


# --- comparing ----------------------------------------------------------------------------


def _compare(
    connection: Connection, candidates: Sequence[tuple[int, int]], found: Found, progress: Progress
) -> None:
    """Note which of the pairs may be the same."""
    progress.start(_("Comparing papers"), len(candidates))
    for start in range(0, len(candidates), _PIECE):
        some = candidates[start : start + _PIECE]
        evidence = _evidence(connection, {entry_id for pair in some for entry_id in pair})
        for first, second in some:
            veto, match = weigh(evidence[first], evidence[second])
            if match and not veto:
                found.pairs[first, second] = match.tier, match.reasons
        progress.advance(len(some))


def _evidence(connection: Connection, ids: Collection[int]) -> dict[int, Evidence]:
    return {entry_id: Evidence(entry) for entry_id, entry in load(connection, ids).items()}


def _look_at_clusters(connection: Connection, found: Found, progress: Progress) -> None:
    """Note of papers that are linked through others whether something says that they are not one.

    That is what a person said of what they say, and, where all are linked by certain pairs, what
    `weigh` finds between two of them.
    """
    progress.start(_("Comparing papers"))
    scanned = frozenset(found.ids)
    known = {
        (first, second): tier
        for first, second, tier in connection.execute(select(_d.first, _d.second, _d.tier))
        if not found.everything and first not in scanned and second not in scanned and tier > APART
    }
    tiers = known | {pair: tier for pair, (tier, _reasons) in found.pairs.items()}
    apart = distinct.known(connection)
    if apart:
        linked = [ids for ids in _linked(tiers) if not scanned.isdisjoint(ids)]
        said = distinct.said_by(connection, [i for ids in linked for i in ids])
        for ids in linked:
            progress.check()
            of_some = [i for i in ids if any(each in apart for each in said[i])]
            for pair in combinations(of_some, 2):
                if distinct.are_apart(apart, said[pair[0]], said[pair[1]]):
                    found.pairs[pair] = KEPT_APART, ()
                    tiers.pop(pair, None)
    certain = {pair: tier for pair, tier in tiers.items() if tier == CERTAIN}
    for ids in _linked(certain):
        if len(ids) > 2 and not scanned.isdisjoint(ids):
            progress.check()
            for pair in _contradictions(_evidence(connection, ids), certain):
                found.pairs.setdefault(pair, (APART, ()))


def _contradictions(
    evidence: Mapping[int, Evidence], certain: Collection[tuple[int, int]]
) -> Pairs:
    """Pairs of papers, linked through others, that something says cannot be one.

    That are two titles as well, neither of them like the other, which something third has: an
    abstract alone does not outweigh them. Of too many nobody knows.
    """
    unlike: dict[tuple[object, ...], int] = {}
    for entry_id, one in sorted(evidence.items()):
        unlike.setdefault(one.signature, entry_id)
    some = sorted(unlike.values())
    if len(some) > _CHECKED:
        return {(some[0], some[-1])} - set(certain)
    found: Pairs = set()
    for first, second in combinations(some, 2):
        if (first, second) not in certain:
            one, other = evidence[first], evidence[second]
            veto, match = weigh(one, other)
            doubted = match.is_doubted if match else one.title and other.title
            if veto or doubted:
                found.add((first, second))
    return found


def _linked(pairs: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """The ids of `pairs` by what is connected, each list in order."""
    home: dict[int, list[int]] = {}
    for first, second in pairs:
        one, other = home.setdefault(first, [first]), home.setdefault(second, [second])
        if one is not other:
            small, large = sorted((one, other), key=len)
            large += small
            home.update(dict.fromkeys(small, large))
    seen: set[int] = set()
    for ids in home.values():
        if id(ids) not in seen:
            seen.add(id(ids))
            yield sorted(ids)
