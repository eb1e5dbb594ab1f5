"""Which rows of a page, and papers of the library, have something in common: only these are
compared.

Of each row the hashes of its keys (`grouping.keys`) are kept, a few hundred bytes. Rows and
papers that share one are linked; what is linked, directly or through others, is a family. A row
without one can be no paper but a new one. A phrase that very many abstracts share ("in this paper
we propose") links nothing: comparing all that have it would take a time that grows with their
square, and papers that are the same share more than that.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from refman.db import schema
from refman.db.bulk import AMONG, rows_among
from refman.library.alike_names import name_key
from refman.library.evidence import Evidence
from refman.library.grouping import name_keys, number
from refman.model.creator import Creator
from refman.model.entry import Entry
from refman.model.identifiers import ARXIV, DOI, ISBN, PMID
from refman.progress import Progress

COMMON = 20  # rows and papers, above which what they share says nothing

_AT_ONCE = 200_000  # keys in memory as objects
_PARTS = 16  # as many keys at a time in memory as numbers
_ROWS = 5_000  # whose keys are asked for in one go

_e, _p, _i, _c = (
    table.c
    for table in (
        schema.entry,
        schema.abstract_fingerprint,
        schema.entry_identifier,
        schema.creator,
    )
)
_WITH_TITLE = select(_e.title_hash, _e.id).where(_e.title_hash.in_(AMONG))
_WITH_PRINT = select(_p.hash, _p.entry).where(_p.hash.in_(AMONG))
_WITH_IDENTIFIER = {
    scheme: select(_i.value, _i.entry).where(_i.scheme == scheme, _i.value.in_(AMONG))
    for scheme in (DOI, ARXIV, ISBN, PMID)
}
_NAMES = select(_c.entry, _c.family, _c.given, _c.non_dropping_particle, _c.literal).where(
    _c.entry.in_(AMONG)
)


@dataclass(slots=True)
class Family:
    """Rows by their positions, and papers of the library by their ids, each in order."""

    rows: list[int] = field(default_factory=list)
    papers: list[int] = field(default_factory=list)


class Sketches:
    """The keys of many rows, as numbers."""

    def __init__(self) -> None:
        self._prints = array("q")  # the rows' fingerprints, one behind the other
        self._print_ends = array("q", [0])
        self._named = array("q")  # the hashes of keys that only count together with a name
        self._named_ends = array("q", [0])
        self._titles = array("q")  # the hash of the title; 0 without one
        self._identifiers: list[str] = []  # "doi 10.1000/1", one a line; mostly one or none

    def add(self, entry: Entry) -> None:
        evidence = Evidence(entry)
        prints = evidence.fingerprint
        self._prints.extend(prints)
        self._print_ends.append(len(self._prints))
        weak = [value for value in prints if value < 0]
        if weak:
            self._named.extend(map(number, name_keys(weak, evidence.names)))
        self._named_ends.append(len(self._named))
        self._titles.append(evidence.title_hash or 0)
        self._identifiers.append("\n".join([" ".join(one) for one in evidence.identifiers]))

    def fingerprint(self, row: int) -> tuple[int, ...]:
        """As `model.text.fingerprint` makes it of the row's title and abstract."""
        return tuple(self._prints[self._print_ends[row] : self._print_ends[row + 1]])

    def keys(self, row: int) -> Iterator[int]:
        """The numbers of the row's keys (`grouping.number`)."""
        yield from (2 * value for value in self.fingerprint(row) if value >= 0)
        yield from self._named[self._named_ends[row] : self._named_ends[row + 1]]
        if title := self._titles[row]:
            yield title | 1
        for scheme, value in self._identifiers_of(row):
            yield number((scheme, value))

    def _identifiers_of(self, row: int) -> Iterator[tuple[str, str]]:
        said = self._identifiers[row]
        for one in said.split("\n") if said else ():  # an identifier has no line end
            scheme, _blank, value = one.partition(" ")
            yield scheme, value

    def count(self, rows: Sequence[int]) -> int:
        """About how many keys they have together."""
        total = len(self._prints) + len(self._named) + 2 * len(self._titles)
        return total * len(rows) // max(len(self._titles), 1)

    def in_library(
        self, connection: Connection, rows: Sequence[int], progress: Progress
    ) -> Iterator[tuple[int, int]]:
        """Which papers of the library have which of the rows' keys: (key, id), some twice."""
        weak: dict[int, set[int]] = {}
        for start in range(0, len(rows), _ROWS):
            progress.check()
            some = rows[start : start + _ROWS]
            titles = {title for row in some if (title := self._titles[row])}
            for title, entry_id in rows_among(connection, _WITH_TITLE, titles):
                yield title | 1, entry_id
            prints = {value for row in some for value in self.fingerprint(row)}
            for value, entry_id in rows_among(connection, _WITH_PRINT, prints):
                if value >= 0:
                    yield 2 * value, entry_id
                else:
                    weak.setdefault(entry_id, set()).add(value)
            said: dict[str, set[str]] = {}
            for row in some:
                for scheme, value in self._identifiers_of(row):
                    said.setdefault(scheme, set()).add(value)
            for scheme, values in said.items():
                for value, entry_id in rows_among(connection, _WITH_IDENTIFIER[scheme], values):
                    yield number((scheme, value)), entry_id
        yield from _named_keys(connection, weak, progress)


