"""Partial dates: inferring years, checking, comparing, and what people type."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.model import dates
from refman.model.dates import Precision


@pytest.mark.parametrize(
    ("month", "day", "as_of", "expected"),
    [
        pytest.param(6, 2, date(2026, 11, 20), "2026-06-02", id="this year"),
        pytest.param(11, 20, date(2026, 11, 20), "2026-11-20", id="today"),
        pytest.param(11, 21, date(2026, 11, 20), "2025-11-21", id="tomorrow is a year ago"),
        pytest.param(12, 31, date(2026, 1, 1), "2025-12-31", id="yesterday"),
        pytest.param(2, 29, date(2026, 11, 20), "2024-02-29", id="the latest leap year"),
        pytest.param(2, 29, date(2024, 2, 29), "2024-02-29", id="a leap day today"),
        pytest.param(2, 29, date(2024, 2, 28), "2020-02-29", id="the day before a leap day"),
        pytest.param(2, 29, date(1903, 1, 1), "1896-02-29", id="eight years without one"),
        pytest.param(2, 30, date(2026, 11, 20), "", id="no such day"),
        pytest.param(13, 1, date(2026, 11, 20), "", id="no such month"),
        pytest.param(3, 1, date(1, 1, 1), "", id="before the first year"),
    ],
)
def test_without_year(month: int, day: int, as_of: date, expected: str) -> None:
    assert dates.without_year(month, day, as_of) == expected


@given(st.dates(min_value=date(10, 1, 1)), st.dates(min_value=date(10, 1, 1)))
def test_a_year_is_inferred_within_the_last_one_or_eight(day: date, as_of: date) -> None:
    found = date.fromisoformat(dates.without_year(day.month, day.day, as_of))
    assert (found.month, found.day) == (day.month, day.day)
    assert found <= as_of
    assert as_of.year - found.year <= (8 if (day.month, day.day) == (2, 29) else 1)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((2022,), "2022"),
        ((2022, 5), "2022-05"),
        ((2022, 5, 16), "2022-05-16"),
        ((987,), "0987"),
        ((2023, 2, 29), ""),
        ((2022, 0), ""),
        ((0,), ""),
        ((12345,), ""),
    ],
)
def test_iso(parts: tuple[int, ...], expected: str) -> None:
    assert dates.iso(*parts) == expected


@pytest.mark.parametrize(
    "value",
    ["2022", "2022-05", "2022-05-16", "2024-02-29", "2020/2021", "2020-01/2020-03", "1999~",
     "1999?", "1999%", "2022-05~", "199X", "19XX", "2022-XX", "2022-05-XX", "2022-XX-XX", "2022-21",
     "-0044", "2020/", "/2020", "2020/..", "../2020"],
)  # fmt: skip
def test_is_valid(value: str) -> None:
    assert dates.is_valid(value)


@pytest.mark.parametrize(
    "value",
    ["", "22", "2022-5", "2022-13", "2022-02-30", "2023-02-29", "May 2022", "2022-05-16T10:00", "/",
     "../..", "2020/2021/2022", "2022-21-01", "2022-25", "2022-XX-01", "١٢٣٤x", " 2022", "2022\n"],
)  # fmt: skip
def test_is_not_valid(value: str) -> None:
    assert not dates.is_valid(value)


@pytest.mark.parametrize(
    ("value", "precision", "parts"),
    [
        ("", Precision.NONE, ()),
        ("forthcoming", Precision.NONE, ()),
        ("2022", Precision.YEAR, (2022,)),
        ("1999~", Precision.YEAR, (1999,)),
        ("2022-05", Precision.MONTH, (2022, 5)),
        ("2022-05-16", Precision.DAY, (2022, 5, 16)),
        ("2020-05/2021", Precision.MONTH, (2020, 5)),
        ("-0044-03", Precision.MONTH, (-44, 3)),
    ],
)
def test_precision_and_parts(value: str, precision: Precision, parts: tuple[int, ...]) -> None:
    assert (dates.precision(value), dates.parts(value)) == (precision, parts)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2022", "2022-05-16", True),
        ("2022-05", "2022-05-16", True),
        ("2022-05-16", "2022-05-16", True),
        ("", "2022", True),
        ("2022", "2023", False),
        ("2022-05", "2022-06-16", False),
    ],
)
def test_agree(one: str, other: str, expected: bool) -> None:
    assert dates.agree(one, other) is expected
    assert dates.agree(other, one) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022", "2022"),
        (" 2022-05 ", "2022-05"),
        ("2022-5-1", "2022-05-01"),
        ("2022/05", "2022-05"),
        ("2022.5.16", "2022-05-16"),
        ("May 2022", "2022-05"),
        ("May 16, 2022", "2022-05-16"),
        ("16 May 2022", "2022-05-16"),
        ("16th of May 2022", ""),
        ("1st Sept. 2020", "2020-09-01"),
        ("sep 2020", "2020-09"),
        ("1999~", "1999~"),
        ("2020/2021", "2020/2021"),
        ("5/6/2022", ""),
        ("30 February 2022", ""),
        ("Maytember 2022", ""),
        ("16 May 16, 2022", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_parse(text: str, expected: str) -> None:
    assert dates.parse(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("May", 5), ("sept.", 9), ("DEC", 12), ("December", 12), ("Mai", None), ("", None)],
)
def test_month_number(name: str, expected: int | None) -> None:
    assert dates.month_number(name) == expected


@given(st.text(alphabet="0123456789-/~?%X. Mayun,", max_size=20) | st.text(max_size=20))
def test_any_text_at_all(text: str) -> None:
    parsed = dates.parse(text)
    assert parsed == "" or dates.is_valid(parsed)
    dates.precision(text)
    dates.parts(text)
