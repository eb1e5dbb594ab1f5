"""The results of a search on arXiv, copied as text.

    page   = {noise | row}
    row    = "arXiv:" id [links] {category} ["doi" doi]
             title "Authors:" authors ["Abstract:" abstract] "Submitted" dates
             ["Comments:" text] ["Report number:" text] ["Journal ref:" text]
    dates  = date ";" ["v1 submitted" date ";"] "originally announced" month "."

Links, categories and DOI may have lines of their own. An abstract that the page shows only a part
of ends in `… ▽ More`, an opened one in `△ Less`. The markup is read by the recipe of the same name,
which sees the whole abstract.
"""

import re
from collections.abc import Sequence
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Passage, Problem, Row
from refman.formats.listings.arxiv_record import ArxivRecord, day_in
from refman.formats.listings.page import Line, raw_text, read_rows, visible_lines
from refman.i18n import _

_CATEGORY = r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]{2,}(?:-[a-z]+)?)?"
_META = (
    rf"(?:\[[^\]]*\]\s*)?(?P<categories>(?:{_CATEGORY}(?:\s+|$))*)(?:doi\s+(?P<doi>10\.\S+)\s*)?"
)
_START = re.compile(
    r"(?:\d+\.\s*)?arXiv:\s*(?P<id>[a-z][a-z.A-Z-]*/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?\s*" + _META
)
_MORE = re.compile(_META)
_FIELD = re.compile(
    r"(Authors|Abstract|Comments|Report number|MSC Class|ACM Class|Journal ref)\s*:\s*"
    r"|(Submitted) (?=\d)"
)
_SHOWN_PART = re.compile(r"\s*(?P<cut>…|\.\.\.)?\s*(?:▽ More|△ Less)\s*$")
_FIRST_VERSION = re.compile(r"\bv1 submitted ([^;]+)")
_HEAD = 8  # lines of a row among which its authors are looked for


class ArxivSearch(Format):
    name: ClassVar[str] = "arxiv-search"
    label: ClassVar[str] = "arXiv search results"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        lines = visible_lines(text)
        rows = sum(
            _START.fullmatch(line.text) is not None and _has_authors(lines[i + 1 : i + _HEAD])
            for i, line in enumerate(lines)
        )
        return min(80 + 5 * rows, 95) if rows else 0

    def read(self, text: str, context: Context) -> Found:
        return read_rows(text, _START, _read_row, context)


def _has_authors(lines: Sequence[Line]) -> bool:
    for line in lines:
        if line.text.startswith("Authors:"):
            return True
        if line.text.startswith("Title:") or _START.fullmatch(line.text):
            return False
    return False


def _read_row(lines: Sequence[Line], source: list[str], found: Found) -> None:
    record = ArxivRecord()
    said: dict[str, list[str]] = {"title": []}
    current = said["title"]
    end = 0
    for i, line in enumerate(lines):
        if not i or (not said["title"] and len(said) == 1):
            meta = (_START if not i else _MORE).fullmatch(line.text)
            if meta:
                record.id = record.id or meta["id"]
                record.categories = record.categories or meta["categories"].split()
                record.doi = record.doi or meta["doi"] or ""
                end = i + 1
                continue
        field = _FIELD.match(line.text)
        if field:
            name = field[1] or field[2]
            current = said.setdefault(name, [])
            current.append(line.text[field.end() :])
        elif "Submitted" in said:
            break  # the comments and all after them have a line each
        else:
            current.append(line.text)
        end = i + 1
    _fill(record, said)
    raw = raw_text(lines[:end], source)
    row = record.row(lines[0].number, raw)
    if isinstance(row, Row):
        found.rows.append(row)
    else:
        found.problems.append(Problem(lines[0].number, raw, row))
    found.passed_over += [Passage(line.number, line.text) for line in lines[end:]]


def _fill(record: ArxivRecord, said: dict[str, list[str]]) -> None:
    text = {name: " ".join(lines) for name, lines in said.items()}
    record.title = text["title"] if "Authors" in said else ""
    record.authors = text.get("Authors", "")
    record.abstract = text.get("Abstract", "")
    if shown := _SHOWN_PART.search(record.abstract):
        record.abstract = record.abstract[: shown.start()]
        if shown["cut"]:
            record.abstract += "…"
            record.review.append(_("The page shows only a part of the abstract."))
    submitted = text.get("Submitted", "")
    first = _FIRST_VERSION.search(submitted)
    record.date = day_in(first[1] if first else submitted)
    record.comments = text.get("Comments", "")
    record.report_no = text.get("Report number", "")
    record.journal_ref = text.get("Journal ref", "")
