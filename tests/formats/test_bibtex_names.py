"""Names split as the program `bibtex` splits them, and written so that it finds the parts."""

import shutil
import subprocess
from pathlib import Path

import pytest

from refman.formats import latex
from refman.formats.bibtex.names import read_names, write_name, write_names
from refman.model.creator import EDITOR, Creator
from refman.model.text import squeeze

# TeX → (first, von, last, junior). bibtex itself is asked the same below.
NAMES = {
    "Ada Lovelace": ("Ada", "", "Lovelace", ""),
    "Lovelace, Ada": ("Ada", "", "Lovelace", ""),
    "lovelace, ada": ("ada", "", "lovelace", ""),
    "Ludwig van Beethoven": ("Ludwig", "van", "Beethoven", ""),
    "van Beethoven, Ludwig": ("Ludwig", "van", "Beethoven", ""),
    "van den Oord, Aaron": ("Aaron", "van den", "Oord", ""),
    "Aaron van den Oord": ("Aaron", "van den", "Oord", ""),
    "Van den Oord, Aaron": ("Aaron", "Van den", "Oord", ""),
    "Jean de La Fontaine": ("Jean", "de", "La Fontaine", ""),
    "Jean de la Fontaine du Bois Joli": ("Jean", "de la Fontaine du", "Bois Joli", ""),
    "Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin": (
        "Charles Louis Xavier Joseph", "de la", "Vallée Poussin", ""),
    "de la fontaine, Jean": ("Jean", "de la", "fontaine", ""),
    "jean de la fontaine": ("", "jean de la", "fontaine", ""),
    "Jean De La Fontaine": ("Jean De La", "", "Fontaine", ""),
    "Per Brinch Hansen": ("Per Brinch", "", "Hansen", ""),
    "Brinch Hansen, Per": ("Per", "", "Brinch Hansen", ""),
    "{Brinch Hansen}, Per": ("Per", "", "Brinch Hansen", ""),
    "Ford, Jr., Henry": ("Henry", "", "Ford", "Jr."),
    "Henry Ford, Jr.": ("Jr.", "", "Henry Ford", ""),
    "King, III, Martin Luther": ("Martin Luther", "", "King", "III"),
    "von Ford, Jr., Henry": ("Henry", "von", "Ford", "Jr."),
    "{\\'E}mile {\\'E}douard": ("Émile", "", "Édouard", ""),
    "Jos{\\'e} {\\'a} Costa": ("José", "á", "Costa", ""),
    "Kurt {\\\"u}ber Mann": ("Kurt", "über", "Mann", ""),
    "Kurt {\\\"U}ber Mann": ("Kurt Über", "", "Mann", ""),
    "{\\o}ystein Vik Berg": ("", "øystein", "Vik Berg", ""),
    "{\\O}ystein Vik Berg": ("Øystein Vik", "", "Berg", ""),
    "Vincent {van} Gogh": ("Vincent van", "", "Gogh", ""),
    "Vincent {\\relax van} Gogh": ("Vincent", "van", "Gogh", ""),
    "{Barnes and Noble}": ("", "", "Barnes and Noble", ""),
    "{Max Planck Institute, Berlin}": ("", "", "Max Planck Institute, Berlin", ""),
    "{OpenAI} Team": ("OpenAI", "", "Team", ""),
    "Plato": ("", "", "Plato", ""),
    "Donald~E. Knuth": ("Donald E.", "", "Knuth", ""),
    "J.~R.~R. Tolkien": ("J. R. R.", "", "Tolkien", ""),
    "Tolkien, J. R. R.": ("J. R. R.", "", "Tolkien", ""),
    "d'Alembert, Jean": ("Jean", "", "d'Alembert", ""),
    "Jean d'Alembert": ("Jean", "", "d'Alembert", ""),
    "Jean le Rond d'Alembert": ("Jean", "le", "Rond d'Alembert", ""),
    "Garc{\\'\\i}a y Vega, Jos{\\'e}": ("José", "García y", "Vega", ""),
    "Johan Obando-Ceron": ("Johan", "", "Obando-Ceron", ""),
    "Jean-Paul Sartre": ("Jean-Paul", "", "Sartre", ""),
    "  Ada \n  Lovelace ": ("Ada", "", "Lovelace", ""),
    "1st Ada Lovelace": ("", "1st", "Ada Lovelace", ""),
    "Mu\\~{n}oz, Jos\\'e": ("José", "", "Muñoz", ""),
    "von": ("", "", "von", ""),
    "von Berg": ("", "von", "Berg", ""),
}  # fmt: skip

