"""Papers out: export, and exports that have a name."""

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from refman.cli.command import FILE, HELP, done, library_option, opened, tell
from refman.cli.progress_line import progress_shown
from refman.errors import UsageError
from refman.i18n import _
from refman.library import ExportInfo, Exports, ExportSettings, Library
from refman.library.export_settings import ORDERS
from refman.library.exporting import Export, format_of

if TYPE_CHECKING:
    from refman.library.following import Run

EPILOG = """
Papers without a title are left out. Without --query, --collection, --tag or --cited-in all
papers outside the trash are written. `refman exports options` lists what --style takes.
"""


@click.command(context_settings=HELP, epilog=EPILOG)
@library_option
@click.option("--format", "format_name", metavar="F", help="See `refman formats`; bibtex if none.")
@click.option("--query", metavar="Q", help="Only papers that answer it.")
@click.option("--collection", metavar="C", help="Only those of a collection, and what is in it.")
@click.option("--tag", metavar="T", help="Only those with a tag, or one below it.")
@click.option(
    "--cited-in",
    "cited",
    metavar="PATH",
    multiple=True,
    help="Only those cited in a .tex, .md or .typ file, or in a folder; may be repeated.",
)
@click.option("--order", type=click.Choice(ORDERS), help="By which the papers follow; key if none.")
@click.option("--descending", is_flag=True, help="In the opposite order.")
@click.option(
    "--style",
    "styles",
    metavar="NAME=VALUE",
    multiple=True,
    help="How BibTeX or BibLaTeX is written: see `refman exports options`; may be repeated.",
)
@click.option("-o", "--output", metavar="FILE", type=FILE, help="Else it is printed.")
@click.option("--save", metavar="NAME", help="Keep these settings, and the file, under a name.")
@click.option("--keep", is_flag=True, help="Keep the file up to date: it follows the library.")
@click.option("--name", metavar="NAME", help="Write a saved export, to its own file or to -o.")
def export(
    format_name: str | None,
    query: str | None,
    collection: str | None,
    tag: str | None,
    cited: tuple[str, ...],
    order: str | None,
    descending: bool,
    styles: tuple[str, ...],
    output: Path | None,
    save: str | None,
    keep: bool,
    name: str | None,
) -> int:
    """Write papers as a bibliography. Their citation keys will not change from then on.

    With --save the settings get a name, by which `--name` writes them again and `refman
    exports` lists them; with --keep too, the window and every command that changes the
    library write the file anew. The exit status is 1 where a key is cited that no paper has.
    """
    chosen = {"query": query, "collection": collection, "tag": tag, "cited": cited or None}
    chosen = {which: value for which, value in chosen.items() if value is not None}
    if name is not None:
        if chosen or format_name or order or descending or styles or save or keep:
            raise UsageError(_("A saved export has its settings: give --name alone, or with -o."))
        with opened() as library:
            return _write_saved(library, name, output)
    if len(chosen) > 1:
        raise UsageError(_("Give one of --query, --collection, --tag and --cited-in."))
    if keep and not (save and output):
        raise UsageError(_("--keep needs a name and a file: add --save NAME and -o FILE."))
    which, value = next(iter(chosen.items()), ("all", ""))
    with opened() as library:
        settings = ExportSettings(
            format=format_name or (format_of(output) if output else "bibtex"),
            which=which,
            value=value if isinstance(value, str) else "",
            files=cited,
            order=order or "key",
            descending=descending,
            style=library.exports.style_of(styles) if styles else {},
        )
        if save:
            done(
                library.exports.save(save, settings, output or "", kept=keep),
                _("This export is saved so already."),
            )
            if output:
                return _tell_run(library.exports.run(save))
        if output:
            exported = library.exporting.chosen_to_file(settings, output)
        else:
            exported = library.exporting.chosen_text(settings)
            click.echo(exported.text, nl=False)
    return _tell_export(exported)


def _write_saved(library: Library, name: str, output: Path | None) -> int:
    known = library.exports.get(name)
    if output is None and not known.path:
        exported = library.exporting.chosen_text(known.settings)
        click.echo(exported.text, nl=False)
        return _tell_export(exported)
    with progress_shown() as progress:
        return _tell_run(library.exports.run(name, output, progress))


def _tell_export(exported: Export) -> int:
    for remark in exported.remarks:
        tell(remark)
    tell(exported.message)
    return 1 if exported.unknown else 0


def _tell_run(run: "Run") -> int:
    for remark in run.remarks:
        tell(remark)
    tell(f"{'refman: ' if run.error else ''}{run.message}")
    if run.edited:
        tell(_("See `refman exports diff` and `refman exports resolve`."))
    if run.error:
        return 1 if run.edited else 3
    return 1 if run.unknown else 0


