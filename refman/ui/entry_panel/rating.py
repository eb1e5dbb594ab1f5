"""Five stars to click, or to set with the keys 0 to 5."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from refman.i18n import _, ngettext
from refman.ui import icons, theme

STARS = 5


class Rating(QWidget):
    """A click on the star that is set clears the rating."""

    rated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rating = 0
        self._hovered = 0
        self._editable = True
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(_("Rating: click a star, or press 0 to 5"))

    def set_editable(self, editable: bool) -> None:
        """Whether it can be changed."""
        self._editable = editable
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if editable else Qt.FocusPolicy.NoFocus)

    def show_rating(self, rating: int) -> None:
        """Show 0 to 5 stars."""
        self._rating = rating
        text = ngettext("Rating: {count} star", "Rating: {count} stars", rating)
        self.setAccessibleName(text.format(count=rating) if rating else _("Rating: none"))
        self.update()

    @property
    def rating(self) -> int:
        return self._rating

    def sizeHint(self) -> QSize:
        side = self._side()
        return QSize(STARS * side, side + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._side()
        shown = self._hovered or self._rating
        for star in range(STARS):
            place = QRectF(star * side + side * 0.1, (self.height() - side * 0.8) / 2, side * 0.8,
                           side * 0.8)  # fmt: skip
            filled = star < shown
            role = "accent" if filled else "faint"
            icons.paint(painter, place, "star-filled" if filled else "star", theme.colour(role))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._star_at(event) if self._editable else 0
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._hovered = 0
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._editable:
            star = self._star_at(event)
            self._rate(0 if star == self._rating else star)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        text = event.text()
        if self._editable and text in set("012345") and text:
            self._rate(int(text))
        elif self._editable and (step := steps.get(Qt.Key(event.key()))):
            self._rate(min(max(self._rating + step, 0), STARS))
        else:
            super().keyPressEvent(event)

    def _rate(self, rating: int) -> None:
        if rating != self._rating:
            self.show_rating(rating)
            self.rated.emit(rating)

    def _side(self) -> int:
        return round(self.fontMetrics().height() * 1.25)

    def _star_at(self, event: QMouseEvent) -> int:
        return min(max(int(event.position().x() // self._side()) + 1, 1), STARS)
