"""Looking for duplicates: what is found, of whom, and with how much work."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from refman.db import schema
from refman.library import Library, scanning
from refman.library.evidence import Evidence
from refman.library.matching import CERTAIN, LIKELY, POSSIBLE, Match, weigh
from refman.progress import Cancelled, Progress
from tests.library.making import add, entry, prose, put, row

NAMES = "Ada Lovelace, Grace Hopper"
TITLE = "Learning to Count Sheep at Night"


def pairs(library: Library) -> list[tuple[int, int, int]]:
    of = schema.duplicate.c
    with library.database.read() as connection:
        query = select(of.first, of.second, of.tier).order_by(of.first, of.second)
        return [(first, second, tier) for first, second, tier in connection.execute(query)]


def found(library: Library, *, everything: bool = False) -> list[tuple[int, int, int]]:
    library.duplicates.scan(everything=everything)
    return pairs(library)


# --- what is found ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "tier"),
    [
        pytest.param(
            entry("Sheep", doi="10.1000/1"),
            entry("Sheep", doi="https://doi.org/10.1000/1"),
            CERTAIN,
            id="an-identifier",
        ),
        pytest.param(entry(TITLE, NAMES), entry(TITLE.upper(), "A. Lovelace"), CERTAIN, id="title"),
        pytest.param(
            entry("", abstract=prose(1)), entry("", abstract=prose(1)), CERTAIN, id="abstract"
        ),
        pytest.param(
            entry(TITLE, NAMES, "2022"), entry(TITLE + "s", NAMES, "2022"), LIKELY, id="near-title"
        ),
        pytest.param(
            entry("Introduction", NAMES), entry("Introduction"), POSSIBLE, id="title-alone"
        ),
        pytest.param(entry(TITLE, NAMES), entry("Goats and Cows", NAMES), None, id="other-titles"),
        pytest.param(
            entry(TITLE, NAMES, doi="10.1000/1"),
            entry(TITLE, NAMES, doi="10.1000/2"),
            None,
            id="a-veto",
        ),
    ],
)
def test_what_is_found(library: Library, one: Any, other: Any, tier: int | None) -> None:
    library.entries.add(one)
    library.entries.add(other)
    assert found(library) == ([(1, 2, tier)] if tier else [])
    clusters = library.duplicates.clusters()
    assert [cluster.tier for cluster in clusters] == ([tier] if tier else [])
    assert all(pair.reasons for cluster in clusters for pair in cluster.pairs)


def test_nothing_to_look_at(library: Library) -> None:
    assert library.duplicates.scan().count == 0
    assert library.duplicates.scan(everything=True).message == "No duplicates found."


def test_what_is_told(library: Library) -> None:
    for title in (TITLE, TITLE, TITLE + "s"):
        add(library, title, NAMES, "2022")
    changes = library.duplicates.scan()
    assert (changes.count, changes.entries) == (3, frozenset())
    assert changes.message == "Duplicates: 1 certain, 1 to look at."
    assert library.duplicates.scan(everything=True).count == 0
    assert [step.label for step in library.history.steps()] == ["Add paper"] * 3


# --- only what is new or changed ----------------------------------------------------------


@pytest.fixture
def looked_at(library: Library, monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """Which papers each scan looked at, in a library of many."""
    scans: list[list[int]] = []
    scan = scanning.scan

    def noted(*args: Any, **options: Any) -> scanning.Found:
        result = scan(*args, **options)
        scans.append(list(result.ids))
        return result

    for number in range(20):
        add(library, f"{TITLE}, Part {number}", NAMES, abstract=prose(number))
    library.duplicates.scan()
    monkeypatch.setattr(scanning, "scan", noted)
    return scans


def test_only_what_is_new_or_changed(library: Library, looked_at: list[list[int]]) -> None:
    new = add(library, TITLE + ", Part 3", NAMES)
    assert found(library) == [(4, new, CERTAIN)]
    library.duplicates.scan()
    library.tags.add("wool", [4])
    library.duplicates.scan()
    library.entries.edit(new, {"title": TITLE + ", Part 5"})
    assert found(library) == [(6, new, CERTAIN)]
    library.history.undo()
    assert found(library) == [(4, new, CERTAIN)]
    library.history.undo()
    library.history.undo()  # and with it the paper is gone
    assert library.duplicates.unscanned() == 0
    assert found(library) == []
    assert looked_at == [[new], [], [], [new], [new], []]


def test_of_an_import_only_what_came(library: Library, looked_at: list[list[int]]) -> None:
    ids = put(library, row("Goats of the Alps"), row("Cows of the Alps"), row("Goats of Alps"))
    library.duplicates.scan()
    assert looked_at == [ids]


def test_everything(library: Library, looked_at: list[list[int]]) -> None:
    library.duplicates.scan(everything=True)
    assert looked_at == [list(range(1, 21))]


def test_what_was_merged_is_looked_at_again(library: Library) -> None:
    """A third that was like the one that is gone is like the one that was kept."""
    ids = [add(library, TITLE, NAMES), add(library, "Goats"), add(library, TITLE, "A. Lovelace")]
    assert found(library) == [(ids[0], ids[2], CERTAIN)]
    library.duplicates.merge([ids[1], ids[0]], {"title": TITLE})
    assert found(library) == [(ids[1], ids[2], CERTAIN)]


def test_what_came_may_contradict_what_was_linked_before(
    library: Library, looked_at: list[list[int]]
) -> None:
    """A third is certainly one of two that are certainly the same, and cannot be the other."""
    title = "Goats of the Alps, a Guide for Walkers"
    two = [add(library, title, NAMES, "2022", doi="10.1000/1"), add(library, title, NAMES, "2022")]
    library.duplicates.scan()
    assert [(each.tier, sorted(each.ids)) for each in library.duplicates.clusters()] == [
        (CERTAIN, two)
    ]
    third = add(library, title, NAMES, "2022", doi="10.1000/2")
    library.duplicates.scan()
    assert looked_at[-1] == [third]
    assert all(cluster.tier < CERTAIN for cluster in library.duplicates.clusters())
    assert library.duplicates.merge_certain().count == 0


_CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["add", "edit", "apart", "merge", "delete", "undo", "redo", "scan"]),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=14,
)
_TITLES = (TITLE, TITLE + "s", TITLE + ", Part 1", "Goats of the Alps", "", TITLE.upper())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(_CHANGES)
def test_looking_only_at_what_changed_finds_all(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, int, int]]
) -> None:
    """Whatever was done, and undone, between two looks."""
    library = Library.open(tmp_path_factory.mktemp("scan") / "library.refman", create=True)
    try:
        for number in range(12):  # so many that not all are looked at
            add(library, f"Nothing like it {number * 7919}", "Alan Turing")
        first = [add(library, title, NAMES, "2022") for title in _TITLES[:3]]
        library.duplicates.scan()
        for verb, one, other in changes:
            ids = [i for i in library.search.ids() if i >= first[0]] or [first[0]]
            paper, another = ids[one % len(ids)], ids[other % len(ids)]
            _do(library, verb, paper, another, _TITLES[other])
        partly = found(library)
        assert library.duplicates.unscanned() == 0
        assert found(library, everything=True) == partly
    finally:
        library.close()


def _do(library: Library, verb: str, paper: int, another: int, title: str) -> None:
    verbs: dict[str, Callable[[], object]] = {
        "add": lambda: add(library, title, NAMES, "2022"),
        "edit": lambda: library.entries.edit(paper, {"title": title}),
        "apart": lambda: library.duplicates.keep_apart([paper, another]),
        "merge": lambda: paper != another and library.duplicates.merge([paper, another]),
        "delete": lambda: (library.entries.trash([paper]), library.entries.empty_trash()),
        "undo": lambda: len(library.history.steps()) > 15 and library.history.undo(),
        "redo": library.history.redo,
        "scan": library.duplicates.scan,
    }
    if verb in ("add", "undo", "redo", "scan") or paper in library.search.ids():
        verbs[verb]()


# --- papers in the trash, and Undo --------------------------------------------------------


def test_papers_in_the_trash(library: Library) -> None:
    """They are in no cluster; restored, they are in theirs again without another scan."""
    ids = [add(library, TITLE, NAMES) for _each in "ab"]
    library.entries.trash(ids[:1])
    library.duplicates.scan()
    assert (library.duplicates.clusters(), library.duplicates.count()) == ([], 0)
    assert library.duplicates.merge_certain().count == 0
    library.entries.restore(ids[:1])
    assert library.duplicates.count() == 1
    library.entries.trash(ids[:1])
    library.entries.empty_trash()
    assert pairs(library) == []


def test_undo_after_a_scan(library: Library) -> None:
    """The scan is no step: Undo takes back what a person did before it."""
    add(library, TITLE, NAMES)
    second = add(library, TITLE, NAMES)
    library.duplicates.scan()
    library.history.undo()
    assert (list(library.search.ids()), pairs(library)) == ([1], [])
    library.history.redo()
    assert (library.duplicates.unscanned(), pairs(library)) == (1, [])
    assert found(library) == [(1, second, CERTAIN)]


# --- progress -----------------------------------------------------------------------------


class Stopping(Progress):
    """Cancelled at the `at`-th look at whether it was."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.looks = 0
        self._at = at

    def check(self) -> None:
        self.looks += 1
        if self.looks == self._at:
            self.cancel()
        super().check()


