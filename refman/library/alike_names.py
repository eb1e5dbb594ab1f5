"""Whether two names are of one person, and how well the creators of two records agree.

Spellings differ by initials ("H. V. Jagadish"), accents written out or lost ("Güting", "Gueting",
"G?ting"), nicknames, a particle, an order turned round. Two given names written out that have
nothing in common are of two people: Wei Zhang is not Wen Zhang.
"""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from refman.model.creator import Creator
from refman.model.text import fold, unescaped

_LEAST = 30  # names without an exact counterpart that are still compared each with each
_LOST = re.compile("[?\N{REPLACEMENT CHARACTER}]")  # what stands where an accent was lost
_LONG = 6  # letters of a family name in which one may be wrong
_PREFIX = 3  # letters of a given name that may stand for it: "Alex" for "Alexander"

_NICKNAMES = {
    nickname: name
    for name, nicknames in {
        "albert": "al bert",
        "alexander": "alex sasha sandy",
        "andrew": "andy drew",
        "anthony": "tony",
        "barbara": "barb",
        "benjamin": "ben",
        "catherine": "cathy kathy kate katherine kathryn katie",
        "charles": "charlie chuck",
        "christopher": "chris kit",
        "daniel": "dan danny",
        "david": "dave",
        "deborah": "deb debbie",
        "donald": "don",
        "edward": "ed eddie ted ned",
        "elizabeth": "liz beth betty betsy lisa eliza",
        "frederick": "fred",
        "gerald": "gerry jerry",
        "gregory": "greg",
        "harold": "hal harry",
        "henry": "hank",
        "james": "jim jimmy",
        "jeffrey": "jeff geoffrey geoff",
        "jennifer": "jen jenny",
        "john": "jack johnny",
        "joseph": "joe",
        "judith": "judy",
        "kenneth": "ken",
        "lawrence": "larry laurence",
        "margaret": "peggy meg maggie",
        "matthew": "matt",
        "michael": "mike mick mickey",
        "nicholas": "nick nicolas",
        "patricia": "pat patty trish",
        "peter": "pete",
        "philip": "phil phillip",
        "raymond": "ray",
        "rebecca": "becky",
        "richard": "dick rick rich",
        "robert": "bob rob bobby",
        "ronald": "ron",
        "samuel": "sam",
        "stephen": "steve steven",
        "susan": "sue",
        "theodore": "theo",
        "thomas": "tom",
        "timothy": "tim",
        "victoria": "vicky",
        "walter": "walt",
        "william": "bill will billy",
    }.items()
    for nickname in nicknames.split()
}


class Person(NamedTuple):
    """A name made ready for comparing: letters only, no accents, no case."""

    family: str
    given: tuple[str, ...]  # each an initial or a name
    particle: str


class Level(IntEnum):
    """How well the creators of two records agree."""

    NONE = 0
    FEW = 1  # one of many
    LEADING = 2  # one record names only the first of the other's
    MOST = 3
    ALL = 4  # all of those that are named, where a list is truncated


def name_key(creator: Creator) -> str:
    """What spellings of one name share, most of them: family name and first initial."""
    given = fold(_whole(creator.given))
    return f"{_letters(creator.family or creator.literal)} {given[:1]}".strip()


def person(creator: Creator) -> Person:
    return _person(creator.family or creator.literal, creator.given, creator.non_dropping_particle)


@lru_cache(maxsize=8192)
def _person(family: str, given: str, particle: str) -> Person:
    parts: list[str] = []
    for part in re.split(r"[\s.,\-‐-―]+", _whole(given)):
        word = fold(part)
        # "PL" are two initials, "Li" is a name.
        parts.extend(word if 1 < len(part) <= 3 and part.isupper() else (word,))
    return Person(_letters(family), tuple(part for part in parts if part), _letters(particle))


def _whole(name: str) -> str:
    return unescaped(name) if "&" in name else name


def _letters(name: str) -> str:
    """The letters of a name; "ue" for an umlaut is put away as the umlaut is."""
    name = fold(_whole(name)).replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return name if name.isalnum() else "".join(c for c in name if c.isalnum() or _LOST.match(c))


