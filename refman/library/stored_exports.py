"""Exports with a name as they stand in the library, and what is known of their files."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from refman.db import schema
from refman.db.numbers import tuples
from refman.errors import UsageError
from refman.i18n import _
from refman.library import collection_tree
from refman.library.drafts import cannot_write
from refman.library.export_settings import ExportSettings
from refman.library.selecting import Target

_x, _s = schema.export.c, schema.export_state.c


@dataclass(frozen=True, slots=True)
class StoredExport:
    """An export; in its settings the collection or tag has its name of today."""

    id: int
    name: str
    settings: ExportSettings
    target: Target
    path: str
    kept: bool


@dataclass(frozen=True, slots=True)
class State:
    """What is known of the file of an export; the columns of `schema.export_state`."""

    runs: int = 0
    path: str = ""
    written: str = ""
    sha256: str = ""
    coming: str = ""
    seen: str = ""
    renderer: str = ""
    layout: str = ""
    count: int = 0
    left_out: int = 0
    remarks: str = ""
    error: str = ""
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where papers stand in a file: their ids in its order, the lengths of their texts in bytes,
    and the keys that are not their own."""

    ids: Sequence[int]
    lengths: Sequence[int]
    keys: dict[int, str]

    def to_json(self) -> str:
        return json.dumps([list(self.ids), list(self.lengths), list(self.keys.items())])

    @classmethod
    def from_json(cls, text: str) -> "Layout | None":
        """None where none was kept."""
        if not text:
            return None
        ids, lengths, keys = json.loads(text)
        return cls(ids, lengths, dict(keys))


def all_stored(connection: Connection) -> list[StoredExport]:
    """By name, whatever the case."""
    rows = connection.execute(select(schema.export)).all()
    paths = {node.id: node.path for node in collection_tree.tree(connection)} if rows else {}
    t = schema.tag.c
    tags = {row.tag for row in rows if row.tag is not None}
    names = dict(connection.execute(select(t.id, t.name).where(t.id.in_(tags))).all())
    found = []
    for row in rows:
        settings = ExportSettings.from_json(row.settings)
        name = paths.get(row.collection) or names.get(row.tag)
        if name and settings.which in ("collection", "tag"):
            settings = replace(settings, value=name)
        target = Target(row.collection, row.tag)
        found.append(StoredExport(row.id, row.name, settings, target, row.path, bool(row.kept)))
    return sorted(found, key=lambda export: (export.name.casefold(), export.name))


def stored(connection: Connection, which: str | int) -> StoredExport:
    """The export of a name, in any case, or of an id. Raises UsageError where there is none."""
    for export in all_stored(connection):
        if which == export.id or str(which).casefold() == export.name.casefold():
            return export
    raise UsageError(
        _("There is no export “{name}”. `refman exports` shows them.").format(name=which)
    )


def keeper_of(exports: Iterable[StoredExport], path: str | Path) -> StoredExport | None:
    """The export that keeps the file at `path` up to date, whatever leads there."""
    for export in exports:
        if export.kept and is_same_file(export.path, path):
            return export
    return None


def is_same_file(one: str | Path, other: str | Path) -> bool:
    """Whether two paths lead to one file, by a link or by another case of letters, too."""
    try:
        if Path(one).resolve() == Path(other).resolve():
            return True
        return Path(one).samefile(other)
    except (OSError, ValueError):
        return False


def any_kept(connection: Connection) -> bool:
    return connection.scalar(select(_x.id).where(_x.kept != 0).limit(1)) is not None


def state_of(connection: Connection, export_id: int) -> State:
    """What is known of the export's file; of one that was never written, nothing."""
    names = [each.name for each in fields(State)]
    row = connection.execute(
        select(*(_s[name] for name in names)).where(_s.export == export_id)
    ).one_or_none()
    return State(*row) if row else State()


def note_state(connection: Connection, export_id: int, **values: Any) -> None:
    """Change what is known of the export's file, and count that as a run."""
    table = schema.export_state
    known = connection.scalar(select(_s.runs).where(_s.export == export_id))
    if known is None:
        connection.execute(table.insert().values(export=export_id, runs=1, **values))
    else:
        where = _s.export == export_id
        connection.execute(table.update().where(where).values(runs=known + 1, **values))


def stale_of(connection: Connection, export_id: int) -> dict[int, int]:
    """The papers that changed since the export was written, and how often."""
    st = schema.export_stale.c
    return dict(tuples(connection, select(st.entry, st.changes).where(st.export == export_id)))


def not_stale(connection: Connection, export_id: int, seen: dict[int, int]) -> None:
    """Forget the changes that were `seen`; a paper that changed again since stays noted."""
    if not seen:
        return
    st = schema.export_stale.c
    if stale_of(connection, export_id) == seen:
        connection.execute(schema.export_stale.delete().where(st.export == export_id))
        return
    connection.exec_driver_sql(
        "DELETE FROM export_stale WHERE export = ? AND entry = ? AND changes = ?",
        [(export_id, entry_id, changes) for entry_id, changes in seen.items()],
    )


def sha256_of(path: Path) -> str:
    """Of the bytes of the file. Raises ReadError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise cannot_write(path, error) from error


def is_edited(connection: Connection, export: StoredExport) -> bool:
    """Whether the export's file is not as refman wrote it. Raises ReadError."""
    path, state = Path(export.path), state_of(connection, export.id)
    there = identity(path)
    if not there or (state.path == export.path and state.seen == there):
        return False
    if state.path != export.path or not state.sha256:
        return True
    return sha256_of(path) not in (state.sha256, state.coming)


def identity(path: Path) -> str:
    """Of the file as it lies there now: another one after every change. '' where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ""
    return f"{found.st_ino}:{found.st_size}:{found.st_mtime_ns}"
