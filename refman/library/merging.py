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
from refman.library.publications import (
    EPRINT,
    deposited,
    doi_rank,
    eprint_id,
    is_arxiv,
    is_published,
    venue_said,
    with_copies,
)
from refman.library.records import Seen, creators_from_json
from refman.model.arxiv_categories import label_of
from refman.model.creator import ROLES, Creator
from refman.model.entry import NO_FIELDS, Entry
from refman.model.identifiers import arxiv_of
from refman.model.text import normalised_title

# An edit's value, by field, as `entry_edit` keeps it.
Edits = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as its sightings and edits make it."""

    entry: Entry = field(default_factory=Entry)
    category: str = ""  # a full arXiv category, or the bare label where its archive is open
    score: float | None = None
    code: bool = False
    attention: tuple[str, ...] = ()
    best_score: float | None = None  # the highest of any page
    categories: tuple[str, ...] = ()  # those of all pages, in their order
    seen: int = 0  # how many pages' rows speak of it


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
        best_score=values["best_score"],
        categories=_categories(sightings, fields.get("eprintclass", "")),
        seen=len(sightings),
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
        best_score=seen.score,
        categories=_categories((seen,)),
        seen=1,
    )


_parts = attrgetter(*(part.name for part in fields(Creator)))


def _doubtful(seen: Seen) -> bool:
    """Whether it is in doubt what the row says; which paper it speaks of is another matter."""
    return not seen.reviewed and bool(_doubts(seen))


def _doubts(seen: Seen) -> tuple[str, ...]:
    return tuple(reason for reason in seen.review if reason not in seen.rivals)


def _is_published(seen: Seen) -> bool:
    return is_published(seen.entry.fields)


def _is_deposited(seen: Seen) -> bool:
    """Whether a page tells of a copy in a repository."""
    fields = seen.entry.fields
    if is_published(fields):
        return False
    return bool(venue_said(fields) or fields.get("eprint") or arxiv_of(seen.entry))


def _most(candidates: Iterable[T], rank: Callable[[T], Any], nothing: T) -> T:
    """The candidate of the highest rank; `rank` ends in the value itself, so no tie is left."""
    found = list(candidates)
    if len(found) == 1:  # nearly all papers were seen once
        return found[0]
    return max(found, key=rank, default=nothing)


def _title(sightings: Sequence[Seen]) -> str:
    """Any title over none; undoubted over doubtful; the published; what most say; the longer."""
    titled = [s for s in sightings if s.entry.title]

    def rank(seen: Seen) -> tuple[object, ...]:
        title = seen.entry.title
        normal = normalised_title(title)
        support = sum(normalised_title(other.entry.title) == normal for other in titled)
        return (not _doubtful(seen), _is_published(seen), support, len(title), title)

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
    fullest date, then the earlier. A year is filled up from any sighting of the same year, that
    of the published version not from one of a deposited copy.
    """
    dated = [s for s in sightings if s.entry.date]
    if not dated:
        return ""

    def precision(seen: Seen) -> int:
        return seen.entry.date.count("-") if "/" not in seen.entry.date else 0

    given = [s for s in dated if s.year_given is not False]
    if given:
        # The least of these is the best: negated ranks, then the earlier date.
        first = min(given, key=lambda s: (not _is_published(s), -precision(s), s.entry.date))
    else:
        first = min(dated, key=lambda s: s.entry.date)
    if _is_published(first):
        dated = [s for s in dated if not _is_deposited(s)]
        given = [s for s in given if not _is_deposited(s)]
    same_year = [s for s in given or dated if s.entry.year == first.entry.year]
    if not any(precision(s) == 2 for s in same_year):
        same_year = [s for s in dated if s.entry.year == first.entry.year]
    return min(same_year or [first], key=lambda s: (-precision(s), s.entry.date)).entry.date


def _abstract(sightings: Sequence[Seen]) -> str:
    """The longest."""
    return _most((s.entry.abstract for s in sightings), lambda text: (len(text), text), "")


def _entry_type(sightings: Sequence[Seen]) -> str:
    """A type that says something over `misc`; the published; what most say."""
    support = Counter(s.entry.entry_type for s in sightings)
    published = {s.entry.entry_type for s in sightings if _is_published(s)}
    return _most(
        support, lambda kind: (kind != "misc", kind in published, support[kind], kind), "misc"
    )


def _category(sightings: Sequence[Seen]) -> str:
    """A category with its archive over a bare label; what most say."""
    said = [(s.category is not None, s.category or s.category_label or "") for s in sightings]
    support = Counter(category for category in said if category[1])
    return _most(support, lambda c: (c[0], support[c], c[1]), (False, ""))[1]


def _score(sightings: Sequence[Seen]) -> float | None:
    """That of the newest page; of two as new, the higher."""
    scored = [(s.as_of, s.score) for s in sightings if s.score is not None]
    return max(scored)[1] if scored else None


def _best_score(sightings: Sequence[Seen]) -> float | None:
    """The highest."""
    return max((s.score for s in sightings if s.score is not None), default=None)


def _categories(sightings: Sequence[Seen], own: str = "") -> tuple[str, ...]:
    """What the pages say and the paper itself; a bare label only where none of them has it."""
    said = {own, *(seen.entry.fields.get("eprintclass", "") for seen in sightings)}
    said = {one for listed in said for one in listed.replace(",", " ").split()}  # some .bib list
    said.update(name for seen in sightings if (name := seen.category or seen.category_label))
    if len(said) > 1:
        labels = {label_of(category) for category in said if "." in category}
        said = {category for category in said if category.upper() not in labels}
    return tuple(sorted(said))


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
    "best_score": _best_score,
    "code": _code,
}


def _fields(sightings: Sequence[Seen]) -> dict[str, str]:
    """Every other field: what the published version says; what most say; then the longer.

    Of DOIs a publisher's stands. Where the paper is published, nothing tells of the place of a
    deposited copy but the eprint, which stands whole, arXiv's first.
    """
    records = [seen.entry.fields for seen in sightings]
    if records and all(one == records[0] for one in records):  # nothing is left to choose
        return {name: value for name, value in sorted(records[0].items()) if value}
    published = [is_published(one) for one in records]
    support: dict[str, Counter[tuple[bool, str]]] = {}
    for is_first, one in zip(published, records, strict=True):
        said = deposited(one) if any(published) and not is_first else one
        for name, value in said.items():
            if value and name not in EPRINT:
                support.setdefault(name, Counter())[is_first, value] += 1

    def best(name: str, values: Counter[tuple[bool, str]]) -> str:
        counts = Counter(value for _first, value in values.elements())
        first = {value for is_first, value in values if is_first}
        return max(
            counts,
            key=lambda value: (
                name == "doi" and doi_rank(value),
                value in first,
                counts[value],
                len(value),
                value,
            ),
        )

    found = {name: best(name, values) for name, values in support.items()} | _eprint(records)
    found = with_copies(found, records)
    return {name: found[name] for name in sorted(found)}


def _eprint(records: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The copy that most name, arXiv's first; its archive and class as most say them."""
    eprints = Counter((is_arxiv(one), one["eprint"]) for one in records if one.get("eprint"))
    found: dict[str, str] = {}
    if eprints:
        found["eprint"] = max(eprints, key=lambda e: (e[0], eprints[e], len(e[1]), e[1]))[1]
    copy = eprint_id(found)
    for name in EPRINT[1:]:
        values = Counter(
            one[name] for one in records if one.get(name) and eprint_id(one) in ("", copy)
        )
        if values:
            found[name] = max(values, key=lambda value: (values[value], len(value), value))
    return found


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
