"""What the search line offers to complete: query words, and the values some of them take."""

from collections.abc import Callable, Collection, Mapping

from refman.library import STATUSES
from refman.library.queries import WORDS
from refman.model.arxiv_categories import CATEGORIES
from refman.model.entry_types import ENTRY_TYPES

PARTS = (
    "abstract arxiv attachment author category code collection doi file highlight listing note"
    " rating score tag title url venue year"
).split()
_FIXED: Mapping[str, Collection[str]] = {
    "status": STATUSES,
    "type": tuple(ENTRY_TYPES),
    "category": tuple(sorted(CATEGORIES)),
    "has": PARTS,
    "no": PARTS,
}
MOST = 12  # offers at once


def offers(names: Callable[[str], list[str]], word: str) -> list[str]:
    """What `word`, as far as it is typed, may become; a word that ends in `:` wants a value.

    `names` gives the names of all that is a `tag`, `collection` or `listing`.
    """
    minus = "-" if word.startswith("-") else ""
    name, colon, value = word[len(minus) :].partition(":")
    if not colon:
        words = sorted(each for each in WORDS if each.startswith(name.casefold()))
        return [f"{minus}{each}:" for each in words]
    start = value.strip('"').casefold()
    found = [each for each in _values(names, name.casefold()) if start in each.casefold()]
    found.sort(key=lambda each: not each.casefold().startswith(start))
    return [f"{minus}{name}:{_quoted(each)}" for each in found[:MOST]]


def finished(query: str) -> str:
    """`query` without a query word at its end that has no value yet: `tag:` finds all, not none."""
    rest, _space, last = query.rpartition(" ")
    name = last.removeprefix("-").removesuffix(":").casefold()
    return rest if last.endswith(":") and name in WORDS else query


def _values(names: Callable[[str], list[str]], name: str) -> list[str]:
    if name in ("tag", "collection", "listing"):
        return list(dict.fromkeys(names(name)))
    return list(_FIXED.get(name, ()))


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
