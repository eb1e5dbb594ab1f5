"""A preprint and its published version, seen on pages in any order: one paper, published first."""

from itertools import permutations
from typing import Any

import pytest

from refman.library.merging import resolve
from refman.library.publications import is_publication
from refman.library.records import Seen
from refman.model.entry import Entry
from tests.library.making import entry


@pytest.mark.parametrize(
    ("venue", "expected"),
    [
        ("Journal of Machine Learning Research", True),
        ("Proceedings of the 38th International Conference on Machine Learning", True),
        ("Corrosion Science", True),
        ("", False),
        ("arXiv", False),
        ("arXiv preprint arXiv:2105.01234", False),
        ("CoRR", False),
        ("CoRR abs/2105.01234", False),
        ("bioRxiv", False),
        ("medRxiv : the preprint server for health sciences", False),
        ("SSRN Electronic Journal", False),
        ("Computing Research Repository", False),
    ],
)
def test_is_publication(venue: str, *, expected: bool) -> None:
    assert is_publication(venue) == expected


JOURNAL: dict[str, Any] = {
    "title": "Counting Sheep", "date": "2022", "entry_type": "article",
    "journaltitle": "Journal of Rest", "volume": "7", "pages": "1--12", "doi": "10.5555/rest.7",
    "url": "https://example.org/7",
}  # fmt: skip
TALK: dict[str, Any] = {
    "title": "Counting Sheep", "date": "2022", "entry_type": "inproceedings",
    "booktitle": "Proceedings of Sleep", "pages": "3--9",
}  # fmt: skip
ARXIV = {"eprint": "2105.01234", "eprinttype": "arxiv"}


@pytest.mark.parametrize(
    ("sightings", "expected"),
    [
        pytest.param(
            [
                JOURNAL,
                {
                    "title": "Counting Many Sheep, Slowly",
                    "date": "2021-05-03",
                    "doi": "10.48550/arXiv.2105.01234",
                    "url": "https://arxiv.org/abs/2105.01234",
                    **ARXIV,
                    "eprintclass": "cs.LG",
                    "journaltitle": "arXiv preprint",
                },
            ],
            JOURNAL | ARXIV | {"eprintclass": "cs.LG"},
            id="published-fields-first-and-the-arxiv-id",
        ),
        pytest.param(
            [JOURNAL, {"title": "Counting Sheep", "doi": "10.48550/arXiv.2105.01234"}],
            JOURNAL | ARXIV,
            id="the-copy-s-doi-becomes-the-eprint",
        ),
        pytest.param(
            [TALK, {"title": "Counting Sheep", "journaltitle": "CoRR", "volume": "abs/2105.01234"}],
            TALK | ARXIV,
            id="no-place-in-a-repository-beside-a-venue",
        ),
        pytest.param(
            [JOURNAL, {"title": "Counting Sheep", "doi": "10.1101/2021.05.03.442123"}],
            JOURNAL | {"eprint": "10.1101/2021.05.03.442123", "eprinttype": "biorxiv"},
            id="biorxiv",
        ),
        pytest.param(
            [JOURNAL, *2 * [{"title": "Counting Sheep!", "date": "2021", "url": "https://a.org"}]],
            JOURNAL,
            id="one-that-is-published-over-many-that-are-not",
        ),
        pytest.param(
            [JOURNAL, {"title": "Counting Sheep", "date": "2022-01-09", **ARXIV}],
            JOURNAL | ARXIV,
            id="the-day-of-a-copy-is-not-that-of-the-paper",
        ),
        pytest.param(
            [
                JOURNAL,
                ARXIV | {"title": "Counting Sheep", "eprint": "2105.01234v2"},
                ARXIV | {"title": "Counting Sheep", "eprintclass": "cs.LG"},
            ],
            JOURNAL | ARXIV | {"eprint": "2105.01234v2", "eprintclass": "cs.LG"},
            id="the-class-of-another-version",
        ),
        pytest.param(
            [
                {"title": "Counting Sheep", "doi": "10.48550/arXiv.2105.01234", "date": "2021"},
                {"title": "Counting Sheep", "doi": "10.5555/rest.7", "date": "2021"},
            ],
            {"title": "Counting Sheep", "date": "2021", "doi": "10.5555/rest.7", **ARXIV},
            id="a-publisher-s-doi-over-a-repository-s",
        ),
        pytest.param(
            [
                {"title": "Counting Sheep", "journaltitle": "arXiv", **ARXIV},
                {"title": "Counting Sheep", "date": "2021"},
            ],
            {"title": "Counting Sheep", "date": "2021", "journaltitle": "arXiv", **ARXIV},
            id="nothing-published",
        ),
    ],
)
def test_in_any_order(sightings: list[dict[str, Any]], expected: dict[str, Any]) -> None:
    wanted = entry(**expected)
    seen = [Seen(entry(**said)) for said in sightings]
    for some in permutations(seen):
        found: Entry = resolve(some).entry
        assert found == wanted
