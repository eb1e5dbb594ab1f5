"""Checks of dates: impossible years, months and days, dates that no program can read."""

import re
from collections.abc import Iterator
from datetime import timedelta

from refman.i18n import _
from refman.library.doctor.findings import Fix, Remark, Severity, set_field
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
# "20x1", "2O21": a digit is missing or is a letter.
_MISTYPED = re.compile(r"\d+[^\W\d_]+\d+|\d{3}[OoIl]")
# But not "1999-00", the years 1999 to 2000.
_LIKE_A_DATE = re.compile(r"-?\d{4}-(?!00$)\d{1,2}(?:-\d{1,2})?(?:T.*)?|-?\d{4}T\d.*")
_MONTH_OF_A_DATE = re.compile(r"\d{4}-(\d\d)")
_SEASONS = range(21, 25)
_TIME = re.compile(
    r"(?<=\d)T(?:[01]\d|2[0-4])(?::[0-5]\d(?::[0-6]\d)?)?(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?"
)
_WORD = re.compile(r"[A-Za-z]+\.?")
# How the months and seasons begin in the languages that write them in these letters.
_MONTHS = tuple(
    "jan feb mar apr may jun jul aug sep oct nov dec spr sum aut fal win "  # English
    "mai okt dez fru som her "  # German
    "fev avr jui aou aut hiv pri ete ene abr ago set out dic ver oto inv pri "  # Romance
    "gen mag giu lug ott est gin maj mei mrt maa sie wrz paz lis gru sty lut kwi cze lip "
    "tam hel mal tou kes hei elo syy lok mar jou led uno bre kve cer srp zar rij pro "
    "oca sub nis haz tem agu eyl eki kas ara hil mic tri len eas pas chr".split()
)
_NO_MONTH_YET = frozenset("forthcoming unpublished undated unknown".split())
_AHEAD = timedelta(days=1)  # beyond the date line it is tomorrow


def impossible(subject: Subject) -> Iterator[Remark]:
    entry = subject.entry
    found = entry.fields
    if entry.date:
        yield from _date(subject, "date", entry.date)
    for name, value in found.items():
        if name != "date" and fields.kind_of(name) is Kind.DATE:
            yield from _date(subject, name, value)
    year = found.get("year", "")
    yield from _year(subject, year)
    given = subject.tex.get("date", "")
    span = _MONTH_OF_A_DATE.fullmatch(given)
    # Read as the years 2000 to 2013, this is none to biber.
    if span and not _is_month(int(span[1])) and "/" in entry.date:
        yield Remark("date", _no_such_date(given))
    later = found.get("date-2", "")
    if _LIKE_A_DATE.fullmatch(later) and not dates.is_valid(_TIME.sub("", later)):
        yield Remark("date", _no_such_date(later))
    yield from _number("month", found.get("month", ""), 12)
    yield from _month(found.get("month", ""))
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
    elif year == 0:
        yield Remark(name, _("There was no year 0."))
    elif 0 < year < 100:
        message = _("The year {year} is short: the century may be missing.")
        yield Remark(name, message.format(year=year))
    elif earliest is not None and year < earliest:
        message = _("There was nothing of this kind in the year {year}.")
        yield Remark(name, message.format(year=year))


def _year(subject: Subject, value: str) -> Iterator[Remark]:
    """A `year` that is no date: words (`in press`) are well, a number is not.

    A `date` that could not be read is kept here, too.
    """
    bare = value.strip("{} ")
    if _LIKE_A_DATE.fullmatch(bare):
        if not dates.parse(_TIME.sub("", bare)):
            in_date = subject.tex.get("date", "").strip("{} ") == bare
            yield Remark("date" if in_date else "year", _no_such_date(value))
    elif (_NUMBER.fullmatch(value) or _MISTYPED.fullmatch(bare)) and not _YEARS.search(value):
        yield Remark("year", _("“{year}” is no year.").format(year=value))


def _no_such_date(value: str) -> str:
    return _("“{date}” does not exist: look at month, day and hour.").format(date=value)


def _is_month(number: int) -> bool:
    return 1 <= number <= 12 or number in _SEASONS


def _month(value: str) -> Iterator[Remark]:
    """A single word that begins like no month; what has more than a word may be anything."""
    bare = value.strip("{} ")
    if not _WORD.fullmatch(bare):
        return
    word = bare.rstrip(".").casefold()
    if len(word) < 3 or (not word.startswith(_MONTHS) and word not in _NO_MONTH_YET):
        message = _("“{month}” is no month: it is a number from 1 to 12, or jan to dec.")
        yield Remark("month", message.format(month=bare), None, Severity.NOTICE)


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
