"""Exporting: papers as text, in a format that writes, with their keys given out."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from refman.db.database import Database
from refman.errors import UsageError
from refman.formats import FORMATS
from refman.formats.format import Format
from refman.i18n import _
from refman.library import citation_keys
from refman.library.changes import papers
from refman.library.drafts import Draft
from refman.library.export_settings import BIB, DEFAULT, NO_STYLE, ExportSettings
from refman.library.selecting import Selection, selected, selected_among, target_of
from refman.library.stored_exports import all_stored, is_edited, keeper_of
from refman.library.storing import now

if TYPE_CHECKING:
    from refman.library.rendering import Renderer


@dataclass(frozen=True, slots=True)
class Export:
    """What was exported. `left_out` papers have no title; `message` says all of it.

    `text` is '' where it went into a file. `remarks` are sentences on single papers; `unknown`
    counts the keys that manuscripts cite and no paper has.
    """

    text: str
    count: int
    left_out: int
    message: str
    remarks: tuple[str, ...] = ()
    unknown: int = 0


class Exporting:
    """Verbs that take papers out of the library. They change nothing but who knows the keys."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @staticmethod
    def formats() -> list[Format]:
        """Those that write."""
        return [format_ for format_ in FORMATS if format_.writes]

    def text(
        self,
        ids: Collection[int],
        format: str = DEFAULT,
        style: Mapping[str, Any] = NO_STYLE,
        *,
        order: str = "key",
        descending: bool = False,
    ) -> Export:
        """The papers as text, in an order of `ExportSettings`; their keys are given out by it.

        Raises UsageError.
        """
        settings = ExportSettings(format, order=order, descending=descending, style=style).checked()
        with self._database.read() as connection:
            return self._text(connection, selected_among(connection, ids, settings), settings)

    def beginning(
        self,
        ids: Collection[int],
        papers: int,
        format: str = DEFAULT,
        style: Mapping[str, Any] = NO_STYLE,
        *,
        order: str = "key",
        descending: bool = False,
    ) -> Export:
        """As `text`, but only the first papers are in the text, and no key is given out."""
        settings = ExportSettings(format, order=order, descending=descending, style=style).checked()
        with self._database.read() as connection:
            chosen = selected_among(connection, ids, settings)
            first = replace(chosen, ids=chosen.ids[:papers])
            return summary(chosen, "".join(_renderer(settings).pieces(connection, first)))

    def preview(
        self, entry_id: int, format: str = DEFAULT, style: Mapping[str, Any] = NO_STYLE
    ) -> str:
        """One paper as `text` would write it, its key not given out; '' without a title."""
        settings = ExportSettings(format, style=style)
        with self._database.read() as connection:
            chosen = selected_among(connection, [entry_id], settings)
            if entry_id not in chosen.ids:
                return ""
            alone = Selection([entry_id], {})
            return "".join(_renderer(settings).pieces(connection, alone))

    def to_file(
        self,
        ids: Collection[int],
        path: Path,
        format: str | None = None,
        style: Mapping[str, Any] = NO_STYLE,
        *,
        order: str = "key",
        descending: bool = False,
    ) -> Export:
        """Write the papers to a file, whole or not at all. Raises ReadError where it cannot be.

        Without `format` the file's name decides; order as for `text`. Raises UsageError, too,
        where the file is one that an export keeps up to date.
        """
        named = format or format_of(path)
        settings = ExportSettings(named, order=order, descending=descending, style=style).checked()
        with self._database.read() as connection:
            chosen = selected_among(connection, ids, settings)
            return self._to_file(connection, chosen, settings, path)

    def chosen_text(self, settings: ExportSettings) -> Export:
        """The papers that the settings choose, as text. Raises RefmanError."""
        settings = settings.checked()
        with self._database.read() as connection:
            return self._text(connection, chosen_by(connection, settings), settings)

    def chosen_to_file(self, settings: ExportSettings, path: Path) -> Export:
        """Write the papers that the settings choose to a file. Raises RefmanError."""
        settings = settings.checked()
        with self._database.read() as connection:
            chosen = chosen_by(connection, settings)
            return self._to_file(connection, chosen, settings, path)

    def _text(self, connection: Connection, chosen: Selection, settings: ExportSettings) -> Export:
        ascii_ = Ascii(settings)
        text = "".join(ascii_.watch(_renderer(settings).pieces(connection, chosen)))
        give_out(self._database, chosen.ids)
        return summary(chosen, text, ascii_.beyond)

    def _to_file(
        self, connection: Connection, chosen: Selection, settings: ExportSettings, path: Path
    ) -> Export:
        check_target(connection, path)
        renderer, ascii_ = _renderer(settings), Ascii(settings)
        with Draft(path) as draft:
            for piece in ascii_.watch(renderer.pieces(connection, chosen)):
                draft.write(piece.encode("utf-8"))
            draft.finish()
            draft.replace()
        give_out(self._database, chosen.ids)
        return summary(chosen, beyond=ascii_.beyond)


