"""Names of people and bodies in their parts, and back to how they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.model.creator import EDITOR, Creator, parse_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Aaron Courville", Creator(family="Courville", given="Aaron")),
        ("Hado van Hasselt", Creator("Hasselt", "Hado", non_dropping_particle="van")),
        ("Aaron van den Oord", Creator("Oord", "Aaron", non_dropping_particle="van den")),
        ("van Gogh", Creator("Gogh", non_dropping_particle="van")),
        ("Charles de la Vallée Poussin",
         Creator("Vallée Poussin", "Charles", non_dropping_particle="de la")),
        ("Santiago Ramón y Cajal", Creator("Ramón y Cajal", "Santiago")),
        ("Ortega y Gasset", Creator("Ortega y Gasset")),
        ("Pierluca D'Oro", Creator("D'Oro", "Pierluca")),
        ("Johan Obando-Ceron", Creator("Obando-Ceron", "Johan")),
        ("Ricky T. Q. Chen", Creator("Chen", "Ricky T. Q.")),
        ("H. Brendan McMahan", Creator("McMahan", "H. Brendan")),
        ("Weinan E", Creator("E", "Weinan")),
        ("Jimmy BA", Creator("BA", "Jimmy")),
        ("Martin Luther King Jr.", Creator("King", "Martin Luther", suffix="Jr.")),
        ("Martin King, Jr.", Creator("King", "Martin", suffix="Jr.")),
        ("King, Jr., Martin", Creator("King", "Martin", suffix="Jr.")),
        ("King, Martin, Jr.", Creator("King", "Martin", suffix="Jr.")),
        ("John Smith III", Creator("Smith", "John", suffix="III")),
        ("van Hasselt, Hado", Creator("Hasselt", "Hado", non_dropping_particle="van")),
        ("Bacon PL", Creator("Bacon", "PL")),
        ("Vaswani A.", Creator("Vaswani", "A.")),
        ("J. J.", Creator("J.", "J.")),
        ("Борис Т. Поляк", Creator("Поляк", "Борис Т.")),
        ("OpenAI", Creator(literal="OpenAI")),
        ("王小明", Creator(literal="王小明")),
        ("ATLAS Collaboration", Creator(literal="ATLAS Collaboration")),
        ("The LIGO Scientific Collaboration", Creator(literal="The LIGO Scientific Collaboration")),
        ("Institute A, Institute B, Institute C, D",
         Creator(literal="Institute A, Institute B, Institute C, D")),
        (" Ada \t King , ", Creator("King", "Ada")),
        ("", Creator()),
        (",", Creator()),
    ],
)  # fmt: skip
def test_parse_name(name: str, expected: Creator) -> None:
    assert parse_name(name) == expected


@pytest.mark.parametrize(
    "name",
    ["Pierre-Luc Bacon", "Maxime Chevalier-Boisvert", "Nikolaus H. R. Howe", "Álvaro Arroyo",
     "Simon Dufort-Labbé", "Roger Creus Castanyer", "Hado van Hasselt", "Xu Owen He", "OpenAI",
     "the Virgo Collaboration", "Martin Luther King Jr.", "Santiago Ramón y Cajal", "Weinan E"],
)  # fmt: skip
def test_full_name_is_the_name_as_written(name: str) -> None:
    assert parse_name(name).full_name == name


@pytest.mark.parametrize(
    ("creator", "family_name", "inverted"),
    [
        (Creator("Hasselt", "Hado", non_dropping_particle="van"), "van Hasselt",
         "van Hasselt, Hado"),
        (Creator("King", "Martin", suffix="Jr."), "King", "King, Jr., Martin"),
        (Creator("Gogh", non_dropping_particle="van"), "van Gogh", "van Gogh"),
        (Creator("Tocqueville", "Alexis", dropping_particle="de"), "Tocqueville",
         "de Tocqueville, Alexis"),
        (Creator(literal="ATLAS Collaboration"), "ATLAS Collaboration", "ATLAS Collaboration"),
    ],
)  # fmt: skip
def test_other_forms(creator: Creator, family_name: str, inverted: str) -> None:
    assert (creator.family_name, creator.inverted) == (family_name, inverted)


def test_role() -> None:
    assert parse_name("Ada King", EDITOR).role == EDITOR
    assert parse_name("Ada King").as_role(EDITOR) == parse_name("Ada King", EDITOR)


WORDS = st.sampled_from(
    "van de la y e Jr. III PL A. Li Collaboration , . - O'Neil Ñandú 王".split()
)


@given(st.lists(WORDS | st.text(max_size=6), max_size=6).map(" ".join))
def test_any_text_at_all(name: str) -> None:
    """No word of a name is lost or made up, whatever it is."""
    creator = parse_name(name)
    given_words = sorted(name.replace(",", " ").replace(";", " ").split())
    assert sorted(creator.full_name.replace(",", " ").replace(";", " ").split()) == given_words


NAMES = st.lists(st.sampled_from("van de la A. Li O'Neil Ñandú".split()), min_size=2, max_size=6)


@given(NAMES.map(" ".join))
def test_the_inverted_form_reads_back_with_the_same_given_names(name: str) -> None:
    creator = parse_name(name)
    if creator.given:
        assert parse_name(creator.inverted).given == creator.given
