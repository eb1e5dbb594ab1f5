"""How long the window stands still while an import of 2,000 rows is reviewed, in milliseconds.

A timer of the window's own thread tells when it comes late: the longest time between two of its
ticks is what a person would feel. The figures are told, and compared with what a person can feel.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from refman.library import Library, Source
from refman.settings import Settings
from refman.ui import rest, theme
from refman.ui.import_review.review import ImportReview
from refman.ui.main_window import MainWindow
from tests.bench.making import write_profile

ROWS = 2_000
FELT = 100.0  # ms
Tell = Callable[[str, float, float], None]


class Ticks:
    """A timer, and the longest time between two of its ticks since `longest` was asked for."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(4)

    def _tick(self) -> None:
        now = time.perf_counter()
        self._longest, self._last = max(self._longest, now - self._last), now

    def longest(self) -> float:
        """In milliseconds."""
        longest, self._longest, self._last = self._longest, 0.0, time.perf_counter()
        return longest * 1000


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, home: Path) -> Iterator[tuple[MainWindow, int]]:
    """The window on a library with one import, and its listing."""
    library = Library.open(tmp_path / "library.refman", create=True)
    page = write_profile(tmp_path / "page.txt", ROWS)
    page.write_text(page.read_text().replace("Jun 2, 2001", "Feb 30, 2001"))  # in doubt
    report = library.importing.run(Source.from_path(page, date(2026, 6, 5)))
    assert report.doubtful
    assert report.listing_id is not None
    theme.theme().follow("light", 1.0)
    window = MainWindow(library, Settings())
    window.start()
    window.resize(1400, 900)
    window.show()
    rest.complete(window)
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=20_000)
    yield window, report.listing_id
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=20_000)
    window.close()
    window.deleteLater()


def test_review(qtbot: QtBot, window: tuple[MainWindow, int], tell: Tell) -> None:
    shown, listing_id = window
    ticks = Ticks()

    def measure(name: str, act: Callable[[], None]) -> None:
        qtbot.wait(50)
        ticks.longest()
        act()
        qtbot.wait(200)  # longer than the filter waits for the next key
        qtbot.waitUntil(lambda: not shown.jobs.busy, timeout=20_000)
        qtbot.wait(50)
        tell(f"review of {ROWS:,} rows, {name} (ms)", ticks.longest(), FELT)

    def review() -> ImportReview:
        assert isinstance(shown.stage.review, ImportReview)
        return shown.stage.review

    measure("opening", lambda: shown.stage.show_review(listing_id))
    measure("typing in the filter", lambda: qtbot.keyClicks(review().filters.line, "learn"))
    measure("all rows again", review().filters.clear)
    measure("accepting a row", lambda: review().accept())
    review().list.selectAll()
    measure("accepting all rows", lambda: review().accept())
    measure("undoing that", lambda: shown.trigger("undo"))
