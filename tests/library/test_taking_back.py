"""An import taken back is as if it had not been, and what people did stays."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refman.db import schema
from refman.errors import RefmanError
from refman.library import ImportOptions, Library, Source, TakeBack
from refman.progress import Cancelled, Progress
from tests.library.making import (
    DAY,
    abstracts,
    add,
    differing,
    page,
    papers,
    pasted,
    prose,
    put,
    row,
    state,
)

BIB = """\
@article{old, title = {Goats of the High North}, author = {Lovelace, Ada}, year = 1999,
  keywords = {farm, hill}, note = {seen}, file = {paper.pdf}, annote = {Read this.}}
"""
SHEEP, GOATS, COWS = (row(title) for title in ("Sheep of Old", "Goats of Old", "Cows of Old"))
# What taking back leaves as it is by design: the page and its rows.
KEPT = {"listing", "sighting"}


WOOL = "@misc{a, title={Wool and How to Count It}, author={Lovelace, Ada}, keywords={wool}}"
RIS = """\
TY  - JOUR
TI  - Hens of Old
AU  - Lovelace, Ada
KW  - hill
N1  - Read this.
L1  - paper.pdf
ER  -
"""


def bib(text: str = BIB, name: str = "x.bib") -> Source:
    return Source.from_text(text, name, DAY)


def without_pages(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    """All but the pages; when a paper was changed last may be a second later."""
    found = {name: rows for name, rows in state(library).items() if name not in KEPT}
    place = [column.name for column in schema.entry.columns].index("modified")
    found["entry"] = [(*row[:place], *row[place + 1 :]) for row in found["entry"]]
    return found


# --- one import alone ---------------------------------------------------------------------


def test_what_only_this_import_brought_goes_and_undo_brings_it_back(library: Library) -> None:
    before = without_pages(library)
    library.importing.run(pasted(page(SHEEP, GOATS, "LGMay 1, 2020\n")))
    there = state(library)
    assert library.listings.preview_take_back(1) == TakeBack(2, 0, ())
    changes = library.listings.take_back(1)
    assert changes.label == "Take back page.txt"
    assert changes.entries == {1, 2}
    assert changes.message == "2 papers gone."
    assert without_pages(library) == before
    (listing,) = library.listings.list()
    assert (listing.counts, listing.count, listing.doubtful) == ({"failed": 1, "skipped": 2}, 0, 1)
    assert listing.taken_back
    assert {(one.outcome, one.reasons) for one in library.listings.rows(1)} == {
        ("failed", library.listings.rows(1)[0].reasons),
        ("skipped", ("The import was taken back.",)),
    }
    assert "Sheep of Old" in library.listings.source_text(1)
    library.history.undo()
    assert state(library) == there
    library.history.redo()
    assert without_pages(library) == before
    with pytest.raises(RefmanError, match="taken back before"):
        library.listings.take_back(1)


def test_all_that_it_gave_goes_with_it(library: Library) -> None:
    library.collections.create("Thesis")
    add(library, "Goats of the High North", "Ada Lovelace", "1999")
    library.tags.add("farm", [1])
    before = without_pages(library)
    options = ImportOptions(tags=("mine", "farm"), collection="Thesis/Two", status="read")
    library.importing.run(bib(), options)
    assert [tag.name for tag in library.entries.get(1).tags] == ["farm", "hill", "mine"]
    assert library.listings.list()[0].options == options
    library.listings.take_back(1)
    assert without_pages(library) == before


def test_a_provisional_key_is_provisional_again(library: Library) -> None:
    library.importing.run(pasted(abstracts(prose(1)), "one.txt"))
    before = without_pages(library)
    put(library, row("Learning of Goats", abstract=prose(1)), name="two.txt")
    assert library.entries.get(1).entry.title == "Learning of Goats"
    library.listings.take_back(2)
    assert without_pages(library) == before


def test_cancelled_it_changes_nothing(library: Library) -> None:
    put(library, SHEEP)
    before = state(library)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        library.listings.take_back(1, progress)
    assert state(library) == before


def test_what_is_gone_cannot_be_taken_back(library: Library) -> None:
    with pytest.raises(RefmanError, match="not in the library any more"):
        library.listings.take_back(7)
    with pytest.raises(RefmanError, match="not in the library any more"):
        library.listings.preview_take_back(7)


# --- papers that are known otherwise ------------------------------------------------------


def test_a_paper_of_two_pages_is_what_the_other_page_makes_of_it(library: Library) -> None:
    put(library, row(names="Ada Lovelace et al.", meta="LGMay 16, 2020"), name="one.txt")
    put(library, row(meta="88.5CLMay 16, 2022"), GOATS, name="two.txt")
    assert library.listings.preview_take_back(1) == TakeBack(0, 1, ())
    changes = library.listings.take_back(1)
    assert changes.message == "0 papers gone, 1 paper known otherwise, too."
    with tempfile.TemporaryDirectory() as name:
        alone = Library.open(Path(name) / "alone.refman", create=True)
        put(alone, row(meta="88.5CLMay 16, 2022"), GOATS, name="two.txt")
        assert papers(alone) == papers(library)
        assert [(one.outcome, one.reasons) for one in alone.listings.rows(1)] == [
            (one.outcome, one.reasons) for one in library.listings.rows(2)
        ]
        alone.close()
    library.listings.take_back(2)
    assert papers(library) == []


def test_a_paper_that_was_typed_loses_only_what_the_page_said(library: Library) -> None:
    add(library, "Sheep of Old", "Ada Lovelace, Grace Hopper")
    before = papers(library)
    put(library, SHEEP)
    assert papers(library) != before
    library.listings.take_back(1)
    assert papers(library) == before


def test_a_later_import_of_the_same_page_takes_the_rows_over(library: Library) -> None:
    header = "Grace Hopper\n\nLG\nh-index67\n"
    library.importing.run(pasted(page(SHEEP, GOATS, header=header), "one.txt"))
    library.importing.run(pasted(page(COWS, GOATS, SHEEP, header=header), "two.txt"))
    assert [one.outcome for one in library.listings.rows(2)] == ["added", "unchanged", "unchanged"]
    before = papers(library)
    library.listings.take_back(1)
    assert papers(library) == before
    assert [one.outcome for one in library.listings.rows(2)] == ["added", "added", "added"]
    library.listings.take_back(2)
    assert papers(library) == []


def test_what_two_imports_gave_stays_until_both_are_taken_back(library: Library) -> None:
    library.importing.run(bib())
    library.importing.run(bib(BIB.replace("old", "older"), "y.bib"))
    library.listings.take_back(1)
    assert [tag.name for tag in library.entries.get(1).tags] == ["farm", "hill"]
    assert len(library.attachments.of(1)) == 1
    library.listings.take_back(2)
    assert (papers(library), library.tags.list()) == ([], [])


def join_two(library: Library) -> None:
    """A paper by its title, one by its abstract, and a page that shows that they are one."""
    library.importing.run(bib(WOOL, "a.bib"))
    library.importing.run(pasted(abstracts(prose(1)), "b.txt"))
    put(library, row("Wool and How to Count It", "Ada Lovelace", abstract=prose(1)), name="c.txt")


def test_joined_papers_are_parted(library: Library) -> None:
    join_two(library)
    assert len(papers(library)) == 1
    library.listings.take_back(3)
    with tempfile.TemporaryDirectory() as name:
        alone = Library.open(Path(name) / "alone.refman", create=True)
        join_two(alone)
        alone.history.undo()
        assert papers(alone) == papers(library)
        alone.close()
    assert library.check() == []


@pytest.mark.parametrize("first", [1, 2])
def test_a_part_of_a_joined_paper_can_be_taken_back(library: Library, first: int) -> None:
    join_two(library)
    library.listings.take_back(first)
    (left,) = papers(library)
    assert left["entry"].title == "Wool and How to Count It"
    assert left["tags"] == (["wool"] if first == 2 else [])
    library.listings.take_back(3)
    assert len(papers(library)) == 1
    assert library.check() == []


def test_a_key_is_not_known_outside_by_a_merge_alone(library: Library) -> None:
    join_two(library)
    library.listings.take_back(3)
    for listing in (1, 2):
        assert library.listings.preview_take_back(listing) == TakeBack(1, 0, ())
        library.listings.take_back(listing)
    assert papers(library) == []
    library.importing.run(bib(WOOL.replace("Ada", "Bob"), "d.bib"))
    assert library.entries.get(library.search.ids()[0]).entry.citation_key == "a"


def test_a_key_of_a_merged_paper_that_went_out_is_known_outside(library: Library) -> None:
    join_two(library)
    library.citation_keys.give_out([library.search.ids()[0]])
    library.listings.take_back(3)
    for listing in (1, 2):
        (kept,) = library.listings.preview_take_back(listing).kept
        assert kept.reasons == ("its citation key was exported or copied",)


def test_joined_papers_are_found_by_all_their_keys(library: Library) -> None:
    library.importing.run(bib(WOOL, "a.bib"))
    library.importing.run(pasted(abstracts(prose(1)), "b.txt"))
    keys = [library.entries.get(i).entry.citation_key for i in library.search.ids()]
    put(library, row("Wool and How to Count It", "Ada Lovelace", abstract=prose(1)), name="c.txt")
    (one,) = library.search.ids()
    assert [library.entries.find(key) for key in keys] == [one, one]


_WOOL = "title={Counting Wool by Hand and Ear}, author={Lovelace, Ada"
THREE = (
    f"@article{{one, {_WOOL} and Hopper, Grace and Roe, Bob}}, year=2015, doi={{10.1000/w1}}}}",
    f"@misc{{two, {_WOOL}}}, year=2016, doi={{10.1000/w1}}}}",
    f"@article{{three, {_WOOL} and Hopper, Grace and Roe, Bob}}, year=2015}}",
)


def test_what_an_import_held_together_is_one_when_it_is_read_again(library: Library) -> None:
    for place, text in enumerate(THREE):
        library.importing.run(bib(text, f"{place}.bib"))
    before = everything(library)
    library.listings.take_back(1)
    assert len(library.search.ids()) == 2
    there = state(library)
    library.listings.read_again(1)
    assert everything(library) == before
    library.history.undo()
    assert state(library) == there
    library.history.redo()
    library.listings.take_back(1)
    assert len(library.search.ids()) == 2
    assert library.check() == []


# --- what people did ----------------------------------------------------------------------

WORK: dict[str, tuple[Callable[[Library, int], object], str]] = {
    "edit": (lambda lib, i: lib.entries.edit(i, {"note": "mine"}), "it was edited"),
    "note": (lambda lib, i: lib.annotations.add_note(i, "mine"), "it has a note"),
    "tag": (lambda lib, i: lib.tags.add("mine", [i]), "it was tagged"),
    "collection": (
        lambda lib, i: lib.collections.add_to_path("Mine", [i]),
        "it was put into a collection",
    ),
    "status": (
        lambda lib, i: lib.reading_list.set_status("read", [i]),
        "its reading status was set",
    ),
    "rating": (lambda lib, i: lib.entries.rate([i], 4), "it was rated"),
    "file": (
        lambda lib, i: lib.attachments.attach(i, "https://example.org/mine"),
        "something is attached to it",
    ),
    "copied": (
        lambda lib, i: lib.citation_keys.give_out([i]),
        "its citation key was exported or copied",
    ),
    "key": (lambda lib, i: lib.citation_keys.change({i: "mine"}), "its citation key was changed"),
    "merged": (
        lambda lib, i: lib.entries.merge(i, [add(lib, "Another", "Al Gore")]),
        "it was merged with another paper",
    ),
}


@pytest.mark.parametrize("what", WORK)
def test_what_somebody_did_something_with_stays_and_is_named(library: Library, what: str) -> None:
    (sheep, goats) = put(library, SHEEP, GOATS)
    WORK[what][0](library, sheep)
    before = [one for one in papers(library) if "Goats" not in one["entry"].title]
    there = state(library)
    (kept,) = library.listings.preview_take_back(1).kept
    assert kept.entry_id == sheep
    assert WORK[what][1] in kept.reasons
    changes = library.listings.take_back(1)
    assert "1 paper kept, because somebody did something since: “" in changes.message
    assert changes.entries == {goats}
    assert papers(library) == before
    (listing,) = library.listings.list()
    assert listing.counts == {"added": 1, "skipped": 1}
    assert library.check() == []
    library.history.undo()
    assert state(library) == there


def test_what_lies_in_the_trash_goes(library: Library) -> None:
    put(library, SHEEP)
    library.entries.trash([1])
    assert library.listings.preview_take_back(1) == TakeBack(1, 0, ())
    library.listings.take_back(1)
    assert state(library)["entry"] == []


def test_a_note_that_came_and_was_changed_stays(library: Library) -> None:
    library.importing.run(Source.from_text(RIS, "x.ris", DAY))
    (note,) = library.annotations.of(1)
    library.annotations.edit(note.id, comment="Read this twice.")
    (kept,) = library.listings.preview_take_back(1).kept
    assert kept.reasons == ("a note of it was changed",)


# --- importing it again -------------------------------------------------------------------


def test_imported_again_it_comes_in_again(library: Library) -> None:
    header = "Grace Hopper\n\nLG\nh-index67\n"
    text = page(SHEEP, GOATS, COWS, header=header)
    library.importing.run(pasted(text))
    library.tags.add("mine", [1])
    there = papers(library)
    library.listings.take_back(1)
    report = library.importing.run(pasted(text))
    assert (report.added, report.merged, report.unchanged, report.skipped) == (2, 0, 1, 0)
    assert report.listing_id == 2
    assert papers(library) == there
    library.listings.take_back(2)
    assert [one["entry"].title for one in papers(library)] == ["Sheep of Old"]


# --- any order ----------------------------------------------------------------------------

_HEADER = "Grace Hopper\n\nLG\nh-index67\n"
_A = row("Sheep of Old", "Ada Lovelace, Grace Hopper et al.", meta="71.5LGMay 16, 2020Code")
_B = row("Sheep of Old", "Ada Lovelace, Grace Hopper, Bob Roe", meta="CLMay 2, 2021")
_PAGES: dict[str, tuple[Callable[[], Source], ImportOptions]] = {
    "profile": (lambda: pasted(page(_A, GOATS, header=_HEADER), "p.txt"), ImportOptions()),
    "later": (
        lambda: pasted(page(_A, COWS, header=_HEADER), "q.txt"),
        ImportOptions(tags=("later", "wool")),
    ),
    "other": (
        lambda: pasted(page(_B, COWS, row("Hens of Old")), "o.txt"),
        ImportOptions(collection="Farm/Yard", status="to-read"),
    ),
    "abstracts": (
        lambda: pasted(abstracts(prose(7), GOATS.splitlines()[-1]), "a.txt"),
        ImportOptions(tags=("wool",)),
    ),
    "bib": (
        lambda: bib(
            "@article{sheep, title={Sheep of Old}, author={Lovelace, Ada and Hopper, Grace},"
            " journal={Wool}, keywords={wool, hill}, annote={Read.}, file={s.pdf}}\n"
            "@misc{hens, title={Hens of Old}, author={Lovelace, Ada}, keywords={hill}}\n"
        ),
        ImportOptions(),
    ),
    "ris": (lambda: Source.from_text(RIS, "x.ris", DAY), ImportOptions()),
    "title": (lambda: bib(WOOL, "w.bib"), ImportOptions(tags=("wool",))),
    "abstract": (lambda: pasted(abstracts(prose(1)), "b.txt"), ImportOptions()),
    "both": (
        lambda: pasted(page(row("Wool and How to Count It", "Ada Lovelace", abstract=prose(1)))),
        ImportOptions(status="read"),
    ),
    "glued": (
        lambda: pasted(
            page(row("The Ideas of Mary", "Ann Smith, Bob Roe", abstract=prose(2), glued=True)),
            "g.txt",
        ),
        ImportOptions(),
    ),
    "names": (
        lambda: pasted(page(row("Rams of Old", "Mary Ann Smith, Bob Roe")), "n.txt"),
        ImportOptions(),
    ),
}


@contextmanager
def fresh() -> Iterator[Library]:
    with tempfile.TemporaryDirectory() as name:
        library = Library.open(Path(name) / "library.refman", create=True)
        try:
            yield library
        finally:
            library.close()


def everything(library: Library) -> tuple[object, ...]:
    """All that a user can see of the papers, and what tags and collections there are."""
    ids = library.search.ids()
    more = sorted(
        (
            library.entries.get(i).entry.title,
            library.entries.get(i).rating,
            sorted(note.comment for note in library.annotations.of(i)),
            sorted((each.path, each.url) for each in library.attachments.of(i)),
        )
        for i in ids
    )
    tags = sorted((tag.name, tag.count) for tag in library.tags.list())
    tree = sorted((node.path, node.count) for node in library.collections.tree())
    return papers(library), more, tags, tree


def give(library: Library, names: list[str]) -> dict[str, int]:
    """Import pages; the listings."""
    found = {}
    for name in names:
        source, options = _PAGES[name]
        report = library.importing.run(source(), options)
        assert report.listing_id is not None
        found[name] = report.listing_id
    return found


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(
    names=st.lists(st.sampled_from(sorted(_PAGES)), min_size=1, max_size=4, unique=True),
    data=st.data(),
)
def test_it_is_as_if_it_had_not_been(names: list[str], data: st.DataObject) -> None:
    back = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    with fresh() as library, fresh() as without:
        listings = give(library, names)
        give(without, [name for name in names if name not in back])
        for name in back:
            before = state(library)
            library.listings.take_back(listings[name])
            after = state(library)
            library.history.undo()
            assert differing(before, state(library)) == set()
            library.history.redo()
            assert differing(after, state(library)) == set()
            listing = next(x for x in library.listings.list() if x.id == listings[name])
            assert sum(listing.counts.values()) == len(library.listings.rows(listing.id))
        assert everything(library) == everything(without)
        assert library.check() == []


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=30)
@given(
    names=st.lists(st.sampled_from(sorted(_PAGES)), min_size=1, max_size=3, unique=True),
    data=st.data(),
)
def test_what_people_did_is_there_still(names: list[str], data: st.DataObject) -> None:
    with fresh() as library:
        listings = give(library, names)
        ids = library.search.ids().tolist()
        done = data.draw(
            st.lists(
                st.tuples(
                    st.sampled_from(ids),
                    st.sampled_from(["edit", "note", "tag", "collection", "rating", "file"]),
                ),
                unique=True,
            )
        )
        for entry_id, what in done:
            WORK[what][0](library, entry_id)
        for name in data.draw(st.permutations(names)):
            before = state(library)
            library.listings.take_back(listings[name])
            library.history.undo()
            assert differing(before, state(library)) == set()
            library.history.redo()
        assert sorted(library.search.ids().tolist()) == sorted({i for i, _what in done})
        for entry_id, what in done:
            details = library.entries.get(entry_id)
            assert details.entry.title or details.entry.abstract
            assert {
                "edit": details.entry.fields.get("note") == "mine",
                "note": "mine" in [each.comment for each in library.annotations.of(entry_id)],
                "tag": "mine" in [tag.name for tag in details.tags],
                "collection": "Mine" in [path for _id, path in details.collections],
                "rating": details.rating == 4,
                "file": "https://example.org/mine"
                in [each.url for each in library.attachments.of(entry_id)],
            }[what]
        assert library.check() == []
