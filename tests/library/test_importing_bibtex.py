"""Bringing the .bib one has: keys, tags and unknown fields kept, clashes told."""

import pytest

from refman.errors import ReadError
from refman.library import ImportOptions, Library, Report, Source
from tests.library.making import DAY, abstracts, add, page, pasted, prose, put, row, state

BIB = r"""
@article{Lovelace:1843,
  author = {Lovelace, Ada and Hado van Hasselt and others},
  title = {Notes on {Sheep}},
  journal = {Journal of Sheep},
  year = 1843, month = may,
  doi = {10.1000/SHEEP},
  keywords = {farm, wool},
  file = {:sheep.pdf:PDF},
  mysterious-field = {kept},
}
"""


def bib(text: str, name: str = "library.bib") -> Source:
    return Source.from_text(text, name, DAY)


def remarks(report: Report) -> list[str]:
    return [problem.message for problem in report.problems if not problem.failed]


def test_a_bib_is_kept_as_it_is(library: Library) -> None:
    report = library.importing.run(bib(BIB))
    assert (report.format, report.sentence()) == ("bibtex", "1 found: 1 added")
    found = library.entries.get(report.records[0].entry_id or 0)
    entry = found.entry
    assert (entry.citation_key, entry.entry_type, entry.date, entry.keywords) == (
        "Lovelace:1843",
        "article",
        "1843-05",
        ("farm", "wool"),
    )
    assert [c.full_name for c in entry.creators] == ["Ada Lovelace", "Hado van Hasselt"]
    assert entry.creators_truncated
    assert dict(entry.fields) == {
        "journaltitle": "Journal of Sheep",
        "doi": "10.1000/SHEEP",
        "mysterious-field": "kept",
    }
    links = library.attachments.of(found.id)
    assert [(link.path, link.media_type) for link in links] == [("sheep.pdf", "application/pdf")]
    assert not found.provisional_key
    assert [tag.name for tag in library.tags.list()] == ["farm", "wool"]
    assert library.importing.run(bib(BIB)).sentence() == "1 found: 1 unchanged"


def test_a_key_that_is_in_use_gives_way_and_says_so(library: Library) -> None:
    add(library, "Another Paper", citation_key="LOVELACE:1843")
    report = library.importing.run(bib(BIB))
    found = library.entries.get(report.records[0].entry_id or 0)
    assert found.entry.citation_key == "Lovelace:1843a"
    assert remarks(report) == [
        "The citation key “Lovelace:1843” is in use: this paper has “Lovelace:1843a”."
    ]


def test_a_key_of_which_two_papers_make_use(library: Library) -> None:
    text = "@misc{k, title={Sheep Are Slow}}\n@misc{k, title={Goats Are Quick}}\n"
    report = library.importing.run(bib(text))
    assert report.sentence() == "2 found: 2 added"
    assert [record.citation_key for record in report.records] == ["k", "ka"]
    assert [message for message in remarks(report) if "“ka”" in message]


def test_a_bib_of_a_paper_that_is_known(library: Library) -> None:
    """Its key is not the paper's, which is told."""
    paper = add(library, "Notes on Sheep", "Ada Lovelace", "1843")
    library.citation_keys.give_out([paper])
    report = library.importing.run(bib(BIB))
    assert (report.sentence(), report.records[0].entry_id) == ("1 found: 1 merged", paper)
    assert library.entries.get(paper).entry.citation_key == "lovelace1843notes"
    assert remarks(report) == [
        (
            "This paper is in the library with the citation key “lovelace1843notes”, not "
            "“Lovelace:1843”."
        )
    ]
    assert library.entries.get(paper).entry.fields["mysterious-field"] == "kept"


def test_a_bib_of_an_untitled_paper_brings_its_key(library: Library) -> None:
    """A provisional key gives way to the one of the .bib."""
    told = prose(1)
    library.importing.run(pasted(abstracts(told)))
    report = library.importing.run(bib("@misc{mine, title={Sheep}, abstract={" + told + "}}"))
    assert report.merged == 1
    (paper,) = library.search.ids()
    assert library.entries.get(paper).entry.citation_key == "mine"


def test_a_bib_and_a_page_in_both_orders(library: Library) -> None:
    other = Library.open(library.path.with_name("other.refman"), create=True)
    sources = [bib(BIB), pasted(page(row("Notes on Sheep", "Ada Lovelace et al.", meta="LGMay 3")))]
    for source in sources:
        library.importing.run(source)
    for source in reversed(sources):
        other.importing.run(source)
    results = []
    for one in (library, other):
        (paper,) = one.search.ids()
        results.append(one.entries.get(paper).entry.with_values(citation_key=""))
    assert results[0] == results[1]
    assert results[0].date == "1843-05"
    other.close()


def test_a_changed_bib_of_the_same_file(library: Library) -> None:
    library.importing.run(bib(BIB))
    report = library.importing.run(
        bib(BIB.replace("wool", "cheese") + "@misc{n, title={New Goats}}")
    )
    assert [record.outcome for record in report.records] == ["merged", "added"]
    (paper,) = library.search.ids("key:Lovelace")
    assert library.entries.get(paper).entry.keywords == ("cheese", "farm", "wool")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@{k, title = {Sheep}}", "The type of this entry is missing after its @."),
        ("@article k, title = {x}}", "After the type of this entry an opening brace is missing."),
        ("@article", "After the type of this entry an opening brace is missing."),
        ("article{k, title = {Sheep}}", "Before the type of this entry an @ is missing."),
    ],
)
@pytest.mark.parametrize(("name", "format_name"), [("a.BIB", None), ("a.txt", "bibtex")])
def test_a_bib_with_nothing_but_a_broken_block(
    library: Library, text: str, message: str, name: str, format_name: str | None
) -> None:
    report = library.importing.run(bib(text, name), ImportOptions(format=format_name))
    assert (report.format, report.sentence()) == ("bibtex", "1 found: 1 failed, 1 to look at")
    assert [(one.line, one.message) for one in report.problems] == [(1, message)]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("@string{a = {b}}", ""),
        ("@comment{x}", ""),
        ("Dear Ada", ""),
        ("\n@comment{@misc{a, title = {x}}}",
         " Line 2: This entry stands in a @comment, and is left out with it."),
    ],
)  # fmt: skip
def test_a_bib_without_an_entry(library: Library, text: str, more: str) -> None:
    with pytest.raises(ReadError) as told:
        library.importing.run(bib(text))
    assert str(told.value) == (
        "There is no entry in “library.bib”, read as BibTeX: an entry begins like “@article{key,”; "
        f"@string, @preamble and @comment are none.{more}"
    )


@pytest.mark.parametrize("status", [None, "read"])
def test_undoing_takes_it_all_back(library: Library, status: str | None) -> None:
    put(library, row())
    before = state(library)
    library.importing.run(bib(BIB), ImportOptions(tags=("x",), status=status))
    library.history.undo()
    assert state(library) == before
    assert library.database.check() == []


def test_a_keyword_of_which_nothing_is_left_harms_nothing(library: Library) -> None:
    report = library.importing.run(bib("@misc{a, title={Sheep}, keywords={/, farm, //}}"))
    assert report.added == 1
    assert [tag.name for tag in library.tags.list()] == ["farm"]
