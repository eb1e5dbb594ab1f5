"""The choices of a .bib file's style as a form, made from what the style says of itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.ui import theme
from refman.ui.dialogs.export.wording import COMMON, INDENTS, MORE, indent_words, words
from refman.ui.widgets.fold import Fold

if TYPE_CHECKING:
    from refman.library.style_options import StyleOption

_BETWEEN = "="  # a journal's name and its short one


@dataclass(frozen=True, slots=True)
class _Field:
    """One choice on screen. `wide` ones say their own name."""

    option: "StyleOption"
    widget: QWidget
    get: Callable[[], Any]
    put: Callable[[Any], None]
    wide: bool = False


class StyleForm(QWidget):
    """`changed` with every choice; `explained` with the sentence on the one the user is at."""

    changed = Signal()
    explained = Signal(str)

    def __init__(self, options: "Sequence[StyleOption]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._help: dict[QObject, str] = {}
        self._fields = {option.name: self._field(option) for option in options}
        self.more = Fold(_("More"), _("Fields, journals, months, and the look of the file"))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(8)
        page.addLayout(self._form(COMMON))
        page.addWidget(self.more)
        named = {*COMMON, *(name for _title, names in MORE for name in names)}
        others = tuple(name for name in self._fields if name not in named)
        for title, names in (*MORE, (_("Other"), others)):
            if any(name in self._fields for name in names):
                heading = QLabel(title)
                theme.set_kind(heading, "section")
                self.more.column.addSpacing(5)
                self.more.column.addWidget(heading)
                self.more.column.addLayout(self._form(names))

    def label_width(self) -> int:
        """Of the widest name of a choice, so that others can be as wide."""
        labels = [words(name).label for name, field in self._fields.items() if not field.wide]
        return max(map(self.fontMetrics().horizontalAdvance, labels))

    def style_options(self) -> dict[str, Any]:
        """The choices that are not the usual ones, as `ExportSettings.style` takes them."""
        values = {name: field.get() for name, field in self._fields.items()}
        return {
            name: value
            for name, value in values.items()
            if value != _plain(self._fields[name].option.default)
        }

    def set_style(self, style: Mapping[str, Any]) -> None:
        """Show a style; what it does not name is as usual."""
        for name, field in self._fields.items():
            field.put(_plain(style.get(name, field.option.default)))
        named = {name for _title, names in MORE for name in names}
        self.more.set_open(not named.isdisjoint(self.style_options()))

    def widget(self, name: str) -> QWidget:
        """Where the choice `name` is made."""
        return self._fields[name].widget

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.explained.emit(self._help.get(watched, ""))
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QComboBox):
            event.ignore()  # it scrolls the page, and makes no choice by the way
            return True
        return False

    def _form(self, names: Sequence[str]) -> QFormLayout:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(7)
        for name in names:
            field = self._fields.get(name)
            if field is None:
                continue
            if field.wide:
                form.addRow(field.widget)
            else:
                label = QLabel(words(name).label)
                label.setBuddy(field.widget)
                label.setMinimumWidth(self.label_width())
                form.addRow(label, field.widget)
        return form

    def _field(self, option: "StyleOption") -> _Field:
        called = words(option.name)
        default = option.default
        field: _Field
        if option.name == "indent":
            field = self._combo(option, [(each, indent_words(each)) for each in INDENTS])
        elif option.values or called.values:
            values = option.values or tuple(called.values)
            named = [(each, called.values.get(each, str(each))) for each in values]
            field = self._combo(option, named)
        elif isinstance(default, bool):
            box = QCheckBox(called.label)
            box.toggled.connect(self.changed)
            field = _Field(option, box, box.isChecked, box.setChecked, wide=True)
        elif isinstance(default, Mapping):
            field = self._pairs(option, called.hint)
        else:
            field = self._list(option, called.hint)
        widget = field.widget
        widget.setToolTip(option.help)
        widget.setAccessibleName(called.label)
        widget.setAccessibleDescription(option.help)
        widget.installEventFilter(self)
        self._help[widget] = option.help
        field.put(_plain(default))
        return field

    def _combo(self, option: "StyleOption", values: Sequence[tuple[Any, str]]) -> _Field:
        box = QComboBox()
        shrinkable(box)
        for value, label in values:
            box.addItem(label, [value])  # in a list Qt leaves its type alone

        def put(value: Any) -> None:
            known = [box.itemData(row)[0] for row in range(box.count())]
            if value not in known:
                box.addItem(indent_words(value), [value])
                known.append(value)
            box.setCurrentIndex(known.index(value))

        box.currentIndexChanged.connect(self.changed)
        return _Field(option, box, lambda: box.currentData()[0], put)

    def _list(self, option: "StyleOption", hint: str) -> _Field:
        line = QLineEdit(placeholderText=hint)
        line.textChanged.connect(self.changed)

        def get() -> list[str]:
            return [name for part in line.text().split(",") if (name := part.strip())]

        return _Field(option, line, get, lambda value: line.setText(", ".join(value)))

    def _pairs(self, option: "StyleOption", hint: str) -> _Field:
        text = QPlainTextEdit(placeholderText=hint, tabChangesFocus=True)
        text.setFixedHeight(3 * text.fontMetrics().lineSpacing() + 22)
        text.textChanged.connect(self.changed)

        def get() -> dict[str, str]:
            found = {}
            for line in text.toPlainText().splitlines():
                full, _sign, short = (part.strip() for part in line.rpartition(_BETWEEN))
                if full and short:
                    found[full] = short
            return found

        def put(pairs: Mapping[str, str]) -> None:
            text.setPlainText("\n".join(f"{full} {_BETWEEN} {s}" for full, s in pairs.items()))

        return _Field(option, text, get, put)


def shrinkable(box: QComboBox) -> None:
    """Let a box be narrower than the longest of its texts."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)


def _plain(value: Any) -> Any:
    """In JSON's kinds of values, as it comes from a library."""
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value
