"""The arXiv taxonomy: whole, and what a bare label stands for."""

import pytest

from refman.model.arxiv_categories import (
    ALIASES,
    ARCHIVES,
    CATEGORIES,
    LABELS,
    archive_of,
    archives_of,
    candidates,
    label_of,
    resolve,
)


def test_the_taxonomy_is_whole() -> None:
    """As many as https://arxiv.org/category_taxonomy lists, by archive."""
    count = dict.fromkeys(ARCHIVES, 0)
    for category in CATEGORIES:
        count[archive_of(category)] += 1
    assert count == {
        "astro-ph": 6, "cond-mat": 9, "cs": 40, "econ": 3, "eess": 4, "gr-qc": 1, "hep-ex": 1,
        "hep-lat": 1, "hep-ph": 1, "hep-th": 1, "math": 32, "math-ph": 1, "nlin": 5, "nucl-ex": 1,
        "nucl-th": 1, "physics": 22, "q-bio": 10, "q-fin": 9, "quant-ph": 1, "stat": 6,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("LG", ("cs.LG",)),
        ("lg", ("cs.LG",)),
        ("cs.LG", ("cs.LG",)),
        ("CS.LG", ("cs.LG",)),
        ("MES-HALL", ("cond-mat.mes-hall",)),
        ("QUANT-PH", ("quant-ph",)),
        ("CHEM-PH", ("physics.chem-ph",)),
        ("CV", ("cs.CV", "math.CV")),
        ("AP", ("math.AP", "stat.AP")),
        ("GT", ("cs.GT", "math.GT")),
        ("CO", ("astro-ph.CO", "math.CO", "stat.CO")),
        ("ST", ("math.ST", "q-fin.ST")),
        ("QQ", ()),
        ("", ()),
    ],
)
def test_candidates(label: str, expected: tuple[str, ...]) -> None:
    assert candidates(label) == expected


@pytest.mark.parametrize(
    ("label", "evidence", "expected"),
    [
        pytest.param("LG", [], "cs.LG", id="one category needs no evidence"),
        pytest.param("LG", [{"math"}], "cs.LG", id="and none is against it"),
        pytest.param("CV", [], None, id="open"),
        pytest.param("CV", [{"cs"}], "cs.CV", id="settled"),
        pytest.param("CV", [{"cs", "q-bio"}], "cs.CV", id="by the one that matters"),
        pytest.param("CV", [{"cs", "math"}], None, id="no agreement"),
        pytest.param("CV", [{"math"}, {"cs"}], "math.CV", id="the first evidence decides"),
        pytest.param("CV", [{"q-bio"}, {"cs"}], "cs.CV", id="if it says anything"),
        pytest.param("CO", [{"stat"}], "stat.CO", id="of three"),
        pytest.param("IT", [], "cs.IT", id="two names of one category"),
        pytest.param("SY", [{"cs"}], "cs.SY", id="the name of the page"),
        pytest.param("QQ", [{"cs"}], None, id="unknown"),
    ],
)
def test_resolve(label: str, evidence: list[set[str]], expected: str | None) -> None:
    assert resolve(label, *evidence) == expected


def test_archives_of_clear_labels_only() -> None:
    assert archives_of(["LG", "CV", "BM", "QQ", ""]) == {"cs", "q-bio"}


def test_every_category_is_found_by_its_label_and_its_archive() -> None:
    for category in CATEGORIES:
        assert category in LABELS[label_of(category)]
        assert resolve(label_of(category), {archive_of(category)}) == category


def test_aliases_lead_to_categories() -> None:
    assert set(ALIASES.values()) <= CATEGORIES
