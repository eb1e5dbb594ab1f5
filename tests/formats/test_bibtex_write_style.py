"""Every choice of a style: what it changes in a written entry, and what it is as plain values."""

import json
from typing import Any

import pytest

from refman.errors import UsageError
from refman.formats.bibtex import BibLaTeX, BibTeX
from refman.formats.bibtex.style import Style
from refman.formats.bibtex.writer import render, write
from refman.model.creator import EDITOR, Creator
from refman.model.entry import Entry

ENTRY = Entry(
    "article",
    "king1843",
    "On RL with Ada Lovelace in the small",
    (Creator("King", "Ada"), Creator("Größe", "Bo", role=EDITOR)),
    date="1843-06-02",
    abstract="So be it.",
    fields={
        "journaltitle": "Journal of Chemical Physics",
        "doi": "10.1000/x",
        "url": "https://example.org/ä",
        "urldate": "2020-01-01",
        "file": "a.pdf",
        "my-own": "x",
    },
    keywords=("a", "b"),
)
WHOLE = """\
@article{king1843,
  author = {King, Ada},
  editor = {Größe, Bo},
  title = {On {RL} with Ada Lovelace in the small},
  journal = {Journal of Chemical Physics},
  year = {1843},
  month = jun,
  day = {2},
  doi = {10.1000/x},
  url = {https://example.org/ä},
  urldate = {2020-01-01},
  abstract = {So be it.},
  keywords = {a, b},
  file = {a.pdf},
  my-own = {x},
}
"""


def differences(options: dict[str, Any], entry: Entry = ENTRY, note: str = "") -> list[str]:
    """The lines that these options take away and add."""
    before = render(entry, Style()).splitlines()
    after = render(entry, Style.from_options(options), note).splitlines()
    gone = [f"-{line.strip()}" for line in before if line not in after]
    return gone + [f"+{line.strip()}" for line in after if line not in before]


def test_the_usual_style() -> None:
    assert render(ENTRY, Style()) == WHOLE


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param({"omit": ["journal", "my-own"]},
                     ["-journal = {Journal of Chemical Physics},", "-my-own = {x},"], id="omit"),
        pytest.param({"omit": ["date"]}, ["-year = {1843},", "-month = jun,", "-day = {2},"],
                     id="omit the date"),
        pytest.param({"omit": ["month", "day"]}, ["-month = jun,", "-day = {2},"],
                     id="omit month and day"),
        pytest.param({"unicode": False},
                     ["-editor = {Größe, Bo},", "-url = {https://example.org/ä},",
                      "+editor = {Gr{\\\"o}{\\ss}e, Bo},", "+url = {https://example.org/%C3%A4},"],
                     id="commands"),
        pytest.param({"protection": "nouns"},
                     ["-title = {On {RL} with Ada Lovelace in the small},",
                      "+title = {On {RL} with {Ada} {Lovelace} in the small},"], id="nouns"),
        pytest.param({"protection": "none"},
                     ["-title = {On {RL} with Ada Lovelace in the small},",
                      "+title = {On RL with Ada Lovelace in the small},"], id="no protection"),
        pytest.param({"protection": "title"},
                     ["-title = {On {RL} with Ada Lovelace in the small},",
                      "+title = {{On RL with Ada Lovelace in the small}},"], id="the whole title"),
        pytest.param({"months": "number"}, ["-month = jun,", "+month = {6},"], id="month number"),
        pytest.param({"months": "name"}, ["-month = jun,", "+month = {June},"], id="month name"),
        pytest.param({"links": "doi"}, ["-url = {https://example.org/ä},",
                     "-urldate = {2020-01-01},"], id="DOI only"),
        pytest.param({"links": "url"}, ["-doi = {10.1000/x},"], id="URL only"),
        pytest.param({"abbreviate": True}, ["-journal = {Journal of Chemical Physics},",
                     "+journal = {J. Chem. Phys.},"], id="ISO 4"),
        pytest.param({"abbreviate": True, "abbreviations": {"journal of chemical physics": "JCP"}},
                     ["-journal = {Journal of Chemical Physics},", "+journal = {JCP},"],
                     id="an own abbreviation"),
        pytest.param({"abbreviations": {"journal of chemical physics": "JCP"}}, [],
                     id="abbreviations that are off"),
        pytest.param({"keywords": False}, ["-keywords = {a, b},"], id="no keywords"),
        pytest.param({"abstract": False}, ["-abstract = {So be it.},"], id="no abstract"),
        pytest.param({"files": False}, ["-file = {a.pdf},"], id="no files"),
        pytest.param({"trailing_comma": False}, ["-my-own = {x},", "+my-own = {x}"],
                     id="no last comma"),
    ],
)  # fmt: skip
def test_an_option_changes_these_lines(options: dict[str, Any], expected: list[str]) -> None:
    assert differences(options) == expected


