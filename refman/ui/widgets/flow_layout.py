"""A layout that fills a line with widgets and goes on in the next, as words do."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays out its widgets in lines; the height follows from the width."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._known = (-1, 0)  # a width and its height, which is asked for many times
        self.setContentsMargins(QMargins())
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert_widget(self, place: int, widget: QWidget) -> None:
        """Put `widget` before the one at `place`."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width != self._known[0]:
            self._known = (width, self._arrange(QRect(0, 0, width, 0), move=False))
        return self._known[1]

    def invalidate(self) -> None:
        self._known = (-1, 0)
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(QSize(0, item.minimumSize().height()))
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Place the items in `rect` if `move`; return the height that they need."""
        area = rect.marginsRemoved(self.contentsMargins())
        gap = self.spacing()
        x, y, line_height = area.x(), area.y(), 0
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), max(area.width(), item.minimumSize().width()))
            if line and x + width > area.x() + area.width():
                self._finish(line, line_height, move=move)
                line, x, y = [], area.x(), y + line_height + gap
                line_height = 0
            line.append((item, QRect(QPoint(x, y), QSize(width, hint.height()))))
            x += width + gap
            line_height = max(line_height, hint.height())
        self._finish(line, line_height, move=move)
        margins = self.contentsMargins()
        return y + line_height - rect.y() + margins.bottom()

    @staticmethod
    def _finish(line: list[tuple[QLayoutItem, QRect]], height: int, *, move: bool) -> None:
        if not move:
            return
        for item, place in line:
            item.setGeometry(place.translated(0, (height - place.height()) // 2))
