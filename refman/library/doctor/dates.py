"""Checks of dates: impossible years, months and days, dates that no program can read."""

import re
from collections.abc import Iterator
from datetime import timedelta

from refman.i18n import _
from refman.library.doctor.findings import Fix, Remark, set_field
from refman.library.doctor.subject import Subject
from refman.model import dates, fields
from refman.model.fields import Kind

# No journal is older than 1665, and nothing of these kinds than printing from type.
_FIRST_YEAR = {
    **dict.fromkeys("article inproceedings patent report review suppperiodical".split(), 1600),
    **dict.fromkeys("online software dataset video".split(), 1900),
}
_YEARS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NUMBER = re.compile(r"\W*\d+\W*[a-z?]?\W*")
_TIME = re.compile(r"(?<=\d)T\d\d(?::\d\d){0,2}(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?")
_AHEAD = timedelta(days=1)  # beyond the date line it is tomorrow


def impossible(subject: Subject) -> Iterator[Remark]:
    entry = subject.entry
    found = entry.fields
    if entry.date:
        yield from _date(subject, "date", entry.date)
    for name, value in found.items():
        if name != "date" and fields.kind_of(name) is Kind.DATE:
            yield from _date(subject, name, value)
    yield from _year(found.get("year", ""))
    yield from _number("month", found.get("month", ""), 12)
    yield from _number("day", found.get("day", ""), 31)


def _date(subject: Subject, name: str, value: str) -> Iterator[Remark]:
    value = _TIME.sub("", value)
    if not dates.is_valid(value):
        understood = dates.parse(value)
        fix = set_field(name, value, understood) if understood else None
        message = _("“{date}” is no date that biblatex can read: it is written 2022-05-16.")
        yield Remark(name, message.format(date=value), fix)
        return
    start, _slash, end = value.partition("/")
    first, last = dates.parts(start), dates.parts(end)
    if first and last and last < first[: len(last)]:
        yield Remark(name, _("“{date}” ends before it begins.").format(date=value))
        return
    year = (first or last or (None,))[0]
    if year is None:
        return
    if name == "urldate" and len(first) == 3:
        latest_day = subject.today + _AHEAD
        if first > (latest_day.year, latest_day.month, latest_day.day):
            yield Remark(name, _("{date} is still to come.").format(date=value))
            return
    latest = subject.today.year + 1
    earliest = _FIRST_YEAR.get(subject.entry.entry_type) if name == "date" else None
    if year > latest:
        yield Remark(name, _("The year {year} lies in the future.").format(year=year))
    elif 0 <= year < 100:
        message = _("The year {year} has two digits: the century may be missing.")
        yield Remark(name, message.format(year=year))
    elif earliest is not None and year < earliest:
        message = _("There was nothing of this kind in the year {year}.")
        yield Remark(name, message.format(year=year))


def _year(value: str) -> Iterator[Remark]:
    """A `year` that is no date: words (`in press`) are well, a number is not."""
    if _NUMBER.fullmatch(value) and not _YEARS.search(value):
        yield Remark("year", _("“{year}” is no year.").format(year=value))


def _number(name: str, value: str, most: int) -> Iterator[Remark]:
    bare = value.strip("{} ")
    if bare.isascii() and bare.isdigit() and not 1 <= int(bare[:9]) <= most:
        label = fields.label_of(name)
        message = _("{field} {number} does not exist: it goes from 1 to {most}.")
        yield Remark(name, message.format(field=label, number=bare, most=most))


def contradicting(subject: Subject) -> Iterator[Remark]:
    """Two fields that say different years: `date` and `year`, of a file."""
    year, date = subject.tex.get("year", ""), subject.tex.get("date", "")
    said = _YEARS.findall(year)
    if date and said and not any(one in date for one in said):
        message = _("“date” says {date}, “year” says {year}.").format(date=date, year=year)
        yield Remark("year", message)
    later = subject.entry.fields.get("date-2", "")
    if later and subject.entry.date:
        fix = Fix(later, "", {"date-2": ""}, safe=False)
        message = _("“{date}” was given as a date, too.").format(date=later)
        yield Remark("date-2", message, fix)
