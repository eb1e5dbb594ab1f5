"""What is asked before an import, and the day of a page afterwards."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QDate, QMimeData
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from refman.library import ImportOptions, Library
from refman.ui.dialogs.as_of import AsOfDialog
from refman.ui.dialogs.import_options import CLIPBOARD, FILES, ImportOptionsDialog
from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle

PAGE = """LGJun 2
Counting Sheep With Patience
Grace Hopper
A flock is counted three times by three people, who do not agree, and we explain why that is.
"""


@pytest.fixture
def dialog(qtbot: QtBot) -> ImportOptionsDialog:
    dialog = ImportOptionsDialog(
        ImportOptions(tags=("old",), collection="Thesis", status="read"),
        [("bibtex", "BibTeX")],
        [("inbox", "Inbox"), ("read", "Read")],
        ["old"],
        ["Thesis"],
    )
    qtbot.addWidget(dialog)
    return dialog


def test_it_begins_with_the_usual_options(qtbot: QtBot, dialog: ImportOptionsDialog) -> None:
    with qtbot.waitSignal(dialog.chosen) as told:
        dialog.files.click()
    options = ImportOptions(None, ("old",), "Thesis", "read")
    assert told.args == [FILES, options, None, False]


def test_everything_can_be_said(qtbot: QtBot, dialog: ImportOptionsDialog) -> None:
    dialog.tags.setText("rl, , to cite,rl")
    dialog.collection.setText("  ")
    dialog.status.setCurrentIndex(0)
    dialog.format.setCurrentIndex(1)
    dialog.day_known.setChecked(True)
    dialog.day.setDate(QDate(2026, 3, 1))
    dialog.keep.setChecked(True)
    with qtbot.waitSignal(dialog.chosen) as told:
        dialog.paste.click()
    options = ImportOptions("bibtex", ("rl", "to cite"), None, None)
    assert told.args == [CLIPBOARD, options, date(2026, 3, 1), True]


def test_a_page_is_pasted_with_its_day_which_is_then_changed(
    qtbot: QtBot, make_window: Callable[[Library], MainWindow], empty_library: Library
) -> None:
    window = make_window(empty_library)
    data = QMimeData()
    data.setText(PAGE)
    QGuiApplication.clipboard().setMimeData(data)
    window.trigger("import-options")
    options = window.findChild(ImportOptionsDialog)
    assert options
    options.tags.setText("sheep")
    options.day_known.setChecked(True)
    options.day.setDate(QDate(2020, 7, 1))
    options.keep.setChecked(True)
    options.paste.click()
    settle(qtbot, window)
    (paper,) = empty_library.search.ids("tag:sheep")
    assert empty_library.entries.get(paper).entry.date == "2020-06-02"
    assert window.settings.importing.tags == ("sheep",)
    assert window.stage.toast
    next(b for b in window.stage.toast.buttons if b.text() == "Date …").click()
    day = window.findChild(AsOfDialog)
    assert day
    day.day.setDate(QDate(2020, 5, 1))
    day.accepted_button.click()
    settle(qtbot, window)
    assert empty_library.entries.get(paper).entry.date == "2019-06-02"
