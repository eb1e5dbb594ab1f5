"""Which names are doubtful, as a file writes them, and how they would be better."""

import pytest

from refman.formats.bibtex.names import read_names
from tests.library.doctor.looking import article, findings, short

# A list of names in TeX, and what is found in it.
NAMES = [
    ("ordinary", "Ada Lovelace and van Hasselt, Hado and Ford, Jr., Henry and others", []),
    ("particles", "Charles de la Vallée Poussin and Ludwig van Beethoven", []),
    ("one word", "Plato and {OpenAI}", []),
    ("body", "{ATLAS Collaboration} and {Barnes and Noble} and {Google, Inc.}", []),
    ("places in a body", "{University of California, Berkeley, Department of Sheep}", []),
    ("initials", "D. E. Knuth and J.-P. Serre and Weinan E and Bo Li and Andrew NG", []),
    ("Chinese", "王小明 and 李四", []),
    ("digits of a body", "{3M} and {W3C Working Group 2}", []),
    ("commas", "{Ada Lovelace, Grace Hopper, Alan Turing}",
     ["warning name author ?→ Lovelace, Ada; Hopper, Grace; Turing, Alan"]),
    ("two in one piece", "{Ann Lee and Bob Ray}", ["warning name author ?→ Lee, Ann; Ray, Bob"]),
    ("bodies with “and”",
     "{Centers for Disease Control and Prevention} and {Johnson Controls and Tyco}", []),
    ("initials behind and commas", "Bengio Y., LeCun Y.",
     ["warning name author ?→ Bengio, Y.; LeCun, Y."]),
    ("initials before and commas", "Y. Bengio, Y. LeCun, G. Hinton",
     ["warning name author ?→ Bengio, Y.; LeCun, Y.; Hinton, G."]),
    ("initials of one", "de la Cruz, Jesús M. and van den Berg, J. A. and Smith, J. Ann", []),
    ("suffix as first name", "John Smith, Jr", ["warning name author ?→ Smith, Jr, John"]),
    ("degree as first name", "Jane Roe, PhD", ["warning name author ?→ Roe, PhD, Jane"]),
    ("first names like suffixes", "Rahman, Md and Nguyen, Vi and Smith, JR and Silva, Junior", []),
    ("semicolons", "Ada Lovelace; Grace Hopper",
     ["warning name author ?→ Lovelace, Ada; Hopper, Grace"]),
    ("ampersand", "Ada Lovelace \\& Grace Hopper",
     ["warning name author ?→ Lovelace, Ada; Hopper, Grace"]),
    ("two names with one comma each", "Smith, John, Jane", ["warning name author"]),
    ("degree", "Smith, John, PhD", ["warning name author ?→ Smith, PhD, John"]),
    ("suffix without commas", "John Smith III", ["warning name author → Smith, III, John"]),
    ("in one piece", "{Lovelace, Ada}", ["warning name author ?→ Lovelace, Ada"]),
    ("body without braces", "ATLAS Collaboration",
     ["warning name author → ATLAS Collaboration"]),
    ("university without braces", "University of Nowhere",
     ["warning name author ?→ University of Nowhere"]),
    ("initials behind", "Bacon PL", ["warning name author ?→ Bacon, PL"]),
    ("mark", "Ada Lovelace1", ["warning name author"]),
    ("address", "Ada Lovelace ada@example.org", ["warning name author"]),
    ("capitals", "SMITH, John and O'BRIEN, MARY",
     ["notice name-capitals author ?→ Smith, John",
      "notice name-capitals author ?→ O'Brien, Mary"]),
    ("glued", "Knuth, D.E. and Lam, Hugo Y.K.",
     ["notice name-initials author → Knuth, D. E.",
      "notice name-initials author → Lam, Hugo Y. K."]),
    ("twice", "Ada Lovelace and Grace Hopper and Ada Lovelace",
     ["notice name-twice author ?→ Lovelace, Ada"]),
    ("initials twice", "J. Park and J. Park", []),
    ("HTML", "J&ouml;rg M&uuml;ller", ["warning html author → Müller, Jörg"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tex", "expected"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES]
)
def test_names(tex: str, expected: list[str]) -> None:
    creators, truncated = read_names(tex)
    entry = article(names="").with_values(creators=creators, creators_truncated=truncated)
    assert short(findings(entry)) == expected


@pytest.mark.parametrize("written", ["Hopper et al.", "Grace Hopper et al", "Grace Hopper, …"])
def test_and_others_is_no_name(written: str) -> None:
    entry = article(names="Ada Lovelace")
    hopper = entry.creators[0].__class__(literal=written)
    entry = entry.with_values(creators=(*entry.creators, hopper))
    (finding,) = findings(entry)
    assert finding.fix
    assert finding.fix.safe
    assert finding.fix.values["creators_truncated"]
    mended = entry.with_values(**finding.fix.values)
    assert [one.full_name for one in mended.creators][1] in ("Hopper", "Grace Hopper")
    assert findings(mended) == []


def test_and_others_alone_goes() -> None:
    entry = article(names="Ada Lovelace")
    others = entry.creators[0].__class__(literal="et al.")
    (finding,) = findings(entry.with_values(creators=(*entry.creators, others)))
    assert finding.fix
    assert finding.fix.values == {"creators": entry.creators, "creators_truncated": True}
