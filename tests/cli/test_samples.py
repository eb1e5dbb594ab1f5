"""`refman import --dry-run --json` on every sample page, against the JSON beside it."""

import json
from pathlib import Path
from typing import Any

import pytest

from refman.formats.csl_json import date_parts
from refman.formats.rich_text import to_html
from refman.model.creator import ROLES, Creator
from tests.cli.conftest import Refman
from tests.formats import engine

SAMPLES = sorted(
    path
    for path in engine.SAMPLES.rglob("*")
    if path.suffix != ".json"
    and path.with_suffix(".json").is_file()
    and path.parent.name != "bibtex"  # its expected JSON is of another make
)


# What CSL-JSON says under other names, or not at all.
NOT_IN_CSL = frozenset(
    ("runners_up", "date", "fields", "entry_type", "keywords", "citation_key", "aliases",
     "collections", "notes", "attachments")
)  # fmt: skip


def name_of(author: dict[str, str]) -> str:
    return Creator(**{part.replace("-", "_"): value for part, value in author.items()}).full_name


def as_row(record: dict[str, Any]) -> dict[str, Any]:
    """A record in the words of the expected rows."""
    custom = record["custom"]
    return {
        "title": record["title"] or "",
        "creators": [name_of(name) for role in ROLES for name in record.get(role, ())],
        "roles": sum(bool(record.get(role)) for role in ROLES),
        "issued": record["issued"],
        "abstract": record["abstract"] or "",
        "review": custom.pop("review"),
        **{name: custom[name] for name in custom if name not in ("outcome", "matched_by")},
    }


def expected_row(row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in NOT_IN_CSL}
    return {**kept, "title": to_html(row["title"]), "issued": date_parts(row["date"])}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_dry_run(refman: Refman, home: Path, sample: Path) -> None:
    expected = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
    outcome = refman("import", "--dry-run", "--json", "--as-of", expected["as_of"], sample)
    report = json.loads(outcome.out)
    assert report["found"] == sum(
        report[name] for name in ("added", "merged", "unchanged", "skipped", "failed")
    )
    assert outcome.status == (1 if report["failed"] else 0)
    assert report["listing"] == expected["header"]
    rows = [as_row(record) for record in report["records"]]
    wanted = [expected_row(row) for row in expected["rows"]]
    for row, other in zip(rows, wanted, strict=True):
        # In the library a row may be doubted for what else stands on its page.
        assert set(other.pop("review")) <= set(row.pop("review"))
        if row.pop("roles") > 1:  # CSL puts authors before editors, wherever they stood
            row["creators"].sort()
            other["creators"].sort()
    assert rows == wanted
    assert report["problems"] == [
        {name: problem[name] for name in ("line", "text", "message")}
        for problem in expected["problems"]
    ]
    assert not list(home.rglob("*.refman"))  # a dry run makes no library
