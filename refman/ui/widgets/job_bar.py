"""The status bar's part on work: what runs, how far it is, what waits, and a Stop button."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from refman.i18n import _, ngettext
from refman.ui import theme
from refman.ui.jobs import Jobs

POLL = 80  # ms between two looks at the progress
SHOW_AFTER = 150  # ms; what is done sooner is not worth a flicker


class JobBar(QWidget):
    """Hidden while nothing runs."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._label = QLabel()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(130)
        self._bar.setAccessibleName(_("Progress"))
        self._count = QLabel()
        self._stop = QPushButton(_("Stop"), toolTip=_("Stop this; what it did so far is undone"))
        theme.set_kind(self._stop, "link")
        self._stop.clicked.connect(jobs.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        for widget in (self._label, self._bar, self._count, self._stop):
            row.addWidget(widget)
        self._timer = QTimer(self, interval=POLL)
        self._timer.timeout.connect(self._poll)
        self._delay = QTimer(self, interval=SHOW_AFTER, singleShot=True)
        self._delay.timeout.connect(self._begin)
        jobs.queue_changed.connect(self._queue_changed)
        self.hide()

    def _queue_changed(self) -> None:
        if not self._jobs.queue:
            self._delay.stop()
            self._timer.stop()
            self.hide()
        elif self.isVisible():
            self._poll()
        elif not self._delay.isActive():
            self._delay.start()

    def _begin(self) -> None:
        self._poll()
        self._timer.start()
        self.show()

    def _poll(self) -> None:
        queue = self._jobs.queue
        if not queue:
            return
        job = queue[0]
        progress = job.progress
        text = progress.text or f"{job.label} …"
        if progress.cancelled:
            text = _("Stopping …")
        waiting = len(queue) - 1
        if waiting:
            text += " · " + ngettext("{count} waits", "{count} wait", waiting).format(count=waiting)
            self.setToolTip("\n".join(each.label for each in queue))
        self._label.setText(text)
        self._bar.setVisible(job.long)
        self._bar.setMaximum(progress.total)
        self._bar.setValue(min(progress.done, progress.total))
        self._count.setVisible(job.long and progress.total > 0)
        self._count.setText(f"{progress.done:,}/{progress.total:,}")
        self._stop.setVisible(job.long and not progress.cancelled)
