"""arXiv's listing pages (/list/…/new, /recent, /pastweek, /2026-07), copied as text.

    page = {heading | row}
    row  = ["[" number "]"] "arXiv:" id ["(cross-list from" category ")" | "(replaced)"] [links]
           "Title:" title
           ["Authors:"] authors
           ["Comments:" text] ["Journal-ref:" text] "Subjects:" subject {";" subject}
           [abstract]

Each part has its line, blank lines mean nothing. `links` are in brackets: `[pdf, html, other]`.
Only the page of the day's new papers has abstracts. A page gives no paper's day: its month is in
the id. The markup of these pages is read by the recipe of the same name.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Passage, Problem, Row
from refman.formats.listings.arxiv_record import ArxivRecord
from refman.formats.listings.noise import is_noise
from refman.formats.listings.page import (
    Line,
    ends_sentence,
    gather_prose,
    raw_text,
    read_rows,
    visible_lines,
)

_START = re.compile(
    r"(?:\[\d+\]\s*)?arXiv:\s*(?P<id>[a-z][a-z.A-Z-]*/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?"
    r"(?:\s*\((?:cross-list from [\w.-]+|replaced)\))?(?:\s*\[[^\]]*\])?"
)
_FIELD = re.compile(r"(Title|Authors?|Comments?|Journal-ref|Subjects|MSC-class|Report-no)\s*:\s*")
_SUBJECT = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
_HEADING = re.compile(
    r".*\(?\b(?:showing|continued, showing)\b.*\bof\b.*\bentries\)?|Total of \d+ entries.*"
    r"|Showing up to \d+ entries.*",
    re.IGNORECASE,
)
_SHORTEST = 20  # characters of an abstract


class ArxivList(Format):
    name: ClassVar[str] = "arxiv-list"
    label: ClassVar[str] = "arXiv listing page"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        lines = visible_lines(text)
        rows = sum(
            following.text.startswith("Title:") and bool(_START.fullmatch(line.text))
            for line, following in pairwise(lines)
        )
        return min(80 + 5 * rows, 95) if rows else 0

    def read(self, text: str, context: Context) -> Found:
        return read_rows(text, _START, _read_row, context)


def _read_row(lines: Sequence[Line], source: list[str], found: Found) -> None:
    opening = _START.fullmatch(lines[0].text)
    record = ArxivRecord(id=opening["id"] if opening else "")
    used, left = _read_fields(lines[1:], record)
    raw = raw_text([lines[0], *used], source)
    row = record.row(lines[0].number, raw)
    if isinstance(row, Row):
        found.rows.append(row)
    else:
        found.problems.append(Problem(lines[0].number, raw, row))
    found.passed_over += [Passage(line.number, line.text) for line in left]


def _read_fields(lines: Sequence[Line], record: ArxivRecord) -> tuple[list[Line], list[Line]]:
    """Put the fields into `record`; returns the lines that belong to the row, and the others."""
    said: dict[str, str] = {}
    place = 0
    for line in lines:
        field = _FIELD.match(line.text)
        name = field[1] if field else ""
        if not name and "Title" in said and not said.keys() - {"Title"}:
            name = "Authors"  # no label stands before them
        if not name or name in said:
            break
        said[name] = line.text[field.end() :] if field else line.text
        place += 1
    record.title = said.get("Title", "")
    record.authors = said.get("Authors", said.get("Author", ""))
    record.comments = said.get("Comments", said.get("Comment", ""))
    record.journal_ref = said.get("Journal-ref", "")
    record.report_no = said.get("Report-no", "")
    record.categories = _SUBJECT.findall(said.get("Subjects", ""))
    used, rest = list(lines[:place]), list(lines[place:])
    if "Subjects" in said and rest and _is_abstract(rest[0]):
        end = next((i for i, line in enumerate(rest) if not _may_be_abstract(line)), len(rest))
        prose = gather_prose("", rest[:end])
        record.abstract = prose.text
        return [*used, *prose.used], [*prose.left, *rest[end:]]
    return used, rest


def _may_be_abstract(line: Line) -> bool:
    return not (_HEADING.fullmatch(line.text) or is_noise(line.text))


def _is_abstract(line: Line) -> bool:
    long_enough = len(line.text) >= _SHORTEST and ends_sentence(line.text)
    return long_enough and _may_be_abstract(line)
