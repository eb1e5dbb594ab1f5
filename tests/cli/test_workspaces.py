"""`refman workspace`: a .bib file that is written back as it was, but for what was changed."""

from pathlib import Path

from tests.cli.conftest import Refman

BIB = """% by hand
@Article{ one,
  title  = "Counting Sheep",
  author = {Ada Lovelace},
  year   = 1843
}
"""


def test_from_opening_to_forgetting(refman: Refman, tmp_path: Path) -> None:
    file = tmp_path / "mine.bib"
    file.write_text(BIB)
    assert refman("workspace", "open", str(file)).out == "mine.bib: 1 found: 1 added\n"
    assert refman("workspace").out.split() == ["mine.bib", "1", str(file)]
    assert refman("workspace", "diff", "mine.bib") == refman("workspace", "diff", str(file))
    assert (refman("workspace", "diff", "mine.bib").status, file.read_text()) == (0, BIB)
    refman("edit", "one", "title=Counting Goats")
    told = refman("workspace", "diff", "mine.bib")
    assert told.status == 1
    assert told.out.splitlines()[4:6] == [
        ' @Article{ one,', '-  title  = "Counting Sheep",'
    ]  # fmt: skip
    written = refman("workspace", "write", "mine.bib")
    assert (written.status, written.err) == (
        0, f"1 paper changed, 0 added, 0 left out. {file}\n"
    )  # fmt: skip
    assert file.read_text() == BIB.replace("Sheep", "Goats")
    assert refman("workspace", "forget", "mine.bib").err == "mine.bib is kept no longer.\n"
    assert refman("workspace").out == ""


def test_opened_again_it_is_taken_as_it_is_now(refman: Refman, tmp_path: Path) -> None:
    file = tmp_path / "mine.bib"
    file.write_text(BIB)
    refman("workspace", "open", str(file))
    file.write_text(BIB + "% more\n")
    refused = refman("workspace", "write", "mine.bib")
    assert (refused.status, "changed by another program" in refused.err) == (3, True)
    assert refman("workspace", "open", str(file)).status == 0
    assert refman("workspace", "write", "mine.bib").status == 0
    assert file.read_text() == BIB + "% more\n"


def test_problems_are_told(refman: Refman, tmp_path: Path) -> None:
    file = tmp_path / "mine.bib"
    file.write_text(BIB + BIB)
    told = refman("workspace", "open", str(file))
    assert (told.status, told.out) == (0, "mine.bib: 2 found: 1 added, 1 merged\n")
    assert told.err.startswith("mine.bib:8: The citation key “one” stands in line 2 too")


def test_what_is_none_is_told(refman: Refman, tmp_path: Path) -> None:
    page = tmp_path / "page.ris"
    page.write_text("TY  - JOUR\nTI  - Counting Sheep\nER  - \n")
    told = refman("workspace", "open", str(page))
    assert told.status in (2, 3)
    assert "Traceback" not in told.err
    assert "There is no workspace" in refman("workspace", "write", "none").err
