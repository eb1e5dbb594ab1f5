"""The table of fields is whole, and its names are found."""

import pytest

from refman.model.fields import (
    ALIASES,
    ATTRIBUTES,
    BIBTEX_NAMES,
    FIELDS,
    Kind,
    biblatex_name,
    bibtex_name,
    kind_of,
    label_of,
    order_of,
)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("journal", "journaltitle"),
        ("Journal", "journaltitle"),
        ("address", "location"),
        ("school", "institution"),
        ("annote", "annotation"),
        ("archivePrefix", "eprinttype"),
        ("primaryclass", "eprintclass"),
        ("keyword", "keywords"),
        ("doi", "doi"),
        ("My-Own", "my-own"),
    ],
)
def test_biblatex_name(written: str, name: str) -> None:
    assert biblatex_name(written) == name


@pytest.mark.parametrize("name", [*FIELDS, "my-own"])
def test_the_bibtex_name_leads_back(name: str) -> None:
    assert biblatex_name(bibtex_name(name)) == name


def test_names_are_names_of_fields() -> None:
    assert {*BIBTEX_NAMES, *ALIASES.values(), *ATTRIBUTES} - {"citation_key"} <= {*FIELDS}
    assert not {*ALIASES} & {*FIELDS}


def test_labels_are_there_and_differ() -> None:
    labels = [field.label for field in FIELDS.values()]
    assert all(labels)
    assert len({*labels}) == len(labels)


def test_what_is_unknown_is_left_alone() -> None:
    assert (kind_of("my-own"), label_of("my-own")) == (Kind.VERBATIM, "my-own")


def test_fields_have_an_order_and_the_unknown_come_last() -> None:
    names = ["zz", "keywords", "aa", "title", "author", "doi"]
    assert sorted(names, key=order_of) == ["author", "title", "doi", "keywords", "aa", "zz"]
