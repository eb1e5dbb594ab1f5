"""Papers: added, edited, rated, thrown away and brought back, merged and kept apart."""

from typing import Any

import pytest
from sqlalchemy import event

from refman.db import search_index
from refman.errors import RefmanError
from refman.library import Library
from refman.model.creator import Creator
from refman.model.entry import Entry
from tests.library.making import (
    abstracts,
    add,
    differing,
    entry,
    only,
    page,
    pasted,
    people,
    prose,
    put,
    row,
    state,
)

SHEEP = row()
GONE = 4711  # no paper has this id


def undone(library: Library, before: dict[str, Any]) -> bool:
    """Whether undoing brings back what was before; it is done again afterwards."""
    after = state(library)
    library.history.undo()
    same = state(library) == before
    library.history.redo()
    assert state(library) == after
    return same


# --- adding -----------------------------------------------------------------------------


def test_a_paper_that_is_typed_in(library: Library) -> None:
    before = state(library)
    typed = entry(
        "Counting  Sheep",
        "Ada Lovelace, Hado van Hasselt",
        "2022-05-16",
        "Told.",
        entry_type="article",
        journaltitle="Journal of Sheep",
        doi="10.1000/ABC",
        volume="7",
        keywords=("farm", "to do"),
        creators_truncated=True,
    )
    changes = library.entries.add(typed, status="reading")
    assert (changes.label, changes.count) == ("Add paper", 1)
    found = library.entries.get(only(changes))
    assert found.entry == typed.with_values(
        title="Counting Sheep", citation_key="lovelace2022counting"
    )
    assert (found.status, found.rating, found.trashed, found.attention) == ("reading", 0, None, ())
    assert found.edited == {
        "title",
        "creators",
        "date",
        "abstract",
        "entry_type",
        "journaltitle",
        "doi",
        "volume",
        "creators_truncated",
    }
    assert found.links == (("DOI", "https://doi.org/10.1000/abc"),)
    assert [tag.name for tag in found.tags] == ["farm", "to do"]
    assert undone(library, before)


def test_a_paper_of_nothing_but_a_title(library: Library) -> None:
    found = library.entries.get(add(library, "Sheep"))
    assert found.entry == Entry(title="Sheep", citation_key="sheep")
    assert found.edited == {"title"}
    assert found.search_url == "https://duckduckgo.com/?q=Sheep"


def test_adding_needs_a_date_that_is_one(library: Library) -> None:
    with pytest.raises(RefmanError, match="“yesterday” is no date: write 2022"):
        library.entries.add(entry("Sheep", date="yesterday"))
    with pytest.raises(RefmanError, match="“done” is no reading status; there are inbox, to-read"):
        library.entries.add(entry("Sheep"), status="done")
    assert library.search.counts().all == 0


def test_adding_with_a_key_keeps_it_or_says_why_not(library: Library) -> None:
    found = library.entries.get(add(library, "Sheep", citation_key="My_Key:1"))
    assert (found.entry.citation_key, found.provisional_key) == ("My_Key:1", False)
    with pytest.raises(RefmanError, match="“my_key:1” is in use"):
        add(library, "Goats", citation_key="my_key:1")
    with pytest.raises(RefmanError, match="“a key” cannot be a citation key"):
        add(library, "Goats", citation_key="a key")
    assert library.search.counts().all == 1


