"""How long verbs take on 10,000 papers, as ratios to a floor measured in the same run.

Reading and writing BibTeX are held against bibtexparser alone on the same file, bibliographies
against citeproc-py alone on the same items; everything else against one scan of all titles and
abstracts with LIKE, through the standard library's sqlite3. The budgets are those of the project
in these units.
"""

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string, write_string
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from refman.formats.citations import cited_item
from refman.library import Library, Source
from refman.library.styles import find
from tests.bench.making import write_bib

PAPERS = 10_000
Tell = Callable[[str, float, float], None]


def seconds(work: Callable[[], object], rounds: int = 1) -> float:
    """The median time of `work` over `rounds`."""

    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return statistics.median(once() for _ in range(rounds))


@pytest.fixture(scope="module")
def bib(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bib(tmp_path_factory.mktemp("bib") / "papers.bib", PAPERS)


@pytest.fixture(scope="module")
def library(bib: Path) -> Iterator[Library]:
    opened = Library.open(bib.with_name("library.refman"), create=True)
    opened.importing.run(Source.from_path(bib))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def scan(library: Library) -> float:
    """Seconds of one LIKE over all titles and abstracts."""
    query = "SELECT count(*) FROM entry WHERE title LIKE '%zzz%' OR abstract LIKE '%zzz%'"
    with closing(sqlite3.connect(library.path)) as connection:
        return seconds(lambda: connection.execute(query).fetchone(), 5)


def test_import(bib: Path, tmp_path: Path, tell: Tell) -> None:
    text = bib.read_text(encoding="utf-8")
    floor = seconds(lambda: parse_string(text))
    fresh = Library.open(tmp_path / "fresh.refman", create=True)
    taken = seconds(lambda: fresh.importing.run(Source.from_path(bib)))
    tell("import .bib / bibtexparser parses", taken / floor, 1.5 / 0.7)
    undone = seconds(fresh.history.undo)
    tell("undo of it / bibtexparser parses", undone / floor, 1.0 / 0.7)
    fresh.close()


def test_export(bib: Path, library: Library, tell: Tell) -> None:
    parsed = parse_string(bib.read_text(encoding="utf-8"))
    floor = seconds(lambda: write_string(parsed))
    ids = library.search.ids()
    taken = seconds(lambda: library.exporting.text(ids))
    tell("export .bib / bibtexparser writes", taken / floor, 0.6 / 0.8)


@pytest.mark.parametrize("query", ["l", "lea", "learning", "learning graph", "author:turing"])
def test_first_page(library: Library, scan: float, tell: Tell, query: str) -> None:
    def page() -> None:
        library.search.rows(library.search.ids(query)[:50])

    tell(f"search {query} and show a page / scan", seconds(page, 7) / scan, 16 / 14)


@pytest.mark.parametrize(
    "column", ["title", "creators", "year", "added", "venue", "rating", "best_score", "categories"]
)
def test_sort(library: Library, scan: float, tell: Tell, column: str) -> None:
    taken = seconds(lambda: library.search.ids(sort=column), 7)
    tell(f"sort by {column} / scan", taken / scan, 30 / 14)


def test_tag_all(library: Library, scan: float, tell: Tell) -> None:
    ids = library.search.ids()
    taken = seconds(lambda: library.tags.add("benchmark", ids))
    tell("tag all / scan", taken / scan, 100 / 14)
    tell("undo of it / the tagging", seconds(library.history.undo) / taken, 2.0)


@pytest.mark.parametrize("style", ["apa", "ieee"])
def test_bibliography(library: Library, tell: Tell, style: str) -> None:
    ids = library.search.ids()[:1000]
    items = [cited_item(library.entries.get(each).entry, str(each)) for each in ids]
    for item in items:
        del item["custom"]  # of which citeproc-py warns

    def alone() -> None:
        read = CitationStylesStyle(str(find(style).path), validate=False)
        made = CitationStylesBibliography(read, CiteProcJSON(items), formatter.plain)
        for item in items:
            made.register(Citation([CitationItem(item["id"])]))
        made.sort()
        made.bibliography()

    floor = seconds(alone)
    taken = seconds(lambda: library.citations.bibliography(ids, style))
    tell(f"bibliography of 1,000 in {style} / citeproc-py alone", taken / floor, 0.25)


def test_doctor(library: Library, scan: float, tell: Tell) -> None:
    taken = seconds(library.doctor.findings, 3)
    tell("look through all papers / scan", taken / scan, 1500 / 14)
