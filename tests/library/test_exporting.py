"""Exporting: in order, counted, atomic, with the keys given out."""

from pathlib import Path

import pytest

from refman.errors import ReadError, RefmanError, UsageError
from refman.library import Exporting, Library, Source
from refman.model.entry import Entry
from tests.library.making import DAY, abstracts, add, pasted, prose, run_child, sizes, state


@pytest.fixture
def shelf(library: Library) -> Library:
    """Two papers with a title and one without; the keys in another order than the ids."""
    add(library, "Sheep", "Ada Lovelace", "2022-05", keywords=("farm",), note="50% & more")
    add(library, "Goats of München", "Jürgen Müller", citation_key="Amuller", entry_type="book")
    library.importing.run(pasted(abstracts(prose(1))))
    return library


def keys_in(text: str) -> list[str]:
    return [line.split("{")[1].rstrip(",") for line in text.splitlines() if line.startswith("@")]


def given(library: Library) -> int:
    return sizes(library)["citation_key_given"]


def test_papers_as_text(shelf: Library) -> None:
    before, label = state(shelf), shelf.history.undo_label
    export = shelf.exporting.text([3, 1, 2])
    assert keys_in(export.text) == ["Amuller", "lovelace2022sheep"]
    assert (export.count, export.left_out, export.message) == (
        2,
        1,
        "2 papers exported. 1 paper without a title left out.",
    )
    assert given(shelf) == 2
    assert (state(shelf), shelf.history.undo_label) == (before, label)
    assert shelf.exporting.text([2, 1, 3]).text == export.text
    assert given(shelf) == 2


def test_nothing_is_exported(shelf: Library) -> None:
    export = shelf.exporting.text([])
    assert (export.text.strip(), export.count, export.message) == ("", 0, "0 papers exported.")
    assert shelf.exporting.text([3, 4711]).message == (
        "0 papers exported. 1 paper without a title left out."
    )


def test_a_preview_gives_nothing_out(shelf: Library) -> None:
    assert keys_in(shelf.exporting.preview(1)) == ["lovelace2022sheep"]
    assert (shelf.exporting.preview(3), shelf.exporting.preview(4711)) == ("", "")
    assert given(shelf) == 0


@pytest.mark.parametrize("format_", ["bibtex", "ris", "csv"])
def test_a_beginning_gives_nothing_out(shelf: Library, format_: str) -> None:
    first = shelf.exporting.beginning([3, 1, 2], 1, format_, order="title", descending=True)
    assert given(shelf) == 0
    assert (first.count, first.left_out) == (2, 1)
    (alone,) = [
        text for one in (1, 2) if (text := shelf.exporting.text([one], format_).text) == first.text
    ]
    whole = shelf.exporting.text([1, 2, 3], format_, order="title", descending=True)
    assert whole.text.startswith(alone)


def test_what_was_exported_keeps_its_key(shelf: Library) -> None:
    shelf.exporting.text([1])
    shelf.entries.trash([1])
    shelf.entries.empty_trash()
    again = add(shelf, "Sheep", "Ada Lovelace", "2022")
    assert shelf.entries.get(again).entry.citation_key == "lovelace2022sheepa"


def test_there_and_back(shelf: Library, tmp_path: Path) -> None:
    path = tmp_path / "out.bib"
    shelf.exporting.to_file([1, 2], path)
    other = Library.open(tmp_path / "other.refman", create=True)
    report = other.importing.run(Source.from_path(path, DAY))
    assert report.added == 2

    def known(library: Library) -> list[Entry]:
        return [library.entries.get(i).entry for i in sorted(library.search.ids("has:title"))]

    assert sorted(known(other), key=lambda e: e.title) == sorted(
        known(shelf), key=lambda e: e.title
    )
    other.close()


def test_picked_papers_in_an_order(shelf: Library, tmp_path: Path) -> None:
    add(shelf, "Cows", "Al Gore", "2020", citation_key="z")
    text = shelf.exporting.text([1, 2, 4], order="title", descending=True).text
    assert keys_in(text) == ["lovelace2022sheep", "Amuller", "z"]
    shelf.exporting.to_file([1, 2, 4], tmp_path / "x.bib", order="title", descending=True)
    assert (tmp_path / "x.bib").read_text("utf-8") == text
    for wrong in ("size", "cited"):
        with pytest.raises(UsageError, match="ordered"):
            shelf.exporting.text([1], order=wrong)


