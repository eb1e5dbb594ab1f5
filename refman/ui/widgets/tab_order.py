"""The place of widgets made late in the order in which Tab goes through a page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_after(previous: QWidget, widget: QWidget) -> None:
    """Let `widget`, and what is in it, come right behind `previous`, and what is in that."""
    inside = _stops(previous)
    before = inside[-1] if inside else previous
    for stop in _stops(widget):
        QWidget.setTabOrder(before, stop)
        before = stop


def _stops(widget: QWidget) -> list[QWidget]:
    """`widget` and the widgets in it that Tab stops at, in the order in which they were made."""
    parts = [widget, *widget.findChildren(QWidget)]
    return [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
