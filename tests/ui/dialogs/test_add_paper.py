"""Adding a paper by hand, field by field and as BibTeX."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.model.creator import Creator
from refman.model.entry import Entry
from refman.ui.dialogs.add_paper import AddPaperDialog
from refman.ui.jobs import Jobs
from tests.ui.waiting import finish


@pytest.fixture
def jobs(qtbot: QtBot, empty_library: Library) -> Iterator[Jobs]:
    jobs = Jobs(empty_library)
    yield jobs
    qtbot.waitUntil(lambda: not jobs.busy)
    jobs.close()


@pytest.fixture
def dialog(qtbot: QtBot, empty_library: Library, jobs: Jobs) -> Iterator[AddPaperDialog]:
    dialog = AddPaperDialog(empty_library, jobs)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    finish(qtbot, jobs)


def problems(dialog: AddPaperDialog) -> list[str]:
    labels = dialog.findChildren(QLabel)
    return [text.text() for text in labels if text.property("kind") == "error" and text.isVisible()]


def test_add(qtbot: QtBot, dialog: AddPaperDialog, empty_library: Library) -> None:
    form = dialog.form
    form.kind.setCurrentIndex(form.kind.findData("inproceedings"))
    form.title.setText("  The   Weight of Lists ")
    form.creators.setText("Hado van Hasselt; Lee, Ann and UNESCO")
    form.truncated.setChecked(True)
    form.abstract.setPlainText("About lists.")
    for name, text in {
        "date": "May 2022",
        "venue": "Proceedings of Lists",
        "doi": "doi:10.1000/182",
        "eprint": "https://arxiv.org/abs/2205.07802v1",
        "isbn": "978-3-16-148410-0",
        "url": "https://example.org",
    }.items():
        form.lines[name].setText(text)
    with qtbot.waitSignal(dialog.added) as added:
        dialog.accept()
    assert added.args is not None
    assert empty_library.entries.get(added.args[0]).entry == Entry(
        entry_type="inproceedings",
        citation_key="vanhasselt2022weight",
        title="The Weight of Lists",
        creators=(
            Creator(family="Hasselt", given="Hado", non_dropping_particle="van"),
            Creator(family="Lee", given="Ann"),
            Creator(literal="UNESCO"),
        ),
        creators_truncated=True,
        date="2022-05",
        abstract="About lists.",
        fields={
            "booktitle": "Proceedings of Lists",
            "doi": "10.1000/182",
            "eprint": "2205.07802v1",
            "eprinttype": "arxiv",
            "isbn": "978-3-16-148410-0",
            "url": "https://example.org",
        },
    )


WRONG = {
    "nothing": ({}, "A paper needs a title, or at least an abstract."),
    "date": ({"date": "5/6/2022"}, "Write a date as 2022, 2022-05 or 2022-05-16."),
    "DOI": ({"doi": "x"}, "A DOI begins with “10.”, as in 10.1000/182."),
    "address": ({"url": "example"}, "An address begins with https:// and has no blanks."),
}


@pytest.mark.parametrize(("typed", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_is_told_and_stays(
    dialog: AddPaperDialog, empty_library: Library, typed: dict[str, str], sentence: str
) -> None:
    if typed:
        dialog.form.title.setText("A title")
    for name, text in typed.items():
        dialog.form.lines[name].setText(text)
    dialog.accept()
    assert problems(dialog) == [sentence, sentence]  # beside the field, and above the button
    assert dialog.isVisible()
    assert {name: dialog.form.lines[name].text() for name in typed} == typed
    assert list(empty_library.search.ids()) == []


def test_paste_bibtex(qtbot: QtBot, dialog: AddPaperDialog, empty_library: Library) -> None:
    dialog.paste_bibtex("@article{hopper1952, title={Compilers}, author={Hopper, Grace}}")
    with qtbot.waitSignal(dialog.imported) as imported:
        dialog.accept()
    assert imported.args is not None
    assert imported.args[0].added == 1
    assert [row.title for row in empty_library.search.rows(list(empty_library.search.ids()))] == [
        "Compilers"
    ]


def test_pasted_text_that_is_no_bibtex(
    qtbot: QtBot, dialog: AddPaperDialog, empty_library: Library, jobs: Jobs
) -> None:
    dialog.paste_bibtex("good morning")
    dialog.accept()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert len(problems(dialog)) == 1
    assert dialog.isVisible()
