"""How long it takes to look for duplicates among 100,000 papers, and to merge the certain ones.

The library is invented: of one paper in twenty it has a second record, as another source would
have it. The budget is that of the project: 30 seconds for all, on a machine of two cores. Run:
`pytest tests/bench/bench_scan.py -m slow -s`.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from refman.library import Library, Source
from refman.library.merging import resolve
from refman.library.storing import NewPaper, edit_values, insert_papers, now
from refman.model.creator import Creator, parse_name
from refman.model.entry import Entry
from tests.bench.making import Maker, write_profile

PAPERS = 100_000
COPIED = 20  # of one in as many there is a second record
Tell = Callable[[str, float, float], None]


def make(path: Path, papers: int = PAPERS) -> set[tuple[int, int]]:
    """A library of `papers`; the pairs of ids that are one paper."""
    maker = Maker(7)
    library = Library.open(path, create=True)
    pairs: set[tuple[int, int]] = set()

    with library.database.write("Fill") as connection:
        new: list[NewPaper] = []
        for number, entry in enumerate(_entries(maker, papers, pairs), 1):
            paper = resolve([], edit_values(entry))
            new.append(NewPaper(number, str(uuid4()), f"key{number}", False, paper))
            if len(new) == 1_000 or number == papers:
                insert_papers(connection, new, now())
                new.clear()
    library.close()
    return pairs


def _entries(maker: Maker, papers: int, pairs: set[tuple[int, int]]) -> Iterator[Entry]:
    count = 0
    while count < papers:
        names = tuple(parse_name(name) for name in maker.names())
        title, year = f"{maker.title()} {count}", str(maker.year())
        fields = {"journaltitle": f"Journal of {maker.words(2)}", "doi": f"10.5555/{count}"}
        yield Entry("article", "", title, names, False, year, maker.abstract(), fields)
        count += 1
        if count % COPIED == 0 and count < papers:
            pairs.add((count, count + 1))
            short = tuple(Creator(family=c.family, given=c.given[:1] + ".") for c in names)
            yield Entry("misc", "", title.upper(), short, date=year)
            count += 1


@pytest.mark.slow
def test_scan(tmp_path: Path, tell: Tell) -> None:
    pairs = make(tmp_path / "library.refman")
    library = Library.open(tmp_path / "library.refman")

    def seconds(work: Callable[[], object]) -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    tell("all papers, s", seconds(library.duplicates.scan), 30.0)
    found = {pair for c in library.duplicates.clusters() for pair in [(c.ids[0], c.ids[1])]}
    found = {(min(pair), max(pair)) for pair in found}
    tell("known pairs that were not found", len(pairs - found), 0)
    tell("pairs that are none", len(found - pairs), 0)
    tell("asking for what was found, s", seconds(library.duplicates.clusters), 1.0)
    page = write_profile(tmp_path / "page.txt", 1_000, seed=3)
    library.importing.run(Source.from_path(page))
    tell("after an import of 1,000, s", seconds(library.duplicates.scan), 1.0)
    tell("merging the certain, s", seconds(library.duplicates.merge_certain), 60.0)
    library.close()
