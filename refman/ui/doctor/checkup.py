"""A check: what is looked at, how far it is, and what was found, kept up with the library.

Papers are looked at in the reading thread, some at a time, so that other reads come between.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from refman.errors import RefmanError
from refman.i18n import _
from refman.library import Changes, Finding, Library
from refman.library.doctor import Doctor
from refman.progress import Cancelled, Progress
from refman.ui.jobs import Jobs

READ, READ_AGAIN = "doctor", "doctor.again"
FIRST_PIECE, MOST = 200, 5000  # papers
PIECE_TIME = 0.4  # seconds that other reads may have to wait
FEW = 500  # changed papers that are looked at again in one go
POLL = 100  # ms between two looks at how far the reading of a file is

# Rules that compare papers: a change of one may settle what was found in another.
_COMPARING = frozenset(("shared-identifier", "duplicate-key", "key-case", "dangling", "cycle"))


@dataclass(frozen=True, slots=True)
class Papers:
    """Papers of the library, called `name` on the screen; `ids` None: all outside the trash."""

    name: str
    ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class BibFile:
    """A .bib file."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name


Target = Papers | BibFile


@dataclass(frozen=True, slots=True)
class _Piece:
    """Papers that were looked at, what was found in them, and how long that took."""

    ids: Sequence[int]
    found: dict[int, list[Finding]]
    seconds: float


