"""The line in which a pattern of citation keys is written: it completes, and underlines what
is wrong."""

import re
from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from refman.i18n import _
from refman.model.key_pattern import MARKERS, MODIFIERS
from refman.ui import theme
from refman.ui.widgets.lettering import use_font

_NAME = Qt.ItemDataRole.UserRole
_NUMBERS = re.compile(r"N(_M)?$")  # of authN_M; the N of shorttitleINI is no number
_STRETCH = re.compile(r"[\w.]+|.", re.DOTALL)
_KEYS_OF_POPUP = (
    Qt.Key.Key_Enter,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
)


class PatternLine(QLineEdit):
    """`left` when Enter is pressed."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wrong: int | None = None  # the character at which the pattern is wrong, from 0
        self.setAccessibleName(_("Pattern"))
        self.setToolTip(
            _("Text with markers in brackets, as in [auth:lower][year]; type [ or : for a list")
        )
        use_font(self, theme.mono_font)
        self._offers = QStandardItemModel(self)
        self._completer = QCompleter(self._offers, self)
        self._completer.setWidget(self)
        popup = QListView()
        theme.set_kind(popup, "framed")
        self._completer.setPopup(popup)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]
        self.textEdited.connect(lambda _text: self.offer())

    # --- what is wrong --------------------------------------------------------------------

    @property
    def wrong_at(self) -> int | None:
        """The character, counted from 1, at which the pattern is wrong; None where it is right."""
        return None if self._wrong is None else self._wrong + 1

    def show_wrong(self, position: int | None, problem: str = "") -> None:
        """Underline what begins at the character `position`, counted from 1; None for nothing."""
        self._wrong = None if position is None else position - 1
        self.setAccessibleDescription(problem)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._wrong is None:
            return
        found = _STRETCH.match(self.text(), self._wrong)
        left = self._x(self._wrong)
        right = self._x(found.end()) if found else left + self.fontMetrics().averageCharWidth()
        left, right = max(left, 4.0), min(right, self.width() - 4.0)
        if left >= right:
            return
        floor = self.cursorRect().bottom() - 1
        steps = range(int((right - left) / 2) + 1)
        wave = QPolygonF([QPointF(left + 2 * i, floor - 2 * (i % 2)) for i in steps])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("danger"), 1.4))
        painter.drawPolyline(wave)
        painter.end()

    def _x(self, place: int) -> float:
        """Where a character begins; the line may be scrolled, so it is told from the cursor."""
        metrics, text = self.fontMetrics(), self.text()
        cursor = self.cursorRect().center().x()
        before = metrics.horizontalAdvance(text[: self.cursorPosition()])
        return float(cursor + metrics.horizontalAdvance(text[:place]) - before)

    # --- writing --------------------------------------------------------------------------

    def put_marker(self, name: str) -> None:
        """Write a marker at the cursor, its first number selected, to be typed over."""
        written = _filled(name)
        start = self.cursorPosition()
        place = self._open_bracket()
        if place is not None:  # behind the brackets in which the cursor is
            end = self.text().find("]", start)
            start = len(self.text()) if end < 0 else end + 1
        self._replace(start, start, f"[{written}]")
        self._select_number(start + 1, name, written)

    def put_modifier(self, name: str) -> None:
        """Write a modifier behind the marker at or before the cursor."""
        end = self.text().find("]", self.cursorPosition())
        if self._open_bracket() is None or end < 0:
            end = self.text().rfind("]", 0, self.cursorPosition())
        if end < 0:
            end = self.text().find("]")
        if end < 0:
            return
        written = _filled(name)
        self._replace(end, end, f":{written}")
        self._select_number(end + 1, name, written)

    def _replace(self, start: int, end: int, text: str) -> None:
        self.setSelection(start, end - start)
        if start == end:
            self.setCursorPosition(start)
        self.insert(text)  # which can be undone
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _select_number(self, start: int, name: str, written: str) -> None:
        found = _NUMBERS.search(name)
        inner = re.search(r"\((?:\")?(\w+)", written)
        if found:
            self.setSelection(start + found.start(), 1)
        elif inner:
            self.setSelection(start + inner.start(1), len(inner[1]))

    def _open_bracket(self) -> int | None:
        """Where the brackets begin in which the cursor is."""
        before = self.text()[: self.cursorPosition()]
        place = before.rfind("[")
        return place if place > before.rfind("]") else None

    # --- completing -----------------------------------------------------------------------

    def offer(self) -> None:
        """Show what may complete the marker or modifier before the cursor."""
        offers = self.offers()
        popup = self._completer.popup()
        if not offers:
            popup.hide()
            return
        self._offers.clear()
        for name, meaning in offers.items():
            item = QStandardItem(f"{name}   {_(meaning)}")
            item.setData(name, _NAME)
            self._offers.appendRow(item)
        popup.setCurrentIndex(self._offers.index(-1, 0))
        area = self.cursorRect()
        area.setWidth(min(popup.sizeHintForColumn(0) + 40, theme.px(520)))
        self._completer.complete(area)

    def offers(self) -> Mapping[str, str]:
        """What may stand at the cursor, and what it means."""
        place = self._open_bracket()
        if place is None:
            return {}
        table, typed = MARKERS, self.text()[place + 1 : self.cursorPosition()]
        if ":" in typed:
            table, typed = MODIFIERS, typed.rpartition(":")[2]
        found = {n: m for n, m in table.items() if n.lower().startswith(typed.lower())}
        return {} if typed in found and len(found) == 1 else found

    def _take(self, index: QModelIndex) -> None:
        place = self._open_bracket()
        if place is None:
            return
        name = str(index.data(_NAME))
        cursor, text = self.cursorPosition(), self.text()
        start = max(place, text.rfind(":", place, cursor)) + 1
        written = _filled(name)
        closed = text[cursor:].lstrip()[:1] in ("]", ":")
        self._replace(start, cursor, written if closed else f"{written}]")
        if not closed:
            self.setCursorPosition(start + len(written) + 1)
        self._select_number(start, name, written)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._completer.popup()
        if popup.isVisible() and event.key() in _KEYS_OF_POPUP:
            if popup.currentIndex().isValid() or event.key() == Qt.Key.Key_Escape:
                event.ignore()  # the completer's
                return
            popup.hide()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # not the dialog's: nothing is changed from here
            self.left.emit()
        elif event.key() == Qt.Key.Key_Space and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.offer()
        else:
            super().keyPressEvent(event)


def _filled(name: str) -> str:
    """A name with numbers in the place of its N and M."""
    return _NUMBERS.sub(lambda found: "3_1" if found[1] else "3", name)
