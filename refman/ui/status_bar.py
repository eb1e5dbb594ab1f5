"""The line below the papers: how many are selected, what was done, what runs, what undo undoes."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from refman.i18n import _
from refman.ui import icons, theme
from refman.ui.jobs import Jobs
from refman.ui.widgets.job_bar import JobBar

STAYS = 8000  # ms that a message stays


class StatusBar(QWidget):
    """`undo_wanted` when the undo label at its right is pressed, `mark_wanted` when the mark is."""

    undo_wanted = Signal()
    mark_wanted = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = QLabel()
        self._message = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.set_kind(self._counts, "muted")
        self._undo = QPushButton(toolTip=_("Take the last change back (Ctrl+Z)"))
        theme.set_kind(self._undo, "link")
        self._undo.setIcon(icons.icon("undo", "accent"))
        self._undo.clicked.connect(self.undo_wanted)
        self._undo.hide()
        self._mark = QPushButton(toolTip=_("Show the exports"))
        theme.set_kind(self._mark, "quiet")
        self._mark.clicked.connect(self.mark_wanted)
        self._mark.hide()
        self._timer = QTimer(self, interval=STAYS, singleShot=True)
        self._timer.timeout.connect(self._message.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 3, 8, 3)
        row.setSpacing(12)
        row.addWidget(self._counts)
        row.addWidget(self._message, 1)
        row.addWidget(JobBar(jobs))
        row.addWidget(self._mark)
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

    def set_mark(self, icon: str, role: str, text: str) -> None:
        """Say quietly how the exports stand; nothing where there are none."""
        self._mark.setVisible(bool(text))
        if text:
            self._mark.setIcon(icons.icon(icon, role))
            self._mark.setText(text)
            self._mark.setAccessibleName(text)

    @property
    def mark(self) -> str:
        return self._mark.text() if not self._mark.isHidden() else ""

    def _size(self) -> None:
        self.setFixedHeight(self.fontMetrics().height() + 14)
