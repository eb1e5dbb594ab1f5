"""What a source gives its papers besides the record: tags, collections, notes, files, keys.

Nothing that a paper has already is added again, so a page may come as often as it likes. All
that is added remembers the import that gave it.
"""

import os
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path, PureWindowsPath
from typing import Any

from sqlalchemy import Connection, Select, select

from refman.db import schema
from refman.db.bulk import AMONG, insert_rows, rows_among
from refman.formats.format import FileLink, Row
from refman.library import citation_keys, collection_tree
from refman.library.tags import clean_name
from refman.model.citation_key import legal
from refman.progress import Progress

_AT_ONCE = 5_000  # tags of papers

_t, _et = schema.tag.c, schema.entry_tag.c
_TAGS = select(_t.id, _t.name).where(_t.name.in_(AMONG))
_TAGGED = select(_et.entry, _et.tag).where(_et.entry.in_(AMONG))
_NOTES = select(schema.annotation.c.entry, schema.annotation.c.comment).where(
    schema.annotation.c.entry.in_(AMONG), schema.annotation.c.kind == "note"
)
_LINKS = select(schema.attachment.c.entry, schema.attachment.c.path, schema.attachment.c.url).where(
    schema.attachment.c.entry.in_(AMONG)
)
_KEYS = select(schema.entry.c.id, schema.entry.c.citation_key).where(schema.entry.c.id.in_(AMONG))


class Extras:
    """What the rows of one page give, taken a piece at a time.

    Notes and files are written at once, the rest by `finish`, when all papers are there. `path`,
    of the file, is what its links start from.
    """

    def __init__(
        self, connection: Connection, listing_id: int | None, path: str, moment: str
    ) -> None:
        self._connection = connection
        self._listing = listing_id
        self._folder = folder_of(path)
        self._moment = moment
        self._tags: dict[str, dict[int, None]] = {}  # papers by the tag's name
        self._collections: dict[str, dict[int, None]] = {}
        self._keys: dict[tuple[int, str], None] = {}

    def take(self, rows: Iterable[tuple[int, Row]]) -> None:
        """Take what some rows give to their papers, which are there already."""
        notes: dict[tuple[int, str], None] = {}
        links: dict[tuple[int, FileLink], None] = {}
        keys: dict[tuple[int, str], None] = {}
        for entry_id, row in rows:
            for name in row.entry.keywords:
                if clean := clean_name(name):
                    self._tags.setdefault(clean, {})[entry_id] = None
            for place in row.collections:
                self._collections.setdefault(place, {})[entry_id] = None
            for text in row.notes:
                notes[entry_id, text] = None
            for link in row.attachments:
                links[entry_id, placed(link, self._folder)] = None
            for said in (row.entry.citation_key, *row.aliases):
                if key := legal(said):
                    keys[entry_id, key] = None
        self._add_notes(notes)
        self._add_links(links)
        self._note_keys(keys)

    def finish(self, progress: Progress) -> None:
        """Write what is left. Raises Cancelled."""
        self._add_tags(progress)
        self._add_to_collections(progress)
        for place, (entry_id, key) in enumerate(self._keys):
            if place % 100 == 0:
                progress.check()
            if not citation_keys.is_taken(self._connection, key):
                insert_rows(
                    self._connection,
                    schema.entry_key,
                    ("entry", "key", "listing"),
                    [(entry_id, key, self._listing)],
                )

    def _add_notes(self, notes: Iterable[tuple[int, str]]) -> None:
        there = self._among(_NOTES, {entry_id for entry_id, _text in notes})
        moment = self._moment
        insert_rows(
            self._connection,
            schema.annotation,
            ("entry", "kind", "comment", "made", "modified", "listing"),
            [
                (one[0], "note", one[1], moment, moment, self._listing)
                for one in notes
                if one not in there
            ],
        )

    def _add_links(self, links: Iterable[tuple[int, FileLink]]) -> None:
        """Attach files and addresses; nothing is opened, and a file may come later."""
        there = self._among(_LINKS, {entry_id for entry_id, _link in links})
        insert_rows(
            self._connection,
            schema.attachment,
            ("entry", "path", "url", "title", "media_type", "added", "listing"),
            [
                (
                    entry_id,
                    link.path,
                    link.url,
                    link.title or link.url or Path(link.path).name,
                    link.media_type,
                    self._moment,
                    self._listing,
                )
                for entry_id, link in links
                if (entry_id, link.path, link.url) not in there
            ],
        )

    def _note_keys(self, keys: Iterable[tuple[int, str]]) -> None:
        """Keep the keys that are not their papers' own: they may be found by these, too, where
        nobody else is."""
        own = dict(rows_among(self._connection, _KEYS, {entry_id for entry_id, _key in keys}))
        for entry_id, key in keys:
            if own[entry_id].casefold() != key.casefold():
                self._keys[entry_id, key] = None

    def _add_tags(self, progress: Progress) -> None:
        ids = self._tag_ids()
        pairs = sorted({(i, ids[_same(name)]) for name, some in self._tags.items() for i in some})
        for start in range(0, len(pairs), _AT_ONCE):
            progress.check()
            some = pairs[start : start + _AT_ONCE]
            there = self._among(_TAGGED, {entry_id for entry_id, _tag in some})
            insert_rows(
                self._connection,
                schema.entry_tag,
                ("entry", "tag", "origin", "listing"),
                [(*pair, "import", self._listing) for pair in some if pair not in there],
            )

    def _tag_ids(self) -> dict[bytes, int]:
        """The tags by their names as `_same` has them, made where they are new."""
        names = sorted(self._tags)
        known = {_same(name) for _id, name in rows_among(self._connection, _TAGS, names)}
        new = {_same(name): name for name in reversed(names) if _same(name) not in known}
        insert_rows(self._connection, schema.tag, ("name",), [(n,) for n in sorted(new.values())])
        found = rows_among(self._connection, _TAGS, names)
        return {_same(name): tag_id for tag_id, name in found}

    def _add_to_collections(self, progress: Progress) -> None:
        ids = {
            place: collection_tree.ensure(self._connection, place)
            for place in sorted(self._collections)
        }
        for place, papers in sorted(self._collections.items()):
            progress.check()
            collection_tree.put_into(self._connection, ids[place], papers, listing=self._listing)

    def _among(self, query: Select[Any], ids: Collection[int]) -> set[tuple[Any, ...]]:
        return set(rows_among(self._connection, query, ids))


def folder_of(path: str) -> Path | None:
    """Where the links of a file start from."""
    return Path(path).parent if path else None


def placed(link: FileLink, folder: Path | None) -> FileLink:
    """`link` with its path as from here, where it was one from the file's own folder."""
    if not link.path or folder is None:
        return link
    if PureWindowsPath(link.path).is_absolute():  # also where no such drive is
        return link
    return replace(link, path=os.path.normpath(folder / link.path))


def _same(name: str) -> bytes:
    """What two names share that are one to SQLite's NOCASE: only ASCII letters have no case."""
    return name.encode().lower()
