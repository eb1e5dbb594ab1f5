"""The buttons that settle the selected rows."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from refman.i18n import _, ngettext
from refman.library import SightingRow
from refman.ui import icons, theme
from refman.ui.import_review.wording import can_leave_out, is_open, with_key
from refman.ui.widgets.flow_layout import FlowLayout


class RowButtons(QWidget):
    """What cannot be done with the rows is not offered."""

    accept_wanted = Signal()
    leave_out_wanted = Signal()
    take_in_wanted = Signal()
    merge_wanted = Signal()
    apart_wanted = Signal()
    paper_wanted = Signal()
    next_wanted = Signal()
    previous_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, editable: bool) -> None:
        super().__init__(parent)
        self._editable = editable
        self.accept = self._button("check", "accent_text", self.accept_wanted)
        theme.set_kind(self.accept, "primary")
        self.leave_out = self._button("dropped", "muted", self.leave_out_wanted)
        self.take_in = self._button("restore", "muted", self.take_in_wanted)
        self.merge = self._button("merge", "muted", self.merge_wanted)
        self.merge.setText(_("Merge with …"))
        self.apart = self._button("close", "muted", self.apart_wanted)
        self.apart.setText(_("Keep apart"))
        self.paper = self._button("open", "muted", self.paper_wanted)
        self.paper.setText(_("Show the paper"))
        self.paper.setToolTip(_("Leave the review and show this paper in the library"))
        theme.set_kind(self.paper, "flat")
        self.previous = self._arrow("chevron-up", _("The row before"))
        self.previous.clicked.connect(self.previous_wanted)
        self.next = self._arrow("chevron-down", _("The next row"))
        self.next.clicked.connect(self.next_wanted)
        self._settling = (
            self.accept, self.leave_out, self.take_in, self.merge, self.apart, self.paper
        )  # fmt: skip
        flow = FlowLayout(self, gap=6)
        flow.setContentsMargins(18, 8, 14, 8)
        for part in (*self._settling, self.previous, self.next):
            flow.addWidget(part)
        self._keys: Mapping[str, str] = {}
        self.set_keys({})
        self.show_rows(())

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Name the keys of today, by the names of the commands; `show_rows` follows."""
        self._keys = keys
        for button, name, tip in (
            (self.leave_out, "review-leave-out",
             _("These rows are no papers for this library, also when the page comes again")),
            (self.take_in, "review-take-in",
             _("Put rows that were left out into the library")),
            (self.merge, "review-merge",
             _("This row is a paper that the library has: choose it")),
            (self.apart, "review-apart",
             _("This row is not the paper that it was merged with: make it one of its own, and "
               "remember that for ever")),
            (self.previous, "review-previous", _("The row before")),
            (self.next, "review-next", _("The next row")),
        ):  # fmt: skip
            button.setToolTip(with_key(tip, keys.get(name)))

    def show_rows(self, rows: Sequence[SightingRow], *, doubts: bool = False) -> None:
        """Offer what can be done with `rows`; `doubts` says whether any row is to be looked at."""
        one = rows[0] if len(rows) == 1 else None
        doubtful = sum(map(is_open, rows))
        given = sum(map(can_leave_out, rows))
        left = sum(row.outcome == "skipped" for row in rows)
        self.accept.setVisible(bool(rows) and self._editable)
        if not doubtful:
            self.accept.setText(_("Next to look at") if doubts else _("Next row"))
            tip = (
                _("Nothing is in doubt here: go to what is")
                if doubts
                else _("Nothing is in doubt any more: go to the next row")
            )
        else:
            many = ngettext("{count:,} row looks right", "{count:,} rows look right", doubtful)
            name = _("Looked at") if one and one.outcome == "failed" else _("Looks right")
            self.accept.setText(name if one else many.format(count=doubtful))
            tip = _("Settle what is in doubt and go to the next")
        self.accept.setToolTip(with_key(tip, self._keys.get("review-accept")))
        self.leave_out.setText(
            _("Leave out")
            if one
            else ngettext("Leave out {count:,} row", "Leave out {count:,} rows", given)
            .format(count=given)
        )  # fmt: skip
        self.leave_out.setVisible(given > 0 and self._editable)
        self.take_in.setText(
            _("Take in again")
            if one
            else ngettext("Take in {count:,} row", "Take in {count:,} rows", left)
            .format(count=left)
        )  # fmt: skip
        self.take_in.setVisible(left > 0 and self._editable)
        is_paper = one is not None and one.entry_id is not None
        self.merge.setVisible(is_paper and bool(one and can_leave_out(one)) and self._editable)
        self.apart.setVisible(bool(one and one.outcome == "merged") and self._editable)
        self.paper.setVisible(is_paper)

    def menu(self, parent: QWidget) -> QMenu:
        """The same as a menu, which goes when it is closed."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in (
            self.accept,
            self.leave_out,
            self.take_in,
            self.merge,
            self.apart,
            self.paper,
        ):
            if not button.isHidden():
                menu.addAction(button.text()).triggered.connect(button.click)
        return menu

    def _button(self, icon: str, role: str, act: SignalInstance) -> QPushButton:
        button = QPushButton(self)
        button.setIcon(icons.icon(icon, role))
        button.setIconSize(QSize(15, 15))
        button.clicked.connect(lambda _checked: act.emit())
        return button

    def _arrow(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton(self, toolTip=tip, accessibleName=tip)
        button.setIcon(icons.icon(icon))
        return button
