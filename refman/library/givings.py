"""What imports gave papers besides the record, when rows of these imports go.

What another row gives as well is from now on that one's; all else goes, but what somebody has
made his own: a note that was changed, a file in which something is marked.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update

from refman.db import schema
from refman.library import collection_tree
from refman.library.extras import folder_of, placed
from refman.library.import_options import ImportOptions
from refman.library.records import Seen, from_json
from refman.library.storing import batches
from refman.library.tags import clean_name
from refman.model.citation_key import legal
from refman.model.text import squeeze

GIVEN = (
    schema.entry_tag,
    schema.collection_entry,
    schema.annotation,
    schema.attachment,
    schema.entry_key,
)

# What is given, to which paper: ("tag", 12, "wool").
_Thing = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    options: ImportOptions
    folder: Path | None


def withdraw(
    connection: Connection,
    ids: Collection[int],
    listings: Collection[int],
    had: Callable[[int], Iterable[str]],
) -> None:
    """Take from papers what `listings` gave them and none of their rows gives any more.

    `had` are the notes that rows which are gone gave to a paper.
    """
    rows = _given_rows(connection, ids, listings)
    if not rows:
        return
    givers = _givers(connection, {row.entry for _table, row in rows})
    names = _names(connection, rows)
    marked = _marked(connection, {row.entry for table, row in rows if table is schema.attachment})
    gone: dict[Table, list[int]] = {}
    handed: dict[tuple[Table, int | None], list[int]] = {}
    for table, row in rows:
        giver = givers.get(_thing(table, row, names))
        if giver is not None:
            if giver != row.listing:
                handed.setdefault((table, giver), []).append(row.id)
        elif _is_somebodys(table, row, had, marked):
            handed.setdefault((table, None), []).append(row.id)
        else:
            gone.setdefault(table, []).append(row.id)
    for (table, listing_id), some_ids in handed.items():
        for some in batches(some_ids):
            connection.execute(update(table).where(table.c.id.in_(some)).values(listing=listing_id))
    for table, some_ids in gone.items():
        for some in batches(some_ids):
            connection.execute(delete(table).where(table.c.id.in_(some)))


def _given_rows(
    connection: Connection, ids: Collection[int], listings: Collection[int]
) -> list[tuple[Table, Any]]:
    return [
        (table, row)
        for table in GIVEN
        for some in batches(ids)
        for row in connection.execute(
            select(table).where(table.c.entry.in_(some), table.c.listing.in_(listings))
        )
    ]


def _givers(connection: Connection, ids: Collection[int]) -> dict[_Thing, int]:
    """Who gives what to papers, of several the import that came first."""
    s, lst = schema.sighting.c, schema.listing.c
    pages = {
        row.id: _Page(ImportOptions.from_json(row.options), folder_of(row.path))
        for row in connection.execute(select(lst.id, lst.options, lst.path))
    }
    found: dict[_Thing, int] = {}
    for some in batches(ids):
        for entry_id, listing_id, fields in connection.execute(
            select(s.entry, s.listing, s.fields)
            .where(s.entry.in_(some), s.outcome != "unchanged")
            .order_by(s.listing, s.position)
        ):
            for thing in _things(entry_id, from_json(fields), pages[listing_id]):
                found.setdefault(thing, listing_id)
        for entry_id, listing_id in connection.execute(
            select(s.entry, s.listing).where(s.entry.in_(some), s.outcome == "unchanged")
        ):
            for thing in _wanted(entry_id, pages[listing_id].options):
                found.setdefault(thing, listing_id)
    return found


def _things(entry_id: int, seen: Seen, page: _Page) -> Iterable[_Thing]:
    for name in seen.entry.keywords:
        yield schema.entry_tag.name, entry_id, _same(clean_name(name))
    for path in seen.collections:
        yield schema.collection_entry.name, entry_id, _path(path)
    for text in seen.notes:
        yield schema.annotation.name, entry_id, text
    for link in seen.attachments:
        here = placed(link, page.folder)
        yield schema.attachment.name, entry_id, here.path, here.url
    for key in (seen.entry.citation_key, *seen.aliases):
        yield schema.entry_key.name, entry_id, _same(legal(key))
    yield from _wanted(entry_id, page.options)


def _wanted(entry_id: int, options: ImportOptions) -> Iterable[_Thing]:
    for name in options.tags:
        yield schema.entry_tag.name, entry_id, _same(name)
    if options.collection:
        yield schema.collection_entry.name, entry_id, _path(options.collection)


def _names(
    connection: Connection, rows: Collection[tuple[Table, Any]]
) -> dict[tuple[str, int], str]:
    """What the tags and the collections of `rows` are called, as `_things` has it."""
    tables = {table for table, _row in rows}
    found: dict[tuple[str, int], str] = {}
    if schema.entry_tag in tables:
        t = schema.tag.c
        for tag_id, name in connection.execute(select(t.id, t.name)):
            found[schema.entry_tag.name, tag_id] = _same(name)
    if schema.collection_entry in tables:
        for node in collection_tree.tree(connection):
            found[schema.collection_entry.name, node.id] = _path(node.path)
    return found


def _thing(table: Table, row: Any, names: dict[tuple[str, int], str]) -> _Thing:
    if table is schema.entry_tag:
        return table.name, row.entry, names[table.name, row.tag]
    if table is schema.collection_entry:
        return table.name, row.entry, names[table.name, row.collection]
    if table is schema.annotation:
        return table.name, row.entry, row.comment
    if table is schema.attachment:
        return table.name, row.entry, row.path, row.url
    return table.name, row.entry, _same(row.key)


def _marked(connection: Connection, ids: Collection[int]) -> set[str]:
    """The attachments of papers in which something is marked, as `annotation.target` has them."""
    a = schema.annotation.c
    return {
        target
        for some in batches(ids)
        for target in connection.scalars(select(a.target).where(a.entry.in_(some)))
    }


def _is_somebodys(
    table: Table, row: Any, had: Callable[[int], Iterable[str]], marked: Collection[str]
) -> bool:
    if table is schema.annotation:
        return row.comment not in set(had(row.entry))
    return table is schema.attachment and f"attachment:{row.id}" in marked


def _same(name: str) -> str:
    """What two names share that are one to SQLite's NOCASE."""
    return name.encode().lower().decode()


def _path(path: str) -> str:
    return "/".join(part for each in path.split("/") if (part := squeeze(each))).casefold()
