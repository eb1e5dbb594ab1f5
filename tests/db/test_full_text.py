"""Whatever is typed finds what it says, and nothing that is typed is an error."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Select

from refman.db.database import Database
from refman.db.full_text import annotations_with, entries_with, has_words

FINDS = {
    "start of a word": ("forg", [1]),
    "two words, any order": ("transf forgetting", [1]),
    "accents put away": ("emile", [2]),
    "accents typed": ("ÉMILE", [2]),
    "name": ("lin", [1]),
    "abstract": ("networks", [2]),
    "venue": ("icml", [1]),
    "citation key": ("lin2025", [1]),
    "a part after a hyphen": ("soft-actor", [2]),
    "other parts": ("soft-critic", []),
    "marks alone": ("+++ --", []),
    "a word and marks": ("++ forg", [1]),
    "marks in a word": ("c++", [2]),
    "quotes": ('"forg" "', [1]),
    "syntax of FTS5": ("forg* OR title:x NEAR(", []),
    "Chinese": ("注意", [2]),
    "NUL": ("forg\0etting", []),
    "very long": ("x" * 100_000, []),
    "very many": ("forg " * 5000, [1]),
    "one letter": ("f", [1]),
    "all of them": ("e", [2]),
}


def _ids(database: Database, query: Select[Any]) -> list[int]:
    with database.read() as connection:
        return sorted(connection.execute(query).scalars())


@pytest.mark.parametrize(("typed", "ids"), FINDS.values(), ids=FINDS.keys())
def test_words(papers: Database, typed: str, ids: list[int]) -> None:
    assert (_ids(papers, entries_with(typed)) if has_words(typed) else []) == ids


def test_phrases_and_columns(papers: Database) -> None:
    assert _ids(papers, entries_with("forgetting transformer", phrase=True)) == [1]
    assert _ids(papers, entries_with("transformer forgetting", phrase=True)) == []
    assert _ids(papers, entries_with("lin", ["title", "names"])) == [1]
    assert _ids(papers, entries_with("lin", ["title"])) == []


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database.open(tmp_path_factory.mktemp("shared") / "l.refman", create=True)
    yield database
    database.close()


@given(text=st.text(), phrase=st.booleans(), columns=st.sampled_from([(), ("title", "names")]))
def test_any_text_is_safe(
    shared: Database, text: str, phrase: bool, columns: tuple[str, ...]
) -> None:
    text = text.encode("utf-8", "replace").decode()
    if has_words(text):
        assert _ids(shared, entries_with(text, columns, phrase=phrase)) == []
        assert _ids(shared, annotations_with(text, phrase=phrase)) == []
