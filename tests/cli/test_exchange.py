"""import, export and formats: what they print, their exit statuses, and what they leave behind."""

import json
from pathlib import Path
from typing import Any

import pytest

from refman.library import Importing
from refman.library.sources import format_named
from tests.cli.conftest import KEYS, PAGE, Refman

LISTING = {
    "name": "Ada Lindqvist",
    "subject": "LG",
    "affiliation": None,
    "h_index": 12,
    "papers": 3,
    "citations": 1234,
    "novelty": None,
    "ai_score": None,
}
ADA = {"family": "Lindqvist", "given": "Ada"}


def record(**values: Any) -> dict[str, Any]:
    """The golden record of a paper of the page, without its abstract."""
    custom = {
        "outcome": "added",
        "matched_by": [],
        "category": None,
        "category_label": None,
        "year_given": True,
        "score": None,
        "code": False,
        "affiliations": [],
        "creators_truncated": False,
        "review": [],
        "line": 0,
        **values.pop("custom"),
    }
    return {"type": "document", **values, "custom": custom}


RECORDS = [
    record(
        title="Quiet Gradients Make Loud Errors",
        author=[
            ADA,
            {"family": "Hoorn", "given": "Hado", "non-dropping-particle": "van"},
            {"family": "Rahman", "given": "Noor"},
        ],
        issued={"date-parts": [[2022, 5, 2]]},
        custom={
            "category": "cs.LG",
            "category_label": "LG",
            "score": 71.5,
            "code": True,
            "affiliations": ["mila", "deepmind"],
            "creators_truncated": True,
            "line": 10,
        },
    ),
    record(
        title="Counting Words Without Reading",
        author=[{"family": "Moreau", "given": "Jean-Luc"}, ADA],
        issued={"date-parts": [[2021, 11, 9]]},
        custom={"category": "cs.CL", "category_label": "CL", "line": 17},
    ),
    record(
        title="Cold Wires and the Shape of Current",
        author=[ADA],
        issued={"date-parts": [[2020, 3, 30]]},
        custom={"category": "cond-mat.mes-hall", "category_label": "MES-HALL", "line": 24},
    ),
]


def report(outcome: str) -> dict[str, Any]:
    counts = {"added": 0, "merged": 0, "unchanged": 0, "skipped": 0, "failed": 0}
    return {
        "file": "ada.txt",
        "format": "profile",
        "listing": LISTING,
        "found": 3,
        **counts,
        outcome: 3,
        "problems": [],
    }


def test_import_as_json(refman: Refman, page: Path) -> None:
    outcome = refman("import", page, "--as-of", "2026-11-20", "--json")
    assert (outcome.status, outcome.err) == (0, "")
    printed = json.loads(outcome.out)
    records = printed.pop("records")
    assert printed == report("added")
    assert [each.pop("citation-key") for each in records] == KEYS
    assert all(each.pop("id").count("-") == 4 for each in records)
    assert [each.pop("abstract")[:12] for each in records] == [
        "Small steps ", "A reader who", "We cool a wi",
    ]  # fmt: skip
    assert records == RECORDS


def test_importing_again_changes_nothing(refman: Refman, page: Path, library: Path) -> None:
    before = refman("list", "--json").out
    printed = json.loads(refman("import", page, "--json").out)
    del printed["records"]
    assert printed == report("unchanged")
    assert refman("list", "--json").out == before
    assert refman("history").out.count("\n") == 1


@pytest.mark.parametrize("known", [False, True], ids=["no library", "a library"])
def test_a_dry_run_writes_nothing(refman: Refman, page: Path, home: Path, known: bool) -> None:
    def files() -> dict[str, bytes]:
        # Beside a library that is only read SQLite leaves an empty log and its index.
        return {
            path.name: path.read_bytes()
            for path in (home / "data").rglob("*.refman*")
            if not path.name.endswith(("-wal", "-shm"))
        }

    if known:
        refman("add", "title=Another Paper")
    before = files()
    outcome = refman("import", page, "--dry-run", "--json")
    assert outcome.status == 0
    printed = json.loads(outcome.out)
    assert {each["id"] for each in printed.pop("records")} == {None}
    assert printed == report("added")
    assert files() == before
    if known:
        assert refman("history").out.count("\n") == 1


