"""Papers as the text of a format, each for itself where the format allows it, and checked: what
was written is read again before anybody gets it.
"""

import hashlib
import json
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from refman import __version__, formats
from refman.db import schema
from refman.errors import RefmanError, UsageError
from refman.formats import FORMATS
from refman.formats.bibtex.converting import (
    BIBDESK,
    OWN_FIELDS,
    links_of,
    listed,
    rating_of,
    status_of,
)
from refman.formats.bibtex.file_links import read_file_links
from refman.formats.bibtex.proof import is_one_entry
from refman.formats.bibtex.style import ANNOTE, Style
from refman.formats.bibtex.writer import render
from refman.formats.format import Context, FileLink, Format
from refman.i18n import _
from refman.library import bib_order, citation_keys
from refman.library.export_settings import BIB, BIBLATEX, ExportSettings
from refman.library.paper_rows import Own, own_of
from refman.library.selecting import Selection
from refman.library.sources import format_named
from refman.library.storing import load
from refman.model.entry import Entry

_ANY_DAY = date(2000, 1, 1)  # no date in a file of ours lacks its year
PIECE = 500  # papers that are in memory at once
_RENDERER = 2  # greater whenever the same papers would be written in another way

# What stands before the first, between two and behind the last paper, and alone without any,
# in formats that write each paper for itself.
_FRAMES = {
    **dict.fromkeys(BIB, ("", "\n", "", "")),
    "ris": ("", "", "", ""),
    "csl-json": ("[\n", ",\n", "\n]\n", "[]\n"),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around the papers of a file, in bytes."""

    head: bytes
    between: bytes
    tail: bytes
    empty: bytes


def renderer(settings: ExportSettings) -> "Renderer":
    """What writes papers as the settings say. Raises UsageError where nothing does."""
    if settings.format in BIB:
        return _Bib(settings)
    found = formats.format_named(settings.format) or format_named(settings.format)  # or a recipe
    if not found.writes:
        raise UsageError(
            _("refman reads {format} but does not write it; it writes {all}.").format(
                format=found.label, all=", ".join(f.name for f in FORMATS if f.writes)
            )
        )
    return _Framed(found) if found.name in _FRAMES else _Whole(found)


class Renderer(ABC):
    """Writes papers in one way. `identity` is another one wherever the way is.

    Of a format that cannot write each paper for itself, `frame` is None, and `pieces` is the
    file in any parts.
    """

    def __init__(self, name: str, options: Mapping[str, Any]) -> None:
        told = json.dumps([__version__, _RENDERER, name, options], sort_keys=True)
        self.identity = hashlib.sha256(told.encode()).hexdigest()
        frame = _FRAMES.get(name)
        self.frame = Frame(*(text.encode() for text in frame)) if frame else None

    @abstractmethod
    def texts(
        self, connection: Connection, ids: Collection[int], keys: Mapping[int, str]
    ) -> dict[int, str]:
        """The text of each of at most PIECE papers; `keys` are those of a `Selection`.

        Raises RefmanError where one could not be read again. Only where there is a frame.
        """

    def pieces(self, connection: Connection, selection: Selection) -> Iterator[str]:
        """The text of all, in pieces."""
        assert self.frame
        if not selection.ids:
            yield self.frame.empty.decode()
            return
        between = self.frame.head.decode()
        for some in in_pieces(selection.ids):
            texts = self.texts(connection, some, selection.keys)
            for entry_id in some:
                yield between + texts[entry_id]
                between = self.frame.between.decode()
        yield self.frame.tail.decode()


class _Bib(Renderer):
    def __init__(self, settings: ExportSettings) -> None:
        self._style = Style.from_options({**settings.style, "dialect": settings.format})
        super().__init__(settings.format, self._style.to_options())

    def texts(
        self, connection: Connection, ids: Collection[int], keys: Mapping[int, str]
    ) -> dict[int, str]:
        style = self._style
        notes = notes_of(connection, ids) if style.notes == ANNOTE else {}
        texts: dict[int, str] = {}
        loaded = load(connection, ids, tex=True)
        # bibtex takes no notice of other keys: they go back only to where they came from.
        known = [i for i, one in loaded.items() if style.dialect == BIBLATEX or "ids" in one.tex]
        others = citation_keys.aliases(connection, known) if known else {}
        loaded = bib_order.without_inherited(connection, loaded, keys, style.dialect)
        for entry_id, entry in _with_own(connection, loaded, style).items():
            if entry_id in keys:
                entry = entry.with_values(citation_key=keys[entry_id])
            if entry_id in others:
                entry = _with_other_keys(entry, others[entry_id])
            texts[entry_id] = text = render(entry, style, notes.get(entry_id, ""))
            if not is_one_entry(text):
                raise _unreadable(entry.citation_key)
        return texts


class _Framed(Renderer):
    def __init__(self, format_: Format) -> None:
        super().__init__(format_.name, {})
        self._format = format_

    def texts(
        self, connection: Connection, ids: Collection[int], keys: Mapping[int, str]
    ) -> dict[int, str]:
        head, between, tail, _empty = _FRAMES[self._format.name]
        texts: dict[int, str] = {}
        for entry_id, entry in load(connection, ids).items():
            text = "".join(self._format.write([entry], {}))
            texts[entry_id] = text[len(head) : len(text) - len(tail)]
        _check(self._format, head + between.join(texts.values()) + tail, len(texts))
        return texts


class _Whole(Renderer):
    def __init__(self, format_: Format) -> None:
        super().__init__(format_.name, {})
        self._format = format_

    def texts(
        self, connection: Connection, ids: Collection[int], keys: Mapping[int, str]
    ) -> dict[int, str]:
        raise NotImplementedError(f"{self._format.name} is written as a whole")

    def pieces(self, connection: Connection, selection: Selection) -> Iterator[str]:
        text = "".join(self._format.write(_entries(connection, selection.ids), {}))
        _check(self._format, text, len(selection.ids))
        yield text


def _entries(connection: Connection, ids: Sequence[int]) -> Iterator[Entry]:
    for some in in_pieces(ids):
        found = load(connection, some)
        yield from (found[entry_id] for entry_id in some)


def in_pieces(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + PIECE] for start in range(0, len(ids), PIECE))


_FIELDS = tuple(name for name in OWN_FIELDS if name != "ids")
_KINDS = {"application/pdf": "PDF"}  # as `file` has them; all else is written as it is


def _with_own(
    connection: Connection, entries: Mapping[int, Entry], style: Style
) -> Mapping[int, Entry]:
    """The entries with the user's own, in the fields in which it came with a file: as it stood
    there if that still says what the library says. A paper without such a field gets none."""
    marked = {
        i: names
        for i, entry in entries.items()
        if entry.tex and (names := [n for n in entry.tex if n in _FIELDS or BIBDESK.fullmatch(n)])
    }
    if not marked:
        return entries
    found = dict(entries)
    for i, own in own_of(connection, marked).items():
        entry, fields = entries[i], dict(entries[i].fields)
        in_bibdesk: set[FileLink] = set()
        for name in sorted(marked[i]):  # BibDesk's before `file`, which has the rest
            value = _own_value(name, entry.tex[name], own, in_bibdesk)
            if value and name not in fields and (style.files or not BIBDESK.fullmatch(name)):
                fields[name] = value
        tex = {name: text for name, text in entry.tex.items() if name not in marked[i]}
        found[i] = entry.with_values(fields=fields, tex=tex)
    return found


def _own_value(name: str, source: str, own: Own, in_bibdesk: set[FileLink]) -> str:
    if name in ("readstatus", "read"):
        if status_of(source) == own.status:
            return source
        in_words = {"inbox": "", "read": "read" if name == "readstatus" else "true"}
        return in_words.get(own.status, own.status)
    if name in ("ranking", "rating"):
        if rating_of(source) == own.rating:
            return source
        lead = "rank" if source.lower().startswith("rank") else ""
        return f"{lead}{own.rating}" if own.rating else ""
    if name == "groups":
        names = [one for one in own.collections if not set(one) & set("{},\\")]
        return source if set(listed(source)) == set(own.collections) else ", ".join(names)
    links = links_of(name, source)
    if name != "file":
        said = [one for one in own.files if any(_is_same(link, one) for link in links)]
        in_bibdesk.update(said)
        return source if said else ""
    files = [one for one in own.files if one not in in_bibdesk]
    if {(one.path, one.url) for one in links} == {(one.path, one.url) for one in files}:
        return source
    return ";".join(filter(None, map(_file_field, files)))


def _is_same(link: FileLink, kept: FileLink) -> bool:
    """Whether an attachment is what a link names; of a path the beginning may have been added."""
    if link.url or not link.path:
        return link.url == kept.url
    return kept.path == link.path or kept.path.endswith("/" + os.path.normpath(link.path))


def _file_field(file: FileLink) -> str:
    """A link as JabRef writes it; '' where that cannot say it."""
    place = file.path or file.url
    title = file.title if file.title not in (file.url, Path(file.path).name) else ""
    kind = _KINDS.get(file.media_type, file.media_type)
    text = ":".join(re.sub(r"([\\:;])", r"\\\1", part) for part in (title, place, kind))
    again = read_file_links(text)
    return text if [(one.path, one.url) for one in again] == [(file.path, file.url)] else ""


def _with_other_keys(entry: Entry, others: Iterable[str]) -> Entry:
    """With the keys that it was or is known by in BibLaTeX's `ids`."""
    there = [key.strip() for key in entry.fields.get("ids", "").split(",")]
    seen = {entry.citation_key.casefold(), ""}
    keys: list[str] = []
    for key in (*there, *others):
        if key.casefold() not in seen:
            seen.add(key.casefold())
            keys.append(key)
    tex = dict(entry.tex)
    source = tex.pop("ids", "")
    if {key.casefold() for key in keys} == {key.casefold() for key in listed(source)}:
        keys = [source]
    return entry.with_values(fields={**entry.fields, "ids": ",".join(keys)}, tex=tex)


def notes_of(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """What the user wrote on papers and marked in them, an empty line between two."""
    a = schema.annotation.c
    found: dict[int, list[str]] = {}
    for entry_id, quote, comment in connection.execute(
        select(a.entry, a.quote, a.comment).where(a.entry.in_(list(ids))).order_by(a.entry, a.id)
    ):
        said = filter(None, (quote and f"“{quote}”", comment))
        found.setdefault(entry_id, []).append("\n".join(said))
    return {entry_id: "\n\n".join(filter(None, texts)) for entry_id, texts in found.items()}


def _check(format_: Format, text: str, count: int) -> None:
    if not format_.reads or not count:
        return
    found = format_.read(text, Context(_ANY_DAY))
    if len(found.rows) != count:
        first = next((problem.text for problem in found.problems if problem.failed), format_.label)
        raise _unreadable(first.strip()[:60])


def _unreadable(what: str) -> RefmanError:
    return RefmanError(
        _(
            "“{what}” was written so that it could not be read again, so nothing was replaced. "
            "That is a mistake of refman's: please report it."
        ).format(what=what)
    )
