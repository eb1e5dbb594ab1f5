"""What the user says of a paper: reading status, rating, tags, collections."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from refman.i18n import _
from refman.library import STATUSES
from refman.ui import icons
from refman.ui.edits import Edits
from refman.ui.entry_panel.paper import Paper
from refman.ui.entry_panel.rating import Rating
from refman.ui.widgets.flow_layout import FlowLayout
from refman.ui.widgets.tag_chips import Chip, TagChips


def status_name(status: str) -> str:
    """A reading status as it stands on the screen."""
    names = {
        "inbox": _("Inbox"),
        "to-read": _("To read"),
        "reading": _("Reading"),
        "read": _("Read"),
        "dropped": _("Dropped"),
    }
    return names.get(status, status)


class StatusBox(QComboBox):
    """The reading statuses; the wheel leaves it alone unless it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Reading status"))
        self.setToolTip(_("Reading status"))
        self.setIconSize(QSize(16, 16))
        for status in STATUSES:
            self.addItem(icons.icon(f"status-{status}"), status_name(status), status)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Organise(QWidget):
    """Status, stars and chips."""

    def __init__(self, edits: Edits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._paper: Paper | None = None
        self._collections: dict[str, int] = {}
        self.status = StatusBox()
        self.status.activated.connect(self._set_status)
        self.rating = Rating()
        self.rating.rated.connect(self._rate)
        self.tags = TagChips(_("Add tag"))
        self.tags.added.connect(self._add_tag)
        self.tags.removed.connect(self._remove_tag)
        self.tags.entered.connect(self._fetch_tag_names)
        self.held = TagChips(_("Add to collection"), "collection")
        self.held.added.connect(self._add_to_collection)
        self.held.removed.connect(self._remove_from_collection)
        self.held.entered.connect(self._fetch_collection_names)
        self.status.setEnabled(edits.editable)
        self.rating.set_editable(edits.editable)
        self.tags.set_editable(edits.editable)
        self.held.set_editable(edits.editable)
        row = FlowLayout(gap=12)
        row.addWidget(self.status)
        row.addWidget(self.rating)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 0, 6)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.tags)
        column.addWidget(self.held)

    def show_paper(self, paper: Paper) -> None:
        """Show what was said of `paper`."""
        self._paper = paper
        details = paper.details
        self.status.setCurrentIndex(self.status.findData(details.status))
        self.rating.show_rating(details.rating)
        self.tags.show_chips(
            [
                Chip(tag.name, tag.colour, str(tag.position) if tag.position else "")
                for tag in details.tags
            ]
        )
        self._collections = {name: number for number, name in details.collections}
        self.held.show_chips([Chip(name) for _number, name in details.collections])

    def edit_tags(self) -> None:
        """Put the cursor into the field for a new tag."""
        self.tags.field.setFocus()

    def _set_status(self) -> None:
        if self._paper:
            ids, status = [self._paper.id], self.status.currentData()
            verb = self._edits.library.reading_list.set_status
            self._edits.write(_("Set reading status"), lambda: verb(status, ids))

    def _rate(self, rating: int) -> None:
        if self._paper:
            ids, verb = [self._paper.id], self._edits.library.entries.rate
            self._edits.write(_("Rate paper"), lambda: verb(ids, rating))

    def _add_tag(self, name: str) -> None:
        if self._paper:
            ids, verb = [self._paper.id], self._edits.library.tags.add
            self._edits.write(_("Tag paper"), lambda: verb(name, ids))

    def _remove_tag(self, name: str) -> None:
        if self._paper:
            ids, verb = [self._paper.id], self._edits.library.tags.remove
            self._edits.write(_("Untag paper"), lambda: verb(name, ids))

    def _add_to_collection(self, path: str) -> None:
        if self._paper:
            ids, verb = [self._paper.id], self._edits.library.collections.add_to_path
            self._edits.write(_("Add to collection"), lambda: verb(path, ids))

    def _remove_from_collection(self, name: str) -> None:
        number = self._collections.get(name)
        if self._paper and number is not None:
            ids, verb = [self._paper.id], self._edits.library.collections.remove
            self._edits.write(_("Take out of collection"), lambda: verb(number, ids))

    def _fetch_tag_names(self) -> None:
        fetch_tag_names(self._edits, self.tags)

    def _fetch_collection_names(self) -> None:
        fetch_collection_names(self._edits, self.held)


def fetch_tag_names(edits: Edits, chips: TagChips) -> None:
    """Let the field of `chips` complete the tags that there are."""
    edits.jobs.read("panel.tag-names", edits.library.tags.names, chips.set_names)


def fetch_collection_names(edits: Edits, chips: TagChips) -> None:
    """Let the field of `chips` complete the paths of the collections that there are."""

    def paths() -> list[str]:
        return [node.path for node in edits.library.collections.tree()]

    edits.jobs.read("panel.collection-names", paths, chips.set_names)
