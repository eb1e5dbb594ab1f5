"""Entries to BibTeX, through bibtexparser's writer: what is added here is what it lacks, the
braces, the escaping and the order of the fields.

The same entries give the same bytes. A field stands on a line of its own and its last comma
is always there, so that a changed field changes one line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields as parts_of
from typing import TYPE_CHECKING

from refman.formats import latex
from refman.formats.bibtex.dates import from_date
from refman.formats.bibtex.names import write_names
from refman.formats.bibtex.titles import protected
from refman.formats.bibtex.values import MONTHS
from refman.model import citation_key
from refman.model.creator import ROLES, Creator
from refman.model.entry import Entry
from refman.model.entry_types import DEFAULT, bibtex_type
from refman.model.fields import ATTRIBUTES, Kind, bibtex_name, kind_of, order_of
from refman.model.identifiers import normal_arxiv

if TYPE_CHECKING:
    from bibtexparser.model import Entry as Block

_BLANKS = re.compile(  # all but a single blank
    r"[ \t\n\r\f\v\x85\u2028\u2029]{2,}|[\t\n\r\f\v\x85\u2028\u2029]"
)
_PARAGRAPH = re.compile(r"[ \t]*\n[ \t]*\n\s*")
_RANGE = re.compile(r"(?<=\d)\s*(?:-+|–|—)\s*(?=\d)")
_NOT_IN_NAME = re.compile(r"[\s{}(),=\"#%'@\\~]+")
_NOT_IN_KEY = re.compile(r"[\s,{}]")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_IN_URI = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
_IMPLIED_TYPES = {"phdthesis": "phdthesis", "mastersthesis": "mathesis"}


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """The BibTeX of `entries`, a piece for each, an empty line between them.

    An entry without a key gets the one that the pattern gives; a key that was written
    already, whatever its case, gets a letter: bibtex takes no key twice.
    """
    from bibtexparser.library import Library
    from bibtexparser.writer import BibtexFormat
    from bibtexparser.writer import write as write_library

    style = BibtexFormat()  # type: ignore[no-untyped-call]
    style.indent = "  "
    style.trailing_comma = True
    written: set[str] = set()
    for entry in entries:
        key = _NOT_IN_KEY.sub("", _clean(entry.citation_key)) or citation_key.make(entry)
        key = citation_key.disambiguate(key, lambda one: one.casefold() in written)
        text = write_library(Library([_block(entry, key)]), style)
        yield "\n" + text if written else text
        written.add(key.casefold())


def _block(entry: Entry, key: str) -> "Block":
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import Field

    kind = bibtex_type(entry.entry_type, entry.fields.get("type", ""))
    kind = _NOT_IN_NAME.sub("", _clean(kind)) or DEFAULT
    fields: dict[str, str] = {}
    for name, value in _values(entry, kind):
        fields[citation_key.disambiguate(name, fields.__contains__)] = value
    return Block(kind, key, [Field(name, value) for name, value in fields.items()])


def _values(entry: Entry, kind: str) -> Iterator[tuple[str, str]]:
    """Every field of the entry as (BibTeX name, value as it stands in the file), in order."""
    values = {name: text for name, text in entry.fields.items() if name not in ATTRIBUTES}
    values.update(from_date(_line(entry.date)))
    values.update(title=entry.title, abstract=entry.abstract)
    values["keywords"] = ", ".join(map(_keyword, filter(None, map(_line, entry.keywords))))
    if values.get("type") == _IMPLIED_TYPES.get(kind, ""):
        values["type"] = ""
    is_arxiv = values.get("eprinttype", "").lower() in ("", "arxiv")
    is_arxiv = is_arxiv and normal_arxiv(values.get("eprint", "")) is not None
    if is_arxiv:
        values["eprinttype"] = "arXiv"
    for name in sorted({*values, *ROLES}, key=order_of):
        value = _names(entry, name) if name in ROLES else _written(name, values[name])
        if name == "month" and values[name] in MONTHS:
            yield name, values[name]
        elif value:
            yield _name(name, kind, is_arxiv=is_arxiv), f"{{{value}}}"


def _name(name: str, kind: str, *, is_arxiv: bool) -> str:
    """What a field is called. BibTeX's names for an archive's fields are arXiv's alone."""
    if name == "institution" and kind in _IMPLIED_TYPES:
        return "school"
    if name in {"eprinttype", "eprintclass"} and not is_arxiv:
        return name
    written = _NOT_IN_NAME.sub("-", _clean(bibtex_name(name))).strip("-")
    return f"x-{written}" if not written or written[0].isdigit() else written


def _names(entry: Entry, role: str) -> str:
    """The creators of `role`; that there are more is said where the first list ends."""
    creators = tuple(_cleaned(creator) for creator in entry.by_role(role))
    first = next((one for one in ROLES if entry.by_role(one)), "")
    return write_names(creators, truncated=entry.creators_truncated and role == first)


def _cleaned(creator: Creator) -> Creator:
    if creator.full_name.isascii():
        return creator
    return Creator(*(_clean(getattr(creator, part.name)) for part in parts_of(creator)))


def _written(name: str, value: str) -> str:
    """A field's value in TeX, without the braces around it."""
    kind = kind_of(name)
    if kind is Kind.TEXT and name != "abstract":
        return latex.escape(_clean(value).strip())
    if name == "abstract":
        return latex.escape(_line(_PARAGRAPH.sub(r"\\par ", value.strip())))
    if name == "keywords":
        return value
    value = _line(value)
    if kind is Kind.TITLE:
        return protected(value)
    if kind is Kind.URI:
        return value.translate(_NOT_IN_URI)
    if kind in {Kind.VERBATIM, Kind.KEYS, Kind.DATE}:
        return _verbatim(value)
    return latex.escape(_RANGE.sub("--", value) if kind is Kind.RANGE else value)


def _keyword(tag: str) -> str:
    written = latex.escape(tag)
    return f"{{{written}}}" if "," in tag or ";" in tag else written


def _verbatim(value: str) -> str:
    """`value` as it is, but for a brace without its partner, which no file can have."""
    if not latex.is_balanced(value):
        return latex.escape_braces(value)
    # After a backslash some readers do not take the closing brace for one.
    return value + " " if value.endswith("\\") else value


def _line(text: str) -> str:
    """`text` in one line; blanks that do not break stay."""
    return _BLANKS.sub(" ", _clean(text)).strip()


def _clean(text: str) -> str:
    """`text` without what is no character of a text."""
    if text.isascii() and text.isprintable():
        return text
    return _SURROGATE.sub("\ufffd", _NO_TEXT.sub("", text))