def test_cancelled_wherever_it_is_nothing_is_noted(library: Library) -> None:
    for title in (TITLE, TITLE, "Goats", TITLE):
        add(library, title, NAMES, "2022")
    library.duplicates.scan()
    before = pairs(library)
    library.entries.edit(3, {"title": TITLE})
    counting = Stopping(0)
    with library.database.read() as connection:
        scanning.scan(connection, counting, everything=True)
    assert counting.looks > 10
    for at in range(1, counting.looks + 1):
        with pytest.raises(Cancelled):
            library.duplicates.scan(Stopping(at), everything=True)
        assert (pairs(library), library.duplicates.unscanned()) == (before, 1)
    assert len(found(library)) == 6


def test_progress_comes_to_its_end(library: Library) -> None:
    for title in (TITLE, TITLE, "Goats"):
        add(library, title, NAMES)
    stages: list[tuple[str, int, int]] = []

    class Told(Progress):
        def start(self, text: str, total: int = 0) -> None:
            stages.append((self.text, self.done, self.total))
            super().start(text, total)

    library.duplicates.scan(Told())
    assert [text for text, _done, _total in stages[1:]] == [
        "Looking for duplicates",
        "Looking for duplicates",
        "Comparing papers",
    ]
    assert all(done == total > 0 for _text, done, total in stages[1:])


