"""Tags, collection and status for all papers of an import."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.ui.import_review.review import ImportReview
from refman.ui.jobs import Jobs
from tests.ui.import_review.conftest import Settle, entry_of


def test_all_papers_are_given_tags_a_collection_and_a_status(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library, jobs: Jobs
) -> None:
    bar = review.all_rows
    assert bar.text == "All 3 papers:"
    qtbot.keyClicks(bar.tags, "lists, to cite")
    with qtbot.waitSignal(review.message) as told:
        qtbot.keyClick(bar.tags, Qt.Key.Key_Return)
    assert told.args == ["All 3 papers have the tag “lists”, “to cite”."]
    qtbot.keyClicks(bar.collection, "Thesis/Lists")
    qtbot.keyClick(bar.collection, Qt.Key.Key_Return)
    bar.status.menu().actions()[1].trigger()
    settle()
    for place in range(3):
        details = empty_library.entries.get(entry_of(empty_library, place))
        assert [tag.name for tag in details.tags] == ["lists", "to cite"]
        assert [name for _id, name in details.collections] == ["Lists"]
        assert details.status == "to-read"
    for _step in range(3):  # one step each
        jobs.write("Undo", empty_library.history.undo)
    settle()
    details = empty_library.entries.get(entry_of(empty_library, 0))
    assert (details.tags, details.collections, details.status) == ((), (), "inbox")


def test_known_names_are_completed(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library
) -> None:
    empty_library.tags.add("reinforcement", [entry_of(empty_library, 0)])
    review.all_rows.tags.setFocus()
    settle()
    qtbot.keyClicks(review.all_rows.tags, "rein")
    completer = review.all_rows.tags.completer()
    assert completer.completionModel().rowCount() == 1
    popup = completer.popup()
    assert popup is not None
    popup.hide()


def test_without_papers_there_is_nothing_to_give(
    review: ImportReview, settle: Settle, empty_library: Library, jobs: Jobs
) -> None:
    jobs.write("Undo", empty_library.history.undo)
    settle()
    assert review.all_rows.isHidden()
