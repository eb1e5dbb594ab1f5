"""The fields of a block that bibtexparser cannot read: whatever looks like one is taken.

A missing comma or key, a quotation mark within quotation marks, a brace that is not closed
cost at most the field that they stand in, and each is told with its line.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from refman.formats.bibtex.values import closing_quote
from refman.formats.latex import is_balanced
from refman.i18n import _
from refman.model.fields import FIELDS, biblatex_name

_KEY = re.compile(r"\s*+([^\s,{}\"=]*+)\s*+(?:,|$)")
_KEY_WITHOUT_COMMA = re.compile(r"\s*+([^\s,{}\"=]++)\s++(?=[^\s{}(),=\"#%'@\\~]++\s*+=)")
_KEY_BEFORE_JUNK = re.compile(r"\s*+([^\s,{}\"=]++)(?!\s*+=)(?=[\s{\"])")
_ODD_KEY = re.compile(r"\s*+([^,={}\"\n]++|[^\s,=\"]++),")
_FIELD = re.compile(r"[\s,]*+([^\s{}(),=\"#%'@\\~]++)\s*+=\s*+")
_NEXT_FIELD = re.compile(r"\n[ \t]*+,?[ \t]*+(?=[^\s{}(),=\"#%'@\\~]++\s*+=\s*+[{\"\w])")
_ANY_FIELD = re.compile(r"(?<![\w-])(?=[A-Za-z][\w:-]*+\s*+=\s*+[{\"\w])")
_BARE = re.compile(r"[^\s,{}\"#=]+")
_GAP = re.compile(r"\s*+")
_AFTER_QUOTE = re.compile(r"\s*+(?:[,#]|$|[)}]\s*+$|\n\s*+[\w-]++\s*+=)")
_FIELD_IN_LINE = re.compile(r",\s*+([A-Za-z][\w:-]*+)\s*+=\s*+[{\"\w]")
_FIELD_WITHOUT_EQUALS = re.compile(r"[\s,]*+\"?([A-Za-z][\w:+-]*+)\"?\s*+[=:]?\s*+(?=[{\"])")
_COMMENT = re.compile(r"[\s,]*+%[^\n]*+")
_AFTER_BARE = re.compile(
    r"\s*+(?:[,#)}]|$)|[ \t]*+\n\s*+[^\s{}(),=\"#%'@\\~]++\s*+=|\s++[A-Za-z][\w:-]*+\s*+=\s*+[{\"]"
)
_BARE_REST = re.compile(r"(?:(?!\n[ \t]*+[A-Za-z][\w:-]*+\s*+=)[^,{}])*+")
_LOOSE_QUOTES = re.compile(r"(?:'|“|„|``)(.*?)(?:''|'|”|“)", re.DOTALL)
_BRACE = re.compile(r"[{}]")


class RawField(NamedTuple):
    """A field as it stands in the file: its name, all that is right of `=`, its line."""

    name: str
    raw: str
    line: int


def fields(body: str) -> list[RawField]:
    """The fields of `body`, a block's text without type, key and outer delimiters."""
    return _Salvage(body, 0, closed=True).fields(0)


def text_of(raw: str) -> str:
    """What a value says that does not keep to the rules: all of it without its delimiters."""
    quoted = _LOOSE_QUOTES.fullmatch(raw)
    if quoted:
        return quoted[1]
    inner = raw[1:] if raw[:1] in ("{", '"') else raw
    if raw[:1] == '"':
        inner = inner.removesuffix('"')
    return inner if is_balanced(inner) else raw.strip('{" ')


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
    elif found := _KEY_BEFORE_JUNK.match(body):
        key, start = found[1], found.end()
        salvage.remarks.append((line, _("After the citation key a comma is missing.")))
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
            head = _FIELD.match(self._body, place) or self._without_equals(place)
            if not head:
                place = self._skip(place)
                continue
            line = self._line_of(head.start(1))
            if "=" not in head[0]:
                message = _("After the name of the field “{name}” an = is missing.")
                self.remarks.append((line, message.format(name=head[1])))
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

    def _without_equals(self, place: int) -> "re.Match[str] | None":
        """A field with another sign than `=`, or none, if its name is one that everybody knows."""
        head = _FIELD_WITHOUT_EQUALS.match(self._body, place)
        return head if head and biblatex_name(head[1]) in FIELDS else None

    def _skip(self, place: int) -> int:
        """Past what is no field, to the next that looks like one; a comment goes to its line's
        end."""
        comment = _COMMENT.match(self._body, place)
        following = None if comment else _ANY_FIELD.search(self._body, place + 1)
        end = comment.end() if comment else following.start() if following else len(self._body)
        between = self._body[place:end]
        left = between.strip(" \t\n,})")
        if left:
            message = _("This cannot be read and is left out: {text}").format(text=left[:200])
            self.remarks.append((self._line_of(place), message))
        elif following and "}" in between:
            message = _(
                "There is a closing brace too many; what comes after it is read all the same."
            )
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
            if end < 0 or (not self._closed and self._next_known(place) < end):
                return self._cut_off(place, line)
            return end + 1
        if char == '"':
            end = self._quoted(place)
            return end + 1 if end >= 0 else self._cut_off(place, line)
        bare = _BARE.match(self._body, place)
        if not bare:
            return place
        if _AFTER_BARE.match(self._body, bare.end()):
            return bare.end()
        message = _("This value has no braces; it is read up to the next comma or field.")
        self.remarks.append((line, message))
        rest = _BARE_REST.match(self._body, bare.end())
        return rest.end() if rest else bare.end()

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
                # An inner mark, unless a field begins in between: then this one ends another.
                return strict if _FIELD_IN_LINE.search(self._body, max(strict, 0), mark) else mark
        if limit == len(self._body):
            self._no_quote = min(self._no_quote, place)
        return strict

    def _next_field(self, place: int) -> int:
        """Where the next line begins that looks like a field; the end of the block if none."""
        index = bisect_left(self._field_lines, place)
        return self._field_lines[index] if index < len(self._field_lines) else len(self._body)

    def _next_known(self, place: int) -> int:
        """As `_next_field`, or where in a line a field begins whose name everybody knows."""
        limit = self._next_field(place)
        for found in _FIELD_IN_LINE.finditer(self._body, place, limit):
            if biblatex_name(found[1]) in FIELDS:
                return found.start()
        return limit

    def _cut_off(self, place: int, line: int) -> int:
        """The end of a value that is not closed: before the next field."""
        self._cut = True
        self.remarks.append((line, _("This field is not closed; it is read up to the next one.")))
        return self._next_known(place)


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
