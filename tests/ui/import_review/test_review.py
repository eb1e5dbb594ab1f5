"""The review of an import: moving the boundary, settling rows, going about by keys."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from refman.library import Library, Source
from refman.model.creator import Creator
from refman.ui.import_review.pick_paper import PickPaperDialog
from refman.ui.import_review.reading import glued_line, split_line
from refman.ui.import_review.review import ImportReview
from refman.ui.jobs import Jobs
from tests.ui.import_review.conftest import Open, Settle, bind, current, entry_of, titles

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def test_doubtful_rows_stand_first(review: ImportReview) -> None:
    assert titles(review) == [
        "Marks in the Margin of Lists",
        "A Table for the Seeds of Runs",
        "Rules of Thumb for Short Lists",
    ]
    assert review.counts == "3 found: 3 added, 1 to look at · as of 1 Jun 2024"
    assert current(review) == "Marks in the Margin of Lists"
    review.filters.show_kind("doubtful")
    assert titles(review) == ["Marks in the Margin of Lists"]


def test_keys_go_from_row_to_row(qtbot: QtBot, review: ImportReview, settle: Settle) -> None:
    qtbot.keyClick(review, Qt.Key.Key_Down, ALT)
    settle()
    assert current(review) == "A Table for the Seeds of Runs"
    assert review.row_view.form.title.toPlainText() == "A Table for the Seeds of Runs"
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
    line = review.row_view.title_end.boundary
    assert (line.title, line.byline) == ("A Table for the Seeds of Runs", "Hugo Martin, Kim Park")
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Right, CTRL)  # to “Martin”
    qtbot.keyClick(line, Qt.Key.Key_Left)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    entry = empty_library.entries.get(entry_of(empty_library, 1)).entry
    assert entry.title == "A Table for the Seeds of RunsHugo"
    assert entry.creators == (Creator(literal="Martin"), Creator(family="Park", given="Kim"))
    assert titles(review)[1] == "A Table for the Seeds of RunsHugo"
    assert review.row_view.form.title.toPlainText() == "A Table for the Seeds of RunsHugo"


def test_boundary_dragged(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library
) -> None:
    review.next_row()
    settle()
    line = review.row_view.title_end.boundary
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
    line = review.row_view.title_end.boundary
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
    line = review.row_view.title_end.boundary
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
    line = review.row_view.title_end.boundary
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
    other = ImportReview(empty_library, jobs, report.listing_id)
    qtbot.addWidget(other)
    bind(other)
    other.show()
    other.activateWindow()
    other.setFocus()
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


UNSURE = "LGMay 1, 2021\nDropoutMay LeeKim Park, Jean Dupont et al.\n" + "Leaving out. " * 20
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def stretches_of(review: ImportReview) -> dict[str, str]:
    """The title and the names as the source text marks them."""
    page = review.row_view._page
    assert page
    text = page.row.raw_text
    return {
        mark.part: text[mark.start : mark.end]
        for mark in page.marks
        if mark.part in ("title", "creators")
    }


def test_a_row_that_was_set_right_shows_what_its_paper_has(
    qtbot: QtBot, open_review: Open, settle: Settle, empty_library: Library, jobs: Jobs
) -> None:
    review = open_review(UNSURE)
    before = review.model.index(0).data(SPOKEN)
    assert before.startswith("Added: DropoutMay Lee. Park, Dupont et al.")
    assert before.endswith("% sure that the title ends there")
    qtbot.keyClick(review.list, Qt.Key.Key_2)
    settle()
    assert review.model.index(0).data(SPOKEN) == "Added: Dropout. Park, Dupont et al. set right"
    assert review.row_view.outcome == "Added · line 1 · set right"
    assert review.row_view.reasons.startswith("Settled: ")
    assert stretches_of(review) == {"title": "Dropout", "creators": "May LeeKim Park, Jean Dupont"}
    assert review.model.index(0).data(Qt.ItemDataRole.ToolTipRole).splitlines()[:3] == [
        "Dropout",
        "Park, Dupont et al.",
        "set right",
    ]
    review.pick_paper()
    dialog = review.findChild(PickPaperDialog)
    assert dialog
    said = {label.text() for label in dialog.findChildren(QLabel)}
    assert "Which paper is “Dropout”?" in said
    dialog.reject()
    jobs.write("Undo", empty_library.history.undo)
    settle()
    assert review.model.index(0).data(SPOKEN) == before


def test_a_row_that_was_not_read_is_called_as_what_was_typed(
    open_review: Open, settle: Settle, empty_library: Library, jobs: Jobs
) -> None:
    review = open_review(BAD)
    failed = empty_library.listings.rows(1)[0]
    jobs.write("Set", lambda: empty_library.review.set(failed.id, {"title": "Typed"}))
    settle()
    assert review.model.index(0).data(SPOKEN) == "Added: Typed. typed by you"
    assert review.row_view.outcome == "Added · line 5 · typed by you"


def test_what_looks_right_is_sure(qtbot: QtBot, open_review: Open, settle: Settle) -> None:
    review = open_review(UNSURE)
    qtbot.keyClick(review.list, Qt.Key.Key_Return)
    settle()
    assert review.row_view.outcome == "Added · line 1 · looked at"
    assert review.model.index(0).data(SPOKEN).endswith(". looked at")


def test_title_and_date_are_edited(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library
) -> None:
    title = review.row_view.form.title
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "Marks")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    day = next(row for row in review.row_view.form.details.rows if row.name == "date")
    day.line.setFocus()
    qtbot.keyClicks(day.line, "2024-02")
    qtbot.keyClick(day.line, Qt.Key.Key_Return)
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
    review.head.passed_over.setChecked(True)
    assert review.passed_over == "   10  Load more"


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


def test_the_abstract_is_no_byline_where_no_names_were_read(empty_library: Library) -> None:
    text = """LGMay 16, 2022
