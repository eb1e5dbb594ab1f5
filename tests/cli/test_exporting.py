"""`refman export` with its choices, and `refman exports`."""

import json
from pathlib import Path

import pytest

from refman.library import Exports
from tests.cli.conftest import KEYS, Refman

QUIET, COUNTING, COLD = KEYS


def keys_in(text: str) -> list[str]:
    return [line.split("{")[1].rstrip(",") for line in text.splitlines() if line.startswith("@")]


@pytest.fixture
def bib(library: Path, tmp_path: Path) -> Path:
    return tmp_path / "refs.bib"


@pytest.fixture
def kept(refman: Refman, bib: Path) -> Path:
    """A file that is kept up to date by the export `thesis`."""
    outcome = refman("export", "--save", "thesis", "--keep", "-o", bib)
    assert outcome == (0, "", f"Save export “thesis”.\n3 papers written to {bib}.\n")
    return bib


def test_some_papers_in_some_order(refman: Refman, library: Path, tmp_path: Path) -> None:
    refman("tag", "add", "seen", "--query", "wires")
    refman("collection", "add", "Thesis/One", "--query", "words")
    assert keys_in(refman("export", "--tag", "seen").out) == [COLD]
    assert keys_in(refman("export", "--collection", "thesis").out) == [COUNTING]
    assert keys_in(refman("export", "--order", "date", "--descending").out) == KEYS
    assert keys_in(refman("export", "--order", "title").out) == [COLD, COUNTING, QUIET]


def test_what_is_cited(refman: Refman, library: Path, tmp_path: Path) -> None:
    tex = tmp_path / "a.tex"
    tex.write_text(f"\\cite{{{COUNTING}}}\n\\cite{{{COLD}, nobody}}\n", encoding="utf-8")
    outcome = refman("export", "--cited-in", tex, "--order", "cited")
    assert (outcome.status, keys_in(outcome.out)) == (1, [COUNTING, COLD])
    assert outcome.err == (
        "a.tex:2: “nobody” is cited, but no paper has this key.\n2 papers exported.\n"
    )
    outcome = refman("export", "--cited-in", tmp_path / "no.tex")
    assert (outcome.status, outcome.out) == (3, "")


