"""How a line of the sidebar is painted: icon, name, and the count at the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from refman.ui import icons, theme
from refman.ui.sidebar.model import NODE
from refman.ui.sidebar.nodes import ADD, Node

ICON, GAP, MARGIN = 17, 9, 8


class SidebarDelegate(QStyledItemDelegate):
    """Headings are small and quiet; hints are quieter still."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        node: Node = index.data(NODE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if node.heading:
            self._paint_heading(painter, rect, node, option)
        elif node.scope is None:
            painter.setPen(theme.colour("faint"))
            painter.setFont(theme.sized_font(0.92))
            area = rect.adjusted(MARGIN, 0, 0, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, node.label)
        else:
            self._paint_node(painter, rect, node, option)
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, rect: QRect, node: Node, option: QStyleOptionViewItem
    ) -> None:
        painter.setFont(heading_font())
        painter.setPen(theme.colour("muted"))
        flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect.adjusted(MARGIN, 0, -28, -6), flags, node.label.upper())
        if node.icon == ADD:
            hovered = option.state & QStyle.StateFlag.State_MouseOver
            colour = theme.colour("text" if hovered else "muted")
            painter.drawPixmap(add_button(rect).topLeft(), icons.pixmap(ADD, 16, colour))

    def _paint_node(
        self, painter: QPainter, rect: QRect, node: Node, option: QStyleOptionViewItem
    ) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        row = QRectF(rect).adjusted(0, 1, -6, -1)
        if selected or hovered:
            active = option.state & QStyle.StateFlag.State_Active
            name = ("selection" if active else "selection_inactive") if selected else "hover"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(name))
            painter.drawRoundedRect(row, 6, 6)
        middle = rect.center().y()
        left = rect.x() + MARGIN
        size = theme.px(ICON)
        if node.colour:
            _paint_swatch(
                painter, QRectF(left + 1, middle - size // 2 + 1, size - 2, size - 2), node
            )
        else:
            role = "accent" if selected else "muted"
            if node.key == "attention" and node.count:
                role = "warning"
            image = icons.pixmap(node.icon, size, theme.colour(role))
            painter.drawPixmap(QPoint(left, middle - size // 2), image)
        count = f"{node.count:,}" if node.count else ""
        painter.setFont(theme.sized_font(0.92))
        count_width = painter.fontMetrics().horizontalAdvance(count)
        painter.setPen(theme.colour("muted"))
        right = rect.adjusted(0, 0, -MARGIN - 8, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        font = QFont(option.font)
        if selected:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        area = rect.adjusted(MARGIN + size + GAP, 0, -MARGIN - count_width - 14, 0)
        label = painter.fontMetrics().elidedText(
            node.label, Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        node: Node = index.data(NODE)
        return QSize(80, option.fontMetrics.height() + (20 if node.heading else 11))

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        del option, index
        return QLineEdit(parent)

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        del index
        editor.setGeometry(option.rect.adjusted(MARGIN + ICON, 0, -6, 0))


def heading_font() -> QFont:
    """Of the names of the sections."""
    font = theme.sized_font(0.82, bold=True)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
    return font


def add_button(rect: QRect) -> QRect:
    """Where the ＋ of a heading is, in the line `rect`."""
    return QRect(rect.right() - 27, rect.bottom() - 23, 20, 20)


def _paint_swatch(painter: QPainter, box: QRectF, node: Node) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(node.colour))
    painter.drawRoundedRect(box, 4, 4)
    if node.position:
        font = QFont(painter.font())
        font.setPixelSize(theme.px(10))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.readable_on(node.colour))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(node.position))