class Ascii:
    """Finds, where a style wants TeX commands only, the characters for which there is none."""

    def __init__(self, settings: ExportSettings) -> None:
        self._wanted = settings.format in BIB and settings.style.get("unicode") is False
        self._beyond: set[str] = set()

    def look(self, texts: Iterable[str]) -> None:
        for _text in self.watch(texts):
            pass

    def watch(self, texts: Iterable[str]) -> Iterator[str]:
        """The same texts, looked at as they pass."""
        if not self._wanted:
            yield from texts
            return
        for text in texts:
            if not text.isascii():
                self._beyond.update(char for char in text if not char.isascii())
            yield text

    @property
    def beyond(self) -> str:
        """Each once, in their order."""
        return "".join(sorted(self._beyond))


# --- steps ------------------------------------------------------------------------------


def _renderer(settings: ExportSettings) -> "Renderer":
    from refman.library.rendering import renderer

    return renderer(settings)


def chosen_by(connection: Connection, settings: ExportSettings) -> Selection:
    """The papers of settings that are not kept. Raises RefmanError."""
    return selected(connection, settings, target_of(connection, settings))


def give_out(database: Database, ids: Collection[int]) -> None:
    """Note that the keys of papers are known outside, where that can be noted."""
    with database.read() as connection:
        known = citation_keys.all_given(connection, ids)
    if not known and not database.read_only:
        with database.write(_("Give out citation keys"), undoable=False) as connection:
            citation_keys.give_out(connection, ids, now())


def check_target(connection: Connection, path: Path) -> None:
    """A file that an export keeps up to date is written by that export only. Raises RefmanError.

    Anything else in it would look like somebody's edit, or be lost with the next change.
    """
    export = keeper_of(all_stored(connection), path)
    if export is None:
        return
    if is_edited(connection, export):
        sentence = _(
            "“{path}” belongs to the export “{name}” and was edited by another program, so it is "
            "not replaced: see `refman exports diff` and `refman exports resolve`, or name "
            "another file."
        )
    else:
        sentence = _(
            "“{path}” is kept up to date by the export “{name}”: write that export "
            "(`refman exports now`), or name another file."
        )
    raise UsageError(sentence.format(path=path, name=export.name))


_MOST_SHOWN = 10  # characters


def beyond_remark(beyond: str) -> str:
    """What is said, after a blank, of characters that stayed as they are."""
    if not beyond:
        return ""
    shown = " ".join(beyond[:_MOST_SHOWN]) + (" …" if len(beyond) > _MOST_SHOWN else "")
    if len(beyond) == 1:
        return " " + _("1 character has no TeX command and stays: {all}").format(all=shown)
    sentence = _("{count} characters have no TeX command and stay: {all}")
    return " " + sentence.format(count=len(beyond), all=shown)


def summary(chosen: Selection, text: str = "", beyond: str = "") -> Export:
    """What is said of an export."""
    message = _("{papers} exported.").format(papers=papers(len(chosen.ids)))
    if chosen.left_out:
        without = papers(chosen.left_out)
        message += " " + _("{papers} without a title left out.").format(papers=without)
    message += beyond_remark(beyond)
    return Export(text, len(chosen.ids), chosen.left_out, message, chosen.remarks, chosen.unknown)


def format_of(path: Path) -> str:
    """The format that a file's name asks for. Raises UsageError where it asks for none."""
    suffix = path.suffix.lower()
    if suffix in ("", ".bib"):
        return DEFAULT  # without loading every other format
    for format_ in Exporting.formats():
        if suffix in format_.extensions:
            return format_.name
    raise UsageError(
        _("No format is known by the ending “{suffix}”: name the file .bib, or choose one.").format(
            suffix=suffix
        )
    )
