"""An import is taken back in the window, also after later work, and the taking back undone."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.library.pages import Kept, TakeBack
from refman.ui.imports.take_back import TakeBackDialog, sentence
from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle
from tests.ui.imports.conftest import LISTS, SHEEP, TEA, choose, newest, press_toast, toast_texts

Make = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton


def ask(qtbot: QtBot, window: MainWindow) -> TakeBackDialog:
    window.trigger("import-take-back")
    settle(qtbot, window)
    (dialog,) = [d for d in window.findChildren(TakeBackDialog) if d.isVisible()]
    return dialog


def all_titles(library: Library) -> list[str]:
    return sorted(row.title for row in library.search.rows(library.search.ids()))


@pytest.fixture
def window(qtbot: QtBot, open_window: Make, imported: Library) -> MainWindow:
    """A page is in, and one of its papers was edited since."""
    (tea,) = imported.search.ids("tea")
    imported.entries.edit(tea, {"title": "On the Price of Coffee"})
    window = open_window(imported)
    choose(qtbot, window, newest(imported).id)
    return window


def test_it_says_beforehand_what_goes_and_what_stays(qtbot: QtBot, window: MainWindow) -> None:
    dialog = ask(qtbot, window)
    assert dialog.sentence.text() == "2 papers go, 1 stays because you changed it since:"
    assert dialog.kept.count() == 1
    title, reasons = dialog.kept.item(0).text().split("\n")
    assert title == "On the Price of Coffee"
    assert reasons
    before = all_titles(window.library)
    dialog.reject()
    settle(qtbot, window)
    assert all_titles(window.library) == before


def test_it_is_taken_back_and_that_is_undone(qtbot: QtBot, window: MainWindow) -> None:
    before = all_titles(window.library)
    qtbot.mouseClick(ask(qtbot, window).confirm, LEFT)
    settle(qtbot, window)
    assert all_titles(window.library) == ["On the Price of Coffee"]
    (listing,) = window.library.listings.list()
    assert listing.taken_back
    node = window.sidebar.current_node()
    assert node
    assert (node.dim, node.note.startswith("taken back")) == (True, True)
    assert not window.strip.buttons["take-back"].isVisible()
    said, buttons = toast_texts(window)
    assert said
    assert buttons == ["Undo"]
    press_toast(qtbot, window, "Undo")
    assert all_titles(window.library) == before
    assert window.strip.buttons["take-back"].isVisible()


def test_what_was_taken_back_comes_back_when_it_is_run_again(
    qtbot: QtBot, open_window: Make, imported: Library
) -> None:
    window = open_window(imported)
    choose(qtbot, window, newest(imported).id)
    qtbot.mouseClick(ask(qtbot, window).confirm, LEFT)
    settle(qtbot, window)
    assert all_titles(imported) == []
    window.trigger("import-again")
    settle(qtbot, window)
    assert all_titles(imported) == sorted([SHEEP[0], LISTS[0], TEA[0]])
    press_toast(qtbot, window, "Undo")
    assert all_titles(imported) == []


def test_the_page_is_imported_again_afterwards(
    qtbot: QtBot, open_window: Make, imported: Library, file: Path
) -> None:
    window = open_window(imported)
    choose(qtbot, window, newest(imported).id)
    qtbot.mouseClick(ask(qtbot, window).confirm, LEFT)
    settle(qtbot, window)
    window.open_files([file])
    settle(qtbot, window)
    assert toast_texts(window)[0].startswith("3 found: 3 added")
    assert len(all_titles(imported)) == 3


KEPT = Kept(1, "A", ("the title was edited",))


@pytest.mark.parametrize(
    ("preview", "counts", "said"),
    [
        (TakeBack(43, 7, (KEPT, KEPT)), {"added": 45, "merged": 7},
         "43 papers go, 7 papers stay without this page, 2 stay because you changed them since:"),
        (TakeBack(1, 1, (KEPT,)), {"added": 2, "merged": 1},
         "1 paper goes, 1 paper stays without this page, 1 stays because you changed it since:"),
        (TakeBack(0, 1, ()), {"merged": 1, "unchanged": 1}, "1 paper stays without this page."),
        (TakeBack(0, 0, (KEPT,)), {"added": 1}, "1 paper stays because you changed it since:"),
        (TakeBack(0, 0, (KEPT, KEPT)), {"added": 2},
         "2 papers stay because you changed them since:"),
        (TakeBack(0, 0, ()), {"added": 2}, "None of its papers is in the library any more."),
        (TakeBack(2, 0, ()), {"added": 2, "unchanged": 1048},
         "1,048 of its 1,050 rows were unchanged: other imports have them, too. 2 papers go."),
        (TakeBack(0, 0, ()), {"unchanged": 50},
         "All its 50 rows were unchanged: other imports have them, too. No paper goes."),
        (TakeBack(0, 0, ()), {"unchanged": 1},
         "Its row was unchanged: another import has it, too. No paper goes."),
    ],
    ids=["all", "one each", "one row", "one kept", "two kept", "gone before", "most unchanged",
         "all unchanged", "the row unchanged"],
)  # fmt: skip
def test_in_words(imported: Library, preview: TakeBack, counts: dict[str, int], said: str) -> None:
    assert sentence(preview, replace(newest(imported), counts=counts)) == said
