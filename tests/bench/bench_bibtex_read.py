"""How long reading a .bib takes, beside bibtexparser splitting the same text in the same run; how
long a cancel may wait, and what is held meanwhile."""

import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bibtexparser.entrypoint import parse_string

from refman.formats.bibtex.reader import pieces
from refman.formats.format import Context
from refman.progress import Progress
from tests.bench.making import write_bib

PAPERS = 10_000


class Watched(Progress):
    """Notes the longest time between two looks at the Stop button, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()

    def check(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now
        super().check()


def read(text: str, progress: Progress | None = None) -> int:
    return sum(1 for _ in pieces(text, Context(date(2026, 11, 20), progress or Progress())))


def test_read(tmp_path: Path, tell: Callable[[str, float, float], None]) -> None:
    text = write_bib(tmp_path / "papers.bib", PAPERS).read_text(encoding="utf-8")
    started = time.perf_counter()
    parse_string(text)
    parsed = time.perf_counter()
    progress = Watched()
    assert read(text, progress) == PAPERS
    taken = time.perf_counter() - parsed
    tell("read 10,000 entries / bibtexparser.parse_string", taken / (parsed - started), 1.5)
    tell("longest wait of a cancel, in seconds", progress.longest, 0.2)


def test_what_is_held(tmp_path: Path, tell: Callable[[str, float, float], None]) -> None:
    text = write_bib(tmp_path / "papers.bib", PAPERS).read_text(encoding="utf-8")
    read(text[:20_000])
    tracemalloc.start()
    read(text)
    _held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    tell("held while reading / length of the text", peak / len(text), 0.2)
