"""What the samples do not show of the reader: pieces, progress, bounds."""

import pytest

from refman.formats.bibtex import BibTeX
from refman.formats.bibtex.blocks import blocks
from refman.formats.format import Context, Problem
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
    "control characters": "@a{k, title = {\0\x01\x1b\ud800\ufeff\ufdd0}}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_to_an_end(text: str) -> None:
    BIBTEX.score(text[:65536])
    found = BIBTEX.read(text, Context(AS_OF))
    "".join(BIBTEX.write([row.entry for row in found.rows], {})).encode()
