"""Keeping the library: undo, redo, history, backup, restore."""

from datetime import datetime
from pathlib import Path

import click

from refman.cli.command import FILE, HELP, library_option, opened, place, tell
from refman.i18n import _
from refman.library import Library


@click.command(context_settings=HELP)
@library_option
def undo() -> None:
    """Take the newest change back.

    Whoever made it: the steps of the window and of the commands are the same.
    """
    with opened() as library:
        changes = library.history.undo()
    tell(changes.message if changes else _("There is nothing to undo."))


@click.command(context_settings=HELP)
@library_option
def redo() -> None:
    """Do again what was undone last."""
    with opened() as library:
        changes = library.history.redo()
    tell(changes.message if changes else _("There is nothing to redo."))


@click.command(context_settings=HELP)
@library_option
def history() -> None:
    """Print what can be undone, the newest first."""
    with opened() as library:
        for step in library.history.steps():
            made = datetime.fromisoformat(step.made).astimezone()
            click.echo(f"{made:%Y-%m-%d %H:%M}\t{step.label}")


@click.command(context_settings=HELP)
@library_option
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Copy the library to FILE."""
    with opened() as library:
        library.backup(file)
    tell(_("The library is copied to {file}.").format(file=file))


@click.command(context_settings=HELP)
@library_option
@click.argument("file", type=FILE)
def restore(file: Path) -> None:
    """Put a backup in place of the library.

    The library as it is now is kept beside it.
    """
    kept = Library.restore(file, place())
    tell(_("{library} is now as it was in {file}.").format(library=place(), file=file))
    if kept:
        tell(_("What it was before is in {kept}.").format(kept=kept))
