"""A row's source text, with what became of each part of it marked, and the legend of the marks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLine,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from refman.i18n import _
from refman.library.marking import Mark
from refman.ui import theme
from refman.ui.import_review.part_looks import look_of, paint_part
from refman.ui.import_review.wording import part_name
from refman.ui.widgets.flow_layout import FlowLayout
from refman.ui.widgets.growing_text import ReadingText
from refman.ui.widgets.lettering import use_font

LABEL = 0.72  # the size of a label, of that of the text
AIRY, CLOSE = 185, 125  # per cent of a line's height: with and without labels within


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch, in Qt's places of the text view."""

    start: int
    end: int
    part: str


class SourceView(QWidget):
    """`part_chosen` when a marked stretch, or its name in the legend, is clicked."""

    part_chosen = Signal(str, str)  # part, the marked text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = MarkedText(self)
        self.text.part_chosen.connect(self.part_chosen)
        self.legend = QWidget(self)
        self._flow = FlowLayout(self.legend, gap=4)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.entries: list[LegendEntry] = []
        self._unused = QLabel(_("dim: not used"), self.legend)
        self._unused.setToolTip(_("What is dim became no part of the paper"))
        theme.set_kind(self._unused, "faint")
        self._flow.addWidget(self._unused)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.text)
        column.addWidget(self.legend)

    def show_source(self, raw_text: str, marks: Sequence[Mark]) -> None:
        """Show the text of a row, and in it what became of its parts."""
        self.text.show_source(raw_text, marks)
        parts = list(dict.fromkeys(span.part for span in self.text.spans))
        while len(self.entries) < len(parts):
            entry = LegendEntry(self.legend)
            entry.lit.connect(self.text.light)
            entry.clicked.connect(self._choose)
            self._flow.insert_widget(len(self.entries), entry)
            QWidget.setTabOrder(self.entries[-1] if self.entries else self.text, entry)
            self.entries.append(entry)
        for entry, part in zip(self.entries, parts, strict=False):
            entry.show_part(part)
        for number, entry in enumerate(self.entries):
            entry.setVisible(number < len(parts))
        self._unused.setVisible(self.text.has_unused)
        self.legend.setVisible(bool(parts))

    @property
    def parts(self) -> list[str]:
        """The parts in the legend, as they stand in the text."""
        return [entry.part for entry in self.entries if not entry.isHidden()]

    def light(self, part: str) -> None:
        """Let the stretches of a part stand out; '' for none."""
        self.text.light(part)

    def _choose(self) -> None:
        entry = self.sender()
        assert isinstance(entry, LegendEntry)
        self.part_chosen.emit(entry.part, self.text.text_of(entry.part))


