"""Exports that have a name: kept settings, and files that follow the library.

A file that an export keeps up is written by `keep_up`, which the window calls a moment after a
change and every command before it exits. What is wrong with one is told by its state, and is
tried again the next time; a file that somebody else edited is never overwritten without a word.
"""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection

from refman.db import schema
from refman.db.database import Database
from refman.errors import ReadError, RefmanError, UsageError
from refman.i18n import _
from refman.library.changes import Changes
from refman.library.drafts import cannot_write
from refman.library.export_settings import ExportSettings
from refman.library.selecting import target_of
from refman.library.stored_exports import (
    StoredExport,
    all_stored,
    any_kept,
    identity,
    is_same_file,
    keeper_of,
    state_of,
    stored,
)
from refman.model.text import squeeze
from refman.progress import Progress

if TYPE_CHECKING:
    from refman.library.following import Following, Run
    from refman.library.style_options import StyleOption

Status = Literal["manual", "current", "waiting", "error", "edited"]
Resolution = Literal["ours", "theirs", "both"]
_PREVIEW = 10  # papers


@dataclass(frozen=True, slots=True)
class ExportInfo:
    """An export and its file.

    `status`: `manual` if it is written only when asked, `current`, `waiting` for the next run,
    `error`, which `error` tells and the next run tries again, or `edited` by somebody else.
    `count` papers are to be in it, None where that cannot be said. `written` is when the file
    was last written (UTC), '' for never; `left_out` and `remarks` are of that run.
    """

    id: int
    name: str
    settings: ExportSettings
    path: str
    kept: bool
    status: Status
    count: int | None
    written: str = ""
    error: str = ""
    left_out: int = 0
    remarks: tuple[str, ...] = ()


