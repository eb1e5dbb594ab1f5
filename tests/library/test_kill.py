"""A process that is killed while it imports: the library holds all of the import or none of it.

The child stops itself at a chosen moment, a step of its progress or so many thousand
instructions of SQLite within the transaction, and is killed (SIGKILL) as it stands there.
"""

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from refman.library import Library, Source
from tests.library.making import DAY, ROOT, child_environment, page, put, row, state

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "SIGKILL"), reason="this system kills no process by a signal"
)

_CHILD = """
import sys
from datetime import date
from pathlib import Path
from refman.library import ImportOptions, Library, Source
from refman.progress import Progress

library, page, kind, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
seen = {"step": 0, "instruction": 0}

def reached(what):
    seen[what] += 1
    if what == kind and seen[what] == moment:
        print("here", flush=True)
        sys.stdin.read()  # until the end of the world

class Telling(Progress):
    def advance(self, steps=1):
        reached("step")
        super().advance(steps)

opened = Library.open(library)
with opened.database.write("nothing") as connection:
    raw = connection.connection.dbapi_connection
    raw.set_progress_handler(lambda: reached("instruction"), 10_000)
seen["instruction"] = 0
opened.importing.run(
    Source.from_path(page, date(2026, 11, 20)), ImportOptions(tags=("t",)), progress=Telling()
)
print("done", seen["step"], seen["instruction"], flush=True)
sys.stdin.read()
"""
_ROWS = 150


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A library and a page, what the library is without and with it, and how long that takes."""
    folder = tmp_path_factory.mktemp("kill")
    path, sheet = folder / "library.refman", folder / "page.txt"
    library = Library.open(path, create=True)
    put(library, row("Counting Sheep"), row("Goats of the Night"), name="first.txt")
    before = state(library)
    library.close()
    rows = [
        row(f"Paper of the Number {i} Herd", meta=f"LGMay 1, {1960 + i % 60}")
        for i in range(_ROWS - 1)
    ]
    sheet.write_text(page(row("Counting Sheep"), *rows))
    shutil.copy(path, folder / "tried.refman")
    said = _import_and_kill(folder / "tried.refman", sheet, "never", 0).split()
    return {
        "library": path,
        "page": sheet,
        "before": before,
        "step": int(said[1]),
        "instruction": int(said[2]),
    }


def _import_and_kill(library: Path, sheet: Path, kind: str, moment: int) -> str:
    """What the child said when it was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(library), str(sheet), kind, str(moment)],
        cwd=ROOT,
        env=child_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        said = child.stdout.readline()
        child.kill()
    assert child.returncode == -signal.SIGKILL
    return said


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        pytest.param("step", 0.0, id="reading"),
        pytest.param("step", 0.5, id="matching"),
        pytest.param("step", 1.0, id="writing"),
        *(pytest.param("instruction", n / 10, id=f"instructions-{n}0-percent") for n in range(11)),
        pytest.param("never", 0.0, id="done"),
    ],
)
def test_killed_in_the_midst(
    ground: dict[str, Any], tmp_path: Path, kind: str, part: float
) -> None:
    path = tmp_path / "library.refman"
    shutil.copy(ground["library"], path)
    moment = max(int(ground.get(kind, 0) * part), 1)
    said = _import_and_kill(path, ground["page"], kind, moment)
    assert said.split()[0] == ("done" if kind == "never" else "here")

    library = Library.open(path)
    assert library.database.check() == []
    if kind == "never":
        assert library.history.undo_label == "Import page.txt"
        assert library.search.counts().all == _ROWS + 1
        library.history.undo()
    assert library.history.undo_label == "Import first.txt"
    assert state(library) == ground["before"]
    again = library.importing.run(Source.from_path(ground["page"], DAY))
    assert again.sentence() == f"{_ROWS} found: {_ROWS - 1} added, 1 merged"
    assert library.database.check() == []
    library.close()
