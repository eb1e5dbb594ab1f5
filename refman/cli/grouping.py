"""Putting papers together: tags and collections."""

import click

from refman.cli.command import HELP, chosen, done, library_option, opened, query_option
from refman.errors import UsageError
from refman.i18n import _


@click.group(context_settings=HELP)
def tag() -> None:
    """Tag papers; rename and list tags."""


@tag.command("add", context_settings=HELP)
@library_option
@click.argument("name", metavar="TAG")
@query_option
def tag_add(name: str, query: str) -> None:
    """Tag papers."""
    with opened() as library:
        if ids := chosen(library, query):
            done(library.tags.add(name, ids), _("They all have that tag already."))


@tag.command("remove", context_settings=HELP)
@library_option
@click.argument("name", metavar="TAG")
@query_option
def tag_remove(name: str, query: str) -> None:
    """Take a tag off papers."""
    with opened() as library:
        if ids := chosen(library, query):
            done(library.tags.remove(name, ids), _("None of them has that tag."))


@tag.command("rename", context_settings=HELP)
@library_option
@click.argument("old")
@click.argument("new")
def tag_rename(old: str, new: str) -> None:
    """Rename a tag; into one that there is, the two are joined."""
    with opened() as library:
        done(library.tags.rename(old, new), _("That is its name already."))


@tag.command("list", context_settings=HELP)
@library_option
def tag_list() -> None:
    """Print the tags with the number of their papers."""
    with opened() as library:
        for each in library.tags.list():
            click.echo(f"{each.name}\t{each.count}")


@click.group(context_settings=HELP)
def collection() -> None:
    """Put papers into collections; list them."""


@collection.command("add", context_settings=HELP)
@library_option
@click.argument("name")
@query_option
def collection_add(name: str, query: str) -> None:
    """Put papers into a collection.

    NAME may be a path, `Thesis/Chapter 2`; what is not there is made.
    """
    with opened() as library:
        if ids := chosen(library, query):
            done(library.collections.add_to_path(name, ids), _("They are all in it already."))


@collection.command("remove", context_settings=HELP)
@library_option
@click.argument("name")
@query_option
def collection_remove(name: str, query: str) -> None:
    """Take papers out of a collection; they stay in the library."""
    with opened() as library:
        found = library.collections.find(name)
        if found is None:
            raise UsageError(_("There is no collection “{name}”.").format(name=name))
        if ids := chosen(library, query):
            done(library.collections.remove(found, ids), _("None of them is in it."))


@collection.command("list", context_settings=HELP)
@library_option
def collection_list() -> None:
    """Print the collections with the number of their papers."""
    with opened() as library:
        for node in library.collections.tree():
            click.echo(f"{node.path}\t{node.count}")
