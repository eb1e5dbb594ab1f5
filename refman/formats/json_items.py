"""JSON files of many records: each is decoded alone, so that a broken one harms no other and
its place is known.

Numbers stay the text that they are written as; NaN and its like are no values.
"""

import json
import re
from collections.abc import Collection, Generator, Iterator
from typing import Any, NamedTuple

_DECODER = json.JSONDecoder(
    parse_int=str, parse_float=str, parse_constant=lambda _name: None, strict=False
)
_BLANK = re.compile(r"[\s,\ufeff]*")
_COLON = re.compile(r"\s*:\s*")
_SIGN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)
_NEXT = re.compile(r"\}\s*,\s*(?=\{\s*\"(?:id|type|itemType|itemID|key|version|title)\")")
_HALF = re.compile("[\ud800-\udfff]")
_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")


class Item(NamedTuple):
    """One record, or one member of the object that holds them.

    `place` is the member's name, of a record the name of its array ('' for the whole file).
    `value` is the record's, None where `message` says why it cannot be read.
    """

    place: str
    line: int
    source: str
    value: Any
    message: str = ""


def items(text: str, arrays: Collection[str] = ()) -> Iterator[Item]:
    """The records of a file that is an array of them or an object with members of which those
    named `arrays` are arrays of records; its other members come as they stand."""
    return _Reader(text, arrays).file()


class _Reader:
    def __init__(self, text: str, arrays: Collection[str]) -> None:
        self._text = text
        self._arrays = arrays
        self._counted, self._line = 0, 1

    def file(self) -> Iterator[Item]:
        start = self._after_blanks(0)
        if self._text[start : start + 1] == "[":
            yield from self._array(start, "")
            return
        place = start + 1
        while self._text[start : start + 1] == "{":
            place = self._after_blanks(place)
            if self._text[place : place + 1] in ("}", ""):
                return
            try:
                name, end = _DECODER.raw_decode(self._text, place)
            except (ValueError, RecursionError) as error:
                yield self._broken("", place, len(self._text), error)
                return
            colon = _COLON.match(self._text, end)
            if not isinstance(name, str) or not colon:
                yield self._broken("", place, len(self._text), ValueError())
                return
            begin = colon.end()
            if name in self._arrays and self._text[begin : begin + 1] == "[":
                place = yield from self._array(begin, name)
            else:
                item, place = self._one(begin, name)
                yield item

    def _array(self, start: int, place: str) -> Generator[Item, None, int]:
        """The records of the array at `start`; where it ends."""
        position = start + 1
        while True:
            position = self._after_blanks(position)
            if self._text[position : position + 1] in ("]", ""):
                return position + 1
            if self._text[position] in "}:":  # what a broken record left behind
                position += 1
                continue
            item, position = self._one(position, place)
            yield item

    def _one(self, start: int, place: str) -> tuple[Item, int]:
        try:
            value, end = _DECODER.raw_decode(self._text, start)
        except (ValueError, RecursionError) as error:
            end = self._end_of_broken(start)
            return self._broken(place, start, end, error), end
        source = self._text[start:end]
        if _ESCAPED_HALF.search(source):
            value = whole(value)
        return Item(place, self._line_of(start), source, value), end

    def _broken(self, place: str, start: int, end: int, error: Exception) -> Item:
        source = self._text[start:end].rstrip()
        if isinstance(error, RecursionError):
            message = "too deep"
        else:
            message = getattr(error, "msg", "") or "no value"
        return Item(place, self._line_of(start), source, None, message)

    def _end_of_broken(self, start: int) -> int:
        """Where the record that begins at `start` ends: at the brace below its own, else where
        its brackets are closed, else before what looks like the next record."""
        line = self._text.rfind("\n", 0, start) + 1
        indent = self._text[line:start]
        if indent and not indent.strip():
            close = self._text.find(f"\n{indent}}}", start)
            if close >= 0:
                return close + len(indent) + 2
        depth = 0
        for sign in _SIGN.finditer(self._text, start):
            if sign[0] in "[{":
                depth += 1
            elif sign[0] in "]}":
                depth -= 1
                if depth <= 0:
                    return sign.end() if depth == 0 else sign.start()
        found = _NEXT.search(self._text, start)
        return found.start() + 1 if found else len(self._text)

    def _after_blanks(self, place: int) -> int:
        found = _BLANK.match(self._text, place)
        return found.end() if found else place

    def _line_of(self, place: int) -> int:
        """The line of `place`, which never lies before the last one asked for."""
        self._line += self._text.count("\n", self._counted, place)
        self._counted = place
        return self._line


def whole(value: Any) -> Any:
    """`value` with every half of a character in its texts replaced."""
    if isinstance(value, str):
        return _HALF.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [whole(each) for each in value]
    if isinstance(value, dict):
        return {whole(name): whole(each) for name, each in value.items()}
    return value


def text_of(value: Any) -> str:
    """A JSON value as text: numbers and texts as they are, lists with commas, else ''."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return ", ".join(text for each in value if (text := text_of(each)))
    return ""
