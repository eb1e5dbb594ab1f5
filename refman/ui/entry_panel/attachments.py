"""The section of the files and addresses that belong to a paper."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import Attachment
from refman.ui import icons, outside, theme
from refman.ui.edits import Edits
from refman.ui.entry_panel.paper import Background, Paper
from refman.ui.entry_panel.section import Section
from refman.ui.widgets.flow_layout import FlowLayout
from refman.ui.widgets.tab_order import tab_after


class AttachmentsSection(Section):
    """Attach, open, detach. Files can be dropped here."""

    message = Signal(str)

    def __init__(self, edits: Edits) -> None:
        super().__init__(_("Attachments"))
        self._edits = edits
        self._entry_id = 0
        self.rows: list[AttachmentRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.column.addLayout(self._list)
        file_button = QPushButton(_("Attach a file"))
        file_button.setToolTip(_("Choose a file; it stays where it is. Files can be dropped here"))
        file_button.setIcon(icons.icon("attach", "accent"))
        file_button.clicked.connect(self._choose_file)
        link_button = QPushButton(_("Attach a link"))
        link_button.setToolTip(_("Type or paste a web address"))
        link_button.setIcon(icons.icon("link", "accent"))
        link_button.clicked.connect(self._ask_address)
        row = FlowLayout()
        for button in (file_button, link_button):
            theme.set_kind(button, "link")
            if not edits.editable:
                button.hide()
            row.addWidget(button)
        self.column.addLayout(row)
        self.setAcceptDrops(edits.editable)

    def show_paper(self, paper: Paper) -> None:
        """Take the paper that what is attached from now on belongs to."""
        self._entry_id = paper.id

    def show_background(self, background: Background) -> None:
        """Show what is attached."""
        found = background.attachments
        self.set_count(len(found))
        while len(self.rows) < len(found):
            row = AttachmentRow()
            row.failed.connect(self.message)
            row.removal_wanted.connect(self._detach)
            self._list.addWidget(row)
            tab_after(self.rows[-1] if self.rows else self.header, row)
            self.rows.append(row)
        for row, attachment in zip(self.rows, found, strict=False):
            row.show_attachment(attachment, editable=self._edits.editable)
        for index, row in enumerate(self.rows):
            row.setVisible(index < len(found))

    def attach(self, targets: list[str]) -> None:
        """Attach files or addresses to the paper shown."""
        entry_id, verb = self._entry_id, self._edits.library.attachments.attach
        for target in targets:
            self._edits.write(_("Attach file"), partial(verb, entry_id, target))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.LinkAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self.attach(
            [
                url.toLocalFile() if url.isLocalFile() else url.toString()
                for url in event.mimeData().urls()
            ]
        )
        event.accept()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self.window(), _("Attach files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.attach)
        dialog.open()

    def _ask_address(self) -> None:
        dialog = QInputDialog(self.window())
        dialog.setWindowTitle(_("Attach a link"))
        dialog.setLabelText(_("Web address, beginning with https://"))
        dialog.setTextEchoMode(QLineEdit.EchoMode.Normal)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(lambda address: self.attach([address]))
        dialog.open()

    def _detach(self, attachment_id: int) -> None:
        verb = self._edits.library.attachments.detach
        self._edits.write(_("Detach file"), lambda: verb(attachment_id))


class AttachmentRow(QWidget):
    """One file or address: Enter or a double click opens it, Delete takes it off."""

    removal_wanted = Signal(int)
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attachment: Attachment | None = None
        self._icon = QLabel()
        self._open = QPushButton()
        self._open.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.set_kind(self._open, "link")
        self._open.clicked.connect(self.open)
        self._missing = QLabel(_("missing"))
        self._missing.setToolTip(_("The file is not where it was: put it back, or attach it anew"))
        theme.set_kind(self._missing, "warning")
        self._folder = self._button("open", _("Show the folder"))
        self._folder.clicked.connect(self._open_folder)
        self._remove = self._button("close", _("Detach; the file itself stays"))
        self._remove.clicked.connect(self._ask_removal)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for name, act in ((_("Open"), self.open), (_("Detach"), self._ask_removal)):
            action = QAction(name, self)
            action.triggered.connect(act)
            self.addAction(action)
        self._detaching = self.actions()[-1]
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._icon)
        row.addWidget(self._open, 1)
        row.addWidget(self._missing)
        row.addWidget(self._folder)
        row.addWidget(self._remove)

    def show_attachment(self, attachment: Attachment, *, editable: bool) -> None:
        """Show a file or an address."""
        self._attachment = attachment
        target = attachment.path or attachment.url
        icon_name = "file" if attachment.path else "link"
        self._icon.setPixmap(icons.icon(icon_name).pixmap(16, 16))
        self._open.setText(attachment.title or target)
        self._open.setToolTip(target)
        self._open.setAccessibleName(_("Open {name}").format(name=attachment.title or target))
        self._missing.setVisible(not attachment.exists)
        self._folder.setVisible(bool(attachment.path) and attachment.exists)
        self._remove.setVisible(editable)
        self._detaching.setVisible(editable)

    @property
    def name(self) -> str:
        return self._open.text()

    @property
    def is_missing(self) -> bool:
        """Whether the file is not where it was."""
        return not self._missing.isHidden()

    def open(self) -> None:
        """Open it outside the program."""
        if self._attachment is None:
            return
        if self._attachment.url:
            complaint = outside.open_address(self._attachment.url)
        else:
            complaint = outside.open_file(self._attachment.path)
        if complaint:
            self.failed.emit(complaint)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and not self._remove.isHidden():
            self._ask_removal()
        else:
            super().keyPressEvent(event)

    def _open_folder(self) -> None:
        if self._attachment and (
            complaint := outside.open_file(Path(self._attachment.path).parent)
        ):
            self.failed.emit(complaint)

    def _ask_removal(self) -> None:
        if self._attachment:
            self.removal_wanted.emit(self._attachment.id)

    def _button(self, icon_name: str, name: str) -> QToolButton:
        button = QToolButton(toolTip=name, accessibleName=name)
        button.setIcon(icons.icon(icon_name))
        return button
