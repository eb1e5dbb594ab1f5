"""Importing from the window: files, drops, the clipboard; and what is said of it afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal

from refman import library, settings
from refman.errors import ReadError, RefmanError
from refman.i18n import _
from refman.library import Changes, Library
from refman.progress import Cancelled, Progress
from refman.ui.jobs import Jobs
from refman.ui.widgets.mime import ENTRIES

if TYPE_CHECKING:  # nothing is imported before the first papers are shown
    from refman.library import ImportOptions, Report, Source

LIBRARY_SUFFIX = ".refman"


@dataclass(frozen=True, slots=True)
class Page:
    """Something to import: how to read it, in the writing thread, and what it is called.

    `otherwise` is tried where the first reading finds no row. With `ended`, a page that cannot
    be imported is no error of the window: `ended` hears why, or '' for one that is in; it is
    called in the writing thread.
    """

    name: str
    read: "Callable[[], Source]"
    otherwise: "Callable[[], Source] | None" = None
    ended: Callable[[str], None] | None = None


class ImportFlow(QObject):
    """Each page is a job and an undo step of its own; they are told of together."""

    done = Signal(list)  # of Report, when the last of some pages is in

    def __init__(self, library: Library, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._reports: list[Report] = []
        self._waiting = 0
        self._asked = False
        self.unasked = False  # whether nobody asked for what `done` tells of: it came by itself

    def start(self, pages: Sequence[Page], options: "ImportOptions") -> None:
        """Import `pages` one after the other."""
        for page in pages:
            progress = Progress()
            self._waiting += 1
            self._asked = self._asked or page.ended is None
            self._jobs.write(
                _("Import {name}").format(name=page.name),
                partial(self._run, page, options, progress),
                self._imported,
                progress=progress,
                ended=self._ended,
            )

    def _run(self, page: Page, options: "ImportOptions", progress: Progress) -> "Report | None":
        """In the writing thread."""
        if page.ended is None:
            return self._import(page, options, progress)
        try:
            report = self._import(page, options, progress)
        except RefmanError as error:
            page.ended(str(error))
            return None
        except Cancelled:
            page.ended(_("Its import was stopped."))
            raise
        page.ended("")
        return report

    def _import(self, page: Page, options: "ImportOptions", progress: Progress) -> "Report":
        try:
            return self._library.importing.run(page.read(), options, progress=progress)
        except ReadError:
            if page.otherwise is None:
                raise
            return self._library.importing.run(page.otherwise(), options, progress=progress)

    def _imported(self, report: "Report | None") -> None:
        if report:
            self._reports.append(report)

    def _ended(self) -> None:
        self._waiting -= 1
        if self._waiting:
            return
        self.unasked, self._asked = not self._asked, False
        reports, self._reports = self._reports, []
        if reports:
            self.done.emit(reports)

    def undo(self, reports: "Sequence[Report]") -> None:
        """Take these imports back, if nothing was done since."""
        labels = [report.changes.label for report in reports if report.changes.count]
        self.undo_steps(_("Undo the import"), labels)

    def undo_steps(self, name: str, labels: Sequence[str]) -> None:
        """Take the steps with these labels back, which `name` sums up, if they are the newest."""
        self._jobs.write(name, partial(_undo, self._library, name, labels))


def pages_of_files(paths: Sequence[Path], as_of: date | None) -> list[Page]:
    """Pages in files; their day is `as_of`, else each file's own."""
    return [Page(path.name, partial(library.Source.from_path, path, as_of)) for path in paths]


def pages_of(data: QMimeData, name: str, as_of: date | None) -> list[Page]:
    """What was pasted or dropped, called `name`. Empty where there is nothing to read.

    HTML says more than text where a browser gives both; but a .bib copied from an editor
    also comes as HTML, of which the text is the better half.
    """
    if data.hasFormat(ENTRIES):
        return []
    if paths := local_files(data):
        return pages_of_files(paths, as_of)
    text = partial(library.Source.from_text, data.text(), name, as_of) if data.hasText() else None
    html = partial(library.Source.from_html, data.html(), name, as_of) if data.hasHtml() else None
    if text and data.text().lstrip().startswith(("@", "%", "[", "{", "TY  -")):
        return [Page(name, text, html)]
    first, second = (html, text) if html else (text, None)
    return [Page(name, first, second)] if first else []


def local_files(data: QMimeData) -> list[Path]:
    """The files of this machine that `data` names."""
    if not data.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def together(reports: "Sequence[Report]") -> "Report":
    """One report that says what all of them say."""
    first = reports[0]
    if len(reports) == 1:
        return first
    return library.Report(
        name=_("{count} pages").format(count=len(reports)),
        format=first.format,
        as_of=first.as_of,
        records=[record for report in reports for record in report.records],
        problems=[problem for report in reports for problem in report.problems],
        infers_years=any(report.infers_years for report in reports),
        listing_id=next((r.listing_id for r in reports if r.doubtful), first.listing_id),
        changes=replace(first.changes, count=sum(r.changes.count for r in reports)),
    )


def usual_options(usual: settings.Importing) -> "ImportOptions":
    """What the settings say of every import."""
    return library.ImportOptions(
        tags=usual.tags, collection=usual.collection or None, status=usual.status or None
    )


def opens_review(report: "Report", usual: settings.Importing) -> bool:
    """Whether the review of an import opens by itself."""
    return usual.review == "always" or (usual.review != "never" and report.doubtful > 0)


def detail(report: "Report") -> str:
    """What was imported, and the day by which its dates went."""
    day = f"{report.as_of.day} {report.as_of:%b %Y}"
    return _("{name}, as of {day}").format(name=report.name, day=day)


def infers_years(report: "Report") -> bool:
    """Whether a date of it was placed by the page's day."""
    return report.infers_years


def _undo(library: Library, name: str, labels: Sequence[str]) -> Changes:
    """In the writing thread. Raises RefmanError where the newest step is another one."""
    changes = Changes(name)
    for label in reversed(labels):
        if library.history.undo_label != label:
            raise RefmanError(
                _(
                    "Something was done since. Undo that first, or see Edit › History; an import"
                    " can be taken back even so (Library › Imports)."
                )
            )
        changes = library.history.undo() or changes
    return changes
