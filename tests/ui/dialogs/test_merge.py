"""Making one paper of several, with a choice for each field."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.model.creator import Creator
from refman.model.entry import Entry
from refman.ui.dialogs.merge import MergeDialog
from refman.ui.jobs import Jobs
from refman.ui.widgets.comparison.model import TAKEN
from tests.ui.waiting import finish

ANN, KIM = Creator(family="Berg", given="Ann"), Creator(family="Park", given="Kim")


@pytest.fixture
def jobs(qtbot: QtBot, empty_library: Library) -> Iterator[Jobs]:
    jobs = Jobs(empty_library)
    yield jobs
    qtbot.waitUntil(lambda: not jobs.busy)
    jobs.close()


@pytest.fixture
def ids(empty_library: Library) -> list[int]:
    made: list[int] = []
    for entry in (
        Entry(title="On Lists", creators=(ANN,), date="2022", fields={"doi": "10.1000/1"}),
        Entry(title="On Long Lists", creators=(ANN, KIM), date="2022-05"),
    ):
        made.extend(empty_library.entries.add(entry).entries)
    empty_library.tags.add("old", [made[1]])
    return made


@pytest.fixture
def dialog(
    qtbot: QtBot, empty_library: Library, jobs: Jobs, ids: list[int]
) -> Iterator[MergeDialog]:
    dialog = MergeDialog(empty_library, jobs, ids)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not jobs.busy)
    yield dialog
    finish(qtbot, jobs)


def cells(dialog: MergeDialog) -> dict[str, list[str]]:
    """What the table shows, by the names of its rows; a `✓` where a value is taken."""
    model = dialog.table.model
    return {
        str(model.headerData(row, Qt.Orientation.Vertical)): [
            ("✓ " if model.index(row, column).data(TAKEN) else "")
            + (str(model.index(row, column).data()) or "–")
            for column in range(model.columnCount())
        ]
        for row in range(2, model.rowCount())
    }


def click(qtbot: QtBot, dialog: MergeDialog, row: int, column: int) -> None:
    values = dialog.table.view
    place = values.visualRect(dialog.table.model.index(row, column)).center()
    qtbot.mouseClick(values.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_differences_and_outcome(dialog: MergeDialog) -> None:
    assert cells(dialog) == {
        "≠ Title": ["✓ On Lists", "On Long Lists", "On Lists"],
        "≠ Authors": ["✓ Ann Berg", "Ann Berg, Kim Park", "Ann Berg"],
        "≠ Date": ["✓ 2022", "2022-05", "2022"],
        "≠ DOI": ["✓ 10.1000/1", "–", "10.1000/1"],
    }


def test_merge_with_choices(
    qtbot: QtBot, dialog: MergeDialog, jobs: Jobs, empty_library: Library, ids: list[int]
) -> None:
    click(qtbot, dialog, 0, 1)  # the second one's key stays
    qtbot.waitUntil(lambda: not jobs.busy)
    click(qtbot, dialog, 2, 0)  # the first one's title
    dialog.accept()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert list(empty_library.search.ids()) == [ids[1]]
    details = empty_library.entries.get(ids[1])
    assert details.entry == Entry(
        citation_key="berg2022long",
        title="On Lists",
        creators=(ANN, KIM),
        date="2022-05",
        fields={"doi": "10.1000/1"},
        keywords=("old",),
    )
    empty_library.history.undo()
    assert sorted(empty_library.search.ids()) == sorted(ids)


def test_choice_by_keyboard(qtbot: QtBot, dialog: MergeDialog) -> None:
    values = dialog.table.view
    values.setFocus()
    values.setCurrentIndex(dialog.table.model.index(4, 1))
    qtbot.keyClick(values, Qt.Key.Key_Space)
    assert cells(dialog)["≠ Date"] == ["2022", "✓ 2022-05", "2022-05"]


def test_not_the_same_paper(
    qtbot: QtBot, dialog: MergeDialog, jobs: Jobs, empty_library: Library, ids: list[int]
) -> None:
    dialog.keep_apart()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert sorted(empty_library.search.ids()) == sorted(ids)
    assert empty_library.history.undo_label == "Keep two papers apart"
