"""Undo and redo, for whoever made the steps."""

from refman.db.database import Database
from refman.db.history import Step
from refman.i18n import _
from refman.library.changes import Changes


class History:
    """The library's steps. They outlive the program."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def undo(self) -> Changes | None:
        """Take the newest step back; None where there is none."""
        step = self._database.undo()
        return _changes(_("Undone: {label}"), step)

    def redo(self) -> Changes | None:
        """Do the step again that was undone last; None where there is none."""
        step = self._database.redo()
        return _changes(_("Redone: {label}"), step)

    def steps(self) -> list[Step]:
        """What can be undone, the newest first."""
        return self._database.steps()

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back."""
        steps = self._database.steps()
        return steps[0].label if steps else None

    @property
    def redo_label(self) -> str | None:
        """What `redo` would do again."""
        steps = self._database.redo_steps()
        return steps[0].label if steps else None


def _changes(message: str, step: Step | None) -> Changes | None:
    if step is None:
        return None
    return Changes(step.label, count=1, everything=True, message=message.format(label=step.label))
