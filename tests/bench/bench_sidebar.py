"""How long it takes to read what the sidebar shows, with 100,000 papers, 5,000 found pairs and
300 imports.

It is read after every change, beside the papers: the window waits for none of it, but its reading
thread does. In milliseconds. Run: `pytest tests/bench/bench_sidebar.py -m slow -s`.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Connection, Table, func, insert, literal, select

from refman.db import schema
from refman.library import Library, Source
from refman.ui.sidebar import nodes
from tests.bench.bench_scan import PAPERS, Tell, make
from tests.bench.making import write_profile

IMPORTS = 300
ROWS = 350  # of each


def milliseconds(work: Callable[[], object]) -> float:
    """The best of five."""

    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return 1_000 * min(once() for _ in range(5))


def copy_imports(connection: Connection) -> None:
    """Of the one import make all, the rows of each of other papers and of other files."""
    lst, s = schema.listing, schema.sighting
    for number in range(2, IMPORTS + 1):
        first = (number - 2) * (PAPERS - ROWS) // IMPORTS
        path = {"path": lst.c.path.concat(number), "source_sha256": literal(str(number))}
        _copy(connection, lst, lst.c.id == 1, path)
        there = {"listing": literal(number), "entry": s.c.position + 1 + first}
        _copy(connection, s, s.c.listing == 1, there)


def _copy(
    connection: Connection, table: Table, which: ColumnElement[bool], other: Mapping[str, Any]
) -> None:
    names = [column.name for column in table.columns if column.name != "id"]
    said = select(*(other.get(name, table.c[name]) for name in names)).where(which)
    connection.execute(insert(table).from_select(names, said))


@pytest.mark.slow
def test_sidebar(tmp_path: Path, tell: Tell) -> None:
    make(tmp_path / "library.refman")
    library = Library.open(tmp_path / "library.refman")
    library.importing.run(Source.from_path(write_profile(tmp_path / "page.txt", ROWS, seed=9)))
    library.duplicates.scan()
    with library.database.write("Copy", undoable=False) as connection:
        copy_imports(connection)
        assert connection.scalar(select(func.count()).select_from(schema.listing)) == IMPORTS
    parts: dict[str, tuple[Callable[[], object], float]] = {
        "counts of papers": (library.search.counts, 20),
        "collections": (library.collections.tree, 5),
        "imports": (library.listings.list, 50),
        "tags": (library.tags.list, 5),
        "duplicates": (library.duplicates.count, 20),
        "all of it": (lambda: nodes.read(library), 100),
    }
    for name, (work, budget) in parts.items():
        tell(f"{name}, ms", milliseconds(work), budget)
    library.close()
