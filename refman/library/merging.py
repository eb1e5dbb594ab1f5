"""From all that was seen of a paper, and what a person typed, to the paper.

The value of every field is a function of the sightings as a set: the order in which they
came plays no part, and ties are broken by the values themselves. `RULES` is the table.
What a person typed stands above them all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar

from refman.i18n import _
from refman.library.records import Seen, creators_from_json
from refman.model.creator import ROLES, Creator
from refman.model.entry import NO_FIELDS, Entry
from refman.model.text import normalised_title

# An edit's value, by field, as `entry_edit` keeps it.
Edits = Mapping[str, Any]
T = TypeVar("T")
VENUE_FIELDS = ("journaltitle", "booktitle", "eventtitle", "publisher", "institution")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as its sightings and edits make it."""

    entry: Entry = field(default_factory=Entry)
    category: str = ""  # a full arXiv category, or the bare label where its archive is open
    score: float | None = None
    code: bool = False
    attention: tuple[str, ...] = ()


def resolve(sightings: Sequence[Seen], edits: Edits | None = None) -> Paper:
    """The paper of which all `sightings` speak, in any order, with `edits` above them."""
    if len(sightings) == 1 and not edits:
        return _alone(sightings[0])
    values: dict[str, Any] = {name: rule(sightings) for name, rule in RULES.items()}
    creators, truncated = values.pop("creators")
    fields = _fields(sightings)
    edits = edits or {}
    for name, value in edits.items():
        if name == "creators":
            creators = creators_from_json(value)
            truncated = truncated and "creators_truncated" in edits
        elif name == "creators_truncated":
            truncated = bool(value)
        elif name in ("title", "abstract", "date", "entry_type"):
            values[name] = value
        elif value:
            fields[name] = value
        else:
            fields.pop(name, None)
    entry = Entry(
        entry_type=values["entry_type"] or "misc",
        title=values["title"],
        creators=creators,
        creators_truncated=truncated,
        date=values["date"],
        abstract=values["abstract"],
        fields=fields,
    )
    if any(seen.entry.tex for seen in sightings):
        entry = entry.with_values(tex=_tex(entry, sightings, edits))
    return Paper(
        entry=entry,
        category=fields.get("eprintclass") or values["category"],
        score=values["score"],
        code=values["code"],
        attention=_attention(entry, sightings, edits),
    )


def _alone(seen: Seen) -> Paper:
    """What the rules make of one sighting: nothing is left to choose. Most papers are seen once."""
    said = seen.entry
    fields = {name: said.fields[name] for name in sorted(said.fields) if said.fields[name]}
    entry = Entry(
        entry_type=said.entry_type or "misc",
        title=said.title,
        creators=said.creators,
        creators_truncated=bool(said.creators) and said.creators_truncated,
        date=said.date,
        abstract=said.abstract,
        fields=fields,
        tex={name: said.tex[name] for name in sorted(said.tex)} if said.tex else NO_FIELDS,
    )
    return Paper(
        entry=entry,
        category=fields.get("eprintclass") or seen.category or seen.category_label or "",
        score=seen.score,
        code=bool(seen.code),
        attention=() if said.title and not seen.review else _attention(entry, [seen], {}),
    )


_parts = attrgetter(*(part.name for part in fields(Creator)))


def _doubtful(seen: Seen) -> bool:
    """Whether it is in doubt what the row says; which paper it speaks of is another matter."""
    return not seen.reviewed and bool(_doubts(seen))


def _doubts(seen: Seen) -> tuple[str, ...]:
    return tuple(reason for reason in seen.review if reason not in seen.rivals)


def _most(candidates: Iterable[T], rank: Callable[[T], Any], nothing: T) -> T:
    """The candidate of the highest rank; `rank` ends in the value itself, so no tie is left."""
    found = list(candidates)
    if len(found) == 1:  # nearly all papers were seen once
        return found[0]
    return max(found, key=rank, default=nothing)


def _title(sightings: Sequence[Seen]) -> str:
    """Any title over none; undoubted over doubtful; what most say; the longer."""
    titled = [s for s in sightings if s.entry.title]

    def rank(seen: Seen) -> tuple[object, ...]:
        title = seen.entry.title
        normal = normalised_title(title)
        support = sum(normalised_title(other.entry.title) == normal for other in titled)
        return (not _doubtful(seen), support, len(title), title)

    return _most(titled, rank, Seen(Entry())).entry.title


def _creators(sightings: Sequence[Seen]) -> tuple[tuple[Creator, ...], bool]:
    """A full list over a truncated one; undoubted over doubtful; longer; names spelt out.

    Of lists that read alike the one whose names are told apart into parts.
    """

    def rank(seen: Seen) -> tuple[object, ...]:
        names = tuple(creator.full_name for creator in seen.entry.creators)
        full = not seen.entry.creators_truncated
        parts = tuple((not creator.literal, *_parts(creator)) for creator in seen.entry.creators)
        return (not _doubtful(seen), full, len(names), sum(map(len, names)), names, parts)

    best = _most((s for s in sightings if s.entry.creators), rank, Seen(Entry()))
    return best.entry.creators, best.entry.creators_truncated


