"""Looking up and changing the keys of commands."""

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from refman.ui.dialogs.shortcuts import Binding, ShortcutsDialog
from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle

BINDINGS = [
    Binding("find", "Edit", "Find", "Ctrl+F", "Ctrl+F"),
    Binding("undo", "Edit", "Undo", "Ctrl+U", "Ctrl+Z"),
    Binding("trash", "Paper", "Move to trash", "Del", "Del", "table"),
    Binding("delete", "Window", "Delete collection", "Del", "Del", "sidebar"),
]


@pytest.fixture
def dialog(qtbot: QtBot) -> ShortcutsDialog:
    dialog = ShortcutsDialog(BINDINGS)
    qtbot.addWidget(dialog)
    return dialog


def choose(dialog: ShortcutsDialog, text: str) -> None:
    item = next(item for item in dialog.items() if item.text(0) == text)
    dialog.tree.setCurrentItem(item)


def test_only_what_differs_from_the_usual_is_kept(qtbot: QtBot, dialog: ShortcutsDialog) -> None:
    choose(dialog, "Find")
    dialog.edit.setKeySequence(QKeySequence("Ctrl+G"))
    dialog.edit.editingFinished.emit()
    choose(dialog, "Undo")
    dialog.usual.click()
    with qtbot.waitSignal(dialog.rebound) as told:
        dialog.buttons.accepted.emit()
    assert told.args == [{"find": "Ctrl+G"}]


def test_keys_that_two_commands_share_are_named(dialog: ShortcutsDialog) -> None:
    assert dialog.trouble == ""
    choose(dialog, "Find")
    dialog.edit.setKeySequence(QKeySequence("Del"))
    dialog.edit.editingFinished.emit()
    assert dialog.trouble == "Del is used by Find, Move to trash, Delete collection."


def test_the_window_takes_the_new_keys(qtbot: QtBot, window: MainWindow) -> None:
    window.trigger("shortcuts")
    dialog = window.findChild(ShortcutsDialog)
    assert dialog
    dialog.rebound.emit({"find": "Ctrl+G"})
    dialog.reject()
    settle(qtbot, window)
    assert window.commands["find"].shortcut() == QKeySequence("Ctrl+G")
    assert dict(window.settings.shortcuts) == {"find": "Ctrl+G"}
