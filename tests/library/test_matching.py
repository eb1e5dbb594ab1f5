"""When two records are one paper: every rule and every veto, with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.library import Library, grouping
from refman.library.evidence import Evidence
from refman.library.grouping import Groups, keys
from refman.library.matching import CERTAIN, LIKELY, POSSIBLE, Match, compare, vetoed, weigh
from refman.model.entry import Entry
from tests.library.making import entry, page, pasted, people, prose, put, row

SHEEP = "Learning to Count Sheep"
TOLD = prose(1)
HALF = TOLD + " " + prose(2)  # the whole of TOLD is in it
SHORT = "Sheep are counted one by one until sleep comes."

SAME_TITLE = "The same title, and Ada Lovelace in both"
NEARLY = "Nearly the same title, and Ada Lovelace in both"
WHOLE_ABSTRACT = "The same abstract (100 % of its word sequences)"


def part(number: str, **values: str) -> Entry:
    return entry(f"Sheep Counting in Practice, Part {number}", "Ada Lovelace", "2020", **values)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # --- certain: an identifier
        pytest.param(
            entry("A", doi="10.1000/ABC"),
            entry("B", doi="https://doi.org/10.1000/abc"),
            Match(CERTAIN, ("The same DOI: 10.1000/abc",)),
            id="doi",
        ),
        pytest.param(
            entry("A", eprint="1706.03762v1"),
            entry("B", url="https://arxiv.org/abs/1706.03762v5"),
            Match(CERTAIN, ("The same arXiv id: 1706.03762",)),
            id="arxiv-without-version",
        ),
        pytest.param(
            entry("A", entry_type="book", isbn="0-306-40615-2"),
            entry("B", entry_type="book", isbn="978-0-306-40615-7"),
            Match(CERTAIN, ("The same ISBN: 9780306406157",)),
            id="isbn",
        ),
        pytest.param(
            entry("A", entry_type="inbook", isbn="9780306406157"),
            entry("B", entry_type="inbook", isbn="9780306406157"),
            None,
            id="isbn-of-the-book-around",
        ),
        pytest.param(
            entry("A", pmid="12345"),
            entry("B", eprint="12345", eprinttype="pubmed"),
            Match(CERTAIN, ("The same PubMed id: 12345",)),
            id="pmid",
        ),
        # --- certain: the title and something else
        pytest.param(
            entry(SHEEP, "Ada Lovelace, Grace Hopper", "2022"),
            entry("learning to count: SHEEP", "Alan Turing, A. Lovelace", "2022"),
            Match(CERTAIN, (SAME_TITLE,)),
            id="title-and-creator",
        ),
        pytest.param(
            entry(SHEEP, "Ada Lovelace", "2016"),
            entry(SHEEP, "Ada Lovelace", "2022"),
            Match(CERTAIN, (SAME_TITLE,)),
            id="title-and-creator-years-apart",
        ),
        pytest.param(
            entry(SHEEP, "Ada Lovelace", "2022"),
            entry(SHEEP, "", "2022"),
            Match(CERTAIN, ("The same title and year (2022)",)),
            id="title-and-year",
        ),
        pytest.param(
            entry(SHEEP, "Ada Lovelace", abstract=TOLD),
            entry(SHEEP, "", abstract=TOLD),
            Match(CERTAIN, ("The same title and abstract",)),
            id="title-and-abstract",
        ),
        pytest.param(
            entry(SHEEP, "Ada Lovelace", "2015", abstract=TOLD),
            entry(SHEEP, "Alan Turing", "2022", abstract=TOLD),
            Match(CERTAIN, ("The same title and abstract",)),
            id="title-and-abstract-other-creators-and-years",
        ),
        # --- certain: the abstract
        pytest.param(
            entry(abstract=TOLD),
            entry(SHEEP, "Ada Lovelace", abstract=HALF),
            Match(CERTAIN, (WHOLE_ABSTRACT,)),
            id="abstract-in-a-longer-one",
        ),
        pytest.param(
            entry("Sheep, and How to Count Them", "Ada Lovelace", abstract=TOLD),
            entry(SHEEP, "Ada Lovelace", abstract=TOLD),
            Match(CERTAIN, (WHOLE_ABSTRACT,)),
            id="abstract-of-a-renamed-paper",
        ),
        pytest.param(
            entry("Sheep Counting in Practise", "Ada Lovelace", abstract=TOLD),
            entry("Sheep Counting in Practice", "Ada Lovelace", abstract=TOLD),
            Match(CERTAIN, (NEARLY,)),
            id="near-title-and-abstract",
        ),
        # --- likely
        pytest.param(
            entry("Sheep Counting in Practise", "Ada Lovelace", "2021"),
            entry("Sheep Counting in Practice", "Ada Lovelace", "2022"),
            Match(LIKELY, (NEARLY, "But the years are 2021 and 2022")),
            id="near-title-and-creator",
        ),
        pytest.param(
            entry("Counting Sheep", "Ada Lovelace", "2012"),
            entry("Counting Sheep", "Ada Lovelace", "2022"),
            Match(
                LIKELY,
                ("The same title, and Ada Lovelace in both", "But the years are 2012 and 2022"),
            ),
            id="short-title-years-apart",
        ),
        pytest.param(
            entry(SHEEP, "Ada Lovelace", "2021"),
            entry(SHEEP, "", "2022"),
            Match(LIKELY, ("The same title", "But the years are 2021 and 2022")),
            id="title-and-no-creators-on-one-side",
        ),
        pytest.param(
            entry(SHEEP, "Ada Lovelace", abstract=TOLD),
            entry("Goats at Night", "Alan Turing", abstract=TOLD),
            Match(LIKELY, (WHOLE_ABSTRACT, "But no name is in both")),
            id="abstract-of-strangers",
        ),
        pytest.param(
            part("1", abstract=TOLD),
            part("2", abstract=TOLD),
            Match(LIKELY, (WHOLE_ABSTRACT, "But the numbers in the titles are different")),
            id="series-with-one-abstract",
        ),
        # --- possible
        pytest.param(
            entry(SHEEP, "Ada Lovelace", "2022"),
            entry(SHEEP, "Alan Turing", "2022"),
            Match(POSSIBLE, ("The same title",)),
            id="title-of-strangers",
        ),
        # --- nothing
        pytest.param(entry(), entry(), None, id="nothing-known"),
        pytest.param(
            entry(SHEEP, "Ada Lovelace"), entry("Goats", "Ada Lovelace"), None, id="other-title"
        ),
        pytest.param(
            entry(abstract=SHORT), entry(SHEEP, abstract=SHORT), None, id="short-abstract"
        ),
        pytest.param(
            entry(abstract=prose(4)), entry(SHEEP, abstract=TOLD), None, id="other-abstract"
        ),
        pytest.param(part("1"), part("2"), None, id="series-arabic"),
        pytest.param(part("I"), part("II"), None, id="series-roman"),
        pytest.param(
            entry("The Sheep Census of 2019", "Ada Lovelace", "2020"),
            entry("The Sheep Census of 2020", "Ada Lovelace", "2021"),
            None,
            id="series-by-year",
        ),
        # --- vetoes
        pytest.param(
            entry(SHEEP, "Ada Lovelace", "2022", doi="10.1000/1"),
            entry(SHEEP, "Ada Lovelace", "2022", doi="10.1000/2"),
            None,
            id="veto-dois",
        ),
        pytest.param(
            entry(SHEEP, "Ada Lovelace", doi="10.1000/1", eprint="1706.03762"),
            entry(SHEEP, "Ada Lovelace", doi="10.1000/2", eprint="1706.03762"),
            None,
            id="veto-dois-in-spite-of-arxiv",
        ),
        pytest.param(
            entry(SHEEP, "Ada Lovelace", doi="10.1000/1"),
            entry(SHEEP, "Ada Lovelace", doi="10.48550/arXiv.1706.03762"),
            Match(CERTAIN, (SAME_TITLE,)),
            id="no-veto-arxiv-doi",
        ),
        pytest.param(
            entry(SHEEP, "Ada Lovelace", doi="10.1000/1"),
            entry(SHEEP, "Ada Lovelace", doi="10.5281/zenodo.1"),
            Match(CERTAIN, (SAME_TITLE,)),
            id="no-veto-zenodo-doi",
        ),
        pytest.param(
            entry(SHEEP, "Ada Lovelace", doi="10.1000/1"),
            entry(SHEEP, "Ada Lovelace", doi="10.1101/2020.01.01"),
            Match(CERTAIN, (SAME_TITLE,)),
            id="no-veto-biorxiv-doi",
        ),
        pytest.param(
            entry(SHEEP, "Ada Lovelace", "2015"),
            entry(SHEEP, "Alan Turing", "2022"),
            None,
            id="veto-years-with-the-title-alone",
        ),
        pytest.param(
            entry(SHEEP, "", "2015"),
            entry(SHEEP, "Alan Turing", "2017"),
            None,
            id="veto-years-without-creators",
        ),
        pytest.param(
            entry("Sheep Counting in Practise", "Ada Lovelace", "2015"),
            entry("Sheep Counting in Practice", "Ada Lovelace", "2022"),
            None,
            id="veto-years-with-a-near-title",
        ),
        pytest.param(
            entry("Editorial of This Issue", "Ada Lovelace", journaltitle="Sheep", volume="1"),
            entry("Editorial of This Issue", "Ada Lovelace", journaltitle="SHEEP", volume="2"),
            None,
            id="veto-volumes",
        ),
        pytest.param(
            entry(SHEEP, "Ada Lovelace", journaltitle="Sheep", pages="12--34"),
            entry(SHEEP, "Ada Lovelace", journaltitle="Sheep", pages="77--90"),
            None,
            id="veto-pages",
        ),
        pytest.param(
            entry(SHEEP, "Ada Lovelace", journaltitle="Sheep", pages="12--34"),
            entry(SHEEP, "Ada Lovelace", journaltitle="Sheep", pages="12-34"),
            Match(CERTAIN, (SAME_TITLE,)),
            id="no-veto-pages-written-otherwise",
        ),
        pytest.param(
            entry(SHEEP, "Ada Lovelace", journaltitle="Sheep", volume="1"),
            entry(SHEEP, "Ada Lovelace", journaltitle="Goats", volume="2"),
            Match(CERTAIN, (SAME_TITLE,)),
            id="no-veto-volumes-of-two-journals",
        ),
        pytest.param(
            entry(SHEEP, journaltitle="Sheep", volume="1", doi="10.1000/1"),
            entry(SHEEP, journaltitle="Sheep", volume="2", doi="10.1000/1"),
            Match(CERTAIN, ("The same DOI: 10.1000/1",)),
            id="no-veto-volumes-with-one-doi",
        ),
    ],
)
def test_compare(one: Entry, other: Entry, expected: Match | None) -> None:
    assert compare(Evidence(one), Evidence(other)) == expected
    turned = compare(Evidence(other), Evidence(one))
    assert (turned and turned.tier) == (expected and expected.tier)


_TITLES = st.sampled_from(
    [
        "",
        SHEEP,
        SHEEP.upper(),
        "Learning to Count Sheeps",
        "Learning to Count Sheep (Abstract)",
        "Part 1",
        "Part 2",
        "Goats",
        "Editorial",
    ]
)
_ENTRIES = st.builds(
    lambda title, names, year, abstract, fields: entry(
        title, ", ".join(names), year, abstract
    ).with_values(fields=fields),
    _TITLES,
    st.lists(st.sampled_from(["Ada Lovelace", "A. Lovelace", "Alan Turing", "OPAL"]), max_size=2),
    st.sampled_from(["", "2015", "2021-05", "2022"]),
    st.sampled_from(["", SHORT, TOLD, HALF, prose(2)]),
    st.dictionaries(
        st.sampled_from(
            ["doi", "eprint", "journaltitle", "booktitle", "volume", "number", "pages", "pmid"]
        ),
        st.sampled_from(
            [
                "10.1000/1",
                "10.1000/2",
                "10.48550/arXiv.1706.03762",
                "1706.03762",
                "12",
                "Proc. Sheep",
                "J. Goats",
            ]
        ),
        max_size=4,
    ),
)


@given(_ENTRIES, _ENTRIES)
def test_comparing_is_symmetric(one: Entry, other: Entry) -> None:
    a, b = Evidence(one), Evidence(other)
    there, back = compare(a, b), compare(b, a)
    assert (there and there.tier) == (back and back.tier)
    assert vetoed(a, b) == vetoed(b, a)
    assert not (vetoed(a, b) and there)


@given(_ENTRIES)
def test_an_entry_with_anything_to_tell_is_its_own_match(one: Entry) -> None:
    found = compare(Evidence(one), Evidence(one))
    if one.title and (one.creators or one.date):
        assert found is not None
        assert found.tier == CERTAIN


# --- rows into groups ---------------------------------------------------------------------


def placed(
    known: dict[int, Entry], *rows: Entry, distinct: tuple[tuple[int, int], ...] = ()
) -> list[object]:
    """Of each row: the known paper or, if new, the first row of its group; and its doubts."""
    groups = Groups(distinct)
    for entry_id, one in known.items():
        groups.add_known(entry_id, one)
    homes = [groups.place(i, Evidence(one)) for i, one in enumerate(rows)]
    told: list[object] = []
    for home in homes:
        group = groups.resolve(home.group)
        where = group.entry_id if group.entry_id is not None else f"row {min(group.rows)}"
        told.append((where, sorted(group.joined), [m.reasons for _g, m in home.doubts]))
    return told


def test_a_row_certain_of_two_papers_joins_them() -> None:
    known = {1: entry(abstract=TOLD), 2: entry(SHEEP, "Ada Lovelace", "2022")}
    both = entry(SHEEP, "Ada Lovelace", "2022", TOLD)
    assert placed(known, both) in ([(1, [2], [])], [(2, [1], [])])


def test_a_row_certain_of_two_new_ones_joins_them() -> None:
    rows = [
        entry(abstract=TOLD),
        entry(SHEEP, "Ada Lovelace"),
        entry(SHEEP, "Ada Lovelace", "", TOLD),
    ]
    for order in (rows, rows[::-1], [rows[1], rows[2], rows[0]]):
        assert placed({}, *order) == [("row 0", [], [])] * 3


def test_a_pair_called_distinct_is_never_joined() -> None:
    known = {1: entry(abstract=TOLD), 2: entry(SHEEP, "Ada Lovelace", "2022")}
    both = entry(SHEEP, "Ada Lovelace", "2022", TOLD)
    told = placed(known, both, distinct=((1, 2),))
    assert told in ([(1, [], [(SAME_TITLE,)])], [(2, [], [(WHOLE_ABSTRACT,)])])


def test_vetoed_papers_are_never_joined_by_a_row_between_them() -> None:
    known = {
        1: entry(SHEEP, "Ada Lovelace", doi="10.1000/1"),
        2: entry(SHEEP, "Ada Lovelace", doi="10.1000/2"),
    }
    assert placed(known, entry(SHEEP, "Ada Lovelace")) == [(1, [], [(SAME_TITLE,)])]


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_an_abstract_alone_does_not_join_papers_of_two_titles(order: tuple[int, int]) -> None:
    parts = {1: part("1", abstract=TOLD), 2: part("2", abstract=TOLD)}
    known = {i: parts[i] for i in order}
    told = placed(known, entry(abstract=TOLD))
    assert told == [(1, [], [(WHOLE_ABSTRACT,)])]


def test_a_likely_match_is_a_doubt_and_no_merge() -> None:
    known = {1: entry("Sheep Counting in Practise", "Ada Lovelace", "2022")}
    told = placed(known, entry("Sheep Counting in Practice", "Ada Lovelace", "2022"))
    assert told == [("row 0", [], [(NEARLY,)])]


# --- in the library -----------------------------------------------------------------------


def test_a_likely_match_is_marked_for_a_person(library: Library) -> None:
    put(library, row("Sheep Counting in Practise"))
    report = library.importing.run(
        pasted(page(row("Sheep Counting in Practice", abstract=prose(8))), "other.txt")
    )
    doubt = (
        "It may be the same as “Sheep Counting in Practise”: nearly the same title, "
        "and Ada Lovelace in both."
    )
    assert [(r.outcome, r.review) for r in report.records] == [("added", (doubt,))]
    assert report.sentence() == "1 found: 1 added, 1 to look at"
    found = report.records[0].entry_id or 0
    assert library.entries.get(found).attention == (doubt,)
    assert list(library.search.ids("has:attention")) == [found]
    library.entries.mark_reviewed([found])
    assert library.entries.get(found).attention == ()


def test_papers_kept_apart_stay_apart(library: Library) -> None:
    """A later row that is certain of both goes to one, and says that it may be the other."""
    told = prose(3)
    (untitled,) = put(library, f"LGMay 16, 2022\nAda Lovelace, Grace Hopper et al.\n{told}\n")
    titled = put(library, row(SHEEP, abstract=prose(9)), name="b.txt")[0]
    library.entries.keep_apart(untitled, titled)
    report = library.importing.run(pasted(page(row(SHEEP, abstract=told)), "c.txt"))
    assert report.merged == 1
    assert len(report.records[0].review) == 1
    assert sorted(library.search.ids()) == [untitled, titled]


def test_names_are_the_same_by_family_name_and_initial() -> None:
    (short, long) = people("A. Lovelace, Ada King Lovelace")
    assert Evidence(Entry(creators=(short,))).names == Evidence(Entry(creators=(long,))).names


@pytest.mark.parametrize(
    ("names", "other", "meet"),
    [
        ("Ada Lovelace, Grace Hopper", "A. Lovelace", True),
        ("Ada Lovelace", "Grace Hopper", False),
        ("Ada Lovelace", "", False),
    ],
    ids=["a name in both", "no name in both", "no names"],
)
def test_papers_of_one_field_are_not_all_compared(names: str, other: str, meet: bool) -> None:
    """Thousands of titles say "reinforcement learning"; comparing all of them takes minutes."""
    one = Evidence(entry("Reinforcement Learning of Sheep", names))
    two = Evidence(entry("Reinforcement Learning of Goats", other))
    assert set(one.fingerprint) & set(two.fingerprint)
    assert bool(set(keys(one)) & set(keys(two))) is meet


def test_what_says_the_same_as_another_is_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand editorials, or a thousand parts of a series, take about as many comparisons."""
    compared = 0

    def counted(one: Evidence, other: Evidence) -> tuple[bool, Match | None]:
        nonlocal compared
        compared += 1
        return weigh(one, other)

    monkeypatch.setattr(grouping, "weigh", counted)
    names = people("Ada Lovelace")
    for entries in (
        [Entry(title="Editorial") for _number in range(300)],
        [Entry(title=f"Number {i} of the sheep", creators=names) for i in range(300)],
    ):
        groups = grouping.Groups()
        compared = 0
        placed = [groups.place(i, Evidence(each)) for i, each in enumerate(entries)]
        assert len({id(groups.resolve(place.group)) for place in placed}) == 300
        assert compared < 600
