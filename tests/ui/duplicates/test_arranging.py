"""Which groups are listed, and what is said of them."""

from collections import Counter

import pytest

from refman.library.clustering import Pair
from refman.library.duplicates import Cluster
from refman.library.matching import CERTAIN, LIKELY, POSSIBLE
from refman.ui.duplicates import wording
from refman.ui.duplicates.arranging import Arranged, Choice, arrange

DOI, TITLE = "The same DOI: 10.1/1", "Nearly the same title, and Ann Berg in both"
FIRST = Cluster((1, 2), (Pair(1, 2, CERTAIN, (DOI,)),), CERTAIN, "On Lists", False)
SECOND = Cluster((3, 4), (Pair(3, 4, LIKELY, (TITLE,)),), LIKELY, "On Séeds", True)
THIRD = Cluster(
    (5, 6, 7),
    (Pair(5, 6, POSSIBLE, ("Weak",)), Pair(6, 7, CERTAIN, (DOI,)), Pair(5, 7, LIKELY, (TITLE,))),
    POSSIBLE,
    "",
    False,
)
ALL = [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("choice", "found", "expected"),
    [
        pytest.param(Choice(), None, ALL, id="all"),
        pytest.param(Choice(tiers=frozenset((LIKELY,))), None, [SECOND], id="a tier"),
        pytest.param(Choice("seeds"), (), [SECOND], id="a title without its accents"),
        pytest.param(Choice("berg nearly"), (), [SECOND, THIRD], id="words of reasons"),
        pytest.param(Choice("author:x"), (4,), [SECOND], id="what the library finds"),
        pytest.param(Choice("lists", frozenset((LIKELY,))), (1,), [], id="both"),
    ],
)
def test_what_is_listed(
    choice: Choice, found: tuple[int, ...] | None, expected: list[Cluster]
) -> None:
    assert arrange(ALL, choice, found) == expected


def test_what_is_said_of_a_group() -> None:
    assert wording.note_of(FIRST) == f"Certain · 2 papers · {DOI}"
    assert wording.note_of(SECOND) == f"Likely · 2 papers · preprint and published · {TITLE}"
    assert wording.reasons_of(THIRD) == [DOI, TITLE, "Weak"]
    assert wording.title_of(THIRD) == "No title"


@pytest.mark.parametrize(
    ("made", "scanning", "stopped", "expected"),
    [
        pytest.param(Arranged(papers=1), False, False, "1 paper looked at", id="none"),
        pytest.param(
            Arranged(ALL, ALL, Counter({CERTAIN: 1, LIKELY: 1, POSSIBLE: 1}), 12408), False, False,
            "12,408 papers looked at · 3 groups: 1 certain, 1 likely, 1 possible", id="some",
        ),
        pytest.param(
            Arranged(ALL, [FIRST], Counter(), 9, 4), True, False,
            "Looking … · 5 of 9 papers looked at · 1 of 3 groups shown", id="scanning",
        ),
        pytest.param(
            Arranged(papers=9, unscanned=9), False, True,
            "Stopped · 0 of 9 papers looked at", id="stopped",
        ),
    ],
)  # fmt: skip
def test_the_summary(made: Arranged, scanning: bool, stopped: bool, expected: str) -> None:
    assert wording.summary(made, scanning=scanning, stopped=stopped) == expected
