"""Every sample .bib against the JSON beside it, compared whole.

`python -m tests.formats.test_bibtex_samples` (re)writes the JSON, to be read through before
it is kept.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from refman.formats import detect
from refman.formats.bibtex import BibTeX
from refman.formats.bibtex.writer import arranged
from refman.formats.format import Found, Row
from tests.formats import engine

SAMPLES = sorted((engine.SAMPLES / "bibtex").glob("*.bib"))
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)


def row_as_json(row: Row) -> dict[str, Any]:
    """All that the row says, but for what is empty."""
    plain = row.entry.with_values(fields=dict(row.entry.fields), tex=dict(row.entry.tex))
    entry = asdict(plain)
    entry["creators"] = [{k: v for k, v in one.items() if v} for one in entry["creators"]]
    own = {"line": row.line, "status": row.status, "rating": row.rating,
           "collections": row.collections, "category": row.category,
           "aliases": row.aliases, "inherited": row.inherited,
           "attachments": [
               {key: value for key, value in asdict(link).items() if value}
               for link in row.attachments]}  # fmt: skip
    return {key: value for key, value in {**own, **entry}.items() if value}


def as_json(found: Found) -> dict[str, Any]:
    report = {
        "rows": [row_as_json(row) for row in found.rows],
        "problems": [[one.line, one.message, one.failed] for one in found.problems],
        "passed_over": [asdict(one) for one in found.passed_over],
    }
    plain: dict[str, Any] = json.loads(json.dumps(report))  # tuples are lists there
    return plain


@each_sample
def test_sample_is_detected(sample: Path) -> None:
    found = detect(engine.text_of(sample))
    assert found is not None
    assert found.name == "bibtex"


@each_sample
def test_sample_is_read_as_expected(sample: Path) -> None:
    expected = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
    assert as_json(engine.read(engine.text_of(sample), "bibtex")) == expected


@each_sample
def test_every_line_is_accounted_for(sample: Path) -> None:
    text = engine.text_of(sample).replace("\r\n", "\n")
    lines = text.split("\n")
    found = engine.read(text, "bibtex")
    seen: set[int] = set()
    for row in found.rows:
        count = row.raw_text.count("\n") + 1
        assert row.raw_text in "\n".join(lines[row.line - 1 : row.line - 1 + count])
        seen |= set(range(row.line, row.line + count))
    for passage in found.passed_over:
        seen |= set(range(passage.line, passage.line + passage.text.count("\n") + 1))
    seen |= {problem.line for problem in found.problems if problem.failed}
    unseen = [line for n, line in enumerate(lines, 1) if line.strip() and n not in seen]
    assert [line for line in unseen if not line.lower().startswith("@string")] == []


@each_sample
def test_what_is_written_is_read_again(sample: Path) -> None:
    entries = arranged(row.entry for row in engine.read(engine.text_of(sample), "bibtex").rows)
    written = "".join(BibTeX().write(entries, {}))
    again = engine.read(written, "bibtex")
    assert [row.entry.fields for row in again.rows] == [entry.fields for entry in entries]
    assert "".join(BibTeX().write([row.entry for row in again.rows], {})) == written
    assert again.passed_over == []


def main() -> None:
    for sample in SAMPLES:
        found = as_json(engine.read(engine.text_of(sample), "bibtex"))
        text = json.dumps(found, indent=1, ensure_ascii=False)
        sample.with_suffix(".json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
