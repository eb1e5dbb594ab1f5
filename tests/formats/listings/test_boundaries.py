"""Where a title ends that runs straight into its byline, on 585 labelled real ones.

Two thirds of 391 (`learn`) set the scores and the threshold, a third (`held`) was kept apart;
see tests/data/boundaries.tsv. Another part (`fresh`), of other fields and languages, came when
the rules had been made; its first run showed what they lacked. None is helped by an abstract, a
page or a library. What a title alone, a blank between and the bylines of others show was looked
at for all parts. `python -m tests.formats.listings.test_boundaries` prints the figures.
"""

import csv
import sys
from collections import Counter
from pathlib import Path

import pytest

from refman.formats.listings import byline

PARTS = ("learn", "held", "fresh")
TABLE = Path(__file__).parents[2] / "data" / "boundaries.tsv"


def rows(part: str) -> list[tuple[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["title"], row["byline"]) for row in table if row["part"] == part]


def outcome(title: str, people: str, line: str) -> str:
    found = byline.split(line)
    truth = byline.parse(people)
    exact = (found.title, found.names, found.truncated, found.affiliations) == (
        title, truth.names, truth.truncated, truth.affiliations
    )  # fmt: skip
    return f"{'exact' if exact else 'wrong'}{'' if found.is_sure else ', marked'}"


@pytest.mark.parametrize(
    ("part", "sure", "exact"), [("learn", 258, 261), ("held", 125, 129), ("fresh", 182, 192)]
)
def test_no_boundary_is_wrong_in_silence(part: str, sure: int, exact: int) -> None:
    """`sure` and `exact` are the figures that were measured, of 261, 130 and 194 rows."""
    found = Counter(outcome(t, people, t + people) for t, people in rows(part))
    assert found["wrong"] == 0
    assert found["exact"] >= sure
    assert found["exact"] + found["exact, marked"] >= exact


@pytest.mark.parametrize(
    ("parts", "exact", "wrong"),
    [(("learn", "held"), 0.98, 0.005), (PARTS, 0.97, 0.01)],
    ids=["learn and held", "with fresh"],
)
def test_titles_with_the_bylines_of_others(
    parts: tuple[str, ...], exact: float, wrong: float
) -> None:
    """Each title with ten bylines that are not its own: `exact` of them are right and sure at
    least, and `wrong` of them wrong and marked at most."""
    table = [row for part in parts for row in rows(part)]
    found = Counter(
        outcome(title, people, title + people)
        for i, (title, _) in enumerate(table)
        for _, people in (table[(7 * i + 13 * k) % len(table)] for k in range(1, 11))
    )
    assert found["wrong"] == 0
    assert found["exact"] >= exact * found.total()
    assert found["wrong, marked"] <= wrong * found.total()


@pytest.mark.parametrize("part", PARTS)
def test_with_a_blank_between_is_never_sure(part: str) -> None:
    """Where a blank ends the title, nothing tells it from the blanks before and after."""
    wrong = [
        (title, people)
        for title, people in rows(part)
        if outcome(title, people, f"{title} {people}") == "wrong"
    ]
    assert wrong == []


@pytest.mark.parametrize("part", PARTS)
def test_a_title_alone_gets_no_authors_in_silence(part: str) -> None:
    found = {title: byline.split(title) for title, _ in rows(part)}
    assert [title for title, split in found.items() if split.names and split.is_sure] == []


@pytest.mark.parametrize("part", PARTS)
def test_a_byline_alone_gets_no_title_in_silence(part: str) -> None:
    found = {people: byline.split(people) for _, people in rows(part)}
    wrong = [p for p, split in found.items() if split.title and split.names and split.is_sure]
    assert wrong == []


def test_the_set_is_large_and_a_third_is_held_out() -> None:
    learn, held = len(rows("learn")), len(rows("held"))
    assert learn + held >= 300
    assert held == (learn + held) // 3


def main() -> None:
    for part in PARTS:
        table = rows(part)
        found = Counter(outcome(title, people, title + people) for title, people in table)
        figures = ", ".join(f"{what}: {count}" for what, count in found.most_common())
        sys.stdout.write(f"{part}: {len(table)} rows; {figures}\n")


if __name__ == "__main__":
    main()
