"""`refman review`: what is printed of an import, and what is said of its rows."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Outcome, Refman

PAGE = """\
SOMay 16, 1951
Le SuicideÉmile Durkheim
Why people do what cannot be undone is counted here, country by country, and the sums say more
about the countries than about the people.
LGMay 2, 2022
A Table for the Seeds of Runs

Hugo Martin, Kim Park

A published number changes its rank when the seed does. We propose a table that shows it.
"""


@pytest.fixture(autouse=True)
def imported(refman: Refman, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE, encoding="utf-8")
    assert refman("import", file).status == 0


def test_doubtful_rows_are_listed(refman: Refman) -> None:
    assert refman("review", "1").out.splitlines() == [
        "1\tadded\tLe Suicide\tDurkheim",
        "\t? Where the title ends and the authors begin is not clear.",
        "\tor Le SuicideÉmile Durkheim | ",
    ]
    assert len(refman("review", "1", "--all").out.splitlines()) == 4


def test_rows_are_settled(refman: Refman) -> None:
    nothing = Outcome(0, "", "There is nothing to look at.\n")
    assert refman("review", "1", "--accept", "1") == Outcome(0, "", "Mark 1 row as right.\n")
    assert refman("review", "1") == nothing
    assert refman("review", "1", "--accept", "1").err == "These rows look right already.\n"
    assert refman("review", "1", "--leave-out", "2").err == "1 row left out.\n"
    assert refman("review", "1", "--leave-out", "2").err == "These rows are left out already.\n"
    assert len(refman("list").out.splitlines()) == 1
    assert refman("review", "1", "--take-in", "2", "--take-in", "1").err == "Take in 2 rows.\n"
    assert len(refman("list").out.splitlines()) == 2


def test_a_row_that_is_kept_is_told(refman: Refman) -> None:
    refman("tag", "add", "wool", "--query", "suicide")
    said = refman("review", "1", "--leave-out", "1").err
    assert said.startswith("0 rows left out. “Le Suicide” is kept: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("7",), "There is no import 7: see `refman imports`."),
        (("1", "--accept", "9"), "There is no row 9 in this import: it has 2."),
    ],
)
def test_what_is_not_there(refman: Refman, arguments: tuple[str, ...], message: str) -> None:
    outcome = refman("review", *arguments)
    assert (outcome.status, outcome.err) == (2, f"refman: {message}\n")


def test_a_row_that_an_import_merged_is_kept_apart(refman: Refman, tmp_path: Path) -> None:
    for name, journal in (("one", ""), ("two", " journal={Wool},")):
        said = f"title={{Counting Sheep}}, author={{Lovelace, Ada}},{journal} year=2001"
        text = f"@article{{{name}, {said}}}\n"
        (tmp_path / f"{name}.bib").write_text(text, encoding="utf-8")
        refman("import", tmp_path / f"{name}.bib")
    before = len(json.loads(refman("list", "--json").out))
    refused = refman("part", "one")
    assert (refused.status, "--keep-apart" in refused.err) == (2, True)
    assert refman("review", "3", "--keep-apart", "1").status == 0
    assert len(json.loads(refman("list", "--json").out)) == before + 1