class MarkedText(ReadingText):
    """The text itself: to be read, selected and copied as it is."""

    part_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spans: list[Span] = []
        self.has_unused = False
        self._source: tuple[str, Sequence[Mark]] = ("", ())
        self._lit = ""
        self._pressed: QPointF | None = None
        self.setAccessibleName(_("Source text of the row"))
        self.viewport().setMouseTracking(True)
        theme.set_kind(self, "code")
        use_font(self, theme.mono_font)
        theme.theme().changed.connect(self._write)

    @property
    def lit(self) -> str:
        """The part that stands out; '' for none."""
        return self._lit

    def show_source(self, raw_text: str, marks: Sequence[Mark]) -> None:
        """Show `raw_text` with its parts marked."""
        if self._source != (raw_text, marks):
            self._source = (raw_text, marks)
            self._lit = ""
            self._write()

    def light(self, part: str) -> None:
        """Let the stretches of a part stand out; '' for none."""
        if part != self._lit:
            self._lit = part
            self.viewport().update()

    def text_of(self, part: str) -> str:
        """The first stretch of a part."""
        found = next((span for span in self.spans if span.part == part), None)
        return self._text(found) if found else ""

    def span_at(self, place: QPointF) -> Span | None:
        """The marked stretch at a place of the viewport."""
        for span in self.spans:
            if any(area.contains(place) for area in self._areas(span)):
                return span
        return None

    def _write(self) -> None:
        """Fill the document: what is used in the text's colour, the rest dim."""
        raw_text, marks = self._source
        self.clear()
        self.spans = []
        self.has_unused = False
        used, unused = QTextCharFormat(), QTextCharFormat()
        used.setForeground(theme.colour("text"))
        unused.setForeground(theme.colour("faint"))
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        place = 0
        for mark in marks:
            between = raw_text[place : mark.start]
            self.has_unused = self.has_unused or any(c.isalnum() for c in between)
            cursor.insertText(between, unused)
            start = cursor.position()
            cursor.insertText(raw_text[mark.start : mark.end], used)
            self.spans.append(Span(start, cursor.position(), mark.part))
            place = mark.end
        rest = raw_text[place:]
        self.has_unused = self.has_unused or (bool(marks) and any(c.isalnum() for c in rest))
        cursor.insertText(rest, unused if marks else used)
        self._make_room(cursor)
        cursor.endEditBlock()
        self.setTextCursor(QTextCursor(self.document()))
        parts = [f"{part_name(span.part)}: {self._text(span)}" for span in self.spans]
        self.setAccessibleDescription("\n".join(parts))

    def _make_room(self, cursor: QTextCursor) -> None:
        """Room for the labels: above a line of the source, and in it where several parts begin."""
        room = QFontMetricsF(self.font()).height() * LABEL
        starts = Counter(self.document().findBlock(span.start).position() for span in self.spans)
        kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight
        block = self.document().firstBlock()
        while block.isValid():
            count = starts[block.position()]
            looks = QTextBlockFormat()
            looks.setTopMargin(room if count else 0)
            looks.setLineHeight(AIRY if count > 1 else CLOSE, kind.value)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(looks)
            block = block.next()
        frame = self.document().rootFrame().frameFormat()
        first = starts[0] > 0  # whose own margin counts for nothing at the top
        frame.setTopMargin(room if first else 0)
        self.document().rootFrame().setFrameFormat(frame)

    def _text(self, span: Span) -> str:
        cursor = QTextCursor(self.document())
        cursor.setPosition(span.start)
        cursor.setPosition(span.end, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selection().toPlainText()

    # --- the marks -------------------------------------------------------------------------

    def _areas(self, span: Span) -> list[QRectF]:
        """Where a stretch stands on the viewport, a rectangle a line."""
        found = []
        layout = self.document().documentLayout()
        block = self.document().findBlock(span.start)
        metrics = QFontMetricsF(self.font())
        while block.isValid() and block.position() < span.end:
            corner = layout.blockBoundingRect(block).topLeft()
            lines = block.layout()
            for number in range(lines.lineCount()):
                line = lines.lineAt(number)
                first = max(span.start - block.position(), line.textStart())
                last = min(span.end - block.position(), line.textStart() + line.textLength())
                if first < last:
                    found.append(_area(line, first, last, corner, metrics))
            block = block.next()
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * LABEL)
        painter.setFont(font)
        labels: list[tuple[QPointF, str]] = []
        for span in self.spans:
            areas = self._areas(span)
            for area in areas:
                paint_part(painter, area, span.part, lit=span.part == self._lit)
            if areas:
                labels.append((areas[0].topLeft(), span.part))
        self._paint_labels(painter, labels)
        painter.end()
        super().paintEvent(event)

    def _paint_labels(self, painter: QPainter, labels: Sequence[tuple[QPointF, str]]) -> None:
        """The name of each part above its start, where it has room before the next one."""
        metrics = QFontMetricsF(painter.font())
        edge = float(self.viewport().width())
        for number, (corner, part) in enumerate(labels):
            following = labels[number + 1][0] if number + 1 < len(labels) else None
            same_line = following is not None and abs(following.y() - corner.y()) < 2
            room = (following.x() if same_line and following else edge) - corner.x() - 4
            name = part_name(part)
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            if len(text) > 2 or text == name:
                painter.setPen(look_of(part).label)
                painter.drawText(QPointF(corner.x() + 1, corner.y() - metrics.descent()), text)

    # --- the mouse -------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            span = self.span_at(event.position())
            self.light(span.part if span else "")
            shape = Qt.CursorShape.PointingHandCursor if span else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        left = event.button() == Qt.MouseButton.LeftButton
        if not left or pressed is None or self.textCursor().hasSelection():
            return
        span = self.span_at(event.position())
        if span and span == self.span_at(pressed):
            self.part_chosen.emit(span.part, self._text(span))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.light("")

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            span = self.span_at(QPointF(event.pos()))
            tip = (
                _("{part}: click to go to its field").format(part=part_name(span.part))
                if span
                else ""
            )
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().viewportEvent(event)


class LegendEntry(QAbstractButton):
    """A part's name in its look: its stretches stand out while the mouse or the focus is here."""

    lit = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_part(self, part: str) -> None:
        """Be the entry of `part`."""
        self.part = part
        self.setText(part_name(part))
        self.setAccessibleName(_("{part} in the source text").format(part=part_name(part)))
        self.setToolTip(_("Shows where it stands; click to go to its field"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 14, metrics.height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        paint_part(painter, area, self.part, lit=self.hasFocus() or self.underMouse())
        painter.setPen(theme.colour("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.lit.emit(self.part)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.lit.emit("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.lit.emit(self.part)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.lit.emit("")


def _area(
    line: QTextLine, first: int, last: int, corner: QPointF, metrics: QFontMetricsF
) -> QRectF:
    """Where characters `first` to `last` of a block stand, in its line `line`."""
    (left, _first), (right, _last) = (
        cast(tuple[float, int], line.cursorToX(place)) for place in (first, last)
    )
    base = corner.y() + line.y() + line.ascent()
    return QRectF(corner.x() + left, base - metrics.ascent(), right - left, metrics.height() + 1.0)
