"""The names of a paper's creators as a line that opens their editor."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from refman.i18n import _
from refman.model.creator import Creator
from refman.ui import theme
from refman.ui.names import names_text


class NameLine(QLabel):
    """Click or press Enter to edit."""

    activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setIndent(0)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        theme.set_kind(self, "names")

    def set_editable(self, editable: bool) -> None:
        """Whether a click opens the editor."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if editable else Qt.FocusPolicy.NoFocus)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if editable else Qt.CursorShape.ArrowCursor
        )
        self.setEnabled(True)

    def show_names(self, creators: Sequence[Creator], *, truncated: bool) -> None:
        """Show the names, or that there are none."""
        text = names_text(creators, truncated=truncated)
        self.setText(text or _("No authors: click to add them"))
        self.setToolTip(_("Click to edit the authors and editors"))
        self.setAccessibleName(_("Authors: {names}").format(names=text or _("none")))
        kind = "names" if text else "names-empty"
        if self.property("kind") != kind:
            theme.set_kind(self, kind)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        editable = self.focusPolicy() != Qt.FocusPolicy.NoFocus
        if event.button() == Qt.MouseButton.LeftButton and inside and editable:
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2):
            self.activated.emit()
        else:
            super().keyPressEvent(event)
