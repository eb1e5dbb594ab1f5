"""How long it takes to take an import of 10,000 rows back, to compare two and to read one again,
as ratios to importing it.
"""

import time
from collections.abc import Callable
from pathlib import Path

from refman.library import Library
from tests.library.making import page, pasted, prose, row

ROWS = 10_000
HEADER = "Grace Hopper\n\nLG\nh-index67\n"


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _page(places: range, meta: str) -> str:
    rows = (
        row(
            f"Study {place * 7919 % 100_003} of {place} Sheep",
            f"Ada{place} Lovelace, Grace Hopper{place}",
            meta=meta,
            abstract=prose(place),
        )
        for place in places
    )
    return page(*rows, header=HEADER)


def test_an_import_as_a_thing(tmp_path: Path, tell: Callable[[str, float, float], None]) -> None:
    library = Library.open(tmp_path / "library.refman", create=True)
    first = pasted(_page(range(ROWS), "LGMay 2, 2021"), "first.txt")
    second = pasted(_page(range(0, ROWS, 2), "71LGMay 2, 2021"), "second.txt")
    floor = seconds(lambda: library.importing.run(first))
    library.importing.run(second)
    works: dict[str, Callable[[], object]] = {
        "compare with the earlier import": lambda: library.listings.compare(2),
        "say what taking back would do": lambda: library.listings.preview_take_back(1),
        "take back": lambda: library.listings.take_back(1),
        "undo that": library.history.undo,
        "read again": lambda: library.listings.read_again(1),
        "list": library.listings.list,
    }
    for name, work in works.items():
        tell(f"{name}, of {ROWS:,} rows, by the import", seconds(work) / floor, 1.0)
    library.close()