# --- editing ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"title": " A  New\nTitle "}, {"title": "A New Title"}, id="title"),
        pytest.param({"title": ""}, {"title": ""}, id="title-cleared"),
        pytest.param({"abstract": "One.\n\nTwo."}, {"abstract": "One.\n\nTwo."}, id="abstract"),
        pytest.param({"date": "2020/2021"}, {"date": "2020/2021"}, id="date"),
        pytest.param({"date": ""}, {"date": ""}, id="date-cleared"),
        pytest.param({"entry_type": "Article"}, {"entry_type": "article"}, id="type"),
        pytest.param({"entry_type": ""}, {}, id="type-that-was-not-there-cleared"),
        pytest.param({"citation_key": " Other "}, {"citation_key": "Other"}, id="key"),
        pytest.param(
            {"creators": people("Al Gore, Li Na")},
            {"creators": people("Al Gore, Li Na"), "creators_truncated": False},
            id="creators",
        ),
        pytest.param(
            {"creators": people("Al Gore"), "creators_truncated": True},
            {"creators": people("Al Gore"), "creators_truncated": True},
            id="creators-and-others",
        ),
        pytest.param(
            {"creators": (Creator(family=" Gore ", given="Al"), Creator(), Creator(literal=" "))},
            {"creators": people("Al Gore"), "creators_truncated": False},
            id="creators-cleaned",
        ),
        pytest.param(
            {"creators": (Creator(family="Gore", given="Al", role="editor"),)},
            {
                "creators": (Creator(family="Gore", given="Al", role="editor"),),
                "creators_truncated": False,
            },
            id="creators-of-another-role",
        ),
        pytest.param(
            {"creators": ()}, {"creators": (), "creators_truncated": False}, id="creators-cleared"
        ),
        pytest.param({"creators_truncated": False}, {"creators_truncated": False}, id="no-others"),
        pytest.param({"doi": "10.1000/1"}, {"fields": {"doi": "10.1000/1"}}, id="field"),
        pytest.param({"anything": "x"}, {"fields": {"anything": "x"}}, id="unknown-field"),
        pytest.param({"doi": "  "}, {}, id="field-that-was-not-there-cleared"),
        pytest.param({}, {}, id="nothing"),
    ],
)
def test_editing(library: Library, values: dict[str, Any], expected: dict[str, Any]) -> None:
    (paper,) = put(
        library, row(names="Ada Lovelace, Grace Hopper et al.", meta="LGMay 16, 2022Code")
    )
    before = state(library)
    was = library.entries.get(paper)
    changes = library.entries.edit(paper, values)
    assert library.entries.get(paper).entry == was.entry.with_values(**expected)
    assert changes.count == bool(expected)
    assert changes.entries == (frozenset([paper]) if expected else frozenset())
    assert bool(differing(before, state(library))) == bool(expected)
    if expected:
        assert library.history.undo_label == "Edit paper"
        assert undone(library, before)


def test_an_edit_survives_what_a_later_page_says(library: Library) -> None:
    (paper,) = put(library, SHEEP)
    library.entries.edit(paper, {"date": "2020", "creators": people("Al Gore, Ada Lovelace")})
    report = library.importing.run(pasted(page(SHEEP, "LGMay 1, 2020\n"), "again.txt"))
    assert report.merged == 1
    found = library.entries.get(paper)
    assert (found.entry.date, found.entry.creators) == ("2020", people("Al Gore, Ada Lovelace"))
    assert found.edited == {"date", "creators"}


def test_editing_to_what_it_says_already_changes_nothing(library: Library) -> None:
    (paper,) = put(library, SHEEP)
    entry_now = library.entries.get(paper).entry
    before = state(library)
    changes = library.entries.edit(
        paper,
        {
            "title": entry_now.title,
            "creators": entry_now.creators,
            "date": entry_now.date,
            "citation_key": entry_now.citation_key,
        },
    )
    assert (changes.count, state(library)) == (0, before)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        pytest.param({"date": "16.5.2022"}, "“16.5.2022” is no date", id="date"),
        pytest.param({"date": "2022-13"}, "“2022-13” is no date", id="month"),
        pytest.param({"citation_key": "turing2023COUNTING"}, "is in use", id="key-clash-any-case"),
        pytest.param({"citation_key": "a b"}, "cannot be a citation key", id="key-with-blank"),
        pytest.param({"citation_key": " "}, "cannot be a citation key", id="key-empty"),
        pytest.param({"title": "New", "date": "x"}, "is no date", id="half-good"),
    ],
)
def test_what_cannot_be_is_refused_whole(
    library: Library, values: dict[str, Any], sentence: str
) -> None:
    first, _other = put(library, SHEEP, row("Counting Goats", "Alan Turing", meta="LGMay 1, 2023"))
    before = state(library)
    with pytest.raises(RefmanError, match=sentence):
        library.entries.edit(first, values)
    assert state(library) == before


# --- papers that are gone -----------------------------------------------------------------


@pytest.mark.parametrize(
    "verb",
    [
        pytest.param(lambda one: one.entries.get(GONE), id="get"),
        pytest.param(lambda one: one.entries.edit(GONE, {"title": "x"}), id="edit"),
        pytest.param(lambda one: one.entries.merge(1, [GONE]), id="merge"),
        pytest.param(lambda one: one.entries.merged([1, GONE]), id="merged"),
        pytest.param(lambda one: one.entries.keep_apart(1, GONE), id="keep-apart"),
        pytest.param(lambda one: one.annotations.add_note(GONE, "x"), id="note"),
        pytest.param(lambda one: one.annotations.highlight(GONE, 0, 3), id="highlight"),
        pytest.param(lambda one: one.attachments.attach(GONE, "https://a.org"), id="attach"),
    ],
)
def test_a_verb_on_a_paper_that_is_gone_says_so(library: Library, verb: Any) -> None:
    add(library, "Sheep", abstract="Told.")
    before = state(library)
    with pytest.raises(RefmanError, match="not in the library any more"):
        verb(library)
    assert state(library) == before


