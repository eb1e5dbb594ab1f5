"""Citation keys: one for every paper, never reused, never changed behind the user's back."""

from collections.abc import Callable

import pytest

from refman.errors import RefmanError, UsageError
from refman.library import KeyChange, Library, Source
from refman.library.key_patterns import WrongPattern
from refman.model.entry import Entry
from refman.model.key_pattern import DEFAULT
from refman.progress import Cancelled, Progress
from tests.library.making import abstracts, add, entry, page, pasted, people, prose, put, row


def key(library: Library, entry_id: int) -> str:
    return library.entries.get(entry_id).entry.citation_key


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(
            entry("The Primacy Bias in Deep Reinforcement Learning", "Evgenii Nikishin", "2022-05"),
            "nikishin2022primacy",
            id="pattern",
        ),
        pytest.param(entry("Über Schafe", "Jürgen Müller", "1999"), "muller1999uber", id="ascii"),
        pytest.param(entry("Sheep", "", "2022"), "sheep2022", id="no-creators"),
        pytest.param(entry("", "Ada Lovelace", "2022"), "lovelace2022", id="no-title"),
        pytest.param(entry("Sheep", "Ada Lovelace"), "lovelacesheep", id="no-year"),
        pytest.param(entry("Sheep", citation_key="Own:Key"), "Own:Key", id="own"),
    ],
)
def test_the_key_of_a_new_paper(library: Library, typed: Entry, expected: str) -> None:
    (found,) = library.entries.add(typed).entries
    assert key(library, found) == expected
    assert not library.entries.get(found).provisional_key


def test_keys_are_unique_whatever_the_case(library: Library) -> None:
    first = add(library, "Sheep", citation_key="LOVELACE2022sheep")
    ids = [first, *(add(library, "Sheep", "Ada Lovelace", "2022") for _ in range(3))]
    assert [key(library, i) for i in ids] == [
        "LOVELACE2022sheep",
        "lovelace2022sheepa",
        "lovelace2022sheepb",
        "lovelace2022sheepc",
    ]


def test_many_papers_of_one_page_have_different_keys(library: Library) -> None:
    """More than are looked up one by one."""
    rows = [row(f"Sheep {prose(i, 1)[:-1]}", meta="LGMay 1, 2022") for i in range(230)]
    add(library, "Sheep", "Ada Lovelace", "2022", citation_key="Lovelace2022Sheep")
    ids = put(library, *rows)
    keys = [key(library, i).casefold() for i in ids]
    assert len(set(keys)) == len(set(ids)) > 200
    assert "lovelace2022sheep" not in keys


@pytest.mark.parametrize(
    "goes",
    [
        pytest.param(lambda one, _i: one.history.undo(), id="undone"),
        pytest.param(
            lambda one, i: (one.entries.trash([i]), one.entries.empty_trash()), id="purged"
        ),
        pytest.param(lambda one, i: one.entries.edit(i, {"citation_key": "other"}), id="renamed"),
    ],
)
def test_a_key_that_was_given_out_is_never_reused(
    library: Library, goes: Callable[[Library, int], object]
) -> None:
    first = add(library, "Sheep", "Ada Lovelace", "2022")
    assert library.citation_keys.give_out([first]) == ["lovelace2022sheep"]
    goes(library, first)
    assert key(library, add(library, "Sheep", "Ada Lovelace", "2022")) == "lovelace2022sheepa"


def test_a_key_that_a_paper_had_before_is_not_reused(library: Library) -> None:
    first = add(library, "Sheep", "Ada Lovelace", "2022")
    library.entries.edit(first, {"citation_key": "other"})
    assert key(library, add(library, "Sheep", "Ada Lovelace", "2022")) == "lovelace2022sheepa"
    library.history.undo()
    library.history.undo()
    library.history.undo()
    assert key(library, add(library, "Sheep", "Ada Lovelace", "2022")) == "lovelace2022sheep"


def test_giving_out_is_no_step_and_undo_leaves_it_alone(library: Library) -> None:
    one, other = add(library, "Sheep"), add(library, "Goats")
    assert library.citation_keys.cite_command([other, one]) == r"\cite{goats,sheep}"
    assert library.history.undo_label == "Add paper"
    library.history.undo()
    library.history.redo()
    assert key(library, other) == "goats"


def test_a_paper_is_found_by_every_key_it_had(library: Library) -> None:
    paper, other = add(library, "Sheep"), add(library, "Goats")
    library.citation_keys.give_out([paper])
    uuid = library.entries.get(paper).uuid
    library.entries.edit(paper, {"citation_key": "flock"})
    assert [library.entries.find(k) for k in ("sheep", "SHEEP", "Flock", uuid, "goats", "x")] == [
        paper,
        paper,
        paper,
        paper,
        other,
        None,
    ]


