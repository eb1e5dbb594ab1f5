"""Fixing and ignoring: the writes of the check, and which papers wait to be looked at again."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from refman.i18n import _
from refman.library import Changes, Finding
from refman.library.changes import papers
from refman.progress import Progress
from refman.ui.doctor.checkup import Checkup
from refman.ui.edits import Edits


class Mending:
    """Nothing is done with a paper from a write until the check has looked at it again: what is
    shown of it until then may be no longer so."""

    def __init__(self, edits: Edits, checkup: Checkup) -> None:
        self._edits = edits
        self._checkup = checkup
        self._waiting: set[int] = set()

    @property
    def editable(self) -> bool:
        return self._edits.editable

    def waits(self, finding: Finding) -> bool:
        """Whether its paper is being written or looked at."""
        return finding.entry_id in self._waiting

    def may_change(self, finding: Finding) -> bool:
        """Whether the finding can be fixed or ignored now."""
        return self.editable and finding.entry_id is not None and not self.waits(finding)

    def looked_at(self, ids: Iterable[int]) -> None:
        """These papers were looked at again."""
        self._waiting.difference_update(ids)

    def fix(self, findings: Sequence[Finding]) -> None:
        """Mend these in one step of undo."""
        ids = {finding.entry_id for finding in findings if finding.entry_id is not None}
        label = _("Mend {papers}").format(papers=papers(len(ids)))
        progress = Progress() if len(ids) > 1 else None  # one is mended before a bar is shown
        work = partial(self._edits.library.doctor.fix, list(findings), progress)
        self._write(label, work, ids, progress)

    def ignore(self, finding: Finding) -> None:
        """Do not tell of this again."""
        if finding.entry_id is not None:
            work = partial(self._edits.library.doctor.ignore, finding)
            self._write(_("Ignore a finding"), work, {finding.entry_id})

    def forget_ignored(self) -> None:
        """Tell of everything again."""
        label = _("Tell of ignored findings again")
        verb = self._edits.library.doctor.forget_ignored
        self._edits.write(label, verb, lambda _changes: self._checkup.again())

    def _write(
        self,
        label: str,
        work: Callable[[], Changes],
        ids: set[int],
        progress: Progress | None = None,
    ) -> None:
        if ids and self.editable:
            self._waiting |= ids
            # Also where a fix did not fit any more, was stopped, or could not be written.
            end = partial(self._checkup.look_at, ids)
            self._edits.jobs.write(label, work, progress=progress, ended=end)
