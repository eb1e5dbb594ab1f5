"""The context menus of the sidebar's lines."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from refman.i18n import _
from refman.ui import icons, import_wording, theme
from refman.ui.sidebar.nodes import COLLECTIONS, LISTINGS, TAGS, Node
from refman.ui.sidebar.verbs import SidebarVerbs

# The colours of keys 1 to 9: apart in hue and in lightness, so that they can be told apart
# without seeing hue.
TAG_COLOURS = (
    "#e03131",
    "#f08c00",
    "#f2c80f",
    "#2f9e44",
    "#1098ad",
    "#3b5bdb",
    "#9c36b5",
    "#e64980",
    "#868e96",
)


@dataclass(frozen=True, slots=True)
class Callbacks:
    """What the sidebar itself does for a menu."""

    edit: Callable[[], None]  # let the name be typed over
    new_collection: Callable[[int | None], None]
    listing: Callable[[str, int], None]  # one of import_wording.ACTIONS, of a listing
    all_imports: Callable[[], None]


def node_menu(
    parent: QWidget, node: Node, verbs: SidebarVerbs, do: Callbacks, *, read_only: bool
) -> QMenu | None:
    """What can be done with `node`; None where there is nothing."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    if node.section == LISTINGS:
        _add_listing(menu, node, do, read_only=read_only)
    elif read_only:
        return None
    elif node.section == COLLECTIONS:
        _add_collection(menu, node, verbs, do)
    elif node.section == TAGS and node.id:
        _add_tag(menu, node, verbs, do)
    elif node.key == "trash" and node.count:
        menu.addAction(icons.icon("trash"), _("Empty the trash"), verbs.empty_trash)
    return None if menu.isEmpty() else menu


def _add_listing(menu: QMenu, node: Node, do: Callbacks, *, read_only: bool) -> None:
    if node.listing:
        for name, icon, text in import_wording.offered(node.listing, read_only=read_only):
            menu.addAction(icons.icon(icon), text, partial(do.listing, name, node.id))
        menu.addSeparator()
    menu.addAction(_("All imports …"), do.all_imports)


def _add_collection(menu: QMenu, node: Node, verbs: SidebarVerbs, do: Callbacks) -> None:
    menu.addAction(
        icons.icon("add"),
        _("New collection in this one") if node.id else _("New collection"),
        partial(do.new_collection, node.id or None),
    )
    if node.id:
        menu.addAction(icons.icon("rename"), _("Rename\tF2"), do.edit)
        menu.addSeparator()
        menu.addAction(
            icons.icon("trash"), _("Delete; its papers stay"), partial(verbs.delete, node)
        )


def _add_tag(menu: QMenu, node: Node, verbs: SidebarVerbs, do: Callbacks) -> None:
    siblings = node.parent.children if node.parent else []
    taken = {each.position: each.label for each in siblings if each.position}
    colours = menu.addMenu(icons.icon("tag"), _("Colour and key"))
    for position, colour in enumerate(TAG_COLOURS, 1):
        text = _("Key {digit}").format(digit=position)
        if position in taken:
            text += _(" · now “{name}”").format(name=taken[position])
        colours.addAction(_swatch(colour), text, partial(verbs.colour, node, colour, position))
    if node.colour:
        colours.addSeparator()
        colours.addAction(_("No colour"), partial(verbs.colour, node, "", None))
    menu.addAction(icons.icon("rename"), _("Rename\tF2"), do.edit)
    menu.addSeparator()
    menu.addAction(icons.icon("trash"), _("Delete; its papers stay"), partial(verbs.delete, node))


def _swatch(colour: str) -> QIcon:
    image = QPixmap(32, 32)
    image.fill(theme.colour("base"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(colour))
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(5, 5, 22, 22, 6, 6)
    painter.end()
    return QIcon(image)
