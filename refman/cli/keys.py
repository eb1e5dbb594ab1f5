"""Citation keys: made anew by a pattern, also in the manuscripts that cite them."""

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refman.cli.command import FILE, HELP, chosen, done, library_option, opened, tell
from refman.cli.progress_line import progress_shown
from refman.errors import ReadError
from refman.i18n import _
from refman.library import KeyChange, Library
from refman.library.changes import papers

if TYPE_CHECKING:
    from refman.library.manuscripts import RewritePlan

apply_option = click.option("--apply", "apply", is_flag=True, help="Do it; else it is only shown.")


@click.group(context_settings=HELP, invoke_without_command=True)
@library_option
@click.option("--query", metavar="Q", default="", help="Only these papers.")
@click.option("--pattern", metavar="P", help="As in [auth:lower][year]; else the library's.")
@apply_option
@click.option(
    "--rewrite",
    "paths",
    metavar="PATH",
    multiple=True,
    type=FILE,
    help="Also in these .tex, .md and .typ files, and those of folders; may be repeated.",
)
@click.pass_context
def keys(
    ctx: click.Context, query: str, pattern: str | None, apply: bool, paths: tuple[Path, ...]
) -> int | None:
    """Make citation keys anew by a pattern.

    Prints the old and the new key of each paper whose key would change; "given" marks keys that
    were exported or copied before. Nothing changes without --apply. A paper goes on to be found
    by its old keys.
    """
    if ctx.invoked_subcommand is not None:
        return None
    with opened(read_only=not apply) as library:
        ids = chosen(library, query) if query else list(library.search.ids())
        with progress_shown() as progress:
            found = library.citation_keys.proposals(ids, pattern, progress)
        changes = [one for one in found if one.new != one.old]
        _print_table(changes)
        given = sum(one.given for one in changes)
        tell(
            _("{n} of {papers} would have another key, {given} of them known outside.").format(
                n=f"{len(changes):,}", papers=papers(len(ids)), given=f"{given:,}"
            )
        )
        plan = _plan(paths, _renamed(library, changes, paths)) if paths else None
        if not apply:
            tell(_("Nothing was changed: add --apply to do it."))
            return 3 if plan and plan.problems else 0
        if plan and plan.problems:
            raise ReadError(_("No key was changed, as not every file could be looked at."))
        if changes:
            done(library.citation_keys.change({one.entry_id: one.new for one in changes}), "")
    return _write(plan)


@keys.command("pattern", context_settings=HELP)
@library_option
@click.argument("pattern", metavar="[P]", required=False)
@click.option("--type", "entry_type", metavar="T", default="", help="For one entry type only.")
@click.option("--markers", is_flag=True, help="Say what can stand in a pattern.")
def keys_pattern(pattern: str | None, entry_type: str, markers: bool) -> None:
    """Print or set the pattern of new citation keys.

    As in: refman keys pattern "[auth:lower][year][veryshorttitle:lower];[title]". The first
    alternative of which every marker gives something is taken. An empty pattern takes it away.
    Keys that there are stay.
    """
    if markers:
        _print_markers()
        return
    with opened(read_only=pattern is None) as library:
        if pattern is not None:
            changes = library.citation_keys.set_pattern(pattern, entry_type)
            done(changes, _("That is the pattern already."))
            return
        click.echo(library.citation_keys.pattern(entry_type))
        own = {} if entry_type else library.citation_keys.patterns()
    for name, text in sorted(own.items()):
        if name:
            click.echo(f"{name}\t{text}")


@keys.command("rewrite", context_settings=HELP)
@library_option
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=FILE)
@apply_option
def keys_rewrite(paths: tuple[Path, ...], apply: bool) -> int:
    """Put the keys of today for earlier ones in manuscripts.

    PATHs are .tex, .md and .typ files, or folders of them. Prints every line before and after;
    nothing is written without --apply.
    """
    from refman.library import manuscripts

    cited = manuscripts.cited_in(paths)
    with opened(read_only=True) as library:
        renamed = library.citation_keys.renamed(cited.keys)
    plan = _plan(paths, renamed)
    if not apply:
        tell(_("Nothing was changed: add --apply to do it."))
        return 3 if plan.problems else 0
    return max(_write(plan), 3 if plan.problems else 0)


def _renamed(
    library: Library, changes: Sequence[KeyChange], paths: Sequence[Path]
) -> dict[str, str]:
    """The new keys by the old ones, and by the still older ones that are cited."""
    from refman.library import manuscripts

    new = {one.old: one.new for one in changes}
    older = library.citation_keys.renamed(manuscripts.cited_in(paths).keys)
    return {**{key: new[today] for key, today in older.items() if today in new}, **new}


def _plan(paths: Sequence[Path], renamed: Mapping[str, str]) -> "RewritePlan":
    """What would be written to manuscripts, printed."""
    from refman.library import manuscripts

    plan = manuscripts.rewrite_plan(paths, renamed)
    for one in plan.rewrites:
        click.echo(f"{one.path}:{one.line}\n- {one.before}\n+ {one.after}")
    for problem in plan.problems:
        tell(f"refman: {problem}")
    return plan


def _write(plan: "RewritePlan | None") -> int:
    """Write what was planned, say so, and give the exit status."""
    from refman.library import manuscripts

    if plan is None:
        return 0
    outcome = manuscripts.rewrite(plan)
    for path in outcome.written:
        tell(_("Wrote {path}.").format(path=path))
    for problem in outcome.problems:
        tell(f"refman: {problem}")
    if not plan.rewrites:
        tell(_("No manuscript cites one of these keys."))
    return 3 if outcome.problems else 0


def _print_table(changes: Sequence[KeyChange]) -> None:
    """A line for each: old key, new key, and what is to be known of it."""
    rows = [
        (one.old, one.new, " ".join([_("given")] * one.given + [one.reason]).strip())
        for one in changes
    ]
    if not rows:
        return
    if not sys.stdout.isatty():
        click.echo("\n".join("\t".join(row) for row in rows))
        return
    width = shutil.get_terminal_size().columns
    first, second = (max(len(row[i]) for row in rows) for i in (0, 1))
    for old, new, note in rows:
        click.echo(f"{old:{first}}  {new:{second}}  {note}"[:width].rstrip())


def _print_markers() -> None:
    from refman.model import key_pattern

    for title, table, form in (
        (_("Markers"), key_pattern.MARKERS, "[{}]"),
        (_("Behind a marker, after a colon"), key_pattern.MODIFIERS, ":{}"),
    ):
        click.echo(f"{title}:")
        for name, meaning in table.items():
            click.echo(f"  {form.format(name):20} {meaning}")
    click.echo(_("Any field by its name in capitals: [JOURNAL]."))
