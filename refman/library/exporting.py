"""Exporting: papers as text, in a format that writes, with their keys given out."""

import os
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from refman import formats
from refman.db.database import Database
from refman.errors import ReadError, UsageError
from refman.formats import FORMATS
from refman.formats.format import Format
from refman.i18n import _
from refman.library import citation_keys
from refman.library.changes import papers
from refman.library.sources import format_named
from refman.library.storing import load, now
from refman.model.entry import Entry

DEFAULT = "bibtex"


@dataclass(frozen=True, slots=True)
class Export:
    """What was exported. `left_out` papers have no title; `message` says all of it."""

    text: str
    count: int
    left_out: int
    message: str


class Exporting:
    """Verbs that take papers out of the library. They change nothing but who knows the keys."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @staticmethod
    def formats() -> list[Format]:
        """Those that write."""
        return [format_ for format_ in FORMATS if format_.writes]

    def text(self, ids: Collection[int], format: str = DEFAULT) -> Export:
        """The papers as text, in the order of their citation keys, which are given out by it."""
        writer = _writer(format)
        with self._database.read() as connection:
            found = load(connection, ids)
            chosen = {i: entry for i, entry in found.items() if entry.title}
            known = citation_keys.all_given(connection, chosen)
        ordered = sorted(chosen.values(), key=_order)
        text = "".join(writer.write(ordered, {}))
        if not known and not self._database.read_only:
            with self._database.write(_("Give out citation keys"), undoable=False) as connection:
                citation_keys.give_out(connection, chosen, now())
        left_out = len(found) - len(chosen)
        message = _("{papers} exported.").format(papers=papers(len(chosen)))
        if left_out:
            message += " " + _("{papers} without a title left out.").format(papers=papers(left_out))
        return Export(text, len(chosen), left_out, message)

    def preview(self, entry_id: int, format: str = DEFAULT) -> str:
        """One paper as `text` would write it, its key not given out; '' without a title."""
        with self._database.read() as connection:
            entry = load(connection, [entry_id]).get(entry_id)
        if entry is None or not entry.title:
            return ""
        return "".join(_writer(format).write([entry], {}))

    def to_file(self, ids: Collection[int], path: Path, format: str | None = None) -> Export:
        """Write the papers to a file, whole or not at all. Raises ReadError where it cannot be.

        Without `format` the file's name decides.
        """
        export = self.text(ids, format or _format_of(path))
        write_atomically(path, export.text)
        return export


def write_atomically(path: Path, text: str) -> None:
    """Replace the file at `path` by one of `text` in UTF-8, in one move. Raises ReadError.

    A link stays one: the file that it leads to is replaced.
    """
    try:
        path = path.resolve()
        folder = path.parent
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                Path(temporary).chmod(path.stat().st_mode)
            else:
                umask = os.umask(0)
                os.umask(umask)
                Path(temporary).chmod(0o666 & ~umask)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink()
            raise
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise ReadError(
            _("“{path}” cannot be written ({reason}): choose another place.").format(
                path=path, reason=getattr(error, "strerror", None) or error
            )
        ) from error


def _order(entry: Entry) -> tuple[str, str]:
    return (entry.citation_key.casefold(), entry.citation_key)


def _writer(name: str) -> Format:
    format_ = formats.format_named(name) or format_named(name)  # the second knows recipes, too
    if not format_.writes:
        raise UsageError(
            _("refman reads {format} but does not write it; it writes {all}.").format(
                format=format_.label, all=", ".join(f.name for f in Exporting.formats())
            )
        )
    return format_


def _format_of(path: Path) -> str:
    suffix = path.suffix.lower()
    for format_ in Exporting.formats():
        if suffix in format_.extensions:
            return format_.name
    if suffix:
        raise UsageError(
            _(
                "No format is known by the ending “{suffix}”: name the file .bib, or choose one."
            ).format(suffix=suffix)
        )
    return DEFAULT
