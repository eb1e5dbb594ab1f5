"""Asks what to do with a long job when the window is to be closed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from refman.i18n import _


class ClosingDialog(QMessageBox):
    """`waits` to close when the job is done, `stops` to stop it first; else the window stays."""

    waits = Signal()
    stops = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Question)
        self.setText(_("{label} is not done yet.").format(label=label))
        self.setInformativeText(_("If it is stopped, nothing of it stays in the library."))
        wait = self.addButton(_("Close when done"), QMessageBox.ButtonRole.AcceptRole)
        stop = self.addButton(_("Stop and close"), QMessageBox.ButtonRole.DestructiveRole)
        self.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(wait)
        wait.clicked.connect(self.waits)
        stop.clicked.connect(self.stops)
        self.finished.connect(self.deleteLater)
