"""The line below the papers: how many are selected, what was done, what runs, what undo undoes."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from refman.i18n import _
from refman.ui import icons, theme
from refman.ui.jobs import Jobs
from refman.ui.widgets.job_bar import JobBar

STAYS = 8000  # ms that a message stays


class StatusBar(QWidget):
    """`undo_wanted` when the undo label at its right is pressed."""

    undo_wanted = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = QLabel()
        self._message = QLabel()
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.set_kind(self._counts, "muted")
        self._undo = QPushButton(toolTip=_("Take the last change back (Ctrl+Z)"))
        theme.set_kind(self._undo, "link")
        self._undo.setIcon(icons.icon("undo", "accent"))
        self._undo.clicked.connect(self.undo_wanted)
        self._undo.hide()
        self._timer = QTimer(self, interval=STAYS, singleShot=True)
        self._timer.timeout.connect(self._message.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 3, 8, 3)
        row.setSpacing(12)
        row.addWidget(self._counts)
        row.addWidget(self._message, 1)
        row.addWidget(JobBar(jobs))
        row.addWidget(self._undo)
        self._size()
        theme.theme().changed.connect(self._size)

    @property
    def message(self) -> str:
        return self._message.text()

    @property
    def undo_text(self) -> str:
        return self._undo.text() if not self._undo.isHidden() else ""

    def say(self, message: str) -> None:
        """Show a sentence for some seconds."""
        self._message.setText(message)
        self._message.setToolTip(message)
        self._message.setAccessibleName(message)
        self._timer.start()

    def set_counts(self, text: str) -> None:
        """Say how many papers are in view and selected."""
        self._counts.setText(text)

    def set_undo(self, label: str | None) -> None:
        """Say what undo would take back; None where there is nothing."""
        self._undo.setVisible(label is not None)
        if label is not None:
            text = _("Undo: {label}").format(label=label)
            shown = text if len(text) < 60 else text[:59] + "…"
            self._undo.setText(shown)
            self._undo.setAccessibleName(text)

    def _size(self) -> None:
        self.setFixedHeight(self.fontMetrics().height() + 14)
