"""All commands with their keys, which can be changed here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.ui import theme

_NAME = Qt.ItemDataRole.UserRole

PAPERS = "papers"  # keys that count all over the window, but only while papers are selected
REVIEW, DUPLICATES = "review", "duplicates"  # views in which none are


@dataclass(frozen=True, slots=True)
class Binding:
    """One command: `keys` as they are, `usual` as refman has them; several with `; ` between.

    Its keys count in `where`: PAPERS, a view, a part of the window, or '' for all of it.
    """

    name: str
    group: str
    text: str
    keys: str
    usual: str
    where: str = ""


class ShortcutsDialog(QDialog):
    """`rebound` with the keys of all commands that differ from the usual ones, by name."""

    rebound = Signal(dict)

    def __init__(self, bindings: Sequence[Binding], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bindings = {each.name: each for each in bindings}
        self._keys = {each.name: each.keys for each in bindings}
        self._lines: list[QTreeWidgetItem] = []
        self._filter = QLineEdit(placeholderText=_("Filter by name or key"))
        self._filter.setAccessibleName(_("Filter"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._show_matching)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([_("Command"), _("Keys")])
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(14)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)
        self.tree.currentItemChanged.connect(self._current_changed)
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.edit.setClearButtonEnabled(True)
        self.edit.setAccessibleName(_("New keys"))
        self.edit.editingFinished.connect(self._set)
        self.usual = QPushButton(_("Usual keys"), toolTip=_("The keys that refman comes with"))
        self.usual.setAutoDefault(False)
        self.usual.clicked.connect(self._set_usual)
        self._trouble = QLabel(wordWrap=True)
        theme.set_kind(self._trouble, "warning")
        self._lay_out()
        self._fill(bindings)

    def _lay_out(self) -> None:
        self.buttons = buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout(spacing=8)
        row.addWidget(QLabel(_("Keys")))
        row.addWidget(self.edit, 1)
        row.addWidget(self.usual)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self._filter)
        column.addWidget(self.tree)
        column.addLayout(row)
        column.addWidget(self._trouble)
        column.addWidget(buttons)
        self.resize(560, 620)

    def _fill(self, bindings: Sequence[Binding]) -> None:
        groups: dict[str, QTreeWidgetItem] = {}
        for each in bindings:
            if each.group not in groups:
                groups[each.group] = QTreeWidgetItem(self.tree, [each.group])
                groups[each.group].setFlags(Qt.ItemFlag.ItemIsEnabled)
                groups[each.group].setFont(0, theme.sized_font(1.0, bold=True))
            item = QTreeWidgetItem(groups[each.group], [each.text, shown(each.keys)])
            item.setData(0, _NAME, each.name)
            self._lines.append(item)
        self.tree.expandAll()
        self._say_trouble()

    @property
    def trouble(self) -> str:
        """What is said of keys that two commands share."""
        return self._trouble.text()

    def items(self) -> list[QTreeWidgetItem]:
        """The lines of commands."""
        return list(self._lines)

    def _show_matching(self, text: str) -> None:
        wanted = text.casefold()
        for item in self.items():
            said = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(wanted not in said)

    def _current_changed(self, item: QTreeWidgetItem | None) -> None:
        name = str(item.data(0, _NAME) or "") if item else ""
        self.edit.setEnabled(bool(name))
        self.usual.setEnabled(bool(name))
        first = self._keys.get(name, "").split("; ")[0]
        self.edit.setKeySequence(QKeySequence(first))

    def _set(self) -> None:
        self._bind(self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText))

    def _set_usual(self) -> None:
        item = self.tree.currentItem()
        if item:
            self._bind(self._bindings[item.data(0, _NAME)].usual)
            self._current_changed(item)

    def _bind(self, keys: str) -> None:
        item = self.tree.currentItem()
        name = item.data(0, _NAME) if item else None
        if not name or keys == self._keys[name].split("; ")[0]:
            return
        self._keys[name] = keys
        item.setText(1, shown(keys))
        self._say_trouble()

    def _say_trouble(self) -> None:
        """Name the commands that share keys: neither of them would work."""
        owners: dict[str, list[Binding]] = {}
        for name, keys in self._keys.items():
            for each in filter(None, keys.split("; ")):
                owners.setdefault(each, []).append(self._bindings[name])
        clashes = [
            _("{keys} is used by {names}.").format(
                keys=shown(keys), names=", ".join(binding.text for binding in sharing)
            )
            for keys, sharing in owners.items()
            if _clash([binding.where for binding in sharing])
        ]
        self._trouble.setText(" ".join(clashes))
        self._trouble.setVisible(bool(clashes))

    def _save(self) -> None:
        changed: Mapping[str, str] = {
            name: keys for name, keys in self._keys.items() if keys != self._bindings[name].usual
        }
        self.rebound.emit(changed)
        self.accept()


def _clash(places: Sequence[str]) -> bool:
    """Whether keys that count in each of `places` mean two things in one of them."""
    return any(_meet({one, other}) for one, other in combinations(places, 2))


def _meet(places: set[str]) -> bool:
    """Whether two commands whose keys count in these places, or in the one, can meet."""
    if PAPERS in places:
        return places.isdisjoint((REVIEW, DUPLICATES))
    return "" in places or len(places) == 1


def shown(keys: str) -> str:
    """Keys as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return "  ".join(QKeySequence(each).toString(native) for each in keys.split("; ") if each)
