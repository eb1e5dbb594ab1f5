"""Watched folders: what is saved into them is imported, each file once and when it is whole.

Only files that lie in the folder itself are looked at, and of these what refman can read; a file
that refman writes (an export, a workspace) is none that comes in. What was in the folder when it
was first watched stays outside, unless it is asked for.
"""

import json
import time
from collections.abc import Collection, Iterator
from os import DirEntry, scandir
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from refman.db import schema
from refman.db.database import Database
from refman.errors import ReadError, UsageError
from refman.i18n import _
from refman.library import recipes
from refman.library.changes import Changes
from refman.model.text import visible

_NAME = "watched_folders"  # in `preference`: JSON, a list of paths
_UNFINISHED = (".part", ".crdownload", ".download", ".tmp", ".partial")
_PAGES = (".txt", ".html", ".htm")
_QUIET = 2.0  # seconds since a file was changed, after which it is whole at the first look


class Watched:
    """Verbs on watched folders. The looks of `due` are remembered while the library is open."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looks: dict[str, str] = {}
        self._waiting: Collection[str] = ()

    def folders(self) -> list[str]:
        """The watched folders, in the order in which they came; some may be gone."""
        with self._database.read() as connection:
            return _folders(connection)

    def missing(self) -> list[str]:
        """Those that are not there now: taken off, renamed, or on a disk that is not connected."""
        return [folder for folder in self.folders() if not Path(folder).is_dir()]

    def failed(self) -> dict[str, str]:
        """The files that could not be imported, and why."""
        w = schema.watched_file.c
        with self._database.read() as connection:
            rows = connection.execute(select(w.path, w.error).where(w.error != "").order_by(w.path))
            return {row.path: row.error for row in rows}

    def watch(self, folder: str | Path, *, include_present: bool = False) -> Changes:
        """Import from now on what is saved into `folder`; with `include_present` what is there too.

        Raises ReadError where it is no folder.
        """
        path = Path(folder).expanduser().absolute()
        label = _("Watch the folder “{name}”").format(name=path.name or str(path))
        try:
            there = [] if include_present else list(_files(path))
        except OSError as error:
            raise _unreadable(path, error) from error
        if not path.is_dir():
            raise _unreadable(path, None)
        with self._database.write(label) as connection:
            known = _folders(connection)
            if str(path) in known:
                return Changes(label, message=_("This folder is watched already."))
            _store(connection, [*known, str(path)])
            for file in there:
                _note(connection, file.path, _stamp(file), "")
        return Changes(label, count=1)

    def unwatch(self, folder: str | Path) -> Changes:
        """Watch the folder no longer; what came from it stays. Raises UsageError."""
        path = str(Path(folder).expanduser().absolute())
        label = _("Watch the folder “{name}” no longer").format(name=Path(path).name or path)
        w = schema.watched_file
        with self._database.write(label) as connection:
            known = _folders(connection)
            if path not in known:
                raise UsageError(_("“{folder}” is no watched folder.").format(folder=path))
            _store(connection, [each for each in known if each != path])
            for file in list(connection.scalars(select(w.c.path))):
                if str(Path(file).parent) == path:
                    connection.execute(delete(w).where(w.c.path == file))
        return Changes(label, count=1)

    def due(self) -> list[Path]:
        """The files that are to be imported now, those saved first first.

        A file is due when it was not looked at as it is now and nobody is writing it: its size and
        time are those of the `due` before, or it has not changed for some seconds.
        """
        w = schema.watched_file.c
        with self._database.read() as connection:
            folders = _folders(connection)
            if not folders:
                return []
            known = {row.path: row.stamp for row in connection.execute(select(w.path, w.stamp))}
            own = _own_files(connection)
        found: list[tuple[int, Path]] = []
        looks: dict[str, str] = {}
        for folder in folders:
            try:
                files = list(_files(Path(folder)))
            except OSError:  # `missing` tells
                continue
            for file in files:
                try:
                    stamp, changed = _stamp(file), file.stat().st_mtime_ns
                except OSError:  # gone just now
                    continue
                if known.get(file.path) == stamp or file.path in own or stamp.startswith("0 "):
                    continue
                looks[file.path] = stamp
                age = time.time() - changed / 1e9
                if age > _QUIET or self._looks.get(file.path) == stamp:
                    found.append((changed, Path(file.path)))
        self._looks = looks
        self._waiting = looks.keys() - {str(path) for _changed, path in found}
        return [path for _changed, path in sorted(found)]

    def waiting(self) -> list[Path]:
        """The files that the last `due` saw change too lately: somebody may be writing them."""
        return sorted(map(Path, self._waiting))

    def looked_at(self, path: str | Path, error: str = "") -> None:
        """Remember that a file was imported, or why it could not be; changed, it is due again."""
        where = Path(path).absolute()
        try:
            status = where.stat()
            stamp = f"{status.st_size} {status.st_mtime_ns}"
        except OSError:
            stamp = ""
        with self._database.write(_("Watched folders"), undoable=False) as connection:
            _note(connection, str(where), stamp, error)


def _folders(connection: Connection) -> list[str]:
    p = schema.preference.c
    text = connection.scalar(select(p.value).where(p.name == _NAME))
    return list(json.loads(text)) if text else []


def _store(connection: Connection, folders: Collection[str]) -> None:
    p = schema.preference
    text = json.dumps(list(folders), ensure_ascii=False)
    done = connection.execute(update(p).where(p.c.name == _NAME).values(value=text))
    if not done.rowcount:
        connection.execute(insert(p).values(name=_NAME, value=text))


def _note(connection: Connection, path: str, stamp: str, error: str) -> None:
    w = schema.watched_file
    values = {"stamp": stamp, "error": error}
    if not connection.execute(update(w).where(w.c.path == path).values(values)).rowcount:
        connection.execute(insert(w).values(path=path, **values))


def _own_files(connection: Connection) -> set[str]:
    """The files that refman itself writes."""
    columns = (schema.export.c.path, schema.workspace.c.path)
    return {path for column in columns for path in connection.scalars(select(column))}


def _files(folder: Path) -> Iterator["DirEntry[str]"]:
    """The files in a folder that refman can read, by their names. Raises OSError."""
    endings = _endings()
    with scandir(folder) as entries:
        for entry in entries:
            name = entry.name.casefold()
            if name.startswith((".", "~", "#")) or name.endswith(("~", *_UNFINISHED)):
                continue
            if visible(name) != name:  # no library can keep it; it can be imported by hand
                continue
            if name.endswith(endings) and entry.is_file():
                yield entry


def _endings() -> tuple[str, ...]:
    read = {each for one in recipes.formats() if one.reads for each in one.extensions}
    return tuple(sorted({*(each.casefold() for each in read), *_PAGES}))


def _stamp(file: "DirEntry[str]") -> str:
    status = file.stat()
    return f"{status.st_size} {status.st_mtime_ns}"


def _unreadable(path: Path, error: OSError | None) -> ReadError:
    reason = error.strerror if error else _("it is no folder")
    return ReadError(
        _("“{path}” cannot be watched ({reason}): choose another folder.").format(
            path=path, reason=reason or _("it is no folder")
        )
    )
