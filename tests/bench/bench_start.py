"""How long the program takes to be there, as a ratio to a bare one of the same libraries.

`refman list` beside `python -c 'import sqlalchemy'`, and the window's first rows beside a
program that imports sqlalchemy, connects and shows an empty QMainWindow. The two of a pair
run in turn, so that a machine that grows slow meanwhile slows both.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from refman.library import Library, Source
from tests.bench.making import write_bib

ROUNDS = 7

BARE_IMPORT = "import sqlalchemy"
BARE_WINDOW = """
import sqlalchemy
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
with sqlalchemy.create_engine("sqlite://").connect() as connection:
    connection.execute(sqlalchemy.text("select 1"))
application = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, application.quit)
application.exec()
"""
# The program itself, which ends as soon as a row of its table was painted.
FIRST_ROWS = """
import sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QTableView

class FirstRows(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            view = watched.parent()
            if isinstance(view, QTableView) and view.model() and view.model().rowCount():
                QApplication.instance().exit()
        return False

run = QApplication.exec
def watched():
    QApplication.instance().installEventFilter(first)
    for widget in QApplication.allWidgets():
        widget.update()
    return run()
first = FirstRows()
QApplication.exec = staticmethod(watched)
from refman import app
sys.exit(app.main(sys.argv[1:]))
"""


def ratio(command: list[str], bare: list[str], more: dict[str, str] | None = None) -> float:
    """The median over the rounds of how much longer `command` takes than `bare`."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"} | (more or {})
    # Without it every module would be compiled anew each time.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def seconds(words: list[str]) -> float:
        start = time.perf_counter()
        subprocess.run(words, check=True, capture_output=True, env=environment)
        return time.perf_counter() - start

    seconds(command)
    seconds(bare)
    return statistics.median(seconds(command) / seconds(bare) for _ in range(ROUNDS))


@pytest.fixture(scope="module", params=[100, 10_000], ids=["100", "10,000"])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("start") / "refman"
    folder.mkdir()
    path = folder / "library.refman"
    opened = Library.open(path, create=True)
    opened.importing.run(Source.from_path(write_bib(folder / "papers.bib", request.param)))
    opened.close()
    return path


def test_list(library: Path, tell: Callable[[str, float, float], None]) -> None:
    words = ["-m", "refman", "list", "--query", "learning", "--library", str(library)]
    found = ratio([sys.executable, *words], [sys.executable, "-c", BARE_IMPORT])
    tell("refman list / import sqlalchemy", found, 2.0)


def test_first_rows(library: Path, tell: Callable[[str, float, float], None]) -> None:
    # The user's own library, so that it is opened as `refman` alone opens it.
    data = {"XDG_DATA_HOME": str(library.parent.parent)}
    found = ratio([sys.executable, "-c", FIRST_ROWS], [sys.executable, "-c", BARE_WINDOW], data)
    tell("first rows / bare window", found, 1.5)
