"""DBLP's XML: a person's records, a record, a table of contents, the answer of its search API.

    file   = head {record | hit}
    record = "<" type " key=…>" {author | editor} title {field} "</" type ">"
    hit    = "<hit …><info>" [authors] title [venue] {field} "</info></hit>"

The types are BibTeX's. Each record is read alone, so that a broken one harms no other; the
entries of people themselves (`www`, `person`) are passed over.
"""

import re
from typing import Any, ClassVar

from refman.formats.format import Context, Format, Found, Header, Passage, Problem, Row
from refman.formats.listings.dblp_record import DblpRecord, plain_name
from refman.formats.listings.page import split_lines
from refman.formats.xml import Record, records, text_of, texts_of
from refman.i18n import _
from refman.model import dates
from refman.model.text import squeeze

_TYPES = "article|inproceedings|proceedings|book|incollection|phdthesis|mastersthesis|data"
_HIT = re.compile(r"<hit\s[^<>]*>\s*<info\b")
_RECORD = re.compile(rf"<(?:{_TYPES})\s[^<>]*?\bkey\s*=")
_SIGNS = re.compile(r"<(?:dblp|dblpperson|bht)[\s>]|https?://dblp\.\S+/rec/")
_PERSON = re.compile(r"<dblpperson\s[^<>]*>")
_ATTRIBUTE = re.compile(r"\b(name|n)=\"([^\"]*)\"")
_KINDS = {
    "Journal Articles": "article",
    "Conference and Workshop Papers": "inproceedings",
    "Parts in Books or Collections": "incollection",
    "Books and Theses": "book",
    "Editorship": "proceedings",
    "Reference Works": "inreference",
    "Data and Artifacts": "dataset",
}
_DOI = re.compile(r"//(?:dx\.)?doi\.[a-z.]+/10\.")
_FIELDS = ("volume", "number", "pages", "publisher", "series", "isbn")


class DblpXml(Format):
    name: ClassVar[str] = "dblp-xml"
    label: ClassVar[str] = "DBLP XML"
    extensions: ClassVar[tuple[str, ...]] = (".xml",)

    def score(self, text: str) -> int:
        if not _SIGNS.search(text):
            return 0
        return 95 if _HIT.search(text) or _RECORD.search(text) else 0

    def read(self, text: str, context: Context) -> Found:
        found = Found(header=_header(text))
        is_answer = bool(_HIT.search(text))
        entries = list(records(text, "hit" if is_answer else f"(?:{_TYPES})"))
        context.progress.start(context.progress.text, len(entries))
        used: set[int] = set()
        for entry in entries:
            context.progress.advance()
            used.update(range(entry.line, entry.line + entry.source.count("\n") + 1))
            _read_entry(entry, found)
        lines = enumerate(map(squeeze, split_lines(text)), 1)
        found.passed_over = [Passage(n, line) for n, line in lines if line and n not in used]
        return found


def _header(text: str) -> Header:
    """Whose records they are, and how many there are."""
    person = _PERSON.search(text[:4096])
    said = dict(_ATTRIBUTE.findall(person[0])) if person else {}
    name, count = plain_name(said.get("name", "")), said.get("n", "")
    return Header(
        name=name or None, papers=int(count) if count.isdecimal() and len(count) < 7 else None
    )


def _read_entry(entry: Record, found: Found) -> None:
    element = entry.element
    if element is None:
        message = _("The markup of this row cannot be read.")
        found.problems.append(Problem(entry.line, entry.source, message))
        return
    info = element.find("info") if element.tag == "hit" else None
    record = _of_record(element) if info is None else _of_hit(info)
    if entry.is_broken:
        record.review.append(_("The markup of this row is broken."))
    row = record.row(entry.line, entry.source)
    if isinstance(row, Row):
        found.rows.append(row)
    else:
        found.problems.append(Problem(entry.line, entry.source, row))


def _of_record(element: Any) -> DblpRecord:
    kind = "dataset" if element.tag == "data" else str(element.tag)
    record = DblpRecord(
        kind="informal" if "informal" in (element.get("publtype") or "") else kind,
        names=texts_of(element, "author"),
        editors=texts_of(element, "editor"),
        title=text_of(element, "title"),
        venue=text_of(element, "journal"),
        date=_date(text_of(element, "year"), text_of(element, "month")),
    )
    record.is_journal = bool(record.venue)
    if not record.venue and kind != "proceedings":  # of proceedings it is but their short name
        record.venue = text_of(element, "booktitle")
    record.fields = {name: text_of(element, name) for name in _FIELDS}
    record.fields["institution"] = text_of(element, "school")
    _add_links(record, texts_of(element, "ee"))
    return record


def _of_hit(info: Any) -> DblpRecord:
    kind = text_of(info, "type")
    record = DblpRecord(
        kind=_KINDS.get(kind, "informal"),
        names=texts_of(info, "authors/author"),
        title=text_of(info, "title"),
        venue=text_of(info, "venue"),
        date=_date(text_of(info, "year"), ""),
    )
    record.fields = {name: text_of(info, name) for name in (*_FIELDS, "doi")}
    record.is_journal = record.kind == "article" or (
        record.kind == "informal" and bool(record.fields["volume"] or record.venue == "CoRR")
    )
    if record.kind == "proceedings":
        record.editors, record.names = record.names, []
        record.venue = ""
    _add_links(record, texts_of(info, "ee"))
    return record


def _add_links(record: DblpRecord, links: list[str]) -> None:
    """The DOI among the electronic editions, and the first that is none."""
    for link in links:
        name = "doi" if _DOI.search(link) else "url"
        if not record.fields.get(name):
            record.fields[name] = link


def _date(year: str, month: str) -> str:
    """Partial ISO; of several months the first."""
    if not (len(year) == 4 and year.isdecimal() and year.isascii()):
        return ""
    return dates.iso(int(year), dates.month_number(re.split(r"[/\s-]", month)[0]))
