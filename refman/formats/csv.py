"""Tables as CSV: a line of column names, a line for each paper.

    file = names {cells}                 (comma, semicolon or tab between, quotes as RFC 4180)

Read by their names are the columns of this program and of BibLaTeX (`title`, `journaltitle`), of
Zotero's export (`Publication Title`, `Manual Tags`), JabRef's (`BibliographyType`, `Annote`),
Mendeley's and Paperpile's (`Citation Key`, `Item type`), and of Scopus, IEEE Xplore, PubMed and
Web of Science (`Source title`, `Author Keywords`); any other column is a field of its own name.
Written are the columns that have a value, under the names of BibLaTeX, `entrytype` and
`citationkey` first; names (`Family, Given`) and tags have semicolons between. What cells cannot
say stands in the column `refman`: nothing but the TeX source of a field is lost.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, ClassVar, NamedTuple

from refman.formats.csv_columns import (
    ARXIV,
    ATTACHED,
    CONTAINER,
    END,
    EXTRA,
    FULL,
    INSTITUTION,
    KEY,
    KIND,
    LINKED,
    NOT_LETTER,
    NOTES,
    NOTHING,
    NUMBERED,
    REST,
    START,
    TELLING,
    TYPES,
    YEAR,
    place_of,
)
from refman.formats.extra import with_extra
from refman.formats.format import Context, FileLink, Format, Found, Problem, Row
from refman.formats.loose_dates import read_date
from refman.formats.plain_names import read_names, write_names
from refman.formats.rich_text import from_html, to_markdown
from refman.formats.ris_fields import file_link
from refman.formats.round_trip import rest_of, restored, without_ids
from refman.formats.zotero_items import TYPES as ZOTERO_TYPES
from refman.i18n import _
from refman.model.citation_key import legal
from refman.model.creator import ROLES, Creator
from refman.model.entry import Entry
from refman.model.entry_types import ENTRY_TYPES, biblatex_type
from refman.model.fields import ATTRIBUTES, order_of
from refman.model.identifiers import normal_doi
from refman.model.text import squeeze, visible

_DELIMITERS = ",;\t"
_MOST_LINES = 5000  # that a quoted cell may go over
_EXCERPT = 2000  # characters of a line that a problem shows
_RANGE = re.compile(r"(?<=\d)\s*(?:--?|–)\s*(?=\d)")
_IN_BOOKS = frozenset(("inproceedings", "incollection", "inbook", "inreference"))


class _Record(NamedTuple):
    """One line of the table: where it begins, its text and cells; None where it is broken."""

    line: int
    source: str
    cells: list[str] | None


class Csv(Format):
    name: ClassVar[str] = "csv"
    label: ClassVar[str] = "CSV"
    extensions: ClassVar[tuple[str, ...]] = (".csv", ".tsv")
    writes: ClassVar[bool] = True

    def score(self, text: str) -> int:
        found = _header(text.lstrip("\ufeff\n"))
        if found is None:
            return 0
        delimiter, columns = found
        known = {place for place in columns if place in TELLING}
        if "title" not in known or len(known) < 3 or len(known) * 4 < len(columns):
            return 0
        # Tables copied from a page have tabs, too, and are read as references.
        is_export = len(known) > 5 or KIND in known or KEY in known
        return 80 if delimiter != "\t" or is_export else 0

    def read(self, text: str, context: Context) -> Found:
        return _read(text.replace("\r\n", "\n").replace("\r", "\n"), context)

    def write(self, entries: Iterable[Entry], options: Mapping[str, Any]) -> Iterator[str]:
        rows = [_cells(entry) for entry in entries]
        names = sorted({name for row in rows for name in row}, key=_column_order)
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        for cells in (
            [*names] if names else ["title"],
            *([r.get(n, "") for n in names] for r in rows),
        ):
            writer.writerow(cells)
            yield file.getvalue()
            file.seek(0)
            file.truncate()


# ---------------------------------------------------------------------------------- writing


def _column_order(name: str) -> tuple[int, tuple[int, str]]:
    first = (KIND, KEY)
    if name in first:
        return first.index(name), (0, "")
    return (3 if name == REST else 2), order_of(name)


def _cells(entry: Entry) -> dict[str, str]:
    """The cells of an entry that have a value, by the names of their columns."""
    cells = {KIND: entry.entry_type, KEY: entry.citation_key, "title": entry.title}
    for role in ROLES:
        cells[role] = write_names(entry.by_role(role), "; ")
    cells |= {"date": entry.date, "abstract": entry.abstract}
    cells["keywords"] = "; ".join(entry.keywords)
    for name, value in entry.fields.items():
        if name not in ATTRIBUTES and place_of(name) in (name, f"={name}"):
            cells[name] = value
    cells = {name: text for name, value in cells.items() if (text := _clean(value))}
    values: dict[str, str] = {}
    for name, value in cells.items():
        _put(values, place_of(name), value)
    rest = rest_of(entry, _entry(values)[0])
    if rest:
        cells[REST] = json.dumps(rest, sort_keys=True)
    return cells


def _clean(value: str) -> str:
    """A value as every program reads it from a cell."""
    return visible(value.replace("\r\n", "\n").replace("\r", "\n")).strip()


# ---------------------------------------------------------------------------------- reading


def _header(text: str) -> tuple[str, list[str]] | None:
    """The delimiter of a table, and what its columns are; None without a line of names."""
    first = text.split("\n", 1)[0]
    if not first.strip() or len(first) > 20_000:
        return None
    best: tuple[int, str, list[str]] = (0, "", [])
    for delimiter in _DELIMITERS:
        if delimiter in first:
            names = _split(first, delimiter)
            places = [place_of(name) for name in names or ()]
            known = len({place for place in places if place in TELLING})
            best = max(best, (known, delimiter, places), key=lambda each: each[0])
    return (best[1], best[2]) if best[0] else None


def _split(line: str, delimiter: str, *, strict: bool = False) -> list[str] | None:
    """The cells of one record; None where it is none, or more than one."""
    try:
        lines = io.StringIO(line, newline="")
        found = list(csv.reader(lines, delimiter=delimiter, strict=strict))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None


def _read(text: str, context: Context) -> Found:
    csv.field_size_limit(2**31 - 1)
    found = Found()
    text = text.removeprefix("\ufeff")
    if text[:4].casefold() == "sep=":  # as Excel takes it
        text = "\n" + text.partition("\n")[2]
    begin = len(text) - len(text.lstrip("\n"))
    header = _header(text[begin:])
    if header is None:
        return found
    delimiter, places = header
    context.progress.start(_("Reading CSV"), len(text))
    for record in _records(text, delimiter, len(places), text.count("\n", 0, begin) + 1):
        context.progress.advance(len(record.source) + 1)
        if record.cells is None:
            message = _("A quotation mark in this line is never closed, or stands in a cell alone.")
            found.problems.append(Problem(record.line, record.source[:_EXCERPT], message))
        elif any(cell.strip() for cell in record.cells):
            _read_row(found, record, places)
    return found


def _records(text: str, delimiter: str, width: int, first: int) -> Iterator[_Record]:
    """The records after the line of names; a cell in quotes may go over lines."""
    lines = text.split("\n")
    i = first
    while i < len(lines):
        end = i + 1
        quotes = lines[i].count('"')
        while quotes % 2 and end < len(lines) and end - i < _MOST_LINES:
            quotes += lines[end].count('"')
            end += 1
        source = "\n".join(lines[i:end])
        cells = _split(source, delimiter) if quotes % 2 == 0 else None
        if cells is None or (end > i + 1 and len(cells) > width):
            # A quotation mark that stands for itself: this line alone may still be read.
            end, source = i + 1, lines[i]
            cells = _split(source, delimiter, strict=True)
            cells = cells if cells is not None and len(cells) == width else None
        if source.strip():
            yield _Record(i + 1, source, cells)
        i = end


def _read_row(found: Found, record: _Record, places: Sequence[str]) -> None:
    cells = record.cells or []
    values: dict[str, str] = {}
    review: list[str] = []
    if len(cells) > len(places) and any(cell.strip() for cell in cells[len(places) :]):
        review.append(_("This line has more cells than there are columns."))
    for place, cell in zip_longest(places, cells[: max(len(places), len(cells))], fillvalue=""):
        _put(values, place or "cell", cell)
    notes = tuple(filter(None, map(to_markdown, values.pop(NOTES, "").split("\n\0"))))
    attachments = (*_files(values.pop(ATTACHED, "")), *_files(values.pop(LINKED, "")))
    collections = [squeeze(part) for part in re.split(r"[;\n]", values.pop("=collections", ""))]
    entry, aliases = _entry(values)
    if not entry.title and not entry.creators and not entry.abstract:
        message = _("This line has no title, no authors and no abstract.")
        found.problems.append(Problem(record.line, record.source[:_EXCERPT], message))
        return
    if not entry.title:
        review.append(_("No title was found."))
    found.rows.append(
        Row(
            entry=entry,
            line=record.line,
            raw_text=record.source,
            year_given=True if entry.date else None,
            review=tuple(review),
            notes=notes,
            attachments=attachments,
            collections=tuple(dict.fromkeys(filter(None, collections))),
            aliases=aliases,
        )
    )


def _put(values: dict[str, str], place: str, cell: str) -> None:
    """Put a cell where it belongs; of two columns for one thing both are kept."""
    cell = visible(cell).strip()
    if not cell or place == NOTHING:
        return
    if place not in values:
        values[place] = cell
    elif place in ("keywords", ATTACHED, LINKED):
        values[place] += f"; {cell}"
    elif place == NOTES:
        values[place] += f"\n\0{cell}"
    elif place == "author":  # the fuller names of two columns
        values[place] = max(values[place], cell, key=len)
    elif values[place] != cell and not place.startswith("="):
        count = 2
        while f"{place}-{count}" in values:
            count += 1
        values[f"{place}-{count}"] = cell


def _files(text: str) -> Iterator[FileLink]:
    for part in re.split(r";\s*|\n", text):
        if part.strip():
            yield file_link(part.strip())


def _entry(values: dict[str, str]) -> tuple[Entry, tuple[str, ...]]:
    """The entry of a line's values, and its other citation keys."""
    kind, implied = _kind(values)
    rest, extra = values.pop(REST, ""), values.pop(EXTRA, "")
    creators: list[Creator] = []
    truncated = False
    for role in ROLES:
        names, more = read_names(values.pop(role, ""), role, initialed=True)
        creators += names
        truncated = truncated or more
    key = legal(values.pop(KEY, ""))
    title = from_html(squeeze(values.pop("title", "")))
    abstract = values.pop("abstract", "")
    keywords = tuple(
        dict.fromkeys(w for each in _words(values.pop("keywords", "")) if (w := squeeze(each)))
    )
    date = _date(values)
    _settle(values, kind)
    if implied:
        values.setdefault("type", implied)
    fields = {name: value for name, value in values.items() if value and name not in ATTRIBUTES}
    entry = Entry(
        entry_type=kind,
        citation_key=key,
        title=title,
        creators=tuple(creators),
        creators_truncated=truncated,
        date=date,
        abstract=abstract,
        fields=fields,
        keywords=keywords,
    )
    entry, aliases = with_extra(entry, extra) if extra else (entry, ())
    if rest:
        try:
            entry = restored(entry, json.loads(rest))
        except (ValueError, RecursionError):
            entry = entry.with_values(fields={**entry.fields, "refman": rest})
    entry, keys = without_ids(entry)
    return entry, tuple(dict.fromkeys((*aliases, *keys)))


