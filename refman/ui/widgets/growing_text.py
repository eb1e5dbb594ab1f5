"""A text field as high as its text, to be read and edited within a scrolling page."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from refman.ui import theme


class GrowingText(QTextEdit):
    """Plain text without a scroll bar of its own: it grows, and the page around it scrolls.

    `committed` when an edit is to be kept: the field lost the focus, or Ctrl+Enter was
    pressed (Enter, in one line). Escape takes the edit back.
    """

    committed = Signal(str)
    left = Signal()  # Enter or Escape: the focus is to go back to where it came from
    unfocused = Signal()  # after `committed`

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        one_line: bool = False,
        escape_reverts: bool = True,
    ) -> None:
        super().__init__(parent)
        self._one_line = one_line
        self._escape_reverts = escape_reverts
        self._kept = ""
        self._minimum_lines = 1
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.theme().changed.connect(self._fit)

    def set_kept(self, text: str) -> None:
        """Show `text` as what is stored, unless something else is being typed here."""
        if self.hasFocus() and self.dirty:
            self._kept = text
            return
        self._kept = text
        if self.toPlainText() != text:
            self.setPlainText(text)

    def set_minimum_lines(self, lines: int) -> None:
        """Be at least `lines` high."""
        self._minimum_lines = lines
        self._fit()

    @property
    def kept(self) -> str:
        """What is stored, as far as the field knows."""
        return self._kept

    @property
    def dirty(self) -> bool:
        """Whether the text differs from what is stored."""
        return not self.isReadOnly() and self.toPlainText() != self._kept

    def commit(self) -> None:
        """Hand out the text if it was changed."""
        if self.dirty:
            self._kept = self.toPlainText()
            self.committed.emit(self._kept)

    def revert(self) -> None:
        """Show what is stored again."""
        if self.dirty:
            self.setPlainText(self._kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.isReadOnly():
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if enter and (self._one_line or control):
                self.commit()
                self.left.emit()
                return
            if event.key() == Qt.Key.Key_Escape:
                if self._escape_reverts:
                    self.revert()
                self.left.emit()
                return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own context menu
            self.commit()
            self.unfocused.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self._one_line and source.hasText():
            self.insertPlainText(" ".join(source.text().split()))
            return
        super().insertFromMimeData(source)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.height())

    def _fit(self) -> None:
        frame = self.contentsMargins()
        around = max(self.height() - self.viewport().height(), frame.top() + frame.bottom())
        least = self._minimum_lines * self.fontMetrics().lineSpacing()
        least += round(2 * self.document().documentMargin())
        wanted = max(round(self.document().size().height() + 0.49), least) + around
        if wanted != self.maximumHeight() or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)


class ReadingText(GrowingText):
    """Text that is only read, selected and copied; it has no frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(0)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        theme.set_kind(self, "bare")
