"""EndNote XML: the export of EndNote, and of Zotero, Mendeley and others that write it.

    file   = "<xml><records>" {record} "</records></xml>"
    record = "<record>" ref-type contributors titles periodical … "</record>"

EndNote's elements are the tags of RIS under other names, so what they mean is said in
`ris_tags`. Each record is read alone and no document type is; marks of a text (`<style
face="italic">`) are TeX in an entry. What EndNote has no element for stands in `misc3`: nothing
but the TeX source of a field is lost.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from refman.formats.format import Context, Format, Found, Problem, Row
from refman.formats.rich_text import from_html, to_html
from refman.formats.ris_fields import made_of
from refman.formats.ris_tags import TYPES, TagList, grouped
from refman.formats.ris_written import tags_of
from refman.formats.xml import Record, records
from refman.i18n import _
from refman.model.entry import Entry

_SIGN = re.compile(r"<records>\s*<record[\s>]|<record>\s*<(?:database|source-app|rec-number)")
_TYPE = re.compile(r"<ref-type[\s>]")
_EXCERPT = 2000  # characters of a record that a problem shows

# EndNote's number and name of a type → RIS type.
_NUMBERS = {
    2: "ART", 3: "ADVS", 4: "BILL", 5: "CHAP", 6: "BOOK", 7: "CASE", 8: "CTLG", 9: "COMP",
    10: "CONF", 12: "ELEC", 13: "GEN", 14: "HEAR", 17: "JOUR", 19: "MGZN", 20: "MAP", 21: "MPCT",
    23: "NEWS", 24: "PAMP", 25: "PAT", 26: "PCOMM", 27: "RPRT", 28: "EDBOOK", 31: "STAT",
    32: "THES", 34: "UNPB", 36: "MANSCPT", 37: "FIGURE", 38: "CHART", 39: "EQUA", 43: "EJOUR",
    44: "EBOOK", 45: "DBASE", 46: "GOVDOC", 47: "CPAPER", 48: "MULTI", 49: "CLSWK", 50: "LEGAL",
    51: "ANCIENT", 52: "DICT", 53: "ENCYC", 54: "GRANT", 55: "AGGR", 56: "BLOG", 57: "SER",
    58: "STAND", 59: "DATA", 60: "ECHAP", 61: "MUSIC",
}  # fmt: skip
_NAMES = {
    "Artwork": 2, "Audiovisual Material": 3, "Bill": 4, "Book Section": 5, "Book": 6, "Case": 7,
    "Catalog": 8, "Computer Program": 9, "Conference Proceedings": 10, "Web Page": 12,
    "Generic": 13, "Hearing": 14, "Journal Article": 17, "Magazine Article": 19, "Map": 20,
    "Film or Broadcast": 21, "Newspaper Article": 23, "Pamphlet": 24, "Patent": 25,
    "Personal Communication": 26, "Report": 27, "Edited Book": 28, "Statute": 31, "Thesis": 32,
    "Unpublished Work": 34, "Manuscript": 36, "Figure": 37, "Chart or Table": 38, "Equation": 39,
    "Electronic Article": 43, "Electronic Book": 44, "Online Database": 45,
    "Government Document": 46, "Conference Paper": 47, "Online Multimedia": 48,
    "Classical Work": 49, "Legal Rule or Regulation": 50, "Ancient Text": 51, "Dictionary": 52,
    "Encyclopedia": 53, "Grant": 54, "Aggregated Database": 55, "Blog": 56, "Serial": 57,
    "Standard": 58, "Dataset": 59, "Electronic Book Section": 60, "Music": 61,
}  # fmt: skip
_BY_NAME = {name.casefold(): _NUMBERS[number] for name, number in _NAMES.items()}
_NAME_OF = {_NUMBERS[number]: (number, name) for name, number in _NAMES.items()}

# Types of RIS that EndNote has not.
_OTHERS = {code: "GEN" for code in TYPES if code not in _NAME_OF} | {
    "VIDEO": "ADVS", "SOUND": "ADVS", "EJOUR": "JOUR", "UNPD": "UNPB", "UNBILL": "BILL",
}  # fmt: skip

# Where each tag of RIS stands in a record, in the order of EndNote's document type.
_PATHS: tuple[tuple[str, str], ...] = (
    ("AU", "contributors/authors/author"),
    ("A2", "contributors/secondary-authors/author"),
    ("A3", "contributors/tertiary-authors/author"),
    ("A4", "contributors/subsidiary-authors/author"),
    ("TA", "contributors/translated-authors/author"),
    ("AD", "auth-address"),
    ("TI", "titles/title"),
    ("T2", "titles/secondary-title"),
    ("T3", "titles/tertiary-title"),
    ("JF", "periodical/full-title"),
    ("J2", "titles/alt-title"),
    ("J2", "periodical/abbr-1"),
    ("ST", "titles/short-title"),
    ("TT", "titles/translated-title"),
    ("SP", "pages"),
    ("VL", "volume"),
    ("IS", "number"),
    ("IS", "issue"),
    ("NV", "num-vols"),
    ("ET", "edition"),
    ("SE", "section"),
    ("RP", "reprint-edition"),
    ("KW", "keywords/keyword"),
    ("PY", "dates/year"),
    ("DA", "dates/pub-dates/date"),
    ("CY", "pub-location"),
    ("PB", "publisher"),
    ("OP", "orig-pub"),
    ("SN", "isbn"),
    ("SN", "report-id"),
    ("AN", "accession-num"),
    ("CN", "call-num"),
    ("DO", "electronic-resource-num"),
    ("AB", "abstract"),
    ("LB", "label"),
    ("CA", "caption"),
    ("N1", "notes"),
    ("RN", "research-notes"),
    ("M3", "work-type"),
    ("RI", "reviewed-item"),
    ("DB", "remote-database-name"),
    ("DP", "remote-database-provider"),
    ("LA", "language"),
    ("UR", "urls/related-urls/url"),
    ("UR", "urls/web-urls/url"),
    ("L1", "urls/pdf-urls/url"),
    ("L2", "urls/text-urls/url"),
    ("L4", "urls/image-urls/url"),
    ("Y2", "access-date"),
    ("C1", "custom1"),
    ("C2", "custom2"),
    ("C3", "custom3"),
    ("C4", "custom4"),
    ("C5", "custom5"),
    ("C6", "custom6"),
    ("C7", "custom7"),
    ("C8", "custom8"),
    ("U1", "user1"),
    ("U2", "user2"),
    ("U3", "user3"),
    ("U4", "user4"),
    ("U5", "user5"),
    ("M1", "misc1"),
    ("M3", "misc2"),
    ("M2", "misc3"),
)
_SKIPPED = frozenset(
    ("database", "source-app", "rec-number", "foreign-keys", "ref-type", "contributors", "titles",
     "periodical", "alt-periodical", "keywords", "dates", "urls", "modified-date", "added-date",
     "style", "alt-title")
)  # fmt: skip
_OUTER = frozenset(path.split("/", 1)[0] for _tag, path in _PATHS if "/" in path)
_REPEATED = frozenset(("author", "keyword", "url"))
_FACES = {"italic": "i", "bold": "b", "superscript": "sup", "subscript": "sub"}
_FACE_OF = {tag: face for face, tag in _FACES.items()}
_MARK = re.compile(r"<(i|b|sup|sub)>([^<>]*)</\1>")
_MARKED = frozenset(("TI", "T2", "T3", "JF", "J2", "ST", "TT", "AB"))
_TAG_OF = {path: tag for tag, path in _PATHS}
_HOLDERS = frozenset(
    path.rpartition("/")[0] for _tag, path in _PATHS if "/" in path
) | {"contributors", "urls", "foreign-keys", "alt-periodical"}  # fmt: skip
_KNOWN = _SKIPPED | {"foreign-keys/key", "alt-periodical/full-title", "alt-periodical/abbr-1"}
_SECOND = {"misc2": "work-type", "issue": "number"}  # read only where the first is not there
_APP = "refman"  # whose key in `foreign-keys` is the citation key


class EndNoteXml(Format):
    name: ClassVar[str] = "endnote"
    label: ClassVar[str] = "EndNote XML"
    extensions: ClassVar[tuple[str, ...]] = (".xml",)
    writes: ClassVar[bool] = True

    def score(self, text: str) -> int:
        return 90 if _SIGN.search(text) and _TYPE.search(text) else 0

    def read(self, text: str, context: Context) -> Found:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        found = Found()
        context.progress.start(_("Reading EndNote XML"), len(text))
        for record in records(text, "record"):
            context.progress.advance(len(record.source))
            _read_record(record, found)
        return found

    def write(self, entries: Iterable[Entry], options: Mapping[str, Any]) -> Iterator[str]:
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
        for number, entry in enumerate(entries, 1):
            yield _written(entry, number)
        yield "</records></xml>\n"


# ---------------------------------------------------------------------------------- reading


def _read_record(record: Record, found: Found) -> None:
    shown = record.source[:_EXCERPT]
    element = record.element
    if element is None:
        message = _("The markup of this record cannot be read.")
        found.problems.append(Problem(record.line, shown, message))
        return
    code = _code(element)
    made = made_of(code, grouped(_tags(element)))
    entry = made.entry
    if not entry.title and not entry.creators and not entry.abstract:
        message = _("This record has no title, no authors and no abstract.")
        found.problems.append(Problem(record.line, shown, message))
        return
    review = []
    if not entry.title:
        review.append(_("No title was found."))
    if record.is_broken:
        review.append(_("The markup of this row is broken."))
    found.rows.append(
        Row(
            entry=entry,
            line=record.line,
            raw_text=record.source,
            year_given=True if entry.date else None,
            review=tuple(review),
            notes=made.notes,
            attachments=made.attachments,
            aliases=made.aliases,
        )
    )


def _code(element: Any) -> str:
    """The RIS type: by its name, which Mendeley writes with another number, else its number."""
    kind = element.find("ref-type")
    if kind is None:
        return ""
    name = (kind.get("name") or "").strip()
    number = "".join(kind.itertext()).strip()
    code = _BY_NAME.get(name.casefold(), "")
    if not code and number.isascii() and number.isdigit() and len(number) < 4:
        code = _NUMBERS.get(int(number), "")
    return code or name


def _tags(element: Any) -> Iterator[tuple[str, str]]:
    """The tags of RIS that the elements of a record are."""
    places: dict[str, list[Any]] = {}
    _gather(element, "", places)
    key = next((k for k in places.get("foreign-keys/key", ()) if k.get("app") == _APP), None)
    if key is not None:
        yield "ID", _text(key, marked=False)
    for path, parts in places.items():
        tag = _TAG_OF.get(path, "")
        if not tag and path in _KNOWN:
            continue
        if path in _SECOND and _SECOND[path] in places:
            continue
        for part in parts:
            text = _text(part, marked=tag in _MARKED)
            if text and not (path == "label" and key is not None and text == key.text):
                yield tag or path.rpartition("/")[2], text


def _gather(element: Any, path: str, places: dict[str, list[Any]]) -> None:
    """The elements of a record by their paths; those that only hold others are gone into.

    One that a tag without its end has put into another counts as what it is.
    """
    for part in element:
        if isinstance(part.tag, str):
            name = part.tag.rpartition("}")[2]
            place = name if name in _HOLDERS or name in _TAG_OF else path + name
            if place in _HOLDERS:
                _gather(part, f"{place}/", places)
            else:
                places.setdefault(place, []).append(part)


def _text(element: Any, *, marked: bool) -> str:
    """The text of an element; where its marks are wanted, with those of HTML."""
    if not marked or not len(element):
        text = "".join(element.itertext())
    else:
        text = element.text or ""
        for style in element:
            inner = "".join(style.itertext())
            for face in (style.get("face") or "").split():
                if face in _FACES and inner.strip():
                    inner = f"<{_FACES[face]}>{inner}</{_FACES[face]}>"
            text += inner + (style.tail or "").strip("\n")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


# ---------------------------------------------------------------------------------- writing


def _written(entry: Entry, number: int) -> str:
    """One record in the order of its elements."""
    code, tags = tags_of(entry, _shaped, _OTHERS)
    values = grouped(tags)
    key = "".join(values.pop("ID", ()))
    of_type, name = _NAME_OF[code]
    lines = [
        "<record>",
        f'<source-app name="{_APP}">{_APP}</source-app><rec-number>{number}</rec-number>',
    ]
    if key:
        escaped = _escaped(key)
        lines.append(f'<foreign-keys><key app="{_APP}">{escaped}</key></foreign-keys>')
        values.setdefault("LB", [key])
    lines.append(f'<ref-type name="{name}">{of_type}</ref-type>')
    tree: dict[str, list[str]] = {}
    for tag, path in _PATHS:
        if tag not in values:
            continue
        outer, _slash, inner = path.rpartition("/")
        found = values.pop(tag)
        texts = found if inner in _REPEATED else ["\n".join(found)]
        parts = [f"<{inner}>{_marked(text, tag)}</{inner}>" for text in texts]
        first, _slash, second = outer.partition("/")
        if second:
            parts = [f"<{second}>", *parts, f"</{second}>"]
        tree.setdefault(first or inner, []).extend(parts)
    for name, parts in tree.items():
        lines += parts if name not in _OUTER else [f"<{name}>", *parts, f"</{name}>"]
    lines.append("</record>")
    return "\n".join(lines) + "\n"


def _shaped(tags: TagList) -> TagList:
    """Pages in one element, editors among the secondary authors."""
    values = grouped(tags)
    end = "".join(values.get("EP", ()))
    editors = "A3" if "A2" in values else "A2"
    shaped: TagList = []
    for tag, value in tags:
        if tag == "SP" and end:
            shaped.append((tag, f"{value}-{end}"))
        elif tag != "EP":
            shaped.append((editors if tag == "ED" else tag, value))
    return shaped


def _marked(text: str, tag: str) -> str:
    """`text` as the content of an element: what is set apart in TeX as EndNote's styles."""
    with_tags = to_html(text) if tag in _MARKED and "\\" in text else text
    if with_tags == text or "<" in text or from_html(with_tags) != text:
        return _escaped(text)
    parts = []
    place = 0
    for found in _MARK.finditer(with_tags):
        if found.start() > place:
            parts.append(("normal", with_tags[place : found.start()]))
        parts.append((_FACE_OF[found[1]], found[2]))
        place = found.end()
    if place < len(with_tags):
        parts.append(("normal", with_tags[place:]))
    if any("<" in part for _face, part in parts):
        return _escaped(text)
    return "".join(f'<style face="{face}">{_escaped(part)}</style>' for face, part in parts)


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "&#13;")
