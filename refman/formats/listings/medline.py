"""MEDLINE records as PubMed exports them: "PubMed" format, `.nbib` and `.txt`.

    page   = {row}                         (a blank line between two)
    row    = "PMID- " number {field}
    field  = tag "- " value {continuation}          (a tag is padded with blanks to four)
    continuation = six blanks, text

Names are read in full (FAU) where they are given so, else as initials (AU). Tags that are not
known here are kept in the row's raw text. A record that lost its PMID line is still one.
Source of the tags: "MEDLINE/PubMed Data Element (Field) Descriptions", NLM.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Passage, Problem, Row
from refman.formats.listings import nlm
from refman.formats.listings.page import Line, raw_text, split_lines, visible_lines
from refman.i18n import _
from refman.model.creator import AUTHOR, EDITOR, Creator, parse_name
from refman.model.entry import Entry
from refman.model.identifiers import normal_doi

_TAG = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)")
_START = re.compile(r"PMID {0,2}- ?\d")
_SCORED = re.compile(
    r"^(?:PMID- ?\d|(?:OWN|TI |AB |AU |FAU|DP |STAT|JT |TA |PT |SO ) ?- )", re.MULTILINE
)
_ISSN = re.compile(r"\d{4}-\d{3}[\dXx]")
_LONE_INITIAL = re.compile(r"(?<![^\s-])([^\W\d_])(?![\w.])")
_FIELDS = {"VI": "volume", "IP": "number", "TA": "shortjournal", "PB": "publisher"}
_TYPES = {
    "book": "book",
    "book chapter": "incollection",
    "academic dissertation": "thesis",
    "dissertation": "thesis",
    "technical report": "report",
}


class Medline(Format):
    name: ClassVar[str] = "medline"
    label: ClassVar[str] = "MEDLINE (PubMed)"
    extensions: ClassVar[tuple[str, ...]] = (".nbib",)

    def score(self, text: str) -> int:
        tags = _SCORED.findall(text)
        starts = sum(tag.startswith("PMID") for tag in tags)
        if starts and len(tags) >= starts + 2:
            return 95
        return 60 if len(tags) >= 5 and any(tag.startswith(("OWN", "FAU")) for tag in tags) else 0

    def read(self, text: str, context: Context) -> Found:
        source, lines = split_lines(text), visible_lines(text)
        found = Found()
        starts = _starts(lines)
        first = starts[0] if starts else len(lines)
        found.passed_over = [Passage(line.number, line.text) for line in lines[:first]]
        context.progress.start(context.progress.text, len(starts))
        for start, end in pairwise([*starts, len(lines)]):
            context.progress.advance()
            row, left = _without_strangers(lines[start:end])
            _read_row(found, row, source)
            found.passed_over += [Passage(line.number, line.text) for line in left]
        return found


def _starts(lines: list[Line]) -> list[int]:
    """The places of the lines that open a record: a PMID, or a tag after a blank line."""
    starts: list[int] = []
    for i, line in enumerate(lines):
        if _START.match(line.text):
            starts.append(i)
        elif not i or line.number > lines[i - 1].number + 1:
            opens = _TAG.match(line.raw)
            has_more = i + 1 < len(lines) and _TAG.match(lines[i + 1].raw)
            if opens and has_more:
                starts.append(i)
    return starts


def _without_strangers(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of a record, and those after it that a blank line parts from it."""
    for i, (one, other) in enumerate(pairwise(lines), 1):
        if other.number > one.number + 1 and not _TAG.match(other.raw):
            return lines[:i], lines[i:]
    return lines, []


