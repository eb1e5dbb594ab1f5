"""Changing some fields of an entry in its own source: every other character stays as it is.

What is written keeps the hand of the file: its indent, the place of its `=`, quotation marks
or braces, small or capital names. A new field gets a line of its own before the last one, so
that no other line has to change for its comma.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from refman.formats.bibtex.values import closing_brace, closing_quote
from refman.model.fields import biblatex_name

_DATES = frozenset(("date", "year", "month", "day"))
_HEAD = re.compile(r"@\s*(?P<type>[^\s{(]+)\s*[{(]\s*(?P<key>[^\s,{}\"=]*)\s*(?P<comma>,?)")
_FIELD = re.compile(r"(?P<name>[^\s{}(),=\"#%'@\\~]+)(?P<equals>\s*=\s*)")
_BARE = re.compile(r"[^\s,{}\"#=()]+")
_BETWEEN = re.compile(r"(?:[\s,]++|%[^\n]*+)*+")
_BLANKS = re.compile(r"[ \t]*")
_LAST = re.compile(r"\s*[})]\s*$")

# Fields as the writer has them: their names in the file and their values, delimiters included.
Written = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Replacement:
    """What is to stand in the place of `text[start:end]`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Span:
    """A field in its block: `text[start:value]` is name and `=`, `text[value:end]` the value."""

    name: str
    start: int
    value: int
    end: int

    @property
    def field(self) -> str:
        """What it says, in BibLaTeX terms; all parts of a date are `date`."""
        return field_of(self.name)


def field_of(name: str) -> str:
    """The field that a name in a .bib file stands for; all parts of a date are `date`."""
    found = biblatex_name(name.lower())
    return "date" if found in _DATES else found


def spans(block: str) -> list[Span] | None:
    """The fields of an entry's source in their order; None where it is not plainly written."""
    head = _HEAD.match(block)
    if not head:
        return None
    found: list[Span] = []
    place = head.end()
    while True:
        place = _past_blanks(block, place)
        if _LAST.fullmatch(block, place):
            return found
        field = _FIELD.match(block, place)
        if not field or (found and "," not in block[found[-1].end : place]):
            return None
        end = _end_of_value(block, field.end())
        if end < 0:
            return None
        found.append(Span(field["name"], field.start(), field.end(), end))
        place = end


def fields_of(block: str) -> tuple[str, Written]:
    """The type of an entry that refman wrote, and its fields."""
    head = _HEAD.match(block)
    found = [(span.name, block[span.value : span.end]) for span in spans(block) or ()]
    return head["type"] if head else "", found


def splice(
    block: str,
    changed: Collection[str],
    written: Written,
    *,
    kind: str = "",
    key: str = "",
) -> list[Replacement] | None:
    """What to replace in `block`, an entry's source, so that `changed` is as `written` has it.

    A changed field that `written` does not have is taken out. `kind` and `key`, where given,
    are the new type and citation key. None where the block is not plainly written: then it
    has to be written anew.
    """
    head, fields = _HEAD.match(block), spans(block)
    if head is None or fields is None:
        return None
    edits: list[Replacement] = []
    if kind and kind.lower() != head["type"].lower():
        edits.append(Replacement(*head.span("type"), _as_in(head["type"], kind)))
    if key:
        edits.append(Replacement(*head.span("key"), key))
    new: list[tuple[str, str]] = []
    for name in sorted(changed):
        ours = [(field, value) for field, value in written if field_of(field) == name]
        theirs = [span for span in fields if span.field == name]
        new += _edits(block, theirs, ours, edits)
    if new:
        edits.append(_insertion(block, head, fields, new))
    return sorted(edits, key=lambda edit: (edit.start, edit.end))