Situating Methods in the Magic of Big Data and AIM. C. Elish, danah boyd
People who read lists remember what stood first. We count how much they forget.
"""
    report = empty_library.importing.run(Source.from_text(text, "p.txt", date(2024, 6, 1)))
    assert report.listing_id is not None
    row = empty_library.listings.rows(report.listing_id)[0]
    assert row.seen.entry.creators == ()
    glued = glued_line(row, row.title)
    assert glued is not None
    assert glued.text == "Situating Methods in the Magic of Big Data and AIM. C. Elish, danah boyd"


def test_an_import_that_is_gone_says_what_to_do(
    qtbot: QtBot, review: ImportReview, settle: Settle, jobs: Jobs, empty_library: Library
) -> None:
    jobs.write("Undo", empty_library.history.undo)
    settle()
    assert review.empty == "This import is not in the library any more"
    assert review.buttons.isHidden()
    jobs.write("Redo", empty_library.history.redo)
    settle()
    assert (len(titles(review)), review.empty) == (3, "")
    assert review.row_view.form.title.toPlainText() == current(review)


def test_nothing_in_doubt_leads_to_all_rows(
    qtbot: QtBot, open_review: Open, settle: Settle
) -> None:
    review = open_review("LGMay 5, 2023\nRules for ListsMaria Rossi\n" + "Lists grow fast. " * 9)
    review.filters.show_kind("doubtful")
    assert review.empty == "Nothing in doubt"
    button = next(b for b in review.findChildren(QPushButton) if b.text() == "Show all rows")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    assert titles(review) == ["Rules for Lists"]
    assert review.row_view.row is not None


BAD = "TY  - JOUR\nTI  - A Good One\nER  - \n\nTY  - JOUR\nKW  - nothing\nER  - \n"


def test_a_failed_row_says_what_to_do(
    qtbot: QtBot, open_review: Open, settle: Settle, empty_library: Library
) -> None:
    review = open_review(BAD)
    assert review.counts == "2 found: 1 added, 1 failed, 1 to look at · as of 1 Jun 2024"
    assert review.row_view.outcome == "Failed · line 5"
    assert review.row_view.reasons.splitlines() == [
        "This record has no title, no authors and no abstract.",
        "No paper was made of it: add it by hand, or mark it as looked at.",
    ]
    assert review.row_view.form.isHidden()
    assert review.buttons.accept.text() == "Looked at"
    with qtbot.waitSignal(review.new_paper_wanted):
        button = next(b for b in review.findChildren(QPushButton) if b.text() == "Add by hand …")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(review.list, Qt.Key.Key_Return)
    settle()
    assert review.counts == "2 found: 1 added, 1 failed · as of 1 Jun 2024"


def test_a_library_that_cannot_be_written_is_only_shown(
    qtbot: QtBot, review: ImportReview, empty_library: Library
) -> None:
    path = empty_library.path.with_name("copy.refman")
    empty_library.backup(path)
    path.chmod(0o444)
    library = Library.open(path, read_only=True)
    jobs = Jobs(library)
    shown = ImportReview(library, jobs, 1)
    bind(shown)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert len(titles(shown)) == 3
    offered = (shown.buttons.accept, shown.buttons.leave_out, shown.buttons.merge, shown.all_rows)
    assert all(part.isHidden() for part in offered)
    assert shown.row_view.form.title.isReadOnly()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Insert, Qt.Key.Key_2):
        qtbot.keyClick(shown.list, key)
    qtbot.waitUntil(lambda: not jobs.busy)
    jobs.close()
    library.close()


def test_every_control_has_a_name_and_a_tooltip(review: ImportReview) -> None:
    nameless = [
        type(part).__name__
        for kind in (QAbstractButton, QLineEdit, QComboBox)
        for part in review.findChildren(kind)
        if part.isVisible() and not (part.accessibleName() or part.property("text"))
    ]
    untold = [
        part.text()
        for part in review.findChildren(QAbstractButton)
        if part.isVisible() and not part.toolTip()
    ]
    assert (nameless, untold) == ([], [])


def test_it_fits_a_narrow_window(review: ImportReview, settle: Settle) -> None:
    review.resize(640, 600)
    review.next_row()
    settle()
    assert review.minimumSizeHint().width() <= 640
    page = review.row_view.widget()
    assert page is not None
    assert page.width() <= review.row_view.viewport().width()


def test_tab_goes_through_the_review(qtbot: QtBot, review: ImportReview) -> None:
    review.list.setFocus()
    seen = []
    for _step in range(60):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is review.list:
            break
        seen.append(focused)
    form = review.row_view.form
    wanted = [
        review.row_view.title_end.boundary, review.row_view.source.entries[0], form.title,
        form.names, form.details.kind, form.abstract, review.buttons.accept,
        review.all_rows.tags,
    ]  # fmt: skip
    assert [seen.index(part) for part in wanted] == sorted(seen.index(part) for part in wanted)


def test_help_is_asked_for_by_its_key(qtbot: QtBot, review: ImportReview) -> None:
    with qtbot.waitSignal(review.help_wanted):
        qtbot.keyClick(review.list, Qt.Key.Key_F1)
