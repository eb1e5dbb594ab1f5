"""Checks of pages, volumes and editions."""

import re
from collections.abc import Iterator

from refman.i18n import _
from refman.library.doctor.findings import Remark, set_field
from refman.library.doctor.subject import Subject

# "e1–e12" and "4:1–4:56" have the same before their numbers; "A12–B3" is no range of numbers.
_PREFIX = r"(?:[A-Za-z0-9]{0,9}[.:])?[A-Za-z]{0,9}"
_RANGE = re.compile(rf"({_PREFIX})(\d{{1,9}})\s*(?:–|-+)\s*({_PREFIX})(\d{{1,9}})")
_ITEM = re.compile(r"[,;]")
_HYPHENED = re.compile(r"(\d+)\s*(-+)\s*(\d+)")
_PAGES_WORD = re.compile(r"(?:pp?|pages?|pgs?|seiten?)\b\.?\s*(?=\d)|S\.\s*(?=\d)", re.IGNORECASE)
_NUMBER_WORD = re.compile(
    r"(?:vol(?:ume)?|no|nr|num(?:ber)?|issue|band|bd|heft)\b\.?\s*(?=\d)", re.IGNORECASE
)
_WORDS = (
    ("pages", _PAGES_WORD),
    ("volume", _NUMBER_WORD),
    ("number", _NUMBER_WORD),
    ("issue", _NUMBER_WORD),
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_EDITION = re.compile(
    rf"(?:(?P<number>\d{{1,3}})\s*(?:st|nd|rd|th|\.)?|(?P<word>{'|'.join(_ORDINALS)}))"
    r"\s*,?\s*\(?(?P<said>ed(?:ition|n)?s?|édition|auflage|aufl)?\b\.?\)?",
    re.IGNORECASE,
)


def pages(subject: Subject) -> Iterator[Remark]:
    value = subject.entry.fields.get("pages", "")
    for item in _ITEM.split(value) if value else ():
        found = _RANGE.fullmatch(item.strip())
        if found and found[3] in ("", found[1]) and _goes_back(found[2], found[4]):
            message = _("The pages {pages} go backwards.").format(pages=item.strip())
            yield Remark("pages", message)


def _goes_back(first: str, last: str) -> bool:
    """Whether `last` is before `first`; 1017–23 is a short way to write 1017–1023."""
    return int(first[: max(len(first) - len(last), 0)] + last) < int(first)


def page_dash(subject: Subject) -> Iterator[Remark]:
    """One hyphen between pages, in TeX or here; biber reads it as a range."""
    if subject.in_file:
        found = _HYPHENED.fullmatch(subject.tex.get("pages", "").strip())
        if found and found[2] == "-" and not subject.for_biber:
            message = _("One hyphen stands between the pages: TeX wants two, {pages}.")
            yield Remark("pages", message.format(pages=f"{found[1]}--{found[3]}"))
        return
    value = subject.entry.fields.get("pages", "")
    found = _HYPHENED.fullmatch(value)
    if found:
        message = _("A hyphen stands between the pages where a dash belongs.")
        yield Remark("pages", message, set_field("pages", value, f"{found[1]}–{found[3]}"))


def said_twice(subject: Subject) -> Iterator[Remark]:
    """`vol. 12` in `volume`, `pp. 3–4` in `pages`: the style writes the word, too."""
    found = subject.entry.fields
    for name, word in _WORDS:
        value = found.get(name, "")
        start = word.match(value) if value else None
        if start:
            message = _("“{value}”: the style writes the word itself.").format(value=value)
            yield Remark(name, message, set_field(name, value, value[start.end() :]))


def edition(subject: Subject) -> Iterator[Remark]:
    """`2nd edition`; a number is right for biblatex, a word (`Second`) for bibtex."""
    value = subject.entry.fields.get("edition", "")
    found = _EDITION.fullmatch(value) if value and not value.isdigit() else None
    if found and (found["number"] or found["said"]):
        number = found["number"] or str(_ORDINALS.index(found["word"].lower()) + 1)
        message = _("“{edition}”: write the number alone, and the style adds the words.")
        fix = set_field("edition", value, number, safe=False)
        yield Remark("edition", message.format(edition=value), fix)
