"""What the pages of the preferences share: how they look, and the settings that they change."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from refman.settings import Settings
from refman.ui import theme
from refman.ui.widgets.lettering import use_font, use_size

_VALUE = "value"


class Choices(QObject):
    """The settings while they are changed: every change is one of its own and takes effect."""

    changed = Signal(object)  # Settings

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings

    def set(self, group: str = "", **values: Any) -> None:
        """Change `values` in a group of the settings, or where that is '' at their top."""
        if group:
            values = {group: replace(getattr(self.settings, group), **values)}
        wanted = replace(self.settings, **values)
        if wanted != self.settings:
            self.settings = wanted
            self.changed.emit(wanted)


class Page(QScrollArea):
    """One page: a heading, and below it what a subclass puts into `column`."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        heading = QLabel(title)
        use_size(heading, 1.3, bold=True)
        inner = QWidget()
        inner.setObjectName("preferences_page")
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(24, 20, 24, 12)
        self.column.setSpacing(8)
        self.column.addWidget(heading)
        self.column.addSpacing(6)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def add_section(self, text: str) -> QLabel:
        """The title of what follows."""
        label = QLabel(text, wordWrap=True)
        theme.set_kind(label, "section")
        if self.column.count() > 2:
            self.column.addSpacing(14)
        self.column.addWidget(label)
        return label

    def add_note(self, text: str) -> QLabel:
        """A sentence that explains what stands above it."""
        label = QLabel(text, wordWrap=True)
        theme.set_kind(label, "muted")
        self.column.addWidget(label)
        return label

    def add_form(self) -> QFormLayout:
        """Rows of a name and its field."""
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        self.column.addLayout(form)
        return form


class Example(QLabel):
    """A line that is cut with an ellipsis where it has no room."""

    def __init__(self) -> None:
        super().__init__(textFormat=Qt.TextFormat.PlainText)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.set_kind(self, "muted")

    def show_text(self, text: str) -> None:
        """Show as much of `text` as there is room for, and all of it as the tool tip."""
        self._whole = text
        self.setToolTip(text)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        right = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._whole, right, self.width()))


class RadioButtons(QWidget):
    """One of several values, each on a line of its own with an example to its right."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], value: str) -> None:
        """`choices` are pairs of value and label; a `value` that is none of them is the first."""
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._examples: dict[str, Example] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2, 2, 0, 2)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        for row, (each, label) in enumerate(choices):
            button = QRadioButton(label)
            button.setAccessibleDescription(name)
            button.setProperty(_VALUE, each)
            button.setChecked(each == value or row == 0)
            self._group.addButton(button)
            self._grid.addWidget(button, row, 0)
        self._group.buttonClicked.connect(lambda button: self.chosen.emit(button.property(_VALUE)))

    def button(self, value: str) -> QRadioButton:
        """The button of a value."""
        return next(each for each in self.buttons() if each.property(_VALUE) == value)

    def buttons(self) -> list[QRadioButton]:
        return [each for each in self._group.buttons() if isinstance(each, QRadioButton)]

    @property
    def value(self) -> str:
        """What is chosen."""
        return str(self._group.checkedButton().property(_VALUE))

    @property
    def examples(self) -> dict[str, str]:
        """What stands beside the values."""
        return {value: example.toolTip() for value, example in self._examples.items()}

    def show_example(self, value: str, text: str, *, source: bool = False) -> None:
        """Say what `value` gives; `source` as the text of a program."""
        if value not in self._examples:
            example = self._examples[value] = Example()
            if source:
                use_font(example, theme.mono_font)
            self._grid.addWidget(example, self.buttons().index(self.button(value)), 1)
        self._examples[value].show_text(text)


def combo(name: str, choices: Sequence[tuple[str, str]], value: str) -> QComboBox:
    """A box to choose one of `choices`, pairs of value and label."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for each, label in choices:
        box.addItem(label, each)
    box.setCurrentIndex(max(box.findData(value), 0))
    return box
