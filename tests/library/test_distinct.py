"""What a person said is not the same stays so, whatever goes and comes again."""

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import select

from refman.db import schema
from refman.library import Library
from refman.library.distinct import record_hash
from tests.library.making import add, entry, prose, put, row

SAID = {
    "title": "Counting Sheep: a Guide",
    "names": "Ada Lovelace, Grace Hopper",
    "date": "2022-05",
    "abstract": prose(1),
    "doi": "10.1000/1",
    "eprint": "1706.03762v2",
    "eprinttype": "arxiv",
    "journaltitle": "Journal of Sheep",
    "booktitle": "Sheep",
    "volume": "3",
    "number": "4",
    "pages": "5--6",
}


def said(**values: Any) -> int:
    return record_hash(entry(**{**SAID, **values}))


def test_a_record_has_the_same_hash_everywhere() -> None:
    assert said() == -1509160405870725033


@pytest.mark.parametrize(
    "values",
    [
        {"title": "COUNTING SHEEP – A Guide"},
        {"abstract": prose(1).upper()},
        {"journaltitle": "journal of sheep"},
        {"doi": "https://doi.org/10.1000/1"},
        {"eprint": "1706.03762"},
        {"citation_key": "lovelace"},
        {"keywords": ("wool",)},
        {"entry_type": "article"},
        {"note": "lent to Grace"},
    ],
    ids=lambda values: next(iter(values)),
)
def test_the_same_is_said(values: dict[str, Any]) -> None:
    assert said(**values) == said()


@pytest.mark.parametrize(
    "values",
    [
        {"title": "Counting Sheep, a Second Guide"},
        {"names": "Grace Hopper, Ada Lovelace"},
        {"date": "2022-06"},
        {"abstract": ""},
        {"doi": "10.1000/2"},
        {"eprint": "1706.03763"},
        {"journaltitle": "Annals of Sheep"},
        {"booktitle": "Goats"},
        {"volume": "4"},
        {"number": "5"},
        {"pages": "7"},
    ],
    ids=lambda values: next(iter(values)),
)
def test_something_else_is_said(values: dict[str, Any]) -> None:
    assert said(**values) != said()


# --- papers that go and come again --------------------------------------------------------

FIRST = row("Learning to Count Sheep at Night")
# Certainly the same, and only likely.
SAME = row("Learning to Count Sheep at Night", meta="LGMay 18, 2022", abstract=prose(77))
LIKE = row("Learning to Count Sheeps at Night")
OTHERS = pytest.mark.parametrize("other", [SAME, LIKE], ids=["certain", "likely"])


def two(library: Library, other: str) -> list[int]:
    """Two papers of two pages, of which a person said that they are not the same."""
    (first,), (second,) = put(library, FIRST, name="1.txt"), put(library, other, name="2.txt")
    if first == second:
        (sighting,) = library.listings.rows(library.listings.list()[0].id)
        library.review.keep_apart(sighting.id)
    else:
        library.duplicates.keep_apart([first, second])
    ids = sorted(library.search.ids())
    assert len(ids) == 2
    return ids


def doubts(library: Library) -> list[str]:
    return [
        doubt
        for listing in library.listings.list()
        for sighting in library.listings.rows(listing.id)
        if not sighting.reviewed
        for doubt in sighting.review
    ]


def assert_apart(library: Library, count: int = 2) -> None:
    """No two are one, nobody asks whether they are, and no scan finds them."""
    assert len(library.search.ids()) == count
    assert doubts(library) == []
    for everything in (False, True):
        library.duplicates.scan(everything=everything)
        assert library.duplicates.clusters() == []
    assert library.duplicates.merge_certain().count == 0


def delete(library: Library, ids: Sequence[int]) -> None:
    library.entries.trash(ids)
    library.entries.empty_trash()


def take_back(library: Library, names: Sequence[str]) -> None:
    for listing in library.listings.list():
        if listing.name in names:
            library.listings.take_back(listing.id)


@OTHERS
def test_it_holds_for_the_pair(library: Library, other: str) -> None:
    two(library, other)
    assert_apart(library)


@OTHERS
@pytest.mark.parametrize("gone", [(0,), (1,), (0, 1)], ids=["first", "second", "both"])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in-order", "turned-round"])
def test_it_holds_after_the_trash_was_emptied(
    library: Library, other: str, gone: tuple[int, ...], order: tuple[int, int]
) -> None:
    ids = two(library, other)
    delete(library, [ids[place] for place in gone])
    assert len(library.search.ids()) == 2 - len(gone)
    for place in order:
        put(library, (FIRST, other)[place], name=f"{place}.txt")
        assert doubts(library) == []
    assert_apart(library)


@OTHERS
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in-order", "turned-round"])
def test_it_holds_within_one_page(library: Library, other: str, order: tuple[int, int]) -> None:
    delete(library, two(library, other))
    put(library, *((FIRST, other)[place] for place in order), name="both.txt")
    assert_apart(library)


@pytest.mark.parametrize("gone", [("1.txt",), ("2.txt",), ("1.txt", "2.txt")], ids=" ".join)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in-order", "turned-round"])
def test_it_holds_after_imports_were_taken_back(
    library: Library, gone: tuple[str, ...], order: tuple[int, int]
) -> None:
    two(library, LIKE)
    take_back(library, gone)
    assert len(library.search.ids()) == 2 - len(gone)
    for place in order:
        put(library, (FIRST, LIKE)[place], name=("1.txt", "2.txt")[place])
    assert_apart(library)


