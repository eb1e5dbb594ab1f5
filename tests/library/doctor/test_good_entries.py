"""Nothing is found in what is well: ordinary entries of every type, what the programs take."""

import shutil
import subprocess
from pathlib import Path

import pytest

from refman.formats import format_named
from refman.formats.format import Context
from refman.library import Doctor, Source
from refman.model.entry_types import ENTRY_TYPES
from tests.library.doctor.looking import DAY

DATA = Path(__file__).parents[2] / "data"
GOOD = (DATA / "doctor" / "good.bib").read_text(encoding="utf-8")


def found(text: str) -> list[str]:
    findings = Doctor.check_source(Source.from_text(text, "good.bib"), today=DAY)
    return [f"{each.key} {each.rule} {each.field}: {each.message}" for each in findings]


def test_good_entries_are_well() -> None:
    assert found(GOOD) == []


def test_there_is_one_of_each_type() -> None:
    reader = format_named("bibtex")
    assert reader
    rows = reader.read(GOOD, Context(DAY)).rows
    assert {row.entry.entry_type for row in rows} == {*ENTRY_TYPES}


@pytest.mark.skipif(not shutil.which("bibtex"), reason="bibtex is not installed")
def test_bibtex_misses_what_is_missed_here(tmp_path: Path) -> None:
    """Of the types that bibtex has, each with one field less at a time."""
    whole = {
        "article": "author title journal year",
        "book": "author title publisher year",
        "incollection": "author title booktitle publisher year",
        "inproceedings": "author title booktitle year",
        "inbook": "author title chapter publisher year",
        "mastersthesis": "author title school year",
        "phdthesis": "author title school year",
        "techreport": "author title institution year",
        "proceedings": "title year",
        "unpublished": "author title note",
        "manual": "title",
        "booklet": "title",
        "misc": "note",
    }
    entries = [
        (kind, left_out, [name for name in names.split() if name != left_out])
        for kind, names in whole.items()
        for left_out in ("", *names.split())
    ]
    text = "".join(
        f"@{kind}{{{kind}-{left_out or 'whole'}, key = {{K}},"
        + ", ".join(f"{name} = {{1999}}" for name in names)
        + "}\n"
        for kind, left_out, names in entries
    )
    (tmp_path / "all.bib").write_text(text)
    (tmp_path / "all.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{all}\n")
    told = subprocess.run(
        ["bibtex", "all"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    ).stdout
    warned = {
        line.rpartition(" in ")[2].strip()
        for line in told.splitlines()
        if line.startswith(("Warning--empty", "Warning--all relevant fields"))
    }
    findings = Doctor.check_source(
        Source.from_text(text, "all.bib"), rules=["missing-field"], today=DAY
    )
    missed = {finding.key for finding in findings}
    assert missed
    assert missed <= warned
    # What only bibtex asks for.
    assert {key.rpartition("-")[2] for key in warned - missed} == {"publisher"}
