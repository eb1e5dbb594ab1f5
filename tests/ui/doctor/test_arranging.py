"""Which findings are listed, in which groups, and the list as text."""

import pytest

from refman.library import Doctor, Finding, Fix, Severity
from refman.ui.doctor import wording
from refman.ui.doctor.arranging import Choice, arrange

ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


def finding(
    rule: str, severity: Severity, message: str, paper: int = 1, *, fix: Fix | None = None
) -> Finding:
    return Finding(
        rule, severity, message, f"About {rule}.", "title", f"key{paper}", f"Títle {paper}", paper,
        fix=fix,
    )  # fmt: skip


STOP = finding("title-stop", NOTICE, "A stop.", fix=Fix("A.", "A", {"title": "A"}))
CAPITALS = finding("title-capitals", WARNING, "Capitals.", 2, fix=Fix("A", "a", {}, safe=False))
DOI = finding("doi", ERROR, "No DOI.", 2)
SHAKY_DOI = finding("doi", WARNING, "A shaky DOI.", 1)
ALL = [STOP, SHAKY_DOI, CAPITALS, DOI]


@pytest.mark.parametrize(
    ("choice", "groups"),
    [
        pytest.param(
            Choice(),
            [("doi", [SHAKY_DOI, DOI]), ("title-capitals", [CAPITALS]), ("title-stop", [STOP])],
            id="by rule, the gravest first",
        ),
        pytest.param(
            Choice(by_paper=True), [(1, [SHAKY_DOI, STOP]), (2, [DOI, CAPITALS])], id="by paper"
        ),
        pytest.param(
            Choice(severities=frozenset({WARNING})),
            [("doi", [SHAKY_DOI]), ("title-capitals", [CAPITALS])],
            id="warnings",
        ),
        pytest.param(Choice(rule="doi"), [("doi", [SHAKY_DOI, DOI])], id="one rule"),
        pytest.param(Choice("stop TITLE"), [("title-stop", [STOP])], id="words, case and accents"),
        pytest.param(Choice("key2 doi"), [("doi", [DOI])], id="key and message"),
        pytest.param(Choice("nowhere"), [], id="nothing"),
    ],
)
def test_groups(choice: Choice, groups: list[tuple[object, list[Finding]]]) -> None:
    found = arrange(ALL, choice, Doctor.rules())
    assert [(group.key, group.findings) for group in found] == groups


def test_a_file_is_listed_by_its_lines() -> None:
    lines = [
        Finding("doi", ERROR, "Wrong.", "", "doi", "k", "T", file="a.bib", line=9),
        Finding("title-stop", NOTICE, "Stop.", "", "title", "k", "T", file="a.bib", line=2),
    ]
    (group,) = arrange(lines, Choice(by_paper=True), Doctor.rules())
    assert [each.line for each in group.findings] == [2, 9]


def test_the_list_as_text() -> None:
    groups = arrange([STOP, DOI], Choice(), Doctor.rules())
    assert wording.as_text("All papers: 2 findings", groups) == (
        "All papers: 2 findings\n\n"
        "DOI (error): 1 finding\n"
        "About doi.\n"
        "  key2: No DOI. [title]\n\n"
        "Full stop after the title (notice): 1 finding\n"
        "About title-stop.\n"
        "  key1: A stop. [title]\n"
        "      A. → A\n"
    )


def test_the_list_as_text_by_paper_and_of_a_file() -> None:
    line = Finding("doi", ERROR, "Wrong.", "Why.", "doi", "k", "T", file="a.bib", line=9)
    groups = arrange([line], Choice(by_paper=True), Doctor.rules())
    assert wording.as_text("a.bib", groups) == (
        "a.bib\n\nk  T: 1 finding\n  a.bib:9: error: Wrong. [doi]\n"
    )
