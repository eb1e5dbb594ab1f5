"""Labelled pairs of records, each with the least and the most that they may be held for.

Each line of tests/data/duplicates/*.tsv is a pair: the facts are of real works or made like them.
A name list that ends in "et al." is truncated; fields are `name=value`, parted by semicolons.
"""

import csv
from pathlib import Path

import pytest

from refman.library.evidence import Evidence
from refman.library.matching import CERTAIN, LIKELY, POSSIBLE, compare, vetoed
from refman.model.creator import parse_name
from refman.model.entry import Entry

FOLDER = Path(__file__).parents[1] / "data" / "duplicates"
VERSIONS = "But one is at a conference and the other in a journal, of 1996 and 1999: two versions?"
TIERS = {"none": 0, "possible": POSSIBLE, "likely": LIKELY, "certain": CERTAIN}


def record(title: str, names: str, date: str, said: str) -> Entry:
    fields = dict(field.split("=", 1) for field in said.split("; ") if field)
    bare = names.removesuffix(" et al.")
    return Entry(
        fields.pop("type", "misc"),
        title=title,
        creators=tuple(parse_name(name) for name in bare.split(", ") if name),
        creators_truncated=bare != names,
        date=date,
        fields=fields,
    )


def pairs() -> list[object]:
    found: list[object] = []
    for path in sorted(FOLDER.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            next(rows)
            for name, least, most, *values in rows:
                found.append(
                    pytest.param(
                        record(*values[:4]),
                        record(*values[4:]),
                        TIERS[least],
                        TIERS[most],
                        id=f"{path.stem}: {name}",
                    )
                )
    return found


@pytest.mark.parametrize(("one", "other", "least", "most"), pairs())
def test_a_pair_is_held_for_no_more_and_no_less(
    one: Entry, other: Entry, least: int, most: int
) -> None:
    there = compare(Evidence(one), Evidence(other))
    back = compare(Evidence(other), Evidence(one))
    assert least <= (there.tier if there else 0) <= most
    assert (there and there.tier) == (back and back.tier)


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        pytest.param(
            ("Optimization of Queries with Predicates", "Kyuseok Shim", "1996", "booktitle=VLDB"),
            ("Optimization of Queries with Predicates", "Kyuseok Shim", "1999",
             "journaltitle=TODS"),
            ("The same title, and Kyuseok Shim in both",
             VERSIONS),
            id="versions",
        ),
        pytest.param(
            ("Boosting Decision Trees with Margins", "Chih-Jen Lin", "1999", "booktitle=ICML"),
            ("Boosting Decision Trees with Margins", "Chih-Jen Lin", "2002", "booktitle=COLT"),
            ("The same title, and Chih-Jen Lin in both", "But the years are 1999 and 2002"),
            id="years",
        ),
        pytest.param(
            ("Editorial", "Ada Lovelace", "2001", ""),
            ("Editorial", "A. Lovelace", "2001", ""),
            ("The same title, and Ada Lovelace in both", "But a title like this recurs"),
            id="a-title-that-recurs",
        ),
        pytest.param(
            ("Engines for Patterns", "Ada Lovelace", "2001", "doi=10.1000/1"),
            ("The Price of Water", "Alan Turing", "1999", "doi=10.1000/1"),
            ("The same DOI: 10.1000/1",
             "But the titles are different: “Engines for Patterns” and “The Price of Water”"),
            id="a-wrong-identifier",
        ),
        pytest.param(
            ("Engines that Weave Patterns", "Ada Lovelace, B B, C C, D D, E E", "2001", ""),
            ("Engines that Weave Patterns", "Ada Lovelace, F F, G G, H H, I I", "2001", ""),
            ("The same title, and Ada Lovelace in both",
             "But of 5 and 5 names only 1 is in both"),
            id="one-of-many",
        ),
    ],
)  # fmt: skip
def test_what_is_said(
    one: tuple[str, ...], other: tuple[str, ...], reasons: tuple[str, ...]
) -> None:
    match = compare(Evidence(record(*one)), Evidence(record(*other)))
    assert match is not None
    assert (match.tier, match.reasons) == (LIKELY, reasons)


def test_there_are_pairs_in_both_directions() -> None:
    limits = [(values.values[2], values.values[3]) for values in pairs()]  # type: ignore[attr-defined]
    assert len(limits) >= 150
    assert {(least, most) for least, most in limits if least == most} >= {
        (tier, tier) for tier in TIERS.values()
    }


def test_a_veto_is_no_match() -> None:
    one = record("Engines that Weave Patterns", "Ada Lovelace", "2001", "doi=10.1000/1")
    other = record("Engines that Weave Patterns", "Ada Lovelace", "2001", "doi=10.1000/2")
    assert vetoed(Evidence(one), Evidence(other))
    assert compare(Evidence(one), Evidence(other)) is None
