"""The small bar beside a selected passage or a highlight: colours, comment, delete."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import Annotations
from refman.ui import icons, theme
from refman.ui.entry_panel.abstract_view import Mark, colour_name, strong


class MarkBar(QFrame):
    """Lies over the page. It takes the focus only for a comment, which it never loses.

    `mark_wanted` for a new highlight, `mark_edited` for a known one, `removal_wanted`.
    """

    mark_wanted = Signal(int, int, str, str)  # start, end, colour, comment
    mark_edited = Signal(int, str, str)  # id, colour, comment
    removal_wanted = Signal(int)
    left = Signal()  # the focus is to go back to the text

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark: Mark | None = None
        self._passage = (0, 0)
        self._colour = Annotations.COLOURS[0]
        self._focus_owner: QWidget | None = None
        theme.set_kind(self, "palette")
        shadow = QGraphicsDropShadowEffect(self, blurRadius=22)
        shadow.setOffset(0, 4)
        shadow.setColor(QColor(0, 0, 0, 70))
        self.setGraphicsEffect(shadow)
        self._buttons = {
            colour: ColourButton(colour, number)
            for number, colour in enumerate(Annotations.COLOURS, 1)
        }
        self._row = QHBoxLayout()
        self._row.setSpacing(2)
        for colour, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, colour=colour: self._choose(colour))
            self._row.addWidget(button)
        self._row.addSpacing(4)
        self._write = self._add_button("note", _("Highlight and write a comment (C)"))
        self._write.clicked.connect(self.write_comment)
        self._row.addStretch(1)
        self._delete = self._add_button("trash", _("Delete this highlight"))
        self._delete.clicked.connect(self._remove)
        self._close = self._add_button("close", _("Close (Esc)"))
        self._close.clicked.connect(self._leave)
        self.comment = QPlainTextEdit(placeholderText=_("Comment"))
        self.comment.setAccessibleName(_("Comment on the highlight"))
        self.comment.setToolTip(_("Ctrl+Enter keeps the comment, Esc leaves it"))
        self.comment.setTabChangesFocus(True)
        self.comment.installEventFilter(self)
        self._save = QPushButton(_("Save comment"))
        self._save.setToolTip(_("Keep the comment (Ctrl+Enter)"))
        theme.set_kind(self._save, "primary")
        self._save.clicked.connect(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(6)
        column.addLayout(self._row)
        column.addWidget(self.comment)
        column.addWidget(self._save, 0, Qt.AlignmentFlag.AlignRight)
        self.hide()
        QApplication.instance().focusChanged.connect(self._follow_focus)

    # --- showing -----------------------------------------------------------------------

    def offer(self, start: int, end: int, near: QRect) -> None:
        """Offer to mark the passage `start` to `end`; `near` is its place in the parent."""
        self.commit()
        self._mark, self._passage = None, (start, end)
        self.comment.clear()
        self._show_parts(comment=False)
        self._place(near)

    def open_mark(self, mark: Mark, near: QRect) -> None:
        """Show a highlight to change it."""
        self.commit()
        self._mark, self._passage = mark, (mark.start, mark.end)
        self._colour = mark.colour
        self.comment.setPlainText(mark.comment)
        self._show_parts(comment=True)
        self._place(near)
        self.comment.setFocus()
        self.comment.moveCursor(QTextCursor.MoveOperation.End)

    def write_comment(self) -> None:
        """Open the field for a comment and put the cursor into it."""
        self._show_parts(comment=True)
        self._fit()
        self.comment.setFocus()

    @property
    def last_colour(self) -> str:
        return self._colour

    def use_colour(self, colour: str) -> None:
        """Take `colour` for the next highlight."""
        self._colour = colour

    def commit(self) -> None:
        """Keep a comment that was typed; then hide."""
        if self.isHidden():
            return
        typed = self.comment.toPlainText().strip()
        if typed != (self._mark.comment if self._mark else ""):
            self._keep()
        self.hide()

    # --- acting ------------------------------------------------------------------------

    def _choose(self, colour: str) -> None:
        self._colour = colour
        self._keep()

    def _keep(self) -> None:
        comment = self.comment.toPlainText().strip()
        self.comment.clear()
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if self._mark is None:
            self.mark_wanted.emit(*self._passage, self._colour, comment)
        else:
            self.mark_edited.emit(self._mark.id, self._colour, comment)
        if had_focus:
            self.left.emit()

    def _remove(self) -> None:
        self.comment.clear()
        self.hide()
        if self._mark:
            self.removal_wanted.emit(self._mark.id)
        self.left.emit()

    def _leave(self) -> None:
        self.commit()
        self.left.emit()

    # --- what Qt calls -----------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._keep()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Hide once the focus is neither here nor in the text."""
        if self.isHidden() or new is None:
            return
        owner = self._focus_owner
        if new is not owner and not self.isAncestorOf(new) and new is not self:
            self.commit()

    def set_owner(self, owner: QWidget) -> None:
        """The text that the bar stands beside; while it has the focus the bar stays."""
        self._focus_owner = owner

    # --- looks -------------------------------------------------------------------------

    def _add_button(self, icon_name: str, name: str) -> QToolButton:
        button = QToolButton(toolTip=name, accessibleName=name)
        button.setIcon(icons.icon(icon_name))
        button.setIconSize(QSize(16, 16))
        self._row.addWidget(button)
        return button

    def _show_parts(self, *, comment: bool) -> None:
        for colour, button in self._buttons.items():
            button.set_current(self._mark is not None and colour == self._mark.colour)
        self._write.setVisible(not comment)
        self._delete.setVisible(self._mark is not None)
        self._close.setVisible(comment)
        self.comment.setVisible(comment)
        self._save.setVisible(comment)
        height = self.comment.fontMetrics().lineSpacing()
        self.comment.setFixedHeight(4 * height + 14)

    def _fit(self) -> None:
        self.layout().activate()
        width = max(self.sizeHint().width(), 300 if self.comment.isVisibleTo(self) else 0)
        room = self.parentWidget().rect().adjusted(6, 6, -6, -6)
        self.resize(min(width, room.width()), self.sizeHint().height())
        place = self.pos()
        place.setX(max(min(place.x(), room.right() - self.width()), room.left()))
        place.setY(max(min(place.y(), room.bottom() - self.height()), room.top()))
        self.move(place)

    def _place(self, near: QRect) -> None:
        """Below `near`, or above it where there is no room below."""
        self._fit()
        room = self.parentWidget().rect()
        below = near.bottom() + 8
        if below + self.height() > room.bottom() - 6:
            below = near.top() - 8 - self.height()
        self.move(QPoint(near.center().x() - self.width() // 2, below))
        self._fit()
        self.show()
        self.raise_()


class ColourButton(QToolButton):
    """A dot of one colour; the current one has a tick, so that colour is not the only sign."""

    def __init__(self, colour: str, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self._current = False
        name = colour_name(colour)
        self.setAccessibleName(name)
        self.setToolTip(_("{colour} ({number})").format(colour=name, number=number))

    def set_current(self, current: bool) -> None:
        """Whether it is the highlight's colour now."""
        self._current = current
        self.update()

    def sizeHint(self) -> QSize:
        side = self.fontMetrics().height() + 12
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self.fontMetrics().height() * 1.15
        dot = QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)
        if self.underMouse() or self.hasFocus():
            painter.setPen(
                QPen(theme.colour("accent"), 1) if self.hasFocus() else Qt.PenStyle.NoPen
            )
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QPen(strong(self._colour), 1.5))
        painter.setBrush(QColor(theme.colours().mark(self._colour)))
        painter.drawEllipse(dot)
        if self._current:
            inset = size * 0.18
            icons.paint(painter, dot.adjusted(inset, inset, -inset, -inset), "check",
                        theme.colour("text"))  # fmt: skip