@click.group(context_settings=HELP, invoke_without_command=True)
@library_option
@click.option("--json", "as_json", is_flag=True, help="Print a list, for programs.")
@click.pass_context
def exports(ctx: click.Context, as_json: bool) -> None:
    """List exports that have a name, and their state.

    `refman export --save NAME` makes one. A line is name, state, papers, when the file was
    last written, and the file. The state is: manual, if it is written only when asked;
    current; waiting for the next run; error; or edited, by another program.
    """
    if ctx.invoked_subcommand is not None:
        return
    with opened(read_only=True) as library:
        known = library.exports.list()
    if as_json:
        click.echo(json.dumps([_object(each) for each in known], ensure_ascii=False, indent=1))
        return
    for each in known:
        count = "" if each.count is None else str(each.count)
        cells = (each.name, each.status, count, _moment(each.written), each.path)
        click.echo("\t".join(cells))
        for remark in filter(None, (each.error, *each.remarks)):
            tell(f"{each.name}: {remark}")


def _object(info: ExportInfo) -> dict[str, object]:
    settings = {each.name: getattr(info.settings, each.name) for each in fields(info.settings)}
    values = {each.name: getattr(info, each.name) for each in fields(info)}
    return {**values, "settings": {**settings, "style": dict(info.settings.style)}}


def _moment(stamp: str) -> str:
    return f"{datetime.fromisoformat(stamp).astimezone():%Y-%m-%d %H:%M}" if stamp else ""


@exports.command("now", context_settings=HELP)
@library_option
@click.argument("names", metavar="[NAME]…", nargs=-1)
def exports_now(names: tuple[str, ...]) -> int:
    """Write exports to their files now.

    Without NAME all that have a file.
    The exit status is 3 where one could not be written, 1 where another program edited a
    file, which is left alone, or where a key is cited that no paper has.
    """
    with opened() as library:
        wanted: Sequence[str] = names or [e.name for e in library.exports.list() if e.path]
        worst = 0
        for name in wanted:
            with progress_shown() as progress:
                run = library.exports.run(name, progress=progress)
            worst = max(worst, _tell_run(run))
    if not wanted:
        tell(_("No export has a file: see `refman export --help`, --save."))
    return worst


@exports.command("rename", context_settings=HELP)
@library_option
@click.argument("old")
@click.argument("new")
def exports_rename(old: str, new: str) -> None:
    """Give an export another name."""
    with opened() as library:
        done(library.exports.rename(old, new), _("That is its name already."))


@exports.command("delete", context_settings=HELP)
@library_option
@click.argument("name")
def exports_delete(name: str) -> None:
    """Forget an export. Its file stays."""
    with opened() as library:
        done(library.exports.delete(name), "")


@exports.command("diff", context_settings=HELP)
@library_option
@click.argument("name")
def exports_diff(name: str) -> int:
    """Print what refman would change in a file.

    The exit status is 1 if anything.
    """
    with opened(read_only=True) as library:
        difference = library.exports.difference(name)
    click.echo(difference, nl=False)
    return 1 if difference else 0


@exports.command("resolve", context_settings=HELP)
@library_option
@click.argument("name")
@click.option("--keep-ours", is_flag=True, help="Write it; the other version stays beside it.")
@click.option(
    "--keep-theirs", is_flag=True, help="Leave the file alone; the export has none any more."
)
@click.option("--keep-both", is_flag=True, help="Leave it alone, and go on in a file beside it.")
def exports_resolve(name: str, keep_ours: bool, keep_theirs: bool, keep_both: bool) -> int:
    """Settle a file that another program edited.

    `refman exports diff NAME` shows the difference, and `refman import FILE` takes the other
    version into the library.
    """
    if keep_ours + keep_theirs + keep_both != 1:
        raise UsageError(_("Say one of --keep-ours, --keep-theirs and --keep-both."))
    with opened() as library:
        if not keep_theirs:
            return _tell_run(library.exports.resolve(name, "ours" if keep_ours else "both"))
        run = library.exports.resolve(name, "theirs")
    tell(_("{path} is left as it is, and follows the library no more.").format(path=run.path))
    return 0


@exports.command("options", context_settings=HELP)
@library_option
def exports_options() -> None:
    """List what `refman export --style` takes.

    Fields of a list stand between commas: omit=abstract,file. `abbreviations` may be given
    again for every journal, and turns `abbreviate` on.
    """
    for each in Exports.style_options():
        click.echo(f"{each.name}={each.syntax}")
        click.echo(f"    {each.help}")
