"""refman cite, refman styles."""

import shutil
from pathlib import Path

import pytest

from refman.library.styles import find
from tests.cli.conftest import KEYS, Outcome, Refman

CITED = [
    pytest.param(
        ["moreau2021counting"],
        "(Moreau & Lindqvist, 2021)\n",
        id="a citation",
    ),
    pytest.param(
        ["lindqvist2020cold", "lindqvist2022quiet"],
        "(Lindqvist, 2020; Lindqvist et al., 2022)\n",
        id="several keys",
    ),
    pytest.param(
        ["--query", "counting", "--as", "bibliography", "--style", "chicago"],
        "Moreau, Jean-Luc, and Ada Lindqvist. 2021. “Counting Words Without Reading.” "
        "November 9.\n",
        id="a bibliography by a query",
    ),
    pytest.param(
        ["lindqvist2020cold", "--as", "bibliography", "--markup", "html"],
        '<div class="csl-bib-body">\n  <div class="csl-entry">Lindqvist, A. (2020, March 30). '
        "<i>Cold Wires and the Shape of Current</i>.</div>\n</div>\n",
        id="html",
    ),
    pytest.param(
        ["lindqvist2020cold", "--as", "bibliography", "--locale", "de-DE", "--style", "ieee"],
        "[1] A. Lindqvist, „Cold Wires and the Shape of Current“. 30. März 2020.\n",
        id="another language",
    ),
    pytest.param([KEYS[0], KEYS[2], "--as", "latex"], f"\\cite{{{KEYS[0]},{KEYS[2]}}}\n", id="TeX"),
    pytest.param([KEYS[0], "--as", "pandoc"], f"[@{KEYS[0]}]\n", id="pandoc"),
    pytest.param([KEYS[0], "--as", "typst"], f"@{KEYS[0]}\n", id="typst"),
    pytest.param([KEYS[0], KEYS[0], "--as", "keys"], f"{KEYS[0]}\n", id="a key named twice"),
]


@pytest.mark.parametrize(("arguments", "expected"), CITED)
def test_cite(refman: Refman, library: Path, arguments: list[str], expected: str) -> None:
    assert refman("cite", *arguments) == Outcome(0, expected, "")


REFUSED = [
    ([], 2, "Say which papers: citation keys, or --query."),
    (["nobody2000"], 2, "No paper has the citation key “nobody2000”."),
    ([KEYS[0], "--style", "none"], 2, "There is no citation style “none”."),
    ([KEYS[0], "--as", "latex", "--markup", "html"], 2, "are for --as citation"),
    (["--query", "nothingatall"], 0, "No paper answers the query"),
]


@pytest.mark.parametrize(("arguments", "status", "said"), REFUSED)
def test_refused(
    refman: Refman, library: Path, arguments: list[str], status: int, said: str
) -> None:
    outcome = refman("cite", *arguments)
    assert (outcome.status, outcome.out) == (status, "")
    assert said in outcome.err


def test_styles(refman: Refman, home: Path) -> None:
    assert refman("styles") == Outcome(
        0,
        "apa             APA\n"
        "ieee            IEEE\n"
        "chicago         Chicago (author-date)\n"
        "vancouver       Vancouver\n"
        "nature          Nature\n"
        "acm             ACM\n",
        "",
    )


def test_a_style_of_ones_own(refman: Refman, library: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.csl"
    shutil.copy(find("nature").path, file)
    assert refman("styles", "add", file) == Outcome(0, "", "Added the style “mine”: Nature.\n")
    assert refman("styles").out.endswith("\nmine            Nature  (your own)\n")
    assert refman("cite", KEYS[0], "--style", "mine").out == "¹\n"
    assert refman("styles", "remove", "mine") == Outcome(0, "", "Removed the style “mine”.\n")
    assert "mine" not in refman("styles").out


def test_no_style(refman: Refman, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.csl"
    file.write_text("<html/>", encoding="utf-8")
    outcome = refman("styles", "add", file)
    assert (outcome.status, outcome.out) == (3, "")
    assert "page.csl: This is no CSL style: its outermost element is <html>" in outcome.err
    assert refman("styles", "remove", "apa").status == 2
