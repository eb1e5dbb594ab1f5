"""Entries written and read again are the same entries, and files read, written and read too."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats import latex
from refman.formats.bibtex import BibTeX
from refman.formats.bibtex.style import Style
from refman.formats.bibtex.writer import write
from refman.formats.format import Context
from refman.model.creator import AUTHOR, EDITOR, TRANSLATOR, Creator
from refman.model.entry import Entry
from refman.model.text import squeeze
from tests.formats.engine import AS_OF
from tests.formats.test_any_text import TEXTS

BIBTEX = BibTeX()


def written(*entries: Entry) -> str:
    return "".join(BIBTEX.write(entries, {}))


def read(text: str) -> list[Entry]:
    return [row.entry for row in BIBTEX.read(text, Context(AS_OF)).rows]


# What has no meaning of its own in a .bib, or one that reading makes Unicode of: see
# `test_what_does_not_come_back`.
_WORDS = st.sampled_from(
    "the of a Bayesian GFlowNets RL CVaR Q-learning 3D word2vec naïve Größe Ελληνικά 学习 Łódź "
    "50% A&B a_b #1 x^2 ~10 C:\\temp $5 $x_1$ $L_\\infty$ $\\{0,1\\}^n$ O'Brien's (PAC) U.S. "
    "state-of-the-art “quoted” — – € 10–20 \\ { } @ = , ; : . ! ? \" ' / | < > * + [x] \\emph{a} "
    "\\foo{b} \u00a0 \u202f 𝒳 👍".split(" ")
)
_TEXT = st.lists(
    _WORDS | st.text(st.characters(codec="utf-8", categories=["L", "Nd", "Sc"]), max_size=5),
    max_size=8,
).map(lambda words: re.sub(r"\s+", " ", " ".join(words)).strip())
TEXT = _TEXT.filter(
    lambda text: latex.to_unicode(latex.escape(text)) == latex.unwrapped(text) == text
)
# A short field loses the braces that only hold together, so it is given none.
PARAGRAPHS = (
    st.lists(TEXT.filter(bool), max_size=3)
    .map("\n\n".join)
    .filter(lambda text: latex.unwrapped(text) == text)
)
SHORT = TEXT.filter(lambda text: latex.ungrouped(text) == text)
NAME = st.text(st.characters(codec="utf-8", categories=["Lu", "Ll"]), min_size=1, max_size=6).map(
    str.capitalize
)
PART = st.sampled_from(["Ada", "O'Neill", "Obando-Ceron", "Łukasz", "J.", "{", "A, B", "x and y",
                        "García y Vega", "50%", "Å"]) | NAME  # fmt: skip


# What can be a name: `others` and `et al.` say that there are more.
LITERAL = SHORT.filter(lambda text: bool(text) and text.casefold() not in ("others", "et al"))


def _creators(role: str) -> st.SearchStrategy[list[Creator]]:
    whole = st.builds(
        Creator,
        family=PART,
        given=PART,
        non_dropping_particle=st.sampled_from(["", "", "von", "van den", "de la"]),
        suffix=st.sampled_from(["", "", "Jr.", "III"]),
        role=st.just(role),
    )
    literal = st.builds(Creator, literal=PART | LITERAL, role=st.just(role))
    return st.lists(whole | literal, max_size=3)


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "journaltitle": SHORT,
        "booktitle": SHORT,
        "note": SHORT,
        "institution": SHORT,
        "volume": st.integers(1, 99).map(str),
        "pages": st.sampled_from(["1–9", "12", "e17", "1, 3–4", "A1–A9"]),
        "doi": st.sampled_from(["10.1000/a_b%c", "10.1002/(SICI)1097<1::AID>3.0.CO;2-2"]),
        "url": st.sampled_from(["https://example.org/~a_b?c=1&d=%20#e", "http://[::1]/"]),
        "eprintclass": st.just("cs.LG"),
        "urldate": st.sampled_from(["2022-06-02", "1999~"]),
        "annotation": TEXT,
        "my-own": st.sampled_from(["a_b & \\foo{c}", "{Kept} as is", "50%"]),
    },
).map(lambda fields: {name: value for name, value in fields.items() if value})
DATES = st.sampled_from(
    ["", "2022", "2022-05", "2022-05-16", "2020/2021", "1999~", "2022-21", "2020-05/..", "-0044"]
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    fields = draw(FIELDS)
    if draw(st.booleans()):
        fields |= {"eprint": draw(st.sampled_from(["1706.03762v2", "hep-th/9901001"])),
                   "eprinttype": "arxiv"}  # fmt: skip
    creators = [one for role in (AUTHOR, EDITOR, TRANSLATOR) for one in draw(_creators(role))]
    return Entry(
        entry_type=draw(st.sampled_from(["misc", "article", "inproceedings", "report", "my-type"])),
        citation_key=draw(st.sampled_from(["key", "a:b/c.d+e", "Smith_2020", "clé", "x'y"])),
        title=draw(SHORT),
        creators=tuple(creators),
        creators_truncated=bool(creators) and draw(st.booleans()),
        date=draw(DATES),
        abstract=draw(PARAGRAPHS),
        fields=fields,
        keywords=tuple(dict.fromkeys(draw(st.lists(SHORT.filter(bool), max_size=3)))),
    )


@given(entry=entries())
def test_an_entry_comes_back(entry: Entry) -> None:
    found = BIBTEX.read(written(entry), Context(AS_OF))
    assert found.problems == []
    assert found.passed_over == []
    assert [row.entry for row in found.rows] == [entry]


@given(title=TEXT)
def test_a_title_is_read_as_it_was_but_for_braces(title: str) -> None:
    again = read(written(Entry(title=title, citation_key="k")))[0].title
    assert squeeze(latex.plain(again)) == squeeze(latex.plain(title))
    assert read(written(Entry(title=again, citation_key="k")))[0].title == again


@given(text=TEXTS)
def test_what_was_read_comes_back(text: str) -> None:
    first = read(text)
    output = written(*first)
    output.encode()
    assert written(*first) == output
    assert len(read(output)) == len(first)
    assert latex.is_balanced(output)


@pytest.mark.parametrize(
    ("entry", "again"),
    [
        pytest.param(
            Entry(
                citation_key="k", creators=(Creator("Alembert", "Jean", dropping_particle="d'"),)
            ),
            Entry(
                citation_key="k",
                creators=(Creator("Alembert", "Jean", non_dropping_particle="d'"),),
            ),
            id="BibTeX has one kind of particle",
        ),
        pytest.param(
            Entry(citation_key="k", creators=(Creator(family="Plato"),)),
            Entry(citation_key="k", creators=(Creator(literal="Plato"),)),
            id="a name of one part is a literal",
        ),
        pytest.param(
            Entry(citation_key="k", fields={"pages": "1-9"}),
            Entry(citation_key="k", fields={"pages": "1–9"}),
            id="a range has a dash",
        ),
        pytest.param(
            Entry(citation_key="k", abstract="A -- B, ``C'' and \\'e, R\\&D"),
            Entry(citation_key="k", abstract="A – B, “C” and é, R&D",
                  tex={"abstract": "A -- B, ``C'' and \\'e, R\\&D"}),
            id="TeX for what Unicode can say",
        ),
        pytest.param(
            Entry(citation_key="k", fields={"journaltitle": "The {Journal}"}),
            Entry(citation_key="k", fields={"journaltitle": "The Journal"},
                  tex={"journaltitle": "The {Journal}"}),
            id="braces that protect where no style changes capitals",
        ),
        pytest.param(
            Entry(citation_key="k", fields={"my": "a { b"}),
            Entry(citation_key="k", fields={"my": "a \\textbraceleft{} b"}),
            id="a lone brace in a field that is not ours to escape",
        ),
        pytest.param(
            Entry(citation_key="k", abstract="one\ntwo\x00"),
            Entry(citation_key="k", abstract="one two"),
            id="a single line break, a control character",
        ),
    ],
)  # fmt: skip
def test_what_does_not_come_back(entry: Entry, again: Entry) -> None:
    assert read(written(entry)) == [again]
    assert read(written(again)) == [again]


ODD_YEARS = st.sampled_from(
    [
        "{c. 1850}",
        "{1998--2001}",
        "{2001--2003}",
        "1999",
        "{in press}",
        "{ca 1700}",
        "{{2001}}",
        "{98}",
    ]
)
ODD_MONTHS = st.sampled_from(
    ["", '"10~" # jan', 'jan # "/" # feb', '"March"', "{Spring}", "jun", "{6}", "{1--5 May}", "13",
     "{Sept.}", "{{May}}", 'jan # "~" # {1st}']
)  # fmt: skip
ODD_DAYS = st.sampled_from(["", "{05}", "31", "{x}"])
WHOLE_DATES = st.sampled_from(
    ["", "{2001-05-03T12:00:00Z}", "{2001-5-3}", "{2001/2003}", "{June 2022}"]
)


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@given(year=ODD_YEARS, month=ODD_MONTHS, day=ODD_DAYS, date=WHOLE_DATES)
def test_dates_are_stable(dialect: str, year: str, month: str, day: str, date: str) -> None:
    said = {"year": year, "month": month, "day": day, "date": date}
    lines = "".join(f"{name} = {value}, " for name, value in said.items() if value)
    first = read(f"@misc{{k, title = {{T}}, {lines}}}")
    style = Style(dialect=dialect)
    text = "".join(write(first, style))
    again = read(text)
    assert "".join(write(again, style)) == text
    if first[0].tex:
        assert again == first
