"""A report of RePEc's "NEP: New Economics Papers", from the mailing or the web page.

    page    = [header] [overview] {row}
    header  = "nep-" code "New Economics Papers" "on " subject "Issue of " date count "papers
              chosen by" editor
    row     = [number ". "] title (labelled | [names] [abstract] labelled)
    labelled = {("By" | "Abstract" | "Keywords" | "JEL" | "Date" | "URL") ":" value}
    names   = name ["(" institution ")"] {"; " or line end, name …}

The order of the labelled parts differs, and an abstract may stand among them with no label.
The overview has the titles once more, without labels, and is passed over. Source of the older
forms: the grammar in JabRef's RepecNepImporter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

from refman.formats import latex
from refman.formats.format import Context, Format, Found, Header, Passage, Problem, Row
from refman.formats.listings.page import Line, raw_text, split_lines, visible_lines
from refman.i18n import _
from refman.model import dates
from refman.model.creator import Creator, parse_name
from refman.model.entry import Entry
from refman.model.identifiers import normal_arxiv, normal_doi

_LABEL = re.compile(r"(By|Authors?|Abstract|Keywords|JEL|Date|URL|Handle|Note): ?(.*)$")
_NUMBERED = re.compile(r"(\d{1,3})\. (?=\S)")
_RULE = re.compile(r"[-=_*+]{10,}$")
_REPORT = re.compile(r"(?:^|\[)(nep-[a-z]{2,4})\b(?: New Economics Papers)?", re.MULTILINE)
_MAILED = re.compile(r"Subject: .{0,80}\[nep-")
_SUBJECT = re.compile(r"on (\S.{1,80})$")
_COUNT = re.compile(r"(\S{1,40}) papers? chosen by|papers:\s*(\d+)$", re.IGNORECASE)
_SIGNS = re.compile(
    r"nep\.repec\.org|New Economics Papers|d\.repec\.org/n\?u=RePEc:", re.IGNORECASE
)
_SCORED = re.compile(r"^[ \t]*(By|Date|URL|Abstract):", re.MULTILINE)
_DATE = re.compile(r"(\d{4})(?:[-‐-―](\d{1,2}))?(?:[-‐-―](\d{1,2}))?(?!\d)")
_ARXIV = re.compile(r"RePEc:arx:papers:([^&\s]+)")
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_INSTITUTION = re.compile(r"\([^()]{0,400}\)?")
_PERSON = re.compile(r"[^;\n(]+(?:\([^()]{0,400}\)?)?")
_COMMA = re.compile(r" ?, ?")
_FOOTER = re.compile(r"This nep-|General information on the NEP project|NEP[’']s infrastructure")
_HEAD = 12  # lines of a page's header


class NepReport(Format):
    name: ClassVar[str] = "nep-report"
    label: ClassVar[str] = "RePEc NEP report"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        labels = _SCORED.findall(text)
        rows = min(labels.count("URL"), labels.count("Date"))
        if not _SIGNS.search(text) or not rows:
            return 0
        return min(80 + 5 * rows, 95)

    def read(self, text: str, context: Context) -> Found:
        source, lines = split_lines(text), visible_lines(text)
        reports = [*_reports(lines), len(lines)]
        starts = [
            start + place for start, end in pairwise(reports) for place in _starts(lines[start:end])
        ]
        first = starts[0] if starts else len(lines)
        found = Found()
        found.header, used = _header(lines[:first])
        _pass_over(found, [line for i, line in enumerate(lines[:first]) if i not in used])
        context.progress.start(context.progress.text, len(starts))
        for start, end in pairwise([*starts, len(lines)]):
            context.progress.advance()
            last = next(place for place in reports if place > start)  # of this row's report
            _read_row(found, lines[start : min(end, last)], source)
            _pass_over(found, lines[last:end])
        return found


def _reports(lines: Sequence[Line]) -> list[int]:
    """Where each of several reports begins that were pasted one after the other: at its own
    name or the head of its mail, after rows of the one before."""
    starts = [0]
    has_rows = False
    for i, line in enumerate(lines):
        is_mail = line.text.startswith("From: ") and any(
            _MAILED.match(following.text) for following in lines[i + 1 : i + 6]
        )
        if has_rows and (is_mail or _REPORT.match(line.text)):
            starts.append(i)
            has_rows = False
        has_rows |= _LABEL.match(line.text) is not None
    return starts


def _starts(lines: Sequence[Line]) -> list[int]:
    """The places of the titles: numbered one after the other, or right before "By:".

    The overview's numbers are given up where they begin again: no label stands among them. A
    number that does not follow the last title's is one of the abstract's own.
    """
    labelled = [_LABEL.match(line.text) is not None for line in lines]
    numbered: list[int] = []
    first = last = 0
    has_label = False
    for i, line in enumerate(lines):
        has_label |= labelled[i] and bool(numbered)
        match = _NUMBERED.match(line.text)
        if not match or labelled[i]:
            continue
        number = int(match[1])
        if not numbered or (number == first and not has_label):
            numbered, first, last = [i], number, number
        elif number == last + 1:
            numbered.append(i)
            last = number
    if has_label:
        return numbered
    before_names = (i for i in range(len(lines) - 1) if lines[i + 1].text.startswith("By:"))
    return [i for i in before_names if not labelled[i]]


def _header(lines: Sequence[Line]) -> tuple[Header, set[int]]:
    """What heads the page, and the places of the lines that say it."""
    name = subject = None
    papers = None
    used: set[int] = set()
    for i, line in enumerate(lines[:_HEAD]):
        if name is None and (match := _REPORT.search(line.text)):
            name = match[1]
            used.add(i)
        elif name and subject is None and (match := _SUBJECT.match(line.text)):
            subject = match[1]
            used.add(i)
        elif subject is None and i and lines[i - 1].text == "NEP: New Economics Papers":
            subject = line.text
            used.add(i)
    for i, line in enumerate(lines):
        if papers is None and (match := _COUNT.match(line.text)):
            papers = _number(match[1] or match[2])
            used |= {i} if papers is not None else set()
    return Header(name=name, subject=subject, papers=papers), used


def _number(word: str) -> int | None:
    """19 for `19` and `nineteen`, 23 for `twenty-three`."""
    word = word.casefold()
    if word.isdecimal() and word.isascii():
        return int(word)
    if word in _NUMBERS:
        return _NUMBERS.index(word) + 1
    tens, _, ones = word.partition("-")
    if tens in _TENS and (not ones or ones in _NUMBERS[:9]):
        return _TENS[tens] + (_NUMBERS.index(ones) + 1 if ones else 0)
    return None


def _pass_over(found: Found, lines: Sequence[Line]) -> None:
    found.passed_over += [Passage(line.number, line.text) for line in lines]


@dataclass(slots=True)
class _Parts:
    """The lines of a row by what they are."""

    title: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    abstract: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    last: int = 0  # place of the last line that is part of the row

    def lines_of(self, label: str) -> list[str]:
        """Where the lines of a labelled part go."""
        if label.startswith(("By", "Author")):
            return self.names
        return self.abstract if label == "Abstract" else self.values.setdefault(label, [])

    def value(self, label: str) -> str:
        return " ".join(self.values.get(label, ()))


def _read_row(found: Found, lines: list[Line], source: list[str]) -> None:
    parts = _lay_out(lines)
    _pass_over(found, lines[parts.last + 1 :])
    lines = lines[: parts.last + 1]
    title = latex.to_unicode(" ".join(parts.title), groups=False).strip(' "“”')
    if not title or not (parts.names or parts.abstract or parts.values):
        message = _("Nothing stands between this title and the next, or the end of the report.")
        found.problems.append(Problem(lines[0].number, lines[0].text, message))
        _pass_over(found, lines[1:])
        return
    creators, affiliations = _people(parts.names)
    date, is_whole = _date(parts.value("Date"))
    fields = _identifiers(parts.value("URL"))
    review = []
    if not creators:
        review.append(_("No authors were found."))
    if "Date" in parts.values and not date:
        review.append(_("The date of this row was not understood; it was left open."))
    elif not is_whole:
        review.append(_("There is no such day as this row gives; only its year was kept."))
    raw = raw_text(lines, source)
    if "\N{REPLACEMENT CHARACTER}" in raw:
        review.append(_("Some characters of this row could not be read."))
    found.rows.append(
        Row(
            entry=Entry(
                title=title,
                creators=creators,
                date=date,
                abstract=" ".join(parts.abstract),
                fields=fields,
            ),
            line=lines[0].number,
            raw_text=raw,
            year_given=True if date else None,
            affiliations=affiliations,
            review=tuple(review),
        )
    )


def _lay_out(lines: Sequence[Line]) -> _Parts:
    """Tell title, names, abstract and labelled values of a row apart."""
    parts = _Parts(title=[_NUMBERED.sub("", lines[0].text, count=1)])
    target, label = parts.title, ""
    after_labels = False
    for i, line in enumerate(lines[1:], 1):
        gap = line.number > lines[i - 1].number + 1
        match = _LABEL.match(line.text)
        if match:
            after_labels = True
            label, value = match[1], match[2]
            target = parts.lines_of(label)
            if value:
                target.append(value)
            parts.last = i
            continue
        if _RULE.match(line.text) or _FOOTER.match(line.text):
            break
        if not after_labels:
            # Title, names and abstract are parted by blank lines.
            if gap:
                target = parts.names if target is parts.title else parts.abstract
        elif gap and parts.abstract and target is not parts.abstract:
            break  # a footer
        elif gap or label in ("URL", "Date", "JEL"):
            if parts.abstract and target is not parts.abstract:
                break
            target, label = parts.abstract, "Abstract"  # one without a label
        target.append(line.text)
        parts.last = i
    return parts


def _people(lines: Sequence[str]) -> tuple[tuple[Creator, ...], tuple[str, ...]]:
    """The names and their institutions: of each line one, or as many as semicolons part."""
    text = "\n".join(lines)
    if ";" in _INSTITUTION.sub("", text):
        text = text.replace("\n", " ")
    creators: list[Creator] = []
    affiliations: list[str] = []
    for piece in _PERSON.findall(text):
        name, _mark, place = piece.partition("(")
        name = latex.to_unicode(_COMMA.sub(", ", " ".join(name.split())), groups=False)
        institution = " ".join(place.split()).removesuffix(")")
        if institution and institution not in affiliations:
            affiliations.append(institution)
        if any(char.isalpha() for char in name):
            creators.append(parse_name(name.strip(" ,;.-")))
    return tuple(creators), tuple(affiliations)


def _date(text: str) -> tuple[str, bool]:
    """The date, and whether it says all that the text does."""
    match = _DATE.match(text)
    if not match:
        return "", False
    year, *rest = (int(part) for part in match.groups() if part)
    whole = dates.iso(year, *rest)
    return whole or dates.iso(year), bool(whole)


def _identifiers(url: str) -> dict[str, str]:
    """What the address of a paper says of it: itself, its DOI, its arXiv id."""
    url = url.partition(" ")[0]
    if not url:
        return {}
    fields = {"url": url}
    if "doi.org/" in url and (doi := normal_doi(url)):
        fields = {"doi": doi}
    arxiv = _ARXIV.search(url)
    if arxiv and (found := normal_arxiv(arxiv[1])):
        fields |= {"eprint": found.id, "eprinttype": "arxiv"}
    return fields
