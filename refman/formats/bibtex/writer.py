"""Entries to BibTeX and BibLaTeX.

The same entries give the same bytes. A field stands on lines of its own and its last comma is
always there, so that a changed field changes one line. bibtexparser's writer is not used: to
build its blocks takes longer than to write the text.

What BibTeX has no field for stands under its BibLaTeX name, of which bibtex takes no notice;
reading gives all of it back but this: that a particle drops (`d'Alembert`), that a name of one
part is a family name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from refman.formats.bibtex import types
from refman.formats.bibtex.commands import in_commands
from refman.formats.bibtex.converting import read_date_source
from refman.formats.bibtex.dates import from_date
from refman.formats.bibtex.journals import short_name
from refman.formats.bibtex.names import can_be_read, write_names
from refman.formats.bibtex.spelling import (
    can_stand,
    clean,
    is_verbatim,
    keywords,
    line,
    spelt,
)
from refman.formats.bibtex.style import (
    ANNOTE,
    BIBLATEX,
    BOTH,
    DOI,
    KEEP,
    MACRO,
    NUMBER,
    Style,
)
from refman.formats.bibtex.values import MONTHS
from refman.model import citation_key, dates
from refman.model.creator import ROLES, Creator
from refman.model.entry import Entry
from refman.model.fields import ATTRIBUTES, FIELDS, bibtex_name
from refman.model.identifiers import normal_arxiv

NO_NOTES: Mapping[str, str] = MappingProxyType({})

_NOT_IN_KEY = re.compile(r"[\s,{}]")
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/(10\..+)", re.IGNORECASE)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_DATES = frozenset(("year", "month", "day", "date"))
_COLUMN = max(map(len, ("archiveprefix", "journaltitle", "organization")))  # of an aligned `=`
_THESES = frozenset(("phdthesis", "mastersthesis"))


def write(
    entries: Iterable[Entry], style: Style, notes: Mapping[str, str] = NO_NOTES
) -> Iterator[str]:
    """The text of `entries`, a piece for each, an empty line between them; in BibTeX `arranged`.

    An entry without a key gets the one that the pattern gives; a key that was written
    already, whatever its case, gets a letter: bibtex takes no key twice. `notes` are those of
    an entry by its citation key, for a style that writes them.
    """
    written: set[str] = set()
    for entry in entries if style.dialect == BIBLATEX else arranged(entries):
        key = _key(entry)
        if key.casefold() in written:
            key = citation_key.disambiguate(key, lambda one: one.casefold() in written)
        text = _rendered(entry, key, style, notes.get(entry.citation_key, ""))
        yield "\n" + text if written else text
        written.add(key.casefold())


def arranged(entries: Iterable[Entry]) -> list[Entry]:
    """The entries in their order, but those that a `crossref` names last: bibtex finds the parent
    of an entry only behind it."""
    ordered = list(entries)
    parents = {
        entry.citation_key.lower(): parent.lower()
        for entry in ordered
        if (parent := entry.fields.get("crossref", ""))
    }
    depths: dict[str, int] = {}
    for key in parents:
        above, depth, seen = parents.get(key), 1, {key}
        while above is not None and above not in seen:  # a circle has no end
            seen.add(above)
            depths[above] = max(depth, depths.get(above, 0))
            above, depth = parents.get(above), depth + 1
    if not depths:
        return ordered
    return sorted(ordered, key=lambda entry: depths.get(entry.citation_key.lower(), 0))


def render(entry: Entry, style: Style, note: str = "") -> str:
    """One entry, which depends on nothing but what is given here.

    `note`, the user's, is written if the style says so.
    """
    return _rendered(entry, _key(entry), style, note)


def _rendered(entry: Entry, key: str, style: Style, note: str) -> str:
    dated = _kept_dates(entry, style)
    kind, values = _values(entry, style, note, dated)
    fields: dict[str, str] = {}
    is_arxiv = _is_arxiv(values)
    for name in style.chosen(values):
        text = dated.get(name) or _text(entry, name, values[name], style)
        if text:
            name = _name(name, kind, style.dialect, is_arxiv=is_arxiv)
            if name in fields:
                name = citation_key.disambiguate(name, fields.__contains__)
            fields[name] = text
    width = _COLUMN if style.align else 0
    lines = [f"{style.lead}{name:{width}} = {text}" for name, text in fields.items()]
    end = ",\n" if style.trailing_comma and lines else "\n"
    head = f"@{kind}{{{key}"
    return ",\n".join([head, *lines]) + (end if lines else ",\n") + "}\n"


def _key(entry: Entry) -> str:
    return _NOT_IN_KEY.sub("", clean(entry.citation_key)) or citation_key.make(entry)


def _values(
    entry: Entry, style: Style, note: str, dated: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    """What stands after the @, and the value of every field by its BibLaTeX name.

    The value of a role is not looked at, nor that of a field that is in `dated`: it only says
    that there is one.
    """
    values = {name: text for name, text in entry.fields.items() if name not in ATTRIBUTES}
    values["title"], values["abstract"] = entry.title, entry.abstract
    values.update({one.role: one.role for one in entry.creators if one.role in ROLES})
    if entry.keywords:
        values["keywords"] = keywords(entry.keywords)
    if style.dialect == BIBLATEX:
        kind = types.biblatex_form(entry.entry_type)
        # Beside a date no month in words is seen.
        in_words = values.get("month") or values.get("day")
        values.update(_date_fields(entry.date) if in_words else (("date", line(entry.date)),))
    else:
        form = types.bibtex_form(entry.entry_type, values.get("type", ""))
        kind, values["type"], values[types.FIELD] = form
        values.update(_date_fields(entry.date))
    if dated:
        # bibtex takes no notice of a date, so what it knows of it stays beside that.
        if style.dialect == BIBLATEX or "date" not in dated:
            values.update(dict.fromkeys(_DATES, ""))
        values.update(dated)
    if _is_arxiv(values):
        values["eprinttype"] = "arxiv" if style.dialect == BIBLATEX else "arXiv"
    if style.links != BOTH:
        _choose_links(values, style.links)
    if style.abbreviate:
        _abbreviate(values, style.short_names)
    if note and style.notes == ANNOTE:
        values["annotation"] = "\n\n".join(filter(None, (values.get("annotation"), note.strip())))
    return kind, values


def _kept_dates(entry: Entry, style: Style) -> Mapping[str, str]:
    """The fields in which the date came with a file, as they stood there, if they still say it."""
    source = entry.tex.get("date") if style.source == KEEP else None
    if not source:
        return NO_NOTES
    lines, date, undated = read_date_source(source)
    if date != entry.date or not all(map(can_stand, lines.values())) or not lines.keys() <= _DATES:
        return NO_NOTES
    if any(undated.get(name, "") != entry.fields.get(name, "") for name in _DATES):
        return NO_NOTES
    if style.months != MACRO and not lines.get("month", "{").startswith("{"):
        return NO_NOTES
    if style.unicode:
        return lines
    return {name: in_commands(value) for name, value in lines.items()}


@lru_cache(maxsize=1024)
def _date_fields(date: str) -> tuple[tuple[str, str], ...]:
    return tuple(from_date(line(date)))


def _is_arxiv(values: Mapping[str, str]) -> bool:
    archive = values.get("eprinttype", "").lower()
    eprint = values.get("eprint", "")
    return bool(eprint) and archive in ("", "arxiv") and normal_arxiv(eprint) is not None


def _choose_links(values: dict[str, str], links: str) -> None:
    doi, url = values.get("doi", ""), values.get("url", "")
    if links == DOI:
        address = _DOI_ADDRESS.fullmatch(url)
        if not doi and address:
            values["doi"] = address[1]
        if doi or address:
            values["url"] = values["urldate"] = ""
    elif doi:
        values["url"], values["doi"] = url or f"https://doi.org/{doi}", ""


def _abbreviate(values: dict[str, str], own: Mapping[str, str]) -> None:
    if journal := values.get("journaltitle"):
        values["journaltitle"] = short_name(journal, own, values.get("shortjournal", ""))
        values["shortjournal"] = ""


@lru_cache(maxsize=1024)
def _name(name: str, kind: str, dialect: str, *, is_arxiv: bool) -> str:
    """What a field is called. BibTeX's names for an archive's fields are arXiv's alone."""
    if name not in FIELDS:
        name = types.legal_name(clean(name), "-") or "x-"
    if dialect == BIBLATEX or (name in ("eprinttype", "eprintclass") and not is_arxiv):
        return name
    if name == "institution" and kind in _THESES:
        return "school"
    return bibtex_name(name)


