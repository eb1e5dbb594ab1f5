"""The fields of a block that bibtexparser cannot read: whatever looks like one is taken.

A missing comma or key, a quotation mark within quotation marks, a brace that is not closed
cost at most the field that they stand in, and each is told with its line.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from refman.formats.bibtex.values import closing_quote
from refman.i18n import _

_KEY = re.compile(r"\s*+([^\s,{}\"=]*+)\s*+(?:,|$)")
_KEY_WITHOUT_COMMA = re.compile(r"\s*+([^\s,{}\"=]++)\s++(?=[^\s{}(),=\"#%'@\\~]++\s*+=)")
_ODD_KEY = re.compile(r"\s*+([^,=\n]++),")
_FIELD = re.compile(r"[\s,]*+([^\s{}(),=\"#%'@\\~]++)\s*+=\s*+")
_NEXT_FIELD = re.compile(r"\n[ \t]*+,?[ \t]*+(?=[^\s{}(),=\"#%'@\\~]++\s*+=\s*+[{\"\w])")
_ANY_FIELD = re.compile(r"(?<![\w-])(?=[A-Za-z][\w:-]*+\s*+=\s*+[{\"\w])")
_BARE = re.compile(r"[^\s,{}\"#=]+")
_GAP = re.compile(r"\s*+")
_AFTER_QUOTE = re.compile(r"\s*+(?:[,#]|$|[)}]\s*+$|\n\s*+[\w-]++\s*+=)")
_BRACE = re.compile(r"[{}]")


class RawField(NamedTuple):
    """A field as it stands in the file: its name, all that is right of `=`, its line."""

    name: str
    raw: str
    line: int


def fields(body: str) -> list[RawField]:
    """The fields of `body`, a block's text without type, key and outer delimiters."""
    return _Salvage(body, 0, closed=True).fields(0)


def entry(
    body: str, line: int, *, closed: bool
) -> tuple[str, list[RawField], list[tuple[int, str]]]:
    """The key of an entry ('' if it has none), its fields, and what was wrong, with lines."""
    salvage = _Salvage(body, line, closed=closed)
    key, start = "", 0
    if found := _KEY.match(body):
        key, start = found[1], found.end()
    elif found := _KEY_WITHOUT_COMMA.match(body):
        key, start = found[1], found.end()
        salvage.remarks.append((line, _("After the citation key a comma is missing.")))
    elif found := _ODD_KEY.match(body):
        key, start = re.sub(r"[\s{}\"]+", "", found[1]), found.end()
        salvage.remarks.append((line, _("The citation key has signs in it that no key can have.")))
    taken = salvage.fields(start)
    if not closed:
        salvage.remarks.append((line, _("The closing brace of this entry is missing.")))
    return key, taken, salvage.remarks


class _Salvage:
    def __init__(self, body: str, line: int, *, closed: bool) -> None:
        self._body = body
        self._line = line
        self._counted = 0
        self._closed = closed
        self._cut = False  # the last value was not closed
        self._closing = _partners(body)
        self._field_lines = [found.start() for found in _NEXT_FIELD.finditer(body)]
        self._no_quote = len(body)  # from here on no quotation mark has a partner
        self.remarks: list[tuple[int, str]] = []

    def fields(self, place: int) -> list[RawField]:
        """All fields from `place` on."""
        found: list[RawField] = []
        while place < len(self._body):
            head = _FIELD.match(self._body, place)
            if not head:
                place = self._skip(place)
                continue
            line = self._line_of(head.start(1))
            self._cut = False
            end = self._end_of_value(head.end(), line)
            raw = self._body[head.end() : end].rstrip(" \t\n," if self._cut else " \t\n")
            found.append(RawField(head[1], raw, line))
            place = end
            rest = self._body[end : end + 200].lstrip()
            if rest and rest[0] not in ",})" and not self._cut:
                message = _("After the field “{name}” a comma is missing.").format(name=head[1])
                self.remarks.append((line, message))
        return found

    def _line_of(self, place: int) -> int:
        self._line += self._body.count("\n", self._counted, place)
        self._counted = max(place, self._counted)
        return self._line

    def _skip(self, place: int) -> int:
        """Past what is no field, to the next that looks like one."""
        following = _ANY_FIELD.search(self._body, place + 1)
        end = following.start() if following else len(self._body)
        left = self._body[place:end].strip(" \t\n,})")
        if left:
            message = _("This cannot be read and is left out: {text}").format(text=left[:200])
            self.remarks.append((self._line_of(place), message))
        return end

    def _end_of_value(self, place: int, line: int) -> int:
        """Where the value ends that begins at `place`: pieces with `#` between them."""
        while True:
            end = self._end_of_piece(place, line)
            gap = _GAP.match(self._body, end)
            after = gap.end() if gap else end
            if self._body[after : after + 1] != "#":
                return end
            gap = _GAP.match(self._body, after + 1)
            place = gap.end() if gap else after + 1

    def _end_of_piece(self, place: int, line: int) -> int:
        char = self._body[place : place + 1]
        if char == "{":
            end = self._closing.get(place, -1)
            # In a block that lacks a brace, one that encloses other fields closes them.
            if end < 0 or (not self._closed and self._next_field(place) < end):
                return self._cut_off(place, line)
            return end + 1
        if char == '"':
            end = self._quoted(place)
            return end + 1 if end >= 0 else self._cut_off(place, line)
        bare = _BARE.match(self._body, place)
        return bare.end() if bare else place

    def _quoted(self, place: int) -> int:
        """The quotation mark that ends the value: one after which a value can end. -1: none."""
        limit = self._next_field(place)
        strict = closing_quote(self._body, place, limit) if place < self._no_quote else -1
        if strict >= 0 and _AFTER_QUOTE.match(self._body, strict + 1):
            return strict
        mark = place if place < self._no_quote else -1
        while mark >= 0:
            mark = self._body.find('"', mark + 1, limit)
            if mark >= 0 and _AFTER_QUOTE.match(self._body, mark + 1):
                return mark
        if limit == len(self._body):
            self._no_quote = min(self._no_quote, place)
        return strict

    def _next_field(self, place: int) -> int:
        """Where the next line begins that looks like a field; the end of the block if none."""
        index = bisect_left(self._field_lines, place)
        return self._field_lines[index] if index < len(self._field_lines) else len(self._body)

    def _cut_off(self, place: int, line: int) -> int:
        """The end of a value that is not closed: before the next line that begins a field."""
        self._cut = True
        self.remarks.append((line, _("This field is not closed; it is read up to the next one.")))
        return self._next_field(place)


def _partners(text: str) -> dict[int, int]:
    """Where each brace that is closed is closed."""
    opened: list[int] = []
    partners: dict[int, int] = {}
    for mark in _BRACE.finditer(text):
        if mark[0] == "{":
            opened.append(mark.start())
        elif opened:
            partners[opened.pop()] = mark.start()
    return partners
