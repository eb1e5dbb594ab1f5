"""One engine for the samples of every format: a page in, the whole of what was found as JSON.

A sample lies in tests/data/formats/<format>/ with its expected JSON beside it, under the
same name. `python -m tests.formats.engine SAMPLE…` (re)writes the JSON, to be read through
before it is kept.
"""

import json
import sys
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from refman.formats import decode, detect, format_named
from refman.formats.format import Context, Format, Found, Row
from refman.formats.markup import Page, page_of
from refman.formats.recipes import load_recipes

SAMPLES = Path(__file__).parents[1] / "data" / "formats"
LISTINGS = Path(__file__).parents[3] / "shared" / "listings"
RECIPES = Path(__file__).parents[2] / "resources" / "recipes"
AS_OF = date(2026, 11, 20)


@cache
def recipes() -> tuple[Format, ...]:
    """The shipped recipes, all of which can be used."""
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(RECIPES.iterdir())}
    formats, problems = load_recipes(texts)
    assert problems == []
    return tuple(formats)


def context() -> Context:
    return Context(AS_OF)


def page(sample: Path) -> Page:
    return page_of(decode(sample.read_bytes()))


def text_of(sample: Path) -> str:
    """The text of a sample as most formats get it."""
    return page(sample).text


def format_of(page: Page) -> Format | None:
    """The format that a page is in, as an import finds it."""
    return detect(page.text, markup=page.markup, more=recipes())


def read_page(page: Page) -> Found:
    """What is found in a page by the format it is in."""
    found = format_of(page)
    assert found is not None
    return found.read(page.wanted_by(found), context())


def read(text: str, format_name: str = "") -> Found:
    """What is found in `text` by the format it is in, or the one that is named."""
    found = format_named(format_name, recipes()) if format_name else detect(text)
    assert found is not None
    return found.read(text, context())


def row_as_json(row: Row) -> dict[str, Any]:
    """Everything that a row says, its source apart; what a listing cannot say is left out."""
    entry = row.entry
    more: dict[str, Any] = {}
    if entry.entry_type != "misc":
        more["entry_type"] = entry.entry_type
    if entry.fields:
        more["fields"] = dict(sorted(entry.fields.items()))
    if entry.keywords:
        more["keywords"] = list(entry.keywords)
    if entry.citation_key:
        more["citation_key"] = entry.citation_key
    for name in ("aliases", "collections", "notes"):
        if values := getattr(row, name):
            more[name] = list(values)
    if row.attachments:
        more["attachments"] = [
            {name: value for name, value in asdict(link).items() if value}
            for link in row.attachments
        ]
    return {
        **more,
        "title": entry.title,
        "creators": [creator.full_name for creator in entry.creators],
        "creators_truncated": entry.creators_truncated,
        "date": entry.date,
        "abstract": entry.abstract,
        "line": row.line,
        "category": row.category,
        "category_label": row.category_label,
        "year_given": row.year_given,
        "score": row.score,
        "code": row.code,
        "affiliations": list(row.affiliations),
        "review": list(row.review),
        "runners_up": [[boundary.title, boundary.byline] for boundary in row.runners_up],
    }


def as_json(found: Found) -> dict[str, Any]:
    return {
        "as_of": AS_OF.isoformat(),
        "header": asdict(found.header),
        "rows": [row_as_json(row) for row in found.rows],
        "problems": [asdict(problem) for problem in found.problems],
        "passed_over": [asdict(passage) for passage in found.passed_over],
    }


def main(samples: list[str]) -> None:
    for sample in map(Path, samples):
        expected = json.dumps(as_json(read_page(page(sample))), indent=1, ensure_ascii=False)
        sample.with_suffix(".json").write_text(f"{expected}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
