"""Tells of a bug: that refman goes on, and what to send to those who can mend it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.ui import theme


class CrashReportDialog(QDialog):
    """Not modal: the work can go on."""

    def __init__(self, report: str, log: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("refman has a bug"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = QLabel(_("Something went wrong in refman itself"))
        heading.setFont(theme.sized_font(1.15, bold=True))
        where = _("The report is in {log}.").format(log=log) if log else ""
        text = QLabel(
            _(
                "Your library is unharmed: what was under way has been rolled back, and you can"
                " go on. Please send this report to the makers of refman. {where}"
            ).format(where=where),
            wordWrap=True,
        )
        self.report = QPlainTextEdit(report, readOnly=True)
        self.report.setFont(theme.mono_font())
        self.report.setAccessibleName(_("Report"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(_("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(text)
        column.addWidget(self.report)
        column.addWidget(buttons)
        self.resize(640, 420)
