"""From pairs to clusters: what stands together, how sure, and what never does."""

from collections.abc import Collection, Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.library.clustering import APART, KEPT_APART, Pair, grouped, linked
from refman.library.matching import CERTAIN, LIKELY, POSSIBLE


def in_order(groups: Sequence[Collection[int]]) -> list[tuple[int, ...]]:
    return [tuple(sorted(group)) for group in groups]


def clusters(
    pairs: Collection[tuple[int, int, int]], apart: Collection[tuple[int, int]] = ()
) -> list[tuple[tuple[int, ...], int]]:
    found = grouped([Pair(*pair, ()) for pair in pairs], apart, in_order)
    return [(cluster.ids, cluster.tier) for cluster in found]


@pytest.mark.parametrize(
    ("pairs", "apart", "expected"),
    [
        pytest.param([], [], [], id="nothing"),
        pytest.param([(1, 2, CERTAIN)], [], [((1, 2), CERTAIN)], id="a-pair"),
        pytest.param(
            [(1, 2, CERTAIN), (2, 3, CERTAIN)], [], [((1, 2, 3), CERTAIN)], id="connected-are-one"
        ),
        pytest.param(
            [(5, 6, POSSIBLE), (3, 4, LIKELY), (1, 2, CERTAIN)],
            [],
            [((1, 2), CERTAIN), ((3, 4), LIKELY), ((5, 6), POSSIBLE)],
            id="the-surest-first",
        ),
        pytest.param(
            [(1, 2, LIKELY), (2, 3, POSSIBLE)],
            [],
            [((1, 2, 3), POSSIBLE)],
            id="as-sure-as-its-weakest-link",
        ),
        pytest.param(
            [(1, 2, LIKELY), (2, 3, LIKELY), (1, 3, POSSIBLE)],
            [],
            [((1, 2, 3), LIKELY)],
            id="links-that-are-not-needed-weaken-nothing",
        ),
        pytest.param(
            [(1, 2, CERTAIN), (2, 3, LIKELY)],
            [],
            [((1, 2), CERTAIN), ((1, 3), LIKELY)],
            id="the-certain-stand-by-themselves-and-their-first-for-all",
        ),
        pytest.param(
            [(1, 2, CERTAIN), (2, 3, CERTAIN), (1, 3, APART)],
            [],
            [((1, 2, 3), LIKELY)],
            id="a-veto-inside-leaves-it-to-a-person",
        ),
        pytest.param(
            [(1, 2, CERTAIN), (2, 3, LIKELY), (1, 3, APART)],
            [],
            [((1, 2), CERTAIN)],
            id="a-veto-against-one-of-the-certain-is-one-against-all",
        ),
        pytest.param([(1, 2, CERTAIN)], [(1, 2)], [], id="kept-apart"),
        pytest.param(
            [(1, 2, CERTAIN), (2, 3, CERTAIN), (1, 3, CERTAIN)],
            [(1, 3)],
            [((1, 2), LIKELY), ((2, 3), LIKELY)],
            id="kept-apart-in-a-larger-group",
        ),
        pytest.param(
            [(1, 2, CERTAIN), (2, 3, CERTAIN), (1, 3, KEPT_APART)],
            [],
            [((1, 2), LIKELY), ((2, 3), LIKELY)],
            id="kept-apart-by-what-they-say",
        ),
        pytest.param(
            [(1, 2, CERTAIN), (2, 3, LIKELY)],
            [(1, 3)],
            [((1, 2), CERTAIN)],
            id="kept-apart-from-one-of-the-certain-is-from-all",
        ),
        pytest.param(
            [(1, 2, CERTAIN), (3, 4, CERTAIN), (2, 3, LIKELY)],
            [(1, 4)],
            [((1, 2), CERTAIN), ((3, 4), CERTAIN)],
            id="kept-apart-are-two-clusters",
        ),
    ],
)
def test_clusters(
    pairs: list[tuple[int, int, int]],
    apart: list[tuple[int, int]],
    expected: list[tuple[tuple[int, ...], int]],
) -> None:
    assert clusters(pairs, apart) == expected


_PAIR = st.tuples(st.integers(1, 8), st.integers(9, 16)) | st.tuples(
    st.integers(1, 4), st.integers(5, 12)
)


@given(
    st.dictionaries(_PAIR, st.sampled_from([CERTAIN, LIKELY, POSSIBLE, APART]), max_size=25),
    st.sets(_PAIR, max_size=6),
)
def test_what_is_kept_apart_never_stands_together_and_the_order_plays_no_part(
    tiers: dict[tuple[int, int], int], apart: set[tuple[int, int]]
) -> None:
    pairs = [(*pair, tier) for pair, tier in tiers.items()]
    found = clusters(pairs, apart)
    assert clusters(sorted(pairs, reverse=True), sorted(apart)) == found
    for ids, tier in found:
        together = set(combinations(ids, 2))
        assert together.isdisjoint(apart)
        assert len(ids) > 1
        if tier == CERTAIN:
            assert sum(other == CERTAIN and not {*ids}.isdisjoint(o) for o, other in found) == 1
            assert not any(tiers.get(pair) == APART for pair in together)


@given(
    st.dictionaries(_PAIR, st.sampled_from([CERTAIN, LIKELY, POSSIBLE, APART]), max_size=25),
    st.sets(_PAIR, max_size=6),
)
def test_there_are_as_many_whichever_stands_for_the_others(
    tiers: dict[tuple[int, int], int], apart: set[tuple[int, int]]
) -> None:
    pairs = [Pair(*pair, tier, ()) for pair, tier in tiers.items()]
    certain, weaker = linked(pairs, apart)
    found = grouped(pairs, apart, lambda groups: [tuple(sorted(g))[::-1] for g in groups])
    assert [cluster.tier == CERTAIN for cluster in found] == (
        [True] * len(certain) + [False] * len(weaker)
    )
    firsts = {i: cluster.ids[0] for cluster in found[: len(certain)] for i in cluster.ids}
    for cluster in found[len(certain) :]:
        assert all(firsts.get(i, i) == i for i in cluster.ids)
