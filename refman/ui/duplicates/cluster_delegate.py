"""How a row of the list of duplicates looks: how sure it is, the title, and why."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from refman.ui import icons, theme
from refman.ui.duplicates import wording
from refman.ui.duplicates.clusters_model import CLUSTER, Index


class ClusterDelegate(QStyledItemDelegate):
    """Two lines a row, with the number of papers at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, round(option.fontMetrics.height() * 2.9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cluster = index.data(CLUSTER)
        colours, metrics = theme.colours(), option.fontMetrics
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            focused = option.widget is not None and option.widget.hasFocus()
            fill = colours.selection if focused else colours.selection_inactive
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill if selected else colours.row_hover))
            painter.drawRoundedRect(area.adjusted(4, 1, -4, -1), 6, 6)
        side = round(metrics.height() * 1.05)
        sign = QRectF(area.left() + 14, area.top() + (area.height() - side) / 2, side, side)
        icon, role = wording.ICONS[cluster.tier]
        icons.paint(painter, sign, icon, theme.colour(role))
        left = round(sign.right()) + 10
        top = round(area.top() + (area.height() - 2.15 * metrics.height()) / 2)
        line = QRect(left, top, area.right() - 14 - left, metrics.height())
        for text, colour, place in (
            (wording.title_of(cluster), colours.text, line),
            (wording.note_of(cluster), colours.muted,
             line.translated(0, round(1.15 * metrics.height()))),
        ):  # fmt: skip
            painter.setPen(QColor(colour))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(place, flags, shown)
        painter.restore()
