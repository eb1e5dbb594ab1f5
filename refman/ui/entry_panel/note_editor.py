"""One note in Markdown: read as rendered, edited as source, kept without being asked."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from refman.i18n import _
from refman.ui import icons, outside, theme
from refman.ui.widgets.growing_text import GrowingText, ReadingText

PAUSE = 2500  # ms without a key until what was typed is kept


class RenderedNote(ReadingText):
    """Markdown as it reads. A click on a link opens it, any other one edits."""

    edit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self.setTextInteractionFlags(
            self.textInteractionFlags()
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setToolTip(_("Click, or press Enter, to edit this note"))
        theme.theme().changed.connect(self._render)

    def show_markdown(self, source: str) -> None:
        """Render `source`; HTML in it stays text."""
        if source != self._source:
            self._source = source
            self._render()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        address = self.anchorAt(event.position().toPoint())
        if address:
            outside.open_address(address)
        else:
            self.edit_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _render(self) -> None:
        features = QTextDocument.MarkdownFeature
        document = self.document()
        document.setIndentWidth(self.fontMetrics().averageCharWidth() * 3)
        document.setMarkdown(self._source, features.MarkdownDialectGitHub | features.MarkdownNoHTML)
        block = document.begin()
        while block.isValid():
            self._tone_down(QTextCursor(block))
            block = block.next()

    def _tone_down(self, cursor: QTextCursor) -> None:
        """Qt's headings are as large as a page's; a quotation has nothing to tell it by."""
        level = cursor.blockFormat().headingLevel()
        quoted = cursor.blockFormat().intProperty(QTextFormat.Property.BlockQuoteLevel)
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        looks = QTextCharFormat()
        if level:
            looks.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
            factor = max(1.3 - 0.1 * (level - 1), 1.0)
            looks.setFontPointSize(self.font().pointSizeF() * factor)
            cursor.mergeCharFormat(looks)
        elif quoted:
            looks.setForeground(theme.colour("muted"))
            looks.setFontItalic(True)
            cursor.mergeCharFormat(looks)


class NoteEditor(QFrame):
    """A note, or the place for a new one. `text_changed` is to be kept for `note_id`."""

    text_changed = Signal(str)
    removal_wanted = Signal()
    abandoned = Signal()  # a new note that nothing was typed into
    left = Signal()  # with the keyboard, and there is no note to stay at

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored = ""  # what the library has, which may be behind what was typed
        theme.set_kind(self, "card")
        self._view = RenderedNote()
        self._view.setAccessibleName(_("Note"))
        self._view.edit_wanted.connect(self.edit)
        self.source = GrowingText(escape_reverts=False)
        self.source.setPlaceholderText(_("Write in Markdown: **bold**, *italic*, - list"))
        self.source.setAccessibleName(_("Source of the note, in Markdown"))
        self.source.setToolTip(_("What you type is kept by itself; Ctrl+Enter or Esc ends it"))
        self.source.set_minimum_lines(3)
        self.source.textChanged.connect(self._pause)
        self.source.committed.connect(self._keep)
        self.source.unfocused.connect(self._end_editing)
        self.source.left.connect(self._view_again)
        theme.set_kind(self.source, "bare")
        self._when = QLabel()
        theme.set_kind(self._when, "faint")
        self._edit = self._button("edit", _("Edit this note"))
        self._edit.clicked.connect(self.edit)
        self._delete = self._button("trash", _("Delete this note"))
        self._delete.clicked.connect(self.removal_wanted)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.commit)
        foot = QHBoxLayout()
        foot.setSpacing(0)
        foot.addWidget(self._when)
        foot.addStretch(1)
        foot.addWidget(self._edit)
        foot.addWidget(self._delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 6, 4)
        column.setSpacing(2)
        column.addWidget(self._view)
        column.addWidget(self.source)
        column.addLayout(foot)
        self.source.hide()

    @property
    def text(self) -> str:
        """What stands in the editor or, when it is closed, in the note."""
        return self.source.toPlainText() if self.editing else self.source.kept

    @property
    def rendered(self) -> str:
        """The note as it reads."""
        return self._view.toPlainText()

    @property
    def editing(self) -> bool:
        return not self.source.isHidden()

    def show_text(self, text: str, when: str, *, editable: bool) -> None:
        """Show what is stored, but for an edit that goes on."""
        self._stored = text
        if not self.editing:
            self.source.set_kept(text)
        self._view.show_markdown(text)
        self._when.setText(when)
        self._edit.setVisible(editable and not self.editing)
        self._delete.setVisible(editable)

    def edit(self) -> None:
        """Show the source and put the cursor into it."""
        if self._delete.isHidden() and self.source.kept:
            return
        self._view.hide()
        self._edit.hide()
        self.source.show()
        self.source.setFocus()

    def close_editor(self) -> None:
        """Keep what was typed and show the note as it reads."""
        self.commit()
        self._timer.stop()
        self.source.hide()
        self.source.set_kept(self._stored)
        self._edit.show()
        self._view.show_markdown(self.source.kept)
        self._view.show()

    def commit(self) -> None:
        """Hand out what was typed; the editor stays as it is."""
        if self.editing:
            self.source.commit()

    def _pause(self) -> None:
        if self.source.dirty:
            self._timer.start()

    def _keep(self, text: str) -> None:
        self._timer.stop()
        self._stored = text
        self.text_changed.emit(text)

    def _end_editing(self) -> None:
        self.close_editor()
        if not self.source.kept.strip():
            self.abandoned.emit()

    def _view_again(self) -> None:
        self._end_editing()
        if self.isVisible():
            self._view.setFocus()
        else:
            self.left.emit()

    def _button(self, icon_name: str, name: str) -> QToolButton:
        button = QToolButton(toolTip=name, accessibleName=name)
        button.setIcon(icons.icon(icon_name))
        return button
