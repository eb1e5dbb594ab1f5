"""Files looked through: lines, keys, parents, what the reader tells."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.errors import ReadError, UsageError
from refman.library import Doctor, Finding, Source
from refman.progress import Cancelled, Progress
from tests.library.doctor.looking import DAY

BIB = r"""@string{j = "Sheep & Goats"}
@article{Lee2020,
  author  = {Lee, Ann},
  title   = {Sheep},
  journal = j,
  year    = 2020,
  pages   = {34--12},
}

@article{lee2020,
  author = {Lee, Ann},
  title  = {Sheep {again},
  year   = 2021,
}

@book{Lee2020, author = {Lee, Ann}, title = {Sheep_1}, year = 2022, doi = {x},
  url = {www}}

@inproceedings{child, author = {Lee, Ann}, title = {Lambs}, crossref = {Parents}}
@proceedings{one, title = {One}, crossref = {two}, year = 2001}
@proceedings{two, title = {Two}, crossref = {one}, year = 2002}
@proceedings{parent, title = {Parents}, year = 2002}
@inproceedings{late, author = {Lee, Bo}, title = {Lambs again}, crossref = {parent}}
"""


def check(text: str, *rules: str) -> list[Finding]:
    source = Source.from_text(text, "x.bib")
    return Doctor.check_source(source, rules=rules or None, today=DAY)


def short(found: list[Finding]) -> list[tuple[int, str, str, str]]:
    return [(each.line, each.key, each.rule, each.field) for each in found]


def test_a_file() -> None:
    found = [each for each in short(check(BIB)) if each[2] != "reading"]
    assert found == [
        (7, "Lee2020", "pages", "pages"),
        (10, "lee2020", "key-case", "citation_key"),
        (10, "lee2020", "missing-field", "journaltitle"),
        (16, "Lee2020", "duplicate-key", "citation_key"),
        (16, "Lee2020", "key-case", "citation_key"),
        (16, "Lee2020", "doi", "doi"),
        (16, "Lee2020", "tex-signs", "title"),
        (17, "Lee2020", "url", "url"),
        (19, "child", "missing-field", "booktitle"),
        (19, "child", "missing-field", "date"),
        (19, "child", "dangling", "crossref"),
        (20, "one", "cycle", "crossref"),
        (21, "two", "cycle", "crossref"),
        (21, "two", "parent-order", "crossref"),
        (23, "late", "parent-order", "crossref"),
    ]


def test_what_the_reader_tells_is_told_once() -> None:
    told = [each.message for each in check(BIB) if each.rule == "reading"]
    assert not [message for message in told if "Lee2020" in message or "Parents" in message]
    assert any("not closed" in message or "brace" in message for message in told)


def test_a_name_of_many_commas_is_told_once() -> None:
    found = check("@misc{a, author = {Lee, Ann, Jr, B, C}, title = {A}}")
    assert short(found) == [(1, "a", "name", "author")]


IMPOSSIBLE = [
    ("date = {2000-02-30}", "date"),
    ("date = {2000-04-31}", "date"),
    ("date = {2001-04-31T99:00}", "date"),
    ("date = {2000-13}", "date"),
    ("year = {20x1}", "year"),
    ("year = 2001, month = {foo}", "month"),
]


@pytest.mark.parametrize(("written", "field"), IMPOSSIBLE, ids=[one[0] for one in IMPOSSIBLE])
def test_impossible_dates(written: str, field: str) -> None:
    found = check(f"@misc{{a, author = {{Lee, Ann}}, title = {{A}}, {written}}}", "date")
    assert short(found) == [(1, "a", "date", field)]


def test_a_block_that_cannot_be_read_is_an_error() -> None:
    found = check("@article{}\n@misc{a, title = {A}}")
    assert [(each.line, each.rule, each.severity.value) for each in found] == [
        (1, "reading", "error")
    ]


def test_biber_takes_parents_first_and_single_hyphens() -> None:
    text = """
    @proceedings{p, title = {P}, date = {2002}}
    @inproceedings{c, author = {A B}, title = {C}, crossref = {p}, pages = {1-2}}
    """
    assert check(text) == []
    assert short(check(text.replace("date = {2002}", "year = 2002"))) == [
        (3, "c", "parent-order", "crossref"),
        (3, "c", "page-dash", "pages"),
    ]


def test_what_is_inherited_is_told_of_the_parent_alone() -> None:
    text = """
    @inproceedings{c, author = {A B}, title = {C}, crossref = {p}}
    @proceedings{p, title = {PROCEEDINGS OF THE SHEEP}, editor = {SMITH, A.}, year = 2002}
    """
    assert {(each.line, each.rule) for each in check(text)} == {
        (3, "title-capitals"),
        (3, "name-capitals"),
    }


def test_other_keys_lead_to_an_entry() -> None:
    text = "@book{a, author={A B}, title={T}, year=1999, ids={b}, related={b}}"
    assert check(text) == []


def test_two_dates() -> None:
    text = "@misc{a, title = {A}, year = 1999, date = {2000-01-01}}"
    assert short(check(text, "date-twice")) == [(1, "a", "date-twice", "year")]


def test_a_path_is_told_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs").mkdir()
    (tmp_path / "refs" / "x.bib").write_text("@misc{a, author = {SMITH, John}}")
    found = Doctor.check_source(Path("refs") / "x.bib", today=DAY)
    assert {each.file for each in found} == {"refs/x.bib"}


@pytest.mark.parametrize("text", ["Sheep and goats.", "<html><body>Sheep</body></html>"])
def test_no_bibtex(text: str) -> None:
    with pytest.raises(ReadError):
        check(text)


def test_a_file_of_comments_is_well() -> None:
    assert check("% nothing yet\n@comment{nothing}") == []


def test_a_rule_that_is_none() -> None:
    with pytest.raises(UsageError, match="missing-field"):
        check(BIB, "sheep")


def test_it_can_be_stopped() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        Doctor.check_source(Source.from_text(BIB), progress=progress)


@given(st.text(st.sampled_from('@article{}(),="#\\\n kT1&%$_'), max_size=80))
def test_any_text_in_no_exception_out(text: str) -> None:
    Doctor.check_source(Source.from_text(f"@misc{{a, title={{A}}}}\n{text}"), today=DAY)
