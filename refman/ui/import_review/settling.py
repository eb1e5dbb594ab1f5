"""What a person says of rows, written to the library; each is one step that Undo takes back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from refman.i18n import _
from refman.library import SightingRow
from refman.ui.edits import Edits
from refman.ui.import_review.wording import can_leave_out, is_open


class Settling(QObject):
    """Does what means something for the rows it is given, and nothing for the others."""

    message = Signal(str)

    def __init__(self, edits: Edits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._verbs = edits.library.review

    def accept(self, rows: Sequence[SightingRow], ended: Callable[[], None]) -> list[int]:
        """The rows look right; the ids of those that were in doubt. `ended` when it is written,
        or could not be."""
        ids, verb = [row.id for row in rows if is_open(row)], self._verbs.accept
        if not ids or not self._edits.editable:
            return []
        self._edits.jobs.write(_("Looks right"), lambda: verb(ids), ended=ended)
        return ids

    def leave_out(self, rows: Sequence[SightingRow]) -> bool:
        """Leave the rows out of the library; whether there was one to leave out."""
        ids, verb = [row.id for row in rows if can_leave_out(row)], self._verbs.leave_out
        if not ids or not self._edits.editable:
            return False
        self._edits.write(_("Leave out"), lambda: verb(ids))
        return True

    def take_in(self, rows: Sequence[SightingRow]) -> None:
        """Take the rows in that were left out."""
        ids, verb = [row.id for row in rows if row.outcome == "skipped"], self._verbs.take_in
        if ids and self._edits.editable:
            self._edits.write(_("Take in again"), lambda: verb(ids))

    def merge_with(self, row: SightingRow, entry_id: int) -> None:
        """The row is the paper `entry_id`."""
        row_id, verb = row.id, self._verbs.merge_with
        if self._edits.editable:
            self._edits.write(_("Merge with another paper"), lambda: verb(row_id, entry_id))

    def keep_apart(self, row: SightingRow, entry_id: int | None) -> None:
        """The row is not the paper `entry_id`; None, not the one that it was merged with."""
        if not self._edits.editable:
            return
        if entry_id is None and row.outcome != "merged":
            self.message.emit(_("This row was merged with no other paper."))
            return
        row_id, verb = row.id, self._verbs.keep_apart
        self._edits.write(_("Not the same paper"), lambda: verb(row_id, entry_id))
