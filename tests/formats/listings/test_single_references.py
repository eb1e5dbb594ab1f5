"""Single references in the styles of journals, pages and lists, each with what it says.

The works are real. Forty-four rows were typed as they stand in papers and lists; the others
are fifty-six works written out in thirteen styles by one script, four styles each, so that both
parts share the styles. `learn` was looked at while the reader was written. Of `held` only the
figures were seen, but more than once, and some of its works stand in other samples.
`python -m tests.formats.listings.test_single_references` prints the figures, and with `learn`
the rows that are read wrong.
"""

import csv
import sys
from collections import Counter

import pytest

from refman.formats.listings import inline_markdown, reference
from refman.formats.listings.reference import Reference
from refman.model.creator import Creator, parse_name
from refman.model.text import fold
from tests.formats import engine

TABLE = engine.SAMPLES / "single_references.tsv"
PARTS = ("title", "creators", "year", "venue")


def rows(part: str) -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in table if row["part"] == part]


def read(text: str) -> Reference:
    inline = inline_markdown.read(text)
    return reference.read(inline.text, inline.title, inline.links)


def short(creator: Creator) -> str:
    """The family name and the first letter of the given one, which all styles have."""
    return fold(f"{creator.family_name} {creator.given[:1]}")


def expected(row: dict[str, str]) -> dict[str, object]:
    names = row["creators"].split("; ")
    truncated = names[-1] == "et al."
    people = [short(parse_name(name)) for name in names if name != "et al."]
    return {
        "title": row["title"],
        "creators": (people, truncated),
        "year": row["year"],
        "venue": row["venue"],
    }


def found(row: dict[str, str]) -> dict[str, object]:
    one = read(row["reference"])
    # "Systems 30" and "Systems", volume 30, are the same.
    numbered = f"{one.venue} {one.fields.get('volume', '')}"
    authors = [short(creator) for creator in one.creators if creator.role == "author"]
    return {
        "title": one.title,
        "creators": (authors, one.truncated),
        "year": one.date[:4],
        "venue": numbered if numbered == row["venue"] else one.venue,
    }


def figures(part: str) -> Counter[str]:
    """How many rows have each part right, all parts right, and are taken for references."""
    count: Counter[str] = Counter()
    for row in rows(part):
        right, got = expected(row), found(row)
        count["rows"] += 1
        for name in PARTS:
            count[name] += right[name] == got[name]
        count["all"] += right == got
        count["seen"] += read(row["reference"]).is_sure
    return count


@pytest.mark.parametrize(
    ("part", "least"),
    [
        ("learn", (187, 187, 187, 187, 187, 187, 186)),
        ("held", (81, 76, 76, 81, 76, 74, 80)),
    ],
)
def test_references_are_read_as_well_as_was_measured(part: str, least: tuple[int, ...]) -> None:
    got, names = figures(part), ("rows", *PARTS, "all", "seen")
    measured = dict(zip(names, least, strict=True))
    assert {name: got[name] for name in names if got[name] < measured[name]} == {}


def main(what: str = "") -> None:
    for part in ("learn", "held"):
        print(part, dict(figures(part)))  # noqa: T201 - it is what it is run for
    for row in rows(what):
        right, got = expected(row), found(row)
        if not read(row["reference"]).is_sure:
            print(row["style"], "not seen", "|", row["reference"])  # noqa: T201
        for name in PARTS:
            if right[name] != got[name]:
                print(row["style"], name, got[name], "|", row["reference"])  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
