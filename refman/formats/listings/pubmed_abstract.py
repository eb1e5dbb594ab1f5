"""PubMed's export "Abstract (text)": numbered records in paragraphs.

    page   = {row}
    row    = number ". " citation, title, [names], {note}, {abstract}, {note}, identifiers, {note}
    identifiers = ["DOI: " …] ["PMCID: " …] "PMID: " number ["[Indexed for MEDLINE]"]

A blank line ends each part; lines are wrapped at any blank. Notes begin with words of their
own ("Author information:", "Comment in", "Copyright", "Conflict of interest statement:").
Names and citation are those of `nlm`.
"""

import re
from itertools import pairwise
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Passage, Problem, Row
from refman.formats.listings import nlm
from refman.formats.listings.page import Line, raw_text, split_lines, visible_lines
from refman.i18n import _
from refman.model.entry import Entry

_START = re.compile(r"\d{1,6}\. (?=\S)")
_SCORED = re.compile(r"^\d{1,6}\. \S[^\n]{1,200}?\. \d{4}(?=[ ;:.\n])", re.MULTILINE)
_PMID = re.compile(r"^PMID: \d", re.MULTILINE)
_IDENTIFIERS = re.compile(r"(?:DOI|PMCID|PMID): ?\S")
_NOTE = re.compile(
    r"""
      (?:author\ information|collaborators?|conflicts?\ of\ interest(?:\ statement)?)\ ?:
    | (?:comment|erratum|expression\ of\ concern|retraction|retracted\ and\ republished|republished
       |corrected\ and\ republished|summary\ for\ patients|update|original\ report)
      \ (?:in|of|on|from)\b
    | (?:copyright|©|published\ by|this\ article\ is\ protected)
    | \[(?:article|indexed)\b.*\]$ | \[no\ author
    """,
    re.VERBOSE | re.IGNORECASE,
)


class PubMedAbstract(Format):
    name: ClassVar[str] = "pubmed-abstract"
    label: ClassVar[str] = "PubMed abstracts"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        rows = min(len(_SCORED.findall(text)), len(_PMID.findall(text)))
        return min(80 + 5 * rows, 95) if rows else 0

    def read(self, text: str, context: Context) -> Found:
        source, paragraphs = split_lines(text), _paragraphs(visible_lines(text))
        found = Found()
        starts = [i for i, lines in enumerate(paragraphs) if _opens_row(lines)]
        first = starts[0] if starts else len(paragraphs)
        _pass_over(found, paragraphs[:first])
        context.progress.start(context.progress.text, len(starts))
        for start, end in pairwise([*starts, len(paragraphs)]):
            context.progress.advance()
            _read_row(found, paragraphs[start:end], source)
        return found


def _paragraphs(lines: list[Line]) -> list[list[Line]]:
    found: list[list[Line]] = []
    for line in lines:
        if found and line.number == found[-1][-1].number + 1:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _opens_row(lines: list[Line]) -> bool:
    if not _START.match(lines[0].text):
        return False
    head = nlm.joined([line.text for line in lines[:4]])
    return nlm.citation(_START.sub("", head, count=1)) is not None


def _pass_over(found: Found, paragraphs: list[list[Line]]) -> None:
    lines = (line for paragraph in paragraphs for line in paragraph)
    found.passed_over += [Passage(line.number, line.text) for line in lines]


def _read_row(found: Found, paragraphs: list[list[Line]], source: list[str]) -> None:
    texts = [nlm.joined([line.text for line in lines]) for lines in paragraphs]
    ends = [i for i, text in enumerate(texts) if i and _IDENTIFIERS.match(text)]
    last = ends[0] if ends else len(texts) - 1
    while last + 1 < len(texts) and _NOTE.match(texts[last + 1]):
        last += 1
    _pass_over(found, paragraphs[last + 1 :])
    parts = [text for text in texts[1 : last + 1] if not _NOTE.match(text)]
    parts = [text for text in parts if not _IDENTIFIERS.match(text)]
    head = _START.sub("", texts[0], count=1)
    date, fields = nlm.citation(head) or ("", {})
    if not parts:
        message = _("Neither a title nor authors stand after this row's journal and date.")
        found.problems.append(Problem(paragraphs[0][0].number, paragraphs[0][0].text, message))
        _pass_over(found, paragraphs[1 : last + 1])
        return
    identifiers = nlm.identifiers(" ".join(texts[i] for i in ends[:1]))
    fields |= {**nlm.identifiers(head), **identifiers}
    people = next((p for text in parts[1:3] if (p := nlm.names(text))), None)
    if people:
        parts = [text for text in parts if nlm.names(text) != people]
    lines = [line for paragraph in paragraphs[: last + 1] for line in paragraph]
    raw = raw_text(lines, source)
    creators, truncated = people or ((), False)
    found.rows.append(
        Row(
            entry=Entry(
                entry_type="article",
                title=nlm.title(parts[0]) if parts else "",
                creators=creators,
                creators_truncated=truncated,
                date=date,
                abstract=" ".join(parts[1:]),
                fields=fields,
            ),
            line=lines[0].number,
            raw_text=raw,
            year_given=True if date else None,
            review=tuple(_doubts(bool(creators), "pmid" in fields, raw)),
        )
    )


def _doubts(has_creators: bool, has_id: bool, raw: str) -> list[str]:
    found = []
    if not has_creators:
        found.append(_("No authors were found."))
    if not has_id:
        found.append(_("This row has no PubMed id; it may be cut off."))
    if "\N{REPLACEMENT CHARACTER}" in raw:
        found.append(_("Some characters of this row could not be read."))
    return found
