"""A page with ten doubtful rows: each is set right, the import is taken back and done again."""

from typing import NamedTuple

import pytest

from refman.library import Library, SightingRow
from refman.model.creator import Creator
from tests.library.making import differing, page, pasted, people, row, state


class Case(NamedTuple):
    """A row whose title runs into its names, and what it should say."""

    title: str
    names: str
    creators: tuple[Creator, ...] = ()
    truncated: bool = False


def body(name: str) -> tuple[Creator, ...]:
    return (Creator(literal=name),)


TEN = (
    Case(
        "Theano: A Python framework for fast computation of mathematical expressions",
        "The Theano Development Team, Rami Al-Rfou, Guillaume Alain et al.",
        (*body("The Theano Development Team"), *people("Rami Al-Rfou, Guillaume Alain")),
        truncated=True,
    ),
    Case("Situating Methods in the Magic of Big Data and AI", "M. C. Elish, danah boyd"),
    Case(
        "Initial sequencing and analysis of the human genome",
        "International Human Genome Sequencing Consortium",
        body("International Human Genome Sequencing Consortium"),
    ),
    Case("Deep Play: Notes on the Balinese Cockfight", "Clifford Geertz"),
    Case("Demarginalizing the Intersection of Race and Sex", "Kimberlé Crenshaw"),
    Case(
        "Le lemme fondamental pour les algèbres de Lie",
        "Ngô Bảo Châu",
        (Creator(family="Ngô", given="Bảo Châu"),),
    ),
    Case(
        "Über formal unentscheidbare Sätze der Principia Mathematica und verwandter Systeme I",
        "Kurt Gödel",
    ),
    Case("Endlichkeitssätze für abelsche Varietäten über Zahlkörpern", "Gerd Faltings"),
    Case(
        "Yi: Open Foundation Models by 01.AI",
        "01.AI, Alex Young, Bei Chen et al.",
        (*body("01.AI"), *people("Alex Young, Bei Chen")),
        truncated=True,
    ),
    Case("Le Suicide", "Émile Durkheim"),
)
PAGE = page(*(row(case.title, case.names, glued=True) for case in TEN))


def right(case: Case) -> tuple[str, tuple[Creator, ...], bool]:
    return case.title, case.creators or people(case.names), case.truncated


def said(library: Library) -> list[tuple[str, tuple[Creator, ...], bool]]:
    """Title and creators of the papers of the newest import, in the order of the page."""
    found = []
    for one in rows_of(library):
        assert one.entry_id is not None
        entry = library.entries.get(one.entry_id).entry
        found.append((entry.title, entry.creators, entry.creators_truncated))
    return found


def rows_of(library: Library) -> list[SightingRow]:
    newest = library.listings.list()[0].id
    return sorted(library.listings.rows(newest), key=lambda row: row.position)


@pytest.fixture
def imported(library: Library) -> Library:
    """The page as it comes in: all ten are doubtful, and not all of them wrong."""
    library.importing.run(pasted(PAGE))
    assert [bool(one.review) for one in rows_of(library)] == [True] * 10
    assert sum(one != right(case) for one, case in zip(said(library), TEN, strict=True)) >= 4
    return library


def set_right(library: Library) -> None:
    for one, case in zip(rows_of(library), TEN, strict=True):
        title, creators, truncated = right(case)
        values = {"title": title, "creators": creators, "creators_truncated": truncated}
        library.review.set(one.id, values)


def test_what_was_set_right_stands_after_taking_back_and_importing_again(
    imported: Library,
) -> None:
    library = imported
    set_right(library)
    assert said(library) == [right(case) for case in TEN]
    assert all(one.reviewed for one in rows_of(library))
    ids = [one.entry_id for one in rows_of(library)]
    first = library.listings.list()[0]
    assert first.doubtful == 0

    preview = library.listings.preview_take_back(first.id)
    assert sorted(one.title for one in preview.kept) == sorted(case.title for case in TEN)
    library.listings.take_back(first.id)
    assert sorted(library.search.ids()) == sorted(i for i in ids if i is not None)

    report = library.importing.run(pasted(PAGE))
    assert (report.found, report.unchanged) == (10, 10)
    again = library.listings.list()[0]
    assert (again.id != first.id, again.doubtful) == (True, 0)
    compared = library.listings.compare(again.id, first.id)
    assert compared is not None
    assert (compared.new, compared.gone, compared.changed, compared.same) == ((), (), (), 10)
    assert [one.entry_id for one in rows_of(library)] == ids
    assert said(library) == [right(case) for case in TEN]
    assert all(not library.entries.get(i).attention for i in ids if i is not None)
    assert len(library.search.ids()) == 10


def test_what_only_looked_right_goes_and_comes_again(imported: Library) -> None:
    """Rows that were accepted were not changed: their papers go with the import."""
    library = imported
    library.review.accept([one.id for one in rows_of(library)])
    assert library.listings.list()[0].doubtful == 0
    library.listings.take_back(library.listings.list()[0].id)
    assert len(library.search.ids()) == 0
    library.importing.run(pasted(PAGE))
    assert [one.outcome for one in rows_of(library)] == ["added"] * 10


def test_all_of_it_is_undone_to_the_row(library: Library) -> None:
    states = [state(library)]

    def done() -> None:
        states.append(state(library))

    library.importing.run(pasted(PAGE))
    done()
    for one, case in zip(rows_of(library), TEN, strict=True):
        title, creators, truncated = right(case)
        library.review.set(
            one.id, {"title": title, "creators": creators, "creators_truncated": truncated}
        )
        done()
    library.listings.take_back(library.listings.list()[0].id)
    done()
    library.importing.run(pasted(PAGE))
    done()
    for before in reversed(states[:-1]):
        library.history.undo()
        assert differing(before, state(library)) == set()
    for after in states[1:]:
        library.history.redo()
        assert differing(after, state(library)) == set()
