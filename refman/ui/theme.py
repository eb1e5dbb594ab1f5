"""Light and dark: the colours, the style sheet, the size of the text.

The colours stand in `resources/themes/*.json`; a widget asks `colours()` when it paints,
never at import, since the user may change them at any moment.
"""

import json
import re
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from refman import paths

SYSTEM, LIGHT, DARK = "system", "light", "dark"
SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0)


class Colours(NamedTuple):
    """Every colour of one theme, as `#rrggbb`."""

    window: str
    sidebar: str
    base: str
    alternate: str
    field: str
    text: str
    muted: str
    faint: str
    border: str
    strong_border: str
    accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    selection: str
    selection_inactive: str
    hover: str
    row_hover: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    good: str
    good_soft: str
    toast: str
    toast_text: str
    toast_muted: str
    toast_link: str
    scroll: str
    scroll_hover: str
    mark_yellow: str
    mark_green: str
    mark_blue: str
    mark_pink: str
    mark_purple: str

    def mark(self, colour: str) -> str:
        """Behind a highlighted passage; `colour` is one of `Annotations.COLOURS`."""
        return str(getattr(self, f"mark_{colour}", self.mark_yellow))


class Theme(QObject):
    """The theme of the whole program; `changed` when it is another one or the text another size."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted = SYSTEM
        self.scale = 1.0
        self._dark = False
        self._applied = False
        self._base_size = 0.0

    @property
    def dark(self) -> bool:
        return self._dark

    def follow(self, wanted: str, scale: float) -> None:
        """Take up what the settings say, and the system's choice from now on."""
        self.wanted = wanted
        self.scale = min(max(scale, SCALES[0]), SCALES[-1])
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if not self._applied:
            application.styleHints().colorSchemeChanged.connect(self._apply)
            self._base_size = application.font().pointSizeF()
        self._apply()

    def _apply(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        system = application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self._dark = system if self.wanted == SYSTEM else self.wanted == DARK
        if not self._applied:
            application.setStyle("Fusion")
            self._applied = True
        font = QFont(application.font())
        font.setPointSizeF(self._base_size * self.scale)
        application.setFont(font)
        application.setPalette(_palette(colours()))
        application.setStyleSheet(_style_sheet(self._dark))
        self.changed.emit()


@cache
def theme() -> Theme:
    """The one theme of the program. Needs a QApplication before `follow`."""
    return Theme()


def colours() -> Colours:
    """The colours of the moment."""
    return _colours(theme().dark)


def colour(name: str) -> QColor:
    """The colour `name` of the moment, to paint with."""
    return QColor(getattr(colours(), name))


def set_kind(widget: QWidget, kind: str) -> None:
    """Give `widget` the look that the style sheet has for `kind` (`primary`, `muted` …)."""
    widget.setProperty("kind", kind)
    # Before the first polish, which comes by itself, this would cost the widget its own font.
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)


def px(pixels: int) -> int:
    """`pixels` of a text of the usual size, in the size of the moment."""
    return round(pixels * theme().scale)


def mono_font() -> QFont:
    """The font for BibTeX and source text, in the size of the rest."""
    font = QFont(QApplication.font())
    font.setFamilies(["JetBrains Mono", "Cascadia Mono", "SF Mono", "Menlo", "DejaVu Sans Mono"])
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPointSizeF(font.pointSizeF() * 0.95)
    return font


def sized_font(factor: float, *, bold: bool = False) -> QFont:
    """The program's font, `factor` times its size."""
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def readable_on(background: str) -> QColor:
    """Black or white, whichever is read more easily on `background` (WCAG's luminance)."""
    shade = QColor(background)
    parts = (shade.redF(), shade.greenF(), shade.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return QColor("#15181e") if luminance > 0.25 else QColor("#ffffff")


@cache
def _colours(dark: bool) -> Colours:
    file = paths.resource(f"themes/{DARK if dark else LIGHT}.json")
    return Colours(**json.loads(file.read_text(encoding="utf-8")))


@cache
def _style_sheet(dark: bool) -> str:
    name = DARK if dark else LIGHT
    values = _colours(dark)._asdict() | {
        sign: paths.resource(f"themes/{sign}-{name}.svg").as_posix()
        for sign in ("chevron", "check")
    }
    text = paths.resource("themes/window.qss").read_text(encoding="utf-8")
    return re.sub(r"@(\w+)@", lambda match: values[match[1]], text)


def _palette(known: Colours) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: known.window,
        QPalette.ColorRole.WindowText: known.text,
        QPalette.ColorRole.Base: known.base,
        QPalette.ColorRole.AlternateBase: known.alternate,
        QPalette.ColorRole.Text: known.text,
        QPalette.ColorRole.PlaceholderText: known.faint,
        QPalette.ColorRole.Button: known.window,
        QPalette.ColorRole.ButtonText: known.text,
        QPalette.ColorRole.BrightText: known.danger,
        QPalette.ColorRole.ToolTipBase: known.toast,
        QPalette.ColorRole.ToolTipText: known.toast_text,
        QPalette.ColorRole.Highlight: known.selection,
        QPalette.ColorRole.HighlightedText: known.text,
        QPalette.ColorRole.Accent: known.accent,
        QPalette.ColorRole.Link: known.accent,
        QPalette.ColorRole.LinkVisited: known.accent,
        QPalette.ColorRole.Light: known.base,
        QPalette.ColorRole.Midlight: known.hover,
        QPalette.ColorRole.Mid: known.border,
        QPalette.ColorRole.Dark: known.strong_border,
        QPalette.ColorRole.Shadow: known.strong_border,
    }
    palette = QPalette()
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.HighlightedText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(known.faint))
    return palette
