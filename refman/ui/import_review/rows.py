"""The list of an import's rows: outcome, title, and why to look at it."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from refman.i18n import _
from refman.library import SightingRow
from refman.model.text import squeeze
from refman.ui import icons, theme
from refman.ui.import_review.reading import is_doubtful, is_open, outcome_name
from refman.ui.tex_text import plain

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractListModel):
    """The rows in the order in which they were first seen, so that a settled one stays put."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[SightingRow, ...] = ()
        self._shown: list[SightingRow] = []
        self._places: dict[int, int] = {}
        self._doubtful_only = False

    def show_rows(self, rows: Sequence[SightingRow]) -> None:
        """Show `rows`, in the known order; new ones stand at the end."""
        for row in rows:
            self._places.setdefault(row.id, len(self._places))
        self._all = tuple(sorted(rows, key=lambda row: self._places[row.id]))
        self._filter()

    def show_doubtful_only(self, wanted: bool) -> None:
        """Leave out the rows that were never in doubt."""
        self._doubtful_only = wanted
        self._filter()

    def row_at(self, place: int) -> SightingRow | None:
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def place_of(self, row_id: int) -> int:
        """Where the row stands; -1 where it is not shown."""
        return next((i for i, row in enumerate(self._shown) if row.id == row_id), -1)

    def next_open(self, place: int) -> int:
        """The next row to look at behind `place`, from the start again; -1 where there is none."""
        count = len(self._shown)
        for step in range(1, count + 1):
            if is_open(self._shown[(place + step) % count]):
                return (place + step) % count
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{outcome_name(row.outcome)}: {title_of(row)}. {reason_of(row)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((title_of(row), *row.review, *row.reasons))
        return None

    def _filter(self) -> None:
        wanted = [row for row in self._all if not self._doubtful_only or is_doubtful(row)]
        same = [row.id for row in wanted] == [row.id for row in self._shown]
        if same:
            self._shown = wanted
            if wanted:
                self.dataChanged.emit(self.index(0), self.index(len(wanted) - 1))
            return
        self.beginResetModel()
        self._shown = wanted
        self.endResetModel()


class RowDelegate(QStyledItemDelegate):
    """Two lines a row: the title, and below it the outcome and the first reason."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, round(option.fontMetrics.height() * 2.9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours()
        area: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            active = bool(option.state & QStyle.StateFlag.State_Active)
            fill = colours.selection if active else colours.selection_inactive
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill if selected else colours.row_hover))
            painter.drawRoundedRect(area.adjusted(4, 1, -4, -1), 6, 6)
        side = round(option.fontMetrics.height() * 1.05)
        icon_name, role = _icon_of(row)
        place = QRectF(area.left() + 14, area.top() + (area.height() - side) / 2, side, side)
        icons.paint(painter, place, icon_name, theme.colour(role))
        left = area.left() + 14 + side + 10
        text = area.adjusted(left - area.left(), 0, -12, 0)
        line = option.fontMetrics.height()
        top = area.top() + (area.height() - 2.15 * line) / 2
        self._line(painter, QRect(text.left(), round(top), text.width(), line), title_of(row),
                   option.fontMetrics, colours.text if row.title else colours.muted)  # fmt: skip
        second = QRect(text.left(), round(top + 1.15 * line), text.width(), line)
        reason = " · ".join(part for part in (outcome_name(row.outcome), reason_of(row)) if part)
        self._line(painter, second, reason, option.fontMetrics, colours.muted)
        painter.restore()

    @staticmethod
    def _line(
        painter: QPainter, area: QRect, text: str, metrics: QFontMetrics, colour: str
    ) -> None:
        painter.setPen(QColor(colour))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def title_of(row: SightingRow) -> str:
    """The title, or the start of what the row has instead."""
    if row.title:
        return plain(row.title)
    if row.outcome in ("unchanged", "failed"):
        return plain(squeeze(row.raw_text)[:200])
    text = squeeze(row.seen.entry.abstract or row.raw_text)
    return _("No title: {text}").format(text=plain(text[:160]))


def reason_of(row: SightingRow) -> str:
    """The first thing there is to say of the row."""
    if row.review and row.reviewed:
        return _("looked at")
    return next(iter((*row.review, *row.reasons)), "")


def _icon_of(row: SightingRow) -> tuple[str, str]:
    if row.outcome == "failed":
        return "stop", "danger"
    if is_open(row):
        return "attention", "warning"
    if row.review:
        return "check", "good"
    icons_of = {"added": "add", "merged": "merge", "unchanged": "minus", "skipped": "dropped"}
    return icons_of.get(row.outcome, "file"), "muted"
