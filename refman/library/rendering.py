"""Papers as the text of a format, each for itself where the format allows it, and checked: what
was written is read again before anybody gets it.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from refman import __version__, formats
from refman.db import schema
from refman.errors import RefmanError, UsageError
from refman.formats import FORMATS
from refman.formats.bibtex.proof import is_one_entry
from refman.formats.bibtex.style import ANNOTE, Style
from refman.formats.bibtex.writer import render
from refman.formats.format import Context, Format
from refman.i18n import _
from refman.library import citation_keys
from refman.library.export_settings import BIB, BIBLATEX, ExportSettings
from refman.library.selecting import Selection
from refman.library.sources import format_named
from refman.library.storing import load
from refman.model.entry import Entry

_ANY_DAY = date(2000, 1, 1)  # no date in a file of ours lacks its year
PIECE = 500  # papers that are in memory at once
_RENDERER = 1  # greater whenever the same papers would be written in another way

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
        others: Mapping[int, tuple[str, ...]] = {}
        if style.dialect == BIBLATEX:
            others = citation_keys.aliases(connection, ids)
        texts: dict[int, str] = {}
        for entry_id, entry in load(connection, ids, tex=True).items():
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


def _with_other_keys(entry: Entry, others: Iterable[str]) -> Entry:
    """With the keys that it was or is known by in BibLaTeX's `ids`."""
    there = [key.strip() for key in entry.fields.get("ids", "").split(",")]
    seen = {entry.citation_key.casefold(), ""}
    keys: list[str] = []
    for key in (*there, *others):
        if key.casefold() not in seen:
            seen.add(key.casefold())
            keys.append(key)
    return entry.with_values(fields={**entry.fields, "ids": ",".join(keys)})


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