@pytest.mark.parametrize(
    "verb",
    [
        pytest.param(lambda one, ids: one.entries.rate(ids, 3), id="rate"),
        pytest.param(lambda one, ids: one.entries.trash(ids), id="trash"),
        pytest.param(lambda one, ids: one.entries.restore(ids), id="restore"),
        pytest.param(lambda one, ids: one.entries.mark_reviewed(ids), id="mark-reviewed"),
        pytest.param(lambda one, ids: one.tags.add("x", ids), id="tag"),
        pytest.param(lambda one, ids: one.tags.toggle("x", ids), id="toggle"),
        pytest.param(lambda one, ids: one.tags.remove("x", ids), id="untag"),
        pytest.param(lambda one, ids: one.tags.clear_coloured(ids), id="clear-coloured"),
        pytest.param(lambda one, ids: one.collections.add_to_path("C", ids), id="collect"),
        pytest.param(lambda one, ids: one.reading_list.set_status("read", ids), id="status"),
    ],
)
def test_a_verb_on_many_papers_passes_over_those_that_are_gone(library: Library, verb: Any) -> None:
    paper = add(library, "Sheep")
    changes = verb(library, [GONE, paper, paper])
    assert changes.entries <= {paper}
    assert changes.count <= 1
    assert library.database.check() == []
    before = state(library)
    assert verb(library, [GONE]).entries == frozenset()
    assert differing(before, state(library)) <= {"tag", "collection"}


# --- rating, trash -----------------------------------------------------------------------


def test_rating(library: Library) -> None:
    one, other = add(library, "Sheep"), add(library, "Goats")
    library.entries.rate([one], 4)
    before = state(library)
    changes = library.entries.rate([one, other], 4)
    assert (changes.label, changes.entries) == ("Rate 2 papers", frozenset([other]))
    assert [library.entries.get(i).rating for i in (one, other)] == [4, 4]
    assert undone(library, before)
    for wrong in (-1, 6):
        with pytest.raises(RefmanError, match="from 0"):
            library.entries.rate([one], wrong)


def test_into_the_trash_and_out(library: Library) -> None:
    one, other = add(library, "Sheep"), add(library, "Goats")
    before = state(library)
    assert library.entries.trash([one, other]).label == "Move 2 papers to the trash"
    assert undone(library, before)
    moment = library.entries.get(one).trashed
    assert moment is not None
    assert library.entries.trash([one]).count == 0
    assert library.entries.get(one).trashed == moment
    assert list(library.search.ids()) == []
    before = state(library)
    assert library.entries.restore([one]).entries == frozenset([one])
    assert undone(library, before)
    assert library.entries.restore([one]).count == 0
    assert list(library.search.ids()) == [one]


def test_emptying_the_trash(library: Library) -> None:
    kept, gone = put(library, SHEEP, row("Goats of the Night"))
    for each in (kept, gone):
        library.tags.add("farm", [each])
        library.collections.add_to_path("Animals", [each])
        library.annotations.add_note(each, "A note")
        library.annotations.highlight(each, 0, 10)
        library.attachments.attach(each, "https://a.org")
        library.entries.edit(each, {"note": "x", "doi": f"10.1000/{each}"})
    library.entries.keep_apart(kept, gone)
    library.entries.trash([gone])
    before = state(library)
    changes = library.entries.empty_trash()
    assert (changes.label, changes.entries, changes.message) == (
        "Empty the trash",
        frozenset([gone]),
        "1 paper deleted.",
    )
    assert library.database.check() == []
    assert [s.entry_id for s in library.listings.rows(1)] == [kept, None]
    assert undone(library, before)
    library.history.undo()
    assert library.database.check() == []
    assert library.entries.get(gone).entry.fields == {"note": "x", "doi": f"10.1000/{gone}"}
    assert len(library.annotations.of(gone)) == 2


