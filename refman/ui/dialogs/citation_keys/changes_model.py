"""The old and new keys of papers as rows: which of them are to be changed is checked here."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from refman.i18n import _
from refman.library import KeyChange
from refman.ui import icons, theme

PAGE, PAGES = 64, 32  # titles are read so many at once, and so many of these are kept
OLD, NEW, TITLE, NOTE = range(4)
_HEADERS = (_("Key"), _("New key"), _("Paper"), _("To know"))

Index = QModelIndex | QPersistentModelIndex
Titles = Callable[[Sequence[int]], Mapping[int, str]]


class ChangesModel(QAbstractTableModel):
    """`checked_changed` when another choice is made; keys that stay cannot be chosen.

    `titles` gives those of up to PAGE papers in about a millisecond.
    """

    checked_changed = Signal()

    def __init__(self, titles: Titles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = titles
        self._pages: OrderedDict[int, Mapping[int, str]] = OrderedDict()
        self._all: Sequence[KeyChange] = ()
        self._changing: Sequence[KeyChange] = ()
        self._unchecked: set[int] = set()
        self.only_changing = True
        self.rows: Sequence[KeyChange] = ()

    # --- what is shown --------------------------------------------------------------------

    def show_changes(self, changes: Sequence[KeyChange]) -> None:
        """Show these; keys that were given out are not checked."""
        self._all = changes
        self._changing = [one for one in changes if one.new != one.old]
        self._unchecked = {one.entry_id for one in changes if one.given}
        self._fill()

    def show_only_changing(self, only: bool) -> None:
        """Whether to leave out the papers whose key stays."""
        self.only_changing = only
        self._fill()

    def _fill(self) -> None:
        self.beginResetModel()
        self._pages.clear()
        self.rows = self._changing if self.only_changing else self._all
        self.endResetModel()
        self.checked_changed.emit()

    # --- what is chosen -------------------------------------------------------------------

    @property
    def changing(self) -> Sequence[KeyChange]:
        """Those whose key would be another one."""
        return self._changing

    @property
    def count(self) -> int:
        """How many papers there are, those whose key stays included."""
        return len(self._all)

    def checked(self) -> list[KeyChange]:
        """Those whose key is to be changed."""
        return [one for one in self._changing if one.entry_id not in self._unchecked]

    def check(self, rows: Iterable[int], checked: bool) -> None:
        """Choose or leave out what stands in these rows."""
        ids = {self.rows[row].entry_id for row in rows}
        if checked:
            self._unchecked -= ids
        else:
            self._unchecked |= ids
        self._tell()

    def check_all(self, checked: bool) -> None:
        """Choose every key that changes, those given out included; or none."""
        self._unchecked = set() if checked else {one.entry_id for one in self._all}
        self._tell()

    def _tell(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, OLD), self.index(len(self.rows) - 1, NOTE))
        self.checked_changed.emit()

    def is_checked(self, row: int) -> bool:
        one = self.rows[row]
        return one.new != one.old and one.entry_id not in self._unchecked

    def toggle(self, rows: Sequence[int]) -> None:
        """Leave these out where all of them are chosen, else choose them."""
        able = [row for row in rows if self.rows[row].new != self.rows[row].old]
        self.check(able, not all(self.is_checked(row) for row in able))

    # --- Qt's -----------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(_HEADERS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        one = self.rows[row]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return note(one) if column == NOTE else self._text(row, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == OLD and one.new != one.old:
            return Qt.CheckState.Checked if self.is_checked(row) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(one, column)
        if role == Qt.ItemDataRole.DecorationRole and column == NOTE and _is_risky(one):
            return icons.icon("attention", "warning")
        if role == Qt.ItemDataRole.FontRole and column in (OLD, NEW):
            return theme.mono_font()
        return None

    def _text(self, row: int, column: int) -> str:
        one = self.rows[row]
        if column == OLD:
            return one.old
        if column == NEW:
            return one.new if one.new != one.old else _("stays")
        if column == TITLE:
            return self._title(row)
        return _("Given out: may be cited") if _is_risky(one) else one.reason

    def _colour(self, one: KeyChange, column: int) -> Any:
        if one.new == one.old:
            return theme.colour("muted")
        if column == NOTE:
            return theme.colour("warning" if one.given else "muted")
        return theme.colour("muted") if column == TITLE else None

    def _title(self, row: int) -> str:
        page = row // PAGE
        titles = self._pages.get(page)
        if titles is None:
            some = self.rows[page * PAGE : (page + 1) * PAGE]
            titles = self._pages[page] = self._titles([one.entry_id for one in some])
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        return titles.get(self.rows[row].entry_id, "")

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != OLD:
            return False
        self.check([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = (
            Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )
        one = self.rows[index.row()]
        able = index.column() == OLD and one.new != one.old
        return flags | Qt.ItemFlag.ItemIsUserCheckable if able else flags

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


def _is_risky(change: KeyChange) -> bool:
    return change.given and change.new != change.old


def note(change: KeyChange) -> str:
    """What is to be known before a key is changed, in words."""
    risk = _("This key was given out: it may be cited in your texts.")
    said = [risk] if _is_risky(change) else []
    return " ".join([*said, change.reason] if change.reason else said)
