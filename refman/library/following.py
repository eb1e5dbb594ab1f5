"""Files that follow the library: rewritten after a change, with no more work than it takes.

The file itself keeps the texts: where each paper stands in it is noted in the library
(`Layout`), with the file's digest. Papers that did not change (db.stale_exports) are copied from
there, the others rendered anew, checked, and the new file moved into the place of the old one,
unless its bytes are the same.

A file whose digest is not ours was edited by somebody else and is left alone. Its identity
(inode, size, time) spares reading it where nobody touched it. Two programs that write the same
export do not disturb each other: whoever finds, in the transaction in which he moves his file,
that there was another run, begins again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Literal

from sqlalchemy import Connection

from refman.db.database import Database
from refman.errors import RefmanError
from refman.i18n import _
from refman.library import citation_keys
from refman.library.changes import papers
from refman.library.drafts import Draft, cannot_write
from refman.library.export_settings import ExportSettings
from refman.library.exporting import Ascii, beyond_remark, check_target, give_out
from refman.library.rendering import Frame, Renderer, in_pieces, renderer
from refman.library.selecting import Selection, selected, target_of
from refman.library.stored_exports import (
    Layout,
    State,
    StoredExport,
    identity,
    not_stale,
    note_state,
    sha256_of,
    stale_of,
    state_of,
    stored,
)
from refman.library.storing import now
from refman.progress import Progress

Outlook = Literal["manual", "current", "waiting", "edited"]

_TRIES = 5
_READ = 1 << 20  # bytes at once
_MOST_REMARKS = 100  # that are kept
_LABEL = "Write export"  # of no step of the history, so nobody sees it


@dataclass(frozen=True, slots=True)
class Run:
    """What became of one export. `written` says whether its file is another one now.

    `count` papers are in it, of which `rendered` were written anew and not copied; `left_out`
    have no title. `remarks` are sentences on single papers, `unknown` counts keys that are cited
    and no paper's. `error` is why it could not be written; `edited` that somebody else changed
    the file. `beyond` are the characters for which TeX has no command, where all were wanted.
    """

    name: str
    path: str
    written: bool = False
    count: int = 0
    rendered: int = 0
    left_out: int = 0
    remarks: tuple[str, ...] = ()
    unknown: int = 0
    error: str = ""
    edited: bool = False
    beyond: str = ""

    @property
    def message(self) -> str:
        """A sentence or two for the user."""
        if self.error:
            return self.error
        done = _("{papers} written to {path}.") if self.written else _("{path} is up to date.")
        message = done.format(papers=papers(self.count), path=self.path)
        if self.left_out:
            without = papers(self.left_out)
            message += " " + _("{papers} without a title left out.").format(papers=without)
        return message + beyond_remark(self.beyond)


@dataclass(frozen=True, slots=True)
class _Job:
    """An export as it was found, and what is to be in its file."""

    export: StoredExport
    state: State
    stale: dict[int, int]
    path: Path
    there: str  # the identity of the file; '' where there is none
    digest: str  # of its bytes
    selection: Selection
    renderer: Renderer
    layout: Layout | None  # of the file, where texts can be taken from it

    @property
    def known(self) -> bool:
        """Whether refman wrote this file before."""
        return self.state.path == self.export.path and bool(self.state.sha256)

    @property
    def ours(self) -> bool:
        """Whether nobody else edited it since."""
        written = (self.state.sha256, self.state.coming)
        return not self.there or (self.known and self.digest in written)

    @property
    def is_done(self) -> bool:
        """Whether the file is what it has to be, as far as that is known without writing it."""
        known, chosen = self.layout, self.selection
        return (
            known is not None
            and list(known.ids) == chosen.ids
            and known.keys == chosen.keys
            and self.stale.keys().isdisjoint(chosen.ids)
        )

    def notes(self) -> dict[str, object]:
        """What is noted besides the file itself."""
        return {
            "count": len(self.selection.ids),
            "left_out": self.selection.left_out,
            "remarks": "\n".join(self.selection.remarks[:_MOST_REMARKS]),
            "error": "",
            "foreign": "",
        }

    def run(self, rendered: int = 0, *, written: bool = False, beyond: str = "") -> Run:
        """How it went."""
        chosen = self.selection
        return Run(
            self.export.name,
            self.export.path,
            written,
            len(chosen.ids),
            rendered,
            chosen.left_out,
            chosen.remarks,
            chosen.unknown,
            beyond=beyond,
        )


class Following:
    """Brings the files of exports up to date."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def bring_up(
        self, export_id: int, progress: Progress, *, asked: bool = False, over: str = ""
    ) -> Run:
        """Write the export's file, unless it is as it has to be. Raises Cancelled, RefmanError.

        What can be mended outside of the library is told by the run. With `asked` a file that
        refman never wrote is replaced; without, nobody may have meant that. `over` is the
        identity of an edited file that is to be replaced all the same.
        """
        for _try in range(_TRIES):
            with self._database.read() as connection:
                export = stored(connection, export_id)
                state = state_of(connection, export_id)
                told = state.foreign and state.foreign == identity(Path(export.path))
                if told and not asked and not over:
                    return _edited(export)
                try:
                    run = self._attempt(connection, export, state, progress, asked, over)
                except RefmanError as error:
                    self._note(export_id, state, error=str(error))
                    run = Run(export.name, export.path, error=str(error))
            if run:
                return run
        busy = _("Another program is writing “{path}” just now: try again.")
        return Run(export.name, export.path, error=busy.format(path=export.path))

    def bring_up_or_tell(self, export: StoredExport, progress: Progress) -> Run:
        """The same, nothing raised but Cancelled."""
        try:
            return self.bring_up(export.id, progress)
        except RefmanError as error:
            return Run(export.name, export.path, error=str(error))

    def write_to(self, export: StoredExport, path: Path) -> Run:
        """Write the export to another file than its own, once. Raises RefmanError."""
        with self._database.read() as connection:
            check_target(connection, path)
            chosen = selected(connection, export.settings, export.target)
            ascii_ = Ascii(export.settings)
            with Draft(path) as draft:
                for piece in ascii_.watch(renderer(export.settings).pieces(connection, chosen)):
                    draft.write(piece.encode("utf-8"))
                draft.finish()
                draft.replace()
        give_out(self._database, chosen.ids)
        count = len(chosen.ids)
        return Run(
            export.name, str(path), True, count, count, chosen.left_out, chosen.remarks,
            chosen.unknown, beyond=ascii_.beyond,
        )  # fmt: skip

    def left_alone(self, export: StoredExport) -> Run:
        """Note that the file is somebody else's from now on."""
        with self._database.read() as connection:
            state = state_of(connection, export.id)
        self._note(export.id, state, error="", foreign="")
        return Run(export.name, export.path)

    @staticmethod
    def left_to_others(export: StoredExport) -> Run:
        """What a run says that finds that somebody else edited the file."""
        return _edited(export)

    @staticmethod
    def checked(settings: ExportSettings) -> ExportSettings:
        """Raises UsageError where nothing writes so."""
        renderer(settings)
        return settings

    def outlook(self, connection: Connection, export: StoredExport) -> tuple[Outlook, int]:
        """How the file stands, and how many papers it is to hold.

        Raises RefmanError where that cannot be said.
        """
        if not export.kept:
            return "manual", len(selected(connection, export.settings, export.target).ids)
        job = _job(connection, export, state_of(connection, export.id))
        found: Outlook = "current" if job.there and job.ours and job.is_done else "waiting"
        return "edited" if job.known and not job.ours else found, len(job.selection.ids)

    def fresh(self, which: str | int) -> str:
        """The whole file as it has to be now. Raises RefmanError."""
        with self._database.read() as connection:
            export = stored(connection, which)
            chosen = selected(connection, export.settings, export.target)
            return "".join(renderer(export.settings).pieces(connection, chosen))

    def _attempt(
        self,
        connection: Connection,
        export: StoredExport,
        state: State,
        progress: Progress,
        asked: bool,
        over: str,
    ) -> Run | None:
        """None where another program came in between."""
        if asked and not export.kept and export.path:
            check_target(connection, Path(export.path))
        job = _job(connection, export, state)
        if job.there and job.ours and job.is_done:
            self._note(export.id, state, **job.notes(), seen=job.there)
            return job.run()
        progress.start(_("Export {name}").format(name=export.name), len(job.selection.ids))
        ascii_ = Ascii(export.settings)
        with Draft(job.path) as draft:
            layout, rendered = _write(connection, job, draft, progress, ascii_)
            draft.finish()
            same = bool(job.there) and draft.sha256 == job.digest
            may = same or job.ours or job.there == over or (asked and not job.known)
            if not may:
                edited = _edited(export)
                self._note(export.id, state, error=edited.error, foreign=job.there)
                return edited
            run = job.run(len(rendered), written=not same, beyond=ascii_.beyond)
            return run if self._put(job, draft, layout, rendered, same=same) else None

    def _put(
        self, job: _Job, draft: Draft, layout: Layout, rendered: Sequence[int], *, same: bool
    ) -> bool:
        """Move the new file into its place, unless it is the `same`; False where another program
        came in between."""
        export, runs = job.export, job.state.runs
        if self._database.read_only:
            if not same:
                draft.replace()
            return True
        if not same:
            with self._database.write(_LABEL, undoable=False) as connection:
                if state_of(connection, export.id).runs != runs:
                    return False
                # Should the program end after the file was moved and before that is noted.
                known = job.state.sha256 if job.known else ""
                sums = {"sha256": known, "coming": draft.sha256}
                note_state(connection, export.id, path=export.path, **sums)
                runs += 1
        with self._database.write(_LABEL, undoable=False) as connection:
            if state_of(connection, export.id).runs != runs or identity(job.path) != job.there:
                return False
            if not same:
                draft.replace()
            not_stale(connection, export.id, job.stale)
            citation_keys.give_out(connection, rendered, now())
            note_state(
                connection,
                export.id,
                **job.notes(),
                path=export.path,
                written=job.state.written if same and job.known else now(),
                sha256=draft.sha256,
                coming="",
                seen=identity(job.path),
                renderer=job.renderer.identity,
                layout=layout.to_json() if export.kept else "",
            )
        return True

    def _note(self, export_id: int, state: State, **values: object) -> None:
        """Note what is new; where nothing is, nobody who watches the library need look."""
        new = {name: value for name, value in values.items() if getattr(state, name) != value}
        if new and not self._database.read_only:
            with self._database.write(_LABEL, undoable=False) as connection:
                note_state(connection, export_id, **new)


