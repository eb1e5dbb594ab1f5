"""Zotero RDF and Better BibTeX JSON: what the samples do not have."""

import json
from typing import Any

import pytest

from refman.formats.format import FileLink, Row
from refman.formats.zotero_items import TYPES, collection_paths, split_name
from refman.model.creator import Creator
from refman.model.entry_types import ENTRY_TYPES
from tests.formats import engine


def rows(value: Any) -> list[Row]:
    return engine.read(json.dumps(value), "better-bibtex-json").rows


def test_every_type_of_zotero_is_one_of_biblatex() -> None:
    assert {kind for kind, _name, _value in TYPES.values()} <= set(ENTRY_TYPES)


@pytest.mark.parametrize(
    ("last", "first", "creator"),
    [
        ("van Hasselt", "Hado", Creator("Hasselt", "Hado", non_dropping_particle="van")),
        ("King", "Martin Luther, Jr.", Creator("King", "Martin Luther", suffix="Jr.")),
        ("A, B", "C", Creator("A, B", "C")),
        ("García y Vega", "Ana", Creator("García y Vega", "Ana")),
    ],
)
def test_split_name(last: str, first: str, creator: Creator) -> None:
    assert split_name(last, first) == creator


def test_collections_nest_and_may_go_round_in_circles() -> None:
    names = {"a": "A", "b": "B/C", "c": "C", "d": "D", "e": ""}
    parents = {"b": "a", "c": "d", "d": "c", "e": "a"}
    contents = {"a": ["1"], "b": ["1", "2"], "c": ["3"], "e": ["4"]}
    assert collection_paths(names, parents, contents) == {
        "1": ["A", "A/B⁄C"], "2": ["A/B⁄C"], "3": ["D/C"], "4": ["A"],
    }  # fmt: skip


def test_items_of_zoteros_api_are_read() -> None:
    (row,) = rows(
        [
            {"key": "K1", "data": {"key": "K1", "itemType": "book", "title": "A"}},
            {"key": "N1", "data": {"key": "N1", "itemType": "note", "parentItem": "K1",
                                   "note": "<p>Read <i>this</i>.</p>"}},
            {"key": "F1", "data": {"key": "F1", "itemType": "attachment", "parentItem": "K1",
                                   "path": "attachments:a.pdf", "contentType": "application/pdf"}},
            {"key": "M1", "data": {"key": "M1", "itemType": "annotation", "parentItem": "F1",
                                   "annotationText": "said", "annotationPageLabel": "7"}},
        ]
    )  # fmt: skip
    assert row.entry.title == "A"
    assert row.notes == ("Read *this*.", "> said (p. 7)")
    assert row.attachments == (FileLink("a.pdf", media_type="application/pdf"),)


def test_a_file_that_belongs_to_no_item_is_a_row_of_its_own() -> None:
    (row,) = rows([{"itemType": "attachment", "title": "Scan", "path": "/a.pdf", "itemID": 1}])
    assert (row.entry.title, row.attachments) == ("Scan", (FileLink("/a.pdf", title="Scan"),))
    assert row.review == ("This note or file belongs to no paper: it became one of its own.",)


def test_who_made_a_work_without_authors() -> None:
    creators = [{"lastName": "Lang", "firstName": "Fritz", "creatorType": "director"}]
    (row,) = rows({"items": [{"itemType": "film", "title": "M", "creators": creators}]})
    assert row.entry.creators == (Creator("Lang", "Fritz"),)
    assert row.entry.fields == {"authortype": "director"}
