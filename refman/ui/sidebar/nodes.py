"""What the sidebar shows, as a tree of plain nodes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from refman.i18n import _
from refman.library import (
    ALL,
    STATUSES,
    CollectionNode,
    Counts,
    Library,
    Listing,
    Scope,
    Tag,
)
from refman.ui.entry_table.texts import STATUS_NAMES

LIBRARY, COLLECTIONS, LISTINGS, TAGS = "library", "collections", "listings", "tags"
ADD = "add"  # the icon of a heading that one can be added to


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
    path: str = ""  # of a collection
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


def read(library: Library) -> Node:
    """The whole tree. Called in the reading thread."""
    return build(
        library.search.counts(),
        library.collections.tree(),
        library.listings.list(),
        library.tags.list(),
        editable=not library.read_only,
    )


def build(
    counts: Counts,
    collections: Sequence[CollectionNode],
    listings: Sequence[Listing],
    tags: Sequence[Tag],
    *,
    editable: bool = True,
) -> Node:
    """The tree of what a library holds."""
    root = Node("root", "")
    _add_library(root, counts)
    _add_collections(root, collections, editable=editable)
    _add_listings(root, listings)
    _add_tags(root, tags)
    return root


def _section(root: Node, name: str, label: str) -> Node:
    return root.add(Node(f"section:{name}", label, section=name, heading=True))


def _hint(section: Node, text: str) -> None:
    section.add(Node(f"hint:{section.section}", text))


def _add_library(root: Node, counts: Counts) -> None:
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
    section.add(Node("trash", _("Trash"), Scope("trash"), "trash", counts.trash))


def _add_collections(root: Node, collections: Sequence[CollectionNode], *, editable: bool) -> None:
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


def _add_listings(root: Node, listings: Sequence[Listing]) -> None:
    section = _section(root, LISTINGS, _("Listings"))
    for each in listings:
        label = each.header.name or each.header.affiliation or each.name
        node = Node(f"l:{each.id}", label, Scope("listing", each.id), "listing", each.count)
        node.tool_tip = _("{name}\nImported {imported}, as of {as_of}").format(
            name=each.name, imported=each.imported[:10], as_of=each.as_of
        )
        section.add(node)
    if not listings:
        _hint(section, _("Imported pages stand here"))


def _add_tags(root: Node, tags: Sequence[Tag]) -> None:
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