def _edits(
    block: str, theirs: list[Span], ours: list[tuple[str, str]], edits: list[Replacement]
) -> list[tuple[str, str]]:
    """Note what becomes of a field's spans; what has no span yet is returned.

    Of a field that stands there twice the first counts, as for bibtex; a date in parts has a
    span for each.
    """
    first: dict[str, Span] = {}
    for span in theirs:
        first.setdefault(span.name.lower() if span.field == "date" else "", span)
    new = []
    for name, value in ours:
        part = name.lower() if field_of(name) == "date" else ""
        if part not in first:
            new.append((name, value))
        else:
            span = first.pop(part)
            old = block[span.value : span.end]
            edits.append(Replacement(span.value, span.end, _delimited(old, value)))
    edits.extend(Replacement(*_whole(block, span), "") for span in first.values())
    return new


def _delimited(old: str, new: str) -> str:
    """`new` between quotation marks where `old` is, bare where `old` is a bare number."""
    inner = new[1:-1] if new.startswith("{") else new
    if old.isdigit() and inner.isdigit():
        return inner
    if (
        old.startswith('"')
        and new.startswith("{")
        and closing_quote(f'"{inner}"', 0, len(new)) == (len(inner) + 1)
    ):
        return f'"{inner}"'
    return new


def _insertion(block: str, head: "re.Match[str]", fields: list[Span], new: Written) -> Replacement:
    if not fields:
        text = "".join(f"\n  {name} = {value}," for name, value in new)
        text += "" if block[head.end() :].lstrip(" \t").startswith("\n") else "\n"
        return Replacement(head.end(), head.end(), text if head["comma"] else f",{text}")
    last = fields[-1]
    line = block.rfind("\n", 0, last.start) + 1
    indent = block[line : last.start]
    shaped = [_shaped(block, fields, name) + value for name, value in new]
    if not line or indent.strip():  # several fields in one line
        return Replacement(last.start, last.start, "".join(f"{text}, " for text in shaped))
    return Replacement(line, line, "".join(f"{indent}{text},\n" for text in shaped))


def _shaped(block: str, fields: list[Span], name: str) -> str:
    """`name =` as the other fields of the block have it."""
    last = fields[-1]
    before = block[last.start : last.value]
    equals = before[len(last.name) :]
    columns = {block[span.start : span.value].find("=") for span in fields}
    if len(fields) > 1 and len(columns) == 1:  # the signs stand below each other
        gap = max(columns.pop() - len(name), 1 if equals[:1].isspace() else 0)
        equals = " " * gap + equals.lstrip()
    elif equals.startswith("  "):
        equals = " " + equals.lstrip()
    return _as_in(last.name, name) + equals


def _as_in(old: str, new: str) -> str:
    """`new` in capitals where `old` is; with a capital where `old` has one."""
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new.capitalize() if old.istitle() else new


def _whole(block: str, span: Span) -> tuple[int, int]:
    """What goes with a field that is taken out: its comma, and its lines where it has them."""
    end = _BLANKS.match(block, span.end)
    after = end.end() if end else span.end
    if block[after : after + 1] == ",":
        after += 1
    line = block.rfind("\n", 0, span.start) + 1
    rest = _BLANKS.match(block, after)
    stop = rest.end() if rest else after
    if line and not block[line : span.start].strip() and block[stop : stop + 1] == "\n":
        return line, stop + 1
    start = span.start
    if block[stop : stop + 1] == "\n":  # the last of its line: no blank stays behind
        start = line + len(block[line:start].rstrip(" \t"))
    return start, stop


def _past_blanks(block: str, place: int) -> int:
    """Past blanks, commas and comments between two fields."""
    found = _BETWEEN.match(block, place)
    return found.end() if found else place


def _end_of_value(block: str, place: int) -> int:
    """Where the value ends that begins at `place`: pieces with `#` between them; -1 nowhere."""
    while True:
        char = block[place : place + 1]
        if char == "{":
            end = closing_brace(block, place)
        elif char == '"':
            end = closing_quote(block, place, len(block))
        else:
            bare = _BARE.match(block, place)
            end = bare.end() - 1 if bare else -1
        if end < 0:
            return -1
        after = _next(block, end + 1)
        if block[after : after + 1] != "#":
            return end + 1
        place = _next(block, after + 1)


def _next(block: str, place: int) -> int:
    while place < len(block) and block[place].isspace():
        place += 1
    return place
