"""What the commands on the rows of an import do, in the review that is shown."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtGui import QKeySequence

from refman.ui.import_review.review import ImportReview
from refman.ui.main_window import MainWindow

READINGS = range(1, 10)  # of where a title ends, each with a key of its own

# What each command does. Those on the rows themselves have their keys in the list alone.
IN_LIST: Mapping[str, Callable[[ImportReview], object]] = MappingProxyType({
    "review-leave-out": ImportReview.leave_out,
    "review-take-in": ImportReview.take_in,
    **{
        f"review-reading-{number}": partial(ImportReview.take_reading, number=number)
        for number in READINGS
    },
})  # fmt: skip
VERBS: Mapping[str, Callable[[ImportReview], object]] = MappingProxyType({
    "review-accept": ImportReview.accept,
    "review-merge": ImportReview.pick_paper,
    "review-apart": ImportReview.keep_apart,
    "review-next": ImportReview.next_row,
    "review-previous": ImportReview.previous_row,
    "review-title-end": ImportReview.go_to_title_end,
    "review-passed-over": ImportReview.turn_passed_over,
    **IN_LIST,
})  # fmt: skip


def is_shown(window: MainWindow) -> bool:
    """Whether the rows of an import are on the stage."""
    return isinstance(window.stage.review, ImportReview)


def act(name: str, window: MainWindow) -> None:
    """Do one of VERBS in the review, where it is shown."""
    if isinstance(window.stage.review, ImportReview):
        VERBS[name](window.stage.review)


def furnish(window: MainWindow, review: ImportReview) -> None:
    """Give a review that is new the keys of its list, and have it name them all."""
    review.list.addActions([window.commands[name] for name in IN_LIST])
    _name_keys(window, review)


def name_keys(window: MainWindow) -> None:
    """Have the review that is shown name the keys of today."""
    if isinstance(window.stage.review, ImportReview):
        _name_keys(window, window.stage.review)


def _name_keys(window: MainWindow, review: ImportReview) -> None:
    native = QKeySequence.SequenceFormat.NativeText
    named = (*VERBS, "undo")
    review.set_keys({name: window.commands[name].shortcut().toString(native) for name in named})
