"""Which rows of a page are one paper, and which papers of the library they are.

`Groups` is filled with the library's papers that may be meant and then takes the rows one by
one. It knows no database: `families` finds who has to be compared with whom.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from types import MappingProxyType

from refman.i18n import _
from refman.library.distinct import NOTHING_SAID, Apart, Said, are_apart
from refman.library.evidence import Evidence
from refman.library.matching import CERTAIN, Match, compare, weigh
from refman.model.entry import Entry
from refman.model.text import hash64

# A title, an identifier, a part of the fingerprint; a negative part of it with a name, and with
# the numbers in the title.
Key = str | tuple[str, str] | int | tuple[int, str] | tuple[int, str, tuple[str, ...]]

NOTHING_APART: Apart = MappingProxyType({})
NAMES = 30  # of one record's that are looked at for titles that are nearly equal


@dataclass(eq=False)
class Group:
    """One paper: of the library (`entry_id`), or new. `rows` are positions on the page."""

    entry_id: int | None = None
    evidence: list[Evidence] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)  # other entries that turned out the same
    said: Said = NOTHING_SAID  # by what its records are known (`distinct`)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a row went: the group, and how sure; `doubts` are papers it may be as well."""

    group: Group
    match: Match | None = None
    doubts: tuple[tuple[Group, Match], ...] = ()


class Groups:
    """Rows and papers that are the same, found through what they have in common."""

    def __init__(
        self,
        distinct: Iterable[tuple[int, int]] = (),
        common: Collection[int] = (),
        apart: Apart = NOTHING_APART,
    ) -> None:
        """`distinct` are pairs of papers that a person keeps apart, `apart` what is known of
        others by what they say; `common` are the numbers of keys that so many papers share that
        they say nothing."""
        self._common = common
        self._known_apart = apart
        self._by_key: dict[Key, dict[Group, None]] = {}  # groups in the order they came
        self._merged_into: dict[Group, Group] = {}
        self._distinct = {frozenset(pair) for pair in distinct}
        self._signatures: set[tuple[object, ...]] = set()

    def add_known(self, entry_id: int, entry: Entry, said: Said = NOTHING_SAID) -> None:
        """A paper of the library that rows may turn out to be."""
        evidence = Evidence(entry)
        self._note(Group(entry_id=entry_id, said=said), evidence, self._keys(evidence))

    def place(
        self,
        position: int,
        evidence: Evidence,
        said: Said = NOTHING_SAID,
        word_for_word: Collection[int] = (),
    ) -> Placed:
        """Put a row where it belongs: into a group that is certainly the same, or a new one.

        Certain of several, it joins them, unless something says that they are not the same:
        then it goes to the surest and the others are doubts. What a person keeps apart from it,
        or from where it goes, is no doubt. `word_for_word` are papers of the library of which
        another page said the very same: what speaks against it spoke against that, too.
        """
        found: dict[Group, Match] = {}
        own = self._keys(evidence)
        for group in self._candidates(own):
            if self._known_apart and are_apart(self._known_apart, said, group.said):
                continue
            match = self._compare(evidence, group)
            sure = match is not None and match.tier == CERTAIN
            if not sure and group.entry_id is not None and group.entry_id in word_for_word:
                match = Match(CERTAIN, (_("Another page has the same row, word for word"),))
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
        doubts = [(g, m) for g, m in doubts if m.tier == CERTAIN or not self._kept_apart(home, g)]
        home.rows.append(position)
        home.said |= said
        self._note(home, evidence, own)
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

    def _keys(self, evidence: Evidence) -> list[Key]:
        found = keys(evidence)
        return [key for key in found if number(key) not in self._common] if self._common else found

    def _live(self, group: Group) -> Group:
        while group in self._merged_into:
            group = self._merged_into[group]
        return group

    def _candidates(self, own: Iterable[Key]) -> list[Group]:
        groups: dict[Group, None] = {}
        for key in own:
            for group in self._by_key.get(key, ()):
                groups[self._live(group)] = None
        return list(groups)

    def _note(self, group: Group, evidence: Evidence, own: Iterable[Key]) -> None:
        group.evidence.append(evidence)
        if not self._distinct and not self._known_apart:
            # Whatever is compared with one of several that say the same need not be compared with
            # the others: without this a thousand editorials take a million comparisons.
            if evidence.signature in self._signatures:
                return
            self._signatures.add(evidence.signature)
        for key in own:
            self._by_key.setdefault(key, {})[group] = None

    @staticmethod
    def _compare(evidence: Evidence, group: Group) -> Match | None:
        """The surest match with any record of the group; none where one of them vetoes, and none
        that is sure where something speaks against one of them."""
        best: Match | None = None
        doubted: Match | None = None
        for other in group.evidence:
            veto, match = weigh(evidence, other)
            if veto:
                return None
            if match and match.is_doubted:
                doubted = match
            if match and (best is None or match.tier > best.tier):
                best = match
        return doubted or best

    @staticmethod
    def _rank(group: Group) -> tuple[object, ...]:
        """Papers of the library first, then by their values."""
        entry = group.evidence[0].entry
        return (group.entry_id is None, not entry.title, entry.title, entry.abstract, group.rows)

    def _apart(self, one: Group, other: Group, between: Evidence) -> bool:
        """Whether two groups cannot be one, though the record `between` is certain of both."""
        if self._kept_apart(one, other):
            return True
        pairs = [(a, b) for a in one.evidence for b in other.evidence]
        for a, b in pairs:
            veto, match = weigh(a, b)
            if veto or (match and match.is_doubted):
                return True
        # An abstract alone does not outweigh two titles: Part 1 and Part 2 may share one.
        return not between.title and any(a.title and b.title and a.title != b.title
                                         for a, b in pairs)  # fmt: skip

    def _kept_apart(self, one: Group, other: Group) -> bool:
        """Whether a person said that two groups are not the same."""
        ids = [[g.entry_id, *g.joined] for g in (one, other)]
        if any(frozenset((a, b)) in self._distinct for a in ids[0] for b in ids[1]):
            return True
        return bool(self._known_apart) and are_apart(self._known_apart, one.said, other.said)

    def _join(self, home: Group, other: Group) -> None:
        home.evidence.extend(other.evidence)
        home.rows.extend(other.rows)
        home.joined.extend(other.joined)
        home.said |= other.said
        if other.entry_id is not None:
            home.joined.append(other.entry_id)
        self._merged_into[other] = home


