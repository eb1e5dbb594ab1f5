"""What a written file looks like, byte for byte."""

import re
from typing import Any

import pytest

from refman.formats.bibtex import BibLaTeX, BibTeX
from refman.formats.bibtex.style import Style
from refman.formats.bibtex.writer import render, write
from refman.formats.format import Context
from refman.model.creator import EDITOR, Creator
from refman.model.entry import Entry
from refman.model.entry_types import ENTRY_TYPES
from refman.model.fields import ATTRIBUTES, FIELDS, Field, Kind
from tests.formats.engine import AS_OF


def written(*entries: Entry) -> str:
    return "".join(BibTeX().write(entries, {}))


def fields(entry: Entry) -> list[str]:
    """The lines of the fields of one entry."""
    return [line.strip().rstrip(",") for line in written(entry).splitlines()[1:-1]]


def test_a_file() -> None:
    entries = [
        Entry(
            citation_key="nikishin2022primacy",
            title="The Primacy Bias in Deep RL",
            creators=(Creator("Nikishin", "Evgenii"), Creator("Schwarzer", "Max")),
            creators_truncated=True,
            date="2022-05-16",
            abstract="It is 50% better.",
            keywords=("deep learning", "to cite"),
            fields={"eprintclass": "cs.LG", "eprint": "2205.07802", "eprinttype": "arxiv",
                    "url": "https://arxiv.org/abs/2205.07802", "zz": "x", "aa": "a_b"},
        ),
        Entry("article", "oord", "A title", (
            Creator("Oord", "Aaron", non_dropping_particle="van den"),
            Creator("Lee", "Bo", role=EDITOR)),
            date="2020", fields={"pages": "1–9", "journaltitle": "J & K", "location": "Zürich"}),
    ]  # fmt: skip
    assert written(*entries) == (
        """\
@misc{nikishin2022primacy,
  author = {Nikishin, Evgenii and Schwarzer, Max and others},
  title = {The Primacy Bias in Deep {RL}},
  year = {2022},
  month = may,
  day = {16},
  eprint = {2205.07802},
  archiveprefix = {arXiv},
  primaryclass = {cs.LG},
  url = {https://arxiv.org/abs/2205.07802},
  abstract = {It is 50\\% better.},
  keywords = {deep learning, to cite},
  aa = {a_b},
  zz = {x},
}

@article{oord,
  author = {van den Oord, Aaron},
  editor = {Lee, Bo},
  title = {A title},
  journal = {J \\& K},
  year = {2020},
  pages = {1--9},
  address = {Zürich},
}
"""
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"fields": {"eprintclass": "cs.LG"}}, ["eprintclass = {cs.LG}"],
                     id="a class without an arXiv id"),
        pytest.param({"fields": {"eprint": "1706.03762"}},
                     ["eprint = {1706.03762}", "archiveprefix = {arXiv}"], id="an arXiv id alone"),
        pytest.param({"fields": {"eprint": "x1", "eprinttype": "hal"}},
                     ["eprint = {x1}", "eprinttype = {hal}"], id="another archive"),
        pytest.param({"entry_type": "thesis", "fields": {"institution": "I", "type": "mathesis"}},
                     ["school = {I}"], id="a school"),
        pytest.param({"entry_type": "report", "fields": {"institution": "I"}},
                     ["institution = {I}"], id="an institution"),
        pytest.param({"entry_type": "report", "fields": {"type": "techreport"}},
                     ["biblatextype = {techreport}"], id="what the type says is not printed"),
        pytest.param({"entry_type": "report", "fields": {"type": "White paper"}},
                     ["type = {White paper}"], id="what it does not say is"),
        pytest.param({"entry_type": "thesis"}, ["biblatextype = {thesis}"],
                     id="a thesis of no kind"),
        pytest.param({"entry_type": "online"}, ["biblatextype = {online}"],
                     id="a type that BibTeX has not"),
        pytest.param({"entry_type": "comment"}, ["biblatextype = {comment}"],
                     id="a type that would be no entry"),
        pytest.param({"fields": {"subtitle": "On RL", "eventtitle": "E", "issue": "Spring"}},
                     ["subtitle = {On {RL}}", "eventtitle = {E}", "issue = {Spring}"],
                     id="fields that BibTeX has not"),
        pytest.param({"fields": {"annotation": "a\n\n- b_c"}}, ["annote = {a", "", "- b\\_c}"],
                     id="an annotation keeps its lines"),
        pytest.param({"keywords": ("a, b", "c & d", "", "e")}, ["keywords = {{a, b}, c \\& d, e}"],
                     id="tags"),
        pytest.param({"fields": {"url": "https://a.b/{c} d_e%20~#\\"}},
                     ["url = {https://a.b/%7Bc%7D%20d_e%20~#%5C}"], id="a URL"),
        pytest.param({"fields": {"doi": "10.1000/a_b%c"}}, ["doi = {10.1000/a_b%c}"], id="a DOI"),
        pytest.param({"fields": {"file": "C:\\a\\"}}, ["file = {C:\\a\\ }"],
                     id="a backslash at the end"),
        pytest.param({"fields": {"my field": "x", "1st": "y", "": "z"}},
                     ["x- = {z}", "x-1st = {y}", "my-field = {x}"], id="names that are none"),
        pytest.param({"date": "2020/2021"}, ["year = {2020}", "date = {2020/2021}"],
                     id="a range of years"),
        pytest.param({"fields": {"year": "in press"}}, ["year = {in press}"], id="a year in words"),
        pytest.param({"abstract": "One\n two.\n\nThree"}, ["abstract = {One two.\\par Three}"],
                     id="paragraphs"),
        pytest.param({"title": "A\n  line"}, ["title = {A line}"], id="a line break"),
        pytest.param({"title": "A \x00\ud800\ufeff"}, ["title = {A \ufffd}"],
                     id="what is no text"),
        pytest.param({"creators_truncated": True}, [], id="more of nobody"),
        pytest.param({"creators": (Creator("Lee", "Bo", role=EDITOR),), "creators_truncated": True},
                     ["editor = {Lee, Bo and others}"], id="more editors"),
    ],
)  # fmt: skip
def test_fields_are_written(values: dict[str, object], expected: list[str]) -> None:
    found = fields(Entry(citation_key="k").with_values(**values))
    assert sorted(found) == sorted(expected)


