"""`refman imports`: list, show, take back, read again, compare."""

import json
from pathlib import Path

from tests.cli.conftest import PAGE, Refman


def test_list_and_show(refman: Refman, library: Path) -> None:
    out = refman("imports").out.split("\t")
    assert (out[0], out[2:4], out[4], out[5]) == (
        "1",
        ["ada.txt", "profile"],
        "Ada Lindqvist, LG",
        "3 added\n",
    )
    (one,) = json.loads(refman("imports", "--json").out)
    assert (one["number"], one["found"], one["added"], one["taken_back"]) == (1, 3, 3, None)
    shown = refman("imports", "show", "1")
    assert "\tadded\tlindqvist2022quiet\tQuiet Gradients Make Loud Errors\n" in shown.out
    rows = json.loads(refman("imports", "show", "1", "--json").out)["rows"]
    assert [row["outcome"] for row in rows] == ["added"] * 3


def test_take_back_and_again(refman: Refman, library: Path) -> None:
    refman("note", "moreau2021counting", "mine")
    dry = refman("imports", "take-back", "1", "--dry-run")
    assert (dry.status, dry.out) == (0, "kept: Counting Words Without Reading (it has a note)\n")
    assert dry.err.startswith(
        "Would go: 2 papers. Would stay without this page: 0 papers. Would be kept:"
    )
    assert len(json.loads(refman("list", "--json").out)) == 3
    done = refman("imports", "take-back", "1", "--json")
    assert json.loads(done.out) == {
        "papers": 2,
        "rows": 0,
        "kept": [{"title": "Counting Words Without Reading", "reasons": ["it has a note"]}],
        "dry_run": False,
    }
    assert [one["id"] for one in json.loads(refman("list", "--json").out)] != []
    assert "2 left out, taken back" in refman("imports").out
    assert refman("imports", "take-back", "1").status != 0
    again = refman("imports", "again", "1")
    assert (again.status, again.out) == (0, "ada.txt: 3 found: 2 added, 1 unchanged\n")
    assert len(json.loads(refman("list", "--json").out)) == 3
    assert "taken back" not in refman("imports").out
    assert "Read ada.txt again" in refman("undo").err


def test_compare(refman: Refman, library: Path, page: Path) -> None:
    none = refman("imports", "compare", "1")
    assert (none.status, none.out) == (0, "")
    assert none.err == "There is no earlier import of this page.\n"
    text = PAGE.replace("71.5LG", "72LG").replace("Counting Words Without Reading", "A New Title")
    page.write_text(text, encoding="utf-8")
    assert refman("import", page).status == 0
    found = refman("imports", "compare", "2")
    assert "changed\tQuiet Gradients Make Loud Errors\tLindqvist, van Hoorn" in found.out
    assert "\tscore: 71.5 → 72\n" in found.out
    told = json.loads(refman("imports", "compare", "2", "1", "--json").out)
    assert told["earlier"]["number"] == 1
    assert [change["name"] for change in told["changed"][0]["changes"]] == ["score"]


def test_there_is_no_such_import(refman: Refman, library: Path) -> None:
    for command in ("show", "take-back", "again", "compare"):
        outcome = refman("imports", command, "7")
        assert (outcome.status, outcome.out) == (2, "")
        assert "There is no import 7" in outcome.err
