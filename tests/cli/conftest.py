"""A refman to call: in this process, with what it printed and its exit status."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from refman import app

PAGE = """\
Ada Lindqvist

LG
h-index12
3papers
1,234citations

3 Papers

71.5LGMay 2, 2022Code
Quiet Gradients Make Loud Errors

Ada Lindqvist, Hado van Hoorn, Noor Rahman et al. · mila, deepmind

Small steps hide large mistakes. We follow a hundred training runs from their first step to \
their last and show that what looks like noise in the gradient is the start of a failure, \
long before any loss shows it, and that a single number foretells it.

CLNov 9, 2021
Counting Words Without Reading

Jean-Luc Moreau, Ada Lindqvist

A reader who counts does not read. We ask how far counting goes, and find that for most of \
the tasks in use today it goes the whole way, which says more about the tasks than about \
counting; we propose five tasks for which it does not.

MES-HALLMar 30, 2020
Cold Wires and the Shape of Current

Ada Lindqvist

We cool a wire until it stops behaving like one and describe what it does instead, with a \
model of three parameters of which two can be measured at home by anyone with patience and \
a good thermometer.
"""
KEYS = ["lindqvist2022quiet", "moreau2021counting", "lindqvist2020cold"]


class Outcome(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str


Refman = Callable[..., Outcome]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A profile page of three papers."""
    file = tmp_path / "ada.txt"
    file.write_text(PAGE, encoding="utf-8")
    return file


@pytest.fixture
def refman(home: Path, capfd: pytest.CaptureFixture[str]) -> Refman:
    """Calls refman in this process; its library lies in this test's own folder."""

    def call(*arguments: str | Path) -> Outcome:
        capfd.readouterr()
        status = app.main([str(argument) for argument in arguments])
        return Outcome(status, *capfd.readouterr())

    return call


@pytest.fixture
def library(refman: Refman, page: Path, home: Path) -> Path:
    """The default library, with the three papers of the page."""
    assert refman("import", page).status == 0
    return home / "data" / "refman" / "library.refman"


@pytest.fixture
def program(home: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Calls refman as a program, with its own standard input and streams."""

    def call(*arguments: str | Path, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "refman", *map(str, arguments)],
            input=input,
            capture_output=True,
            check=False,
            timeout=120,
            env={**os.environ, "PYTHONPATH": str(Path(app.__file__).parent.parent)},
        )

    return call
