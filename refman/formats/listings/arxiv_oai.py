"""Records of arXiv from its OAI-PMH interface, in each of its forms: oai_dc, arXiv, arXivRaw and
arXivOld.

    file   = head {"<record>" header "<metadata>" metadata "</metadata>" "</record>"} [token]

Each record is read alone, so that a broken one harms no other. One that is deleted has no metadata
and is passed over.
"""

import re
from typing import Any, ClassVar

from refman.formats.format import Context, Format, Found, Problem
from refman.formats.listings.arxiv_feed import add, passed_over
from refman.formats.listings.arxiv_record import ArxivRecord, day_in, tex_text
from refman.formats.listings.author_list import AuthorList
from refman.formats.xml import Record, records, text_of, texts_of
from refman.i18n import _
from refman.model.creator import SUFFIXES, Creator, parse_name
from refman.model.identifiers import normal_arxiv

_RECORD = re.compile(r"<(?:\w+:)?record[\s>]")
_ARXIV = re.compile(r"oai:arXiv\.org:|arxiv\.org/OAI/", re.IGNORECASE)
_COMMENT = re.compile(r"Comments?:\s*", re.IGNORECASE)
_OAI = "oai:arXiv.org:"


class ArxivOai(Format):
    name: ClassVar[str] = "arxiv-oai"
    label: ClassVar[str] = "arXiv OAI records"
    extensions: ClassVar[tuple[str, ...]] = (".xml",)

    def score(self, text: str) -> int:
        return 95 if _RECORD.search(text) and _ARXIV.search(text) else 0

    def read(self, text: str, context: Context) -> Found:
        found = Found()
        entries = list(records(text, "record"))
        context.progress.start(context.progress.text, len(entries))
        there = [entry for entry in entries if not _is_deleted(entry)]
        for entry in there:
            context.progress.advance()
            _read_record(entry, found)
        found.passed_over = passed_over(text, there)
        return found


def _is_deleted(entry: Record) -> bool:
    header = entry.element.find("header") if entry.element is not None else None
    return header is not None and header.get("status") == "deleted"


def _read_record(entry: Record, found: Found) -> None:
    element = entry.element
    metadata = element.find("metadata") if element is not None else None
    if metadata is None or not len(metadata):
        message = _("There is no metadata in this record.")
        found.problems.append(Problem(entry.line, entry.source, message))
        return
    inner = metadata[0]
    record = _dublin_core(inner) if inner.tag.endswith("}dc") else _own(inner)
    if not record.id:
        record.id = text_of(element, "header/identifier").removeprefix(_OAI)
    add(found, entry, record)


def _own(metadata: Any) -> ArxivRecord:
    """A record in one of arXiv's own forms, which differ in how they say names and dates."""
    record = ArxivRecord(
        id=text_of(metadata, "id"),
        title=text_of(metadata, "title"),
        abstract=text_of(metadata, "abstract"),
        categories=text_of(metadata, "categories").split(),
        comments=text_of(metadata, "comments"),
        journal_ref=text_of(metadata, "journal-ref"),
        doi=text_of(metadata, "doi"),
        report_no=text_of(metadata, "report-no"),
        date=text_of(metadata, "created") or day_in(text_of(metadata, "version/date")),
    )
    people = metadata.findall("authors/author")
    if people:
        record.names = _people(people)
    else:
        record.authors = text_of(metadata, "authors")
    return record


def _people(people: list[Any]) -> AuthorList:
    creators = []
    affiliations: dict[str, None] = {}
    for person in people:
        family, given, suffix = (
            tex_text(text_of(person, part)) for part in ("keyname", "forenames", "suffix")
        )
        creators.append(_creator(family, given, suffix))
        said = map(tex_text, texts_of(person, "affiliation"))
        affiliations.update(dict.fromkeys(said))
    named = tuple(creator for creator in creators if creator.full_name)
    return AuthorList(named, truncated=False, affiliations=tuple(affiliations))


def _creator(family: str, given: str, suffix: str) -> Creator:
    if not given:
        return parse_name(family)
    if family.rpartition(" ")[2].casefold() in SUFFIXES and not suffix:
        family, _blank, suffix = family.rpartition(" ")
    name = parse_name(f"{family.replace(',', ' ')}, {given.replace(',', ' ')}")
    return name if not suffix else Creator(
        name.family, name.given, name.dropping_particle, name.non_dropping_particle, suffix
    )  # fmt: skip


def _dublin_core(metadata: Any) -> ArxivRecord:
    record = ArxivRecord(title=text_of(metadata, "{dc}title"), date=text_of(metadata, "{dc}date"))
    said = texts_of(metadata, "{dc}description")
    record.abstract = said[0] if said and not _COMMENT.match(said[0]) else ""
    comments = said[1:] if record.abstract else said
    record.comments = "; ".join(_COMMENT.sub("", comment, count=1) for comment in comments)
    for identifier in texts_of(metadata, "{dc}identifier"):
        if normal_arxiv(identifier):
            record.id = identifier
        elif identifier.startswith("doi:"):
            record.doi = identifier
        else:
            record.journal_ref = identifier
    names = [name.partition(",") for name in map(tex_text, texts_of(metadata, "{dc}creator"))]
    creators = tuple(_creator(family, given.strip(), "") for family, _comma, given in names)
    record.names = AuthorList(creators, truncated=False, affiliations=())
    return record
