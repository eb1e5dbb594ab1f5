"""Putting a backup in a library's place, which is kept beside it."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from refman.db import connection as files
from refman.db import schema
from refman.db.database import Database
from refman.errors import ReadError
from refman.i18n import _


def restore(backup: Path, library: Path) -> Path | None:
    """Make `library` what `backup` is, and return where the old one is kept, if there was one.

    The library may be open, here and elsewhere: its content changes in one transaction. A
    backup of an older version is brought up to date on the way. Raises ReadError for what is no
    library or is damaged; then nothing was changed.
    """
    if backup.exists() and library.exists() and backup.samefile(library):
        raise ReadError(_("{path} is the library itself. Name a backup.").format(path=library))
    part = library.with_name(f".{library.name}.restoring-{os.getpid()}")
    with files.telling(library):
        try:
            library.absolute().parent.mkdir(parents=True, exist_ok=True)
            _take(backup, part)
            return _put(part, library)
        except OSError as error:
            raise ReadError(
                _("{path} cannot be written ({reason}). It is as it was.").format(
                    path=library, reason=error.strerror or error
                )
            ) from None
        finally:
            part.unlink(missing_ok=True)


def _take(backup: Path, part: Path) -> None:
    """A checked copy of `backup`, of today's version, at `part`."""
    with files.telling(backup), closing(Database.open(backup, read_only=True)) as source:
        found = source.check()
        if not found:
            source.backup(part)
            with closing(Database.open(part, read_only=True)) as copy:
                found = copy.check()
                if _counts(copy) != _counts(source):
                    found.append(_("The copy is not what the backup is."))
    if found:
        raise ReadError(
            _("{path} is damaged, and nothing was changed. Use another backup. {detail}").format(
                path=backup, detail=found[0]
            )
        )


def _counts(database: Database) -> list[int]:
    with database.read() as connection:
        return [
            connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
            for name in schema.metadata.tables
        ]


def _put(part: Path, library: Path) -> Path | None:
    if not library.exists():
        part.replace(library)
        return None
    kept = files.free_name(library, "before-restore")
    try:
        with (
            closing(files.Place(library, "mode=rw").connect()) as target,
            closing(files.Place(part, "mode=ro").connect()) as source,
        ):
            files.copy(target, kept)
            files.copy_pages(source, target)
    except sqlite3.DatabaseError as error:
        if files.primary(error) not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise
        _put_for_damaged(part, library, kept)
    return kept


def _put_for_damaged(part: Path, library: Path, kept: Path) -> None:
    """Where SQLite cannot read the old file: keep its bytes, and those of its logs."""
    shutil.copy2(library, kept)
    for log in files.beside(library):
        log.replace(kept.with_name(log.name.replace(library.name, kept.name, 1)))
    part.replace(library)