def _kind(values: dict[str, str]) -> tuple[str, str]:
    """The type, and the field `type` that its name implies. Without a word it is guessed."""
    said = values.pop(KIND, "").strip()
    if said in ZOTERO_TYPES:
        kind, name, value = ZOTERO_TYPES[said]
        if name:
            values.setdefault(name, value)
        return kind, ""
    if said.isascii() and said.isdigit() and int(said[:4]) < len(NUMBERED):
        return NUMBERED[int(said[:4])], ""
    kind, implied = biblatex_type(said)
    if kind in ENTRY_TYPES:
        return kind, implied
    plain = NOT_LETTER.sub("", said.casefold())
    if plain in TYPES:
        return TYPES[plain], ""
    if said:
        return re.sub(r"[\s,={}\"#%]+", "-", said.lower()), ""
    if values.get("booktitle"):
        return "inproceedings", ""
    return ("article", "") if values.get("journaltitle") or values.get(CONTAINER) else ("misc", "")


def _words(text: str) -> list[str]:
    if ";" in text or "\n" in text:
        return re.split(r"[;\n]", text)
    return text.split(",") if text.count(",") > 1 else [text]


def _date(values: dict[str, str]) -> str:
    """The date, or the year where that is all that is said; what is none stays a field."""
    said, year, month = values.pop("date", ""), values.pop(YEAR, ""), values.get("month", "")
    date = read_date(said)
    if not date and year and month:
        date = read_date(f"{year}/{month}") if month.isdigit() else read_date(f"{month} {year}")
        if date:
            values.pop("month")
    date = date or read_date(year)
    if not date and (said or year):
        values["year"] = said or year
    return date


