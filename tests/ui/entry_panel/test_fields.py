"""Every field can be edited, and a value that cannot be is told and not lost."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.model.creator import Creator
from refman.ui.dialogs.creators import CreatorsDialog
from refman.ui.entry_panel.panel import EntryPanel
from refman.ui.widgets.field_row import FieldRow

Show = Callable[..., None]
Settle = Callable[[], None]


def row(panel: EntryPanel, name: str) -> FieldRow:
    return next(row for row in panel.details.rows if row.name == name and row.isVisible())


def type_into(qtbot: QtBot, panel: EntryPanel, name: str, text: str) -> FieldRow:
    field = row(panel, name)
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClick(field.line, Qt.Key.Key_Delete)
    qtbot.keyClicks(field.line, text)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    return field


FIELDS = {
    "date": ("date", "16 May 2022", "2022-05-16"),
    "journal": ("journaltitle", "Long  Reads", "Long Reads"),
    "DOI as an address": ("doi", "https://doi.org/10.1000/ABC", "10.1000/abc"),
    "arXiv id": ("eprint", "arXiv:2205.07802v2", "2205.07802v2"),
    "address": ("url", "https://example.org/a", "https://example.org/a"),
    "key": ("citation_key", "mykey2022", "mykey2022"),
    "cleared": ("journaltitle", "", ""),
}


@pytest.mark.parametrize(("name", "typed", "kept"), FIELDS.values(), ids=FIELDS.keys())
def test_edit(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Settle, empty_library: Library,
    ids: list[int], name: str, typed: str, kept: str,
) -> None:  # fmt: skip
    show(ids[0])
    type_into(qtbot, panel, name, typed)
    settle()
    entry = empty_library.entries.get(ids[0]).entry
    known = {"date": entry.date, "citation_key": entry.citation_key}
    assert known.get(name, entry.fields.get(name, "")) == kept
    assert row(panel, name).line.text() == kept


WRONG = {
    "date": ("date", "31/31/2022", "Write a date as 2022, 2022-05 or 2022-05-16."),
    "DOI": ("doi", "my doi", "A DOI begins with “10.”, as in 10.1000/182."),
    "address": ("url", "example org", "An address begins with https:// and has no blanks."),
}


@pytest.mark.parametrize(("name", "typed", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_wrong_value_is_told_and_not_lost(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Settle, empty_library: Library,
    ids: list[int], name: str, typed: str, sentence: str,
) -> None:  # fmt: skip
    before = empty_library.entries.get(ids[0]).entry
    show(ids[0])
    type_into(qtbot, panel, name, typed)
    settle()
    assert (row(panel, name).line.text(), row(panel, name).problem) == (typed, sentence)
    assert empty_library.entries.get(ids[0]).entry == before
    show(ids[1])
    assert row(panel, name).problem == ""
    show(ids[0])
    assert (row(panel, name).line.text(), row(panel, name).problem) == (typed, sentence)


def test_key_that_is_taken_is_told_where_it_was_typed(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Settle, empty_library: Library,
    ids: list[int],
) -> None:  # fmt: skip
    taken = empty_library.entries.get(ids[1]).entry.citation_key
    show(ids[0])
    field = type_into(qtbot, panel, "citation_key", taken)
    settle()
    assert field.line.text() == taken
    assert taken in field.problem


def test_any_field_can_be_added(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Settle, empty_library: Library,
    ids: list[int],
) -> None:  # fmt: skip
    show(ids[0])
    panel.details.add_field("Publisher")
    type_into(qtbot, panel, "publisher", "A Press")
    panel.details.add_field("x-mood")
    type_into(qtbot, panel, "x-mood", "calm")
    settle()
    fields = empty_library.entries.get(ids[0]).entry.fields
    assert fields == {
        "journaltitle": "Reading",
        "doi": "10.1000/182",
        "publisher": "A Press",
        "x-mood": "calm",
    }


def test_isbn_with_a_wrong_digit(
    qtbot: QtBot, panel: EntryPanel, show: Show, ids: list[int]
) -> None:
    show(ids[0])
    panel.details.add_field("isbn")
    field = type_into(qtbot, panel, "isbn", "978-3-16-148410-1")
    assert field.problem.startswith("This is no ISBN")
    assert type_into(qtbot, panel, "isbn", "978-3-16-148410-0").problem == ""


def test_title_is_edited_as_source(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Settle, empty_library: Library,
    ids: list[int],
) -> None:  # fmt: skip
    show(ids[0])
    title = panel.heading.title
    assert title.toPlainText() == "Marking L∞ Texts"
    panel.edit_title()
    assert title.toPlainText() == r"Marking $L_\infty$ Texts"
    title.selectAll()
    qtbot.keyClicks(title, "Another title")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    settle()
    assert empty_library.entries.get(ids[0]).entry.title == "Another title"
    panel.edit_title()
    qtbot.keyClicks(title, "oops ")
    qtbot.keyClick(title, Qt.Key.Key_Escape)
    settle()
    assert empty_library.entries.get(ids[0]).entry.title == "Another title"


def test_title_typed_when_the_selection_changes(
    qtbot: QtBot, panel: EntryPanel, show: Show, empty_library: Library, ids: list[int]
) -> None:
    show(ids[1])
    panel.edit_title()
    panel.heading.title.selectAll()
    qtbot.keyClicks(panel.heading.title, "Kept")
    show(ids[0])
    assert empty_library.entries.get(ids[1]).entry.title == "Kept"
    assert empty_library.entries.get(ids[0]).entry.title == r"Marking $L_\infty$ Texts"


def test_type(
    panel: EntryPanel, show: Show, settle: Settle, empty_library: Library, ids: list[int]
) -> None:
    show(ids[0])
    box = panel.details.kind
    box.setCurrentIndex(box.findData("inproceedings"))
    box.activated.emit(box.currentIndex())
    settle()
    assert empty_library.entries.get(ids[0]).entry.entry_type == "inproceedings"
    assert row(panel, "booktitle").line.text() == ""


def test_creators(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Settle, empty_library: Library,
    ids: list[int],
) -> None:  # fmt: skip
    show(ids[0])
    assert panel.heading.names.text() == "Ada Lovelace, UNESCO and others"
    panel.heading.names.activated.emit()
    dialog = panel.findChild(CreatorsDialog)
    assert dialog is not None
    dialog.add_names("Hado van Hasselt; Lee, Ann")
    dialog.move_current(-1)
    dialog.set_truncated(False)
    dialog.accept()
    settle()
    entry = empty_library.entries.get(ids[0]).entry
    assert entry.creators == (
        Creator(family="Lovelace", given="Ada"),
        Creator(literal="UNESCO"),
        Creator(family="Lee", given="Ann"),
        Creator(family="Hasselt", given="Hado", non_dropping_particle="van"),
    )
    assert entry.creators_truncated is False
