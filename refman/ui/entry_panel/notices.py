"""What is said above the title: why a paper needs attention, and that it is in the trash."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from refman.i18n import _
from refman.ui import icons, theme
from refman.ui.edits import Edits
from refman.ui.entry_panel.paper import Paper


class Notice(QFrame):
    """Sentences with one button about them."""

    acted = Signal()

    def __init__(self, kind: str, icon_name: str, role: str, action: str, hint: str) -> None:
        super().__init__()
        theme.set_kind(self, f"banner-{kind}")
        self._icon_name, self._role = icon_name, role
        self._icon = QLabel()
        self._text = QLabel(wordWrap=True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(action)
        self.button.setToolTip(hint)
        self.button.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        theme.theme().changed.connect(self._dress)
        self._dress()
        self.hide()

    def say(self, sentences: tuple[str, ...]) -> None:
        """Show the sentences, or hide where there is none."""
        if sentences:
            self._text.setText("\n".join(sentences))
            self.setAccessibleName(" ".join(sentences))
        self.setVisible(bool(sentences))

    def _dress(self) -> None:
        self._icon.setPixmap(icons.icon(self._icon_name, self._role).pixmap(18, 18))


class Notices(QWidget):
    """“Looks right” settles the doubts; “Restore” takes the paper out of the trash."""

    def __init__(self, edits: Edits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits = edits
        self._paper: Paper | None = None
        self.trash = Notice(
            "info", "trash", "accent", _("Restore"), _("Take the paper out of the trash")
        )
        self.trash.acted.connect(self._restore)
        self.doubts = Notice(
            "warning",
            "attention",
            "warning",
            _("Looks right"),
            _("Settle this: you looked at it, and what stands here is right"),
        )
        self.doubts.acted.connect(self._mark_reviewed)
        for notice in (self.trash, self.doubts):
            notice.button.setVisible(edits.editable)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.trash)
        column.addWidget(self.doubts)

    def show_paper(self, paper: Paper) -> None:
        """Say what there is to say of `paper`."""
        self._paper = paper
        details = paper.details
        self.trash.say((_("This paper is in the trash."),) if details.trashed else ())
        self.doubts.say(details.attention)
        self.setVisible(bool(details.trashed or details.attention))

    def _restore(self) -> None:
        if self._paper:
            ids, verb = [self._paper.id], self._edits.library.entries.restore
            self._edits.write(_("Restore paper"), lambda: verb(ids))

    def _mark_reviewed(self) -> None:
        if self._paper:
            ids, verb = [self._paper.id], self._edits.library.entries.mark_reviewed
            self._edits.write(_("Looks right"), lambda: verb(ids))
