"""What the samples of the text formats do not show: damage, other forms, time."""

import pytest

from refman.formats import format_named
from refman.formats.format import Context, Found
from refman.formats.listings import nlm
from tests.formats import engine

NAMES = (
    "medline", "pubmed-summary", "pubmed-abstract", "pubmed-search", "nep-report", "references",
)  # fmt: skip
LONG = 300_000
ADVERSARIAL = {
    "one line": "a" * LONG,
    "capitals": "A" * LONG,
    "initials": "A. " * (LONG // 3),
    "names": "Ada King, " * (LONG // 10),
    "inverted names": "King, A., " * (LONG // 10),
    "and": "A. King and " * (LONG // 12),
    "digits": "9" * LONG,
    "years": "(2001) " * (LONG // 7),
    "dated": ". 2001;" * (LONG // 7),
    "pages": "1(2), 3-4, " * (LONG // 11),
    "numbers": "1. " * (LONG // 3),
    "numbered lines": "1. a\n" * (LONG // 5),
    "rising numbers": "".join(f"{i}. a\n" for i in range(LONG // 10)),
    "PMIDs": "PMID: 1 " * (LONG // 8),
    "PMID lines": "PMID: 1\n" * (LONG // 8),
    "records": "PMID- 1\n" * (LONG // 8),
    "tags": "TI  - a\n" * (LONG // 8),
    "continued": "TI  - a\n" + "      b\n" * (LONG // 8),
    "labels": "By: A\n" * (LONG // 6),
    "dated labels": "1. a\nBy: A\nDate: 2001\nURL: a\n" * (LONG // 30),
    "parentheses": "(" * LONG,
    "brackets": "[" * LONG,
    "links": "[a](b) " * (LONG // 7),
    "open links": "[a](" * (LONG // 4),
    "stars": "*" * LONG,
    "bold": "**a " * (LONG // 4),
    "quotes": "“a " * (LONG // 3),
    "straight quotes": "'a " * (LONG // 3),
    "bars": "|" * LONG,
    "table": "| a | b |\n" * (LONG // 10),
    "tabs": "a\tb\n" * (LONG // 4),
    "dashes": "-" * LONG,
    "bullets": "- a\n" * (LONG // 4),
    "colons": "a: " * (LONG // 3),
    "semicolons": "A K; " * (LONG // 5),
    "dois": "10.1000/a " * (LONG // 10),
    "a reference again and again": "Pearl, J. (1988). A Title of Words. Nature, 1(2), 3-4.\n"
    * (LONG // 55),
    "a long reference": f"Pearl, J. (1988). {'A Title ' * (LONG // 8)}. Nature, 1(2), 3-4.\n",
    "an endless paragraph": "Ada King, Bo Lee\n" * (LONG // 17),
}


def read(name: str, text: str) -> Found:
    found = format_named(name)
    assert found is not None
    return found.read(text, Context(engine.AS_OF))


@pytest.mark.parametrize("text", ADVERSARIAL.values(), ids=ADVERSARIAL)
@pytest.mark.parametrize("name", NAMES)
def test_long_texts_come_to_an_end(name: str, text: str) -> None:
    found = format_named(name)
    assert found is not None
    assert 0 <= found.score(text[: 64 * 1024]) <= 100
    read(name, text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Bacon PL", "P. L. Bacon"),
        ("Di Tommaso P", "P. Di Tommaso"),
        ("van Raaij MJ", "M. J. van Raaij"),
        ("d'Arcy J", "J. d'Arcy"),
        ("King ML Jr", "M. L. King Jr."),
        ("Cole AB 3rd", "A. B. Cole III"),
        ("WATSON JD", "J. D. Watson"),
        ("Li X", "X. Li"),
        ("Sartre JP", "J. P. Sartre"),
        ("Harker J-S", "J.-S. Harker"),
        ("Insulin resistance", None),
        ("a B", None),
        ("Science", None),
        ("", None),
    ],
)
def test_names_of_the_national_library_of_medicine(name: str, expected: str | None) -> None:
    found = nlm.creator(name)
    assert (found.full_name if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2006 Mar 1", "2006-03-01"),
        ("2012 Oct", "2012-10"),
        ("2009", "2009"),
        ("2018 Jul-Aug", "2018-07"),
        ("2018 Jul 17", "2018-07-17"),
        ("1999 Winter", "1999-24"),
        ("1998 Dec-1999 Jan", "1998-12"),
        ("2001 Feb 31", "2001-02"),
        ("soon", ""),
        ("", ""),
    ],
)
def test_dates_of_the_national_library_of_medicine(text: str, expected: str) -> None:
    assert nlm.date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("217-20", "217–220"), ("436-444", "436–444"), ("S12-9", "S12–S19"), ("e124", "e124"),
     ("e00080-18", "e00080-18"), ("1-2, 5", "1-2, 5"), ("", "")],
)  # fmt: skip
def test_pages_in_full(text: str, expected: str) -> None:
    assert nlm.pages(text) == expected


def rows(sample: str) -> list[object]:
    return [row.entry for row in engine.read(engine.text_of(engine.SAMPLES / sample)).rows]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pubmed_search/copied.txt", "pubmed_search/saved.html"),
        ("nep_report/copied.txt", "nep_report/page.html"),
    ],
)
def test_all_forms_of_a_page_give_the_same(one: str, other: str) -> None:
    assert rows(one) == rows(other)


@pytest.mark.parametrize(
    "sample",
    [
        "medline/export.nbib",
        "pubmed_abstract/export.txt",
        "pubmed_summary/older.txt",
        "nep_report/mailing.txt",
    ],
)
def test_line_ends_mean_nothing(sample: str) -> None:
    text = engine.text_of(engine.SAMPLES / sample)
    assert [row.entry for row in engine.read(text.replace("\n", "\r\n")).rows] == rows(sample)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_cut_off_anywhere_is_read(name: str) -> None:
    """No cut makes a reader raise, and rows that ended before it stay as they were."""
    folder = engine.SAMPLES / name.replace("-", "_")
    for sample in sorted(folder.iterdir()):
        if sample.suffix == ".json" or sample.name == "README.md":
            continue
        text = engine.text_of(sample)
        whole = [row.entry for row in read(name, text).rows]
        for end in range(0, len(text), 97):
            found = read(name, text[:end])
            assert len(found.rows) <= len(whole) + 1


@pytest.mark.parametrize("sample", ["nep_report/copied.txt", "nep_report/mailing.txt"])
def test_two_reports_one_after_the_other_are_both_read(sample: str) -> None:
    text = engine.text_of(engine.SAMPLES / sample)
    assert [row.entry for row in engine.read(f"{text}\n{text}").rows] == rows(sample) * 2
