"""What a source gives its papers besides the record: tags, collections, notes, files, keys.

Nothing that a paper has already is added again, so a page may come as often as it likes.
"""

import os
from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from pathlib import Path

from sqlalchemy import Connection, insert, select

from refman.db import schema
from refman.formats.format import FileLink, Row
from refman.library import citation_keys, collection_tree
from refman.library.storing import batches
from refman.library.tags import attach_names, clean_name
from refman.model.citation_key import legal


def note(
    connection: Connection, rows: Iterable[tuple[int | None, Row]], path: str, moment: str
) -> None:
    """Add what each row gives to its paper; `path`, of the file, is what its links start from."""
    tags: dict[str, list[int]] = {}
    collections: dict[str, list[int]] = {}
    notes: dict[tuple[int, str], None] = {}
    links: dict[tuple[int, FileLink], None] = {}
    keys: dict[tuple[int, str], None] = {}
    folder = Path(path).parent if path else None
    for entry_id, row in rows:
        assert entry_id is not None
        for name in row.entry.keywords:
            if clean := clean_name(name):
                tags.setdefault(clean, []).append(entry_id)
        for place in row.collections:
            collections.setdefault(place, []).append(entry_id)
        notes.update(dict.fromkeys((entry_id, text) for text in row.notes))
        links.update(dict.fromkeys((entry_id, _placed(link, folder)) for link in row.attachments))
        said = (legal(key) for key in (row.entry.citation_key, *row.aliases))
        keys.update(dict.fromkeys((entry_id, key) for key in said if key))
    for name, ids in sorted(tags.items()):
        attach_names(connection, [name], dict.fromkeys(ids), origin="import")
    for place, ids in sorted(collections.items()):
        collection_tree.put_into(connection, collection_tree.ensure(connection, place), ids)
    _add_notes(connection, notes, moment)
    _add_links(connection, links, moment)
    _add_keys(connection, keys)


def _add_notes(connection: Connection, notes: Collection[tuple[int, str]], moment: str) -> None:
    a = schema.annotation.c
    there: set[tuple[int, str]] = set()
    for some in batches({entry_id for entry_id, _text in notes}):
        there.update(
            (entry_id, text)
            for entry_id, text in connection.execute(
                select(a.entry, a.comment).where(a.entry.in_(some), a.kind == "note")
            )
        )
    new = [
        {"entry": entry_id, "kind": "note", "comment": text, "made": moment, "modified": moment}
        for entry_id, text in notes
        if (entry_id, text) not in there
    ]
    if new:
        connection.execute(insert(schema.annotation), new)


def _placed(link: FileLink, folder: Path | None) -> FileLink:
    """With its path as from here, where it was one from the file's own folder."""
    if not link.path or folder is None:
        return link
    return replace(link, path=os.path.normpath(folder / link.path))


def _add_links(
    connection: Connection, links: Collection[tuple[int, FileLink]], moment: str
) -> None:
    """Attach files and addresses; nothing is opened, and a file may come later."""
    a = schema.attachment.c
    there: set[tuple[int, str, str]] = set()
    for some in batches({entry_id for entry_id, _link in links}):
        there.update(
            (entry_id, path, url)
            for entry_id, path, url in connection.execute(
                select(a.entry, a.path, a.url).where(a.entry.in_(some))
            )
        )
    new = [
        {"entry": entry_id, "added": moment, **asdict(link)}
        | {"title": link.title or link.url or Path(link.path).name}
        for entry_id, link in links
        if (entry_id, link.path, link.url) not in there
    ]
    if new:
        connection.execute(insert(schema.attachment), new)


def _add_keys(connection: Connection, keys: Iterable[tuple[int, str]]) -> None:
    """Let papers be found by keys that they have elsewhere, where nobody has them here."""
    own: dict[int, str] = {}
    wanted = list(keys)
    e = schema.entry.c
    for some in batches({entry_id for entry_id, _key in wanted}):
        rows = connection.execute(select(e.id, e.citation_key).where(e.id.in_(some)))
        own.update((entry_id, key.casefold()) for entry_id, key in rows)
    for entry_id, key in wanted:
        if own[entry_id] != key.casefold() and not citation_keys.is_taken(connection, key):
            connection.execute(insert(schema.entry_key).values(entry=entry_id, key=key))
