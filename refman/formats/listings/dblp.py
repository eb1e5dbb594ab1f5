"""DBLP's person pages, tables of contents and search results, copied as text.

    page    = {heading | year | row}
    row     = ["[" letter number "]"] [names ":"] citation
    names   = name {", " name}
    heading = "Volume " volume [", Number " number] ", " [month] year

Each part has its line; a citation is that of `dblp_citation`. The letter says what it is: `j` for
a journal's article, `c` for a paper of proceedings, `i` for a preprint. In a copy that has what
the browser hides, some forty lines of a row stand between the number and the names. A table of
contents gives venue and year once: in the entry of the proceedings, before the papers, or in the
heading of the journal's issue. The markup of these pages is read by the recipe of the same name.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Header, Passage, Problem, Row
from refman.formats.listings import dblp_citation
from refman.formats.listings.dblp_citation import Citation
from refman.formats.listings.dblp_record import DblpRecord, plain_name
from refman.formats.listings.page import raw_text, split_lines, visible_lines
from refman.i18n import _
from refman.model import dates

_NUMBER = re.compile(r"\[([a-z])\d{1,5}\]$")
_ISSUE = re.compile(
    r"Volume (?P<volume>[^,:]{1,20})(?:, Numbers? (?P<number>[^,]{1,40}))?"
    r"(?:, (?:(?P<month>[A-Z][a-z]{2,8}) )?(?P<year>\d{4}))$"
)
_MATCHES = re.compile(r"found ([\d,]+) matches$|showing all (\d+) records$")
_NAME = re.compile(r"[^\d,:;?!]{1,60}(?: \d{4})?")
_LETTERS = {
    "j": "article",
    "c": "inproceedings",
    "p": "incollection",
    "r": "inreference",
    "e": "proceedings",
    "b": "book",
    "i": "informal",
    "d": "dataset",
}


class Dblp(Format):
    name: ClassVar[str] = "dblp"
    label: ClassVar[str] = "DBLP page"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        lines = visible_lines(text)
        says_so = "dblp" in text
        rows = sum(
            bool(_people(line.text)) and _is_citation(following.text, says_so)
            for line, following in pairwise(lines)
        )
        return min(75 + 5 * rows, 95) if rows else 0

    def read(self, text: str, context: Context) -> Found:
        return _Page(text, context).read()


def _people(text: str) -> list[str]:
    """The names in a line that ends with a colon; none where it is no line of names."""
    if not text.endswith(":") or len(text) < 4:
        return []
    names = [name.strip() for name in text[:-1].split(",")]
    return names if all(map(_is_name, names)) else []


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and len(text.split()) <= 7 and not text[0].islower()


def _is_citation(text: str, says_so: bool) -> bool:
    found = dblp_citation.read(text)
    return found is not None and (found.is_venue or says_so)


class _Page:
    """One reading of one page."""

    def __init__(self, text: str, context: Context) -> None:
        self.source = split_lines(text)
        self.lines = visible_lines(text)
        self.says_so = "dblp" in text
        self.context = context
        self.found = Found()
        self.number: int | None = None  # the place of a row's number, while it has no names yet
        self.numbers: set[str] = set()  # which the index of coauthors names again
        self.failed: set[int] = set()  # lines of problems
        self.proceedings: Citation | None = None
        self.issue: re.Match[str] | None = None

    def read(self) -> Found:
        self.context.progress.start(self.context.progress.text, len(self.lines))
        place, kept = 0, 0  # lines before `kept` are told of
        while place < len(self.lines):
            self.context.progress.advance()
            text = self.lines[place].text
            end = self._row_end(place)
            if _NUMBER.match(text) and text not in self.numbers:
                self._give_up(place)
                kept = self._pass_over(kept, place)
                self.number = place
                self.numbers.add(text)
            elif end:
                start = self.number if self.number is not None else place
                kept = self._pass_over(kept, start)
                self._read_row(start, place, end)
                self.number = None
                kept, place = end, end
                continue
            elif issue := _ISSUE.match(text):
                self.issue = issue
            place += 1
        self._give_up(place)
        self._pass_over(kept, len(self.lines))
        self.found.header = self._header()
        return self.found

    def _row_end(self, place: int) -> int:
        """Where the row whose names or citation stand at `place` ends; 0 where there is none."""
        text = self.lines[place].text
        if _people(text):
            following = self.lines[place + 1].text if place + 1 < len(self.lines) else ""
            numbered = self.number is not None
            if following and _is_citation(following, self.says_so or numbered):
                return place + 2
        elif text.endswith("]") or ", ISBN " in text or self.number is not None:
            found = dblp_citation.read(text)
            if found and found.is_venue:
                return place + 1
        return 0

    def _read_row(self, start: int, place: int, end: int) -> None:
        citation = dblp_citation.read(self.lines[end - 1].text)
        if citation is None:
            return
        names = _people(self.lines[place].text) if end - place > 1 else []
        record = DblpRecord(title=citation.title, venue=citation.venue, date=citation.year)
        record.is_journal = citation.is_journal
        record.fields = dict(citation.fields)
        record.kind = citation.kind
        if self.number is not None and (letter := _NUMBER.match(self.lines[self.number].text)):
            record.kind = _LETTERS.get(letter[1], record.kind)
        if citation.kind == "proceedings" and not citation.has_contents:
            self.proceedings = citation
        if record.kind == "proceedings":
            record.editors = names
        else:
            record.names = names
        if not citation.is_venue:
            self._place(record)
        elif not citation.is_sure:
            record.review.append(_("Where the title ends and the journal begins is not clear."))
        lines = self.lines[start:end]
        row = record.row(lines[0].number, raw_text(lines, self.source))
        if isinstance(row, Row):
            self.found.rows.append(row)

    def _place(self, record: DblpRecord) -> None:
        """Give a paper of a table of contents what is said before it."""
        if self.issue:
            record.kind = "article"
            month = dates.month_number(self.issue["month"] or "")
            record.date = dates.iso(int(self.issue["year"]), month)
            record.fields["volume"] = self.issue["volume"]
            record.fields["number"] = self.issue["number"] or ""
        elif self.proceedings:
            record.kind = record.kind or "inproceedings"
            record.venue = self.proceedings.title.removesuffix(".")
            record.date = self.proceedings.year

    def _give_up(self, end: int) -> None:
        """Tell of a number after which no title came before the line at `end`."""
        if self.number is None:
            return
        names = next((i for i in range(self.number, end) if _people(self.lines[i].text)), end)
        lines = self.lines[self.number : names + 1 if names < end else self.number + 1]
        message = _("No title follows this number.")
        raw = raw_text(lines, self.source)
        self.found.problems.append(Problem(lines[0].number, raw, message))
        self.failed.update(line.number for line in lines)
        self.number = None

    def _pass_over(self, start: int, end: int) -> int:
        for line in self.lines[start:end]:
            if line.number not in self.failed:
                self.found.passed_over.append(Passage(line.number, line.text))
        return max(start, end)

    def _header(self) -> Header:
        papers = next((m for line in self.lines if (m := _MATCHES.match(line.text))), None)
        count = int((papers[1] or papers[2]).replace(",", "")) if papers else None
        return Header(name=self._person(self.found.rows), papers=count)

    def _person(self, rows: Sequence[Row]) -> str | None:
        """Whose page it is: a name that heads it and is in every row."""
        names = Counter(
            name for row in rows for name in {creator.full_name for creator in row.entry.creators}
        )
        first = min((row.line for row in rows), default=0)
        heads = {plain_name(line.text): line for line in self.lines if line.number < first}
        found = [name for name, count in names.items() if count == len(rows) and name in heads]
        if len(found) != 1:
            return None
        number = heads[found[0]].number
        self.found.passed_over = [p for p in self.found.passed_over if p.line != number]
        return found[0]
