"""Changing papers: add, edit, status, note, trash and back, merge."""

import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

import click

from refman.cli.command import (
    HELP,
    TRASH,
    chosen,
    done,
    library_option,
    opened,
    paper,
    query_option,
)
from refman.errors import UsageError
from refman.i18n import _
from refman.library import STATUSES
from refman.model import dates, entry_types, fields
from refman.model.creator import ROLES, Creator, parse_name
from refman.model.entry import Entry

ENTRY_ATTRIBUTES = frozenset(
    ("title", "date", "abstract", "creators", "creators_truncated", "entry_type", "citation_key")
)
_MARKDOWN = re.compile(r"-\s|---")


@click.command(context_settings=HELP)
@library_option
@click.option("--type", "entry_type", metavar="T", default="misc", help="Entry type: article, …")
@click.argument("values", metavar="FIELD=VALUE…", nargs=-1, required=True)
def add(entry_type: str, values: tuple[str, ...]) -> None:
    """Add one paper, and print its citation key.

    As in: refman add --type book title="Deep Learning" author="Goodfellow, Ian and others".
    BibTeX's and BibLaTeX's names of fields are known; `keywords` are tags.
    """
    typed = {"entry_type": entry_type, **_typed(values, ())}
    keywords = typed.pop("keywords", "")
    own = {name: typed.pop(name) for name in tuple(typed) if name in ENTRY_ATTRIBUTES}
    tags = tuple(name for part in keywords.split(",") if (name := part.strip()))
    with opened(create=True) as library:
        changes = library.entries.add(Entry(**own, fields=typed, keywords=tags))
        (entry_id,) = changes.entries
        click.echo(library.entries.get(entry_id).entry.citation_key)


@click.command(context_settings=HELP)
@library_option
@click.argument("key")
@click.argument("values", metavar="FIELD=VALUE…", nargs=-1, required=True)
def edit(key: str, values: tuple[str, ...]) -> None:
    """Set fields of a paper.

    `FIELD=` clears one. BibTeX's and BibLaTeX's names of fields are known; `citation_key`
    and `entry_type` can be set, too.
    """
    with opened() as library:
        entry_id = paper(library, key)
        typed = _typed(values, library.entries.get(entry_id).entry.creators)
        if "keywords" in typed:
            raise UsageError(_("Tags are set with `refman tag add` and `refman tag remove`."))
        done(library.entries.edit(entry_id, typed), _("That is what it says already."))


def _typed(values: Iterable[str], creators: tuple[Creator, ...]) -> dict[str, Any]:
    """`FIELD=VALUE`s as `Entries.edit` takes them; roles that are not named keep `creators`."""
    typed: dict[str, Any] = {}
    for each in values:
        name, equals, value = each.partition("=")
        name = {"key": "citation_key", "citation-key": "citation_key", "year": "date"}.get(
            name.strip().lower(), fields.biblatex_name(name.strip())
        )
        if not equals or not name.replace("_", "").replace("-", "").isalnum():
            raise UsageError(_("“{text}” is not of the form FIELD=VALUE.").format(text=each))
        if name in ROLES:
            names = [part.strip() for part in value.split(" and ") if part.strip()]
            typed["creators_truncated"] = names[-1:] == ["others"]
            names = [part for part in names if part != "others"]
            creators = tuple(creator for creator in creators if creator.role != name)
            creators += tuple(parse_name(part, name) for part in names)
            typed["creators"] = creators
        elif name in ("entrytype", "entry_type") or (
            name == "type" and value.lower() in entry_types.ENTRY_TYPES
        ):
            typed["entry_type"] = value
        elif name in ("month", "day") and value.strip():
            raise UsageError(_("A date is set whole: date=2022-05 or date=2022-05-16."))
        elif name == "date" and value.strip():
            typed["date"] = dates.parse(value) or _no_date(value)
        else:
            typed[name] = value
    return typed


def _no_date(value: str) -> NoReturn:
    raise UsageError(
        _("“{value}” is no date: write 2022, 2022-05 or 2022-05-16.").format(value=value)
    )


@click.command(context_settings=HELP)
@library_option
@click.argument("status", type=click.Choice(STATUSES))
@query_option
def status(status: str, query: str) -> None:
    """Set how far you have come with papers."""
    with opened() as library:
        if ids := chosen(library, query):
            done(library.reading_list.set_status(status, ids), _("They all have that already."))


class NoteCommand(click.Command):
    """A command with a text in Markdown, of which a list or a rule begins as options do."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        texts = [] if "--" in args else [each for each in args if _MARKDOWN.match(each)]
        if texts:
            args = [*(each for each in args if each not in texts), "--", *texts]
        return super().parse_args(ctx, args)


@click.command(cls=NoteCommand, context_settings=HELP)
@library_option
@click.argument("key")
@click.argument("text", required=False)
def note(key: str, text: str | None) -> None:
    """Add a note to a paper, or print its notes.

    TEXT is Markdown; `-` reads it from standard input; without TEXT the notes are printed.
    """
    with opened() as library:
        entry_id = paper(library, key)
        if text is None:
            notes = [each.comment for each in library.annotations.of(entry_id) if not each.quote]
            click.echo("\n\n".join(notes) or _("There are no notes."))
            return
        if text == "-":
            text = sys.stdin.buffer.read().decode("utf-8", "replace")
        done(library.annotations.add_note(entry_id, text), "")


@click.command(context_settings=HELP)
@library_option
@query_option
def trash(query: str) -> None:
    """Put papers into the trash."""
    with opened() as library:
        if ids := chosen(library, query):
            done(library.entries.trash(ids), _("They are in the trash already."))


@click.command(context_settings=HELP)
@library_option
@query_option
def restore_from_trash(query: str) -> None:
    """Take papers out of the trash."""
    with opened() as library:
        if ids := chosen(library, query, TRASH):
            done(library.entries.restore(ids), _("They are not in the trash."))


@click.command(context_settings=HELP)
@library_option
def empty_trash() -> None:
    """Delete what is in the trash.

    `refman undo` brings it back.
    """
    with opened() as library:
        done(library.entries.empty_trash(), _("The trash is empty."))


@click.command(context_settings=HELP)
@library_option
@click.argument("keys", metavar="KEY KEY…", nargs=-1, required=True)
def merge(keys: tuple[str, ...]) -> None:
    """Join papers into the first one.

    Tags, notes, attachments and sources of the others go with them, and their keys go on to
    find the paper.
    """
    with opened() as library:
        keeper, *others = (paper(library, key) for key in keys)
        if not set(others) - {keeper}:
            raise UsageError(_("Name two papers or more to merge."))
        done(library.entries.merge(keeper, others), "")
