"""Every subcommand, on click; each calls verbs of `refman.library` and prints what they did.

A new one is a function in the module of its kind, and a line in `COMMANDS`. What programs
read goes to standard output, what people read to standard error.
"""

import io
import sys
from collections.abc import Sequence

import click

from refman.cli.command import OpenWindow, Session, refman

# In the order of the help: the module of a command and its function, imported when it is meant.
COMMANDS = {
    "import": "exchange:import_",
    "imports": "imports:imports",
    "review": "review:review",
    "watch": "watch:watch",
    "export": "exporting:export",
    "exports": "exporting:exports",
    "workspace": "workspaces:workspace",
    "list": "reading:list_",
    "show": "reading:show",
    "add": "papers:add",
    "edit": "papers:edit",
    "tag": "grouping:tag",
    "status": "papers:status",
    "collection": "grouping:collection",
    "note": "papers:note",
    "trash": "papers:trash",
    "restore-from-trash": "papers:restore_from_trash",
    "empty-trash": "papers:empty_trash",
    "merge": "papers:merge",
    "duplicates": "duplicates:duplicates",
    "keep-apart": "duplicates:keep_apart",
    "part": "duplicates:part",
    "keys": "keys:keys",
    "undo": "keeping:undo",
    "redo": "keeping:redo",
    "history": "keeping:history",
    "cite": "citing:cite",
    "styles": "citing:styles",
    "formats": "exchange:formats",
    "check": "checking:check",
    "backup": "keeping:backup",
    "restore": "keeping:restore",
}
refman.take(COMMANDS)


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
