"""`year`, `month`, `day` and `date` of a file to one date as `Entry` has it, and back."""

import re
from collections.abc import Mapping

from refman.formats.bibtex.values import MONTHS
from refman.model import dates

_PLAIN_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_LOOSE_DAY = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:T[\d:.Z+-]*)?")
_BOTH = re.compile(r"(?<=[\dX])[?~%]{2}(?=/|$)")  # uncertain and approximate, in an older form
_YEAR_RANGE = re.compile(r"(\d{4})\s*(?:-+|–|/)\s*(\d{4}|\d{2})")
_NO_SUCH_MONTH = re.compile(r"\d{4}-\d\d")  # as a `year` it would be a range
_CIRCA = re.compile(r"(?:c\.?|ca\.?|circa|about|approx\.?)\s*(\d{4})", re.IGNORECASE)

_MON = r"([a-z]+)\.?"
_NUM = r"(\d{1,2})(?:st|nd|rd|th)?"
_MONTH_FORMS = tuple(
    (re.compile(pattern.replace("MON", _MON).replace("DAY", _NUM)), form)
    for pattern, form in (
        (r"MON", "m"), (r"DAY[. -]*MON", "dm"), (r"MON[ -]*DAY", "md"),
        (r"MON ?DAY ?- ?DAY", "mdd"), (r"DAY ?- ?DAY ?MON", "ddm"), (r"MON ?- ?MON", "mm"),
        (r"MON ?DAY ?- ?MON ?DAY", "mdmd"), (r"DAY ?MON ?- ?DAY ?MON", "dmdm"),
    )
)  # fmt: skip


def to_date(values: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The date that the fields `year`, `month`, `day` and `date` say, and those of them that
    say something else, as they are. `date` goes before the others; where it is no date and
    there is a `year`, or a `year` would say something else by it, it is left as `date-2`.
    """
    date = normal_date(values.get("date", ""))
    if date:
        return date, {}
    left = {name: value for name, value in values.items() if value}
    if left.get("date"):
        named = _named_date(left["date"])
        if named:
            return named, {}
        beside = "year" in left or _NO_SUCH_MONTH.fullmatch(left["date"].strip("{} "))
        left["date-2" if beside else "year"] = left.pop("date")
    year = _year(left.get("year", ""))
    if not year:
        return "", left
    left.pop("year")
    if "month" not in left or not re.fullmatch(r"-?\d{4}", year):
        return year, left
    whole = _with_month(year, left["month"], left.get("day", ""))
    if not whole:
        return year, left
    left.pop("month")
    left.pop("day", None)
    return whole, left


def normal_date(text: str) -> str:
    """An ISO or EDTF date or range in its normal form, '' if `text` is none."""
    text = text.strip().replace("{", "").replace("}", "")
    text = _BOTH.sub("%", text)
    if dates.is_valid(text):
        return text
    loose = _LOOSE_DAY.fullmatch(text)
    if not loose:
        return ""
    return dates.iso(*(int(part) for part in loose.groups() if part))


def _year(text: str) -> str:
    text = text.strip("{} \u00a0")
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return f"{int(text):04d}"
    span = _YEAR_RANGE.fullmatch(text)
    if span:
        first, last = span.groups()
        last = last if len(last) == 4 else first[:2] + last
        return f"{first}/{last}" if last > first else ""
    circa = _CIRCA.fullmatch(text)
    if circa:
        return circa[1] + "~"
    return normal_date(text)


def _named_date(text: str) -> str:
    """The date of `June 2022` or `2 June 2022`."""
    found = re.fullmatch(r"(.*?),?[ \u00a0~]+(\d{4})", text.strip("{} "))
    return _with_month(found[2], found[1], "") if found else ""


def _with_month(year: str, month: str, day: str) -> str:
    """The date of a year, what stands in `month` (a day and a second month too), and a day."""
    text = re.sub(r"[\u00a0~\s]+", " ", month.lower()).strip("{} .,")
    text = re.sub(r"[–—/]|--+|\\/", "-", text.replace(",", ""))
    if text.isdigit() and 1 <= int(text) <= 12:
        return _iso(year, int(text), day)
    for pattern, form in _MONTH_FORMS:
        found = pattern.fullmatch(text)
        if found:
            return _in_form(year, form, found.groups(), day)
    return ""


def _in_form(year: str, form: str, parts: tuple[str, ...], day: str) -> str:
    kinds = list(zip(parts, form, strict=True))
    months = [dates.month_number(part) or 0 for part, kind in kinds if kind == "m"]
    days = [part for part, kind in kinds if kind == "d"]
    if not all(months):
        return ""
    first = _iso(year, months[0], days[0] if days else day)
    if len(months) == 1 and len(days) < 2:
        return first
    last = _iso(year, months[-1], days[-1] if days else "")
    return f"{first}/{last}" if first < last else ""


def _iso(year: str, month: int, day: str) -> str:
    if not day:
        return dates.iso(int(year), month)
    return dates.iso(int(year), month, int(day)) if day.isascii() and day.isdigit() else ""


def from_date(date: str) -> list[tuple[str, str]]:
    """The fields that say `date`: `month` is the name of a macro, all else is text.

    A date that `year`, `month` and `day` cannot say whole is written as BibLaTeX's `date`,
    beside a `year` and `month` for those who know no other.
    """
    found = _PLAIN_DAY.match(date)
    if not found:
        return [("date", date)] if date else []
    year, month, day = found.groups()
    fields = [("year", year)]
    if month and 1 <= int(month) <= 12:
        fields.append(("month", MONTHS[int(month) - 1]))
    elif month:
        day = ""
    whole = "-".join(filter(None, (year, month if len(fields) > 1 else "", day)))
    if whole != date:
        fields.append(("date", date))
    elif day:
        fields.append(("day", str(int(day))))
    return fields
