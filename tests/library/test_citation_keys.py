"""Citation keys: one for every paper, never reused, never changed behind the user's back."""

from collections.abc import Callable

import pytest

from refman.library import Library
from refman.model.entry import Entry
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


def test_a_key_that_was_never_given_out_is_free_again(library: Library) -> None:
    first = add(library, "Sheep", "Ada Lovelace", "2022")
    library.entries.edit(first, {"citation_key": "other"})
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
