"""Finding papers: a query, a place and an order into ids; ids into table rows."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, select, true

from refman.db import schema
from refman.db.bulk import AMONG, rows_among
from refman.db.database import Database
from refman.db.numbers import numbers
from refman.library import queries
from refman.library.changes import STATUSES
from refman.library.columns import BY_NAME
from refman.library.tagged import Tag, tags_of

_e = schema.entry.c

Place = Literal["all", "status", "attention", "trash", "collection", "tag", "listing"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look. `value` is a status, or the id of a collection, tag or listing.

    `part` takes of a listing only the rows with this outcome.
    """

    kind: Place = "all"
    value: str | int | None = None
    part: str = ""


ALL = Scope()


@dataclass(frozen=True, slots=True)
class TableRow:
    """What a row of the table shows. Of a paper without a title `title` is the abstract's start."""

    id: int
    title: str
    creators: str
    year: int | None
    category: str
    rating: int
    code: bool
    status: str
    added: str
    modified: str
    venue: str
    citation_key: str
    score: float | None
    best_score: float | None
    categories: str
    seen: int
    attention: str
    trashed: bool
    untitled: bool
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many papers there are: outside the trash, by status, needing attention, in the trash."""

    all: int
    by_status: dict[str, int]
    attention: int
    trash: int


class Search:
    """Reading verbs; each in the calling thread, interruptible (raises Cancelled)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(
        self,
        query: str = "",
        *,
        scope: Scope = ALL,
        sort: str = "added",
        descending: bool = True,
    ) -> "array[int]":
        """The ids of what is found, by a column of `columns.COLUMNS`; no query is an error."""
        by = BY_NAME[sort].sort
        order = (by.desc(), _e.id.desc()) if descending else (by.asc(), _e.id.asc())
        with self._database.read() as connection:
            wanted = and_(_inside(scope), queries.condition(connection, query))
            return numbers(connection, select(_e.id).where(wanted).order_by(*order))

    def rows(self, ids: Sequence[int]) -> list[TableRow]:
        """The table rows of `ids`, in their order; those that are gone are left out."""
        found: dict[int, TableRow] = {}
        with self._database.read() as connection:
            tags = tags_of(connection, ids)
            for values in rows_among(connection, _ROWS, set(ids)):
                row = dict(zip(_NAMES, values, strict=True))
                title, abstract_start = row["title"], row.pop("abstract_start")
                row |= {
                    "title": title or _beginning(abstract_start),
                    "untitled": not title,
                    "code": bool(row["code"]),
                    "trashed": row["trashed"] is not None,
                }
                found[row["id"]] = TableRow(**row, tags=tuple(tags.get(row["id"], ())))
        return [found[entry_id] for entry_id in ids if entry_id in found]

    def items(self, ids: Sequence[int]) -> list[dict[str, Any]]:
        """CSL-JSON items of `ids`, in their order, with what only refman knows in `custom`:
        `status`, `added`, the `best_score` and the `categories` of all pages, and the number
        of `sightings`."""
        from refman.formats.csl_json import to_item
        from refman.library.storing import batches, load

        found: dict[int, dict[str, Any]] = {}
        with self._database.read() as connection:
            entries = load(connection, ids)
            for some in batches(ids):
                for row in connection.execute(_OWN.where(_e.id.in_(some))):
                    custom = {
                        "status": row.status,
                        "added": row.added,
                        "best_score": row.best_score,
                        "categories": row.categories.split(),
                        "sightings": row.seen,
                    }
                    item = to_item(entries[row.id])
                    found[row.id] = {"id": row.uuid, "keyword": "", **item, "custom": custom}
        return [found[entry_id] for entry_id in ids if entry_id in found]

    def counts(self) -> Counts:
        """What the sidebar shows."""
        with self._database.read() as connection:
            by_status = {
                row[0]: row[1]
                for row in connection.execute(
                    select(_e.status, func.count()).where(_e.trashed.is_(None)).group_by(_e.status)
                )
            }
            attention = connection.scalar(
                select(func.count()).where(_e.attention != "", _e.trashed.is_(None))
            )
            trash = connection.scalar(select(func.count()).where(_e.trashed.is_not(None)))
        return Counts(
            all=sum(by_status.values()),
            by_status={status: by_status.get(status, 0) for status in STATUSES},
            attention=attention or 0,
            trash=trash or 0,
        )


_ROWS = select(
    _e.id,
    _e.title,
    func.substr(_e.abstract, 1, 160).label("abstract_start"),
    _e.creators_text.label("creators"),
    _e.year,
    _e.category,
    _e.rating,
    _e.code,
    _e.status,
    _e.added,
    _e.modified,
    _e.venue,
    _e.citation_key,
    _e.score,
    _e.best_score,
    _e.categories,
    _e.seen,
    _e.attention,
    _e.trashed,
).where(_e.id.in_(AMONG))
_NAMES = tuple(_ROWS.selected_columns.keys())  # TableRow's, but for abstract_start

_OWN = select(_e.id, _e.uuid, _e.status, _e.added, _e.best_score, _e.categories, _e.seen)


def _beginning(abstract: str) -> str:
    return f"“{abstract.strip()}…”" if abstract.strip() else ""


def _inside(scope: Scope) -> ColumnElement[bool]:
    if scope.kind == "trash":
        return _e.trashed.is_not(None)
    return and_(_e.trashed.is_(None), _place(scope))


def _place(scope: Scope) -> ColumnElement[bool]:
    if scope.kind == "status":
        return _e.status == scope.value
    if scope.kind == "attention":
        return _e.attention != ""
    if scope.kind == "collection":
        held = schema.collection_entry.c
        return _e.id.in_(select(held.entry).where(held.collection == scope.value))
    if scope.kind == "tag":
        tagged = schema.entry_tag.c
        return _e.id.in_(select(tagged.entry).where(tagged.tag == scope.value))
    if scope.kind == "listing":
        s = schema.sighting.c
        part = s.outcome == scope.part if scope.part else true()
        seen = and_(s.listing == scope.value, s.entry.is_not(None), part)
        return _e.id.in_(select(s.entry).where(seen))
    return true()
