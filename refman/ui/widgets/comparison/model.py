"""The rows and columns of a comparison: which paper stays, what comes along, and the fields."""

from html import escape

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from refman.i18n import _
from refman.ui.comparing import Choosing, label_of, stage_of
from refman.ui.moments import day
from refman.ui.widgets.comparison import marking

Index = QModelIndex | QPersistentModelIndex
HTML = Qt.ItemDataRole.UserRole
TAKEN = Qt.ItemDataRole.UserRole + 1  # True, False; None where nothing is to be chosen
KEEPER, ALONG = "", "*"  # the first two rows; the others are called as their fields


class ComparisonModel(QAbstractTableModel):
    """A column a paper and the last for the paper that comes out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choosing: Choosing | None = None
        self.rows: list[str] = []
        self._equal_too = False
        self._whole = False
        self._html: dict[tuple[str, int], tuple[str, str]] = {}

    def show_papers(self, choosing: Choosing | None) -> None:
        """Show the papers of `choosing`, or none."""
        self.beginResetModel()
        self.choosing = choosing
        self._arrange()
        self.endResetModel()

    def set_equal_too(self, wanted: bool) -> None:
        """Show the fields that are the same in all papers, too."""
        self.beginResetModel()
        self._equal_too = wanted
        self._arrange()
        self.endResetModel()

    def set_whole(self, wanted: bool) -> None:
        """Show long texts from end to end."""
        self._whole = wanted
        self.dress()

    def _arrange(self) -> None:
        self._html.clear()
        self.rows = []
        if self.choosing:
            equal = self.choosing.equal if self._equal_too else []
            self.rows = [KEEPER, ALONG, *self.choosing.differing, *equal]

    def dress(self) -> None:
        """The colours are others, or something was chosen."""
        self._html.clear()
        if self.rows:
            last = self.index(len(self.rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @property
    def result_column(self) -> int:
        return len(self.choosing.papers) if self.choosing else 0

    def is_choice(self, index: Index) -> bool:
        """Whether the cell can be taken."""
        name = self.rows[index.row()]
        if name == ALONG or index.column() >= self.result_column or self.choosing is None:
            return False
        return name == KEEPER or self.choosing.lines[name].differs

    # --- what Qt asks for ------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not self.choosing else self.result_column + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.column() < self.result_column:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole or not self.choosing:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._row_name(self.rows[section])
        if section == self.result_column:
            return _("Outcome")
        name = _("Paper {number}").format(number=section + 1)
        kind = self._kind(section)
        return f"{name} · {kind}" if kind else name

    def _kind(self, column: int) -> str:
        """Whether it is the preprint or the published version, where there are both."""
        assert self.choosing
        stages = [stage_of(details.entry) for details in self.choosing.papers]
        words = {"preprint": _("preprint"), "published": _("published")}
        return words.get(stages[column], "") if {*words} <= {*stages} else ""

    def _row_name(self, name: str) -> str:
        if name == KEEPER:
            return _("Stays")
        if name == ALONG:
            return _("Comes along")
        assert self.choosing
        return ("≠ " if self.choosing.lines[name].differs else "= ") + label_of(name)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not self.choosing:
            return None
        name, column = self.rows[index.row()], index.column()
        if role == TAKEN:
            return self._taken(name, column) if self.is_choice(index) else None
        if role == HTML:
            return self._shown(name, column)[0]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(name, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = [self._text(name, column) or _("nothing"), self._shown(name, column)[1]]
            if self.is_choice(index) and self._taken(name, column):
                parts.insert(1, _("taken"))
            return ", ".join(part for part in parts if part)
        return None

    # --- the cells -------------------------------------------------------------------------

    def _taken(self, name: str, column: int) -> bool:
        assert self.choosing
        if name == KEEPER:
            return column == self.choosing.keeper
        return self.choosing.is_taken(name, column)

    def _text(self, name: str, column: int) -> str:
        choosing = self.choosing
        assert choosing
        result = column >= self.result_column
        if name == KEEPER:
            if result:
                return choosing.outcome.citation_key
            details = choosing.papers[column]
            added = _("added {day}").format(day=day(details.added))
            return f"{details.entry.citation_key}\n{added}"
        if name == ALONG:
            kept = choosing.together if result else choosing.belongings[column]
            return kept.sentence()
        return choosing.result(name) if result else choosing.lines[name].texts[column]

    def _shown(self, name: str, column: int) -> tuple[str, str]:
        """The cell as HTML, and its differences in words."""
        known = self._html.get((name, column))
        if known is None:
            known = self._html[name, column] = self._marked(name, column)
        return known

    def _marked(self, name: str, column: int) -> tuple[str, str]:
        choosing, text = self.choosing, self._text(name, column)
        assert choosing
        if not text:
            return f"<i>{_('nothing')}</i>", ""
        if name == KEEPER:
            key, _newline, facts = text.partition("\n")
            below = f"<br><small>{escape(facts)}</small>" if facts else ""
            return f"<b>{escape(key)}</b>{below}", ""
        if name == ALONG:
            return escape(text), ""
        base = choosing.lines[name].texts[choosing.keeper]
        own = column in (choosing.keeper, self.result_column)
        if own or not base or not choosing.lines[name].differs:
            plain = [marking.Stretch(text, marking.Mark.SAME)]
            return marking.as_html(plain, whole=self._whole), ""
        stretches = marking.compare(base, text)
        return marking.as_html(stretches, whole=self._whole), marking.spoken(stretches)
