"""Rows that are left out stay out, until they are taken in again."""

from refman.library import ImportOptions, Library, Source
from refman.library.leaving_out import LeftOut, leave_out, take_in
from refman.library.storing import now
from tests.library.making import DAY, abstracts, page, papers, pasted, prose, row, state

HEADER = "Grace Hopper\n\nLG\nh-index67\n"
SHEEP, GOATS, COWS = (row(title) for title in ("Sheep of Old", "Goats of Old", "Cows of Old"))
RIS = """\
TY  - JOUR
TI  - Hens of Old
AU  - Lovelace, Ada
KW  - hill
N1  - Read this.
ER  -
"""


def ids(library: Library, *titles: str) -> list[int]:
    """The rows of those titles, in all listings."""
    return [
        one.id
        for listing in library.listings.list()
        for one in library.listings.rows(listing.id)
        if one.title in titles
    ]


def out(library: Library, *sightings: int) -> LeftOut:
    with library.database.write("Leave out") as connection:
        return leave_out(connection, sightings, now())


def back(library: Library, *sightings: int) -> set[int]:
    with library.database.write("Take in") as connection:
        return take_in(connection, sightings, now())


def outcomes(library: Library, listing_id: int) -> list[tuple[str, str]]:
    rows = sorted(library.listings.rows(listing_id), key=lambda one: one.position)
    return [(one.title, one.outcome) for one in rows]


def test_a_row_left_out_and_taken_in_again(library: Library) -> None:
    library.importing.run(Source.from_text(RIS, "x.ris", DAY), ImportOptions(tags=("wool",)))
    there, before = papers(library), state(library)
    (sighting,) = ids(library, "Hens of Old")
    assert out(library, sighting) == LeftOut(frozenset(), frozenset({1}), ())
    (left,) = library.listings.rows(1)
    assert (left.outcome, left.reasons, left.entry_id) == (
        "skipped",
        ("You left this row out.",),
        None,
    )
    assert (papers(library), library.tags.list()) == ([], [])
    library.history.undo()
    assert state(library) == before
    library.history.redo()
    assert back(library, sighting) == {1}
    assert papers(library) == there
    assert [note.comment for note in library.annotations.of(1)] == ["Read this."]
    assert outcomes(library, 1) == [("Hens of Old", "added")]
    library.listings.take_back(1)
    assert (papers(library), library.tags.list()) == ([], [])
    assert library.check() == []


def test_it_stays_out_when_the_page_comes_again(library: Library) -> None:
    first, second = page(SHEEP, GOATS, header=HEADER), page(GOATS, SHEEP, COWS, header=HEADER)
    library.importing.run(pasted(first))
    out(library, *ids(library, "Goats of Old"))
    report = library.importing.run(pasted(first))
    assert (report.unchanged, report.skipped, report.listing_id) == (1, 1, None)
    report = library.importing.run(pasted(second))
    assert report.sentence() == "3 found: 1 added, 1 unchanged, 1 left out"
    assert report.records[0].matched_by == ("You left this row out.",)
    assert outcomes(library, 2) == [
        ("Goats of Old", "skipped"),
        ("Sheep of Old", "unchanged"),
        ("Cows of Old", "added"),
    ]
    goats = ids(library, "Goats of Old")
    back(library, goats[-1])
    assert outcomes(library, 1) == [("Sheep of Old", "added"), ("Goats of Old", "added")]
    assert outcomes(library, 2)[0] == ("Goats of Old", "unchanged")
    assert library.importing.run(pasted(second)).unchanged == 3


def test_left_out_of_the_later_page_it_is_left_out_of_the_earlier_one(library: Library) -> None:
    library.importing.run(pasted(page(SHEEP, GOATS, header=HEADER)))
    library.importing.run(pasted(page(GOATS, SHEEP, COWS, header=HEADER)))
    (later,) = [one.id for one in library.listings.rows(2) if one.title == "Goats of Old"]
    assert out(library, later).deleted == {2}
    assert outcomes(library, 1)[1] == ("Goats of Old", "skipped")


def test_after_the_import_is_taken_back_it_comes_in_again(library: Library) -> None:
    text = page(SHEEP, GOATS, header=HEADER)
    library.importing.run(pasted(text))
    out(library, *ids(library, "Goats of Old"))
    library.listings.take_back(1)
    assert library.importing.run(pasted(text)).sentence() == "2 found: 2 added"


def test_a_paper_of_another_page_loses_only_this_row(library: Library) -> None:
    library.importing.run(pasted(page(row("Sheep of Old", meta="LGMay 16, 2020")), "one.txt"))
    one = papers(library)
    library.importing.run(pasted(abstracts(prose(3)), "two.txt"))
    both = papers(library)
    three = pasted(page(row("Sheep of Old", "Ada Lovelace, Grace Hopper, Bob Roe")), "three.txt")
    library.importing.run(three)
    (sighting,) = [one.id for one in library.listings.rows(3)]
    assert out(library, sighting) == LeftOut(frozenset({1}), frozenset(), ())
    assert papers(library) == both
    assert back(library, sighting) == {1}
    assert outcomes(library, 3) == [("Sheep of Old", "merged")]
    assert papers(library) != both
    assert len(one) == 1


def test_what_somebody_changed_is_kept_with_its_row(library: Library) -> None:
    library.importing.run(pasted(page(SHEEP)))
    library.entries.edit(1, {"note": "mine"})
    before = state(library)
    left = out(library, *ids(library, "Sheep of Old"))
    assert [(one.entry_id, one.title, one.reasons) for one in left.kept] == [
        (1, "Sheep of Old", ("it was edited",))
    ]
    assert state(library) == before