@pytest.mark.parametrize(
    ("options", "names"),
    [
        pytest.param({"only": ["title", "year"]}, ["title", "year"], id="only"),
        pytest.param({"only": ["date"], "omit": ["day"]}, ["year", "month"], id="only, but for"),
        pytest.param({"only": ["year"], "dialect": "biblatex"}, ["date"], id="the year is a date"),
        pytest.param({"only": ["title", "author", "year", "doi"], "order": ["year", "title"]},
                     ["year", "title", "author", "doi"], id="order"),
        pytest.param({"only": ["date", "author"], "order": ["date"]},
                     ["year", "month", "day", "author"], id="the date first"),
        pytest.param({"only": ["date", "author"], "order": ["year"], "dialect": "biblatex"},
                     ["date", "author"], id="the date first in BibLaTeX"),
        pytest.param({"only": ["nothing"]}, [], id="nothing"),
    ],
)  # fmt: skip
def test_which_fields_and_in_which_order(options: dict[str, Any], names: list[str]) -> None:
    lines = render(ENTRY, Style.from_options(options)).splitlines()[1:-1]
    assert [line.split(" = ")[0].strip() for line in lines] == names


@pytest.mark.parametrize(
    ("options", "line"),
    [
        pytest.param({"indent": 0}, "year = {1843},", id="none"),
        pytest.param({"indent": 4}, "    year = {1843},", id="four"),
        pytest.param({"indent": "tab"}, "\tyear = {1843},", id="tab"),
        pytest.param({"align": True}, "  year          = {1843},", id="aligned"),
        pytest.param({"align": True, "indent": "tab"}, "\tyear          = {1843},", id="both"),
    ],
)
def test_lines_are_set(options: dict[str, Any], line: str) -> None:
    text = render(ENTRY, Style.from_options(options))
    assert line in text.splitlines()
    columns = {each.index("=") for each in text.splitlines()[1:-1]}
    assert len(columns) == 1 or "align" not in options


@pytest.mark.parametrize(
    ("links", "fields", "expected"),
    [
        pytest.param("doi", {"url": "https://doi.org/10.1/x"}, ["doi = {10.1/x}"],
                     id="a URL that only says the DOI"),
        pytest.param("doi", {"url": "https://a.b/"}, ["url = {https://a.b/}"], id="no DOI"),
        pytest.param("url", {"doi": "10.1/x"}, ["url = {https://doi.org/10.1/x}"], id="no URL"),
        pytest.param("url", {"doi": "10.1/x", "url": "https://a.b/"}, ["url = {https://a.b/}"],
                     id="URL before DOI"),
        pytest.param("both", {"doi": "10.1/x", "url": "https://doi.org/10.1/x"},
                     ["doi = {10.1/x}", "url = {https://doi.org/10.1/x}"], id="both as they are"),
    ],
)  # fmt: skip
def test_doi_and_url(links: str, fields: dict[str, str], expected: list[str]) -> None:
    entry = Entry(citation_key="k", fields=fields)
    lines = render(entry, Style(links=links)).splitlines()[1:-1]
    assert [line.strip().rstrip(",") for line in lines] == expected


