"""A merge taken apart again is as if it had not been, and what came after it stays."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from refman.db import schema
from refman.errors import RefmanError
from refman.library import Library
from refman.library.import_options import ImportOptions
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
        "rekeyed": st.booleans(),
        "highlight": st.booleans(),
        "options": st.booleans(),  # tags and a collection that came with the import
        "again": st.booleans(),  # the page was imported again, with tags of its own
    }
)
# Who is kept apart from whom, by their places; the last is a paper that is never merged.
_APART = st.sets(
    st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda pair: pair[0] < pair[1]),
    max_size=3,
)
_LATER = st.lists(
    st.sampled_from(["tag new", "collection New", "status dropped", "rate 5", "url", "note more"]),
    unique=True,
)


AGAIN = "again.txt"


def keep_apart(library: Library, ids: list[int], apart: set[tuple[int, int]]) -> int:
    """A paper that is never merged, from which others are kept apart."""
    library.entries.add(entry("Goats at Night", "Alan Turing"))
    there = [*ids, max(library.search.ids().tolist())]
    for first, second in sorted(apart):
        if first < len(ids):
            library.duplicates.keep_apart([there[first], there[min(second, len(ids))]])
    return there[-1]


def forget_imports(library: Library) -> None:
    """Without the imports of the pages that came again."""
    with library.database.write("forget") as connection:
        connection.execute(delete(schema.listing).where(schema.listing.c.name == AGAIN))


def fill(library: Library, papers: list[dict[str, Any]]) -> list[int]:
    ids = []
    for number, paper in enumerate(papers):
        title = f"Counting Sheep {number}"
        if paper["seen"]:
            text = page(row(title, "Ada Lovelace, Grace Hopper", abstract=prose(number)))
            came = ImportOptions(tags=("farm", "came"), collection="Thesis")
            report = library.importing.run(pasted(text), came if paper["options"] else None)
            entry_id = report.records[0].entry_id
            if paper["again"]:
                again = ImportOptions(tags=("wool", "again"), collection="Again")
                library.importing.run(pasted(text, AGAIN), again)
            if paper["highlight"]:
                library.annotations.highlight(entry_id or 0, 0, 9, comment=f"marked in {number}")
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
        if paper["rekeyed"]:
            library.entries.edit(entry_id, {"citation_key": f"own{number}"})
    return ids


def known_keys(library: Library) -> set[str]:
    """Every key by which a paper may be asked for, and every uuid."""
    with library.database.read() as connection:
        e, k, g = schema.entry.c, schema.entry_key.c, schema.citation_key_given.c
        return {
            *connection.scalars(select(e.citation_key)),
            *connection.scalars(select(k.key)),
            *connection.scalars(select(g.key)),
        }


def owners(library: Library, keys: set[str]) -> dict[str, str]:
    """What the papers that the keys find are called today."""
    found = {key: library.entries.find(key) for key in keys}
    return {
        key: library.entries.get(entry_id).entry.citation_key
        for key, entry_id in found.items()
        if entry_id is not None
    }


def later(library: Library, entry_id: int, what: str, step: str = "") -> None:
    verbs: dict[str, Callable[[], object]] = {
        "highlight": lambda: library.annotations.add_note(entry_id, f"more {step}"),
        "file": lambda: library.attachments.attach(entry_id, f"https://example.org/more{step}"),
        "tag later": lambda: library.tags.add(f"later{step}", [entry_id]),
        "field": lambda: library.entries.edit(entry_id, {f"field{step}": "typed later"}),
        "tag new": lambda: library.tags.add("new", [entry_id]),
        "collection New": lambda: library.collections.add_to_path("New", [entry_id]),
        "status dropped": lambda: library.reading_list.set_status("dropped", [entry_id]),
        "rate 5": lambda: library.entries.rate([entry_id], 5),
        "url": lambda: library.entries.edit(entry_id, {"url": "https://example.org/later"}),
        "note more": lambda: library.annotations.add_note(entry_id, "more"),
    }
    verbs[what]()


def papers_of(library: Library) -> dict[str, Any]:
    """Every paper by its key, with all that a user can see of it, and with which import it came."""
    found = {}
    for entry_id in library.search.ids().tolist():
        details = library.entries.get(entry_id)
        found[details.entry.citation_key] = (
            details.entry,
            details.status,
            details.rating,
            details.attention,
            _rows(library, entry_id, *_TAGS),
            _rows(library, entry_id, *_PATHS),
            sorted(path for _id, path in details.collections),
            [(note.quote, note.start, note.comment) for note in library.annotations.of(entry_id)],
            sorted(each.url for each in library.attachments.of(entry_id)),
            sorted(seen.raw_text for seen in library.listings.sightings_of(entry_id)),
            _rows(library, entry_id, schema.entry_key.c.key, schema.entry_key.c.listing),
            _apart_from(library, entry_id),
        )
    return found


_TAGS = (schema.tag.c.name, schema.entry_tag.c.origin, schema.entry_tag.c.listing)
_PATHS = (schema.collection.c.name, schema.collection_entry.c.listing)


def _rows(library: Library, entry_id: int, *columns: Any) -> list[tuple[Any, ...]]:
    """What the rows of a paper say in these columns, those of a tag or collection before."""
    table = columns[-1].table
    query = select(*columns).where(table.c.entry == entry_id)
    if columns[0].table is not table:
        query = query.join_from(table, columns[0].table)
    with library.database.read() as connection:
        return sorted((tuple(each) for each in connection.execute(query)), key=repr)


def _apart_from(library: Library, entry_id: int) -> list[str]:
    d, e = schema.entry_distinct.c, schema.entry.c
    with library.database.read() as connection:
        pairs = connection.execute(
            select(d.first, d.second).where((d.first == entry_id) | (d.second == entry_id))
        ).all()
        ids = [second if first == entry_id else first for first, second in pairs]
        return sorted(connection.scalars(select(e.citation_key).where(e.id.in_(ids))))


def known_apart(library: Library) -> set[tuple[int, int]]:
    """What is known of records that are not the same, whatever their papers are."""
    d = schema.distinct_record.c
    with library.database.read() as connection:
        return {(first, second) for first, second in connection.execute(select(d.first, d.second))}


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=25)
@given(
    papers=st.lists(_PAPER, min_size=3, max_size=3),
    changes=_LATER,
    order=st.permutations([0, 1]),
    one_go=st.booleans(),
    values=st.dictionaries(st.sampled_from(["title", "note"]), st.just("chosen"), max_size=1),
    apart=_APART,
    forgotten=st.booleans(),
)
def test_parting_is_the_inverse_of_merging_with_edits_in_between(
    papers: list[dict[str, Any]],
    changes: list[str],
    order: list[int],
    one_go: bool,
    values: dict[str, str],
    apart: set[tuple[int, int]],
    forgotten: bool,
) -> None:
    with tempfile.TemporaryDirectory() as name:
        merged = Library.open(Path(name) / "merged.refman", create=True)
        control = Library.open(Path(name) / "control.refman", create=True)
        try:
            ids = fill(merged, papers)
            assert fill(control, papers) == ids
            stranger = keep_apart(merged, ids, apart)
            assert keep_apart(control, ids, apart) == stranger
            known = known_apart(merged)
            keeper = ids[0]
            if one_go:
                merged.entries.merge(keeper, ids[1:], values)
            else:
                merged.entries.merge(keeper, [ids[1]])
                merged.entries.merge(keeper, [ids[2]], values)
            assert set(merged.search.ids().tolist()) == {keeper, stranger}
            if forgotten:
                forget_imports(merged)
                forget_imports(control)
            for what in changes:
                later(merged, keeper, what)
                later(control, keeper, what)
            parts = merged.duplicates.parts(keeper)
            for which in [0] if values else order:
                merged.duplicates.part(parts[which].uuid, apart=False)
            for part in merged.duplicates.parts(keeper):
                merged.duplicates.part(part.uuid, apart=False)
            assert papers_of(merged) == papers_of(control)
            assert known <= known_apart(merged)
            assert merged.check() == []
        finally:
            merged.close()
            control.close()


_MERGES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 3),
        st.lists(
            st.sampled_from(["highlight", "file", "tag later", "field"]), unique=True, max_size=2
        ),
    ),
    min_size=3,
    max_size=3,
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=25)
@given(
    papers=st.lists(_PAPER, min_size=3, max_size=4),
    merges=_MERGES,
    parts=st.lists(st.integers(0, 5), min_size=3, max_size=3),
    apart=_APART,
    forgotten=st.booleans(),
)
def test_parting_in_any_order_is_the_inverse_of_merging_in_any_order(
    papers: list[dict[str, Any]],
    merges: list[tuple[int, int, list[str]]],
    parts: list[int],
    apart: set[tuple[int, int]],
    forgotten: bool,
) -> None:
    """Papers are merged by twos, into whichever, also those that were merged before, and changed
    in between; every change stays with the paper that was kept then."""
    with tempfile.TemporaryDirectory() as name:
        merged = Library.open(Path(name) / "merged.refman", create=True)
        control = Library.open(Path(name) / "control.refman", create=True)
        try:
            left = fill(merged, papers)
            assert fill(control, papers) == left
            stranger = keep_apart(merged, left, apart)
            assert keep_apart(control, left, apart) == stranger
            known = known_apart(merged)
            for step, (first, second, changes) in enumerate(merges[: len(papers) - 1]):
                keeper = left.pop(first % len(left))
                other = left.pop(second % len(left))
                merged.duplicates.merge([keeper, other])
                left.append(keeper)
                for what in changes:
                    later(merged, keeper, what, str(step))
                    later(control, keeper, what, str(step))
            if forgotten:
                forget_imports(merged)
                forget_imports(control)
            (keeper,) = left
            for which in parts[: len(papers) - 1]:
                found = merged.duplicates.parts(keeper)
                if not found:  # a paper took its parts with it
                    keeper, found = next(
                        (i, rest)
                        for i in merged.search.ids().tolist()
                        if (rest := merged.duplicates.parts(i))
                    )
                merged.duplicates.part(found[which % len(found)].uuid, apart=False)
            assert papers_of(merged) == papers_of(control)
            keys = known_keys(control)
            assert owners(merged, keys) == owners(control, keys)
            assert known <= known_apart(merged)
            assert merged.check() == []
        finally:
            merged.close()
            control.close()


def test_what_an_import_showed_to_be_one_is_parted_as_what_a_person_merged(
    library: Library,
) -> None:
    """A row that is certainly two papers joins them; a third was merged by hand before."""
    title, names = "Counting Sheep at Night", "author={Lovelace, Ada}"
    ids: list[int] = []
    for said in ("eprint={2001.00001}, archiveprefix={arXiv}", "pmid={1234567}", "note={Third}"):
        text = f"@misc{{k{len(ids)}, title={{{title} {len(ids)}}}, {names}, {said}}}\n"
        came = ImportOptions(tags=(f"tag{len(ids)}",), collection="Thesis")
        report = library.importing.run(pasted(text, f"{len(ids)}.bib"), came)
        ids.append(report.records[0].entry_id or 0)
        library.annotations.add_note(ids[-1], f"note {len(ids)}")
    before = papers_of(library)
    library.duplicates.merge([ids[1], ids[2]])
    bridge = (
        f"@misc{{b, title={{{title} 0}}, {names}, eprint={{2001.00001}}, archiveprefix={{arXiv}},"
        " pmid={1234567}}\n"
    )
    report = library.importing.run(pasted(bridge, "bridge.bib"), ImportOptions(tags=("bridge",)))
    (keeper,) = library.search.ids().tolist()
    with library.database.read() as connection:
        j = schema.entry_joined.c
        listings = list(connection.scalars(select(j.listing).order_by(j.id)))
    assert listings == [None, report.listing_id]
    while parts := library.duplicates.parts(keeper):
        library.duplicates.part(parts[0].uuid, apart=False)
        rest = library.search.ids().tolist()
        keeper = next((each for each in rest if library.duplicates.parts(each)), keeper)
    after = papers_of(library)
    assert after.keys() == before.keys()
    changed = [key for key in before if before[key] != after[key]]
    assert len(changed) == 1  # the one that was kept has the row and its tag
    tags = [name for name, _origin, _listing in after[changed[0]][4]]
    assert "bridge" in tags
    assert set(before[changed[0]][4]) < set(after[changed[0]][4])
    assert before[changed[0]][7] == after[changed[0]][7]


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
        "file": False, "seen": True, "given": False, "rekeyed": False, "highlight": False,
        "options": False, "again": False,
    }  # fmt: skip