def test_a_paper_is_found_by_the_keys_of_those_merged_into_it(library: Library) -> None:
    ids = [add(library, title) for title in ("Sheep", "Goats", "Cows")]
    library.entries.merge(ids[1], [ids[0]])
    library.entries.merge(ids[2], [ids[1]])
    assert [library.entries.find(k) for k in ("sheep", "goats", "cows")] == [ids[2]] * 3


def test_a_changed_title_does_not_change_the_key(library: Library) -> None:
    paper = add(library, "Sheep", "Ada Lovelace", "2022")
    library.entries.edit(paper, {"title": "Goats", "date": "1999", "creators": people("Al Gore")})
    assert key(library, paper) == "lovelace2022sheep"


# --- keys of before ------------------------------------------------------------------------


def test_a_changed_key_goes_on_to_find_its_paper(library: Library) -> None:
    paper, other = add(library, "Sheep", citation_key="one"), add(library, "Goats")
    for name in ("two", "Three", "THREE"):
        library.entries.edit(paper, {"citation_key": name})
    assert library.citation_keys.aliases([paper, other]) == {paper: ("one", "two")}
    assert [library.entries.find(k) for k in ("ONE", "two", "three")] == [paper] * 3
    assert library.citation_keys.resolve(["one", "THREE", "goats", "x"]) == {
        "one": paper,
        "THREE": paper,
        "goats": other,
    }
    assert library.citation_keys.renamed(["one", "three", "Goats", "x"]) == {"one": "THREE"}
    for query in ("key:one", "key:tw", "key:THREE", "one", "Two", "key:one sheep"):
        assert list(library.search.ids(query)) == [paper], query
    assert list(library.search.ids("-key:one")) == [other]
    library.history.undo()
    library.history.undo()
    assert library.citation_keys.aliases([paper]) == {paper: ("one",)}
    assert list(library.search.ids("key:three")) == []


def test_a_paper_takes_a_key_of_its_own_back(library: Library) -> None:
    paper = add(library, "Sheep", citation_key="one")
    library.entries.edit(paper, {"citation_key": "two"})
    library.entries.edit(paper, {"citation_key": "ONE"})
    assert key(library, paper) == "ONE"
    assert library.citation_keys.aliases([paper]) == {paper: ("two",)}


def test_nobody_else_gets_a_key_of_before(library: Library) -> None:
    paper, other = add(library, "Sheep", citation_key="one"), add(library, "Goats")
    library.entries.edit(paper, {"citation_key": "two"})
    with pytest.raises(UsageError, match="was given to another paper"):
        library.entries.edit(other, {"citation_key": "One"})
    report = library.importing.run(pasted("@misc{one, title={Cows}}", "x.bib"))
    assert report.records[0].citation_key == "onea"


def test_keys_of_before_go_along_when_papers_are_merged_and_purged(library: Library) -> None:
    ids = [add(library, title) for title in ("Sheep", "Goats")]
    library.entries.edit(ids[0], {"citation_key": "flock"})
    library.entries.merge(ids[1], [ids[0]])
    assert library.citation_keys.aliases(ids) == {ids[1]: ("flock", "sheep")}
    for query in ("key:sheep", "key:floc", "sheep"):
        assert ids[1] in library.search.ids(query), query
    library.entries.trash([ids[1]])
    library.entries.empty_trash()
    for title in ("Sheep", "Goats", "Flock"):
        assert key(library, add(library, title)) == f"{title.lower()}a"


def test_many_keys_of_before_are_not_reused_by_one_page(library: Library) -> None:
    """More than are looked up one by one."""
    paper = add(library, "Sheep", citation_key="Lovelace2022Sheep")
    library.entries.edit(paper, {"citation_key": "other"})
    ids = put(library, *(row(f"Sheep {prose(i, 1)[:-1]}") for i in range(230)))
    assert "lovelace2022sheep" not in {key(library, i).casefold() for i in ids}


# --- patterns --------------------------------------------------------------------------------


def test_the_pattern_of_new_keys(library: Library) -> None:
    keys = library.citation_keys
    first = add(library, "Sheep", "Ada Lovelace", "2022")
    assert (keys.pattern(), keys.patterns()) == (DEFAULT, {})
    changes = keys.set_pattern(" [auth][shortyear] ")
    assert (changes.count, changes.entries, changes.message) == (
        1,
        frozenset(),
        "New citation keys are made by [auth][shortyear]. Those that there are stay.",
    )
    assert keys.set_pattern("[auth][shortyear]").count == 0
    keys.set_pattern("[title]", "Book")
    assert (keys.pattern(), keys.pattern("book"), keys.pattern("article")) == (
        "[auth][shortyear]",
        "[title]",
        "[auth][shortyear]",
    )
    assert key(library, first) == "lovelace2022sheep"
    assert key(library, add(library, "Goats", "Ada Lovelace", "2022")) == "Lovelace22"
    assert key(library, add(library, "Cows", "Ada Lovelace", "2022")) == "Lovelace22a"
    assert key(library, add(library, "On Cows", entry_type="book")) == "OnCows"
    assert key(library, add(library, "Own", citation_key="mine")) == "mine"
    # What the pattern gives nothing for is called as ever.
    assert key(library, add(library, "Pigs")) == "pigs"
    ids = put(library, row("Learning to Fly"))
    assert [key(library, i) for i in ids] == ["Lovelace22b"]
    for _step in range(7):
        library.history.undo()
    assert keys.patterns() == {"": "[auth][shortyear]"}
    library.history.undo()
    assert keys.pattern() == "[default]"


