"""The middle of the window: papers and panel, or a review in their place, and messages above."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from refman.ui.widgets.toast import Toast


class Stage(QStackedWidget):
    """`changed` when a review comes or goes."""

    changed = Signal()

    def __init__(self, pane: QWidget, panel: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self.make_review: Callable[[int], QWidget] | None = None  # on a listing's id
        self.review: QWidget | None = None
        self.kept: QWidget | None = None  # a view that comes back as it was left
        self.toast: Toast | None = None
        self.inner = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self.inner.setHandleWidth(1)
        self.inner.addWidget(pane)
        self.inner.addWidget(panel)
        self.inner.setStretchFactor(0, 1)
        self.addWidget(self.inner)

    def replace_panel(self, keeper: QWidget, panel: QWidget) -> None:
        """Put `panel` where `keeper` kept its place."""
        panel.setMinimumWidth(keeper.minimumWidth())
        sizes, hidden = self.inner.sizes(), keeper.isHidden()
        self.inner.replaceWidget(1, panel)
        self.inner.setSizes(sizes)
        panel.setVisible(not hidden)  # not sooner, or it would be a window of its own
        keeper.deleteLater()

    def show_review(self, listing_id: int) -> None:
        """Show an import's rows beside what was understood, in the place of the table."""
        self.close_review()
        assert self.make_review
        self.review = self.make_review(listing_id)
        self.addWidget(self.review)
        self.setCurrentWidget(self.review)
        self.review.setFocus()
        self.changed.emit()

    def show_kept(self, view: QWidget) -> None:
        """Show `view` in the place of the table; closed, it is only hidden, to be shown again."""
        self.close_review()
        if self.indexOf(view) < 0:
            self.addWidget(view)
        self.review = self.kept = view
        self.setCurrentWidget(view)
        view.setFocus()
        self.changed.emit()

    def close_review(self) -> None:
        """Show the table again."""
        if self.review:
            review, self.review = self.review, None
            self.setCurrentWidget(self.inner)
            if review is not self.kept:
                self.removeWidget(review)
                review.deleteLater()
            self._pane.setFocus()
            self.changed.emit()

    def show_toast(
        self, text: str, actions: Sequence[tuple[str, Callable[[], None]]], detail: str = ""
    ) -> None:
        """Say `text` above the papers, in the place of what was said before."""
        self.close_toast()
        self.toast = Toast(text, actions, self, detail)
        self.toast.closed.connect(self._toast_closed)

    def close_toast(self) -> bool:
        """Take the message away; whether there was one."""
        toast = self.toast
        if toast:
            toast.close_toast()
        return toast is not None

    def _toast_closed(self) -> None:
        focused = QApplication.focusWidget()
        if self.toast and focused and self.toast.isAncestorOf(focused):
            self._pane.setFocus()
        self.toast = None
