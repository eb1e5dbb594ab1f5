"""Takes the README's pictures: the real window on a demo library under Xvfb, light and dark.

    python packaging/screenshots.py [--into packaging/screenshots] [--only NAME]

Needs Xvfb, and a Python in which refman is installed. Nothing of the user's is read or written.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from refman import i18n, paths
from refman.library import Library, Source
from refman.settings import Importing, Settings, Table
from refman.ui import rest, theme
from refman.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1400, 880)
SIDEBAR, PANEL = 205, 420
DAY = date(2026, 11, 20)
PAGE, ABSTRACTS = "samples/reading-list.txt", "samples/abstracts.txt"
PAPER = "attention all need"  # a query that finds the paper that is shown


def main() -> None:
    """Take every picture, each theme in a process of its own as a user would start it."""
    parser = argparse.ArgumentParser(description="Take the pictures of the README.")
    parser.add_argument("--into", type=Path, default=ROOT / "packaging" / "screenshots")
    parser.add_argument("--only", default="", choices=["", *SCENES], help="one picture")
    parser.add_argument("--theme", choices=("light", "dark"), help="on the display that there is")
    chosen = parser.parse_args()
    chosen.into.mkdir(parents=True, exist_ok=True)
    if chosen.theme:
        take(chosen.theme, chosen.into, chosen.only)
        return
    with screen() as display, tempfile.TemporaryDirectory() as home:
        folders = {f"XDG_{name}_HOME": f"{home}/{name}" for name in ("DATA", "CONFIG", "STATE")}
        changed = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": home, **folders}
        for name in ("light", "dark"):
            arguments = ["--theme", name, "--into", str(chosen.into), "--only", chosen.only]
            subprocess.run(
                [sys.executable, __file__, *arguments], env={**os.environ, **changed}, check=True
            )


@contextmanager
def screen() -> Iterator[str]:
    """A screen of its own; the name of its display."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        sys.exit("Xvfb is not installed. On Debian or Ubuntu: sudo apt-get install xvfb")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [xvfb, "-displayfd", str(writing), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def take(theme_name: str, into: Path, only: str) -> None:
    """Every scene, or one, in one theme."""
    i18n.install()
    application = QApplication(["refman"])
    theme.theme().follow(theme_name, 1.0)
    for name, scene in SCENES.items():
        if only not in ("", name):
            continue
        with tempfile.TemporaryDirectory() as folder:
            library = Library.open(Path(folder) / "Reading list.refman", create=True)
            window = scene(library)
            wait(window)
            file = into / f"{name}-{theme_name}.png"
            if not window.screen().grabWindow(window.winId()).save(str(file)):
                sys.exit(f"{file} cannot be written")
            print(file)
            window.close()
            window.deleteLater()
            application.sendPostedEvents()


# --- the scenes ---------------------------------------------------------------------------


def demo(library: Library) -> MainWindow:
    """A library in use."""
    fill(library)
    return window_on(library, select=PAPER)


def highlights(library: Library) -> MainWindow:
    """A paper with highlights and a note."""
    fill(library)
    (paper,) = library.search.ids(PAPER)[:1]
    abstract = library.entries.get(paper).entry.abstract
    for passage, colour, comment in (
        ("have mostly been built from recurrence or convolution", "yellow", ""),
        ("relies on attention alone", "green", "The whole idea in one clause."),
        ("better than earlier systems", "blue", ""),
    ):
        start = abstract.index(passage)
        library.annotations.highlight(paper, start, start + len(passage), colour, comment)
    note = "**Read again** with the tutorial.\n\n- How does the cost grow with the length?"
    library.annotations.add_note(paper, note)
    library.entries.rate([paper], 5)
    return window_on(library, select=PAPER, panel=PANEL + 60)


def imported(library: Library) -> MainWindow:
    """What is said after an import."""
    library.importing.run(Source.from_path(paths.resource(ABSTRACTS), DAY))
    window = window_on(library)
    window.settings = replace(window.settings, importing=Importing(review="never"))
    window.open_files([paths.resource(PAGE)])
    return window


def empty(library: Library) -> MainWindow:
    """A new library."""
    return window_on(library)


def review(library: Library) -> MainWindow:
    """The review of an import."""
    fill(library)
    window = window_on(library)
    window.stage.show_review(library.listings.list()[-1].id)
    return window


SCENES: dict[str, Callable[[Library], MainWindow]] = {
    "demo": demo,
    "highlights": highlights,
    "import": imported,
    "empty": empty,
    "review": review,
}


def fill(library: Library) -> None:
    """The shipped samples, tagged, collected and read as by somebody."""
    for sample in (PAGE, ABSTRACTS):
        library.importing.run(Source.from_path(paths.resource(sample), DAY))
    ids = list(library.search.ids("has:title", sort="year"))
    for position, (name, colour, tagged) in enumerate(
        (
            ("to cite", "#e03131", ids[3:6]),
            ("attention", "#3b5bdb", list(library.search.ids("attention"))),
            ("classics", "#2f9e44", list(library.search.ids("year:-2004"))),
        ),
        1,
    ):
        library.tags.add(name, tagged)
        library.tags.set_colour(name, colour, position)
    library.tags.add("optimisation", library.search.ids("optimization"))
    library.collections.add_to_path("Thesis", ids[:9])
    library.collections.add_to_path("Thesis/Related work", ids[2:7])
    library.collections.add_to_path("Reading group", ids[9:12])
    library.reading_list.set_status("to-read", ids[2:8])
    library.reading_list.set_status("reading", ids[8:10])
    library.reading_list.set_status("read", ids[10:16])
    library.reading_list.set_status("dropped", ids[16:17])
    library.entries.rate(ids[8:11], 5)


def window_on(library: Library, *, select: str = "", panel: int = PANEL) -> MainWindow:
    """The window as `refman` opens it, in the size of the screen."""
    window = MainWindow(library, Settings(table=Table(sort="year")))
    window.start()
    window.setGeometry(0, 0, *SIZE)
    window.show()
    rest.complete(window)
    window.outer.setSizes([SIDEBAR, SIZE[0] - SIDEBAR])
    window.stage.inner.setSizes([SIZE[0] - SIDEBAR - panel, panel])
    window.activateWindow()
    wait(window)
    if select:
        window.pane.select_when_found(library.search.ids(select)[0])
    return window


def wait(window: MainWindow) -> None:
    """Until nothing is read or written, and all is painted."""
    pause(200)
    while window.jobs.busy:
        pause(50)
    pause(400)


def pause(milliseconds: int) -> None:
    # QTest.qWait would keep the interpreter, and the other threads would wait for it.
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
