"""How long exports take, as ratios to bibtexparser writing the same papers in the same run.

A kept file is brought up to date after one change, also among a hundred thousand papers; and
what noting the changes for it costs a verb that touches every paper.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string, write_string

from refman.library import ExportSettings, Library, Source
from tests.bench.bench_library import Tell, seconds
from tests.bench.making import write_bib

BUDGETS = {10_000: 0.2 / 0.8, 100_000: 1.0 / 9.0}


@pytest.fixture(scope="module", params=BUDGETS, ids="{} papers".format)
def bib(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bib(tmp_path_factory.mktemp("bib") / "papers.bib", request.param)


@pytest.fixture(scope="module")
def library(bib: Path) -> Iterator[Library]:
    opened = Library.open(bib.with_name("library.refman"), create=True)
    opened.importing.run(Source.from_path(bib))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def floor(bib: Path) -> float:
    """Seconds in which bibtexparser writes the papers."""
    parsed = parse_string(bib.read_text(encoding="utf-8"))
    return seconds(lambda: write_string(parsed), 3)


def test_exports(bib: Path, library: Library, floor: float, tell: Tell) -> None:
    out, ids = bib.with_name("out.bib"), library.search.ids()
    library.exporting.text(ids[:1])  # load what writing takes
    taken = seconds(lambda: library.exporting.to_file(ids, out), 3)
    tell("export .bib / bibtexparser writes", taken / floor, 0.75)
    bare = seconds(lambda: library.tags.add("before", ids))
    library.exports.save("all", ExportSettings(), out.with_name("kept.bib"), kept=True)
    taken = seconds(library.exports.keep_up)
    tell("first time kept / bibtexparser writes", taken / floor, 1.0)

    def one_changed(title: str) -> float:
        library.entries.edit(ids[len(ids) // 2], {"title": title})
        return seconds(library.exports.keep_up)

    changed = [one_changed(f"Title {number}") for number in range(5)]
    tell("one changed / bibtexparser writes", sorted(changed)[2] / floor, BUDGETS[len(ids)])
    tell("none changed / bibtexparser writes", seconds(library.exports.keep_up, 3) / floor, 0.1)
    noted = seconds(lambda: library.tags.add("after", ids))
    tell("tag all with a kept export / without", noted / bare, 3.0)
