"""The reading list: how far the reader has come with each paper."""

from collections.abc import Collection

from sqlalchemy import select, update

from refman.db import schema
from refman.db.database import Database
from refman.i18n import _
from refman.library.changes import Changes, papers, touched
from refman.library.entries import check_status
from refman.library.storing import batches, now


class ReadingList:
    """Verbs on the reading status."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_status(self, status: str, ids: Collection[int]) -> Changes:
        """Set the reading status. Raises UsageError for one that there is not."""
        check_status(status)
        label = _("Set {papers} to “{status}”").format(papers=papers(len(ids)), status=status)
        e = schema.entry.c
        changed: list[int] = []
        with self._database.write(label) as connection:
            moment = now()
            for some in batches(ids):
                here = list(
                    connection.scalars(select(e.id).where(e.id.in_(some), e.status != status))
                )
                connection.execute(
                    update(schema.entry)
                    .where(e.id.in_(here))
                    .values(status=status, modified=moment)
                )
                changed.extend(here)
        return touched(label, changed)
