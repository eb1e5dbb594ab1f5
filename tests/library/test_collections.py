"""Collections: a tree of names, and the papers in it."""

import pytest

from refman.errors import RefmanError
from refman.library import Library
from tests.library.making import add, state


def tree(library: Library) -> list[tuple[str, int]]:
    return [(node.path, node.count) for node in library.collections.tree()]


def at(library: Library, path: str) -> int:
    found = library.collections.find(path)
    assert found is not None
    return found


@pytest.fixture
def papers(library: Library) -> list[int]:
    return [add(library, title) for title in ("Sheep", "Goats", "Cows")]


def test_a_tree(library: Library, papers: list[int]) -> None:
    library.collections.add_to_path("Thesis / Chapter 2", papers[:2])
    library.collections.add_to_path("thesis/chapter 1", papers[2:])
    library.collections.create("Reading")
    library.collections.create(" Deep  down ", at(library, "THESIS/Chapter 2"))
    assert tree(library) == [
        ("Reading", 0),
        ("Thesis", 0),
        ("Thesis/chapter 1", 1),
        ("Thesis/Chapter 2", 2),
        ("Thesis/Chapter 2/Deep down", 0),
    ]
    nodes = {node.path: node for node in library.collections.tree()}
    assert nodes["Thesis/chapter 1"].parent == nodes["Thesis"].id
    assert library.collections.find("Nowhere") is None
    assert library.collections.find("") is None
    library.entries.trash(papers[:1])
    assert dict(tree(library))["Thesis/Chapter 2"] == 1


def test_putting_in_and_taking_out(library: Library, papers: list[int]) -> None:
    changes = library.collections.add_to_path("C", papers[:2])
    assert (changes.label, changes.entries) == ("Add 2 papers to “C”", frozenset(papers[:2]))
    found = at(library, "c")
    assert library.collections.add(found, papers).entries == {papers[2]}
    assert library.collections.add(found, papers).count == 0
    before = state(library)
    changes = library.collections.remove(found, papers[:1])
    assert (changes.label, changes.entries) == ("Take 1 paper out of “C”", frozenset(papers[:1]))
    assert library.collections.remove(found, papers[:1]).count == 0
    library.history.undo()
    assert state(library) == before
    assert library.entries.get(papers[0]).collections == ((found, "C"),)


def test_renaming(library: Library) -> None:
    library.collections.create("A")
    library.collections.create("B")
    found = at(library, "A")
    assert library.collections.rename(found, "a").count == 1
    assert library.collections.rename(found, "a").count == 0
    with pytest.raises(RefmanError, match="There is a collection “b” here already"):
        library.collections.rename(found, "b")
    with pytest.raises(RefmanError, match="A collection needs a name"):
        library.collections.rename(found, " ")
    assert [path for path, _count in tree(library)] == ["a", "B"]


def test_a_slash_in_a_name_makes_no_path(library: Library) -> None:
    library.collections.create("Input/Output")
    assert len(tree(library)) == 1
    assert library.collections.tree()[0].path.count("/") == 0


def test_moving(library: Library, papers: list[int]) -> None:
    library.collections.add_to_path("A/B/C", papers)
    library.collections.create("C")
    before = state(library)
    changes = library.collections.move(at(library, "A/B"), None)
    assert changes.count == 1
    assert [path for path, _count in tree(library)] == ["A", "B", "B/C", "C"]
    library.history.undo()
    assert state(library) == before
    assert library.collections.move(at(library, "A/B"), at(library, "A")).count == 0
    for inside in ("A", "A/B", "A/B/C"):
        with pytest.raises(RefmanError, match="cannot be moved into itself"):
            library.collections.move(at(library, "A"), at(library, inside))
    with pytest.raises(RefmanError, match="“C” here already"):
        library.collections.move(at(library, "A/B/C"), None)
    assert state(library) == before


def test_deleting_takes_what_is_in_it_but_no_paper(library: Library, papers: list[int]) -> None:
    library.collections.add_to_path("A/B/C", papers)
    library.collections.add_to_path("A", papers)
    library.collections.add_to_path("D", papers)
    before = state(library)
    changes = library.collections.delete(at(library, "A"))
    assert changes.label == "Delete collection “A”"
    assert tree(library) == [("D", 3)]
    assert library.database.check() == []
    library.history.undo()
    assert state(library) == before
    assert library.database.check() == []


def test_what_is_gone_is_told(library: Library, papers: list[int]) -> None:
    before = state(library)
    gone = 4711
    for verb in (
        lambda: library.collections.rename(gone, "x"),
        lambda: library.collections.move(gone, None),
        lambda: library.collections.delete(gone),
        lambda: library.collections.add(gone, papers),
        lambda: library.collections.remove(gone, papers),
        lambda: library.collections.create("x", gone),
    ):
        with pytest.raises(RefmanError, match="This collection is not in the library any more"):
            verb()
    with pytest.raises(RefmanError, match="A collection needs a name"):
        library.collections.add_to_path(" / ", papers)
    with pytest.raises(RefmanError, match="A collection needs a name"):
        library.collections.create("")
    library.collections.create("x")
    with pytest.raises(RefmanError, match="“X” here already"):
        library.collections.create("X")
    library.history.undo()
    assert state(library) == before


def test_adding_nothing_makes_no_collection(library: Library) -> None:
    assert library.collections.add_to_path("A/B", []).count == 0
    assert tree(library) == []
