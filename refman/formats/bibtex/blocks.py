"""A .bib file cut into its blocks, as `bibtex` sees them, and past every broken one.

    file   = { text | "@" type ( "{" body "}" | "(" body ")" ) }

`bibtex` counts every brace, also one after a backslash. Where that does not come out, the
block ends at the closing brace by TeX's count, or else before the next line that begins a
block. Every character belongs to exactly one block, and each is looked at a bounded number
of times, whatever the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    """What kind of block it is."""

    ENTRY = "entry"
    STRING = "string"
    PREAMBLE = "preamble"
    COMMENT = "comment"
    TEXT = "text"  # whatever stands between


_SHAPES = {"string": Shape.STRING, "preamble": Shape.PREAMBLE, "comment": Shape.COMMENT}


@dataclass(frozen=True, slots=True)
class Block:
    """`text[start:end]`, of which `text[body:end]` comes after the opening delimiter.

    `closed` is False where the closing delimiter is missing; else it is the last character.
    """

    shape: Shape
    type: str
    start: int
    body: int
    end: int
    line: int
    closed: bool = True


_NAME = r"[^\W\d][^\s{}(),=\"#%'@\\~]*+"
_HEAD = re.compile(rf"@[ \t\n]*+(?P<type>{_NAME})[ \t\n]*+(?P<open>[{{(])")
# Within a block: a line that begins another one.
_NEXT = rf"\n[ \t]*+(?=@[ \t]*+{_NAME}[ \t\n]*+[{{(][ \t\n]*+[^\s{{}}(),=\"]*+[ \t\n]*+[,=}}])"
_IN_BRACES = re.compile(rf"[{{}}]|{_NEXT}")
_IN_BRACES_TEX = re.compile(rf"\\.|[{{}}]|{_NEXT}", re.DOTALL)
_IN_PARENS = re.compile(rf"[{{}}()\"]|{_NEXT}")
# What follows "@word{" in the midst of a line if that is to be taken for an entry.
_LIKELY = re.compile(r"[ \t\n]*+[^\s{}(),=\"]*+[ \t\n]*+[,=}]|[ \t\n]*+\"")
_NEAR = 500  # characters before a head in which its line is looked for
_PATIENCE = 4  # lines that begin a block, inside a value


def blocks(text: str) -> Iterator[Block]:
    """The blocks of `text`, whose lines end in a line feed, in their order."""
    place = seen = open_comments = 0
    line = 1
    while head := _head_from(text, place):
        gap = place
        start = head.start()
        shape = _SHAPES.get(head["type"].lower(), Shape.ENTRY)
        reach = len(text) if open_comments < _PATIENCE else head.end() + _NEAR
        end, closed = _end(text, head.end(), head["open"], reach)
        if shape is Shape.COMMENT and not closed:
            end = head.end()  # bibtex passes over the word alone
            open_comments += 1
        elif not closed and reach < len(text):
            end, closed = _end(text, head.end(), head["open"], len(text))
        if between := text[gap:start].strip():
            begin = text.index(between[0], gap)
            yield Block(Shape.TEXT, "", begin, begin, start, line + text.count("\n", seen, begin))
        line += text.count("\n", seen, start)
        seen = start
        yield Block(shape, head["type"].lower(), start, head.end(), end, line, closed)
        place = end
    if between := text[place:].strip():
        begin = text.index(between[0], place)
        line += text.count("\n", seen, begin)
        yield Block(Shape.TEXT, "", begin, begin, len(text), line)


def _head_from(text: str, place: int) -> "re.Match[str] | None":
    for head in _HEAD.finditer(text, place):
        near = max(place, head.start() - _NEAR)
        before = text[max(text.rfind("\n", near, head.start()) + 1, near) : head.start()].strip()
        if not before:
            return head
        if before[0] == "%" and _is_commented_out(text, head):
            continue
        if before[-1] in "})," or _LIKELY.match(text, head.end()):
            return head
    return None


def _is_commented_out(text: str, head: "re.Match[str]") -> bool:
    """Whether the line after the head is a comment too, or the entry ends in its own line."""
    line_end = text.find("\n", head.end())
    if line_end < 0:
        return True
    line = text[head.end() : line_end]
    next_line = text[line_end + 1 : line_end + 200].lstrip()
    return next_line.startswith("%") or line.rstrip().endswith(("}", ")"))


def _end(text: str, body: int, opening: str, reach: int) -> tuple[int, bool]:
    """Where the block ends that opens before `body`, and whether it is closed before `reach`."""
    if opening == "(":
        return _end_in_parens(text, body, reach)
    end, closed = _end_in_braces(text, body, reach, _IN_BRACES)
    if not closed and text.find("\\", body, end) >= 0:
        other, other_closed = _end_in_braces(text, body, reach, _IN_BRACES_TEX)
        if other_closed and other <= end:
            return other, True
    return end, closed


def _end_in_braces(text: str, body: int, reach: int, marks: "re.Pattern[str]") -> tuple[int, bool]:
    depth = 1
    heads: list[int] = []
    for mark in marks.finditer(text, body, reach):
        char = text[mark.start()]
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if not depth:
                return mark.end(), True
        elif char == "\n":
            heads.append(mark.end())
            if depth == 1 or len(heads) == _PATIENCE:
                return heads[0], False
    return (heads[0] if heads else len(text)), False


def _end_in_parens(text: str, body: int, reach: int) -> tuple[int, bool]:
    depth = 0
    quoted = False
    heads: list[int] = []
    for mark in _IN_PARENS.finditer(text, body, reach):
        char = text[mark.start()]
        if char == "{":
            depth += 1
        elif char == "}":
            depth = max(depth - 1, 0)
        elif char == '"' and not depth:
            quoted = not quoted
        elif char == ")" and not depth and not quoted:
            return mark.end(), True
        elif char == "\n":
            heads.append(mark.end())
            if len(heads) == _PATIENCE or not depth:
                return heads[0], False
    return (heads[0] if heads else len(text)), False
