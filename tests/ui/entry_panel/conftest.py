"""A panel on a real library with two papers typed in by hand."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.model.creator import Creator
from refman.model.entry import Entry
from refman.ui import theme
from refman.ui.entry_panel.panel import RESTS, EntryPanel
from refman.ui.jobs import Jobs
from tests.ui.waiting import finish

ABSTRACT = (
    r"We mark texts in an \emph{online} manner and find that a mark with a comment is "
    r"$3\times$ as often found again. G\"odel would agree."
)


@pytest.fixture
def ids(empty_library: Library) -> list[int]:
    """Two papers: one with an abstract full of TeX, and one with hardly anything."""
    made: list[int] = []
    for entry in (
        Entry(
            entry_type="article",
            title=r"Marking $L_\infty$ Texts",
            creators=(Creator(family="Lovelace", given="Ada"), Creator(literal="UNESCO")),
            creators_truncated=True,
            date="2022-05",
            abstract=ABSTRACT,
            fields={"journaltitle": "Reading", "doi": "10.1000/182"},
        ),
        Entry(title="A Second Paper"),
    ):
        made.extend(empty_library.entries.add(entry).entries)
    return made


@pytest.fixture
def jobs(qtbot: QtBot, empty_library: Library) -> Iterator[Jobs]:
    jobs = Jobs(empty_library)
    yield jobs
    qtbot.waitUntil(lambda: not jobs.busy)
    jobs.close()


@pytest.fixture
def panel(qtbot: QtBot, empty_library: Library, jobs: Jobs) -> Iterator[EntryPanel]:
    theme.theme().follow("light", 1.0)
    panel = EntryPanel(empty_library, jobs)
    jobs.library_changed.connect(panel.refresh)
    qtbot.addWidget(panel)
    panel.resize(420, 800)
    panel.show()
    panel.activateWindow()
    yield panel
    panel.commit()
    finish(qtbot, jobs)


@pytest.fixture
def settle(qtbot: QtBot, jobs: Jobs, panel: EntryPanel) -> Callable[[], None]:
    """Waits until everything is written, read and shown."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not jobs.busy)
        qtbot.wait(RESTS + 20)
        qtbot.waitUntil(lambda: not jobs.busy and not panel.is_waiting)

    return wait


@pytest.fixture
def show(panel: EntryPanel, settle: Callable[[], None]) -> Callable[..., None]:
    """Shows papers and waits for them."""

    def show_entries(*wanted: int) -> None:
        panel.show_entries(list(wanted))
        settle()

    return show_entries