def keys(evidence: Evidence) -> list[Key]:
    """What records of one paper have in common, at least one of them.

    Two words of a title, which the fingerprint counts below zero, stand in thousands of
    others ("reinforcement learning"): they are a key only together with a name, as titles
    that are nearly equal say something only with one.
    """
    found: list[Key] = [*evidence.identifiers]
    for value in evidence.fingerprint:
        if value >= 0:
            found.append(value)
        else:
            # Titles that are only nearly equal have the same numbers, or are of a series.
            found.extend((*key, evidence.numbers) for key in name_keys((value,), evidence.names))
    if evidence.title:
        found.append(evidence.title)
    return found


def number(key: Key) -> int:
    """A number for `key`, the same in one run of the program; even if it is a weak one, and
    without regard to the numbers in a title.

    A title or an identifier says something however many share it. A few words of an abstract,
    or of a title with a name, say nothing where many do.
    """
    if isinstance(key, int):
        return 2 * key
    if isinstance(key, str):
        return hash64(key) | 1
    return hash(key) | 1 if isinstance(key[0], str) else hash(key[:2]) & ~1


def name_keys(values: Iterable[int], names: Collection[str]) -> list[tuple[int, str]]:
    """Each of `values` with each of the names, but for those of a record with very many."""
    some = sorted(names)[:NAMES]
    return [(value, name) for value in values for name in some]
