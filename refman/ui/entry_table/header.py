"""The table's head: click to sort, drag to move, right-click to choose columns."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from refman.i18n import _
from refman.library.columns import COLUMNS
from refman.ui import icons, theme


class EntryHeader(QHeaderView):
    """Paints itself, since a styled header has no arrow of the theme's colour."""

    columns_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setStretchLastSection(False)
        self.setSortIndicatorShown(True)
        self.setAccessibleName(_("Columns"))
        self.sectionMoved.connect(lambda *_moved: self.columns_changed.emit())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        column = COLUMNS[section]
        painter.save()
        painter.fillRect(rect, theme.colour("base"))
        painter.setPen(theme.colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if self.visualIndex(section) < self.count() - self.hiddenSectionCount() - 1:
            painter.drawLine(rect.topRight() + QPoint(0, 8), rect.bottomRight() - QPoint(0, 8))
        area = rect.adjusted(8, 0, -8, 0)
        sorts = self.sortIndicatorSection() == section
        colour = theme.colour("text" if sorts else "muted")
        ratio = painter.device().devicePixelRatioF()
        if sorts and rect.width() > 40:
            ascending = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            arrow = "chevron-up" if ascending else "chevron-down"
            painter.drawPixmap(
                area.right() - 11,
                area.center().y() - 6,
                icons.pixmap(arrow, 14, colour, ratio),
            )
            area.adjust(0, 0, -16, 0)
        if column.name == "code":
            image = icons.pixmap("code", 15, colour, ratio)
            painter.drawPixmap(rect.center() - QPoint(7, 7), image)
        elif column.name != "status":
            painter.setPen(colour)
            align = (
                Qt.AlignmentFlag.AlignRight
                if column.align == "right"
                else (Qt.AlignmentFlag.AlignLeft)
            )
            label = painter.fontMetrics().elidedText(
                _(column.label), Qt.TextElideMode.ElideRight, area.width()
            )
            painter.drawText(area, align | Qt.AlignmentFlag.AlignVCenter, label)
        painter.restore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        for section, column in enumerate(COLUMNS):
            action = menu.addAction(_(column.label))
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(section))
            action.setEnabled(column.name != "title")
            action.toggled.connect(
                lambda shown, section=section: self._show_section(section, shown)
            )
        menu.addSeparator()
        menu.addAction(_("Default columns"), self.set_defaults)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def set_defaults(self) -> None:
        """The columns, order and widths of a new library."""
        for section, column in enumerate(COLUMNS):
            self.moveSection(self.visualIndex(section), section)
            # Room for the label and, where it sorts, the arrow.
            least = self.fontMetrics().horizontalAdvance(_(column.label)) + 38
            signs = column.name in ("status", "code")
            self.resizeSection(section, max(theme.px(column.width), 0 if signs else least))
            self.setSectionHidden(section, not column.default_visible)
        self.columns_changed.emit()

    def scale_by(self, factor: float) -> None:
        """Make every column wider or narrower with the text."""
        for section in range(self.count()):
            if not self.isSectionHidden(section):
                self.resizeSection(section, round(self.sectionSize(section) * factor))

    def shown_names(self) -> tuple[str, ...]:
        """The names of the visible columns in their order."""
        sections = (self.logicalIndex(place) for place in range(self.count()))
        return tuple(COLUMNS[each].name for each in sections if not self.isSectionHidden(each))

    def widths(self) -> dict[str, int]:
        """The widths of the visible columns."""
        return {
            column.name: self.sectionSize(section)
            for section, column in enumerate(COLUMNS)
            if not self.isSectionHidden(section)
        }

    def restore(self, names: tuple[str, ...], widths: dict[str, int]) -> None:
        """Show the columns `names` in that order; names that are not known are passed over."""
        known = {column.name: section for section, column in enumerate(COLUMNS)}
        wanted = [known[name] for name in names if name in known]
        self.set_defaults()
        if wanted:
            for section in range(len(COLUMNS)):
                self.setSectionHidden(section, section not in wanted)
            for place, section in enumerate(wanted):
                self.moveSection(self.visualIndex(section), place)
        for name, width in widths.items():
            if name in known:
                self.resizeSection(known[name], max(width, self.minimumSectionSize()))

    def _show_section(self, section: int, shown: bool) -> None:
        self.setSectionHidden(section, not shown)
        self.columns_changed.emit()
