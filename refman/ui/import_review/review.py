"""The review of one import: its rows on the left, the doubtful first, and one of them in full."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from refman.i18n import _
from refman.library import Candidate, Changes, Library, SightingRow
from refman.ui import theme
from refman.ui.edits import Edits
from refman.ui.import_review import wording
from refman.ui.import_review.all_rows_bar import AllRowsBar
from refman.ui.import_review.filter_bar import FilterBar
from refman.ui.import_review.head import Head
from refman.ui.import_review.panes import fill, line
from refman.ui.import_review.pick_paper import PickPaperDialog
from refman.ui.import_review.reading import (
    ReviewedListing,
    RowPage,
    read_candidates,
    read_listing,
    read_page,
)
from refman.ui.import_review.row_buttons import RowButtons
from refman.ui.import_review.row_list import RowList
from refman.ui.import_review.row_view import RowView
from refman.ui.import_review.rows import RowsModel
from refman.ui.import_review.settling import Settling
from refman.ui.jobs import Jobs
from refman.ui.widgets.empty_state import EmptyState
from refman.ui.widgets.lettering import use_font

READ, READ_ROW, READ_SAME = "review", "review.row", "review.same"


class ImportReview(QWidget):
    """Enter settles rows; the other keys are those of commands (`set_keys`)."""

    closed = Signal()
    entry_activated = Signal(int)
    message = Signal(str)
    new_paper_wanted = Signal()
    help_wanted = Signal()

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        listing_id: int,
        parent: QWidget | None = None,
        *,
        kind: str = "",
    ) -> None:
        """`kind` is that of the rows to show first (`wording`); '' for all."""
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._edits = Edits(library, jobs)
        self._listing_id = listing_id
        self._current = 0  # id of the row shown
        self._first_time = True
        self._gone = False
        self._follows = False  # to the row that undo or redo changes
        self._held: tuple[set[int], int, int] = (set(), 0, -1)
        self.setAccessibleName(_("Review of an import"))
        self.settling = Settling(self._edits, self)
        # Made within each other from the outside in: Qt dresses what moves to another parent anew.
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self, childrenCollapsible=False)
        left, right = QWidget(self._splitter), QWidget(self._splitter)
        self._right = QStackedWidget(right)
        self.head = Head(self)
        self.filters = FilterBar(left)
        self.model = RowsModel()
        self.list = RowList(self.model, left)
        self._none = EmptyState(self._right)
        self.row_view = RowView(self._edits, self._right)
        self._passed = QPlainTextEdit(self._right, readOnly=True)
        self._passed.setAccessibleName(_("Text that was passed over"))
        theme.set_kind(self._passed, "code")
        use_font(self._passed, theme.mono_font)
        self.buttons = RowButtons(right, editable=self._edits.editable)
        self.all_rows = AllRowsBar(self._edits, listing_id, self)
        fill(left, (self.filters, self.list), self.list)
        fill(right, (self._right, line(right), self.buttons), self._right)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)
        self.filters.show_kind(kind or wording.ALL)
        self._read()

    def commit(self) -> None:
        """Hand out what is being typed."""
        self.row_view.commit()

    @property
    def counts(self) -> str:
        """How many rows there are, by what became of them."""
        return self.head.counts

    @property
    def passed_over(self) -> str:
        """The text that was passed over, a line a line, with its numbers."""
        return self._passed.toPlainText()

    @property
    def empty(self) -> str:
        """What stands in the place of a row; '' while there is one."""
        return self._none.heading if self._right.currentWidget() is self._none else ""

    @property
    def feet(self) -> Sequence[QWidget]:
        """What lies at the foot and no message may cover."""
        return (self.buttons, self.all_rows)

    def next_row(self) -> None:
        """Go to the next row."""
        self.list.step(1)

    def previous_row(self) -> None:
        """Go to the row before."""
        self.list.step(-1)

    # --- putting together ------------------------------------------------------------------

    def _lay_out(self) -> None:
        for part in (self._none, self.row_view, self._passed):
            self._right.addWidget(part)
        self._splitter.setHandleWidth(1)
        self._splitter.setStretchFactor(0, 2)
        self._splitter.setStretchFactor(1, 3)
        self._splitter.setSizes([400, 660])
        self._keys = QLabel(self, wordWrap=True)
        self._keys.setContentsMargins(14, 0, 14, 6)
        theme.set_kind(self._keys, "faint")
        parts = (self.head, line(self), self._splitter, line(self), self.all_rows, self._keys)
        fill(self, parts, self._splitter)

    def _connect(self) -> None:
        self.head.back_wanted.connect(self._close)
        self.head.help_wanted.connect(self.help_wanted)
        self.head.passed_over.toggled.connect(self._show_passed_over)
        self.filters.changed.connect(self.model.set_filter)
        self.filters.line.left.connect(self.list.setFocus)
        self.model.modelAboutToBeReset.connect(self._hold)
        self.model.modelReset.connect(self._stand_again)
        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.list.selection_changed.connect(self._show_buttons)
        self.list.accept_wanted.connect(self.accept)
        self.list.typed.connect(self._search)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.row_view.left.connect(self.list.setFocus)
        self.row_view.message.connect(self.message)
        self.row_view.merge_wanted.connect(self.merge_with)
        self.row_view.apart_wanted.connect(self.keep_apart)
        self.row_view.paper_wanted.connect(self.entry_activated)
        self.row_view.new_paper_wanted.connect(self.new_paper_wanted)
        self.all_rows.message.connect(self.message)
        self.all_rows.left.connect(self.list.setFocus)
        self.settling.message.connect(self.message)
        for wanted, act in (
            (self.buttons.accept_wanted, self.accept),
            (self.buttons.leave_out_wanted, self.leave_out),
            (self.buttons.take_in_wanted, self.take_in),
            (self.buttons.merge_wanted, self.pick_paper),
            (self.buttons.apart_wanted, self.keep_apart),
            (self.buttons.paper_wanted, self._show_paper),
            (self.buttons.next_wanted, self.next_row),
            (self.buttons.previous_wanted, self.previous_row),
        ):
            wanted.connect(act)
        self._jobs.library_changed.connect(self._library_changed)

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Name the keys of commands, as this system writes them, by the commands' names."""
        self._keys.setText(wording.keys_line(keys))
        self.buttons.set_keys(keys)
        self.row_view.same.set_keys(keys)
        self._show_buttons()

    # --- reading -----------------------------------------------------------------------

    def _library_changed(self, changes: Changes) -> None:
        # Undo and redo change everything, but have a name; what others change has none.
        self._follows = changes.everything and bool(changes.label)
        self._read()

    def _read(self) -> None:
        library, listing_id, known = self._library, self._listing_id, self.model.known
        self._jobs.read(READ, lambda: read_listing(library, listing_id, known), self._show_listing)

    def _show_listing(self, found: ReviewedListing) -> None:
        self._gone = found.listing is None
        self.head.show_listing(found)
        self.filters.setVisible(bool(found.rows))
        self.filters.count(wording.counts_of(shown.row for shown in found.rows))
        self.all_rows.show_count(found.papers)
        text = "\n".join(f"{passage.line:>5}  {passage.text}" for passage in found.passed_over)
        if text != self._passed.toPlainText():
            self._passed.setPlainText(text)
        changed = self.model.show_rows(found.rows, self._current)
        if self._first_time:
            self._first_time = False
            self.list.select(0)
        elif self._follows and self._current not in changed:
            self._go_to_first(changed)
        elif row := self.list.current:
            self._read_row(row)
        self._follows = False
        self._show_buttons()
        if not self.model.rowCount():
            self._say_none()

    def _go_to_first(self, changed: Collection[int]) -> None:
        """To the first row that undo or redo changed, if it is shown."""
        places = [place for each in changed if (place := self.model.place_of(each)) >= 0]
        if places and len(places) < self.model.rowCount():
            self.list.select(min(places))
        elif row := self.list.current:
            self._read_row(row)

    def _read_row(self, row: SightingRow) -> None:
        library = self._library
        self._jobs.read(READ_ROW, lambda: read_page(library, row), self._show_row)

    def _show_row(self, page: RowPage) -> None:
        row = page.row
        if self._current != row.id:
            return
        self.row_view.show_page(page)
        if row.entry_id is None:
            self.row_view.show_candidates(row.id, ())
            return
        library = self._library
        self._jobs.read(READ_SAME, lambda: read_candidates(library, row), self._show_same)

    def _show_same(self, found: tuple[int, tuple[Candidate, ...]]) -> None:
        self.row_view.show_candidates(*found)

    # --- going about -------------------------------------------------------------------

    def _show_current(self, index: QModelIndex) -> None:
        row = self.model.row_at(index.row())
        if row is None:
            return
        if row.id != self._current:
            self.row_view.commit()
        self._current = row.id
        self.head.passed_over.setChecked(False)
        self._right.setCurrentWidget(self.row_view)
        self._read_row(row)

    def _hold(self) -> None:
        self._held = self.list.remember()

    def _stand_again(self) -> None:
        """After the list was filled anew: the rows that were selected, or what stands there."""
        if not self.model.rowCount():
            self._say_none()
        elif not self._first_time:
            self.list.stand_again(self._held)
        self._show_buttons()

    def _show_buttons(self) -> None:
        rows = self.list.selected_rows() if self.model.rowCount() else []
        doubts = any(wording.is_open(shown.row) for shown in self.model.rows)
        self.buttons.show_rows(rows, doubts=doubts)
        self.buttons.setVisible(bool(rows))

    def _show_passed_over(self, wanted: bool) -> None:
        shown = self._passed if wanted else self.row_view if self._current else self._none
        self._right.setCurrentWidget(shown)

    def _search(self, text: str) -> None:
        self.filters.line.setFocus()
        self.filters.line.insert(text)

    def _say_none(self) -> None:
        """Why there is no row, and what to do."""
        back = (_("Back to the papers"), self._close)
        all_rows = (_("Show all rows"), self.filters.clear)
        if self._gone:
            said = wording.GONE, back
        elif not self.filters.narrows:
            said = wording.EMPTY, back
        else:
            none_open = self.filters.kind == wording.DOUBTFUL and not self.filters.text
            done = any(wording.is_settled(shown.row) for shown in self.model.rows)
            clear = wording.DONE if done else wording.CLEAR
            said = clear if none_open else wording.FILTERED, all_rows
        (icon, heading, text), action = said
        self._none.say(icon, heading, text, [action])
        self._current = 0
        self._right.setCurrentWidget(self._none)

    # --- settling ------------------------------------------------------------------------

    def accept(self) -> None:
        """The selected rows look right; on to the next one to look at."""
        self.commit()
        accepted = self.settling.accept(self.list.selected_rows(), self._read)
        following = self.model.next_open(self.list.last_place, accepted)
        self.model.take_as_reviewed(accepted)
        self.list.select(self.model.place_of(following))

    def leave_out(self) -> None:
        """Leave the selected rows out of the library; on to the next row."""
        place = self.list.last_place
        if self.settling.leave_out(self.list.selected_rows()):
            self.list.select(place + 1)

    def take_in(self) -> None:
        """Take the selected rows in that were left out."""
        self.settling.take_in(self.list.selected_rows())

    def merge_with(self, entry_id: int) -> None:
        """The row shown is the paper `entry_id`."""
        self.commit()
        if row := self.row_view.row:
            self.settling.merge_with(row, entry_id)
            self.list.setFocus()  # the button that was pressed goes

    def keep_apart(self, entry_id: int | None = None) -> None:
        """The row shown is not the paper `entry_id`; None, not the one it was merged with."""
        self.commit()
        if row := self.row_view.row:
            self.settling.keep_apart(row, entry_id or self.row_view.same.merged_with)
            self.list.setFocus()

    def pick_paper(self) -> None:
        """Ask which paper the current row is."""
        row = self.list.current
        if row and row.entry_id is not None and wording.can_leave_out(row) and self._edits.editable:
            title = self.model.index(self.list.currentIndex().row()).data()
            dialog = PickPaperDialog(self._library, self._jobs, row, title, self)
            dialog.picked.connect(self.merge_with)
            dialog.open()

    def take_reading(self, number: int) -> None:
        """Take a reading of where the title of the row shown ends, counted from 1."""
        self.row_view.title_end.take_reading(number)

    def go_to_title_end(self) -> None:
        """Bring the keyboard to where the title ends, else to the title."""
        self.row_view.focus_title()

    def turn_passed_over(self) -> None:
        """Show the text that was passed over, or the row again."""
        if not self.head.passed_over.isHidden():
            self.head.passed_over.toggle()

    def _show_paper(self) -> None:
        row = self.list.current
        if row and row.entry_id is not None:
            self.entry_activated.emit(row.entry_id)

    def _show_menu(self, place: QPoint) -> None:
        menu = self.buttons.menu(self)
        menu.addAction(_("Copy the source text")).triggered.connect(self.row_view.copy_source)
        menu.popup(self.list.viewport().mapToGlobal(place))

    def _close(self) -> None:
        self.commit()
        self.closed.emit()

    # --- events --------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # Here these keys are for the review, not for the papers behind it.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.matches(QKeySequence.StandardKey.Find) or event.key() == Qt.Key.Key_F1)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() == Qt.Key.Key_F1:
            self.help_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.filters.line.setFocus()
            self.filters.line.selectAll()
        else:
            super().keyPressEvent(event)