# Where bibtex does what nobody wants.
BETTER = {
    "al-Khwarizmi, Muhammad": ("Muhammad", "", "al-Khwarizmi", ""),  # von al, last Khwarizmi
    "Jean-pierre Dupont": ("Jean-pierre", "", "Dupont", ""),  # von pierre
    "Øystein Vik Berg": ("Øystein Vik", "", "Berg", ""),  # bibtex sees the "y" first
    "Мария де Лос Сантос": ("Мария", "де", "Лос Сантос", ""),
    "王 小明": ("王", "", "小明", ""),
    "family=Oord, given=Aaron, prefix=van den": ("Aaron", "van den", "Oord", ""),
    "given=Hans, family={de Vries and Sons}": ("Hans", "", "de Vries and Sons", ""),
    'Given=Hans, family="Vries, Sons", suffix=Jr., id=x': ("Hans", "", "Vries, Sons", "Jr."),
    "Bo Lee 0001": ("Bo", "", "Lee", ""),  # as DBLP tells two of them apart
    "I\\~nigo N{\\'u}\\~{n}ez": ("Iñigo", "", "Núñez", ""),
    "\\~{n}a Lee": ("", "ña", "Lee", ""),  # to bibtex the tilde is a blank here
}


def parts(creator: Creator) -> tuple[str, str, str, str]:
    return (
        creator.given,
        creator.non_dropping_particle,
        creator.literal or creator.family,
        creator.suffix,
    )


@pytest.mark.parametrize(("name", "expected"), {**NAMES, **BETTER}.items())
def test_a_name_is_split(name: str, expected: tuple[str, str, str, str]) -> None:
    creators, truncated = read_names(name)
    assert [parts(creator) for creator in creators] == [expected]
    assert not truncated


STYLE = """
ENTRY { author } { } { }
FUNCTION {misc}
{ author #1 "{ff}" format.name$ "=" swap$ * write$ newline$
  author #1 "{vv}" format.name$ "=" swap$ * write$ newline$
  author #1 "{ll}" format.name$ "=" swap$ * write$ newline$
  author #1 "{jj}" format.name$ "=" swap$ * write$ newline$
}
READ
ITERATE {call.type$}
"""


def ask_bibtex(names: list[str], folder: Path) -> list[tuple[str, ...]]:
    """What `bibtex` makes of the first name in each: first, von, last, junior, in TeX."""
    entries = [f"@misc{{k{i}, author = {{{name}}}}}\n" for i, name in enumerate(names)]
    (folder / "names.bib").write_text("".join(entries), encoding="utf-8")
    (folder / "names.bst").write_text(STYLE, encoding="utf-8")
    (folder / "names.aux").write_text(
        "\\citation{*}\n\\bibstyle{names}\n\\bibdata{names}\n", encoding="utf-8"
    )
    subprocess.run(["bibtex", "names"], cwd=folder, check=True, capture_output=True, timeout=60)
    # bibtex breaks long lines; a part begins with "=".
    output = (folder / "names.bbl").read_text(encoding="utf-8").replace("\n  ", " ")
    found = [squeeze(latex.to_unicode(part, groups=False)) for part in output.split("=")[1:]]
    return [tuple(found[i : i + 4]) for i in range(0, len(found), 4)]


