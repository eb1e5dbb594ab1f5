"""What a person says of the rows of an import, and that nothing is lost by it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refman.errors import RefmanError, UsageError
from refman.library import Candidate, Changes, ImportOptions, Library, SightingRow, Source
from refman.library.matching import CERTAIN, POSSIBLE
from refman.model.creator import Creator
from tests.library.making import abstracts, add, differing, page, papers, pasted, prose, row, state

GLUED = row("Le Suicide", "Émile Durkheim", glued=True)  # it is not clear where the title ends
ANOTHER = row("The Muqaddimah: An Introduction to History", "Ibn Khaldun", glued=True)
PLAIN = row("A Table for the Seeds of Runs", "Hugo Martin, Kim Park")


def rows_of(library: Library, listing: int | None = None) -> list[SightingRow]:
    """The rows of an import, by default the newest, as they stand on the page."""
    chosen = listing or library.listings.list()[0].id
    return sorted(library.listings.rows(chosen), key=lambda row: row.position)


def put(library: Library, *rows: str, name: str = "page.txt", **options: Any) -> list[SightingRow]:
    """Import a page of these rows."""
    report = library.importing.run(pasted(page(*rows), name), ImportOptions(**options))
    assert report.listing_id is not None
    return rows_of(library, report.listing_id)


def undone(library: Library, verb: Callable[[], Changes]) -> Changes:
    """Do it, undo it, and do it again: undoing leaves everything as it was, to the row."""
    before = state(library)
    verb()
    after = state(library)
    library.history.undo()
    assert differing(before, state(library)) == set()
    library.history.redo()
    assert differing(after, state(library)) == set()
    library.history.undo()
    return verb()


def details(library: Library, row: SightingRow) -> Any:
    assert row.entry_id is not None
    return library.entries.get(row.entry_id)


# --- looking right, setting right --------------------------------------------------------


def test_rows_that_look_right_are_settled_in_one_step(library: Library) -> None:
    first, second = put(library, GLUED, ANOTHER)
    assert details(library, first).attention
    assert details(library, second).attention
    changes = undone(library, lambda: library.review.accept([first.id, second.id]))
    assert (changes.label, changes.count) == ("Mark 2 rows as right", 2)
    assert [one.reviewed for one in rows_of(library)] == [True, True]
    assert details(library, first).attention == details(library, second).attention == ()
    assert library.review.accept([first.id, second.id]).count == 0


def test_what_is_set_counts_as_typed(library: Library) -> None:
    (first,) = put(library, GLUED)
    creators = (Creator(family="Berg", given="Ann"),)
    values = {"title": "Marks in the Margin", "creators": creators, "doi": "10.1000/1"}
    changes = undone(library, lambda: library.review.set(first.id, values))
    assert changes.entries == {first.entry_id}
    paper = details(library, first)
    assert (paper.entry.title, paper.entry.creators) == ("Marks in the Margin", creators)
    assert paper.edited >= {"title", "creators", "doi"}
    assert paper.attention == ()
    assert rows_of(library)[0].reviewed


def test_a_value_that_was_right_counts_as_typed_as_well(library: Library) -> None:
    (first,) = put(library, GLUED)
    library.review.set(first.id, {"title": first.title})
    assert details(library, first).edited == {"title"}


@pytest.mark.parametrize(
    ("values", "error"), [({"date": "soon"}, UsageError), ({"citation_key": "a b,c"}, UsageError)]
)
def test_what_cannot_be_changes_nothing(
    library: Library, values: dict[str, Any], error: type[Exception]
) -> None:
    (first,) = put(library, GLUED)
    before = state(library)
    with pytest.raises(error):
        library.review.set(first.id, values)
    assert differing(before, state(library)) == set()


def test_a_row_that_could_not_be_read_is_typed(library: Library) -> None:
    found = put(library, PLAIN, "LGMay 16, 2022\n\n")
    failed = next(one for one in found if one.outcome == "failed")
    undone(library, lambda: library.review.set(failed.id, {"title": "What It Was Called"}))
    now = next(one for one in rows_of(library) if one.id == failed.id)
    assert (now.outcome, details(library, now).entry.title) == ("added", "What It Was Called")
    assert not details(library, now).provisional_key


def test_a_row_that_is_gone(library: Library) -> None:
    for verb in (
        lambda: library.review.set(17, {"title": "T"}),
        lambda: library.review.merge_with(17, 1),
        lambda: library.review.keep_apart(17),
        lambda: library.review.candidates(17),
    ):
        with pytest.raises(RefmanError, match="not in the library any more"):
            verb()


# --- left out, taken in ------------------------------------------------------------------


def test_left_out_and_taken_in(library: Library) -> None:
    _first, second = put(library, GLUED, PLAIN, tags=("wool",))
    before = papers(library)
    changes = undone(library, lambda: library.review.leave_out([second.id]))
    assert (changes.count, changes.message) == (1, "1 row left out.")
    assert [one.outcome for one in rows_of(library)] == ["added", "skipped"]
    with pytest.raises(RefmanError, match="take it in first"):
        library.review.set(second.id, {"title": "T"})
    assert library.review.leave_out([second.id]).count == 0
    changes = undone(library, lambda: library.review.take_in([second.id]))
    assert changes.count == 1
    assert papers(library) == before
    assert [one.outcome for one in rows_of(library)] == ["added", "added"]


def test_a_row_of_a_paper_that_somebody_changed_is_not_left_out(library: Library) -> None:
    (first,) = put(library, GLUED)
    assert first.entry_id is not None
    library.annotations.add_note(first.entry_id, "Read it twice.")
    changes = library.review.leave_out([first.id])
    assert changes.count == 0
    assert changes.message.startswith("0 rows left out. “Le Suicide” is kept: ")


# --- merged, kept apart ------------------------------------------------------------------


def test_candidates(library: Library) -> None:
    """What a row was merged with stands first, then what it may be as well."""
    put(library, row("Sheep on the Hill", "Ann Berg", abstract=prose(1)), name="one.txt")
    known = rows_of(library)[0].entry_id
    rival = add(library, "Sheep on the Hill", "Bo Lee", date="2022")
    trashed = add(library, "Sheep on the Hill", "Cy Moe", date="2022")
    library.entries.trash([trashed])
    (found,) = put(library, row("Sheep on the Hill", "Ann Berg, Di Poe", abstract=prose(2)))
    assert known is not None
    assert library.review.candidates(found.id) == [
        Candidate(
            known, "Sheep on the Hill", "Berg, Poe", 2022, CERTAIN,
            ("The same title, and Ann Berg in both",), merged=True,
        ),
        Candidate(rival, "Sheep on the Hill", "Lee", 2022, POSSIBLE, ("The same title",)),
    ]  # fmt: skip
    library.review.keep_apart(found.id, rival)
    assert [one.entry_id for one in library.review.candidates(found.id)] == [known]


def test_candidates_by_what_was_set_right(library: Library) -> None:
    wanted = add(library, "Sheep on the Hill", "Ann Berg", date="2022")
    (found,) = put(library, row("A Title Read Wrong", "Ann Berg"))
    assert library.review.candidates(found.id) == []
    library.review.set(found.id, {"title": "Sheep on the Hill"})
    (candidate,) = library.review.candidates(found.id)
    assert (candidate.entry_id, candidate.tier, candidate.merged) == (wanted, CERTAIN, False)


def test_merge_with_and_apart_again(library: Library) -> None:
    wanted = add(library, "Sheep on the Hill", "Ann Berg", date="2022", keywords=("wool",))
    library.annotations.add_note(wanted, "Mine.")
    (found,) = put(library, row("Ship on the Hill", "Ann Berg, Bo Lee"), tags=("new",))
    before = papers(library)
    changes = undone(library, lambda: library.review.merge_with(found.id, wanted))
    assert changes.entries == {found.entry_id, wanted}
    (merged,) = rows_of(library)
    assert (merged.outcome, merged.reviewed) == ("merged", True)
    assert merged.reasons == ("You said that it is the same as “Sheep on the Hill”.",)
    paper = details(library, merged)
    assert paper.entry.title == "Sheep on the Hill"  # typed
    assert [tag.name for tag in paper.tags] == ["new", "wool"]
    with pytest.raises(UsageError, match="already"):
        library.review.merge_with(found.id, merged.entry_id or 0)
    undone(library, lambda: library.review.keep_apart(found.id))
    (apart,) = rows_of(library)
    assert apart.outcome == "added"
    for one in before:
        one["attention"] = ()  # a person decided it
    assert papers(library) == before


def test_not_the_paper_that_it_was_merged_with(library: Library) -> None:
    """The row becomes a paper of its own; what a person gave the other stays with that."""
    wanted = add(library, "Sheep on the Hill", "Ann Berg", date="2022", keywords=("wool",))
    library.annotations.add_note(wanted, "Mine.")
    (found,) = put(
        library, row("Sheep on the Hill", "Ann Berg, Bo Lee"), tags=("new",), collection="Hills",
        status="to-read",
    )  # fmt: skip
    assert (found.entry_id, found.outcome) == (wanted, "merged")
    undone(library, lambda: library.review.keep_apart(found.id))
    (now,) = rows_of(library)
    assert (now.outcome, now.reviewed) == ("added", True)
    assert now.reasons == ("You said that it is not “Sheep on the Hill”.",)
    mine, theirs = library.entries.get(wanted), details(library, now)
    assert mine.id != theirs.id
    assert [creator.family for creator in mine.entry.creators] == ["Berg"]
    assert [creator.family for creator in theirs.entry.creators] == ["Berg", "Lee"]
    assert [tag.name for tag in mine.tags] == ["wool"]
    assert [tag.name for tag in theirs.tags] == ["new"]
    assert (mine.collections, [name for _id, name in theirs.collections]) == ((), ["Hills"])
    assert (mine.status, theirs.status) == ("inbox", "to-read")
    assert [one.comment for one in library.annotations.of(wanted)] == ["Mine."]


def test_not_the_same_is_remembered_for_ever(library: Library) -> None:
    wanted = add(library, "Sheep on the Hill", "Ann Berg", date="2022")
    said = row("Sheep on the Hill", "Ann Berg, Bo Lee")
    (found,) = put(library, said)
    library.review.keep_apart(found.id)
    own = rows_of(library)[0].entry_id
    (again, _other) = put(library, said, PLAIN, name="another.txt")
    assert again.entry_id == own != wanted
    library.listings.take_back(library.listings.list()[0].id)
    library.listings.take_back(library.listings.list()[1].id)
    assert list(library.search.ids()) == [wanted]
    (later,) = put(library, said, name="third.txt")
    assert later.outcome == "added"


def test_the_only_source_of_a_paper_is_not_kept_apart(library: Library) -> None:
    (found,) = put(library, PLAIN)
    before = state(library)
    with pytest.raises(RefmanError, match="from this row alone"):
        library.review.keep_apart(found.id)
    assert differing(before, state(library)) == set()
    library.review.set(found.id, {"note": "Mine"})
    with pytest.raises(RefmanError, match="from this row alone"):
        library.review.keep_apart(found.id)


def test_rows_that_are_the_same_word_for_word_cannot_be_told_apart(library: Library) -> None:
    text = "@misc{hill, title = {Sheep on the Hill}, author = {Ann Berg}, year = 2022}\n"
    for name, more in (("one.bib", "% one\n"), ("two.bib", "% two\n")):
        library.importing.run(Source.from_text(text + more, name))
    (found,) = library.listings.rows(2)
    assert found.outcome == "merged"
    before = state(library)
    with pytest.raises(RefmanError, match=r"the same word for word in one\.bib: nothing tells"):
        library.review.keep_apart(found.id)
    assert differing(before, state(library)) == set()


def test_the_row_leaves_and_what_it_alone_held_together_comes_apart(library: Library) -> None:
    """The abstract goes with the row that has it; each row says what it is by then."""
    text = "@misc{hill, title = {Sheep on the Hill}, author = {Ann Berg}, year = 2022}\n"
    library.importing.run(Source.from_text(text, "one.bib"))
    library.importing.run(pasted(abstracts(prose(5)), "two.txt"))
    put(library, row("Sheep on the Hill", "Ann Berg", abstract=prose(5)), name="three.txt")
    assert len(library.search.ids()) == 1
    (found,) = library.listings.rows(3)
    undone(library, lambda: library.review.keep_apart(found.id))
    (one,), (two,), (three,) = (library.listings.rows(i) for i in (1, 2, 3))
    assert one.entry_id != two.entry_id == three.entry_id
    assert details(library, one).entry.abstract == ""
    assert [(each.outcome, each.reasons) for each in (one, two)] == [("added", ())] * 2
    assert (three.outcome, three.reviewed) == ("merged", True)
    assert three.reasons[0].startswith("The same abstract")
    undone(library, lambda: library.review.keep_apart(three.id))
    assert len(library.search.ids()) == 3
    (one,), (two,), (three,) = (library.listings.rows(i) for i in (1, 2, 3))
    assert [each.outcome for each in (one, two, three)] == ["added"] * 3
    assert (two.reasons, three.reasons[0][:12]) == ((), "You said tha")


def test_papers_that_a_row_joined_are_parted(library: Library) -> None:
    one = add(library, "Sheep on the Hill", "Ann Berg", date="2022", keywords=("first",))
    other = add(library, "", "", abstract=prose(5), keywords=("second",))
    before = papers(library)
    (found,) = put(library, row("Sheep on the Hill", "Ann Berg", abstract=prose(5)))
    assert len(library.search.ids()) == 1
    undone(library, lambda: library.review.keep_apart(found.id))
    assert len(library.search.ids()) == 2
    tags = sorted(tuple(each["tags"]) for each in papers(library))
    assert tags == sorted(tuple(each["tags"]) for each in before)
    assert {one, other} & set(library.search.ids())


def test_the_other_row_of_a_new_paper_stays(library: Library) -> None:
    """Of two rows of a page that were taken for one, each is a new paper afterwards."""
    first, second = put(
        library, row("Sheep on the Hill", "Ann Berg", abstract=prose(1)),
        row("Sheep on the Hill", "Ann Berg, Bo Lee", abstract=prose(2)), tags=("new",),
    )  # fmt: skip
    assert [first.outcome, second.outcome] == ["added", "merged"]
    undone(library, lambda: library.review.keep_apart(first.id))
    now = rows_of(library)
    assert [one.outcome for one in now] == ["added", "added"]
    assert now[0].entry_id != now[1].entry_id
    assert [[tag.name for tag in details(library, one).tags] for one in now] == [["new"], ["new"]]


def test_the_block_of_a_kept_bib_file_goes_with_its_row(library: Library, tmp_path: Path) -> None:
    mine = add(library, "Sheep on the Hill", "Ann Berg", date="2022")
    file = tmp_path / "hills.bib"
    data = (
        b"@misc{hill, title = {Sheep on the Hill}, author = {Ann Berg and Bo Lee}, note = {A}}\n\n"
        b"@misc{other, title = {Quite Another One}, year = 1999}\n"
    )
    file.write_bytes(data)
    library.importing.run(Source.from_path(file), ImportOptions(workspace=True))
    found = rows_of(library)[0]
    assert found.entry_id == mine
    undone(library, lambda: library.review.keep_apart(found.id))
    own = rows_of(library)[0].entry_id
    assert own != mine
    assert library.entries.get(mine).collections == ()
    assert own is not None
    assert [name for _id, name in library.entries.get(own).collections] == ["hills"]
    assert library.entries.get(own).entry.fields == {"note": "A"}
    workspace = library.workspaces.named("hills.bib").id
    library.workspaces.write(workspace)
    assert file.read_bytes() == data


# --- all rows ----------------------------------------------------------------------------


def test_all_papers_of_an_import(library: Library) -> None:
    found = put(library, GLUED, PLAIN)
    listing = found[0].listing_id
    ids = {one.entry_id for one in found}
    changes = undone(library, lambda: library.review.tag(listing, ["wool", "hill"]))
    assert changes.entries == ids
    assert undone(library, lambda: library.review.put_into(listing, "Thesis/Hills")).entries == ids
    assert undone(library, lambda: library.review.set_status(listing, "to-read")).entries == ids
    for one in found:
        paper = details(library, one)
        assert [tag.name for tag in paper.tags] == ["hill", "wool"]
        assert [name for _id, name in paper.collections] == ["Hills"]
        assert paper.status == "to-read"
    assert library.review.tag(listing, ["wool"]).count == 0
    assert library.review.set_status(listing, "to-read").count == 0
    for verb in (
        lambda: library.review.tag(listing, [" "]),
        lambda: library.review.put_into(listing, "/"),
        lambda: library.review.set_status(listing, "soon"),
    ):
        with pytest.raises(UsageError):
            verb()


def test_what_is_said_of_all_rows_goes_and_comes_with_them(library: Library) -> None:
    mine = add(library, "A Table for the Seeds of Runs", "Hugo Martin", date="2022")
    first, second = put(library, GLUED, PLAIN)
    assert second.entry_id == mine
    library.review.tag(first.listing_id, ["wool"])
    library.review.put_into(first.listing_id, "Thesis")
    library.review.set_status(first.listing_id, "reading")
    assert library.review.leave_out([first.id, second.id]).count == 2
    assert list(library.search.ids()) == [mine]
    assert library.entries.get(mine).tags == ()
    assert library.entries.get(mine).collections == ()
    library.review.take_in([first.id])
    again = details(library, rows_of(library)[0])
    assert [tag.name for tag in again.tags] == ["wool"]
    assert ([name for _id, name in again.collections], again.status) == (["Thesis"], "reading")
    library.listings.take_back(first.listing_id)
    assert list(library.search.ids()) == [mine]


# --- nothing is lost ---------------------------------------------------------------------

PAGES = sorted(Path(__file__).parents[1].joinpath("data", "formats").glob("profile/*r*_*.txt"))
OUTCOMES = ("added", "merged", "unchanged", "skipped", "failed")
VERBS = ("accept", "set", "leave_out", "take_in", "merge_with", "keep_apart", "not_rival", "tag",
         "note", "all_rows", "part", "take_back")  # fmt: skip


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with several pages of the same people, some rows of which are one paper."""
    path = tmp_path_factory.mktemp("reviewing") / "imported.refman"
    library = Library.open(path, create=True)
    for one in PAGES:
        library.importing.run(pasted(one.read_text("utf-8"), one.name))
    twice = (row("Sheep on the Hill", "Ann Berg", abstract=prose(n)) for n in range(2))
    library.importing.run(pasted(page(*twice, GLUED), "twice.txt"), ImportOptions(tags=("came",)))
    again = row("Sheep on the Hill", "Ann Berg, Bo Lee", abstract=prose(0))
    library.importing.run(pasted(page(again, PLAIN, GLUED), "again.txt"))
    library.close()
    return path


