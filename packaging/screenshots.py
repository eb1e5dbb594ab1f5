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
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from refman import i18n, paths
from refman.library import Library, Scope, Source
from refman.model.creator import Creator
from refman.model.entry import Entry
from refman.settings import Importing, Settings, Table
from refman.ui import rest, theme
from refman.ui.duplicates.view import DuplicatesView
from refman.ui.imports.comparison import ComparisonDialog
from refman.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1400, 880)
SIDEBAR, PANEL = 205, 420
DAY = date(2026, 11, 20)
PAGE, ABSTRACTS = "samples/reading-list.txt", "samples/abstracts.txt"
PAPER = "attention all need"  # a query that finds the paper that is shown

# Titles and authors as some pages run them together, so that not every row is clear.
RUN_TOGETHER = """Noor Haddad

LG
h-index7
7papers

7 Papers

88.2MLJun 10, 2014Code
Generative Adversarial Networks Ian J. Goodfellow, Jean Pouget-Abadie, Mehdi Mirza et al. · mila
Two networks are trained against each other: one makes samples, the other tells them from the \
data. At the end of the game the samples cannot be told apart.

84.0CLDec 5, 2014
On Using Very Large Target Vocabulary Sébastien Jean, Kyunghyun Cho, Roland Memisevic et al.
A vocabulary of any size is learnt by looking at a part of it in each step.

79.5MLJun 6, 2015
Dropout as a Bayesian ApproximationYarin Gal, Zoubin Ghahramani
A network with dropout is read as a Gaussian process, so that it can say how sure it is.

77.1LGOct 25, 2017Code
mixup: Beyond Empirical Risk MinimizationHongyi Zhang, Moustapha Cisse, Yann N. Dauphin et al.
A network is trained on weighted sums of two examples and of their labels.

LGDec 22, 2014
Adam: A Method for Stochastic OptimizationDiederik P. Kingma, Jimmy Ba
A first-order optimiser adapts the step of each parameter.

MLJun 10, 2011
Pitman-Yor Diffusion Trees David A. Knowles, Zoubin Ghahramani
A prior over trees that can branch more than twofold, and how to infer them.

LGFeb 24, 2016
Group Equivariant Convolutional Networks Taco Cohen Max Welling
Weights are shared over rotations as well as shifts, and fewer examples are needed.
"""

# What a .bib file of some years has in it.
REFERENCES = r"""
@inproceedings{goodfellow2014nets,
  title = {Generative Adversarial Nets},
  author = {Goodfellow, Ian J. and Pouget-Abadie, Jean and Mirza, Mehdi and Xu, Bing
    and Warde-Farley, David and Ozair, Sherjil and Courville, Aaron and Bengio, Yoshua},
  booktitle = {Advances in Neural Information Processing Systems 27},
  pages = {2672--2680}, year = {2014}, keywords = {to cite}
}
@misc{goodfellow2014networks,
  title = {Generative Adversarial Networks},
  author = {Goodfellow, Ian J. and Pouget-Abadie, Jean and Mirza, Mehdi and others},
  eprint = {1406.2661}, archiveprefix = {arXiv}, primaryclass = {stat.ML}, year = {2014},
  abstract = {Two networks are trained against each other: one makes samples, the other tells
    them from the data. At the end of the game the samples cannot be told apart.}
}
@article{hochreiter1997long,
  title = {Long Short-Term Memory},
  author = {Hochreiter, Sepp and Schmidhuber, J{\"u}rgen}, journal = {Neural Computation},
  volume = {9}, number = {8}, pages = {1735--1780}, year = {1997},
  doi = {10.1162/neco.1997.9.8.1735}
}
@techreport{hochreiter1995long,
  title = {Long Short Term Memory}, author = {Hochreiter, S. and Schmidhuber, J.},
  institution = {Technische Universit{\"a}t M{\"u}nchen}, number = {FKI-207-95}, year = {1995}
}
@inproceedings{sutskever2014sequence,
  title = {Sequence to Sequence Learning with Neural Networks},
  author = {Sutskever, Ilya and Vinyals, Oriol and Le, Quoc V.},
  booktitle = {Advances in Neural Information Processing Systems 27}, year = {2014}
}
@misc{sutskever2014talk,
  title = {Sequence to Sequence Learning},
  author = {Sutskever, Ilya and Vinyals, Oriol and Le, Quoc V.}, year = {2014}
}
"""

