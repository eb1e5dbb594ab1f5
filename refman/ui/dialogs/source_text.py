"""Shows the text of an imported page as it was, with what was passed over."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _, ngettext
from refman.ui import theme


class SourceTextDialog(QDialog):
    """`passed_over` are the numbers, from 1, of lines that were no part of a row."""

    def __init__(
        self, name: str, text: str, passed_over: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Source of {name}").format(name=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QPlainTextEdit(text, readOnly=True)
        self.text.setFont(theme.mono_font())
        self.text.setAccessibleName(_("Source text"))
        self.text.setExtraSelections([self._pale(line) for line in passed_over])
        count = len(passed_over)
        note = QLabel(
            ngettext(
                "{count} line was passed over; it is pale.",
                "{count} lines were passed over; they are pale.",
                count,
            ).format(count=count)
        )
        note.setVisible(count > 0)
        theme.set_kind(note, "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.text)
        column.addWidget(note)
        column.addWidget(buttons)
        self.resize(760, 640)

    def _pale(self, line: int) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.text.document().findBlockByNumber(line - 1))
        cursor.select(QTextCursor.SelectionType.LineUnderCursor)
        look = QTextCharFormat()
        look.setForeground(theme.colour("faint"))
        selection.cursor, selection.format = cursor, look
        return selection
