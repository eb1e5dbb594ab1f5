"""The full-text indexes and fingerprints follow every change, in bulk and one by one."""

from pathlib import Path

import pytest

from refman.db import schema, search_index
from refman.db.database import Database
from refman.model.text import fingerprint
from refman.progress import Cancelled
from tests.db.filling import ABSTRACT, add, fill, found


def _prints(database: Database) -> dict[int, set[int]]:
    with database.read() as connection:
        rows = connection.execute(schema.abstract_fingerprint.select()).all()
    return {row.entry: {r.hash for r in rows if r.entry == row.entry} for row in rows}


def test_the_index_follows_changes_undo_and_redo(papers: Database) -> None:
    before = _prints(papers)
    assert before == {
        1: set(fingerprint("Forgetting Transformer", "")),
        2: set(fingerprint("Soft-Actor in C++", ABSTRACT)),
    }
    with papers.write("Change") as connection:
        connection.exec_driver_sql("UPDATE entry SET title = 'One' WHERE id = 1")
        connection.exec_driver_sql("UPDATE entry SET title = 'Another title' WHERE id = 1")
        connection.exec_driver_sql("DELETE FROM entry WHERE id = 2")
        add(connection, 2, title="In its place")
        add(connection, 3, title="Third")
        connection.exec_driver_sql("DELETE FROM entry WHERE id = 3")
    after = {1: set(fingerprint("Another title", "")), 2: set(fingerprint("In its place", ""))}
    for _again in range(2):
        words = ("forgetting", "one", "another", "place", "third")
        assert [found(papers, word) for word in words] == [[], [], [1], [2], []]
        assert _prints(papers) == after
        assert papers.check() == []
        papers.undo()
        assert [found(papers, word) for word in ("forgetting", "actor", "another")] == [
            [1],
            [2],
            [],
        ]
        assert _prints(papers) == before
        assert papers.check() == []
        papers.redo()


def test_a_rolled_back_block_leaves_the_index(papers: Database) -> None:
    def broken() -> None:
        with papers.write("Change") as connection:
            connection.exec_driver_sql("DELETE FROM entry")
            add(connection, 9, title="Nine")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert (found(papers, "forgetting"), found(papers, "nine")) == ([1], [])
    assert papers.check() == []


def test_fingerprints_that_an_import_brings_are_kept(database: Database) -> None:
    with database.write("Import") as connection:
        add(connection, 1, title="A title")
        connection.execute(schema.abstract_fingerprint.insert(), {"hash": 7, "entry": 1})
    assert _prints(database) == {1: {7}}


def test_great_changes_in_every_direction(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "_FEW", 10)
    monkeypatch.setattr(search_index, "_CHUNK", 7)
    for start in (1, 101):
        with database.write("Import") as connection:
            for number in range(start, start + 50):
                add(connection, number, title=f"Title number{number}", abstract=ABSTRACT)
    with database.write("Add a few") as connection:
        for number in range(200, 212):
            add(connection, number, title=f"Title number{number}")
    with database.write("Edit") as connection:
        search_index.expect(connection, 112)
        connection.exec_driver_sql("UPDATE entry SET title = 'Edited ' || id")
    with database.write("Delete") as connection:
        search_index.expect(connection, 50)
        connection.exec_driver_sql("DELETE FROM entry WHERE id < 180 AND id <> 5")
    state = [(found(database, "edited*"), len(_prints(database)))]
    while database.undo():
        assert database.check() == []
        state.append((found(database, "edited*"), len(_prints(database))))
    assert [(len(ids), prints) for ids, prints in state] == [
        (13, 13), (112, 112), (0, 112), (0, 100), (0, 50), (0, 0)]  # fmt: skip
    while database.redo():
        assert database.check() == []
        assert state.pop(-2) == (found(database, "edited*"), len(_prints(database)))


def test_an_index_that_catches_up_in_the_midst(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is added, changed and taken out before and after it; and all becomes one segment."""
    monkeypatch.setattr(search_index, "_FEW", 10)
    monkeypatch.setattr(search_index, "_PAGES", 1)
    with database.write("Before") as connection:
        for number in range(1, 4):
            add(connection, number, title=f"Old number{number}", abstract=ABSTRACT)
    checks = []
    with database.write("Great") as connection:
        search_index.catch_up(connection)
        for number in range(4, 40):
            add(connection, number, title=f"New number{number}", abstract=ABSTRACT)
            if number % 10 == 0:
                connection.exec_driver_sql("DELETE FROM entry WHERE id = 2")
                search_index.catch_up(connection)
                connection.exec_driver_sql("UPDATE entry SET title = 'Again' WHERE id IN (1, 5, 9)")
        connection.exec_driver_sql("DELETE FROM entry WHERE id IN (5, 30, 39)")
        search_index.refresh(connection, lambda: checks.append(len(checks)))
        segments = connection.exec_driver_sql("SELECT count(DISTINCT segid) FROM entry_text_idx")
        assert segments.scalar() == 1
        left = connection.exec_driver_sql("SELECT count(*) FROM search_pending").scalar()
        assert left == 0
    assert len(checks) > 2
    there = [*(n for n in range(4, 40) if n not in (5, 9, 30, 39))]
    for _again in range(2):
        assert (found(database, "new"), found(database, "again")) == (there, [1, 9])
        assert found(database, "old") == [3]
        assert sorted(_prints(database)) == sorted([1, 3, 9, *there])
        assert database.check() == []
        database.undo()
        assert (found(database, "old"), found(database, "new")) == ([1, 2, 3], [])
        assert database.check() == []
        database.redo()


def test_a_great_change_that_is_stopped_leaves_the_index(
    papers: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "_FEW", 2)

    def stop() -> None:
        raise Cancelled

    def stopped() -> None:
        with papers.write("Great") as connection:
            for number in range(4, 40):
                add(connection, number, title=f"New number{number}")
            search_index.catch_up(connection)
            search_index.refresh(connection, stop)

    with pytest.raises(Cancelled):
        stopped()
    assert (found(papers, "forgetting"), found(papers, "new")) == ([1], [])
    assert papers.check() == []


def test_annotations(database: Database) -> None:
    with database.write("Fill") as connection:
        fill(connection)
        connection.exec_driver_sql("UPDATE annotation SET comment = 'Très bien' WHERE id = 3")
    assert found(database, "tres", "annotation_text") == [3]
    with database.write("Delete") as connection:
        connection.exec_driver_sql("DELETE FROM entry WHERE id = 3")
    assert found(database, "tres", "annotation_text") == []
    database.undo()
    assert found(database, "tres", "annotation_text") == [3]
    assert database.check() == []


def test_an_index_that_does_not_fit_is_told_and_made_anew(papers: Database, path: Path) -> None:
    with papers.write("Harm") as connection:
        connection.exec_driver_sql(
            "INSERT INTO entry_text (rowid, title) VALUES (77, 'nowhere to be found')"
        )
    assert papers.check() == ["The search index did not fit the papers; it was made anew."]
    assert papers.check() == []
    assert (found(papers, "nowhere"), found(papers, "forgetting")) == ([], [1])
