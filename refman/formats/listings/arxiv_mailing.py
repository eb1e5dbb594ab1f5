r"""arXiv's daily mailing, and its listing files and `.abs` files, which are written the same.

    page  = {header | rule | block}
    block = "\\" {field} ["\\" abstract] "\\" ["(" url "," size ")"]
    field = "Paper" ["(*cross-listing*)"] ":" id | "arXiv:" id ["(*cross-listing*)"]
          | "Date" ["(revised" [version] ")"] ":" date ["(" size ")"]
          | "replaced with revised version" date ["(" size ")"]
          | ("Title" | "Authors" | "Categories" | "Comments" | "Report-no" | "Journal-ref" | "DOI"
          | "License" | "MSC-class" | "ACM-class" | "Subj-class" | "Proxy" | "From") ":" text
    rule  = a line of "-" or "%" and "-"

The dialects since 1992: no categories in the first years, `Paper:` until 2007, no abstract in
replacements and in monthly listings, `/* Tue, 20 Jul 2021 */` between the days of a week. A field
goes on over lines that begin with a blank. A block without an id or cut off is read with a doubt,
one without a title is a problem; either way the next is read as if nothing had been.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Passage, Problem, Row
from refman.formats.listings.arxiv_record import ArxivRecord, day_in
from refman.formats.listings.page import split_lines
from refman.i18n import _
from refman.model.text import squeeze

_RULE = re.compile(r"[-%]{20,}\s*")
_MARK = re.compile(r"\\\\\s*(?:\(.*)?")  # "\\", and the last one of a block with its address
_ID = re.compile(
    r"(?:Paper\s*(?:\(\*cross-listing\*\))?:\s*|arXiv:\s*)"
    r"(?P<id>[a-z][a-z.A-Z-]*/\d{7}(?:v\d+)?|\d{4}\.\d{4,5}(?:v\d+)?)\s*(?:\(\*cross-listing\*\))?\s*"
)
_FIELD = re.compile(
    r"(Paper|arXiv|Date|Title|Authors?|Categories|Comments?|Report-no|Journal-ref|DOI|License"
    r"|MSC-class|ACM-class|Subj-class|Proxy|From)(?: ?\([^)]{0,30}\))?:[ \t]*(.*)"
)
_REPLACED = re.compile(r"(?:replaced with|figures added|part added)\b.*", re.IGNORECASE)
_SPECIAL = ("-", "%", "P", "a")  # what a rule or an id begins with
_DAY_MARK = re.compile(r"\s*/\*.*\*/\s*")
_ADDRESS = re.compile(r"\\\\\s*\(\s*(\S+)")
_RECORD_FIELDS = {"Title": "title", "Authors": "authors", "Author": "authors",
                  "Comments": "comments", "Comment": "comments", "Report-no": "report_no",
                  "Journal-ref": "journal_ref", "DOI": "doi"}  # fmt: skip


class ArxivMailing(Format):
    name: ClassVar[str] = "arxiv-mailing"
    label: ClassVar[str] = "arXiv mailing"
    extensions: ClassVar[tuple[str, ...]] = (".txt", ".eml", ".abs")

    def score(self, text: str) -> int:
        lines = split_lines(text)
        blocks = sum(
            line.startswith("\\\\") and bool(_ID.match(following))
            for line, following in pairwise(lines)
        )
        return min(90 + blocks, 100) if blocks else 0

    def read(self, text: str, context: Context) -> Found:
        found = Found()
        source = split_lines(text)
        blocks = _Blocks(source, found).read()
        context.progress.start(context.progress.text, len(blocks))
        for block in blocks:
            context.progress.advance()
            _read_block(block, source, found)
        found.passed_over.sort(key=lambda passage: passage.line)
        return found


@dataclass(slots=True)
class _Block:
    """Where a block stands in the source, and its lines by what they are."""

    start: int
    end: int  # not included
    head: list[str] = field(default_factory=list)
    abstract: list[str] = field(default_factory=list)
    address: str = ""
    marks: int = 1


class _Blocks:
    """The blocks of a page, found line by line; what stands outside of them is passed over."""

    def __init__(self, source: list[str], found: Found) -> None:
        self.source = source
        self.found = found
        self.blocks: list[_Block] = []
        self.block: _Block | None = None  # the one that is open

    def read(self) -> list[_Block]:
        for place, line in enumerate(self.source):
            block = self.block
            if line.startswith("\\\\") and _MARK.fullmatch(line):
                self.take_mark(place, line)
            elif block is not None and (line[:1] not in _SPECIAL or self.goes_on(block, line)):
                if line.strip():
                    (block.head if block.marks == 1 else block.abstract).append(line)
                    block.end = place + 1
            elif _ID.fullmatch(line):  # a block whose first line was lost
                self.open(_Block(place, place + 1, [line]))
            else:
                self.block = None
                _pass_over(self.found, place, line)
        return self.blocks

    def open(self, block: _Block) -> None:
        self.block = block
        self.blocks.append(block)

    def goes_on(self, block: _Block, line: str) -> bool:
        """Whether a line that may be a rule or an id is neither, or is the id of `block`."""
        return not (_RULE.fullmatch(line) or (block.marks == 2 and _ID.fullmatch(line)))

    def take_mark(self, place: int, line: str) -> None:
        block = self.block
        following = self.source[place + 1] if place + 1 < len(self.source) else ""
        if block is None or (block.marks < 3 and _ID.fullmatch(following)):
            if _DAY_MARK.fullmatch(following):
                self.block = None
                _pass_over(self.found, place, line)
            else:
                self.open(_Block(place, place + 1))
        elif block.marks == 2 and not _ends_block(line, following):
            block.abstract.append(line)  # TeX's own, at the end of a line of a formula
        else:
            block.marks += 1
            block.address = block.address or line[2:].strip()
            block.end = place + 1
            if block.address or block.marks > 2:
                self.block = None


def _ends_block(line: str, following: str) -> bool:
    """Whether a `\\\\` within an abstract is its end."""
    return "(" in line or not following.strip() or bool(_RULE.fullmatch(following))


def _pass_over(found: Found, place: int, line: str) -> None:
    if shown := squeeze(line):
        found.passed_over.append(Passage(place + 1, shown))


def _read_block(block: _Block, source: list[str], found: Found) -> None:
    raw = "\n".join(source[block.start : block.end])
    record = ArxivRecord()
    values = _fields(block.head, record)
    if not values and not record.id:
        for place in range(block.start, block.end):
            _pass_over(found, place, source[place])
        return
    for name, attribute in _RECORD_FIELDS.items():
        if name in values:
            setattr(record, attribute, " ".join(values[name]))
    record.categories = " ".join(values.get("Categories", [])).split()
    record.abstract = " ".join(block.abstract)
    if not record.id and (address := _ADDRESS.match("\\\\ " + block.address)):
        record.id = address[1]
    if block.marks == 1:
        record.review.append(_("This row seems to be cut off."))
    elif block.abstract and block.marks == 2 and not block.address:
        record.review.append(_("The abstract seems to be cut off."))
    row = record.row(block.start + 1, raw)
    if isinstance(row, Row):
        found.rows.append(row)
    else:
        found.problems.append(Problem(block.start + 1, raw, row))


def _fields(head: list[str], record: ArxivRecord) -> dict[str, list[str]]:
    """The fields of a block, each with its lines; id and date are put into `record`."""
    values: dict[str, list[str]] = {}
    current: list[str] = []
    for line in head:
        if line[0] in " \t":
            current.append(line.strip())
            continue
        match = _FIELD.match(line)
        if match and not (match[1] == "Date" and "(" in line[:6]):
            if match[1] in ("Paper", "arXiv"):
                found = _ID.fullmatch(line)
                record.id = found["id"] if found else match[2]
                current = []
            elif match[1] == "Date":
                record.date = record.date or day_in(match[2])
                current = []
            else:
                current = values.setdefault(match[1], [])
                current.append(match[2].strip())
        elif match or _REPLACED.fullmatch(line):
            current = []  # the day of a revision is not the paper's
        else:
            current.append(line.strip())
    return values
