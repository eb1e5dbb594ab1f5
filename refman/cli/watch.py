"""Watched folders: list, add, remove, and import what was saved into them."""

import json
from pathlib import Path

import click

from refman.cli.command import FILE, HELP, done, library_option, opened, tell
from refman.cli.exchange import tell_report
from refman.cli.progress_line import progress_shown
from refman.errors import RefmanError, UsageError
from refman.i18n import _
from refman.library import Library, Report, Source


@click.command(context_settings=HELP)
@library_option
@click.argument("folder", type=FILE, required=False)
@click.option("--remove", type=FILE, metavar="FOLDER", help="Watch it no longer.")
@click.option("--include-present", is_flag=True, help="With FOLDER: what is in it already, too.")
@click.option("--once", is_flag=True, help="Import now what was saved into the folders.")
@click.option("--json", "as_json", is_flag=True, help="Print it for programs.")
def watch(
    folder: Path | None, remove: Path | None, include_present: bool, once: bool, as_json: bool
) -> int:
    """List the watched folders, or watch FOLDER from now on.

    What is saved into a watched folder is imported while the window is open, and by --once:
    the files in the folder itself that refman can read, each once, and again when it changed.
    What is in the folder already stays outside, unless you say --include-present.
    """
    if folder and remove:
        raise UsageError(_("Either a folder to watch, or one to remove."))
    if include_present and not folder:
        raise UsageError(_("--include-present goes with a folder to watch."))
    writes = bool(folder or remove or once)
    reports: list[Report] = []
    errors: dict[str, str] = {}
    with opened(create=bool(folder), read_only=not writes) as library:
        if folder:
            done(library.watched.watch(folder, include_present=include_present), _("No change."))
        if remove:
            done(library.watched.unwatch(remove), _("No change."))
        if once:
            reports, errors = _import_due(library, quiet=as_json)
        state: dict[str, object] = {
            "folders": library.watched.folders(),
            "missing": library.watched.missing(),
            "failed": library.watched.failed(),
        }
        _tell_missing(library)
        if not writes and not as_json:
            _list(library)
    if as_json:
        imported = {"imports": [report.to_json() for report in reports]} if once else {}
        click.echo(json.dumps(state | imported, ensure_ascii=False, indent=1))
    return 3 if errors else int(any(report.failed for report in reports))


def _tell_missing(library: Library) -> None:
    for gone in library.watched.missing():
        tell(_("“{folder}” is not there now; it is watched again when it is.").format(folder=gone))


def _list(library: Library) -> None:
    for folder in library.watched.folders():
        click.echo(folder)
    for path, error in library.watched.failed().items():
        tell(f"{path}: {error}")


def _import_due(library: Library, *, quiet: bool) -> tuple[list[Report], dict[str, str]]:
    """Import the files that are due; a bad one does not stop the others, and is told once."""
    reports: list[Report] = []
    errors: dict[str, str] = {}
    due = library.watched.due()
    for path in due:
        try:
            with progress_shown() as progress:
                report = library.importing.run(Source.from_path(path), progress=progress)
        except RefmanError as error:
            errors[str(path)] = str(error)
            tell(f"refman: {error}")
            library.watched.looked_at(path, str(error))
            continue
        library.watched.looked_at(path)
        reports.append(report)
        tell_report(report, quiet=quiet)
    if waiting := library.watched.waiting():
        tell(_("Files that may still be being written are left for later:"))
        for path in waiting:
            tell(f"  {path}")
    elif not due:
        tell(_("Nothing new was saved into the watched folders."))
    return reports, errors
