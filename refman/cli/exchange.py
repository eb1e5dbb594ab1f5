"""Papers in: import, formats."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

import click

from refman.cli.command import HELP, library_option, opened, place, tell
from refman.cli.progress_line import progress_shown
from refman.errors import ReadError, RefmanError, UsageError
from refman.i18n import _
from refman.library import STATUSES, Importing, ImportOptions, Report, Source, read_page

SHOWN_DOUBTS = 20


def _day(_ctx: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise UsageError(
            _("“{value}” is no day: write it as 2026-01-31.").format(value=value)
        ) from None


@click.command("import", context_settings=HELP)
@library_option
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option("--format", "format_name", metavar="F", help="See `refman formats`; else found out.")
@click.option(
    "--as-of",
    metavar="DATE",
    callback=_day,
    help="The day the page was seen: dates without a year count from it. Else the file's own.",
)
@click.option("--tag", "tags", metavar="T", multiple=True, help="Tag every paper; may be repeated.")
@click.option("--collection", metavar="C", help="Put every paper into it: `Thesis/Chapter 2`.")
@click.option("--status", type=click.Choice(STATUSES), help="Of the papers that are new.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Print every row, for programs.")
def import_(
    files: tuple[str, ...],
    format_name: str | None,
    as_of: date | None,
    tags: tuple[str, ...],
    collection: str | None,
    status: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Import pages and bibliographies.

    `-` reads standard input. Each file is one import, which can be undone; a bad one does not
    stop the others. A missing library is made.
    """
    options = ImportOptions(format_name, tags, collection, status).checked()
    reports: list[Report] = []
    worst = 0
    importing: Importing | None = None
    try:
        with ExitStack() as library:
            for file in files:
                try:
                    with progress_shown() as progress:
                        page = read_page(_source(file, as_of), format_name, progress)
                except ReadError as error:
                    tell(f"refman: {error}")
                    worst = 3
                    continue
                if importing is None:  # not before: what has no row makes no library
                    importing = library.enter_context(_importing(dry_run=dry_run))
                try:
                    with progress_shown() as progress:
                        report = importing.run(page, options, progress=progress, dry_run=dry_run)
                except UsageError:
                    raise
                except RefmanError as error:
                    tell(f"refman: {error}")
                    worst = 3
                    continue
                reports.append(report)
                worst = max(worst, 1 if report.failed else 0)
                tell_report(report, quiet=as_json, dry_run=dry_run)
    except KeyboardInterrupt:
        if not reports or dry_run:
            raise
        # What was done before is done: "nothing was changed" would not be true.
        tell(
            _("Stopped. What was imported before is in the library: {names}.").format(
                names=", ".join(report.name for report in reports)
            )
        )
        return 130
    if as_json and (reports or len(files) > 1):
        items = [report.to_json() for report in reports]
        click.echo(json.dumps(items if len(files) > 1 else items[0], ensure_ascii=False, indent=1))
    return worst


@contextmanager
def _importing(*, dry_run: bool) -> Iterator[Importing]:
    """A dry run opens the library only to read, and makes none."""
    if dry_run and not place().exists():
        yield Importing(None)
        return
    with opened(create=not dry_run, read_only=dry_run) as library:
        yield library.importing


def _source(file: str, as_of: date | None) -> Source:
    if file == "-":
        return Source.from_bytes(sys.stdin.buffer.read(), _("standard input"), as_of)
    return Source.from_path(Path(file), as_of)


def tell_report(report: Report, *, quiet: bool = False, dry_run: bool = False) -> None:
    """Say what became of a page: its problems to people, the rest unless `quiet`."""
    name = report.name
    for problem in report.problems:
        tell(f"{name}:{problem.line}: {problem.message}")
    if quiet:
        return
    dry = " " + _("(dry run: nothing was written)") if dry_run else ""
    click.echo(f"{name}: {report.sentence()}{dry}")
    doubtful = [each for each in report.records if each.review and each.outcome != "unchanged"]
    for record in doubtful[:SHOWN_DOUBTS]:
        title = record.row.entry.title or _("(no title)")
        click.echo(f"  {record.row.line}: {title}: {' '.join(record.review)}")
    if len(doubtful) > SHOWN_DOUBTS:
        click.echo("  " + _("and {n} more").format(n=len(doubtful) - SHOWN_DOUBTS))


@click.command(context_settings=HELP)
def formats() -> None:
    """Say which formats there are."""
    for format_ in Importing.formats():
        can = [_("reads")] * format_.reads + [_("writes")] * format_.writes
        endings = " ".join(format_.extensions)
        click.echo(f"{format_.name:15} {'/'.join(can):13} {format_.label} {endings}".rstrip())
