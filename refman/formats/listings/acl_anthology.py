"""The ACL Anthology's pages of events, volumes and authors, copied as text.

    page    = head {heading | row}
    head    = volume [editors] "Anthology ID:" … "Year:" year … | event "(" year ")" …
    heading = ["pdf (full)"] ["bib (full)"] volume | year
    row     = "pdf" ["bib"] ["abs"] title [names] [volume] [abstract]
    names   = name {" | " name}

Each part has its line. A page of an author has years as headings and names the volume in the
row; elsewhere a volume heads its papers, the first of which may be the volume itself, with its
editors. Abstracts are there where they were shown. The markup of these pages is read by the
recipe of the same name.
"""

import re
from itertools import pairwise
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Header, Problem
from refman.formats.listings import byline
from refman.formats.listings.page import (
    Line,
    gather_prose,
    is_prose,
    split_lines,
    visible_lines,
)
from refman.formats.listings.site_row import SiteRow, pass_over
from refman.i18n import _
from refman.model.creator import AUTHOR, EDITOR

_BUTTONS = re.compile(r"(?:pdf|bib)(?: ?(?:bib|abs))*$")
_FULL = re.compile(r"(?:pdf \(full\)|bib \(full\))")
_HEADING = re.compile(r"(?:(?:pdf|bib) \(full\) ?)+(?P<volume>.*)$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_EVENT = re.compile(r"\S.* \(((?:19|20)\d\d)\)$")
_EDITORS = re.compile(r" \(Editors?\)$")
_JOURNAL = re.compile(
    r"(?P<name>(?:Transactions of the Association for )?Computational Linguistics), "
    r"Volume (?P<volume>\d+)(?:, (?:Issue|Number) (?P<number>[\d-]+))?"
)
_UP = frozenset(("up", "hide all abstracts", "show all abstracts", "co-authors", "venues"))
_FOOTER = re.compile(r"ACL materials are Copyright|The ACL Anthology is managed|Site last built")
_SIGNS = ("Anthology ID:", "pdf (full)", "bib (full)")


class AclAnthology(Format):
    name: ClassVar[str] = "acl-anthology"
    label: ClassVar[str] = "ACL Anthology page"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        lines = visible_lines(text)
        rows = sum(
            bool(_BUTTONS.match(one.text)) and not _BUTTONS.match(other.text)
            for one, other in pairwise(lines)
        )
        if not rows:
            return 0
        says_so = "ACL Anthology" in text or any(sign in text for sign in _SIGNS)
        if says_so:
            return min(75 + 5 * rows, 95)
        named = sum(
            bool(_BUTTONS.match(line.text)) and _are_names(lines[place + 2].text)
            for place, line in enumerate(lines[:-2])
        )
        return min(40 + 5 * rows, 70) if 2 * named >= rows else 0

    def read(self, text: str, context: Context) -> Found:
        return _Page(text, context).read()


def _are_names(text: str) -> bool:
    return byline.is_byline(_EDITORS.sub("", text).replace(" | ", ", "))


class _Page:
    """One reading of one page."""

    def __init__(self, text: str, context: Context) -> None:
        self.source = split_lines(text)
        self.lines = visible_lines(text)
        self.context = context
        self.found = Found()
        self.volume = ""
        self.year = ""

    def read(self) -> Found:
        starts = [i for i, line in enumerate(self.lines) if _BUTTONS.match(line.text)]
        first = starts[0] if starts else len(self.lines)
        self._read_head(self.lines[:first])
        self._read_headings(self.lines[:first])
        self.context.progress.start(self.context.progress.text, len(starts))
        for start, end in pairwise([*starts, len(self.lines)]):
            self.context.progress.advance()
            self._read_row(self.lines[start:end])
        self.found.passed_over.sort(key=lambda passage: passage.line)
        return self.found

    def _read_head(self, lines: list[Line]) -> None:
        """The page's own title: a volume or an event, and its year."""
        title: Line | None = None
        for place, line in enumerate(lines):
            following = lines[place + 1].text if place + 1 < len(lines) else ""
            if line.text == "Anthology ID:" and place:
                has_editors = place > 1 and bool(_EDITORS.search(lines[place - 1].text))
                title = lines[place - 2 if has_editors else place - 1]
                self.volume = title.text
            elif line.text == "Year:" and _YEAR.match(following):
                self.year = following
            elif title is None and (event := _EVENT.match(line.text)):
                title, self.year = line, event[1]
        self.found.header = Header(name=title.text if title else None)
        pass_over(self.found, [line for line in lines if line is not title])

    def _read_headings(self, lines: list[Line]) -> None:
        """The last volume or year that heads what follows these lines."""
        for place, line in enumerate(lines):
            if _YEAR.match(line.text) and not (place and lines[place - 1].text == "Year:"):
                self.year = line.text
            elif heading := _HEADING.match(line.text):
                following = lines[place + 1].text if place + 1 < len(lines) else ""
                if heading["volume"] or not _FULL.match(following):
                    self.volume = heading["volume"] or following

    def _read_row(self, lines: list[Line]) -> None:
        end = next(
            (place for place, line in enumerate(lines) if place and _ends_rows(line.text)),
            len(lines),
        )
        row, rest = lines[:end], lines[end:]
        if len(row) < 2:
            message = _("There is no title in this row.")
            self.found.problems.append(Problem(row[0].number, row[0].text, message))
        else:
            used = self._add(row)
            pass_over(self.found, row[used:])
        pass_over(self.found, rest)
        self._read_headings(rest)

    def _add(self, lines: list[Line]) -> int:
        """Add a row of these lines; returns how many of them are part of it."""
        made = SiteRow(title=lines[1].text, date=self.year)
        is_volume = lines[1].text == self.volume
        used = 2
        if len(lines) > 2 and _is_names(lines[2].text):
            names = [name.strip() for name in lines[2].text.split("|")]
            made.take_each(names, EDITOR if is_volume else AUTHOR)
            used = 3
        volume = self.volume
        if not volume and len(lines) > used and not is_prose(lines[used].text):
            volume = lines[used].text
            used += 1
        has_abstract = lines[0].text.endswith("abs")
        if has_abstract and len(lines) > used and is_prose(lines[used].text):
            prose = gather_prose(lines[used].text, lines[used + 1 :])
            made.abstract = prose.text
            used += 1 + len(prose.used)
        if is_volume:
            made.entry_type = "proceedings"
        elif journal := _JOURNAL.match(volume):
            made.entry_type = "article"
            made.fields = {
                "journaltitle": journal["name"],
                "volume": journal["volume"],
                "number": journal["number"] or "",
            }
        else:
            made.entry_type = "inproceedings"
            made.fields = {"booktitle": volume}
        self.found.rows.append(made.row(lines[:used], self.source))
        return used


def _ends_rows(text: str) -> bool:
    """Whether a line belongs to what stands between the rows or below them."""
    between = _FULL.match(text) or _YEAR.match(text) or text.casefold() in _UP
    return bool(between or _FOOTER.match(text))


def _is_names(text: str) -> bool:
    return " | " in text or byline.is_byline(text)
