"""The review of one import: its rows on the left, the doubtful first, and one of them in full."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _, ngettext
from refman.library import Details, Library, SightingRow
from refman.ui import icons, theme
from refman.ui.edits import Edits
from refman.ui.import_review.reading import (
    ReviewedListing,
    counts_text,
    is_open,
    read_details,
    read_listing,
)
from refman.ui.import_review.row_view import RowView
from refman.ui.import_review.rows import RowDelegate, RowsModel
from refman.ui.jobs import Jobs
from refman.ui.moments import day
from refman.ui.widgets.empty_state import EmptyState
from refman.ui.widgets.lettering import use_font, use_size

READ, READ_ROW = "review", "review.row"


class ImportReview(QWidget):
    """Alt+Down and Alt+Up go through the rows, Ctrl+Enter settles one, 1 to 9 take a reading."""

    closed = Signal()
    entry_activated = Signal(int)

    def __init__(
        self, library: Library, jobs: Jobs, listing_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._listing_id = listing_id
        self._current = 0  # id of the row shown
        self._first_time = True
        self.model = RowsModel()
        self.list = RowList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.model.modelReset.connect(self._select_again)
        self.row_view = RowView(Edits(library, jobs))
        self.row_view.accepted.connect(self._go_on)
        self.row_view.entry_activated.connect(self.entry_activated)
        self.list.reading_wanted.connect(self.row_view.take_reading)
        self.list.accept_wanted.connect(self.row_view.accept)
        self._passed = QPlainTextEdit(readOnly=True)
        self._passed.setAccessibleName(_("Text that was passed over"))
        theme.set_kind(self._passed, "code")
        self._none = EmptyState()
        self._right = QStackedWidget()
        for part in (self._none, self.row_view, self._passed):
            self._right.addWidget(part)
        self._lay_out()
        self._add_keys()
        self.setFocusProxy(self.list)
        jobs.library_changed.connect(self._read)
        use_size(self._name, 1.15, bold=True)
        use_font(self._passed, theme.mono_font)
        self._read()

    def commit(self) -> None:
        """Hand out what is being typed."""
        self.row_view.commit()

    @property
    def counts(self) -> str:
        """How many rows there are, by what became of them."""
        return self._counts.text()

    @property
    def passed_over(self) -> str:
        """The text that was passed over, a line a line, with its numbers."""
        return self._passed.toPlainText()

    def next_row(self) -> None:
        """Go to the next row."""
        self._go(1)

    def previous_row(self) -> None:
        """Go to the row before."""
        self._go(-1)

    # --- putting together ------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._back = QToolButton(text=_("Back"), toolTip=_("Close the review (Esc)"))
        self._back.setIcon(icons.icon("back"))
        self._back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._back.clicked.connect(self._close)
        self._name = QLabel()
        self._counts = QLabel()
        theme.set_kind(self._counts, "muted")
        self.doubtful_only = QCheckBox(_("Doubtful only"))
        self.doubtful_only.setToolTip(_("Leave out the rows that were never in doubt"))
        self.doubtful_only.toggled.connect(self.model.show_doubtful_only)
        self.passed_button = QPushButton(checkable=True)
        self.passed_button.setToolTip(_("Text around the rows that was taken for no paper"))
        theme.set_kind(self.passed_button, "flat")
        self.passed_button.toggled.connect(self._show_passed_over)
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 8, 14, 8)
        bar.setSpacing(10)
        bar.addWidget(self._back)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._counts)
        bar.addLayout(names, 1)
        bar.addWidget(self.passed_button)
        bar.addWidget(self.doubtful_only)
        line = QFrame()
        theme.set_kind(line, "line")
        keys = QLabel(
            _(
                "Alt+↓ Alt+↑ next and previous · Ctrl+Enter looks right · "
                "1–9 take a reading · Esc back"
            )
        )
        keys.setContentsMargins(14, 4, 14, 5)
        theme.set_kind(keys, "faint")
        keys.setWordWrap(True)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self._right)
        self._splitter.setStretchFactor(0, 2)
        self._splitter.setStretchFactor(1, 3)
        self._splitter.setSizes([420, 640])
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(bar)
        page.addWidget(line)
        page.addWidget(self._splitter, 1)
        page.addWidget(keys)

    def _add_keys(self) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, act in (
            ("Alt+Down", self.next_row),
            ("Alt+Up", self.previous_row),
            ("Ctrl+Return", self.row_view.accept),
            ("Ctrl+Enter", self.row_view.accept),
        ):
            QShortcut(QKeySequence(key), self, act, context=within)

    # --- reading -----------------------------------------------------------------------

    def _read(self) -> None:
        library, listing_id = self._library, self._listing_id
        self._jobs.read(READ, lambda: read_listing(library, listing_id), self._show_listing)

    def _show_listing(self, found: ReviewedListing) -> None:
        if found.listing is None:
            self._name.setText(_("This import is not in the library any more"))
            self._counts.clear()
            self.model.show_rows(())
            self._say_none()
            return
        header = found.listing.header.name or found.listing.header.affiliation or ""
        name = " · ".join(part for part in (found.listing.name, header) if part)
        self._name.setText(_("Review of {name}").format(name=name))
        self._counts.setText(
            _("{counts} · as of {day}").format(
                counts=counts_text(found.rows), day=day(found.listing.as_of)
            )
        )
        count = len(found.passed_over)
        self.passed_button.setText(
            ngettext("{count} line passed over", "{count} lines passed over", count).format(
                count=count
            )
        )
        self.passed_button.setVisible(count > 0)
        self._passed.setPlainText(
            "\n".join(f"{passage.line:>5}  {passage.text}" for passage in found.passed_over)
        )
        self.model.show_rows(found.rows)
        if self._first_time:
            self._first_time = False
            self._select(0)
        elif row := self.model.row_at(self.list.currentIndex().row()):
            self._read_row(row)
        if not found.rows:
            self._say_none()

    def _read_row(self, row: SightingRow) -> None:
        library = self._library
        self._jobs.read(
            READ_ROW, lambda: (row, read_details(library, row.entry_id)), self._show_row
        )

    def _show_row(self, found: tuple[SightingRow, Details | None]) -> None:
        row, details = found
        if self._current == row.id:
            self.row_view.show_row(row, details)

    # --- going about -------------------------------------------------------------------

    def _show_current(self, index: QModelIndex) -> None:
        row = self.model.row_at(index.row())
        if row is None:
            return
        if row.id != self._current:
            self.row_view.commit()
        self._current = row.id
        self.passed_button.setChecked(False)
        self._right.setCurrentWidget(self.row_view)
        self._read_row(row)

    def _select_again(self) -> None:
        """After the list was filled anew: the row that was shown, or the first."""
        place = self.model.place_of(self._current)
        self._select(max(place, 0))
        if self.model.rowCount() == 0:
            self._say_none()

    def _select(self, place: int) -> None:
        if 0 <= place < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(place))
            self.list.scrollTo(self.model.index(place), QAbstractItemView.ScrollHint.EnsureVisible)

    def _go(self, step: int) -> None:
        self._select(self.list.currentIndex().row() + step)

    def _go_on(self, _entry_id: int) -> None:
        """To the next row to look at, or where there is none to the next one."""
        place = self.list.currentIndex().row()
        found = self.model.next_open(place)
        row = self.model.row_at(found)
        if row is not None and is_open(row) and found != place:
            self._select(found)
        else:
            self._go(1)

    def _show_passed_over(self, wanted: bool) -> None:
        shown = self._passed if wanted else self.row_view if self._current else self._none
        self._right.setCurrentWidget(shown)

    def _say_none(self) -> None:
        if self.doubtful_only.isChecked():
            self._none.say(
                "check",
                _("Nothing in doubt"),
                _("Every row of this page was clear. Take “Doubtful only” off to see them."),
            )
        else:
            self._none.say("listing", _("No rows"), _("There is nothing to review here."))
        self._right.setCurrentWidget(self._none)

    def _close(self) -> None:
        self.commit()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)


class RowList(QListView):
    """The list: Enter settles the row, 1 to 9 take one of its readings."""

    reading_wanted = Signal(int)
    accept_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Rows of the page"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumWidth(220)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept_wanted.emit()
        elif plain and 1 <= number <= 9:
            self.reading_wanted.emit(number)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