# --- steps ------------------------------------------------------------------------------


def beginning(connection: Connection, settings: ExportSettings, papers: int) -> str:
    """The text of the first papers. Raises RefmanError."""
    chosen = selected(connection, settings, target_of(connection, settings))
    first = replace(chosen, ids=chosen.ids[:papers])
    return "".join(renderer(settings).pieces(connection, first))


def _job(connection: Connection, export: StoredExport, state: State) -> _Job:
    if not export.path:
        raise RefmanError(_("This export has no file: say where it is to be written."))
    path = Path(export.path)
    there = identity(path)
    is_seen = bool(there) and state.path == export.path and there == state.seen
    digest = state.sha256 if is_seen else sha256_of(path) if there else ""
    chosen = selected(connection, export.settings, export.target)
    writer = renderer(export.settings)
    sound = bool(there) and state.path == export.path and digest == state.sha256
    usable = sound and export.kept and state.renderer == writer.identity
    layout = Layout.from_json(state.layout) if usable else None
    stale = stale_of(connection, export.id)
    return _Job(export, state, stale, path, there, digest, chosen, writer, layout)


def _edited(export: StoredExport) -> Run:
    sentence = _(
        "“{path}” was edited by another program and is left alone. Look at the difference of the "
        "export “{name}”, then keep your version, the other one, or both."
    )
    told = sentence.format(path=export.path, name=export.name)
    return Run(export.name, export.path, error=told, edited=True)


