"""What came with a .bib goes back: exported and imported again it is the same library."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from refman.library import Library, Source, citation_keys
from refman.library.export_settings import ExportSettings
from refman.library.paper_rows import own_of
from refman.library.storing import load

FILE = r"""@article{a,
  title = {Sheep}, author = {Lovelace, Ada}, year = {c. 1850},
  readstatus = {skimmed}, ranking = {rank3}, groups = {Farm, Wool}, ids = {old, older},
  file = {Notes:/papers/a.pdf:PDF;https\://example.org/a},
}
@article{b, title = {Goats}, year = 2001, month = "10~" # jan, journal = {Farm}}
@inproceedings{c, title = {Cows}, author = {Stein, Ida}, crossref = {p}, xdata = {xd}}
@book{d, title = {Days}, date = {2001-05-03T12:00:00Z}, read = {true}, rating = {2}}
@article{e, title = {Years}, year = {2001--2003}, month = "March"}
@proceedings{p, title = {Proc. of Cows}, booktitle = {Proc. of Cows}, year = 1999}
@xdata{xd, publisher = {Farmers}}
"""


def imported(path: Path, text: str) -> Library:
    library = Library.open(path, create=True)
    library.importing.run(Source.from_text(text, "file.bib"))
    return library


def text_of(library: Library, dialect: str, **style: Any) -> str:
    return library.exporting.chosen_text(ExportSettings(format=dialect, style=style)).text


def said(library: Library) -> dict[str, Any]:
    """What a library says, by citation key, without what no file can: ids and moments."""
    with library.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT id, citation_key FROM entry ORDER BY id").all()
        keys = {row[0]: row[1] for row in rows}
        entries = load(connection, keys, tex=True)
        aliases, own = citation_keys.aliases(connection, keys), own_of(connection, keys)
    return {keys[i]: (entries[i], aliases.get(i), own[i]) for i in keys}


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Library]:
    with closing(imported(tmp_path / "first.refman", FILE)) as library:
        yield library


def parts(text: str) -> dict[str, str]:
    return {one.split("{", 1)[1].split(",")[0]: one for one in text.split("\n@")}


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_the_same_library_comes_back(first: Library, tmp_path: Path, dialect: str) -> None:
    text = text_of(first, dialect)
    with closing(imported(tmp_path / "again.refman", text)) as again:
        assert text_of(again, dialect) == text
        found, expected = said(again), said(first)
    for key, (entry, aliases, own) in expected.items():
        names = {*entry.tex} - {"inherited"}
        assert found[key][0].with_values(tex={}) == entry.with_values(tex={})
        assert {name: found[key][0].tex.get(name) for name in names} == {
            n: entry.tex[n] for n in names
        }
        assert found[key][1:] == (aliases, own)


def test_what_came_with_a_file_goes_back(first: Library) -> None:
    found = parts(text_of(first, "bibtex"))
    for line in (
        "year = {c. 1850}", "readstatus = {skimmed}", "ranking = {rank3}", "groups = {Farm, Wool}",
        "ids = {old, older}", "file = {Notes:/papers/a.pdf:PDF;https\\://example.org/a}",
    ):  # fmt: skip
        assert f"  {line},\n" in found["a"]
    assert "  month = {10~} # jan,\n" in found["b"]
    assert "  read = {true},\n" in found["d"]
    assert "  rating = {2},\n" in found["d"]
    assert "  year = {2001--2003},\n  month = {March},\n" in found["e"]
    assert "readstatus" not in found["b"]
    assert "/papers" not in text_of(first, "bibtex", files=False)


def test_what_is_of_the_user_is_written_as_it_is_now(first: Library) -> None:
    ids = [1]
    first.reading_list.set_status("read", ids)
    first.entries.rate(ids, 5)
    found = parts(text_of(first, "bibtex"))["a"]
    assert "  readstatus = {read},\n" in found
    assert "  ranking = {rank5},\n" in found


@pytest.mark.parametrize(
    ("dialect", "gone", "there"),
    [
        ("biblatex", ["booktitle", "publisher", "date"], []),
        ("bibtex", ["booktitle", "year"], ["publisher"]),
    ],
)
def test_a_parent_that_is_written_too_gives(
    first: Library, dialect: str, gone: list[str], there: list[str]
) -> None:
    found = parts(text_of(first, dialect))
    assert not [name for name in gone if f"  {name} = " in found["c"]]
    assert [name for name in there if f"  {name} = " in found["c"]] == there
    assert "publisher = {Farmers}" in found["xd"]


def test_what_holds_fields_of_others_is_not_counted(first: Library) -> None:
    export = first.exporting.chosen_text(ExportSettings())
    assert (export.count, export.left_out) == (7, 0)
    ris = first.exporting.chosen_text(ExportSettings(format="ris"))
    assert (ris.count, ris.left_out) == (6, 0)
