"""The table of a comparison: a click or Space takes a value; what comes out stays in sight."""

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _, ngettext
from refman.ui import icons, theme
from refman.ui.comparing import Choosing
from refman.ui.widgets.comparison.model import KEEPER, ComparisonModel
from refman.ui.widgets.comparison.value_cell import MARGIN, ValueCell
from refman.ui.widgets.flow_layout import FlowLayout

NARROWEST = 25  # letters of middling width in a column, but no more than half of the width
NAMES = 18  # letters of the names of the fields, but no more than a fifth of the width
GRID = 1  # pixel of each cell that the line beside and below it takes
LOW = 260  # pixels of usual text; below, the legend gives way


class ComparisonTable(QWidget):
    """Fields are rows and papers columns, the last for the paper that comes out."""

    changed = Signal()  # another value is taken
    keeper_wanted = Signal(int)  # a column: another paper is to stay
    paper_wanted = Signal(int)  # a column: show it
    apart_wanted = Signal(int)  # a column: it is not the same as the others

    def __init__(self, parent: QWidget | None = None, *, offers_papers: bool = True) -> None:
        """`offers_papers`: whether the menu of a column leads to its paper."""
        super().__init__(parent)
        self._offers_papers = offers_papers
        self.editable = True
        self._has_legend = False
        self.model = ComparisonModel(self)
        self._cell = ValueCell(self.model, self)
        self.view = _Values(self.model, self._cell)
        self.view.setAccessibleName(_("The papers, field by field"))
        self.view.taken.connect(self.take)
        self.view.menu_wanted.connect(self._show_menu)
        self.view.resized.connect(self._fit_later)
        self.result = _table(self.model, self._cell)
        self.result.setAccessibleName(_("The paper that comes out"))
        self.result.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.result.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.result.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.result.verticalHeader().hide()
        self.result.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.equal = QToolButton(checkable=True)
        self.equal.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.equal.setToolTip(_("Show or fold away the fields that all papers have in common"))
        self.equal.toggled.connect(self._show_equal)
        theme.set_kind(self.equal, "section")
        self.whole = QCheckBox(_("Long texts whole"))
        self.whole.setToolTip(_("Show long texts, such as abstracts, from end to end"))
        self.whole.toggled.connect(self._show_whole)
        self._legend = QLabel(
            _("Underlined: only there. Struck out: lacking there; the paper that stays has it."),
            wordWrap=True,
        )
        theme.set_kind(self._legend, "faint")
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit)
        self._lay_out()
        self._connect_scrolling()
        theme.theme().changed.connect(self._dress)
        self.setFocusProxy(self.view)
        self._dress()

    def _lay_out(self) -> None:
        self._below = QWidget()  # as high as the bar below the papers, so that both end alike
        self._below.setAutoFillBackground(True)
        self._below.setBackgroundRole(QPalette.ColorRole.Base)
        self._below.hide()
        line = QFrame(frameShape=QFrame.Shape.NoFrame)
        line.setFixedWidth(1)
        line.setAutoFillBackground(True)
        self._line = line
        tables = QHBoxLayout(spacing=0)
        tables.addWidget(self.view, 1)
        tables.addWidget(line)
        beside = QVBoxLayout(spacing=0)
        beside.addWidget(self.result, 1)
        beside.addWidget(self._below)
        tables.addLayout(beside)
        foot = QWidget()
        flow = FlowLayout(foot, gap=10)
        flow.setContentsMargins(10, 5, 10, 5)
        for part in (self.equal, self.whole):
            flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tables, 1)
        column.addWidget(foot)
        legend = QHBoxLayout()
        legend.setContentsMargins(14, 0, 14, 6)
        legend.addWidget(self._legend)
        column.addLayout(legend)

    def _connect_scrolling(self) -> None:
        """The two tables scroll as one; the bar is beside the outcome."""
        mine, other = self.view.verticalScrollBar(), self.result.verticalScrollBar()
        mine.valueChanged.connect(other.setValue)
        other.valueChanged.connect(mine.setValue)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.horizontalScrollBar().rangeChanged.connect(self._range_changed)

    def _range_changed(self, _low: int, high: int) -> None:
        self._below.setFixedHeight(self.view.horizontalScrollBar().sizeHint().height())
        self._below.setVisible(high > 0)

    # --- what is shown ---------------------------------------------------------------------

    @property
    def choosing(self) -> Choosing | None:
        return self.model.choosing

    def show_papers(self, choosing: Choosing | None) -> None:
        """Show these papers; where the cursor was in the same ones it stays."""
        former = self.model.choosing
        same = former and choosing and [p.id for p in former.papers] == [
            p.id for p in choosing.papers
        ]  # fmt: skip
        place = self.view.currentIndex()
        row, column = (place.row(), place.column()) if same and place.isValid() else (0, 0)
        top = self.view.verticalScrollBar().value() if same else 0
        if choosing and not same:
            column = choosing.keeper
        self.model.show_papers(choosing)
        count = len(choosing.papers) if choosing else 0
        for number in range(count + 1):
            self.view.setColumnHidden(number, number == count)
            self.result.setColumnHidden(number, number != count)
        equal = len(choosing.equal) if choosing else 0
        text = ngettext("{n} field is the same in all", "{n} fields are the same in all", equal)
        self.equal.setText(text.format(n=equal))
        self.equal.setVisible(equal > 0)
        self._has_legend = bool(choosing and choosing.differing)
        self._share_width()
        self._fit()
        if self.model.rows:
            row = min(row, len(self.model.rows) - 1)
            self.view.setCurrentIndex(self.model.index(row, column))
        self.view.verticalScrollBar().setValue(top)

    def _show_equal(self, wanted: bool) -> None:
        self.model.set_equal_too(wanted)
        self._dress_fold()
        self._fit()

    def _show_whole(self, wanted: bool) -> None:
        self.model.set_whole(wanted)
        self._fit()

    # --- choosing --------------------------------------------------------------------------

    @property
    def current_column(self) -> int:
        """The paper that the keyboard is in."""
        return max(self.view.currentIndex().column(), 0)

    def take(self, index: QModelIndex) -> None:
        """Take a value, or choose which paper stays."""
        if not self.editable or not index.isValid() or not self.model.is_choice(index):
            return
        name, column = self.model.rows[index.row()], index.column()
        assert self.choosing
        if name != KEEPER:
            self.choosing.take(name, column)
            self.model.dress()
            self._fit_later()
            self.changed.emit()
        elif column != self.choosing.keeper:
            self.keeper_wanted.emit(column)

    def take_all(self, column: int) -> None:
        """Take all that one paper says."""
        assert self.choosing
        self.choosing.take_all(column)
        self.model.dress()
        self._fit_later()
        self.changed.emit()

    def _show_menu(self, event: QContextMenuEvent) -> None:
        index = self.view.currentIndex()
        if not index.isValid() or self.choosing is None:
            return
        column = index.column()
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        if self.editable:
            if self.model.is_choice(index) and self.model.rows[index.row()] != KEEPER:
                menu.addAction(icons.icon("check"), _("Take this value"), partial(self.take, index))
            menu.addAction(_("Take all values of this paper"), partial(self.take_all, column))
            stays = menu.addAction(
                icons.icon("key"), _("Keep this paper’s key"),
                partial(self.keeper_wanted.emit, column),
            )  # fmt: skip
            stays.setEnabled(column != self.choosing.keeper)
        if self._offers_papers:
            if self.editable and len(self.choosing.papers) > 2:
                menu.addSeparator()
                menu.addAction(_("This one is not the same"),
                               partial(self.apart_wanted.emit, column))  # fmt: skip
            menu.addSeparator()
            menu.addAction(icons.icon("next"), _("Show this paper"),
                           partial(self.paper_wanted.emit, column))  # fmt: skip
        if menu.isEmpty():
            menu.deleteLater()
            return
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            rect = self.view.visualRect(index)
            place = self.view.viewport().mapToGlobal(rect.center())
        menu.popup(place)

    # --- sizes and colours -----------------------------------------------------------------

    def _fit_later(self) -> None:
        self._fitting.start()

    def _fit(self) -> None:
        """Each row as high as its highest cell, in both tables."""
        columns = self.model.columnCount()
        if not columns:
            return
        widths = [self.view.columnWidth(column) for column in range(columns - 1)]
        widths.append(self.result.columnWidth(columns - 1))
        widths = [width - GRID for width in widths]
        for row in range(self.model.rowCount()):
            height = max(
                self._name_height(row),
                *(
                    self._cell.height(self.model.index(row, column), width)
                    for column, width in enumerate(widths)
                ),
            )
            for table in (self.view, self.result):
                if table.rowHeight(row) != height + GRID:
                    table.setRowHeight(row, height + GRID)

    def _name_height(self, row: int) -> int:
        """What the name of a field needs, which is broken into lines where it is long."""
        header = self.view.verticalHeader()
        name = str(self.model.headerData(row, Qt.Orientation.Vertical))
        room = QRect(0, 0, header.width() - 2 * MARGIN, 10_000)
        text = header.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, name)
        return text.height() + 2 * MARGIN

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self._fit_later()

    def _share_width(self) -> None:
        """The outcome gets as much room as a paper."""
        header = self.view.verticalHeader()
        letter = QFontMetrics(theme.sized_font(1.0)).averageCharWidth()
        header.setFixedWidth(max(min(letter * NAMES, self.width() // 5), 40))
        self._legend.setVisible(self._has_legend and self.height() > theme.px(LOW))
        papers = max(self.model.result_column, 1)
        room = self.width() - header.width()
        least = min(letter * NARROWEST, max(room // 2, 60))
        self.view.horizontalHeader().setMinimumSectionSize(least)
        self.result.setFixedWidth(max(round(room / (papers + 1)), min(least, room // 3), 60))

    def _dress(self) -> None:
        self.result.horizontalHeader().setMinimumSectionSize(10)
        for table in (self.view, self.result):
            table.verticalHeader().setMinimumSectionSize(10)
        palette = self._line.palette()
        palette.setColor(self._line.backgroundRole(), theme.colour("strong_border"))
        self._line.setPalette(palette)
        self._dress_fold()
        self.model.dress()
        self._share_width()
        self._fit_later()

    def _dress_fold(self) -> None:
        opened = self.equal.isChecked()
        self.equal.setIcon(icons.icon("chevron-down" if opened else "chevron-right"))


class _Values(QTableView):
    """The papers. Space and Enter take a value, and so does a click."""

    taken = Signal(QModelIndex)
    menu_wanted = Signal(QContextMenuEvent)
    resized = Signal()

    def __init__(self, model: ComparisonModel, cell: ValueCell) -> None:
        super().__init__()
        _set_up(self, model, cell)
        self._cell = cell
        self._pressed = QModelIndex()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.setToolTip(_("Click a value, or press Space on it, to take it"))
        header = self.verticalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        )
        header.setSectionsClickable(False)
        self.horizontalHeader().sectionResized.connect(self.resized)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        taking = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key in taking and not modifiers:
            self.taken.emit(self.currentIndex())
        elif modifiers & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
            event.ignore()  # keys of the view around it
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        """Nothing is searched by its first letters here."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = self.indexAt(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index == self._pressed:
            self.taken.emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover((index.row(), index.column()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover((-1, -1))

    def _hover(self, place: tuple[int, int]) -> None:
        if place != self._cell.hovered:
            self._cell.hovered = place
            self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event)


def _table(model: ComparisonModel, cell: ValueCell) -> QTableView:
    table = QTableView()
    _set_up(table, model, cell)
    return table


def _set_up(table: QTableView, model: ComparisonModel, cell: ValueCell) -> None:
    table.setModel(model)
    table.setItemDelegate(cell)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.setFrameShape(QFrame.Shape.NoFrame)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    header.setSectionsClickable(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
