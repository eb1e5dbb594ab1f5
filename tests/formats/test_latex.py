"""LaTeX to Unicode and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats import latex

TO_UNICODE = {
    "G{\\\"o}del G\\\"odel G\\\"{o}del {\\\"{O}}sterreich": "Gödel Gödel Gödel Österreich",
    "{\\'E}cole \\'{e}t\\'e \\`a \\^o \\~n \\=a \\.z": "École été à ô ñ ā ż",
    "Erd{\\H o}s Erd\\H{o}s {\\c c} \\c{C} \\v{s} \\v Z \\u{g} \\k{a} \\r{u} \\d{u} \\b{d}":
        "Erdős Erdős ç Ç š Ž ğ ą ů ụ ḏ",
    "na{\\\"\\i}ve \\'{\\i} \\'\\i{} \\'\\i sland": "naïve í í ísland",
    "Stra{\\ss}e Stra\\ss e S{\\o}ren S\\o ren \\AA{} {\\L}\\'od\\'z \\ae\\oe\\th":
        "Straße Straße Søren Søren Å Łódź æœþ",
    "1--9 a---b ``quoted'' it's `so'": "1–9 a—b “quoted” it's `so'",
    "\\% \\& \\# \\_ {\\&} 5\\%": "% & # _ & 5%",
    "a~b\\,c\\-d\\/e\\ f": "a\u00a0b\u202fc\u00adde f",
    "\\textasciitilde{}x \\~{}y \\^{}z \\textasciicircum": "~x ~y ^z ^",
    "\\ldots{} \\dots \\copyright{} \\texttrademark \\S 3": "… …© ™§3",
    "{\\textendash} \\textless{}p\\textgreater": "– <p>",
    "\\alpha and \\rightarrow": "α and →",
    "\\'{\\^{e}} \\d{\\'e} \\'{\\ae} \\={\\ae} \\'\\o{} \\'{\\d{\\^o}}": "ế ẹ́ ǽ ǣ ǿ ộ́",
    "\\textcommabelow{s} \\cb{t} \\~{n} \\~ n {\\'{E}} \\.\\i{} \\v{\\j}": "ș ț ñ ñ É i̇ ǰ",
    "\\textalpha{} \\textOmega \\degree{}C \\lq a\\rq{}": "α Ω°C ‘a’",
    # A macro's argument keeps its braces, whatever stands in them.
    "\\ensuremath{\\alpha} \\emph{\\'e} \\foo {\\\"o} Caf{\\'e}":
        "\\ensuremath{α} \\emph{é} \\foo {ö} Café",
    "\\textgreek{abg} \\noopsort{1973}x": "\\textgreek{abg} \\noopsort{1973}x",
    # What cannot be said in Unicode stays.
    "$x_1 < \\alpha$ and \\(y\\) and $$z$$": "$x_1 < \\alpha$ and \\(y\\) and $$z$$",
    "$ x $ and $y$2": "$x$ and \\(y\\)2",
    "\\emph{so} {\\em so} \\foo{bar} \\foo \\'{xy} \\LaTeX{} \\url{http://a_b%c}":
        "\\emph{so} {\\em so} \\foo{bar} \\foo \\'{xy} \\LaTeX{} \\url{http://a_b%c}",
    "{Kept} {b{r}aces}": "{Kept} {b{r}aces}",
    # Signs, where they are not taken for TeX again.
    "\\$5 and \\$6": "$5 and $6",
    "\\$x\\$": "\\$x\\$",
    "$5 and $6": "$5 and $6",
    "a \\{ b": "a { b",
    "\\{a\\}": "\\{a\\}",
    "A\\textbackslash{}B": "A\\B",
    "\\textbackslash{}alpha": "\\textbackslash{}alpha",
    "C:\\textbackslash temp": "C:\\temp",
    # Nothing to do.
    "plain": "plain",
    "": "",
    "\\": "\\",
    "$": "$",
    "{": "{",
    "\\'": "\\'",
}  # fmt: skip


@pytest.mark.parametrize(("tex", "text"), TO_UNICODE.items(), ids=list(TO_UNICODE))
def test_to_unicode(tex: str, text: str) -> None:
    assert latex.to_unicode(tex) == text


ESCAPE = {
    "A&B: 50% of #1 in a_b, ~x^2":
        "A\\&B: 50\\% of \\#1 in a\\_b, \\textasciitilde{}x\\textasciicircum{}2",
    "5$ or $5 or $": "5\\$ or \\$5 or \\$",
    "$5 and $6": "\\$5 and \\$6",
    "a $x_1$ b $$y^2$$ \\(z\\) \\[w\\]": "a $x_1$ b $$y^2$$ \\(z\\) \\[w\\]",
    "$\\{x\\}$ $\\{x$": "$\\{x\\}$ $\\lbrace x$",
    "C:\\temp\\new": "C:\\textbackslash{}temp\\textbackslash{}new",
    "\\ at the end \\": "\\textbackslash{} at the end \\textbackslash{}",
    "\\emph{a_b} \\foo{x} we use \\ours": "\\emph{a\\_b} \\foo{x} we use \\ours",
    "R\\&D \\% \\'e \\\"{o}": "R\\&D \\% \\'e \\\"{o}",
    "{a} {b {c}}": "{a} {b {c}}",
    "} {": "\\textbraceright{} \\textbraceleft{}",
    "{ {a}": "\\textbraceleft{} {a}",
    "\\{a\\}": "\\textbraceleft{}a\\textbraceright{}",
    "\\url{http://a_b%c} \\cite{a_b}": "\\url{http://a_b%c} \\cite{a_b}",
    "a\u00a0b\u00adc\u202fd": "a~b\\-c\\,d",
    "“quoted” – naïve 学习": "“quoted” – naïve 学习",
}  # fmt: skip


@pytest.mark.parametrize(("text", "tex"), ESCAPE.items(), ids=list(ESCAPE))
def test_escape(text: str, tex: str) -> None:
    assert latex.escape(text) == tex
    assert latex.is_balanced(tex)


PLAIN = {
    "{GFlowNets} and \\emph{so} {\\em it} \\textbf{a {b}}": "GFlowNets and so it a b",
    "$L_\\infty$ and $x_1^{2}$ in $\\mathbb{R}^n$ $\\alpha\\to\\beta$": "L_∞ and x₁² in Rⁿ α→β",
    "$\\unknown{x}_{ab}$": "\\unknownx_ab",
    "\\foo{bar} and \\foo": "\\foo{bar} and \\foo",
    "\\LaTeX{} and {\\TeX}": "LaTeX and TeX",
    "The \\TeX{}book, \\BibTeX{}ing \\LaTeXe, \\AmS": "The TeXbook, BibTeXing LaTeX2e, AMS",
    "\\{a\\} \\$5 \\textbackslash{}alpha R\\&D": "{a} $5 \\alpha R&D",
    "\\url{http://a_b%c}": "http://a_b%c",
    "G\\\"odel {\\'e}": "Gödel é",
    "50% of ~5 { a": "50% of ~5 { a",
    "one\\par two": "one two",
}


@pytest.mark.parametrize(("text", "shown"), PLAIN.items(), ids=list(PLAIN))
def test_plain(text: str, shown: str) -> None:
    assert latex.plain(text) == shown


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("{a} {b {c}}", "a b c"),
        ("\\emph{a {b}} {\\em c}", "\\emph{a b} {\\em c}"),
        ("\\foo {a} {b}", "\\foo {a} b"),
        ("$x_{1}$ {", "$x_{1}$ {"),
        # What a brace kept apart from a macro's name stays apart.
        ("The {\\TeX}book", "The \\TeX{}book"),
        ("{\\BibTeX}ing and {\\LaTeX} rules", "\\BibTeX{}ing and \\LaTeX{} rules"),
        ("{\\TeX}{book} {{\\TeX}}book {The \\foo}book", "\\TeX{}book \\TeX{}book The \\foo{}book"),
        ("{\\AmS}-{\\TeX}, {\\LaTeXe}", "\\AmS-\\TeX, \\LaTeXe"),
        ("\\TeX rules \\LaTeX{}, \\emph{\\TeX}t", "\\TeX{} rules \\LaTeX, \\emph{\\TeX}t"),
        ("{\\foo}bar \\foo{}bar \\foo bar", "{\\foo}bar \\foo{}bar \\foo bar"),
    ],
)
def test_ungrouped(text: str, bare: str) -> None:
    assert latex.ungrouped(text) == bare


ANY = st.lists(
    st.sampled_from([*"\\{}$%&#_^~-`'\" aAé1", "\\alpha", "\\'", '\\"{', "\\foo{", "\\("])
    | st.text(max_size=3),
    max_size=12,
).map("".join)


@given(text=ANY)
def test_any_text_is_escaped_with_balance_and_nothing_vanishes(text: str) -> None:
    written = latex.escape(text)
    assert latex.is_balanced(written)
    latex.plain(text)
    latex.ungrouped(latex.to_unicode(text))
    # Read and written again it is the same.
    once = latex.to_unicode(written)
    assert latex.is_balanced(latex.escape(once))


@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\\{}$`'-!?~"), max_size=30))
def test_text_without_tex_comes_back(text: str) -> None:
    assert latex.to_unicode(latex.escape(text)) == text
