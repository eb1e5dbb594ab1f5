"""A list of abstracts under an affiliation, with no titles.

    page = [affiliation] {row}
    row  = "Abstract:" text

Blank lines mean nothing. The affiliation is the line above the first row; it belongs to the
listing. What else stands around the rows is passed over.
"""

import re
from itertools import pairwise
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Header, Passage, Problem, Row
from refman.formats.listings.noise import is_noise
from refman.formats.listings.page import (
    Line,
    ends_sentence,
    gather_prose,
    is_prose,
    raw_text,
    split_lines,
    visible_lines,
)
from refman.i18n import _
from refman.model.entry import Entry

_OPENING = re.compile(r"Abstract ?[:：] ?", re.IGNORECASE)
_OTHER_FORMAT = re.compile(r"@\w+ ?[{(]|%%? ?Encoding:|TY  - |\{\"|<\?xml|Title: ?\S|arXiv:\d")
_LONGEST_AFFILIATION = 120  # characters


class AbstractList(Format):
    name: ClassVar[str] = "abstract-list"
    label: ClassVar[str] = "List of abstracts"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        rows = size = total = 0
        for line in visible_lines(text):
            if _OTHER_FORMAT.match(line.text):
                return 0
            total += len(line.text)
            if _OPENING.match(line.text):
                rows += 1
                size += len(line.text)
        share = size / total if total else 0.0
        if not rows or (rows == 1 and share < 0.8):
            return 0
        return min(50 + 5 * rows, 70) if share >= 0.5 else 40

    def read(self, text: str, context: Context) -> Found:
        source, lines = split_lines(text), visible_lines(text)
        starts = [i for i, line in enumerate(lines) if _OPENING.match(line.text)]
        found = Found()
        if not starts:
            found.passed_over = [Passage(line.number, line.text) for line in lines]
            return found
        _read_header(found, lines[: starts[0]])
        context.progress.start(context.progress.text, len(starts))
        for start, end in pairwise([*starts, len(lines)]):
            context.progress.advance()
            _read_row(found, lines[start:end], source, is_last=end == len(lines))
        return found


def _read_header(found: Found, lines: list[Line]) -> None:
    heading = None
    for line in reversed(lines):
        if not is_noise(line.text):
            usable = len(line.text) <= _LONGEST_AFFILIATION and not is_prose(line.text)
            heading = line if usable else None
            break
    if heading:
        found.header = Header(affiliation=heading.text)
    found.passed_over += [Passage(line.number, line.text) for line in lines if line is not heading]


def _read_row(found: Found, lines: list[Line], source: list[str], is_last: bool) -> None:
    kept = [line for line in lines[1:] if not is_noise(line.text)]
    prose = gather_prose(_OPENING.sub("", lines[0].text, count=1), kept)
    abstract, used = prose.text, [lines[0], *prose.used]
    numbers = {line.number for line in used}
    left = [line for line in lines if line.number not in numbers]
    found.passed_over += [Passage(line.number, line.text) for line in left]
    if not abstract:
        message = _("No abstract stands after this word, and nothing else of a paper.")
        found.problems.append(Problem(lines[0].number, lines[0].text, message))
        return
    review = []
    raw = raw_text(used, source)
    if is_last and not ends_sentence(abstract):
        review.append(_("The abstract seems to be cut off where the page ends."))
    if prose.has_paragraphs:
        review.append(_("The abstract was put together from several paragraphs."))
    if "\N{REPLACEMENT CHARACTER}" in raw:
        review.append(_("Some characters of this row could not be read."))
    found.rows.append(
        Row(
            entry=Entry(abstract=abstract),
            line=lines[0].number,
            raw_text=raw,
            review=tuple(review),
        )
    )