def test_a_pattern_is_taken_away(library: Library) -> None:
    library.citation_keys.set_pattern("[year]")
    assert library.citation_keys.set_pattern("").count == 1
    assert library.citation_keys.set_pattern("").count == 0
    assert library.citation_keys.pattern() == "[default]"


def test_a_wrong_pattern_is_refused(library: Library) -> None:
    keys = library.citation_keys
    paper = add(library, "Sheep")
    for verb in (keys.set_pattern, lambda text: keys.preview(paper, text)):
        with pytest.raises(WrongPattern, match="wrong at character 8: There is no marker") as one:
            verb("[auth][yaer]")
        assert one.value.position == 8
    assert keys.patterns() == {}


def test_a_provisional_key_stays_one_whatever_the_pattern(library: Library) -> None:
    library.citation_keys.set_pattern("[auth:(anon)][year:(nd)]")
    library.importing.run(pasted(abstracts(prose(1))))
    (paper,) = library.search.ids()
    assert key(library, paper).startswith("untitled")
    library.entries.edit(paper, {"title": "Sheep"})
    assert (key(library, paper), library.citation_keys.aliases([paper])) == ("anonnd", {})


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[auth:lower]", "lovelace"),
        ("[title]", "Sheepa"),
        ("[default]", "lovelace2022sheep"),
        (None, "lovelace2022sheep"),
        ("", "lovelace2022sheep"),
        ("[VOLUME]", ""),
    ],
)
def test_preview(library: Library, pattern: str | None, expected: str) -> None:
    add(library, "Goats", citation_key="sheep")
    paper = add(library, "Sheep", "Ada Lovelace", "2022")
    assert library.citation_keys.preview(paper, pattern) == expected
    assert library.citation_keys.preview(paper + 1, pattern) == ""


# --- many at once ----------------------------------------------------------------------------


def test_proposals(library: Library) -> None:
    ids = [
        add(library, title, "Ada Lovelace", "2022", citation_key=own)
        for title, own in (
            ("Sheep", "old1"),
            ("Sheep", "lovelace2022sheep"),
            ("Sheep", "lovelace2022sheepc"),
            ("Sheep", "old0"),
            ("Goats", "Lovelace2022Goats"),
            ("Cows", "lovelace2022cowsa"),
        )
    ]
    ids.append(add(library, "...", citation_key="kept"))
    library.citation_keys.give_out([ids[0]])
    found = library.citation_keys.proposals(ids)
    stays = "“lovelace2022sheep” is another paper's: its letter stays."
    letter = "“lovelace2022sheep” is another paper's: a letter was added."
    assert found == [
        KeyChange(ids[0], "old1", "lovelace2022sheepb", True, letter),
        KeyChange(ids[1], "lovelace2022sheep", "lovelace2022sheep", False),
        KeyChange(ids[2], "lovelace2022sheepc", "lovelace2022sheepc", False, stays),
        KeyChange(ids[3], "old0", "lovelace2022sheepa", False, letter),
        KeyChange(ids[4], "Lovelace2022Goats", "lovelace2022goats", False),
        KeyChange(ids[5], "lovelace2022cowsa", "lovelace2022cows", False),
        KeyChange(ids[6], "kept", "kept", False, "The pattern gives nothing for this paper."),
    ]
    assert library.citation_keys.proposals(ids[::-1]) == found[::-1]
    assert library.citation_keys.proposals([99, *ids, ids[0]]) == found
    changes = library.citation_keys.change({one.entry_id: one.new for one in found})
    assert (changes.count, changes.message) == (
        4,
        "4 papers: the citation key was changed. The old keys go on to find them.",
    )
    assert [key(library, i) for i in ids] == [one.new for one in found]
    again = library.citation_keys.proposals(ids)
    assert [one.new for one in again] == [one.old for one in again] == [one.new for one in found]
    library.history.undo()
    assert [key(library, i) for i in ids] == [one.old for one in found]
    assert library.citation_keys.aliases(ids) == {}


