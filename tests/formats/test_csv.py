"""CSV: delimiters, quotes, columns, and what is written."""

import pytest

from refman.formats import detect
from refman.model.creator import Creator
from refman.model.entry import Entry
from tests.formats import engine
from tests.formats.round_trips import written


def entries(text: str) -> list[Entry]:
    found = engine.read(text, "csv")
    assert found.problems == []
    return [row.entry for row in found.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, end: str) -> None:
    lines = [["Title", "Author", "Year", "DOI"], ["A Title", '"Knuth, D. E."', "1984", "10.1/a"]]
    text = end.join(delimiter.join(cells) for cells in lines) + end
    if delimiter == ",":
        assert detect(text) is not None
    expected = Entry("misc", "", "A Title", (Creator("Knuth", "D. E."),), date="1984")
    assert entries(text) == [expected.with_values(fields={"doi": "10.1/a"})]


def test_line_breaks_and_quotes_in_cells() -> None:
    text = 'title,abstract,year\n"A ""quoted"" title","One.\n\nTwo, three.",2001\nB,,2002\n'
    assert entries(text) == [
        Entry(title='A "quoted" title', abstract="One.\n\nTwo, three.", date="2001"),
        Entry(title="B", date="2002"),
    ]
    assert [row.line for row in engine.read(text, "csv").rows] == [2, 5]


def test_a_line_that_says_the_delimiter_is_passed_over() -> None:
    assert entries("sep=;\ntitle;author;year\nA;B;2001\n")[0].date == "2001"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("article", "article"),
        ("journalArticle", "article"),
        ("Journal Article", "article"),
        ("Conference paper", "inproceedings"),
        ("PhdThesis", "thesis"),
        ("6", "inproceedings"),
        ("Book chapter", "incollection"),
        ("Odd Kind", "odd-kind"),
        ("", "misc"),
    ],
)
def test_types(kind: str, expected: str) -> None:
    assert entries(f"title,type of reference,year\nA,{kind},2001\n")[0].entry_type == expected


def test_of_two_columns_for_one_field_both_are_kept() -> None:
    fields = entries("title,volume,volume,odd one\nA,1,2,x\n")[0].fields
    assert fields == {"volume": "1", "volume-2": "2", "odd-one": "x"}


def test_columns_are_written_in_the_order_of_fields() -> None:
    papers = [
        Entry("book", "b", "B", date="1984", fields={"publisher": "P", "zzz": "1"}),
        Entry("article", "a", "A, b", (Creator("C", "D"), Creator("E", "F")),
              fields={"journaltitle": "J", "Odd Name": "x"}, keywords=("k", "l")),
    ]  # fmt: skip
    assert written("csv", papers) == (
        "entrytype,citationkey,author,title,journaltitle,date,publisher,keywords,zzz,refman\n"
        "book,b,,B,,1984,P,,1,\n"
        'article,a,"C, D; E, F","A, b",J,,,k; l,,"{""fields"": {""Odd Name"": ""x""}}"\n'
    )


def test_a_table_of_other_things_is_none_of_papers() -> None:
    for text in ("a,b\n1,2\n", "title,price,stock\nA,1,2\n", "name;author\nA;B\n", "title\nA\n"):
        assert detect(text) is None
