"""Looking at papers: list, show."""

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from refman.cli.command import HELP, library_option, opened, paper
from refman.i18n import _
from refman.library import Library
from refman.model import fields
from refman.model.creator import ROLES

if TYPE_CHECKING:
    from refman.library import Details

CHUNK = 1000  # lines printed at a time
QUERY_HELP = """
A query is words, each the start of one in title, authors, venue, abstract, tags or notes;
"a phrase" in quotes; -not; and tag:, status:, author:, year:, key:, listing:, category:,
score:, best: (of any page), seen: (how often), type:, rating:, has:, no:.
All must hold, as in: author:bengio year:2020- score:>80 -status:dropped "flow network"
"""


@click.command("list", context_settings=HELP, epilog=QUERY_HELP)
@library_option
@click.option("--query", metavar="Q", default="", help="Only these papers.")
@click.option("--json", "as_json", is_flag=True, help="Print CSL-JSON, for programs.")
def list_(query: str, as_json: bool) -> None:
    """Print papers, the newest first.

    A line is key, year, authors and title. On a terminal the lines are cut to its
    width; elsewhere tabs divide them.
    """
    with opened() as library:
        ids = library.search.ids(query)
        if as_json:
            _print_json(library, ids)
            return
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
        for start in range(0, len(ids), CHUNK):
            rows = library.search.rows(ids[start : start + CHUNK])
            cells = [(r.citation_key, str(r.year or ""), r.creators, r.title) for r in rows]
            click.echo("\n".join(line_of(each, width) for each in cells))


def _print_json(library: Library, ids: Sequence[int]) -> None:
    """A list, one paper after the other, however many there are."""
    comma = "["
    for start in range(0, len(ids), CHUNK):
        for item in library.search.items(ids[start : start + CHUNK]):
            click.echo(comma + "\n" + json.dumps(item, ensure_ascii=False, indent=1), nl=False)
            comma = ","
    click.echo("\n]" if ids else "[]")


def line_of(cells: tuple[str, str, str, str], width: int) -> str:
    if not width:
        return "\t".join(cells)
    key, year, creators, title = cells
    return f"{key:24} {year:4} {creators[:24]:24} {title}"[:width].rstrip()


@click.command(context_settings=HELP)
@library_option
@click.argument("key")
def show(key: str) -> None:
    """Print all that is known of one paper."""
    with opened() as library:
        entry_id = paper(library, key)
        details = library.entries.get(entry_id)
        notes = library.annotations.of(entry_id)
        attachments = library.attachments.of(entry_id)
        sightings = library.listings.sightings_of(entry_id)
    lines = [details.entry.title or _("(no title)"), ""]
    lines += [f"{label + ':':13} {value}" for label, value in _facts(details) if value]
    lines += [f"{_('Attachment') + ':':13} {each.path or each.url}" for each in attachments]
    lines += [
        f"{_('Seen') + ':':13} {each.listing_name}, {each.imported[:10]}, "
        + _("line {n}").format(n=each.line)
        for each in sightings
    ]
    if details.entry.abstract:
        lines += ["", details.entry.abstract]
    for note in notes:
        quote = [f"> {note.quote}"] if note.quote else []
        lines += ["", *quote, *([note.comment] if note.comment else [])]
    click.echo("\n".join(lines))


def _facts(details: "Details") -> Iterator[tuple[str, str]]:
    entry = details.entry
    labels = {"author": _("Authors"), "editor": _("Editors"), "translator": _("Translators")}
    for role in ROLES:
        names = "; ".join(creator.full_name for creator in entry.by_role(role))
        more = " et al." if names and role == "author" and entry.creators_truncated else ""
        yield labels[role], names + more
    yield _("Date"), entry.date
    yield _("Type"), entry.entry_type
    yield from ((fields.label_of(name), value) for name, value in sorted(entry.fields.items()))
    yield _("Category"), details.category
    yield _("Key"), entry.citation_key
    yield _("Status"), details.status + (f", {_('in the trash')}" if details.trashed else "")
    yield _("Rating"), "★" * details.rating
    yield _("Tags"), ", ".join(tag.name for tag in details.tags)
    yield _("Collections"), ", ".join(name for _id, name in details.collections)
    yield _("To look at"), " ".join(details.attention)
