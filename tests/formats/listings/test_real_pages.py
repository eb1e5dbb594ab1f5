"""The four real pages beside this project against the truth about them, where they are."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

import pytest

from refman.formats.format import Row
from tests.formats import engine

TRUTH = engine.LISTINGS / "expected.json"
pytestmark = pytest.mark.skipif(
    not TRUTH.is_file(), reason="the real pages (../shared/listings) are not here"
)
PAGES = (
    "000_054a3ea104bf4a98.txt",
    "001_950d6e9bf8f53219.txt",
    "002_b2cf69f6302d259f.txt",
    "004_1858557719e60ffd.txt",
)
each_page = pytest.mark.parametrize("page", PAGES)


def truth() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(TRUTH.read_text(encoding="utf-8"))
    return found


def as_truth(row: Row) -> dict[str, Any]:
    """A row as the truth writes it: null where the page cannot say."""
    entry = row.entry
    return {
        "title": entry.title or None,
        "creators": [creator.full_name for creator in entry.creators],
        "creators_truncated": entry.creators_truncated if entry.creators else None,
        "affiliations": list(row.affiliations),
        "category_label": row.category_label,
        "date": entry.date or None,
        "year_given": row.year_given,
        "score": row.score,
        "code": row.code,
        "abstract_sha1": hashlib.sha1(entry.abstract.encode()).hexdigest(),
    }


@each_page
def test_every_field_of_every_row(page: str) -> None:
    text = engine.text_of(engine.LISTINGS / page)
    expected = [
        {name: value for name, value in row.items() if name not in {"listing", "paper"}}
        for row in truth()["rows"]
        if row["listing"] == page
    ]
    assert [as_truth(row) for row in engine.read(text).rows] == expected


@each_page
def test_the_header_and_nothing_else(page: str) -> None:
    found = engine.read(engine.text_of(engine.LISTINGS / page))
    assert asdict(found.header) == truth()["listings"][page]
    assert (found.problems, found.passed_over) == ([], [])


@each_page
def test_nothing_is_in_doubt(page: str) -> None:
    found = engine.read(engine.text_of(engine.LISTINGS / page))
    assert [row.review for row in found.rows if row.review] == []


def test_labels_are_settled_by_the_page() -> None:
    settled = {
        (row.category_label, row.category)
        for page in PAGES
        for row in engine.read(engine.text_of(engine.LISTINGS / page)).rows
        if row.category_label
    }
    assert settled == {
        ("AI", "cs.AI"),
        ("BM", "q-bio.BM"),
        ("CHEM-PH", "physics.chem-ph"),
        ("CL", "cs.CL"),
        ("CV", "cs.CV"),
        ("GT", "cs.GT"),
        ("LG", "cs.LG"),
        ("MA", "cs.MA"),
        ("MES-HALL", "cond-mat.mes-hall"),
        ("RO", "cs.RO"),
        ("SD", "cs.SD"),
    }
