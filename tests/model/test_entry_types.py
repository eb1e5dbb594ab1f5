"""The table of entry types is whole, and its names are found."""

import pytest

from refman.model.entry_types import (
    ALIASES,
    DEFAULT,
    ENTRY_TYPES,
    biblatex_type,
    bibtex_type,
    csl_type,
    label_of,
    missing_fields,
)
from refman.model.fields import FIELDS


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Article", ("article", "")),
        ("conference", ("inproceedings", "")),
        ("phdthesis", ("thesis", "phdthesis")),
        ("MastersThesis", ("thesis", "mathesis")),
        ("techreport", ("report", "")),
        ("www", ("online", "")),
        ("my-type", ("my-type", "")),
    ],
)
def test_biblatex_type(written: str, expected: tuple[str, str]) -> None:
    assert biblatex_type(written) == expected


@pytest.mark.parametrize(
    ("name", "type_field", "expected"),
    [
        ("article", "", "article"),
        ("report", "", "techreport"),
        ("online", "", "misc"),
        ("dataset", "", "misc"),
        ("collection", "", "book"),
        ("thesis", "", "phdthesis"),
        ("thesis", "phdthesis", "phdthesis"),
        ("thesis", "mathesis", "mastersthesis"),
        ("thesis", "Diplomarbeit", "mastersthesis"),
        ("thesis", "Habilitation", "phdthesis"),
        ("my-type", "", "my-type"),
    ],
)
def test_bibtex_type(name: str, type_field: str, expected: str) -> None:
    assert bibtex_type(name, type_field) == expected


CLASSIC = {
    "article", "book", "booklet", "inbook", "incollection", "inproceedings", "manual",
    "mastersthesis", "misc", "phdthesis", "proceedings", "techreport", "unpublished",
}  # fmt: skip


@pytest.mark.parametrize("name", ENTRY_TYPES)
def test_a_type_is_whole(name: str) -> None:
    kind = ENTRY_TYPES[name]
    assert kind.label
    assert kind.csl
    assert kind.bibtex in CLASSIC
    wanted = [one for want in kind.required for one in want.split("/")]
    assert {*wanted, *kind.optional} <= {*FIELDS}
    assert len({*kind.optional}) == len(kind.optional)
    assert not {*wanted} & {*kind.optional}


def test_names_are_names_of_types() -> None:
    assert {name for name, _ in ALIASES.values()} <= {*ENTRY_TYPES}
    assert not {*ALIASES} & {*ENTRY_TYPES}
    assert DEFAULT in ENTRY_TYPES


def test_what_is_unknown_has_its_own_name() -> None:
    assert (label_of("my-type"), csl_type("my-type")) == ("my-type", "document")
    assert (label_of("article"), csl_type("article")) == ("Journal article", "article-journal")


@pytest.mark.parametrize(
    ("name", "present", "missing"),
    [
        ("book", {"title", "editor"}, ("date",)),
        ("book", {"title", "date"}, ("author/editor",)),
        ("article", set(), ("author", "title", "journaltitle", "date")),
        ("my-type", set(), ()),
    ],
)
def test_missing_fields(name: str, present: set[str], missing: tuple[str, ...]) -> None:
    assert missing_fields(name, frozenset(present)) == missing
