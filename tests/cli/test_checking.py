"""`refman check`: of the library's file, of its papers, of .bib files."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Refman

BIB = """\
@article{lee2020,
  author  = {Lee, Ann and Foo Team},
  title   = {H<sub>2</sub>O: 100%, or more},
  journal = {Journal of Sheep},
  year    = 2020,
  doi     = {10,1000/1}
}
@misc{good, author = {Lee, Ann}, title = {Good}, year = 2020}
"""


@pytest.fixture
def bib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file `a,b.bib` in the folder that refman is called in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a,b.bib").write_text(BIB)
    return Path("a,b.bib")


def test_a_sound_library(refman: Refman, library: Path) -> None:
    outcome = refman("check")
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "The library is sound.\n")


def test_a_file_as_text(refman: Refman, bib: Path) -> None:
    outcome = refman("check", "--bib", bib)
    assert (outcome.status, outcome.err) == (1, "2 errors, 2 warnings, 0 notices.\n")
    no_person = "“Foo Team” seems to be no person; it is split into first and last name."
    no_doi = "“10,1000/1” is no DOI: one begins with 10. and has a slash."
    assert outcome.out.splitlines()[:7] == [
        "a,b.bib: lee2020  H<sub>2</sub>O: 100%, or more",
        f"     2  warning  author  {no_person}  [name]",
        " " * 25 + "better: Team, Foo → Foo Team",
        "     3  error    title   % means something to TeX: it is written \\%.  [tex-signs]",
        "     3  warning  title   There is HTML in it: <sub>  [html]",
        " " * 25 + "better: H<sub>2</sub>O: 100%, or more → H$_2$O: 100%, or more",
        f"     6  error    doi     {no_doi}  [doi]",
    ]
    assert "\nhtml       Tags and entities of a web page" in outcome.out


def test_a_file_as_annotations(refman: Refman, bib: Path) -> None:
    outcome = refman("check", "--bib", "--format", "github", "--rule", "tex-signs", bib)
    assert outcome.status == 1
    assert outcome.out == (
        "::error file=a%2Cb.bib,line=3,title=lee2020%3A tex-signs::%25 means something to TeX: it "
        "is written \\%25. LaTeX stops at &, #, _ and ^ in plain text, and passes over all that "
        "follows %25. Put a backslash before it, or write a formula between two $.\n"
    )


def test_a_file_as_json(refman: Refman, bib: Path) -> None:
    outcome = refman("check", "--bib", "--format", "json", "--rule", "name", bib)
    (finding,) = json.loads(outcome.out)
    assert finding.pop("explanation").startswith("A name in the wrong parts")
    assert finding == {
        "rule": "name",
        "severity": "warning",
        "key": "lee2020",
        "title": "H<sub>2</sub>O: 100%, or more",
        "file": "a,b.bib",
        "line": 2,
        "field": "author",
        "message": "“Foo Team” seems to be no person; it is split into first and last name.",
        "fix": {"before": "Team, Foo", "after": "Foo Team", "safe": True},
    }
    assert refman("check", "--bib", "--format", "json", "--rule", "url", bib).out == "[]\n"


def test_notices_alone_are_no_failure(refman: Refman, tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text("@misc{a, author = {D.E. Knuth}, title = {T}, year = 1968}")
    outcome = refman("check", "--bib", file)
    assert (outcome.status, outcome.err) == (0, "0 errors, 0 warnings, 1 notice.\n")
    file.write_text("@misc{a, author = {D. E. Knuth}, title = {T}, year = 1968}")
    outcome = refman("check", "--bib", file)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "Nothing is wrong.\n")


def test_a_file_that_cannot_be_read_does_not_stop_the_others(refman: Refman, bib: Path) -> None:
    outcome = refman("check", "--bib", "--format", "github", "none.bib", bib)
    assert outcome.status == 3
    assert outcome.err.startswith("refman: “none.bib” cannot be read")
    assert outcome.out.count("::error file=a%2Cb.bib") == 2
    assert "::There is HTML in it: <sub>. Tags and" in outcome.out


@pytest.mark.parametrize("text", [None, "Sheep and goats."], ids=["no file", "no BibTeX"])
def test_of_what_cannot_be_read_only_the_error_is_told(
    refman: Refman, tmp_path: Path, text: str | None
) -> None:
    file = tmp_path / "a.bib"
    if text:
        file.write_text(text)
    outcome = refman("check", "--bib", file)
    assert (outcome.status, outcome.out) == (3, "")
    assert outcome.err.startswith("refman: ")
    assert "Nothing is wrong" not in outcome.err


def test_what_a_fix_changes_is_seen(refman: Refman, tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    title = f"{'Counting sheep ' * 9}of the the north"
    file.write_text(
        f"@misc{{a, author = {{{{Lee, Ann}} and D.E. Knuth}}, title = {{{title}}}, year = 2000}}"
    )
    outcome = refman("check", "--bib", file)
    shown = [line.strip() for line in outcome.out.splitlines() if "→" in line]
    assert shown == [
        "perhaps: …ep Counting sheep of the the north → …ep Counting sheep of the north",
        "perhaps: {Lee, Ann} → Lee, Ann",
        "better: Knuth, D.E. → Knuth, D. E.",
    ]


def test_a_file_is_never_changed(refman: Refman, bib: Path) -> None:
    outcome = refman("check", "--bib", "--fix", bib)
    assert outcome.status == 1
    assert "A file is not changed" in outcome.err
    assert bib.read_text() == BIB


def test_the_library(refman: Refman, bib: Path) -> None:
    refman("import", bib)
    outcome = refman("check", "--bib", "--query", "key:lee2020", "--format", "github")
    assert outcome.status == 1
    assert "::warning title=lee2020%3A html::There is HTML in it: <sub>" in outcome.out
    assert refman("check", "--bib", "--query", "key:good").err == "Nothing is wrong.\n"

    outcome = refman("check", "--bib", "--fix", "--dry-run")
    assert outcome.status == 1
    assert "better: H<sub>2</sub>O" in outcome.out
    assert "(dry run: nothing was written)" in outcome.err
    assert "Mend" not in refman("history").out

    outcome = refman("check", "--bib", "--fix")
    assert outcome.status == 1  # the DOI
    assert "1 paper mended." in outcome.err
    assert "html" not in outcome.out
    assert "Mend 1 paper" in refman("history").out
    refman("undo")
    assert "[html]" in refman("check", "--bib").out


def test_an_empty_query(refman: Refman, library: Path) -> None:
    outcome = refman("check", "--bib", "--query", "zebra")
    assert outcome.status == 0
    assert "No paper answers the query" in outcome.err


def test_the_rules_are_told(refman: Refman) -> None:
    lines = refman("check", "--rules").out.splitlines()
    assert "missing-field      warning  Missing field" in lines


@pytest.mark.parametrize(
    "arguments",
    [("a.bib",), ("--fix",), ("--query", "a"), ("--bib", "--rule", "sheep"),
     ("--bib", "--query", "a", "a.bib")],
    ids=["file alone", "fix alone", "query alone", "no rule", "query and file"],
)  # fmt: skip
def test_wrong_usage(refman: Refman, library: Path, arguments: tuple[str, ...]) -> None:
    assert refman("check", *arguments).status == 2


def test_standard_input(
    program: Callable[..., "subprocess.CompletedProcess[bytes]"], home: Path
) -> None:
    outcome = program("check", "--bib", "-", input=BIB.encode())
    assert outcome.returncode == 1
    assert b"standard input: lee2020" in outcome.stdout
