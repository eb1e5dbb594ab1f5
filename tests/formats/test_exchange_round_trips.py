"""What a format of another program was written with is read from it again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats import format_named
from refman.formats.format import Context
from refman.model.entry import Entry
from tests.formats import engine
from tests.formats.round_trips import ENTRIES, read_again, written

WRITERS = ["ris", "csl-json", "endnote", "csv"]
each_writer = pytest.mark.parametrize("name", WRITERS)


@each_writer
@given(entries=st.lists(ENTRIES, max_size=3))
def test_what_is_written_is_read_again(name: str, entries: list[Entry]) -> None:
    assert read_again(name, entries) == entries


@each_writer
@given(entries=st.lists(ENTRIES, max_size=3))
def test_the_same_entries_give_the_same_text(name: str, entries: list[Entry]) -> None:
    turned = [
        entry.with_values(fields=dict(reversed(list(entry.fields.items())))) for entry in entries
    ]
    assert written(name, entries) == written(name, turned)


@each_writer
def test_nothing_is_written_as_something(name: str) -> None:
    """A file of no papers is one of the format, and read as none."""
    reader = format_named(name)
    assert reader is not None
    found = reader.read(written(name, []), Context(engine.AS_OF))
    assert (found.rows, found.problems) == ([], [])


@each_writer
def test_other_keys_come_back_as_such(name: str) -> None:
    entry = Entry(citation_key="a", title="A", fields={"ids": "b, c"})
    reader = format_named(name)
    assert reader is not None
    found = reader.read(written(name, [entry]), Context(engine.AS_OF))
    (row,) = found.rows
    assert (row.entry.fields, row.aliases) == ({}, ("b", "c"))


@each_writer
def test_what_is_written_is_detected(name: str) -> None:
    entry = Entry("book", "a", "A Title", date="2019", fields={"publisher": "B", "doi": "10.1/a"})
    text = written(name, [entry])
    reader = format_named(name)
    assert reader is not None
    assert reader.score(text) >= 80
