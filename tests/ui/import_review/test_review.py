"""The review of an import: moving the boundary, settling rows, going about by keys."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from refman.library import Library, Source
from refman.model.creator import Creator
from refman.ui import theme
from refman.ui.import_review.reading import glued_line, split_line
from refman.ui.import_review.review import ImportReview
from refman.ui.jobs import Jobs
from tests.ui.waiting import finish

PAGE = """LGFeb 30, 2024
Marks in the Margin of ListsAnn Berg, Olga Petrova et al. · mila
Readers of long lists mark what they want to come back to. We count how often they do.
MLJan 9, 2024Code
A Table for the Seeds of RunsHugo Martin, Kim Park
A published number changes its rank when the seed does. We propose a table that shows it.
CLMay 5, 2023
Rules of Thumb for Short ListsMaria Rossi, Jean Dupont
Lists grow faster than they are read. We describe rules that keep a list short.
Load more
"""
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
Settle = Callable[[], None]


@pytest.fixture
def jobs(qtbot: QtBot, empty_library: Library) -> Iterator[Jobs]:
    jobs = Jobs(empty_library)
    yield jobs
    qtbot.waitUntil(lambda: not jobs.busy)
    jobs.close()


@pytest.fixture
def settle(qtbot: QtBot, jobs: Jobs) -> Settle:
    def wait() -> None:
        qtbot.waitUntil(lambda: not jobs.busy)

    return wait


@pytest.fixture
def review(
    qtbot: QtBot, empty_library: Library, jobs: Jobs, settle: Settle
) -> Iterator[ImportReview]:
    theme.theme().follow("light", 1.0)
    source = Source.from_text(PAGE, "page.txt", date(2024, 6, 1))
    report = empty_library.importing.run(source)
    assert report.listing_id is not None
    review = ImportReview(empty_library, jobs, report.listing_id)
    qtbot.addWidget(review)
    review.resize(1100, 700)
    review.show()
    review.activateWindow()
    review.setFocus()
    settle()
    yield review
    review.commit()
    finish(qtbot, jobs)


def titles(review: ImportReview) -> list[str]:
    return [review.model.index(row).data() for row in range(review.model.rowCount())]


def current(review: ImportReview) -> str:
    return str(review.list.currentIndex().data())


def test_doubtful_rows_stand_first(review: ImportReview) -> None:
    assert titles(review) == [
        "Marks in the Margin of Lists",
        "A Table for the Seeds of Runs",
        "Rules of Thumb for Short Lists",
    ]
    assert review.counts == "3 found: 3 added, 1 to look at · as of 1 Jun 2024"
    assert current(review) == "Marks in the Margin of Lists"
    review.doubtful_only.setChecked(True)
    assert titles(review) == ["Marks in the Margin of Lists"]


def test_keys_go_from_row_to_row(qtbot: QtBot, review: ImportReview, settle: Settle) -> None:
    qtbot.keyClick(review, Qt.Key.Key_Down, ALT)
    settle()
    assert current(review) == "A Table for the Seeds of Runs"
    assert review.row_view.title.toPlainText() == "A Table for the Seeds of Runs"
    qtbot.keyClick(review, Qt.Key.Key_Up, ALT)
    assert current(review) == "Marks in the Margin of Lists"


def test_looks_right(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library
) -> None:
    doubtful = empty_library.listings.rows(1)[0]
    assert doubtful.entry_id is not None
    assert empty_library.entries.get(doubtful.entry_id).attention
    qtbot.keyClick(review.list, Qt.Key.Key_Return)
    settle()
    assert empty_library.entries.get(doubtful.entry_id).attention == ()
    assert review.counts == "3 found: 3 added · as of 1 Jun 2024"
    assert titles(review)[0] == "Marks in the Margin of Lists"  # it stays where it was
    assert current(review) == "A Table for the Seeds of Runs"


def test_boundary_moved_by_keys(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library
) -> None:
    review.next_row()
    settle()
    line = review.row_view.boundary
    assert (line.title, line.byline) == ("A Table for the Seeds of Runs", "Hugo Martin, Kim Park")
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Right, CTRL)  # to “Martin”
    qtbot.keyClick(line, Qt.Key.Key_Left)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    entry = empty_library.entries.get(entry_of(empty_library, 1)).entry
    assert entry.title == "A Table for the Seeds of RunsHugo"
    assert entry.creators == (Creator(literal="Martin"), Creator(family="Park", given="Kim"))
    assert titles(review)[1] == "A Table for the Seeds of Runs"  # what the page says stays
    assert review.row_view.title.toPlainText() == "A Table for the Seeds of RunsHugo"


def test_boundary_dragged(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library
) -> None:
    review.next_row()
    settle()
    line = review.row_view.boundary
    start, goal = line.place_of(len("A Table for the Seeds of Runs")), line.place_of(20)
    qtbot.mousePress(line, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(line, QPoint((start.x() + goal.x()) // 2, start.y()))
    qtbot.mouseMove(line, goal)
    qtbot.mouseRelease(line, Qt.MouseButton.LeftButton, pos=goal)
    settle()
    title = empty_library.entries.get(entry_of(empty_library, 1)).entry.title
    assert title == "A Table for the Seed"


def test_escape_takes_a_moved_boundary_back(
    qtbot: QtBot, review: ImportReview, settle: Settle
) -> None:
    line = review.row_view.boundary
    before = line.boundary
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Left)
    assert line.boundary == before - 1
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.boundary == before
    with qtbot.waitSignal(review.closed):
        qtbot.keyClick(line, Qt.Key.Key_Escape)


def test_moved_boundary_is_kept_when_the_row_changes(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library
) -> None:
    line = review.row_view.boundary
    line.setFocus()
    for _ in range(len(" of Lists")):
        qtbot.keyClick(line, Qt.Key.Key_Left)
    review.next_row()
    settle()
    title = empty_library.entries.get(entry_of(empty_library, 0)).entry.title
    assert title == "Marks in the Margin"


def test_others_are_kept_with_a_new_boundary(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library
) -> None:
    line = review.row_view.boundary
    line.set_boundary(line.boundary - len(" of Lists"))
    line.kept.emit(line.boundary)
    settle()
    entry = empty_library.entries.get(entry_of(empty_library, 0)).entry
    assert entry.title == "Marks in the Margin"
    assert entry.creators_truncated is True


def test_runner_up_is_taken_by_its_number(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library, jobs: Jobs
) -> None:
    text = (
        "LGMay 1, 2021\nDropoutMay LeeKim Park, Jean Dupont et al.\n"
        + "Leaving out at random. " * 9
    )
    report = empty_library.importing.run(Source.from_text(text, "other.txt", date(2024, 6, 1)))
    assert report.listing_id is not None
    review.hide()
    other = ImportReview(empty_library, jobs, report.listing_id, review)
    other.show()
    settle()
    row = empty_library.listings.rows(report.listing_id)[0]
    assert [found.title for found in row.runners_up] == ["Dropout"]
    assert row.entry_id is not None
    qtbot.keyClick(other.list, Qt.Key.Key_2)
    settle()
    entry = empty_library.entries.get(row.entry_id).entry
    assert entry.title == "Dropout"
    assert entry.creators_truncated is True
    assert empty_library.listings.rows(report.listing_id)[0].reviewed


def test_title_and_date_are_edited(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library
) -> None:
    view = review.row_view
    view.title.setFocus()
    view.title.selectAll()
    qtbot.keyClicks(view.title, "Marks")
    qtbot.keyClick(view.title, Qt.Key.Key_Return)
    view.date.line.setFocus()
    qtbot.keyClicks(view.date.line, "2024-02")
    qtbot.keyClick(view.date.line, Qt.Key.Key_Return)
    settle()
    entry = empty_library.entries.get(entry_of(empty_library, 0)).entry
    assert (entry.title, entry.date) == ("Marks", "2024-02")


def test_undone_import(
    review: ImportReview, settle: Settle, jobs: Jobs, empty_library: Library
) -> None:
    jobs.write("Undo", empty_library.history.undo)
    settle()
    assert titles(review) == []


def test_passed_over_text_can_be_seen(review: ImportReview) -> None:
    review.passed_button.setChecked(True)
    assert review.passed_over == "   10  Load more"


def entry_of(library: Library, place: int) -> int:
    """The paper of a row, by its place on the page."""
    rows = sorted(library.listings.rows(1), key=lambda row: row.position)
    entry_id = rows[place].entry_id
    assert entry_id is not None
    return entry_id


LINES = {
    "glued": (
        "A Title HereAnn Berg, Kim Park et al.",
        12,
        ("A Title Here", (Creator(family="Berg", given="Ann"), Creator(family="Park", given="Kim")),
         True),
    ),
    "affiliations": (
        "A Title HereAnn Berg · mila",
        12,
        ("A Title Here", (Creator(family="Berg", given="Ann"),), False),
    ),
    "nobody": ("A Title", 7, ("A Title", (), False)),
}  # fmt: skip


@pytest.mark.parametrize(("line", "boundary", "expected"), LINES.values(), ids=LINES.keys())
def test_split_line(line: str, boundary: int, expected: tuple[object, ...]) -> None:
    assert split_line(line, boundary) == expected


def test_title_and_byline_on_lines_of_their_own_are_shown_as_one(empty_library: Library) -> None:
    text = """Ann Berg

LG
h-index3
2papers

2 Papers

LGMay 16, 2022
The Weight of First Impressions

Ada Lovelace, Grace Hopper

People who read lists remember what stood first. We count how much.

LGMay 17, 2022
Counting Sheep With Patience

Grace Hopper

A flock is counted three times by three people, who do not agree.
"""
    report = empty_library.importing.run(Source.from_text(text, "p.txt", date(2024, 6, 1)))
    assert report.listing_id is not None
    row = empty_library.listings.rows(report.listing_id)[0]
    glued = glued_line(row, row.title)
    assert glued is not None
    assert glued.text == "The Weight of First Impressions Ada Lovelace, Grace Hopper"
    assert glued.text[: glued.boundary] == "The Weight of First Impressions"
