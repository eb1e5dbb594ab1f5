"""Names, titles and venues that are written in two ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.library.alike_names import Level, agreement, person, same_person
from refman.library.alike_titles import core, is_generic
from refman.library.alike_venues import (
    BOOK,
    CONFERENCE,
    JOURNAL,
    PREPRINT,
    REPORT,
    THESIS,
    kind_of,
    same_venue,
)
from refman.model.creator import Creator, parse_name
from refman.model.entry import Entry
from refman.model.identifiers import identifiers
from refman.model.text import fold


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ralf Güting", "Ralf Gueting", True),
        ("Ralf Güting", "R. H. G?ting", True),
        ("Jeffrey D. Ullman", "Jeff Ullman", True),
        ("Bob Tarjan", "Robert Tarjan", True),
        ("J. Leon Zhao", "Leon Zhao", True),
        ("Wei Zhang", "Wen Zhang", False),
        ("Wei Zhang", "W. Zhang", True),
        ("Zhang", "Wei Zhang", True),
        ("Wei Zhang", "Zhang Wei", True),
        ("Peter Lockemann", "P. Lockermann", True),
        ("Ann Li", "Ann Lu", False),
        ("Ada Lovelace", "Bo Lovelace", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    first, second = person(parse_name(one)), person(parse_name(other))
    assert (same_person(first, second), same_person(second, first)) == (same, same)


@pytest.mark.parametrize(
    ("one", "other", "truncated", "level"),
    [
        ("A Abel, B Bose", "B Bose, A Abel", False, Level.ALL),
        ("A Abel", "A Abel, B Bose, C Ito", True, Level.ALL),
        ("A Abel", "A Abel, B Bose, C Ito", False, Level.LEADING),
        ("C Ito", "A Abel, B Bose, C Ito", False, Level.FEW),
        ("A Abel, D Ohm", "A Abel, B Bose", False, Level.MOST),
        ("A Abel", "B Bose", False, Level.NONE),
        ("", "B Bose", False, Level.NONE),
    ],
)
def test_lists_of_names(one: str, other: str, truncated: bool, level: Level) -> None:
    first, second = (
        tuple(person(parse_name(name)) for name in names.split(", ") if name)
        for names in (one, other)
    )
    assert agreement(first, second, not truncated, True)[0] is level
    assert agreement(second, first, True, not truncated)[0] is level


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Data Access (tutorial session)", "data access"),
        ("Tutorial: Data Access", "data access"),
        ("Tutorial on Data Access", "data access"),
        ("DEVise (Demo Abstract): Querying", "devise querying"),
        ("Small Worlds - Book Review", "small worlds"),
        ("Middleware: Extended Abstract", "middleware"),
        ("(Untitled)", "untitled"),
        ("A Survey on Graphs", "graphs"),
        ("Abstract Objects on Paper", "abstract objects on paper"),
    ],
)
def test_the_core_of_a_title(title: str, expected: str) -> None:
    assert core(title) == expected


@pytest.mark.parametrize(
    ("title", "generic"),
    [("guest editor s introduction", True), ("in memoriam", True), ("deep learning", False)],
)
def test_generic_titles(title: str, generic: bool) -> None:
    assert is_generic(title.split()) is generic


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        (Entry(fields={"journaltitle": "ACM Trans. Database Syst."}), JOURNAL),
        (Entry(fields={"journaltitle": "Nature"}), JOURNAL),
        (Entry(fields={"journaltitle": "Advances in Neural Information Processing"}), CONFERENCE),
        (Entry(fields={"journaltitle": "Proceedings of the National Academy"}), JOURNAL),
        (Entry(fields={"journaltitle": "Proc. VLDB Endow."}), JOURNAL),
        (Entry(fields={"journaltitle": "arXiv preprint arXiv:1412.6980"}), PREPRINT),
        (Entry(fields={"booktitle": "VLDB"}), CONFERENCE),
        (Entry(fields={"eprint": "1412.6980", "eprinttype": "arxiv"}), PREPRINT),
        (Entry(fields={"doi": "10.5281/zenodo.1"}), PREPRINT),
        (Entry(fields={"note": "PhD thesis"}), THESIS),
        (Entry(fields={"howpublished": "Technical report 92-8"}), REPORT),
        (Entry("report"), REPORT),
        (Entry("thesis"), THESIS),
        (Entry("book"), BOOK),
        (Entry("misc"), ""),
        (Entry("article"), ""),
    ],
)
def test_what_a_record_is_published_as(entry: Entry, kind: str) -> None:
    fields = entry.fields
    venue = fold(fields.get("journaltitle") or fields.get("booktitle", ""))
    assert kind_of(entry, identifiers(entry), venue) == kind


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("acm trans. database syst.", "acm transactions on database systems (tods)", True),
        ("vldb j.", "the vldb journal", True),
        ("pnas", "proceedings of the national academy of sciences", True),
        ("sigmod record", "acm sigmod record", True),
        ("hpb", "surgical endoscopy", False),
        ("nature", "science", False),
        ("", "science", False),
    ],
)
def test_venues(one: str, other: str, same: bool) -> None:
    assert (same_venue(one, other), same_venue(other, one)) == (same, same)


_NAMES = st.builds(
    Creator, family=st.text(max_size=9), given=st.text(max_size=9), literal=st.text(max_size=5)
)


@given(_NAMES, _NAMES)
def test_any_names_at_all(one: Creator, other: Creator) -> None:
    first, second = person(one), person(other)
    assert same_person(first, second) == same_person(second, first)
    both = agreement((first, second), (second,), True, False)
    assert both == agreement((second,), (first, second), False, True)


@given(st.text(), st.text())
def test_any_text_at_all(one: str, other: str) -> None:
    core(one)
    assert same_venue(one, other) == same_venue(other, one)
    kind_of(Entry(fields={"note": one, "booktitle": other}), frozenset(), fold(other))