def test_a_key_is_made_where_there_is_none_and_none_is_written_twice() -> None:
    ada = (Creator("King", "Ada"),)
    entries = [
        Entry(citation_key="king"),
        Entry(citation_key="King"),
        Entry(title="On engines", creators=ada, date="1843"),
        Entry(citation_key="a b,c{d}"),
    ]
    heads = [line for line in written(*entries).splitlines() if line.startswith("@")]
    assert heads == ["@misc{king,", "@misc{Kinga,", "@misc{king1843engines,", "@misc{abcd,"]


VALUES = {Kind.DATE: ("2020", "2021"), Kind.RANGE: ("1–2", "3–4"), Kind.INTEGER: ("1", "2")}
CHANGES = [
    pytest.param({"title": "One"}, {"title": "Two GFlowNets"}, id="title"),
    pytest.param({"abstract": "One\n\ntwo."}, {"abstract": "One\n\n50%."}, id="abstract"),
    pytest.param({"date": "2020-05"}, {"date": "2021-05"}, id="year"),
    pytest.param({"date": "2020-05"}, {"date": "2020-06"}, id="month"),
    pytest.param({"date": "2020-05-01"}, {"date": "2020-05-02"}, id="day"),
    pytest.param({"keywords": ("a",)}, {"keywords": ("a", "b")}, id="keywords"),
    pytest.param({"creators": (Creator("King", "Ada"),)},
                 {"creators": (Creator("King", "Ada"), Creator("Lee", "Bo"))}, id="author"),
    pytest.param({"creators": (Creator("Lee", "Bo", role=EDITOR),)},
                 {"creators": (Creator("Lee", "Bo", role=EDITOR),), "creators_truncated": True},
                 id="editor"),
    *(
        pytest.param({"date": "", "fields": {name: VALUES.get(field.kind, ("a", ""))[0]}},
                     {"date": "", "fields": {name: VALUES.get(field.kind, ("", "b{c} 5%"))[1]}},
                     id=name)
        for name, field in {**FIELDS, "my-own": Field("my-own", "Mine")}.items()
        if name not in ATTRIBUTES
    ),
]  # fmt: skip


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize(("one", "other"), CHANGES)
def test_one_changed_field_changes_one_line(
    one: dict[str, Any], other: dict[str, Any], dialect: str
) -> None:
    style = Style(dialect=dialect)
    entry = Entry(citation_key="k", title="A title", date="2020-05-06", fields={"volume": "1"})
    pair = []
    for values in (one, other):
        fields = {**entry.fields, **values.get("fields", {})}
        pair.append(render(entry.with_values(**{**values, "fields": fields}), style).splitlines())
    assert sum(a != b for a, b in zip(*pair, strict=True)) == 1
    neighbour = Entry(citation_key="l", title="Another")
    around = ["".join(write([neighbour, entry, neighbour], style)) for _ in range(2)]
    assert around[0] == around[1]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param(Entry(date="2022-05-16"), ["date = {2022-05-16}"], id="a date"),
        pytest.param(Entry(date="2020/2021~"), ["date = {2020/2021~}"], id="a range of dates"),
        pytest.param(Entry(fields={"year": "in press"}), ["year = {in press}"],
                     id="a year in words"),
        pytest.param(Entry(date="2020", fields={"month": "Spring"}),
                     ["year = {2020}", "month = {Spring}"], id="a month in words"),
        pytest.param(Entry("thesis", fields={"institution": "I", "type": "mathesis"}),
                     ["institution = {I}", "type = {mathesis}"], id="a thesis"),
        pytest.param(Entry(fields={"eprint": "1706.03762", "eprintclass": "cs.LG"}),
                     ["eprint = {1706.03762}", "eprinttype = {arxiv}", "eprintclass = {cs.LG}"],
                     id="an arXiv id"),
        pytest.param(Entry(fields={"journaltitle": "J", "location": "L", "annotation": "A"}),
                     ["journaltitle = {J}", "location = {L}", "annotation = {A}"], id="names"),
        pytest.param(Entry(creators=(Creator("Alembert", "Jean", dropping_particle="d'"),
                                     Creator("Oord", "Aaron", non_dropping_particle="van den"))),
                     [("author = {family=Alembert, given=Jean, prefix=d', useprefix=false "
                       "and van den Oord, Aaron}")], id="a particle that drops"),
        pytest.param(Entry(creators=(Creator("A, B", "C", dropping_particle="d'"),)),
                     ["author = {d' {A, B}, C}"], id="a part that no extended name can have"),
        pytest.param(Entry(fields={"ids": "a,b"}), ["ids = {a,b}"], id="other keys"),
        pytest.param(Entry("comment"), [], id="a type that would be no entry"),
    ],
)  # fmt: skip
def test_fields_are_written_in_biblatex(entry: Entry, expected: list[str]) -> None:
    text = "".join(BibLaTeX().write([entry.with_values(citation_key="k")], {}))
    assert [line.strip().rstrip(",") for line in text.splitlines()[1:-1]] == expected


@pytest.mark.parametrize("kind", [*ENTRY_TYPES, "my-type"])
def test_a_type_comes_back(kind: str) -> None:
    entry = Entry(kind, "k", "A title", fields={"institution": "I"})
    for writer in (BibTeX(), BibLaTeX()):
        text = "".join(writer.write([entry], {}))
        again = BibTeX().read(text, Context(AS_OF)).rows[0].entry
        assert (again.entry_type, again.fields) == (kind, {"institution": "I"})
    assert text.startswith(f"@{kind}{{k,\n")


def test_the_parent_of_a_crossref_comes_after_its_children() -> None:
    fields = {"a": "", "b": "A", "c": "d", "d": "a", "x": "y", "y": "x", "z": "nowhere"}
    entries = [
        Entry(citation_key=key, fields={"crossref": parent} if parent else {})
        for key, parent in fields.items()
    ]
    assert "".join(re.findall(r"@misc\{(.)", written(*entries))) == "bczdxya"
    text = "".join(BibLaTeX().write(entries, {}))
    assert "".join(re.findall(r"@misc\{(.)", text)) == "abcdxyz"


def test_nothing_gives_nothing() -> None:
    assert written() == ""
    assert written(Entry()).startswith("@misc{untitled")
