"""The papers that a row may be as well: merging, keeping apart, and choosing another one."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.ui.import_review.pick_paper import PickPaperDialog
from refman.ui.import_review.review import ImportReview
from refman.ui.jobs import Jobs
from tests.ui.import_review.conftest import PAGE, Open, Settle, entry_of

AGAIN = """CLMay 7, 2023
Rules of Thumb for Short ListsMaria Rossi, Jean Dupont
Lists grow faster than they are read. We describe rules that keep a list short.
CLMay 6, 2023
Another Paper on Quite Other ThingsHugo Martin
Nothing in here was said before, and nothing of it will be said again.
"""
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_a_merged_row_says_why_and_is_kept_apart(
    qtbot: QtBot, open_review: Open, settle: Settle, empty_library: Library, jobs: Jobs
) -> None:
    open_review(PAGE)
    review = open_review(AGAIN)
    card = review.row_view.same.shown[0]
    assert card.text.splitlines()[:3] == [
        "Merged with this paper",
        "Rules of Thumb for Short Lists",
        "Rossi, Dupont · 2023",
    ]
    assert card.merge.isHidden()
    assert entry_of(empty_library, 0, 2) == entry_of(empty_library, 2)
    qtbot.keyClick(review.list, Qt.Key.Key_M, CTRL | SHIFT)
    settle()
    assert entry_of(empty_library, 0, 2) != entry_of(empty_library, 2)
    assert len(empty_library.search.ids()) == 5
    jobs.write("Undo", empty_library.history.undo)
    settle()
    assert entry_of(empty_library, 0, 2) == entry_of(empty_library, 2)
    assert review.row_view.same.shown[0].text.startswith("Merged with this paper")


def likely(open_review: Open) -> ImportReview:
    """The review of a page of which a row may be a paper of the page before."""
    open_review(PAGE)
    return open_review(
        "CLMay 5, 2023\nRule of Thumb for Short ListsMaria Rossi, Jean Dupont\n"
        "One could say much of this in other words, which is what this abstract does.\n"
    )


def test_a_row_is_merged_with_a_paper_that_it_may_be(
    qtbot: QtBot, open_review: Open, settle: Settle, empty_library: Library
) -> None:
    review = likely(open_review)
    [card] = review.row_view.same.shown
    assert card.text.splitlines()[:2] == ["Likely the same", "Rules of Thumb for Short Lists"]
    qtbot.mouseClick(card.merge, Qt.MouseButton.LeftButton)
    settle()
    assert entry_of(empty_library, 0, 2) == entry_of(empty_library, 2)
    assert len(empty_library.search.ids()) == 3
    assert review.list.hasFocus()
    qtbot.keyClick(review.list, Qt.Key.Key_M, CTRL | SHIFT)  # and apart again
    settle()
    assert len(empty_library.search.ids()) == 4


def test_not_the_same_is_remembered(
    qtbot: QtBot, open_review: Open, settle: Settle, empty_library: Library
) -> None:
    review = likely(open_review)
    qtbot.mouseClick(review.row_view.same.shown[0].apart, Qt.MouseButton.LeftButton)
    settle()
    assert review.row_view.same.shown == []
    assert review.row_view.same.isHidden()
    assert len(empty_library.search.ids()) == 4
    assert empty_library.listings.rows(2)[0].review == ()


def test_any_other_paper_can_be_chosen(
    qtbot: QtBot, open_review: Open, settle: Settle, empty_library: Library
) -> None:
    open_review(PAGE)
    review = open_review(AGAIN)
    review.next_row()
    settle()
    qtbot.keyClick(review.list, Qt.Key.Key_M, CTRL)
    dialog = review.findChild(PickPaperDialog)
    assert dialog is not None
    settle()
    assert dialog.papers.count() == 3  # its own paper is not offered
    assert dialog.said == "No paper is much like it: search for the one that you mean."
    assert (dialog.chosen, dialog.can_merge) == (None, False)
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.isVisible()  # nothing was chosen
    qtbot.keyClick(dialog.line, Qt.Key.Key_Down)
    assert (dialog.chosen, dialog.can_merge) == (
        dialog.papers.item(0).data(Qt.ItemDataRole.UserRole),
        True,
    )
    qtbot.keyClicks(dialog.line, "seeds")
    qtbot.waitUntil(lambda: dialog.papers.count() == 1)
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settle()
    assert entry_of(empty_library, 1, 2) == entry_of(empty_library, 1)


def offered(dialog: PickPaperDialog) -> list[list[str]]:
    return [dialog.papers.item(place).text().split("\n") for place in range(dialog.papers.count())]


def test_the_likeliest_paper_is_offered_first(
    qtbot: QtBot, open_review: Open, settle: Settle, empty_library: Library
) -> None:
    review = likely(open_review)
    qtbot.keyClick(review.list, Qt.Key.Key_M, CTRL)
    settle()
    dialog = review.findChild(PickPaperDialog)
    assert dialog
    first, second, third = offered(dialog)
    assert first[0] == "Rules of Thumb for Short Lists"
    assert first[1].startswith("Likely the same · Rossi, Dupont · 2023 · ")
    assert [second[0], third[0]] == [
        "Marks in the Margin of Lists",  # a word of the title
        "A Table for the Seeds of Runs",
    ]
    assert (dialog.said, dialog.can_merge) == ("", True)
    qtbot.keyClicks(dialog.line, "a")  # what is searched for does not change the order
    settle()
    qtbot.waitUntil(lambda: dialog.papers.count() == 3)
    assert offered(dialog)[0] == first
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settle()
    assert entry_of(empty_library, 0, 2) == entry_of(empty_library, 2)


def test_a_word_in_common_is_not_enough_to_be_selected(
    qtbot: QtBot, open_review: Open, settle: Settle
) -> None:
    open_review(PAGE)
    review = open_review(
        "CLMay 5, 2023\nThe Seeds of a Garden in WinterAda Lovelace\n"
        "Nothing of this was said before, which is what this abstract is for.\n"
    )
    review.pick_paper()
    settle()
    dialog = review.findChild(PickPaperDialog)
    assert dialog
    assert [title for title, _under in offered(dialog)] == [
        "A Table for the Seeds of Runs",
        "Marks in the Margin of Lists",
        "Rules of Thumb for Short Lists",
    ]
    assert (dialog.chosen, dialog.can_merge) == (None, False)


def test_a_library_of_one_paper_has_no_other(
    qtbot: QtBot, open_review: Open, settle: Settle
) -> None:
    review = open_review("LGMay 5, 2023\nRules for ListsMaria Rossi\n" + "Lists grow fast. " * 9)
    review.pick_paper()
    settle()
    dialog = review.findChild(PickPaperDialog)
    assert dialog
    assert (dialog.said, dialog.can_merge) == ("There is no other paper in the library.", False)


def test_a_row_that_was_not_merged_cannot_be_kept_apart(qtbot: QtBot, review: ImportReview) -> None:
    assert review.buttons.apart.isHidden()
    with qtbot.waitSignal(review.message) as told:
        qtbot.keyClick(review.list, Qt.Key.Key_M, CTRL | SHIFT)
    assert told.args == ["This row was merged with no other paper."]
