"""The list of all imports: what it shows, its filter, its order, and what it does."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from refman.library import Library, Scope, Source
from refman.ui.imports.all_imports import AllImportsDialog
from refman.ui.imports.comparison import ComparisonDialog
from refman.ui.imports.take_back import TakeBackDialog
from refman.ui.main_window import MainWindow
from tests.ui.conftest import DAY, SAMPLE, settle

Make = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(open_window: Make, twice: Library) -> MainWindow:
    twice.importing.run(Source.from_path(SAMPLE, DAY))
    return open_window(twice)


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> AllImportsDialog:
    window.trigger("imports")
    settle(qtbot, window)
    (dialog,) = window.findChildren(AllImportsDialog)
    return dialog


def names(dialog: AllImportsDialog) -> list[str]:
    return [row[1] for row in dialog.table.texts()]


def test_every_import_with_its_counts(dialog: AllImportsDialog) -> None:
    rows = [row[1:2] + row[3:8] for row in dialog.table.texts()]
    whole = rows[0][1]
    assert rows[1:] == [
        ["Ada Lovelace", "3", "1", "1", "1", "–"],
        ["Ada Lovelace", "3", "3", "–", "–", "–"],
    ]
    assert (rows[0][0], rows[0][2]) == ("Robin Marlowe", whole)


def test_imports_of_one_name_are_told_apart_by_their_files(
    qtbot: QtBot, open_window: Make, twice: Library, file: Path
) -> None:
    other = file.with_name("ada-again.txt")
    other.write_text(file.read_text(encoding="utf-8") + "\nMore\n", encoding="utf-8")
    twice.importing.run(Source.from_path(other, DAY))
    window = open_window(twice)
    window.trigger("imports")
    settle(qtbot, window)
    (dialog,) = window.findChildren(AllImportsDialog)
    assert names(dialog) == [
        "Ada Lovelace · ada-again.txt",
        "Ada Lovelace · ada.txt",
        "Ada Lovelace · ada.txt",
    ]


def test_the_filter_and_the_order(qtbot: QtBot, dialog: AllImportsDialog) -> None:
    qtbot.keyClicks(dialog.search, "lovel ada.txt")
    assert names(dialog) == ["Ada Lovelace", "Ada Lovelace"]
    dialog.search.clear()
    dialog.table.sort_by(4, Qt.SortOrder.AscendingOrder)
    assert [row[4] for row in dialog.table.texts()][:2] == ["1", "3"]
    dialog.table.sort_by(1, Qt.SortOrder.DescendingOrder)
    assert names(dialog)[0] == "Robin Marlowe"


def test_enter_shows_the_papers(qtbot: QtBot, window: MainWindow, dialog: AllImportsDialog) -> None:
    wanted = dialog.current
    assert wanted
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.pane.scope == Scope("listing", wanted.id)
    assert window.strip.isVisible()


def test_its_buttons_do_what_they_say(
    qtbot: QtBot, window: MainWindow, dialog: AllImportsDialog
) -> None:
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.mouseClick(dialog.buttons["compare"], LEFT)
    settle(qtbot, window)
    (comparison,) = window.findChildren(ComparisonDialog)
    comparison.close()
    qtbot.mouseClick(dialog.buttons["take-back"], LEFT)
    settle(qtbot, window)
    (asking,) = window.findChildren(TakeBackDialog)
    qtbot.mouseClick(asking.confirm, LEFT)
    settle(qtbot, window)
    assert [bool(row[11]) for row in dialog.table.texts()] == [False, True, False]
    assert dialog.table.current_id
    assert not dialog.buttons["take-back"].isEnabled()


def test_its_menu_has_everything(dialog: AllImportsDialog) -> None:
    texts = [action.text() for action in dialog.menu().actions()]
    assert texts == [
        "Show its papers",
        "Review rows …",
        "Compare with earlier …",
        "Run again",
        "Change the day …",
        "Show source text",
        "Show what was passed over",
        "Take back …",
    ]


def test_an_empty_library_says_so(
    qtbot: QtBot, open_window: Make, empty_library: Library, tmp_path: Path
) -> None:
    window = open_window(empty_library)
    window.trigger("imports")
    settle(qtbot, window)
    (dialog,) = window.findChildren(AllImportsDialog)
    assert (dialog.empty.isVisible(), dialog.table.isVisible()) == (True, False)
    assert not any(button.isEnabled() for button in dialog.buttons.values())
