"""Where a row's title ends: the boundary to move, and the other readings one click away."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from refman.i18n import _
from refman.library import SightingRow
from refman.ui import theme
from refman.ui.import_review.boundary_edit import BoundaryEdit
from refman.ui.import_review.reading import Glued, glued_line, split_line

MARGINS = 26  # pixels left and right of the text of a reading, together
NAMES = 12  # of those that a boundary gives, shown below it


class TitleEnd(QWidget):
    """`chosen` with title, creators, and whether there are others."""

    chosen = Signal(str, tuple, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editable = True
        self._glued: Glued | None = None
        self._readings: list[tuple[str, str]] = []
        self.buttons: list[ReadingButton] = []
        heading = QLabel(_("Where does the title end?"), self)
        theme.set_kind(heading, "section")
        self.boundary = BoundaryEdit(self)
        self.boundary.moved.connect(self._preview)
        self.boundary.kept.connect(self._choose)
        heading.setBuddy(self.boundary)
        self._preview_text = QLabel(self, wordWrap=True)
        theme.set_kind(self._preview_text, "muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(heading)
        self._column.addWidget(self.boundary)
        self._column.addWidget(self._preview_text)

    def show_row(self, row: SightingRow, title: str, *, editable: bool) -> None:
        """Show the line of `row` with its end as `title` has it; hidden where there is none."""
        self._editable = editable
        self.boundary.set_editable(editable)
        self._glued = glued_line(row, title)
        found = self._glued is not None and row.outcome != "failed"
        self.setVisible(found)
        if self._glued:
            self.boundary.show_line(self._glued.text, self._glued.boundary)
            self._preview()
        self._show_readings(row, title)

    def take_reading(self, number: int) -> None:
        """Take one of the readings that are offered, counted from 1."""
        if 0 < number <= len(self._readings) and self._editable:
            title, byline = self._readings[number - 1]
            _title, creators, truncated = split_line(title + byline, len(title))
            self.chosen.emit(title.strip(), creators, truncated)

    @property
    def readings(self) -> list[str]:
        """The titles that are offered."""
        return [title for title, _byline in self._readings]

    def _show_readings(self, row: SightingRow, title: str) -> None:
        """One choice for the reading of today and one for each runner-up."""
        self._readings = []
        if self._glued and row.runners_up:
            line = self._glued.text
            taken = [row.seen.entry.title, *(other.title for other in row.runners_up)]
            self._readings = [
                (text, line[len(text) :]) for text in dict.fromkeys(taken) if line.startswith(text)
            ]
        while len(self.buttons) < len(self._readings):
            button = ReadingButton(self, checkable=True)
            button.clicked.connect(partial(self.take_reading, len(self.buttons) + 1))
            self._column.addWidget(button)
            self.buttons.append(button)
        for number, button in enumerate(self.buttons, 1):
            button.setVisible(number <= len(self._readings))
            if number > len(self._readings):
                continue
            text, byline = self._readings[number - 1]
            end = text if len(text) < 46 else "…" + text[-44:]
            button.say(f"{number}   {end} │ {byline.strip()}")
            button.setChecked(text.strip() == title)
            button.setEnabled(self._editable)
            button.setToolTip(
                _("Title: {title}\nAuthors: {authors}\nKey: {number}").format(
                    title=text, authors=byline.strip(), number=number
                )
            )

    def _preview(self) -> None:
        title, creators, truncated = split_line(self.boundary.text, self.boundary.boundary)
        names = "; ".join(creator.inverted for creator in creators[:NAMES])
        names += _(" and others") if truncated else ""
        self._preview_text.setText(
            _("Authors: {names}").format(names=names or _("none")) if title else _("No title")
        )

    def _choose(self, boundary: int) -> None:
        self.chosen.emit(*split_line(self.boundary.text, boundary))


class ReadingButton(QPushButton):
    """One reading; its text is cut short rather than that it widens the page."""

    def __init__(self, parent: QWidget | None = None, *, checkable: bool = False) -> None:
        super().__init__(parent, checkable=checkable)
        self._whole = ""
        self.setMinimumWidth(60)
        theme.set_kind(self, "choice")

    def say(self, text: str) -> None:
        """Show `text`, as much of it as there is room for."""
        self._whole = text
        self.setAccessibleName(text)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = max(self.width() - theme.px(MARGINS), 20)
        text = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(text.replace("&", "&&"))
