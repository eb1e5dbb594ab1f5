"""What of a page was no row: navigation, buttons, footers, with the lines they stood on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from refman.formats.format import Passage
from refman.i18n import _, ngettext
from refman.ui import theme
from refman.ui.widgets.lettering import use_font


class PassedOverDialog(QDialog):
    """`source_wanted` for the whole page."""

    source_wanted = Signal()

    def __init__(
        self, name: str, passages: Sequence[Passage], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Passed over in {name}").format(name=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        count = len(passages)
        note = QLabel(
            ngettext(
                "{n:,} passage of the page is no row, but navigation, a button or the like. If it"
                " is a row after all, import the page as another format (Import with options).",
                "{n:,} passages of the page are no rows, but navigation, buttons and the like. If"
                " one is a row after all, import the page as another format (Import with options).",
                count,
            ).format(n=count)
            if count
            else _("Nothing of this page was passed over."),
            wordWrap=True,
        )
        theme.set_kind(note, "muted")
        width = len(str(max((passage.line for passage in passages), default=1)))
        self.text = QPlainTextEdit(
            "\n".join(f"{passage.line:>{width}}  {passage.text}" for passage in passages),
            readOnly=True,
        )
        self.text.setAccessibleName(_("Text that was passed over, with its lines"))
        self.text.setTabChangesFocus(True)
        use_font(self.text, theme.mono_font)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        whole = QPushButton(_("&Source text"))
        whole.setAutoDefault(False)
        whole.clicked.connect(self.source_wanted)
        buttons.addButton(whole, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addWidget(note)
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
        self.resize(theme.px(620), theme.px(480))
