"""Any page with a list of references: the reader for pages of no known shape.

    page = {row | other}

Rows are found by `reference_rows`, read by `reference`. A page is offered to it if several
rows read as references and they are a good part of it, or many. Nothing here is sure: every
row is marked for review. Items between the rows that are no references are problems; all else
is passed over. Source of the styles: the corpus of AnyStyle (res/parser/core.xml), and lists
of papers on GitHub.
"""

import re
from collections import Counter
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Passage, Problem, Row
from refman.formats.listings import inline_markdown, name_list, reference
from refman.formats.listings.noise import is_noise
from refman.formats.listings.page import Line, raw_text, split_lines, visible_lines
from refman.formats.listings.reference import Reference
from refman.formats.listings.reference_rows import (
    ITEM,
    OTHER,
    PAPER,
    TABLE,
    Candidate,
    split,
)
from refman.formats.listings.reference_table import read_cells, read_labels
from refman.i18n import _
from refman.model.entry import Entry

_FEW, _MANY = 3, 8  # rows: so few only where they are a good part of the page
_SHARE = 0.25  # of the page's characters
_MOST_LINES = 12  # of a row
_COPYRIGHT = re.compile(r"\W*(?:copyright\b|\(c\) \d{4}|©)", re.IGNORECASE)
_MAY_READ = re.compile(r"(?<!\d)(?:1[5-9]|20)\d{2}(?!\d)|arxiv|doi|\]\(http|et al", re.IGNORECASE)


class References(Format):
    name: ClassVar[str] = "references"
    label: ClassVar[str] = "List of references (no known page)"
    extensions: ClassVar[tuple[str, ...]] = (".md", ".txt")

    def score(self, text: str) -> int:
        lines = visible_lines(text)
        rows = size = total = 0
        for candidate in split(lines, _reads):
            length = sum(len(text) for text in candidate.texts)
            total += 0 if all(is_noise(text) for text in candidate.texts) else length
            if _read(candidate).is_sure:
                rows += 1
                size += length
        if rows < _FEW or (rows < _MANY and size < _SHARE * total):
            return 0
        return 30 + min(rows // _FEW, 5)  # less than any page of a known shape

    def read(self, text: str, context: Context) -> Found:
        source = split_lines(text)
        candidates = split(visible_lines(text), _reads)
        found = Found()
        context.progress.start(context.progress.text, len(candidates))
        read = []
        for candidate in candidates:
            context.progress.advance()
            read.append((candidate, _read(candidate)))
        sure = Counter(c.run for c, one in read if c.kind in (ITEM, TABLE) and one.is_sure)
        items = Counter(c.run for c, _one in read if c.kind in (ITEM, TABLE))
        for candidate, one in read:
            in_list = candidate.kind in (ITEM, TABLE)
            if one.is_sure:
                _add_row(found, candidate, one, source)
            elif in_list and sure[candidate.run] * 2 >= items[candidate.run]:
                message = _("This item of the list does not read as a reference.")
                line = candidate.lines[0]
                found.problems.append(Problem(line.number, line.text, message))
                _pass_over(found, candidate.lines[1:])
            else:
                _pass_over(found, candidate.lines)
        return found


def _pass_over(found: Found, lines: tuple[Line, ...]) -> None:
    found.passed_over += [Passage(line.number, line.text) for line in lines]


def _reads(text: str) -> bool:
    """Whether one line alone reads as a reference."""
    if not 30 <= len(text) <= reference.LONGEST or not _MAY_READ.search(text):
        return False
    inline = inline_markdown.read(text)
    return reference.read(inline.text, inline.title, inline.links).is_sure


def _read(candidate: Candidate) -> Reference:
    """What a candidate says; nothing where it cannot be a reference."""
    if candidate.kind == OTHER or _COPYRIGHT.match(candidate.texts[0]):
        return Reference()
    if len(candidate.lines) > _MOST_LINES:
        return Reference()
    if sum(len(text) for text in candidate.texts) > reference.LONGEST:
        return Reference()
    if candidate.kind == TABLE:
        return read_cells(candidate.cells, candidate.columns)
    if candidate.kind == PAPER:
        return read_labels(candidate.labels)
    if not any(_MAY_READ.search(text) for text in candidate.texts):
        return Reference()
    # "9(8):1735–1780, 1997." has no letter, as a row of page numbers has none.
    kept = [t for t in candidate.texts if not is_noise(t) or not any(c.isalpha() for c in t)]
    inlines = [inline_markdown.read(text) for text in kept]
    links = [link for inline in inlines for link in inline.links]
    title = next((inline.title for inline in inlines if inline.title), "")
    texts = [inline.text for inline in inlines if inline.text]
    if title:
        texts = [
            text if inline.title == title else text.replace(inline_markdown.TITLE, inline.title)
            for text, inline in zip(texts, (i for i in inlines if i.text), strict=True)
        ]
    if not title and 1 < len(texts) <= 5 and (by_line := _by_lines(texts, links)):
        return by_line
    return reference.read(_unwrapped(texts), title, links)


def _by_lines(texts: list[str], links: list[tuple[str, str]]) -> Reference | None:
    """A row that has a line for the names, beside one for the title and one for the rest."""
    for i, text in enumerate(texts[:3]):
        names = name_list.read(text)
        rest = text[names.end :].strip(" .,;·") if names else text
        if not names or rest or not (names.is_strong or names.truncated):
            continue
        if i:
            title, tail = " ".join(texts[:i]), texts[i + 1 :]
        elif len(texts) > 2:
            title, tail = texts[1], texts[2:]
        else:
            return None
        if name_list.read(title) and not i:
            return None
        line = " ".join([inline_markdown.TITLE, *tail])
        return reference.read(line, title.rstrip(". "), links, names_line=text)
    return None


def _unwrapped(texts: list[str]) -> str:
    """The lines of a row as one; a word that was cut in two is whole again."""
    whole = ""
    for text in texts:
        if whole.endswith("-") and text[:1].islower() and whole[-2:-1].isalpha():
            whole = whole[:-1] + text
        else:
            whole = f"{whole} {text}" if whole else text
    return whole


def _add_row(found: Found, candidate: Candidate, one: Reference, source: list[str]) -> None:
    review = [_("The page has no known shape: this row was read as a reference.")]
    if not one.creators:
        review.append(_("No authors were found."))
    if not one.date:
        review.append(_("No year was found."))
    raw = raw_text(candidate.lines, source)
    if "\N{REPLACEMENT CHARACTER}" in raw:
        review.append(_("Some characters of this row could not be read."))
    found.rows.append(
        Row(
            entry=Entry(
                entry_type=one.entry_type,
                title=one.title,
                creators=tuple(creator for creator in one.creators if creator.full_name),
                creators_truncated=one.truncated,
                date=one.date,
                abstract=one.abstract,
                fields=one.fields,
            ),
            line=candidate.lines[0].number,
            raw_text=raw,
            year_given=True if one.date else None,
            code=one.code,
            category=one.fields.get("eprintclass"),
            review=tuple(review),
        )
    )
