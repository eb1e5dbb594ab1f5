"""What became of a page since an earlier import of it: new, gone and changed rows."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from refman.errors import RefmanError
from refman.i18n import _, ngettext
from refman.library import Library, Listing
from refman.library.pages import Change, ComparedRow, ListingComparison
from refman.ui import import_wording, theme
from refman.ui.imports.table import Cell, Row, RowsTable
from refman.ui.jobs import Jobs
from refman.ui.moments import moment
from refman.ui.tex_text import plain
from refman.ui.widgets.empty_state import EmptyState
from refman.ui.widgets.lettering import use_size

SIZE = (860, 560)  # pixels, with text of the usual size
ROOM = 0.9  # of the screen, at most
_NAMES = {
    "score": _("score"),
    "category": _("category"),
    "title": _("title"),
    "creators": _("authors"),
    "code": _("code"),
    "date": _("date"),
    "abstract": _("abstract"),
    "affiliations": _("affiliations"),
}
_LONG = ("abstract", "creators")  # whose values have no room in a line

Found = tuple[Listing | None, Sequence[Listing], ListingComparison | None]


class ComparisonDialog(QDialog):
    """Stays open beside the papers. `entry_activated` with the paper of a row."""

    entry_activated = Signal(int)

    def __init__(
        self, library: Library, jobs: Jobs, listing_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._listing_id = listing_id
        self._key = f"comparison {listing_id}"
        self.comparison: ListingComparison | None = None
        self.setWindowTitle(_("Compare imports"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        use_size(self._name, 1.15, bold=True)
        self._when = QLabel()
        self.earlier = QComboBox()
        self.earlier.setAccessibleName(_("Compared with"))
        self.earlier.activated.connect(self._choose)
        self.summary = QLabel()
        theme.set_kind(self.summary, "muted")
        heads = (_("Title"), _("Authors"))
        self.new = RowsTable(_("New rows"), heads)
        self.gone = RowsTable(_("Rows that are gone"), heads)
        self.changed = RowsTable(_("Rows that changed"), (*heads, _("What changed")))
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.tabBar().setDrawBase(False)
        self.tables = (self.new, self.gone, self.changed)
        for table in self.tables:
            self.tabs.addTab(table, "")
            table.entered.connect(self.entry_activated)
        self.new.stretch(0, (0, 240))
        self.gone.stretch(0, (0, 240))
        self.changed.stretch(0, (0, 170, 300))
        self.nothing = EmptyState()
        self._middle = QStackedWidget()
        self._middle.addWidget(self.tabs)
        self._middle.addWidget(self.nothing)
        self._shown: tuple[int, int] | None = None
        self._lay_out()
        jobs.library_changed.connect(self.refresh)
        self.finished.connect(lambda: jobs.forget(self._key))
        self.refresh()

    def _lay_out(self) -> None:
        hint = QLabel(_("Enter or a double click shows the paper."))
        theme.set_kind(hint, "muted")
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setHorizontalSpacing(12)
        form.addRow(_("Imported"), self._when)
        form.addRow(_("Compared &with"), self.earlier)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)  # Enter is for the row that is chosen
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        column.addWidget(self._name)
        column.addLayout(form)
        column.addWidget(self.summary)
        column.addWidget(self._middle, 1)
        column.addWidget(hint)
        column.addWidget(buttons)
        self.new.setFocus()
        room = self.screen().availableSize() * ROOM
        self.resize(QSize(theme.px(SIZE[0]), theme.px(SIZE[1])).boundedTo(room))

    def refresh(self) -> None:
        """Compare anew, outside this thread."""
        earlier_id = self.earlier.currentData()
        self._jobs.read(
            self._key, lambda: _read(self._library, self._listing_id, earlier_id), self._show
        )

    def _choose(self) -> None:
        self.refresh()

    def _show(self, found: Found) -> None:
        listing, earlier, comparison = found
        self.comparison = comparison
        if listing is None:
            self.reject()  # it was undone
            return
        self._name.setText(import_wording.name_of(listing))
        self._when.setText(import_wording.when(listing))
        self._show_earlier(earlier, comparison.earlier.id if comparison else 0)
        self.earlier.setEnabled(len(earlier) > 1)
        self.summary.setText(counts(comparison) if comparison else "")
        if comparison is None:
            self._say_nothing(
                _("There is no earlier import of this page"),
                _("When the page is imported again, what is new, gone or changed stands here."),
            )
            return
        if not (comparison.new or comparison.gone or comparison.changed):
            self._say_nothing(
                _("Nothing changed"),
                _("Every row of the page is as it was {when}.").format(
                    when=moment(comparison.earlier.imported)
                ),
            )
            return
        self._show_rows(comparison)

    def _say_nothing(self, heading: str, text: str) -> None:
        self.nothing.say("check", heading, text)
        self._middle.setCurrentWidget(self.nothing)

    def _show_earlier(self, earlier: Sequence[Listing], chosen: int) -> None:
        self.earlier.clear()
        for each in earlier:
            parts = [moment(each.imported), import_wording.rows(import_wording.row_count(each))]
            if each.taken_back:
                parts.append(_("taken back"))
            self.earlier.addItem(" · ".join(parts), each.id)
        self.earlier.setCurrentIndex(self.earlier.findData(chosen))

    def _show_rows(self, comparison: ListingComparison) -> None:
        self.new.show_rows([_row(each) for each in comparison.new])
        self.gone.show_rows([_row(each) for each in comparison.gone])
        self.changed.show_rows([_row(each, changes=True) for each in comparison.changed])
        lists = (comparison.new, comparison.gone, comparison.changed)
        for tab, (text, rows) in enumerate(
            zip((_("&New ({n:,})"), _("&Gone ({n:,})"), _("C&hanged ({n:,})")), lists, strict=True)
        ):
            self.tabs.setTabText(tab, text.format(n=len(rows)))
            self.tabs.setTabEnabled(tab, bool(rows))
        shown = (comparison.earlier.id, comparison.later.id)
        if self._shown != shown or not lists[self.tabs.currentIndex()]:
            self._shown = shown
            self.tabs.setCurrentIndex(next(tab for tab, rows in enumerate(lists) if rows))
        self._middle.setCurrentWidget(self.tabs)
        if not self.earlier.hasFocus():
            self.tables[self.tabs.currentIndex()].setFocus()


def counts(comparison: ListingComparison) -> str:
    """`12 new, 3 gone, 5 changed, 30 the same`."""
    said = (
        (_("{n:,} new"), len(comparison.new)),
        (_("{n:,} gone"), len(comparison.gone)),
        (_("{n:,} changed"), len(comparison.changed)),
        (_("{n:,} the same"), comparison.same),
    )
    return ", ".join(text.format(n=n) for text, n in said if n)


def in_short(comparison: ListingComparison) -> str:
    """`12 new, 3 gone, 5 changed scores`; '' where nothing changed."""
    scores = sum(any(c.name == "score" for c in row.changes) for row in comparison.changed)
    others = len(comparison.changed) - scores
    parts = (
        (_("{n:,} new"), len(comparison.new)),
        (_("{n:,} gone"), len(comparison.gone)),
        (ngettext("{n:,} changed score", "{n:,} changed scores", scores), scores),
        (
            ngettext("{n:,} changed otherwise", "{n:,} changed otherwise", others)
            if scores
            else ngettext("{n:,} changed row", "{n:,} changed rows", others),
            others,
        ),
    )
    return ", ".join(text.format(n=n) for text, n in parts if n)


def _row(row: ComparedRow, *, changes: bool = False) -> Row:
    cells = [Cell(plain(row.title) or _("No title")), Cell(row.creators_text)]
    if row.entry_id is None:
        cells[0] = Cell(cells[0].text, tip=_("Its paper is not in the library"))
    if changes:
        cells.append(
            Cell(
                "; ".join(_change(each, short=True) for each in row.changes),
                tip="\n".join(_change(each) for each in row.changes),
            )
        )
    return Row(row.entry_id or 0, tuple(cells), dim=row.entry_id is None)


def _change(change: Change, *, short: bool = False) -> str:
    """`score 71 → 89.4`; of what is long, in short only its name."""
    name = _NAMES.get(change.name, change.name)
    if short and change.name in _LONG:
        return name
    nothing = _("none")
    return f"{name} {plain(change.before) or nothing} → {plain(change.after) or nothing}"


def _read(library: Library, listing_id: int, earlier_id: int | None) -> Found:
    """In the reading thread."""
    listing = next((each for each in library.listings.list() if each.id == listing_id), None)
    if listing is None:
        return None, (), None
    earlier = library.listings.earlier(listing_id)
    if earlier_id not in [each.id for each in earlier]:
        earlier_id = None
    try:
        return listing, earlier, library.listings.compare(listing_id, earlier_id)
    except RefmanError:  # one of them went in the meantime
        return listing, earlier, None
