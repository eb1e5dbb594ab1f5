"""Names in keys: the markers of authors and editors. What each means is written in `markers`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from refman.model.citation_key import main_creators, to_ascii, without_tex
from refman.model.creator import AUTHOR, EDITOR, Creator
from refman.model.entry import Entry

# JabRef's function words: what a title's significant words are not.
SMALL_WORDS = frozenset(
    "a about above across against along among an and around at before behind below beneath beside "
    "between beyond but by down during except for from in inside into like near nor of off on "
    "onto or since so the through to toward under until up upon with within without yet".split()
)

_NOT_LETTERS = re.compile(r"[^A-Za-z0-9-]+")


def plain(text: str) -> str:
    """A word or name in ASCII letters, digits and hyphens."""
    return _NOT_LETTERS.sub("", to_ascii(without_tex(text)))


@dataclass(frozen=True, slots=True)
class _Name:
    """A creator in ASCII. `initials` are a body's, or ''."""

    last: str
    full: str
    given: str
    initials: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """Those that are known, and whether there are others."""

    names: tuple[_Name, ...]
    others: bool

    @property
    def count(self) -> int:
        return len(self.names) + self.others

    def last(self, position: int) -> str:
        """The family name of one, counted from 0; '' where there is none."""
        return self.names[position].last if position < len(self.names) else ""

    def first_letters(self, most: int) -> str:
        return "".join(name.last[:1] for name in self.names[:most])


def whose(base: str) -> tuple[bool, str, str]:
    """Whether no one stands in, the marker as it is called of authors, and the role if it is
    editors'."""
    if base.startswith("pureauth"):
        return True, base.removeprefix("pure"), AUTHOR
    if base.startswith("edtr"):
        return True, base.replace("edtr", "auth"), EDITOR
    if base.startswith("editor"):
        return True, base.replace("editor", "author"), EDITOR
    return False, base, ""


def people_of(entry: Entry, role: str, pure: bool) -> People:
    creators = entry.by_role(role) if pure else main_creators(entry)
    names = tuple(name for creator in creators if (name := _name(creator)).last)
    others = entry.creators_truncated and bool(names) and creators[0].role == AUTHOR
    return People(names, others)


def _name(creator: Creator) -> _Name:
    if creator.literal:
        words = [plain(word) for word in without_tex(creator.literal).split()]
        words = [word for word in words if word]
        if len(words) < 2:
            return _Name("".join(words), "".join(words), "")
        told = [word for word in words if word.casefold() not in SMALL_WORDS] or words
        initials = "".join(word[0] for word in told)
        return _Name(initials, initials, "", initials)
    last = plain(creator.family) or plain(creator.given)
    particles = plain(creator.dropping_particle) + plain(creator.non_dropping_particle)
    return _Name(last, particles + last, plain(creator.given))


def _auth(people: People, _n: int, _m: int) -> str:
    return people.last(0)


def _auth_n(people: People, n: int, _m: int) -> str:
    return people.last(0)[:n]


def _auth_n_m(people: People, n: int, m: int) -> str:
    return people.last(m - 1)[:n] if m else ""


def _first_full(people: People, _n: int, _m: int) -> str:
    return people.names[0].full if people.names else ""


def _fore_initial(people: People, _n: int, _m: int) -> str:
    return people.names[0].given[:1] if people.names else ""


def _et_al(point: str, others: str, most: int) -> Callable[[People, int, int], str]:
    """Up to `most` names; of more authors than two only so many, and `others`."""

    def gives(people: People, _n: int, _m: int) -> str:
        known = [name.last for name in people.names]
        if people.count <= 2:
            return point.join(known) + (others if people.others else "")
        return point.join(known[:most]) + others

    return gives


def _authors(people: People, _n: int, _m: int) -> str:
    return "".join(name.last for name in people.names) + ("EtAl" if people.others else "")


def _authors_n(people: People, n: int, _m: int) -> str:
    known = "".join(name.last for name in people.names[:n])
    return known + ("EtAl" if people.count > n and known else "")


def _ini_n(people: People, n: int, _m: int) -> str:
    """Each gets the same number of letters, and the first ones one more where it does not come
    out even."""
    if not people.names:
        return ""
    each, left = divmod(n, len(people.names))
    return "".join(name.last[: each + (i < left)] for i, name in enumerate(people.names))


def _author_ini(people: People, _n: int, _m: int) -> str:
    return people.last(0)[:5] + "".join(name.last[:1] for name in people.names[1:])


def _short(people: People, _n: int, _m: int) -> str:
    if people.count <= 1:
        return people.last(0)
    return people.first_letters(3) + ("+" if people.count > 3 or people.others else "")


def _alpha(people: People, _n: int, _m: int) -> str:
    if people.count <= 1:
        return people.last(0)[:3]
    if people.count <= 4:
        return people.first_letters(4) + ("+" if people.others else "")
    return people.first_letters(3) + "+"


def _alpha_lni(people: People, _n: int, _m: int) -> str:
    if people.names and (people.count == 1 or people.others):
        return people.names[0].initials or people.last(0)[:2]
    return people.first_letters(4)


def _last(people: People, _n: int, _m: int) -> str:
    return people.names[-1].last if people.names else ""


def _last_fore_initial(people: People, _n: int, _m: int) -> str:
    return people.names[-1].given[:1] if people.names else ""


# `#` stands for a number here.
GIVES: Mapping[str, Callable[[People, int, int], str]] = {
    "auth": _auth,
    "auth#": _auth_n,
    "auth#_#": _auth_n_m,
    "authFirstFull": _first_full,
    "authForeIni": _fore_initial,
    "auth.etal": _et_al(".", ".etal", 1),
    "authEtAl": _et_al("", "EtAl", 1),
    "auth.auth.ea": _et_al(".", ".ea", 2),
    "authors": _authors,
    "authors#": _authors_n,
    "authIni#": _ini_n,
    "authorIni": _author_ini,
    "authshort": _short,
    "authorsAlpha": _alpha,
    "authorsAlphaLNI": _alpha_lni,
    "authorLast": _last,
    "authorLastForeIni": _last_fore_initial,
}
