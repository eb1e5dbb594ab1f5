"""Waiting for the two threads of `Jobs`."""

from pytestqt.qtbot import QtBot

from refman.ui.jobs import Jobs


def finish(qtbot: QtBot, jobs: Jobs) -> None:
    """Wait until nothing is written or read."""
    qtbot.waitUntil(lambda: not jobs.busy)
