"""Asks for the day on which a page was seen, by which its dates without a year go."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.ui import theme


class AsOfDialog(QDialog):
    """`chosen` with the day."""

    chosen = Signal(object)  # date

    def __init__(self, name: str, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Day of the page"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        label = QLabel(
            _(
                "“{name}” has dates without a year, such as “Jun 2”. They are placed in the"
                " twelve months before the day on which the page was seen."
            ).format(name=name),
            wordWrap=True,
        )
        theme.set_kind(label, "muted")
        self.day = QDateEdit(QDate(day.year, day.month, day.day), calendarPopup=True)
        self.day.setDisplayFormat("d MMMM yyyy")
        self.day.setAccessibleName(_("Day of the page"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accepted_button = buttons.addButton(
            _("Place dates anew"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.accepted_button.setDefault(True)
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(label)
        column.addWidget(self.day)
        column.addSpacing(4)
        column.addWidget(buttons)
        self.setMinimumWidth(400)

    def _choose(self) -> None:
        self.chosen.emit(self.day.date().toPython())
        self.accept()
