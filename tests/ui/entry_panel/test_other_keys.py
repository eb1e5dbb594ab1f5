"""The keys by which a paper is also found: told below its key, and copied by a click."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.ui.entry_panel.panel import EntryPanel

Show = Callable[..., None]


def test_earlier_keys_stand_below_the_key(
    empty_library: Library, panel: EntryPanel, ids: list[int], show: Show
) -> None:
    keys = empty_library.citation_keys
    keys.give_out(ids)
    first = empty_library.entries.get(ids[0]).entry.citation_key
    keys.change({ids[0]: "middle"})
    keys.change({ids[0]: "third"})
    show(ids[0])
    row = panel.details.rows[0]
    assert row.also == (
        f'also found by: <a href="{first}">{first}</a>, <a href="middle">middle</a>'
    )
    show(ids[1])
    assert panel.details.rows[0].also == ""


def test_a_key_is_copied_by_the_keyboard(
    qtbot: QtBot, empty_library: Library, panel: EntryPanel, ids: list[int], show: Show
) -> None:
    empty_library.citation_keys.change({ids[0]: "middle"})
    empty_library.citation_keys.change({ids[0]: "third"})
    show(ids[0])
    said: list[str] = []
    panel.message.connect(said.append)
    row = panel.details.rows[0]
    row.line.setFocus()
    qtbot.keyClick(row.line, Qt.Key.Key_Tab)
    label = QApplication.focusWidget()
    assert label is row.last
    qtbot.keyClick(label, Qt.Key.Key_Tab)
    qtbot.keyClick(label, Qt.Key.Key_Return)
    assert QApplication.clipboard().text() == "lovelace2022marking"
    assert said == ["lovelace2022marking is on the clipboard"]


def test_a_change_of_the_key_is_told(
    qtbot: QtBot,
    panel: EntryPanel,
    ids: list[int],
    show: Show,
    settle: Callable[[], None],
    empty_library: Library,
) -> None:
    empty_library.citation_keys.change({ids[0]: "first"})
    show(ids[0])
    told: list[tuple[str, str]] = []
    panel.key_changed.connect(lambda old, new: told.append((old, new)))
    line = panel.details.rows[0].line
    line.setText("in use already?")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    assert told == []
    line.setText("better")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    assert told == [("first", "better")]
