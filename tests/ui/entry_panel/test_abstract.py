"""Reading the abstract and marking it, with the mouse's selection and with the keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.ui.entry_panel.panel import EntryPanel
from refman.ui.jobs import Jobs
from tests.ui.entry_panel.conftest import ABSTRACT

Show = Callable[..., None]
Key = Qt.Key


def select(panel: EntryPanel, stored: str) -> None:
    """Select the passage whose stored text is `stored`."""
    start = ABSTRACT.index(stored)
    panel.abstract.view.setFocus()
    panel.abstract.view.select_passage(start, start + len(stored))


def marks(library: Library, entry_id: int) -> list[tuple[str, str, str]]:
    found = library.annotations.of(entry_id)
    return [(note.quote, note.colour, note.comment) for note in found if note.kind == "highlight"]


def test_tex_is_shown_as_text(panel: EntryPanel, show: Show, ids: list[int]) -> None:
    show(ids[0])
    assert panel.abstract.view.toPlainText() == (
        "We mark texts in an online manner and find that a mark with a comment is 3× as often "
        "found again. Gödel would agree."
    )


PASSAGES = {
    "plain": ("find that a mark", Key.Key_1, "yellow"),
    "in emphasis": ("online", Key.Key_2, "green"),
    "across math": (r"is $3\times$ as", Key.Key_5, "purple"),
    "accent": (r"G\"odel", Key.Key_H, "yellow"),
}


@pytest.mark.parametrize(("stored", "key", "colour"), PASSAGES.values(), ids=PASSAGES.keys())
def test_highlight_by_key(
    qtbot: QtBot,
    panel: EntryPanel,
    show: Show,
    settle: Callable[[], None],
    empty_library: Library,
    ids: list[int],
    stored: str,
    key: Key,
    colour: str,
) -> None:
    show(ids[0])
    select(panel, stored)
    qtbot.keyClick(panel.abstract.view, key)
    settle()
    assert marks(empty_library, ids[0]) == [(stored, colour, "")]
    shown = panel.abstract.view.extraSelections()
    assert [selection.cursor.selectedText() for selection in shown] == [
        {r"is $3\times$ as": "is 3× as", r"G\"odel": "Gödel"}.get(stored, stored)
    ]
    empty_library.history.undo()
    assert marks(empty_library, ids[0]) == []


def test_selection_with_shift_and_arrows(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Callable[[], None],
    empty_library: Library, ids: list[int],
) -> None:  # fmt: skip
    show(ids[0])
    panel.read_abstract()
    for _ in range(7):
        qtbot.keyClick(panel.abstract.view, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(panel.abstract.bar.isVisible)
    qtbot.keyClick(panel.abstract.view, Key.Key_3)
    settle()
    assert marks(empty_library, ids[0]) == [("We mark", "blue", "")]
    assert panel.abstract.bar.isHidden()


def test_comment_on_a_new_highlight(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Callable[[], None],
    empty_library: Library, ids: list[int],
) -> None:  # fmt: skip
    show(ids[0])
    select(panel, "find that a mark")
    qtbot.keyClick(panel.abstract.view, Key.Key_C)
    comment = panel.abstract.bar.comment
    qtbot.keyClicks(comment, "why?")
    qtbot.keyClick(comment, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert marks(empty_library, ids[0]) == [("find that a mark", "yellow", "why?")]


def test_comment_is_kept_when_the_paper_changes(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Callable[[], None],
    empty_library: Library, ids: list[int],
) -> None:  # fmt: skip
    show(ids[0])
    select(panel, "find that a mark")
    qtbot.keyClick(panel.abstract.view, Key.Key_C)
    qtbot.keyClicks(panel.abstract.bar.comment, "half a thou")
    show(ids[1])
    assert marks(empty_library, ids[0]) == [("find that a mark", "yellow", "half a thou")]
    assert marks(empty_library, ids[1]) == []


def test_change_colour_and_delete(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Callable[[], None],
    empty_library: Library, ids: list[int],
) -> None:  # fmt: skip
    start = ABSTRACT.index("find")
    empty_library.annotations.highlight(ids[0], start, start + 4, comment="keep me")
    show(ids[0])
    view = panel.abstract.view
    select(panel, "find")
    view.clear_selection()
    qtbot.keyClick(view, Key.Key_4)
    settle()
    assert marks(empty_library, ids[0]) == [("find", "pink", "keep me")]
    qtbot.keyClick(view, Key.Key_Return)
    assert panel.abstract.bar.isVisible()
    assert panel.abstract.bar.comment.toPlainText() == "keep me"
    panel.abstract.bar.comment.clear()
    qtbot.keyClick(panel.abstract.bar, Key.Key_Escape)  # an emptied comment is kept, too
    settle()
    assert marks(empty_library, ids[0]) == [("find", "pink", "")]
    assert view.hasFocus()
    qtbot.keyClick(view, Key.Key_Delete)
    settle()
    assert marks(empty_library, ids[0]) == []


def test_orphans_are_listed(
    panel: EntryPanel, show: Show, empty_library: Library, ids: list[int]
) -> None:
    start = ABSTRACT.index("find that")
    empty_library.annotations.highlight(ids[0], start, start + 9)
    empty_library.entries.edit(ids[0], {"abstract": "Another text altogether."})
    show(ids[0])
    assert panel.abstract.view.extraSelections() == []
    cards = [card for card in panel.abstract.cards if card.isVisible()]
    assert [card.accessibleName() for card in cards] == ["Yellow highlight: find that. "]


def test_copying_gives_readable_text(
    panel: EntryPanel, show: Show, empty_library: Library, ids: list[int], jobs: Jobs
) -> None:
    empty_library.entries.edit(ids[0], {"abstract": r"the norm $L_\infty$ of $x^*$"})
    show(ids[0])
    panel.abstract.view.selectAll()
    panel.abstract.view.copy()
    assert QGuiApplication.clipboard().text() == "the norm L_∞ of x^*"


def test_editing_the_text(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Callable[[], None],
    empty_library: Library, ids: list[int],
) -> None:  # fmt: skip
    show(ids[1])
    panel.abstract.edit_text()
    qtbot.keyClicks(panel.abstract.editor, "Now there is one.")
    qtbot.keyClick(panel.abstract.editor, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert empty_library.entries.get(ids[1]).entry.abstract == "Now there is one."
    assert panel.abstract.view.toPlainText() == "Now there is one."
    assert panel.abstract.editor.isHidden()
