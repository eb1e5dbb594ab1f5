"""A kept page read with today's reader: what it says otherwise comes in, what people did stays."""

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from refman.db import schema
from refman.errors import ReadError, RefmanError
from refman.formats.format import Header
from refman.library import ImportOptions, Library, Source
from tests.library.making import DAY, page, papers, pasted, people, put, row, state

HEADER = "Grace Hopper\n\nLG\nh-index67\n"
SHEEP, GOATS = row("Sheep of Old"), row("Goats of Old")
BIB = "@misc{a, title={Wool}, author={Lovelace, Ada}, keywords={wool, hill}, file={a.pdf}}\n"


def as_an_older_reader(library: Library, known: str, **values: Any) -> None:
    """Make the row titled `known` what an older reader might have made of it."""
    s = schema.sighting.c
    with library.database.write("older", undoable=False) as connection:
        for sighting_id, fields in connection.execute(select(s.id, s.fields)).all():
            said = json.loads(fields)
            if said.get("title") == known:
                new = json.dumps(said | values)
                connection.execute(
                    update(schema.sighting).where(s.id == sighting_id).values(fields=new)
                )


def test_where_nothing_is_otherwise_nothing_is_done(library: Library) -> None:
    library.importing.run(pasted(page(SHEEP, GOATS, "LGMay 1, 2020\n", header=HEADER)))
    library.importing.run(Source.from_text(BIB, "x.bib", DAY), ImportOptions(tags=("t",)))
    before, steps = state(library), library.history.steps()
    for listing_id, sentence in (
        (1, "3 found: 2 unchanged, 1 failed, 1 to look at"),
        (2, "1 found: 1 unchanged"),
    ):
        report = library.listings.read_again(listing_id)
        assert (report.sentence(), report.changes.count) == (sentence, 0)
    assert (state(library), library.history.steps()) == (before, steps)


def test_a_row_that_it_reads_otherwise(library: Library) -> None:
    library.importing.run(pasted(page(SHEEP, GOATS, header=HEADER)))
    right = papers(library)
    as_an_older_reader(library, "Sheep of Old", title="Shep of Old", date="", score=3.0)
    library.listings.choose(2, "My Goats", people("Ada Lovelace"))
    report = library.listings.read_again(1)
    assert report.sentence() == "2 found: 1 merged, 1 unchanged"
    assert report.records[0].matched_by == ("Today's reader reads this row otherwise.",)
    assert report.changes.entries == {1}
    assert [one for one in papers(library) if one["entry"].title == "Sheep of Old"] == right[1:]
    assert library.entries.get(2).entry.title == "My Goats"
    assert [one.outcome for one in library.listings.rows(1)] == ["added", "added"]
    assert "Read page.txt again" in [step.label for step in library.history.steps()]


def test_rows_that_are_new_and_rows_that_are_none_any_more(library: Library) -> None:
    library.importing.run(pasted(page(SHEEP, GOATS, row("Cows of Old"), header=HEADER)))
    right = papers(library)
    s = schema.sighting
    with library.database.write("older", undoable=False) as connection:
        # It did not see the goats, and took something else for a row.
        connection.execute(s.delete().where(s.c.id == 2))
        connection.execute(schema.entry.delete().where(schema.entry.c.id == 2))
    junk = pasted(page(SHEEP, row("Cows of Old"), row("Privacy Policy"), header=HEADER), "j.txt")
    library.importing.run(junk)
    with library.database.write("older", undoable=False) as connection:
        moved = (s.c.listing == 2, s.c.outcome == "added")
        connection.execute(s.update().where(*moved).values(listing=1, position=9, line=99))
    assert len(papers(library)) == 3
    before = state(library)
    report = library.listings.read_again(1)
    assert report.sentence() == "3 found: 1 added, 2 unchanged"
    assert [problem.message for problem in report.problems] == ["Today's reader sees no row here."]
    assert papers(library) == right
    assert [one.position for one in library.listings.rows(1)] == [0, 1, 2]
    library.history.undo()
    assert state(library) == before


def test_what_was_left_out_stays_out(library: Library) -> None:
    put(library, SHEEP, GOATS)
    library.review.leave_out([2])
    assert library.listings.read_again(1).sentence() == "2 found: 1 unchanged, 1 left out"
    assert len(papers(library)) == 1


def test_what_was_taken_back_comes_in_again(library: Library) -> None:
    options = ImportOptions(tags=("wool",), collection="Farm", status="read")
    library.importing.run(pasted(page(SHEEP, GOATS)), options)
    right = papers(library)
    library.listings.take_back(1)
    assert papers(library) == []
    report = library.listings.read_again(1)
    assert report.sentence() == "2 found: 2 added"
    assert papers(library) == right
    (listing,) = library.listings.list()
    assert (listing.taken_back, listing.counts) == ("", {"added": 2})
    library.listings.take_back(1)
    assert (papers(library), library.tags.list()) == ([], [])


def test_a_tag_that_was_taken_off_stays_off(library: Library) -> None:
    library.importing.run(Source.from_text(BIB, "x.bib", DAY))
    library.tags.remove("hill", [1])
    as_an_older_reader(library, "Wool", date="1999", keywords=["hill"])
    library.tags.remove("wool", [1])
    library.listings.read_again(1)
    assert [tag.name for tag in library.entries.get(1).tags] == ["wool"]
    assert library.entries.get(1).entry.date == ""


def test_the_head_of_the_page_too(library: Library) -> None:
    library.importing.run(pasted(page(SHEEP, header=HEADER)))
    with library.database.write("older", undoable=False) as connection:
        connection.execute(schema.listing.update().values(profile="{}"))
    assert library.listings.read_again(1).changes.count == 1
    assert library.listings.list()[0].header == Header("Grace Hopper", "LG", h_index=67)


def test_what_cannot_be_read_again(library: Library) -> None:
    with pytest.raises(RefmanError, match="not in the library any more"):
        library.listings.read_again(7)
    put(library, SHEEP)
    with library.database.write("older", undoable=False) as connection:
        connection.execute(schema.listing.update().values(format="bibtex"))
    with pytest.raises(ReadError, match="There is no entry"):
        library.listings.read_again(1)
