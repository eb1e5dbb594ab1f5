"""What the panel shows of several selected papers: counts, and what can be done to all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from refman.i18n import _, ngettext
from refman.library import STATUSES, Library
from refman.ui import icons, theme
from refman.ui.comparing import MAXIMUM
from refman.ui.dialogs.merge import MergeDialog
from refman.ui.edits import Edits
from refman.ui.entry_panel.organise import (
    StatusBox,
    fetch_collection_names,
    fetch_tag_names,
    status_name,
)
from refman.ui.widgets.flow_layout import FlowLayout
from refman.ui.widgets.lettering import use_size
from refman.ui.widgets.tag_chips import Chip, TagChips

SAMPLE = 2000  # papers whose tags and statuses are counted


@dataclass(frozen=True, slots=True)
class Summary:
    """Of how many papers, how many of each status, and how many have each tag."""

    counted: int
    statuses: tuple[tuple[str, int], ...]
    tags: tuple[tuple[str, str, int], ...]  # name, colour, count


def summarise(library: Library, ids: Sequence[int]) -> Summary:
    """Count over the first SAMPLE of `ids`."""
    statuses: Counter[str] = Counter()
    tags: Counter[tuple[str, str]] = Counter()
    rows = library.search.rows(list(ids[:SAMPLE]))
    for row in rows:
        statuses[row.status] += 1
        tags.update((tag.name, tag.colour) for tag in row.tags)
    return Summary(
        counted=len(rows),
        statuses=tuple((status, statuses[status]) for status in STATUSES if statuses[status]),
        tags=tuple((name, colour, count) for (name, colour), count in tags.most_common(30)),
    )


class SelectionPage(QWidget):
    """Tag, file and set the status of all selected papers at once; merge them."""

    message = Signal(str)

    def __init__(self, edits: Edits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._ids: list[int] = []
        self.heading = QLabel()
        self._counts = QLabel(wordWrap=True)
        theme.set_kind(self._counts, "muted")
        self.status = StatusBox()
        self.status.setPlaceholderText(_("Set reading status"))
        self.status.activated.connect(self._set_status)
        self.tags = TagChips(_("Tag all"))
        self.tags.added.connect(self._add_tag)
        self.tags.removed.connect(self._remove_tag)
        self.tags.entered.connect(self._fetch_tags)
        self.held = TagChips(_("Add all to collection"), "collection")
        self.held.added.connect(self._add_to_collection)
        self.held.entered.connect(self._fetch_collections)
        self._merge = QPushButton(_("Merge…"))
        self._merge.setIcon(icons.icon("merge"))
        self._merge.setToolTip(_("These are the same paper: make one of them (Ctrl+M)"))
        self._merge.clicked.connect(self._open_merge)
        self._sample = QLabel(wordWrap=True)
        theme.set_kind(self._sample, "faint")
        row = FlowLayout(gap=8)
        row.addWidget(self.status)
        row.addWidget(self._merge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.heading)
        column.addWidget(self._counts)
        column.addLayout(row)
        column.addWidget(self.tags)
        column.addWidget(self.held)
        column.addWidget(self._sample)
        column.addStretch(1)
        self.status.setEnabled(edits.editable)
        self.tags.set_editable(edits.editable)
        self.held.set_editable(edits.editable)
        use_size(self.heading, 1.3, bold=True)

    def show_entries(self, ids: list[int]) -> None:
        """Show the number of papers; the rest follows from `show_summary`."""
        self._ids = ids
        count = len(ids)
        text = ngettext("{count} paper selected", "{count} papers selected", count)
        self.heading.setText(text.format(count=f"{count:,}"))
        self._merge.setVisible(self._edits.editable and 2 <= count <= MAXIMUM)

    def show_summary(self, summary: Summary) -> None:
        """Show the counts."""
        self._counts.setText(
            " · ".join(f"{status_name(status)} {count:,}" for status, count in summary.statuses)
        )
        self.tags.show_chips(
            [
                Chip(name, colour, f"{count:,}" if count < summary.counted else _("all"))
                for name, colour, count in summary.tags
            ]
        )
        same = len(summary.statuses) == 1
        self.status.setCurrentIndex(self.status.findData(summary.statuses[0][0]) if same else -1)
        counted_all = summary.counted >= len(self._ids)
        text = _("Counted over the first {count} papers.").format(count=f"{summary.counted:,}")
        self._sample.setText("" if counted_all else text)

    def edit_tags(self) -> None:
        """Put the cursor into the field for a tag."""
        self.tags.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _set_status(self) -> None:
        ids, status = list(self._ids), self.status.currentData()
        verb = self._edits.library.reading_list.set_status
        self._edits.write(_("Set reading status"), lambda: verb(status, ids))

    def _add_tag(self, name: str) -> None:
        ids, verb = list(self._ids), self._edits.library.tags.add
        self._edits.write(_("Tag papers"), lambda: verb(name, ids))

    def _remove_tag(self, name: str) -> None:
        ids, verb = list(self._ids), self._edits.library.tags.remove
        self._edits.write(_("Untag papers"), lambda: verb(name, ids))

    def _add_to_collection(self, path: str) -> None:
        ids, verb = list(self._ids), self._edits.library.collections.add_to_path
        self._edits.write(_("Add to collection"), lambda: verb(path, ids))

    def _fetch_tags(self) -> None:
        fetch_tag_names(self._edits, self.tags)

    def _fetch_collections(self) -> None:
        fetch_collection_names(self._edits, self.held)

    def _open_merge(self) -> None:
        MergeDialog(self._edits.library, self._edits.jobs, self._ids, self.window()).open()
