"""What the sidebar counts after every change: right, and without reading what is long."""

from itertools import combinations
from typing import Any

from sqlalchemy import Connection, event

from refman.library import Library
from refman.library.pages import listings
from tests.library.making import add, page, pasted, prose, row

TITLE = "Learning to Count Sheep by Night"


def same(library: Library, count: int) -> list[int]:
    """Papers each of which may be each other: they have a title and a name in common."""
    return [add(library, TITLE, "Ada Lovelace", str(2000 + i)) for i in range(count)]


def test_duplicates_are_counted_as_they_are_shown(library: Library) -> None:
    ids = same(library, 4)
    add(library, "Another Thing Altogether")
    counted: list[tuple[int, int]] = []

    def look() -> None:
        counted.append((library.duplicates.count(), len(library.duplicates.clusters())))

    look()
    library.duplicates.scan()
    look()
    for pair in combinations(ids, 2):
        library.duplicates.keep_apart(pair)
        look()
    library.history.undo()
    look()
    library.entries.trash(ids[2:])
    look()
    library.entries.restore(ids[2:])
    look()
    library.entries.trash(ids[:2])
    library.entries.empty_trash()
    look()
    assert [count for count, _shown in counted] == [shown for _count, shown in counted]
    assert {count for count, _shown in counted} > {0, 1}


def test_imports_are_counted_without_reading_their_rows(library: Library) -> None:
    library.importing.run(pasted(page(*(row(f"Study {i}", abstract=prose(i)) for i in range(5)))))
    asked: list[tuple[str, Any]] = []

    def note(connection: Connection, _cursor: object, statement: str, values: Any,
             *_more: object) -> None:  # fmt: skip
        if "FROM sighting" in statement:
            asked.append((statement, values))

    with library.database.read() as connection:
        event.listen(connection, "before_cursor_execute", note)
        found = listings(connection)
        event.remove(connection, "before_cursor_execute", note)
        plans = [
            " ".join(step[3] for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {ask}", v))
            for ask, v in asked
        ]
    assert [(one.counts, one.count, one.doubtful) for one in found] == [({"added": 5}, 5, 0)]
    assert len(plans) == 3
    for plan in plans:
        assert "COVERING INDEX sighting_listing" in plan or "INDEX sighting_doubtful" in plan
