"""What a profile page says between the lines: categories, evidence, promises."""

import random
from dataclasses import replace

import pytest

from refman.formats.format import Boundary, Header
from refman.formats.listings import byline
from tests.formats import engine

ROW = "A Title of Some Length\nAda King, Bo Lee et al.\nWe say what there is to say about it.\n"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        pytest.param(["CV", "LG"], ["cs.CV", "cs.LG"], id="other rows settle it"),
        pytest.param(["CV", "AG"], ["math.CV", "math.AG"], id="the other way"),
        pytest.param(["CV", "LG", "AG"], [None, "cs.LG", "math.AG"], id="they do not agree"),
        pytest.param(["CV"], [None], id="nothing settles it"),
        pytest.param(["IT"], ["cs.IT"], id="two names of one"),
        pytest.param(["QQ"], [None], id="unknown"),
    ],
)
def test_category(labels: list[str], expected: list[str | None]) -> None:
    page = "".join(f"{label}Jun 2, 2024\n{ROW}" for label in labels)
    found = engine.read(page, "profile")
    assert [row.category for row in found.rows] == expected
    assert [row.category_label for row in found.rows] == labels


def test_the_subject_comes_before_the_other_rows() -> None:
    page = f"Ada King\nAG\nh-index3\nCVJun 2, 2024\n{ROW}LGJun 2, 2024\n{ROW}"
    assert [row.category for row in engine.read(page).rows] == ["math.CV", "cs.LG"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Ada King\n", Header(name="Ada King")),
        ("LG\n", Header(subject="LG")),
        ("Ada King\nLG\n", Header(name="Ada King", subject="LG")),
        ("h-index67\n", Header(h_index=67)),
        ("Ada King\nh-index67\n", Header(name="Ada King", h_index=67)),
        ("210papers\n99,704citations\n", Header(papers=210, citations=99704)),
        ("AI Score63\n210 Papers\n", Header(ai_score=63, papers=210)),
        ("Novelty51%\n", Header(novelty=51)),
        (
            "Ada King\nUniversity of Northwick\nLG\nh-index2\n",
            Header(name="Ada King", affiliation="University of Northwick", subject="LG", h_index=2),
        ),
        ("", Header()),
    ],
)
def test_any_part_of_the_header_may_be_missing(head: str, expected: Header) -> None:
    found = engine.read(f"{head}LGJun 2, 2024\n{ROW}")
    assert found.header == expected
    assert (len(found.rows), found.passed_over) == (1, [])


def test_rows_read_the_same_in_any_order() -> None:
    """The split of a row depends on the row and its page, not on what stands before it."""
    text = engine.text_of(engine.SAMPLES / "profile/run_together.txt")
    rows = [f"{head}\n" for head in text.strip().split("\n")]
    groups = ["".join(rows[i : i + 3]) for i in range(0, len(rows), 3)]
    expected = {row.raw_text: row.entry for row in engine.read("".join(groups)).rows}
    random.Random(4).shuffle(groups)
    assert {row.raw_text: row.entry for row in engine.read("".join(groups)).rows} == expected


def test_a_known_name_confirms_a_doubtful_row() -> None:
    page = "CRNov 1, 1979\nHow to Share a SecretAdi Shamir\nA number is cut into pieces.\n"
    doubtful = engine.read(page).rows[0]
    assert doubtful.review == ("Where the title ends and the authors begin is not clear.",)
    confirmed = byline.reconsider(doubtful, frozenset({"adi shamir"}))
    assert confirmed == replace(doubtful, review=())
    assert byline.reconsider(confirmed, frozenset()) == doubtful


def test_a_known_name_raises_a_doubt_and_never_moves_the_boundary() -> None:
    page = "LGMay 27, 2015\nDeep LearningYann LeCun, Yoshua Bengio\nWe say what there is to say.\n"
    sure = engine.read(page).rows[0]
    assert sure.review == ()
    doubted = byline.reconsider(sure, frozenset({"cun"}))
    said = "Where the title ends is not clear: the library knows “Cun”."
    assert doubted == replace(sure, review=(said,))
    assert Boundary("Deep LearningYann Le", "Cun, Yoshua Bengio") in doubted.runners_up
    assert byline.reconsider(sure, frozenset({"cun", "yann lecun"})) == sure


def test_a_title_of_several_lines_is_put_together_and_marked() -> None:
    page = f"LGJun 2, 2024\nA Title That Goes On\nand on for {ROW}"
    row = engine.read(page).rows[0]
    assert row.entry.title == "A Title That Goes On and on for A Title of Some Length"
    assert row.review == ("The title was put together from several lines.",)


def test_a_character_that_could_not_be_read_is_marked() -> None:
    row = engine.read(f"LGJun 2, 2024\n{ROW}".replace("there", "th\ufffdre")).rows[0]
    assert row.review == ("Some characters of this row could not be read.",)


def test_every_row_of_a_truncated_page_is_accounted_for() -> None:
    """Cut anywhere, a page has as many rows, read or not, as meta lines that were left."""
    text = engine.text_of(engine.SAMPLES / "profile/blank_lines.txt")
    starts = [text.index(line) for line in ("88.0LG", "LGDec", "MES", "CVFeb", "84.2GT", "CHEM")]
    for end in range(starts[1] + 20, len(text), 7):
        if text[end - 20 : end].count("\n") == 0 or end - max(s for s in starts if s < end) > 25:
            found = engine.read(text[:end], "profile")
            assert found.count == sum(start < end for start in starts)


def test_a_text_with_no_row_has_none() -> None:
    found = engine.read("Nothing here.\nAt all.\n", "profile")
    assert (found.rows, found.problems) == ([], [])
    assert [passage.line for passage in found.passed_over] == [1, 2]


def test_the_shipped_sample_is_what_it_promises() -> None:
    sample = engine.SAMPLES.parents[2] / "resources" / "samples" / "reading-list.txt"
    found = engine.read(engine.text_of(sample))
    assert (found.header.name, len(found.rows), found.problems) == ("Robin Marlowe", 27, [])
    assert [row.entry.title for row in found.rows if row.review] == ["How to Share a Secret"]
    assert all(row.entry.title and row.entry.creators and row.entry.abstract for row in found.rows)
    assert all(row.category for row in found.rows)


def test_the_two_shipped_samples_share_papers() -> None:
    samples = engine.SAMPLES.parents[2] / "resources" / "samples"
    one, other = (
        {row.entry.abstract for row in engine.read(engine.text_of(samples / name)).rows}
        for name in ("reading-list.txt", "abstracts.txt")
    )
    assert (len(other), len(one & other)) == (6, 4)
