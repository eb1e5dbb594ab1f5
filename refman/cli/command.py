"""What the commands share: the group, the library they are about, and how they speak."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from refman import __version__, paths
from refman.cli.progress_line import progress_shown
from refman.errors import RefmanError, UsageError
from refman.i18n import _
from refman.library import ALL, Changes, Library, Scope

OpenWindow = Callable[[Path | None, Sequence[Path]], int]
WINDOW = "window"  # the name of what is meant by files alone; nobody types it
HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

# Whether it can be read is for those to tell who read it: that is no wrong usage.
FILE = click.Path(path_type=Path, readable=False)


@dataclass
class Session:
    """What holds for the whole of one command."""

    open_window: OpenWindow
    library: Path | None = None


class Commands(click.Group):
    """The subcommands in the order in which they were taken; a file's name is the window's."""

    _places: Mapping[str, str]

    def take(self, places: Mapping[str, str]) -> None:
        """Have commands, each a `module:function` below `refman.cli`, imported when it is meant."""
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self._places]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self._places and cmd_name not in self.commands:
            module, _colon, name = self._places[cmd_name].partition(":")
            found = getattr(import_module(f"refman.cli.{module}"), name)
            assert isinstance(found, click.Command), cmd_name
            self.add_command(found, cmd_name)
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] != WINDOW and args[0] not in self._places:
            if Path(args[0]).exists():
                return WINDOW, self.commands[WINDOW], args
            raise UsageError(
                _("There is neither a command nor a file “{name}”. See `refman --help`.").format(
                    name=args[0]
                )
            )
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Whoever read our output (`head`) has enough. What is left must go nowhere quietly.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0


def _take_library(ctx: click.Context, _option: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.ensure_object(Session).library = value


library_option = click.option(
    "--library",
    type=FILE,
    metavar="L",
    expose_value=False,
    callback=_take_library,
    help="The library file; without it, yours in your data folder.",
)
TRASH = Scope("trash")
query_option = click.option(
    "--query", metavar="Q", required=True, help="Which papers: see `refman list --help`."
)


@click.group(cls=Commands, invoke_without_command=True, context_settings=HELP)
@library_option
@click.version_option(__version__, message="refman %(version)s")
@click.pass_context
def refman(ctx: click.Context) -> int | None:
    """A local-first reference manager for people who keep a reading list.

    `refman` alone opens the window; `refman FILE…` opens it and imports the files, or shows
    them if they are libraries. The commands need no display.

    Exit status: 0 done, 1 some rows failed or `check` found something, 2 wrong usage,
    3 something could not be read or written, 4 a bug.
    """
    if ctx.invoked_subcommand is None:
        session = ctx.ensure_object(Session)
        return session.open_window(session.library, ())
    return None


@refman.command(WINDOW, hidden=True)
@click.argument("files", nargs=-1, type=FILE)
@click.pass_obj
def _window(session: Session, files: tuple[Path, ...]) -> int:
    return session.open_window(session.library, files)


@contextmanager
def opened(*, create: bool = False, read_only: bool = False) -> Iterator[Library]:
    """The library that the command is about. Raises ReadError.

    One that could not be opened for writing is read, and that is said at the end. Exports that
    are kept up to date follow what the command changed; what is wrong with one is told, and
    changes the exit status of no command that did what it was asked for.
    """
    library = Library.open(place(), create=create, read_only=read_only)
    try:
        before = library.database.data_version()
        try:
            yield library
        except RefmanError:  # what was done before it is done
            _keep_up(library, before)
            raise
        _keep_up(library, before)
    finally:
        library.close()
    if library.read_only and not read_only:
        tell(_("{path} is open for reading only.").format(path=library.path))


def _keep_up(library: Library, before: int) -> None:
    """Bring the exports up to date if the library is not as it was `before`."""
    if library.database.data_version() == before:
        return
    try:
        with progress_shown() as progress:
            runs = library.exports.keep_up(progress)
    except KeyboardInterrupt:
        tell(_("Stopped. The change is made; `refman exports now` brings the exports up to date."))
        return
    for run in runs:
        if run.error:
            tell(_("Export “{name}”: {error}").format(name=run.name, error=run.error))


def place() -> Path:
    session = click.get_current_context().find_object(Session)
    return (session.library if session else None) or paths.default_library()


def tell(sentence: str) -> None:
    """Say something to a person, without disturbing what a program reads."""
    click.echo(sentence, err=True)


def done(changes: Changes, otherwise: str) -> None:
    """Say what a verb did, or `otherwise` where nothing changed."""
    tell((changes.message or changes.label + ".") if changes.count else otherwise)


def chosen(library: Library, query: str, scope: Scope = ALL) -> list[int]:
    """The papers of a query; says so where there are none."""
    ids = list(library.search.ids(query, scope=scope))
    if not ids:
        tell(_("No paper answers the query “{query}”.").format(query=query))
    return ids


def paper(library: Library, key: str) -> int:
    """The paper that a citation key names. Raises UsageError."""
    found = library.entries.find(key)
    if found is None:
        raise UsageError(
            _("No paper has the citation key “{key}”. `refman list` shows the keys.").format(
                key=key
            )
        )
    return found
