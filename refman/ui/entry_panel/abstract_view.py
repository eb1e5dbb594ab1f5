"""The abstract as text to read and to mark. It works on plain values and calls no verb."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from refman.i18n import _
from refman.library import Annotations
from refman.ui import outside, theme
from refman.ui.tex_document import Units, link_at, write_shown
from refman.ui.tex_text import ShownText, shown
from refman.ui.widgets.growing_text import ReadingText
from refman.ui.widgets.tex_field import plain_selection

LINE_HEIGHT = 132  # per cent
SETTLES = 250  # ms after the last key of a selection made with the keyboard


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight; `start` and `end` are characters of the stored text."""

    id: int
    start: int
    end: int
    colour: str
    comment: str = ""


class AbstractView(ReadingText):
    """Shows a text without its TeX, with marks. Places in its signals are of the stored text.

    With a passage selected 1 to 5 mark it in a colour, H in the last one, and C writes a
    comment. On a mark Enter opens it, 1 to 5 change its colour and Delete takes it away.
    """

    passage_selected = Signal()
    selection_dropped = Signal()
    mark_wanted = Signal(int, int, str)  # start, end, colour; '' for the last one
    comment_wanted = Signal(int, int)
    mark_activated = Signal(int)
    recolour_wanted = Signal(int, str)
    removal_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text: ShownText = shown("")
        self._units = Units("")
        self._marks: tuple[Mark, ...] = ()
        self._can_mark = True
        self._press = QPoint()
        self.setAccessibleName(_("Abstract"))
        self._settle = QTimer(self, singleShot=True, interval=SETTLES)
        self._settle.timeout.connect(self._announce_selection)
        self.selectionChanged.connect(self._follow_selection)
        self.viewport().setMouseTracking(True)
        theme.theme().changed.connect(self._repaint_text)

    def set_can_mark(self, can_mark: bool) -> None:
        """Whether marks can be made and changed."""
        self._can_mark = can_mark

    def show_text(self, source: str, marks: Sequence[Mark]) -> None:
        """Show `source` with `marks`; the place of the cursor stays in an unchanged text."""
        if source != self._text.source:
            self._text = shown(source)
            self._units = Units(self._text.text)
            write_shown(self.document(), self._text, line_height=LINE_HEIGHT)
            self.setTextCursor(QTextCursor(self.document()))  # at its start
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self._paint_marks()

    @property
    def passage(self) -> tuple[int, int] | None:
        """The selected stretch of the stored text; None where nothing is selected."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start = self._units.place(cursor.selectionStart())
        end = self._units.place(cursor.selectionEnd())
        picked = self._text.text[start:end]
        start += len(picked) - len(picked.lstrip())
        end -= len(picked) - len(picked.rstrip())
        return self._text.to_stored(start, end) if start < end else None

    def select_passage(self, start: int, end: int) -> None:
        """Select a stretch of the stored text."""
        first, last = self._text.to_shown(start, end)
        cursor = self.textCursor()
        cursor.setPosition(self._units.of(first))
        cursor.setPosition(self._units.of(last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def clear_selection(self) -> None:
        """Leave the cursor at the end of what was selected."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        self.setTextCursor(cursor)

    def rect_of(self, start: int, end: int) -> QRect:
        """Where a stretch of the stored text stands, in coordinates of the view."""
        first, last = self._text.to_shown(start, end)
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._units.of(first))
        area = self.cursorRect(cursor)
        cursor.setPosition(self._units.of(last))
        area = area.united(self.cursorRect(cursor))
        return area.translated(self.viewport().pos())

    # --- what Qt calls -----------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._action_of(event) is not None
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._action_of(event)
        if event.key() == Qt.Key.Key_Escape and self.textCursor().hasSelection():
            self.clear_selection()
            return
        if action is None:
            super().keyPressEvent(event)
            return
        passage, mark = self.passage, self._mark_at_cursor()
        if passage:
            if action == "open":
                self.comment_wanted.emit(*passage)
            elif action != "remove":
                self.mark_wanted.emit(*passage, action)
        elif mark:
            if action == "open":
                self.mark_activated.emit(mark.id)
            elif action == "remove":
                self.removal_wanted.emit(mark.id)
            elif action:
                self.recolour_wanted.emit(mark.id, action)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            place = self._place_at(event.position().toPoint())
            on_something = self._marks_at(place) or link_at(self._text, place)
            shape = (
                Qt.CursorShape.PointingHandCursor if on_something else Qt.CursorShape.IBeamCursor
            )
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.passage:
            self._announce_selection()
            return
        if (event.position().toPoint() - self._press).manhattanLength() > 4:
            return
        place = self._place_at(event.position().toPoint())
        found, address = self._marks_at(place), link_at(self._text, place)
        if found:
            self.mark_activated.emit(found[-1].id)
        elif address:
            outside.open_address(address)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._settle.stop()

    def createMimeDataFromSelection(self) -> QMimeData:
        return plain_selection(self, self._text.source)

    # --- marks -------------------------------------------------------------------------

    def _action_of(self, event: QKeyEvent) -> str | None:
        """A colour, '' for the last one, `open` or `remove`; None where the key means nothing."""
        if not self._can_mark or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        passage, mark = self.passage, self._mark_at_cursor()
        if not passage and not mark:
            return None
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < len(Annotations.COLOURS):
            return Annotations.COLOURS[number]
        if event.key() == Qt.Key.Key_H and passage:
            return ""
        if event.key() in (Qt.Key.Key_C, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return "open"
        if event.key() == Qt.Key.Key_Delete and mark and not passage:
            return "remove"
        return None

    def _follow_selection(self) -> None:
        if not self.textCursor().hasSelection():
            self._settle.stop()
            self.selection_dropped.emit()
        elif self.hasFocus():
            self._settle.start()

    def _announce_selection(self) -> None:
        self._settle.stop()
        buttons_down = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if self._can_mark and self.passage and not buttons_down:
            self.passage_selected.emit()

    def _place_at(self, point: QPoint) -> int:
        """The shown character under `point` of the viewport; -1 beside the text."""
        unit = (
            self.document().documentLayout().hitTest(point.toPointF(), Qt.HitTestAccuracy.ExactHit)
        )
        return -1 if unit < 0 else self._units.place(unit)

    def _marks_at(self, place: int) -> list[Mark]:
        return [mark for mark in self._marks if self._covers(mark, place)]

    def _covers(self, mark: Mark, place: int) -> bool:
        first, last = self._text.to_shown(mark.start, mark.end)
        return first <= place < last

    def _mark_at_cursor(self) -> Mark | None:
        place = self._units.place(self.textCursor().position())
        found = self._marks_at(place) or self._marks_at(place - 1)
        return found[-1] if found else None

    def _show_tip(self, event: QHelpEvent) -> None:
        point = self.viewport().mapFromGlobal(event.globalPos())
        place = self._place_at(point)
        found = self._marks_at(place)
        address = link_at(self._text, place)
        if found:
            name = _("{colour} highlight: click to change it").format(
                colour=colour_name(found[-1].colour)
            )
            QToolTip.showText(event.globalPos(), found[-1].comment or name, self)
        elif address:
            QToolTip.showText(event.globalPos(), address, self)
        else:
            QToolTip.hideText()

    def _paint_marks(self) -> None:
        selections = []
        for mark in self._marks:
            first, last = self._text.to_shown(mark.start, mark.end)
            if first >= last:
                continue
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._units.of(first))
            cursor.setPosition(self._units.of(last), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor  # type: ignore[attr-defined]
            selection.format = _mark_format(mark)  # type: ignore[attr-defined]
            selections.append(selection)
        self.setExtraSelections(selections)

    def _repaint_text(self) -> None:
        write_shown(self.document(), self._text, line_height=LINE_HEIGHT)
        self._paint_marks()


def colour_name(colour: str) -> str:
    """A highlight's colour as it stands on the screen."""
    names = {
        "yellow": _("Yellow"),
        "green": _("Green"),
        "blue": _("Blue"),
        "pink": _("Pink"),
        "purple": _("Purple"),
    }
    return names.get(colour, colour)


def strong(colour: str) -> QColor:
    """The colour of a highlight's line: that of its ground, strong enough to stand alone."""
    ground = QColor(theme.colours().mark(colour))
    lightness = 0.66 if theme.theme().dark else 0.42
    return QColor.fromHslF(
        max(ground.hslHueF(), 0.0), max(ground.hslSaturationF(), 0.65), lightness
    )


def _mark_format(mark: Mark) -> QTextCharFormat:
    """Ground and line, so that colour is not the only sign; a dashed line has a comment."""
    looks = QTextCharFormat()
    looks.setBackground(QColor(theme.colours().mark(mark.colour)))
    looks.setForeground(theme.colour("text"))
    looks.setUnderlineColor(strong(mark.colour))
    style = QTextCharFormat.UnderlineStyle
    looks.setUnderlineStyle(style.DashUnderline if mark.comment else style.SingleUnderline)
    return looks
