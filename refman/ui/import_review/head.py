"""The head of the review: which page it was, what became of its rows, and the way back."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from refman.i18n import _, ngettext
from refman.ui import icons, theme
from refman.ui.import_review.reading import ReviewedListing
from refman.ui.import_review.wording import counts_text
from refman.ui.moments import day
from refman.ui.widgets.lettering import use_size
from refman.ui.widgets.short_label import ShortLabel


class Head(QWidget):
    """`passed_over` is checked while the text around the rows is shown."""

    back_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ShortLabel()
        use_size(self._name, 1.15, bold=True)
        self._counts = ShortLabel()
        theme.set_kind(self._counts, "muted")
        back = QToolButton(self, text=_("Back"), toolTip=_("Close the review (Esc)"))
        back.setIcon(icons.icon("back"))
        back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        back.clicked.connect(self.back_wanted)
        self.passed_over = QPushButton(self, checkable=True)
        self.passed_over.setToolTip(_("Text around the rows that was taken for no paper"))
        theme.set_kind(self.passed_over, "flat")
        self.passed_over.hide()
        help_button = QToolButton(
            self, toolTip=_("How the review works, and its keys (F1)"), accessibleName=_("Help")
        )
        help_button.setIcon(icons.icon("help"))
        help_button.setIconSize(QSize(18, 18))
        help_button.clicked.connect(self.help_wanted)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._counts)
        bar = QHBoxLayout(self)
        bar.setContentsMargins(10, 8, 12, 8)
        bar.setSpacing(8)
        bar.addWidget(back)
        bar.addSpacing(4)
        bar.addLayout(names, 1)
        bar.addWidget(self.passed_over)
        bar.addWidget(help_button)

    @property
    def name(self) -> str:
        """The first line."""
        return self._name.whole

    @property
    def counts(self) -> str:
        """How many rows there are, by what became of them."""
        return self._counts.whole

    def show_listing(self, found: ReviewedListing) -> None:
        """Say what `found` is; an import that is gone has no counts."""
        count = len(found.passed_over)
        self.passed_over.setText(
            ngettext("{count:,} line passed over", "{count:,} lines passed over", count).format(
                count=count
            )
        )
        self.passed_over.setVisible(count > 0)
        if found.listing is None:
            self._name.say(_("This import is not in the library any more"))
            self._counts.say("")
            return
        header = found.listing.header.name or found.listing.header.affiliation or ""
        name = " · ".join(part for part in (found.listing.name, header) if part)
        self._name.say(_("Review of {name}").format(name=name))
        counts = counts_text(shown.row for shown in found.rows)
        as_of = day(found.listing.as_of)
        self._counts.say(_("{counts} · as of {day}").format(counts=counts, day=as_of))
