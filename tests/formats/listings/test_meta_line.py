"""The line that opens a row of a profile page."""

from datetime import date

import pytest

from refman.formats.listings import meta_line
from refman.formats.listings.meta_line import MetaLine

AS_OF = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("89.4LGJun 2Code", MetaLine(89.4, "LG", (6, 2, None), True)),
        ("LGDec 26, 2025Code", MetaLine(None, "LG", (12, 26, 2025), True)),
        ("MES-HALLNov 21, 2023", MetaLine(None, "MES-HALL", (11, 21, 2023), False)),
        ("CHEM-PHMay 5", MetaLine(None, "CHEM-PH", (5, 5, None), False)),
        ("LGMay 8Code", MetaLine(None, "LG", (5, 8, None), True)),
        ("MAMay 8", MetaLine(None, "MA", (5, 8, None), False)),
        ("84LGMar 1, 2024", MetaLine(84.0, "LG", (3, 1, 2024), False)),
        ("89.4 LG Jun 2, 2024 Code", MetaLine(89.4, "LG", (6, 2, 2024), True)),
        ("cs.LGJun 2", MetaLine(None, "cs.LG", (6, 2, None), False)),
        ("Jun 2", MetaLine(None, None, (6, 2, None), False)),
        ("77.1Jun 2", MetaLine(77.1, None, (6, 2, None), False)),
        ("LG", MetaLine(None, "LG", None, False)),
        ("LGCode", MetaLine(None, "LG", None, True)),
        ("LGSept 3, 2020", MetaLine(None, "LG", (9, 3, 2020), False)),
        ("LGJune 2", MetaLine(None, "LG", (6, 2, None), False)),
        ("XYZJun 2", MetaLine(None, "XYZ", (6, 2, None), False)),
    ],
)
def test_read(text: str, expected: MetaLine) -> None:
    assert meta_line.read(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "Code", "89.4", "h-index67", "210papers", "99,704citations", "Novelty51%", "XYZ", "GAN",
     "LGJun 2 and more", "Attention Is All You Need", "2022", "Jun", "LGJun", "l" * 10_000],
)  # fmt: skip
def test_is_none(text: str) -> None:
    assert meta_line.read(text) is None


@pytest.mark.parametrize(
    ("text", "expected", "given"),
    [
        ("LGJun 2", "2026-06-02", False),
        ("LGNov 20", "2026-11-20", False),
        ("LGNov 21", "2025-11-21", False),
        ("LGFeb 29", "2024-02-29", False),
        ("LGFeb 29, 2020", "2020-02-29", True),
        ("LGFeb 30, 2020", "", True),
        ("LGCode", "", None),
    ],
)
def test_date(text: str, expected: str, given: bool | None) -> None:
    meta = meta_line.read(text)
    assert meta is not None
    assert (meta.date(AS_OF), meta.year_given) == (expected, given)
