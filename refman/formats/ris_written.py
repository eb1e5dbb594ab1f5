"""The fields of RIS or EndNote from an entry, so that together they say all of it."""

import re
from collections.abc import Callable, Iterable, Mapping

from refman.formats.plain_names import read_names, write_names
from refman.formats.ris_fields import made_of
from refman.formats.ris_tags import (
    IN_BOOKS,
    JOURNALS,
    KEPT,
    PLAIN,
    SAME,
    TYPES,
    WRITTEN,
    TagList,
    grouped,
)
from refman.formats.round_trip import rest_of, to_lines
from refman.model import dates
from refman.model.creator import AUTHOR, EDITOR, TRANSLATOR, Creator
from refman.model.entry import Entry
from refman.model.text import squeeze

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_NO_CHARACTER = re.compile("[\ufffe\uffff]")


def tags_of(
    entry: Entry, shaped: Callable[[TagList], TagList], others: Mapping[str, str] = SAME
) -> tuple[str, TagList]:
    """The RIS type of `entry` and its tags in the order of writing; together they say all of it:
    what no tag has stands in lines of M2. `shaped` makes of the tags those that the file gives
    back as they are; `others` says what to take for a type that the file has not."""
    code = _code(entry)
    code = others.get(code, code)
    tags = shaped([(tag, value) for tag, value in _tags(entry) if value.strip()])
    said = made_of(code, grouped(tags)).entry
    tags += [("M2", line) for line in to_lines(rest_of(entry, said))]
    return code, tags


def _code(entry: Entry) -> str:
    for code, (kind, name, value) in TYPES.items():
        if name and kind == entry.entry_type and entry.fields.get(name) == value:
            return code
    return WRITTEN.get(entry.entry_type, "GEN")


def _tags(entry: Entry) -> Iterable[tuple[str, str]]:
    kind, fields = entry.entry_type, entry.fields

    def value(*names: str) -> str:
        return next((_clean(fields[name]) for name in names if fields.get(name)), "")

    title, subtitle = _clean(entry.title), value("subtitle")
    yield "TI", f"{title}: {subtitle}" if title and subtitle else title
    yield from _names_of(entry)
    if kind in JOURNALS or kind in ("misc", "dataset", "unpublished"):
        yield "T2", value("journaltitle")
        yield "T3", value("series")
    elif kind in IN_BOOKS:
        if kind == "inproceedings" and fields.get("eventtitle"):
            yield "C3", value("booktitle")
            yield "T2", value("eventtitle")
        else:
            yield "T2", value("booktitle")
        yield "T3", value("series")
    else:
        yield "T2", value("titleaddon" if kind == "online" else "series")
    yield "J2", value("shortjournal")
    yield from _dates_of(entry)
    yield "IS", value("number")
    yield from _pages_of(_clean(fields.get("pages", "")) or value("pagetotal"))
    body = "institution" if kind in ("thesis", "report") else "publisher"
    yield "PB", value(body, "publisher", "institution", "organization")
    yield "SN", value("isbn")
    yield "SN", value("issn")
    if kind in JOURNALS:
        yield "C2", value("pmcid")
    for tag, name in (*PLAIN.items(), *KEPT.items()):
        yield tag, value(name)
    if fields.get("urldate"):
        yield "Y2", _clean(fields["urldate"]).replace("-", "/")
    yield "AB", _clean_text(entry.abstract)
    for word in entry.keywords:
        yield "KW", _clean(word)
    yield "ID", _clean(entry.citation_key)


def _clean(text: str) -> str:
    """`text` as one line of characters that XML has, too."""
    return squeeze(_NO_CHARACTER.sub("", text))


def _clean_text(text: str) -> str:
    """`text` with its line breaks, without what shows nothing."""
    return "\n".join(_clean(line) for line in text.split("\n")).strip()


def _names_of(entry: Entry) -> Iterable[tuple[str, str]]:
    parts = entry.entry_type in IN_BOOKS or entry.entry_type in JOURNALS
    for creator in entry.creators:
        tag = {AUTHOR: "AU", EDITOR: "A2" if parts else "ED", TRANSLATOR: "A4"}[creator.role]
        yield tag, _name(creator)
    for creator in read_names(entry.fields.get("serieseditor", ""))[0]:
        yield "A3" if parts else "A2", _name(creator)


def _name(creator: Creator) -> str:
    """`Family, Given, Suffix`; a body has a comma at its end, as EndNote writes it."""
    name = write_names([creator])
    if name.startswith("{") or (creator.literal and " " in name):
        name = name.strip("{}")
        return f"{name}," if "," not in name else name
    return name


def _dates_of(entry: Entry) -> Iterable[tuple[str, str]]:
    date = entry.date
    known = dates.parts(date)
    if known:
        yield "PY", f"{known[0]:04}"
    else:
        yield "PY", _clean(entry.fields.get("year", ""))
    day = _DAY.fullmatch(date)
    if day and day[2] and 1 <= int(day[2]) <= 12:
        yield "DA", f"{day[1]}/{day[2]}/{day[3] or ''}/"
    elif date and not (day and not day[2]):
        yield "DA", date


def _pages_of(pages: str) -> Iterable[tuple[str, str]]:
    start, dash, end = pages.partition("–")
    if dash and start and end and "–" not in end and "," not in pages:
        yield "SP", start
        yield "EP", end
    else:
        yield "SP", pages