class Checkup(QObject):
    """`changed` when other things are found, `moved_on` when it is further, begins or ends."""

    changed = Signal()
    moved_on = Signal()
    looked_at = Signal(object)  # ids of papers, after `changed` if there is anything else

    def __init__(self, library: Library, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self.target: Target = Papers("")
        self.running = False
        self.complete = False  # whether everything was looked at
        self.problem = ""  # why it could not be
        self.checked = 0
        self.total = 0
        self._active = True
        self._found: dict[int, list[Finding]] = {}  # by paper
        self._in_file: list[Finding] = []
        self._places: dict[int, int] = {}  # of the papers, in their order
        self._waiting: list[int] = []
        self._size = FIRST_PIECE
        self._touched: dict[int, None] = {}  # papers that changed here: looked at first
        self._to_look_again: set[int] = set()
        self._progress = Progress()
        self._poll = QTimer(self, interval=POLL)
        self._poll.timeout.connect(self._poll_file)
        jobs.library_changed.connect(self._follow)

    # --- what is known ---------------------------------------------------------------------

    def findings(self) -> list[Finding]:
        """What was found so far, in the order of the papers or of the lines."""
        if isinstance(self.target, BibFile):
            return self._in_file
        place = self._places.get
        last = len(self._places)
        ids = sorted(self._found, key=lambda entry_id: place(entry_id, last))
        return [finding for entry_id in ids for finding in self._found[entry_id]]

    @property
    def of_file(self) -> bool:
        return isinstance(self.target, BibFile)

    # --- beginning and ending --------------------------------------------------------------

    def start(self, target: Target) -> None:
        """Look through `target`, and nothing else any more."""
        self._drop()
        self.target = target
        self._found, self._in_file, self._places = {}, [], {}
        self._touched.clear()
        self.changed.emit()
        self.again()

    def again(self) -> None:
        """Look at everything anew; what was found stays until its paper was looked at."""
        self._drop()
        self.running, self.complete, self.problem = True, False, ""
        self.checked = self.total = 0
        self._size = FIRST_PIECE
        self._to_look_again.clear()
        self._go_on()
        self.moved_on.emit()

    def stop(self) -> None:
        """Leave it at what was found so far."""
        self._drop()
        self.moved_on.emit()

    def set_active(self, active: bool) -> None:
        """Rest while nobody looks, and go on after that. A file is begun anew."""
        if active == self._active:
            return
        self._active = active
        if active and self.running:
            self._go_on()
        elif active and self._to_look_again:
            self._look_again()
        elif not active and self.running and self.of_file:
            self._forget()

    def _drop(self) -> None:
        self.running = False
        self._waiting = []
        self._forget()

    def _forget(self) -> None:
        self._progress.cancel()
        self._poll.stop()
        self._jobs.forget(READ)
        self._jobs.forget(READ_AGAIN)

    def _go_on(self) -> None:
        if not self._active:
            return
        if isinstance(self.target, BibFile):
            self._progress = _FileProgress(self._jobs)
            work = partial(_read_file, self.target.path, self._progress)
            self._jobs.read(READ, work, self._take_file)
            self._poll.start()
        elif self._waiting:
            ids = self._waiting[: self._size]
            self._jobs.read(READ, partial(_look, self._library, ids), self._take)
        else:
            self._jobs.read(READ, partial(_list, self._library, self.target.ids), self._begin)

    def _begin(self, ids: list[int] | str) -> None:
        """All papers to look at are known now."""
        if isinstance(ids, str):
            self._fail(ids)
            return
        self._places = {entry_id: place for place, entry_id in enumerate(ids)}
        gone = [entry_id for entry_id in self._found if entry_id not in self._places]
        first = [entry_id for entry_id in self._touched if entry_id in self._places]
        begun = set(first)
        self._waiting = first + [entry_id for entry_id in ids if entry_id not in begun]
        self.total = len(ids)
        for entry_id in gone:
            del self._found[entry_id]
        if gone:
            self.changed.emit()
        self._next()

    def _take(self, piece: _Piece | str) -> None:
        if isinstance(piece, str):
            self._fail(piece)
            return
        self._waiting = self._waiting[len(piece.ids) :]
        self.checked += len(piece.ids)
        wanted = self._size * PIECE_TIME / max(piece.seconds, 0.001)
        self._size = round(min(max(wanted, FIRST_PIECE), self._size * 4, MOST))
        if self._replace(piece):
            self.changed.emit()
        self.looked_at.emit(piece.ids)
        self._next()

    def _next(self) -> None:
        if self._waiting:
            self._go_on()
        else:
            self.running, self.complete = False, True
        self.moved_on.emit()

    def _take_file(self, found: list[Finding] | str) -> None:
        self._poll.stop()
        if isinstance(found, str):
            self._fail(found)
            return
        self.running, self.complete = False, True
        if found != self._in_file:
            self._in_file = found
            self.changed.emit()
        self.moved_on.emit()

    def _fail(self, sentence: str) -> None:
        self._drop()
        self.problem = sentence
        self.moved_on.emit()

    def _poll_file(self) -> None:
        self.checked, self.total = self._progress.done, self._progress.total
        self.moved_on.emit()

    # --- following the library -------------------------------------------------------------

    def _follow(self, changes: Changes) -> None:
        target = self.target
        if isinstance(target, BibFile) or not (self.running or self.complete or self._found):
            return
        touched = changes.entries
        if target.ids is not None:
            touched = touched.intersection(target.ids)
        for entry_id in sorted(touched):
            self._touched.pop(entry_id, None)
            self._touched[entry_id] = None
        while len(self._touched) > FEW:
            del self._touched[next(iter(self._touched))]
        if changes.everything or len(touched) > FEW:
            self.again()
        elif touched:
            self._to_look_again.update(touched, self._compared())
            self._look_again()

    def look_at(self, ids: Collection[int]) -> None:
        """Look at these papers again. Many are being looked at since they changed."""
        if len(ids) <= FEW and not self.of_file:
            self._to_look_again.update(ids)
            self._look_again()

    def _compared(self) -> Iterator[int]:
        found = (
            entry_id
            for entry_id, those in self._found.items()
            if any(finding.rule in _COMPARING for finding in those)
        )
        return (entry_id for entry_id, _place in zip(found, range(FEW), strict=False))

    def _look_again(self) -> None:
        if self._active:
            work = partial(_look_outside_trash, self._library, sorted(self._to_look_again))
            self._jobs.read(READ_AGAIN, work, self._take_again)

    def _take_again(self, piece: _Piece | str) -> None:
        if isinstance(piece, str):
            self._fail(piece)
            return
        self._to_look_again.difference_update(piece.ids)
        for entry_id in piece.ids:
            self._places.setdefault(entry_id, len(self._places))
        if self._replace(piece):
            self.changed.emit()
        self.looked_at.emit(piece.ids)

    def _replace(self, piece: _Piece) -> bool:
        """Put what was found now into the place of what was; whether that is another thing."""
        different = False
        for entry_id in piece.ids:
            now, before = piece.found.get(entry_id), self._found.get(entry_id)
            if now == before:
                continue  # the known objects stay
            different = True
            if now:
                self._found[entry_id] = now
            else:
                del self._found[entry_id]
        return different


class _FileProgress(Progress):
    """Ends with the window, too, which waits for its threads."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs

    def check(self) -> None:
        super().check()
        if self._jobs.closed:
            raise Cancelled


# --- in the reading thread ------------------------------------------------------------------


def _listed(library: Library, ids: tuple[int, ...] | None) -> list[int]:
    """Those of `ids` that are outside the trash; None: all, by citation key."""
    there = library.search.ids(sort="citation_key", descending=False)
    if ids is None:
        return list(there)
    known = set(there)
    return [entry_id for entry_id in ids if entry_id in known]


def _list(library: Library, ids: tuple[int, ...] | None) -> list[int] | str:
    try:
        return _listed(library, ids)
    except RefmanError as error:
        return str(error)


def _look(library: Library, ids: Sequence[int], of: Iterable[int] | None = None) -> _Piece | str:
    """What is wrong with the papers `ids`; with `of`, as the answer on all of these."""
    started = monotonic()
    found: dict[int, list[Finding]] = {}
    try:
        for finding in library.doctor.findings(ids):
            if finding.entry_id is not None:
                found.setdefault(finding.entry_id, []).append(finding)
    except RefmanError as error:
        return str(error)
    return _Piece(list(ids if of is None else of), found, monotonic() - started)


def _look_outside_trash(library: Library, ids: list[int]) -> _Piece | str:
    there = _list(library, tuple(ids))
    return there if isinstance(there, str) else _look(library, there, ids)


def _read_file(path: Path, progress: Progress) -> list[Finding] | str:
    try:
        return Doctor.check_source(path, progress=progress)
    except RefmanError as error:
        return str(error)


def all_papers() -> Papers:
    """Everything outside the trash."""
    return Papers(_("All papers"))
