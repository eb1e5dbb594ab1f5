"""PubMed's search results, as copied from the page or as saved.

    page = {row}
    row  = [number] {button} title, [names], citation, "PMID: " number [marks], [snippet]

Each part has its line; in a saved page names, citation and PubMed id are one line, and the
short forms that a narrow screen shows (`Hagger MS, et al.`, `Psychol Bull. 2010.`) stand
beside the full ones. The snippet is a part of the abstract with gaps, so it stays in the row's
raw text. Names and citation are those of `nlm`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Passage, Problem, Row
from refman.formats.listings import nlm
from refman.formats.listings.page import Line, raw_text, split_lines, visible_lines
from refman.i18n import _
from refman.model.creator import Creator
from refman.model.entry import Entry

_PMID = re.compile(
    r"(?:^|.*[.?!\])] )PMID: \d{1,9}(?: (?:Free|Review|Clinical|Retracted|No abs).*)?$"
)
_POSITION = re.compile(r"\d{1,6}$")
_BUTTONS = frozenset(("cite", "share", "item in clipboard"))
_SHORT = re.compile(r"[^,.;:]{2,60}, et al\. ")
_HEAD = 8  # lines before the one with the PubMed id in which a row begins
_LONGEST_SNIPPET = 700  # characters


class PubMedSearch(Format):
    name: ClassVar[str] = "pubmed-search"
    label: ClassVar[str] = "PubMed search results"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        lines = visible_lines(text)
        rows = sum(1 for i in _anchors(lines) if _head(lines, i, 0) is not None)
        return min(70 + 5 * rows, 90) if rows else 0

    def read(self, text: str, context: Context) -> Found:
        return _Page(text, context).read()


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a row's title stands, and what the lines after it say."""

    start: int  # of the row, its number included
    title: int
    creators: tuple[Creator, ...]
    truncated: bool
    date: str
    fields: dict[str, str]


def _anchors(lines: Sequence[Line]) -> list[int]:
    """The places of the lines that end with a PubMed id and its marks."""
    return [i for i, line in enumerate(lines) if "PMID: " in line.text and _PMID.match(line.text)]


def _head(lines: Sequence[Line], anchor: int, floor: int) -> _Head | None:
    """What stands above and in the line of a PubMed id; None where that is no search result."""
    fields = nlm.identifiers(lines[anchor].text)
    for i in range(anchor, max(anchor - _HEAD, floor, 0) - 1, -1):
        text = " ".join(line.text for line in lines[i : anchor + 1])
        end = text.find(". ")
        people = nlm.names(text[:end]) if end > 0 else None
        rest = text[end + 2 :] if people else text
        short = _SHORT.match(rest)
        citation = nlm.citation(rest[short.end() :] if short else rest)
        if not citation:
            continue
        named = people is not None
        # Without names above it, the line before the citation may still hold them.
        if not named and i > floor and nlm.names(lines[i - 1].text):
            continue
        if i - 1 < floor or lines[i - 1].text.casefold() in _BUTTONS:
            return None
        creators, truncated = people or ((), False)
        found = {**citation[1], **nlm.identifiers(text), **fields}
        start = _start(lines, i - 1, floor)
        return _Head(start, i - 1, creators, truncated, citation[0], found)
    return None


def _start(lines: Sequence[Line], title: int, floor: int) -> int:
    """The place of the row's number, or of its title where there is none."""
    for i in range(title - 1, max(title - 4, floor) - 1, -1):
        if _POSITION.match(lines[i].text):
            return i
        if lines[i].text.casefold() not in _BUTTONS:
            break
    return title


class _Page:
    """One reading of one page."""

    def __init__(self, text: str, context: Context) -> None:
        self.source = split_lines(text)
        self.lines = visible_lines(text)
        self.context = context
        self.found = Found()

    def read(self) -> Found:
        anchors = _anchors(self.lines)
        self.context.progress.start(self.context.progress.text, len(anchors))
        heads: list[tuple[int, _Head | None]] = []
        floor = 0
        for anchor in anchors:
            self.context.progress.advance()
            heads.append((anchor, _head(self.lines, anchor, floor)))
            floor = anchor + 1
        done = 0
        for place, (anchor, head) in enumerate(heads):
            following = heads[place + 1] if place + 1 < len(heads) else None
            limit = len(self.lines)
            if following:
                limit = following[1].start if following[1] else following[0]
            begin = head.start if head else anchor
            self._pass_over(done, begin)
            done = self._read_row(anchor, head, limit)
        self._pass_over(done, len(self.lines))
        return self.found

    def _read_row(self, anchor: int, head: _Head | None, limit: int) -> int:
        """Read one row; returns the place after its last line."""
        line = self.lines[anchor]
        if head is None:
            message = _("No title, journal and date stand before this PubMed id.")
            self.found.problems.append(Problem(line.number, line.text, message))
            return anchor + 1
        end = anchor + 1
        if end < limit and self._is_snippet(self.lines[end].text):
            end += 1
            # A saved page has the snippet again, cut shorter.
            if end < limit and self._is_snippet(self.lines[end].text):
                end += 1
        lines = self.lines[head.start : end]
        raw = raw_text(lines, self.source)
        review = [] if head.creators else [_("No authors were found.")]
        if "\N{REPLACEMENT CHARACTER}" in raw:
            review.append(_("Some characters of this row could not be read."))
        self.found.rows.append(
            Row(
                entry=Entry(
                    entry_type="article",
                    title=nlm.title(self.lines[head.title].text),
                    creators=head.creators,
                    creators_truncated=head.truncated,
                    date=head.date,
                    fields=head.fields,
                ),
                line=lines[0].number,
                raw_text=raw,
                year_given=True if head.date else None,
                review=tuple(review),
            )
        )
        return end

    def _is_snippet(self, text: str) -> bool:
        return "…" in text[-3:] or ("..." in text and len(text) <= _LONGEST_SNIPPET)

    def _pass_over(self, start: int, end: int) -> None:
        for line in self.lines[start:end]:
            self.found.passed_over.append(Passage(line.number, line.text))
