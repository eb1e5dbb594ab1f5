"""What is imported before the first papers are on screen: what shows them, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

from refman.library import Library
from tests.library.making import page, pasted, row

PROGRAM = """
import sys
from PySide6.QtWidgets import QApplication
from refman import app
from refman.ui import windows

def painted(self, window, files):
    assert window.table.model().rowCount() == 1
    print(*(name for name in sys.modules if name.startswith("refman.")))
    QApplication.exit()

windows.Windows._complete = painted
sys.exit(app.main([]))
"""
LIBRARY = ("changes", "columns", "queries", "search", "tagged")


def test_the_first_rows_import_only_what_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "refman" / "library.refman"
    path.parent.mkdir()
    library = Library.open(path, create=True)
    library.importing.run(pasted(page(row())))
    library.close()
    outcome = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"XDG_DATA_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    imported = outcome.stdout.split()
    of_library = {name for name in imported if name.startswith("refman.library.")}
    assert of_library == {f"refman.library.{name}" for name in LIBRARY}
    late = ("refman.formats", "refman.ui.rest", "refman.ui.actions", "refman.ui.imports",
            "refman.ui.duplicates", "refman.ui.doctor", "refman.ui.import_review")  # fmt: skip
    assert [name for name in imported if name.startswith(late)] == []
