"""What somebody else changed in the file of an export, and whose version stays."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import ExportInfo
from refman.ui import theme
from refman.ui.widgets.difference_view import DifferenceView

SIZE = (820, 560)  # pixels, with text of the usual size
ROOM = 0.9  # of the screen, at most
OURS, THEIRS, BOTH = "ours", "theirs", "both"


class ResolveExportDialog(QDialog):
    """`resolved` with OURS, THEIRS or BOTH."""

    resolved = Signal(str)

    def __init__(self, export: ExportInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("“{name}” was edited outside").format(name=Path(export.path).name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        note = QLabel(
            _(
                "Another program changed {path} since refman wrote it, so it is left alone. "
                "To have these changes in the library, import the file first."
            ).format(path=export.path),
            wordWrap=True,
            textFormat=Qt.TextFormat.PlainText,
        )
        self.legend = QLabel(_("Reading both versions …"))
        theme.set_kind(self.legend, "muted")
        self.view = DifferenceView()
        own = Path(export.path)
        self.ours = QPushButton(_("Write &ours (theirs is kept beside)"))
        self.ours.setToolTip(_("refman's version takes the place; theirs gets another name"))
        self.theirs = QPushButton(_("Keep &theirs"))
        self.theirs.setToolTip(_("The file stays, and does not follow the library any more"))
        self.both = QPushButton(_("Keep &both"))
        self.both.setToolTip(
            _("The file stays; the export goes on as {name}").format(
                name=f"{own.stem}.refman{own.suffix}"
            )
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        row = QHBoxLayout(spacing=8)
        for button, how in ((self.ours, OURS), (self.theirs, THEIRS), (self.both, BOTH)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, how=how: self._resolve(how))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        column.addWidget(note)
        column.addWidget(self.legend)
        column.addWidget(self.view, 1)
        column.addLayout(row)
        room = self.screen().availableSize() * ROOM
        self.resize(QSize(theme.px(SIZE[0]), theme.px(SIZE[1])).boundedTo(room))
        self.view.setFocus()

    def show_difference(self, text: str) -> None:
        """Show what refman would change in the file as it lies there."""
        self.view.set_difference(text)
        self.legend.setText(
            _("−  in the file now      +  as refman writes it")
            if text
            else _("There is no difference any more.")
        )

    def _resolve(self, how: str) -> None:
        self.resolved.emit(how)
        self.accept()
