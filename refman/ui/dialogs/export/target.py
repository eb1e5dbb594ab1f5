"""Where an export is written to, under which name it is kept, and whether it is kept up to date."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from refman.i18n import _

STEM = "references"


class Target(QWidget):
    """`changed` with every choice."""

    changed = Signal()

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        """Where no file was chosen before, one is asked for in `folder`."""
        super().__init__(parent)
        self._folder = folder
        self._stem = STEM
        self._filters: list[str] = []
        self._suffixes: Sequence[str] = (".bib",)
        self._confirmed: set[str] = set()  # files that may be replaced without another question
        self.file = QLineEdit(placeholderText=_("Is asked for, if it is empty"))
        self.file.setAccessibleName(_("File"))
        self.file.setToolTip(_("The file that is written"))
        self.browse = QPushButton(_("Choose …"), toolTip=_("Choose the file that is written"))
        self.browse.setAutoDefault(False)
        self.name = QLineEdit(placeholderText=_("To use these settings again, give them a name"))
        self.name.setAccessibleName(_("Name"))
        self.name.setToolTip(_("Under this name it is in the menu of “Export” from now on"))
        self.keep = QCheckBox(_("Keep the file &up to date"))
        self.keep.setToolTip(_("It is written anew a moment after every change of its papers"))
        self._lay_out()
        self.file.textChanged.connect(self.changed)
        self.name.textChanged.connect(self.changed)
        self.keep.toggled.connect(self._keep_toggled)
        self.browse.clicked.connect(self.ask)

    def _lay_out(self) -> None:
        self._file_label = QLabel(_("F&ile"))
        self._file_label.setBuddy(self.file)
        self._name_label = QLabel(_("&Name"))
        self._name_label.setBuddy(self.name)
        file = QHBoxLayout(spacing=8)
        file.addWidget(self.file, 1)
        file.addWidget(self.browse)
        name = QHBoxLayout(spacing=14)
        name.addWidget(self.name, 1)
        name.addWidget(self.keep)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._file_label, 0, 0)
        grid.addLayout(file, 0, 1)
        grid.addWidget(self._name_label, 1, 0)
        grid.addLayout(name, 1, 1)
        grid.setColumnStretch(1, 1)

    @property
    def path(self) -> str:
        """The file as it was typed, in the folder that was used last; '' for none."""
        typed = self.file.text().strip()
        if not typed:
            return ""
        path = Path(typed).expanduser()
        if not path.is_absolute():
            path = Path(self._folder or Path.home()) / path
        if not path.suffix and self._suffixes and not path.is_dir():
            path = path.with_name(path.name + self._suffixes[0])
        return str(path)

    @property
    def name_text(self) -> str:
        return " ".join(self.name.text().split())

    def show_target(self, name: str, path: str, *, kept: bool) -> None:
        """Show those of an export that there is; its file may be written without a question."""
        self.name.setText(name)
        self.file.setText(path)
        self.keep.setChecked(kept)
        self._confirmed.add(path)

    def set_format(self, label: str, suffixes: Sequence[str], known: Collection[str]) -> None:
        """Take up another format: a file's name gets its ending where it had that of another."""
        self._suffixes = suffixes
        self._filters = [f"{label} ({' '.join(f'*{suffix}' for suffix in suffixes)})"]
        path = Path(self.file.text().strip())
        if suffixes and path.suffix.lower() in set(known) - set(suffixes):
            self.file.setText(str(path.with_suffix(suffixes[0])))

    def propose(self, stem: str) -> None:
        """Take what a file is to be called where the user does not say it; '' as usual."""
        self._stem = re.sub(r'[\\/:*?"<>|]', " ", stem).strip() or STEM

    def set_keepable(self, able: bool, why_not: str) -> None:
        """Whether these settings can have a name; else `why_not`."""
        for widget in (self.name, self.keep):
            widget.setEnabled(able)
        self.name.setPlaceholderText(
            _("To use these settings again, give them a name") if able else why_not
        )

    def may_replace(self, path: str) -> bool:
        """Whether the file is not there, or its replacement was confirmed."""
        return path in self._confirmed or not Path(path).exists()

    def confirm(self, path: str) -> None:
        """Let the file be replaced."""
        self._confirmed.add(path)

    def ask(self) -> QFileDialog:
        """Ask for the file; the answer stands in the line."""
        start = Path(self.path or Path(self._folder or Path.home()) / self._stem)
        dialog = QFileDialog(self, _("Export to"), str(start.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([*self._filters, _("All files (*)")])
        if self._suffixes:
            dialog.setDefaultSuffix(self._suffixes[0].lstrip("."))
            dialog.selectFile(start.with_suffix(self._suffixes[0]).name)
        dialog.fileSelected.connect(self._take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _take(self, path: str) -> None:
        self._confirmed.add(path)  # the dialog asked
        self.file.setText(path)

    def _keep_toggled(self, wanted: bool) -> None:
        if wanted and not self.name_text:
            self.name.setText(Path(self.path).stem or self._stem)
        self.changed.emit()
