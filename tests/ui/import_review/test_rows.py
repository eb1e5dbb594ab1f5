"""The list of rows: what each says, the filters, several rows at once, and many rows."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.ui.import_review.review import ImportReview
from refman.ui.jobs import Jobs
from tests.ui.import_review.conftest import Open, Settle, current, titles

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def choose(review: ImportReview, *places: int) -> None:
    """Select rows as with Ctrl held."""
    flags = QItemSelectionModel.SelectionFlag
    model = review.list.selectionModel()
    model.setCurrentIndex(review.model.index(places[0]), flags.ClearAndSelect)
    for place in places[1:]:
        model.setCurrentIndex(review.model.index(place), flags.Select)


def offered(review: ImportReview) -> dict[str, str]:
    """The filters that are offered, with what they say."""
    return {
        kind: button.text()
        for kind, button in review.filters.buttons.items()
        if not button.isHidden()
    }


def test_each_row_says_what_became_of_it(review: ImportReview) -> None:
    assert [review.model.index(place).data(SPOKEN) for place in range(2)] == [
        (
            "Added: Marks in the Margin of Lists. Berg, Petrova et al. There is no such day as "
            "this row gives; its date was left open. 100 % sure that the title ends there"
        ),
        "Added: A Table for the Seeds of Runs. Martin, Park. 100 % sure that the title ends there",
    ]


def test_filters_with_their_counts(review: ImportReview) -> None:
    assert offered(review) == {"all": "All 3", "doubtful": "To look at 1", "added": "Added 3"}
    review.filters.show_kind("doubtful")
    assert titles(review) == ["Marks in the Margin of Lists"]
    review.filters.show_kind("all")
    assert len(titles(review)) == 3


TWO = """LGFeb 30, 2024
Marks in the Margin of ListsAnn Berg
Readers of long lists mark what they want to come back to. We count how often they do.
MLJan 9, 2024
A Table for the Seeds of RunsHugo Martin, Kim Park
A published number changes its rank when the seed does. We propose a table that shows it.
CLFeb 31, 2023
Rules of Thumb for Short ListsMaria Rossi, Jean Dupont
Lists grow faster than they are read. We describe rules that keep a list short.
CLFeb 30, 2022
Quite Other ThingsMaria Rossi, Kim Park
Nothing in here was said before, and nothing of it will be said again by anybody.
"""


def test_what_was_looked_at_goes_over_to_the_settled(
    qtbot: QtBot, open_review: Open, settle: Settle, empty_library: Library, jobs: Jobs
) -> None:
    review = open_review(TWO)
    review.filters.show_kind("doubtful")
    marks, rules, other = titles(review)
    assert (marks[:5], rules[:5], other[:5]) == ("Marks", "Rules", "Quite")
    qtbot.keyClick(review.list, Qt.Key.Key_Return)
    settle()
    assert (titles(review), current(review)) == ([rules, other], rules)
    assert offered(review) == {
        "all": "All 4",
        "doubtful": "To look at 2",
        "settled": "Settled 1",
        "added": "Added 4",
    }
    assert review.counts == "4 found: 4 added, 2 to look at · as of 1 Jun 2024"
    assert empty_library.listings.list()[0].doubtful == 2
    review.filters.show_kind("settled")
    assert titles(review) == [marks]
    review.filters.show_kind("doubtful")
    review.list.selectAll()
    qtbot.keyClick(review.list, Qt.Key.Key_Return)
    settle()
    assert (titles(review), review.empty) == ([], "Nothing left to look at")
    jobs.write("Undo", empty_library.history.undo)
    settle()
    assert (titles(review), review.empty) == ([rules, other], "")


def test_a_row_stays_while_somebody_sets_it_right(
    qtbot: QtBot, open_review: Open, settle: Settle
) -> None:
    review = open_review(TWO)
    review.filters.show_kind("doubtful")
    _marks, rules, other = titles(review)
    review.row_view.form.title.committed.emit("Marks")
    settle()
    assert titles(review) == ["Marks", rules, other]
    assert review.row_view.form.title.toPlainText() == "Marks"
    assert offered(review)["doubtful"] == "To look at 2"
    qtbot.keyClick(review.list, Qt.Key.Key_Return)
    assert current(review) == rules
    qtbot.keyClick(review.list, Qt.Key.Key_Return)
    settle()
    assert (titles(review), current(review)) == ([other], other)


@pytest.mark.parametrize(
    ("typed", "found"),
    {
        "title": ("seeds", ["A Table for the Seeds of Runs"]),
        "name": ("ROSSI", ["Rules of Thumb for Short Lists"]),
        "all words": ("lists readers", ["Marks in the Margin of Lists"]),
        "reason": ("no such day", ["Marks in the Margin of Lists"]),
        "nothing": ("xyzzy", []),
    }.values(),
    ids=["title", "name", "all words", "reason", "nothing"],
)
def test_words_are_looked_for(
    qtbot: QtBot, review: ImportReview, typed: str, found: list[str]
) -> None:
    qtbot.keyClick(review.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert review.filters.line.hasFocus()
    qtbot.keyClicks(review.filters.line, typed)
    qtbot.waitUntil(lambda: titles(review) == found)
    assert review.empty == ("" if found else "No such rows")
    qtbot.keyClick(review.filters.line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(titles(review)) == 3)


def test_several_rows_are_accepted_and_left_out_at_once(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library, jobs: Jobs
) -> None:
    choose(review, 0, 2)
    assert review.buttons.accept.text() == "1 row looks right"
    assert review.buttons.leave_out.text() == "Leave out 2 rows"
    qtbot.keyClick(review.list, Qt.Key.Key_Delete)
    settle()
    assert review.counts == "3 found: 1 added, 2 left out · as of 1 Jun 2024"
    assert len(empty_library.search.ids()) == 1
    assert offered(review)["skipped"] == "Left out 2"
    jobs.write("Undo", empty_library.history.undo)
    settle()
    assert review.counts == "3 found: 3 added, 1 to look at · as of 1 Jun 2024"


def test_what_is_left_out_is_taken_in_again(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library
) -> None:
    qtbot.keyClick(review.list, Qt.Key.Key_Delete)
    settle()
    assert current(review) == "A Table for the Seeds of Runs"  # on to the next one
    review.previous_row()
    settle()
    assert review.row_view.outcome.startswith("Left out · line 1")
    assert review.buttons.leave_out.isHidden()
    qtbot.keyClick(review.list, Qt.Key.Key_Insert)
    settle()
    assert len(empty_library.search.ids()) == 3


def test_the_view_follows_undo(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library, jobs: Jobs
) -> None:
    qtbot.keyClick(review.list, Qt.Key.Key_Return)
    settle()
    review.next_row()
    settle()
    assert current(review) == "Rules of Thumb for Short Lists"
    jobs.write("Undo", empty_library.history.undo)
    settle()
    assert current(review) == "Marks in the Margin of Lists"
    assert review.row_view.row is not None
    assert not review.row_view.row.reviewed


def test_selection_stays_where_the_list_is_filled_anew(review: ImportReview) -> None:
    choose(review, 1, 2)
    review.filters.show_kind("added")
    review.filters.show_kind("all")
    assert [row.title for row in review.list.selected_rows()] == [
        "A Table for the Seeds of Runs",
        "Rules of Thumb for Short Lists",
    ]


def test_only_rows_that_changed_are_drawn_anew(
    qtbot: QtBot, open_review: Open, settle: Settle
) -> None:
    page = "".join(
        f"LG{'Feb 30' if number % 10 == 0 else 'Jun 2'}, 2021\n"
        f"Counting Sheep by Night {number}Ann Berg, Kim Park\n"
        f"The flock number {number} was counted by {number} people who did not agree.\n"
        for number in range(200)
    )
    review = open_review(page)
    changed: list[tuple[int, int]] = []
    resets: list[int] = []
    review.model.dataChanged.connect(
        lambda first, last, _roles: changed.append((first.row(), last.row()))
    )
    review.model.modelReset.connect(lambda: resets.append(1))
    qtbot.keyClick(review.list, Qt.Key.Key_Return)
    settle()
    assert (changed, resets) == ([(0, 0)], [])


def test_a_row_without_a_title_is_called_as_its_paper(open_review: Open) -> None:
    abstract = (
        "Readers of long lists mark what they want to come back to. We count how often they do "
        "in three experiments, each with nine readers who had a year of time, and we find that a "
        "mark is worth more than a star to all but two of them, who never came back."
    )
    listed = f"Universite de Montreal\nAbstract:{abstract}\n\nAbstract:Short and untold.\n"
    open_review(f"LGJan 3, 2024\nMarks in the MarginAnn Berg, Kim Park\n{abstract}\n")
    review = open_review(listed)
    assert set(titles(review)) == {"Marks in the Margin", "No title: Short and untold."}
