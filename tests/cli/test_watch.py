"""`refman watch`: folders whose files are imported."""

import json
import os
from pathlib import Path

from tests.cli.conftest import PAGE, Refman


def old(path: Path, text: str) -> None:
    """A file that was saved a while ago."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (1_750_000_000, 1_750_000_000))


def test_watch_import_and_remove(refman: Refman, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    old(folder / "present.txt", PAGE)
    assert refman("watch", folder).status == 0
    assert refman("watch").out == f"{folder}\n"
    nothing = refman("watch", "--once")
    assert (nothing.out, nothing.status) == ("", 0)
    (folder / "fresh.txt").write_text("Half of", encoding="utf-8")
    waiting = refman("watch", "--once")
    assert (waiting.out, waiting.status) == ("", 0)
    assert "may still be being written" in waiting.err
    assert str(folder / "fresh.txt") in waiting.err
    (folder / "fresh.txt").unlink()
    old(folder / "new.txt", PAGE)
    old(folder / "bad.ris", "nothing of the kind")
    once = refman("watch", "--once")
    assert once.status == 3
    assert once.out == "new.txt: 3 found: 3 added\n"
    assert "bad.ris" in once.err
    again = refman("watch", "--once")
    assert (again.status, again.out) == (0, "")
    told = json.loads(refman("watch", "--json").out)
    assert (told["folders"], list(told["failed"])) == ([str(folder)], [str(folder / "bad.ris")])
    assert refman("watch", "--remove", folder).status == 0
    assert refman("watch").out == ""
    assert refman("watch", "--remove", folder).status == 2


def test_a_folder_that_is_gone_is_told(refman: Refman, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    assert refman("watch", folder).status == 3
    folder.mkdir()
    refman("watch", folder, "--include-present")
    folder.rmdir()
    gone = refman("watch")
    assert (gone.status, gone.out) == (0, f"{folder}\n")
    assert "is not there now" in gone.err