def _text(entry: Entry, name: str, value: str, style: Style) -> str:
    """What stands to the right of the `=`; '' where nothing does."""
    if not value:
        return ""
    if name == "month" and value in MONTHS:
        return _month(value, style.months)
    if name in ROLES:
        written = _names(entry, name, style)
    elif name == "keywords":
        written = value
    else:
        kept = _source(entry, name, value, style)
        written = spelt(name, value, style.protection) if kept is None else kept
    if not style.unicode and not written.isascii():
        written = _in_ascii(name, written)
    return f"{{{written}}}" if written else ""


def _month(macro: str, months: str) -> str:
    number = MONTHS.index(macro)
    if months == MACRO:
        return macro
    return f"{{{number + 1}}}" if months == NUMBER else f"{{{dates.MONTHS[number]}}}"


def _source(entry: Entry, name: str, value: str, style: Style) -> str | None:
    """The TeX that the field was read from, if it is to be kept and still says the value."""
    tex = entry.tex.get(name) if style.source == KEEP and name != "date" else None
    if not tex or value != entry.value(name) or not can_stand(tex):
        return None
    return tex


def _names(entry: Entry, role: str, style: Style) -> str:
    """The creators of `role`; that there are more is said where the first list ends."""
    extended = style.dialect == BIBLATEX
    tex = entry.tex.get(role, "") if style.source == KEEP else ""
    if tex and can_stand(tex) and can_be_read(tex, extended=extended):
        return tex
    creators = entry.by_role(role)
    first = next(one for one in ROLES if any(creator.role == one for creator in entry.creators))
    more = entry.creators_truncated and role == first
    written = write_names(creators, truncated=more, extended=extended)
    if written.isprintable() or clean(written) == written:
        return written
    return write_names(tuple(map(_cleaned, creators)), truncated=more, extended=extended)


def _cleaned(creator: Creator) -> Creator:
    parts = ("family", "given", "dropping_particle", "non_dropping_particle", "suffix", "literal")
    return replace(creator, **{part: clean(getattr(creator, part)) for part in parts})


def _in_ascii(name: str, written: str) -> str:
    if name == "url":
        return _BEYOND_ASCII.sub(_percent, written)
    return written if is_verbatim(name) and name != "keywords" else in_commands(written)


def _percent(found: "re.Match[str]") -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