def test_emptying_a_trash_of_most_papers_makes_the_index_anew(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taking a hundred thousand texts out of it one by one takes longer than all the rest."""
    ids = [add(library, title) for title in ("Sheep", "Goats", "Cows")]
    library.entries.trash(ids[:2])
    monkeypatch.setattr(search_index, "_FEW", 1)
    done: list[str] = []
    with library.database.write("Watch") as connection:
        event.listen(connection.engine, "before_cursor_execute", lambda *args: done.append(args[2]))
    assert library.entries.empty_trash().count == 2
    assert "INSERT INTO entry_text (entry_text) VALUES ('rebuild')" in done
    assert list(library.search.ids("cows")) == ids[2:]
    assert library.check() == []


def test_emptying_an_empty_trash_changes_nothing(library: Library) -> None:
    add(library, "Sheep")
    label = library.history.undo_label
    assert library.entries.empty_trash().count == 0
    assert library.history.undo_label == label


# --- merging by hand ----------------------------------------------------------------------


def test_merging_unites_all_that_belongs_to_papers(library: Library) -> None:
    keeper, other = put(library, SHEEP, row("Counting Sheep", "Ada Lovelace", meta="AIMay 1, 2021"))
    third = add(library, "On Sheep", "Ada Lovelace", doi="10.1000/1")
    library.tags.add("both", [keeper, other])
    library.tags.add("theirs", [other])
    library.collections.add_to_path("Both", [keeper, other])
    library.collections.add_to_path("Theirs", [third])
    library.annotations.add_note(keeper, "Mine")
    library.annotations.add_note(other, "Theirs")
    library.annotations.highlight(other, 0, 20, "green")
    library.attachments.attach(third, "https://a.org")
    library.entries.edit(keeper, {"note": "kept"})
    library.entries.edit(other, {"note": "lost", "volume": "9"})
    library.reading_list.set_status("reading", [third])
    library.entries.rate([other], 3)
    far = add(library, "Far away")
    library.entries.keep_apart(other, far)
    keys = [library.entries.get(i).entry.citation_key for i in (keeper, other, third)]
    uuids = [library.entries.get(i).uuid for i in (keeper, other, third)]
    before = state(library)

    changes = library.entries.merge(keeper, [other, third, keeper])
    assert (changes.label, changes.entries) == (
        "Merge 3 papers",
        frozenset([keeper, other, third]),
    )
    found = library.entries.get(keeper)
    assert [tag.name for tag in found.tags] == ["both", "theirs"]
    assert [name for _id, name in found.collections] == ["Both", "Theirs"]
    assert {note.comment for note in library.annotations.of(keeper)} == {"Mine", "Theirs", ""}
    assert [file.url for file in library.attachments.of(keeper)] == ["https://a.org"]
    assert (found.status, found.rating) == ("reading", 3)
    assert found.entry.fields == {"note": "kept", "volume": "9", "doi": "10.1000/1"}
    assert len(library.listings.sightings_of(keeper)) == 2
    assert [library.entries.find(name) for name in (*keys, *uuids)] == [keeper] * 6
    assert found.entry.citation_key == keys[0]
    assert sorted(library.search.ids()) == sorted([keeper, far])
    assert library.database.check() == []
    assert undone(library, before)
    library.history.undo()
    assert [library.entries.find(name) for name in (*keys, *uuids)] == [keeper, other, third] * 2


def test_merging_with_values_sets_them(library: Library) -> None:
    one, other = add(library, "Sheep"), add(library, "Sheep counted", date="2022")
    library.entries.merge(one, [other], {"title": "Sheep, Counted"})
    found = library.entries.get(one).entry
    assert (found.title, found.date) == ("Sheep, Counted", "2022")


def test_merging_keeps_what_a_type_says(library: Library) -> None:
    """A paper that was typed in without a type does not make an article of no type."""
    article = add(library, "Sheep", entry_type="article")
    plain = add(library, "Sheep too")
    library.entries.merge(plain, [article])
    assert library.entries.get(plain).entry.entry_type == "article"


@pytest.mark.parametrize("keeper", range(4))
def test_what_a_merge_will_make_can_be_seen_before(library: Library, keeper: int) -> None:
    library.importing.run(pasted(abstracts(prose(1))))
    ids = list(library.search.ids())
    ids += put(library, row("Counting Sheep"))
    ids += [add(library, "Counting Goats", date="2022"), add(library, "Counting Cows", volume="3")]
    library.entries.edit(ids[1], {"date": "2022-05", "volume": "2"})
    before = state(library)
    seen = library.entries.merged(ids)[keeper]
    assert state(library) == before
    library.entries.merge(ids[keeper], ids)
    assert library.entries.get(ids[keeper]).entry == seen


def test_merging_gives_an_untitled_paper_a_lasting_key(library: Library) -> None:
    library.importing.run(pasted(abstracts(prose(1))))
    (untitled,) = library.search.ids()
    titled = add(library, "Counting Sheep", "Ada Lovelace", "2022")
    provisional = library.entries.get(untitled).entry.citation_key
    assert library.entries.get(untitled).provisional_key
    library.entries.merge(untitled, [titled])
    found = library.entries.get(untitled)
    assert (found.entry.citation_key, found.provisional_key) == ("lovelace2022counting", False)
    assert library.entries.find(provisional) is None


def test_a_merged_paper_takes_the_key_of_the_other_when_asked(library: Library) -> None:
    one, other = add(library, "Sheep", citation_key="one"), add(library, "Goat", citation_key="two")
    library.citation_keys.give_out([one])
    library.entries.merge(one, [other])
    library.entries.edit(one, {"citation_key": "two"})
    assert library.entries.get(one).entry.citation_key == "two"
    assert library.entries.find("one") == library.entries.find("two") == one
    library.entries.edit(one, {"citation_key": "one"})
    assert library.entries.find("one") == library.entries.find("two") == one


def test_merging_settles_the_doubt_whether_they_are_one(library: Library) -> None:
    (one,) = put(library, row("Sheep Counting in Practise"))
    (other,) = put(library, row("Sheep Counting in Practice", abstract=prose(8)), name="b.txt")
    assert library.entries.get(other).attention
    library.entries.merge(one, [other])
    assert library.entries.get(one).attention == ()


def test_merging_nothing_is_refused(library: Library) -> None:
    one = add(library, "Sheep")
    for others in ([], [one], [one, one]):
        with pytest.raises(RefmanError, match="Choose two papers or more"):
            library.entries.merge(one, others)


def test_merging_a_trashed_paper_into_a_live_one_leaves_it_live(library: Library) -> None:
    one, other = add(library, "Sheep"), add(library, "Goats")
    library.entries.trash([other])
    library.entries.merge(one, [other])
    assert library.entries.get(one).trashed is None


# --- apart, looked at ---------------------------------------------------------------------


def test_keeping_apart_is_remembered_once_and_settles_the_doubt(library: Library) -> None:
    (one,) = put(library, row("Sheep Counting in Practise"))
    (other,) = put(library, row("Sheep Counting in Practice", abstract=prose(8)), name="b.txt")
    before = state(library)
    changes = library.entries.keep_apart(other, one)
    assert (changes.label, changes.entries) == ("Keep two papers apart", frozenset([one, other]))
    assert state(library)["entry_distinct"] == [(1, one, other)]
    assert library.entries.get(other).attention == ()
    assert undone(library, before)
    assert library.entries.keep_apart(one, other).count == 0
    assert library.entries.keep_apart(one, one).count == 0


def test_marking_as_looked_at(library: Library) -> None:
    glued = "LGMay 16, 2022\nOn the Will of Sheep Mary Ann\n" + prose(1) + "\n"
    (paper,) = put(library, glued)
    assert library.entries.get(paper).attention
    before = state(library)
    changes = library.entries.mark_reviewed([paper])
    assert (changes.label, changes.count) == ("Mark 1 paper as looked at", 1)
    assert library.entries.get(paper).attention == ()
    assert library.search.counts().attention == 0
    assert undone(library, before)
    assert library.entries.mark_reviewed([paper]).count == 0


# --- where it can be opened ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, (), id="nowhere"),
        pytest.param(
            {"doi": "10.1000/A", "eprint": "1706.03762v2", "url": "https://a.org/x"},
            (
                ("DOI", "https://doi.org/10.1000/a"),
                ("arXiv", "https://arxiv.org/abs/1706.03762"),
                ("URL", "https://a.org/x"),
            ),
            id="doi-arxiv-url",
        ),
        pytest.param(
            {"url": "https://doi.org/10.1000/a"},
            (("DOI", "https://doi.org/10.1000/a"),),
            id="a-url-that-is-the-doi",
        ),
        pytest.param({"url": "see the library"}, (), id="a-url-that-is-none"),
        pytest.param({"url": "file:///etc/passwd"}, (), id="a-file"),
    ],
)
def test_links(
    library: Library, fields: dict[str, str], expected: tuple[tuple[str, str], ...]
) -> None:
    assert library.entries.get(add(library, "Sheep", **fields)).links == expected
