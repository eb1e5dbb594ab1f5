"""What is known of a paper before it is loaded: enough to choose it and to put it in order."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, select

from refman.db import schema
from refman.db.bulk import AMONG, rows_among
from refman.db.numbers import numbers, tuples

_e = schema.entry.c
_UNTITLED = and_(_e.title_hash.is_(None), _e.title == "")  # a title of signs has no hash either

# What a paper is ordered by, besides its key. Without any, one index says all.
BY: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "key": (),
    "cited": (),
    "author-year": (_e.creators_sort, _e.year, _e.title_sort),
    "title": (_e.title_sort,),
    "date": (_e.year, _e.date),
    "added": (_e.added,),
}


class PaperRow(NamedTuple):
    """A paper; `by` are the values of its columns `BY`."""

    id: int
    key: str
    by: tuple[Any, ...] = ()
    has_title: bool = True
    in_trash: bool = False


_OF = {
    order: select(_e.id, _e.citation_key, _e.title != "", _e.trashed, *columns).where(
        _e.id.in_(AMONG)
    )
    for order, columns in BY.items()
}


def rows_of(connection: Connection, ids: Collection[int], order: str = "key") -> list[PaperRow]:
    """Those of `ids` that are in the library, its trash included."""
    return [
        PaperRow(entry_id, key, tuple(by), bool(titled), trashed is not None)
        for entry_id, key, titled, trashed, *by in rows_among(connection, _OF[order], set(ids))
    ]


def rows_where(
    connection: Connection, wanted: ColumnElement[bool], order: str = "key"
) -> list[PaperRow]:
    """Those outside the trash that fulfil a condition, by key as SQLite orders them."""
    outside = and_(_e.trashed.is_(None), wanted)
    untitled = set(numbers(connection, select(_e.id).where(_UNTITLED, outside)))
    query = select(_e.id, _e.citation_key, *BY[order]).where(outside).order_by(_e.citation_key)
    return [
        PaperRow(entry_id, key, tuple(by), entry_id not in untitled)
        for entry_id, key, *by in tuples(connection, query)
    ]
