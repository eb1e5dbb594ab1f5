"""What the search line offers to complete: query words, and the values some of them take."""

from collections.abc import Callable

from refman.library import STATUSES
from refman.library.queries import WORDS

PARTS = (
    "abstract arxiv attachment author category code collection doi file highlight listing note"
    " rating tag title url venue year"
).split()
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
    if name == "status":
        return list(STATUSES)
    return list(PARTS) if name in ("has", "no") else []


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
