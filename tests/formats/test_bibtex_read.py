"""What the samples do not show of the reader: pieces, progress, bounds."""

import pytest

from refman.formats.bibtex import BibTeX, reader
from refman.formats.bibtex.blocks import blocks
from refman.formats.format import Context, Problem, Row
from refman.model.entry import Entry
from refman.progress import Cancelled, Progress
from tests.formats.engine import AS_OF

BIBTEX = BibTeX()
MANY = 100_000


def read(text: str) -> list[Entry]:
    return [row.entry for row in BIBTEX.read(text, Context(AS_OF)).rows]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        pytest.param("@article{a, title = {x}}", 95, id="an entry"),
        pytest.param("some words\n@ARTICLE {a,\n  Title={x}}", 95, id="an entry after words"),
        pytest.param("@comment{jabref-meta: x}", 60, id="a comment"),
        pytest.param("@misc{a}", 60, id="an entry without fields"),
        pytest.param("me@example.org (or not), x = y", 0, id="an address"),
        pytest.param("LGJun 2\nA Title\nAda King\nWe show.", 0, id="a listing"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_it_knows_its_own(text: str, score: int) -> None:
    assert BIBTEX.score(text) == score


def test_every_character_is_in_one_block() -> None:
    text = "one @article{a, b={c}} two\n\n@misc(d) @string{e={f}} % three\n@comment four\n@g{"
    found = list(blocks(text))
    pieces = [text[block.start : block.end] for block in found]
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert [block.line for block in found] == [1, 1, 1, 3, 3, 3, 5]


def test_lines_are_counted_from_one_whatever_ends_them() -> None:
    for end in ("\n", "\r\n", "\r"):
        found = BIBTEX.read(
            end.join(["", "@misc{a,", " title={x}}", "", "@misc{a}"]), Context(AS_OF)
        )
        assert [row.line for row in found.rows] == [2, 5]
        assert [problem.line for problem in found.problems] == [5]


def test_the_text_of_a_block_is_kept() -> None:
    found = BIBTEX.read("x\n @misc{ a ,\n  title={x}\n}\n\n", Context(AS_OF))
    assert [row.raw_text for row in found.rows] == ["@misc{ a ,\n  title={x}\n}"]


def test_a_string_that_names_itself_stays_a_name() -> None:
    found = BIBTEX.read("@string{a = a # {x}}\n@misc{k, title = a}", Context(AS_OF))
    assert [row.entry.title for row in found.rows] == ["ax"]


def test_an_unknown_name_in_a_string_is_told_with_its_line() -> None:
    text = "@misc{k}\n@string{\n  a = {1},\n}\n@string{\n  b = a #\n  c,\n}\n@misc{l, note = b}"
    found = BIBTEX.read(text, Context(AS_OF))
    assert [(one.line, one.failed) for one in found.problems] == [(6, False)]
    assert found.rows[1].entry.fields == {"note": "1c"}


def test_a_string_may_be_given_another_value() -> None:
    text = "@string{a = {1}} @misc{k, note = a} @string{A = {2}} @misc{l, note = a}"
    assert [entry.fields["note"] for entry in read(text)] == ["1", "2"]


def test_strings_that_double_each_other_are_stopped() -> None:
    text = "@string{a = {xxxxxxxxxx}}" + "@string{a = a # a}" * 100 + "@misc{k, title = a}"
    found = BIBTEX.read(text, Context(AS_OF))
    assert len(found.rows[0].entry.title) < 50_000
    assert len(found.problems) > 50


def test_a_key_met_again_is_told_and_left() -> None:
    found = BIBTEX.read("@misc{a}\n@misc{b}\n@misc{A, title={x}}", Context(AS_OF))
    assert [row.entry.citation_key for row in found.rows] == ["a", "b", "A"]
    assert found.problems == [
        Problem(3, "@misc{A, title={x}}",
                "The citation key “A” stands in line 1 too; both are kept.", failed=False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value", ["{x y z}", '"x y z"', "x # { y z}", "{x {y} z}", '"x {y} z"', "{{x y z}}"]
)
def test_a_value_is_read_in_all_its_forms(value: str) -> None:
    assert read(f"@misc{{k, abstract = {value}}}")[0].abstract.replace("{y}", "y") == "x y z"


def test_a_cancel_is_heard_between_blocks() -> None:
    class Stopping(Progress):
        def advance(self, steps: int = 1) -> None:
            if self.done:
                self.cancel()
            super().advance(steps)

    progress = Stopping()
    with pytest.raises(Cancelled):
        BIBTEX.read("@misc{a}" * 10, Context(AS_OF, progress=progress))
    assert (progress.done, progress.total) == (len("@misc{a}"), 80)


def test_pieces_come_in_the_order_of_the_file() -> None:
    text = "\ufeffwords\n@misc{a, x = y}\n@string{s = }\n@preamble{{p}}\n@misc{a}\n@misc{}"
    told = [(type(piece).__name__, piece.line) for piece in reader.pieces(text, Context(AS_OF))]
    assert told == [
        ("Passage", 1), ("Problem", 2), ("Row", 2), ("Problem", 3), ("Passage", 4),
        ("Problem", 5), ("Row", 5), ("Problem", 6),
    ]  # fmt: skip


def test_nothing_is_read_before_it_is_asked_for() -> None:
    progress = Progress()
    found = reader.pieces("@misc{a}" * 1000, Context(AS_OF, progress=progress))
    assert isinstance(next(found), Row)
    assert progress.done == len("@misc{a}")


def test_a_field_that_is_too_long_is_kept_as_it_is() -> None:
    value = "x {\\'e} and " * 30_000
    for name, kept in (("note", "note"), ("author", "author-2"), ("keywords", "keywords-2")):
        found = BIBTEX.read(f"@misc{{a,\n {name} = {{{value}}}, year=2000}}", Context(AS_OF))
        assert found.rows[0].entry.date == "2000"
        assert found.rows[0].entry.fields == {kept: value.strip()}
        assert [(one.line, one.failed) for one in found.problems] == [(2, False)]


TOLD = {
    "@article nobrace, title={x}": ("After the type of this entry an opening brace is missing.", 1),
    "@{a, title={x}}": ("The type of this entry is missing after its @.", 1),
    "book{a, title={x}}": ("Before the type of this entry an @ is missing.", 1),
    "@string s={x}": ("After this @string an opening brace is missing.", 0),
    '@string{self = self # "z"}': (
        "“self” stands in its own @string, and nothing defines it before.", 0),
    "@string{p = q}": ("No @string before this one says what “q” stands for.", 0),
    "@string{p = {x} # q # jan}": ("No @string before this one says what “q” stands for.", 0),
    "@string{p = q} @string{q = p}": ("No @string before this one says what “q” stands for.", 0),
    "@comment{jabref-meta: grouping:\n1 KeywordGroup:A\\;0\\;;\n1 SearchGroup:B\\;0\\;;\n}": (
        "Groups of JabRef that are searches are left out: “A”, “B”.", 0),
    "%@misc{a, title={x}}": ("This entry is behind a %, and is left out as a comment.", 0),
    "@comment{ @misc{a, title={x}}}": (
        "This entry stands in a @comment, and is left out with it.", 0),
    "@misc{}": ("Nothing in this block can be read.", 1),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), TOLD.items(), ids=TOLD)
def test_what_is_not_read_is_told_with_its_line(text: str, told: tuple[str, int]) -> None:
    found = BIBTEX.read(f"@misc{{one}}\n\n{text}\n\n@misc{{two}}", Context(AS_OF))
    assert [row.entry.citation_key for row in found.rows] == ["one", "two"]
    assert [(one.line, one.message, one.failed) for one in found.problems] == [
        (3, told[0], bool(told[1]))
    ]


# What else can be made of a block that breaks the rules: title, date, what is told of it.
MENDED = {
    "@misc{k, title={x}}, year=2000\n}": ("x", "2000", "a closing brace too many"),
    "@misc{k, title={{x}, year=2000}": ("x", "2000", "is not closed"),
    "@misc{k, title={x, year=2000}": ("x", "2000", "is not closed"),
    "@misc{k, title = x y z, year=2000}": ("x y z", "2000", "has no braces"),
    "@misc{k, title = 'x y', year=2000}": ("x y", "2000", "has no braces"),
    "@misc{k, title = “x y”, year=2000}": ("x y", "2000", "has no braces"),
    "@misc{k, title = ``x y'', year=2000}": ("x y", "2000", "has no braces"),
    "@misc{k, title : {x}, year=2000}": ("x", "2000", "an = is missing"),
    "@misc{k, title {x}, year=2000}": ("x", "2000", "an = is missing"),
    "@misc{k, % year=1999,\n title={x}, year=2000}": ("x", "2000", "% year=1999"),
    '@misc{k "junk", title={x}, year=2000}': ("x", "2000", "a comma is missing"),
    '@misc{k, title="The "inner" one", year=2000}': ('The "inner" one', "2000", ""),
    "@misc{k, title={x} year=2000}": ("x", "2000", "a comma is missing"),
    "@misc{k, year=2000 title={x}}": ("x", "2000", "a comma is missing"),
    "@misc{k, title={x}, year=2000)": ("x", "2000", "closing brace of this entry"),
    "@misc\u00a0{k,\u00a0title\u00a0= {x},\u200byear=2000}": ("x", "2000", ""),
    "@misc{k,\x0ctitle={x}, \0 year=2000}": ("x", "2000", "left out"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "made"), MENDED.items(), ids=MENDED)
def test_a_broken_block_is_mended(text: str, made: tuple[str, str, str]) -> None:
    title, date, message = made
    found = BIBTEX.read(f"{text}\n@misc{{after, title={{y}}}}", Context(AS_OF))
    said = [(one.entry.citation_key, one.entry.title, one.entry.date) for one in found.rows]
    assert said == [("k", title, date), ("after", "y", "")]
    assert not any(problem.failed for problem in found.problems)
    assert any(message in problem.message for problem in found.problems) or not message


@pytest.mark.parametrize(
    ("name", "tex"),
    [("title", "The {\\'E}cole of \\LaTeX"), ("note", "a -- b~c"), ("abstract", "{\\ss} and $x_1$"),
     ("journaltitle", "{The} \\foo{bar}"), ("author", "{Kurt G{\\\"o}del Society} and A B"),
     ("url", "https://example.org/a\\_b"), ("abstract", "One\\par Two\n\nThree")],
)  # fmt: skip
def test_the_tex_is_kept_and_says_the_same(name: str, tex: str) -> None:
    (entry,) = read(f"@misc{{k, {name} = {{{tex}}}}}")
    assert entry.tex == {name: tex}
    assert read(f"@misc{{k, {name} = {{{entry.tex[name]}}}}}") == [entry]


def test_plain_fields_have_no_tex() -> None:
    text = "@article{k, title={A title}, author={King, Ada and others}, pages={1--9}, year=2000,"
    assert read(text + " journal={J}, doi={10.1/a_b}, note={x, y: z}, month=jan}")[0].tex == {}


@pytest.mark.parametrize(
    ("tex", "keywords"),
    [("a, b; c", ("a", "b", "c")), ("a; b, c; d", ("a", "b, c", "d")),
     ("a\nb c\nd", ("a", "b c", "d")),
     ("{a, b}, c", ("a, b", "c")), ("a,, b ,", ("a", "b")), ("a {b} \\& c", ("a b & c",)),
     ("a line,\n broken", ("a line", "broken"))],
)  # fmt: skip
def test_keywords_are_parted(tex: str, keywords: tuple[str, ...]) -> None:
    assert read(f"@misc{{k, keywords = {{{tex}}}}}")[0].keywords == keywords


HOSTILE = {
    "signs": "@" * MANY,
    "heads": "@a{" * MANY,
    "heads in lines": "@a{\n" * MANY,
    "words after signs": "@aaaa " * MANY,
    "one long word": "@" + "a" * MANY * 10,
    "comments that do not end": "@comment{" * (MANY // 10),
    "parentheses that do not end": "@a(" * MANY,
    "a long field": "@a{k, title = {" + "x y " * MANY + "}}",
    "a long field that does not end": "@a{k, title = {" + "x y " * MANY,
    "deep braces": "@a{k, title = " + "{" * MANY + "}" * MANY + "}",
    "braces that do not end": "@a{k, title = " + "{" * MANY,
    "braces that do not begin": "@a{k, title = {" + "}" * MANY,
    "fields that do not end": "@a{k," + "\n f = {x," * (MANY // 10),
    "quotes that do not end": "@a{k," + '\n f = "x,' * (MANY // 10),
    "quotes": "@a{k, t = " + '"' * MANY + "}",
    "equals": "@a{k," + "a=" * MANY + "}",
    "joints": "@a{k, t = " + "a#" * MANY + "a}",
    "dollars": "@a{k, title = {" + "$ " * MANY + "}}",
    "math that does not end": "@a{k, title = {" + "\\(" * MANY + "}}",
    "backslashes": "@a{k, title = {" + "\\" * MANY + "}}",
    "accents": "@a{k, title = {" + "{\\'" * MANY + "}" * MANY + "}}",
    "names": "@a{k, author = {" + "von and " * MANY + "}}",
    "words of a name": "@a{k, author = {" + "von " * MANY + "}}",
    "commas in a name": "@a{k, author = {" + "," * MANY + "}}",
    "keywords": "@a{k, keywords = {" + "{a," * MANY + "}" * MANY + "}}",
    "one field again and again": "@a{k" + ", t = {x}" * (MANY // 10) + "}",
    "one key again and again": "@a{k, t = {x}}" * (MANY // 10),
    "words in braces": "@a{k, title = {" + "{Ab} cd " * MANY + "}}",
    "percent signs": "%@a{x\n" * MANY,
    "blanks": "@" + " " * MANY + "a{k}",
    "more fields after the end": "@a{k, t={x}}," * (MANY // 10),
    "fields after the end": "@a{k,t={x}},b={c}\n" * (MANY // 10),
    "blocks in a quoted value": '@a{k, t = "' + "\n@b{c," * (MANY // 10),
    "blocks in values": "@a{k, t = {x\n" * (MANY // 10),
    "blocks in parentheses": "@a(k, t={x}\n" * (MANY // 10),
    "blocks in a comment": "@comment{" + "@article{a,}" * (MANY // 10) + "}",
    "comments": "%@article{a,\n" * (MANY // 10),
    "groups": "@comment{jabref-meta: grouping:\n" + "0 a:b;\n" * MANY + "}",
    "groups that do not end": "@comment{jabref-meta: grouping:\n" * (MANY // 10),
    "one long group": "@comment{jabref-meta: grouping:" + "\\;" * MANY + "}",
    "references": "crossref = " * MANY,
    "fields without commas": "@a{k" + "".join(f", f{i}={{x}} y" for i in range(MANY // 10)) + "}",
    "files": "@a{k, file={" + "a:b:pdf;" * (MANY // 10) + "\\}}",
    "accents on accents": "@a{k, t={" + "\\'{" * (MANY // 10) + "}" * (MANY // 10) + "}}",
    "parts of a name": '@a{k, author={family="a' + ", b" * MANY + "}}",
    "control characters": "@a{k, title = {\0\x01\x1b\ud800\ufeff\ufdd0}}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_to_an_end(text: str) -> None:
    BIBTEX.score(text[:65536])
    found = BIBTEX.read(text, Context(AS_OF))
    "".join(BIBTEX.write([row.entry for row in found.rows], {})).encode()
