"""Only what has something in common is compared, and that gives what comparing all would."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refman.formats import format_named
from refman.formats.format import Row
from refman.library import Library, Source, families, grouping, planning
from refman.library.evidence import Evidence
from refman.library.families import Family, Sketches
from refman.library.grouping import keys, number
from refman.library.matching import Match, weigh
from refman.library.planning import PageRead, make_plan
from refman.model.entry import Entry
from refman.progress import Progress
from tests.library.making import DAY, add, entry, prose

TITLES = (
    "",
    "Counting Sheep",
    "Learning to Count Sheep",
    "Learning to Count Sheeps",
    "Learning to Count Sheep at Night, Part 1",
    "Learning to Count Sheep at Night, Part 2",
    "Goats",
)
NAMES = ("", "Ada Lovelace", "A. Lovelace, Grace Hopper", "Grace Hopper", "Alan Turing")
ABSTRACTS = ("", "Too short to prove anything.", prose(1), prose(1) + " " + prose(2), prose(3))
DOIS = ("", "10.1000/1", "10.1000/2", "10.48550/arxiv.1706.03762")
ENTRIES = st.builds(
    lambda title, names, year, abstract, doi, eprint, volume: entry(
        title,
        names,
        year,
        abstract,
        **{
            name: value
            for name, value in (("doi", doi), ("eprint", eprint), ("volume", volume))
            if value
        },
        journaltitle="Journal of Sheep",
    ),
    st.sampled_from(TITLES),
    st.sampled_from(NAMES),
    st.sampled_from(("", "2020", "2021", "2024")),
    st.sampled_from(ABSTRACTS),
    st.sampled_from(DOIS),
    st.sampled_from(("", "", "1706.03762", "1706.03762v2")),
    st.sampled_from(("", "", "1", "2")),
)


@pytest.fixture(scope="module")
def known() -> Iterator[Library]:
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder) / "library.refman", create=True)
        ids = [
            add(library, title, names, year, abstract)
            for title, names, year, abstract in (
                (TITLES[1], NAMES[1], "2012", ""),
                (TITLES[2], NAMES[2], "2020", ABSTRACTS[2]),
                (TITLES[3], NAMES[3], "2021", ABSTRACTS[4]),
                (TITLES[4], NAMES[1], "2020", ""),
                ("", "", "", ABSTRACTS[4]),
            )
        ]
        ids.append(add(library, "Sheep of the Archive", doi="10.1000/1"))
        ids.append(add(library, "A Preprint about Attention", eprint="1706.03762"))
        library.entries.keep_apart(ids[1], ids[2])
        yield library
        library.close()


def page_of(rows: Sequence[Entry]) -> PageRead:
    reader = format_named("bibtex")
    assert reader is not None
    page = PageRead(Source("text", as_of=DAY), reader)
    for line, one in enumerate(rows, 1):
        page.take(Row(one, line, f"row {line}"))
    return page


def planned(library: Library, rows: Sequence[Entry]) -> list[Any]:
    """Of each row what became of it, why, its doubts, and the paper that it is, or is to be."""
    with library.database.read() as connection:
        plan = make_plan(connection, page_of(rows), Progress())
    told = []
    for i, record in enumerate(plan.records):
        group = plan.groups.get(i)
        where = (group.entry_id, sorted(group.rows), sorted(group.joined)) if group else (
            None, [i], []
        )  # fmt: skip
        told.append((record.outcome, record.matched_by, record.review, where))
    return told


def compared_with_all(library: Library, rows: Sequence[Entry]) -> list[Any]:
    """The same, where every row is compared with every paper that a key leads to."""

    def one_family(
        _connection: object, _sketches: object, new: list[int], _progress: object
    ) -> Any:
        return [Family(list(new), sorted(library.search.ids()))], frozenset()

    with patch.object(planning, "families", one_family):
        return planned(library, rows)


@settings(max_examples=300)
@given(rows=st.lists(ENTRIES, min_size=1, max_size=12))
def test_families_give_what_comparing_all_gives(known: Library, rows: list[Entry]) -> None:
    assert planned(known, rows) == compared_with_all(known, rows)


@settings(max_examples=50)
@given(rows=st.lists(ENTRIES, min_size=1, max_size=12))
def test_however_many_keys_are_looked_at_in_one_go(known: Library, rows: list[Entry]) -> None:
    with patch.object(families, "_AT_ONCE", 7), patch.object(families, "_ROWS", 2):
        few = planned(known, rows)
    assert few == planned(known, rows)


@given(one=ENTRIES, other=ENTRIES)
def test_sketches_share_a_number_where_records_share_a_key(one: Entry, other: Entry) -> None:
    sketches = Sketches()
    sketches.add(one)
    sketches.add(other)
    shared = set(keys(Evidence(one))) & set(keys(Evidence(other)))
    assert set(sketches.keys(0)) & set(sketches.keys(1)) >= {number(key) for key in shared}
    assert set(sketches.keys(0)) == {number(key) for key in keys(Evidence(one))}
    assert sketches.fingerprint(1) == Evidence(other).fingerprint


def linked(rows: Sequence[Entry]) -> list[tuple[list[int], list[int]]]:
    sketches = Sketches()
    for one in rows:
        sketches.add(one)
    found, _common = families.families(None, sketches, range(len(rows)), Progress())
    return [(family.rows, family.papers) for family in found]


def test_what_has_nothing_in_common_is_in_no_family() -> None:
    rows = [
        entry("Counting Sheep", "Ada Lovelace", doi="10.1000/1"),
        entry("Maps of Caves", "Grace Hopper"),
        entry("Goats at Night", "Alan Turing", abstract=prose(1)),
        entry("The Ferry", "Grace Hopper", doi="10.1000/1"),
        entry("", "", abstract=prose(1)),
        entry(),
    ]
    assert linked(rows) == [([0, 3], []), ([2, 4], [])]


def test_a_chain_is_one_family() -> None:
    rows = [entry(f"Title {i}", doi=f"10.1000/{i}", eprint=f"1706.{i:05}") for i in range(6)]
    rows += [entry(f"Between {i}", doi=f"10.1000/{i}", eprint=f"1706.{i + 1:05}") for i in range(5)]
    assert linked(rows) == [(list(range(11)), [])]


def test_two_words_of_a_title_lead_to_papers_with_a_name_in_common_only(known: Library) -> None:
    sketches = Sketches()
    sketches.add(entry("Learning to Count Goats", "Edsger Dijkstra"))
    sketches.add(entry("Learning to Count Cows", "Ada King Lovelace"))
    with known.database.read() as connection:
        found, _common = families.families(connection, sketches, [0, 1], Progress())
    assert [family.rows for family in found] == [[1]]


STOCK = "We show in this long and careful study of the matter that it is as it is."


def comparisons(library: Library, rows: Sequence[Entry]) -> int:
    count = []

    def counted(one: Evidence, other: Evidence) -> tuple[bool, Match | None]:
        count.append(1)
        return weigh(one, other)

    with patch.object(grouping, "weigh", counted):
        planned(library, rows)
    return len(count)


def test_a_phrase_that_very_many_share_takes_no_more_comparisons(known: Library) -> None:
    """Matching a page takes a time that grows with its rows, not with their square."""
    rows = [entry(f"{prose(i)[:40]} {i}", abstract=f"{STOCK} {prose(i)}") for i in range(400)]
    few, many = (comparisons(known, rows[:count]) for count in (200, 400))
    assert few < 200 * families.COMMON
    assert many < 3 * few + 100


@pytest.mark.parametrize("what", ["title", "doi"])
def test_a_title_or_an_identifier_links_however_many_share_it(what: str) -> None:
    rows = [
        entry("Counting Sheep") if what == "title" else entry(f"Title {i}", doi="10.1000/1")
        for i in range(2 * families.COMMON)
    ]
    assert linked(rows) == [(list(range(2 * families.COMMON)), [])]


def test_the_same_paper_is_found_under_a_common_phrase(known: Library) -> None:
    told = [f"{STOCK} {prose(i)}" for i in range(100, 100 + 2 * families.COMMON)]
    rows = [entry(abstract=abstract) for abstract in told]
    rows += [entry(f"{prose(i)[:40]} {i}", abstract=told[i]) for i in range(len(told))]
    found = planned(known, rows)
    outcomes = [outcome for outcome, *_rest in found]
    assert outcomes == ["added"] * len(told) + ["merged"] * len(told)


def test_what_comes_often_word_for_word_is_one_paper(library: Library) -> None:
    """However many rows say the same, it does not count as a phrase that many papers share."""
    rows = [Entry(abstract=prose(1), fields={"note": str(i)}) for i in range(2 * families.COMMON)]
    outcomes = [told[0] for told in planned(library, rows)]
    assert outcomes == ["added", *["merged"] * (len(rows) - 1)]
