"""What the sidebar shows, as a tree of plain nodes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from refman.i18n import _
from refman.library import ALL, STATUSES, Library, Scope
from refman.ui import import_wording
from refman.ui.entry_table.texts import STATUS_NAMES
from refman.ui.sidebar.pages import pages_of

if TYPE_CHECKING:  # none of these is read before the first papers are shown
    from refman.library import CollectionNode, Counts, Listing, Tag

LIBRARY, COLLECTIONS, LISTINGS, TAGS = "library", "collections", "listings", "tags"
ADD = "add"  # the icon of a heading that one can be added to
PAGES = 12  # of which imports are shown; the others are in the list of all
ALL_IMPORTS = "more:listings"  # the key of the line that leads there


@dataclass(eq=False, slots=True)
class Node:
    """`scope` is None for a heading and for a hint. `key` is the same after a refresh."""

    key: str
    label: str
    scope: Scope | None = None
    icon: str = ""
    count: int | None = None
    section: str = ""
    heading: bool = False
    colour: str = ""
    position: int | None = None
    tool_tip: str = ""
    path: str = ""  # of a collection; the name of a listing's page
    view: str = ""  # that it leads to, in the place of papers
    note: str = ""  # a second, quieter line
    file: str = ""  # another such line, where only it tells two listings apart
    dim: bool = False
    listing: "Listing | None" = None
    earlier: int = 0  # imports of the same page that are folded in it
    others: tuple[str, ...] = ()  # names of what is behind this line
    parent: "Node | None" = None
    children: "list[Node]" = field(default_factory=list)

    def add(self, node: "Node") -> "Node":
        node.parent = self
        node.section = node.section or self.section
        self.children.append(node)
        return node

    @property
    def row(self) -> int:
        return self.parent.children.index(self) if self.parent else 0

    @property
    def id(self) -> int:
        """Of the collection, tag or listing that it is; 0 of anything else."""
        return int(self.key.partition(":")[2]) if self.key[:2] in ("c:", "t:", "l:") else 0

    def shape(self) -> tuple[object, ...]:
        """Equal for two trees whose nodes are the same ones, whatever they count."""
        return (self.key, tuple(child.shape() for child in self.children))


def read(library: Library, shown: int = 0) -> Node:
    """The whole tree, in which the listing with the id `shown` is never left out.

    Called in the reading thread.
    """
    return build(
        library.search.counts(),
        library.collections.tree(),
        library.listings.list(),
        library.tags.list(),
        editable=not library.read_only,
        shown=shown,
        duplicates=library.duplicates.count(),
    )


def build(
    counts: "Counts",
    collections: "Sequence[CollectionNode]",
    listings: "Sequence[Listing]",
    tags: "Sequence[Tag]",
    *,
    editable: bool = True,
    shown: int = 0,
    duplicates: int = 0,
) -> Node:
    """The tree of what a library holds; `shown` as in `read`."""
    root = Node("root", "")
    _add_library(root, counts, duplicates)
    _add_collections(root, collections, editable=editable)
    _add_listings(root, listings, shown)
    _add_tags(root, tags)
    return root


def _section(root: Node, name: str, label: str) -> Node:
    return root.add(Node(f"section:{name}", label, section=name, heading=True))


def _hint(section: Node, text: str) -> None:
    section.add(Node(f"hint:{section.section}", text))


def _add_library(root: Node, counts: "Counts", duplicates: int) -> None:
    section = _section(root, LIBRARY, _("Library"))
    section.add(Node("all", _("All papers"), ALL, "library", counts.all))
    for status in STATUSES:
        scope = Scope("status", status)
        count = counts.by_status.get(status, 0)
        section.add(Node(f"status:{status}", STATUS_NAMES[status], scope, status, count))
    attention = Node(
        "attention", _("Needs attention"), Scope("attention"), "attention", counts.attention
    )
    attention.tool_tip = _("Papers with something missing or in doubt")
    section.add(attention)
    same = section.add(Node("duplicates", _("Duplicates"), icon="merge", count=duplicates))
    same.view = same.key
    same.tool_tip = _("Papers that may be the same, side by side")
    section.add(Node("trash", _("Trash"), Scope("trash"), "trash", counts.trash))


def _add_collections(
    root: Node, collections: "Sequence[CollectionNode]", *, editable: bool
) -> None:
    section = _section(root, COLLECTIONS, _("Collections"))
    section.icon = ADD if editable else ""
    nodes: dict[int | None, Node] = {None: section}
    for each in collections:
        node = Node(f"c:{each.id}", each.name, Scope("collection", each.id), "collection")
        node.count = each.count
        node.tool_tip = node.path = each.path
        nodes[each.id] = nodes[each.parent].add(node)
    if not collections:
        _hint(section, _("None yet: press +") if editable else _("None"))


def _add_listings(root: Node, listings: "Sequence[Listing]", shown: int) -> None:
    section = _section(root, LISTINGS, _("Listings"))
    pages = pages_of(listings)
    apart = import_wording.told_apart(listings)
    for place, page in enumerate(pages):
        if place >= PAGES and all(each.id != shown for each in page):
            continue
        nothing = import_wording.Distinction()
        node = section.add(_page_node(page[0], len(page) - 1, apart.get(page[0].id, nothing)))
        for each in page[1:]:
            node.add(_earlier_node(each, apart.get(each.id, nothing)))
    if len(pages) > PAGES:
        label = _("Show all imports … ({n:,})").format(n=len(listings))
        more = section.add(Node(ALL_IMPORTS, label))
        more.tool_tip = _("A list of every import, to search and to sort")
        more.others = tuple(import_wording.name_of(page[0]) for page in pages[PAGES:])
    if not listings:
        _hint(section, _("Imported pages stand here"))


def _page_node(listing: "Listing", earlier: int, apart: import_wording.Distinction) -> Node:
    node = _listing_node(listing, import_wording.name_of(listing))
    said = (import_wording.state(listing), import_wording.day_of(listing, apart))
    node.note = " · ".join(part for part in said if part)
    node.file = apart.file_of_day
    node.earlier = earlier
    return node


def _earlier_node(listing: "Listing", apart: import_wording.Distinction) -> Node:
    node = _listing_node(listing, import_wording.day_of(listing, apart))
    node.note = import_wording.state(listing)
    node.file = apart.file_of_day
    return node


def _listing_node(listing: "Listing", label: str) -> Node:
    scope = Scope("listing", listing.id)
    node = Node(f"l:{listing.id}", label, scope, "listing", listing.count)
    node.path = import_wording.name_of(listing)
    node.listing = listing
    node.dim = bool(listing.taken_back)
    return node


def _add_tags(root: Node, tags: "Sequence[Tag]") -> None:
    section = _section(root, TAGS, _("Tags"))
    for each in tags:
        node = Node(f"t:{each.id}", each.name, Scope("tag", each.id), "tag", each.count)
        node.colour, node.position = each.colour, each.position
        if each.position:
            node.tool_tip = _("{name}: press {key} to put it on or off").format(
                name=each.name, key=each.position
            )
        section.add(node)
    if not tags:
        _hint(section, _("Your tags for papers stand here"))
