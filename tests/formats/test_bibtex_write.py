"""What a written file looks like, byte for byte."""

import pytest

from refman.formats.bibtex import BibTeX
from refman.model.creator import EDITOR, Creator
from refman.model.entry import Entry


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


def test_one_changed_field_changes_one_line() -> None:
    entry = Entry(citation_key="k", title="One", date="2020", fields={"zz": "x", "volume": "1"})
    before = written(entry).splitlines()
    after = written(entry.with_values(fields={**entry.fields, "zz": "y"})).splitlines()
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        ("  zz = {x},", "  zz = {y},")
    ]


def test_nothing_gives_nothing() -> None:
    assert written() == ""
    assert written(Entry()).startswith("@misc{untitled")
