"""Which rows of a page are one paper, and which papers of the library they are.

`Groups` is filled with the library's candidates and then takes the rows one by one. It
knows no database: `candidates` fetches what it needs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, or_, select, tuple_

from refman.db import schema
from refman.library.matching import CERTAIN, Evidence, Match, compare, vetoed
from refman.library.storing import BATCH, batches, load
from refman.model.entry import Entry

NAMES = 30  # of one record's that are looked at for titles that are nearly equal


@dataclass(eq=False)
class Group:
    """One paper: of the library (`entry_id`), or new. `rows` are positions on the page."""

    entry_id: int | None = None
    evidence: list[Evidence] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)  # other entries that turned out the same


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a row went: the group, and how sure; `doubts` are papers it may be as well."""

    group: Group
    match: Match | None = None
    doubts: tuple[tuple[Group, Match], ...] = ()


class Groups:
    """Rows and papers that are the same, found through what they have in common."""

    def __init__(self, distinct: Iterable[tuple[int, int]] = ()) -> None:
        self._by_key: dict[object, dict[Group, None]] = {}  # groups in the order they came
        self._merged_into: dict[Group, Group] = {}
        self._distinct = {frozenset(pair) for pair in distinct}

    def add_known(self, entry_id: int, entry: Entry) -> None:
        """A paper of the library that rows may turn out to be."""
        group = Group(entry_id=entry_id)
        self._note(group, Evidence(entry))

    def place(self, position: int, evidence: Evidence) -> Placed:
        """Put a row where it belongs: into a group that is certainly the same, or a new one.

        Certain of several, it joins them, unless something says that they are not the same:
        then it goes to the surest and the others are doubts.
        """
        found: dict[Group, Match] = {}
        for group in self._candidates(evidence):
            match = self._compare(evidence, group)
            if match:
                found[group] = match
        certain = [group for group, match in found.items() if match.tier == CERTAIN]
        doubts = [(g, m) for g, m in found.items() if m.tier < CERTAIN]
        if certain:
            home = min(certain, key=self._rank)
            for other in certain:
                if other is not home:
                    if self._apart(home, other, evidence):
                        doubts.append((other, found[other]))
                    else:
                        self._join(home, other)
        else:
            home = Group()
        home.rows.append(position)
        self._note(home, evidence)
        match = found.get(home)
        order = sorted(doubts, key=lambda d: (-d[1].tier, d[0].evidence[0].title))
        return Placed(home, match, tuple(order))

    def resolve(self, group: Group) -> Group:
        """The group that `group` has become part of, if it was joined to another."""
        return self._live(group)

    @staticmethod
    def match_within(group: Group, evidence: Evidence) -> Match | None:
        """The surest match of a row with another record of its own group."""
        others = (other for other in group.evidence if other is not evidence)
        matches = [match for other in others if (match := compare(evidence, other))]
        return max(matches, key=lambda match: match.tier, default=None)

    def _live(self, group: Group) -> Group:
        while group in self._merged_into:
            group = self._merged_into[group]
        return group

    def _candidates(self, evidence: Evidence) -> list[Group]:
        groups: dict[Group, None] = {}
        for key in keys(evidence):
            for group in self._by_key.get(key, ()):
                groups[self._live(group)] = None
        return list(groups)

    def _note(self, group: Group, evidence: Evidence) -> None:
        group.evidence.append(evidence)
        for key in keys(evidence):
            self._by_key.setdefault(key, {})[group] = None

    @staticmethod
    def _compare(evidence: Evidence, group: Group) -> Match | None:
        """The surest match with any record of the group, none where one of them vetoes."""
        best: Match | None = None
        for other in group.evidence:
            if vetoed(evidence, other):
                return None
            match = compare(evidence, other)
            if match and (best is None or match.tier > best.tier):
                best = match
        return best

    @staticmethod
    def _rank(group: Group) -> tuple[object, ...]:
        """Papers of the library first, then by their values."""
        entry = group.evidence[0].entry
        return (group.entry_id is None, not entry.title, entry.title, entry.abstract, group.rows)

    def _apart(self, one: Group, other: Group, between: Evidence) -> bool:
        """Whether two groups cannot be one, though the record `between` is certain of both."""
        ids = [[g.entry_id, *g.joined] for g in (one, other)]
        if any(frozenset((a, b)) in self._distinct for a in ids[0] for b in ids[1]):
            return True
        pairs = [(a, b) for a in one.evidence for b in other.evidence]
        if any(vetoed(a, b) for a, b in pairs):
            return True
        # An abstract alone does not outweigh two titles: Part 1 and Part 2 may share one.
        return not between.title and any(a.title and b.title and a.title != b.title
                                         for a, b in pairs)  # fmt: skip

    def _join(self, home: Group, other: Group) -> None:
        home.evidence.extend(other.evidence)
        home.rows.extend(other.rows)
        home.joined.extend(other.joined)
        if other.entry_id is not None:
            home.joined.append(other.entry_id)
        self._merged_into[other] = home


def keys(evidence: Evidence) -> list[object]:
    """What records of one paper have in common, at least one of them.

    Two words of a title, which the fingerprint counts below zero, stand in thousands of
    others ("reinforcement learning"): they are a key only together with a name, as titles
    that are nearly equal say something only with one.
    """
    found: list[object] = [*evidence.identifiers]
    names = sorted(evidence.names)[:NAMES]
    for value in evidence.fingerprint:
        if value >= 0:
            found.append(value)
        else:
            found.extend((value, name) for name in names)
    if evidence.title:
        found.append(evidence.title)
    return found


def candidates(connection: Connection, rows: Sequence[Evidence]) -> Groups:
    """Groups with every paper of the library that one of `rows` may be."""
    hashes: set[int] = set()
    prints: set[int] = set()
    names: set[tuple[str, str]] = set()
    for row in rows:
        names.update(row.identifiers)
        prints.update(row.fingerprint)
        if row.title_hash is not None:
            hashes.add(row.title_hash)
    e, i, p = schema.entry.c, schema.entry_identifier.c, schema.abstract_fingerprint.c
    ids: set[int] = set()
    for some in batches(hashes):
        ids.update(connection.scalars(select(e.id).where(e.title_hash.in_(some))))
    for some in batches(prints):
        ids.update(connection.scalars(select(p.entry).where(p.hash.in_(some))))
    ordered = sorted(names)
    for start in range(0, len(ordered), BATCH // 2):
        part = ordered[start : start + BATCH // 2]
        ids.update(connection.scalars(select(i.entry).where(tuple_(i.scheme, i.value).in_(part))))
    d = schema.entry_distinct.c
    distinct: list[tuple[int, int]] = []
    for some in batches(ids):
        distinct.extend(
            (first, second)
            for first, second in connection.execute(
                select(d.first, d.second).where(or_(d.first.in_(some), d.second.in_(some)))
            )
        )
    groups = Groups(distinct)
    for entry_id, entry in sorted(load(connection, ids).items()):
        groups.add_known(entry_id, entry)
    return groups
