"""Imports as things: list, show, take back, read again, compare."""

import json
from dataclasses import asdict

import click

from refman.cli.command import HELP, library_option, opened, tell
from refman.cli.exchange import tell_report
from refman.cli.progress_line import progress_shown
from refman.errors import UsageError
from refman.i18n import _
from refman.library import ComparedRow, Kept, Library, Listing, SightingRow
from refman.library.changes import papers
from refman.library.report import ADDED, FAILED, MERGED, SKIPPED, UNCHANGED

_json_option = click.option("--json", "as_json", is_flag=True, help="Print it for programs.")
_number = click.argument("number", metavar="N", type=int)


@click.group(context_settings=HELP, invoke_without_command=True)
@library_option
@_json_option
@click.pass_context
def imports(ctx: click.Context, as_json: bool) -> None:
    """List the imports, the newest first.

    A line is number, when, name, format, what heads the page, and what became of its rows.
    """
    if ctx.invoked_subcommand is not None:
        return
    with opened(read_only=True) as library:
        known = library.listings.list()
    if as_json:
        _print([_object(one) for one in known])
        return
    for one in known:
        click.echo("\t".join(_cells(one)))


@imports.command("show", context_settings=HELP)
@library_option
@_json_option
@_number
def imports_show(number: int, as_json: bool) -> None:
    """Show the rows of import N and what became of each.

    A line is the row's own line on the page, outcome, citation key and title; below it stand
    the reasons, and what is in doubt. What was passed over comes last.
    """
    with opened(read_only=True) as library:
        listing = _listing(library, number)
        rows = sorted(library.listings.rows(number), key=lambda row: (row.position, row.id))
        passed_over = library.listings.passed_over(number)
        keys = library.listings.citation_keys(number)
    if as_json:
        _print(
            {
                **_object(listing),
                "rows": [_row(row, keys.get(row.entry_id or 0)) for row in rows],
                "passed_over": [{"line": one.line, "text": one.text} for one in passed_over],
            }
        )
        return
    click.echo("\t".join(_cells(listing)))
    for row in rows:
        cells = (str(row.line), row.outcome, keys.get(row.entry_id or 0, ""), _title(row))
        click.echo("\t".join(cells))
        for sentence in (*row.reasons, *(() if row.reviewed else row.review)):
            click.echo(f"\t\t\t{sentence}")
    if passed_over:
        click.echo(_("Passed over:"))
    for one in passed_over:
        click.echo(f"{one.line}\t{one.text}")


@imports.command("take-back", context_settings=HELP)
@library_option
@_number
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@_json_option
def imports_take_back(number: int, dry_run: bool, as_json: bool) -> None:
    """Take import N back, whatever came after it.

    Papers that only it brought go; all others lose what it gave them. A paper that was edited,
    tagged, annotated or used otherwise since is kept and named. The page itself is kept, and
    `refman undo` brings all back.
    """
    with opened(read_only=dry_run) as library:
        _listing(library, number)
        found = library.listings.preview_take_back(number)
        if not dry_run:
            with progress_shown() as progress:
                changes = library.listings.take_back(number, progress)
    if as_json:
        kept = [{"title": one.title, "reasons": list(one.reasons)} for one in found.kept]
        _print({"papers": found.papers, "rows": found.rows, "kept": kept, "dry_run": dry_run})
        return
    if dry_run:
        tell(
            _(
                "Would go: {gone}. Would stay without this page: {rest}. Would be kept: {kept}."
            ).format(
                gone=papers(found.papers), rest=papers(found.rows), kept=papers(len(found.kept))
            )
        )
    else:
        tell(changes.message)
    for one in found.kept:
        click.echo(_kept(one))


@imports.command("again", context_settings=HELP)
@library_option
@_number
@_json_option
def imports_again(number: int, as_json: bool) -> int:
    """Read import N again with today's reader.

    It is read from the page that was kept, as of its own day. What you set right or left out
    stays so. An import that was taken back comes in again.
    """
    with opened() as library:
        _listing(library, number)
        with progress_shown() as progress:
            report = library.listings.read_again(number, progress)
    tell_report(report, quiet=as_json)
    if as_json:
        _print(report.to_json())
    return int(report.failed > 0)


