"""A .bib file cut into its blocks, as `bibtex` sees them, and past every broken one.

    file   = { text | "@" type ( "{" body "}" | "(" body ")" ) }

An entry that keeps to the rules of `grammar` ends where these say. Of any other the braces
are counted as `bibtex` counts them, also one after a backslash; where that does not come out,
the block ends at the closing brace by TeX's count, or else before the next line that begins a
block. Every character belongs to exactly one block, and each is looked at a bounded number
of times, whatever the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from refman.formats.bibtex.grammar import NEXT, TYPE, Parsed, entry_at


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
    `parsed` is the entry as `bibtex` reads it, None where it breaks a rule.
    """

    shape: Shape
    type: str
    start: int
    body: int
    end: int
    line: int
    closed: bool = True
    parsed: Parsed | None = None


_HEAD = re.compile(rf"@\s*+(?P<type>{TYPE})\s*+(?P<open>[{{(])")
_NEXT_IN_LINE = rf"(?<=[}})])[ \t]*+(?=@{TYPE}[{{(][^\s{{}}(),=\"]++[ \t\n]*+,)"
_HEADS = rf"{NEXT}|{_NEXT_IN_LINE}"
_IN_BRACES = re.compile(rf"[{{}}]|{_HEADS}")
_IN_BRACES_TEX = re.compile(rf"\\.|[{{}}]|{_HEADS}", re.DOTALL)
_IN_PARENS = re.compile(rf"[{{}}()\"]|{_HEADS}")
# Fields after the brace that should have been the last: one closed too many.
_GOES_ON = re.compile(r"[ \t\n]*+,[ \t\n]*+[^\W\d][\w-]*+[ \t\n]*+=[ \t\n]*+[{\"\w]")
_NEXT = re.compile(NEXT)
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
        parsed = entry_at(text, head.end(), head["open"]) if shape is Shape.ENTRY else None
        if parsed:
            end, closed = parsed.end, True
        else:
            end, closed = _end(text, head, shape, open_comments)
            open_comments += shape is Shape.COMMENT and not closed
        if shape is Shape.ENTRY and closed and _GOES_ON.match(text, end):
            parsed, end = None, _end_of_rest(text, end)
        if between := text[gap:start].strip():
            begin = text.index(between[0], gap)
            yield Block(Shape.TEXT, "", begin, begin, start, line + text.count("\n", seen, begin))
        line += text.count("\n", seen, start)
        seen = start
        yield Block(shape, head["type"].lower(), start, head.end(), end, line, closed, parsed)
        place = end
    if between := text[place:].strip():
        begin = text.index(between[0], place)
        line += text.count("\n", seen, begin)
        yield Block(Shape.TEXT, "", begin, begin, len(text), line)


def _end_of_rest(text: str, place: int) -> int:
    """The last closing delimiter before the next line that begins a block."""
    following = _NEXT.search(text, place)
    stop = following.start() if following else len(text)
    last = max(text.rfind("}", place, stop), text.rfind(")", place, stop))
    return last + 1 if last >= 0 else stop


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


def _end(text: str, head: "re.Match[str]", shape: Shape, open_comments: int) -> tuple[int, bool]:
    """Where the block of `head` ends, and whether it is closed. After some comments that are
    not, only what is near is looked at first."""
    near = head.end() + _NEAR if open_comments >= _PATIENCE else len(text)
    end, closed = _end_before(text, head.end(), head["open"], near)
    if shape is Shape.COMMENT and not closed:
        return head.end(), False  # bibtex passes over the word alone
    if not closed and near < len(text):
        return _end_before(text, head.end(), head["open"], len(text))
    return end, closed


def _end_before(text: str, body: int, opening: str, reach: int) -> tuple[int, bool]:
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
        elif char == "\\":
            continue
        elif char == "\n" or depth == 1:
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
        elif char == "\n" or (char in " \t@" and not depth):
            heads.append(mark.end())
            if len(heads) == _PATIENCE or not depth:
                return heads[0], False
    return (heads[0] if heads else len(text)), False
