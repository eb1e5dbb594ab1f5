"""How a row of the list of findings looks: a sign, two lines, and whether there is a fix."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from refman.library import Finding
from refman.ui import icons, theme
from refman.ui.doctor import wording
from refman.ui.doctor.arranging import Group
from refman.ui.doctor.findings_model import ROW, FindingsModel, Index, lines_of

CHEVRON = 26  # pixels at the left of a group that fold it


class FindingDelegate(QStyledItemDelegate):
    """Two lines a row; a group stands on a ground of its own, with its number at the right."""

    def __init__(self, model: FindingsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.hovered = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index.row(), isinstance(row, Group))
        if isinstance(row, Group):
            self._paint_group(painter, option, row)
        else:
            self._paint_finding(painter, option, row)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, place: int, is_group: bool
    ) -> None:
        colours = theme.colours()
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            focused = option.widget is not None and option.widget.hasFocus()
            colour = colours.selection if focused else colours.selection_inactive
        elif place == self.hovered:
            colour = colours.hover if is_group else colours.row_hover
        else:
            colour = colours.window if is_group else colours.base
        painter.fillRect(area, QColor(colour))

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, group: Group) -> None:
        colours = theme.colours()
        metrics = option.fontMetrics
        area: QRect = option.rect
        side = round(metrics.height() * 0.85)
        chevron = "chevron-right" if self._model.is_folded(group) else "chevron-down"
        top = area.top() + (area.height() - 2.15 * metrics.height()) / 2
        sign = QRectF(area.left() + 10, top + (metrics.height() - side) / 2, side, side)
        icons.paint(painter, sign, chevron, theme.colour("muted"))
        left = area.left() + CHEVRON + 4
        number = f"{len(group.findings):,}"
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        bold_metrics = QFontMetrics(bold)
        width = bold_metrics.horizontalAdvance(number)
        line = QRect(left, round(top), area.right() - 14 - left, metrics.height())
        painter.setFont(bold)
        painter.setPen(QColor(colours.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        name, note = lines_of(group, by_paper=group.of_paper)
        _draw(painter, line.adjusted(0, 0, -width - 10, 0), name, bold_metrics, colours.text)
        painter.setFont(option.font)
        second = line.translated(0, round(1.15 * metrics.height()))
        icon, role = wording.ICONS[group.severity]
        side = round(metrics.height() * 0.9)
        icons.paint(painter, QRectF(left, second.top() + 1, side, side), icon, theme.colour(role))
        _draw(painter, second.adjusted(side + 5, 0, 0, 0), note, metrics, colours.muted)

    def _paint_finding(
        self, painter: QPainter, option: QStyleOptionViewItem, finding: Finding
    ) -> None:
        colours = theme.colours()
        metrics = option.fontMetrics
        area: QRect = option.rect
        side = round(metrics.height() * 1.05)
        icon, role = wording.ICONS[finding.severity]
        place = QRectF(
            area.left() + CHEVRON + 2, area.top() + (area.height() - side) / 2, side, side
        )
        icons.paint(painter, place, icon, theme.colour(role))
        left = round(place.right()) + 9
        top = round(area.top() + (area.height() - 2.15 * metrics.height()) / 2)
        line = QRect(left, top, area.right() - 14 - left, metrics.height())
        first, note = lines_of(finding, by_paper=self._model.by_paper)
        _draw(painter, line, first, metrics, colours.text)
        second = line.translated(0, round(1.15 * metrics.height()))
        word = wording.fix_word(finding)
        if word:
            painter.setPen(
                QColor(colours.good if finding.fix and finding.fix.safe else colours.muted)
            )
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(second, right, word)
            second = second.adjusted(0, 0, -metrics.horizontalAdvance(word) - 10, 0)
        _draw(painter, second, note, metrics, colours.muted)


def _draw(painter: QPainter, area: QRect, text: str, metrics: QFontMetrics, colour: str) -> None:
    painter.setPen(QColor(colour))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
