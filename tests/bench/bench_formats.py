"""How long reading 10,000 rows of a page takes, in seconds of this machine."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from refman.formats import detect
from refman.formats.format import Context
from tests.bench.making import write_mailing, write_profile

ROWS = 10_000


@pytest.mark.parametrize(
    ("write", "budget"),
    [
        pytest.param(write_mailing, 3.0, id="mailing"),
        pytest.param(write_profile, 5.0, id="profile"),
    ],
)
def test_read(
    tmp_path: Path,
    write: Callable[[Path, int], Path],
    budget: float,
    tell: Callable[[str, float, float], None],
) -> None:
    text = write(tmp_path / "page.txt", ROWS).read_text(encoding="utf-8")
    start = time.perf_counter()
    reader = detect(text)
    assert reader is not None
    found = reader.read(text, Context(date(2026, 11, 20)))
    taken = time.perf_counter() - start
    assert len(found.rows) == ROWS
    tell(f"10,000 rows, {reader.name}, in seconds", taken, budget)
