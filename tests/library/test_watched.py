"""Watched folders: each file once, when it is whole, and again when it changed."""

import os
from pathlib import Path

import pytest

from refman.errors import ReadError, UsageError
from refman.library import ExportSettings, Library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


def saved(path: Path, text: str = "text", when: int = 1_750_000_000) -> Path:
    """A file that was saved a while ago, at `when`."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (when, when))
    return path


def test_what_is_saved_into_it_is_due_once(library: Library, folder: Path) -> None:
    saved(folder / "present.txt")
    assert library.watched.watch(folder).count == 1
    assert library.watched.watch(folder).count == 0
    assert (library.watched.folders(), library.watched.due()) == ([str(folder)], [])
    second = saved(folder / "second.bib", when=1_750_000_002)
    first = saved(folder / "first.HTML", when=1_750_000_001)
    assert library.watched.due() == [first, second]
    library.watched.looked_at(first)
    library.watched.looked_at(second, "It cannot be read.")
    assert library.watched.due() == []
    assert library.watched.failed() == {str(second): "It cannot be read."}
    saved(first, "another text")
    assert library.watched.due() == [first]


def test_with_what_is_there(library: Library, folder: Path) -> None:
    present = saved(folder / "present.txt")
    library.watched.watch(folder, include_present=True)
    assert library.watched.due() == [present]


@pytest.mark.parametrize(
    "name", [".hidden.txt", "a.txt.part", "b.bib.crdownload", "c.txt~", "~lock.ris", "d.png", "e"]
)
def test_what_is_none_of_it(library: Library, folder: Path, name: str) -> None:
    library.watched.watch(folder)
    saved(folder / name)
    (folder / "sub.txt").mkdir()
    saved(folder / "sub.txt" / "deep.txt")
    assert library.watched.due() == []


def test_a_file_that_is_being_written_waits(library: Library, folder: Path) -> None:
    library.watched.watch(folder)
    file = folder / "page.txt"
    later = 4_000_000_000  # as if it were changed right now, for as long as the test takes
    saved(file, "", later)
    assert (library.watched.due(), library.watched.due()) == ([], [])
    saved(file, "ha", later)
    assert library.watched.due() == []
    saved(file, "half of it", later)
    assert library.watched.due() == []
    assert library.watched.due() == [file]
    library.watched.looked_at(file)
    assert library.watched.due() == []


def test_what_refman_writes_is_not_imported(library: Library, folder: Path) -> None:
    library.watched.watch(folder)
    library.exports.save("Mine", ExportSettings(), str(saved(folder / "mine.bib")))
    assert library.watched.due() == []


def test_a_folder_that_is_gone_is_told_and_not_forgotten(library: Library, folder: Path) -> None:
    library.watched.watch(folder)
    folder.rmdir()
    assert library.watched.missing() == library.watched.folders() == [str(folder)]
    assert library.watched.due() == []
    folder.mkdir()
    assert library.watched.missing() == []


def test_no_longer(library: Library, folder: Path) -> None:
    library.watched.watch(folder)
    library.watched.looked_at(saved(folder / "a.txt"), "No.")
    assert library.watched.unwatch(folder).count == 1
    assert (library.watched.folders(), library.watched.failed()) == ([], {})
    with pytest.raises(UsageError, match="no watched folder"):
        library.watched.unwatch(folder)
    library.history.undo()
    assert library.watched.folders() == [str(folder)]


def test_what_cannot_be_watched(library: Library, folder: Path) -> None:
    with pytest.raises(ReadError, match="cannot be watched"):
        library.watched.watch(folder / "nowhere")
    with pytest.raises(ReadError, match="cannot be watched"):
        library.watched.watch(saved(folder / "file.txt"))
    assert library.watched.folders() == []
