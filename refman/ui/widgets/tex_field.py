"""A text that is shown without its TeX, and edited as it is stored."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from refman.ui import theme
from refman.ui.tex_document import Units, write_shown
from refman.ui.tex_text import shown
from refman.ui.widgets.growing_text import GrowingText


class TexField(GrowingText):
    """Shows `G\\"odel` as Gödel until it gets the focus, then its source."""

    def __init__(self, parent: QWidget | None = None, *, one_line: bool = True) -> None:
        super().__init__(parent, one_line=one_line)
        self._editing = False
        theme.theme().changed.connect(self._show_text)

    def set_kept(self, text: str) -> None:
        """Show `text` as what is stored, unless something else is being typed here."""
        if self._editing:
            super().set_kept(text)
        elif text != self._kept or not text:
            self._kept = text
            self._show_text()

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not stored."""
        return self._editing and super().dirty

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.isReadOnly() and not self._editing:
            text = shown(self._kept)
            place = Units(text.text).place(self.textCursor().position())
            self._editing = True
            self.setPlainText(self._kept)
            cursor = self.textCursor()
            cursor.setPosition(Units(self._kept).of(text.to_stored(place, place)[0]))
            self.setTextCursor(cursor)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._editing and not self.dirty:
            self._editing = False
            self._show_text()

    def createMimeDataFromSelection(self) -> QMimeData:
        if self._editing:
            return super().createMimeDataFromSelection()
        return plain_selection(self, self._kept)

    def _show_text(self) -> None:
        if not self._editing:
            write_shown(self.document(), shown(self._kept))
            self.setTextCursor(QTextCursor(self.document()))  # at its start


def plain_selection(view: GrowingText, source: str) -> QMimeData:
    """What copying from a view of `source` gives: text with nothing left to its looks."""
    text = shown(source)
    units = Units(text.text)
    cursor = view.textCursor()
    start, end = units.place(cursor.selectionStart()), units.place(cursor.selectionEnd())
    data = QMimeData()
    data.setText(text.plain(start, end))
    return data
