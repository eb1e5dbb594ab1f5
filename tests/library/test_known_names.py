"""Names that the library is sure of settle where the titles of other rows end, or doubt it."""

import pytest

from refman.library import Library
from tests.library.making import orders, page, papers, pasted, put, row, state

UNCLEAR = "Where the title ends and the authors begin is not clear."
GLUED = row("The Ideas of Mary", "Ann Smith, Bob Roe", glued=True)
ANN = row("Counting Goats at Night", "Ann Smith, Alan Turing")
MARY = row("Counting Cows at Dawn", "Mary Ann Smith, Alan Turing")
OTHER = row("Counting Pigs at Noon", "Grace Hopper, Alan Turing")
GLUED_AGAIN = row("More Ideas of Mary", "Ann Smith, Bob Roe", glued=True)


def attention(library: Library) -> dict[str, tuple[str, ...]]:
    return {one["entry"].title: one["attention"] for one in papers(library) if one["attention"]}


def mary(library: Library) -> tuple[str, ...]:
    return attention(library).get("The Ideas of Mary", ())


def test_a_name_that_comes_later_takes_the_doubt_away(library: Library) -> None:
    put(library, GLUED, name="1.txt")
    assert mary(library) == (UNCLEAR,)
    before = state(library)
    put(library, ANN, name="2.txt")
    assert attention(library) == {}
    library.history.undo()
    assert state(library) == before
    put(library, OTHER, name="3.txt")
    assert mary(library) == (UNCLEAR,)


def test_a_name_that_speaks_against_it_raises_a_doubt(library: Library) -> None:
    put(library, GLUED, ANN, name="1.txt")
    assert attention(library) == {}
    put(library, GLUED, name="2.txt")
    put(library, MARY, name="3.txt")
    found = library.entries.get(1)
    assert found.entry.title == "The Ideas of Mary"


def test_an_import_says_which_papers_it_touched(library: Library) -> None:
    (glued,) = put(library, GLUED, name="1.txt")
    report = library.importing.run(pasted(page(ANN), "2.txt"))
    assert report.changes.entries == {glued, report.records[0].entry_id}


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param((GLUED, ANN, OTHER), id="confirmed"),
        pytest.param((GLUED, MARY, OTHER), id="contradicted"),
        pytest.param((GLUED, ANN, MARY), id="both"),
        pytest.param((GLUED, GLUED_AGAIN, ANN), id="two-doubtful"),
        pytest.param((GLUED, GLUED_AGAIN, MARY), id="two-contradicted"),
        pytest.param((GLUED, GLUED_AGAIN), id="doubtful-alone"),
    ],
)
def test_the_order_of_imports_plays_no_part(library: Library, pages: tuple[str, ...]) -> None:
    results = []
    for i, order in enumerate(orders(pages)):
        other = Library.open(library.path.with_name(f"{i}.refman"), create=True)
        for n, text in enumerate(order):
            put(other, text, name=f"{n}.txt")
        results.append(papers(other))
        other.close()
    assert all(result == results[0] for result in results)


def test_a_person_who_looked_is_not_asked_again(library: Library) -> None:
    (glued,) = put(library, GLUED, name="1.txt")
    library.entries.mark_reviewed([glued])
    put(library, MARY, name="2.txt")
    assert attention(library) == {}