def test_it_holds_for_what_was_typed_and_set_right(library: Library) -> None:
    """A page says what it said before, whatever a person made of it."""
    _first, second = two(library, LIKE)
    library.entries.edit(second, {"title": "Learning to Count Sheep at Night"})
    delete(library, [second])
    put(library, LIKE, name="again.txt")
    assert_apart(library)


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_it_holds_inside_a_group_of_three(library: Library, order: tuple[int, ...]) -> None:
    """Two are kept apart, and a third is like both."""
    texts = [LIKE, row("Learning to Count Sheep at Nights"), FIRST]
    ids = [put(library, text, name=f"{n}.txt")[0] for n, text in enumerate(texts)]
    library.duplicates.keep_apart(ids[:2])
    for come_again in (False, True):
        if come_again:
            delete(library, ids)
            again = {n: put(library, texts[n], name=f"{n}.txt")[0] for n in order}
            ids = [again[n] for n in range(3)]
        assert len(set(ids)) == 3
        for everything in (False, True):
            library.duplicates.scan(everything=everything)
            found = sorted(sorted(cluster.ids) for cluster in library.duplicates.clusters())
            assert found == sorted(sorted((ids[n], ids[2])) for n in (0, 1))


def test_a_third_that_is_certainly_both_joins_neither_of_them_to_the_other(
    library: Library,
) -> None:
    names = ("Ada Lovelace", "Ada Lovelace, Grace Hopper", "A. Lovelace")
    ids = [add(library, "Counting Sheep at Night", each, "2022") for each in names]
    library.duplicates.keep_apart(ids[:2])
    library.duplicates.scan()
    assert [sorted(cluster.ids) for cluster in library.duplicates.clusters()] == [
        [ids[0], ids[2]],
        [ids[1], ids[2]],
    ]
    assert library.duplicates.merge_certain().count == 0
    library.duplicates.merge([ids[0], ids[2]])
    library.duplicates.scan()
    assert library.duplicates.clusters() == []


# --- minds that change --------------------------------------------------------------------


def known(library: Library) -> int:
    """In how many ways papers are known to be not the same."""
    with library.database.read() as connection:
        tables = (schema.distinct_record, schema.entry_distinct)
        return sum(len(connection.execute(select(table)).all()) for table in tables)


@OTHERS
def test_a_merge_by_hand_is_the_last_word(library: Library, other: str) -> None:
    ids = two(library, other)
    assert known(library) > 1
    library.duplicates.merge(ids)
    assert known(library) == 0
    put(library, other, name="2 again.txt")
    assert list(library.search.ids()) == ids[:1]  # a row of the one that was made of both
    delete(library, ids[:1])
    put(library, FIRST, name="1.txt")
    put(library, other, name="2.txt")
    is_certain = other == SAME
    assert len(library.search.ids()) == (1 if is_certain else 2)
    assert bool(doubts(library)) == (not is_certain)


def test_a_merge_forgets_nothing_of_others(library: Library) -> None:
    ids = two(library, LIKE)
    third, fourth = (add(library, title) for title in ("Goats of the Alps", "Goats of Alps"))
    library.duplicates.keep_apart([third, fourth])
    before = known(library)
    library.duplicates.merge([ids[0], third])
    library.duplicates.scan(everything=True)
    assert known(library) == before
    assert library.duplicates.clusters() == []


@pytest.mark.parametrize(
    "everything",
    [
        None,
        False,
        True,
    ],
    ids=["no-look", "a-look", "a-full-look"],
)
def test_undo_takes_it_back(library: Library, everything: bool | None) -> None:
    """Whatever was looked at in between, and doing it again says it again."""
    first = add(library, "Learning to Count Sheep at Night", "Ada Lovelace", "2022")
    second = add(library, "Learning to Count Sheep at Nights", "Ada Lovelace", "2022")
    library.duplicates.scan()
    assert library.duplicates.count() == 1
    library.duplicates.keep_apart([first, second])
    if everything is not None:
        library.duplicates.scan(everything=everything)
    assert library.duplicates.count() == 0
    library.history.undo()
    library.duplicates.scan()
    assert [sorted(each.ids) for each in library.duplicates.clusters()] == [[first, second]]
    assert known(library) == 0
    library.history.redo()
    assert library.duplicates.count() == 0


def test_undo_gives_back_others_that_say_the_same(library: Library) -> None:
    """What is said of two papers holds for two more with the same words, and so does Undo."""
    titles = ("Learning to Count Sheep at Night", "Learning to Count Sheep at Nights") * 2
    ids = [add(library, title, "Ada Lovelace", "2022") for title in titles]
    library.duplicates.keep_apart(ids[:2])
    library.duplicates.scan(everything=True)
    before = {frozenset(each.ids) for each in library.duplicates.clusters()}
    assert before == {frozenset((ids[0], ids[2])), frozenset((ids[1], ids[3]))}
    library.history.undo()
    library.duplicates.scan()
    after = {frozenset(each.ids) for each in library.duplicates.clusters()}
    assert {*before} < after


def test_keeping_apart_is_told_once(library: Library) -> None:
    ids = [add(library, title) for title in ("Sheep", "Goats", "Cows")]
    assert library.duplicates.keep_apart(ids).count == 3
    assert known(library) > 3
    assert library.duplicates.keep_apart(ids).count == 0
