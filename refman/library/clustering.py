"""Which papers stand together as duplicates, from the pairs that were found.

Pure, and a function of the pairs as a set. Papers that are certainly the same are one cluster;
for weaker pairs its first paper stands for all of it, so that what is certain can be merged
whatever else is in doubt. No cluster holds two papers that a person keeps apart: where a third is
like both, it stands with each of them in a cluster of its own.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from refman.db import schema
from refman.library.matching import CERTAIN, LIKELY

# Tiers of pairs that link nothing, and are told to nobody.
APART = 0  # something says that a cluster with both is not certain
KEPT_APART = schema.KEPT_APART  # a person said that they are not the same, of what they say


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers that may be the same, the smaller id first; how sure, and why, in sentences."""

    first: int
    second: int
    tier: int  # matching.CERTAIN, LIKELY, POSSIBLE
    reasons: tuple[str, ...]

    @property
    def is_doubted(self) -> bool:
        """As of a match (`matching.Match`)."""
        return self.tier < CERTAIN and len(self.reasons) > 1


@dataclass(frozen=True, slots=True)
class Grouped:
    """Papers that stand together, the one that is proposed to be kept first."""

    ids: tuple[int, ...]
    pairs: tuple[Pair, ...]
    tier: int


# From papers that stand together to the same, that which should be kept first.
Order = Callable[[Sequence[Collection[int]]], Sequence[tuple[int, ...]]]
_Apart = dict[int, set[int]]  # both ways round


def grouped(
    pairs: Iterable[Pair], kept_apart: Iterable[tuple[int, int]], order: Order
) -> list[Grouped]:
    """Clusters of `pairs`, the surest first.

    Those of the tiers APART and KEPT_APART only say what cannot be.
    """
    certain, weaker = linked(pairs, kept_apart)
    clusters = [
        Grouped(ids, _in_order(some), CERTAIN)
        for ids, some in zip(order([_ids(some) for some in certain]), certain, strict=True)
    ]
    first = {min(cluster.ids): cluster.ids[0] for cluster in clusters}
    weaker = [_renamed(some, first) for some in weaker]
    clusters.extend(
        Grouped(ids, _in_order(some), min(_weakest(some), LIKELY))
        for ids, some in zip(order([_ids(some) for some in weaker]), weaker, strict=True)
    )
    return sorted(clusters, key=lambda cluster: -cluster.tier)


def linked(
    pairs: Iterable[Pair], kept_apart: Iterable[tuple[int, int]]
) -> tuple[list[list[Pair]], list[list[Pair]]]:
    """The pairs of each cluster that is certain, and of each that is not.

    In the second, the smallest id of papers that are certainly the same stands for all of them.
    """
    found = sorted(pairs, key=lambda pair: (-pair.tier, pair.first, pair.second))
    apart: _Apart = {}
    for first, second in kept_apart:
        _keep_apart(apart, first, second)
    vetoes: _Apart = {}
    doubted: _Apart = {}
    for pair in found:
        if pair.tier == KEPT_APART:
            _keep_apart(apart, pair.first, pair.second)
        if pair.tier == APART:
            _keep_apart(vetoes, pair.first, pair.second)
        if pair.tier == APART or pair.is_doubted:
            _keep_apart(doubted, pair.first, pair.second)
    certain: list[list[Pair]] = []
    doubtful: list[Pair] = []
    groups = list(_together([pair for pair in found if pair.tier == CERTAIN], apart))
    times = Counter(entry_id for some in groups for entry_id in _ids(some))
    for some in groups:
        ids = _ids(some)
        # One that is certainly the same as two that are not: nobody knows which of them it is.
        is_unsure = any(times[each] > 1 for each in ids) or any(
            not ids.isdisjoint(doubted.get(each, ())) for each in ids
        )
        (doubtful.extend if is_unsure else certain.append)(some)
    doubtful.extend(pair for pair in found if APART < pair.tier < CERTAIN)
    if not doubtful:
        return certain, []
    stands_for = {i: min(ids) for some in certain for ids in [_ids(some)] for i in ids}
    return certain, list(_together(*_contracted(doubtful, apart, vetoes, stands_for)))


def _renamed(pairs: Iterable[Pair], names: Mapping[int, int]) -> list[Pair]:
    """`pairs` with other papers in the place of those in `names`."""
    renamed = []
    for pair in pairs:
        first, second = sorted(names.get(i, i) for i in (pair.first, pair.second))
        renamed.append(replace(pair, first=first, second=second))
    return renamed


def _contracted(
    pairs: Iterable[Pair], apart: _Apart, vetoes: _Apart, stands_for: dict[int, int]
) -> tuple[list[Pair], _Apart]:
    """`pairs` and what is kept apart, each paper replaced by the one that stands for it.

    What something vetoes of one paper of a certain cluster is said of all of it.
    """
    shared: _Apart = {}
    for first, others in apart.items():
        for second in others:
            _keep_apart(shared, stands_for.get(first, first), stands_for.get(second, second))
    for first, others in vetoes.items():
        for second in others:
            if first in stands_for or second in stands_for:
                _keep_apart(shared, stands_for.get(first, first), stands_for.get(second, second))
    best: dict[tuple[int, int], Pair] = {}
    for pair in pairs:
        first, second = sorted(stands_for.get(i, i) for i in (pair.first, pair.second))
        known = best.get((first, second))
        if first != second and (known is None or pair.tier > known.tier):
            best[first, second] = replace(pair, first=first, second=second)
    return sorted(best.values(), key=lambda p: (-p.tier, p.first, p.second)), shared


def _together(pairs: Sequence[Pair], apart: _Apart) -> Iterator[list[Pair]]:
    """`pairs`, in the order of their strength, by what is connected; what is kept apart never is.

    A pair that would bring together what is kept apart comes later, among its like.
    """
    left = [pair for pair in pairs if pair.second not in apart.get(pair.first, ())]
    while left:
        home: dict[int, set[int]] = {}
        for pair in left:
            one = home.setdefault(pair.first, {pair.first})
            other = home.setdefault(pair.second, {pair.second})
            if one is other:
                continue
            small, large = sorted((one, other), key=len)
            if apart and any(not large.isdisjoint(apart.get(each, ())) for each in small):
                continue
            large |= small
            home.update(dict.fromkeys(small, large))
        found: dict[int, list[Pair]] = {}
        rest = []
        for pair in left:
            if home[pair.first] is home[pair.second]:
                found.setdefault(id(home[pair.first]), []).append(pair)
            else:
                rest.append(pair)
        yield from found.values()
        left = rest


def _weakest(pairs: Sequence[Pair]) -> int:
    """The tier of the weakest link that is needed to connect all, the strongest taken first."""
    home: dict[int, set[int]] = {}
    weakest = CERTAIN
    for pair in _in_order(pairs):
        one = home.setdefault(pair.first, {pair.first})
        other = home.setdefault(pair.second, {pair.second})
        if one is not other:
            weakest = pair.tier
            one |= other
            home.update(dict.fromkeys(other, one))
    return weakest


def _keep_apart(apart: _Apart, first: int, second: int) -> None:
    apart.setdefault(first, set()).add(second)
    apart.setdefault(second, set()).add(first)


def _ids(pairs: Iterable[Pair]) -> set[int]:
    return {i for pair in pairs for i in (pair.first, pair.second)}


def _in_order(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (-pair.tier, pair.first, pair.second)))