def _write(
    connection: Connection, job: _Job, draft: Draft, progress: Progress, ascii_: Ascii
) -> tuple[Layout, Sequence[int]]:
    """Write the whole file; where its papers stand, and those that were rendered for it."""
    ids, keys = job.selection.ids, dict(job.selection.keys)
    if not job.renderer.frame or not ids:
        for piece in ascii_.watch(job.renderer.pieces(connection, job.selection)):
            draft.write(piece.encode("utf-8"))
        return Layout(ids, (), keys), ids
    if not job.layout or not job.layout.lengths:
        return _Assembly(job, {}, draft, None, ascii_).write(
            connection, progress, job.renderer.frame
        )
    try:
        with job.path.open("rb") as file:
            old = _places(job, job.layout, job.renderer.frame)
            return _Assembly(job, old, draft, file, ascii_).write(
                connection, progress, job.renderer.frame
            )
    except OSError as error:
        raise cannot_write(job.path, error) from error


def _places(job: _Job, layout: Layout, frame: Frame) -> dict[int, tuple[int, int]]:
    """From where to where the texts stand in the file that need not be rendered again.

    None do if the file is not as long as they are together, which cannot be.
    """
    places: dict[int, tuple[int, int]] = {}
    start = len(frame.head)
    chosen = job.selection.keys
    for entry_id, length in zip(layout.ids, layout.lengths, strict=True):
        places[entry_id] = (start, start + length)
        start += length + len(frame.between)
    if start - len(frame.between) + len(frame.tail) != job.path.stat().st_size:
        return {}
    others = {i for i, key in layout.keys.items() if chosen.get(i) != key}
    others.update(i for i, key in chosen.items() if layout.keys.get(i) != key)
    for entry_id in (*others, *job.stale):
        places.pop(entry_id, None)
    return places


