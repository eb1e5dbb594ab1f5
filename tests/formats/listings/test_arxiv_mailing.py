"""The blocks of arXiv's mailing, one by one: each dialect, and each way to be damaged."""

from typing import Any

import pytest

from tests.formats import engine

RULE = "-" * 78
BLOCK = r"""\\
arXiv:2101.00001
Date: Fri, 1 Jan 2021 10:00:00 GMT   (9kb,D)

Title: A Title
Authors: Ada Bo and Cy Do
Categories: cs.LG stat.ML
Comments: 9 pages
\\
  We show it.
\\ ( https://arxiv.org/abs/2101.00001 ,  9kb)
"""


def rows(text: str) -> list[dict[str, Any]]:
    return [engine.row_as_json(row) for row in engine.read(text, "arxiv-mailing").rows]


@pytest.mark.parametrize(
    ("old", "new", "name", "expected"),
    [
        ("arXiv:2101.00001", "arXiv:2101.00001 (*cross-listing*)", "category", "cs.LG"),
        ("arXiv:2101.00001", "Paper: hep-th/9901001", "date", "2021-01-01"),
        ("arXiv:2101.00001", "Paper (*cross-listing*): gr-qc/9401026", "category", "cs.LG"),
        ("Date: Fri, 1 Jan 2021 10:00:00 GMT", "Date: Thu, 2 JAN 92 12:17 N", "date", "1992-01-02"),
        ("Date: Fri, 1 Jan 2021 10:00:00 GMT", "Date: 31 Feb 2021", "date", "2021-01"),
        ("Date: Fri, 1 Jan 2021 10:00:00 GMT   (9kb,D)\n",
         "Date: Fri, 1 Jan 2021 10:00:00 GMT   (9kb,D)\nDate (revised v2): Sat, 2 Jan 2021\n",
         "date", "2021-01-01"),
        ("Date: Fri, 1 Jan 2021 10:00:00 GMT", "replaced with revised version Mon, 1 Feb 2021",
         "date", "2021-01"),
        ("Date: Fri, 1 Jan 2021 10:00:00 GMT", "From: Somebody <nobody@example.org>", "date",
         "2021-01"),
        ("A Title", "A Title:\n  a Subtitle", "title", "A Title: a Subtitle"),
        ("A Title", "A Title\nof which the blank was lost", "title",
         "A Title of which the blank was lost"),
        ("A Title", "Erd\\H{o}s, $\\alpha$ and \\emph{others}", "title",
         "Erdős, $\\alpha$ and \\emph{others}"),
        ("We show it.", "We show\n\\\\\n\\alpha \\\\\nit.", "abstract",
         "We show \\\\ α \\\\ it."),
        ("We show it.", "We show it.\n\n  And more.", "abstract", "We show it. And more."),
        ("  We show it.", "arXiv is what we show.", "abstract", "arXiv is what we show."),
        ("Comments: 9 pages", "Journal-ref: Nature 5, 12 (2022)", "date", "2022"),
        ("Comments: 9 pages", "Journal-ref: Nature 5, 12 (2022)", "entry_type", "article"),
        ("Categories: cs.LG stat.ML", "MSC-class: 60G65", "category", None),
        ("Categories: cs.LG stat.ML", "Categories: alg-geom", "category_label", "alg-geom"),
        ("Ada Bo and Cy Do", "Ada Bo (1), Cy Do ((1) Here)", "affiliations", ["Here"]),
        ("Authors: Ada Bo and Cy Do\n", "", "review", ["No authors were found."]),
    ],
)  # fmt: skip
def test_a_block(old: str, new: str, name: str, expected: object) -> None:
    assert old in BLOCK
    found = rows(f"{RULE}\n{BLOCK.replace(old, new)}{RULE}\n{BLOCK}")
    assert [row["title"] for row in found[1:]] == ["A Title"]
    assert found[0].get(name) == expected


@pytest.mark.parametrize("between", ["", "\n", f"{RULE}\n", "%%--%%--" * 9 + "\n", "\\\\\n"])
def test_what_stands_between_blocks(between: str) -> None:
    found = engine.read(BLOCK + between + BLOCK + between, "arxiv-mailing")
    assert [row.raw_text for row in found.rows] == [BLOCK.rstrip("\n")] * 2


@pytest.mark.parametrize(
    "cut", [cut for cut in range(1, len(BLOCK)) if BLOCK[cut - 1] == "\n"], ids=str
)
def test_a_block_cut_off_harms_no_other(cut: int) -> None:
    found = engine.read(f"{BLOCK[:cut]}{RULE}\n{BLOCK}", "arxiv-mailing")
    assert found.rows[-1].raw_text == BLOCK.rstrip("\n")
    assert found.count == 2 - (cut == 3)  # of a "\\" alone nobody knows what it was
    if len(found.rows) == 2 and cut < len(BLOCK) - 60:
        assert found.rows[0].review


def test_a_page_of_a_week() -> None:
    text = f"\\\\\n/* Fri, 3 Mar 2023 */\n\\\\\n{RULE}\n{BLOCK}"
    found = engine.read(text, "arxiv-mailing")
    assert [row.line for row in found.rows] == [5]
    assert [passage.text for passage in found.passed_over][:2] == ["\\\\", "/* Fri, 3 Mar 2023 */"]
