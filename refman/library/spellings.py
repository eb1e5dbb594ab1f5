"""How sources write what a reader makes the same: labels, names, dates, ranges of pages."""

import re
from collections.abc import Iterator
from functools import lru_cache

from refman.model.creator import Creator

# What stands before a value where the source names it: BibTeX, RIS, MEDLINE, JSON, XML, prose.
LABELS = {
    "title": "title|ti|t1",
    "abstract": "abstract|ab|n2|summary|abstractnote",
    "journaltitle": "journal|journaltitle|jo|jf|t2|ta|jt|so|container-title|publicationtitle|venue",
    "booktitle": "booktitle|t2|container-title|proceedingstitle|booktitle|secondary-title",
    "volume": "volume|vol|vl|vi",
    "number": "number|no|nr|issue|is|ip",
    "pages": "pages|page|pp|pg|sp",
    "key": r"^\s*@\w+\s*[{(]|id|citekey|citation-key|citation key|key",
    "year": "year|py|dp|date|y1",
    "month": "month",
    "day": "day",
    "isbn": "isbn|sn",
    "issn": "issn|sn|is",
    "langid": "langid|language|la",
    "note": "note|n1|comments?",
    "eprinttype": "eprinttype|archiveprefix|repository",
    "keywords": "keywords?|kw|tags?|mh|ot|author keywords|index keywords",
}
# That there are more names than those that are given.
MORE = re.compile(
    r"\bet\s+al\b\.?|\band\s+others\b|…|\.\.\.|\bet\s+coll\b\.?|\band\s+\d+\s+(?:more|others)\b"
    r"|[+]\s?\d+\s+(?:more|authors?|others)|\bu\.\s?a\.|\"others\"",
    re.IGNORECASE,
)
# Of each month, as regular expressions.
MONTHS = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?",
    "aug(?:ust)?", "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip


@lru_cache(maxsize=256)
def labelled(name: str) -> "re.Pattern[str]":
    """What a text ends in where the value of the field `name` follows."""
    label = LABELS.get(name) or re.escape(name)
    return re.compile(rf"(?<![A-Za-z])(?:{label})(?:\s\d)?[\W_]*$", re.IGNORECASE)


def spellings(name: str, value: str) -> Iterator[str]:
    """How else a source may write a value: "1735-80", or tags that are spelt out."""
    if "<" in value:
        yield value.replace("<", " ")
    first, _dash, last = value.replace("–", "-").partition("-")
    if name == "pages" and last.isalnum():
        for start in range(1, len(last)):
            yield first + last[start:]


def orders(creator: Creator) -> Iterator[str]:
    """A name in the orders in which sources write it."""
    given, family, suffix = creator.given, creator.family, creator.suffix
    dropping, staying = creator.dropping_particle, creator.non_dropping_particle
    yield creator.literal
    yield f"{given}{dropping}{staying}{family}{suffix}"
    yield f"{dropping}{staying}{family}{suffix}{given}"
    yield f"{staying}{family}{given}{dropping}{suffix}"
    yield f"{family}{suffix}{given}{dropping}{staying}"
    yield f"{family}{given}{dropping}{staying}{suffix}"


def month_named(month: str) -> str:
    """A regular expression of a month of two digits, in words or as a number."""
    number = int(month) if month.isascii() and month.isdigit() else 0
    return f"{MONTHS[number - 1]}|0?{number}" if 1 <= number <= 12 else "(?!)"


def date_shapes(year: str, month: str, day: str) -> Iterator[str]:
    """Regular expressions of a date, the fullest form first."""
    number = int(month) if month.isascii() and month.isdigit() else 0
    if 1 <= number <= 12:
        name, digits = MONTHS[number - 1], rf"0?{number}"
        sep, short = r"[\s,.\-/]{1,3}", rf"(?:{year}|(?<!\d){year[2:]})"
        if day.isascii() and day.isdigit():
            of_month = rf"0?{int(day)}(?:st|nd|rd|th)?"
            yield rf"(?<!\d){year}[-–/.]?{digits}[-–/.]?{of_month}(?!\d)"
            yield rf"(?<!\d){year}\W{{1,20}}{digits}\W{{1,20}}{of_month}(?!\d)"
            yield rf"(?:{name})\.?\s*{of_month}{sep}{short}(?!\d)"
            yield rf"(?<!\d){of_month}{sep}(?:{name}){sep}{short}(?!\d)"
            yield rf"(?<!\d){year}{sep}(?:{name}){sep}{of_month}(?!\d)"
            yield rf"(?<!\d)(?:{of_month}[./]{digits}|{digits}[./]{of_month})[./]{short}(?!\d)"
            yield rf"(?:{name})\.?\s*{of_month}(?!\d)"
        yield rf"(?<!\d){year}[-–/.]{digits}(?!\d)"
        yield rf"(?:{name}){sep}{year}(?!\d)"
        yield rf"(?<!\d){year}{sep}(?:{name})(?![a-z])"
        yield rf"(?<!\d){digits}/{year}(?!\d)"
    yield rf"(?<!\d){year}(?!\d)"
