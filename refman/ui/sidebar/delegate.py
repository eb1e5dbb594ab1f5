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
from refman.ui.sidebar.nodes import ADD, ALL_IMPORTS, Node

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
        elif node.scope is None and not node.view:
            link = node.key == ALL_IMPORTS
            if link:
                _paint_row(painter, rect, option)
            painter.setPen(theme.colour("accent" if link else "faint"))
            painter.setFont(theme.sized_font(0.92))
            area = rect.adjusted(MARGIN, 0, 0, 0)
            end = Qt.TextElideMode.ElideRight
            text = painter.fontMetrics().elidedText(node.label, end, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
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
        selected = _paint_row(painter, rect, option)
        middle = rect.center().y()
        left = rect.x() + MARGIN
        size = theme.px(ICON)
        if node.colour:
            _paint_swatch(
                painter, QRectF(left + 1, middle - size // 2 + 1, size - 2, size - 2), node
            )
        else:
            role = "accent" if selected else "muted"
            if (node.key == "attention" and node.count) or _is_doubtful(node):
                role = "warning"
            image = icons.pixmap(node.icon, size, theme.colour(role))
            painter.drawPixmap(QPoint(left, middle - size // 2), image)
        count = f"{node.count:,}" if node.count else ""
        painter.setFont(theme.sized_font(0.92))
        count_width = painter.fontMetrics().horizontalAdvance(count)
        painter.setPen(theme.colour("muted"))
        right = rect.adjusted(0, 0, -MARGIN - 8, 0)
        below = [line for line in (node.note, node.file) if line]
        third = _third_line(option) if len(below) > 1 else 0
        upper_height = round((rect.height() - third) * 0.58)
        if below:
            right.setHeight(upper_height)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        font = QFont(option.font)
        if selected:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.colour("muted" if node.dim else "text"))
        area = rect.adjusted(MARGIN + size + GAP, 0, -MARGIN - count_width - 14, 0)
        if not below:
            _paint_line(painter, area, node.label)
            return
        upper = QRect(area.topLeft(), QSize(area.width(), upper_height))
        of_file = bool(node.listing and not node.listing.header.name)
        _paint_line(painter, upper, node.label, of_file=of_file)
        painter.setFont(theme.sized_font(0.85))
        painter.setPen(theme.colour("warning" if _is_doubtful(node) else "muted"))
        lower = area.adjusted(0, upper_height - 4, count_width + 8, -third)
        _paint_line(painter, lower, below[0], of_file=not node.note)
        if third:
            painter.setPen(theme.colour("muted"))
            lower = lower.translated(0, third)
            _paint_line(painter, lower, node.file, of_file=True)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        node: Node = index.data(NODE)
        height = option.fontMetrics.height()
        if node.note or node.file:
            third = _third_line(option) if node.note and node.file else 0
            return QSize(80, round(height * 1.85) + 9 + third)
        return QSize(80, height + (20 if node.heading else 11))

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


def _third_line(option: QStyleOptionViewItem) -> int:
    """How much higher a line is that has two quiet ones below its name."""
    return round(option.fontMetrics.height() * 0.85)


def add_button(rect: QRect) -> QRect:
    """Where the ＋ of a heading is, in the line `rect`."""
    return QRect(rect.right() - 27, rect.bottom() - 23, 20, 20)


def _paint_row(painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> bool:
    """What lies behind a line that is chosen or under the mouse; whether it is chosen."""
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected or option.state & QStyle.StateFlag.State_MouseOver:
        active = option.state & QStyle.StateFlag.State_Active
        name = ("selection" if active else "selection_inactive") if selected else "hover"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(name))
        painter.drawRoundedRect(QRectF(rect).adjusted(0, 1, -6, -1), 6, 6)
    return selected


def _paint_line(painter: QPainter, area: QRect, text: str, *, of_file: bool = False) -> None:
    """A line, cut where it has no room; names of files often differ at their ends."""
    mode = Qt.TextElideMode.ElideMiddle if of_file else Qt.TextElideMode.ElideRight
    text = painter.fontMetrics().elidedText(text, mode, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _is_doubtful(node: Node) -> bool:
    return bool(node.listing and node.listing.doubtful and not node.listing.taken_back)


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
