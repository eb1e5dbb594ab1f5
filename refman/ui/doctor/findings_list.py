"""The list of findings: it stands where it stood when others are found, and folds its groups."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from refman.i18n import _
from refman.library import Finding
from refman.ui import theme
from refman.ui.doctor.arranging import Group, paper_key
from refman.ui.doctor.finding_delegate import CHEVRON, FindingDelegate
from refman.ui.doctor.findings_model import FindingsModel, Row

NEAR = 400  # rows around the current one among which the next one is looked for


class FindingsList(QTableView):
    """Left and Right fold and unfold, with Ctrl all groups; letters go to the search."""

    row_chosen = Signal(object)  # Finding, Group or None
    opened = Signal()  # Enter or a double click on a finding
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Findings"))
        self.findings = FindingsModel(self)
        self._delegate = FindingDelegate(self.findings, self)
        self.setModel(self.findings)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setMinimumWidth(230)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setMinimumSectionSize(10)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentChanged.connect(self._tell)
        theme.theme().changed.connect(self._dress)
        self._dress()

    # --- what is shown ---------------------------------------------------------------------

    @property
    def current(self) -> Row | None:
        return self._row(self.currentIndex().row())

    def _row(self, place: int) -> Row | None:
        rows = self.findings.rows
        return rows[place] if 0 <= place < len(rows) else None

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these, and stand where it stood: on the same row, else on the next that is left,
        which keeps its place on the screen."""
        place = self.currentIndex().row()
        current = self._row(place)
        anchor = place if current is not None and self._is_seen(place) else self.rowAt(0)
        anchor_row = self._row(anchor)
        offset = self.rowViewportPosition(anchor) if anchor_row is not None else 0
        wanted = self._following(place) if current is not None else []
        held = [anchor_row] if anchor_row is not None and anchor != place else []
        self.findings.show_groups(groups)
        self.updateGeometries()
        rows = self.findings.rows
        found = _first_of(rows, wanted)
        if found < 0 and rows:
            found = self._first_finding() if current is None else min(place, len(rows) - 1)
        if found < 0:
            self.row_chosen.emit(None)
            return
        self.select(found, scroll=False)
        if current is None:
            self.scrollToTop()
            return
        kept = _first_of(rows, held) if held else found
        if kept >= 0:
            height = self.verticalHeader().defaultSectionSize()
            self.verticalScrollBar().setValue(kept * height - offset)
        if not held:
            self.scrollTo(self.findings.index(found, 0))

    def _is_seen(self, place: int) -> bool:
        top = self.rowViewportPosition(place)
        return 0 <= top < self.viewport().height()

    def _following(self, place: int) -> list[Row]:
        """The row at `place`, those behind it, and those before it from the nearest on."""
        rows = self.findings.rows
        behind = [row for row in rows[place + 1 : place + NEAR] if isinstance(row, Finding)]
        before = [row for row in rows[max(place - NEAR, 0) : place] if isinstance(row, Finding)]
        return [rows[place], *behind, *reversed(before)]

    def _first_finding(self) -> int:
        return 1 if len(self.findings.rows) > 1 else 0

    def select(self, place: int, *, scroll: bool = True) -> None:
        """Stand on the row `place`."""
        index = self.findings.index(place, 0)
        flags = self.selectionModel().SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        if scroll:
            self.scrollTo(index)

    def step(self, by: int) -> None:
        """To the next finding, or with -1 the one before."""
        rows = self.findings.rows
        place = self.currentIndex().row() + by
        while 0 <= place < len(rows) and isinstance(rows[place], Group):
            place += by
        if 0 <= place < len(rows):
            self.select(place)

    def _tell(self, index: QModelIndex) -> None:
        self.row_chosen.emit(self._row(index.row()))

    # --- events ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.current is not None:
            self._fold(
                key == Qt.Key.Key_Left, bool(modifiers & Qt.KeyboardModifier.ControlModifier)
            )
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not modifiers:
            if isinstance(self.current, Group):
                self.findings.fold(
                    self.currentIndex().row(), not self.findings.is_folded(self.current)
                )
            elif key != Qt.Key.Key_Space and self.current is not None:
                self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()  # the view's own would copy one line
        else:
            super().keyPressEvent(event)

    def _fold(self, folded: bool, everything: bool) -> None:
        place = self.currentIndex().row()
        current = self.current
        if everything:
            group = self.findings.rows[self.findings.group_row(place)]
            self.findings.fold_all(folded)
            self.select(max(_first_of(self.findings.rows, [group]), 0))
        elif isinstance(current, Group):
            self.findings.fold(place, folded)
        elif folded:
            self.select(self.findings.group_row(place))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = self.rowAt(round(event.position().y()))
        if event.button() == Qt.MouseButton.LeftButton and event.position().x() < CHEVRON:
            self._turn(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self.rowAt(round(event.position().y()))
        if isinstance(self._row(place), Finding):
            self.opened.emit()
        else:
            self._turn(place)

    def _turn(self, place: int) -> None:
        row = self._row(place)
        if isinstance(row, Group):
            self.findings.fold(place, not self.findings.is_folded(row))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, place: int) -> None:
        if place != self._delegate.hovered:
            self._delegate.hovered = place
            self.viewport().update()

    def keyboardSearch(self, text: str) -> None:
        # Qt's own looks at every row.
        self.typed.emit(text)

    def _dress(self) -> None:
        height = round(QFontMetrics(theme.sized_font(1.0)).height() * 2.9)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)


def _first_of(rows: Sequence[Row], wanted: Sequence[Row]) -> int:
    """Where the first of `wanted` stands that is among `rows`, else -1."""
    ranks = {_identity(row): rank for rank, row in reversed(list(enumerate(wanted)))}
    papers = {paper_key(row) for row in wanted if isinstance(row, Finding)}
    groups = {row.key for row in wanted if isinstance(row, Group)}
    best, found = len(wanted), -1
    for place, row in enumerate(rows):
        # Most are not wanted, and this is the quicker question.
        if (row.key not in groups) if isinstance(row, Group) else (paper_key(row) not in papers):
            continue
        rank = ranks.get(_identity(row), best)
        if rank < best:
            best, found = rank, place
    return found


def _identity(row: Row) -> object:
    """What stays the same when a finding is found anew."""
    if isinstance(row, Group):
        return row.key, row.of_paper
    return row.rule, row.field, row.message, row.line, paper_key(row)
