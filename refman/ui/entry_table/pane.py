"""The papers in view: which part of the library, which search, which order, and the table."""

from array import array
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from refman.i18n import _
from refman.library import ALL, Library, Scope
from refman.library.columns import BY_NAME
from refman.model.text import fold
from refman.ui.entry_table.view import EntryTable
from refman.ui.jobs import Jobs
from refman.ui.widgets.empty_state import EmptyState

TYPE_AHEAD_STEP = 500  # rows looked at in one go

Action = tuple[str, Callable[[], None]]


class EntryPane(QWidget):
    """The table, or where it is empty what to do next. Searches run in the reading thread."""

    found = Signal()  # other papers are in view, or the same ones anew
    clear_wanted = Signal()  # the button of a search that found nothing

    def __init__(self, library: Library, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self.scope = ALL
        self.query = ""
        self.sort, self.descending = "added", True
        self._import_actions: Sequence[Action] = ()
        self.table = EntryTable(library.search.rows, self)
        self.table.sort_changed.connect(self.sort_by)
        self.table.typed_ahead.connect(self._type_ahead)
        self.empty = EmptyState(self)
        self.empty.setAutoFillBackground(True)
        self.empty.setBackgroundRole(QPalette.ColorRole.Base)
        self._select_when_found = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._stack = QStackedLayout()
        self._column.addLayout(self._stack, 1)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.setFocusProxy(self.table)

    def add_strip(self, strip: QWidget) -> None:
        """Put `strip` above the papers."""
        self._column.insertWidget(self._column.count() - 1, strip)

    def offer(self, actions: Sequence[Action]) -> None:
        """Have an empty library offer these."""
        self._import_actions = actions
        if not self.count:
            self._say_empty()

    @property
    def count(self) -> int:
        """How many papers are in view."""
        return len(self.table.entries.ids)

    def set_scope(self, scope: Scope) -> None:
        """Show another part of the library, from its top."""
        if scope != self.scope:
            self.scope = scope
            self.table.clearSelection()
            self.table.scrollToTop()
            self.refresh()

    def set_query(self, query: str) -> None:
        """Show what is found by `query`."""
        if query != self.query:
            self.query = query
            self.refresh()

    def sort_by(self, column: str, descending: bool) -> None:
        """Order the papers by a column of `columns.COLUMNS`."""
        if column not in BY_NAME:
            column, descending = "added", True
        self.sort, self.descending = column, descending
        self.table.set_sort(column, descending)
        self.refresh()

    def select_when_found(self, entry_id: int) -> None:
        """Select this paper as soon as it is in view."""
        self._select_when_found = entry_id
        if self.table.select_id(entry_id):
            self._select_when_found = 0

    def refresh(self) -> None:
        """Search again; an older search that still runs is interrupted."""
        self._jobs.read("search", self._search(), self._show)

    def load_now(self) -> None:
        """Search in this thread: for the window's first rows."""
        self._show(self._search()())

    def _search(self) -> "partial[array[int]]":
        return partial(
            self._library.search.ids,
            self.query,
            scope=self.scope,
            sort=self.sort,
            descending=self.descending,
        )

    def _show(self, ids: "array[int]") -> None:
        self.table.show_ids(ids)
        if self._select_when_found and self.table.select_id(self._select_when_found):
            self._select_when_found = 0
        if ids:
            self._show_page(self.table)
        else:
            self._say_empty()
            self._show_page(self.empty)
        self.found.emit()

    def _show_page(self, page: QWidget) -> None:
        if self._stack.currentWidget() is page:
            return
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self._stack.setCurrentWidget(page)
        self.setFocusProxy(page)
        if had_focus:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_empty(self) -> None:
        if self.query:
            self.empty.say(
                "search",
                _("Nothing found"),
                _("No paper here has “{query}”.").format(query=self.query),
                [(_("Clear the search"), self.clear_wanted.emit)],
            )
        elif self.scope == ALL:
            self.empty.say(
                "library",
                _("This library is empty"),
                _(
                    "Drop a page of papers or a .bib file here, paste what you copied from a"
                    " page, or choose a file."
                )
                if not self._library.read_only
                else "",
                self._import_actions,
            )
        else:
            icon, heading, text = _EMPTY[self.scope.kind]
            if self.scope.kind == "status":
                icon, heading, text = _EMPTY[str(self.scope.value)]
            self.empty.say(icon, heading, text)

    # --- letters typed in the table ---------------------------------------------------

    def _type_ahead(self, letters: str) -> None:
        table = self.table
        start = max(table.currentIndex().row(), 0)
        if len(letters) == 1:
            start += 1
        ids = table.entries.ids
        name = self.sort if self.sort in ("title", "creators", "venue", "citation_key") else "title"
        work = partial(_first_with, self._library.search.rows, ids, start, name, fold(letters))
        self._jobs.read("type-ahead", work, self._select_found)

    def _select_found(self, entry_id: int) -> None:
        if entry_id:
            self.table.select_id(entry_id)


def _first_with(
    rows: Callable[[Sequence[int]], list], ids: "array[int]", start: int, name: str, letters: str
) -> int:
    """The first paper from `start` on, and round again, whose `name` begins so; else 0."""
    order = ids[start:] + ids[:start]
    for place in range(0, len(order), TYPE_AHEAD_STEP):
        for row in rows(order[place : place + TYPE_AHEAD_STEP]):
            if fold(str(getattr(row, name))).lstrip("“\"'").startswith(letters):
                return int(row.id)
    return 0


_EMPTY = {
    "inbox": (
        "inbox",
        _("The inbox is empty"),
        _("Papers that you import wait here until you give them a status."),
    ),
    "to-read": (
        "to-read",
        _("Nothing to read"),
        _("Papers that you set to “To read” wait here."),
    ),
    "reading": (
        "reading",
        _("You are reading nothing"),
        _("Set a paper to “Reading” while you are at it."),
    ),
    "read": ("read", _("Nothing read yet"), _("Papers that you set to “Read” are kept here.")),
    "dropped": (
        "dropped",
        _("Nothing dropped"),
        _("Papers that you will not read can be dropped; they stay findable."),
    ),
    "attention": (
        "read",
        _("Nothing needs attention"),
        _("Papers without a title, and those whose import was in doubt, would be listed here."),
    ),
    "trash": ("trash", _("The trash is empty"), _("Papers that you delete come here first.")),
    "collection": (
        "collection",
        _("This collection is empty"),
        _("Drag papers onto it, or choose Paper › Add to collection."),
    ),
    "tag": ("tag", _("No paper has this tag"), _("Drag papers onto it, or choose Paper › Tag.")),
    "listing": (
        "listing",
        _("No paper of this page is left"),
        _("They were deleted, or their import was taken back."),
    ),
}
