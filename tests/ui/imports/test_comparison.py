"""Comparing an import with an earlier one of the same page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from refman.formats.format import Header
from refman.library import Library, Source
from refman.library.pages import Change, ComparedRow, Listing, ListingComparison
from refman.ui.imports.comparison import ComparisonDialog, counts, in_short
from refman.ui.main_window import MainWindow
from tests.ui.conftest import DAY, settle
from tests.ui.imports.conftest import (
    FIRST,
    LISTS,
    RAIN,
    SECOND,
    SHEEP,
    choose,
    newest,
    page,
    press_toast,
    toast_texts,
)

Make = Callable[..., MainWindow]


def compared(qtbot: QtBot, window: MainWindow) -> ComparisonDialog:
    window.trigger("import-compare")
    settle(qtbot, window)
    (dialog,) = [d for d in window.findChildren(ComparisonDialog) if d.isVisible()]
    return dialog


@pytest.fixture
def window(qtbot: QtBot, open_window: Make, twice: Library) -> MainWindow:
    window = open_window(twice)
    choose(qtbot, window, newest(twice).id)
    return window


def test_three_lists(qtbot: QtBot, window: MainWindow) -> None:
    dialog = compared(qtbot, window)
    assert dialog.summary.text() == "1 new, 1 gone, 1 changed, 1 the same"
    tabs = [dialog.tabs.tabText(tab).replace("&", "") for tab in range(3)]
    assert tabs == ["New (1)", "Gone (1)", "Changed (1)"]
    assert [row[0] for row in dialog.new.texts()] == [RAIN[0]]
    assert [row[0] for row in dialog.gone.texts()] == [LISTS[0]]
    ((title, _names, changes),) = dialog.changed.texts()
    assert (title, changes) == (SHEEP[0], "score 71.5 → 88")


def test_a_row_leads_to_its_paper(qtbot: QtBot, window: MainWindow) -> None:
    dialog = compared(qtbot, window)
    dialog.tabs.setCurrentWidget(dialog.gone)
    dialog.gone.setFocus()
    qtbot.keyClick(dialog.gone, Qt.Key.Key_Return)
    settle(qtbot, window)
    row = window.library.search.rows([window.table.current_id() or 0])[0]
    assert row.title == LISTS[0]
    assert dialog.isVisible()


def test_another_earlier_one_is_chosen(
    qtbot: QtBot, open_window: Make, twice: Library, file: Path
) -> None:
    file.write_text(page((*SECOND[:2], FIRST[1])), encoding="utf-8")
    twice.importing.run(Source.from_path(file, DAY))
    window = open_window(twice)
    choose(qtbot, window, newest(twice).id)
    dialog = compared(qtbot, window)
    assert dialog.summary.text() == "1 new, 1 gone, 2 the same"
    assert dialog.earlier.count() == 2
    dialog.earlier.setFocus()
    qtbot.keyClick(dialog.earlier, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert dialog.summary.text() == "1 changed, 2 the same"


def test_nothing_changed(qtbot: QtBot, open_window: Make, imported: Library, file: Path) -> None:
    file.write_text(page(FIRST) + "\nNothing of a row stands here\n", encoding="utf-8")
    imported.importing.run(Source.from_path(file, DAY))
    window = open_window(imported)
    choose(qtbot, window, newest(imported).id)
    dialog = compared(qtbot, window)
    assert (dialog.nothing.isVisible(), dialog.nothing.heading) == (True, "Nothing changed")


def test_an_import_of_a_known_page_offers_it(
    qtbot: QtBot, open_window: Make, imported: Library, file: Path
) -> None:
    window = open_window(imported)
    file.write_text(page(SECOND), encoding="utf-8")
    window.open_files([file])
    settle(qtbot, window)
    toast = window.stage.toast
    assert toast
    assert toast_texts(window)[1][-1] == "Compare"
    assert toast.accessibleDescription() == "1 new, 1 gone, 1 changed score"
    toast.take_focus()
    for _button in toast.buttons[1:]:  # by the keyboard it is the last before Close
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is toast.buttons[-1]
    press_toast(qtbot, window, "Compare")
    (dialog,) = [d for d in window.findChildren(ComparisonDialog) if d.isVisible()]
    assert dialog.summary.text() == "1 new, 1 gone, 1 changed, 1 the same"


def test_the_first_import_of_a_page_offers_nothing(
    qtbot: QtBot, open_window: Make, empty_library: Library, file: Path
) -> None:
    window = open_window(empty_library)
    window.open_files([file])
    settle(qtbot, window)
    assert "Compare" not in toast_texts(window)[1]


def test_it_closes_with_its_import(qtbot: QtBot, window: MainWindow) -> None:
    compared(qtbot, window)
    window.trigger("undo")
    settle(qtbot, window)
    assert not any(d.isVisible() for d in window.findChildren(ComparisonDialog))


LISTING = Listing(1, "a", "profile", "", "2026-11-20T10:00:00Z", "2026-11-20", Header(), {}, 0)
NEW = ComparedRow("A", "B", 1)
SCORE = ComparedRow("A", "B", 1, (Change("score", "1", "2"),))
OTHER = ComparedRow("A", "B", 1, (Change("category", "LG", "AI"),))


@pytest.mark.parametrize(
    ("new", "gone", "changed", "short", "whole"),
    [
        ([NEW] * 12, [NEW] * 3, [SCORE] * 5,
         "12 new, 3 gone, 5 changed scores", "12 new, 3 gone, 5 changed, 2 the same"),
        ([], [], [SCORE], "1 changed score", "1 changed, 2 the same"),
        ([], [], [SCORE, OTHER],
         "1 changed score, 1 changed otherwise", "2 changed, 2 the same"),
        ([], [], [OTHER], "1 changed row", "1 changed, 2 the same"),
        ([], [], [], "", "2 the same"),
    ],
)  # fmt: skip
def test_in_words(
    new: list[ComparedRow],
    gone: list[ComparedRow],
    changed: list[ComparedRow],
    short: str,
    whole: str,
) -> None:
    comparison = ListingComparison(
        LISTING, LISTING, tuple(new), tuple(gone), tuple(changed), same=2
    )
    assert (in_short(comparison), counts(comparison)) == (short, whole)
