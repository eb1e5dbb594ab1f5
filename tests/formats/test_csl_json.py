"""CSL-JSON: dates, names and types as its writers have them, and what is written."""

import json
from typing import Any

import pytest

from refman.formats.csl_file import entry_of
from refman.formats.csl_json import date_parts, to_item
from refman.model.creator import EDITOR, Creator
from refman.model.entry import Entry
from refman.model.entry_types import ENTRY_TYPES, from_csl, to_csl
from tests.formats import engine
from tests.formats.round_trips import written


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2019, 5, 16]]}, "2019-05-16"),
        ({"date-parts": [["2019", "5"]]}, "2019-05"),
        ({"date-parts": [[2019, 0, 0]]}, "2019"),
        ({"date-parts": [[2019, 13]]}, "2019"),
        ({"date-parts": [[2019, 5, 30], [2019, 6, 2]]}, "2019-05-30/2019-06-02"),
        ({"date-parts": [[1999]], "circa": True}, "1999~"),
        ({"date-parts": [[2019]], "season": 2}, "2019-22"),
        ({"date-parts": [[-44]]}, "-0044"),
        ({"date-parts": [[]]}, ""),
        ({"raw": "May 2019"}, "2019-05"),
        ({"literal": "2019-05"}, "2019-05"),
        ("2019-05", "2019-05"),
        (2019, ""),
        ([[2019]], ""),
        (None, ""),
    ],
)
def test_dates(issued: Any, date: str) -> None:
    assert entry_of({"type": "book", "title": "A", "issued": issued})[0].date == date


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("", None),
        ("2019-05-16", {"date-parts": [[2019, 5, 16]]}),
        ("2019/2020", {"date-parts": [[2019], [2020]]}),
        ("1999~", {"date-parts": [[1999]], "circa": True}),
        ("2019-21", {"date-parts": [[2019]], "season": 1}),
        ("2019/..", {"literal": "2019/.."}),
        ("soon", {"literal": "soon"}),
    ],
)
def test_date_parts(date: str, expected: Any) -> None:
    assert date_parts(date) == expected


def test_every_type_of_csl_comes_back() -> None:
    names = {kind.csl for kind in ENTRY_TYPES.values()}
    names |= {"article-magazine", "article-newspaper", "post-weblog", "interview", "map", "speech"}
    for name in names:
        kind, field, value = from_csl(name)
        assert to_csl(kind, {field: value}) == name


def test_names() -> None:
    item = {
        "type": "book",
        "title": "A",
        "author": [
            {"family": "Sand", "given": "George", "dropping-particle": "de"},
            {"literal": "WHO"},
            {"literal": "et al."},
            {"name": "Old Form"},
        ],
        "editor": {"family": "Rossi"},
    }
    entry, _aliases = entry_of(item)
    assert entry.creators == (
        Creator("Sand", "George", dropping_particle="de"),
        Creator(literal="WHO"),
        Creator(literal="Old Form"),
        Creator("Rossi", role=EDITOR),
    )
    assert entry.creators_truncated


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ({"id": "smith2020"}, "smith2020"),
        ({"id": 17}, ""),
        ({"id": "http://zotero.org/users/1/items/ABCD2345"}, ""),
        ({"id": "ABCD2345"}, ""),
        ({"id": "1b4e28ba-2fa1-11d2-883f-0016d3cca427"}, ""),
        ({"id": "x", "citation-key": "smith 2020"}, "smith2020"),
        ({"id": "x", "citation-label": "smith"}, "smith"),
    ],
)
def test_citation_keys(item: dict[str, Any], key: str) -> None:
    assert entry_of({"type": "book", "title": "A", **item})[0].citation_key == key


def test_only_what_csl_cannot_say_is_custom() -> None:
    entry = Entry(
        "report", "a2019", r"On \emph{Bees}", (Creator("Bee", "Ada"),), date="2019",
        fields={"institution": "Hive", "number": "7", "type": "Note", "eprintclass": "q-bio"},
        keywords=("x", "y"),
    )  # fmt: skip
    assert json.loads(written("csl-json", [entry])) == [
        {
            "id": "a2019", "type": "report", "title": "On <i>Bees</i>",
            "author": [{"family": "Bee", "given": "Ada"}], "issued": {"date-parts": [[2019]]},
            "citation-key": "a2019", "publisher": "Hive", "number": "7", "genre": "Note",
            "keyword": "x, y", "custom": {"refman": {"fields": {"eprintclass": "q-bio"}}},
        }
    ]  # fmt: skip


def test_an_item_has_the_title_even_if_there_is_none() -> None:
    item = to_item(Entry())
    assert (item["title"], item["issued"], item["author"]) == (None, None, [])


def test_one_item_alone_is_read() -> None:
    found = engine.read('{"type": "book",\n "title": "A", "id": "a"}', "csl-json")
    assert [row.entry for row in found.rows] == [Entry("book", "a", "A")]


def test_a_broken_item_harms_no_other() -> None:
    text = '[{"type":"book","title":"A"},{"type":"book","title":B},{"type":"book","title":"C"}]'
    found = engine.read(text, "csl-json")
    assert [row.entry.title for row in found.rows] == ["A", "C"]
    assert [(problem.line, problem.text) for problem in found.problems] == [
        (1, '{"type":"book","title":B}')
    ]
