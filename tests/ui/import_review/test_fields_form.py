"""Every field of a row can be edited, and counts as typed."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.model.creator import Creator
from refman.ui.dialogs.creators import CreatorsDialog
from refman.ui.import_review.review import ImportReview
from refman.ui.widgets.field_row import FieldRow
from tests.ui.import_review.conftest import Open, Settle, entry_of


def field(review: ImportReview, name: str) -> FieldRow:
    rows = review.row_view.form.details.rows
    return next(row for row in rows if row.name == name and not row.isHidden())


def type_in(qtbot: QtBot, row: FieldRow, text: str) -> None:
    row.line.setFocus()
    row.line.selectAll()
    qtbot.keyClicks(row.line, text)
    qtbot.keyClick(row.line, Qt.Key.Key_Return)


def test_fields_that_are_typed_stand_above_the_page(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library
) -> None:
    form = review.row_view.form
    type_in(qtbot, field(review, "journaltitle"), "Annals of Lists")
    type_in(qtbot, field(review, "doi"), "https://doi.org/10.1000/182")
    form.details.add_field("Volume")
    type_in(qtbot, field(review, "volume"), "7")
    form.abstract.setFocus()
    form.abstract.selectAll()
    qtbot.keyClicks(form.abstract, "Short.")
    qtbot.keyClick(form.abstract, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    form.details.kind.setCurrentIndex(form.details.kind.findData("article"))
    form.details.kind.activated.emit(form.details.kind.currentIndex())
    settle()
    details = empty_library.entries.get(entry_of(empty_library, 0))
    entry = details.entry
    assert (entry.entry_type, entry.abstract) == ("article", "Short.")
    assert {name: entry.fields[name] for name in ("journaltitle", "doi", "volume")} == {
        "journaltitle": "Annals of Lists",
        "doi": "10.1000/182",
        "volume": "7",
    }
    assert details.edited >= {"journaltitle", "doi", "volume", "abstract", "entry_type"}
    assert empty_library.listings.rows(1)[0].reviewed
    assert review.counts == "3 found: 3 added · as of 1 Jun 2024"


def test_a_wrong_value_is_told_where_it_stands(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library
) -> None:
    type_in(qtbot, field(review, "doi"), "nonsense")
    settle()
    assert field(review, "doi").problem == "A DOI begins with “10.”, as in 10.1000/182."
    assert "doi" not in empty_library.entries.get(entry_of(empty_library, 0)).entry.fields


def test_names_are_edited_one_by_one(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library
) -> None:
    names = review.row_view.form.names
    assert names.text() == "Ann Berg, Olga Petrova and others"
    names.setFocus()
    qtbot.keyClick(names, Qt.Key.Key_Return)
    dialog = review.window().findChild(CreatorsDialog)
    assert dialog is not None
    dialog.accept()
    settle()
    entry = empty_library.entries.get(entry_of(empty_library, 0)).entry
    assert entry.creators[0] == Creator(family="Berg", given="Ann")


def test_an_edit_is_kept_when_the_row_changes(
    qtbot: QtBot, review: ImportReview, settle: Settle, empty_library: Library
) -> None:
    title = review.row_view.form.title
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "Marks")
    review.next_row()
    settle()
    assert empty_library.entries.get(entry_of(empty_library, 0)).entry.title == "Marks"
    assert title.toPlainText() == "A Table for the Seeds of Runs"


def test_escape_leads_from_a_field_to_the_list(qtbot: QtBot, review: ImportReview) -> None:
    title = review.row_view.form.title
    title.setFocus()
    qtbot.keyClicks(title, "x")
    qtbot.keyClick(title, Qt.Key.Key_Escape)
    assert review.list.hasFocus()
    assert title.toPlainText() == "Marks in the Margin of Lists"


def test_a_type_in_the_source_leads_to_the_type(
    qtbot: QtBot, open_review: Open, settle: Settle
) -> None:
    review = open_review("@article{k1, title = {On Sheep}, author = {Berg, Ann}, year = 2020}\n")
    form = review.row_view.form
    assert form.focus_part("type", "article")
    assert form.details.kind.hasFocus()
    assert form.part_of(form.details.kind) == "type"
