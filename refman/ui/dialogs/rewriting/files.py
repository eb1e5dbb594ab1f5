"""The manuscripts that the user points to: files, and folders of them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from refman.formats.manuscripts import SUFFIXES
from refman.i18n import _
from refman.ui import icons, theme

_PATH = Qt.ItemDataRole.UserRole


class ManuscriptList(QWidget):
    """`changed` when there are others. Files and folders can be dropped on it."""

    changed = Signal()

    def __init__(self, paths: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = _Files()
        self.list.setFixedHeight(round(3.4 * (self.list.fontMetrics().lineSpacing() + 8)) + 8)
        self.add_files = QPushButton(_("Add &files …"))
        self.add_files.setToolTip(_("LaTeX, Markdown and Typst files, and what they take in"))
        self.add_folder = QPushButton(_("Add fol&der …"))
        self.add_folder.setToolTip(_("All .tex, .md and .typ files in it, and in its folders"))
        self.remove = QPushButton(_("&Take off"))
        self.remove.setToolTip(_("Take the selected ones off this list; the files stay (Del)"))
        buttons = QVBoxLayout(spacing=6)
        for button in (self.add_files, self.add_folder, self.remove):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.list, 1)
        row.addLayout(buttons)
        self._put(paths)
        self.list.dropped.connect(self.add)
        self.list.delete_pressed.connect(self._remove_selected)
        self.list.itemSelectionChanged.connect(self._enable)
        self.add_files.clicked.connect(self._ask_for_files)
        self.add_folder.clicked.connect(self._ask_for_folder)
        self.remove.clicked.connect(self._remove_selected)
        self._enable()

    def paths(self) -> tuple[str, ...]:
        return tuple(self.list.item(row).data(_PATH) for row in range(self.list.count()))

    def add(self, paths: Sequence[str]) -> None:
        """Put files or folders on the list; those that are there stay once."""
        new = [path for path in dict.fromkeys(paths) if path not in self.paths()]
        if new:
            self._put(new)
            self.changed.emit()

    def _put(self, paths: Sequence[str]) -> None:
        for path in paths:
            folder = Path(path).is_dir()
            item = QListWidgetItem(path, self.list)
            item.setIcon(icons.icon("collection" if folder else "file"))
            item.setData(_PATH, path)
            item.setToolTip(path)

    def _remove_selected(self) -> None:
        selected = self.list.selectedItems()
        for item in selected:
            self.list.takeItem(self.list.row(item))
        if selected:
            self.changed.emit()

    def _enable(self) -> None:
        self.remove.setEnabled(bool(self.list.selectedItems()))

    def _ask_for_files(self) -> None:
        dialog = QFileDialog(self, _("Manuscripts that cite papers"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join((*(f"*{suffix}" for suffix in SUFFIXES), "*.Rmd"))
        dialog.setNameFilters([_("Manuscripts ({endings})").format(endings=endings)])
        self._open(dialog)

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self, _("A folder of manuscripts"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.filesSelected.connect(self.add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class _Files(QListWidget):
    dropped = Signal(list)
    delete_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Files and folders to look through"))
        self.setToolTip(_("Files and folders can be dropped here"))
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIconSize(QSize(16, 16))
        self.setAcceptDrops(True)
        theme.set_kind(self, "framed")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.dropped.emit(
            [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        )
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)
