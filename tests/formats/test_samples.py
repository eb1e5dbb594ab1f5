"""Every sample page against the JSON beside it, compared whole."""

import json
from pathlib import Path

import pytest

from tests.formats import engine

SAMPLES = sorted(
    path
    for folder in (
        "profile", "abstract_list", "medline", "pubmed_summary", "pubmed_abstract",
        "pubmed_search", "nep_report", "references", "arxiv_list", "arxiv_search",
        "arxiv_mailing", "arxiv_feed", "arxiv_oai",
    )
    for path in (engine.SAMPLES / folder).iterdir()
    if path.suffix != ".json" and path.name != "README.md"
)  # fmt: skip
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")


@each_sample
def test_sample_is_detected_by_content(sample: Path) -> None:
    found = engine.format_of(engine.page(sample))
    assert found is not None
    assert found.name == sample.parent.name.replace("_", "-")


@each_sample
def test_sample_is_read_as_expected(sample: Path) -> None:
    expected = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
    assert engine.as_json(engine.read_page(engine.page(sample))) == expected


@each_sample
def test_every_line_is_accounted_for(sample: Path) -> None:
    """Each line that shows something is the header's, a row's, a problem's or passed over."""
    page = engine.page(sample)
    found = engine.read_page(page)
    lines = page.text.split("\n")
    seen = {problem.line + n for problem in found.problems
            for n in range(problem.text.count("\n") + 1)}  # fmt: skip
    seen |= {passage.line for passage in found.passed_over}
    for row in found.rows:
        count = row.raw_text.count("\n") + 1
        there = zip(row.raw_text.split("\n"), lines[row.line - 1 :], strict=False)
        assert all(raw in line for raw, line in there)
        seen |= set(range(row.line, row.line + count))
    first = min([row.line for row in found.rows] + [problem.line for problem in found.problems])
    header = {n for n in range(1, first) if n not in seen}
    missing = [n for n, line in enumerate(lines, 1) if line.strip() and n not in seen | header]
    assert missing == []
    said = [value for value in engine.as_json(found)["header"].values() if value is not None]
    # A figure may stand in two lines of a header ("210papers", "210 Papers").
    assert len(said) <= sum(bool(lines[n - 1].strip()) for n in header) <= len(said) + 1


@each_sample
def test_a_row_reads_the_same_from_its_kept_text(sample: Path) -> None:
    """A doubtful row is decided again from its raw text, so that has to be all of it."""
    page = engine.page(sample)
    for row in engine.read_page(page).rows:
        again = engine.read(row.raw_text, sample.parent.name.replace("_", "-"))
        entry = again.rows[0].entry
        assert len(again.rows) == 1
        if page.markup:  # which may say more than what it shows
            assert entry.title == row.entry.title
            continue
        assert (entry.date, entry.abstract) == (row.entry.date, row.entry.abstract)
        if not row.review and not again.rows[0].review:
            assert entry == row.entry
