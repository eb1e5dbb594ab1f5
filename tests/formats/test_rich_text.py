"""Marks of HTML in titles and notes."""

import pytest

from refman.formats.rich_text import from_html, to_html, to_markdown


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("plain", "plain"),
        ("<i>In vitro</i> work", r"\emph{In vitro} work"),
        ("<I>a</I> <b>b</b> <strong>c</strong>", r"\emph{a} \textbf{b} \textbf{c}"),
        ("H<sub>2</sub>O, x<sup>n+1</sup>", "H₂O, xⁿ⁺¹"),
        ("x<sub>max</sub>", r"x\textsubscript{max}"),
        ("<i>a <b>b</b></i>", r"\emph{a \textbf{b}}"),
        ('<span class="nocase">TeX</span>book', "TeXbook"),
        ("R&amp;D &lt;x&gt; &#233; &eacute;", "R&D <x> é é"),
        ("AT&T, a < b > c", "AT&T, a < b > c"),
        ("<title> and <i>unclosed", "<title> and <i>unclosed"),
        ("&nosuch; &", "&nosuch; &"),
    ],
)
def test_from_html(html: str, expected: str) -> None:
    assert from_html(html) == expected


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\emph{a} \textit{b}", "<i>a</i> <i>b</i>"),
        (r"\emph{a \textbf{b}}", "<i>a <b>b</b></i>"),
        (r"x\textsuperscript{k}, $x^2$", "x<sup>k</sup>, $x^2$"),
        (r"\unknown{a}", r"\unknown{a}"),
    ],
)
def test_to_html(tex: str, expected: str) -> None:
    assert to_html(tex) == expected


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("", ""),
        ("Plain words.\nTwo lines.", "Plain words.\nTwo lines."),
        ("R&amp;D", "R&D"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<h1>A</h1><p><b>b</b> and <em>c</em></p>", "# A\n\n**b** and *c*"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ('<p><a href="https://x.org">x</a></p>', "[x](https://x.org)"),
        ("<blockquote><p>said</p></blockquote>", "> said"),
        ("<p>2 * 3 * 4 and a_b</p>", r"2 \* 3 \* 4 and a\_b"),
        ("<script>alert(1)</script><p>safe</p>", "safe"),
    ],
)
def test_to_markdown(note: str, expected: str) -> None:
    assert to_markdown(note) == expected


def test_a_note_nested_beyond_measure_is_read_as_lines() -> None:
    assert to_markdown("<b>" * 20_000 + "words") == "words"
