"""What is cited: an item of CSL-JSON as a style asks for it, and where its rendering stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from refman.formats.csl.marks import marked

# Of these a style shows the value as it is: no quotes, apostrophes or tags in them.
_VERBATIM = frozenset(("DOI", "URL", "ISBN", "ISSN", "PMID", "PMCID", "language", "citation-key"))
_NAME_PARTS = (
    "family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal",
)  # fmt: skip
# EDTF as BibLaTeX writes it: `1999?`, `2020-21`, `19XX`, `2020/..`.
_EDTF = re.compile(r"(-?\d{4,5})(?:-(\d\d)(?:-(\d\d))?)?([?~%]?)")

Name = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Day:
    """One or two partial days, each (year, month, day) as far as known; months 21 to 24 are
    seasons. An empty second one is an open end. `literal` is what is none of this."""

    ends: tuple[tuple[int, ...], ...] = ()
    literal: str = ""
    circa: bool = False

    @property
    def key(self) -> str:
        """Sorts as the days do; years before Christ, too."""
        year, month, day = (*self.ends[0], 0, 0, 0)[:3] if self.ends else (0, 0, 0)
        return f"{year + 100000:06}{month:02}{day:02}" if self.ends else self.literal


@dataclass(slots=True)
class Shown:
    """How the names of a cite must be shown so that it is not taken for another one."""

    names: int = 0  # at least so many before "et al."
    levels: dict[str, int] = field(default_factory=dict)  # whole name → 1 initials, 2 in full
    level: int = 0  # of all names; of those in `levels`, the higher counts
    expanded: int | None = None  # how many names `level` is for; None: all
    disambiguate: bool = False
    year_suffix: str = ""


@dataclass(slots=True)
class Cite:
    """An item in one rendering. What the elements note while they render is reset by `begin`."""

    id: str
    type: str
    values: Mapping[str, str]
    names: Mapping[str, Sequence[Name]]
    dates: Mapping[str, Day]
    truncated: bool = False
    number: int = 0
    shown: Shown = field(default_factory=Shown)

    area: str = "citation"
    sorting: Mapping[str, str] | None = None  # the options of the sort key that is being made
    called: int = 0  # variables asked for, and those that had a value
    filled: int = 0
    touched: list[str] = field(default_factory=list)
    suppressed: set[str] = field(default_factory=set)  # used up as substitutes
    nested: int = 0  # substitutes around the element that renders
    suffix_due: bool = False
    first_names: str | None = None  # what the first cs:names made
    instead: str | None = None  # what it must make

    def begin(self, area: str, sorting: Mapping[str, str] | None = None) -> None:
        self.area, self.sorting = area, sorting
        self.called = self.filled = 0
        self.touched = []
        self.suppressed = set()
        self.suffix_due = bool(self.shown.year_suffix) and sorting is None
        self.first_names = None

    def note(self, variable: str, *, there: bool) -> None:
        """A style asked for `variable`."""
        self.called += 1
        if there:
            self.filled += 1
            self.touched.append(variable)

    def has(self, variable: str) -> bool:
        return variable in self.values or variable in self.names or variable in self.dates

    @property
    def language(self) -> str:
        return self.values.get("language", "")


def cite_of(item: Mapping[str, Any]) -> Cite:
    """A cite of a CSL-JSON item. What is of a wrong type in it is left out."""
    values: dict[str, str] = {}
    names: dict[str, Sequence[Name]] = {}
    dates: dict[str, Day] = {}
    for variable, value in item.items():
        if variable in ("id", "type", "custom") or value is None:
            continue
        if isinstance(value, (str, int, float)):
            text = str(value).strip()
            if text:
                values[variable] = text if variable in _VERBATIM else marked(text)
        elif isinstance(value, Mapping):
            if date := _date(value):
                dates[variable] = date
        elif isinstance(value, Sequence) and (people := _names(value)):
            names[variable] = people
    for name, other in (("event", "event-title"), ("event-title", "event")):
        if other in values:
            values.setdefault(name, values[other])  # CSL 1.0.2 calls it otherwise than 1.0.1
    custom = item.get("custom")
    truncated = isinstance(custom, Mapping) and bool(custom.get("creators_truncated"))
    return Cite(str(item.get("id", "")), str(item.get("type", "")), values, names, dates, truncated)


def _names(value: Sequence[Any]) -> list[Name]:
    found: list[Name] = []
    for name in value:
        if isinstance(name, Mapping):
            parts = {p: marked(str(name[p])) for p in _NAME_PARTS if name.get(p)}
            if "literal" not in parts and "family" not in parts and "given" in parts:
                parts = {"literal": parts["given"]}  # somebody with one name
            if "literal" in parts or "family" in parts:
                found.append(parts)
    return found


def _date(value: Mapping[str, Any]) -> Day | None:
    circa = bool(value.get("circa"))
    parts = value.get("date-parts")
    ends: list[tuple[int, ...]] = []
    if isinstance(parts, Sequence) and not isinstance(parts, str):
        for end in list(parts)[:2]:
            numbers = _numbers(end)
            if ends or numbers:
                ends.append(numbers)
    season = str(value.get("season", ""))
    if len(ends) == 1 and len(ends[0]) == 1 and season in ("1", "2", "3", "4"):
        ends = [(*ends[0], 20 + int(season))]
    if ends:
        return Day(tuple(ends), circa=circa)
    literal = " ".join(str(value.get("literal") or value.get("raw") or "").split())
    if not literal:
        return None
    return _edtf(literal) or Day(literal=marked(literal), circa=circa)


def _numbers(end: Any) -> tuple[int, ...]:
    if not isinstance(end, Sequence) or isinstance(end, str):
        return ()
    numbers: list[int] = []
    for part in end[:3]:
        try:
            number = int(part)
        except (TypeError, ValueError):
            break
        if number == 0 or abs(number) > 99999:
            break
        numbers.append(number)
    return tuple(numbers)


def _edtf(literal: str) -> Day | None:
    start, slash, end = literal.partition("/")
    ends: list[tuple[int, ...]] = []
    circa = False
    for part in (start, end) if slash else (start,):
        found = _EDTF.fullmatch(part)
        if found:
            ends.append(tuple(int(number) for number in found.group(1, 2, 3) if number))
            circa = circa or bool(found[4])
        elif part in ("", "..") and ends:
            ends.append(())
        else:
            return None
    return Day(tuple(ends), circa=circa)
