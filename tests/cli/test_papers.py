"""Commands that look at papers and change them: what they print, and what is so afterwards."""

import json
from pathlib import Path

import pytest

from refman.cli import reading
from tests.cli.conftest import KEYS, Refman

pytestmark = pytest.mark.usefixtures("library")


def keys(refman: Refman, query: str = "") -> set[str]:
    outcome = refman("list", "--query", query)
    assert outcome.status == 0
    return {line.split("\t")[0] for line in outcome.out.splitlines() if line}


def test_list_prints_a_line_for_each_paper(refman: Refman) -> None:
    lines = [line.split("\t") for line in refman("list").out.splitlines()]
    assert sorted(lines) == [
        [KEYS[2], "2020", "Lindqvist", "Cold Wires and the Shape of Current"],
        [
            KEYS[0],
            "2022",
            "Lindqvist, van Hoorn, Rahman et al.",
            "Quiet Gradients Make Loud Errors",
        ],
        [KEYS[1], "2021", "Moreau, Lindqvist", "Counting Words Without Reading"],
    ]


def test_list_as_json(refman: Refman) -> None:
    refman("tag", "add", "wires", "--query", "key:lindqvist2020cold")
    refman("status", "reading", "--query", "key:lindqvist2020cold")
    (item,) = json.loads(refman("list", "--query", "wire", "--json").out)
    assert item.pop("id").count("-") == 4
    assert item["custom"].pop("added").endswith("Z")
    assert item.pop("abstract").startswith("We cool a wire")
    assert item == {
        "type": "document",
        "title": "Cold Wires and the Shape of Current",
        "author": [{"family": "Lindqvist", "given": "Ada"}],
        "issued": {"date-parts": [[2020, 3, 30]]},
        "citation-key": "lindqvist2020cold",
        "keyword": "wires",
        "custom": {
            "status": "reading",
            "best_score": None,
            "categories": ["cond-mat.mes-hall"],
            "sightings": 1,
        },
    }


@pytest.mark.parametrize("arguments", [(), ("--json",)], ids=["text", "json"])
def test_a_query_that_finds_nothing(refman: Refman, arguments: tuple[str, ...]) -> None:
    outcome = refman("list", "--query", "zebra", *arguments)
    assert (outcome.status, outcome.out, outcome.err) == (0, "[]\n" if arguments else "", "")


@pytest.mark.parametrize(
    "query",
    ['"', "-", ":", "tag:", "year:x..y", "(((", "status:nonsense", "key:%", "'; drop table entry",
     "author:-", "NEAR(a b)", "a AND", "*", "has:unicorns", "\x00", "year:99999999999999999999"],
)  # fmt: skip
def test_no_query_is_a_crash(refman: Refman, query: str) -> None:
    assert refman("list", "--query", query).status in (0, 2)


