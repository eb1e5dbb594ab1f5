"""A .bib file imported as a workspace comes back byte for byte, but for what was changed."""

import difflib
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refman.errors import RefmanError, UsageError
from refman.library import Library, Source

BIB = """% My papers. Do not sort!
@string{jmlr = "Journal of Machine Learning Research"}

@Article{ Lin2025,
    author    = "Zhixuan Lin and Evgenii Nikishin",
    TITLE     = {Forgetting {T}ransformer: Softmax Attention},
    journal   = jmlr # " (Papers)",
    year      = 2025,
    month     = mar
}

Some words in between that nobody asked for.

@inproceedings(nikishin:primacy,
  title={The Primacy Bias in Deep {RL}}, author={Nikishin, Evgenii and {The Team}},
  booktitle = "ICML", pages = {1--9},year=2022,
  keywords = {bias, rl},
  file = {:papers/primacy.pdf:PDF}
)
@comment{jabref-meta: databaseType:bibtex;}
@misc{sheep, title = {Counting Sheep}, year = 1999}
"""


def opened(library: Library, path: Path, data: bytes) -> int:
    path.write_bytes(data)
    report = library.importing.run(Source.from_path(path))
    assert report.listing_id is not None
    library.workspaces.make(report.listing_id)
    return library.workspaces.named(path.name).id


def lines_that_differ(old: str, new: str) -> list[str]:
    """The lines that went and came, with their signs."""
    return [
        line
        for line in difflib.unified_diff(old.split("\n"), new.split("\n"), lineterm="", n=0)
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]


def change(library: Library, key: str, **values: str) -> None:
    entry_id = library.entries.find(key)
    assert entry_id is not None
    library.entries.edit(entry_id, values)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(BIB.encode(), id="as written"),
        pytest.param(BIB.replace("\n", "\r\n").encode(), id="windows"),
        pytest.param(b"\xef\xbb\xbf" + BIB.encode(), id="byte-order mark"),
        pytest.param(BIB.replace("ICML", "ICML à Zürich").encode("latin-1"), id="latin-1"),
        pytest.param(BIB.encode("utf-16"), id="utf-16"),
        pytest.param(BIB.rstrip().encode(), id="no line end at the end"),
        pytest.param((BIB + "@article{broken, title = {no end\n").encode(), id="a broken block"),
        pytest.param((BIB + BIB.replace("Lin2025", "lin2025")).encode(), id="everything twice"),
    ],
)
def test_what_was_not_changed_is_the_same_bytes(
    library: Library, tmp_path: Path, data: bytes
) -> None:
    workspace = opened(library, tmp_path / "mine.bib", data)
    assert library.workspaces.text(workspace).data == data
    entry_id = library.entries.find("sheep")
    assert entry_id is not None
    library.tags.add("later", [entry_id])
    library.tags.remove("later", [entry_id])
    library.reading_list.set_status("read", [entry_id])
    library.annotations.add_note(entry_id, "My own")
    assert library.workspaces.text(workspace).data == data