def test_proposals_tell_how_far_they_are_and_can_be_stopped(library: Library) -> None:
    ids = put(library, row("Sheep"), row("Goats"))
    progress = Progress()
    library.citation_keys.proposals([*ids, ids[0]], progress=progress)
    assert (progress.text, progress.done, progress.total) == ("Making citation keys", 2, 2)
    progress.cancel()
    with pytest.raises(Cancelled):
        library.citation_keys.proposals(ids, progress=progress)


def test_many_proposals_are_those_of_few(library: Library) -> None:
    """More than are looked up one by one."""
    ids = put(library, *(row(f"Sheep {prose(i, 1)[:-1]}", names="Ada King") for i in range(230)))
    gone = add(library, "Sheep", citation_key="King")
    library.entries.trash([gone])
    library.entries.empty_trash()
    renamed = add(library, "Sheep", citation_key="Kinga")
    library.entries.edit(renamed, {"citation_key": "x"})
    found = library.citation_keys.proposals(ids, "[auth]")
    assert sorted(one.new for one in found)[:2] == ["Kingaa", "Kingab"]
    assert len({one.new for one in found} - {"King", "Kinga"}) == len(set(ids))
    few = library.citation_keys.proposals(ids[:5], "[auth]")
    assert {one.new for one in few} == {f"King{letter}" for letter in "bcdef"}
    library.citation_keys.change({one.entry_id: one.new for one in found})
    assert {key(library, i) for i in ids} == {one.new for one in found}
    assert [library.entries.find(one.old) for one in found] == [one.entry_id for one in found]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        pytest.param(("goats", ""), "cannot be a citation key", id="empty"),
        pytest.param(("a b", "x"), "cannot be a citation key", id="blank"),
        pytest.param(("x", "X"), "is in use", id="twice"),
        pytest.param(("goats", "sheep"), "is in use", id="exchanged"),
        pytest.param(("before", "x"), "is in use", id="of-before"),
    ],
)
def test_a_change_that_cannot_be(library: Library, keys: tuple[str, str], said: str) -> None:
    ids = [add(library, title) for title in ("Sheep", "Goats", "Cows")]
    library.entries.edit(ids[2], {"citation_key": "y"})
    library.entries.edit(ids[2], {"citation_key": "before"})
    library.entries.edit(ids[2], {"citation_key": "z"})
    with pytest.raises(UsageError, match=said):
        library.citation_keys.change(dict(zip(ids, keys, strict=False)))
    assert [key(library, i) for i in ids] == ["sheep", "goats", "z"]
    with pytest.raises(RefmanError, match="not in the library any more"):
        library.citation_keys.change({ids[0]: "new", 99: "other"})
    assert library.citation_keys.change({ids[0]: "sheep"}).count == 0


# --- provisional keys ---------------------------------------------------------------------


def test_a_provisional_key_is_replaced_once(library: Library) -> None:
    told = prose(1)
    library.importing.run(pasted(abstracts(told), "abstracts.txt"))
    (paper,) = library.search.ids()
    provisional = key(library, paper)
    assert provisional.startswith("untitled")
    assert library.entries.get(paper).provisional_key

    library.importing.run(pasted(page(row("Counting Sheep", abstract=told)), "page.txt"))
    assert list(library.search.ids()) == [paper]
    assert (key(library, paper), library.entries.get(paper).provisional_key) == (
        "lovelace2022counting",
        False,
    )
    library.entries.edit(paper, {"title": "Goats"})
    assert key(library, paper) == "lovelace2022counting"
    library.history.undo()
    library.history.undo()
    assert key(library, paper) == provisional
    assert library.entries.get(paper).provisional_key


def test_a_typed_title_replaces_a_provisional_key(library: Library) -> None:
    library.importing.run(pasted(abstracts(prose(1))))
    (paper,) = library.search.ids()
    library.entries.edit(paper, {"date": "2022"})
    assert library.entries.get(paper).provisional_key
    library.entries.edit(paper, {"title": "Sheep"})
    assert key(library, paper) == "sheep2022"


def test_a_provisional_key_that_was_given_out_stays(library: Library) -> None:
    library.importing.run(pasted(abstracts(prose(1))))
    (paper,) = library.search.ids()
    (given,) = library.citation_keys.give_out([paper])
    library.entries.edit(paper, {"title": "Sheep"})
    assert key(library, paper) == given


def test_a_key_that_came_with_a_file_counts_as_known_outside(library: Library) -> None:
    text = "@misc{mine, title = {Counting Sheep}, author = {Ada Lovelace}, year = 1843}"
    library.importing.run(Source.from_text(text))
    library.entries.add(Entry(title="Counting Goats", date="1844"))
    found = library.citation_keys.proposals(sorted(library.search.ids()), "[title:lower]")
    assert [(change.old, change.given) for change in found] == [
        ("mine", True),
        ("counting1844", False),
    ]
