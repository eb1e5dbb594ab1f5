"""How long writing 10,000 entries as .bib takes, beside bibtexparser's writer in the same run."""

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string, write_string

from refman.formats.bibtex import BibLaTeX, BibTeX
from refman.formats.bibtex.style import Style
from refman.formats.bibtex.writer import render
from refman.formats.format import Context
from refman.model.entry import Entry
from tests.bench.making import write_bib

PAPERS = 10_000
Tell = Callable[[str, float, float], None]


def seconds(work: Callable[[], object]) -> float:
    """The processor's time, the least of three: other programs do not count."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_bib(tmp_path_factory.mktemp("bib") / "papers.bib", PAPERS).read_text("utf-8")


@pytest.fixture(scope="module")
def entries(text: str) -> list[Entry]:
    return [row.entry for row in BibTeX().read(text, Context(date(2026, 11, 20))).rows]


@pytest.fixture(scope="module")
def floor(text: str) -> float:
    parsed = parse_string(text)
    return seconds(lambda: write_string(parsed))


@pytest.mark.parametrize(
    ("options", "budget"),
    [
        pytest.param({}, 0.75, id="usual"),
        pytest.param({"source": "rewrite"}, 0.75, id="anew"),
        pytest.param({"dialect": "biblatex"}, 0.75, id="biblatex"),
        pytest.param({"unicode": False, "protection": "nouns"}, 1.5, id="commands"),
    ],
)
def test_write(
    entries: list[Entry], floor: float, tell: Tell, options: dict[str, Any], budget: float
) -> None:
    writer = BibLaTeX() if options.get("dialect") == "biblatex" else BibTeX()
    taken = seconds(lambda: "".join(writer.write(entries, options)))
    tell("write 10,000 entries / bibtexparser writes", taken / floor, budget)


def test_render_one(entries: list[Entry], floor: float, tell: Tell) -> None:
    style = Style()
    taken = seconds(lambda: render(entries[0], style))
    tell("render one entry / bibtexparser writes all", taken / floor, 0.001)
