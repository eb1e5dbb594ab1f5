"""The dialog for a paper's creators: name parts, roles, order, and whether there are others."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.model.creator import AUTHOR, EDITOR, ROLES, TRANSLATOR, Creator, parse_name
from refman.ui import icons, theme
from refman.ui.names import typed_names

_CREATOR = Qt.ItemDataRole.UserRole


class CreatorsDialog(QDialog):
    """Edits a copy; `creators` and `truncated` are the outcome once it is accepted."""

    def __init__(
        self, creators: Sequence[Creator], truncated: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Authors and editors"))
        self._list = QListWidget(accessibleName=_("Creators in their order"))
        self._list.setToolTip(_("Drag a name, or press Alt+Up or Alt+Down, to move it"))
        self._list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self._list.currentItemChanged.connect(self._show_current)
        theme.set_kind(self._list, "framed")
        self._new = QLineEdit(placeholderText=_("Add names: Hado van Hasselt; Lee, Ann"))
        self._new.setAccessibleName(_("Names to add"))
        self._new.setToolTip(
            _("Type or paste names with “;” or “and” between them, and press Enter")
        )
        self._new.returnPressed.connect(self._add_typed)
        self._form = NameForm()
        self._form.edited.connect(self._take_form)
        self._truncated = QCheckBox(_("There are others (“et al.”)"), checked=truncated)
        self._truncated.setToolTip(_("BibTeX then ends with “and others”"))
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        for key, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(key), self, lambda step=step: self.move_current(step))
        for creator in creators:
            self._append(creator)
        self._list.setCurrentRow(0 if creators else -1)
        self._show_current()
        (self._list if creators else self._new).setFocus()

    @property
    def creators(self) -> tuple[Creator, ...]:
        """The creators as they stand in the dialog; nameless ones left out."""
        found = (self._list.item(row).data(_CREATOR) for row in range(self._list.count()))
        return tuple(creator for creator in found if creator.full_name.strip())

    @property
    def truncated(self) -> bool:
        return self._truncated.isChecked()

    def set_truncated(self, truncated: bool) -> None:
        """Say whether there are others."""
        self._truncated.setChecked(truncated)

    def accept(self) -> None:
        """Take what still stands in the field for new names, too."""
        self._add_typed()
        super().accept()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._new)
        left.addWidget(self._list, 1)
        row = QHBoxLayout()
        row.setSpacing(2)
        for icon_name, name, act in (
            ("chevron-up", _("Move up (Alt+Up)"), lambda: self.move_current(-1)),
            ("chevron-down", _("Move down (Alt+Down)"), lambda: self.move_current(1)),
            ("trash", _("Take this name off"), self._remove),
        ):
            button = QToolButton(toolTip=name, accessibleName=name)
            button.setIcon(icons.icon(icon_name))
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._truncated)
        left.addLayout(row)
        right = QVBoxLayout()
        right.addWidget(self._form)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(22)
        columns.addLayout(left, 6)
        columns.addLayout(right, 5)
        page = QVBoxLayout(self)
        page.setContentsMargins(18, 18, 18, 14)
        page.setSpacing(16)
        page.addLayout(columns, 1)
        page.addWidget(self._buttons)
        self.resize(
            self.fontMetrics().horizontalAdvance("m") * 58, self.fontMetrics().height() * 26
        )

    def _append(self, creator: Creator) -> QListWidgetItem:
        item = QListWidgetItem()
        item.setData(_CREATOR, creator)
        item.setText(_list_text(creator))
        self._list.addItem(item)
        return item

    def _add_typed(self) -> None:
        text = self._new.text()
        self._new.clear()
        self.add_names(text)

    def add_names(self, text: str) -> None:
        """Add the names in a line with `;` or `and` between them, and choose the last one."""
        for creator in typed_names(text):
            self._list.setCurrentItem(
                self._append(creator), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _remove(self) -> None:
        row = self._list.currentRow()
        if row >= 0:
            self._list.takeItem(row)
        self._show_current()

    def move_current(self, step: int) -> None:
        """Move the chosen name up (-1) or down (1)."""
        row = self._list.currentRow()
        if row < 0 or not 0 <= row + step < self._list.count():
            return
        item = self._list.takeItem(row)
        self._list.insertItem(row + step, item)
        self._list.setCurrentItem(item)

    def _show_current(self) -> None:
        item = self._list.currentItem()
        self._form.setEnabled(item is not None)
        self._form.show_name(item.data(_CREATOR) if item else Creator())

    def _take_form(self) -> None:
        item = self._list.currentItem()
        if item:
            item.setData(_CREATOR, self._form.creator)
            item.setText(_list_text(self._form.creator))


class NameForm(QWidget):
    """The parts of one name."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._creator = Creator()
        self._role = QComboBox(accessibleName=_("Role"), toolTip=_("What this person did"))
        names = {AUTHOR: _("Author"), EDITOR: _("Editor"), TRANSLATOR: _("Translator")}
        for role in ROLES:
            self._role.addItem(names[role], role)
        self._role.activated.connect(self._take)
        self._one_name = QCheckBox(_("One name, not in parts"))
        self._one_name.setToolTip(_("For a body, as in “UNESCO”, and for a person with one name"))
        self._one_name.toggled.connect(self._change_kind)
        labels = (
            ("given", _("Given names"), _("As in “Hado”")),
            ("non_dropping_particle", _("Particle"), _("As in “van” of “van Hasselt”")),
            ("family", _("Family name"), _("As in “Hasselt”")),
            ("suffix", _("Suffix"), _("As in “Jr.” or “III”")),
            (
                "dropping_particle",
                _("Dropping particle"),
                _("A particle that is left out where the family name stands alone: “de” of "
                  "“Alfred de Musset”"),
            ),
            ("literal", _("Name"), _("The whole name")),
        )  # fmt: skip
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(8)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.addRow(QLabel(_("Role")), self._role)
        self._fields: dict[str, QLineEdit] = {}
        for part, label, hint in labels:
            field = QLineEdit(accessibleName=label, toolTip=hint)
            field.textEdited.connect(self._take)
            self._fields[part] = field
            self._form.addRow(QLabel(label), field)
        self._form.addRow("", self._one_name)

    @property
    def creator(self) -> Creator:
        return self._creator

    def show_name(self, creator: Creator) -> None:
        """Show the parts of `creator`."""
        self._creator = creator
        for part, field in self._fields.items():
            field.setText(getattr(creator, part))
        self._role.setCurrentIndex(max(self._role.findData(creator.role), 0))
        with QSignalBlocker(self._one_name):
            self._one_name.setChecked(bool(creator.literal))
        self._arrange()

    def _arrange(self) -> None:
        literal = self._one_name.isChecked()
        for part, field in self._fields.items():
            self._form.setRowVisible(field, (part == "literal") == literal)

    def _change_kind(self, literal: bool) -> None:
        """Put the parts together, or take the one name apart."""
        name, role = self._creator.full_name, self._creator.role
        if literal:
            self._creator = Creator(literal=name, role=role)
        else:
            split = parse_name(name, role)
            self._creator = (
                replace(split, family=split.literal, literal="") if split.literal else split
            )
        for part, field in self._fields.items():
            field.setText(getattr(self._creator, part))
        self._arrange()
        self.edited.emit()

    def _take(self) -> None:
        shown = [part for part in self._fields if (part == "literal") == self._one_name.isChecked()]
        parts = {part: " ".join(self._fields[part].text().split()) for part in shown}
        self._creator = Creator(**parts, role=self._role.currentData())
        self.edited.emit()


def _list_text(creator: Creator) -> str:
    name = creator.full_name or _("(no name)")
    roles = {EDITOR: _("editor"), TRANSLATOR: _("translator")}
    return f"{name} · {roles[creator.role]}" if creator.role in roles else name
