"""Asks for one name, completed from those that there are: a tag, a collection."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from refman.ui import theme


class PickNameDialog(QDialog):
    """`picked` with the name; a new one is as good as a known one."""

    picked = Signal(str)

    def __init__(
        self,
        title: str,
        question: str,
        button: str,
        names: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        label = QLabel(question, wordWrap=True)
        theme.set_kind(label, "muted")
        self.line = QLineEdit()
        self.line.setAccessibleName(question)
        completer = QCompleter(list(names), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.line.setCompleter(completer)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole)
        self._ok.setDefault(True)
        self._ok.setEnabled(False)
        self.line.textChanged.connect(lambda text: self._ok.setEnabled(bool(text.strip())))
        buttons.accepted.connect(self._pick)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(label)
        column.addWidget(self.line)
        column.addSpacing(4)
        column.addWidget(buttons)
        self.setMinimumWidth(380)

    def _pick(self) -> None:
        if name := self.line.text().strip():
            self.picked.emit(name)
            self.accept()
