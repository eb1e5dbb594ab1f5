"""Undo and redo of verbs: named, lasting, shared with other programs."""

import pytest

from refman.errors import ReadError
from refman.library import Library
from tests.library.making import add, differing, page, pasted, put, row, run_child, state


def test_nothing_to_undo(library: Library) -> None:
    assert (library.history.undo(), library.history.redo()) == (None, None)
    assert (library.history.undo_label, library.history.redo_label) == (None, None)
    assert library.history.steps() == []


def test_labels(library: Library) -> None:
    (paper,) = put(library, row(), name="sheep.txt")
    library.tags.add("farm", [paper])
    library.entries.rate([paper], 3)
    library.reading_list.set_status("read", [paper])
    library.annotations.add_note(paper, "x")
    labels = [
        "Add note",
        "Set 1 paper to “read”",
        "Rate 1 paper",
        "Tag 1 paper “farm”",
        "Import sheep.txt",
    ]
    assert [step.label for step in library.history.steps()] == labels
    for i, label in enumerate(labels):
        assert library.history.undo_label == label
        changes = library.history.undo()
        assert changes is not None
        assert (changes.label, changes.message, changes.everything) == (
            label,
            f"Undone: {label}",
            True,
        )
        assert library.history.redo_label == label
        assert len(library.history.steps()) == len(labels) - i - 1
    assert library.history.undo() is None
    for label in reversed(labels):
        changes = library.history.redo()
        assert changes is not None
        assert changes.message == f"Redone: {label}"
    assert library.history.redo() is None


def test_a_great_import_is_one_step(library: Library) -> None:
    before = state(library)
    rows = [row(f"Sheep of the Number {i}", meta=f"LGMay 1, {1990 + i % 30}") for i in range(300)]
    library.importing.run(pasted(page(*rows)))
    after = state(library)
    library.history.undo()
    assert state(library) == before
    assert library.search.counts().all == 0
    library.history.redo()
    assert state(library) == after
    assert library.database.check() == []


def test_a_new_step_ends_the_redoing(library: Library) -> None:
    add(library, "Sheep")
    library.history.undo()
    add(library, "Goats")
    assert library.history.redo_label is None
    assert library.history.redo() is None


def test_what_changes_nothing_is_no_step_and_ends_no_redoing(library: Library) -> None:
    paper = add(library, "Sheep")
    library.entries.rate([paper], 3)
    library.history.undo()
    library.entries.rate([paper], 0)
    library.entries.edit(paper, {"title": "Sheep"})
    assert library.history.redo_label == "Rate 1 paper"


def test_after_reopening(library: Library) -> None:
    put(library, row(), name="sheep.txt")
    before = state(library)
    library.tags.add("farm", [1])
    after = state(library)
    library.close()
    again = Library.open(library.path)
    assert again.history.undo_label == "Tag 1 paper “farm”"
    again.history.undo()
    assert state(again) == before
    again.close()
    third = Library.open(library.path)
    assert third.history.redo_label == "Tag 1 paper “farm”"
    third.history.redo()
    assert state(third) == after
    third.close()


def test_by_another_process(library: Library) -> None:
    put(library, row(), name="sheep.txt")
    before, version = state(library), library.database.data_version()
    done = run_child(
        "from pathlib import Path; from refman.library import Library\n"
        "def main(path):\n"
        "    library = Library.open(Path(path))\n"
        "    print(library.history.undo_label)\n"
        "    library.entries.rate([1], 5)\n"
        "    library.close()\n",
        str(library.path),
    )
    assert (done.stdout, done.stderr) == ("Import sheep.txt\n", "")
    assert library.database.data_version() != version
    assert library.entries.get(1).rating == 5
    assert library.history.undo_label == "Rate 1 paper"
    library.history.undo()
    assert differing(before, state(library)) == set()


def test_a_read_only_library_is_neither_changed_nor_undone(library: Library) -> None:
    put(library, row())
    reader = Library.open(library.path, read_only=True)
    assert reader.read_only
    for verb in (
        reader.history.undo,
        reader.history.redo,
        lambda: reader.entries.rate([1], 3),
        lambda: reader.importing.run(pasted(page(row("Goats")), "b.txt")),
    ):
        with pytest.raises(ReadError, match="open for reading only"):
            verb()
    assert reader.importing.run(pasted(page(row()))).sentence() == "1 found: 1 unchanged"
    assert reader.citation_keys.give_out([1]) == ["lovelace2022learning"]
    reader.close()
