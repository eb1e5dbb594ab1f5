"""Which format a text is in, by what it says."""

import pytest

from refman.formats import FORMATS, detect, format_named
from tests.formats import engine

PROFILE = engine.text_of(engine.SAMPLES / "profile/blank_lines.txt")
ABSTRACTS = engine.text_of(engine.SAMPLES / "abstract_list/plain.txt")
PROSE = (
    "It was on June 2 that the two of them met again. Nobody had thought of it before.\n"
    "May 5\nI went to town.\nJun 6\nI stayed at home, and read the Abstract: of a paper.\n\n"
)


def name_of(text: str, name: str = "") -> str | None:
    found = detect(text, name)
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(PROFILE, "profile", id="profile"),
        pytest.param(ABSTRACTS, "abstract-list", id="abstracts"),
        pytest.param("LGJun 2\nOne Row Only\n", "profile", id="one row"),
        pytest.param("Northwick\nAbstract:One abstract, alone on its page.", "abstract-list",
                     id="one abstract"),
        pytest.param("Home | Sign in\n" * 20_000 + PROFILE, "profile", id="after navigation"),
        pytest.param("Home | Sign in\n" * 20_000 + ABSTRACTS, "abstract-list",
                     id="abstracts after navigation"),
        pytest.param(
            "@article{a,\n  title = {A},\n  abstract = {\nAbstract: one\nAbstract: two},\n}\n",
            "bibtex", id="BibTeX with abstracts in it"),
        pytest.param(PROSE, None, id="prose"),
        pytest.param(PROSE * 2000, None, id="much prose"),
        pytest.param("A Paper\nAbstract: What it says.\n" + PROSE * 5, None, id="one paper"),
        pytest.param("", None, id="empty"),
        pytest.param(" \n\t\n", None, id="blank"),
        pytest.param("{}", None, id="JSON"),
        pytest.param("a,b\n1,2\n", None, id="table"),
        pytest.param("@dataclass(frozen=True, slots=True)\nclass A:\n    b: int = 1\n" * 3, None,
                     id="Python"),
        pytest.param('@Column(name = "a", length = 3)\n@Rule("b", size = 3)\n', None, id="Java"),
    ],
)  # fmt: skip
def test_detect(text: str, expected: str | None) -> None:
    assert name_of(text) == expected


@pytest.mark.parametrize(
    "sample",
    ["medline/export.nbib", "nep_report/copied.txt", "pubmed_abstract/export.txt",
     "pubmed_summary/older.txt"],
)  # fmt: skip
@pytest.mark.parametrize(("old", "new"), [("\n", "\r"), ("\n", "\r\n"), (". ", ".\u00a0")])
def test_line_ends_and_blanks_are_no_evidence(sample: str, old: str, new: str) -> None:
    text = engine.text_of(engine.SAMPLES / sample)
    expected = sample.partition("/")[0].replace("_", "-")
    assert name_of(text.replace(old, new)) == name_of(text) == expected


@pytest.mark.parametrize("name", ["", "page.txt", "page.bib", "page.html", "page"])
def test_the_name_of_a_file_is_no_evidence(name: str) -> None:
    assert name_of(PROFILE, name) == "profile"
    assert name_of(ABSTRACTS, name) == "abstract-list"
    assert name_of(PROSE, name) is None


def test_two_hundred_megabytes_of_nothing_known_are_refused() -> None:
    """At most 32 pieces of it are looked at."""
    assert name_of("lorem ipsum dolor sit amet " * 7_500_000) is None


def test_names_are_one_each_and_find_their_format() -> None:
    assert [format_named(found.name) for found in FORMATS] == list(FORMATS)
    assert format_named("PROFILE") is format_named("profile")
    assert format_named("nonsense") is None
