"""Asks before an import is taken back: what goes, and what stays because it was changed since."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _, ngettext
from refman.library import Listing
from refman.library.pages import TakeBack
from refman.ui import import_wording, theme
from refman.ui.moments import moment
from refman.ui.tex_text import plain

ROWS = 8  # of the list, at most, before it scrolls


class TakeBackDialog(QDialog):
    """`confirmed` with the listing's id."""

    confirmed = Signal(int)

    def __init__(self, listing: Listing, preview: TakeBack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Take an import back"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = QLabel(
            _("“{name}”, imported {when}").format(
                name=import_wording.name_of(listing), when=moment(listing.imported)
            ),
            wordWrap=True,
            textFormat=Qt.TextFormat.PlainText,
        )
        name.setFont(theme.sized_font(1.1, bold=True))
        self.sentence = QLabel(sentence(preview, listing), wordWrap=True)
        self.kept = QListWidget()
        self.kept.setAccessibleName(_("Papers that stay, and why"))
        theme.set_kind(self.kept, "framed")
        for each in preview.kept:
            reasons = " · ".join(each.reasons)
            title = plain(each.title) or _("No title")
            item = QListWidgetItem(f"{title}\n{reasons}", self.kept)
            item.setToolTip(f"{title}\n{reasons}")
        self.kept.setVisible(bool(preview.kept))
        self.kept.setWordWrap(False)
        self.kept.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.kept.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line = self.fontMetrics().height()
        height = min(len(preview.kept), ROWS) * (2 * line + theme.px(10)) + theme.px(12)
        self.kept.setFixedHeight(height)
        note = QLabel(
            _("The page and its rows are kept, and can be run again. Undo brings everything back."),
            wordWrap=True,
        )
        theme.set_kind(note, "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.confirm = buttons.addButton(_("Take back"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.confirm.setDefault(True)
        self.confirm.clicked.connect(lambda: self.confirmed.emit(listing.id))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for widget in (name, self.sentence, self.kept, note):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.px(520))

    def sizeHint(self) -> QSize:
        return super().sizeHint().boundedTo(self.screen().availableSize() * 0.9)


def sentence(preview: TakeBack, listing: Listing) -> str:
    """`43 papers go, 7 papers stay without this page, 2 stay because you changed them since:`

    Before it, where most rows were unchanged, what becomes of these.
    """
    parts = []
    if preview.papers:
        parts.append(
            ngettext("{n:,} paper goes", "{n:,} papers go", preview.papers).format(n=preview.papers)
        )
    if preview.rows:
        parts.append(
            ngettext(
                "{n:,} paper stays without this page",
                "{n:,} papers stay without this page",
                preview.rows,
            ).format(n=preview.rows)
        )
    if preview.kept:
        parts.append(_kept(len(preview.kept), alone=not parts))
    rows, same = import_wording.row_count(listing), listing.counts.get("unchanged", 0)
    unchanged = _unchanged(same, rows) if 2 * same > rows else ""
    if parts:
        said = ", ".join(parts) + (":" if preview.kept else ".")
    elif unchanged:
        said = _("No paper goes.")
    else:
        said = _("None of its papers is in the library any more.")
    return f"{unchanged} {said}" if unchanged else said


def _kept(count: int, *, alone: bool) -> str:
    """How many papers stay as they are; `alone` where no word before it says that of papers."""
    if alone:
        text = ngettext(
            "{n:,} paper stays because you changed it since",
            "{n:,} papers stay because you changed them since",
            count,
        )
    else:
        text = ngettext(
            "{n:,} stays because you changed it since",
            "{n:,} stay because you changed them since",
            count,
        )
    return text.format(n=count)


def _unchanged(count: int, rows: int) -> str:
    """What becomes of rows that said nothing new: nothing."""
    if count < rows:
        text = ngettext(
            "{n:,} of its {rows:,} rows was unchanged: another import has it, too.",
            "{n:,} of its {rows:,} rows were unchanged: other imports have them, too.",
            count,
        )
    else:
        text = ngettext(
            "Its row was unchanged: another import has it, too.",
            "All its {rows:,} rows were unchanged: other imports have them, too.",
            count,
        )
    return text.format(n=count, rows=rows)