def agreement(
    one: Sequence[Person], other: Sequence[Person], one_ends: bool, other_ends: bool
) -> tuple[Level, int]:
    """How well the names agree, and how many of them; `one_ends` where a list is whole.

    Symmetric.
    """
    if (len(one), one) > (len(other), other):
        one, other, one_ends, other_ends = other, one, other_ends, one_ends
    pairs = _pairs(one, other)
    shared, most = len(pairs), len(other)
    if not shared:
        return Level.NONE, 0
    if shared == len(one) and (shared == most or not one_ends):
        return Level.ALL, shared
    if 2 * shared >= most or (2 * shared >= len(one) and not (one_ends and other_ends)):
        return Level.MOST, shared
    if shared == len(one) and all(pairs.get(i) == i for i in range(shared)):
        return Level.LEADING, shared
    return Level.FEW, shared


def _pairs(one: Sequence[Person], other: Sequence[Person]) -> dict[int, int]:
    """Which of `one` is which of `other`: the same first, then those that may be."""
    places = {name: i for i, name in enumerate(other)}
    pairs = {i: places[name] for i, name in enumerate(one) if name in places}
    if len(pairs) == len(one):
        return pairs
    taken = set(pairs.values())
    left = [i for i in range(len(one)) if i not in pairs][:_LEAST]
    free = [i for i in range(len(other)) if i not in taken][:_LEAST]
    for i in left:
        for j in free:
            if same_person(one[i], other[j]):
                pairs[i] = j
                free.remove(j)
                break
    return pairs


def known_in(name: Person, others: Iterable[Person]) -> bool:
    """Whether a name is among others."""
    return any(same_person(name, other) for other in others)


def same_person(one: Person, other: Person) -> bool:
    """Whether two names may be of one person; symmetric."""
    if _same_family(one, other):
        return _given_agree(one.given, other.given)
    if one.given and other.given and _one_edit(one.family, other.family):
        return len(one.family) >= _LONG and _given_agree(one.given, other.given)
    # Written the other way round: "Zhang Wei" and "Wei Zhang".
    return ("".join(one.given), one.family) == (other.family, "".join(other.given)) != ("", "")


def _same_family(one: Person, other: Person) -> bool:
    if one.family == other.family:
        return True
    if one.particle + one.family == other.particle + other.family:
        return True
    if _LOST.search(one.family) or _LOST.search(other.family):
        return _fits(one.family, other.family) or _fits(other.family, one.family)
    return False


def _fits(lossy: str, whole: str) -> bool:
    """Whether `whole` may be the name of which `lossy` has lost letters."""
    parts = _LOST.split(lossy)
    if len(parts) < 2 or sum(map(len, parts)) < 2:
        return False
    return re.fullmatch(".{0,2}".join(map(re.escape, parts)), _LOST.sub("", whole)) is not None


def _given_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if not one or not other or one == other:
        return True
    if "".join(one) == "".join(other):
        return True
    if len(one) > len(other):
        one, other = other, one
    first, second = one[0], other[0]
    if _given_same(first, second):
        return True
    # Called by a later name: "Leon Zhao" is "J. Leon Zhao".
    return any(_given_same(first, later) for later in other[1:]) or any(
        _given_same(second, later) for later in one[1:]
    )


def _given_same(one: str, other: str) -> bool:
    if len(one) > len(other):
        one, other = other, one
    if len(one) == 1:
        return other.startswith(one) or _LOST.match(one) is not None
    if _LOST.search(one) or _LOST.search(other):
        return _fits(one, other) or _fits(other, one)
    if other.startswith(one) and len(one) >= _PREFIX:
        return True
    if _NICKNAMES.get(one, one) == _NICKNAMES.get(other, other):
        return True
    return len(one) >= _PREFIX + 1 and _one_edit(one, other)  # "Yuri", "Yury"


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter more, less or another makes the one word of the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return one == other
    start = next((i for i, c in enumerate(one) if c != other[i]), len(one))
    return one[start + (len(one) == len(other)) :] == other[start + 1 :]