class Exports:
    """Verbs on exports. Those that take `which` take a name, in any case, or an id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def _following(self) -> "Following":
        from refman.library.following import Following

        return Following(self._database)

    # --- reading

    def list(self) -> "list[ExportInfo]":
        """All exports by name, each with what is to be said of its file."""
        with self._database.read() as connection:
            return [self._info(connection, export) for export in all_stored(connection)]

    def get(self, which: str | int) -> ExportInfo:
        """One of them. Raises UsageError."""
        with self._database.read() as connection:
            return self._info(connection, stored(connection, which))

    def preview(self, settings: ExportSettings, papers: int = _PREVIEW) -> str:
        """The first papers as they would be written; no key is given out. Raises RefmanError."""
        from refman.library.following import beginning

        with self._database.read() as connection:
            return beginning(connection, settings.checked(), papers)

    def difference(self, which: str | int) -> str:
        """What refman would change in the file as it lies there, in the form of `diff -u`.

        '' where it would change nothing. Raises RefmanError.
        """
        from refman.library.differences import difference

        export = self.get(which)
        ours = self._following.fresh(export.id)
        try:
            theirs = Path(export.path).read_bytes() if export.path else b""
        except FileNotFoundError:
            theirs = b""
        except (OSError, ValueError) as error:
            raise ReadError(
                _("“{path}” cannot be read ({reason}): check its name and permissions.").format(
                    path=export.path, reason=getattr(error, "strerror", None) or error
                )
            ) from error
        names = (export.path or export.name, _("{name}, as refman writes it"))
        shown = (names[0], names[1].format(name=export.name))
        return difference(theirs.decode("utf-8", "replace"), ours, shown)

    @staticmethod
    def style_options() -> "Sequence[StyleOption]":
        """The choices that `ExportSettings.style` takes."""
        from refman.library.style_options import options

        return options()

    @staticmethod
    def style_of(texts: Iterable[str]) -> Mapping[str, Any]:
        """The style of texts as one types them: `months=number`. Raises UsageError."""
        from refman.library.style_options import style_of

        return style_of(texts)

    # --- verbs

    def save(
        self, name: str, settings: ExportSettings, path: str | Path = "", *, kept: bool = False
    ) -> Changes:
        """Keep settings under a name; an export of that name is changed. Nothing is written yet.

        With `kept` the file at `path` follows the library from now on. Raises UsageError.
        """
        name = _checked_name(name)
        settings = self._following.checked(settings.checked())
        whole = self._checked_path(path, kept=kept)
        label = _("Save export “{name}”").format(name=name)
        with self._database.write(label) as connection:
            target = target_of(connection, settings)
            known = {each.name.casefold(): each for each in all_stored(connection)}
            now = known.pop(name.casefold(), None)
            _check_free(known.values(), whole)
            values = {
                "name": name,
                "settings": json.dumps(settings.to_json(), ensure_ascii=False, sort_keys=True),
                "collection": target.collection,
                "tag": target.tag,
                "path": whole,
                "kept": int(kept),
            }
            changed = _store(connection, now, values)
        return Changes(label, count=int(changed))

    def rename(self, which: str | int, name: str) -> Changes:
        """Give an export another name. Raises UsageError."""
        name = _checked_name(name)
        label = _("Rename export to “{name}”").format(name=name)
        with self._database.write(label) as connection:
            export = stored(connection, which)
            if export.name == name:
                return Changes(label)
            for other in all_stored(connection):
                if other.id != export.id and other.name.casefold() == name.casefold():
                    message = _("There is an export “{name}” already: choose another name.")
                    raise UsageError(message.format(name=other.name))
            _update(connection, export.id, name=name)
        return Changes(label, count=1)

    def delete(self, which: str | int) -> Changes:
        """Forget an export; its file stays. Raises UsageError."""
        with self._database.read() as connection:
            export = stored(connection, which)
        label = _("Delete export “{name}”").format(name=export.name)
        table = schema.export
        with self._database.write(label) as connection:
            stored(connection, export.id)
            connection.execute(table.delete().where(table.c.id == export.id))
        message = label + "."
        if export.path and Path(export.path).exists():
            message = _("{label}; its file {path} stays.").format(label=label, path=export.path)
        return Changes(label, count=1, message=message)

    def run(
        self, which: str | int, path: Path | None = None, progress: Progress | None = None
    ) -> "Run":
        """Write the export now, to its own file or to `path`. Raises UsageError, ReadError.

        Its own file is left alone where somebody else edited it since refman wrote it.
        """
        with self._database.read() as connection:
            export = stored(connection, which)
        if path is not None and not (export.path and is_same_file(export.path, path)):
            return self._following.write_to(export, path.absolute())
        progress = progress or Progress()
        return self._following.bring_up(export.id, progress, asked=True)

    def keep_up(self, progress: Progress | None = None) -> "Sequence[Run]":
        """Bring every export that is kept up to date; [] where there is none. Raises Cancelled.

        Nothing is raised for a file that cannot be written: its run says so, and the others go on.
        """
        if self._database.read_only:
            return []
        with self._database.read() as connection:
            if not any_kept(connection):
                return []
            kept = [export for export in all_stored(connection) if export.kept]
        progress = progress or Progress()
        return [self._following.bring_up_or_tell(export, progress) for export in kept]

    def resolve(self, which: str | int, how: Resolution, progress: Progress | None = None) -> "Run":
        """Settle what becomes of a file that somebody else edited. Raises RefmanError.

        `ours`: refman's version is written, theirs is kept beside it as NAME.theirs-TIME.bib.
        `theirs`: their file stays, and is none of the export's any more. `both`: their file stays,
        and the export goes on as NAME.refman.bib.
        """
        with self._database.read() as connection:
            export = stored(connection, which)
        if not export.path:
            raise UsageError(_("This export has no file."))
        if how == "theirs":
            label = _("Stop keeping export “{name}” up to date").format(name=export.name)
            with self._database.write(label) as connection:
                _update(connection, export.id, kept=0, path="")
            return self._following.left_alone(export)
        over = ""
        if how == "ours":
            over = _put_aside(Path(export.path))
        else:
            own = _beside(Path(export.path), "refman")
            label = _("Write export “{name}” to {file}").format(name=export.name, file=own.name)
            with self._database.write(label) as connection:
                _update(connection, export.id, path=str(own))
        return self._following.bring_up(export.id, progress or Progress(), asked=True, over=over)

    def _info(self, connection: Connection, export: StoredExport) -> ExportInfo:
        state = state_of(connection, export.id)
        # What was said of an edit holds as long as the file is edited.
        error, count = "" if state.foreign else state.error, None
        status: Status = "error"
        try:
            status, count = self._following.outlook(connection, export)
            if status == "edited" or (
                state.foreign and state.foreign == identity(Path(export.path))
            ):
                status, error = "edited", self._following.left_to_others(export).error
            elif error and export.kept:
                status = "error"
        except RefmanError as problem:
            error = str(problem)
        return ExportInfo(
            export.id,
            export.name,
            export.settings,
            export.path,
            export.kept,
            status,
            count,
            state.written,
            error if status in ("error", "edited") else "",
            state.left_out,
            tuple(filter(None, state.remarks.split("\n"))),
        )

    def _checked_path(self, path: str | Path, *, kept: bool) -> str:
        if not str(path):
            if kept:
                raise UsageError(_("Say which file is to be kept up to date."))
            return ""
        whole = Path(path).expanduser().absolute()
        if "\0" in str(whole):
            raise UsageError(_("No file can have this name."))
        if whole.is_dir():
            raise UsageError(_("“{path}” is a folder: name a file in it.").format(path=whole))
        if whole.resolve() == self._database.path.resolve():
            raise UsageError(_("“{path}” is the library itself.").format(path=whole))
        return str(whole)


# --- steps ------------------------------------------------------------------------------


def _checked_name(name: str) -> str:
    name = squeeze(name)
    if not name:
        raise UsageError(_("An export needs a name: type one."))
    return name


def _check_free(others: Iterable[StoredExport], path: str) -> None:
    """Two exports of the same file would write it in turns, or one over what others edited."""
    other = keeper_of(others, path) if path else None
    if other:
        message = _("The export “{name}” keeps “{path}” up to date already: name another file.")
        raise UsageError(message.format(name=other.name, path=path))


def _store(connection: Connection, now: StoredExport | None, values: dict[str, Any]) -> bool:
    """Whether anything changed."""
    table = schema.export
    if now is None:
        connection.execute(table.insert().values(values))
        return True
    where = table.c.id == now.id
    row = connection.execute(table.select().where(where)).mappings().one()
    if all(row[name] == value for name, value in values.items()):
        return False
    connection.execute(table.update().where(where).values(values))
    return True


def _update(connection: Connection, export_id: int, **values: Any) -> None:
    table = schema.export
    connection.execute(table.update().where(table.c.id == export_id).values(**values))


def _put_aside(path: Path) -> str:
    """Keep a copy of the file beside it; its identity as it was copied. Raises ReadError."""
    there = identity(path)
    if there:
        moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        try:
            shutil.copy2(path, _beside(path, f"theirs-{moment}"))
        except OSError as error:
            raise cannot_write(path, error) from error
    return there


def _beside(path: Path, what: str) -> Path:
    """A free name in the same folder: `refs.refman.bib`, `refs.refman-2.bib` …"""
    free = path.with_name(f"{path.stem}.{what}{path.suffix}")
    number = 2
    while free.exists():
        free = path.with_name(f"{path.stem}.{what}-{number}{path.suffix}")
        number += 1
    return free