@pytest.mark.parametrize(
    ("key", "values", "differ"),
    [
        pytest.param(
            "Lin2025", {"title": "Remembering Transformer"},
            ["-    TITLE     = {Forgetting {T}ransformer: Softmax Attention},",
             "+    TITLE     = {Remembering Transformer},"], id="title",
        ),
        pytest.param(
            "Lin2025", {"journaltitle": "Nature"},
            ['-    journal   = jmlr # " (Papers)",', "+    journal   = {Nature},"],
            id="an abbreviation",
        ),
        pytest.param(
            "Lin2025", {"date": "2024-03"},
            ["-    year      = 2025,", "+    year      = 2024,"], id="year",
        ),
        pytest.param(
            "Lin2025", {"doi": "10.1000/x"}, ["+    doi       = {10.1000/x},"], id="a new field",
        ),
        pytest.param("Lin2025", {"date": "2025"}, ["-    month     = mar"], id="month gone"),
        pytest.param(
            "nikishin:primacy", {"pages": "10-20"},
            ['-  booktitle = "ICML", pages = {1--9},year=2022,',
             '+  booktitle = "ICML", pages = {10--20},year=2022,'], id="several in one line",
        ),
        pytest.param(
            "sheep", {"title": "Goats"},
            ["-@misc{sheep, title = {Counting Sheep}, year = 1999}",
             "+@misc{sheep, title = {Goats}, year = 1999}"], id="one line",
        ),
        pytest.param(
            "sheep", {"citation_key": "goats"},
            ["-@misc{sheep, title = {Counting Sheep}, year = 1999}",
             "+@misc{goats, title = {Counting Sheep}, year = 1999}"], id="key",
        ),
        pytest.param(
            "sheep", {"entry_type": "book"},
            ["-@misc{sheep, title = {Counting Sheep}, year = 1999}",
             "+@book{sheep, title = {Counting Sheep}, year = 1999}"], id="type",
        ),
    ],
)  # fmt: skip
def test_one_field_is_one_line(
    library: Library, tmp_path: Path, key: str, values: dict[str, str], differ: list[str]
) -> None:
    workspace = opened(library, tmp_path / "mine.bib", BIB.encode())
    change(library, key, **values)
    written = library.workspaces.text(workspace)
    assert (lines_that_differ(BIB, written.data.decode()), written.changed) == (differ, 1)
    library.history.undo()
    assert library.workspaces.text(workspace).data == BIB.encode()


MIXED = """@article{one,
  title = {Counting Sheep},
  journaltitle = {Wool},
  year = 2001,
  month = may,
}
@article{two, title = {Goats},
  date = {2001-05-03},
  address = {Here},
}
@misc{three,
  title = {Cows},
  year = 1999, month = feb,
}
"""


@pytest.mark.parametrize(
    ("key", "date", "differ"),
    [
        pytest.param("one", "2005-05", ["-  year = 2001,", "+  year = 2005,"], id="year stays"),
        pytest.param("two", "2002", ["-  date = {2001-05-03},", "+  date = {2002},"],
                     id="date stays"),
        pytest.param("three", "2005", ["-  year = 1999, month = feb,", "+  year = 2005,"],
                     id="no blank stays behind"),
    ],
)  # fmt: skip
def test_an_entry_is_changed_in_its_own_terms(
    library: Library, tmp_path: Path, key: str, date: str, differ: list[str]
) -> None:
    workspace = opened(library, tmp_path / "mine.bib", MIXED.encode())
    change(library, key, date=date)
    written = library.workspaces.text(workspace).data.decode()
    assert lines_that_differ(MIXED, written) == differ


def test_a_new_tag_is_a_keyword(library: Library, tmp_path: Path) -> None:
    workspace = opened(library, tmp_path / "mine.bib", BIB.encode())
    entry_id = library.entries.find("nikishin:primacy")
    assert entry_id is not None
    library.tags.add("sleep", [entry_id])
    assert lines_that_differ(BIB, library.workspaces.text(workspace).data.decode()) == [
        "-  keywords = {bias, rl},", "+  keywords = {bias, rl, sleep},"
    ]  # fmt: skip


def test_papers_come_and_go(library: Library, tmp_path: Path) -> None:
    workspace = opened(library, tmp_path / "mine.bib", BIB.encode())
    sheep, lin = library.entries.find("sheep"), library.entries.find("Lin2025")
    assert sheep is not None
    assert lin is not None
    collection = library.collections.find("mine")
    assert collection is not None
    library.entries.trash([lin])
    report = library.importing.run(
        Source.from_text("@misc{new, title = {Night Goats}, year = 2001}"),
    )
    [record] = report.records
    assert record.entry_id is not None
    library.collections.add(collection, [record.entry_id])
    written = library.workspaces.text(workspace)
    start, end = BIB.index("@Article"), BIB.index("Some words")
    assert written.data.decode() == (
        BIB[:start] + BIB[end:] + "\n@misc{new,\n  title = {Night Goats},\n  year = {2001},\n}\n"
    )
    assert (written.changed, written.added, written.left_out) == (0, 1, 1)