@imports.command("compare", context_settings=HELP)
@library_option
@_number
@click.argument("earlier", metavar="[M]", type=int, required=False)
@_json_option
def imports_compare(number: int, earlier: int | None, as_json: bool) -> None:
    """Say what is new, gone and changed in import N since import M.

    Without M it is the one before of the same page.
    """
    with opened(read_only=True) as library:
        for each in (number, earlier):
            if each is not None:
                _listing(library, each)
        found = library.listings.compare(number, earlier)
    if found is None:
        if as_json:
            _print(None)
        tell(_("There is no earlier import of this page."))
        return
    if as_json:
        _print(
            {
                "earlier": _object(found.earlier),
                "later": _object(found.later),
                "new": [_compared(row) for row in found.new],
                "gone": [_compared(row) for row in found.gone],
                "changed": [_compared(row) for row in found.changed],
                "same": found.same,
            }
        )
        return
    for word, rows in ((_("new"), found.new), (_("gone"), found.gone)):
        for row in rows:
            click.echo(f"{word}\t{row.title}\t{row.creators_text}")
    for row in found.changed:
        click.echo(f"{_('changed')}\t{row.title}\t{row.creators_text}")
        for one in row.changes:
            click.echo(f"\t{one.name}: {one.before or '–'} → {one.after or '–'}")
    tell(
        _("{new:,} new, {gone:,} gone, {changed:,} changed, {same:,} as before.").format(
            new=len(found.new), gone=len(found.gone), changed=len(found.changed), same=found.same
        )
    )


def _listing(library: Library, number: int) -> Listing:
    for one in library.listings.list():
        if one.id == number:
            return one
    raise UsageError(
        _("There is no import {number}. `refman imports` shows the numbers.").format(number=number)
    )


def _cells(one: Listing) -> tuple[str, ...]:
    header = one.header
    heads = [each for each in (header.name or header.affiliation, header.subject) if each]
    names = {
        ADDED: _("added"),
        MERGED: _("merged"),
        UNCHANGED: _("unchanged"),
        SKIPPED: _("left out"),
        FAILED: _("failed"),
    }
    said = [f"{one.counts[each]:,} {word}" for each, word in names.items() if one.counts.get(each)]
    if one.doubtful:
        said.append(_("{n:,} to look at").format(n=one.doubtful))
    if one.taken_back:
        said.append(_("taken back"))
    when = one.imported[:16].replace("T", " ")
    return str(one.id), when, one.name, one.format, ", ".join(heads), ", ".join(said)


def _object(one: Listing) -> dict[str, object]:
    return {
        "number": one.id,
        "name": one.name,
        "format": one.format,
        "path": one.path or None,
        "imported": one.imported,
        "as_of": one.as_of,
        "listing": asdict(one.header),
        "found": sum(one.counts.values()),
        **{each: one.counts.get(each, 0) for each in (ADDED, MERGED, UNCHANGED, SKIPPED, FAILED)},
        "to_look_at": one.doubtful,
        "papers": one.count,
        "taken_back": one.taken_back or None,
        "options": asdict(one.options),
    }


def _row(row: SightingRow, key: str | None) -> dict[str, object]:
    return {
        "line": row.line,
        "outcome": row.outcome,
        "citation-key": key,
        "title": row.title,
        "reasons": list(row.reasons),
        "review": list(row.review),
        "reviewed": row.reviewed,
        "text": row.raw_text,
    }


def _title(row: SightingRow) -> str:
    return row.title or " ".join(row.raw_text.split())[:60]


def _kept(one: Kept) -> str:
    return _("kept: {title} ({reasons})").format(title=one.title, reasons=", ".join(one.reasons))


def _compared(row: ComparedRow) -> dict[str, object]:
    return {
        "title": row.title,
        "authors": row.creators_text,
        "changes": [asdict(one) for one in row.changes],
    }


def _print(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))
