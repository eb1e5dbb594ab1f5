"""The key and the fields of an entry's block, in TeX, and what is wrong with them.

A block that keeps to bibtex's own rules was read by `grammar` when the file was cut. Any other
goes to bibtexparser, alone and under a plain head, so that it cannot take a broken block for
the rest of the file, a type with a hyphen or a line break for a comment, or drop a second entry
with the same key. What it makes of a block counts only if every field is a name and a whole
value (it merges two between which a comma is missing); where it does not, `salvage` reads it.
bibtexparser 2.1 alone takes as long for 10,000 entries as all of this module's readers together
may, which is why it does not see the ordinary ones (`tests/bench/bench_bibtex_read.py`).
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from refman.formats.bibtex import salvage
from refman.formats.bibtex.blocks import Block
from refman.formats.bibtex.grammar import Parsed
from refman.formats.bibtex.values import Macros
from refman.i18n import _

_FIELD_NAME = re.compile(r"[^\s{}(),=\"#%'@\\~]+")
_INVISIBLE = "\u00a0\u200b\u200e\u200f\u202f\u2060\ufeff"  # what copying a page may bring along
_KEY = re.compile(r"[^\s,{}\"]+")


class Field(NamedTuple):
    """A field in TeX: its name as in the file, in lower case, and the line it stands in."""

    name: str
    tex: str
    line: int


@dataclass(slots=True)
class RawEntry:
    """What a block says: `remarks` are (line, message), `unknown` names of no @string."""

    key: str = ""
    fields: list[Field] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)
    unknown: dict[str, int] = field(default_factory=dict)


def read_block(text: str, block: Block, macros: Macros) -> RawEntry:
    """The entry in `block`, with a key and fields as far as there are any."""
    if block.parsed:
        return _parsed(text, block, block.parsed, macros)
    return (_split(text, block, macros) if block.closed else None) or _salvaged(text, block, macros)


def _parsed(text: str, block: Block, parsed: Parsed, macros: Macros) -> RawEntry:
    raw = RawEntry(parsed.key.strip(_INVISIBLE))
    line, seen = block.line, block.start
    for name, value, is_plain, place in parsed.fields:
        line += text.count("\n", seen, place)
        seen = place
        if not is_plain:
            tex = macros.evaluate(value, raw.unknown, line)
            value = salvage.text_of(value) if tex is None else tex
        raw.fields.append(Field(_clean(name), value, line))
    return raw


def _split(text: str, block: Block, macros: Macros) -> RawEntry | None:
    """The key and the fields as bibtexparser sees them, None if they are not to be trusted."""
    from bibtexparser.model import DuplicateFieldKeyBlock
    from bibtexparser.model import Entry as Parsed
    from bibtexparser.splitter import Splitter

    source = "@entry" + text[block.body - 1 : block.end]
    parsed = Splitter(source).split().blocks
    found = parsed[0] if len(parsed) == 1 else None
    if isinstance(found, DuplicateFieldKeyBlock):
        found = found.ignore_error_block
    if not isinstance(found, Parsed) or not _KEY.fullmatch(found.key):
        return None
    raw = RawEntry(found.key.strip(_INVISIBLE))
    for one in found.fields:
        line = block.line + one.start_line
        tex = macros.evaluate(one.value, raw.unknown, line)
        if tex is None or not _FIELD_NAME.fullmatch(one.key):
            return None
        raw.fields.append(Field(_clean(one.key), tex, line))
    return raw


def _salvaged(text: str, block: Block, macros: Macros) -> RawEntry:
    body = text[block.body : block.end - block.closed]
    if not block.closed and body.rstrip().endswith(")"):
        body = body.rstrip()[:-1]  # of another kind than the delimiter that opened it
    line = block.line + text.count("\n", block.start, block.body)
    key, fields, remarks = salvage.entry(body, line, closed=block.closed)
    raw = RawEntry(key.strip(_INVISIBLE), remarks=remarks)
    for name, value, line in fields:
        unknown: dict[str, int] = {}
        tex = macros.evaluate(value, unknown, line)
        if tex is None:
            tex = salvage.text_of(value)
        else:
            raw.unknown = {**unknown, **raw.unknown}
        raw.fields.append(Field(_clean(name), tex, line))
    return raw


def _clean(name: str) -> str:
    return name.lower().strip(_INVISIBLE)


def read_string(text: str, block: Block, macros: Macros) -> list[tuple[int, str]]:
    """Define what a @string says; what is wrong with it, with lines."""
    fields = salvage.fields(text[block.body : block.end - block.closed])
    first = block.line + text.count("\n", block.start, block.body)
    told: list[tuple[int, str]] = []
    is_read = bool(fields)
    for name, raw, after in fields:
        unknown: dict[str, int] = {}
        is_read = macros.define(name, raw, unknown, first + after) and is_read
        for other, line in unknown.items():
            if other.lower() == name.lower():
                message = _("“{name}” stands in its own @string, and nothing defines it before.")
            else:
                message = _("No @string before this one says what “{name}” stands for.")
            told.append((line, message.format(name=other)))
    if not is_read:
        message = _("This abbreviation cannot be read: its name stays where it is used.")
        told.insert(0, (block.line, message))
    return told