@dataclass(slots=True)
class _Record:
    """The values of a record by tag, in order, its names in one list."""

    values: dict[str, list[str]] = field(default_factory=dict)
    full: list[Creator] = field(default_factory=list)  # FAU, FED
    short: list[Creator] = field(default_factory=list)  # AU, ED
    bodies: list[Creator] = field(default_factory=list)  # CN

    def first(self, *tags: str) -> str:
        return next((self.values[tag][0] for tag in tags if tag in self.values), "")

    def add(self, tag: str, value: str) -> None:
        self.values.setdefault(tag, []).append(value)
        role = EDITOR if tag in ("FED", "ED") else AUTHOR
        if tag in ("FAU", "FED"):
            self.full.append(parse_name(_LONE_INITIAL.sub(r"\1.", value), role))
        elif tag in ("AU", "ED"):
            self.short.append((nlm.creator(value) or parse_name(value)).as_role(role))
        elif tag == "CN":
            self.bodies.append(Creator(literal=value))

    @property
    def creators(self) -> tuple[Creator, ...]:
        return (*(self.full or self.short), *self.bodies)


def _read_row(found: Found, lines: list[Line], source: list[str]) -> None:
    record = _record(lines)
    title = nlm.title(record.first("TI"))
    review = []
    if record.first("BTI") and not title:
        title = nlm.title(record.first("BTI"))
    creators = tuple(c for c in record.creators if c.full_name)
    if not title and not creators and not record.first("AB"):
        message = _("This record has no title, no authors and no abstract.")
        found.problems.append(Problem(lines[0].number, lines[0].text, message))
        found.passed_over += [Passage(line.number, line.text) for line in lines[1:]]
        return
    if not title:
        review.append(_("No title was found."))
    raw = raw_text(lines, source)
    if "\N{REPLACEMENT CHARACTER}" in raw:
        review.append(_("Some characters of this row could not be read."))
    date = nlm.date(record.first("DP"))
    if record.first("DP") and not date:
        review.append(_("The date of this record was not understood; it was left open."))
    entry_type, fields = _fields(record, title)
    found.rows.append(
        Row(
            entry=Entry(
                entry_type=entry_type,
                title=title,
                creators=creators,
                date=date,
                abstract=record.first("AB"),
                fields=fields,
            ),
            line=lines[0].number,
            raw_text=raw,
            year_given=True if date else None,
            review=tuple(review),
        )
    )


def _record(lines: list[Line]) -> _Record:
    record = _Record()
    tag = ""
    value: list[str] = []
    for line in lines:
        opens = _TAG.match(line.raw)
        if opens:
            if tag:
                record.add(tag, nlm.joined(value))
            tag, value = opens[1], [opens[2]]
        else:
            value.append(line.text)
    if tag:
        record.add(tag, nlm.joined(value))
    return record


def _fields(record: _Record, title: str) -> tuple[str, dict[str, str]]:
    """The type that the record's own words say, and its fields."""
    said = [value.casefold() for value in record.values.get("PT", [])]
    entry_type = next((_TYPES[value] for value in said if value in _TYPES), "")
    journal = record.first("JT", "TA")
    entry_type = entry_type or ("article" if journal else "misc")
    fields = {name: record.first(tag) for tag, name in _FIELDS.items()}
    fields["pages"] = nlm.pages(record.first("PG"))
    book = nlm.title(record.first("BTI"))
    if entry_type == "article":
        fields["journaltitle"] = journal
    elif book and book != title:
        fields["booktitle"] = book
    if fields["shortjournal"] == fields.get("journaltitle") or entry_type != "article":
        fields["shortjournal"] = ""
    fields["doi"] = _doi(record)
    fields["issn"] = next((i[0] for v in record.values.get("IS", []) if (i := _ISSN.match(v))), "")
    fields["isbn"] = record.first("ISBN")
    pmid = record.first("PMID")
    fields["pmid"] = pmid.lstrip("0") if pmid.isdecimal() and pmid.isascii() else ""
    fields["pmcid"] = record.first("PMC")
    if entry_type != "article":
        fields["location"] = record.first("PL")
    return entry_type, {name: value for name, value in fields.items() if value}


def _doi(record: _Record) -> str:
    for value in (*record.values.get("LID", ()), *record.values.get("AID", ())):
        if value.endswith("[doi]") and (doi := normal_doi(value.removesuffix("[doi]"))):
            return doi
    return ""
