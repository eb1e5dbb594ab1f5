"""Import, undo and export of a great .bib beside what other programs take for the same file.

Each program is a process of its own, all in one run, on one file; times are the processor's.
bibtexparser 1.4 and pybtex live in a second environment, made for the run from PyPI; where that
cannot be, they are left out with the reason. 100,000 entries take 20 minutes: `-m slow`.
"""

import json
import math
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.making import write_bib

ROOT = Path(__file__).parents[2]
Tell = Callable[[str, float, float], None]

# Each prints {step: seconds of the processor} and, as "memory", MiB over the empty process.
_HEAD = """
import json, sys, time
try:
    import resource
except ImportError:
    resource = None
path, steps = sys.argv[1], {}
def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 if resource else 0.0
def timed(name, work):
    start = time.process_time()
    result = work()
    steps[name] = time.process_time() - start
    return result
"""
_TAIL = """
steps["memory"] = memory() - empty
print(json.dumps(steps))
"""
_PROGRAMS = {
    "bibtexparser 2": """
from bibtexparser.entrypoint import parse_string, write_string
empty = memory()
text = open(path, encoding="utf-8").read()
library = timed("in", lambda: parse_string(text))
timed("out", lambda: write_string(library))
""",
    "refman": """
from pathlib import Path
from refman.library import Library, Source
library = Library.open(Path(path).with_suffix(".refman"), create=True)
empty = memory()
timed("in", lambda: library.importing.run(Source.from_path(Path(path))))
steps["memory in"] = memory() - empty
timed("undo", library.history.undo)
timed("redo", library.history.redo)
timed("out", lambda: library.exporting.to_file(
    library.search.ids(), Path(path).with_suffix(".out.bib")))
library.close()
""",
    "bibtexparser 1.4": """
import bibtexparser
empty = memory()
text = open(path, encoding="utf-8").read()
library = timed("in", lambda: bibtexparser.loads(text))
timed("out", lambda: bibtexparser.dumps(library))
""",
    "pybtex": """
from pybtex.database import parse_string
empty = memory()
text = open(path, encoding="utf-8").read()
library = timed("in", lambda: parse_string(text, "bibtex"))
timed("out", lambda: library.to_string("bibtex"))
""",
}
_OTHERS = ("bibtexparser 1.4", "pybtex")  # in the second environment
_NEEDED = ("bibtexparser<2", "pybtex", "setuptools")


def run(python: Path, program: str, bib: Path) -> dict[str, float]:
    done = subprocess.run(
        [str(python), "-c", _HEAD + _PROGRAMS[program] + _TAIL, str(bib)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path | str:
    """The Python of an environment with the older programs, or why there is none."""
    folder = tmp_path_factory.mktemp("second")
    try:
        venv.create(folder, with_pip=True)
        python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        install = [str(python), "-m", "pip", "install", "--quiet", *_NEEDED]
        subprocess.run(install, check=True, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        return f"no second environment could be made: {error}"
    return python


@pytest.mark.parametrize(
    ("entries", "seconds_in", "seconds_undo", "seconds_out", "floor"),
    [
        pytest.param(10_000, 1.5, 1.0, 0.6, (0.7, 0.8), id="10,000"),
        pytest.param(100_000, 15.0, 5.0, 6.0, (8.7, 9.0), id="100,000", marks=pytest.mark.slow),
    ],
)
def test_beside(
    tmp_path: Path,
    second: Path | str,
    tell: Tell,
    entries: int,
    seconds_in: float,
    seconds_undo: float,
    seconds_out: float,
    floor: tuple[float, float],
) -> None:
    """The budgets are seconds of a machine on which bibtexparser 2 takes `floor` for the file."""
    bib = write_bib(tmp_path / "papers.bib", entries)
    found = {name: run(Path(sys.executable), name, bib) for name in ("bibtexparser 2", "refman")}
    if isinstance(second, Path):
        found |= {name: run(second, name, bib) for name in _OTHERS}
    own, base = found["refman"], found["bibtexparser 2"]
    tell("import / bibtexparser 2 parses", own["in"] / base["in"], seconds_in / floor[0])
    tell("undo of it / bibtexparser 2 parses", own["undo"] / base["in"], seconds_undo / floor[0])
    tell("redo of it / the import", own["redo"] / own["in"], 2.0)
    tell("export / bibtexparser 2 writes", own["out"] / base["out"], seconds_out / floor[1])
    tell("memory of the import, MiB", own["memory in"], 300.0)
    for name in _OTHERS:
        if name in found:
            tell(f"import / {name} parses", own["in"] / found[name]["in"], 1.0)
            tell(f"export / {name} writes", own["out"] / found[name]["out"], 1.0)
    for name, steps in found.items():
        for step, value in steps.items():
            unit = "MiB" if step.startswith("memory") else "s"
            tell(f"{name}, {step}, {unit}", value, math.inf)
    if isinstance(second, str):
        pytest.skip(second)
