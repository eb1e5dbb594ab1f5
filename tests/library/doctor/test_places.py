"""Where fields stand in the source of an entry, and what they hold."""

import pytest

from refman.library.doctor.places import Place, places

BLOCKS = [
    ("one line", "@a{k, title = {T, x = y}, year = 2020}",
     [Place("title", 7, "T, x = y"), Place("year", 7, "2020")]),
    ("lines", '@a{k,\n  Title = {T {of} it},\n\n  note = "a {\\"o} = b",\n}',
     [Place("title", 8, "T {of} it"), Place("note", 10, 'a {\\"o} = b')]),
    ("parentheses", "@a(k, title = {T}, year = 2020)",
     [Place("title", 7, "T"), Place("year", 7, "2020")]),
    ("pieces", '@a{k, title = "a" # b # {c}, month = jan}',
     [Place("title", 7, None), Place("month", 7, None)]),
    ("comma missing", "@a{k, title = {T}\n year = 2020}",
     [Place("title", 7, "T"), Place("year", 8, "2020")]),
    ("comma at the end", "@a{k, title={T},}", [Place("title", 7, "T")]),
    ("brace missing", "@a{k, title = {T, year = 2020}", [Place("title", 7, None)]),
    ("nothing", "@a{k}", []),
    ("no block", "k, title = {T}", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("block", "expected"), [case[1:] for case in BLOCKS], ids=[case[0] for case in BLOCKS]
)
def test_places(block: str, expected: list[Place]) -> None:
    assert list(places(block, 7)) == expected
