"""The steps behind workspaces: what a .bib file is to be, from what it was and what is today.

A workspace keeps the bytes of its file and, of every entry in it, where it stands and what the
paper was when the file came in. What is written is a function of these and of the library:
blocks of unchanged papers, comments and all that stands between are copied, a changed field is
spliced into its own line, papers that were added to the workspace's collection are appended,
and those in the trash or out of the collection are left out.
"""

import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from refman.db import schema
from refman.errors import ReadError, RefmanError, UsageError
from refman.formats.bibtex.blocks import Block, Shape, blocks
from refman.formats.bibtex.commands import in_commands
from refman.formats.bibtex.source_file import SourceFile
from refman.formats.bibtex.splicing import (
    Replacement,
    field_of,
    fields_of,
    spans,
    splice,
)
from refman.formats.bibtex.splicing import (
    Written as Fields,
)
from refman.formats.bibtex.style import BIBLATEX, BIBTEX, Style
from refman.formats.bibtex.writer import render
from refman.i18n import _
from refman.library import collection_tree
from refman.library.changes import papers
from refman.library.storing import batches, load, new_id, now
from refman.model.creator import ROLES
from refman.model.entry import Entry
from refman.model.text import hash64

_REST_OF_LINE = re.compile(r"[ \t]*(?:\n(?:[ \t]*\n)?)?")
_OF_BIBLATEX = {"date", "journaltitle", "location", "eprinttype", "eprintclass"}
_OF_BIBTEX = {"year", "month", "journal", "address", "archiveprefix", "primaryclass"}
_BIBLATEX = re.compile(
    r"^\s*(?:,\s*)?(?:date|journaltitle|location|eprinttype)\s*=|^@(?:online|thesis|report)\s*[{(]",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """What a workspace's file is to be: `changed` blocks differ from it, and `message` says how."""

    data: bytes
    changed: int
    added: int
    left_out: int
    message: str


def keep(
    connection: Connection, listing_id: int, data: bytes, collection: int | None = None
) -> set[int]:
    """Make a workspace of `data`, the bytes of the file that a listing was read from.

    One of the same file is replaced. The papers go into `collection`, or one that is called
    after the file. Returns the papers of the library that stand in the file. Raises
    ReadError where the bytes are not those that were imported.
    """
    lst, w = schema.listing.c, schema.workspace
    row = connection.execute(
        select(lst.name, lst.path, lst.format).where(lst.id == listing_id)
    ).one()
    if row.format != "bibtex":
        raise UsageError(_("Only a .bib file can be a workspace."))
    file = SourceFile.of(data)
    if row.path:
        connection.execute(delete(w).where(w.c.path == row.path))
    stem = Path(row.name).stem or _("Workspace")
    if collection is None:
        collection = collection_tree.ensure(connection, stem.replace("/", " "))
    workspace_id = new_id(
        connection.execute(
            insert(w).values(
                name=_free_name(connection, row.name),
                path=row.path,
                source=zlib.compress(data, 3),
                encoding=file.codec,
                listing=listing_id,
                collection=collection,
            )
        )
    )
    placed = _placed(connection, listing_id, file.text)
    ids = {entry_id for entry_id, _block in placed}
    entries = load(connection, ids)
    collection_tree.put_into(connection, collection, sorted(ids))
    if placed:
        connection.execute(
            insert(schema.workspace_entry),
            [
                {
                    "workspace": workspace_id,
                    "entry": entry_id,
                    "start": block.start,
                    "end": block.end,
                    "key": entries[entry_id].citation_key,
                    "hashes": json.dumps(hashes(entries[entry_id])),
                }
                for entry_id, block in placed
            ],
        )
    note_state(connection, workspace_id, data)
    return ids


def hashes(entry: Entry) -> dict[str, int]:
    """What a paper is, by field, as numbers that differ where the values do."""
    values: dict[str, object] = {"citation_key": entry.citation_key, **entry.fields}
    values.update((role, entry.by_role(role)) for role in ROLES)
    values["author"] = (values["author"], entry.creators_truncated)
    for name in ("entry_type", "title", "abstract", "date"):
        values[name] = getattr(entry, name)
    values["keywords"] = tuple(sorted(entry.keywords))
    nothing = ("", (), ((), False))
    return {name: hash64(repr(value)) for name, value in values.items() if value not in nothing}


def _free_name(connection: Connection, name: str) -> str:
    names = {known.casefold() for known in connection.scalars(select(schema.workspace.c.name))}
    free, number = name, 1
    while free.casefold() in names:
        number += 1
        free = f"{name} ({number})"
    return free


def _placed(connection: Connection, listing_id: int, text: str) -> list[tuple[int, Block]]:
    """The papers of a listing, each with its block; rows and blocks meet line by line."""
    s, e = schema.sighting.c, schema.entry.c
    by_line: dict[int, list[int | None]] = {}
    for line, entry_id in connection.execute(
        select(s.line, e.id)
        .outerjoin_from(schema.sighting, schema.entry, e.id == s.entry)
        .where(s.listing == listing_id)
        .order_by(s.position)
    ):
        by_line.setdefault(line, []).append(entry_id)
    placed = []
    for block in blocks(text):
        rows = by_line.get(block.line) if block.shape is Shape.ENTRY else None
        entry_id = rows.pop(0) if rows else None
        if entry_id is not None:
            placed.append((entry_id, block))
    return placed


def written(connection: Connection, workspace_id: int) -> tuple[Written, set[int]]:
    """What the file is to be, and the papers in it."""
    w, p = schema.workspace.c, schema.workspace_entry.c
    row = connection.execute(
        select(w.source, w.collection).where(w.id == workspace_id)
    ).one_or_none()
    if row is None:
        raise RefmanError(_("This workspace is not in the library any more."))
    file = SourceFile.of(zlib.decompress(row.source))
    places = connection.execute(
        select(p.entry, p.start, p.end, p.hashes)
        .where(p.workspace == workspace_id)
        .order_by(p.start)
    ).all()
    known = {place.entry for place in places if place.entry is not None}
    members = _members(connection, row.collection)
    live = known if members is None else known & members
    live = live & _present(connection, live)
    added = set() if members is None else _present(connection, members - known)
    entries = load(connection, live | added, tex=True)
    style = _style_of(file.text)
    replacements: list[Replacement] = []
    changed = left_out = 0
    for place in places:
        if place.entry not in live:
            replacements.append(_without(file.text, place.start, place.end))
            left_out += 1
        elif edits := _edits(file, place, entries[place.entry], style):
            replacements += edits
            changed += 1
    new = [entry for i in added if (entry := entries[i]).title]
    new.sort(key=lambda entry: (entry.citation_key.casefold(), entry.citation_key))
    appended = "".join(f"\n{_rendered(file, entry, style)}" for entry in new)
    if appended and file.text and not file.text.endswith("\n"):
        appended = "\n" + appended
    data = file.with_replacements(replacements, appended)
    message = _("{changed} changed, {added} added, {left_out} left out.").format(
        changed=papers(changed), added=len(new), left_out=left_out
    )
    result = Written(data, changed, len(new), left_out, message)
    return result, live | {i for i in added if entries[i].title}


def _style_of(text: str) -> Style:
    """How new fields of the file are written: in BibLaTeX's terms if it uses any of its own."""
    return Style(dialect=BIBLATEX if _BIBLATEX.search(text) else BIBTEX)


def _present(connection: Connection, ids: set[int]) -> set[int]:
    """Those of `ids` that are in the library and not in its trash."""
    e = schema.entry.c
    found: set[int] = set()
    for some in batches(ids):
        found.update(connection.scalars(select(e.id).where(e.id.in_(some), e.trashed.is_(None))))
    return found


def _members(connection: Connection, collection: int | None) -> set[int] | None:
    """The papers of the workspace's collection; None where the user deleted that."""
    if collection is None:
        return None
    c = schema.collection_entry.c
    return set(connection.scalars(select(c.entry).where(c.collection == collection)))


def _without(text: str, start: int, end: int) -> Replacement:
    """A block taken out with its line, and the empty line behind it."""
    rest = _REST_OF_LINE.match(text, end)
    return Replacement(start, rest.end() if rest else end, "")


def _edits(file: SourceFile, place: Any, entry: Entry, style: Style) -> list[Replacement]:
    """What is to be replaced in the file for a paper that is not as it was."""
    now_, before = hashes(entry), json.loads(place.hashes)
    names = {name for name in {*now_, *before} if now_.get(name) != before.get(name)}
    if not names:
        return []
    key = entry.citation_key if "citation_key" in names else ""
    block = file.text[place.start : place.end]
    kind, fields = _fields_as_in(block, entry, style)
    kind = kind if "entry_type" in names else ""
    names -= {"citation_key", "entry_type"}
    fields_now = [(name, _fit(file, value)) for name, value in fields if field_of(name) in names]
    edits = splice(block, names, fields_now, kind=kind, key=key)
    if edits is None:
        return [Replacement(place.start, place.end, _rendered(file, entry, style).rstrip())]
    return [Replacement(place.start + e.start, place.start + e.end, e.new) for e in edits]


def _fields_as_in(block: str, entry: Entry, style: Style) -> tuple[str, Fields]:
    """The entry's type and fields in the terms of its own block, dates apart from the rest."""
    there = {span.name.lower() for span in spans(block) or ()}
    own = BIBLATEX if there & _OF_BIBLATEX else BIBTEX if there & _OF_BIBTEX else style.dialect
    kind, fields = fields_of(render(entry, Style(dialect=own)))
    said = BIBLATEX if "date" in there else BIBTEX if there & {"year", "month"} else own
    if said == own:
        return kind, fields
    dated = fields_of(render(entry, Style(dialect=said)))[1]
    rest = [each for each in fields if field_of(each[0]) != "date"]
    return kind, [*rest, *(each for each in dated if field_of(each[0]) == "date")]


def _rendered(file: SourceFile, entry: Entry, style: Style) -> str:
    return _fit(file, render(entry, style))


def _fit(file: SourceFile, text: str) -> str:
    """`text` in the file's encoding: in TeX commands where it has not all of its characters.

    Raises RefmanError where there is no command either.
    """
    if file.can_write(text):
        return text
    text = in_commands(text)
    if file.can_write(text):
        return text
    raise RefmanError(
        _(
            "“{text}” cannot be written in {codec}: save the file as UTF-8 and import it again."
        ).format(text=text[:80], codec=file.codec)
    )


def bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise ReadError(
            _("“{path}” cannot be read ({reason}): choose another file.").format(
                path=path, reason=getattr(error, "strerror", None) or error
            )
        ) from error


def state(connection: Connection, workspace_id: int) -> tuple[str, str]:
    """Where the file is, and the digest of what refman read or wrote there last."""
    w, s = schema.workspace.c, schema.workspace_state.c
    row = connection.execute(
        select(w.path, s.sha256)
        .outerjoin_from(schema.workspace, schema.workspace_state, s.workspace == w.id)
        .where(w.id == workspace_id)
    ).one()
    return row.path, row.sha256 or ""


def note_state(connection: Connection, workspace_id: int, data: bytes) -> None:
    s = schema.workspace_state
    connection.execute(delete(s).where(s.c.workspace == workspace_id))
    values = {"written": now(), "sha256": hashlib.sha256(data).hexdigest()}
    connection.execute(insert(s).values(workspace=workspace_id, **values))


def texts(connection: Connection, workspace_id: int) -> tuple[str, str]:
    """The file as it was read, and as it is to be now."""
    w = schema.workspace.c
    after = written(connection, workspace_id)[0]
    source = connection.execute(select(w.source).where(w.id == workspace_id)).scalar_one()
    return SourceFile.of(zlib.decompress(source)).text, SourceFile.of(after.data).text