def test_a_style(refman: Refman, library: Path) -> None:
    outcome = refman(
        "export", "--query", "wires", "--style", "months=number", "--style", "indent=4",
        "--style", "omit=abstract, year", "--style", "keywords=no",
    )  # fmt: skip
    assert outcome.status == 0
    assert "    month = {3},\n" in outcome.out
    assert "abstract" not in outcome.out
    assert "year" not in outcome.out
    listed = refman("exports", "options").out
    assert [line.split("=")[0] for line in listed.splitlines() if line[0] != " "] == [
        option.name for option in Exports.style_options()
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["--query", "x", "--tag", "y"], "Give one of", id="two ways to choose"),
        pytest.param(["--keep"], "--keep needs a name and a file", id="nothing to keep"),
        pytest.param(["--keep", "--save", "x"], "--keep needs", id="no file to keep"),
        pytest.param(["--name", "x", "--tag", "y"], "has its settings", id="a name and a choice"),
        pytest.param(["--name", "x"], "There is no export “x”", id="no such export"),
        pytest.param(["--tag", "x"], "There is no tag “x”", id="no such tag"),
        pytest.param(["--style", "months"], "write NAME=VALUE", id="no value"),
        pytest.param(["--style", "months=x"], "it takes: macro", id="a wrong value"),
        pytest.param(["--cited-in", ""], "Say in which .tex", id="no manuscript"),
        pytest.param(["--order", "cited"], "only where the citing files", id="nothing cites"),
    ],
)
def test_wrong_usage(refman: Refman, library: Path, arguments: list[str], sentence: str) -> None:
    outcome = refman("export", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert sentence in outcome.err


def test_a_saved_export_by_its_name(refman: Refman, library: Path, tmp_path: Path) -> None:
    assert keys_in(refman("export", "--query", "wires", "--save", "cold").out) == [COLD]
    assert keys_in(refman("export", "--name", "COLD").out) == [COLD]
    file = tmp_path / "x.bib"
    assert refman("export", "--name", "cold", "-o", file).err == f"1 paper written to {file}.\n"
    assert keys_in(file.read_text("utf-8")) == [COLD]
    assert refman("exports").out == "cold\tmanual\t1\t\t\n"


def test_a_kept_file_follows_every_command(refman: Refman, kept: Path) -> None:
    refman("trash", "--query", "wires")
    assert keys_in(kept.read_text("utf-8")) == [QUIET, COUNTING]
    assert refman("undo").err == "Undone: Move 1 paper to the trash\n"
    assert keys_in(kept.read_text("utf-8")) == [COLD, QUIET, COUNTING]
    before = kept.stat()
    assert refman("list").status == 0
    refman("status", "read", "--query", "wires")
    assert kept.stat() == before
    name, status, count, _written, path = refman("exports").out.rstrip("\n").split("\t")
    assert (name, status, count, path) == ("thesis", "current", "3", str(kept))
    (info,) = json.loads(refman("exports", "--json").out)
    settings = {"format": "bibtex", "which": "all", "value": "", "files": [], "order": "key",
                "descending": False, "style": {}}  # fmt: skip
    assert info.pop("written")
    assert info == {
        "id": 1, "name": "thesis", "settings": settings, "path": str(kept), "kept": True,
        "status": "current", "count": 3, "error": "", "left_out": 0, "remarks": [],
    }  # fmt: skip


def test_what_goes_wrong_with_it_is_told(refman: Refman, kept: Path) -> None:
    folder = kept.parent / "stick"
    folder.mkdir()
    refman("export", "--save", "thesis", "--keep", "-o", folder / "x.bib")
    (folder / "x.bib").unlink()
    folder.rmdir()
    outcome = refman("trash", "--query", "wires")
    assert (outcome.status, outcome.out) == (0, "")
    assert "Export “thesis”: “" in outcome.err
    assert refman("exports", "now").status == 3
    folder.mkdir()
    assert refman("exports", "now", "thesis").err == f"2 papers written to {folder / 'x.bib'}.\n"
    assert refman("exports", "now").err == f"{folder / 'x.bib'} is up to date.\n"


def test_what_others_edited(refman: Refman, kept: Path) -> None:
    kept.write_text(kept.read_text("utf-8").replace("Cold Wires", "COLD WIRES"), "utf-8")
    assert refman("exports").out.split("\t")[1] == "edited"
    theirs = kept.read_text("utf-8")
    outcome = refman("edit", QUIET, "note=new")
    assert outcome.status == 0
    assert "was edited by another program" in outcome.err
    assert refman("exports").out.split("\t")[1] == "edited"
    assert refman("exports", "now").status == 1
    assert kept.read_text("utf-8") == theirs
    outcome = refman("exports", "diff", "thesis")
    assert outcome.status == 1
    assert [line for line in outcome.out.splitlines() if line[0] in "+-"][2:] == [
        "-  title = {COLD WIRES and the Shape of Current},",
        "+  title = {Cold Wires and the Shape of Current},",
        "+  note = {new},",
    ]
    assert refman("exports", "resolve", "thesis").status == 2
    assert refman("exports", "resolve", "thesis", "--keep-ours", "--keep-theirs").status == 2
    assert kept.read_text("utf-8") == theirs
    assert refman("exports", "resolve", "thesis", "--keep-ours").status == 0
    assert refman("exports", "diff", "thesis") == (0, "", "")
    (aside,) = kept.parent.glob("refs.theirs-*.bib")
    assert aside.read_text("utf-8") == theirs


@pytest.mark.parametrize("how", ["theirs", "both"])
def test_their_file_is_left_alone(refman: Refman, kept: Path, how: str) -> None:
    kept.write_text("% theirs\n", "utf-8")
    refman("edit", QUIET, "note=new")
    assert refman("exports", "resolve", "thesis", f"--keep-{how}").status == 0
    refman("edit", QUIET, "note=newer")
    assert kept.read_text("utf-8") == "% theirs\n"
    assert refman("exports", "now").status == 0
    assert kept.read_text("utf-8") == "% theirs\n"
    own = kept.with_name("refs.refman.bib")
    assert own.exists() == (how == "both")
    assert refman("exports").out.split("\t")[1] == {"theirs": "manual", "both": "current"}[how]


def test_renamed_and_deleted(refman: Refman, kept: Path) -> None:
    assert refman("exports", "rename", "Thesis", "PhD").err == "Rename export to “PhD”.\n"
    outcome = refman("exports", "delete", "phd")
    assert outcome.err == f"Delete export “PhD”; its file {kept} stays.\n"
    assert kept.exists()
    assert refman("exports") == (0, "", "")
    assert refman("exports", "now").err.startswith("No export has a file")
    assert refman("exports", "delete", "phd").status == 2


@pytest.mark.parametrize("edited", [False, True])
def test_a_kept_file_is_written_by_its_export_only(
    refman: Refman, kept: Path, edited: bool
) -> None:
    if edited:
        kept.write_text("% theirs\n", "utf-8")
    before = kept.read_bytes()
    refman("export", "--query", "wires", "--save", "cold")
    for more in ([], ["--save", "other"], ["--name", "cold"]):
        chosen = [] if "--name" in more else ["--query", "wires"]
        outcome = refman("export", *chosen, *more, "-o", kept)
        assert (outcome.status, outcome.out) == (2, "")
        assert "“thesis”" in outcome.err
        if "--save" not in more:
            assert ("exports resolve" in outcome.err) == edited
    assert refman("export", "--name", "thesis", "-o", kept).status == (1 if edited else 0)
    assert kept.read_bytes() == before
    assert refman("exports").out.splitlines()[-1].split("\t")[1] == (
        "edited" if edited else "current"
    )


def test_help_on_styles(refman: Refman, library: Path) -> None:
    assert "refman exports options" in refman("export", "--help").out
    listed = refman("exports", "options").out.splitlines()
    for line in ("omit=FIELD,FIELD,…", "abbreviations=Full name:Short", "indent=0…16|tab"):
        assert line in listed


def test_what_stays_beyond_ascii_is_counted(refman: Refman, library: Path, bib: Path) -> None:
    refman("edit", QUIET, "note=Жü")
    style = ("export", "--style", "unicode=false")
    remark = "1 character has no TeX command and stays: Ж\n"
    assert refman(*style).err == f"3 papers exported. {remark}"
    assert refman(*style, "-o", bib).err.endswith(remark)
    assert refman(*style, "--save", "x", "--keep", "-o", bib).err.endswith(remark)
    assert "Ж" not in refman("export", "--query", "wires", "--style", "unicode=false").err
