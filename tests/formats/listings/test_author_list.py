"""Fields of authors taken apart: names, affiliations in brackets, bodies, truncation."""

import pytest

from refman.formats.listings import author_list


@pytest.mark.parametrize(
    ("text", "names", "truncated", "affiliations"),
    [
        ("Albert Gu, Tri Dao", ["Albert Gu", "Tri Dao"], False, []),
        ("Authors: Albert Gu and Tri Dao", ["Albert Gu", "Tri Dao"], False, []),
        ("R. Narayan, B. Paczyński, and T. Piran",
         ["R. Narayan", "B. Paczyński", "T. Piran"], False, []),
        ("Pieter M. van Staden and Peter A. Forsyth and Yuying Li",
         ["Pieter M. van Staden", "Peter A. Forsyth", "Yuying Li"], False, []),
        ("F.Bonechi, A.D'Angelo", ["F. Bonechi", "A. D'Angelo"], False, []),
        ("J. V. Villumsen (Max Planck Institute, Garching, Germany)", ["J. V. Villumsen"], False,
         ["Max Planck Institute, Garching, Germany"]),
        ("A. Bo (1 and 2), C. Do (2) ((1) Here, (2) There, There (sic))", ["A. Bo", "C. Do"], False,
         ["Here", "There, There (sic)"]),
        ("A. Bo (for the XYZ Collaboration)", ["A. Bo", "XYZ Collaboration"], False, []),
        ("A. Bo for the XYZ Collaboration", ["A. Bo", "XYZ Collaboration"], False, []),
        ("on behalf of the XYZ Team", ["XYZ Team"], False, []),
        ("XYZ Collaboration: A. Bo, C. Do", ["XYZ Collaboration", "A. Bo", "C. Do"], False, []),
        ("The LIGO Scientific Collaboration, the Virgo Collaboration",
         ["The LIGO Scientific Collaboration", "Virgo Collaboration"], False, []),
        ("A. Bo, C. Do, et al. (986 additional authors not shown)", ["A. Bo", "C. Do"], True, []),
        ("A. Bo , et al", ["A. Bo"], True, []),
        ("A. Bo, …", ["A. Bo"], True, []),
        ("Bo, Ada; Do, Cy", ["Ada Bo", "Cy Do"], False, []),
        ("Ada Bo (Here) · Cy Do (There)", ["Ada Bo", "Cy Do"], False, ["Here", "There"]),
        ("M. L. King, Jr., Ada Bo", ["M. L. King Jr.", "Ada Bo"], False, []),
        ("A. Bo (left open", ["A. Bo"], False, ["left open"]),
        ("A. Bo) closed, C. Do", ["A. Bo) closed", "C. Do"], False, []),
        ("", [], False, []),
        (" , ; and (1)", [], False, []),
    ],
)  # fmt: skip
def test_read(text: str, names: list[str], truncated: bool, affiliations: list[str]) -> None:
    found = author_list.read(text)
    assert [creator.full_name for creator in found.creators] == names
    assert (found.truncated, list(found.affiliations)) == (truncated, affiliations)
