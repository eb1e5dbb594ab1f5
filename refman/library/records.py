"""What a page said of one paper, as kept in `sighting.fields`: a row as JSON and back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from refman.formats.format import Boundary, FileLink, Row
from refman.model.creator import Creator
from refman.model.entry import NO_FIELDS, Entry
from refman.model.text import squeeze

_CREATOR_PARTS = (
    "family",
    "given",
    "dropping_particle",
    "non_dropping_particle",
    "suffix",
    "literal",
    "role",
)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Seen:
    """One sighting, as the rules of merging take it. `as_of` is the page's, ISO 8601.

    `review` is all that a person should look at: `doubts`, those of the page alone, as the
    names that the library knows took them away or raised them, and `rivals`, papers that
    this may be as well. From `status` on it is what the row gives its paper besides the record.
    """

    entry: Entry
    category: str | None = None
    category_label: str | None = None
    year_given: bool | None = None
    score: float | None = None
    code: bool | None = None
    affiliations: tuple[str, ...] = ()
    runners_up: tuple[Boundary, ...] = ()
    confidence: float | None = None
    doubts: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    reviewed: bool = False
    as_of: str = ""
    status: str | None = None
    rating: int | None = None
    collections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    attachments: tuple[FileLink, ...] = ()
    aliases: tuple[str, ...] = ()


def called(entry: Entry) -> str:
    """What a paper is called in a sentence: its title, or how its abstract begins."""
    return entry.title or squeeze(entry.abstract)[:60] + "…"


def seen_of(row: Row, as_of: str = "") -> Seen:
    """The sighting that a row becomes."""
    return Seen(
        entry=row.entry,
        category=row.category,
        category_label=row.category_label,
        year_given=row.year_given,
        score=row.score,
        code=row.code,
        affiliations=row.affiliations,
        runners_up=row.runners_up,
        confidence=row.confidence,
        doubts=row.review,
        review=row.review,
        as_of=as_of,
        status=row.status,
        rating=row.rating,
        collections=row.collections,
        notes=row.notes,
        attachments=row.attachments,
        aliases=row.aliases,
    )


def row_of(seen: Seen, line: int, raw_text: str) -> Row:
    """The row of which a sighting was made, as the page alone had it."""
    return Row(
        entry=seen.entry,
        line=line,
        raw_text=raw_text,
        category=seen.category,
        category_label=seen.category_label,
        year_given=seen.year_given,
        score=seen.score,
        code=seen.code,
        affiliations=seen.affiliations,
        review=seen.doubts,
        runners_up=seen.runners_up,
        confidence=seen.confidence,
        status=seen.status,
        rating=seen.rating,
        collections=seen.collections,
        notes=seen.notes,
        attachments=seen.attachments,
        aliases=seen.aliases,
    )


def creators_to_json(creators: tuple[Creator, ...]) -> list[dict[str, str]]:
    """Each creator with its non-empty parts."""
    return [
        {part: value for part in _CREATOR_PARTS if (value := getattr(creator, part))}
        for creator in creators
    ]


def creators_from_json(parts: list[dict[str, str]]) -> tuple[Creator, ...]:
    return tuple(Creator(**part) for part in parts)


def to_json(seen: Seen) -> str:
    """`seen` without what has columns of its own (review, reviewed, as_of); no empty values."""
    entry = seen.entry
    values: dict[str, Any] = {
        "type": entry.entry_type,
        "key": entry.citation_key,
        "title": entry.title,
        "creators": creators_to_json(entry.creators),
        "truncated": entry.creators_truncated,
        "date": entry.date,
        "abstract": entry.abstract,
        "fields": dict(entry.fields),
        "keywords": list(entry.keywords),
        "tex": dict(entry.tex),
        "category": seen.category,
        "label": seen.category_label,
        "year_given": seen.year_given,
        "score": seen.score,
        "code": seen.code,
        "affiliations": list(seen.affiliations),
        "runners_up": [[other.title, other.byline] for other in seen.runners_up],
        "confidence": seen.confidence,
        "doubts": list(seen.doubts),
        "rivals": list(seen.rivals),
        "status": seen.status,
        "rating": seen.rating,
        "collections": list(seen.collections),
        "notes": list(seen.notes),
        "files": [[f.path, f.url, f.title, f.media_type] for f in seen.attachments],
        "aliases": list(seen.aliases),
    }
    kept = {
        name: value
        for name, value in values.items()
        if value or (value is not None and name in ("year_given", "code", "score", "confidence"))
    }
    return _ENCODER.encode(kept)


def from_json(text: str, *, review: str = "", reviewed: bool = False, as_of: str = "") -> Seen:
    """The inverse of `to_json`, with what the columns say."""
    values: Mapping[str, Any] = json.loads(text)
    entry = Entry(
        entry_type=values.get("type", "misc"),
        citation_key=values.get("key", ""),
        title=values.get("title", ""),
        creators=creators_from_json(values.get("creators", [])),
        creators_truncated=values.get("truncated", False),
        date=values.get("date", ""),
        abstract=values.get("abstract", ""),
        fields=values.get("fields", {}),
        keywords=tuple(values.get("keywords", ())),
        tex=values.get("tex", NO_FIELDS),
    )
    return Seen(
        entry=entry,
        category=values.get("category"),
        category_label=values.get("label"),
        year_given=values.get("year_given"),
        score=values.get("score"),
        code=values.get("code"),
        affiliations=tuple(values.get("affiliations", ())),
        runners_up=tuple(Boundary(title, byline) for title, byline in values.get("runners_up", ())),
        confidence=values.get("confidence"),
        doubts=tuple(values.get("doubts", ())),
        rivals=tuple(values.get("rivals", ())),
        review=tuple(review.splitlines()),
        reviewed=reviewed,
        as_of=as_of,
        status=values.get("status"),
        rating=values.get("rating"),
        collections=tuple(values.get("collections", ())),
        notes=tuple(values.get("notes", ())),
        attachments=tuple(FileLink(*parts) for parts in values.get("files", ())),
        aliases=tuple(values.get("aliases", ())),
    )
