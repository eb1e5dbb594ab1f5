"""How the panes of the review are put together: one part below the other, with lines between."""

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from refman.ui import theme


def line(parent: QWidget) -> QFrame:
    """A line between two parts."""
    made = QFrame(parent)
    theme.set_kind(made, "line")
    return made


def fill(pane: QWidget, parts: Iterable[QWidget], main: QWidget) -> None:
    """Put `parts` below each other into `pane`; `main` takes the room that there is."""
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part, int(part is main))
