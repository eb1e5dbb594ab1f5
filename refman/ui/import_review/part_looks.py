"""How a stretch of source text looks by what it became: a ground, and a line below it."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from refman.ui import theme

_SOLID, _DASH, _DOT = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine
_BOTH, _MORE = Qt.PenStyle.DashDotLine, Qt.PenStyle.DashDotDotLine

# The ground, a colour of highlights, and the line: no two parts that stand side by side share both.
_LOOKS = {
    "title": ("blue", _SOLID),
    "creators": ("green", _SOLID),
    "truncated": ("green", _DOT),
    "affiliations": ("purple", _DASH),
    "score": ("pink", _SOLID),
    "category": ("purple", _SOLID),
    "date": ("yellow", _SOLID),
    "code": ("pink", _DASH),
    "abstract": ("yellow", _DOT),
    "venue": ("purple", _BOTH),
    "identifier": ("blue", _DASH),
    "url": ("blue", _DOT),
    "key": ("pink", _BOTH),
    "type": ("yellow", _DASH),
}


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of the moment for one part."""

    ground: QColor
    line: QColor
    label: QColor
    style: Qt.PenStyle


def look_of(part: str) -> Look:
    """How `part` looks in the theme of the moment."""
    name, style = _LOOKS.get(part, ("green", _MORE))
    ground = QColor(theme.colours().mark(name))
    dark = theme.theme().dark
    line = QColor.fromHslF(
        max(ground.hslHueF(), 0.0), max(ground.hslSaturationF(), 0.6), 0.7 if dark else 0.36
    )
    label = QColor(line)
    long = part == "abstract"  # so much of it that it would drown the rest
    ground.setAlpha(70 if long else 255 if dark else 190)
    if long:
        line.setAlpha(110)
    return Look(ground, line, label, style)


def paint_part(painter: QPainter, area: QRectF, part: str, *, lit: bool = False) -> None:
    """Draw the ground and the line of a stretch of text; `lit` makes it stand out."""
    look = look_of(part)
    if lit:
        painter.setPen(QPen(look.line, 1.6))
        glow = QColor(look.line)
        glow.setAlpha(90 if theme.theme().dark else 60)
        painter.setBrush(look.ground)
        painter.drawRoundedRect(area, 3, 3)
        painter.setBrush(glow)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.ground)
    painter.drawRoundedRect(area, 3, 3)
    pen = QPen(look.line, 1.7, look.style)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    y = area.bottom() - 1
    painter.drawLine(area.bottomLeft().x() + 1.5, y, area.bottomRight().x() - 1.5, y)
