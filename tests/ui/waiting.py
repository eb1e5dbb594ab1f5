"""Waiting for the two threads of `Jobs`."""

from pytestqt.qtbot import QtBot

from refman.ui.jobs import Jobs


def finish(qtbot: QtBot, jobs: Jobs) -> None:
    """Wait until nothing is written or read, and the threads hold on to no widget any more.

    A thread lets go of its last task only when it takes the next one; a widget without a
    parent that it was the last to hold would be destroyed there, outside Qt's thread.
    """
    qtbot.waitUntil(lambda: not jobs.busy)
    jobs.read("nothing", _nothing, _ignore)
    jobs.write("", _nothing)
    qtbot.waitUntil(lambda: not jobs.busy)


def _nothing() -> None:
    """A task."""


def _ignore(_result: object) -> None:
    """What to do with its result."""