def found(library: Library) -> dict[int, int]:
    """How many rows each import has found, by what became of them."""
    return {listing.id: sum(listing.counts.values()) for listing in library.listings.list()}


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(VERBS), st.integers(0, 200), st.integers(0, 200)),
        min_size=1,
        max_size=12,
    )
)
def test_nothing_is_lost_whatever_is_said(
    imported: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    """All rows stay accounted for, and what a person made stays; undone, all is as it was."""
    path = tmp_path_factory.mktemp("run") / "library.refman"
    path.write_bytes(imported.read_bytes())
    library = Library.open(path)
    before, rows = state(library), found(library)
    undoable = len(library.history.steps())
    made: list[str] = []
    for number, (verb, one, other) in enumerate(steps):
        made += say(library, verb, one, other, f"made {number}")
        assert found(library) == rows
    for each in rows_anywhere(library):
        assert each.outcome in OUTCOMES
        assert (each.entry_id is None) == (each.outcome in ("skipped", "failed"))
    everything = str({name: rows for name, rows in state(library).items() if name != "tag"})
    tags = {tag.name: tag.count for tag in library.tags.list()}
    for mark in made:
        assert mark in everything or tags.get(mark, 0) > 0
    assert library.check() == []
    while len(library.history.steps()) > undoable:
        library.history.undo()
    assert differing(before, state(library)) == set()
    library.close()


def rows_anywhere(library: Library) -> list[SightingRow]:
    return [row for one in library.listings.list() for row in rows_of(library, one.id)]


def say(library: Library, verb: str, one: int, other: int, mark: str) -> list[str]:
    """Say something of a row, if that can be said; what a person has made by it."""
    rows = rows_anywhere(library)
    row, second = rows[one % len(rows)], rows[other % len(rows)]
    review, paper, rival = library.review, row.entry_id or 0, second.entry_id or 0
    both = [row.id, second.id]

    def all_rows() -> None:
        review.tag(row.listing_id, ["of all"])
        review.put_into(row.listing_id, "Of all")
        review.set_status(row.listing_id, "to-read")

    def part() -> None:
        for each in library.duplicates.parts(paper):
            library.duplicates.part(each.uuid)

    verbs: dict[str, Callable[[], object]] = {
        "accept": lambda: review.accept(both),
        "set": lambda: review.set(row.id, {mark.replace(" ", "-"): mark}),  # in a field of its own
        "leave_out": lambda: review.leave_out(both),
        "take_in": lambda: review.take_in(both),
        "merge_with": lambda: review.merge_with(row.id, rival),
        "keep_apart": lambda: review.keep_apart(row.id),
        "not_rival": lambda: review.keep_apart(row.id, rival),
        "tag": lambda: library.tags.add(mark, [paper]),
        "note": lambda: library.annotations.add_note(paper, mark),
        "all_rows": all_rows,
        "part": part,
        "take_back": lambda: library.listings.take_back(row.listing_id),
    }
    try:
        verbs[verb]()
    except (RefmanError, UsageError):
        return []
    return [mark] if paper and verb in ("set", "tag", "note") else []


def test_what_was_looked_at_is_not_asked_again_when_the_score_changes(library: Library) -> None:
    def scored(score: str, names: str = "Ann Smith, Bob Roe") -> str:
        text = row("The Ideas of Mary", names, abstract=prose(2), glued=True)
        return page(score + text)

    first = library.importing.run(pasted(scored("71.5"), "one.txt"))
    assert first.doubtful == 1
    second = library.importing.run(pasted(scored("72.5"), "two.txt"))
    assert (second.merged, second.doubtful) == (1, 1)  # nobody looked yet
    library.review.accept([one.id for i in (1, 2) for one in library.listings.rows(i)])
    third = library.importing.run(pasted(scored("73.5"), "three.txt"))
    assert (third.merged, third.doubtful) == (1, 0)
    assert library.entries.get(1).attention == ()
    assert library.entries.get(1).score == 73.5
    (seen,) = library.listings.rows(3)
    assert (seen.reviewed, seen.review != ()) == (True, True)  # what it was is still to be seen
    fourth = library.importing.run(pasted(scored("74.5", "Bob Roe, Ann Smith"), "four.txt"))
    assert fourth.doubtful == 1  # another reading
