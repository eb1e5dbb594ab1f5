"""Papers that are the same: what is shown of them, and what a person makes of it."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refman.errors import RefmanError, UsageError
from refman.library import Cluster, ComparedField, Library
from refman.library.matching import CERTAIN, LIKELY, POSSIBLE
from refman.progress import Cancelled, Progress
from tests.library.making import add, differing, people, prose, state
from tests.library.test_parting import papers_of

TITLE = "Learning to Count Sheep at Night"
NAMES = "Ada Lovelace, Grace Hopper"
GONE = 4711


def filled(library: Library) -> list[int]:
    """Papers 1 to 7: three that are certainly one, two that may be, and two alone."""
    ids = [add(library, TITLE, NAMES, "2022") for _each in range(3)]
    ids += [
        add(library, f"Goats of the {name}, a Guide", NAMES, "2021") for name in ("Alp", "Alps")
    ]
    ids += [add(library, "Cows"), add(library, "Hens")]
    library.duplicates.scan()
    return ids


def shown(library: Library) -> list[tuple[list[int], int]]:
    clusters = library.duplicates.clusters()
    assert library.duplicates.count() == len(clusters)
    return [(sorted(cluster.ids), cluster.tier) for cluster in clusters]


# --- what is shown ------------------------------------------------------------------------


def test_clusters(library: Library) -> None:
    filled(library)
    assert shown(library) == [([1, 2, 3], CERTAIN), ([4, 5], LIKELY)]
    certain, likely = library.duplicates.clusters()
    assert [cluster.title for cluster in (certain, likely)] == [TITLE, "Goats of the Alp, a Guide"]
    assert [(pair.first, pair.second) for pair in certain.pairs] == [(1, 2), (1, 3), (2, 3)]
    assert {pair.reasons for pair in certain.pairs} == {
        ("The same title, and Ada Lovelace in both",)
    }
    assert not certain.preprint


def test_the_best_comes_first(library: Library) -> None:
    """The one whose key is known outside, however young it is."""
    filled(library)
    library.citation_keys.give_out([3])
    assert library.duplicates.clusters()[0].ids[0] == 3


def test_without_a_title_it_is_called_as_its_abstract_begins(library: Library) -> None:
    for _each in "ab":
        add(library, abstract=prose(1))
    library.duplicates.scan()
    (cluster,) = library.duplicates.clusters()
    assert cluster.title == prose(1)[:60] + "…"


PREPRINT: dict[str, Any] = {"eprint": "1706.03762", "eprinttype": "arxiv"}


@pytest.mark.parametrize(
    ("one", "other", "preprint"),
    [
        ({}, {}, False),
        (PREPRINT, {"journaltitle": "Journal of Sheep"}, True),
        ({"doi": "10.48550/arXiv.1706.03762"}, {"doi": "10.1000/1"}, True),
        ({"journaltitle": "arXiv preprint"}, {"journaltitle": "Journal of Sheep"}, True),
        (PREPRINT, {}, False),
        ({"journaltitle": "Journal of Sheep"}, {"journaltitle": "Journal of Sheep"}, False),
    ],
    ids=["nothing", "arxiv", "dois", "venues", "one-preprint", "published"],
)
def test_a_preprint_and_its_published_version(
    library: Library, one: dict[str, Any], other: dict[str, Any], preprint: bool
) -> None:
    for values in (one, other):
        add(library, TITLE, NAMES, "2022", **values)
    library.duplicates.scan()
    (cluster,) = library.duplicates.clusters()
    assert cluster.preprint == preprint
    if preprint:
        assert cluster.ids == (2, 1)
        outcome = library.duplicates.compare(cluster.ids).outcome
        assert {**one, **other}.items() >= {
            name: value for name, value in outcome.fields.items() if name != "eprintclass"
        }.items()


def test_compare(library: Library) -> None:
    first = add(library, TITLE, NAMES, "2022", prose(1), doi="10.1000/1")
    second = add(library, TITLE.upper(), "A. Lovelace", "2022-05", volume="3", doi="10.1000/1")
    found = library.duplicates.compare([second, first])
    assert [details.entry.title for details in found.papers] == [TITLE.upper(), TITLE]
    fields = {field.name: field for field in found.fields}
    assert [*fields] == [
        "entry_type", "title", "creators", "date", "doi", "volume", "abstract", "citation_key",
    ]  # fmt: skip
    assert fields["doi"] == ComparedField("doi", ("10.1000/1",) * 2, False, "10.1000/1")
    assert fields["volume"] == ComparedField("volume", ("3", ""), True, "3")
    assert fields["abstract"] == ComparedField("abstract", ("", prose(1)), True, prose(1))
    assert fields["creators"].values == (people("A. Lovelace"), people(NAMES))
    library.duplicates.merge([second, first])
    assert library.entries.get(second).entry == found.outcome
    for field in fields.values():
        own = field.name if hasattr(found.outcome, field.name) else ""
        outcome = getattr(found.outcome, own) if own else found.outcome.fields[field.name]
        assert field.proposed == outcome


DEPOSITED: dict[str, Any] = {
    "date": "2021-05-03", "entry_type": "misc", "eprint": "2105.01234", "eprinttype": "arxiv",
    "eprintclass": "cs.LG", "journaltitle": "arXiv preprint arXiv:2105.01234",
    "doi": "10.48550/arXiv.2105.01234", "url": "https://arxiv.org/abs/2105.01234",
}  # fmt: skip
PUBLISHED: dict[str, Any] = {
    "date": "2022", "entry_type": "article", "journaltitle": "Journal of Rest", "volume": "7",
    "pages": "1--12", "doi": "10.5555/rest.7", "url": "https://example.org/7",
}  # fmt: skip


@pytest.mark.parametrize("names", [("preprint", "published"), ("published", "preprint")])
def test_the_published_fields_come_first_and_the_arxiv_id_is_kept(
    library: Library, names: tuple[str, str]
) -> None:
    said = {"preprint": DEPOSITED, "published": PUBLISHED}
    ids = {name: add(library, TITLE, "Ada Lovelace", **said[name]) for name in names}
    library.duplicates.scan()
    (cluster,) = library.duplicates.clusters()
    assert (cluster.ids, cluster.preprint) == ((ids["published"], ids["preprint"]), True)
    assert cluster.tier in (CERTAIN, LIKELY)
    proposed = library.duplicates.compare(cluster.ids).outcome
    library.duplicates.merge(cluster.ids)
    merged = library.entries.get(cluster.ids[0]).entry
    assert merged == proposed
    assert (merged.entry_type, merged.date) == ("article", "2022")
    assert {
        name: merged.fields[name] for name in PUBLISHED if name not in ("date", "entry_type")
    } == {name: PUBLISHED[name] for name in PUBLISHED if name not in ("date", "entry_type")}
    assert merged.fields["eprint"] == "2105.01234"


def test_what_changed_since_the_scan_is_not_merged_unasked(library: Library) -> None:
    first, second, *_others = filled(library)
    library.entries.edit(second, {"title": "Another Thing", "creators": people("Emmy Noether")})
    assert library.duplicates.merge_certain().entries == {first, 3}
    assert {first, second} <= {*library.search.ids()}


# --- merging ------------------------------------------------------------------------------


def test_merge_with_values(library: Library) -> None:
    ids = filled(library)
    before = state(library)
    changes = library.duplicates.merge(ids[:3], {"title": "Sheep", "note": "chosen"})
    assert changes.entries == {1, 2, 3}
    entry = library.entries.get(1).entry
    assert (entry.title, entry.fields["note"]) == ("Sheep", "chosen")
    assert list(library.search.ids()) == [7, 6, 5, 4, 1]
    library.history.undo()
    assert differing(before, state(library)) == set()


def test_merge_certain_is_one_step(library: Library) -> None:
    ids = filled(library)
    ids += [add(library, "Hens", NAMES), add(library, "Hens", NAMES)]
    library.duplicates.scan()
    steps, before = len(library.history.steps()), state(library)
    changes = library.duplicates.merge_certain()
    assert changes.message == "3 papers merged into 2."
    assert len(library.history.steps()) == steps + 1
    assert all(tier < CERTAIN for _ids, tier in shown(library))
    assert len(library.search.ids()) == len(ids) - 3
    library.history.undo()
    assert differing(before, state(library)) == set()
    library.history.redo()
    assert len(library.search.ids()) == len(ids) - 3
    assert library.duplicates.merge_certain().count == 0
    assert len(library.history.steps()) == steps + 1


def test_merge_certain_can_be_stopped(library: Library) -> None:
    filled(library)
    before = state(library)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        library.duplicates.merge_certain(progress)
    assert differing(before, state(library)) == set()


# --- keeping apart ------------------------------------------------------------------------


def test_keep_apart_every_two(library: Library) -> None:
    filled(library)
    changes = library.duplicates.keep_apart([1, 2, 3])
    assert sorted(changes.entries) == [1, 2, 3]
    assert shown(library) == [([4, 5], LIKELY)]
    library.duplicates.scan(everything=True)
    assert shown(library) == [([4, 5], LIKELY)]
    assert library.duplicates.keep_apart([1, 3, 1]).count == 0
    library.history.undo()
    library.duplicates.scan()
    assert shown(library) == [([1, 2, 3], CERTAIN), ([4, 5], LIKELY)]


def test_keep_apart_from_others(library: Library) -> None:
    """What stands on one side may still be one."""
    for number in range(3):  # not word for word the same
        add(
            library, TITLE, NAMES, "2022", note=str(number), doi=f"10.48550/arxiv.2101.0000{number}"
        )
    library.duplicates.scan()
    library.duplicates.keep_apart([1, 2], [3])
    for everything in (False, True):
        library.duplicates.scan(everything=everything)
        assert [ids for ids, _tier in shown(library)] == [[1, 2]]


@pytest.mark.parametrize(
    ("verb", "ids", "error"),
    [
        ("merge", [1], UsageError),
        ("merge", [1, 1], UsageError),
        ("merge", [1, GONE], RefmanError),
        ("compare", [1, GONE], RefmanError),
        ("keep_apart", [1, GONE], RefmanError),
    ],
)
def test_what_cannot_be(
    library: Library, verb: str, ids: Sequence[int], error: type[RefmanError]
) -> None:
    filled(library)
    before = state(library)
    with pytest.raises(error):
        getattr(library.duplicates, verb)(ids)
    assert differing(before, state(library)) == set()


# --- all of it together -------------------------------------------------------------------

_TITLES = (TITLE, TITLE + "s", "Goats of the Alps", "Cows of the Alps")
_PAPERS = st.lists(
    st.tuples(
        st.sampled_from(_TITLES),
        st.sampled_from([NAMES, "A. Lovelace", "Alan Turing", ""]),
        st.sampled_from(["", "2021", "2022"]),
        st.sampled_from(["", "10.1000/1", "10.1000/2"]),
        st.booleans(),
    ),
    min_size=2,
    max_size=7,
)
_PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=3)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(_PAPERS, _PAIRS)
def test_merging_the_certain_and_parting_them_gives_all_papers_back(
    tmp_path_factory: pytest.TempPathFactory,
    papers: list[tuple[str, str, str, str, bool]],
    apart: list[tuple[int, int]],
) -> None:
    library = Library.open(tmp_path_factory.mktemp("merge") / "library.refman", create=True)
    try:
        ids = []
        for title, names, year, doi, tagged in papers:
            ids.append(add(library, title, names, year, **({"doi": doi} if doi else {})))
            if tagged:
                library.tags.add(f"of {ids[-1]}", ids[-1:])
                library.annotations.add_note(ids[-1], f"note of {ids[-1]}")
        for one, other in apart:
            if max(one, other) < len(ids) and one != other:
                library.duplicates.keep_apart([ids[one], ids[other]])
        library.duplicates.scan()
        assert library.duplicates.count() == len(library.duplicates.clusters())
        before, found = papers_of(library), library.duplicates.clusters()
        library.duplicates.merge_certain()
        assert len(library.search.ids()) == len(ids) - _gone(found)
        for entry_id in list(library.search.ids()):
            for joined in library.duplicates.parts(entry_id):
                library.duplicates.part(joined.uuid, apart=False)
        assert papers_of(library) == before
        library.duplicates.scan()
        assert len(library.duplicates.clusters()) == len(found)
    finally:
        library.close()


def _gone(found: Sequence[Cluster]) -> int:
    assert {cluster.tier for cluster in found} <= {CERTAIN, LIKELY, POSSIBLE}
    return sum(len(cluster.ids) - 1 for cluster in found if cluster.tier == CERTAIN)
