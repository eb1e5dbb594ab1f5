"""Where the rows of a page of no known shape begin and end.

    page = {item | paper | table | paragraph | other}
    item = marker text {continuation}          (`[1]`, `1.`, `(1)`, `-`, `*`, `•`, `[ABC12]`)
    paper = bold or heading line, {"- " label ":" value}           (lists of papers with code)
    table = header row, {row}                  (Markdown's with bars, or cells parted by tabs)
    paragraph = line {line}

A paragraph is one row, or a row a line, or one for each line that stands further left than the
next: whichever its lines look like. What is a reference among the rows is judged elsewhere.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from refman.formats.listings import name_list
from refman.formats.listings.noise import is_noise
from refman.formats.listings.page import Line

ITEM, PAPER, TABLE, PARAGRAPH, OTHER = "item", "paper", "table", "paragraph", "other"

_MARKER = re.compile(
    r"(?:\*\*)?\[\d{1,4}\](?:\*\*)?[.:]?\s*(?=\S)|\(\d{1,4}\)\s+|\d{1,4}[.)]\s+|[-*+•·◦▪‣⁃]\s+"
    r"|\[[A-Za-z][\w+*]{0,12}\d{2}[a-z]?\]\s+|\[\s?[ x]\s?\]\s+"
)
_BRACKETED = re.compile(r"\[\d{1,4}\]\s*\S")
_HEADING = re.compile(r"#{1,6}\s|(?:-{3,}|={3,}|\*{3,}|_{3,})$|<!--")
_BOLD_LINE = re.compile(
    r"(?:#{2,6}\s+)?\*\*(?P<bold>[^*]{8,400})\*\*[.:]?$|#{3,6}\s+(?P<head>\S.{8,300})$"
)
_LABELLED = re.compile(
    r"(?:[-*+•]\s+)?(?:\*\*)?(?P<label>Papers?|Code|Project|Home ?page|Website|Arxiv|arXiv|PDF"
    r"|Link|Authors?|Author list|Venue|Conference|Journal|Year|Date|Published|Datasets?|Demo|Video"
    r"|Abstract|TL;?DR|Title|GitHub|Github|DOI|Keywords?)(?:\*\*)?(?: ?(?:page|link|url))?-?\s?"
    r"[:：](?:\*\*)?\s?(?P<value>.*)$"
)
_BARS = re.compile(r"\|.*\|.*\|?$")
_MAY_BE_NAMES = re.compile(r",|;| and | & |·|et al")
_RULE = re.compile(r"[|\s:+-]*-{2,}[|\s:+-]*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a row: its lines, and what is known of it by its place."""

    kind: str
    lines: tuple[Line, ...]
    texts: tuple[str, ...]  # without markers
    run: int = 0  # the same for items that follow each other
    labels: dict[str, str] = field(default_factory=dict)  # of a paper
    cells: tuple[str, ...] = ()  # of a table's row
    columns: tuple[str, ...] = ()  # what heads them; () where that is not known


def split(lines: Sequence[Line], reads: Callable[[str], bool]) -> list[Candidate]:
    """The rows of a page. `reads` says whether one line alone reads as a reference."""
    return _Splitter(lines, reads).split()


