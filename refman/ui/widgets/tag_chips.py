"""Tags and collections as chips: each with a button to take it off, and a field to add one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QCompleter, QLineEdit, QSizePolicy, QWidget

from refman.i18n import _
from refman.ui import icons, theme
from refman.ui.widgets.flow_layout import FlowLayout


@dataclass(frozen=True, slots=True)
class Chip:
    """What one chip shows; `colour` is `#rrggbb` or '', `note` stands faint behind the text."""

    text: str
    colour: str = ""
    note: str = ""


class ChipView(QWidget):
    """One chip. Delete, Backspace or its × takes it off; Enter or a click activates it."""

    removed = Signal(str)
    activated = Signal(str)

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._chip = Chip("")
        self._removable = True
        self._over_button = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_chip(self, chip: Chip, *, removable: bool) -> None:
        """Show `chip` in place of what was shown."""
        self._chip = chip
        self._removable = removable
        self.setAccessibleName(f"{chip.text} {chip.note}".strip())
        self.setToolTip(_("{name}: Delete takes it off").format(name=chip.text))
        if not removable:
            self.setToolTip(chip.text)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        return self._chip.text

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self._label(metrics, 10_000)) + self._inset(metrics)
        if self._chip.note:
            width += metrics.horizontalAdvance(" " + self._chip.note)
        return QSize(width, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 80), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours()
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        tint = QColor(self._chip.colour or colours.accent)
        fill = QColor(tint)
        fill.setAlpha(46 if theme.theme().dark else 30)
        edge = QColor(colours.accent) if self.hasFocus() else QColor(tint)
        edge.setAlpha(255 if self.hasFocus() else 70)
        painter.setBrush(fill)
        painter.setPen(QPen(edge, 1.6 if self.hasFocus() else 1.0))
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        metrics = self.fontMetrics()
        x = metrics.height() * 0.5
        if self._chip.colour:
            size = metrics.height() * 0.5
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            painter.drawEllipse(QRectF(x, (self.height() - size) / 2, size, size))
        else:
            size = metrics.height() * 0.75
            place = QRectF(x - size * 0.12, (self.height() - size) / 2, size, size)
            icons.paint(painter, place, self._icon_name, QColor(colours.muted))
        x = float(self._text_start(metrics))
        room = self.width() - self._inset(metrics)
        note = " " + self._chip.note if self._chip.note else ""
        label = self._label(metrics, room - metrics.horizontalAdvance(note))
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2
        painter.setPen(QColor(colours.text))
        painter.drawText(round(x), round(base), label)
        if note:
            painter.setPen(QColor(colours.muted))
            painter.drawText(round(x + metrics.horizontalAdvance(label)), round(base), note)
        if self._removable:
            role = colours.danger if self._over_button else colours.muted
            icons.paint(painter, self._button(), "close", QColor(role))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._removable and self._button().adjusted(-4, -4, 4, 4).contains(event.position())
        if over != self._over_button:
            self._over_button = over
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
            )
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._removable and self._button().adjusted(-4, -4, 4, 4).contains(event.position()):
            self.removed.emit(self.text)
        elif self.rect().contains(event.position().toPoint()):
            self.activated.emit(self.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._removable:
            self.removed.emit(self.text)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit(self.text)
        else:
            super().keyPressEvent(event)

    def _label(self, metrics: QFontMetrics, room: float) -> str:
        return metrics.elidedText(self._chip.text, Qt.TextElideMode.ElideMiddle, int(room) + 1)

    def _text_start(self, metrics: QFontMetrics) -> int:
        return round(metrics.height() * 1.4)

    def _inset(self, metrics: QFontMetrics) -> int:
        end = metrics.height() * (1.3 if self._removable else 0.7)
        return self._text_start(metrics) + round(end)

    def _button(self) -> QRectF:
        size = self.fontMetrics().height() * 0.78
        return QRectF(self.width() - size * 1.45, (self.height() - size) / 2, size, size)


class AddField(QLineEdit):
    """A small field with completion: Enter adds what was typed, Escape leaves."""

    added = Signal(str)
    left = Signal()
    entered = Signal()  # time to fetch the names that there are

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._take_completion, Qt.ConnectionType.QueuedConnection)
        self.setCompleter(completer)
        self.returnPressed.connect(self._take)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
            self.left.emit()
            return
        if event.key() == Qt.Key.Key_Down and not self.completer().popup().isVisible():
            self.completer().setCompletionPrefix(self.text())
            self.completer().complete()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(
            metrics.horizontalAdvance(self.placeholderText() + "mmm"), metrics.height() + 8
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def set_names(self, names: Sequence[str]) -> None:
        """What can be completed."""
        self._model.setStringList(list(names))

    def _take_completion(self, name: str) -> None:
        if self.text():  # Enter in the list also reaches the field, which then has taken it
            self.setText(name)
            self._take()

    def _take(self) -> None:
        name = " ".join(self.text().split())
        self.clear()
        if name:
            self.added.emit(name)


class TagChips(QWidget):
    """Chips in lines with a field to add one at their end."""

    removed = Signal(str)
    added = Signal(str)
    activated = Signal(str)
    entered = Signal()

    def __init__(
        self,
        placeholder: str,
        icon_name: str = "tag",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._views: list[ChipView] = []
        self._editable = True
        self._start = QWidget(self)  # never shown: Tab goes to the chips where it stands
        self._start.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._start.hide()
        self._flow = FlowLayout(self)
        self.field = AddField()
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        self.field.setToolTip(_("Type a name and press Enter; Down shows those that there are"))
        self.field.added.connect(self.added)
        self.field.entered.connect(self.entered)
        self.field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.set_kind(self.field, "chip")
        self._flow.addWidget(self.field)

    def set_editable(self, editable: bool) -> None:
        """Whether chips can be added and taken off."""
        self._editable = editable
        self.field.setVisible(editable)

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show `chips`, using the widgets that are there."""
        while len(self._views) < len(chips):
            view = ChipView(self._icon_name, self)
            view.removed.connect(self._remove)
            view.activated.connect(self.activated)
            self._flow.insert_widget(len(self._views), view)
            QWidget.setTabOrder(self._views[-1] if self._views else self._start, view)
            self._views.append(view)
        for view, chip in zip(self._views, chips, strict=False):
            view.show_chip(chip, removable=self._editable)
        for index, view in enumerate(self._views):
            view.setVisible(index < len(chips))
        self.updateGeometry()

    def set_names(self, names: Sequence[str]) -> None:
        """What the field completes."""
        self.field.set_names(names)

    @property
    def texts(self) -> list[str]:
        """The names shown."""
        return [view.text for view in self._views if not view.isHidden()]

    def _remove(self, name: str) -> None:
        if self._editable:
            self.field.setFocus()
            self.removed.emit(name)
