"""The strip above the papers of one import: where they come from, what became of the rows, and
what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import Library, Listing, Scope
from refman.library.changes import papers
from refman.ui import icons, import_wording, theme
from refman.ui.import_review.wording import DOUBTFUL
from refman.ui.import_wording import (
    AGAIN,
    COMPARE,
    PASSED_OVER,
    REVIEW,
    SOURCE,
    TAKE_BACK,
    TO_LOOK_AT,
    WRITING,
)
from refman.ui.jobs import Jobs
from refman.ui.moments import moment
from refman.ui.widgets.flow_layout import FlowLayout
from refman.ui.widgets.lettering import use_size
from refman.ui.widgets.short_label import ShortLabel

_READ = "import strip"
_WITH_PAPERS = ("added", "merged", "unchanged")
_BUTTONS = (
    (REVIEW, _("Review rows"), _("See every row beside what was understood")),
    (COMPARE, _("Compare"), _("What is new, gone and changed since the page was imported before")),
    (AGAIN, _("Run again"), _("Read the kept page with today\u2019s reader")),
    (TAKE_BACK, _("Take back"), _("Take the whole import back, also after later work")),
    (SOURCE, _("Source text"), _("Show the page as it was imported")),
    (PASSED_OVER, _("Passed over"), _("Show what of the page was no row")),
)


class ImportStrip(QFrame):
    """Hidden but for the papers of an import. `wanted` with one of import_wording's actions and
    the import; `part_chosen` with what of its papers is to be shown."""

    wanted = Signal(str, int)
    rows_wanted = Signal(int, str)  # of an import; which ones: an outcome, or DOUBTFUL
    part_chosen = Signal(object)  # Scope

    def __init__(self, library: Library, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._scope = Scope()
        self.listing: Listing | None = None
        theme.set_kind(self, "strip")
        self.setAccessibleName(_("This import"))
        self._icon = QLabel()
        self._name = ShortLabel()
        self._profile = ShortLabel()
        self._where = ShortLabel(Qt.TextElideMode.ElideMiddle)
        theme.set_kind(self._profile, "muted")
        theme.set_kind(self._where, "muted")
        use_size(self._name, 1.15, bold=True)
        self.chips: dict[str, QPushButton] = {}
        self.buttons = {name: self._button(name, text, tip) for name, text, tip in _BUTTONS}
        self._lay_out()
        self.hide()
        jobs.library_changed.connect(self.refresh)
        theme.theme().changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        head = QHBoxLayout(spacing=8)
        head.addWidget(self._icon)
        head.addWidget(self._name, 1)
        self._chips = QWidget()
        self._chip_row = FlowLayout(self._chips, gap=6)
        buttons = QWidget()
        row = FlowLayout(buttons, gap=2)
        for button in self.buttons.values():
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 9, 12, 7)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self._profile)
        column.addWidget(self._where)
        column.addSpacing(3)
        column.addWidget(self._chips)
        column.addWidget(buttons)

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        icon = next(icon for each, icon, _text in import_wording.ACTIONS if each == name)
        button = QToolButton(text=text, toolTip=tip, accessibleName=text)
        button.setIcon(icons.icon(icon))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._want(name))
        return button

    def _want(self, name: str) -> None:
        if self.listing:
            self.wanted.emit(name, self.listing.id)

    # --- what is shown ---------------------------------------------------------------

    def show_scope(self, scope: Scope) -> None:
        """Show the import whose papers are in view, or nothing."""
        self._scope = scope
        if scope.kind != "listing":
            self.listing = None
            self._jobs.forget(_READ)
            self.hide()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read the import anew, outside this thread."""
        if self._scope.kind == "listing":
            listing_id = int(self._scope.value or 0)
            self._jobs.read(_READ, lambda: _read(self._library, listing_id), self._show)

    def _show(self, found: tuple[Listing | None, int, int]) -> None:
        listing, earlier, passed = found
        self.listing = listing
        if listing is None:  # undone; the sidebar leads elsewhere
            self.hide()
            return
        self._name.say(import_wording.name_of(listing))
        profile = import_wording.profile(listing.header)
        self._profile.say(profile)
        self._profile.setVisible(bool(profile))
        self._where.say(_sentence(listing), import_wording.tool_tip(listing))
        self._show_chips(listing)
        read_only = self._library.read_only
        for name, button in self.buttons.items():
            button.setEnabled(not (read_only and name in WRITING))
        self.buttons[TAKE_BACK].setVisible(not listing.taken_back)
        self.buttons[COMPARE].setEnabled(earlier > 0)
        self.buttons[COMPARE].setToolTip(
            _BUTTONS[1][2] if earlier else _("There is no earlier import of this page")
        )
        self.buttons[PASSED_OVER].setVisible(passed > 0)
        self.buttons[PASSED_OVER].setText(_("Passed over ({n:,})").format(n=passed))
        self._dress()
        self.show()

    def _show_chips(self, listing: Listing) -> None:
        wanted = [("", papers(listing.count)), *import_wording.parts(listing)]
        if self._scope.part and self._scope.part not in dict(wanted):
            self._choose("")  # its last row went elsewhere
            return
        if list(self.chips) != [part for part, _text in wanted]:
            while item := self._chip_row.takeAt(0):
                if widget := item.widget():
                    widget.deleteLater()
            self.chips = {part: self._chip(part) for part, _text in wanted}
            for chip in self.chips.values():
                self._chip_row.addWidget(chip)
        for part, text in wanted:
            chip = self.chips[part]
            chip.setText(text)
            chip.setAccessibleName(text)
            chip.setChecked(part == self._scope.part)

    def _chip(self, part: str) -> QPushButton:
        chip = QPushButton(autoDefault=False)
        theme.set_kind(chip, "doubt" if part in (TO_LOOK_AT, "failed") else "part")
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if part == "" or part in _WITH_PAPERS:
            chip.setCheckable(True)
            chip.setToolTip(
                _("Show only the papers of these rows") if part else _("Show all its papers")
            )
            chip.clicked.connect(lambda: self._choose(part))
        else:
            chip.setToolTip(_("Review these rows"))
            chip.clicked.connect(lambda: self._want_rows(part))
        return chip

    def _want_rows(self, part: str) -> None:
        if self.listing:
            self.rows_wanted.emit(self.listing.id, DOUBTFUL if part == TO_LOOK_AT else part)

    def _choose(self, part: str) -> None:
        """Show the papers of a part; the same part again, all of them."""
        assert self.listing
        part = "" if part == self._scope.part else part
        self._scope = Scope("listing", self.listing.id, part)
        self._show_chips(self.listing)
        self.part_chosen.emit(self._scope)

    def _dress(self) -> None:
        doubtful = self.listing and self.listing.doubtful and not self.listing.taken_back
        role = "warning" if doubtful else "muted"
        small = theme.px(15)
        for button in self.buttons.values():
            button.setIconSize(QSize(small, small))
        size = theme.px(18)
        self._icon.setPixmap(icons.pixmap("listing", size, theme.colour(role)))

    @property
    def texts(self) -> list[str]:
        """What is written, from top to bottom."""
        return [line.whole for line in (self._name, self._profile, self._where)]


def _sentence(listing: Listing) -> str:
    """When it was imported, from where, and that it was taken back."""
    parts: Sequence[str] = (
        _("Taken back {when}").format(when=moment(listing.taken_back))
        if listing.taken_back
        else "",
        _("Imported {when}").format(when=import_wording.when(listing)),
        import_wording.format_of(listing),
        listing.path or listing.name,
    )
    return " · ".join(filter(None, parts))


def _read(library: Library, listing_id: int) -> tuple[Listing | None, int, int]:
    """In the reading thread: the import, earlier ones of its page, and passages passed over."""
    listing = next((each for each in library.listings.list() if each.id == listing_id), None)
    if listing is None:
        return None, 0, 0
    return (
        listing,
        len(library.listings.earlier(listing_id)),
        len(library.listings.passed_over(listing_id)),
    )
