"""Attachments: files and addresses that belong to a paper. The files stay where they are."""

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select

from refman.db import schema
from refman.db.database import Database
from refman.errors import ReadError, UsageError
from refman.i18n import _
from refman.library.changes import Changes, touched
from refman.library.storing import check_there, now
from refman.model.text import visible

_ADDRESSES = ("http://", "https://", "ftp://")


@dataclass(frozen=True, slots=True)
class Attachment:
    """Either `path` (absolute) or `url` is set. `exists` says whether the file is there now."""

    id: int
    entry: int
    path: str
    url: str
    title: str
    media_type: str
    exists: bool


class Attachments:
    """Verbs on attachments."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, entry_id: int) -> list[Attachment]:
        """All of a paper, in the order in which they were attached."""
        a = schema.attachment.c
        with self._database.read() as connection:
            rows = connection.execute(
                select(a.id, a.entry, a.path, a.url, a.title, a.media_type)
                .where(a.entry == entry_id)
                .order_by(a.id)
            ).all()
        return [Attachment(*row, exists=not row.path or Path(row.path).exists()) for row in rows]

    def attach(self, entry_id: int, path_or_url: str, title: str = "") -> Changes:
        """Attach a file or an address. Raises ReadError where there is no such file."""
        given, title = path_or_url.strip(), visible(title).strip()
        label = _("Attach file")
        values: dict[str, Any] = {"added": now(), "entry": entry_id}
        if given.lower().startswith(_ADDRESSES):
            values["url"] = visible(given)
            values["title"] = title or values["url"]
        else:
            values |= _of_file(Path(given).expanduser())
            values["title"] = title or Path(given).name
        with self._database.write(label) as connection:
            check_there(connection, entry_id)
            connection.execute(insert(schema.attachment).values(values))
        return touched(label, [entry_id])

    def detach(self, attachment_id: int) -> Changes:
        """Take an attachment off its paper. The file itself is not touched."""
        label = _("Detach file")
        a = schema.attachment.c
        with self._database.write(label) as connection:
            entry_id = connection.scalar(select(a.entry).where(a.id == attachment_id))
            connection.execute(delete(schema.attachment).where(a.id == attachment_id))
        return touched(label, [] if entry_id is None else [entry_id])


def _of_file(path: Path) -> dict[str, str]:
    if not path.name:
        raise UsageError(_("Choose a file, or give an address that begins with https://."))
    try:
        if path.is_dir():
            raise ReadError(_("“{path}” is a folder: choose a file in it.").format(path=path))
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise ReadError(
            _("“{path}” cannot be read ({reason}): choose another file.").format(
                path=path, reason=getattr(error, "strerror", None) or error
            )
        ) from error
    name = str(path.absolute())
    if visible(name) != name:
        raise ReadError(
            _("The name of “{path}” is not readable text: rename the file.").format(
                path=visible(name)
            )
        )
    return {
        "path": name,
        "sha256": digest,
        "media_type": mimetypes.guess_type(path.name)[0] or "application/octet-stream",
    }
