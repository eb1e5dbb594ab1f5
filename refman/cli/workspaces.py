"""Workspaces: .bib files that are written back as they were, but for what was changed."""

import difflib
from pathlib import Path

import click

from refman.cli.command import FILE, HELP, library_option, opened, tell
from refman.cli.exchange import tell_report
from refman.cli.progress_line import progress_shown
from refman.i18n import _
from refman.library import ImportOptions, Source


@click.group(context_settings=HELP, invoke_without_command=True)
@library_option
@click.pass_context
def workspace(ctx: click.Context) -> None:
    """List .bib files that are written back as they were.

    Only what you change is changed in them: comments, order, abbreviations, indent and
    quotation marks stay. A changed field changes its own line; a paper in the trash or out of
    the file's collection is left out; a paper that is put into the collection comes at the end.
    """
    if ctx.invoked_subcommand is None:
        with opened(read_only=True) as library:
            for each in library.workspaces.list():
                click.echo(f"{each.name:30} {each.papers:>7,}  {each.path}")


@workspace.command("open", context_settings=HELP)
@library_option
@click.argument("file", type=FILE)
@click.option("--collection", metavar="C", help="Of its papers; else one called after the file.")
def workspace_open(file: Path, collection: str | None) -> int:
    """Import a .bib file and keep it. Opened again, it is taken as it is now."""
    options = ImportOptions("bibtex", collection=collection, workspace=True)
    with opened(create=True) as library, progress_shown() as progress:
        report = library.importing.run(Source.from_path(file), options, progress=progress)
    tell_report(report)
    return int(report.failed > 0)


@workspace.command("diff", context_settings=HELP)
@library_option
@click.argument("name")
def workspace_diff(name: str) -> int:
    """Show what `write` would change in the file. Exit status 1 if anything."""
    with opened(read_only=True) as library:
        known = library.workspaces.named(name)
        before, after = library.workspaces.texts(known.id)
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), known.path, known.path
    )
    shown = [line if line.endswith("\n") else line + "\n" for line in lines]
    click.echo("".join(shown), nl=False)
    return int(bool(shown))


@workspace.command("write", context_settings=HELP)
@library_option
@click.argument("name")
@click.option("-o", "--output", type=FILE, help="Another file than its own.")
def workspace_write(name: str, output: Path | None) -> None:
    """Write the file, unless another program has changed it since."""
    with opened() as library:
        known = library.workspaces.named(name)
        written = library.workspaces.write(known.id, output)
    tell(f"{written.message} {output or known.path}")


@workspace.command("forget", context_settings=HELP)
@library_option
@click.argument("name")
def workspace_forget(name: str) -> None:
    """Keep the file no longer; it stays, and its papers too."""
    with opened() as library:
        known = library.workspaces.named(name)
        library.workspaces.forget(known.id)
    tell(_("{name} is kept no longer.").format(name=known.name))
