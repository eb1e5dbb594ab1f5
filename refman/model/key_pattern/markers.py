"""What a marker in brackets stands for: names, words of the title, pages, dates, fields.

To add a marker, write what it means into `MARKERS` and what it gives into `_OF_ENTRY` or, of
names, into `names.GIVES`. The names and their meanings are those of JabRef's manual ("Customize
the citation key generator", https://docs.jabref.org/setup/citationkeypatterns), but for
`default`, which is refman's own pattern. Where that manual is silent refman does so:

- All is in ASCII letters before it is counted or cut; names come without particles (`van`)
  except in `authFirstFull`; TeX is put away.
- Without authors, and but for `pureauth…`, editors stand in, and without these anyone else.
- "And others" counts as one more author, whose name is not known.
- A body of one word is called by that word, of several by their initials.
- A word of a title ends at a blank or a hyphen, but `Q-learning` and `O'Brien` are one.
"""

import re
from collections.abc import Callable, Mapping

from refman.model import fields
from refman.model.citation_key import by_pattern, without_tex
from refman.model.creator import ROLES
from refman.model.entry import Entry
from refman.model.key_pattern import names
from refman.model.key_pattern.names import SMALL_WORDS, plain

# In the order of a help text; N and M stand for numbers.
MARKERS: Mapping[str, str] = {
    "default": "refman's own pattern: family name, year, first significant word, in lower case",
    "auth": "the first author's family name",
    "authN": "its first N letters",
    "authN_M": "the first N letters of the Mth author's family name",
    "authFirstFull": "the first author's particle and family name",
    "authForeIni": "the initial of the first author's given name",
    "auth.etal": "the first author; of two both; of more, the first and .etal",
    "authEtAl": "the same without the points: EtAl",
    "auth.auth.ea": "the first two authors, and .ea if there are more",
    "authors": "all authors",
    "authorsN": "up to N authors, and EtAl if there are more",
    "authIniN": "the beginning of each author's name, N letters in all",
    "authorIni": "five letters of the first author, the initials of the others",
    "authshort": "one author's name, or the initials of up to three, and + if there are more",
    "authorsAlpha": "as BibTeX's style alpha: three letters of one author, initials of several",
    "authorsAlphaLNI": "as in Lecture Notes in Informatics: two letters, or up to four initials",
    "authorLast": "the last author",
    "authorLastForeIni": "the initial of the last author's given name",
    "edtr": "the first editor; like auth in all these: edtrN, edtrIniN, edtrshort, …",
    "editors": "all editors; like authors in all these: editorLast, editorIni, …",
    "title": "the title, its significant words capitalised",
    "fulltitle": "the title as it is written",
    "shorttitle": "its first three significant words",
    "shorttitleINI": "their initials",
    "veryshorttitle": "its first significant word",
    "camel": "all words of the title, capitalised",
    "camelN": "its first N words, capitalised",
    "year": "the year",
    "shortyear": "its last two digits",
    "month": "the month's English name",
    "day": "the day of the month",
    "entrytype": "the type: Article, InProceedings, …",
    "firstpage": "the lowest page number",
    "lastpage": "the highest page number",
    "pageprefix": "the letters before the first page number: L of L7",
    "keywordN": "the Nth tag",
    "keywordsN": "up to N tags",
}

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_TYPES = {
    name.lower(): name
    for name in (
        "InBook InCollection InProceedings InReference SuppBook SuppCollection SuppPeriodical "
        "BookInBook MvBook MvCollection MvProceedings MvReference MastersThesis PhdThesis "
        "TechReport"
    ).split()
}
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
_NUMBERED = re.compile(r"(?P<base>[A-Za-z.]*[A-Za-z])(?P<n>\d{1,3})?(?:_(?P<m>\d{1,3}))?")
_PREFIX = re.compile(r"\s*([^\W\d]+)\d")

Gives = Callable[[Entry], str]


def find(name: str) -> Gives:
    """What gives the text of the marker `name`. Raises KeyError where there is no such marker."""
    if name.isupper():
        meant = name.lower()
        if fields.biblatex_name(meant) not in fields.FIELDS and _is_marker(meant):
            raise KeyError(name)  # there is no field AUTH
        return _field(meant)
    found = _NUMBERED.fullmatch(name)
    if found:
        n, m = int(found["n"] or 0), int(found["m"] or 0)
        numbers = ("#" if found["n"] else "") + ("_#" if found["m"] else "")
        pure, base, role = names.whose(found["base"])
        if gives_names := names.GIVES.get(base + numbers):
            return lambda entry: gives_names(names.people_of(entry, role, pure), n, m)
        if not pure and not role and (gives := _OF_ENTRY.get(base + numbers)):
            return lambda entry: gives(entry, n)
    if fields.biblatex_name(name) in fields.FIELDS and name.islower():
        return _field(name)
    raise KeyError(name)


def _is_marker(name: str) -> bool:
    try:
        find(name)
    except KeyError:
        return False
    return name != "entrytype"