# --- files --------------------------------------------------------------------------------


def test_a_file(shelf: Library, tmp_path: Path) -> None:
    path = tmp_path / "out.bib"
    export = shelf.exporting.to_file([1, 2], path)
    assert (export.text, export.count) == ("", 2)
    assert path.read_bytes() == shelf.exporting.text([1, 2]).text.encode("utf-8")
    assert "Müller" in path.read_text("utf-8")
    assert [each.name for each in tmp_path.iterdir() if "out" in each.name] == ["out.bib"]
    path.chmod(0o600)
    shelf.exporting.to_file([1], path)
    assert keys_in(path.read_text("utf-8")) == ["lovelace2022sheep"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_linked_file_stays_a_link(shelf: Library, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    real, link = tmp_path / "thesis" / "real.bib", tmp_path / "link.bib"
    real.write_text("old")
    link.symlink_to(real)
    shelf.exporting.to_file([1], link)
    assert link.is_symlink()
    assert keys_in(real.read_text("utf-8")) == ["lovelace2022sheep"]


@pytest.mark.parametrize(
    ("name", "format_", "kind", "sentence"),
    [
        pytest.param(
            "x.doc", None, RefmanError, "No format is known by the ending “.doc”", id="ending"
        ),
        pytest.param(
            "x.bib", "profile", UsageError, "does not write it; it writes bibtex", id="reads-only"
        ),
        pytest.param("x.bib", "papyrus", UsageError, "no format “papyrus”", id="unknown"),
        pytest.param("no/such/x.bib", None, ReadError, "cannot be written", id="no-folder"),
        pytest.param("folder.bib", None, ReadError, "cannot be written", id="a-folder"),
        pytest.param("nul\0.bib", None, ReadError, "cannot be written", id="no-name"),
    ],
)
def test_what_cannot_be_written(
    shelf: Library,
    tmp_path: Path,
    name: str,
    format_: str | None,
    kind: type[Exception],
    sentence: str,
) -> None:
    (tmp_path / "folder.bib").mkdir()
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(kind, match=sentence):
        shelf.exporting.to_file([1], tmp_path / name, format_)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_the_ending_decides(shelf: Library, tmp_path: Path) -> None:
    for name in ("x.bib", "x.BIB", "x.bibtex", "x", "x.ris"):
        assert shelf.exporting.to_file([1], tmp_path / name).count == 1
    assert (tmp_path / "x.ris").read_text("utf-8").startswith("TY  - ")
    assert {"bibtex", "biblatex", "ris", "csl-json"} <= {f.name for f in Exporting.formats()}


def test_a_folder_that_cannot_be_written(open_folder: Path) -> None:
    path = open_folder / "closed" / "out.bib"
    path.parent.mkdir()
    path.write_text("old")
    path.parent.chmod(0o555)
    path.chmod(0o444)
    done = run_child(
        "from pathlib import Path; from refman.library import Library\n"
        "from refman.errors import ReadError; from refman.model.entry import Entry\n"
        "from refman.formats import FORMATS\n"
        "from refman.library import bib_order, rendering\n"
        "for one in FORMATS:  # read all that writing takes\n"
        "    if one.writes: list(one.write([Entry(title='Sheep')], {}))\n"
        "def main(folder):\n"
        "    library = Library.open(Path(folder) / 'l.refman', create=True)\n"
        "    library.entries.add(Entry(title='Sheep'))\n"
        "    try: library.exporting.to_file([1], Path(folder) / 'closed' / 'out.bib')\n"
        "    except ReadError as error: print(error)\n"
        "    library.close()\n",
        str(open_folder),
        unprivileged=True,
    )
    assert (done.stdout, done.stderr) == (
        f"“{path}” cannot be written (Permission denied): choose another place.\n",
        "",
    )
    assert path.read_text() == "old"
    path.parent.chmod(0o755)


def test_a_read_only_library_is_exported(shelf: Library) -> None:
    reader = Library.open(shelf.path, read_only=True)
    assert reader.exporting.text([1]).count == 1
    assert given(reader) == 0
    reader.close()
