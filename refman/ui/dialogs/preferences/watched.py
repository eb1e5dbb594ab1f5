"""The watched folders in the preferences: a list, with buttons to add one and to take one off."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import Changes, Library
from refman.ui import icons, theme
from refman.ui.jobs import Jobs

ROWS = 4  # of the list
_KEY = "preferences.watched"
_PATH = Qt.ItemDataRole.UserRole

Found = tuple[Sequence[str], Sequence[str]]


class WatchedFolders(QWidget):
    """They belong to the library, not to the settings: each change is a step of undo."""

    def __init__(self, library: Library, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self.list = _List()
        self.list.setAccessibleName(_("Watched folders"))
        self.list.currentRowChanged.connect(self._show_buttons)
        self.list.delete_wanted.connect(self._remove)
        self.add = QPushButton(_("&Add a folder …"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._ask)
        self.remove = QPushButton(_("&Remove"))
        self.remove.setToolTip(_("Watch this folder no longer; what came from it stays"))
        self.remove.setAutoDefault(False)
        self.remove.clicked.connect(self._remove)
        self.said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        theme.set_kind(self.said, "muted")
        self.none = QLabel(_("No folder is watched yet."))
        theme.set_kind(self.none, "faint")
        buttons = QHBoxLayout(spacing=6)
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.none)
        column.addWidget(self.list)
        column.addLayout(buttons)
        column.addWidget(self.said)
        self.said.hide()
        self.add.setEnabled(not library.read_only)
        jobs.library_changed.connect(self.refresh)
        jobs.failed.connect(self._say)
        self.refresh()

    def refresh(self) -> None:
        """Read the folders anew, outside this thread."""
        self._jobs.read(_KEY, partial(_read, self._library), self._show)

    def _show(self, found: Found) -> None:
        folders, missing = found
        chosen = self.current
        self.list.clear()
        for folder in folders:
            gone = folder in missing
            text = _("{folder} (not there now)").format(folder=folder) if gone else folder
            item = QListWidgetItem(text, self.list)
            item.setIcon(icons.icon(*(("attention", "warning") if gone else ("collection",))))
            item.setToolTip(
                _("It is looked for again, as on a disk that is not connected") if gone else folder
            )
            item.setData(_PATH, folder)
            if folder == chosen:
                self.list.setCurrentItem(item)
        self.list.setVisible(bool(folders))
        self.none.setVisible(not folders)
        self.remove.setVisible(bool(folders))
        if self.list.currentRow() < 0 and folders:
            self.list.setCurrentRow(0)
        self._show_buttons()

    @property
    def current(self) -> str:
        """The chosen folder; '' where there is none."""
        item = self.list.currentItem()
        return str(item.data(_PATH)) if item else ""

    @property
    def folders(self) -> list[str]:
        """What is listed."""
        return [str(self.list.item(row).data(_PATH)) for row in range(self.list.count())]

    def _show_buttons(self) -> None:
        self.remove.setEnabled(bool(self.current) and not self._library.read_only)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    # --- add and remove ------------------------------------------------------------------

    def _ask(self) -> None:
        dialog = QFileDialog(self, _("Watch a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._confirm)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _confirm(self, folder: str) -> None:
        """Say what will happen, and ask what becomes of the files that are there."""
        if folder in self.folders:
            self._say(_("This folder is watched already."))
            return
        box = QMessageBox(self)
        box.setWindowTitle(_("Watch a folder"))
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(_("Watch “{name}”?").format(name=Path(folder).name or folder))
        box.setInformativeText(
            _(
                "Pages, .bib files and others that are saved into it are imported into this"
                " library whenever that is open, with the usual tags, collection and status. The"
                " files themselves stay as they are."
            )
        )
        present = QCheckBox(_("&Import what is in it now, too"))
        box.setCheckBox(present)
        go = box.addButton(_("&Watch"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(go)
        go.clicked.connect(lambda: self._watch(folder, present=present.isChecked()))
        box.finished.connect(box.deleteLater)
        box.open()

    def _watch(self, folder: str, *, present: bool) -> None:
        watched = self._library.watched
        self._jobs.write(
            _("Watch a folder"),
            partial(watched.watch, folder, include_present=present),
            self._watched,
        )

    def _watched(self, changes: Changes) -> None:
        self._say(changes.message)

    def _remove(self) -> None:
        if folder := self.current:
            self._jobs.write(
                _("Watch a folder no longer"), partial(self._library.watched.unwatch, folder)
            )


class _List(QListWidget):
    """Del takes the chosen one off."""

    delete_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.set_kind(self, "framed")
        theme.theme().changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        line = self.fontMetrics().height() + theme.px(10)
        self.setFixedHeight(ROWS * line + theme.px(6))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


def _read(library: Library) -> Found:
    """In the reading thread."""
    return library.watched.folders(), library.watched.missing()