# --- the title --------------------------------------------------------------------------


def words_of(title: str) -> list[str]:
    """The words of a title in ASCII, as they are written."""
    words: list[str] = []
    for word in _WORD.findall(without_tex(title)):
        words.extend(_parts(word))
    return [ascii_word for word in words if (ascii_word := plain(word))]


def _parts(word: str) -> list[str]:
    """`value-based` is two words, `Q-learning` and `don't` are one, `l'analyse` is `analyse`."""
    if len(word) > 2 and word[1] in "'’" and word[0].lower() in "cdjlmnst":
        word = word[2:]
    parts = re.split(r"[-‐‑]", re.sub(r"['’]", "", word))
    return ["".join(parts)] if len(parts[0]) == 1 else parts


def _significant(title: str) -> list[str]:
    return [word for word in words_of(title) if word.casefold() not in SMALL_WORDS]


def _capitalised(words: list[str]) -> str:
    return " ".join(word[:1].upper() + word[1:].lower() for word in words)


def _title(entry: Entry, _n: int) -> str:
    words = words_of(entry.title)
    return " ".join(
        word.lower() if i and word.casefold() in SMALL_WORDS else _capitalised([word])
        for i, word in enumerate(words)
    )


def _initials(words: list[str]) -> str:
    return "".join(word[:1].upper() for word in words)


# --- the rest ---------------------------------------------------------------------------


def _year(entry: Entry, _n: int) -> str:
    return entry.fields.get("year", "") if entry.year is None else str(abs(entry.year))


def _date_part(entry: Entry, position: int) -> int:
    """The month (1) or the day (2) of the first date; 0 where it has none."""
    found = re.match(r"-?\d{4}-(\d\d)(?:-(\d\d))?", entry.date)
    return int(found[position] or 0) if found else 0


def _month(entry: Entry, _n: int) -> str:
    number = _date_part(entry, 1)
    return _MONTHS[number - 1] if 0 < number <= 12 else entry.fields.get("month", "").capitalize()


def _day(entry: Entry, _n: int) -> str:
    number = _date_part(entry, 2)
    return str(number) if number else entry.fields.get("day", "")


def _entry_type(entry: Entry, _n: int) -> str:
    return _TYPES.get(entry.entry_type, entry.entry_type.capitalize())


def _pages(entry: Entry) -> list[int]:
    return [int(found) for found in re.findall(r"[0-9]{1,18}", entry.fields.get("pages", ""))]


def _first_page(entry: Entry, _n: int) -> str:
    pages = _pages(entry)
    return str(min(pages)) if pages else ""


def _last_page(entry: Entry, _n: int) -> str:
    pages = _pages(entry)
    return str(max(pages)) if pages else ""


def _page_prefix(entry: Entry, _n: int) -> str:
    found = _PREFIX.match(entry.fields.get("pages", ""))
    return found[1] if found else ""


_OF_ENTRY: Mapping[str, Callable[[Entry, int], str]] = {
    "default": lambda entry, _n: by_pattern(entry),
    "title": _title,
    "fulltitle": lambda entry, _n: without_tex(entry.title),
    "shorttitle": lambda entry, _n: _capitalised(_significant(entry.title)[:3]),
    "shorttitleINI": lambda entry, _n: _initials(_significant(entry.title)[:3]),
    "veryshorttitle": lambda entry, _n: _capitalised(_significant(entry.title)[:1]),
    "camel": lambda entry, _n: _capitalised(words_of(entry.title)),
    "camel#": lambda entry, n: _capitalised(words_of(entry.title)[:n]),
    "year": _year,
    "shortyear": lambda entry, n: _year(entry, n)[-2:],
    "month": _month,
    "day": _day,
    "entrytype": _entry_type,
    "firstpage": _first_page,
    "lastpage": _last_page,
    "pageprefix": _page_prefix,
    "keyword#": lambda entry, n: "".join(entry.keywords[max(n - 1, 0) : n]),
    "keywords#": lambda entry, n: "".join(entry.keywords[:n]),
}

_OWN_FIELDS: Mapping[str, Callable[[Entry, int], str]] = {
    "title": lambda entry, _n: without_tex(entry.title),
    "abstract": lambda entry, _n: without_tex(entry.abstract),
    "date": lambda entry, _n: entry.date,
    "keywords": lambda entry, _n: " ".join(entry.keywords),
    "entrytype": _entry_type,
    "year": _year,
    "month": _month,
    "day": _day,
}


def _field(name: str) -> Gives:
    """What gives the text of a field, by its BibTeX or BibLaTeX name."""
    name = fields.biblatex_name(name)
    if name in ROLES:
        return lambda entry: " and ".join(one.full_name for one in entry.by_role(name))
    if own := _OWN_FIELDS.get(name):
        return lambda entry: own(entry, 0)
    return lambda entry: without_tex(entry.fields.get(name, ""))
