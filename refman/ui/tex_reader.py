"""Reads TeX once, from left to right: what is shown, and which source each character is for.

Text commands, accents, quotation marks, dashes and simple math are known, by the tables in
`tex_symbols`. What is not known stays as its source.
"""

import re
import unicodedata
from dataclasses import dataclass

from refman.ui import tex_symbols

ITALIC, BOLD, MONO = "italic", "bold", "mono"
SUBSCRIPT, SUPERSCRIPT, LINK = "subscript", "superscript", "link"

_SPECIAL = re.compile(r"[\\${}`'-]")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?|\\(.)", re.DOTALL)
_BLANKS = re.compile(r"[ \t\n\r]*")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_MATH_LIMIT = 400  # characters; a dollar sign farther from the next one is money
_DEPTH_LIMIT = 24


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the shown text with a look of its own; `target` is a link's address."""

    start: int
    end: int
    style: str
    target: str = ""


class _Unknown(Exception):
    """Math with a command that has no character; its source is shown."""


class Reader:
    """Reads a text once from left to right, so that the map is monotonic by construction."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.out: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.runs: list[Run] = []
        self.quotes = 0
        self.closing = _closing_braces(source)

    # --- what is written -------------------------------------------------------------

    def emit(self, text: str, start: int, end: int) -> None:
        """Show `text` for `source[start:end]`."""
        for char in text:
            self.out.append(char)
            self.starts.append(start)
            self.ends.append(end)

    def copy(self, start: int, end: int) -> None:
        """Show `source[start:end]` as it is."""
        self.out.extend(self.source[start:end])
        self.starts.extend(range(start, end))
        self.ends.extend(range(start + 1, end + 1))

    def style(self, first: int, name: str, target: str = "") -> None:
        """Give what was shown since `first` a look."""
        if name and len(self.out) > first:
            self.runs.append(Run(first, len(self.out), name, target))

    def go_back(self, length: int, run_count: int) -> None:
        """Forget what was shown after `length` characters and `run_count` runs."""
        del self.out[length:], self.starts[length:], self.ends[length:], self.runs[run_count:]

    # --- text ------------------------------------------------------------------------

    def read_text(self, place: int, end: int, depth: int, *, in_group: bool = False) -> None:
        """Show `source[place:end]`, which is text."""
        source = self.source
        switches: list[tuple[int, str]] = []
        while place < end:
            match = _SPECIAL.search(source, place, end)
            if match is None:
                self.copy(place, end)
                break
            self.copy(place, match.start())
            place = match.start()
            char = source[place]
            if char == "\\":
                command = _COMMAND.match(source, place, end)
                name = command[1] if command else None
                if command and name in tex_symbols.SWITCHES and in_group:
                    switches.append((len(self.out), tex_symbols.SWITCHES[str(name)]))
                    place = _after_blanks(source, command.end(), end)
                else:
                    place = self.read_command(place, end, depth)
            elif char == "$":
                place = self.read_dollar(place, end, depth)
            elif char == "{":
                place = self.read_group(place, end, depth)
            elif char == "-":
                place = self.read_dashes(place, end)
            elif char in "`'":
                place = self.read_quotes(place, end)
            else:
                self.copy(place, place + 1)
                place += 1
        for first, name in switches:
            self.style(first, name)

    def read_dashes(self, place: int, end: int) -> int:
        stop = place
        while stop < end and self.source[stop] == "-":
            stop += 1
        before = self.source[place - 1] if place else " "
        behind = self.source[stop] if stop < end else " "
        is_option = before.isspace() and not behind.isspace()  # as in `--flag`
        if stop - place == 2 and not is_option:
            self.emit("–", place, stop)
        elif stop - place == 3:
            self.emit("—", place, stop)
        else:
            self.copy(place, stop)
        return stop

    def read_quotes(self, place: int, end: int) -> int:
        source = self.source
        if source.startswith("``", place, end) and source.find("''", place + 2, end) > 0:
            self.emit("“", place, place + 2)
            self.quotes += 1
            return place + 2
        if source.startswith("''", place, end) and self.quotes:
            self.emit("”", place, place + 2)
            self.quotes -= 1
            return place + 2
        self.copy(place, place + 1)
        return place + 1

    def read_group(self, place: int, end: int, depth: int) -> int:
        close = self.group_end(place, end)
        if close is None or depth > _DEPTH_LIMIT:
            self.copy(place, place + 1)
            return place + 1
        inside = self.source[place + 1 : close]
        # Braces around a word or a command are TeX's; `{0, 1}` and `{a, b}` are a set.
        hidden = inside[:1] == "\\" or (inside[:1].isalpha() and "," not in inside)
        if not hidden:
            self.copy(place, place + 1)
        self.read_text(place + 1, close, depth + 1, in_group=True)
        if not hidden:
            self.copy(close, close + 1)
        return close + 1

    def read_command(self, place: int, end: int, depth: int) -> int:
        """Show the command at `place`; return where to go on."""
        command = _COMMAND.match(self.source, place, end)
        if command is None:
            self.copy(place, place + 1)
            return place + 1
        name = command[1] or command[2]
        after = command.end()
        for reading in (self.read_accent, self.read_styled, self.read_reference):
            stop = reading(name, place, after, end, depth)
            if stop is not None:
                return stop
        if name in ("(", "["):
            close = self.source.find("\\)" if name == "(" else "\\]", after, end)
            if close > 0:
                return self.read_math(place, after, close, close + 2, depth)
        if command[2] is not None and name in tex_symbols.ESCAPES:
            self.emit(tex_symbols.ESCAPES[name], place, after)
            return after
        symbol = tex_symbols.TEXT_SYMBOLS.get(name, tex_symbols.MATH_SYMBOLS.get(name))
        if symbol is not None and command[1]:
            if self.source.startswith("{}", after, end):
                after += 2
            elif name in tex_symbols.TEXT_SYMBOLS:
                after = _after_blanks(self.source, after, end)
            self.emit(symbol, place, after)
            return after
        return self.keep_source(place, after, end)

    def keep_source(self, place: int, after: int, end: int) -> int:
        """Show an unknown command with the groups behind it as they are."""
        while after < end and self.source[after] == "{":
            close = self.group_end(after, end)
            if close is None:
                break
            after = close + 1
        self.copy(place, after)
        return after

    def read_accent(self, name: str, place: int, after: int, end: int, depth: int) -> int | None:
        if name not in tex_symbols.COMBINING:
            return None
        if name.isalpha() and not (after < end and self.source[after] in " {"):
            return None
        start = _after_blanks(self.source, after, end) if name.isalpha() else after
        stop = start + 1
        body = self.source[start:stop]
        if body == "{":
            close = self.group_end(start, end)
            if close is None:
                return None
            body, stop = self.source[start + 1 : close].strip(), close + 1
        elif body == "\\":
            match = _COMMAND.match(self.source, start, end)
            if match is None:
                return None
            body, stop = match[0], match.end()
        body = {"\\i": "i", "\\j": "j"}.get(body, body)
        if stop > end or len(body) != 1 or not body.isalpha():
            return None
        accented = unicodedata.normalize("NFC", body + tex_symbols.COMBINING[name])
        self.emit(accented, place, stop)
        return stop

    def read_styled(self, name: str, place: int, after: int, end: int, depth: int) -> int | None:
        """`\\emph{…}` and its kin, in text."""
        if name not in tex_symbols.STYLES and name != "ensuremath":
            return None
        start = _after_blanks(self.source, after, end)
        close = self.group_end(start, end)
        if close is None or depth > _DEPTH_LIMIT:
            return None
        if name == "ensuremath":
            return self.read_math(place, start + 1, close, close + 1, depth)
        first = len(self.out)
        self.read_text(start + 1, close, depth + 1, in_group=True)
        self.style(first, tex_symbols.STYLES[name])
        return close + 1

    def read_reference(self, name: str, place: int, after: int, end: int, depth: int) -> int | None:
        """`\\href{address}{text}`, `\\url{address}` and `\\unicode{x2013}`."""
        if name not in ("href", "url", "unicode"):
            return None
        close = self.group_end(after, end)
        if close is None or depth > _DEPTH_LIMIT:
            return None
        body = self.source[after + 1 : close].strip()
        first = len(self.out)
        if name == "unicode":
            char = _code_point(body)
            if char is None:
                return None
            self.emit(char, place, close + 1)
            return close + 1
        if name == "url":
            self.copy(after + 1, close)
        else:
            last = self.group_end(close + 1, end)
            if last is None:
                return None
            self.read_text(close + 2, last, depth + 1, in_group=True)
            close = last
        self.style(first, LINK, body.replace("\\", ""))
        return close + 1

    # --- math ------------------------------------------------------------------------

    def read_dollar(self, place: int, end: int, depth: int) -> int:
        """Math if the dollar sign opens any (Pandoc's rule), else the sign itself."""
        source = self.source
        width = 2 if source.startswith("$$", place, end) else 1
        start = place + width
        limit = min(end, start + _MATH_LIMIT)
        close = start
        while True:
            close = source.find("$" * width, close, limit)
            if close < 0:
                break
            if source[close - 1] != "\\":
                break
            close += 1
        inside = source[start:close] if close > start else ""
        behind = source[close + width : close + width + 1] if close >= 0 else ""
        if not inside or (width == 1 and (inside != inside.strip() or behind.isdigit())):
            self.copy(place, start)
            return start
        return self.read_math(place, start, close, close + width, depth)

    def read_math(self, place: int, start: int, stop: int, after: int, depth: int) -> int:
        """Show `source[start:stop]` as math; with an unknown command `source[place:after]`."""
        length, run_count, quotes = len(self.out), len(self.runs), self.quotes
        try:
            self.read_formula(start, stop, depth)
        except _Unknown:
            self.go_back(length, run_count)
            self.quotes = quotes
            self.copy(place, after)
        return after

    def read_formula(self, place: int, end: int, depth: int, *, upright: bool = False) -> None:
        if depth > _DEPTH_LIMIT:
            raise _Unknown
        while place < end:
            place = self.read_atom(place, end, depth, upright=upright)

    def read_atom(self, place: int, end: int, depth: int, *, upright: bool = False) -> int:
        """Show the one symbol, group or command at `place`; return where to go on."""
        char = self.source[place]
        if char == "\\":
            return self.read_math_command(place, end, depth, upright)
        if char in "_^":
            return self.read_script(place, end, depth)
        if char == "{":
            close = self.group_end(place, end)
            if close is None:
                raise _Unknown
            self.read_formula(place + 1, close, depth + 1, upright=upright)
            return close + 1
        if char in "}&#$%":
            raise _Unknown
        if char.isspace() or char == "~":
            after = max(_after_blanks(self.source, place, end), place + 1)
            self.emit(" ", place, after)
            return after
        first = len(self.out)
        self.emit({"-": "−", "'": "′"}.get(char, char), place, place + 1)
        if char.isalpha() and not upright:
            self.style(first, ITALIC)
        return place + 1

    def read_script(self, place: int, end: int, depth: int) -> int:
        if place + 1 >= end or depth > _DEPTH_LIMIT or self.source[place + 1] in "_^":
            raise _Unknown
        first, run_count = len(self.out), len(self.runs)
        after = self.read_atom(place + 1, end, depth + 1)
        raised = self.source[place] == "^"
        body = "".join(self.out[first:])
        if raised and body in ("∘", "′"):
            self.out[first:] = ["°" if body == "∘" else body]
            return after
        table = tex_symbols.SUPERSCRIPTS if raised else tex_symbols.SUBSCRIPTS
        styles = {run.style for run in self.runs[run_count:]}
        if all(ord(char) in table for char in body) and styles <= {ITALIC}:
            self.out[first:] = list(body.translate(table))
            del self.runs[run_count:]
        else:
            self.style(first, SUPERSCRIPT if raised else SUBSCRIPT)
        return after

    def read_math_command(self, place: int, end: int, depth: int, upright: bool) -> int:
        command = _COMMAND.match(self.source, place, end)
        if command is None:
            raise _Unknown
        name = command[1] or command[2]
        after = command.end()
        if name in tex_symbols.STYLES:
            return self.read_math_style(name, after, end, depth)
        if name == "unicode":
            stop = self.read_reference(name, place, after, end, depth)
            if stop is None:
                raise _Unknown
            return stop
        if name in ("frac", "tfrac", "dfrac", "sqrt"):
            return self.read_fraction(name, place, after, end, depth)
        if name in tex_symbols.SIZES:
            after = _after_blanks(self.source, after, end)
            return after + 1 if self.source.startswith(".", after, end) else after
        if name in tex_symbols.MATH_COMBINING or name.startswith("math"):
            return self.read_letter(name, place, after, end)
        if name in tex_symbols.FUNCTIONS:
            self.emit(name, place, after)
            return after
        symbol = tex_symbols.MATH_SYMBOLS.get(
            name, tex_symbols.ESCAPES.get(name, tex_symbols.TEXT_SYMBOLS.get(name))
        )
        if symbol is None:
            raise _Unknown
        first = len(self.out)
        self.emit(symbol, place, after)
        if "α" <= symbol <= "ϵ" and not upright:
            self.style(first, ITALIC)
        return after

    def read_math_style(self, name: str, after: int, end: int, depth: int) -> int:
        start = _after_blanks(self.source, after, end)
        close = self.group_end(start, end)
        if close is None or depth > _DEPTH_LIMIT:
            raise _Unknown
        first = len(self.out)
        if name in tex_symbols.TEXT_COMMANDS:
            self.read_text(start + 1, close, depth + 1, in_group=True)
        else:
            self.read_formula(start + 1, close, depth + 1, upright=True)
        self.style(first, tex_symbols.STYLES[name])
        return close + 1

    def read_fraction(self, name: str, place: int, after: int, end: int, depth: int) -> int:
        if name == "sqrt":
            self.emit("√", place, after)
            return self.read_operand(after, end, depth)
        after = self.read_operand(after, end, depth)
        self.emit("/", after, after)
        return self.read_operand(after, end, depth)

    def read_operand(self, place: int, end: int, depth: int) -> int:
        """A group in parentheses, unless it is one word or number."""
        place = _after_blanks(self.source, place, end)
        if place >= end or depth > _DEPTH_LIMIT:
            raise _Unknown
        close = self.group_end(place, end)
        if close is None:
            return self.read_atom(place, end, depth + 1)
        bare = re.fullmatch(r"\s*(\w|\d+|\\[A-Za-z]+)\s*", self.source[place + 1 : close])
        if not bare:
            self.emit("(", place, place + 1)
        self.read_formula(place + 1, close, depth + 1)
        if not bare:
            self.emit(")", close, close + 1)
        return close + 1

    def read_letter(self, name: str, place: int, after: int, end: int) -> int:
        r"""`\mathbb{R}`, `\hat x`: one letter with a sign or from another alphabet."""
        start = _after_blanks(self.source, after, end)
        close = self.group_end(start, end)
        stop = start + 1 if close is None else close + 1
        body = self.source[start:stop] if close is None else self.source[start + 1 : close]
        body = body.strip()
        if body.startswith("\\"):
            body = tex_symbols.MATH_SYMBOLS.get(body[1:], "")
        first = len(self.out)
        if name in tex_symbols.MATH_COMBINING:
            if stop > end or len(body) != 1 or not body.isalpha():
                raise _Unknown
            sign = tex_symbols.MATH_COMBINING[name]
            self.emit(unicodedata.normalize("NFC", body + sign), place, stop)
            self.style(first, ITALIC)
            return stop
        letters = [tex_symbols.alphabet_letter(name, letter) for letter in body]
        if stop > end or not letters or None in letters:
            raise _Unknown
        self.emit("".join(letter or "" for letter in letters), place, stop)
        return stop

    def group_end(self, place: int, end: int) -> int | None:
        """Where the group that opens at `place` closes; None if none opens or it never closes."""
        close = self.closing.get(place)
        return close if close is not None and close < end else None


def _closing_braces(source: str) -> dict[int, int]:
    """Where each group of `source` closes, by where it opens."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACES.finditer(source):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            closing[opened.pop()] = match.start()
    return closing


def _after_blanks(source: str, place: int, end: int) -> int:
    match = _BLANKS.match(source, place, end)
    return match.end() if match else place


def _code_point(body: str) -> str | None:
    """The character of `x2013` or `8211`, if it is one that can be shown."""
    match = re.fullmatch(r"x([0-9A-Fa-f]{1,6})|([0-9]{1,7})", body)
    if match is None:
        return None
    number = int(match[1], 16) if match[1] else int(match[2])
    if number > 0x10FFFF or not chr(number).isprintable():
        return None
    return chr(number)
