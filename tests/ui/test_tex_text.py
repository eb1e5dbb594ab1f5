r"""TeX shown as text, and the map between what is shown and what is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.ui.tex_reader import BOLD, ITALIC, LINK, MONO, SUBSCRIPT, SUPERSCRIPT
from refman.ui.tex_text import plain, shown

SHOWN = {
    "no TeX": ("Plain text, 10% of 5 & 3", "Plain text, 10% of 5 & 3"),
    "emphasis": (r"an \emph{online} manner", "an online manner"),
    "switch": (r"an {\em online} manner", "an online manner"),
    "nested": (r"\textbf{a \emph{b} c}", "a b c"),
    "infinity": (r"$L_\infty$ norms", "L_∞ norms"),
    "times": (r"a 2-3$\times$ speedup", "a 2-3× speedup"),
    "escapes": (r"50\% of R\&D \#1 \$5 a\_b \{x\}", "50% of R&D #1 $5 a_b {x}"),
    "money": ("between $5 and $10 a day", "between $5 and $10 a day"),
    "money with a hyphen": ("$5-$10 a day", "$5-$10 a day"),
    "number": ("$1500$ steps", "1500 steps"),
    "powers": (r"$2^{14}$ and $10^{-3}$", "2¹⁴ and 10⁻³"),
    "subscript with a comma": (r"$\beta_{i,j}$", "β_(i,j)"),
    "star": (r"$x^*$", "x^*"),
    "angle": (r"$90^\circ$", "90°"),
    "prime": (r"$f'$", "f′"),
    "blackboard": (r"$\mathbb{E}[X] \in \mathbb{R}^n$", "𝔼[X] ∈ ℝⁿ"),
    "script": (r"$\mathcal{O}(\sqrt{n} \log n)$", "𝒪(√n log n)"),
    "fraction": (r"$\frac{a+b}{2}$", "(a+b)/2"),
    "hat": (r"$\hat{x}$", "x̂"),
    "text in math": (r"$\textit{dying neurons}$", "dying neurons"),
    "code point": (r"$\unicode{x2013}$units", "–units"),
    "parentheses": (r"\(\alpha\) and \[\beta\]", "α and β"),
    "unknown in math": (r"$\mymacro{x}$", r"$\mymacro{x}$"),
    "unknown in text": (r"see \cite{lin2025} here", r"see \cite{lin2025} here"),
    "path": (r"C:\users\x", r"C:\users\x"),
    "accents": (r"G\"odel, Erd\H{o}s, Fran\c{c}ois, na{\"\i}ve", "Gödel, Erdős, François, naïve"),
    "letters": (r"\O{}rsted and Stra\ss e", "Ørsted and Straße"),
    "quotes": ("``iterated learning,'' it''s", "“iterated learning,” it''s"),
    "dashes": ("a -- b, 1--2, c---d, --flag", "a – b, 1–2, c—d, --flag"),
    "braced word": ("{BERT}: a {GFlowNet}", "BERT: a GFlowNet"),
    "set": ("{0, 1} and {a, b}", "{0, 1} and {a, b}"),
    "link": (r"\href{https://a.org/x\_y}{code}", "code"),
    "address": (r"\url{https://a.org}", "https://a.org"),
    "open ends": (r"a $x and {b and \emph{c", r"a $x and {b and \emph{c"),
    "lone backslash": ("a\\", "a\\"),
}


@pytest.mark.parametrize(("source", "expected"), SHOWN.values(), ids=SHOWN.keys())
def test_plain(source: str, expected: str) -> None:
    assert plain(source) == expected


RUNS = {
    "italic": (r"a \emph{b c}", [("b c", ITALIC, "")]),
    "bold and italic": (r"\textbf{a \emph{b}}", [("a b", BOLD, ""), ("b", ITALIC, "")]),
    "mono": (r"\texttt{Qwen2.5-7B}", [("Qwen2.5-7B", MONO, "")]),
    "subscript": (r"$L_\infty$", [("L", ITALIC, ""), ("∞", SUBSCRIPT, "")]),
    "superscript": (r"$3^{\top}$", [("⊤", SUPERSCRIPT, "")]),
    "link": (r"\href{https://a.org/x\_y}{code}", [("code", LINK, "https://a.org/x_y")]),
    "bare link": ("At https://a.org/b.", [("https://a.org/b", LINK, "https://a.org/b")]),
}


@pytest.mark.parametrize(("source", "expected"), RUNS.values(), ids=RUNS.keys())
def test_runs(source: str, expected: list[tuple[str, str, str]]) -> None:
    text = shown(source)
    assert [(text.text[r.start : r.end], r.style, r.target) for r in text.runs] == expected


PASSAGES = {
    "without TeX": ("one two three", "two", "two"),
    "inside emphasis": (r"an \emph{online} manner", "line", "line"),
    "all of the emphasis": (r"an \emph{online} manner", "online", "online"),
    "across emphasis": (r"an \emph{online} manner", "an online", r"an \emph{online}"),
    "behind emphasis": (r"an \emph{online} manner", "manner", "manner"),
    "symbol": (r"a 2-3$\times$ speedup", "3× speedup", r"3$\times$ speedup"),
    "accent": (r"G\"odel said", "Gödel", r"G\"odel"),
}


@pytest.mark.parametrize(("source", "passage", "stored"), PASSAGES.values(), ids=PASSAGES.keys())
def test_passage_and_back(source: str, passage: str, stored: str) -> None:
    text = shown(source)
    start = text.text.index(passage)
    first, last = text.to_stored(start, start + len(passage))
    assert source[first:last] == stored
    low, high = text.to_shown(first, last)
    assert text.text[low:high] == passage


TEX = st.lists(
    st.sampled_from(
        [
            *r"\{}$_^'`-~&% aZ0é𝔼",
            *("\n", "``", "--", r"\'e", r"\emph{", r"\frac{", r"\times", r"\mathbb{R}"),
            *(r"\href{https://a.b}{", r"\unicode{x2013}", r"\em ", r"\left("),
        ]
    )
).map("".join)


@given(st.one_of(st.text(), TEX), st.data())
def test_any_text(source: str, data: st.DataObject) -> None:
    text = shown(source)
    starts = text.starts if text.starts is not None else tuple(range(len(text.text)))
    ends = text.ends if text.ends is not None else tuple(range(1, len(text.text) + 1))
    assert len(starts) == len(ends) == len(text.text)
    assert list(starts) == sorted(starts)
    assert list(ends) == sorted(ends)
    assert all(0 <= a <= b <= len(source) for a, b in zip(starts, ends, strict=True))
    assert all(0 <= run.start < run.end <= len(text.text) for run in text.runs)
    low = data.draw(st.integers(0, len(text.text)))
    high = data.draw(st.integers(low, len(text.text)))
    first, last = text.to_stored(low, high)
    assert 0 <= first <= last <= len(source)
    back = text.to_shown(first, last)
    assert back[0] <= back[1]
    if low < high and any(starts[i] < ends[i] for i in range(low, high)):
        solid = [i for i in range(low, high) if starts[i] < ends[i]]
        assert back[0] <= solid[0]
        assert solid[-1] < back[1]
