"""Every subcommand, on click; each calls verbs of `refman.library` and prints what they did.

A new one is a function in the module of its kind, and its name in `COMMANDS`. What programs
read goes to standard output, what people read to standard error.
"""

import io
import sys
from collections.abc import Sequence

import click

from refman.cli import (
    checking,
    citing,
    exchange,
    exporting,
    grouping,
    keeping,
    keys,
    papers,
    reading,
    workspaces,
)
from refman.cli.command import OpenWindow, Session, refman

# In the order of the help.
COMMANDS: tuple[click.Command, ...] = (
    exchange.import_,
    exporting.export,
    exporting.exports,
    workspaces.workspace,
    reading.list_,
    reading.show,
    papers.add,
    papers.edit,
    grouping.tag,
    papers.status,
    grouping.collection,
    papers.note,
    papers.trash,
    papers.restore_from_trash,
    papers.empty_trash,
    papers.merge,
    keys.keys,
    keeping.undo,
    keeping.redo,
    keeping.history,
    citing.cite,
    citing.styles,
    exchange.formats,
    checking.check,
    keeping.backup,
    keeping.restore,
)
for _command in COMMANDS:
    refman.add_command(_command)


def run(arguments: Sequence[str], open_window: OpenWindow) -> int:
    """Do what `arguments` ask for; the exit status. Files alone go to `open_window`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names of all scripts come: a file or pipe gets UTF-8, an old terminal what it can.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    try:
        outcome = refman.main(
            list(arguments), "refman", standalone_mode=False, obj=Session(open_window)
        )
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    return outcome if isinstance(outcome, int) else 0
