"""What can be done with the current finding, and with all that are safe to mend."""

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from refman.i18n import _, ngettext
from refman.library import Finding
from refman.ui import icons, theme
from refman.ui.doctor.arranging import Group
from refman.ui.doctor.findings_model import Row
from refman.ui.widgets.flow_layout import FlowLayout


class FindingButtons(QWidget):
    """Fix, go to the field, ignore; fix all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fix = QPushButton(_("Fix"))
        self.fix.setIcon(icons.icon("check", "accent_text"))
        theme.set_kind(self.fix, "primary")
        self.go = QPushButton(_("Go to field"))
        self.ignore = QPushButton(_("Ignore"))
        self.ignore.setToolTip(_("Do not tell of this again; it can be brought back (Del)"))
        self.fix_all = QPushButton()
        line = QFrame()
        theme.set_kind(line, "line")
        row = QWidget()
        flow = FlowLayout(row, gap=8)
        flow.setContentsMargins(16, 9, 16, 10)
        for button in (self.fix, self.go, self.ignore, self.fix_all):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addWidget(row)

    def show_row(self, row: Row, *, editable: bool, waits: bool) -> None:
        """Offer what can be done with `row`, which `waits` to be looked at again."""
        if isinstance(row, Group):
            self._show_group(row, editable=editable)
            return
        of_file = bool(row.file)
        self.fix.setText(_("Fix"))
        self.fix.setToolTip(_("Mend this and go on to the next (Ctrl+Enter)"))
        self.fix.setVisible(editable and not of_file and row.fix is not None)
        self.fix.setEnabled(not waits)
        self.go.setText(_("Open the file") if of_file else _("Go to field"))
        self.go.setToolTip(
            _("Open the file in the system's program (Enter)")
            if of_file
            else _("Leave the list and put the cursor into the field (Enter); Ctrl+F8 leads back")
        )
        self.go.show()
        self.ignore.setVisible(editable and not of_file)
        self.ignore.setEnabled(not waits)

    def _show_group(self, group: Group, *, editable: bool) -> None:
        self.fix.setVisible(editable and group.safe > 0)
        self.fix.setEnabled(True)
        self.fix.setText(
            ngettext("Fix the safe one here", "Fix the {n:,} safe ones here", group.safe).format(
                n=group.safe
            )
        )
        self.fix.setToolTip(_("Mend what is safe to mend in this group (Ctrl+Enter)"))
        in_library = isinstance(group.findings[0], Finding) and not group.findings[0].file
        self.go.setVisible(group.of_paper and in_library)
        self.go.setText(_("Go to paper"))
        self.go.setToolTip(_("Leave the list and show this paper; Ctrl+F8 leads back"))
        self.ignore.hide()

    def show_safe(self, count: int, *, editable: bool) -> None:
        """Say how many in the list can be mended without looking."""
        self.fix_all.setVisible(editable and count > 0)
        self.fix_all.setText(_("Fix all safe ones ({n:,})").format(n=count))
        self.fix_all.setToolTip(
            _("Mend everything in the list that says the same in a better form; one Undo undoes it")
        )
