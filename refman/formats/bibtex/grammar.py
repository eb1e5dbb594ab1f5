"""An entry as `bibtex` itself reads it: its grammar, and nothing beside it.

    entry = key { "," name "=" piece { "#" piece } } [ "," ]
    piece = "{" … "}" | '"' … '"' | digits | name

Blanks may stand between any two of these. The usual value is one match of a regular
expression, so that an ordinary entry costs a few of them; all else is walked through.
Source: the program text of BibTeX 0.99d (Patashnik), sections 143 to 256.
"""

import re
from typing import NamedTuple

from refman.model.fields import FIELDS, biblatex_name


class Field(NamedTuple):
    """A field of a text, whose name begins at `place`.

    `value` is what it says if it `is_plain`, else all that stands right of its `=`.
    """

    name: str
    value: str
    is_plain: bool
    place: int


class Parsed(NamedTuple):
    """An entry's key and fields, and where its block ends."""

    key: str
    fields: list[Field]
    end: int


# The type of a block; in the midst of a line only what looks like one is taken for it.
TYPE = r"[^\W\d][^\s{}(),=\"#%'@\\~]*+"
# Within a block: a line that begins another one.
NEXT = rf"\n[ \t]*+(?=@[ \t]*+{TYPE}[ \t\n]*+[{{(][ \t\n]*+[^\s{{}}(),=\"]*+[ \t\n]*+[,=}}])"

_BLANK = r"[ \t\n]*+"
_NAME = r"[^\x00-\x20\x7f\"#%'(),={}0-9][^\x00-\x20\x7f\"#%'(),={}]*+"
_TEXT = r"[^{}]*+"
for _depth in range(4):
    _TEXT = rf"[^{{}}]*+(?:\{{{_TEXT}\}}[^{{}}]*+)*+"
_USUAL = re.compile(
    rf"({_NAME}){_BLANK}={_BLANK}(?:\{{({_TEXT})\}}|\"([^\"{{}}]*+)\"|([0-9]++)|({_NAME}))"
    rf"{_BLANK}(?:,{_BLANK}|(?=[)}}]))"
)
_NAME_GROUP = 5
_FIELD = re.compile(rf"({_NAME}){_BLANK}={_BLANK}")
_PIECE = re.compile(rf"[0-9]++|{_NAME}")
_AFTER_PIECE = re.compile(rf"{_BLANK}(?:(#){_BLANK}|(,){_BLANK}|(?=[)}}]))")
_KEYS = {
    "{": re.compile(rf"{_BLANK}([^ \t\n,{{}}]*+){_BLANK}(?:,{_BLANK}|(?=\}}))"),
    "(": re.compile(rf"{_BLANK}([^ \t\n,{{}}()]*+){_BLANK}(?:,{_BLANK}|(?=\)))"),
}
_HEAD = re.compile(NEXT)
_IN_BRACES = re.compile(rf"[{{}}]|{NEXT}")
_IN_QUOTES = re.compile(rf"[{{}}\"]|{NEXT}")

_NEAR = 100_000  # characters of a value that are looked at in one go
_MOST_HEADS = 32  # lines within a value that begin a block; with more it is not closed


def entry_at(text: str, body: int, opening: str) -> Parsed | None:
    """The entry whose delimiter `opening` stands before `body`; None where it breaks a rule."""
    found = _KEYS[opening].match(text, body)
    if not found or _is_field(found[1]):
        return None
    closing = "}" if opening == "{" else ")"
    key, place = found[1], found.end()
    fields: list[Field] = []
    more = text[place - 1 : place] in ", \t\n"  # after a comma, and blanks
    while text[place : place + 1] != closing:
        if not more:
            return None
        usual = _USUAL.match(text, place, place + _NEAR) or _long(text, place)
        if usual:
            group = usual.lastindex or 2
            fields.append(Field(usual[1], usual[group], group < _NAME_GROUP, place))
            place = usual.end()
            more = text.find(",", usual.end(group), place) >= 0
            continue
        walked = _field_at(text, place)
        if not walked:
            return None
        field, place, more = walked
        fields.append(field)
    return Parsed(key, fields, place + 1)


def _long(text: str, place: int) -> "re.Match[str] | None":
    """A usual field that is very long, if no line in it begins a block."""
    if len(text) - place <= _NEAR:
        return None
    head = _HEAD.search(text, place)
    return _USUAL.match(text, place, head.start() if head else len(text))


def _is_field(key: str) -> bool:
    """Whether this is no key but a first field: `title={x` of an entry that has none."""
    name, equals, _value = key.partition("=")
    return bool(equals) and (biblatex_name(name) in FIELDS or not name)


def _field_at(text: str, place: int) -> tuple[Field, int, bool] | None:
    """The field that begins at `place`, what comes after it, and whether a comma ended it."""
    head = _FIELD.match(text, place)
    if not head:
        return None
    start = end = head.end()
    while True:
        end = end_of_piece(text, end)
        after = _AFTER_PIECE.match(text, end) if end >= 0 else None
        if not after:
            return None
        if not after[1]:
            return Field(head[1], text[start:end], False, place), after.end(), bool(after[2])
        end = after.end()


def end_of_piece(text: str, place: int) -> int:
    """Where the piece of a value ends that begins at `place`; -1 where it does not."""
    char = text[place : place + 1]
    if char in ("{", '"') and char:
        return _end_of_text(text, place, _IN_BRACES if char == "{" else _IN_QUOTES)
    bare = _PIECE.match(text, place)
    return bare.end() if bare else -1


def _end_of_text(text: str, place: int, marks: "re.Pattern[str]") -> int:
    depth = heads = 0
    quoted = text[place] == '"'
    for mark in marks.finditer(text, place + quoted):
        char = text[mark.start()]
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth < 0:
                return -1
            if not depth and not quoted:
                return mark.end()
        elif char == '"':
            if not depth:
                return mark.end()
        else:
            heads += 1
            if heads > _MOST_HEADS:
                return -1
    return -1
