"""PubMed's export "Summary (text)": one numbered citation for each paper.

    page = {row}                                   (a blank line between two)
    row  = number ": " [names ". "] title " " citation {" " identifier}   (wrapped at any blank)
    identifier = "doi: " … "." | ["PubMed "] "PMID: " number | "PMCID: " …

Names and citation are those of `nlm`. Lines between the rows are passed over.
"""

import re
from itertools import pairwise
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Passage, Problem, Row
from refman.formats.listings import nlm
from refman.formats.listings.page import Line, raw_text, split_lines, visible_lines
from refman.i18n import _
from refman.model.creator import Creator
from refman.model.entry import Entry

_START = re.compile(r"\d{1,6}: (?=\S)")
_SCORED = re.compile(r"^\d{1,6}: \S.{10}", re.MULTILINE)
_PMID = re.compile(r"\b(?:PubMed\s+)?PMID:\s\d")
# Where what follows the citation begins.
_AFTER = re.compile(r" (?:doi: |pii: |Epub |eCollection |Online ahead |(?:PubMed )?PMID: |PMCID: )")
_DATE = re.compile(r"(?<=\. )\d{4}(?=[ ;:.-]|$)")
_MOST_DATES = 4  # that are looked at, from the end
_REACH = 300  # characters before a date in which its journal begins
_TITLE_END = re.compile(r"[.?!\]] (?=\S)")


class PubMedSummary(Format):
    name: ClassVar[str] = "pubmed-summary"
    label: ClassVar[str] = "PubMed summary"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        rows = min(len(_SCORED.findall(text)), len(_PMID.findall(text)))
        return min(80 + 5 * rows, 95) if rows else 0

    def read(self, text: str, context: Context) -> Found:
        source, lines = split_lines(text), visible_lines(text)
        found = Found()
        starts = [i for i, line in enumerate(lines) if _START.match(line.text)]
        first = starts[0] if starts else len(lines)
        found.passed_over = [Passage(line.number, line.text) for line in lines[:first]]
        context.progress.start(context.progress.text, len(starts))
        for start, end in pairwise([*starts, len(lines)]):
            context.progress.advance()
            row, left = _without_gap(lines[start:end])
            _read_row(found, row, source)
            found.passed_over += [Passage(line.number, line.text) for line in left]
        return found


def _without_gap(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines up to the first blank one, and those after it."""
    for i, (one, other) in enumerate(pairwise(lines), 1):
        if other.number > one.number + 1:
            return lines[:i], lines[i:]
    return lines, []


def _read_row(found: Found, lines: list[Line], source: list[str]) -> None:
    text = nlm.joined([line.text for line in lines])
    body = _START.sub("", text, count=1)
    people, rest = _names(body)
    title, citation = _title(rest)
    fields = nlm.identifiers(body)
    if citation is None and not fields.get("pmid"):
        message = _("This row gives neither a journal with a year nor a PubMed id.")
        found.problems.append(Problem(lines[0].number, lines[0].text, message))
        found.passed_over += [Passage(line.number, line.text) for line in lines[1:]]
        return
    date, place = citation or ("", {})
    creators, truncated = people or ((), False)
    review = []
    if citation is None:
        review.append(_("Journal and date were not found."))
    if not creators:
        review.append(_("No authors were found."))
    raw = raw_text(lines, source)
    if "\N{REPLACEMENT CHARACTER}" in raw:
        review.append(_("Some characters of this row could not be read."))
    found.rows.append(
        Row(
            entry=Entry(
                entry_type="article" if place else "misc",
                title=nlm.title(title),
                creators=creators,
                creators_truncated=truncated,
                date=date,
                fields={**place, **fields},
            ),
            line=lines[0].number,
            raw_text=raw,
            year_given=True if date else None,
            review=tuple(review),
        )
    )


def _names(text: str) -> tuple[tuple[tuple[Creator, ...], bool] | None, str]:
    """The people that `text` begins with, and what follows them."""
    end = text.find(". ")
    people = nlm.names(text[:end]) if end > 0 else None
    return (people, text[end + 2 :]) if people else (None, text)


def _title(text: str) -> tuple[str, tuple[str, dict[str, str]] | None]:
    """The title that `text` begins with, and the citation after it.

    The journal is what stands between the title's end and the last date before the
    identifiers; its name has no full stop inside.
    """
    after = _AFTER.search(text)
    head = text[: after.start()] if after else text
    places = [match.start() for match in _DATE.finditer(head)]
    for place in reversed(places[-_MOST_DATES:]):
        before = head[: place - 2]
        ends = [m.end() for m in _TITLE_END.finditer(before, max(len(before) - _REACH, 0))]
        if ends and (citation := nlm.citation(head[ends[-1] :])):
            return before[: ends[-1]].strip(), citation
    return head, None
