"""The lines above the list: which rows to show, with their counts, and words to look for."""

from collections import Counter

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from refman.i18n import _
from refman.ui import theme
from refman.ui.import_review import wording
from refman.ui.widgets.filter_line import FilterLine
from refman.ui.widgets.flow_layout import FlowLayout

DEBOUNCE = 120  # ms after the last key


class FilterBar(QWidget):
    """`changed` when other rows are to be shown."""

    changed = Signal(str, str)  # kind, text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = FilterLine(
            _("Filter: words of the row"),
            _("Words of the title, the names, the reason or the source (Ctrl+F)"),
        )
        self._timer = QTimer(self, interval=DEBOUNCE, singleShot=True)
        self._timer.timeout.connect(self._tell)
        self.line.textChanged.connect(lambda _text: self._timer.start())
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        flow = FlowLayout(gap=2)
        for kind in wording.KINDS:
            button = QPushButton(self, checkable=True, checked=kind == wording.ALL)
            button.setToolTip(wording.kind_tip(kind))
            theme.set_kind(button, "flat")
            button.toggled.connect(self._toggled)
            self._group.addButton(button)
            self.buttons[kind] = button
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 6)
        column.setSpacing(5)
        column.addWidget(self.line)
        column.addLayout(flow)
        self.count(Counter())

    @property
    def kind(self) -> str:
        """Which rows are shown."""
        return next(kind for kind, button in self.buttons.items() if button.isChecked())

    @property
    def text(self) -> str:
        """The words that they must have."""
        return self.line.text().strip()

    @property
    def narrows(self) -> bool:
        """Whether rows are left out."""
        return self.kind != wording.ALL or bool(self.text)

    def show_kind(self, kind: str) -> None:
        """Show the rows of `kind`."""
        self.buttons[kind].setChecked(True)

    def clear(self) -> None:
        """Show every row."""
        self.line.clear()
        self.show_kind(wording.ALL)
        self._tell()

    def count(self, counts: Counter[str]) -> None:
        """Say how many rows each choice shows; one that shows none is not offered."""
        for kind, button in self.buttons.items():
            name, number = wording.kind_name(kind), counts[kind]
            button.setText(f"{name} {number:,}")
            button.setAccessibleName(_("{name}: {count:,}").format(name=name, count=number))
            always = kind in (wording.ALL, wording.DOUBTFUL) or button.isChecked()
            button.setVisible(always or number > 0)

    def _toggled(self, checked: bool) -> None:
        if checked:
            self._tell()

    def _tell(self) -> None:
        self._timer.stop()
        self.changed.emit(self.kind, self.text)
