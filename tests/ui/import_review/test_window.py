"""The review within the window: its commands and their keys, and messages beside it."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from refman.library import Library, Source
from refman.ui.actions.review import IN_LIST, VERBS
from refman.ui.dialogs.shortcuts import ShortcutsDialog
from refman.ui.import_review.review import ImportReview
from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle
from tests.ui.import_review.conftest import PAGE, current, titles

Make = Callable[..., MainWindow]
Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def window(make_window: Make, empty_library: Library) -> MainWindow:
    empty_library.importing.run(Source.from_text(PAGE, "page.txt", date(2024, 6, 1)))
    return make_window(empty_library)


@pytest.fixture
def review(qtbot: QtBot, window: MainWindow) -> ImportReview:
    window.stage.show_review(1)
    settle(qtbot, window)
    shown = window.stage.review
    assert isinstance(shown, ImportReview)
    return shown


def test_commands_are_there_while_the_review_shows(
    window: MainWindow, review: ImportReview
) -> None:
    assert all(window.commands[name].isEnabled() for name in VERBS)
    window.stage.close_review()
    assert not any(window.commands[name].isEnabled() for name in VERBS)


def test_every_command_of_the_review_is_listed_with_its_verb(window: MainWindow) -> None:
    assert {name for name in window.commands if name.startswith("review-")} == set(VERBS)


def test_keys_of_the_list_count_in_the_list_alone(
    qtbot: QtBot, window: MainWindow, review: ImportReview
) -> None:
    title = review.row_view.form.title
    title.setFocus()
    qtbot.keyClick(title, Key.Key_End, Modifier.ControlModifier)
    for key in (Key.Key_1, Key.Key_Delete):
        qtbot.keyClick(title, key)
    assert title.toPlainText() == "Marks in the Margin of Lists1"
    qtbot.keyClick(title, Key.Key_Escape)
    assert set(review.list.actions()) == {window.commands[name] for name in IN_LIST}
    review.list.setFocus()
    qtbot.keyClick(review.list, Key.Key_Delete)
    settle(qtbot, window)
    assert review.counts.startswith("3 found: 2 added, 1 left out")


def test_other_keys_can_be_given(qtbot: QtBot, window: MainWindow, review: ImportReview) -> None:
    window.trigger("shortcuts")
    dialog = window.findChild(ShortcutsDialog)
    assert dialog
    dialog.rebound.emit({"review-leave-out": "F7", "review-next": "F6"})
    dialog.reject()
    with qtbot.waitActive(window):
        window.activateWindow()
    tips = (review.buttons.leave_out.toolTip(), review.buttons.next.toolTip())
    assert tips == (
        "These rows are no papers for this library, also when the page comes again (F7)",
        "The next row (F6)",
    )
    review.list.setFocus()
    qtbot.keyClick(review.list, Key.Key_F6)
    assert current(review) == "A Table for the Seeds of Runs"
    qtbot.keyClick(review.list, Key.Key_Delete)
    settle(qtbot, window)
    assert review.counts.startswith("3 found: 3 added")
    qtbot.keyClick(review.list, Key.Key_F7)
    settle(qtbot, window)
    assert review.counts.startswith("3 found: 2 added, 1 left out")


def test_an_accepted_row_says_so_at_once(review: ImportReview) -> None:
    spoken = Qt.ItemDataRole.AccessibleTextRole
    review.accept()
    assert review.model.index(0).data(spoken).split(". ")[2] == "looked at"


def test_a_kind_of_rows_is_shown_first(qtbot: QtBot, window: MainWindow) -> None:
    window.stage.show_review(1, "doubtful")
    settle(qtbot, window)
    shown = window.stage.review
    assert isinstance(shown, ImportReview)
    assert (shown.filters.kind, titles(shown)) == ("doubtful", ["Marks in the Margin of Lists"])


def test_a_message_leaves_the_buttons_free(
    qtbot: QtBot, window: MainWindow, review: ImportReview
) -> None:
    window.stage.show_toast("Said", [("Undo", lambda: None)])
    toast = window.stage.toast
    assert toast

    def covered() -> list[str]:
        return [
            button.text()
            for foot in review.feet
            for button in foot.findChildren(QPushButton)
            if button.isVisible()
            and toast.geometry().intersects(
                button.rect().translated(button.mapTo(window.stage, button.rect().topLeft()))
            )
        ]

    assert covered() == []
    window.resize(760, 620)  # the buttons take more lines
    qtbot.wait(0)
    assert covered() == []
    above = toast.geometry().bottom()
    window.stage.close_review()
    assert toast.geometry().bottom() > above
