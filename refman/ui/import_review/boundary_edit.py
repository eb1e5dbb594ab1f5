"""The line of a page in which a title runs into its authors, and the handle between the two."""

from typing import cast

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from refman.i18n import _
from refman.ui import theme
from refman.ui.tex_document import Units

_MARGIN = 12.0


class BoundaryEdit(QWidget):
    """Drag the handle, or move it with the arrow keys; Enter keeps it.

    Left and Right move by a letter, with Ctrl to the next place where a name could begin.
    `moved` while it goes, `kept` when it is let go or Enter is pressed.
    """

    moved = Signal(int)
    kept = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._units = Units("")
        self._boundary = 0
        self._start = 0  # where it was before it was moved
        self._dragging = False
        self._editable = True
        self._layout = QTextLayout()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Where the title ends"))
        self.setToolTip(
            _(
                "Drag the handle to where the title ends, or use Left and Right; Ctrl jumps to the "
                "next place where a name could begin; Enter keeps it"
            )
        )
        theme.theme().changed.connect(self._lay_out)

    def set_editable(self, editable: bool) -> None:
        """Whether the handle can be moved."""
        self._editable = editable

    def show_line(self, text: str, boundary: int) -> None:
        """Show `text` with the title before character `boundary`."""
        self._text = text
        self._units = Units(text)
        self._boundary = self._start = min(max(boundary, 0), len(text))
        self._dragging = False
        self._lay_out()

    @property
    def text(self) -> str:
        return self._text

    @property
    def boundary(self) -> int:
        return self._boundary

    @property
    def title(self) -> str:
        return self._text[: self._boundary].strip()

    @property
    def byline(self) -> str:
        return self._text[self._boundary :].strip()

    def set_boundary(self, boundary: int) -> None:
        """Move the handle."""
        boundary = min(max(boundary, 0), len(self._text))
        if boundary != self._boundary:
            self._boundary = boundary
            self._lay_out()
            self.moved.emit(boundary)

    def place_of(self, boundary: int) -> QPoint:
        """Where character `boundary` begins, in coordinates of the widget."""
        return self._handle(boundary).center().toPoint()

    @property
    def is_moved(self) -> bool:
        """Whether the handle stands elsewhere than what was kept last."""
        return self._boundary != self._start

    def commit(self) -> None:
        """Keep the place of a handle that was moved."""
        if self.is_moved:
            self._start = self._boundary
            self.kept.emit(self._boundary)

    # --- what Qt calls -------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        jump = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if step and self._editable and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.set_boundary(self._jump(step) if jump else self._boundary + step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not jump and self._editable:
            self._start = self._boundary
            self.kept.emit(self._boundary)
        elif event.key() == Qt.Key.Key_Escape and self.is_moved:
            self.set_boundary(self._start)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._editable:
            self._dragging = True
            self.set_boundary(self._character_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self.set_boundary(self._character_at(event.position()))
        near = self._editable and self._handle(self._boundary).adjusted(-6, -6, 6, 6).contains(
            event.position()
        )
        shape = Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape if self._editable else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = False
            self.commit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setBrush(theme.colour("field"))
        painter.setPen(QPen(theme.colour("accent" if focused else "border"), 1.5 if focused else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 8, 8)
        painter.setPen(theme.colour("text"))
        self._layout.draw(painter, QPointF(_MARGIN, _MARGIN))
        handle = self._handle(self._boundary)
        accent = QColor(theme.colours().accent)
        painter.setPen(QPen(accent, 2))
        painter.drawLine(handle.center().x(), handle.top(), handle.center().x(), handle.bottom())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        size = 9.0
        painter.drawEllipse(
            QRectF(handle.center().x() - size / 2, handle.top() - size * 0.6, size, size)
        )
        painter.drawEllipse(
            QRectF(handle.center().x() - size / 2, handle.bottom() - size * 0.4, size, size)
        )

    # --- the text ------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Break the text into lines; the title is bold, the authors in the accent's colour."""
        title, byline = QTextCharFormat(), QTextCharFormat()
        title.setFontWeight(QFont.Weight.DemiBold)
        byline.setForeground(theme.colour("accent"))
        unit = self._units.of(self._boundary)
        end = self._units.of(len(self._text))
        self._layout.setText(self._text)
        self._layout.setFont(theme.sized_font(1.12))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setFormats([_range(0, unit, title), _range(unit, end - unit, byline)])
        width = max(self.width() - 2 * _MARGIN, 60.0)
        height = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height() * 1.25
        self._layout.endLayout()
        wanted = round(height + 2 * _MARGIN)
        if wanted != self.minimumHeight() or wanted != self.maximumHeight():
            self.setFixedHeight(wanted)
        part = _("Title: {title}. Authors: {authors}").format(title=self.title, authors=self.byline)
        self.setAccessibleDescription(part)
        self.update()

    def _handle(self, boundary: int) -> QRectF:
        unit = self._units.of(boundary)
        line = self._layout.lineForTextPosition(unit)
        if not line.isValid():
            return QRectF(_MARGIN, _MARGIN, 1, float(self.fontMetrics().height()))
        offset, _unit = cast(tuple[float, int], line.cursorToX(unit))
        return QRectF(_MARGIN + offset - 0.5, _MARGIN + line.y() - 1, 1, line.height() + 2)

    def _character_at(self, point: QPointF) -> int:
        y = point.y() - _MARGIN
        found = self._layout.lineAt(0)
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            if line.y() <= y:
                found = line
        if not found.isValid():
            return 0
        return self._units.place(found.xToCursor(point.x() - _MARGIN))

    def _jump(self, step: int) -> int:
        """The next place where a name could begin: a capital behind a letter, sign or blank."""
        place = self._boundary + step
        while 0 < place < len(self._text):
            char, before = self._text[place], self._text[place - 1]
            if char.isupper() and not before.isupper() and before not in "-'’":
                return place
            place += step
        return place


def _range(start: int, length: int, looks: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start = start
    found.length = length
    found.format = looks
    return found
