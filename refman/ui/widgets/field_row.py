"""One field of a paper: its name, its value to edit, and what is wrong with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from refman.i18n import _
from refman.model import fields
from refman.ui import theme
from refman.ui.field_checks import check_field

EXAMPLES = {
    "date": "2022-05-16",
    "doi": "10.1000/182",
    "eprint": "2205.07802",
    "url": "https://example.org",
}
LABEL_WIDTH = 15  # in letters of middling width


class ValueLine(QLineEdit):
    """A value; Escape takes an edit back."""

    reverted = Signal()
    ended = Signal()  # the focus is lost, or Enter was pressed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reverted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ended.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setCursorPosition(0)
            self.ended.emit()


class FieldRow(QWidget):
    """A value that cannot be stays in the field with a sentence below, and is not kept."""

    value_changed = Signal(str, str)  # name, value
    problem_changed = Signal(str, str, str)  # name, text, sentence; '' once it is right
    link_chosen = Signal(str)  # of what is told below the value

    def __init__(self, parent: QWidget | None = None, *, kind: str = "quiet") -> None:
        """`kind` is the look of the line: `quiet` has a frame only where the mouse or focus is."""
        super().__init__(parent)
        self.name = ""
        self._kept = ""
        self._refused: str | None = None  # what need not be tried again
        self._kind = kind
        self._label = QLabel(wordWrap=True)
        theme.set_kind(self._label, "muted")
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._label.setContentsMargins(0, 5, 0, 0)
        self.line = ValueLine()
        self.line.reverted.connect(self._revert)
        self.line.ended.connect(self.commit)
        theme.set_kind(self.line, kind)
        self._label.setBuddy(self.line)
        self._problem = QLabel(wordWrap=True)
        theme.set_kind(self._problem, "error")
        self._problem.hide()
        self._also = QLabel(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self._also.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._also.setContentsMargins(8, 0, 0, 3)
        self._also.setToolTip(_("Click one to copy it"))
        theme.set_kind(self._also, "muted")
        self._also.linkActivated.connect(self.link_chosen)
        self._also.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._label, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.line, 0, 1)
        grid.addWidget(self._problem, 1, 1)
        grid.addWidget(self._also, 2, 1)
        grid.setColumnStretch(1, 1)
        theme.theme().changed.connect(self._dress)
        self._dress()

    def show_field(
        self,
        name: str,
        value: str,
        *,
        edited: bool,
        editable: bool,
        label: str = "",
        same_paper: bool = False,
    ) -> None:
        """Show the field `name`; `edited` says that a person typed its value.

        What is being typed stays if it is for the `same_paper`.
        """
        changed = name != self.name
        if changed:
            self.name = name
            self._label.setText(label or field_label(name))
            self.line.setAccessibleName(label or field_label(name))
        typed = _("You typed this; it stands above what pages say") if edited else ""
        example = EXAMPLES.get(name, "")
        hint = _("As in {example}").format(example=example) if example else ""
        self._label.setToolTip("\n".join(part for part in (name, typed) if part))
        self.line.setToolTip(typed or hint or field_label(name))
        if same_paper and not changed and self.dirty and self.line.hasFocus():
            self._kept = value
            return
        self._kept = value
        self._refused = None
        if self.line.text() != value:
            self.line.setText(value)
            self.line.setCursorPosition(0)
        self.line.setReadOnly(not editable)
        self.line.setPlaceholderText("–" if editable else "")
        self.tell("")

    def tell_also(self, html: str) -> None:
        """Say something of the value below it; its links are `link_chosen`."""
        if html != self._also.text():
            self._also.setText(html)
        self._also.setVisible(bool(html))

    @property
    def last(self) -> QWidget:
        """The last of its widgets that the keyboard comes to."""
        return self._also

    @property
    def also(self) -> str:
        """What is said below the value, as HTML."""
        return self._also.text()

    def show_unkept(self, text: str, sentence: str) -> None:
        """Show a text that could not be kept, and why."""
        self._refused = text
        self.line.setText(text)
        self.tell(sentence)

    @property
    def problem(self) -> str:
        """What is wrong with the text; '' for nothing."""
        return self._problem.text()

    @property
    def dirty(self) -> bool:
        return not self.line.isReadOnly() and self.line.text().strip() != self._kept

    def commit(self) -> None:
        """Hand the value out if it was changed and can be."""
        if not self.dirty:
            self._set_right()
            return
        typed = self.line.text()
        if typed == self._refused:
            return
        checked = check_field(self.name, typed)
        if checked.problem:
            self.tell(checked.problem)
            self.problem_changed.emit(self.name, typed, checked.problem)
            return
        self._set_right()
        if checked.value != self._kept:
            self._kept = checked.value
            self.value_changed.emit(self.name, checked.value)
        self.line.setText(checked.value)

    def tell(self, sentence: str) -> None:
        """Say what is wrong; '' for nothing."""
        if sentence != self._problem.text():
            self._problem.setText(sentence)
            self.line.setAccessibleDescription(sentence)
            theme.set_kind(self.line, "wrong" if sentence else self._kind)
        self._problem.setVisible(bool(sentence))

    def refuse(self, text: str, previous: str, sentence: str) -> None:
        """The library did not take `text` in the place of `previous`: show it with the reason."""
        self._kept = previous
        self.show_unkept(text, sentence)

    def _revert(self) -> None:
        self.line.setText(self._kept)
        self._set_right()

    def _set_right(self) -> None:
        if self._problem.text():
            self.problem_changed.emit(self.name, "", "")
        self.tell("")

    def _dress(self) -> None:
        metrics = QFontMetrics(theme.sized_font(1.0))
        self._label.setFixedWidth(metrics.averageCharWidth() * LABEL_WIDTH)


def field_label(name: str) -> str:
    """The name of a field on the screen."""
    return _("Citation key") if name == "citation_key" else _(fields.label_of(name))
