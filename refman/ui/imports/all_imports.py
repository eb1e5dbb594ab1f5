"""Every import of the library in a table: to search, to sort, and to do something with."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _, ngettext
from refman.library import Library, Listing
from refman.ui import icons, import_wording, theme
from refman.ui.import_wording import AGAIN, COMPARE, REVIEW, SHOW, SOURCE, TAKE_BACK, WRITING
from refman.ui.imports.table import Cell, Row, RowsTable
from refman.ui.jobs import Jobs
from refman.ui.moments import day, moment
from refman.ui.widgets.empty_state import EmptyState

SIZE = (1280, 600)  # pixels, with text of the usual size
ROOM = 0.92  # of the screen, at most
_KEY = "all imports"
_COLUMNS = (
    _("Imported"), _("Name"), _("Format"), _("Rows"), _("Added"), _("Merged"), _("Unchanged"),
    _("Left out"), _("Failed"), _("To look at"), _("Papers"), _("Taken back"),
)  # fmt: skip
_WIDTHS = (152, 0, 150, 54, 60, 66, 86, 68, 58, 80, 62, 96)
_NUMBERS = tuple(range(3, 11))
_BUTTONS = (
    (SHOW, _("Show &papers")),
    (REVIEW, _("&Review rows")),
    (COMPARE, _("&Compare")),
    (AGAIN, _("R&un again")),
    (SOURCE, _("&Source text")),
    (TAKE_BACK, _("&Take back …")),
)


class AllImportsDialog(QDialog):
    """Stays open beside the papers. `wanted` with an action of import_wording and the import."""

    wanted = Signal(str, int)

    def __init__(self, library: Library, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._listings: dict[int, Listing] = {}
        self.setWindowTitle(_("Imports"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit(placeholderText=_("Name, file, format, profile …"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(_("Filter the imports"))
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.table = RowsTable(_("Imports"), _COLUMNS, numbers=_NUMBERS)
        self.table.stretch(1, _WIDTHS)
        self.table.sort_by(0, Qt.SortOrder.DescendingOrder)
        self.table.entered.connect(lambda _id: self._want(SHOW))
        self.table.chosen.connect(self._show_buttons)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(
            lambda place: self.menu().popup(self.table.viewport().mapToGlobal(place))
        )
        self.search.textChanged.connect(self.table.search)
        self.search.returnPressed.connect(self.table.setFocus)
        self.empty = EmptyState()
        self.empty.say(
            "listing", _("Nothing was imported yet"), _("Every page that you import is kept here.")
        )
        self.empty.hide()
        self._said = QLabel()
        theme.set_kind(self._said, "muted")
        self.buttons = {name: self._button(name, text) for name, text in _BUTTONS}
        self._lay_out()
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.search.setFocus)
        jobs.library_changed.connect(self.refresh)
        self.finished.connect(lambda: jobs.forget(_KEY))
        self._show_buttons()
        self.refresh()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)  # Enter is for the row that is chosen
        button.clicked.connect(lambda: self._want(name))
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout(spacing=12)
        top.addWidget(self.search, 1)
        top.addWidget(self._said)
        bottom = QHBoxLayout(spacing=6)
        for button in self.buttons.values():
            bottom.addWidget(button)
        bottom.addStretch(1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        close.rejected.connect(self.reject)
        bottom.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(bottom)
        room = self.screen().availableSize() * ROOM
        self.resize(QSize(theme.px(SIZE[0]), theme.px(SIZE[1])).boundedTo(room))
        self.table.setFocus()

    def menu(self) -> QMenu:
        """What can be done with the current import, as in the sidebar."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        listing = self.current
        if listing:
            self._add(menu, SHOW, icons.icon("library"), _("Show its papers"))
            for name, icon, text in import_wording.offered(
                listing, read_only=self._library.read_only
            ):
                self._add(menu, name, icons.icon(icon), text)
        return menu

    def _add(self, menu: QMenu, name: str, icon: object, text: str) -> None:
        action = QAction(text, menu)
        action.setIcon(icon)  # type: ignore[arg-type]  # a QIcon
        action.triggered.connect(lambda: self._want(name))
        menu.addAction(action)

    @property
    def current(self) -> Listing | None:
        """The import of the current row."""
        return self._listings.get(self.table.current_id)

    def _want(self, name: str) -> None:
        if self.current:
            self.wanted.emit(name, self.current.id)

    # --- what is shown ---------------------------------------------------------------

    def refresh(self) -> None:
        """Read the imports anew, outside this thread."""
        self._jobs.read(_KEY, self._library.listings.list, self._show)

    def _show(self, listings: Sequence[Listing]) -> None:
        self._listings = {each.id: each for each in listings}
        apart = import_wording.told_apart(listings)
        self.table.show_rows([_row(each, apart.get(each.id)) for each in listings])
        self.table.setVisible(bool(listings))
        self.empty.setVisible(not listings)
        taken_back = sum(bool(each.taken_back) for each in listings)
        text = ngettext("{n:,} import", "{n:,} imports", len(listings)).format(n=len(listings))
        if taken_back:
            text += _(", {n:,} taken back").format(n=taken_back)
        self._said.setText(text)
        self._show_buttons()

    def _show_buttons(self) -> None:
        listing, read_only = self.current, self._library.read_only
        for name, button in self.buttons.items():
            button.setEnabled(listing is not None and not (read_only and name in WRITING))
        if listing and listing.taken_back:
            self.buttons[TAKE_BACK].setEnabled(False)


def _row(listing: Listing, apart: import_wording.Distinction | None) -> Row:
    name = import_wording.name_of(listing)
    if apart and apart.file:
        name = f"{name} · {apart.file}"
    doubtful = 0 if listing.taken_back else listing.doubtful
    numbers = (
        import_wording.row_count(listing),
        *(
            listing.counts.get(outcome, 0)
            for outcome in ("added", "merged", "unchanged", "skipped", "failed")
        ),
        doubtful,
        listing.count,
    )
    place, taken_back = _NUMBERS[0], listing.taken_back
    cells = [Cell(f"{n:,}" if n else "–", key=n) for n in numbers]
    if doubtful:
        look = _NUMBERS[-2] - place
        cells[look] = Cell(cells[look].text, key=doubtful, icon=("attention", "warning"))
    return Row(
        listing.id,
        (
            Cell(moment(listing.imported), key=f"{listing.imported} {listing.id:012}"),
            Cell(name, tip=import_wording.tool_tip(listing)),
            Cell(import_wording.format_of(listing)),
            *cells,
            Cell(day(taken_back) if taken_back else "", taken_back, tip=moment(taken_back)),
        ),
        dim=bool(listing.taken_back),
    )
