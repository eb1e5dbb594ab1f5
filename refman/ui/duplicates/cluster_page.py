"""One group of duplicates in full: why they may be one, the papers side by side, what to do."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library.changes import papers
from refman.library.duplicates import Cluster
from refman.ui import icons, theme
from refman.ui.comparing import MAXIMUM, Choosing
from refman.ui.duplicates import wording
from refman.ui.tex_text import plain
from refman.ui.widgets.comparison.table import ComparisonTable
from refman.ui.widgets.flow_layout import FlowLayout

SIGN = 17  # pixels in text of the usual size
MOST_REASONS = 3  # that are shown; the tooltip has all


class ClusterPage(QWidget):
    """`take_out_wanted` with the column of a paper that is not the same as the others."""

    take_out_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cluster: Cluster | None = None
        self._sign = QLabel()
        self.tier = QLabel()
        theme.set_kind(self.tier, "heading")
        self.reasons = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        theme.set_kind(self.reasons, "muted")
        self._preprint_sign = QLabel()
        self.preprint = QLabel(
            _(
                "A preprint and its published version: what was published comes first, and the "
                "arXiv id is kept."
            ),
            wordWrap=True,
        )
        self._preprint_box = QFrame()
        theme.set_kind(self._preprint_box, "banner-info")
        self.table = ComparisonTable()
        self.merge = _button(_("Merge"), "merge", "accent_text")
        theme.set_kind(self.merge, "primary")
        self.not_same = _button(_("Not the same"), "close")
        self.take_out = QToolButton(text=_("One is not the same ▾"))
        self.take_out.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.take_out.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.set_kind(self.take_out, "button")
        menu = QMenu(self.take_out)
        menu.aboutToShow.connect(self._fill)
        self.take_out.setMenu(menu)
        self.previous = _button(_("Previous"), "back")
        self.skip = _button(_("Skip"), "next")
        self._lay_out()
        theme.theme().changed.connect(self._dress)

    def _lay_out(self) -> None:
        top = QHBoxLayout(spacing=8)
        top.setContentsMargins(16, 10, 16, 8)
        top.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.tier, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.reasons, 1, Qt.AlignmentFlag.AlignTop)
        box = QHBoxLayout(self._preprint_box)
        box.setContentsMargins(16, 6, 16, 6)
        box.setSpacing(8)
        box.addWidget(self._preprint_sign, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.preprint, 1)
        self.buttons = QWidget()
        flow = FlowLayout(self.buttons, gap=8)
        flow.setContentsMargins(16, 9, 16, 10)
        for button in (self.merge, self.not_same, self.take_out, self.previous, self.skip):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._preprint_box)
        column.addWidget(_line())
        column.addWidget(self.table, 1)
        column.addWidget(_line())
        column.addWidget(self.buttons)
        self.setMinimumWidth(300)

    # --- showing ---------------------------------------------------------------------------

    def show_cluster(self, cluster: Cluster) -> None:
        """Say what `cluster` is; its papers come with `show_papers`."""
        self._cluster = cluster
        self.tier.setText(wording.NAMES[cluster.tier])
        reasons = wording.reasons_of(cluster)
        shown = reasons[:MOST_REASONS]
        if len(cluster.ids) > MAXIMUM:
            shown.insert(
                0,
                _("{papers}; the first {n} are shown, the others come after them").format(
                    papers=papers(len(cluster.ids)), n=MAXIMUM
                ),
            )
        self.reasons.setText(" · ".join(shown))
        self.reasons.setToolTip("\n".join(reasons))
        self._preprint_box.setVisible(cluster.preprint)
        self._dress()

    def show_papers(self, choosing: Choosing | None) -> None:
        """Show the papers side by side; None while they are being read."""
        self.table.show_papers(choosing)

    def show_buttons(self, *, editable: bool, ready: bool) -> None:
        """Offer what can be done; not before the papers are on screen (`ready`)."""
        many = self._cluster is not None and len(self._cluster.ids) > 2
        self.table.editable = editable
        for button in (self.merge, self.not_same, self.take_out):
            button.setVisible(editable)
            button.setEnabled(ready)
        self.take_out.setVisible(editable and many)
        self.not_same.setText(_("None is the same") if many else _("Not the same"))
        self.skip.setText(_("Skip") if editable else _("Next"))

    def set_tips(self, tips: dict[str, str]) -> None:
        """Name the keys of today, by the names of the commands."""
        for button, name, tip in (
            (self.merge, "duplicates-merge",
             _("Make one paper of these, as the outcome shows, and go on to the next")),
            (self.not_same, "duplicates-apart",
             _("Remember for ever that these are different papers, and go on")),
            (self.take_out, "duplicates-take-out",
             _("Remember that one of them is another paper; the others stay together")),
            (self.previous, "duplicates-previous", _("The group before")),
            (self.skip, "duplicates-next", _("Leave this one as it is and go on to the next")),
        ):  # fmt: skip
            keys = tips.get(name, "")
            button.setToolTip(f"{tip} ({keys})" if keys else tip)

    def _fill(self) -> None:
        menu = self.take_out.menu()
        menu.clear()
        choosing = self.table.choosing
        for column, details in enumerate(choosing.papers if choosing else ()):
            title = plain(details.entry.title)
            text = _("Paper {number}: {key} · {title}").format(
                number=column + 1,
                key=details.entry.citation_key,
                title=title if len(title) < 60 else f"{title[:59]}…",
            )
            action = menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(partial(self.take_out_wanted.emit, column))

    def _dress(self) -> None:
        """In the colours and size of the moment."""
        size = theme.px(SIGN)
        if self._cluster:
            icon, role = wording.ICONS[self._cluster.tier]
            self._sign.setPixmap(icons.pixmap(icon, size, theme.colour(role)))
        self._preprint_sign.setPixmap(icons.pixmap("info", size, theme.colour("accent")))


def _button(text: str, icon: str, role: str = "muted") -> QPushButton:
    button = QPushButton(text)
    button.setIcon(icons.icon(icon, role))
    button.setIconSize(QSize(16, 16))
    return button


def _line() -> QFrame:
    line = QFrame()
    theme.set_kind(line, "line")
    return line
