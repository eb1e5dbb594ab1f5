"""A real library with papers in it, and the real window on it."""

import gc
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from refman import paths
from refman.library import Library, Source
from refman.settings import Settings
from refman.ui import rest, theme
from refman.ui.main_window import MainWindow

# What Qt warns of only because it draws on no screen.
_WITHOUT_SCREEN = ("This plugin does not support",)

DAY = date(2026, 11, 20)
SAMPLE = paths.resource("samples/reading-list.txt")


def pytest_configure(config: pytest.Config) -> None:
    for message in _WITHOUT_SCREEN:
        config.addinivalue_line("qt_log_ignore", message)


@pytest.fixture(autouse=True)
def _collected_between_tests(qapp: QApplication) -> Iterator[None]:
    """As in the program: no garbage is collected in a worker, or amidst Qt's own calls."""
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect(0)  # all that this test has made
    gc.enable()


@pytest.fixture
def empty_library(tmp_path: Path, home: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library.refman", create=True)
    yield library
    library.close()


@pytest.fixture
def library(empty_library: Library) -> Library:
    """The papers of the shipped sample, some of them tagged, collected and read."""
    empty_library.importing.run(Source.from_path(SAMPLE, DAY))
    ids = list(empty_library.search.ids(sort="title", descending=False))
    empty_library.tags.add("forget", ids[:3])
    empty_library.tags.set_colour("forget", "#e03131", 1)
    empty_library.collections.create("Thesis")
    empty_library.reading_list.set_status("to-read", ids[1:4])
    return empty_library


@pytest.fixture
def make_window(
    qtbot: QtBot, home: Path, empty_library: Library
) -> Iterator[Callable[[Library], MainWindow]]:
    """A window as `refman` opens it, on a library and with the usual settings.

    It asks for the library, so that the window is closed before it.
    """
    made: list[MainWindow] = []

    def make(library: Library, settings: Settings | None = None) -> MainWindow:
        settings = settings or Settings()
        theme.theme().follow(settings.theme, settings.text_scale)
        window = MainWindow(library, settings)
        window.start()
        with qtbot.waitActive(window):
            window.show()
        rest.complete(window)
        made.append(window)
        settle(qtbot, window)
        return window

    yield make
    for window in made:
        if not window.jobs.closed:
            settle(qtbot, window)
            window.close()
        window.deleteLater()
    qtbot.wait(0)


@pytest.fixture
def window(make_window: Callable[[Library], MainWindow], library: Library) -> MainWindow:
    return make_window(library)


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is written or read any more."""
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=10_000)


def titles(window: MainWindow) -> list[str]:
    """What the table shows, from top to bottom."""
    rows = window.library.search.rows(window.table.entries.ids)
    return [row.title for row in rows]
