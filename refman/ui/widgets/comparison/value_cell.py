"""How a value is drawn: a round mark that says whether it is taken, and the text behind it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QPen,
    QTextDocument,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from refman.ui import theme
from refman.ui.widgets.comparison.model import HTML, TAKEN, ComparisonModel, Index

MARGIN = 8
RADIO, GAP = 14, 8  # pixels of a text of the usual size
KEPT = 400  # documents


class ValueCell(QStyledItemDelegate):
    """Lays out each text once for a width."""

    def __init__(self, model: ComparisonModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._documents: dict[tuple[str, int], QTextDocument] = {}
        self.hovered: tuple[int, int] = (-1, -1)
        theme.theme().changed.connect(self.forget)

    def forget(self) -> None:
        """The letters have another size."""
        self._documents.clear()

    def height(self, index: Index, width: int) -> int:
        """What the cell needs in a column of `width`."""
        document = self._document(str(index.data(HTML) or ""), self._room(index, width))
        return round(document.size().height() + 0.49) + 2 * MARGIN

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = option.rect.width()
        return QSize(width, self.height(index, width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.colours()
        taken = index.data(TAKEN)
        area = option.rect
        hovered = self.hovered == (index.row(), index.column()) and taken is not None
        ground = colours.base
        if index.column() == self._model.result_column:
            ground = colours.window
        elif taken:
            ground = colours.accent_soft
        elif hovered:
            ground = colours.row_hover
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, QColor(ground))
        if option.state & QStyle.StateFlag.State_Selected:
            focused = option.widget is not None and option.widget.hasFocus()
            name = colours.accent if focused else colours.strong_border
            painter.setPen(QPen(QColor(name), 2))
            painter.drawRect(QRectF(area).adjusted(1, 1, -1, -1))
        left = area.left() + MARGIN
        if taken is not None:
            self._paint_radio(painter, QPointF(left, area.top() + MARGIN), bool(taken))
        left += self._indent(index)
        html = str(index.data(HTML) or "")
        document = self._document(html, self._room(index, area.width()))
        painter.translate(left, area.top() + MARGIN)
        context = QAbstractTextDocumentLayout.PaintContext()
        text = colours.text if index.data(Qt.ItemDataRole.DisplayRole) else colours.faint
        context.palette.setColor(QPalette.ColorRole.Text, QColor(text))
        painter.setClipRect(QRectF(0, 0, area.width(), area.height() - MARGIN))
        document.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_radio(self, painter: QPainter, corner: QPointF, taken: bool) -> None:
        colours = theme.colours()
        side = theme.px(RADIO)
        ring = QRectF(corner.x() + 1, corner.y() + 2, side - 2, side - 2)
        painter.setPen(QPen(QColor(colours.accent if taken else colours.muted), 1.4))
        painter.setBrush(QColor(colours.field))
        painter.drawEllipse(ring)
        if taken:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(ring.adjusted(3, 3, -3, -3))

    @staticmethod
    def _indent(index: Index) -> int:
        return theme.px(RADIO) + GAP if index.data(TAKEN) is not None else 0

    def _room(self, index: Index, width: int) -> int:
        return max(width - 2 * MARGIN - self._indent(index), 20)

    def _document(self, html: str, width: int) -> QTextDocument:
        known = self._documents.get((html, width))
        if known is None:
            if len(self._documents) >= KEPT:
                self._documents.clear()
            known = QTextDocument()
            known.setDocumentMargin(0)
            known.setDefaultFont(theme.sized_font(1.0))
            known.setHtml(html)
            known.setTextWidth(width)
            self._documents[html, width] = known
        return known
