"""What is known of a paper before it is loaded: enough to choose it and to put it in order."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, select

from refman.db import schema
from refman.db.bulk import AMONG, rows_among
from refman.db.numbers import numbers, tuples
from refman.formats.format import FileLink

_e = schema.entry.c
_HOLDERS = ("xdata", "set")  # types of what holds only fields or keys of others
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
    is_holder: bool = False  # BibLaTeX's @xdata or @set, which needs no title


_OF = {
    order: select(
        _e.id, _e.citation_key, _e.title != "", _e.trashed, _e.entry_type.in_(_HOLDERS), *columns
    ).where(_e.id.in_(AMONG))
    for order, columns in BY.items()
}


def rows_of(connection: Connection, ids: Collection[int], order: str = "key") -> list[PaperRow]:
    """Those of `ids` that are in the library, its trash included."""
    return [
        PaperRow(entry_id, key, tuple(by), bool(titled), trashed is not None, bool(holds))
        for entry_id, key, titled, trashed, holds, *by in rows_among(
            connection, _OF[order], set(ids)
        )
    ]


def rows_where(
    connection: Connection, wanted: ColumnElement[bool], order: str = "key"
) -> list[PaperRow]:
    """Those outside the trash that fulfil a condition, by key as SQLite orders them."""
    outside = and_(_e.trashed.is_(None), wanted)
    untitled = set(numbers(connection, select(_e.id).where(_UNTITLED, outside)))
    untitled_holders = and_(_UNTITLED, outside, _e.entry_type.in_(_HOLDERS))
    holders = set(numbers(connection, select(_e.id).where(untitled_holders))) if untitled else ()
    query = select(_e.id, _e.citation_key, *BY[order]).where(outside).order_by(_e.citation_key)
    return [
        PaperRow(entry_id, key, tuple(by), entry_id not in untitled, is_holder=entry_id in holders)
        for entry_id, key, *by in tuples(connection, query)
    ]


class Own(NamedTuple):
    """What the user has on a paper that a .bib may say, too."""

    status: str
    rating: int
    collections: tuple[str, ...]  # paths
    files: tuple[FileLink, ...]


def own_of(connection: Connection, ids: Collection[int]) -> dict[int, Own]:
    """What is the user's own of `ids`."""
    held, a = schema.collection_entry.c, schema.attachment.c
    files: dict[int, list[FileLink]] = {}
    links = select(a.entry, a.path, a.url, a.title, a.media_type).where(a.entry.in_(AMONG))
    for entry_id, *link in rows_among(connection, links.order_by(a.entry, a.id), set(ids)):
        files.setdefault(entry_id, []).append(FileLink(*link))
    places: dict[int, list[str]] = {}
    within = select(held.entry, held.collection).where(held.entry.in_(AMONG))
    inside = rows_among(connection, within.order_by(held.entry, held.collection), set(ids))
    paths = _paths(connection) if (there := list(inside)) else {}
    for entry_id, collection in there:
        places.setdefault(entry_id, []).append(paths[collection])
    said = select(_e.id, _e.status, _e.rating).where(_e.id.in_(AMONG))
    return {
        i: Own(status, rating, tuple(sorted(places.get(i, ()))), tuple(files.get(i, ())))
        for i, status, rating in rows_among(connection, said, set(ids))
    }


def _paths(connection: Connection) -> dict[int, str]:
    c = schema.collection.c
    nodes = {row[0]: row[1:] for row in tuples(connection, select(c.id, c.name, c.parent))}
    paths: dict[int, str] = {}
    for node in nodes:
        names: list[str] = []
        at: int | None = node
        while at is not None:
            name, at = nodes[at]
            names.append(name)
        paths[node] = "/".join(reversed(names))
    return paths
