"""All markers and modifiers of key patterns with their meanings, to be put into a pattern."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.model.key_pattern import MARKERS, MODIFIERS
from refman.ui import icons, theme

_PART = Qt.ItemDataRole.UserRole
_PAD, _GAP = 8, 5
_FIELD = "JOURNAL"  # an example of what has no end

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Part:
    """What a pattern can have: a marker or, `behind` one, a modifier."""

    name: str
    meaning: str
    behind: bool = False

    @property
    def written(self) -> str:
        return f":{self.name}" if self.behind else f"[{self.name}]"


def parts() -> list[Part]:
    """All of them, in their order."""
    return [
        *(Part(name, _(meaning)) for name, meaning in MARKERS.items()),
        Part(_FIELD, _("any field, by its name in capitals")),
        *(Part(name, _(meaning), behind=True) for name, meaning in MODIFIERS.items()),
    ]


class MarkerList(QWidget):
    """A click or Enter takes one; the line above leaves out those that have not its words."""

    marker_chosen = Signal(str)
    modifier_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(_("What a pattern can have"))
        theme.set_kind(title, "section")
        self.filter = QLineEdit(placeholderText=_("Find: title, initials, year …"))
        self.filter.setAccessibleName(_("Find a marker"))
        self.filter.setToolTip(_("Leaves only the markers and modifiers with these words"))
        self.filter.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._show)
        self.filter.returnPressed.connect(self._to_list)
        self.list = QListView()
        self.list.setAccessibleName(_("Markers and modifiers"))
        self.list.setToolTip(_("Click, or press Enter, to write it at the cursor"))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMouseTracking(True)
        theme.set_kind(self.list, "framed")
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_PartDelegate(self.list))
        self.list.clicked.connect(self._take)
        self.list.activated.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addWidget(title)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        self._taken = -1
        self._show("")

    @property
    def shown(self) -> list[str]:
        """What is in the list, as it is written in a pattern."""
        return [self._model.item(row).data(_PART).written for row in range(self._model.rowCount())]

    def _show(self, wanted: str) -> None:
        words = wanted.casefold().split()
        self._model.clear()
        for part in parts():
            text = f"{part.written} {part.meaning}"
            if all(word in text.casefold() for word in words):
                item = QStandardItem(text)
                item.setData(part, _PART)
                item.setToolTip(f"{part.written}: {part.meaning}")
                self._model.appendRow(item)

    def _to_list(self) -> None:
        if self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0, 0))
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take(self, index: QModelIndex) -> None:
        part = index.data(_PART)
        (self.modifier_chosen if part.behind else self.marker_chosen).emit(part.name)


class _PartDelegate(QStyledItemDelegate):
    """The name in the letters of programs, and below it the meaning, on as many lines as it has."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        part: Part = index.data(_PART)
        name, small = theme.mono_font(), theme.sized_font(0.92)
        area = option.rect.adjusted(_PAD, _GAP, -_PAD, -_GAP)
        height = QFontMetrics(name).height()
        painter.save()
        painter.setFont(name)
        painter.setPen(theme.colour("accent" if part.behind else "text"))
        painter.drawText(QRect(area.left(), area.top(), area.width(), height), 0, part.written)
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        painter.drawText(
            area.adjusted(0, height, 0, 0), int(Qt.TextFlag.TextWordWrap), part.meaning
        )
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        part: Part = index.data(_PART)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        room = QRect(0, 0, max(width - 2 * _PAD, 60), 1000)
        text = QFontMetrics(theme.sized_font(0.92)).boundingRect(
            room, int(Qt.TextFlag.TextWordWrap), part.meaning
        )
        return QSize(width, QFontMetrics(theme.mono_font()).height() + text.height() + 2 * _GAP)
