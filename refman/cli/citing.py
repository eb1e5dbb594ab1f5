"""Papers cited: citations, bibliographies and references to citation keys; citation styles."""

from pathlib import Path

import click

from refman.cli.command import FILE, HELP, chosen, library_option, opened, paper, tell
from refman.errors import UsageError
from refman.i18n import _
from refman.library import Citations, Style

KINDS = ("citation", "bibliography", "latex", "pandoc", "typst", "keys")
MARKUPS = ("text", "html", "markdown")


@click.command(context_settings=HELP)
@library_option
@click.argument("keys", metavar="[KEY]…", nargs=-1)
@click.option("--query", metavar="Q", help="These papers, in the order of `refman list`.")
@click.option("--style", metavar="S", help="See `refman styles`; apa if none.")
@click.option("--as", "kind", type=click.Choice(KINDS), default=KINDS[0], show_default=True)
@click.option(
    "--markup", type=click.Choice(MARKUPS), help="Of a citation or bibliography; text if none."
)
@click.option("--locale", metavar="L", help="The language, as in de-DE; else the style's own.")
def cite(
    keys: tuple[str, ...],
    query: str | None,
    style: str | None,
    kind: str,
    markup: str | None,
    locale: str | None,
) -> None:
    """Print papers as a text cites them.

    `--as citation` and `bibliography` follow a style; `latex`, `pandoc`, `typst` and `keys` print
    citation keys, which will not change from then on.
    """
    if not keys and query is None:
        raise UsageError(_("Say which papers: citation keys, or --query."))
    if kind in KINDS[2:] and (style or markup or locale):
        raise UsageError(
            _("--style, --markup and --locale are for --as citation and --as bibliography.")
        )
    with opened(read_only=kind in KINDS[:2]) as library:
        ids = [paper(library, key) for key in keys]
        if query is not None:
            ids += chosen(library, query)
        ids = list(dict.fromkeys(ids))
        if not ids:
            return
        citations = library.citations
        if kind in KINDS[2:]:
            text = citations.references(ids, kind)
        else:
            verb = citations.citation if kind == "citation" else citations.bibliography
            given = {"style": style, "markup": markup, "locale": locale}
            text = verb(ids, **{name: value for name, value in given.items() if value})
    click.echo(text)


@click.group(context_settings=HELP, invoke_without_command=True)
@click.option("--all", "every", is_flag=True, help="All that came with refman.")
@click.pass_context
def styles(ctx: click.Context, every: bool) -> None:
    """List the citation styles; add and remove your own."""
    if ctx.invoked_subcommand is None:
        for style in Citations.styles(every=every):
            _show(style)


@styles.command("add", context_settings=HELP)
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=FILE)
def styles_add(files: tuple[Path, ...]) -> None:
    """Keep .csl files as your own styles."""
    for file in files:
        style = Citations.add_style(file)
        tell(_("Added the style “{name}”: {title}.").format(name=style.name, title=style.title))


@styles.command("remove", context_settings=HELP)
@click.argument("name")
def styles_remove(name: str) -> None:
    """Forget one of your own styles."""
    Citations.remove_style(name)
    tell(_("Removed the style “{name}”.").format(name=name))


def _show(style: Style) -> None:
    own = "" if style.builtin else "  " + _("(your own)")
    click.echo(f"{style.name:15} {style.title}{own}")
