"""Names without TeX, alone and in lists."""

import pytest

from refman.formats.plain_names import read_name, read_names, write_name, write_names
from refman.model.creator import Creator

VAN = Creator("Hasselt", "Hado", non_dropping_particle="van")
BODY = Creator(literal="World Health Organization")


@pytest.mark.parametrize(
    ("name", "creator"),
    [
        ("van Hasselt, Hado", VAN),
        ("Hado van Hasselt", VAN),
        ("King, Martin Luther, Jr.", Creator("King", "Martin Luther", suffix="Jr.")),
        ("King, Jr., Martin Luther", Creator("King", "Martin Luther", suffix="Jr.")),
        ("Smith, J., PhD", Creator("Smith", "J.", suffix="PhD")),
        ("World Health Organization,", BODY),
        ("{World Health Organization}", BODY),
        ("Plato", Creator(literal="Plato")),
    ],
)
def test_read_name(name: str, creator: Creator) -> None:
    assert read_name(name) == creator


@pytest.mark.parametrize("creator", [VAN, BODY, Creator("King", "M. L.", suffix="Jr.")])
def test_a_written_name_is_read_again(creator: Creator) -> None:
    assert read_name(write_name(creator)) == creator


@pytest.mark.parametrize(
    ("text", "creators", "truncated"),
    [
        ("van Hasselt, Hado and {World Health Organization}", [VAN, BODY], False),
        ("van Hasselt, Hado; World Health Organization,", [VAN, BODY], False),
        ("van Hasselt, Hado; et al.", [VAN], True),
        ("van Hasselt, Hado and others", [VAN], True),
        ("{Smith and Sons} and van Hasselt, Hado", [Creator(literal="Smith and Sons"), VAN], False),
        ("", [], False),
    ],
)
def test_read_names(text: str, creators: list[Creator], truncated: bool) -> None:
    assert read_names(text) == (creators, truncated)


def test_names_of_pubmed() -> None:
    text = "Hochreiter S, de la Cruz JM"
    expected = [Creator("Hochreiter", "S"), Creator("de la Cruz", "JM")]
    assert read_names(text, initialed=True) == (expected, False)


def test_names_that_a_list_would_part_are_kept_together() -> None:
    creators = [Creator(literal="Smith and Sons"), VAN, Creator(literal="A; B")]
    assert read_names(write_names(creators)) == (creators, False)
