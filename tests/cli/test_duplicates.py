"""`refman duplicates`, `keep-apart` and `part`: what is printed, and what is done."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Outcome, Refman

BIB = """\
@article{one, title = {Counting Sheep at Night}, author = {Lovelace, Ada}, year = 2020}
@article{two, title = {Counting Sheeps at Night}, author = {Lovelace, Ada}, year = 2020}
@article{goats, title = {Goats of the Alps}, author = {Hopper, Grace}, year = 1999}
"""
GROUP = ["likely\tNearly the same title, and Ada Lovelace in both",
         "\tone\tCounting Sheep at Night", "\ttwo\tCounting Sheeps at Night"]  # fmt: skip
NOT_LOOKED = "Not looked at yet: 3 papers. `refman duplicates --scan` does.\n"


@pytest.fixture(autouse=True)
def imported(refman: Refman, tmp_path: Path) -> None:
    file = tmp_path / "sheep.bib"
    file.write_text(BIB, encoding="utf-8")
    assert refman("import", file).status == 0


def test_what_may_be_the_same_is_listed(refman: Refman) -> None:
    before = refman("duplicates")
    assert before == Outcome(0, "", "No duplicates are known.\n" + NOT_LOOKED)
    looked = refman("duplicates", "--scan")
    assert looked.out.splitlines() == GROUP
    assert looked.err == "Duplicates: 0 certain, 1 to look at.\n"
    again = refman("duplicates")
    assert (again.out.splitlines(), again.err) == (GROUP, "")
    assert refman("duplicates", "--all-again") == looked


def test_for_programs(refman: Refman) -> None:
    printed = json.loads(refman("duplicates", "--scan", "--json").out)
    assert printed == [
        {
            "tier": "likely",
            "title": "Counting Sheep at Night",
            "preprint": False,
            "papers": [
                {"citation-key": "one", "title": "Counting Sheep at Night"},
                {"citation-key": "two", "title": "Counting Sheeps at Night"},
            ],
            "pairs": [
                {
                    "papers": ["one", "two"],
                    "tier": "likely",
                    "reasons": ["Nearly the same title, and Ada Lovelace in both"],
                }
            ],
        }
    ]
    refman("keep-apart", "one", "two")
    assert json.loads(refman("duplicates", "--json").out) == []


def test_the_certain_are_merged_and_parted(refman: Refman) -> None:
    assert refman("duplicates", "--merge-certain").err == "No papers are certainly the same.\n"
    refman("edit", "two", "title=Counting Sheep at Night")
    merged = refman("duplicates", "--merge-certain")
    assert (merged.out, merged.err.splitlines()[0]) == ("", "1 paper merged into 1.")
    assert len(refman("list").out.splitlines()) == 2
    assert refman("part", "two") == Outcome(0, "", "Take papers apart.\n")
    assert refman("duplicates", "--all-again").out == ""
    assert len(refman("list").out.splitlines()) == 3


def test_which_paper_is_taken_out(refman: Refman) -> None:
    refman("merge", "one", "two", "goats")
    named = refman("part", "one")
    assert (named.status, named.out) == (2, "")
    assert "Name one of them: goats, two." in named.err
    assert refman("part", "GOATS").status == 0
    assert "Goats of the Alps" in refman("show", "goats").out
    assert refman("part", "one").status == 0  # there is but one left
    assert len(refman("list").out.splitlines()) == 3


def test_what_is_kept_apart_is_listed_no_more(refman: Refman) -> None:
    refman("duplicates", "--scan")
    assert refman("keep-apart", "one", "two") == Outcome(0, "", "Keep papers apart.\n")
    assert refman("duplicates").out == ""
    assert refman("keep-apart", "two", "one").err == "That is known already.\n"
    refman("undo")
    assert refman("duplicates", "--scan").out.splitlines() == GROUP


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("keep-apart", "one"), "Name two papers or more that are not the same."),
        (("keep-apart", "one", "one"), "Name two papers or more that are not the same."),
        (
            ("part", "one"),
            (
                "No paper of its own was merged into “one”, or it was taken out again. A row "
                "that an import merged with it becomes one by `refman review N --keep-apart "
                "ROW`, N as in `refman imports`."
            ),
        ),
        (
            ("keep-apart", "one", "cows"),
            "No paper has the citation key “cows”. `refman list` shows the keys.",
        ),
    ],
)
def test_what_cannot_be(refman: Refman, arguments: tuple[str, ...], message: str) -> None:
    outcome = refman(*arguments)
    assert (outcome.status, outcome.err) == (2, f"refman: {message}\n")
