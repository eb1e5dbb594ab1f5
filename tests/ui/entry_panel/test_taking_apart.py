"""A paper that was merged says so under its sources, and is taken apart there."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.ui.entry_panel.panel import EntryPanel
from refman.ui.jobs import Jobs
from tests.ui.waiting import finish

Show = Callable[..., None]


def test_a_merged_paper_is_taken_apart(
    qtbot: QtBot, panel: EntryPanel, show: Show, ids: list[int], empty_library: Library, jobs: Jobs
) -> None:
    empty_library.tags.add("mine", [ids[1]])
    key = empty_library.entries.get(ids[1]).entry.citation_key
    empty_library.duplicates.merge(ids)
    show(ids[0])
    card = panel.sources.parts[0]
    assert card.text.text() == f"Merged from {key}: A Second Paper"
    assert card.take_apart.accessibleName() == f"Take apart: {key}"
    qtbot.mouseClick(card.take_apart, Qt.MouseButton.LeftButton)
    finish(qtbot, jobs)
    back = empty_library.entries.find(key)
    assert back is not None
    assert [tag.name for tag in empty_library.entries.get(back).tags] == ["mine"]
    assert empty_library.entries.get(ids[0]).tags == ()
    assert empty_library.history.undo_label == "Take papers apart"
    qtbot.waitUntil(lambda: not jobs.busy and not panel.sources.parts[0].isVisible())