def test_show_prints_what_is_known(refman: Refman) -> None:
    refman("note", "lindqvist2022quiet", "Read *section 3* again.")
    refman("tag", "add", "training", "--query", "key:lindqvist2022quiet")
    outcome = refman("show", "LINDQVIST2022QUIET")
    assert (outcome.status, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == "Quiet Gradients Make Loud Errors"
    assert "Authors:      Ada Lindqvist; Hado van Hoorn; Noor Rahman et al." in lines
    assert "Date:         2022-05-02" in lines
    assert "Category:     cs.LG" in lines
    assert "Status:       inbox" in lines
    assert "Tags:         training" in lines
    assert lines[-1] == "Read *section 3* again."


@pytest.mark.parametrize(
    "command", [("show",), ("edit", "title=x"), ("note", "x"), ("merge", "y")], ids=lambda c: c[0]
)
def test_a_key_that_nothing_has(refman: Refman, command: tuple[str, ...]) -> None:
    name, *rest = command
    outcome = refman(name, "nobody2000nothing", *rest)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("refman: No paper has the citation key “nobody2000nothing”.")


def test_add_prints_the_key(refman: Refman) -> None:
    outcome = refman(
        "add", "--type", "book", "title=On Lists", "author=van Hoorn, Hado and Rahman, Noor and"
        " others", "year=2019", "journal=Lists", "keywords=a, b",
    )  # fmt: skip
    assert (outcome.status, outcome.out) == (0, "vanhoorn2019lists\n")
    (item,) = json.loads(refman("list", "--query", "key:vanhoorn2019lists", "--json").out)
    del item["id"], item["custom"]
    assert item == {
        "type": "book",
        "title": "On Lists",
        "author": [
            {"family": "Hoorn", "given": "Hado", "non-dropping-particle": "van"},
            {"family": "Rahman", "given": "Noor"},
        ],
        "issued": {"date-parts": [[2019]]},
        "abstract": None,
        "container-title": "Lists",
        "citation-key": "vanhoorn2019lists",
        "keyword": "a, b",
    }


@pytest.mark.parametrize(
    ("values", "says"),
    [
        pytest.param(["title"], "is not of the form", id="no equals sign"),
        pytest.param(["=x"], "is not of the form", id="no name"),
        pytest.param(["a b=x"], "is not of the form", id="a blank in the name"),
        pytest.param(["date=soon"], "is no date", id="a date that is none"),
        pytest.param(["date=2022-13"], "is no date", id="a thirteenth month"),
    ],
)
def test_a_value_that_makes_no_sense(refman: Refman, values: list[str], says: str) -> None:
    for command in (["add"], ["edit", KEYS[0]]):
        outcome = refman(*command, *values)
        assert (outcome.status, outcome.out) == (2, "")
        assert says in outcome.err


def test_edit_sets_and_clears(refman: Refman) -> None:
    refman("edit", KEYS[1], "editor=Rahman, Noor", "doi=10.1000/182", "abstract=", "type=article")
    (item,) = json.loads(refman("list", "--query", f"key:{KEYS[1]}", "--json").out)
    assert [name["family"] for name in item["author"]] == ["Moreau", "Lindqvist"]
    assert item["editor"] == [{"family": "Rahman", "given": "Noor"}]
    assert (item["DOI"], item["abstract"], item["type"]) == (
        "10.1000/182", None, "article-journal",
    )  # fmt: skip


def test_edit_says_when_nothing_changes(refman: Refman) -> None:
    outcome = refman("edit", KEYS[1], "title=Counting Words Without Reading")
    assert (outcome.status, outcome.err) == (0, "That is what it says already.\n")


def test_status(refman: Refman) -> None:
    assert refman("status", "to-read", "--query", "wires").status == 0
    assert keys(refman, "status:to-read") == {"lindqvist2020cold"}
    assert refman("status", "someday", "--query", "wires").status == 2


def test_tags(refman: Refman) -> None:
    assert refman("tag", "add", "ml", "--query", "author:lindqvist -wire").status == 0
    assert refman("tag", "list").out == "ml\t2\n"
    assert refman("tag", "rename", "ml", "learning").status == 0
    assert keys(refman, "tag:learning") == {KEYS[0], KEYS[1]}
    assert refman("tag", "remove", "learning", "--query", "gradients").status == 0
    assert refman("tag", "list").out == "learning\t1\n"


def test_collections(refman: Refman) -> None:
    assert refman("collection", "add", "Thesis/Chapter 2", "--query", "wires").status == 0
    assert refman("collection", "list").out == "Thesis\t0\nThesis/Chapter 2\t1\n"
    assert refman("collection", "remove", "thesis/chapter 2", "--query", "wires").status == 0
    assert refman("collection", "list").out == "Thesis\t0\nThesis/Chapter 2\t0\n"
    assert refman("collection", "remove", "Nowhere", "--query", "wires").status == 2


def test_a_group_needs_papers_that_answer(refman: Refman) -> None:
    outcome = refman("tag", "add", "ml", "--query", "zebra")
    assert (outcome.status, outcome.err) == (0, "No paper answers the query “zebra”.\n")
    assert refman("tag", "add", "ml").status == 2


def test_notes(refman: Refman) -> None:
    assert refman("note", KEYS[0]).out == "There are no notes.\n"
    refman("note", KEYS[0], "One.")
    refman("note", KEYS[0], "Two.")
    assert refman("note", KEYS[0]).out == "One.\n\nTwo.\n"


@pytest.mark.parametrize("text", ["- help\n- me", "---", "-\thalf"], ids=ascii)
def test_a_note_may_begin_as_an_option_does(refman: Refman, library: Path, text: str) -> None:
    assert refman("note", KEYS[0], text, "--library", library).status == 0
    assert refman("note", KEYS[0]).out == text + "\n"
    assert refman("note", KEYS[0], "--no-such", "--library", library).status == 2


def test_the_trash(refman: Refman) -> None:
    refman("trash", "--query", "wires")
    assert keys(refman) == {KEYS[0], KEYS[1]}
    refman("restore-from-trash", "--query", "wires")
    assert keys(refman) == set(KEYS)
    refman("trash", "--query", "wires")
    assert refman("empty-trash").status == 0
    assert refman("restore-from-trash", "--query", "wires").err.startswith("No paper answers")
    refman("undo")
    refman("restore-from-trash", "--query", "wires")
    assert keys(refman) == set(KEYS)


def test_merge(refman: Refman) -> None:
    assert refman("merge", KEYS[0], KEYS[1]).status == 0
    assert keys(refman) == {KEYS[0], KEYS[2]}
    assert refman("show", KEYS[1]).out.startswith("Quiet Gradients")
    assert refman("merge", KEYS[0]).status == 2
    assert refman("merge", KEYS[0], KEYS[0]).status == 2


def test_undo_redo_and_history(refman: Refman) -> None:
    refman("status", "read", "--query", "wires")
    assert [line.split("\t")[1] for line in refman("history").out.splitlines()] == [
        "Set 1 paper to “read”",
        "Import ada.txt",
    ]
    assert refman("undo").err == "Undone: Set 1 paper to “read”\n"
    assert refman("undo").err == "Undone: Import ada.txt\n"
    assert keys(refman) == set()
    assert refman("undo").err == "There is nothing to undo.\n"
    assert refman("redo").status == 0
    assert keys(refman) == set(KEYS)
    refman("redo")
    assert keys(refman, "status:read") == {"lindqvist2020cold"}
    assert refman("redo").err == "There is nothing to redo.\n"


def test_check_backup_and_restore(refman: Refman, tmp_path: Path, library: Path) -> None:
    assert refman("check") == (0, "", "The library is sound.\n")
    assert refman("backup", tmp_path / "copy.refman").status == 0
    refman("trash", "--query", "wires")
    assert refman("restore", tmp_path / "copy.refman").status == 0
    assert keys(refman) == set(KEYS)
    assert len(list(library.parent.glob("*.before-restore-*"))) == 1
    assert refman("restore", tmp_path / "nothing.refman").status == 3


CELLS = ("lindqvist2022quiet", "2022", "Lindqvist, van Hoorn, Rahman et al.", "Quiet Gradients")


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (0, "lindqvist2022quiet\t2022\tLindqvist, van Hoorn, Rahman et al.\tQuiet Gradients"),
        (80, "lindqvist2022quiet       2022 Lindqvist, van Hoorn, Ra Quiet Gradients"),
        (60, "lindqvist2022quiet       2022 Lindqvist, van Hoorn, Ra Quiet"),
    ],
    ids=["a pipe", "a terminal", "a narrow terminal"],
)
def test_a_line_fits(width: int, line: str) -> None:
    assert reading.line_of(CELLS, width) == line
