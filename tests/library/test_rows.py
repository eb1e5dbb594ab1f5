"""Rows in memory and in a file are the same rows."""

import gc
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.format import Boundary, FileLink, Row
from refman.library.rows import PIECE, Rows
from refman.model.entry import Entry
from tests.library.making import entry

FULL = Row(
    entry=entry(
        "Ärger", "Ada Lovelace, Hado van Hasselt", "1843", "Told.", doi="10.1/x"
    ).with_values(tex={"title": r"{\"A}rger"}),
    line=7,
    raw_text="raw\0text",
    category="cs.LG",
    year_given=False,
    score=0.5,
    code=True,
    affiliations=("Nowhere",),
    review=("It is in doubt.",),
    runners_up=(Boundary("A", "B"),),
    confidence=0.25,
    status="read",
    rating=3,
    collections=("A/B",),
    notes=("A note.",),
    attachments=(FileLink(path="x.pdf"),),
    aliases=("other",),
)


def many(count: int) -> list[Row]:
    plain = [Entry(), Entry(title="A", fields=MappingProxyType({"doi": "10.1/x"})), FULL.entry]
    return [
        replace(FULL, entry=plain[line % 3], line=line, raw_text=f"row {line}")
        for line in range(count)
    ]


@given(count=st.integers(0, 30), room=st.sampled_from([0, 1, 2_500, 20_000, 1_000_000]))
def test_rows_come_back_as_they_were(count: int, room: int) -> None:
    expected = many(count)
    rows = Rows(expected, kept=room)
    assert list(rows) == expected
    assert [rows[i] for i in reversed(range(len(rows)))] == expected[::-1]
    assert [rows[i] for i in range(-count, 0)] == expected
    assert rows[1:5] == expected[1:5]
    for outside in (count, -count - 1):
        with pytest.raises(IndexError):
            rows[outside]


def test_pieces_are_all_rows_in_their_order() -> None:
    expected = many(2 * PIECE + 3)
    found = list(Rows(expected, kept=0).pieces())
    assert [start for start, _piece in found] == [0, PIECE, 2 * PIECE]
    assert [row for _start, piece in found for row in piece] == expected


def test_the_file_goes_with_the_rows() -> None:
    """An open file that nobody closes is a warning, and so an error here."""
    rows = Rows(many(100), kept=0)
    assert rows[50].line == 50
    del rows
    gc.collect()
