"""How a row of the table is painted: selection, signs for status and code, swatches for tags."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from refman.library import TableRow
from refman.library.columns import COLUMNS
from refman.ui import icons, theme
from refman.ui.entry_table import texts
from refman.ui.entry_table.model import ROW

PADDING = 8
SIGN = 16  # the width of a status sign
SWATCH = 14
_ROLES = {
    "inbox": "accent",
    "to-read": "text",
    "reading": "warning",
    "read": "good",
    "dropped": "faint",
}
_MUTED = (
    "creators",
    "category",
    "categories",
    "venue",
    "citation_key",
    "added",
    "modified",
    "score",
    "best_score",
    "seen",
)


class EntryDelegate(QStyledItemDelegate):
    """Paints every cell itself; `hovered` is the row under the mouse, or -1."""

    hovered = -1

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: TableRow | None = index.data(ROW)
        painter.save()
        rect = option.rect
        self._paint_background(painter, option, index.row())
        if row is not None:
            name = COLUMNS[index.column()].name
            area = rect.adjusted(PADDING, 0, -PADDING, 0)
            if name == "status":
                _paint_status(painter, rect, row)
            elif name == "code":
                if row.code:
                    _paint_icon(painter, rect, "code", theme.colour("muted"), theme.px(SIGN))
            elif name == "rating":
                _paint_rating(painter, area, row.rating)
            elif name == "title":
                _paint_title(painter, area, row, option.font)
            else:
                painter.setPen(theme.colour("muted" if name in _MUTED else "text"))
                _paint_text(painter, area, index.data(), COLUMNS[index.column()].align)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        text = index.data() or ""
        width = option.fontMetrics.horizontalAdvance(text) + 2 * PADDING + 4
        return QSize(width, row_height(option.fontMetrics.height()))

    def _paint_background(self, painter: QPainter, option: QStyleOptionViewItem, row: int) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            active = state & QStyle.StateFlag.State_Active
            painter.fillRect(
                option.rect, theme.colour("selection" if active else "selection_inactive")
            )
        elif row == self.hovered:
            painter.fillRect(option.rect, theme.colour("row_hover"))


def row_height(text_height: int) -> int:
    """The height of a row whose text is so high."""
    return text_height + 13


def _paint_status(painter: QPainter, rect: QRect, row: TableRow) -> None:
    if row.attention:
        _paint_icon(painter, rect, "attention", theme.colour("warning"), theme.px(SIGN))
    else:
        role = _ROLES.get(row.status, "muted")
        _paint_icon(painter, rect, f"status-{row.status}", theme.colour(role), theme.px(SIGN + 2))


def _paint_icon(painter: QPainter, rect: QRect, name: str, colour: QColor, size: int) -> None:
    image = icons.pixmap(name, size, colour, painter.device().devicePixelRatioF())
    painter.drawPixmap(
        rect.x() + (rect.width() - size) // 2, rect.y() + (rect.height() - size) // 2, image
    )


def _paint_rating(painter: QPainter, area: QRect, rating: int) -> None:
    ratio = painter.device().devicePixelRatioF()
    size = theme.px(13)
    star = icons.pixmap("star-filled", size, theme.colour("warning"), ratio)
    top = area.y() + (area.height() - size) // 2
    for number in range(rating):
        painter.drawPixmap(area.x() + number * (size + 1) - 2, top, star)


def _paint_title(painter: QPainter, area: QRect, row: TableRow, font: QFont) -> None:
    side = theme.px(SWATCH)
    for tag in row.tags:
        if not tag.colour or area.width() < 4 * side:
            continue
        box = QRectF(area.x(), area.y() + (area.height() - side) / 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tag.colour))
        painter.drawRoundedRect(box, 4, 4)
        if tag.position:
            small = QFont(font)
            small.setPixelSize(theme.px(10))
            small.setWeight(QFont.Weight.DemiBold)
            painter.setFont(small)
            painter.setPen(theme.readable_on(tag.colour))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(tag.position))
        area = area.adjusted(side + 3, 0, 0, 0)
    if any(tag.colour for tag in row.tags):
        area = area.adjusted(3, 0, 0, 0)
    shown = QFont(font)
    if row.untitled:
        shown.setItalic(True)
    painter.setFont(shown)
    painter.setPen(theme.colour("muted" if row.untitled or row.status == "dropped" else "text"))
    _paint_text(painter, area, texts.cell(row, "title"))


def _paint_text(painter: QPainter, area: QRect, text: str, align: str = "left") -> None:
    if not text:
        return
    flags = {
        "left": Qt.AlignmentFlag.AlignLeft,
        "right": Qt.AlignmentFlag.AlignRight,
        "center": Qt.AlignmentFlag.AlignHCenter,
    }[align]
    # Cut before it is measured: an abstract's start may be long, and only its start is shown.
    elided = painter.fontMetrics().elidedText(text[:400], Qt.TextElideMode.ElideRight, area.width())
    flags |= Qt.AlignmentFlag.AlignVCenter
    painter.drawText(area, flags | Qt.TextFlag.TextSingleLine, elided)
