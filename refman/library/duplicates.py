"""Papers that are the same: merged ones are taken apart again here."""

from refman.db.database import Database
from refman.i18n import _
from refman.library import parting
from refman.library.changes import Changes, touched
from refman.library.joining import keep_apart
from refman.library.parting import Joined
from refman.library.storing import now


class Duplicates:
    """Verbs on papers that are, or were thought to be, the same."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def parts(self, entry_id: int) -> list[Joined]:
        """The papers that were merged into this one, the last that came first."""
        with self._database.read() as connection:
            return parting.joined(connection, entry_id)

    def part(self, uuid: str, *, apart: bool = True) -> Changes:
        """Take the paper `uuid` out of the one that it was merged into, as it was before.

        Both get back their tags, collections, notes, highlights, attachments, sightings and
        keys; what came after the merge stays with the paper that was kept. With `apart` it is
        remembered that they are not the same. Raises RefmanError where it is no part of any.
        """
        label = _("Take papers apart")
        with self._database.write(label) as connection:
            moment = now()
            pair = parting.part(connection, uuid, moment)
            if apart:
                keep_apart(connection, *pair, moment)
        return touched(label, pair)
