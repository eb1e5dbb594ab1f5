"""Garbage goes in the window's thread, and only from its timer."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from refman.ui.collecting import Collector


class Cycle:
    """Holds itself, and a widget; notes in which thread it dies."""

    died_in: int | None = None

    def __init__(self) -> None:
        self.itself = self
        self.widget = QWidget()

    def __del__(self) -> None:
        Cycle.died_in = threading.get_ident()


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    found = Collector()
    yield found
    found.stop()
    gc.disable()  # as the fixture of all tests of the window has it


def test_no_other_thread_collects(collector: Collector) -> None:
    gc.collect()
    cycle = weakref.ref(Cycle())
    worker = threading.Thread(target=lambda: [[] for _ in range(100_000)])
    worker.start()
    worker.join()
    assert cycle() is not None
    keep: list[list[None]] = [
        [] for _ in range(gc.get_threshold()[0] + 1)
    ]  # so that a collection is due
    collector.collect()
    assert keep
    assert cycle() is None
    assert Cycle.died_in == threading.get_ident()


def test_nothing_is_collected_before_it_is_due(collector: Collector) -> None:
    gc.collect()
    cycle = weakref.ref(Cycle())
    collector.collect()
    assert cycle() is not None
    gc.collect()


def test_afterwards_the_interpreter_collects_again(qtbot: QtBot) -> None:
    collector = Collector()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
    gc.disable()
