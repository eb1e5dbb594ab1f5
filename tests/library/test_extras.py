"""What a source gives besides the record: tags, collections, notes, files, other keys."""

from pathlib import Path

import pytest

from refman.formats.format import FileLink, Row
from refman.library import Library, Source
from refman.library.extras import Extras
from refman.progress import Progress
from tests.library.making import DAY, add, entry, state

MOMENT = "2026-11-20T12:00:00Z"


def give(library: Library, *rows: tuple[int, Row], path: str = "") -> None:
    with library.database.write("Give") as connection:
        extras = Extras(connection, None, path, MOMENT)
        extras.take(rows)
        extras.finish(Progress())


def a_row(keywords: tuple[str, ...] = (), citation_key: str = "", **values: object) -> Row:
    one = entry("A Title", keywords=keywords, citation_key=citation_key)
    return Row(one, 1, "raw", **values)  # type: ignore[arg-type]


FULL = a_row(
    keywords=("wool", "farm/sheep", "Wool", " / ", ""),
    citation_key="theirs",
    collections=("Thesis/Chapter 2", "Later"),
    notes=("First *thought*.", "Second."),
    attachments=(
        FileLink(path="papers/sheep.pdf", media_type="application/pdf"),
        FileLink(url="https://example.org/sheep"),
        FileLink(path="/elsewhere/goat.pdf", title="The goat"),
    ),
    aliases=("older", "oldest"),
)


def test_everything_that_a_row_gives_is_kept(library: Library, tmp_path: Path) -> None:
    paper = add(library, "Counting Sheep", citation_key="mine")
    give(library, (paper, FULL), path=str(tmp_path / "sub" / "library.bib"))
    found = library.entries.get(paper)
    assert sorted(tag.name for tag in found.tags) == ["Wool", "farm/sheep"]
    assert sorted(node.path for node in library.collections.tree() if node.count) == [
        "Later",
        "Thesis/Chapter 2",
    ]
    assert [note.comment for note in library.annotations.of(paper)] == [
        "First *thought*.",
        "Second.",
    ]
    assert [(a.path, a.url, a.title, a.media_type) for a in library.attachments.of(paper)] == [
        (str(tmp_path / "sub" / "papers" / "sheep.pdf"), "", "sheep.pdf", "application/pdf"),
        ("", "https://example.org/sheep", "https://example.org/sheep", ""),
        (str(Path("/elsewhere/goat.pdf")), "", "The goat", ""),
    ]
    for key in ("theirs", "older", "OLDEST"):
        assert library.search.ids(f"key:{key}").tolist() == [paper]


def test_the_same_again_adds_nothing(library: Library) -> None:
    paper = add(library, "Counting Sheep", citation_key="mine")
    give(library, (paper, FULL), path="/somewhere/library.bib")
    before = state(library)
    give(library, (paper, FULL), (paper, FULL), path="/somewhere/library.bib")
    assert state(library) == before
    assert library.database.check() == []


def test_tags_are_one_in_any_case_and_keep_who_gave_them(library: Library) -> None:
    one, two = add(library, "Counting Sheep"), add(library, "Counting Goats")
    library.tags.add("wool", [one])
    give(library, (one, a_row(("WOOL", "Milk"))), (two, a_row(("Wool", "milk", "Ähre", "ähre"))))
    names = [[tag.name for tag in library.entries.get(paper).tags] for paper in (one, two)]
    assert [sorted(some) for some in names] == [["Milk", "wool"], ["Milk", "wool", "Ähre", "ähre"]]
    with library.database.read() as connection:
        origins = connection.exec_driver_sql(
            "SELECT entry, origin FROM entry_tag JOIN tag ON tag.id = tag WHERE name = 'wool'"
        ).all()
    assert sorted(map(tuple, origins)) == [(one, "manual"), (two, "import")]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("/books/library.bib", "/books/sheep.pdf", id="beside-the-file"),
        pytest.param("", "../books/sheep.pdf", id="pasted"),
    ],
)
def test_a_relative_path_begins_at_the_file(library: Library, path: str, expected: str) -> None:
    paper = add(library, "Counting Sheep")
    link = FileLink(path="../books/sheep.pdf")
    give(library, (paper, a_row(attachments=(link,))), path=path)
    assert [Path(each.path) for each in library.attachments.of(paper)] == [Path(expected)]


@pytest.mark.parametrize(
    "path", ["C:/x/sheep.pdf", "c:\\x\\sheep.pdf", "\\\\server\\share\\sheep.pdf"]
)
def test_a_path_of_windows_is_whole_anywhere(library: Library, path: str) -> None:
    paper = add(library, "Counting Sheep")
    give(library, (paper, a_row(attachments=(FileLink(path=path),))), path="/books/library.bib")
    assert [each.path for each in library.attachments.of(paper)] == [path]


def test_a_key_of_another_paper_finds_that_one(library: Library) -> None:
    one = add(library, "Counting Sheep", citation_key="sheep")
    two = add(library, "Counting Goats", citation_key="goats")
    give(library, (one, a_row(citation_key="Goats", aliases=("goats", "SHEEP", "{}"))))
    assert library.search.ids("key:goats").tolist() == [two]
    assert library.search.ids("key:sheep").tolist() == [one]


BIB = r"""
@article{one,
  author = {Lovelace, Ada}, title = {Counting Sheep}, year = 1843,
  keywords = {wool, farm}, groups = {Thesis, Later}, ids = {uno, first},
  file = {:sheep.pdf:PDF},
}
@article{two,
  author = {Hopper, Grace}, title = {Counting Goats at Night}, year = 1950,
  keywords = {farm}, groups = {Thesis}, ids = {one},
}
"""


def test_a_bib_with_all_of_it(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "library.bib"
    path.write_text(BIB, encoding="utf-8")
    report = library.importing.run(Source.from_path(path, DAY))
    one, two = (library.entries.get(record.entry_id or 0) for record in report.records)
    assert [sorted(tag.name for tag in each.tags) for each in (one, two)] == [
        ["farm", "wool"],
        ["farm"],
    ]
    assert [sorted(name for _id, name in each.collections) for each in (one, two)] == [
        ["Later", "Thesis"],
        ["Thesis"],
    ]
    assert [each.path for each in library.attachments.of(one.id)] == [str(tmp_path / "sheep.pdf")]
    # An alias gives way to the key of a paper, wherever in the file that stands.
    keys = {key: library.search.ids(f"key:{key}").tolist() for key in ("one", "uno", "first")}
    assert keys == {"one": [one.id], "uno": [one.id], "first": [one.id]}
    before = state(library)
    path.write_text(BIB + "% the same in another file\n", encoding="utf-8")
    assert library.importing.run(Source.from_path(path, DAY)).sentence() == "2 found: 2 unchanged"
    after = state(library)
    assert {name for name in before if before[name] != after[name]} == {"listing", "sighting"}


def test_a_thousand_tags_and_papers(library: Library) -> None:
    papers = [add(library, f"Paper {i}") for i in range(3)]
    rows = [(papers[i % 3], a_row((f"tag {i}", f"TAG {i}", "all"))) for i in range(1500)]
    give(library, *rows)
    assert len(library.tags.list()) == 1501
    assert {tag.name: tag.count for tag in library.tags.list()}["all"] == 3
