"""What differs between two versions of a file, line by line: signs, and colours beside them."""

from PySide6.QtGui import QBrush, QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from refman.i18n import _
from refman.ui import theme
from refman.ui.widgets.lettering import use_font

MOST_LINES = 4000  # that are shown; nobody reads more, and all of them would take seconds

# What a line begins with: its colour, and that behind it.
_LOOKS = (
    ("@@", "accent", ""),
    ("+", "good", "good_soft"),
    ("-", "danger", "danger_soft"),
)


class DifferenceView(QPlainTextEdit):
    """Shows text in the form of `diff -u`, to be read and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._difference = ""
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Difference"))
        theme.set_kind(self, "code")
        use_font(self, theme.mono_font)
        theme.theme().changed.connect(self._show)

    @property
    def difference(self) -> str:
        return self._difference

    def set_difference(self, text: str) -> None:
        """Show `text`; its first two lines, which name the versions, are left out."""
        if text != self._difference:
            self._difference = text
            self._show()

    def _show(self) -> None:
        lines = self._difference.splitlines()
        if lines and lines[0].startswith("---"):
            lines = lines[2:]
        more = len(lines) - MOST_LINES
        if more > 0:
            lines = [*lines[:MOST_LINES], _("… and {count:,} more lines").format(count=more)]
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        looks = [(start, *_look(*names)) for start, *names in _LOOKS]
        plain = (QTextBlockFormat(), QTextCharFormat())
        for number, line in enumerate(lines):
            block, letters = next((look[1:] for look in looks if line.startswith(look[0])), plain)
            if number:
                cursor.insertBlock(block, letters)
            else:
                cursor.setBlockFormat(block)
            cursor.insertText(line, letters)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _look(colour: str, behind: str) -> tuple[QTextBlockFormat, QTextCharFormat]:
    block, letters = QTextBlockFormat(), QTextCharFormat()
    letters.setForeground(theme.colour(colour))
    if behind:
        block.setBackground(QBrush(QColor(theme.colour(behind))))
    return block, letters