class _Assembly:
    """A new file made of passages of the old one and of new texts."""

    def __init__(
        self,
        job: _Job,
        old: dict[int, tuple[int, int]],
        draft: Draft,
        file: IO[bytes] | None,
        ascii_: Ascii,
    ) -> None:
        self._job = job
        self._old = old
        self._draft = draft
        self._file = file
        self._ascii = ascii_
        self._start = self._end = 0  # of the passage that is to be copied next

    def write(
        self, connection: Connection, progress: Progress, frame: Frame
    ) -> tuple[Layout, list[int]]:
        chosen, old = self._job.selection, self._old
        lengths: list[int] = []
        rendered: list[int] = []
        lead, gap = frame.head, len(frame.between)
        for some in in_pieces(chosen.ids):
            new = [entry_id for entry_id in some if entry_id not in old]
            texts = self._job.renderer.texts(connection, new, chosen.keys) if new else {}
            self._ascii.look(texts.values())
            rendered += new
            for entry_id in some:
                if entry_id in texts:
                    data = texts[entry_id].encode("utf-8")
                    self._copy()
                    self._draft.write(lead + data)
                    lengths.append(len(data))
                else:
                    start, end = old[entry_id]
                    if not self._end or start != self._end + gap:
                        self._copy()
                        self._draft.write(lead)
                        self._start = start
                    self._end = end
                    lengths.append(end - start)
                lead = frame.between
            progress.advance(len(some))
        self._copy()
        self._draft.write(frame.tail)
        return Layout(chosen.ids, lengths, dict(chosen.keys)), rendered

    def _copy(self) -> None:
        if not self._end:
            return
        assert self._file
        self._file.seek(self._start)
        while self._start < self._end:
            data = self._file.read(min(_READ, self._end - self._start))
            if not data:
                raise OSError(_("it became shorter meanwhile"))
            self._draft.write(data)
            self._start += len(data)
        self._start = self._end = 0
