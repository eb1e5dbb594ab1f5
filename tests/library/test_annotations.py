"""Notes and highlights: a highlight stays with its words, whatever becomes of the text."""

from typing import Any

import pytest

from refman.errors import RefmanError
from refman.library import Library
from refman.library.annotations import CONTEXT, place
from tests.library.making import add, state

TOLD = "We count sheep. Sheep are slow. Nobody counts goats, for goats are quick."


@pytest.fixture
def paper(library: Library) -> int:
    return add(library, "Sheep", abstract=TOLD)


def marked(library: Library, paper: int) -> list[tuple[str, int | None, int | None]]:
    return [(each.quote, each.start, each.end) for each in library.annotations.of(paper)]


def at(words: str, text: str = TOLD) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


# --- finding the place again ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("abstract", "start", "expected"),
    [
        pytest.param("one two one three", 8, 8, id="as-it-was"),
        pytest.param("now one two one three", 8, 12, id="moved"),
        pytest.param("one three", 8, 0, id="what-stood-before-is-gone"),
        pytest.param("one two one", 8, 8, id="what-stood-behind-is-gone"),
        pytest.param("two one", 8, 4, id="all-around-is-gone"),
        pytest.param("ONE TWO", 8, None, id="gone"),
        pytest.param("", 8, None, id="no-abstract"),
    ],
)
def test_place(abstract: str, start: int, expected: int | None) -> None:
    """`one` in `one two [one] three`."""
    assert place(abstract, "one", "one two ", " three", start) == expected


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        pytest.param("the dog ran. the cat sat.", 13, id="what-follows-counts"),
        pytest.param("a cat. the cat sat.", 7, id="moved"),
        pytest.param("the dog ran.", 0, id="the-only-one"),
    ],
)
def test_place_of_the_first_words(abstract: str, expected: int) -> None:
    """`the` in `[the] cat sat. the dog ran.`"""
    assert place(abstract, "the", "", " cat sat. the dog ran.", 0) == expected


def test_place_of_equals_is_the_nearest() -> None:
    text = "x aa x aa x aa x"
    assert [place(text, "aa", "x ", " x", at) for at in (0, 2, 6, 7, 10, 99)] == [
        2,
        2,
        7,
        7,
        12,
        12,
    ]


def test_place_of_nothing() -> None:
    assert place("abc", "", "", "", 1) is None


# --- highlights ---------------------------------------------------------------------------


def test_a_highlight(library: Library, paper: int) -> None:
    before = state(library)
    changes = library.annotations.highlight(paper, *at("Sheep are slow"), "green", " Why? ")
    assert (changes.label, changes.entries) == ("Highlight", frozenset([paper]))
    (found,) = library.annotations.of(paper)
    assert (found.kind, found.target, found.quote, found.colour, found.comment) == (
        "highlight",
        "abstract",
        "Sheep are slow",
        "green",
        "Why?",
    )
    assert (found.start, found.end) == at("Sheep are slow")
    (row,) = state(library)["annotation"]
    assert TOLD[: at("Sheep are")[0]].endswith(row[5])
    assert len(row[5]) <= CONTEXT
    library.history.undo()
    assert state(library) == before


def test_highlights_survive_edits_of_the_abstract(library: Library, paper: int) -> None:
    for words in ("goats are quick", "count sheep", "Sheep are slow"):
        library.annotations.highlight(paper, *at(words))
    assert marked(library, paper) == [
        (words, *at(words)) for words in ("count sheep", "Sheep are slow", "goats are quick")
    ]
    changed = "In the night we count sheep. Nobody counts goats, for goats are quick. Really."
    library.entries.edit(paper, {"abstract": changed})
    assert marked(library, paper) == [
        ("count sheep", *at("count sheep", changed)),
        ("goats are quick", *at("goats are quick", changed)),
        ("Sheep are slow", None, None),
    ]
    library.history.undo()
    assert marked(library, paper)[1] == ("Sheep are slow", *at("Sheep are slow"))


def test_an_orphan_is_kept_and_can_be_edited_and_deleted(library: Library, paper: int) -> None:
    library.annotations.highlight(paper, *at("goats"))
    library.entries.edit(paper, {"abstract": ""})
    (orphan,) = library.annotations.of(paper)
    assert (orphan.quote, orphan.start) == ("goats", None)
    library.annotations.edit(orphan.id, colour="pink", comment="still here")
    (orphan,) = library.annotations.of(paper)
    assert (orphan.colour, orphan.comment) == ("pink", "still here")
    library.annotations.delete(orphan.id)
    assert library.annotations.of(paper) == []


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        pytest.param(0, 2, "We", id="first"),
        pytest.param(-5, 2, "We", id="before-the-start"),
        pytest.param(len(TOLD) - 6, len(TOLD) + 99, "quick.", id="behind-the-end"),
        pytest.param(0, len(TOLD), TOLD, id="all"),
    ],
)
def test_the_ends_of_a_highlight(
    library: Library, paper: int, start: int, end: int, quote: str
) -> None:
    library.annotations.highlight(paper, start, end)
    assert [each.quote for each in library.annotations.of(paper)] == [quote]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param((3, 3), "Select some text", id="nothing"),
        pytest.param((2, 3), "Select some text", id="a-blank"),
        pytest.param((9, 3), "Select some text", id="backwards"),
        pytest.param(
            (0, 2, "red"), "“red” is no colour of a highlight; there are yellow", id="red"
        ),
    ],
)
def test_what_cannot_be_highlighted(
    library: Library, paper: int, arguments: tuple[Any, ...], sentence: str
) -> None:
    with pytest.raises(RefmanError, match=sentence):
        library.annotations.highlight(paper, *arguments)
    assert library.annotations.of(paper) == []


# --- notes --------------------------------------------------------------------------------


def test_notes(library: Library, paper: int) -> None:
    library.annotations.add_note(paper, "# First\n\nnote ")
    library.annotations.add_note(paper, "Second")
    library.annotations.highlight(paper, 0, 2)
    found = library.annotations.of(paper)
    assert [(each.kind, each.comment) for each in found] == [
        ("highlight", ""),
        ("note", "# First\n\nnote"),
        ("note", "Second"),
    ]
    before = state(library)
    assert library.annotations.edit(found[1].id, comment="Changed").entries == {paper}
    assert library.annotations.edit(found[1].id, comment=" Changed ").count == 0
    assert library.annotations.of(paper)[1].comment == "Changed"
    library.history.undo()
    assert state(library) == before
    assert library.annotations.delete(found[1].id).label == "Delete annotation"
    library.history.undo()
    assert state(library) == before


def test_an_empty_note_is_told(library: Library, paper: int) -> None:
    with pytest.raises(RefmanError, match="The note is empty"):
        library.annotations.add_note(paper, " \n ")
    library.annotations.add_note(paper, "x")
    (note,) = library.annotations.of(paper)
    with pytest.raises(RefmanError, match="The note is empty"):
        library.annotations.edit(note.id, comment="")


def test_annotations_that_are_gone(library: Library, paper: int) -> None:
    with pytest.raises(RefmanError, match="not in the library any more"):
        library.annotations.edit(4711, comment="x")
    assert library.annotations.delete(4711).count == 0
    assert library.annotations.of(4711) == []