TYPED = Entry(  # by hand, on two days
    "book",
    title="Probabilistic Reasoning in Intelligent Systems",
    creators=(Creator("Pearl", "Judea"),),
    date="1988",
)

WENT = """70.4DLJan 12, 2025
Five Hundred Unread TabsRobin Marlowe
We ask why they stay open.
"""
# How the page of an author was some weeks before: in place of what it says now.
EARLIER = (
    ("81.6DLMar 9Code", "74.2DLMar 9"),
    ("77.3HCFeb 29", "79.0HCFeb 29"),
    ("CLJun 12, 2017Code", "CLJun 12, 2017"),
    ("MLJan 26, 2017Code", "LGJan 26, 2017Code"),
    ("27 Papers\n", f"26 Papers\n\n{WENT}"),
)
CAME = ("AIFeb 9, 2018", "LGOct 11, 2021")  # rows that were not on it yet


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
            if not picture().save(str(file)):
                sys.exit(f"{file} cannot be written")
            print(file)
            window.close()
            window.deleteLater()
            application.sendPostedEvents()


def picture() -> QPixmap:
    """What is on the screen, with a line round each dialog: here no window manager draws it."""
    taken = QApplication.primaryScreen().grabWindow(0)
    with QPainter(taken) as painter:
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                painter.setPen(dialog.palette().color(QPalette.ColorRole.Mid))
                painter.drawRect(dialog.frameGeometry().adjusted(0, 0, -1, -1))
    return taken


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
    library.importing.run(sample(ABSTRACTS))
    window = window_on(library)
    window.settings = replace(window.settings, importing=Importing(review="never"))
    window.open_files([paths.resource(PAGE)])
    return window


def empty(library: Library) -> MainWindow:
    """A new library."""
    return window_on(library)


def review(library: Library) -> MainWindow:
    """The review of an import, a doubtful row first."""
    fill(library)
    report = library.importing.run(Source.from_text(RUN_TOGETHER, "noor-haddad.txt", DAY))
    window = window_on(library)
    assert report.listing_id
    window.stage.show_review(report.listing_id)
    return window


def duplicates(library: Library) -> MainWindow:
    """A preprint and its published version, side by side."""
    fill(library)
    library.importing.run(Source.from_text(REFERENCES, "references.bib", DAY))
    for fields in ({"publisher": "Morgan Kaufmann"}, {}):
        library.entries.add(replace(TYPED, fields=fields))
    library.duplicates.scan()
    window = window_on(library)
    window.trigger("duplicates")
    wait(window)
    view = window.stage.review
    assert isinstance(view, DuplicatesView)
    while view.current and not view.current.preprint:
        view.step(1)
    return window


def comparison(library: Library) -> MainWindow:
    """An import with the strip above its papers, compared with an earlier one of its page."""
    page = sample(PAGE)
    library.importing.run(Source.from_text(earlier(), page.name, date(2026, 9, 29)))
    fill(library)
    window = window_on(library)
    listing = next(one for one in library.listings.list() if one.name == page.name)
    window.sidebar.choose(Scope("listing", listing.id))
    wait(window)
    window.trigger("import-compare")
    wait(window)
    (dialog,) = window.findChildren(ComparisonDialog)
    dialog.tabs.setCurrentWidget(dialog.changed)
    dialog.setGeometry(SIDEBAR + 60, SIZE[1] - 480, 820, 430)  # below the strip
    return window


def earlier() -> str:
    """The sample page before some rows came, some went, and some scores changed."""
    text = sample(PAGE).text
    for now, then in EARLIER:
        text = text.replace(now, then)
    return "\n\n".join(part for part in text.split("\n\n") if not part.startswith(CAME))


SCENES: dict[str, Callable[[Library], MainWindow]] = {
    "demo": demo,
    "highlights": highlights,
    "import": imported,
    "empty": empty,
    "review": review,
    "duplicates": duplicates,
    "comparison": comparison,
}


def fill(library: Library) -> None:
    """The shipped samples, tagged, collected and read as by somebody."""
    for name in (PAGE, ABSTRACTS):
        library.importing.run(sample(name))
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


def sample(name: str) -> Source:
    """A shipped sample, as if it was pasted: no picture shows a folder of this machine."""
    file = paths.resource(name)
    return Source.from_text(file.read_text(encoding="utf-8"), file.name, DAY)


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
