"""arXiv's feeds: answers of its search API in Atom, the day's announcements in RSS and Atom.

    feed = head {"<entry>" … "</entry>" | "<item>" … "</item>"}

Of an announcement the day is that of the announcement, not of the paper, whose month is in its
id. Each entry is read alone, so that a broken one harms no other.
"""

import re
from typing import Any, ClassVar

from refman.formats.format import Context, Format, Found, Passage, Problem, Row
from refman.formats.listings import author_list
from refman.formats.listings.arxiv_record import ArxivRecord, tex_text
from refman.formats.listings.author_list import AuthorList
from refman.formats.listings.page import split_lines
from refman.formats.xml import Record, records, text_of, texts_of
from refman.i18n import _
from refman.model.creator import parse_name
from refman.model.identifiers import normal_arxiv
from refman.model.text import squeeze

_ARXIV = re.compile(r"arxiv\.org/(?:abs|api)/|oai:arXiv\.org:|arxiv\.org/schemas/atom")
_ENTRY = re.compile(r"<(?:\w+:)?(entry|item)[\s>]")
_ANNOUNCED = re.compile(
    r"\s*arXiv:\S+ Announce Type: (?P<kind>[\w-]+)\s*(?:Abstract:\s*)?", re.IGNORECASE
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OAI = "oai:arXiv.org:"


class ArxivFeed(Format):
    name: ClassVar[str] = "arxiv-feed"
    label: ClassVar[str] = "arXiv feed (Atom, RSS)"
    extensions: ClassVar[tuple[str, ...]] = (".xml", ".atom", ".rss")

    def score(self, text: str) -> int:
        if "<OAI-PMH" in text or not _ENTRY.search(text):
            return 0
        return 90 if _ARXIV.search(text) else 0

    def read(self, text: str, context: Context) -> Found:
        found = Found()
        opening = _ENTRY.search(text)
        entries = list(records(text, opening[1])) if opening else []
        context.progress.start(context.progress.text, len(entries))
        for entry in entries:
            context.progress.advance()
            _read_entry(entry, found)
        found.passed_over = passed_over(text, entries)
        return found


def passed_over(text: str, entries: list[Record]) -> list[Passage]:
    """The lines of an XML file that are part of no record."""
    used: set[int] = set()
    for entry in entries:
        used.update(range(entry.line, entry.line + entry.source.count("\n") + 1))
    lines = enumerate(split_lines(text), 1)
    return [Passage(n, shown) for n, line in lines if n not in used and (shown := squeeze(line))]


def add(found: Found, entry: Record, record: ArxivRecord) -> None:
    """Add what was read of an XML record, with a doubt where its markup is broken."""
    if entry.is_broken:
        record.review.append(_("The markup of this row is broken or cut off."))
    row = record.row(entry.line, entry.source)
    if isinstance(row, Row):
        found.rows.append(row)
    else:
        found.problems.append(Problem(entry.line, entry.source, row))


def _read_entry(entry: Record, found: Found) -> None:
    element = entry.element
    if element is None:
        message = _("The markup of this row is broken: nothing can be read of it.")
        found.problems.append(Problem(entry.line, entry.source, message))
        return
    record = ArxivRecord(title=text_of(element, "title"))
    address = text_of(element, "id") or text_of(element, "guid")
    if not normal_arxiv(address.removeprefix(_OAI)):
        address = text_of(element, "link")
    record.id = address.removeprefix(_OAI)
    record.abstract = text_of(element, "summary") or text_of(element, "description")
    announced = _ANNOUNCED.match(record.abstract)
    if announced:
        record.abstract = record.abstract[announced.end() :]
    elif not record.id and record.title == "Error":
        message = _("The feed says: {text}").format(text=record.abstract)
        found.problems.append(Problem(entry.line, entry.source, message))
        return
    elif day := _DAY.match(text_of(element, "published")):
        record.date = day[0]
    record.names = _names(element)
    record.categories = _categories(element)
    record.comments = text_of(element, "{arxiv}comment")
    record.journal_ref = text_of(element, "{arxiv}journal_ref") or text_of(
        element, "{arxiv}journal_reference"
    )
    record.doi = text_of(element, "{arxiv}doi") or text_of(element, "{arxiv}DOI")
    add(found, entry, record)


def _names(element: Any) -> AuthorList:
    people = element.findall("author")
    if not people:
        return author_list.read(tex_text(", ".join(texts_of(element, "{dc}creator"))))
    names = [tex_text(text_of(person, "name")) for person in people]
    affiliations = [tex_text(said) for p in people for said in texts_of(p, "{arxiv}affiliation")]
    creators = tuple(parse_name(name) for name in names if name)
    return AuthorList(creators, truncated=False, affiliations=tuple(dict.fromkeys(affiliations)))


def _categories(element: Any) -> list[str]:
    found = [each.get("term") or squeeze(each.text or "") for each in element.iterfind("category")]
    primary = element.find("{arxiv}primary_category")
    first = primary.get("term") if primary is not None else None
    return [first, *found] if first else found
