"""What is to be done with the papers of an import: day of the page, tags, collection, status."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import ImportOptions

FILES, CLIPBOARD = "files", "clipboard"


class ImportOptionsDialog(QDialog):
    """`chosen` with what to import, the options, the day or None, and whether to keep them."""

    chosen = Signal(str, object, object, bool)  # FILES or CLIPBOARD, ImportOptions, date | None

    def __init__(
        self,
        usual: ImportOptions,
        formats: Sequence[tuple[str, str]],
        statuses: Sequence[tuple[str, str]],
        tags: Sequence[str],
        collections: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        """`formats` and `statuses` are pairs of name and label."""
        super().__init__(parent)
        self.setWindowTitle(_("Import with options"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.format = _choice(_("Find out by itself"), formats, "")
        self.status = _choice(_("As the page says, else Inbox"), statuses, usual.status or "")
        self.tags = QLineEdit(", ".join(usual.tags), placeholderText=_("reading-group, rl"))
        self.tags.setToolTip(_("Tags for these papers, a comma between two"))
        self._complete_tags(tags)
        self.collection = QLineEdit(usual.collection or "", placeholderText=_("Thesis/Chapter 2"))
        self.collection.setToolTip(_("A collection for these papers; it is made if it is new"))
        completer = QCompleter(list(collections), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.collection.setCompleter(completer)
        self.day_known = QCheckBox(_("The page was seen on"))
        self.day_known.setToolTip(
            _("Otherwise the day is that of the file, and today for the clipboard")
        )
        today = date.today()  # noqa: DTZ011 - the user's day
        self.day = QDateEdit(QDate(today.year, today.month, today.day), calendarPopup=True)
        self.day.setDisplayFormat("d MMMM yyyy")
        self.day.setAccessibleName(_("Day of the page"))
        self.day.setEnabled(False)
        self.day_known.toggled.connect(self.day.setEnabled)
        self.keep = QCheckBox(_("Use tags, collection and status for every import from now on"))
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow(_("&Tags"), self.tags)
        form.addRow(_("&Collection"), self.collection)
        form.addRow(_("&Status"), self.status)
        form.addRow(_("&Format"), self.format)
        day = QHBoxLayout()
        day.addWidget(self.day_known)
        day.addWidget(self.day, 1)
        form.addRow(_("Day"), day)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.files = files = buttons.addButton(
            _("Choose files …"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.paste = paste = buttons.addButton(_("Paste"), QDialogButtonBox.ButtonRole.AcceptRole)
        paste.setToolTip(_("Import what is on the clipboard"))
        files.setDefault(True)
        files.clicked.connect(lambda: self._choose(FILES))
        paste.clicked.connect(lambda: self._choose(CLIPBOARD))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.keep)
        column.addSpacing(4)
        column.addWidget(buttons)
        self.setMinimumWidth(480)

    def _complete_tags(self, tags: Sequence[str]) -> None:
        completer = QCompleter(list(tags), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.tags.setCompleter(completer)

    def _choose(self, where: str) -> None:
        tags = dict.fromkeys(tag.strip() for tag in self.tags.text().split(",") if tag.strip())
        options = ImportOptions(
            format=self.format.currentData() or None,
            tags=tuple(tags),
            collection=self.collection.text().strip() or None,
            status=self.status.currentData() or None,
        )
        day = self.day.date().toPython() if self.day_known.isChecked() else None
        self.chosen.emit(where, options, day, self.keep.isChecked())
        self.accept()


def _choice(automatic: str, choices: Sequence[tuple[str, str]], current: str) -> QComboBox:
    box = QComboBox()
    box.addItem(automatic, "")
    for name, label in choices:
        box.addItem(label, name)
    box.setCurrentIndex(max(box.findData(current), 0))
    return box
