"""The duplicates in the window: from the sidebar and by commands, and after an import."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from refman.library import Library, Scope, Source
from refman.ui.doctor.view import DoctorView
from refman.ui.duplicates.view import DuplicatesView
from refman.ui.importing import Page
from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle
from tests.ui.duplicates.conftest import settled

Key, Modifier = Qt.Key, Qt.KeyboardModifier
Make = Callable[..., MainWindow]

COPY = """@article{copy, title={Nothing like Any of the Othrs}, author={Berg, Ann}, year={2022}}"""


@pytest.fixture
def window(make_window: Make, same_library: Library) -> MainWindow:
    return make_window(same_library)


@pytest.fixture
def shown(qtbot: QtBot, window: MainWindow) -> DuplicatesView:
    """The view, as Alt+F8 shows it."""
    qtbot.keyClick(window.table, Key.Key_F8, Modifier.AltModifier)
    return view_of(qtbot, window)


def view_of(qtbot: QtBot, window: MainWindow) -> DuplicatesView:
    view = window.stage.review
    assert isinstance(view, DuplicatesView)
    settled(qtbot, view)
    settle(qtbot, window)
    return view


def count(window: MainWindow) -> int | None:
    """What the sidebar says."""
    nodes = window.sidebar.nodes
    return nodes.node(nodes.find("duplicates")).count


def place(window: MainWindow) -> str:
    """Where the sidebar stands."""
    return window.sidebar.nodes.node(window.sidebar.currentIndex()).key


def press(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> DuplicatesView:
    view = view_of(qtbot, window)
    qtbot.keyClick(view.list, key, modifier)
    return view_of(qtbot, window)


def groups(view: DuplicatesView) -> int:
    return view.list.clusters.rowCount()


def test_from_the_sidebar_and_back(qtbot: QtBot, window: MainWindow) -> None:
    sidebar = window.sidebar
    sidebar.choose(Scope("attention"))
    sidebar.setFocus()
    qtbot.keyClick(sidebar, Key.Key_Down)
    view = view_of(qtbot, window)
    assert (place(window), groups(view), count(window)) == ("duplicates", 3, 3)
    assert sidebar.hasFocus()  # whoever walks through it goes on
    qtbot.keyClick(sidebar, Key.Key_Return)
    assert view.list.hasFocus()
    qtbot.keyClick(view.list, Key.Key_Escape)
    assert (window.stage.review, place(window)) == (None, "attention")
    sidebar.setFocus()
    qtbot.keyClick(sidebar, Key.Key_Down)
    qtbot.keyClick(sidebar, Key.Key_Down)
    assert (window.stage.review, place(window)) == (None, "trash")
    assert sidebar.hasFocus()


def test_the_sidebar_stands_where_the_stage_is(
    qtbot: QtBot, window: MainWindow, shown: DuplicatesView
) -> None:
    assert place(window) == "duplicates"
    assert shown.list.hasFocus()
    window.trigger("check")
    assert window.stage.review is window.stage.kept_view(DoctorView)
    assert place(window) == "all"
    window.trigger("duplicates")
    assert window.stage.kept_view(DuplicatesView) is shown  # the same as before
    assert window.stage.review is not None
    assert place(window) == "duplicates"
    window.trigger("check")
    assert len(window.findChildren(DoctorView)) == 1


def test_keys(qtbot: QtBot, window: MainWindow, shown: DuplicatesView) -> None:
    library = window.library
    press(qtbot, window, Key.Key_Down, Modifier.AltModifier)
    assert shown.list.currentIndex().row() == 1
    press(qtbot, window, Key.Key_Up, Modifier.AltModifier)
    assert shown.list.currentIndex().row() == 0
    press(qtbot, window, Key.Key_Return, Modifier.ControlModifier)
    assert (groups(shown), count(window)) == (2, 2)
    assert library.history.undo_label == "Merge 2 papers"
    press(qtbot, window, Key.Key_D, Modifier.ControlModifier)
    assert (groups(shown), count(window)) == (1, 1)
    assert library.history.undo_label == "Keep papers apart"
    press(qtbot, window, Key.Key_D, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert groups(shown) == 1
    assert shown.current
    assert len(shown.current.ids) == 2
    for _step in range(3):
        press(qtbot, window, Key.Key_Z, Modifier.ControlModifier)
    assert (groups(shown), count(window)) == (3, 3)


def test_keys_mean_nothing_elsewhere(window: MainWindow, shown: DuplicatesView) -> None:
    names = [name for name in window.commands if name.startswith("duplicates-")]
    assert len(names) == 8
    assert all(window.commands[name].isEnabled() for name in names)
    window.stage.close_review()
    assert not any(window.commands[name].isEnabled() for name in names)
    assert window.commands["duplicates"].isEnabled()


def test_merge_all_certain_asks_and_is_undone(
    qtbot: QtBot, window: MainWindow, shown: DuplicatesView
) -> None:
    qtbot.mouseClick(shown.head.merge_certain, Qt.MouseButton.LeftButton)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert box.text() == "Make one paper of the group that is certain?"
    go = next(b for b in box.findChildren(QPushButton) if b.text() == "Merge")
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    view_of(qtbot, window)
    assert (groups(shown), count(window)) == (2, 2)
    toast = window.stage.toast
    assert toast is not None
    assert toast.accessibleName() == "1 paper merged into 1."
    qtbot.mouseClick(toast.buttons[0], Qt.MouseButton.LeftButton)
    view_of(qtbot, window)
    assert (groups(shown), count(window)) == (3, 3)


def test_a_message_lies_above_the_view(qtbot: QtBot, window: MainWindow) -> None:
    window.stage.show_toast("Said before", [])
    window.trigger("duplicates")
    view = view_of(qtbot, window)
    layers = window.stage.children()
    assert window.stage.toast in layers[layers.index(view) :]


def test_a_paper_of_the_comparison_is_shown(
    qtbot: QtBot, window: MainWindow, shown: DuplicatesView
) -> None:
    choosing = shown.page.table.choosing
    assert choosing
    shown.page.table.paper_wanted.emit(1)
    settle(qtbot, window)
    assert window.stage.review is None
    assert list(window.table.selected_ids()) == [choosing.papers[1].id]


def test_after_an_import_what_came_is_looked_at(
    qtbot: QtBot, window: MainWindow, same_library: Library
) -> None:
    same_library.duplicates.scan()
    window.import_pages([Page("copy.bib", lambda: Source.from_text(COPY, "copy.bib"))])
    settle(qtbot, window)
    qtbot.waitUntil(lambda: same_library.duplicates.unscanned() == 0)
    settle(qtbot, window)
    assert same_library.history.undo_label == "Import copy.bib"
    first = window.stage.toast
    assert first is not None
    assert first.accessibleName().startswith("1 found")  # that is told first
    first.close_toast()
    qtbot.waitUntil(lambda: window.stage.toast not in (None, first))
    toast = window.stage.toast
    assert toast is not None
    assert toast.accessibleName() == "1 possible duplicate"
    assert count(window) == 4
    qtbot.mouseClick(toast.buttons[0], Qt.MouseButton.LeftButton)
    assert groups(view_of(qtbot, window)) == 4


def test_after_an_import_without_duplicates_nothing_is_said(
    qtbot: QtBot, window: MainWindow, same_library: Library
) -> None:
    same_library.duplicates.scan()
    text = "@misc{new, title={Quite Another Matter of Hats}, author={Doe, Jo}, year={1999}}"
    window.import_pages([Page("new.bib", lambda: Source.from_text(text, "new.bib"))])
    settle(qtbot, window)
    qtbot.waitUntil(lambda: same_library.duplicates.unscanned() == 0)
    settle(qtbot, window)
    toast = window.stage.toast
    assert toast is not None
    toast.close_toast()
    qtbot.wait(20)
    assert window.stage.toast is None
