"""Characters as TeX commands: what is written, that it is ASCII, and that it is read as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats import latex
from refman.formats.bibtex.commands import beyond_ascii, in_commands
from refman.formats.bibtex.spelling import spelt
from refman.formats.bibtex.style import Style
from refman.formats.bibtex.writer import render
from refman.model.entry import Entry

SAID = {
    "Größe": "Gr{\\\"o}{\\ss}e",
    "Łódź, Ångström, Þór, Œuvre":
        "{\\L}{\\'o}d{\\'z}, {\\AA}ngstr{\\\"o}m, {\\TH}{\\'o}r, {\\OE}uvre",
    "naïve ǎ ő ç ą ė": "na{\\\"i}ve {\\v{a}} {\\H{o}} {\\c{c}} {\\k{a}} {\\.e}",
    "x\u0304 and e\u0301": "{\\=x} and {\\'e}",
    "a – b — c": "a -- b --- c",
    "–- “‘a’”":
        "{\\textendash}- {\\textquotedblleft}{\\textquoteleft}a{\\textquoteright}"
        "{\\textquotedblright}",
    "“quoted” don’t": "``quoted'' don{\\textquoteright}t",
    "a\u00a0b\u00adc": "a~b\\-c",
    "© 2020 ™ € £ ° ½":
        "{\\textcopyright} 2020 {\\texttrademark} {\\texteuro} {\\textsterling} {\\textdegree} "
        "{\\textonehalf}",
    "α-synuclein, TGF-β": "$\\alpha$-synuclein, TGF-$\\beta$",
    "H₂O → ≤≥ ∞": "H$_2$O {\\textrightarrow} $\\leq\\geq$ $\\infty$",
    "of $L_∞$": "of $L_{\\infty}$",
    "\\url{https://a.b/ä}": "\\url{https://a.b/ä}",
    # What TeX cannot say without a font for it.
    "Ελληνικά Привет 学习 👍": "Ελληνικά Привет 学习 👍",
    "ascii only \\'e": "ascii only \\'e",
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), SAID.items(), ids=list(SAID))
def test_characters_are_said(text: str, said: str) -> None:
    assert in_commands(text) == said


LATIN = st.characters(min_codepoint=0xA1, max_codepoint=0x17F, categories=["L"])
TEXT = st.text(LATIN | st.sampled_from("abc –—“”‘’¡¿…€°"), max_size=12)


@given(text=TEXT)
def test_what_is_said_is_read_again(text: str) -> None:
    said = in_commands(spelt("note", text))
    assert latex.to_unicode(said, groups=False) == " ".join(text.split())
    left = set(beyond_ascii(said))
    assert left <= set("ħĦŉĸŀĿŧŦſĲĳ")  # TeX has no letter for these


@given(text=st.text(max_size=20))
def test_any_text_can_be_said(text: str) -> None:
    said = in_commands(spelt("note", text))
    assert latex.is_balanced(said)
    assert in_commands(said) == said


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        pytest.param("doi", "10.1/ä", "10.1/ä", id="no TeX in a DOI"),
        pytest.param("url", "https://a.b/ä", "https://a.b/%C3%A4", id="a URL has its own way"),
        pytest.param("my-own", "ä", "ä", id="a field that is not ours"),
        pytest.param("note", "ä", '{\\"a}', id="text"),
    ],
)
def test_what_is_no_text_is_left(name: str, value: str, expected: str) -> None:
    text = render(Entry(citation_key="k", fields={name: value}), Style(unicode=False))
    assert text == f"@misc{{k,\n  {name} = {{{expected}}},\n}}\n"


def test_the_rest_is_told() -> None:
    assert beyond_ascii("a 学b习 ä学") == "ä习学"
    assert beyond_ascii("abc") == ""
