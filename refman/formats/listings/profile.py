"""An author's profile page, with its blank lines or copied without them.

    page   = [header] {row}                       (header: `profile_header`)
    row    = meta (title byline | title-and-byline) abstract
    meta   = [score][CATEGORY][Mon D][, YYYY][Code]          (`meta_line`)
    byline = name {", " name} [" et al."] [" · " affiliation {", " affiliation}]   (`byline`)

Each part has its line; in a page copied without line breaks the byline runs on from the
title (`title-and-byline`). Blank lines mean nothing. Navigation, buttons, footers and
repeated headers around the parts are passed over. A row whose title, byline or abstract is
missing or doubtful goes in with a sentence for review; a meta line after which nothing
stands is a problem.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

from refman.formats.format import Boundary, Context, Format, Found, Passage, Problem, Row
from refman.formats.listings import byline, meta_line, profile_header
from refman.formats.listings.byline import Byline
from refman.formats.listings.meta_line import MetaLine
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
from refman.formats.listings.page_evidence import NO_EVIDENCE, PageEvidence
from refman.i18n import _
from refman.model.arxiv_categories import archives_of, candidates, resolve
from refman.model.creator import parse_name
from refman.model.entry import Entry

_HEAD = 4  # lines of a row among which its byline is looked for


class Profile(Format):
    name: ClassVar[str] = "profile"
    label: ClassVar[str] = "Author profile page"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        rows = known = figures = 0
        for line in visible_lines(text):
            meta = meta_line.read(line.text)
            if meta and meta.is_sure:
                rows += 1
                known += meta.label is not None and bool(candidates(meta.label))
            elif profile_header.figure(line.text):
                figures += 1
        if not rows:
            return 0
        if not known:
            return 60 if figures >= 2 or rows >= 3 else 0
        return min(70 + 5 * known + 5 * figures, 100)

    def read(self, text: str, context: Context) -> Found:
        return _Page(text, context).read()


@dataclass(slots=True)
class _Parts:
    """The lines of a row by what they are."""

    meta: MetaLine
    lines: list[Line]  # of the row, its meta line first
    title: str = ""
    byline: Byline | None = None
    glued: str = ""  # title and byline in one
    abstract: str = ""
    confidence: float | None = None
    review: list[str] = field(default_factory=list)

    def doubt(self, sentence: str) -> None:
        self.review.append(sentence)


class _Page:
    """One reading of one page."""

    def __init__(self, text: str, context: Context) -> None:
        self.source = split_lines(text)
        self.lines = visible_lines(text)
        self.context = context
        self.found = Found()
        self.evidence = NO_EVIDENCE

    def read(self) -> Found:
        headers = profile_header.blocks(self.lines)
        in_header = {i for block in headers for i in block}
        metas = {
            i: meta
            for i, line in enumerate(self.lines)
            if i not in in_header and (meta := meta_line.read(line.text))
        }
        starts = self._starts(metas, in_header)
        first = starts[0] if starts else len(self.lines)
        self._read_header(headers, first)
        bodies = self._bodies(starts, in_header)
        self.evidence = self._collect(bodies)
        archives = (
            archives_of([self.found.header.subject or ""]),
            archives_of(metas[i].label or "" for i in starts),
        )
        self.context.progress.start(self.context.progress.text, len(starts))
        for start, body in zip(starts, bodies, strict=True):
            self.context.progress.advance()
            last = start == starts[-1]
            self._read_row(metas[start], self.lines[start], body, archives, last)
        self.found.passed_over.sort(key=lambda passage: passage.line)
        return self.found

    def _starts(self, metas: dict[int, MetaLine], in_header: set[int]) -> list[int]:
        """The places of the lines that open a row."""
        starts = []
        for i, meta in metas.items():
            if meta.is_sure or self._opens_row(i, metas, in_header):
                starts.append(i)
        return starts if any(metas[i].is_sure for i in starts) or in_header else []

    def _opens_row(self, i: int, metas: dict[int, MetaLine], in_header: set[int]) -> bool:
        """Whether what follows a line that may be a meta line is a row: it has a byline."""
        for j in range(i + 1, min(i + 4, len(self.lines))):
            text = self.lines[j].text
            if j in metas or j in in_header:
                return False
            if is_prose(text) and not _may_end_in_byline(text):
                return False
            if j > i + 1 and byline.is_byline(text):
                return True
            if j == i + 1 and not byline.is_byline(text):
                split = byline.split(text)
                if split.names and split.is_sure:
                    return True
        return False

    def _read_header(self, headers: list[list[int]], first: int) -> None:
        top = headers[0] if headers else []
        if not top or top[0] > first:
            top = profile_header.without_figures(self.lines[:first]) or top
        self.found.header = profile_header.read([self.lines[i] for i in top])
        again = {i for block in headers for i in block if i >= first}
        for i in sorted({*range(first), *again} - set(top)):
            self._pass_over(self.lines[i])

    def _bodies(self, starts: list[int], in_header: set[int]) -> list[list[Line]]:
        """For each row, the lines after its meta line that may be parts of it."""
        bodies = []
        for start, end in pairwise([*starts, len(self.lines)]):
            lines = [self.lines[i] for i in range(start + 1, end) if i not in in_header]
            body = [line for line in lines if not is_noise(line.text)]
            if lines and body and lines[0] is not body[0] and self._is_all_byline(body[0].text):
                body.insert(0, lines[0])  # a title that reads like a button, or a button
            for line in lines:
                if line not in body[:1] and is_noise(line.text):
                    self._pass_over(line)
            bodies.append(body)
        return bodies

    def _collect(self, bodies: Sequence[Sequence[Line]]) -> PageEvidence:
        names: list[str] = [self.found.header.name] if self.found.header.name else []
        abstracts: list[str] = []
        for body in bodies:
            for i, line in enumerate(body):
                if i < _HEAD and (not is_prose(line.text) or _may_end_in_byline(line.text)):
                    if i and byline.is_byline(line.text):
                        names.extend(byline.parse(line.text).names)
                    elif i == 0:
                        names.extend(byline.names_at_end(line.text))
                elif i:
                    abstracts.append(line.text)
        return PageEvidence.collect(names, abstracts)

    def _read_row(
        self,
        meta: MetaLine,
        opening: Line,
        body: list[Line],
        archives: tuple[frozenset[str], frozenset[str]],
        is_last: bool,
    ) -> None:
        if not body:
            message = _(
                "Nothing stands between this line and the next row, or the end of the page."
            )
            self.found.problems.append(Problem(opening.number, opening.text, message))
            return
        parts = _Parts(meta, [opening])
        self._lay_out(parts, body)
        boundaries = self._decide(parts)
        date = meta.date(self.context.as_of)
        self._doubt(parts, date, is_last)
        source = raw_text(parts.lines, self.source)
        if "\N{REPLACEMENT CHARACTER}" in source:
            parts.doubt(_("Some characters of this row could not be read."))
        people = parts.byline or Byline((), False, ())
        self.found.rows.append(
            Row(
                entry=Entry(
                    title=parts.title,
                    creators=tuple(parse_name(name) for name in people.names),
                    creators_truncated=people.truncated,
                    date=date,
                    abstract=parts.abstract,
                ),
                line=opening.number,
                raw_text=source,
                category=resolve(meta.label, *archives) if meta.label else None,
                category_label=meta.label,
                year_given=meta.year_given if date else None,
                score=meta.score,
                code=meta.code,
                affiliations=people.affiliations,
                review=tuple(parts.review),
                runners_up=boundaries,
                confidence=parts.confidence,
            )
        )

    def _lay_out(self, parts: _Parts, body: list[Line]) -> None:
        """Tell title, byline and abstract of a row apart by what the lines look like."""
        texts = [line.text for line in body]
        prose = next((i for i, t in enumerate(texts) if self._is_abstract(t, i)), len(texts))
        people = next((i for i in range(1, min(prose, _HEAD)) if self._is_byline(texts[i])), None)
        if prose == 0:
            abstract = 0
        elif people is not None:
            parts.title = " ".join(texts[:people])
            parts.byline = byline.parse(texts[people])
            abstract = people + 1
            if people > 1:
                parts.doubt(_("The title was put together from several lines."))
            elif is_noise(texts[0]):
                parts.doubt(_by_place(_("“{line}” was taken for the title."), texts[0]))
        elif self._is_all_byline(texts[0]):
            parts.byline = byline.parse(texts[0])
            abstract = 1
        elif prose == 2 and not ends_sentence(texts[1]) and not self._splits(texts[0]):
            parts.title, parts.byline = texts[0], byline.parse(texts[1])
            parts.doubt(_by_place(_("“{line}” was taken for the authors."), texts[1]))
            abstract = 2
        else:
            parts.glued = texts[0]
            abstract = 1
        parts.lines.extend(body[:abstract])
        self._read_abstract(parts, body[abstract:])

    def _is_abstract(self, text: str, place: int) -> bool:
        if not is_prose(text) or self._is_byline(text):
            return False
        return place > 0 or not (_may_end_in_byline(text) or self._splits(text))

    def _is_byline(self, text: str) -> bool:
        return byline.is_byline(text, self.evidence)

    def _is_all_byline(self, text: str) -> bool:
        """Whether a line where a title should be is a byline beyond doubt."""
        if not self._is_byline(text):
            return False
        found = byline.parse(text)
        return found.truncated or len(found.names) > 1 or bool(byline.names_at_end(f"x, {text}"))

    def _splits(self, text: str) -> bool:
        split = byline.split(text, self.evidence)
        return bool(split.title and split.names) and split.is_sure

    def _read_abstract(self, parts: _Parts, lines: list[Line]) -> None:
        opening = lines[0].text.removeprefix("Abstract:").lstrip() if lines else ""
        prose = gather_prose(opening, lines[1:])
        parts.abstract = prose.text
        parts.lines += [*lines[:1], *prose.used]
        for line in prose.left:
            self._pass_over(line)
        if prose.has_paragraphs:
            parts.doubt(_("The abstract was put together from several paragraphs."))

    def _decide(self, parts: _Parts) -> tuple[Boundary, ...]:
        """Split a title from the byline it runs into; returns the other boundaries."""
        if not parts.glued:
            return ()
        split = byline.split(parts.glued, self.evidence, parts.abstract)
        parts.title = split.title
        if split.names:
            parts.byline = Byline(split.names, split.truncated, split.affiliations)
        parts.confidence = split.confidence
        for sentence in byline.doubts(split):
            parts.doubt(sentence)
        return split.runners_up

    def _doubt(self, parts: _Parts, date: str, is_last: bool) -> None:
        if not parts.title:
            parts.doubt(_("No title was found."))
        if not parts.byline:
            parts.doubt(_("No authors were found."))
        if not parts.abstract:
            parts.doubt(_("No abstract was found."))
        elif is_last and not ends_sentence(parts.abstract):
            parts.doubt(_("The abstract seems to be cut off where the page ends."))
        if parts.meta.day and not date:
            parts.doubt(_("There is no such day as this row gives; its date was left open."))

    def _pass_over(self, line: Line) -> None:
        self.found.passed_over.append(Passage(line.number, line.text))


def _may_end_in_byline(text: str) -> bool:
    """Whether a line that is long or ends like a sentence ends in `et al.` or affiliations."""
    found = byline.parse(text[-300:])
    return found.truncated or bool(found.affiliations)


def _by_place(sentence: str, line: str) -> str:
    return sentence.format(line=line)
