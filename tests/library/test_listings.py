"""Listings: the pages, their rows, what each gave a paper, and a person's word on them."""

from datetime import date

import pytest

from refman.errors import RefmanError
from refman.formats.format import Header
from refman.library import Library, Source
from tests.library.making import (
    DAY,
    abstracts,
    add,
    only,
    page,
    papers,
    pasted,
    people,
    prose,
    put,
    row,
    state,
)

TOLD = prose(1)
DOUBTFUL = row("The Ideas of Mary", "Ann Smith, Bob Roe", abstract=prose(2), glued=True)
BAD = "LGMay 1, 2020\n"


def test_the_list_of_listings(library: Library, tmp_path: object) -> None:
    header = "Grace Hopper\n\nLG\nh-index67\n"
    library.importing.run(pasted(page(row(), row(), header=header), "one.txt"))
    library.importing.run(pasted(page(row(), BAD), "two.txt"))
    library.importing.run(pasted(abstracts(TOLD, affiliation="Harbour University"), ""))
    assert [
        (one.id, one.name, one.format, one.as_of, one.counts, one.count)
        for one in library.listings.list()
    ] == [
        (3, "Harbour University", "abstract-list", "2026-11-20", {"added": 1}, 1),
        (2, "two.txt", "profile", "2026-11-20", {"merged": 1, "failed": 1}, 1),
        (1, "one.txt", "profile", "2026-11-20", {"added": 1, "merged": 1}, 1),
    ]
    assert library.listings.list()[2].header == Header("Grace Hopper", "LG", h_index=67)
    library.entries.trash([1])
    assert [one.count for one in library.listings.list()] == [1, 0, 0]


def test_rows_failed_and_doubtful_first(library: Library) -> None:
    report = library.importing.run(
        pasted(page(row("Sheep of Old"), DOUBTFUL, BAD, row("Goats of Old")), "x.txt")
    )
    rows = library.listings.rows(report.listing_id or 0)
    assert [(one.outcome, one.position, bool(one.review)) for one in rows] == [
        ("failed", 2, False),
        ("added", 1, True),
        ("added", 0, False),
        ("added", 3, False),
    ]
    doubtful = rows[1]
    assert (doubtful.title, doubtful.creators_text) == ("The Ideas of Mary", "Smith, Roe")
    assert "The Ideas of MaryAnn Smith, Bob Roe" in doubtful.raw_text
    assert doubtful.runners_up
    lines = page(row("Sheep of Old"), DOUBTFUL).splitlines()
    assert lines[doubtful.line : doubtful.line + 1] == ["The Ideas of MaryAnn Smith, Bob Roe"]
    library.entries.mark_reviewed([doubtful.entry_id or 0])
    assert [one.position for one in library.listings.rows(1)] == [2, 0, 1, 3]


def test_the_source_is_kept_as_it_was(library: Library) -> None:
    text = "Home | Sign in\r\n\r\n" + page(row()) + "\nPrivacy policy\n\u200b"
    library.importing.run(pasted(text))
    assert library.listings.source_text(1) == text
    assert [each.text for each in library.listings.passed_over(1)] == [
        "Home | Sign in",
        "Privacy policy",
    ]
    assert library.listings.passed_over(99) == []
    with pytest.raises(RefmanError, match="not in the library any more"):
        library.listings.source_text(99)


def test_what_each_page_gave(library: Library) -> None:
    put(library, row(names="Ada Lovelace et al.", abstract=TOLD[:-1] + "!"), name="one.txt")
    put(library, row(abstract=TOLD), name="two.txt")
    library.importing.run(pasted(abstracts(TOLD), "three.txt"))
    (paper,) = library.search.ids()
    library.entries.edit(paper, {"date": "1999"})
    assert [
        (one.listing_name, one.outcome, one.gave) for one in library.listings.sightings_of(paper)
    ] == [
        ("three.txt", "merged", ("abstract",)),
        ("two.txt", "merged", ("title", "creators", "abstract")),
        ("one.txt", "added", ("title",)),
    ]
    assert library.listings.sightings_of(4711) == []


def test_a_row_that_stood_there_again_is_no_sighting_more(library: Library) -> None:
    header = "Grace Hopper\n\nLG\nh-index67\n"
    library.importing.run(pasted(page(row(), header=header), "one.txt"))
    library.importing.run(pasted(page(row(), row("Goats"), header=header), "two.txt"))
    assert len(library.listings.sightings_of(1)) == 1
    assert [(one.outcome, one.title) for one in library.listings.rows(2)] == [
        ("unchanged", "Learning to Count Sheep"),
        ("added", "Goats"),
    ]


# --- a person's word ----------------------------------------------------------------------


