"""A record that says little is like each version of a paper: it never makes one of two."""

import tempfile
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refman.library import Library
from refman.library.matching import LIKELY
from refman.model.creator import parse_name
from refman.model.entry import Entry
from tests.library.making import orders, pasted

_TITLE = "Counting Sheep at Scale on Hills"
_RECORDS = {
    "talk": "@inproceedings{t, title={Counting Sheep at Scale on Hills},"
    " author={Lovelace, Ada and Hopper, Grace}, booktitle={VLDB}, year={1999}}\n",
    "paper": "@article{p, title={Counting Sheep at Scale on Hills},"
    " author={Lovelace, Ada and Hopper, Grace}, journal={The VLDB Journal}, year={2002}}\n",
    "bare": "@misc{b, title={Counting Sheep at Scale on Hills},"
    " author={Lovelace, Ada and Hopper, Grace}}\n",
}
_VERSIONS = {("1999", "VLDB", ""), ("2002", "", "The VLDB Journal")}


def versions(library: Library) -> list[tuple[str, str, str]]:
    found = [library.entries.get(i).entry for i in library.search.ids()]
    return [
        (one.date, one.fields.get("booktitle", ""), one.fields.get("journaltitle", ""))
        for one in found
    ]


@pytest.mark.parametrize("order", orders(list(_RECORDS)), ids="-".join)
@pytest.mark.parametrize("pages", ["one page", "a page each"])
def test_an_import_keeps_two_versions(library: Library, order: tuple[str, ...], pages: str) -> None:
    texts = [_RECORDS[name] for name in order]
    for number, text in enumerate(["".join(texts)] if pages == "one page" else texts):
        library.importing.run(pasted(text, f"{number}.bib"))
    assert len(versions(library)) == 2
    assert set(versions(library)) == _VERSIONS


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_what_a_scan_finds_is_not_certain(library: Library, order: tuple[int, ...]) -> None:
    names = (parse_name("Ada Lovelace"), parse_name("Grace Hopper"))
    said = [
        Entry("inproceedings", date="1999", fields={"booktitle": "VLDB"}),
        Entry("article", date="2002", fields={"journaltitle": "The VLDB Journal"}),
        Entry("misc"),
    ]
    for i in order:
        library.entries.add(said[i].with_values(title=_TITLE, creators=names))
    library.duplicates.scan()
    (cluster,) = library.duplicates.clusters()
    assert (sorted(cluster.ids), cluster.tier) == ([1, 2, 3], LIKELY)
    assert library.duplicates.count() == 1
    assert library.duplicates.merge_certain().count == 0
    assert len(versions(library)) == 3


def test_a_row_that_another_page_has_word_for_word_is_that_paper(library: Library) -> None:
    """By then the paper has a periodical in which a short title may recur: so has the row."""
    said = "D. E. Knuth. Literate programming. The Computer Journal, 1984.\n"
    other = "L. Breiman. Random forests. Machine Learning, 45(1), 5-32, 2001.\n"
    third = "J. Roe. Something else entirely new. Nature, 1999.\n"
    library.importing.run(
        pasted(
            "@misc{kn, title={Literate Programming}, author={Donald E. Knuth}, year=1984}", "k.bib"
        )
    )
    first = library.importing.run(pasted("References\n" + said + other + third, "one.txt"))
    assert (first.added, first.merged) == (2, 1)
    again = library.importing.run(pasted("Bibliography\n" + third + said + other, "two.txt"))
    assert (again.added, again.merged) == (0, 3)
    assert again.records[1].matched_by == ("Another page has the same row, word for word",)
    library.duplicates.keep_apart([1], [2, 3])
    assert library.importing.run(pasted("Works\n" + other + said + third, "three.txt")).added == 0


_WHAT = st.sampled_from(
    [
        ("inproceedings", "booktitle={VLDB}, year={1999}"),
        ("article", "journal={The VLDB Journal}, year={2002}"),
        ("article", "journal={CoRR}, volume={abs/9912.00001}, year={1999}"),
        ("misc", ""),
    ]
)
_WHO = st.sampled_from(
    [
        "Lovelace, Ada and Hopper, Grace",
        "Lovelace, A. and Hopper, G.",
        "Lovelace, Ada and others",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=8, deadline=None)
@given(st.lists(st.tuples(_WHAT, _WHO), min_size=3, max_size=3))
def test_dated_versions_in_any_order_are_as_many_papers(
    records: list[tuple[tuple[str, str], str]],
) -> None:
    texts = [
        f"@{kind}{{k{i}, title={{{_TITLE}}}, author={{{names}}}, {said}}}\n"
        for i, ((kind, said), names) in enumerate(records)
    ]
    found = set()
    for order in permutations(texts):
        with tempfile.TemporaryDirectory() as name:
            library = Library.open(Path(name) / "one.refman", create=True)
            try:
                for number, text in enumerate(order):
                    library.importing.run(pasted(text, f"{number}.bib"))
                found.add(tuple(sorted(versions(library))))
            finally:
                library.close()
    assert len(found) == 1


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("@mastersthesis{d, school={MIT},", "the degree is mathesis in one and phdthesis"),
        ("@phdthesis{d, school={Yale},", "the school is Yale in one and MIT"),
    ],
    ids=["another degree", "another school"],
)
def test_two_theses_of_one_title_are_asked_about(library: Library, other: str, said: str) -> None:
    rest = " title={A Theory of Small Things at Large}, author={Roe, Jane}, year=2001}\n"
    library.importing.run(pasted("@phdthesis{c, school={MIT}," + rest, "c.bib"))
    report = library.importing.run(pasted(other + rest, "d.bib"))
    assert (report.added, report.merged) == (1, 0)
    assert said in report.records[0].review[0]