class _Splitter:
    def __init__(self, lines: Sequence[Line], reads: Callable[[str], bool]) -> None:
        self.lines = lines
        self.reads = reads
        self.found: list[Candidate] = []
        self.run = 0

    def split(self) -> list[Candidate]:
        i = 0
        while i < len(self.lines):
            text = self.lines[i].text
            if self._is_table(i):
                i = self._table(i)
            elif (end := self._paper_end(i)) > i:
                i = self._paper(i, end)
            elif _BRACKETED.match(text):
                i = self._item(i)
            elif _HEADING.match(text) or is_noise(text):
                self.run += 1
                i = self._add(OTHER, i, i + 1)
            elif _MARKER.match(text):
                i = self._item(i)
            else:
                i = self._paragraph(i)
        return self.found

    def _add(self, kind: str, start: int, end: int) -> int:
        lines = tuple(self.lines[start:end])
        texts = [line.text for line in lines]
        if kind == ITEM:
            texts[0] = _MARKER.sub("", texts[0], count=1)
        self.found.append(Candidate(kind, lines, tuple(texts), self.run))
        return end

    def _gap_before(self, i: int) -> bool:
        return self.lines[i].number > self.lines[i - 1].number + 1

    def _ends(self, i: int) -> bool:
        """Whether line `i` cannot go on with what stands before it."""
        text = self.lines[i].text
        return bool(_MARKER.match(text) or _HEADING.match(text)) or self._is_table(i)

    def _item(self, i: int) -> int:
        end = i + 1
        indent = _indent(self.lines[i].raw)
        while end < len(self.lines) and not self._ends(end):
            line = self.lines[end]
            if self._gap_before(end) and _indent(line.raw) <= indent:
                break
            # "9(8):1735–1780, 1997." has no letter either.
            if is_noise(line.text) and any(char.isalpha() for char in line.text):
                break
            end += 1
        return self._add(ITEM, i, end)

    def _is_table(self, i: int) -> bool:
        line = self.lines[i]
        return _BARS.match(line.text) is not None or ("\t" in line.raw.strip() and self._tabs(i))

    def _tabs(self, i: int) -> bool:
        """Whether the line has as many tabs as one beside it, or is alone."""
        count = self.lines[i].raw.strip().count("\t")
        beside = [j for j in (i - 1, i + 1) if 0 <= j < len(self.lines)]
        alone = len(self.lines) == 1
        return alone or any(self.lines[j].raw.strip().count("\t") == count for j in beside)

    def _table(self, i: int) -> int:
        end = i
        bars = _BARS.match(self.lines[i].text) is not None
        while end < len(self.lines) and self._is_table(end):
            if end > i and self._gap_before(end):
                break
            if (_BARS.match(self.lines[end].text) is not None) != bars:
                break
            end += 1
        self.run += 1
        rows = [(line, _cells(line, bars)) for line in self.lines[i:end]]
        columns: tuple[str, ...] = ()
        start = 0
        if len(rows) > 1 and (_RULE.match(rows[1][0].text) or (not bars and _is_head(rows[0][1]))):
            columns = rows[0][1]
            start = 2 if _RULE.match(rows[1][0].text) else 1
        for place, (line, cells) in enumerate(rows):
            if place < start or _RULE.match(line.text):
                self.found.append(Candidate(OTHER, (line,), (line.text,), self.run))
            else:
                self.found.append(
                    Candidate(TABLE, (line,), (line.text,), self.run, {}, cells, columns)
                )
        return end

    def _paper_end(self, i: int) -> int:
        """The end of a title in bold and its labelled lines; `i` where that is none."""
        if not _BOLD_LINE.match(self.lines[i].text):
            return i
        end = i + 1
        while end < len(self.lines) and _LABELLED.match(self.lines[end].text):
            end += 1
        return end if end > i + 1 else i

    def _paper(self, i: int, end: int) -> int:
        opening = _BOLD_LINE.match(self.lines[i].text)
        assert opening is not None
        labels = {"title": opening["bold"] or opening["head"]}
        for line in self.lines[i + 1 : end]:
            match = _LABELLED.match(line.text)
            assert match is not None
            labels.setdefault(match["label"].casefold().replace(" ", ""), match["value"])
        lines = tuple(self.lines[i:end])
        texts = tuple(line.text for line in lines)
        self.found.append(Candidate(PAPER, lines, texts, self.run, labels))
        return end

    def _paragraph(self, i: int) -> int:
        end = i + 1
        while end < len(self.lines) and not self._gap_before(end) and not self._ends(end):
            end += 1
        self.run += 1
        starts = self._line_starts(i, end) if end > i + 1 else [i]
        for start, stop in zip(starts, [*starts[1:], end], strict=True):
            self._add(PARAGRAPH, start, stop)
        return end

    def _line_starts(self, i: int, end: int) -> list[int]:
        """Where the rows of a paragraph begin."""
        lines = self.lines[i:end]
        indents = [_indent(line.raw) for line in lines]
        least = min(indents)
        if len(lines) > 2 and least < max(indents) and indents[0] == least:
            return [i + k for k, indent in enumerate(indents) if indent == least]
        names = [k - 1 for k, line in enumerate(lines) if k and self._is_names(i + k)]
        if names:
            starts = [i + k for k in names]
            return starts if starts[0] == i else [i, *starts]
        reading = [self.reads(line.text) for line in lines]
        if sum(reading) >= max(2, len(lines) / 2):
            starts = [i + k for k, reads in enumerate(reading) if reads]
            return starts if starts[0] == i else [i, *starts]
        return [i]

    def _is_names(self, i: int) -> bool:
        """Whether a line holds names alone, as under a title."""
        text = self.lines[i].text
        if not _MAY_BE_NAMES.search(text) or text.endswith((",", " and", " &")):
            return False
        names = name_list.read(text)
        if not names or text[names.end :].strip(" .*†‡"):
            return False
        return len(names.names) > 1 or names.truncated


def _indent(raw: str) -> int:
    expanded = raw.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _cells(line: Line, bars: bool) -> tuple[str, ...]:
    if not bars:
        return tuple(" ".join(cell.split()) for cell in line.raw.strip().split("\t"))
    parts = re.split(r"(?<!\\)\|", line.text.strip().removeprefix("|").removesuffix("|"))
    return tuple(part.strip() for part in parts)


def _is_head(cells: Sequence[str]) -> bool:
    words = {cell.casefold() for cell in cells}
    return bool(words & {"title", "paper", "paper title"}) and len(words) > 1