def test_choosing_where_the_title_ends(library: Library) -> None:
    (paper,) = put(library, DOUBTFUL)
    (sighting,) = library.listings.sightings_of(paper)
    before = state(library)
    changes = library.listings.choose(
        sighting.id, "The Ideas of", people("Mary Ann Smith, Bob Roe")
    )
    assert (changes.label, only(changes)) == ("Set title and authors", paper)
    found = library.entries.get(paper)
    assert (found.entry.title, found.entry.creators, found.attention) == (
        "The Ideas of",
        people("Mary Ann Smith, Bob Roe"),
        (),
    )
    assert found.edited == {"title", "creators"}
    assert library.listings.sightings_of(paper)[0].reviewed
    library.history.undo()
    assert state(library) == before


def test_choosing_what_it_says_already_counts_as_typed_too(library: Library) -> None:
    (paper,) = put(library, DOUBTFUL)
    (sighting,) = library.listings.sightings_of(paper)
    entry = library.entries.get(paper).entry
    assert library.listings.choose(sighting.id, entry.title, entry.creators).count == 1
    found = library.entries.get(paper)
    assert found.attention == ()
    assert found.edited == {"title", "creators"}
    later = row(
        "The Ideas of Mary Continued at Length", "Ann Smith, Bob Roe, Al Gore", abstract=prose(2)
    )
    put(library, later, name="later.txt")
    assert library.entries.get(paper).entry.title == entry.title
    assert library.entries.get(paper).entry.creators == entry.creators
    assert library.listings.choose(sighting.id, entry.title, entry.creators).count == 0


def test_choosing_keeps_that_there_are_others(library: Library) -> None:
    (paper,) = put(library, row("Ideas of Mary", "Ann Smith, Bob Roe et al.", glued=True))
    (sighting,) = library.listings.sightings_of(paper)
    library.listings.choose(sighting.id, "The Ideas of", people("Mary Ann Smith, Bob Roe"))
    assert library.entries.get(paper).entry.creators_truncated


def test_choosing_for_a_paper_that_is_gone(library: Library) -> None:
    (paper,) = put(library, DOUBTFUL)
    (sighting,) = library.listings.sightings_of(paper)
    library.entries.trash([paper])
    library.entries.empty_trash()
    for gone in (sighting.id, 4711):
        with pytest.raises(RefmanError, match="not in the library any more"):
            library.listings.choose(gone, "x", ())


# --- another day --------------------------------------------------------------------------


def test_another_day_for_a_page(library: Library) -> None:
    ids = put(
        library,
        row("Sheep of June", meta="LGJun 2"),
        row("Goats of June", meta="LGJun 2, 2020"),
        row("Cows of December", meta="LGDec 24"),
    )
    add(library, "Not of this page", date="2000")
    dates = {i: library.entries.get(i).entry.date for i in ids}
    assert [*dates.values()] == ["2026-06-02", "2020-06-02", "2025-12-24"]
    before = state(library)
    changes = library.listings.change_as_of(1, date(2024, 3, 1))
    assert changes.label == "Change the day of a listing"
    assert changes.entries == {ids[0], ids[2]}
    assert [library.entries.get(i).entry.date for i in ids] == [
        "2023-06-02",
        "2020-06-02",
        "2023-12-24",
    ]
    assert library.listings.list()[0].as_of == "2024-03-01"
    assert [row.year for row in library.search.rows(ids)] == [2023, 2020, 2023]
    after = state(library)
    library.history.undo()
    assert state(library) == before
    library.history.redo()
    assert state(library) == after
    assert library.listings.change_as_of(1, date(2024, 3, 1)).count == 0
    assert library.history.undo_label == "Change the day of a listing"


def test_another_day_leaves_doubts_and_words_of_a_person(library: Library) -> None:
    doubtful = DOUBTFUL.replace("May 16, 2022", "Jun 2")
    one, other = put(library, doubtful, row("Goats of June", meta="LGJun 2"))
    library.entries.edit(other, {"date": "1999"})
    attention = library.entries.get(one).attention
    library.listings.change_as_of(1, date(2024, 3, 1))
    assert library.entries.get(one).attention == attention != ()
    assert library.listings.sightings_of(one)[0].runners_up
    assert library.entries.get(one).entry.date == "2023-06-02"
    assert library.entries.get(other).entry.date == "1999"


def test_another_day_gives_what_that_day_would_have_given(library: Library) -> None:
    text = page(
        row("Sheep", meta="LGJun 2"), row("Sheep", meta="LGJun 3"), row("X", meta="LGFeb 29")
    )
    library.importing.run(Source.from_text(text, "a.txt", date(2023, 1, 1)))
    library.listings.change_as_of(1, DAY)
    again = Library.open(library.path.with_name("other.refman"), create=True)
    again.importing.run(pasted(text, "a.txt"))
    assert papers(library) == papers(again)
    again.close()


def test_another_day_for_a_listing_that_is_gone(library: Library) -> None:
    with pytest.raises(RefmanError, match="This listing is not in the library any more"):
        library.listings.change_as_of(1, DAY)
