"""The list of an import's rows: what became of each, its title and names, and why to look at it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from refman.library import SightingRow
from refman.model.text import fold
from refman.ui import icons, theme
from refman.ui.import_review import wording
from refman.ui.import_review.reading import ShownRow, show

ROW = Qt.ItemDataRole.UserRole
LINES = 3.75  # a row's height, in lines of text
SURE = 0.9  # a confidence that stands out where it is lower and the row is in doubt
Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractListModel):
    """The rows in the order in which they were first seen, so that a settled one stays put."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[ShownRow] = []
        self._shown: list[ShownRow] = []
        self._places: dict[int, int] = {}  # in the order of all rows
        self._shown_at: dict[int, int] = {}
        self._kind = wording.ALL
        self._words: list[str] = []

    @property
    def rows(self) -> Sequence[ShownRow]:
        """All rows, whatever the filter shows."""
        return self._all

    @property
    def known(self) -> Mapping[int, ShownRow]:
        """All rows by their ids."""
        return {shown.id: shown for shown in self._all}

    def show_rows(self, rows: Iterable[ShownRow], keep: int = 0) -> list[int]:
        """Show `rows`, in the known order; new ones stand at the end. Those that changed, by id.

        The row `keep` stays although the filter does not show it any more: somebody is at it.
        """
        before = self.known
        rows = list(rows)
        for shown in rows:
            self._places.setdefault(shown.id, len(self._places))
        self._all = sorted(rows, key=lambda shown: self._places[shown.id])
        changed = [shown.id for shown in self._all if before.get(shown.id) is not shown]
        self._filter(keep if keep in self._shown_at else 0)
        return changed

    def take_as_reviewed(self, ids: Collection[int]) -> None:
        """Show rows as looked at before the library says so."""
        self._all = [
            show(reviewed(shown.row), shown.given, set_right=shown.set_right)
            if shown.id in ids
            else shown
            for shown in self._all
        ]
        self._filter()

    def set_filter(self, kind: str, text: str) -> None:
        """Show the rows of a kind that have all words of `text`."""
        self._kind, self._words = kind, fold(text).split()
        self._filter()

    def row_at(self, place: int) -> SightingRow | None:
        return self._shown[place].row if 0 <= place < len(self._shown) else None

    def place_of(self, row_id: int) -> int:
        """Where the row stands; -1 where it is not shown."""
        return self._shown_at.get(row_id, -1)

    def next_open(self, place: int, settled: Collection[int]) -> int:
        """The id of the next row to look at behind `place`, from the start again, `settled` ones
        left out; where there is none, of the row behind `place`, or 0."""
        count = len(self._shown)
        for step in range(1, count):
            row = self._shown[(place + step) % count].row
            if wording.is_open(row) and row.id not in settled:
                return row.id
        return self._shown[place + 1].id if place + 1 < count else 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._shown):
            return None
        shown = self._shown[index.row()]
        if role == ROW:
            return shown
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            outcome = wording.outcome_name(shown.row.outcome)
            sure = wording.confidence_tip(shown.row, set_right=shown.set_right)
            said = (f"{outcome}: {shown.title}", shown.creators, shown.reason, sure)
            return ". ".join(part.rstrip(".") for part in said if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            row = shown.row
            settled = wording.settled_name(row, set_right=shown.set_right)
            sure = wording.confidence_tip(row, set_right=shown.set_right)
            lines = [shown.title, shown.creators, settled, sure]
            return "\n".join(part for part in (*lines, *row.review, *row.reasons) if part)
        return None

    def _filter(self, keep: int = 0) -> None:
        wanted = [
            shown
            for shown in self._all
            if (
                wording.is_of_kind(shown.row, self._kind)
                and all(word in shown.words for word in self._words)
            )
            or shown.id == keep
        ]
        before = self._shown
        if [shown.id for shown in wanted] != [shown.id for shown in before]:
            self.beginResetModel()
            self._shown = wanted
            self._shown_at = {shown.id: place for place, shown in enumerate(wanted)}
            self.endResetModel()
            return
        self._shown = wanted
        changed = [
            place
            for place, (old, new) in enumerate(zip(before, wanted, strict=True))
            if old is not new
        ]
        for first, last in stretches(changed):
            self.dataChanged.emit(self.index(first), self.index(last))


def reviewed(row: SightingRow) -> SightingRow:
    """`row` as it is when somebody has looked at it."""
    return replace(row, reviewed=True, seen=replace(row.seen, reviewed=True))


def stretches(places: Sequence[int]) -> list[tuple[int, int]]:
    """Rising numbers as stretches without a gap, each by its first and last."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


class RowDelegate(QStyledItemDelegate):
    """Three lines a row: title and how sure its end is, names, outcome and reason."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, round(QFontMetrics(theme.sized_font(1.0)).height() * LINES))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: ShownRow = index.data(ROW)
        row = shown.row
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
        font = theme.sized_font(1.0)
        metrics = QFontMetrics(font)
        line = metrics.height()
        top = area.top() + (area.height() - 3.3 * line) / 2
        side = round(line * 1.05)
        icon_name, role = wording.icon_of(row)
        place = QRectF(area.left() + 14, top, side, side)
        icons.paint(painter, place, icon_name, theme.colour(role))
        left = area.left() + 14 + side + 10
        width = area.right() - 12 - left
        has_title = bool(row.title or shown.given[0])
        title = QColor(colours.muted if not has_title or row.outcome == "skipped" else colours.text)
        sure = wording.confidence_of(row, set_right=shown.set_right)
        room = metrics.horizontalAdvance(sure + " ") + 6 if sure else 0
        font.setStrikeOut(row.outcome == "skipped")
        painter.setFont(font)
        _line(painter, QRect(left, round(top), width - room, line), shown.title, title)
        font.setStrikeOut(False)
        painter.setFont(font)
        muted = QColor(colours.muted)
        if sure:
            unsure = wording.is_open(row) and (row.seen.confidence or 0) < SURE
            painter.setPen(QColor(colours.warning) if unsure else muted)
            right = QRect(left, round(top), width, line)
            painter.drawText(
                right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, sure
            )
        second = QRect(left, round(top + 1.15 * line), width, line)
        _line(painter, second, shown.creators or "–", muted)
        third = QRect(left, round(top + 2.3 * line), width, line)
        outcome = wording.outcome_name(row.outcome)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        loud = QColor(theme.colour(role)) if role != "muted" else muted
        used = _line(painter, third, outcome, loud)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        if shown.reason:
            _line(painter, third.adjusted(used, 0, 0, 0), f" · {shown.reason}", muted)
        painter.restore()


def _line(painter: QPainter, area: QRect, text: str, colour: QColor) -> int:
    """Draw a line of text, cut where it has no room; how wide it is."""
    painter.setPen(colour)
    metrics = QFontMetrics(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    return metrics.horizontalAdvance(shown)
