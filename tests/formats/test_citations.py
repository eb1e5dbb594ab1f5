"""Citations and bibliographies by CSL styles, and references to citation keys.

What the table expects was checked by hand against the published rules: APA's manual (7th ed.),
IEEE's reference guide, The Chicago Manual of Style (18th ed., author-date), Citing Medicine
(NLM), Nature's and ACM's notes for authors.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from refman.errors import ReadError
from refman.formats import citations
from refman.formats.csl.marks import Quotes, finished, held, marked
from refman.formats.csl.numbers import page_range
from refman.formats.csl.people import NameForm, initials
from refman.library import styles
from refman.model.creator import Creator
from refman.model.entry import Entry
from refman.model.entry_types import ENTRY_TYPES
from tests.formats.cited import ENTRIES, cited

SIX = ("apa", "ieee", "chicago", "vancouver", "nature", "acm")
BEFORE, BEHIND = '<div class="csl-bib-body">\n  <div class="csl-entry">', "</div>\n</div>"
# What each style makes of each kind of entry: style, entry, markup, citation, bibliography.
TABLE = Path(__file__).parents[1] / "data" / "citations.tsv"
EXPECTED = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]


@cache
def style(name: str) -> bytes:
    return styles.source(styles.find(name))[0]


def rendered(name: str, entries: list[Entry], markup: str = "text") -> tuple[str, list[str]]:
    """The citation of all, and the lines of the bibliography."""
    items = [citations.cited_item(entry, str(n)) for n, entry in enumerate(entries)]
    listed = citations.bibliography(style(name), items, markup)
    return citations.citation(style(name), items, markup), listed.splitlines()


@pytest.mark.parametrize(
    ("name", "entry", "markup", "citation", "bibliography"),
    [pytest.param(*row, id=f"{row[0]}-{row[1]}") for row in EXPECTED],
)
def test_expected(name: str, entry: str, markup: str, citation: str, bibliography: str) -> None:
    items = [citations.cited_item(ENTRIES[entry], "1")]
    listed = citations.bibliography(style(name), items, markup)
    if markup == "html":
        bibliography = BEFORE + bibliography + BEHIND
    assert (citations.citation(style(name), items, markup), listed) == (citation, bibliography)


def person(title: str, names: str, date: str = "2010") -> Entry:
    return cited("article", title, names, date, journaltitle="J")


TOLD_APART = [
    pytest.param(
        "apa",
        [person("Beta", "Smith, Adam; Jones, Bob"), person("Alpha", "Smith, Adam; Jones, Bob")],
        "(Smith & Jones, 2010a, 2010b)",
        ["Smith, A., & Jones, B. (2010a). Alpha. J.", "Smith, A., & Jones, B. (2010b). Beta. J."],
        id="a letter after the year, in the order of the bibliography",
    ),
    pytest.param(
        "apa",
        [person("Beta", "Smith, Adam", ""), person("Alpha", "Smith, Adam", "")],
        "(Smith, n.d.-a, n.d.-b)",
        ["Smith, A. (n.d.-a). Alpha. J.", "Smith, A. (n.d.-b). Beta. J."],
        id="a letter where there is no year",
    ),
    pytest.param(
        "apa",
        [person("Alpha", "Smith, Adam"), person("Beta", "Smith, Jane")],
        "(A. Smith, 2010; J. Smith, 2010)",
        ["Smith, A. (2010). Alpha. J.", "Smith, J. (2010). Beta. J."],
        id="initials of those who share a family name",
    ),
    pytest.param(
        "chicago",
        [person("Alpha", "Smith, Jane"), person("Beta", "Smith, John")],
        "(Jane Smith 2010; John Smith 2010)",
        ["Smith, Jane. 2010. “Alpha.” J.", "Smith, John. 2010. “Beta.” J."],
        id="given names of those who share the initials, too",
    ),
    pytest.param(
        "chicago",
        [person("Alpha", "Smith, J."), person("Beta", "Smith, John", "2011")],
        "(Smith 2010, 2011)",
        ["Smith, J. 2010. “Alpha.” J.", "Smith, John. 2011. “Beta.” J."],
        id="who may be the same person is not told apart",
    ),
    pytest.param(
        "apa",
        [
            person("Alpha", "Smith, Adam; Jones, Bob; Lee, Cy"),
            person("Beta", "Smith, Adam; Jones, Bob; Kay, Di"),
            person("Gamma", "Smith, Adam; Orr, Ed; Kay, Di"),
        ],
        "(Smith, Jones, & Kay, 2010; Smith, Jones, & Lee, 2010; Smith, Orr, et al., 2010)",
        [
            "Smith, A., Jones, B., & Kay, D. (2010). Beta. J.",
            "Smith, A., Jones, B., & Lee, C. (2010). Alpha. J.",
            "Smith, A., Orr, E., & Kay, D. (2010). Gamma. J.",
        ],
        id="as many names as it takes",
    ),
    pytest.param(
        "vancouver",
        [person(title, "Roe, Jane") for title in ("One", "Two", "Three", "Four")],
        "(1–4)",
        [f"{n}. Roe J. {t}. J. 2010." for n, t in enumerate(("One", "Two", "Three", "Four"), 1)],
        id="a range of numbers",
    ),
    pytest.param(
        "acm",
        [person("Beta", "Young, Ann"), person("Alpha", "Abbot, Zoe")],
        "[1, 2]",
        [
            "[1] Zoe Abbot. 2010. Alpha. J (2010).",
            "[2] Ann Young. 2010. Beta. J (2010).",
        ],
        id="numbers in the order of the bibliography",
    ),
]


@pytest.mark.parametrize(("name", "entries", "citation", "bibliography"), TOLD_APART)
def test_several(name: str, entries: list[Entry], citation: str, bibliography: list[str]) -> None:
    assert rendered(name, entries) == (citation, bibliography)


def test_numbers_follow_the_bibliography_of_the_same_papers() -> None:
    items = [citations.cited_item(ENTRIES[each], each) for each in ("suffix", "article")]
    assert citations.citation(style("ieee"), items) == "[1], [2]"


def test_another_language() -> None:
    items = [citations.cited_item(ENTRIES["editors only"], "1")]
    listed = citations.bibliography(style("apa"), items, locale="de-DE")
    assert listed == "Roe, J., & Doe, J. (Hrsg.). (2001). Handbook of sheep (2. Aufl.). Farm Press."


def test_no_papers() -> None:
    assert citations.citation(style("apa"), []) == ""
    assert citations.bibliography(style("apa"), [], "html") == ""


KINDS = [*ENTRIES.values(), *(
    cited(kind, f"A study of {kind}", "Lovelace, Ada", "2020-05-03", "Noether, Emmy",
          booktitle="Book", journaltitle="Journal", publisher="P", number="7", volume="12",
          pages="3--9", url="https://example.org/x", type="kind", eventtitle="Event")
    for kind in ENTRY_TYPES
)]  # fmt: skip


@pytest.mark.parametrize("markup", citations.MARKUPS)
@pytest.mark.parametrize("name", SIX)
def test_every_kind_of_entry(name: str, markup: str, capfd: pytest.CaptureFixture[str]) -> None:
    items = [citations.cited_item(entry, str(n)) for n, entry in enumerate(KINDS)]
    cited_all = citations.citation(style(name), items, markup)
    listed = citations.bibliography(style(name), items, markup)
    assert_clean(cited_all + listed, markup)
    again = citations.bibliography(style(name), items, markup)
    assert (again, capfd.readouterr()) == (listed, ("", ""))


def assert_clean(text: str, markup: str) -> None:
    """No marks, no signs twice, nothing empty; of HTML, a fragment."""
    plain = text
    if markup == "html":
        plain = "".join(str(part) for part in etree.fromstring(f"<div>{text}</div>").itertext())
    for doubled in (",,", ";;", "..", "::", "()", "[]", "“”", " ,", "None", "nocase", "\\alpha"):
        assert doubled not in plain
    assert not [char for char in text if ord(char) >= 0xF0000]


@pytest.mark.parametrize(
    "file", sorted(Path(styles.find("apa").path).parent.glob("*.csl"))[::80], ids=lambda f: f.stem
)
def test_any_style(file: Path) -> None:
    source = file.read_bytes()
    citations.check_style(source)
    items = [citations.cited_item(entry, str(n)) for n, entry in enumerate(KINDS)]
    assert_clean(citations.citation(source, items, "html"), "html")
    if citations.has_bibliography(source):
        assert_clean(citations.bibliography(source, items, "html"), "html")


ANY = st.text(max_size=40)
NAMES = st.builds(Creator, ANY, ANY, ANY, ANY, ANY, st.sampled_from(("", "", "A body")))
ANY_ENTRY = st.builds(
    Entry,
    st.sampled_from(sorted(ENTRY_TYPES)),
    st.just("key"),
    ANY,
    st.lists(NAMES, max_size=4).map(tuple),
    st.booleans(),
    st.sampled_from(("", "2020", "2020-05", "2020-21", "2020/2021", "199X", "-0044", "/2020", "x")),
    ANY,
    st.dictionaries(
        st.sampled_from(("journaltitle", "volume", "pages", "edition", "doi", "url", "type")), ANY
    ),
)


@given(st.lists(ANY_ENTRY, max_size=4), st.sampled_from(SIX))
def test_any_entry(entries: list[Entry], name: str) -> None:
    items = [citations.cited_item(entry, str(n)) for n, entry in enumerate(entries)]
    found = citations.citation(style(name), items, "html")
    found += citations.bibliography(style(name), items, "html")
    allowed = "".join(char for char in found if char >= " " or char == "\n")
    etree.fromstring(f"<div>{allowed}</div>".encode("utf-8", "ignore"))


# ------------------------------------------------------------------------ the parts of it

MEETING = [
    ("Why?", ".", "Why?"),
    ("Why?", ",", "Why?,"),
    ("Inc.", ".", "Inc."),
    ("Inc.", ",", "Inc.,"),
    ("and so on ...", ".", "and so on ..."),
    ("a, b", ", ", "a, b,"),
    ("Note:", ":", "Note:"),
    ("Wow!!", ".", "Wow!!"),
    ("in .NET", ".", "in .NET."),
]


@pytest.mark.parametrize(("value", "suffix", "expected"), MEETING)
def test_meeting_signs(value: str, suffix: str, expected: str) -> None:
    assert finished(held(marked(value)) + suffix, Quotes(), "text") == expected


MARKED = [
    ("<i>E. coli</i> & co", "text", "E. coli & co"),
    ("<i>E. coli</i> & co", "html", "<i>E. coli</i> &amp; co"),
    ("<i>E. coli</i> & co", "markdown", "*E. coli* & co"),
    ("<i>a <i>b</i></i>", "html", "<i>a </i>b"),
    ("<i>open", "html", "&lt;i&gt;open"),
    ("a <b", "html", "a &lt;b"),
    ("x<sub>1</sub>y", "html", "x<sub>1</sub>y"),
    ("AT&amp;T", "text", "AT&T"),
    ('say "yes" or 5" disk', "text", "say “yes” or 5\" disk"),
    ("<script>x</script>", "html", "&lt;script&gt;x&lt;/script&gt;"),
    ("<span class=\"nocase\">x</span>", "text", "x"),
    ("snake_case *star* [x] `y` #1 a@b $x$", "markdown",
     "snake\\_case \\*star\\* \\[x\\] \\`y\\` #1 a\\@b \\$x\\$"),
    ("# no heading", "markdown", "\\# no heading"),
    ("1. no list", "markdown", "1\\. no list"),
    ("see https://a.org/b_c. End", "markdown", "see <https://a.org/b_c>. End"),
    ("https://doi.org/10.1002/(sici)8:9<693::aid-a4>3.0.co;2-w.", "markdown",
     "<https://doi.org/10.1002/(sici)8:9%3C693::aid-a4%3E3.0.co;2-w>."),
    ("a<i>(b)</i>c", "markdown", "a<i>(b)</i>c"),
    ("\U000f0000gone", "text", "gone"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "markup", "expected"), MARKED)
def test_markup(value: str, markup: str, expected: str) -> None:
    assert finished(held(marked(value)), Quotes(), markup) == expected


class Wording:
    def __init__(self, how: str) -> None:
        self.how = how

    def get(self, name: str, default: str = "") -> str:
        return self.how or default

    def term(self, name: str) -> str:
        return ""


PAGES = [
    ("100--119", "", "100–119"),
    ("100-19", "expanded", "100–119"),
    ("321-328", "minimal", "321–8"),
    ("321-328", "minimal-two", "321–28"),
    ("71-72", "chicago", "71–72"),
    ("100-104", "chicago-16", "100–104"),
    ("101-108", "chicago-16", "101–8"),
    ("321-328", "chicago-16", "321–28"),
    ("498-532", "chicago-16", "498–532"),
    ("1087-1089", "chicago-16", "1087–89"),
    ("1496-1504", "chicago-15", "1496–1504"),
    ("11564-11615", "chicago-16", "11564–615"),
    ("12991-13001", "chicago-16", "12991–3001"),
    ("e1001-e1010", "chicago-16", "e1001–10"),
    ("xi-xiv", "", "xi–xiv"),
    ("A-12", "", "A-12"),
    ("12,15--18", "", "12, 15–18"),
]


@pytest.mark.parametrize(("pages", "how", "expected"), PAGES)
def test_page_ranges(pages: str, how: str, expected: str) -> None:
    """The examples of The Chicago Manual of Style, 9.63, and of CSL 1.0.2, appendix V."""
    assert page_range(pages, Wording(how)) == expected


INITIALS = [
    ("Martin Luther", {"initialize-with": ". "}, "M. L."),
    ("Martin Luther", {"initialize-with": ""}, "ML"),
    ("J.R.R.", {"initialize-with": ". "}, "J. R. R."),
    ("Jean-Luc", {"initialize-with": ". "}, "J.-L."),
    ("Jean-Luc", {"initialize-with": ". ", "initialize-with-hyphen": "false"}, "J. L."),
    ("Guy de", {"initialize-with": ". "}, "G. de"),
    ("Donald E.", {"initialize-with": ". ", "initialize": "false"}, "Donald E."),
    ("Robert (Bob)", {"initialize-with": "."}, "R."),
    ("Émile", {"initialize-with": "."}, "É."),
    ("-", {"initialize-with": "."}, "-"),
]


@pytest.mark.parametrize(("given_name", "options", "expected"), INITIALS)
def test_initials(given_name: str, options: dict[str, str], expected: str) -> None:
    form = NameForm.of(options, None, {}, "et al.", "and", str)
    assert initials(given_name, form) == expected


REFERENCES: list[tuple[Callable[[list[str]], str], list[str], str]] = [
    (citations.latex, [], ""),
    (citations.latex, ["a", "b"], r"\cite{a,b}"),
    (citations.pandoc, ["a", "b:c/d"], "[@a; @b:c/d]"),
    (citations.pandoc, ["a.", "é+1", "x--y", "O'Neil"], "[@{a.}; @é+1; @{x--y}; @{O'Neil}]"),
    (citations.typst, ["a", "b:c.d-e_f"], "@a @b:c.d-e_f"),
    (citations.typst, ["a.", "b+c"], '#cite(label("a.")) #cite(label("b+c"))'),
    (citations.typst, ["né2020"], "@né2020"),
    (citations.listed, ["a", "b"], "a,b"),
]  # fmt: skip


@pytest.mark.parametrize(("write", "keys", "expected"), REFERENCES)
def test_references(write: Callable[[list[str]], str], keys: list[str], expected: str) -> None:
    assert write(keys) == expected


CSL = 'xmlns="http://purl.org/net/xbiblio/csl" version="1.0"'
LAYOUT = '<layout><text variable="title"/></layout>'
CIRCLE = (
    '<macro name="a"><text macro="b"/></macro>'
    '<macro name="b"><group><text macro="a"/></group></macro>'
)
BAD_STYLES = [
    ("", "no CSL style"),
    ("<style", "no CSL style"),
    ("<html/>", "outermost element is <html>"),
    ("<style/>", "outermost element is <style>"),
    ('<style xmlns="http://purl.org/net/xbiblio/csl"/>', "old version"),
    (f"<style {CSL}/>", "no <citation>"),
    (f"<style {CSL}><citation/></style>", "no <layout>"),
    (f"<style {CSL}><citation>{LAYOUT}</citation><bibliography/></style>", "no <layout>"),
    (f'<style {CSL}><citation><layout><text macro="x"/></layout></citation></style>', "macro “x”"),
    (f"<style {CSL}>{CIRCLE}<citation>{LAYOUT}</citation></style>", "uses itself"),
]


@pytest.mark.parametrize(("source", "message"), BAD_STYLES)
def test_a_bad_style(source: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        check(source)


def check(source: str) -> None:
    citations.style_info(source.encode())
    citations.check_style(source.encode())


ODD = [
    '<text/><number/><label/><names/><date/><choose/><group/><date variable="issued"/>',
    '<date variable="issued"><date-part/></date><date variable="issued" form="odd"/>',
    '<choose><foo/></choose><foo/><choose><if/><else-if/></choose><names variable=""/>',
    '<names variable="author"><name et-al-min="many"/><et-al/><substitute/></names>',
    '<text variable="title" font-style="odd" text-case="odd" font-weight="light"/>',
    '<names variable="author"><name form="count"/></names><text term="no such term"/>',
]


@pytest.mark.parametrize("content", ODD)
def test_an_odd_style(content: str) -> None:
    check(f"<style {CSL}><citation><layout>{content}</layout></citation></style>")


def test_a_style_says_what_it_is() -> None:
    info = '<info><title>A  B</title><link rel="independent-parent" href="https://x/ieee"/></info>'
    found = citations.style_info(f'<style {CSL} default-locale="de-DE">{info}</style>'.encode())
    assert found == citations.StyleInfo("A B", "ieee", "de-DE")
