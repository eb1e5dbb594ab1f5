"""The rows of the list of findings: groups, and below each its findings unless it is folded."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from refman.i18n import _
from refman.library import Finding
from refman.ui.doctor import wording
from refman.ui.doctor.arranging import Group

ROW = Qt.ItemDataRole.UserRole
Row = Finding | Group
Index = QModelIndex | QPersistentModelIndex


class FindingsModel(QAbstractTableModel):
    """Groups, and below each its findings unless it is folded. One column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: Sequence[Group] = ()
        self._folded: set[object] = set()
        self.rows: list[Row] = []

    @property
    def groups(self) -> Sequence[Group]:
        return self._groups

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these; groups of a known key stay folded."""
        self.beginResetModel()
        self._groups = groups
        self.rows = []
        for group in groups:
            self.rows.append(group)
            if group.key not in self._folded:
                self.rows += group.findings
        self.endResetModel()

    def is_folded(self, group: Group) -> bool:
        return group.key in self._folded

    def fold(self, place: int, folded: bool) -> None:
        """Fold the group in row `place`, or unfold it."""
        group = self.rows[place]
        if not isinstance(group, Group) or self.is_folded(group) == folded:
            return
        first, last = place + 1, place + len(group.findings)
        if folded:
            self.beginRemoveRows(QModelIndex(), first, last)
            self._folded.add(group.key)
            del self.rows[first : last + 1]
            self.endRemoveRows()
        else:
            self.beginInsertRows(QModelIndex(), first, last)
            self._folded.discard(group.key)
            self.rows[first:first] = group.findings
            self.endInsertRows()
        self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def fold_all(self, folded: bool) -> None:
        """Fold every group, or none."""
        self._folded = {group.key for group in self._groups} if folded else set()
        self.show_groups(self._groups)

    def group_row(self, place: int) -> int:
        """Where the group of the finding in row `place` stands."""
        while place > 0 and not isinstance(self.rows[place], Group):
            place -= 1
        return place

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " · ".join(part for part in lines_of(row, by_paper=self.by_paper) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_of(row)
        return None

    @property
    def by_paper(self) -> bool:
        """Whether the groups are papers."""
        return bool(self._groups) and self._groups[0].of_paper


def lines_of(row: Row, *, by_paper: bool) -> tuple[str, str]:
    """The two lines of a row, the second with the severity in a word."""
    if isinstance(row, Group):
        return wording.group_name(row), wording.group_note(row)
    word = wording.SEVERITIES[row.severity]
    if by_paper:
        line = _("Line {line:,}").format(line=row.line) if row.line else ""
        field = wording.field_name(row.field) if row.field else ""
        return row.message, " · ".join(part for part in (word, line, field) if part)
    return wording.title_of(row), f"{word} · {wording.place_of(row)} · {row.message}"


def tip_of(row: Row) -> str:
    if isinstance(row, Group):
        return f"{wording.group_name(row)}\n{wording.group_note(row)}"
    return f"{row.message}\n{wording.place_of(row)}\n{wording.title_of(row)}"
