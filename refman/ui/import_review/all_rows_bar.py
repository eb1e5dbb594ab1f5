"""The line at the foot: tags, collection and status for the papers of all rows."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QWidget

from refman.i18n import _, ngettext
from refman.library import STATUSES, Changes
from refman.ui import icons, theme
from refman.ui.edits import Edits
from refman.ui.entry_panel.organise import status_name
from refman.ui.widgets.flow_layout import FlowLayout
from refman.ui.widgets.tag_chips import AddField

READ_TAGS, READ_COLLECTIONS = "review.tag-names", "review.collection-names"


class AllRowsBar(QWidget):
    """What is given here, every paper of the import gets, in one step that Undo takes back."""

    message = Signal(str)
    left = Signal()

    def __init__(self, edits: Edits, listing_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._listing_id = listing_id
        self._count = 0
        self._label = QLabel(self)
        theme.set_kind(self._label, "section")
        self.tags = self._field(
            _("Add tag"), _("A tag for all papers of this import; several with commas between")
        )
        self.tags.added.connect(self._tag)
        self.tags.entered.connect(self._fetch_tags)
        self.collection = self._field(
            _("Add to collection"), _("A collection for all papers of this import: A/B lies in A")
        )
        self.collection.added.connect(self._put_into)
        self.collection.entered.connect(self._fetch_collections)
        self.status = QToolButton(self, text=_("Set status"))
        self.status.setToolTip(_("A reading status for all papers of this import"))
        self.status.setIcon(icons.icon("chevron-down"))
        self.status.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.status.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        theme.set_kind(self.status, "button")
        menu = QMenu(self.status)
        for status in STATUSES:
            act = menu.addAction(icons.icon(f"status-{status}"), status_name(status))
            act.triggered.connect(partial(self.set_status, status))
        self.status.setMenu(menu)
        flow = FlowLayout(self, gap=8)
        flow.setContentsMargins(14, 6, 14, 6)
        for part in (self._label, self.tags, self.collection, self.status):
            flow.addWidget(part)

    def show_count(self, papers: int) -> None:
        """Say how many papers there are; without any there is nothing to give."""
        self._count = papers
        self._label.setText(
            ngettext("The one paper:", "All {count:,} papers:", papers).format(count=papers)
        )
        self.setVisible(papers > 0 and self._edits.editable)

    @property
    def text(self) -> str:
        """What it says before its fields."""
        return self._label.text()

    def set_status(self, status: str) -> None:
        """Give all papers a reading status."""
        verb, listing_id = self._edits.library.review.set_status, self._listing_id
        said = _("{papers} are set to “{status}”.").format(
            papers=self._papers(), status=status_name(status)
        )
        self._write(_("Set reading status"), partial(verb, listing_id, status), said)

    def _tag(self, typed: str) -> None:
        names = [name for part in typed.split(",") if (name := part.strip())]
        if names:
            verb, listing_id = self._edits.library.review.tag, self._listing_id
            said = _("{papers} have the tag {names}.").format(
                papers=self._papers(), names=", ".join(f"“{name}”" for name in names)
            )
            self._write(_("Tag papers"), partial(verb, listing_id, names), said)

    def _put_into(self, path: str) -> None:
        verb, listing_id = self._edits.library.review.put_into, self._listing_id
        said = _("{papers} are in “{name}”.").format(papers=self._papers(), name=path)
        self._write(_("Add to collection"), partial(verb, listing_id, path), said)

    def _write(self, label: str, work: "partial[Changes]", said: str) -> None:
        self._edits.write(label, work, partial(self._tell, said))

    def _tell(self, said: str, changes: Changes) -> None:
        if not changes.message:
            self.message.emit(said)

    def _papers(self) -> str:
        return ngettext("One paper", "All {count:,} papers", self._count).format(count=self._count)

    def _field(self, name: str, tip: str) -> AddField:
        field = AddField(self)
        field.setPlaceholderText(name)
        field.setAccessibleName(tip)
        field.setToolTip(tip)
        field.left.connect(self.left)
        theme.set_kind(field, "chip")
        return field

    def _fetch_tags(self) -> None:
        self._edits.jobs.read(READ_TAGS, self._edits.library.tags.names, self.tags.set_names)

    def _fetch_collections(self) -> None:
        tree = self._edits.library.collections.tree
        self._edits.jobs.read(
            READ_COLLECTIONS, lambda: [node.path for node in tree()], self.collection.set_names
        )