def test_the_short_name_that_the_paper_has() -> None:
    fields = {"journaltitle": "Journal of Physics", "shortjournal": "JP"}
    entry = Entry("article", "k", fields=fields)
    assert "  journal = {JP},\n}" in render(entry, Style(abbreviate=True))
    own = {"Journal of Physics": "J. Ph."}
    assert "{J. Ph.}" in render(entry, Style(abbreviate=True, abbreviations=own))


@pytest.mark.parametrize(
    ("dialect", "fields", "expected"),
    [
        pytest.param("bibtex", {}, "  annote = {# Head\n\n- 5\\% of \\textbraceleft{}},\n",
                     id="alone"),
        pytest.param("biblatex", {"annotation": "Mine."},
                     "  annotation = {Mine.\n\n# Head\n\n- 5\\% of \\textbraceleft{}},\n",
                     id="after the annotation"),
    ],
)  # fmt: skip
def test_notes(dialect: str, fields: dict[str, str], expected: str) -> None:
    entry = Entry(citation_key="k", fields=fields)
    note = "# Head\n\n- 5% of {\n"
    style = Style(dialect=dialect, notes="annote")
    expected = expected.replace("# Head", "\\# Head")
    assert render(entry, style, note) == f"@misc{{k,\n{expected}}}\n"
    assert render(entry, Style(dialect=dialect), note) == render(entry, Style(dialect=dialect))


def test_notes_are_given_by_citation_key() -> None:
    entries = [Entry(citation_key=key, title="T") for key in "kl"]
    for writer in (BibTeX(), BibLaTeX()):
        options = {"notes": "annote", "only": ["annotation"], "annotations": {"l": "Note."}}
        name = "annote" if writer.name == "bibtex" else "annotation"
        expected = f"@misc{{k,\n}}\n\n@misc{{l,\n  {name} = {{Note.}},\n}}\n"
        assert "".join(writer.write(entries, options)) == expected


def test_a_file_is_its_entries_with_an_empty_line_between() -> None:
    entries = [ENTRY, ENTRY.with_values(citation_key="l"), Entry(citation_key="m")]
    style = Style(unicode=False)
    assert "".join(write(entries, style)) == "\n".join(render(entry, style) for entry in entries)


def test_the_dialect_is_the_format_s_own() -> None:
    options = Style(dialect="biblatex").to_options()
    assert "".join(BibTeX().write([ENTRY], options)) == WHOLE


@pytest.mark.parametrize(
    "style",
    [
        pytest.param(Style(), id="usual"),
        pytest.param(
            Style(dialect="biblatex", omit=("a",), only=("b", "c"), order=("title",),
                  unicode=False, protection="none", months="name", links="doi", abbreviate=True,
                  abbreviations={"A B": "A"}, notes="annote", keywords=False, abstract=False,
                  files=False, indent="tab", align=True, trailing_comma=False, source="rewrite"),
            id="nothing as usual",
        ),
    ],
)  # fmt: skip
def test_a_style_is_plain_values(style: Style) -> None:
    options = json.loads(json.dumps(style.to_options()))
    assert Style.from_options(options) == style
    assert options == style.to_options()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"colour": 1}, "no option “colour”", id="unknown"),
        pytest.param({"months": "jun"}, "it takes: macro, number, name", id="none of the few"),
        pytest.param({"months": ["macro"]}, "it takes: macro, number, name", id="a list"),
        pytest.param({"indent": 17}, "0 to 16, or tab", id="indent"),
        pytest.param({"indent": True}, "0 to 16, or tab", id="indent is no bool"),
        pytest.param({"omit": "title"}, "a list of fields", id="one word"),
        pytest.param({"omit": [1]}, "a list of fields", id="a number in a list"),
        pytest.param({"abbreviations": ["a"]}, "full names", id="no table"),
        pytest.param({"abbreviations": {"a": 1}}, "full names", id="no name"),
        pytest.param({"abstract": "yes"}, "true, false", id="no bool"),
    ],
)
def test_what_is_no_style_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Style.from_options(options)


def test_every_option_is_explained() -> None:
    for option in Style.__dataclass_fields__.values():
        assert option.metadata["help"].endswith("."), option.name
