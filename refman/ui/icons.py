"""Icons: the SVG files of `resources/icons`, drawn in the theme's colours when they are shown.

A file has lines of `currentColor`, which becomes the colour of the text. To add an icon,
add its file.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from refman import paths
from refman.ui import theme


class _ThemedIcon(QIconEngine):
    """Draws one icon in the colours of the moment, so that a change of theme needs no new icon."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        del state
        role = "faint" if mode == QIcon.Mode.Disabled else self._role
        paint(painter, QRectF(rect), self._name, theme.colour(role))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """`size` is in device pixels; QIcon sets the ratio."""
        del scale
        image = QPixmap(size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return image

    def clone(self) -> QIconEngine:
        return _ThemedIcon(self._name, self._role)


@cache
def icon(name: str, role: str = "muted") -> QIcon:
    """The icon `name` in the theme's colour `role`, which changes with the theme."""
    return QIcon(_ThemedIcon(name, role))


def pixmap(name: str, size: int, colour: QColor, ratio: float = 0.0) -> QPixmap:
    """The icon `name`, `size` logical pixels wide and high, in `colour`; kept in Qt's cache."""
    ratio = ratio or QApplication.primaryScreen().devicePixelRatio()
    key = f"refman:{name}:{size}:{colour.rgba()}:{ratio}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    side = round(size * ratio)
    image = QPixmap(side, side)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint(painter, QRectF(0, 0, side, side), name, colour)
    painter.end()
    image.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, image)
    return image


def paint(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Draw the icon `name` into `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour.name()).render(painter, rect)


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = paths.resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
