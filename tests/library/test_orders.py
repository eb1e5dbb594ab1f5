"""The same pages give the same papers, in whatever order they come, and keep every row."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from refman.formats import format_named
from refman.library import ImportOptions, Library, Source
from tests.library.making import DAY, ROOT, orders, papers, sightings, state

SHARED = ROOT.parent / "shared" / "listings"
OWN = ROOT / "tests" / "data" / "library"
PAGES = ("abstracts.txt", "glued.txt", "more_abstracts.txt", "profile.txt")
SAMPLES = sorted((ROOT / "resources" / "samples").glob("*.txt"))

needs_shared = pytest.mark.skipif(
    not SHARED.exists(), reason="the four real listings are not beside this checkout"
)
REAL = tuple(path.name for path in sorted(SHARED.glob("*.txt")))


def outcome(folder: Path, names: Sequence[str], at: Path) -> tuple[list[dict[str, Any]], list[Any]]:
    """Every field of every paper after importing these pages, and every sighting."""
    library = Library.open(at / "library.refman", create=True)
    try:
        for name in names:
            library.importing.run(Source.from_path(folder / name, DAY))
        assert library.database.check() == []
        rows = [(name, raw, title) for name, raw, _outcome, title, _review in sightings(library)]
        return papers(library), rows
    finally:
        library.close()


@pytest.fixture(scope="module")
def first_real(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, Any]], list[Any]]:
    return outcome(SHARED, REAL, tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="module")
def first_own(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, Any]], list[Any]]:
    return outcome(OWN, PAGES, tmp_path_factory.mktemp("own"))


def told(names: Sequence[str]) -> str:
    return "-".join(name[:3] for name in names)


# --- the real pages -----------------------------------------------------------------------


@needs_shared
@pytest.mark.parametrize("order", orders(REAL), ids=told)
def test_the_real_pages(
    order: tuple[str, ...], first_real: tuple[list[dict[str, Any]], list[Any]], tmp_path: Path
) -> None:
    found, rows = outcome(SHARED, order, tmp_path)
    assert found == first_real[0]
    assert rows == first_real[1]


@needs_shared
def test_the_real_pages_are_105_papers(
    first_real: tuple[list[dict[str, Any]], list[Any]],
) -> None:
    """Told apart as the truth about them says, by their abstracts."""
    expected = json.loads((SHARED / "expected.json").read_text("utf-8"))
    found, rows = first_real
    assert len(found) == expected["papers"] == 105
    assert sum(bool(one["entry"].title) for one in found) == expected["papers_with_title"] == 98
    assert len(rows) == len(expected["rows"]) == 120
    titles = {row["paper"]: row["title"] for row in expected["rows"] if row["title"]}
    assert sorted(one["entry"].title for one in found if one["entry"].title) == sorted(
        titles.values()
    )
    assert [one["entry"].title for one in found if one["attention"] and one["entry"].title] == []


@needs_shared
def test_every_real_row_is_with_its_paper(tmp_path: Path) -> None:
    expected = json.loads((SHARED / "expected.json").read_text("utf-8"))
    library = Library.open(tmp_path / "library.refman", create=True)
    paper_of: dict[int, int] = {}
    for name in REAL:
        report = library.importing.run(Source.from_path(SHARED / name, DAY))
        truth = [row for row in expected["rows"] if row["listing"] == name]
        assert len(truth) == len(report.records)
        for row, record in zip(truth, report.records, strict=True):
            text = " ".join(record.row.entry.abstract.split())
            assert hashlib.sha1(text.encode()).hexdigest() == row["abstract_sha1"]
            assert paper_of.setdefault(row["paper"], record.entry_id or 0) == record.entry_id
    assert len(set(paper_of.values())) == 105
    library.close()


@needs_shared
def test_the_real_pages_again_add_nothing(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.refman", create=True)
    for name in REAL:
        library.importing.run(Source.from_path(SHARED / name, DAY))
    before, label = state(library), library.history.undo_label
    said = [library.importing.run(Source.from_path(SHARED / name, DAY)).sentence() for name in REAL]
    assert said == [f"{n} found: {n} unchanged" for n in (50, 50, 10, 10)]
    assert (state(library), library.history.undo_label) == (before, label)
    library.close()


# --- our own ------------------------------------------------------------------------------


@pytest.mark.parametrize("order", orders(PAGES), ids=told)
def test_our_own_pages(
    order: tuple[str, ...], first_own: tuple[list[dict[str, Any]], list[Any]], tmp_path: Path
) -> None:
    found, rows = outcome(OWN, order, tmp_path)
    assert found == first_own[0]
    assert rows == first_own[1]


def test_what_our_own_pages_are(first_own: tuple[list[dict[str, Any]], list[Any]]) -> None:
    found, rows = first_own
    assert len(rows) == 20
    said = [
        (
            one["entry"].title or one["entry"].abstract[:20],
            ", ".join(c.full_name for c in one["entry"].creators)
            + (" …" if one["entry"].creators_truncated else ""),
            one["entry"].date,
            one["category"],
            one["score"],
            one["code"],
            one["attention"],
        )
        for one in found
    ]
    untitled = ("It has no title yet.",)
    assert said == [
        ("Maps of caves have n", "", "", "", None, False, untitled),
        ("There is a sound tha", "", "", "", None, False, untitled),
        (
            "A Ladder of Memory Tasks for Agents with One Eye",
            "Maren Oduya, Tobias van der Linde, Ines Carvalho",
            "2026-06-02",
            "cs.LG",
            81.5,
            True,
            (),
        ),
        (
            "Correcting Guessed Wind Fields Where a Kite Flies",
            "Ines Carvalho, Pawel McKenzie",
            "2023-11-21",
            "cs.RO",
            None,
            False,
            (),
        ),
        (
            "Lantern Maps: Shared Maps without Radio",
            "Tobias van der Linde, H. Brendan Okafor, Maren Oduya, Lucia DeVries",
            "2022-10-07",
            "cs.LG",
            77.0,
            False,
            (),
        ),
        (
            "One Large Loss or Many Small Ones?",
            "Lucia DeVries, Jun Tanaka",
            "2020-07-01",
            "cs.LG",
            None,
            True,
            (),
        ),
        (
            "Slow Paths in Wide Networks, Part 1",
            "Pawel McKenzie, Jun Tanaka",
            "2021-05-05",
            "stat.ML",
            None,
            False,
            (),
        ),
        (
            "Slow Paths in Wide Networks, Part 2",
            "Pawel McKenzie, Jun Tanaka",
            "2021-05-05",
            "stat.ML",
            None,
            False,
            (),
        ),
        (
            "What a Ferryman Knows: Planning with Forty Rules and LLMs",
            "Jun Tanaka, Maren Oduya",
            "2024-03-03",
            "cs.RO",
            None,
            True,
            (),
        ),
        (
            "When to Sow an Example",
            "Ines Carvalho, Lucia DeVries, Tobias van der Linde",
            "2023-12-26",
            "cs.LG",
            None,
            False,
            (),
        ),
    ]


def test_the_samples_in_both_directions(tmp_path: Path) -> None:
    names = [path.name for path in SAMPLES]
    assert names
    results = []
    for i, order in enumerate((names, names[::-1])):
        (tmp_path / str(i)).mkdir()
        results.append(outcome(SAMPLES[0].parent, order, tmp_path / str(i)))
    assert results[0] == results[1]


def _format(path: Path) -> ImportOptions:
    return ImportOptions(format=path.parent.name.replace("_", "-"))


def test_the_pages_of_every_format_one_after_another(tmp_path: Path) -> None:
    """Whatever is in the samples of the formats: each row accounted for, each page once."""
    library = Library.open(tmp_path / "library.refman", create=True)
    paths = sorted((ROOT / "tests" / "data" / "formats").glob("*/*.txt"))
    paths = [path for path in paths if format_named(_format(path).format or "")]
    assert paths
    found = 0
    for path in paths:
        report = library.importing.run(Source.from_path(path, DAY), _format(path))
        assert report.found == len(report.records) + report.failed
        found += report.found
    assert len(sightings(library)) == found
    before = state(library)
    for path in paths:
        again = library.importing.run(Source.from_path(path, DAY), _format(path))
        assert again.unchanged == len(again.records)
    assert state(library) == before
    assert library.database.check() == []
    library.close()