def _date(sightings: Sequence[Seen]) -> str:
    """A given year over an inferred one, of two inferred the earlier; then the fuller date.

    Of given years that of the published version stands (it has a venue), then that of the
    fullest date, then the earlier. A year is filled up from any sighting of the same year.
    """
    dated = [s for s in sightings if s.entry.date]
    if not dated:
        return ""

    def has_venue(seen: Seen) -> bool:
        return any(seen.entry.fields.get(name) for name in VENUE_FIELDS)

    def precision(seen: Seen) -> int:
        return seen.entry.date.count("-") if "/" not in seen.entry.date else 0

    given = [s for s in dated if s.year_given is not False]
    if given:
        # The least of these is the best: negated ranks, then the earlier date.
        first = min(given, key=lambda s: (not has_venue(s), -precision(s), s.entry.date))
    else:
        first = min(dated, key=lambda s: s.entry.date)
    same_year = [s for s in given or dated if s.entry.year == first.entry.year]
    if not any(precision(s) == 2 for s in same_year):
        same_year = [s for s in dated if s.entry.year == first.entry.year]
    return min(same_year or [first], key=lambda s: (-precision(s), s.entry.date)).entry.date


def _abstract(sightings: Sequence[Seen]) -> str:
    """The longest."""
    return _most((s.entry.abstract for s in sightings), lambda text: (len(text), text), "")


def _entry_type(sightings: Sequence[Seen]) -> str:
    """A type that says something over `misc`; what most say."""
    support = Counter(s.entry.entry_type for s in sightings)
    return _most(support, lambda kind: (kind != "misc", support[kind], kind), "misc")


def _category(sightings: Sequence[Seen]) -> str:
    """A category with its archive over a bare label; what most say."""
    said = [(s.category is not None, s.category or s.category_label or "") for s in sightings]
    support = Counter(category for category in said if category[1])
    return _most(support, lambda c: (c[0], support[c], c[1]), (False, ""))[1]


def _score(sightings: Sequence[Seen]) -> float | None:
    """That of the newest page; of two as new, the higher."""
    scored = [(s.as_of, s.score) for s in sightings if s.score is not None]
    return max(scored)[1] if scored else None


def _code(sightings: Sequence[Seen]) -> bool:
    """Whether any page says that there is code."""
    return any(s.code for s in sightings)


RULES: dict[str, Callable[[Sequence[Seen]], Any]] = {
    "title": _title,
    "creators": _creators,
    "date": _date,
    "abstract": _abstract,
    "entry_type": _entry_type,
    "category": _category,
    "score": _score,
    "code": _code,
}


def _fields(sightings: Sequence[Seen]) -> dict[str, str]:
    """Every other field: what most say, then the longer."""
    support: dict[str, Counter[str]] = {}
    for seen in sightings:
        for name, value in seen.entry.fields.items():
            if value:
                support.setdefault(name, Counter())[value] += 1
    return {
        name: max(values, key=lambda value: (values[value], len(value), value))
        for name, values in sorted(support.items())
    }


def _tex(entry: Entry, sightings: Sequence[Seen], edits: Edits) -> dict[str, str]:
    """The TeX of each field that no person typed, from a sighting that gave its value."""
    found: dict[str, set[str]] = {}
    for seen in sightings:
        for name, tex in seen.entry.tex.items():
            typed = name in edits or (name in ROLES and "creators" in edits)
            if not typed and seen.entry.value(name) == entry.value(name):
                found.setdefault(name, set()).add(tex)
    return {name: min(sources) for name, sources in sorted(found.items())}


def _attention(entry: Entry, sightings: Sequence[Seen], edits: Edits) -> tuple[str, ...]:
    """Why a person should look at it.

    The doubts of a sighting are settled where a person looked at it. What it says is settled
    as well where a person typed title and creators, and where another page says the same title
    without a doubt.
    """
    reasons: set[str] = set()
    if not entry.title:
        reasons.add(_("It has no title yet."))
    for seen in sightings:
        if not seen.reviewed:
            reasons.update(seen.rivals)
    if any(map(_doubtful, sightings)) and not ("title" in edits and "creators" in edits):
        said = [s for s in sightings if s.entry.title]
        sure = {normalised_title(s.entry.title) for s in said if not _doubts(s)}
        for seen in sightings:
            if _doubtful(seen) and normalised_title(seen.entry.title) not in sure:
                reasons.update(_doubts(seen))
    return tuple(sorted(reasons))
