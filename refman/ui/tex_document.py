"""TeX shown in Qt's text widgets: runs become formats, characters become UTF-16 units."""

import re
from bisect import bisect_right

from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from refman.ui import theme
from refman.ui.tex_reader import BOLD, ITALIC, LINK, MONO, SUBSCRIPT, SUPERSCRIPT, Run
from refman.ui.tex_text import ShownText

_WIDE = re.compile(r"[\U00010000-\U0010FFFF]")


class Units:
    """Places in a text, counted in characters as Python does and in UTF-16 units as Qt does."""

    def __init__(self, text: str) -> None:
        self._wide = [match.start() for match in _WIDE.finditer(text)]
        self._wide_units = [place + n for n, place in enumerate(self._wide)]

    def of(self, place: int) -> int:
        """Qt's place of character `place`."""
        return place + bisect_right(self._wide, place - 1)

    def place(self, unit: int) -> int:
        """The character at Qt's place `unit`."""
        return unit - bisect_right(self._wide_units, unit - 1)


def write_shown(document: QTextDocument, shown: ShownText, *, line_height: int = 100) -> None:
    """Fill `document` with a text in its looks. Undo does not go behind it.

    `line_height` is in per cent of the font's own.
    """
    document.setPlainText(shown.text)
    cursor = QTextCursor(document)
    if line_height != 100:
        cursor.select(QTextCursor.SelectionType.Document)
        block = QTextBlockFormat()
        kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight
        block.setLineHeight(line_height, kind.value)
        cursor.mergeBlockFormat(block)
    units = Units(shown.text)
    for run in shown.runs:
        cursor.setPosition(units.of(run.start))
        cursor.setPosition(units.of(run.end), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(_format(run, document.defaultFont()))
    document.clearUndoRedoStacks()


def link_at(shown: ShownText, place: int) -> str:
    """The address behind character `place`, or ''."""
    for run in shown.runs:
        if run.style == LINK and run.start <= place < run.end:
            return run.target
    return ""


def _format(run: Run, font: QFont) -> QTextCharFormat:
    looks = QTextCharFormat()
    if run.style == ITALIC:
        looks.setFontItalic(True)
    elif run.style == BOLD:
        looks.setFontWeight(QFont.Weight.Bold)
    elif run.style == MONO:
        mono = theme.mono_font()
        looks.setFontFamilies(mono.families())
        looks.setFontFixedPitch(True)
        # Monospaced letters look larger than others of their size.
        wanted = QFontMetricsF(font).xHeight() / max(QFontMetricsF(mono).xHeight(), 1.0)
        looks.setFontPointSize(mono.pointSizeF() * min(wanted, 1.0))
    elif run.style == SUBSCRIPT:
        looks.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
    elif run.style == SUPERSCRIPT:
        looks.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    elif run.style == LINK:
        looks.setForeground(theme.colour("accent"))
        looks.setToolTip(run.target)
    return looks
