"""Finding papers: a query, a place and an order into ids; ids into table rows."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, select, true

from refman.db import schema
from refman.db.database import Database
from refman.db.numbers import numbers
from refman.formats.csl_json import to_item
from refman.library import queries
from refman.library.changes import STATUSES
from refman.library.columns import BY_NAME
from refman.library.storing import batches, load
from refman.library.tags import Tag, tags_of

_e = schema.entry.c

Place = Literal["all", "status", "attention", "trash", "collection", "tag", "listing"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look. `value` is a status, or the id of a collection, tag or listing."""

    kind: Place = "all"
    value: str | int | None = None


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
            for some in batches(ids):
                for row in connection.execute(_ROW.where(_e.id.in_(some))):
                    found[row.id] = TableRow(
                        id=row.id,
                        title=row.title or _beginning(row.abstract_start),
                        creators=row.creators_text,
                        year=row.year,
                        category=row.category,
                        rating=row.rating,
                        code=bool(row.code),
                        status=row.status,
                        added=row.added,
                        modified=row.modified,
                        venue=row.venue,
                        citation_key=row.citation_key,
                        score=row.score,
                        attention=row.attention,
                        trashed=row.trashed is not None,
                        untitled=not row.title,
                        tags=tuple(tags.get(row.id, ())),
                    )
        return [found[entry_id] for entry_id in ids if entry_id in found]

    def items(self, ids: Sequence[int]) -> list[dict[str, Any]]:
        """CSL-JSON items of `ids`, in their order, with what only refman knows in `custom`:
        `status`, `added`, and the number of `sightings`."""
        s = schema.sighting.c
        found: dict[int, dict[str, Any]] = {}
        with self._database.read() as connection:
            entries = load(connection, ids)
            for some in batches(ids):
                seen: dict[int | None, int] = dict(
                    connection.execute(
                        select(s.entry, func.count())
                        .where(s.entry.in_(some), s.outcome != "unchanged")
                        .group_by(s.entry)
                    ).all()
                )
                for entry_id, uuid, status, added in connection.execute(
                    select(_e.id, _e.uuid, _e.status, _e.added).where(_e.id.in_(some))
                ):
                    custom = {"status": status, "added": added, "sightings": seen.get(entry_id, 0)}
                    item = to_item(entries[entry_id])
                    found[entry_id] = {"id": uuid, "keyword": "", **item, "custom": custom}
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


_ROW = select(
    _e.id,
    _e.title,
    func.substr(_e.abstract, 1, 160).label("abstract_start"),
    _e.creators_text,
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
    _e.attention,
    _e.trashed,
)


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
        return _e.id.in_(select(s.entry).where(s.listing == scope.value, s.entry.is_not(None)))
    return true()