def test_options_reach_every_paper(refman: Refman, page: Path) -> None:
    outcome = refman(
        "import", page, "--tag", "a", "--tag", "b c", "--collection", "X/Y", "--status", "to-read",
        "--format", "profile",
    )  # fmt: skip
    assert outcome == (0, "ada.txt: 3 found: 3 added\n", "")
    assert refman("tag", "list").out == "a\t3\nb c\t3\n"
    assert refman("collection", "list").out == "X\t0\nX/Y\t3\n"
    assert refman("list", "--query", "status:to-read").out.count("\n") == 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["--format", "papyrus"], "papyrus", id="no such format"),
        pytest.param(["--as-of", "yesterday"], "is no day", id="no such day"),
        pytest.param(["--status", "someday"], "someday", id="no such status"),
        pytest.param(["--frobnicate"], "frobnicate", id="no such option"),
    ],
)
def test_wrong_usage(refman: Refman, page: Path, arguments: list[str], says: str) -> None:
    outcome = refman("import", page, *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert says in outcome.err
    assert refman("list").out == ""


@pytest.fixture(params=["missing", "a folder", "empty", "blank", "binary", "no row"])
def bad(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file that cannot be imported."""
    file = tmp_path / "bad file.txt"
    contents = {
        "empty": b"",
        "blank": b"\n \xef\xbb\xbf\n",
        "binary": bytes(range(256)) * 20,
        "no row": b"Dear Ada,\n\nthe weather is fine.\n",
    }
    if request.param == "a folder":
        file.mkdir()
    elif request.param != "missing":
        file.write_bytes(contents[request.param])
    return file


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--dry-run"]], ids=["", "json", "dry run"])
def test_a_bad_file(refman: Refman, bad: Path, arguments: list[str]) -> None:
    outcome = refman("import", bad, *arguments)
    assert (outcome.status, outcome.out) == (3, "")
    assert outcome.err.startswith("refman: ")
    assert outcome.err.count("\n") == 1


def test_a_bad_file_makes_no_library(refman: Refman, bad: Path, home: Path) -> None:
    before = sorted(home.rglob("*"))
    assert refman("import", bad).status == 3
    assert sorted(home.rglob("*")) == before


def test_bad_options_make_no_library(refman: Refman, page: Path, home: Path) -> None:
    before = sorted(home.rglob("*"))
    for options in (("--tag", " / "), ("--collection", "//"), ("--format", "papyrus")):
        assert refman("import", page, *options).status == 2
    assert sorted(home.rglob("*")) == before


def test_a_bad_file_does_not_stop_the_others(refman: Refman, page: Path, bad: Path) -> None:
    outcome = refman("import", bad, page, bad)
    assert (outcome.status, outcome.out) == (3, "ada.txt: 3 found: 3 added\n")
    assert outcome.err.count("refman: ") == 2


def test_several_files_are_a_list_of_objects(refman: Refman, page: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(PAGE.replace("Ada Lindqvist\n\nLG", "Somebody Else\n\nLG", 1))
    printed = json.loads(refman("import", page, other, "--json").out)
    assert [(each["file"], each["added"], each["merged"]) for each in printed] == [
        ("ada.txt", 3, 0),
        ("other.txt", 0, 3),
    ]
    assert refman("history").out.count("\n") == 2


@pytest.mark.parametrize(
    "command",
    [
        ("list",), ("export",), ("show", "x"), ("edit", "x", "title=y"), ("tag", "list"),
        ("tag", "add", "t", "--query", "q"), ("status", "read", "--query", "q"), ("undo",),
        ("collection", "list"), ("history",), ("check",), ("backup", "copy.refman"),
        ("empty-trash",), ("merge", "a", "b"), ("note", "x", "y"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_only_import_and_add_make_a_library(
    refman: Refman, command: tuple[str, ...], home: Path
) -> None:
    outcome = refman(*command)
    assert (outcome.status, outcome.out) == (3, "")
    assert outcome.err.startswith("refman: ")
    assert list(home.rglob("*.refman*")) == []


def test_another_library(refman: Refman, page: Path, tmp_path: Path) -> None:
    other = tmp_path / "other place" / "mine.refman"
    refman("--library", other, "import", page)
    assert other.exists()
    assert refman("list", "--library", other).out.count("\n") == 3
    assert refman("list").status == 3


@pytest.mark.parametrize("content", [b"no library", b"SQLite format 3\0" + bytes(84)])
def test_a_file_that_is_no_library(refman: Refman, tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "other.refman"
    other.write_bytes(content)
    assert refman("list", "--library", other).status == 3
    assert refman("add", "title=x", "--library", other).status == 3
    assert other.read_bytes() == content


def test_export_prints_or_writes(refman: Refman, library: Path, tmp_path: Path) -> None:
    printed = refman("export")
    assert (printed.status, printed.err) == (0, "3 papers exported.\n")
    assert [line for line in printed.out.splitlines() if line.startswith("@")] == [
        "@misc{lindqvist2020cold,",
        "@misc{lindqvist2022quiet,",
        "@misc{moreau2021counting,",
    ]
    file = tmp_path / "a folder.bib"
    assert refman("export", "-o", file) == (0, "", "3 papers exported.\n")
    assert file.read_text(encoding="utf-8") == printed.out


def test_export_of_a_query(refman: Refman, library: Path) -> None:
    assert refman("export", "--query", "wires").out.startswith("@misc{lindqvist2020cold,")
    nothing = refman("export", "--query", "zebra")
    assert (nothing.status, nothing.out) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param(["--format", "papyrus"], 2, id="no such format"),
        pytest.param(["--format", "profile"], 2, id="a format that is not written"),
        pytest.param(["-o", "no/such/folder/x.bib"], 3, id="no such folder"),
    ],
)
def test_an_export_that_cannot_be(
    refman: Refman, library: Path, arguments: list[str], status: int
) -> None:
    outcome = refman("export", *arguments)
    assert (outcome.status, outcome.out) == (status, "")
    assert outcome.err.startswith("refman: ")


def test_formats(refman: Refman) -> None:
    outcome = refman("formats")
    assert (outcome.status, outcome.err) == (0, "")
    said = [line.split()[:2] for line in outcome.out.splitlines()]
    names = [name for name, _can in said]
    assert names == [each.name for each in Importing.formats()]
    assert len(set(names)) == len(names)
    for name, can in said:
        format_ = format_named(name)
        assert can.split("/") == ["reads"] * format_.reads + ["writes"] * format_.writes
    assert {("profile", "reads"), ("abstract-list", "reads"), ("bibtex", "reads/writes")} <= {
        (name, can) for name, can in said
    }


def test_every_format_that_is_listed_can_be_asked_for(
    refman: Refman, page: Path, tmp_path: Path
) -> None:
    """Told with 3 (no row in it) or read, never with 2 (no such format)."""
    names = [line.split()[0] for line in refman("formats").out.splitlines()]
    asked = {name: refman("import", page, "--format", name, "--dry-run").status for name in names}
    assert set(asked.values()) <= {0, 1, 3}
    assert asked["profile"] == 0
