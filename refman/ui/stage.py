"""The middle of the window: papers and panel, or a review in their place, and messages above."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from refman.ui.widgets.toast import Toast

View = TypeVar("View", bound=QWidget)


@runtime_checkable
class Footed(Protocol):
    """A view with buttons at its foot, which no message may cover."""

    @property
    def feet(self) -> Sequence[QWidget]: ...


class Stage(QStackedWidget):
    """`changed` when a review comes or goes."""

    changed = Signal()

    def __init__(self, pane: QWidget, panel: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self.make_review: Callable[[int, str], QWidget] | None = None  # see `show_review`
        self.review: QWidget | None = None
        self._kept: list[QWidget] = []  # views that come back as they were left
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

    def show_review(self, listing_id: int, kind: str = "") -> None:
        """Show an import's rows beside what was understood, in the place of the table.

        `kind` is that of the rows to show first (`import_review.wording`); '' for all.
        """
        self.close_review()
        assert self.make_review
        self.review = self.make_review(listing_id, kind)
        self.addWidget(self.review)
        self.setCurrentWidget(self.review)
        self._place_toast()
        self.review.setFocus()
        self.changed.emit()

    def show_kept(self, view: QWidget) -> None:
        """Show `view` in the place of the table; closed, it is only hidden, to be shown again."""
        self.close_review()
        if view not in self._kept:
            self._kept.append(view)
            self.addWidget(view)
        self.review = view
        self.setCurrentWidget(view)
        self._place_toast()
        view.setFocus()
        self.changed.emit()

    def kept_view(self, kind: type[View]) -> View | None:
        """The view of this kind that was shown before, whether it is hidden now or not."""
        return next((view for view in self._kept if isinstance(view, kind)), None)

    def take_focus(self) -> None:
        """Bring the keyboard to what is shown."""
        (self.review or self._pane).setFocus()

    def close_review(self) -> None:
        """Show the table again."""
        if self.review:
            review, self.review = self.review, None
            self.setCurrentWidget(self.inner)
            self._place_toast()
            if review not in self._kept:
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
        self._place_toast()

    def close_toast(self) -> bool:
        """Take the message away; whether there was one."""
        toast = self.toast
        if toast:
            toast.close_toast()
        return toast is not None

    def _place_toast(self) -> None:
        """Let the message lie on top, above the foot of the view that is shown."""
        if self.toast:
            self.toast.raise_()
            self.toast.lie_above(self.review.feet if isinstance(self.review, Footed) else ())

    def _toast_closed(self) -> None:
        focused = QApplication.focusWidget()
        if self.toast and focused and self.toast.isAncestorOf(focused):
            self._pane.setFocus()
        self.toast = None
