"""All citation styles as a list: those that are offered, and any other when it is searched for."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from refman.i18n import _
from refman.library import Library, Style
from refman.model.text import fold

# What the offered styles are called besides.
_ALSO = {
    "apa": "American Psychological Association",
    "ieee": "Institute of Electrical and Electronics Engineers",
    "chicago": "Chicago Manual of Style",
    "vancouver": "National Library of Medicine, Citing Medicine",
}
Index = QModelIndex | QPersistentModelIndex


class StyleList(QAbstractListModel):
    """The offered styles without a search; with one, all that match every word of it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._offered: list[Style] = []
        self._every: list[tuple[Style, str]] = []
        self._shown: list[Style] = []

    def set_styles(self, offered: Sequence[Style], every: Sequence[tuple[Style, str]]) -> None:
        """Take the offered styles, and all, each with the text in which it is searched for.

        `search` shows them.
        """
        self._offered, self._every = list(offered), list(every)

    def search(self, query: str) -> None:
        """Show what matches `query`: first what begins so, or with its first word."""
        self.beginResetModel()
        words = fold(query.replace("-", " ")).split()
        whole = " ".join(words)
        if words:
            found = [
                (not text.startswith(whole), not text.startswith(words[0]), place, style)
                for place, (style, text) in enumerate(self._every)
                if all(word in text for word in words)
            ]
            self._shown = [each[-1] for each in sorted(found, key=lambda each: each[:3])]
        else:
            self._shown = self._offered
        self.endResetModel()

    def style(self, row: int) -> Style:
        """The style in a row."""
        return self._shown[row]

    def row_of(self, name: str) -> int:
        """Where a style stands, or -1."""
        return next((row for row, style in enumerate(self._shown) if style.name == name), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        style = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            own = "" if style.builtin else " " + _("(your own)")
            return style.title + own
        return style.name if role == Qt.ItemDataRole.ToolTipRole else None


class StyleRow(QStyledItemDelegate):
    """A row as wide as the list, in which a long title is cut with an ellipsis."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(1, super().sizeHint(option, index).height())


def searched_text(style: Style) -> str:
    """All that a style is called."""
    names = (style.title, style.name, style.path.stem, _ALSO.get(style.name, ""))
    return fold(" ".join(names).replace("-", " "))


def every_style(library: Library) -> list[tuple[Style, str]]:
    """All styles with their `searched_text`: the offered ones, the others by their titles.

    Takes a second.
    """
    found = [(style, searched_text(style)) for style in library.citations.styles(every=True)]
    offered = len(library.citations.styles())
    return found[:offered] + sorted(found[offered:], key=lambda each: each[1])
