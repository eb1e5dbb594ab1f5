"""Citation keys in LaTeX, Markdown and Typst: found where they are cited, renamed, else nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.manuscripts import (
    Cited,
    Replaced,
    included,
    keys,
    kind_of,
    labels,
    replace,
    replaced,
)

NEW = {"old": "new", "a": "A1"}


@pytest.mark.parametrize(
    ("path", "kind"),
    [("x.tex", "tex"), ("a/B.TEX", "tex"), ("x.md", "md"), ("x.markdown", "md"), ("x.qmd", "md"),
     ("x.Rmd", "md"), ("x.typ", "typ"), ("x.bib", None), ("tex", None), ("", None)],
)  # fmt: skip
def test_kind_of(path: str, kind: str | None) -> None:
    assert kind_of(path) == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\cite{a}", "a"),
        (r"\cite {a}", "a"),
        (r"\cite{a,b}\cite{c}", "a b c"),
        ("\\cite{ a ,\n  b,%\n  c % d\n, e}", "a b c e"),
        ("\\cite{a,\r\n b}", "a b"),
        (r"\cite[p.~3]{a} \cite[see][p. 3]{b}", "a b"),
        ("\\cite%\n[see]%\n{a}", "a"),
        ("\\cite\n  [see]\n  {a}", "a"),
        ("\\cite\n\n{a}", ""),
        (r"\cite[see {]} there]{a}", "a"),
        (r"\cite[in [0, 1]]{a} \cite[in [0, 1)]{b}", "a b"),
        (r"\cite[see \cite{a}]{b}", "a b"),
        (r"\cite<see>[p. 3]{a} \citeA{b} \shortcite{c}", "a b c"),
        (r"\citep{a} \citet*{b} \citealp{c} \citeauthor*{d} \Citet{e}", "a b c d e"),
        (r"\parencite{a} \textcite{b} \autocite*{c} \footcite[3]{d} \fullcite{e}", "a b c d e"),
        (r"\Cite{a} \Parencite{b} \smartcite{c} \supercite{d} \footfullcite{e}", "a b c d e"),
        (r"\nocite{a,b} \nocite{*}", "a b *"),
        (r"\autocites(pre)(post)[1]{a}[see][2]{b,c}{d}", "a b c d"),
        (r"\cites{a}{b}. {no}", "a b"),
        ("\\textcites [see][55]{a}\n   [also][43]{b}", "a b"),
        (r"\volcite[see]{3}[p. 5]{a} \Volcite{2}{b}", "a b"),
        (r"\pvolcites{1}[2]{a}{2}{b}", "a b"),
        (r"\citefield{a}{title} \citename{b}{author}{x} \notecite[x]{c}", "a b c"),
        (r"\textcquote[3]{a}{text} \blockcquote{b}[.]{text}", "a b"),
        (r"\mycite{a} \citeNP{b} \hypercite{c} \cite@x{d}", "a b c d"),
        (r"\cite{DBLP:conf/icml/X-2_3.4+5} \cite{clé} \cite{O'Brien(2020)}",
         "DBLP:conf/icml/X-2_3.4+5 clé O'Brien(2020)"),
        (r"% \cite{a}", ""),
        (r"\% \cite{a}", "a"),
        (r"\\% \cite{a}", ""),
        (r"\\\cite{a}", "a"),
        ("x % \\cite{a}\n\\cite{b}", "b"),
        ("x % \\cite{a}\r\\cite{b}", "b"),
        (r"\verb|\cite{a}| \verb*+\cite{a}+ \cite{b}", "b"),
        (r"\verb|%| \cite{a}", "a"),
        ("\\verb|no end \\cite{a}\n\\cite{b}", "b"),
        (r"\lstinline|\cite{a}| \mintinline{tex}|\cite{a}| \cite{b}", "b"),
        ("\\begin{verbatim}\n\\cite{a}\n\\end{verbatim}\\cite{b}", "b"),
        ("\\begin{verbatim*}\\cite{a}\\end{verbatim}\\cite{a}\\end{verbatim*}\\cite{b}", "b"),
        ("\\begin{lstlisting}[language=TeX]\n\\cite{a}\n\\end{lstlisting}", ""),
        ("\\begin{minted}{tex}\\cite{a}\\end{minted} \\begin{Verbatim}\\cite{a}", ""),
        ("\\begin{comment}\\cite{a}\\end{comment}", ""),
        ("% \\begin{verbatim}\n\\cite{a}", "a"),
        ("\\begin{quote}\\cite{a}\\end{quote}", "a"),
        (r"\bibitem{a} \bibitem[x]{a} \label{a} \ref{a} \bibliography{a}", ""),
        (r"\citetext{a} \citestyle{a} \setcitestyle{a} \bibcite{a}{1}", ""),
        (r"\newcommand{\mycite}[1]{\cite{#1}} \cite{\keys} \let\oldcite\cite", ""),
        (r"\cite", ""),
        (r"\cite{a", ""),
        (r"\cite[a", ""),
        (r"\cite{}\cite{,}\cite{ a b }", ""),
        (r"\excited{a} \recite", "a"),
        (r"\url{http://x/a%20b} \cite{a} % \cite{b}", "a"),
        (r"\url{x/{%}} \nolinkurl{a%b} \path|a%b| \url+%+ \cite{a}", "a"),
        (r"\href{x%20y}{\cite{a}} \href[pdfnewwindow]{x\%%y}{b} \cite{c}", "a c"),
        ("\\url{a\n%b} \\cite{a}", "a"),
        ("\\url{x % \\cite{a}\n\n\\cite{b}", "b"),
        (r"\path (0,0) -- (1,1); \path[draw] (a) % \cite{a}", ""),
        (r"\bibentry{a} \bibentryx{b} \footfullcite[1]{c}", "a c"),
        (r"\notecite{a} \pnotecite[x]{b} \fnotecite[x][3]{c} \Pnotecite{d}", "a b c d"),
        (r"\cite{a} \end{document} \cite{b}", "a"),
        (r"\verb|\end{document}| % \end{document}", ""),
        ("% \\end{document}\n\\cite{a}", "a"),
    ],
)  # fmt: skip
def test_keys_in_tex(text: str, expected: str) -> None:
    assert [cited.key for cited in keys(text, "tex")] == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@a", "a"),
        ("As @a says [p. 3].", "a"),
        ("[@a]", "a"),
        ("[see @a, p. 3; -@b; also @c]", "a b c"),
        ("-@a says", "a"),
        ("@{a} [@{https://x.org/bib?name=b&date=2000}, p. 3]", "a https://x.org/bib?name=b&date=2000"),
        ("@Foo_bar.baz. @a: @b; @c, (@d) **@e**", "Foo_bar.baz a b c d e"),
        ("@Foo_bar--baz @x:y/z+1 @1a @_a @clé", "Foo_bar x:y/z+1 1a _a clé"),
        ("@http://example.com/a", "http://example.com/a"),
        ("[@*]", "*"),
        ("me@a.org x_y@a.org 1@a", ""),
        (r"\@a \\@b", "b"),
        ("`@a` ``x ` @a`` @b", "b"),
        ("`@a @b", "a b"),
        ("`@a``", "a"),
        ("`x\n@a`", ""),
        ("`x\n\n@a`", "a"),
        ("```\n@a\n```\n@b", "b"),
        ("```{r}\n@a\n\n@a\n````\n@b", "b"),
        ("````\n```\n@a\n````\n@b", "b"),
        ("~~~ py\n@a\n```\n~~~\n@b", "b"),
        ("```\n@a", ""),
        ("- x\n\n  ```\n  @a\n  ```\n\n  @b", "b"),
        ("x\n\n    @a\n\n    @a\n\n@b", "b"),
        ("\t@a\n", ""),
        ("x\n    @a", "a"),
        ("- x\n\n    @a\n\ny\n\n    @b", "a"),
        ("1. x\n\n    @a", "a"),
        ("[^1]: x\n\n    @a", "a"),
        ("term\n\n:   x\n\n    @a", "a"),
        ("> @a\n> [@b]", "a b"),
        ("# @a\n\n| @b | [@c] |", "a b c"),
        ("[text](https://x.org/@a) [@b](c) <https://x.org/@a>", "b"),
        ("https://x.org/@a @b", "b"),
        ('<a href="@a">@b</a> <!-- @a --> <me@a.org>', "b"),
        ("<!-- @a\n\n@a --> @b", "b"),
        ("a < @a and @b > c", "a b"),
        ("<!-- @a", "a"),
        ("---\nnocite: '@a, @b'\n---\n", "a b"),
        ("@", ""),
        ("@{a b} @. @{}", ""),
        (r"\cite{a, b} \citep[see @x]{c}. @d", "a b c d"),
        (r"`\cite{a}` \\cite{a} \cited \cite [@b]", "b"),
        ("\\cite\n\n{a}", ""),
        ("$@a$ $x_{@a}$, @b", "b"),
        ("$$\nx @a $ @a\n$$ @b", "b"),
        ("It costs $5 or @a, not $6", "a"),
        ("$5-$6 @a", "a"),
        ("$ @a$ $@b $", "a b"),
        (r"\$@a$ and $x\$@b$", "a"),
        ("$x\n\n@a$", "a"),
        ("$$x @a", "a"),
    ],
)  # fmt: skip
def test_keys_in_markdown(text: str, expected: str) -> None:
    assert [cited.key for cited in keys(text, "md")] == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@a", "a"),
        ("As @a, @b[p. 3] and @c: (@d).", "a b c d"),
        ("@a:b.c @x-y_z @x. @clé", "a:b.c x-y_z x clé"),
        ('"@a" and \'@b\'', "a b"),
        ("see@a [@b]", "a b"),
        ("me@a.org first.last@uni.example.de me\\@a", ""),
        ("#cite(<a>) #cite(<b>, form: \"prose\")[c]", "a b"),
        ('#cite(label("a/b")) #cite( label( "c" ), supplement: [@d])', "a/b c d"),
        ("#{ cite(<a>) } #(cite(<b>))", "a b"),
        ("#let p(key) = cite(key)\n#p(<a>)", "a"),
        ("#ref(<a>) = Title <b>\n#label(\"b\")", "a"),
        ("// @a\n@b", "b"),
        ("/* @a /* @a */ @a */ @b", "b"),
        ("/* @a", ""),
        ("`@a` ```py @a ` ``` @b", "b"),
        ("``@a`` `@b", "a"),
        ("#raw(\"@a\") #let x = \"@a \\\" @a\"; @b", "b"),
        ("#let x = \"@a\"\n@b", "b"),
        ("#let x = [\n @a\n]\n@b", "a b"),
        ("#let f(\n  x: \"@a\",\n) = {\n  [@b]\n}\n@c", "b c"),
        ("#figure(image(\"@a.png\"), caption: [See @b \"quoted\"]) <a>", "b"),
        ("#if x [@a] else [@b]\n@c", "a b c"),
        ("#for x in (1, 2) [@a]", "a"),
        ("#show: conf.with(title: [On @a], mail: \"x@a\")", "a"),
        ("#x.y(1)[@a][@b].z @c", "a b c"),
        ("#link(\"http://x/@a\")[@b] https://x.org/@a @c", "b c"),
        ("$ x_\"@a\" @a #cite(<b>) $ @c", "b c"),
        ("It costs 5\\$ @a", "a"),
        ("It costs $5 @a", "a"),
        ("[#let x = 1] @a", "a"),
        ("#text(red)[a [b] @a] @b", "a b"),
        ("#emph[\\] @a]", "a"),
        ("@ @. #", ""),
        ("#cite(<a", ""),
        ("#x < 3 and @a", "a"),
        ("= Intro <intro>\nSee @intro, @a and @intro[Chapter].", "a"),
        ("@fig:one @a #figure([@b]) <fig:one>", "a b"),
        ("#[= T <t>] @t #link(<t>)[x] #ref(<t>)", ""),
        ("$ x $ <eq> @eq @eq.", ""),
        ("= T #label(\"t\")\n@t #cite( <t>) #cite(label(\"t\"))", "t t"),
        ("// <a>\n`<a>` #cite(<a>) @a", "a a"),
        ("x < y > @a", "a"),
    ],
)  # fmt: skip
def test_keys_in_typst(text: str, expected: str) -> None:
    assert [cited.key for cited in keys(text, "typ")] == expected.split()


def test_where_a_key_stands() -> None:
    text = "x\r\n\\cite{old,\r%\r a}\n\\cite{é}"
    assert keys(text, "tex") == [
        Cited("old", 2, 9, 12),
        Cited("a", 4, 17, 18),
        Cited("é", 5, 26, 27),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("tex", r"\cite{old,older, Old ,a}", r"\cite{new,older, Old ,A1}"),
        ("tex", "\\citep[old]{old}%\\cite{old}\r\nold", "\\citep[old]{new}%\\cite{old}\r\nold"),
        ("tex", r"\bibitem{old} \cite{b}", r"\bibitem{old} \cite{b}"),
        ("md", "[see @old, p. 3; -@a]. old", "[see @new, p. 3; -@A1]. old"),
        ("md", "@old. @old: @older @old-x @{old}", "@new. @new: @older @old-x @{new}"),
        ("md", "`@old` old@old.org @Old", "`@old` old@old.org @Old"),
        ("typ", "@old. @old[p. @a] @older", "@new. @new[p. @A1] @older"),
        ("typ", "#cite(<old>) = T <old>", "#cite(<new>) = T <old>"),
        ("typ", '#cite(label("old"))', '#cite(label("new"))'),
        ("tex", r"\url{a%b}\cite{old} \bibentry{a} \end{document}\cite{old}",
         r"\url{a%b}\cite{new} \bibentry{A1} \end{document}\cite{old}"),
        ("tex", r"\volcite{old}{a}", r"\volcite{old}{A1}"),
        ("md", r"\cite[old]{old,b} $@old$ $$@old$$", r"\cite[old]{new,b} $@old$ $$@old$$"),
        ("typ", "= T <old>\n@old @a #cite(<old>)", "= T <old>\n@old @A1 #cite(<new>)"),
        ("typ", 'x@old.org `@old` "@old"', 'x@old.org `@old` "@new"'),
    ],
)  # fmt: skip
def test_replace(kind: str, text: str, expected: str) -> None:
    assert replace(text, kind, NEW) == expected
    assert replace(text, kind, {}) == text
    assert replace(text, kind, {"old": "old"}) == text


@pytest.mark.parametrize(
    ("kind", "text", "key", "expected"),
    [
        ("md", "@old, [@old]", "a//b", "@{a//b}, [@{a//b}]"),
        ("md", "@old", "a.b:c", "@a.b:c"),
        ("md", "@{old}", "a.", "@{a.}"),
        ("md", "@old", "a'b", "@{a'b}"),
        ("md", r"\cite{old}", "a'b//c", r"\cite{a'b//c}"),
        ("typ", "@old", "a/b", '#cite(label("a/b"))'),
        ("typ", "@old[p. [3] \\]] x", "a+b", '#cite(label("a+b"), supplement: [p. [3] \\]]) x'),
        ("typ", "#cite(<old>)", "a/b", '#cite(label("a/b"))'),
        ("typ", '#cite(label("old"))', "a/b", '#cite(label("a/b"))'),
        ("typ", "@old", "a:b.c", "@a:b.c"),
        ("typ", "@old[x", "a/b", '#cite(label("a/b"))[x'),
    ],
)
def test_a_new_key_is_written_as_it_can_be(kind: str, text: str, key: str, expected: str) -> None:
    assert replace(text, kind, {"old": key}) == expected
    assert key in {cited.key for cited in keys(expected, kind)}


@pytest.mark.parametrize(
    ("key", "reference"),
    [("fig:one", True), ("fig-one", True), ("Tbl:x", True), ("eq-1", True), ("sec:a", True),
     ("lst-a", True), ("thm-a", True), ("cor-a", True), ("thm:a", False), ("figure:a", False),
     ("fig", False), ("smith2020", False), ("defoe-1719", False)],
)  # fmt: skip
def test_cross_references_in_markdown(key: str, reference: bool) -> None:
    assert [(one.key, one.reference) for one in keys(f"[@{key}]", "md")] == [(key, reference)]
    assert [one.reference for one in keys(rf"\cite{{{key}}}", "md")] == [False]
    assert replace(f"-@{key} @{{{key}}}", "md", {key: "x"}) == "-@x @{x}"


def test_labels_of_files_read_together() -> None:
    assert labels('= T <a> #cite(<b>)\n#label("c")', "typ") == {"a", "c"}
    assert labels("<a>", "md") == set()
    assert [one.key for one in keys("@a @b #cite(<a>)", "typ", {"a"})] == ["b", "a"]
    assert replace("@a @b", "typ", {"a": "x", "b": "y"}, {"a"}) == "@a @y"


def test_the_lines_that_are_replaced() -> None:
    text = "\\cite{old,b}\r\n\\cite{b}\n\\cite{a}, \\cite[p]{old}\r"
    assert replaced(text, "tex", NEW) == [
        Replaced(1, "\\cite{old,b}", "\\cite{new,b}"),
        Replaced(3, "\\cite{a}, \\cite[p]{old}", "\\cite{A1}, \\cite[p]{new}"),
    ]
    over = "@old[p.\n 3]\n@a"
    assert replaced(over, "typ", {"old": "x/y", "a": "b"}) == [
        Replaced(1, "@old[p.\n 3]", '#cite(label("x/y"), supplement: [p.\n 3])'),
        Replaced(3, "@a", "@b"),
    ]


def test_keys_are_exchanged_in_one_go() -> None:
    assert replace(r"\cite{a,b}", "tex", {"a": "b", "b": "a"}) == r"\cite{b,a}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\input{chapters/one} \include{two}", ["chapters/one", "two"]),
        (r"\input three.tex \subfile{four}", ["three.tex", "four"]),
        (r"\import{a/}{b} \subimport*{c}{d.tex}", ["a/b", "c/d.tex"]),
        (r"% \input{a}", []),
        (r"\verb|\input{a}| \input{\jobname} \inputenc{x} \includegraphics{x}", []),
    ],
)
def test_included(text: str, expected: list[str]) -> None:
    assert included(text, "tex") == expected
    assert included(text, "md") == []


_TEXTS = st.text(
    alphabet=st.sampled_from(list("a@b{}[]()<>\\%`#$\"'/*,;:.-~=_\n\r\t e")) | st.characters()
)
_PIECES = st.lists(
    st.sampled_from(
        ["\\cite{old}", "@old", "#cite(<old>)", "[", "]", "{", "}", "`", "```", "\n", "\n\n",
         "    ", "%", "//", "/*", "*/", "$", '"', "\\", "#let x = ", "(", ")", "\\verb|", "|",
         "<!--", "-->", "\\begin{verbatim}", "\\end{verbatim}", "x", "é", "- ", "<", ">", "old",
         ", ", "\\cites{old}{", "\\url{", "\\path|", "\\notecite{", "$$", "\\end{document}",
         "\\cite{"]
    )
).map("".join)  # fmt: skip


@given(text=_TEXTS | _PIECES, kind=st.sampled_from(["tex", "md", "typ"]))
def test_any_text(text: str, kind: str) -> None:
    found = keys(text, kind)
    assert [text[cited.start : cited.end] for cited in found] == [cited.key for cited in found]
    lines = re.split(r"\r\n|\r|\n", text)
    assert all(cited.key in lines[cited.line - 1] for cited in found)
    assert [cited.start for cited in found] == sorted({cited.start for cited in found})
    changed = replace(text, kind, {"old": "other"})
    count = sum(cited.key == "old" for cited in found)
    assert len(changed) == len(text) + 2 * count
    assert replace(changed, kind, {"other": "old"}).count("old") >= count
    assert bool(replaced(text, kind, {"old": "other"})) == bool(count)
    assert included(text, kind) is not None


@pytest.mark.parametrize("kind", ["tex", "md", "typ"])
@pytest.mark.parametrize(
    "piece",
    ["\\cite[", "\\cite{a,", "\\cite(", "@a[", "`", "``x", "<a ", '<a "', "<!--", "[](", "$", "/*",
     "#let ", "#x(", "#[", "\\verb|", "\\begin{verbatim}", "    \n", "~~~\n", "@{", "%\n",
     "\\input{", "\\cites{a}", "https://", "(", "\\", '"', "$x ", "$$x$", "\\url{", "\\url{a ",
     "\\path|", "\\href{x\n", "\\notecite{", "<a"],
)  # fmt: skip
def test_unclosed_things_take_no_time(kind: str, piece: str) -> None:
    text = piece * 20_000
    assert replace(text, kind, {"b": "c"}) == text
