"""A list of files and folders that the user points to: added, dropped on it, taken off."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from refman.i18n import _
from refman.ui import icons, theme

_PATH = Qt.ItemDataRole.UserRole
_Mode = QFileDialog.FileMode


@dataclass(frozen=True, slots=True)
class Asking:
    """How files, or folders, are asked for: the title of the dialog, the tool tip of the button,
    and of files the filter, such as `Pages (*.html *.txt)`."""

    title: str
    tip: str
    filter: str = ""


class PathList(QWidget):
    """`changed` when there are others. It takes files, folders, or both, as it can ask for them.

    With `below` the buttons stand below the list, else beside it. A path stays on it once, as
    it was given.
    """

    changed = Signal()

    def __init__(
        self,
        name: str,
        paths: Sequence[str] = (),
        *,
        files: Asking | None = None,
        folders: Asking | None = None,
        below: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._takes_files, self._takes_folders = files is not None, folders is not None
        self.list = _Paths(name)
        self.add_files = self._adding(_("Add fil&es …"), files, _Mode.ExistingFiles)
        self.add_folder = self._adding(_("Add folde&r …"), folders, _Mode.Directory)
        self.remove = QPushButton(_("Remo&ve"), autoDefault=False)
        self.remove.setToolTip(_("Take the selected ones off this list; the files stay (Del)"))
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        buttons = QBoxLayout(right if below else down, spacing=6)
        for button in (self.add_files, self.add_folder, self.remove):
            buttons.addWidget(button)
        height = round(3.4 * (self.list.fontMetrics().lineSpacing() + 8)) + 8
        if not below:
            height = max(height, buttons.sizeHint().height())
        self.list.setFixedHeight(height)
        buttons.addStretch(1)
        whole = QBoxLayout(down if below else right, self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6 if below else 8)
        whole.addWidget(self.list, 1, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(buttons)
        self.setFocusProxy(self.list)
        self._put(paths)
        self.list.dropped.connect(self._take_dropped)
        self.list.delete_pressed.connect(self._remove_selected)
        self.list.itemSelectionChanged.connect(self._enable)
        self.remove.clicked.connect(self._remove_selected)
        self._enable()

    def paths(self) -> tuple[str, ...]:
        """What is on the list."""
        return tuple(self.list.item(row).data(_PATH) for row in range(self.list.count()))

    def set_paths(self, paths: Sequence[str]) -> None:
        """Show these instead."""
        if tuple(paths) != self.paths():
            self.list.clear()
            self._put(paths)
            self.changed.emit()

    def add(self, paths: Sequence[str]) -> None:
        """Put files or folders on the list; those that are there stay once."""
        new = [path for path in dict.fromkeys(paths) if path not in self.paths()]
        if new:
            self._put(new)
            self.changed.emit()

    def _put(self, paths: Sequence[str]) -> None:
        for path in paths:
            item = QListWidgetItem(path, self.list)
            item.setIcon(icons.icon("collection" if Path(path).is_dir() else "file"))
            item.setData(_PATH, path)
            item.setToolTip(path)

    def _take_dropped(self, paths: Sequence[str]) -> None:
        self.add(
            [
                path
                for path in paths
                if (self._takes_folders if Path(path).is_dir() else self._takes_files)
            ]
        )

    def _remove_selected(self) -> None:
        selected = self.list.selectedItems()
        for item in selected:
            self.list.takeItem(self.list.row(item))
        if selected:
            self.changed.emit()

    def _enable(self) -> None:
        self.remove.setEnabled(bool(self.list.selectedItems()))

    def _adding(self, text: str, asking: Asking | None, mode: QFileDialog.FileMode) -> QPushButton:
        button = QPushButton(text, autoDefault=False)
        button.setVisible(asking is not None)
        if asking:
            button.setToolTip(asking.tip)
            button.clicked.connect(lambda: self._ask(asking, mode))
        return button

    def _ask(self, asking: Asking, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, asking.title)
        dialog.setFileMode(mode)
        if asking.filter:
            dialog.setNameFilters([asking.filter])
        dialog.filesSelected.connect(self.add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class _Paths(QListWidget):
    dropped = Signal(list)
    delete_pressed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(_("Files and folders can be dropped here"))
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
