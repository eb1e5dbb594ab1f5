"""Partial dates: `2022`, `2022-05`, `2022-05-16`, and the EDTF forms that BibLaTeX takes.

A date is kept as text, never as `datetime.date`, since most are known to the year or month
only. The empty string means that nothing is known.
"""

import re
from calendar import monthrange
from datetime import MAXYEAR, date
from enum import IntEnum

MONTHS = (
    "January February March April May June July August September October November December".split()
)
_MONTH_NUMBER = {
    spelling: number
    for number, month in enumerate(MONTHS, 1)
    for spelling in (month.casefold(), month[:3].casefold())
} | {"sept": 9}

# EDTF level 1 as biber reads it: an uncertain (?), approximate (~) or both (%) date; a year of
# unknown digits (199X); seasons as months 21 to 24; a range, either end of which may be open.
_ISO = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_SINGLE = re.compile(r"(-?(?:\d{4}|\d{3}X|\d\dXX))(?:-(\d\d|XX)(?:-(\d\d|XX))?)?[?~%]?")
_SEASONS = range(21, 25)


class Precision(IntEnum):
    """How much of a date is known."""

    NONE = 0
    YEAR = 1
    MONTH = 2
    DAY = 3


def month_number(name: str) -> int | None:
    """5 for `May`, 9 for `Sept.`; None for what is no English month or its short form."""
    return _MONTH_NUMBER.get(name.strip().rstrip(".").casefold())


def iso(year: int, month: int | None = None, day: int | None = None) -> str:
    """The partial ISO date of these parts, or "" if there is no such day."""
    if not 0 < year <= MAXYEAR or (month is not None and not 1 <= month <= 12):
        return ""
    if month is None:
        return f"{year:04}"
    if day is None:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= monthrange(year, month)[1] else ""


def without_year(month: int, day: int, as_of: date) -> str:
    """The latest `month`/`day` that is not after `as_of`, as a full date; "" if never.

    29 February falls in the latest leap year.
    """
    for year in range(as_of.year, max(as_of.year - 9, 0), -1):  # 1896 to 1904 had no leap year
        value = iso(year, month, day)
        if value and value <= as_of.isoformat():
            return value
    return ""


def is_valid(value: str) -> bool:
    """Whether BibLaTeX takes `value` as a date (EDTF level 1)."""
    start, slash, end = value.partition("/")
    if not slash:
        return _valid_single(start)
    open_start, open_end = start in ("", ".."), end in ("", "..")
    if open_start and open_end:
        return False
    return (open_start or _valid_single(start)) and (open_end or _valid_single(end))


def _valid_single(value: str) -> bool:
    match = _SINGLE.fullmatch(value)
    if not match:
        return False
    year, month, day = match.groups()
    if month is None or "X" in month:
        return day is None or "X" in day
    if int(month) in _SEASONS:
        return day is None
    if not 1 <= int(month) <= 12:
        return False
    if day is None or "X" in day:
        return True
    return 1 <= int(day) <= (monthrange(int(year), int(month))[1] if year.isdigit() else 31)


def precision(value: str) -> Precision:
    """How much `value` says; of a range, what its first end says."""
    match = _ISO.match(value)
    return Precision(sum(part is not None for part in match.groups())) if match else Precision.NONE


def parts(value: str) -> tuple[int, ...]:
    """Year, month and day of `value` (of a range, its start) as far as they are known."""
    match = _ISO.match(value)
    return tuple(int(part) for part in match.groups() if part is not None) if match else ()


def agree(one: str, other: str) -> bool:
    """Whether both can be the same day: each part that both know is equal."""
    return all(a == b for a, b in zip(parts(one), parts(other), strict=False))


def parse(text: str) -> str:
    """What a person typed as a date, in ISO form; "" for what is not understood.

    `2022`, `2022-5-1`, `2022/05`, `May 2022`, `16 May 2022`, `May 16, 2022` and EDTF.
    Forms that mean different days in different countries (`5/6/2022`) are not understood.
    """
    text = " ".join(text.split())
    if is_valid(text):
        return text
    numbers = re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", text, re.ASCII)
    if numbers:
        year, month, day = numbers.groups()
        return iso(int(year), int(month), int(day) if day else None)
    named = re.fullmatch(
        r"(?:(?P<before>\d{1,2})(?:st|nd|rd|th)?\.? )?(?P<month>[^\W\d_]{3,9})\.?"
        r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?)?,? (?P<year>\d{4})",
        text,
        re.ASCII,
    )
    if not named or (named["before"] and named["after"]):
        return ""
    found = month_number(named["month"])
    written = named["before"] or named["after"]
    return iso(int(named["year"]), found, int(written) if written else None) if found else ""