@pytest.mark.skipif(not shutil.which("bibtex"), reason="bibtex is not installed")
def test_bibtex_splits_the_same(tmp_path: Path) -> None:
    asked = dict(zip(NAMES, ask_bibtex(list(NAMES), tmp_path), strict=True))
    assert asked == NAMES


@pytest.mark.parametrize(
    ("text", "full_names", "truncated"),
    [
        pytest.param("Ada King and Bo Lee", ["Ada King", "Bo Lee"], False, id="two"),
        pytest.param("King, A. AND Lee, B.", ["A. King", "B. Lee"], False, id="capital AND"),
        pytest.param("Ada King and others", ["Ada King"], True, id="and others"),
        pytest.param("Ada King and Bo Lee et al.", ["Ada King", "Bo Lee"], True, id="al."),
        pytest.param("Ada King and et al.", ["Ada King"], True, id="and et al."),
        pytest.param("others", [], True, id="only others"),
        pytest.param("Ada King\nand\n Bo Lee", ["Ada King", "Bo Lee"], False, id="lines"),
        pytest.param("and and Ada King and", ["Ada King"], False, id="and at the edges"),
        pytest.param("Sandy Anderson", ["Sandy Anderson"], False, id="and within words"),
        pytest.param("{A and B} and C D", ["A and B", "C D"], False, id="and in braces"),
        pytest.param("A B, C D, E F, G H", ["A B", "C D", "E F", "G H"], False, id="commas only"),
        pytest.param("King, Ada, Lee, Bo", ["King, Ada, Lee, Bo"], False, id="too many commas"),
        pytest.param("", [], False, id="nothing"),
        pytest.param(", ,", [], False, id="commas alone"),
        pytest.param("{}", [], False, id="braces alone"),
        pytest.param("A } B", ["A } B"], False, id="a brace alone"),
    ],
)
def test_a_list_is_split(text: str, full_names: list[str], *, truncated: bool) -> None:
    creators, more = read_names(text, EDITOR)
    assert ([creator.full_name for creator in creators], more) == (full_names, truncated)
    assert all(creator.role == EDITOR for creator in creators)


@pytest.mark.parametrize(
    ("creator", "written"),
    [
        (Creator("Oord", "Aaron", non_dropping_particle="van den"), "van den Oord, Aaron"),
        (Creator("Ford", "Henry", suffix="Jr."), "Ford, Jr., Henry"),
        (Creator("Lovelace", "Ada"), "Lovelace, Ada"),
        (Creator("Alembert", "Jean", dropping_particle="d'"), "d' Alembert, Jean"),
        (Creator(literal="OpenAI"), "{OpenAI}"),
        (Creator(literal="Barnes & Noble, Inc."), "{Barnes \\& Noble, Inc.}"),
        (Creator(literal="others"), "others"),
        (Creator("García y Vega", "José"), "{García y Vega}, José"),
        (Creator("de Freitas", "Nando"), "{de Freitas}, Nando"),
        (Creator("Obando Ceron", "Johan"), "Obando Ceron, Johan"),
        (Creator("Smith, Sons", "A and B"), "{Smith, Sons}, {A and B}"),
        (Creator("Plato"), "{Plato}"),
        (Creator(given="Plato"), "{Plato}"),
        (Creator("Ford", suffix="Jr."), "Ford, Jr., {}"),
        (Creator("Berg", non_dropping_particle="von"), "von Berg, {}"),
        (Creator("{", "50%"), "\\textbraceleft{}, 50\\%"),
        (Creator(), ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_creator_is_written(creator: Creator, written: str) -> None:
    assert write_name(creator) == written


def test_that_there_are_more_is_written() -> None:
    creators = (Creator("King", "Ada"), Creator("Lee", "Bo"))
    assert write_names(creators, truncated=True) == "King, Ada and Lee, Bo and others"
    assert write_names((), truncated=True) == ""
