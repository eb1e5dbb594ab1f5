"""Importing from the window: files, drops, the clipboard; and what is said of it afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal

from refman import settings
from refman.errors import ReadError, RefmanError
from refman.i18n import _
from refman.library import Changes, ImportOptions, Library, Report, Source
from refman.progress import Progress
from refman.ui.jobs import Jobs
from refman.ui.widgets.mime import ENTRIES

LIBRARY_SUFFIX = ".refman"


@dataclass(frozen=True, slots=True)
class Page:
    """Something to import: how to read it, in the writing thread, and what it is called.

    `otherwise` is tried where the first reading finds no row.
    """

    name: str
    read: Callable[[], Source]
    otherwise: Callable[[], Source] | None = None


class ImportFlow(QObject):
    """Each page is a job and an undo step of its own; they are told of together."""

    done = Signal(list)  # of Report, when the last of some pages is in

    def __init__(self, library: Library, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._reports: list[Report] = []
        self._waiting = 0

    def start(self, pages: Sequence[Page], options: ImportOptions) -> None:
        """Import `pages` one after the other."""
        for page in pages:
            progress = Progress()
            self._waiting += 1
            self._jobs.write(
                _("Import {name}").format(name=page.name),
                partial(self._run, page, options, progress),
                self._imported,
                progress=progress,
                ended=self._ended,
            )

    def _run(self, page: Page, options: ImportOptions, progress: Progress) -> Report:
        """In the writing thread."""
        try:
            return self._library.importing.run(page.read(), options, progress=progress)
        except ReadError:
            if page.otherwise is None:
                raise
            return self._library.importing.run(page.otherwise(), options, progress=progress)

    def _imported(self, report: Report) -> None:
        self._reports.append(report)

    def _ended(self) -> None:
        self._waiting -= 1
        if not self._waiting and self._reports:
            reports, self._reports = self._reports, []
            self.done.emit(reports)

    def undo(self, reports: Sequence[Report]) -> None:
        """Take these imports back, if nothing was done since."""
        labels = [report.changes.label for report in reports if report.changes.count]
        self._jobs.write(_("Undo the import"), partial(_undo, self._library, labels))


def pages_of_files(paths: Sequence[Path], as_of: date | None) -> list[Page]:
    """Pages in files; their day is `as_of`, else each file's own."""
    return [Page(path.name, partial(Source.from_path, path, as_of)) for path in paths]


def pages_of(data: QMimeData, name: str, as_of: date | None) -> list[Page]:
    """What was pasted or dropped, called `name`. Empty where there is nothing to read.

    HTML says more than text where a browser gives both; but a .bib copied from an editor
    also comes as HTML, of which the text is the better half.
    """
    if data.hasFormat(ENTRIES):
        return []
    if paths := local_files(data):
        return pages_of_files(paths, as_of)
    text = partial(Source.from_text, data.text(), name, as_of) if data.hasText() else None
    html = partial(Source.from_html, data.html(), name, as_of) if data.hasHtml() else None
    if text and data.text().lstrip().startswith(("@", "%", "[", "{", "TY  -")):
        return [Page(name, text, html)]
    first, second = (html, text) if html else (text, None)
    return [Page(name, first, second)] if first else []


def local_files(data: QMimeData) -> list[Path]:
    """The files of this machine that `data` names."""
    if not data.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def together(reports: Sequence[Report]) -> Report:
    """One report that says what all of them say."""
    first = reports[0]
    if len(reports) == 1:
        return first
    return Report(
        name=_("{count} pages").format(count=len(reports)),
        format=first.format,
        as_of=first.as_of,
        records=[record for report in reports for record in report.records],
        problems=[problem for report in reports for problem in report.problems],
        infers_years=any(report.infers_years for report in reports),
        listing_id=next((r.listing_id for r in reports if r.doubtful), first.listing_id),
        changes=replace(first.changes, count=sum(r.changes.count for r in reports)),
    )


def usual_options(usual: settings.Importing) -> ImportOptions:
    """What the settings say of every import."""
    return ImportOptions(
        tags=usual.tags, collection=usual.collection or None, status=usual.status or None
    )


def opens_review(report: Report, usual: settings.Importing) -> bool:
    """Whether the review of an import opens by itself."""
    return usual.review == "always" or (usual.review != "never" and report.doubtful > 0)


def detail(report: Report) -> str:
    """What was imported, and the day by which its dates went."""
    day = f"{report.as_of.day} {report.as_of:%b %Y}"
    return _("{name}, as of {day}").format(name=report.name, day=day)


def infers_years(report: Report) -> bool:
    """Whether a date of it was placed by the page's day."""
    return report.infers_years


def _undo(library: Library, labels: Sequence[str]) -> Changes:
    """In the writing thread. Raises RefmanError where the newest step is another one."""
    changes = Changes(_("Undo the import"))
    for label in reversed(labels):
        if library.history.undo_label != label:
            raise RefmanError(
                _("Something was done since this import. Undo that first, or see Edit › History.")
            )
        changes = library.history.undo() or changes
    return changes
