"""Dates as other programs write them, to the partial dates of `model.dates`."""

import re

from refman.model import dates

_PARTS = re.compile(r"(-?\d{4})[/.](\d{0,2})(?:[/.](\d{0,2}))?(?:[/.](.*))?", re.DOTALL)
_ZEROS = re.compile(r"(-?\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?", re.DOTALL)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d?:\d\d.*", re.DOTALL)
_YEARS = re.compile(r"(\d{4})\s*[-–—/]+\s*(\d{4}|\d\d)")
_CIRCA = re.compile(r"\[?(?:c\.?|ca\.?|circa|about|approx\.?)\s*(\d{4})\]?", re.IGNORECASE)
_YEAR_LAST = re.compile(r"(.*?)[\s,;]+(\d{4})", re.DOTALL)
_YEAR_FIRST = re.compile(r"(\d{4})[\s,;]+(.*)", re.DOTALL)
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_LONGEST = 60  # characters of a date

_MONTH, _DAY = r"([a-z]{3,9})\.?", r"(\d{1,2})(?:st|nd|rd|th)?\.?"
_FORMS = tuple(
    (re.compile(form.replace("M", _MONTH).replace("D", _DAY)), kinds)
    for form, kinds in (
        (r"M", "m"), (r"D[ -]M", "dm"), (r"M[ -]D", "md"), (r"M ?- ?M", "mm"),
        (r"M D ?- ?D", "mdd"), (r"D ?- ?D M", "ddm"), (r"M D ?- ?M D", "mdmd"),
        (r"D M ?- ?D M", "dmdm"),
    )
)  # fmt: skip


def read_date(text: str) -> str:
    """The date that `text` says: ISO and EDTF, `2019/05/16/`, `2019///Spring`, `16 May 2019`,
    `May-June 2019`, `2019 May 16`, `c. 1999`, `2015-05-00`; "" for what is not understood."""
    text = text.strip()
    if dates.is_valid(text):
        return text
    if len(text) > _LONGEST or len(text) < 4:
        return ""
    timed = _TIME.fullmatch(text)
    if timed and dates.is_valid(timed[1]):
        return timed[1]
    for form, read in ((_ZEROS, _of_numbers), (_PARTS, _slashed)):
        found = form.fullmatch(text)
        if found:
            return read(*found.groups(default=""))
    return dates.parse(text) or _years(text) or _named(text)


def _of_numbers(year: str, month: str, day: str) -> str:
    """Partial ISO; a month or day of zero or beyond the calendar is not known."""
    if year.startswith("-"):
        return year
    number, of_month, of_day = int(year), int(month or 0), int(day or 0)
    return (
        (dates.iso(number, of_month, of_day) if of_month and of_day else "")
        or (dates.iso(number, of_month) if of_month else "")
        or dates.iso(number)
    )


def _slashed(year: str, month: str, day: str, other: str) -> str:
    known = _of_numbers(year, month, day)
    other = other.strip(" /")
    return known if month or not other else _with_year(other, year) or known


def _years(text: str) -> str:
    """`2019-2020` and `c. 1999`."""
    circa = _CIRCA.fullmatch(text)
    if circa:
        return f"{circa[1]}~"
    years = _YEARS.fullmatch(text)
    if not years:
        return ""
    last = years[2] if len(years[2]) == 4 else years[1][:2] + years[2]
    return f"{years[1]}/{last}" if last > years[1] else years[1]


def _named(text: str) -> str:
    """A month or season with its year before or after it."""
    last = _YEAR_LAST.fullmatch(text)
    if last:
        return _with_year(last[1], last[2])
    first = _YEAR_FIRST.fullmatch(text)
    return _with_year(first[2], first[1]) if first else ""


def _with_year(text: str, year: str) -> str:
    words = re.sub(r"[–—/]|--+", "-", re.sub(r"[\s,]+", " ", text.casefold())).strip()
    if words in _SEASONS:
        return f"{year}-{_SEASONS[words]}"
    for form, kinds in _FORMS:
        found = form.fullmatch(words)
        if found:
            return _in_form(int(year), list(zip(found.groups(), kinds, strict=True)))
    return ""


def _in_form(year: int, parts: list[tuple[str, str]]) -> str:
    months = [dates.month_number(part) for part, kind in parts if kind == "m"]
    days = [int(part) for part, kind in parts if kind == "d"]
    if not all(months):
        return ""
    first = dates.iso(year, months[0], days[0] if days else None)
    if len(parts) == 1 or (len(months) == 1 and len(days) < 2):
        return first
    last = dates.iso(year, months[-1], days[-1] if days else None)
    return f"{first}/{last}" if first < last else first