def _named_keys(
    connection: Connection, weak: dict[int, set[int]], progress: Progress
) -> Iterator[tuple[int, int]]:
    """The keys that papers have by a part of their fingerprint and by a name."""
    names: dict[int, set[str]] = {}
    for entry_id, family, given, particle, literal in rows_among(connection, _NAMES, weak):
        creator = Creator(
            family=family, given=given, non_dropping_particle=particle, literal=literal
        )
        names.setdefault(entry_id, set()).add(name_key(creator))
    progress.check()
    for entry_id, own in names.items():
        for key in name_keys(sorted(weak[entry_id]), own):
            yield number(key), entry_id


def families(
    connection: Connection | None, sketches: Sketches, rows: Sequence[int], progress: Progress
) -> tuple[list[Family], frozenset[int]]:
    """What of `rows` and the library is linked, by the first row; and the numbers of the keys
    that are too common to link. Raises Cancelled."""
    parts = sketches.count(rows) // _AT_ONCE + 1
    known: list[tuple[array[int], array[int]]] = [(array("q"), array("q")) for _ in range(parts)]
    if connection is not None and connection.scalar(select(_e.id).limit(1)) is not None:
        for key, entry_id in sketches.in_library(connection, rows, progress):
            known[(key >> 1) % parts][0].append(key)
            known[(key >> 1) % parts][1].append(-entry_id)
    links = _Links()
    common: set[int] = set()
    repeated = _repeated(sketches, rows)
    for first_part in range(0, parts, _PARTS):
        some = range(first_part, min(first_part + _PARTS, parts))
        keys, nodes = _keys(sketches, rows, parts, some, progress)
        for part in some:
            progress.check()
            papers = set(zip(*known[part], strict=True))
            own = zip(keys[part], nodes[part], strict=True)
            common.update(_common((key for key, row in own if row not in repeated), papers))
            first: dict[int, int] = {}
            for key, node in zip(keys.pop(part), nodes.pop(part), strict=True):
                other = first.setdefault(key, node)
                if other != node and key not in common:
                    links.link(other, node)
            for key, node in papers:
                if key in first and key not in common:
                    links.link(first[key], node)
    return links.families(), frozenset(common)


def _repeated(sketches: Sketches, rows: Sequence[int]) -> set[int]:
    """Rows that say word for word what one before them says: one paper, however often it came."""
    seen: set[tuple[int, ...]] = set()
    repeated = set()
    for row in rows:
        prints = sketches.fingerprint(row)
        if prints in seen:
            repeated.add(row)
        seen.add(prints)
    return repeated


def _common(keys: Iterable[int], papers: Iterable[tuple[int, int]]) -> Iterator[int]:
    """The weak ones of `keys` that very many rows and papers share."""
    counts = Counter(keys)
    counts.update(key for key, _paper in papers if key in counts)
    return (key for key, count in counts.items() if count > COMMON and not key & 1)


def _keys(
    sketches: Sketches, rows: Sequence[int], parts: int, some: range, progress: Progress
) -> tuple[dict[int, "array[int]"], dict[int, "array[int]"]]:
    """The keys of all rows that are of `some` parts, and whose they are."""
    keys = {part: array("q") for part in some}
    nodes = {part: array("q") for part in some}
    for place, row in enumerate(rows):
        if place % 100 == 0:
            progress.check()
        for key in sketches.keys(row):
            part = (key >> 1) % parts
            if part in keys:
                keys[part].append(key)
                nodes[part].append(row)
    return keys, nodes


class _Links:
    """Disjoint sets (Galler and Fischer, 1964): what is linked has one root."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def link(self, one: int, other: int) -> None:
        one, other = self._root(one), self._root(other)
        if one != other:
            self._above[one] = other

    def _root(self, node: int) -> int:
        above = self._above
        while (next_one := above.setdefault(node, node)) != node:
            above[node] = node = above[next_one]
        return node

    def families(self) -> list[Family]:
        found: dict[int, Family] = {}
        for node in self._above:
            family = found.setdefault(self._root(node), Family())
            if node >= 0:
                family.rows.append(node)
            else:
                family.papers.append(-node)
        for family in found.values():
            family.rows.sort()
            family.papers.sort()
        return sorted(found.values(), key=lambda family: family.rows)


def chosen(families: Iterable[Family], count: int) -> Iterator[list[Family]]:
    """`families` in lists of about `count` members."""
    some: list[Family] = []
    members = 0
    for family in families:
        some.append(family)
        members += len(family.rows) + len(family.papers)
        if members >= count:
            yield some
            some, members = [], 0
    if some:
        yield some