# --- how much work it is ------------------------------------------------------------------


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Every two that are compared."""
    calls: list[tuple[str, str]] = []

    def counted(one: Evidence, other: Evidence) -> tuple[bool, Match | None]:
        calls.append((one.entry.title, other.entry.title))
        return weigh(one, other)

    monkeypatch.setattr(scanning, "weigh", counted)
    return calls


SHARED = {
    "a-phrase": lambda n: entry(
        f"Title of its own {n * 7919}",
        f"Family{n} Given",
        abstract="In this paper we show that what was thought of old is not so. " + prose(n),
    ),
    "a-title": lambda n: entry("Introduction", f"Ada Family{n}", str(1900 + n)),
    "a-title-and-nothing-else": lambda n: entry("Editorial", journaltitle=f"Journal {n}"),
    "an-identifier": lambda n: entry(f"Chapter {n * 7919}", f"A. F{n}", doi="10.1000/1"),
    "a-name-and-some-words": lambda n: entry(
        f"Reinforcement learning for {prose(n, 1)}", "Ada Lovelace"
    ),
}


EACH = 11  # comparisons for each paper, on the average


@pytest.mark.parametrize("everything", [True, False], ids=["everything", "what-came"])
@pytest.mark.parametrize("kind", SHARED)
def test_what_many_share_is_compared_with_few(
    library: Library, compared: list[tuple[str, str]], kind: str, everything: bool
) -> None:
    """The comparisons are so many for each paper, however many papers there are."""
    for start in (0, 100):
        for number in range(start, start + 100):
            library.entries.add(SHARED[kind](number))
        compared.clear()
        library.duplicates.scan(everything=everything)
        assert 0 < len(compared) <= EACH * (start + 100)


def test_word_for_word_copies_are_found_however_many_share_a_phrase(library: Library) -> None:
    for _each in range(30):
        add(library, abstract="In this paper we show what is not so. " + prose(1))
    last = add(library, "Goats", abstract=prose(2))
    library.duplicates.scan()
    (cluster,) = library.duplicates.clusters()
    assert sorted(cluster.ids) == list(range(1, last))
