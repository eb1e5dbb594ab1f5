"""Tags: put on and taken off, renamed into each other, coloured."""

import pytest

from refman.errors import RefmanError
from refman.library import Library
from tests.library.making import add, state


def listed(library: Library) -> list[tuple[str, str, int | None, int]]:
    return [(tag.name, tag.colour, tag.position, tag.count) for tag in library.tags.list()]


def names_of(library: Library, entry_id: int) -> list[str]:
    return [tag.name for tag in library.entries.get(entry_id).tags]


@pytest.fixture
def three(library: Library) -> list[int]:
    return [add(library, title) for title in ("Sheep", "Goats", "Cows")]


@pytest.mark.parametrize("name", ["a//b", "/a/b/", " a / b "])
def test_a_keyword_of_a_new_paper_is_the_tag_of_that_name(library: Library, name: str) -> None:
    """The second would be made anew, which the library refuses, were it not known by its name."""
    for title in ("Sheep", "Goats"):
        add(library, title, keywords=(name, " / "))
    assert listed(library) == [("a/b", "", None, 2)]


def test_tagging_and_untagging(library: Library, three: list[int]) -> None:
    changes = library.tags.add(" to   do ", three[:2])
    assert (changes.label, changes.entries, changes.count) == (
        "Tag 2 papers “to do”",
        frozenset(three[:2]),
        2,
    )
    assert library.tags.add("TO DO", three).entries == {three[2]}
    assert listed(library) == [("to do", "", None, 3)]
    changes = library.tags.remove("To do", three[1:])
    assert (changes.label, changes.count) == ("Untag 2 papers “To do”", 2)
    assert listed(library) == [("to do", "", None, 1)]
    assert library.tags.remove("to do", three[1:]).count == 0
    assert library.tags.remove("unknown", three).count == 0
    assert library.entries.get(three[0]).entry.keywords == ("to do",)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("a/b", "a/b", id="nested"),
        pytest.param(" a / /b/ ", "a/b", id="nested-with-blanks"),
        pytest.param("a,b", "a;b", id="comma"),
        pytest.param("Schön\u200be Ziegen", "Schöne Ziegen", id="invisible"),
        pytest.param("100% \\ {x} $", "100% \\ {x} $", id="signs"),
    ],
)
def test_the_name_of_a_tag(library: Library, three: list[int], typed: str, kept: str) -> None:
    library.tags.add(typed, three)
    assert listed(library) == [(kept, "", None, 3)]
    assert library.tags.add(typed, three).count == 0
    assert library.tags.remove(typed, three[:1]).count == 1
    library.tags.delete(typed)
    assert listed(library) == []


@pytest.mark.parametrize("name", ["", " ", "/", " / / ", "\u200b"])
def test_a_tag_needs_a_name(library: Library, three: list[int], name: str) -> None:
    with pytest.raises(RefmanError, match="A tag needs a name"):
        library.tags.add(name, three)
    with pytest.raises(RefmanError, match="A tag needs a name"):
        library.tags.toggle(name, three)


def test_toggling(library: Library, three: list[int]) -> None:
    library.tags.add("x", three[:1])
    assert library.tags.toggle("x", three).entries == frozenset(three[1:])
    assert library.tags.toggle("x", three).entries == frozenset(three)
    assert listed(library) == [("x", "", None, 0)]
    assert library.tags.toggle("x", [three[0], three[0]]).count == 1
    assert library.tags.toggle("x", [three[0], three[0]]).count == 1
    assert names_of(library, three[0]) == []


def test_tagging_nothing_makes_no_tag(library: Library) -> None:
    assert library.tags.add("x", []).count == 0
    assert library.tags.toggle("y", []).count == 0
    assert listed(library) == []
    assert library.history.undo_label is None


def test_a_thousand_at_once_is_one_step(library: Library) -> None:
    ids = [add(library, f"Paper {i}") for i in range(1)]
    ids += [add(library, f"Paper {i}") for i in range(1, 30)]
    before = state(library)
    assert library.tags.add("many", ids).count == 30
    library.history.undo()
    assert state(library) == before


def test_renaming(library: Library, three: list[int]) -> None:
    library.tags.add("old", three[:2])
    changes = library.tags.rename("OLD", "New")
    assert (changes.label, changes.entries, changes.count) == (
        "Rename tag “OLD” to “New”",
        frozenset(three[:2]),
        1,
    )
    assert library.tags.rename("new", "NEW").count == 1
    assert listed(library) == [("NEW", "", None, 2)]
    assert library.tags.rename("NEW", "NEW").count == 0
    with pytest.raises(RefmanError, match="There is no tag “old”"):
        library.tags.rename("old", "x")
    with pytest.raises(RefmanError, match="A tag needs a name"):
        library.tags.rename("NEW", " ")


def test_renaming_into_another_joins_the_two(library: Library, three: list[int]) -> None:
    library.tags.add("one", three[:2])
    library.tags.add("two", three[1:])
    library.tags.set_colour("two", "#ff0000", 1)
    before = state(library)
    library.tags.rename("one", "TWO")
    assert listed(library) == [("two", "#ff0000", 1, 3)]
    library.history.undo()
    assert state(library) == before


def test_colours_and_keys(library: Library, three: list[int]) -> None:
    for name in ("b", "a", "c"):
        library.tags.add(name, three[:1])
    library.tags.set_colour("c", "#00ff00", 2)
    library.tags.set_colour("a", "#ff0000", 1)
    assert listed(library) == [
        ("a", "#ff0000", 1, 1),
        ("c", "#00ff00", 2, 1),
        ("b", "", None, 1),
    ]
    before = state(library)
    library.tags.set_colour("b", "#0000ff", 1)
    assert listed(library) == [
        ("b", "#0000ff", 1, 1),
        ("c", "#00ff00", 2, 1),
        ("a", "#ff0000", None, 1),
    ]
    assert names_of(library, three[0]) == ["b", "c", "a"]
    library.history.undo()
    assert state(library) == before
    assert library.tags.set_colour("a", "#ff0000", 1).count == 0
    for wrong in (0, 10):
        with pytest.raises(RefmanError, match="from 1 to 9"):
            library.tags.set_colour("a", "", wrong)
    with pytest.raises(RefmanError, match="There is no tag"):
        library.tags.set_colour("x", "", 1)


def test_clearing_the_coloured(library: Library, three: list[int]) -> None:
    for name in ("red", "plain", "blue"):
        library.tags.add(name, three[:2])
    library.tags.set_colour("red", "#f00", 1)
    library.tags.set_colour("blue", "#00f", 2)
    assert library.tags.clear_coloured(three).entries == frozenset(three[:2])
    assert names_of(library, three[0]) == ["plain"]
    assert library.tags.clear_coloured(three).count == 0


def test_deleting(library: Library, three: list[int]) -> None:
    library.tags.add("x", three)
    before = state(library)
    changes = library.tags.delete("X")
    assert (changes.label, changes.entries) == ("Delete tag “X”", frozenset(three))
    assert listed(library) == []
    library.history.undo()
    assert state(library) == before
    with pytest.raises(RefmanError, match="There is no tag “y”"):
        library.tags.delete("y")


def test_completion_and_counts(library: Library, three: list[int]) -> None:
    for name in ("Sheep", "shearing", "goats"):
        library.tags.add(name, three)
    library.entries.trash(three[:1])
    assert library.tags.names("SHE") == ["shearing", "Sheep"]
    assert library.tags.names() == ["goats", "shearing", "Sheep"]
    assert {tag.count for tag in library.tags.list()} == {2}
