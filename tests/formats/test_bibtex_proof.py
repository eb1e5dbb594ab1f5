"""A text is one entry, or it is not: the quick way says yes only where the grammar does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.bibtex.grammar import entry_at
from refman.formats.bibtex.proof import is_one_entry

_PIECES = [
    "@misc{", "a", "b,", ",\n", "  title = {x}", "  month = jun", "{", "}", "{{A} b}", '"', "#",
    "}\n", "\n", " ", "\\{", "@book{c,\n}\n", "=",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        pytest.param("@misc{a,\n  title = {x},\n}\n", True, id="a comma after the last field"),
        pytest.param("@misc{a,\n\ttitle = {x}\n}\n", True, id="none"),
        pytest.param("@misc{a,\n}\n", True, id="no field"),
        pytest.param("@misc{a,\n  month = jun,\n}\n", True, id="a macro"),
        pytest.param("@misc{a,\n  t = {a {{b} {c}} d\n\ne},\n}\n", True, id="braces and lines"),
        pytest.param("@misc{a'b(c),\n  t = {{{{{{x}}}}}},\n}\n", True, id="by the grammar"),
        pytest.param("@misc{a,\n  title = {x},\n}", False, id="no line feed"),
        pytest.param("@misc{a,\n  title = {x},\n}\n\n", False, id="two line feeds"),
        pytest.param("@misc{a,\n  title = {x{},\n}\n", False, id="a brace too many"),
        pytest.param("@misc{a,\n  title = {x}},\n}\n", False, id="closed too early"),
        pytest.param("@misc{a,\n  t = {x}\n  u = {y},\n}\n", False, id="no comma"),
        pytest.param("@misc{a,\n}\n@misc{b,\n}\n", False, id="two entries"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_one_entry(text: str, is_one: bool) -> None:
    assert is_one_entry(text) == is_one


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_never_more_than_the_grammar(text: str) -> None:
    if is_one_entry(text):
        read = entry_at(text, text.index("{") + 1, "{")
        assert read is not None
        assert read.end == len(text) - 1
