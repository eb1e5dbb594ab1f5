"""A widget's own font, kept through changes of the theme and of the style sheet.

Qt forgets the font of a widget with a style sheet when it polishes the widget anew, so it is
given again whenever the widget is shown.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from refman.ui import theme


class _Lettering(QObject):
    def __init__(self, widget: QWidget, font: Callable[[], QFont]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._font = font
        widget.installEventFilter(self)
        theme.theme().changed.connect(self.give)
        self.give()

    def give(self) -> None:
        wanted = self._font()
        if self._widget.font() != wanted:
            self._widget.setFont(wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self.give()
        return False


def use_font(widget: QWidget, font: Callable[[], QFont]) -> None:
    """Give `widget` what `font` makes, now and after every change of the theme."""
    _Lettering(widget, font)


def use_size(widget: QWidget, factor: float, *, bold: bool = False) -> None:
    """Give `widget` the program's font, `factor` times its size."""
    use_font(widget, lambda: theme.sized_font(factor, bold=bold))
