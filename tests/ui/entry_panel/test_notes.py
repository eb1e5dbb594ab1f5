"""Notes in Markdown, which are kept whatever happens to the selection."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.ui.entry_panel.note_editor import NoteEditor
from refman.ui.entry_panel.panel import EntryPanel

Show = Callable[..., None]
Settle = Callable[[], None]


def notes(library: Library, entry_id: int) -> list[str]:
    return [note.comment for note in library.annotations.of(entry_id) if note.kind == "note"]


def editors(panel: EntryPanel) -> list[NoteEditor]:
    return [editor for editor in panel.notes.editors if editor.isVisible()]


def test_note_typed_then_selection_changed(
    qtbot: QtBot, panel: EntryPanel, show: Show, empty_library: Library, ids: list[int]
) -> None:
    show(ids[0])
    panel.write_note()
    qtbot.keyClicks(editors(panel)[0].source, "mid-sentence, and th")
    show(ids[1])
    assert notes(empty_library, ids[0]) == ["mid-sentence, and th"]
    assert notes(empty_library, ids[1]) == []
    assert editors(panel) == []
    show(ids[0])
    assert [editor.text for editor in editors(panel)] == ["mid-sentence, and th"]


def test_typing_goes_on_while_a_new_note_is_made(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Settle, empty_library: Library,
    ids: list[int],
) -> None:  # fmt: skip
    show(ids[0])
    panel.write_note()
    editor = editors(panel)[0]
    qtbot.keyClicks(editor.source, "one")
    panel.notes.commit()
    qtbot.keyClicks(editor.source, " two")
    panel.notes.commit()
    settle()
    assert notes(empty_library, ids[0]) == ["one two"]
    qtbot.keyClicks(editor.source, " three")
    qtbot.keyClick(editor.source, Qt.Key.Key_Escape)
    settle()
    assert notes(empty_library, ids[0]) == ["one two three"]
    assert not editor.editing


def test_one_undo_step_a_save(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Settle, empty_library: Library,
    ids: list[int],
) -> None:  # fmt: skip
    empty_library.annotations.add_note(ids[0], "first")
    show(ids[0])
    before = len(empty_library.history.steps())
    editors(panel)[0].edit()
    editors(panel)[0].source.selectAll()
    qtbot.keyClicks(editors(panel)[0].source, "second")
    qtbot.keyClick(editors(panel)[0].source, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert notes(empty_library, ids[0]) == ["second"]
    assert len(empty_library.history.steps()) == before + 1
    empty_library.history.undo()
    assert notes(empty_library, ids[0]) == ["first"]


def test_an_undone_note_that_is_typed_into_is_not_lost(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Settle, empty_library: Library,
    ids: list[int],
) -> None:  # fmt: skip
    empty_library.annotations.add_note(ids[0], "first")
    show(ids[0])
    editor = editors(panel)[0]
    editor.edit()
    qtbot.keyClicks(editor.source, "more ")
    empty_library.history.undo()
    panel.notes.commit()
    settle()
    assert notes(empty_library, ids[0]) == ["more first"]


def test_markdown_is_rendered(
    panel: EntryPanel, show: Show, empty_library: Library, ids: list[int]
) -> None:
    empty_library.annotations.add_note(ids[0], "# Why\n\n- **one**\n- <b>two</b>")
    show(ids[0])
    assert editors(panel)[0].rendered == "Why\none\n<b>two</b>"


def test_emptied_note_is_deleted(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Settle, empty_library: Library,
    ids: list[int],
) -> None:  # fmt: skip
    empty_library.annotations.add_note(ids[0], "first")
    show(ids[0])
    editors(panel)[0].edit()
    editors(panel)[0].source.clear()
    show(ids[1])
    assert notes(empty_library, ids[0]) == []
    empty_library.history.undo()
    assert notes(empty_library, ids[0]) == ["first"]


def test_nothing_typed_leaves_nothing(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Settle, empty_library: Library,
    ids: list[int],
) -> None:  # fmt: skip
    show(ids[0])
    panel.write_note()
    qtbot.keyClick(editors(panel)[0].source, Qt.Key.Key_Escape)
    settle()
    assert editors(panel) == []
    assert notes(empty_library, ids[0]) == []
