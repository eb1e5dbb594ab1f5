"""The search line: searches as one types, says how many it found, completes the query words."""

from collections.abc import Callable

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QLabel, QLineEdit, QWidget

from refman.i18n import _
from refman.ui import icons, theme

DEBOUNCE = 35  # ms after the last key
_KEYS_OF_POPUP = (
    Qt.Key.Key_Enter,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
)


class SearchLine(QLineEdit):
    """`complete(word)` says what the word under the cursor may become, whole words with colons."""

    query_changed = Signal(str)
    left = Signal()  # Down, Enter, or Esc in an empty line: on to the papers

    def __init__(self, complete: Callable[[str], list[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._complete = complete
        self._searched = ""
        self.setPlaceholderText(_("Search: words, “phrases”, author:bengio, tag:rl, year:2024 …"))
        self.setAccessibleName(_("Search"))
        self.setToolTip(_("Words, or tag: status: author: year: key: listing: has: no: (Ctrl+F)"))
        sign = self.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        sign.setText(_("Search"))
        self._clear = QAction(icons.icon("close"), _("Clear the search (Esc)"), self)
        self._clear.triggered.connect(self.clear_query)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        self._count = QLabel(self)
        theme.set_kind(self._count, "muted")
        self._timer = QTimer(self, interval=DEBOUNCE, singleShot=True)
        self._timer.timeout.connect(self._search)
        self._offers = QStringListModel(self)
        self._completer = QCompleter(self._offers, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._take)
        self.textChanged.connect(self._text_changed)
        self.textEdited.connect(self._offer)

    def set_count(self, text: str) -> None:
        """Say how many papers were found: `214 of 12,408`."""
        self._count.setText(text)
        self._place_count()

    def set_query(self, query: str) -> None:
        """Search for `query` at once."""
        self.setText(query)
        self._search()

    def clear_query(self) -> None:
        """Empty the line and show everything again."""
        self.set_query("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._completer.popup()
        if popup.isVisible() and event.key() in _KEYS_OF_POPUP:
            if popup.currentIndex().isValid() or event.key() == Qt.Key.Key_Escape:
                event.ignore()  # the completer's
                return
            popup.hide()
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear_query()
        elif event.key() in (
            Qt.Key.Key_Escape,
            Qt.Key.Key_Down,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            if self._timer.isActive():
                self._search()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Space and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self._offer(self.text(), always=True)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_count()

    def _place_count(self) -> None:
        self._count.adjustSize()
        room = 30 if self.text() else 10
        self._count.move(
            self.width() - self._count.width() - room, (self.height() - self._count.height()) // 2
        )
        self.setTextMargins(2, 0, self._count.width() + 8 if self._count.text() else 0, 0)

    def _text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._place_count()
        self._timer.start()

    def _search(self) -> None:
        self._timer.stop()
        query = self.text().strip()
        if query != self._searched:
            self._searched = query
            self.query_changed.emit(query)

    def _offer(self, text: str, *, always: bool = False) -> None:
        """Show what may complete the word before the cursor."""
        word = self._word()
        offers = self._complete(word) if always or len(word) > 1 else []
        if not offers or offers == [word] or text[self.cursorPosition() :][:1].strip():
            self._completer.popup().hide()
            return
        self._offers.setStringList(offers)
        popup = self._completer.popup()
        popup.setCurrentIndex(self._offers.index(-1, 0))
        area = self.cursorRect()
        area.setWidth(max(popup.sizeHintForColumn(0) + 40, 200))
        self._completer.complete(area)

    def _word(self) -> str:
        return self.text()[self._word_start() : self.cursorPosition()]

    def _word_start(self) -> int:
        """Where the word under the cursor begins; a quoted value belongs to its word."""
        start, quoted = 0, False
        for position, character in enumerate(self.text()[: self.cursorPosition()]):
            if character == '"':
                quoted = not quoted
            elif character.isspace() and not quoted:
                start = position + 1
        return start

    def _take(self, offer: str) -> None:
        start, end = self._word_start(), self.cursorPosition()
        space = "" if offer.endswith(":") else " "
        text = self.text()
        self.setText(text[:start] + offer + space + text[end:].lstrip())
        self.setCursorPosition(start + len(offer + space))
        if offer.endswith(":"):
            self._offer(self.text(), always=True)
