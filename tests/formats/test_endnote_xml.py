"""EndNote XML: types, styles and elements, and what is written."""

import pytest

from refman.formats.format import Row
from refman.model.creator import EDITOR, Creator
from refman.model.entry import Entry
from tests.formats import engine
from tests.formats.round_trips import written


def row_of(record: str) -> Row:
    found = engine.read(f"<xml><records><record>{record}</record></records></xml>", "endnote")
    assert found.problems == []
    (row,) = found.rows
    return row


TITLE = "<titles><title>A</title></titles>"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ('<ref-type name="Journal Article">17</ref-type>', "article"),
        ('<ref-type name="Journal Article">0</ref-type>', "article"),
        ("<ref-type>6</ref-type>", "book"),
        ('<ref-type name="Aufsatz">5</ref-type>', "incollection"),
        ('<ref-type name="Telepathy">99</ref-type>', "misc"),
        ("", "misc"),
    ],
)
def test_types(kind: str, expected: str) -> None:
    assert row_of(kind + TITLE).entry.entry_type == expected


def test_styles_are_marks_of_the_title() -> None:
    title = (
        '<title><style face="italic">E. coli</style><style face="normal"> and H</style>'
        '<style face="subscript">2</style><style face="normal">O</style></title>'
    )
    row = row_of(f"<titles>{title}</titles>")
    assert row.entry.title == r"\emph{E. coli} and H₂O"


def test_elements_that_nobody_knows_are_fields() -> None:
    assert row_of(TITLE + "<mood>cheerful</mood>").entry.fields == {"mood": "cheerful"}


def test_entities_of_a_document_type_are_nothing() -> None:
    text = (
        '<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        "<xml><records><record><titles><title>A &f; B</title></titles></record></records></xml>"
    )
    (row,) = engine.read(text, "endnote").rows
    assert row.entry.title == "A &f; B"
    assert row.review == ("The markup of this row is broken.",)


def test_a_record_is_written_in_the_order_of_endnotes_elements() -> None:
    entry = Entry(
        "book", "knuth1984", r"The \emph{TeX}book",
        (Creator("Knuth", "D. E."), Creator("Rossi", "M.", role=EDITOR)), date="1984",
        fields={"publisher": "A & W", "pages": "1–3", "eprintclass": "x"}, keywords=("a",),
    )  # fmt: skip
    assert written("endnote", [entry]) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n<record>\n'
        '<source-app name="refman">refman</source-app><rec-number>1</rec-number>\n'
        '<foreign-keys><key app="refman">knuth1984</key></foreign-keys>\n'
        '<ref-type name="Book">6</ref-type>\n'
        "<contributors>\n<authors>\n<author>Knuth, D. E.</author>\n</authors>\n"
        "<secondary-authors>\n<author>Rossi, M.</author>\n</secondary-authors>\n</contributors>\n"
        '<titles>\n<title><style face="normal">The </style><style face="italic">TeX</style>'
        '<style face="normal">book</style></title>\n</titles>\n<pages>1-3</pages>\n'
        "<keywords>\n<keyword>a</keyword>\n</keywords>\n<dates>\n<year>1984</year>\n</dates>\n"
        "<publisher>A &amp; W</publisher>\n<label>knuth1984</label>\n"
        "<misc3>tex.eprintclass: x</misc3>\n</record>\n</records></xml>\n"
    )
