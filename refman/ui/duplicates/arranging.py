"""Which groups of duplicates are listed: those of some tiers that have some words."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from refman.library.duplicates import Cluster
from refman.library.matching import CERTAIN, LIKELY, POSSIBLE
from refman.model.text import fold

TIERS = (CERTAIN, LIKELY, POSSIBLE)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be listed."""

    query: str = ""
    tiers: frozenset[int] = frozenset(TIERS)


@dataclass(frozen=True, slots=True)
class Arranged:
    """What is listed, of how many, and how the library stands."""

    clusters: Sequence[Cluster] = ()
    shown: Sequence[Cluster] = ()
    tiers: Counter[int] = field(default_factory=Counter)
    papers: int = 0  # of the library, outside the trash
    unscanned: int = 0  # of which so many were not looked at yet


def key_of(cluster: Cluster) -> frozenset[int]:
    """What stays the same when a group is found anew."""
    return frozenset(cluster.ids)


def arrange(
    clusters: Sequence[Cluster], choice: Choice, found: Collection[int] | None = None
) -> list[Cluster]:
    """The groups that `choice` leaves, in their order.

    A group has the words if its title and reasons do, or if one of its papers is among
    `found`, what the library finds with them.
    """
    shown = [each for each in clusters if each.tier in choice.tiers]
    words = fold(choice.query).split()
    if not words:
        return shown
    among = found or ()
    return [
        each
        for each in shown
        if any(entry_id in among for entry_id in each.ids) or _has(each, words)
    ]


def _has(cluster: Cluster, words: Sequence[str]) -> bool:
    reasons = (reason for pair in cluster.pairs for reason in pair.reasons)
    text = fold("\n".join((cluster.title, *reasons)))
    return all(word in text for word in words)
