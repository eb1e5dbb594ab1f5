"""What can be done to the lines of the sidebar, each a verb of the library in its turn."""

from collections.abc import Callable, Collection
from functools import partial

from refman.i18n import _
from refman.library import Changes, Library
from refman.ui.jobs import Jobs
from refman.ui.sidebar.nodes import COLLECTIONS, Node


class SidebarVerbs:
    """Each returns at once; the sidebar reads itself anew when it is done."""

    def __init__(self, library: Library, jobs: Jobs) -> None:
        self._library = library
        self._jobs = jobs

    def _write(self, label: str, verb: Callable[[], Changes]) -> None:
        self._jobs.write(label, verb)

    def create_collection(self, name: str, parent: int | None) -> None:
        verb = partial(self._library.collections.create, name, parent)
        self._write(_("New collection"), verb)

    def rename(self, node: Node, name: str) -> None:
        """Of a collection or a tag; a tag that is there already takes the other in."""
        if node.section == COLLECTIONS:
            verb = partial(self._library.collections.rename, node.id, name)
        else:
            verb = partial(self._library.tags.rename, node.label, name)
        self._write(_("Rename “{name}”").format(name=node.label), verb)

    def delete(self, node: Node) -> None:
        """Of a collection or a tag; the papers stay."""
        if node.section == COLLECTIONS:
            verb = partial(self._library.collections.delete, node.id)
        else:
            verb = partial(self._library.tags.delete, node.label)
        self._write(_("Delete “{name}”").format(name=node.label), verb)

    def colour(self, node: Node, colour: str, position: int | None) -> None:
        """Give a tag a colour and a key; '' and None take them away."""
        verb = partial(self._library.tags.set_colour, node.label, colour, position)
        self._write(_("Colour “{name}”").format(name=node.label), verb)

    def move_collection(self, collection_id: int, parent: int | None) -> None:
        verb = partial(self._library.collections.move, collection_id, parent)
        self._write(_("Move collection"), verb)

    def empty_trash(self) -> None:
        self._write(_("Empty the trash"), self._library.entries.empty_trash)

    def take_entries(self, node: Node, ids: Collection[int]) -> None:
        """What dropping papers on `node` means."""
        assert node.scope is not None
        library, status = self._library, str(node.scope.value)
        verbs: dict[str, Callable[[], Changes]] = {
            "collection": lambda: library.collections.add(node.id, ids),
            "tag": lambda: library.tags.add(node.label, ids),
            "status": lambda: library.reading_list.set_status(status, ids),
            "trash": lambda: library.entries.trash(ids),
        }
        self._write(_("Drop on “{name}”").format(name=node.label), verbs[node.scope.kind])
