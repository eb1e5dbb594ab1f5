"""The lines of manuscripts that would be changed, each as it reads before and after."""

from collections.abc import Sequence
from os.path import commonpath
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from refman.i18n import _
from refman.library.manuscripts import Rewrite
from refman.ui import theme
from refman.ui.dialogs.rewriting.changed_keys import Parts, compare, shortened

FILE, LINE, CHANGE = range(3)
_HEADERS = (_("File"), _("Line"), _("Before and after"))
_REWRITE = Qt.ItemDataRole.UserRole
_PAD, _GAP = 6, 4

Index = QModelIndex | QPersistentModelIndex


class LinesModel(QAbstractTableModel):
    """A row a line; names of files from the folder that all of them lie in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rewrites: Sequence[Rewrite] = ()
        self._folder = ""

    def show_rewrites(self, rewrites: Sequence[Rewrite]) -> None:
        """Show these, in their order."""
        self.beginResetModel()
        self.rewrites = rewrites
        folders = {str(one.path.parent) for one in rewrites}
        try:
            self._folder = commonpath(folders) if folders else ""
        except ValueError:  # on two drives
            self._folder = ""
        self.endResetModel()

    def name(self, path: Path) -> str:
        """A file as it is called in the table."""
        if self._folder and path.is_relative_to(self._folder):
            return str(path.relative_to(self._folder))
        return str(path)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rewrites)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(_HEADERS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one, column = self.rewrites[index.row()], index.column()
        if role == _REWRITE:
            return one
        if role == Qt.ItemDataRole.TextAlignmentRole:
            top = Qt.AlignmentFlag.AlignTop
            return top | (
                Qt.AlignmentFlag.AlignRight if column == LINE else Qt.AlignmentFlag.AlignLeft
            )
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.name(one.path), f"{one.line:,}", f"{one.before}\n{one.after}")[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{one.path}:{one.line}" if column < CHANGE else f"{one.before}\n{one.after}"
        if role == Qt.ItemDataRole.AccessibleTextRole and column == CHANGE:
            return _("{before} becomes {after}").format(
                before=one.before.strip(), after=one.after.strip()
            )
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class LinesTable(QTableView):
    """Two lines of text a row: struck out what goes, underlined what comes."""

    def __init__(self, model: LinesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(_("Lines that would be rewritten"))
        self.setItemDelegateForColumn(CHANGE, _ChangeDelegate(self))
        self.setItemDelegate(_TopDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        theme.set_kind(self, "framed")
        model.modelReset.connect(self.fit)
        theme.theme().changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Give rows and columns the room that their texts need, as far as there is."""
        height = 2 * QFontMetrics(theme.mono_font()).height() + 2 * _GAP
        self.verticalHeader().setDefaultSectionSize(height)
        wanted = self.sizeHintForColumn(FILE) + 16
        self.setColumnWidth(FILE, min(max(wanted, theme.px(90)), theme.px(240)))
        self.setColumnWidth(LINE, theme.px(52))


class _TopDelegate(QStyledItemDelegate):
    """Text beside the first line of the change."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.rect = option.rect.adjusted(0, _GAP, 0, 0)


class _ChangeDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        one: Rewrite = index.data(_REWRITE)
        height = QFontMetrics(theme.mono_font()).height()
        area = option.rect.adjusted(_PAD, _GAP, -_PAD, 0)
        painter.save()
        painter.setClipRect(option.rect)
        old, new = compare(one.before, one.after)
        for parts, is_old, top in ((old, True, area.top()), (new, False, area.top() + height)):
            line = QRect(area.left(), top, area.width(), height)
            _draw(painter, line, shortened(parts), is_old=is_old)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(300), 2 * QFontMetrics(theme.mono_font()).height() + 2 * _GAP)


def _draw(painter: QPainter, area: QRect, parts: Parts, *, is_old: bool) -> None:
    ink, ground = ("danger", "danger_soft") if is_old else ("good", "good_soft")
    plain, marked = theme.mono_font(), QFont(theme.mono_font())
    (marked.setStrikeOut if is_old else marked.setUnderline)(True)
    metrics, left = QFontMetrics(plain), area.left()
    for text, changed in [("− " if is_old else "+ ", False), *parts]:
        room = area.right() - left
        if room <= 0:
            break
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(shown)
        part = QRect(left, area.top(), width, area.height())
        if changed:
            painter.fillRect(part, theme.colour(ground))
        painter.setFont(marked if changed else plain)
        painter.setPen(theme.colour(ink if changed else "muted"))
        painter.drawText(part.adjusted(0, 0, 4, 0), int(Qt.AlignmentFlag.AlignVCenter), shown)
        left += width