def _settle(values: dict[str, str], kind: str) -> None:
    """What depends on the type, or on two columns together."""
    container = values.pop(CONTAINER, "")
    if container:
        name = "booktitle" if kind in _IN_BOOKS else "titleaddon" if kind == "online" else ""
        name = name or ("series" if kind == "book" else "journaltitle")
        values.setdefault(name, from_html(squeeze(container)))
    if full := values.pop(FULL, ""):
        short = values.get("journaltitle", "")
        if short and short != full:
            values.setdefault("shortjournal", short)
        values["journaltitle"] = full
    institution = values.pop(INSTITUTION, "")
    if kind in ("thesis", "report") and not (institution or values.get("institution")):
        institution = values.pop("publisher", "")
    if institution:
        values.setdefault("institution", institution)
    if values.get("eid", "").startswith("2-s2.0-"):
        values["scopus"] = values.pop("eid")
    start, end = values.pop(START, ""), values.pop(END, "")
    if start and "pages" not in values:
        values["pages"] = f"{start}–{end}" if end and end != start else start
    elif values.get("pages"):
        values["pages"] = _RANGE.sub("–", values["pages"])
    if arxiv := values.pop(ARXIV, ""):
        values.setdefault("eprint", arxiv.removeprefix("arXiv:"))
        values.setdefault("eprinttype", "arxiv")
    if doi := values.get("doi"):
        values["doi"] = normal_doi(doi) or doi
    if visited := values.get("urldate"):
        values["urldate"] = read_date(visited) or visited
