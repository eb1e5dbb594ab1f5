"""Reviewing an import: what is in doubt of its rows, and what a person says of them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import click

from refman.cli.command import HELP, done, library_option, opened, tell
from refman.errors import UsageError
from refman.i18n import _
from refman.library import Library, SightingRow

Command = Callable[..., Any]


def _row_option(name: str, said: str) -> Callable[[Command], Command]:
    return click.option(name, type=int, multiple=True, metavar="ROW", help=said)


@click.command(context_settings=HELP)
@library_option
@click.argument("number", type=int, metavar="N")
@click.option("--all", "everything", is_flag=True, help="Print every row, not only the doubtful.")
@_row_option("--accept", "This row looks right; may be given more than once.")
@_row_option("--leave-out", "Leave this row out of the library.")
@_row_option("--take-in", "Take a row in that was left out.")
@_row_option("--keep-apart", "Not the same as what it was merged with.")
def review(
    number: int,
    everything: bool,
    accept: tuple[int, ...],
    leave_out: tuple[int, ...],
    take_in: tuple[int, ...],
    keep_apart: tuple[int, ...],
) -> None:
    """Print the doubtful rows of import N, or settle them.

    N is as in `refman imports`. A row is its number on the page, what became of it, title and
    authors; under it stand the doubts (?), where else its title may end (or), and papers that
    it may be as well (~).
    """
    with opened(read_only=not (accept or leave_out or take_in or keep_apart)) as library:
        rows = _rows(library, number)
        verbs = library.review
        for verb, wanted, otherwise in (
            (verbs.accept, accept, _("These rows look right already.")),
            (verbs.leave_out, leave_out, _("These rows are left out already.")),
            (verbs.take_in, take_in, _("These rows are not left out.")),
        ):
            if not wanted:
                continue
            changes = verb([_row(rows, each).id for each in wanted])
            if changes.message:  # who is kept is told as well where nothing changed
                tell(changes.message)
            else:
                done(changes, otherwise)
        for each in keep_apart:
            changes = verbs.keep_apart(_row(rows, each).id)
            done(changes, _("This row is a paper of its own already."))
        if accept or leave_out or take_in or keep_apart:
            return
        shown = {n: row for n, row in rows.items() if everything or _is_doubtful(row)}
        for n, row in shown.items():
            click.echo("\n".join(_lines_of(library, n, row)))
        if not shown:
            tell(_("There is nothing to look at."))


def _rows(library: Library, number: int) -> dict[int, SightingRow]:
    """The rows of an import by their numbers, as they stand on the page."""
    if not any(listing.id == number for listing in library.listings.list()):
        raise UsageError(
            _("There is no import {number}: see `refman imports`.").format(number=number)
        )
    rows = sorted(library.listings.rows(number), key=lambda row: row.position)
    return dict(enumerate(rows, 1))


def _row(rows: dict[int, SightingRow], number: int) -> SightingRow:
    if number not in rows:
        raise UsageError(
            _("There is no row {number} in this import: it has {count}.").format(
                number=number, count=len(rows)
            )
        )
    return rows[number]


def _is_doubtful(row: SightingRow) -> bool:
    return row.outcome == "failed" or bool(row.review and not row.reviewed)


def _lines_of(library: Library, number: int, row: SightingRow) -> Iterator[str]:
    title = row.title or " ".join(row.raw_text.split())[:80]
    yield f"{number}\t{row.outcome}\t{title}\t{row.creators_text}"
    doubts: Sequence[str] = row.review if not row.reviewed else ()
    for reason in row.reasons if row.outcome == "failed" else doubts:
        yield f"\t? {reason}"
    for other in row.runners_up if doubts else ():
        yield f"\tor {other.title} | {other.byline}"
    for rival in library.review.candidates(row.id) if doubts else ():
        key = library.entries.get(rival.entry_id).entry.citation_key
        reasons = "; ".join(rival.reasons)
        yield f"\t~ {key}: {rival.title}" + (f" ({reasons})" if reasons else "")
