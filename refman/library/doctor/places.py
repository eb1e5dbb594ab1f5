"""Where the fields of an entry stand in its source, and the TeX that each holds."""

import re
from collections.abc import Iterator
from typing import NamedTuple

HEAD = re.compile(r"@\s*([^\s{(]+)\s*[{(]")
_MARK = re.compile(r"[{}\",#]|(?P<name>[^\s{}(),=\"#%'@\\~]+)\s*=\s*")


class Place(NamedTuple):
    """A field as it stands in a file; `tex` is None where it is put together of pieces."""

    name: str
    line: int
    tex: str | None


def places(block: str, line: int) -> Iterator[Place]:
    """The fields of the entry `block`, which begins in `line`, by their names and lines."""
    name, begins, pieces = "", 0, 1
    counted = 0
    for mark in _outer_marks(block):
        if mark[0] == "#":
            pieces += 1
        elif mark["name"]:
            if name:
                tex = _value(block[begins : mark.start()], pieces)
                if tex is None:
                    continue  # a value that has a name and an equals sign in it
                yield Place(name, line, tex)  # a comma is missing
            name, begins, pieces = mark["name"].lower(), mark.end(), 1
            line += block.count("\n", counted, mark.start())
            counted = mark.start()
        elif name:
            yield Place(name, line, _value(block[begins : mark.start()], pieces))
            name = ""
    if name:
        yield Place(name, line, _value(block[begins:].rstrip().rstrip(")}"), pieces))


def _outer_marks(block: str) -> "Iterator[re.Match[str]]":
    """Names, commas and `#` outside of braces and quotation marks; at last the closing brace."""
    head = HEAD.match(block)
    depth, quoted = 0, False
    for mark in _MARK.finditer(block, head.end()) if head else ():
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
            if depth < 0:
                yield mark
                return
        elif not depth and mark[0] == '"':
            quoted = not quoted
        elif not depth and not quoted:
            yield mark


def _value(raw: str, pieces: int) -> str | None:
    raw = raw.strip()
    if pieces > 1:
        return None
    if raw[:1] + raw[-1:] in ("{}", '""'):
        return raw[1:-1]
    return raw if raw.isdigit() else None
