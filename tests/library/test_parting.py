"""A merge taken apart again is as if it had not been, and what came after it stays."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from refman.db import schema
from refman.errors import RefmanError
from refman.library import Library
from tests.library.making import entry, page, pasted, prose, row

TAGS = ("farm", "wool", "night")
PATHS = ("Thesis", "Thesis/Chapter")
STATUSES = ("inbox", "to-read", "reading", "read")

_PAPER = st.fixed_dictionaries(
    {
        "tags": st.sets(st.sampled_from(TAGS)),
        "paths": st.sets(st.sampled_from(PATHS)),
        "status": st.sampled_from(STATUSES),
        "rating": st.integers(0, 3),
        "edits": st.dictionaries(st.sampled_from(["note", "doi", "title"]), st.sampled_from("xyz")),
        "notes": st.lists(st.sampled_from(["first", "second"]), max_size=2),
        "file": st.booleans(),
        "seen": st.booleans(),
        "given": st.booleans(),
    }
)
_LATER = st.lists(
    st.sampled_from(["tag new", "collection New", "status dropped", "rate 5", "url", "note more"]),
    unique=True,
)


def fill(library: Library, papers: list[dict[str, Any]]) -> list[int]:
    ids = []
    for number, paper in enumerate(papers):
        title = f"Counting Sheep {number}"
        if paper["seen"]:
            text = page(row(title, "Ada Lovelace, Grace Hopper", abstract=prose(number)))
            report = library.importing.run(pasted(text))
            entry_id = report.records[0].entry_id
        else:
            library.entries.add(entry(title, "Ada Lovelace"))
            entry_id = max(library.search.ids())
        assert entry_id is not None
        ids.append(entry_id)
        for tag in sorted(paper["tags"]):
            library.tags.add(tag, [entry_id])
        for path in sorted(paper["paths"]):
            library.collections.add_to_path(path, [entry_id])
        library.reading_list.set_status(paper["status"], [entry_id])
        library.entries.rate([entry_id], paper["rating"])
        if paper["edits"]:
            library.entries.edit(entry_id, paper["edits"])
        for note in paper["notes"]:
            library.annotations.add_note(entry_id, f"{note} of {number}")
        if paper["file"]:
            library.attachments.attach(entry_id, f"https://example.org/{number}")
        if paper["given"]:
            library.citation_keys.give_out([entry_id])
    return ids


def later(library: Library, entry_id: int, what: str) -> None:
    verbs: dict[str, Callable[[], object]] = {
        "tag new": lambda: library.tags.add("new", [entry_id]),
        "collection New": lambda: library.collections.add_to_path("New", [entry_id]),
        "status dropped": lambda: library.reading_list.set_status("dropped", [entry_id]),
        "rate 5": lambda: library.entries.rate([entry_id], 5),
        "url": lambda: library.entries.edit(entry_id, {"url": "https://example.org/later"}),
        "note more": lambda: library.annotations.add_note(entry_id, "more"),
    }
    verbs[what]()


def papers_of(library: Library) -> dict[str, Any]:
    """Every paper by its key, with all that a user can see of it."""
    found = {}
    for entry_id in library.search.ids():
        details = library.entries.get(entry_id)
        found[details.entry.citation_key] = (
            details.entry,
            details.status,
            details.rating,
            details.attention,
            sorted(tag.name for tag in details.tags),
            sorted(path for _id, path in details.collections),
            sorted(note.comment for note in library.annotations.of(entry_id)),
            sorted(each.url for each in library.attachments.of(entry_id)),
            sorted(seen.raw_text for seen in library.listings.sightings_of(entry_id)),
        )
    return found


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=30)
@given(
    papers=st.lists(_PAPER, min_size=3, max_size=3),
    changes=_LATER,
    order=st.permutations([0, 1]),
    one_go=st.booleans(),
    values=st.dictionaries(st.sampled_from(["title", "note"]), st.just("chosen"), max_size=1),
)
def test_parting_is_the_inverse_of_merging_with_edits_in_between(
    papers: list[dict[str, Any]],
    changes: list[str],
    order: list[int],
    one_go: bool,
    values: dict[str, str],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        merged = Library.open(Path(name) / "merged.refman", create=True)
        control = Library.open(Path(name) / "control.refman", create=True)
        try:
            ids = fill(merged, papers)
            assert fill(control, papers) == ids
            keeper = ids[0]
            if one_go:
                merged.entries.merge(keeper, ids[1:], values)
            else:
                merged.entries.merge(keeper, [ids[1]])
                merged.entries.merge(keeper, [ids[2]], values)
            assert merged.search.ids().tolist() == [keeper]
            for what in changes:
                later(merged, keeper, what)
                later(control, keeper, what)
            parts = merged.duplicates.parts(keeper)
            for which in [0] if values else order:
                merged.duplicates.part(parts[which].uuid, apart=False)
            for part in merged.duplicates.parts(keeper):
                merged.duplicates.part(part.uuid, apart=False)
            assert papers_of(merged) == papers_of(control)
            assert merged.check() == []
        finally:
            merged.close()
            control.close()


def test_it_is_one_step_of_the_history_and_remembered(library: Library) -> None:
    first, second = fill(library, [_plain(), _plain()])
    library.entries.merge(first, [second])
    [part] = library.duplicates.parts(first)
    assert (part.title, library.duplicates.parts(first)) == ("Counting Sheep 1", [part])
    changes = library.duplicates.part(part.uuid)
    assert len(changes.entries) == 2
    with library.database.read() as connection:
        pairs = connection.execute(
            select(schema.entry_distinct.c.first, schema.entry_distinct.c.second)
        ).all()
    assert [{*pair} for pair in pairs] == [set(changes.entries)]
    library.history.undo()
    assert library.search.ids().tolist() == [first]
    library.history.redo()
    assert set(library.search.ids()) == set(changes.entries)


def test_what_is_no_part_of_any_is_told(library: Library) -> None:
    with pytest.raises(RefmanError, match="not merged"):
        library.duplicates.part("nobody")


def _plain() -> dict[str, Any]:
    return {
        "tags": set(), "paths": set(), "status": "inbox", "rating": 0, "edits": {}, "notes": [],
        "file": False, "seen": True, "given": False,
    }  # fmt: skip