def test_writing_takes_the_place_of_the_file_unless_somebody_else_did(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "mine.bib"
    workspace = opened(library, path, BIB.encode())
    change(library, "sheep", title="Goats")
    library.workspaces.write(workspace)
    assert path.read_text() == BIB.replace("Counting Sheep", "Goats")
    library.history.undo()
    library.workspaces.write(workspace)
    assert path.read_text() == BIB
    path.write_text(BIB + "% theirs\n")
    with pytest.raises(RefmanError, match="changed by another program"):
        library.workspaces.write(workspace)
    assert path.read_text() == BIB + "% theirs\n"
    library.workspaces.write(workspace, tmp_path / "other.bib")
    assert (tmp_path / "other.bib").read_text() == BIB


def test_what_the_encoding_cannot_say_is_a_command_or_told(
    library: Library, tmp_path: Path
) -> None:
    text = BIB.replace("ICML", "ICML Zürich")
    workspace = opened(library, tmp_path / "mine.bib", text.encode("latin-1"))
    change(library, "sheep", title="Łódź")
    [_old, new] = lines_that_differ(text, library.workspaces.text(workspace).data.decode("latin-1"))
    assert new == r"+@misc{sheep, title = {{\L}{\'o}d{\'z}}, year = 1999}"
    change(library, "sheep", title="数羊")
    with pytest.raises(RefmanError, match="save the file as UTF-8"):
        library.workspaces.text(workspace)


def test_only_a_bib_file_is_one(library: Library, tmp_path: Path) -> None:
    report = library.importing.run(Source.from_text(BIB))
    assert report.listing_id is not None
    with pytest.raises(RefmanError, match="did not come from a file"):
        library.workspaces.make(report.listing_id)
    with pytest.raises(UsageError, match="no workspace"):
        library.workspaces.named("mine")


def test_forgetting_leaves_papers_and_file(library: Library, tmp_path: Path) -> None:
    workspace = opened(library, tmp_path / "mine.bib", BIB.encode())
    library.workspaces.forget(workspace)
    assert (library.workspaces.list(), len(library.search.ids())) == ([], 3)
    assert (tmp_path / "mine.bib").read_text() == BIB


_VALUE = st.text(st.sampled_from('ab {}"\\$%#~é\n,=@'), max_size=12)
_FIELD = st.tuples(
    st.sampled_from(["title", "author", "year", "Journal", "note", "x-odd"]),
    st.sampled_from([" = ", "=", "  =\n "]),
    st.one_of(
        _VALUE.map(lambda text: "{" + text + "}"),
        _VALUE.map(lambda text: '"' + text + '"'),
        st.sampled_from(["1999", "jan", "name # {x}", ""]),
    ),
)
_BLOCK = st.builds(
    lambda kind, key, fields, end: (
        f"@{kind}{{{key}"
        + "".join(f",\n  {name}{equals}{value}" for name, equals, value in fields)
        + end
    ),
    st.sampled_from(["article", "Misc", "string", "comment", "in proceedings"]),
    st.sampled_from(["a", "b:c", "", "A"]),
    st.lists(_FIELD, max_size=4),
    st.sampled_from(["}\n", ",\n}", "", "}} x\n", "\r\n}\r\n"]),
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(st.lists(_BLOCK, min_size=1, max_size=4))
def test_any_file_comes_back(pieces: list[str]) -> None:
    data = ("@misc{sure, title = {Counting Sheep}}\n" + "".join(pieces)).encode()
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder) / "library.refman", create=True)
        try:
            workspace = opened(library, Path(folder) / "mine.bib", data)
            assert library.workspaces.text(workspace).data == data
        finally:
            library.close()
