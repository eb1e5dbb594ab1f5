"""refman.cli.progress_line: drawn on a terminal, nowhere else, and gone at the end."""

import io
import sys
import threading

import pytest

from refman.cli import progress_line
from refman.cli.progress_line import progress_shown


class Terminal(io.StringIO):
    """A terminal that tells when something was drawn on it."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = threading.Event()

    def isatty(self) -> bool:
        return True

    def flush(self) -> None:
        if "3/10" in self.getvalue():
            self.drawn.set()


def test_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_line, "INTERVAL", 0.001)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress_shown() as progress:
        progress.start("Matching a.txt", 10)
        progress.advance(3)
        assert terminal.drawn.wait(60)
    assert "\r\x1b[KMatching a.txt 3/10" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_line, "INTERVAL", 0.001)
    file = io.StringIO()
    monkeypatch.setattr(sys, "stderr", file)
    with progress_shown() as progress:
        progress.start("Matching a.txt", 10)
    assert file.getvalue() == ""
