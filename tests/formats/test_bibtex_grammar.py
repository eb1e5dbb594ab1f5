"""The short ways of the reader against the long ones: blocks, names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.bibtex import entry_blocks
from refman.formats.bibtex.blocks import Shape, blocks
from refman.formats.bibtex.entry_blocks import RawEntry, read_block
from refman.formats.bibtex.grammar import entry_at
from refman.formats.bibtex.names import _read, _read_any
from refman.formats.bibtex.values import Macros

VALUES = st.sampled_from(
    ["{x}", "{a {b} c}", '"y"', '"a {b, c = d} e"', "12", "jan", "{}", '""', "{ sp  aced\n}",
     "{\\'e {\\\"o} \\& $x_1$}", "{10\\% (p) @ x # ' = ,}", '{say "x"}', "{{Deep {{er}}}}",
     'jan # " and " # {y}', "{x} # 3", "{me@example.org}"])  # fmt: skip
NAMES = st.sampled_from(["title", "author", "note", "Year", "a-b", "x_y", "journal"])
GAPS = st.sampled_from(["", " ", "\n  ", "\t"])


@st.composite
def ordinary(draw: st.DrawFn) -> str:
    """An entry as everybody writes it."""
    names = draw(st.lists(NAMES, max_size=5, unique_by=str.lower))
    fields = [
        f"{draw(GAPS)}{name}{draw(GAPS)}={draw(GAPS)}{draw(VALUES)}{draw(GAPS)}" for name in names
    ]
    return f"@article{{key:1{draw(GAPS)}," + ",".join(fields) + draw(st.sampled_from(["}", ",}"]))


@given(text=ordinary())
def test_an_ordinary_entry_is_read_as_bibtexparser_reads_it(text: str) -> None:
    text = text.replace(",,}", ",}")
    (block,) = blocks(text)
    assert block.shape is Shape.ENTRY
    assert block.parsed is not None
    slow = entry_blocks._split(text, block, Macros())
    assert slow is not None
    assert _shown(read_block(text, block, Macros())) == _shown(slow)


def _shown(raw: RawEntry) -> object:
    return raw.key, [(name, tex.split()) for name, tex, _line in raw.fields], raw.unknown


@pytest.mark.parametrize(
    "body",
    ["title={x}}", "a title={x}}", "a, title {x}}", "a, title={x} note={y}}", "a,, title={x}}",
     "a, title={x}", 'a, title="x}', "a, title={x}} }"[:-4], "a, 2x={y}}", "a{b, title={x}}",
     "a, title=x y}", "a b}", "a, @b{c, title={x}}}", "a, title={x}) "],
)  # fmt: skip
def test_what_breaks_a_rule_is_not_read_here(body: str) -> None:
    assert entry_at("@misc{" + body, 6, "{") is None


WORDS = st.sampled_from(["Ada", "van", "der", "King", "J.", "de", "Jr.", "O'Neill", "Ceron-Lee",
                         "Émile", "x", "McX", "III", "'t", "2nd", "A.-B."])  # fmt: skip


@given(
    parts=st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=3),
    comma=st.sampled_from([",", ", "]),
)
def test_a_usual_name_is_read_as_any_other(parts: list[str], comma: str) -> None:
    name = comma.join(parts)
    assert _read(name, "author") == _read_any(name, "author")
