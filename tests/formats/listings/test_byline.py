"""Bylines, and the evidence that tells a title from the byline it runs into."""

import pytest

from refman.formats.listings import byline
from refman.formats.listings.byline import Byline
from refman.formats.listings.page_evidence import PageEvidence


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Ada King", Byline(("Ada King",), False, ()), id="one"),
        pytest.param(
            "A. King, B. Lee et al. · mila, deepmind",
            Byline(("A. King", "B. Lee"), True, ("mila", "deepmind")),
            id="truncated with affiliations",
        ),
        pytest.param("Ada King and Bo Lee", Byline(("Ada King", "Bo Lee"), False, ()), id="and"),
        pytest.param(
            "Ada King, Bo Lee, and Cy Young",
            Byline(("Ada King", "Bo Lee", "Cy Young"), False, ()),
            id="Oxford comma",
        ),
        pytest.param(
            "Sam Poe, Jr., Bo Lee, et al.",
            Byline(("Sam Poe, Jr.", "Bo Lee"), True, ()),
            id="suffix",
        ),
        pytest.param(
            "Institute of Sea and Ice Research Group",
            Byline(("Institute of Sea and Ice Research Group",), False, ()),
            id="and inside a body's name",
        ),
        pytest.param("Ada King…", Byline(("Ada King",), True, ()), id="ellipsis"),
        pytest.param("", Byline((), False, ()), id="empty"),
    ],
)
def test_parse(line: str, expected: Byline) -> None:
    assert byline.parse(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Hado van Hasselt, Arthur Guez",
        "Pierluca D'Oro",
        "Weinan E, Jiequn Han",
        "Álvaro Ruiz-Sanz",
        "ATLAS Collaboration",
        "Борис Т. Поляк, Анна Иванова",
        "王小明, 李华",
        "Nikolaus H. R. Howe et al. · mila",
    ],
)
def test_is_byline(line: str) -> None:
    assert byline.is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "Attention Is All You Need",
        "Generative Augmented Flow Networks",
        "Bigger, Better, Faster: Human-level Atari with human-level efficiency",
        "R-MelNet: Reduced Mel-Spectral Modeling for Neural TTS",
        "h-index67",
        "210 Papers",
        "",
        ",,,",
    ],
)
def test_is_no_byline(line: str) -> None:
    assert not byline.is_byline(line)


def test_an_abstract_tells_an_acronym_from_an_initial() -> None:
    line = "Training with QXJ. Smith, Bo Lee"
    found = byline.split(line, abstract="We train with QX, which is new.")
    assert (found.title, found.names) == ("Training with QX", ("J. Smith", "Bo Lee"))


def test_names_elsewhere_on_the_page_decide() -> None:
    page = PageEvidence.collect(["Zorblax Quimby"], [])
    line = "How to Keep a ParcelZorblax Quimby"
    assert not byline.split(line).is_sure
    found = byline.split(line, page)
    assert (found.title, found.names) == ("How to Keep a Parcel", ("Zorblax Quimby",))
    assert found.is_sure


def test_an_unclear_boundary_has_its_runners_up_whole() -> None:
    line = "Models of Style with GANTero Karras, Ada King et al. · mila"
    found = byline.split(line)
    assert found.runners_up
    for boundary in found.runners_up:
        assert f"{boundary.title}{boundary.byline}".replace(" ", "") == line.replace(" ", "")


def test_no_byline_is_no_names() -> None:
    found = byline.split("Generative Flow Networks for GFlowNets")
    assert (found.title, found.names) == ("Generative Flow Networks for GFlowNets", ())


@pytest.mark.parametrize(
    ("title", "people"),
    [
        pytest.param("Worms of C. elegans", "Andrew Fire, SiQun Xu, Mary K. Mont", id="SiQun"),
        pytest.param("Translation for Africa", "Iroro Orife, Blessing Sibanda et al.",
                     id="a name that looks like a word"),
        pytest.param("Can Models Be Too Big? 🦜", "Emily M. Bender, Timnit Gebru", id="picture"),
        pytest.param("La conjecture de Weil. I", "Pierre Deligne", id="first of several"),
        pytest.param("Observation of Rare Decays", "LHCb Collaboration", id="body"),
        pytest.param("Particle Creation by Black Holes", "S. W. Hawking", id="initials"),
    ],
)  # fmt: skip
def test_where_a_title_ends(title: str, people: str) -> None:
    found = byline.split(title + people)
    assert (found.title, found.names) == (title, byline.parse(people).names)


def test_an_acronym_is_not_cut_in_two_in_silence() -> None:
    found = byline.split("The Alignment/Map format and SAMtools Heng Li, Bob Handsaker et al.")
    assert not found.is_sure


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("aA" * 200_000, id="all joints"),
        pytest.param("A, " * 200_000, id="all commas"),
        pytest.param("Ada King, " * 60_000 + "Bo Lee et al.", id="all names"),
        pytest.param("· " * 200_000, id="all dots"),
        pytest.param("(" * 300_000 + "Ada King", id="brackets"),
        pytest.param("A.-" * 200_000, id="initials"),
        pytest.param(" and " * 100_000, id="ands"),
        pytest.param("et al. " * 100_000, id="et al"),
    ],
)
def test_long_lines_come_to_an_end(line: str) -> None:
    found = byline.split(line)
    assert 0 <= found.confidence <= 1
    byline.is_byline(line)
    byline.names_at_end(line)
