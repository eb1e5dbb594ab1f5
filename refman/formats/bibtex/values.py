"""What stands to the right of `=`: braces, quotation marks, numbers, @string names and `#`.

value = piece { "#" piece }        piece = "{" … "}" | '"' … '"' | digits | name
"""

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# The names that plain.bst and its kin define besides the months.
_JOURNALS = {
    "acmcs": "ACM Computing Surveys", "acta": "Acta Informatica",
    "cacm": "Communications of the ACM", "ibmjrd": "IBM Journal of Research and Development",
    "ibmsj": "IBM Systems Journal", "ieeese": "IEEE Transactions on Software Engineering",
    "ieeetc": "IEEE Transactions on Computers",
    "ieeetcad": "IEEE Transactions on Computer-Aided Design of Integrated Circuits",
    "ipl": "Information Processing Letters", "jacm": "Journal of the ACM",
    "jcss": "Journal of Computer and System Sciences", "scp": "Science of Computer Programming",
    "sicomp": "SIAM Journal on Computing", "tocs": "ACM Transactions on Computer Systems",
    "tods": "ACM Transactions on Database Systems", "tog": "ACM Transactions on Graphics",
    "toms": "ACM Transactions on Mathematical Software",
    "toois": "ACM Transactions on Office Information Systems",
    "toplas": "ACM Transactions on Programming Languages and Systems",
    "tcs": "Theoretical Computer Science",
}  # fmt: skip

_LONGEST_MACRO = 20_000  # characters; @string definitions can double each other
_MOST_EXPANSION = 50_000_000  # characters that names become in one file
_BRACE = re.compile(r"[{}]")
_BRACE_TEX = re.compile(r"\\.|[{}]", re.DOTALL)
_QUOTE = re.compile(r"[{}\"]")
_BARE = re.compile(r"[^\s,{}\"#=]+")
_GAP = re.compile(r"\s*+(#?)\s*+")


class Macros:
    """The @string names of a file and what they stand for, in TeX; case does not count."""

    def __init__(self) -> None:
        self._values = {**{month: month for month in MONTHS}, **_JOURNALS}
        self._spent = 0

    def define(self, name: str, raw: str, unknown: dict[str, int], line: int) -> bool:
        """Let `name` stand for the value `raw`. False if it is none or grows too long.

        Names in it are noted in `unknown` as by `evaluate`: `name` itself, too, is none yet.
        """
        value = self.evaluate(raw, unknown, line)
        if value is None or not name or len(value) > _LONGEST_MACRO:
            return False
        self._values[name.lower()] = value
        return True

    def evaluate(self, raw: str, unknown: dict[str, int], line: int) -> str | None:
        """The TeX text that `raw` means, None if it is no value from beginning to end.

        A name that nothing defines stands for itself and is noted in `unknown` with `line`.
        """
        simple = _simple(raw)
        if simple is not None:
            return simple
        pieces: list[str] = []
        place = 0
        while True:
            piece, place = self._piece(raw, place, unknown, line)
            if piece is None:
                return None
            pieces.append(piece)
            gap = _GAP.match(raw, place)
            place = gap.end() if gap else place
            if place == len(raw) and not (gap and gap[1]):
                return "".join(pieces)
            if not gap or not gap[1]:
                return None

    def _piece(
        self, raw: str, place: int, unknown: dict[str, int], line: int
    ) -> tuple[str | None, int]:
        char = raw[place : place + 1]
        if char == "{":
            end = closing_brace(raw, place)
            return (raw[place + 1 : end], end + 1) if end >= 0 else (None, place)
        if char == '"':
            end = closing_quote(raw, place, len(raw))
            return (raw[place + 1 : end], end + 1) if end >= 0 else (None, place)
        bare = _BARE.match(raw, place)
        if not bare:
            return None, place
        name = bare[0]
        value = name if name.isdigit() else self._values.get(name.lower())
        if value is None or self._spent > _MOST_EXPANSION:
            unknown.setdefault(name, line)
            value = name
        self._spent += len(value)
        return value, bare.end()


def _simple(raw: str) -> str | None:
    """The text of the usual value: one pair of braces around no other, or a number."""
    if raw[:1] == "{":
        end = raw.find("}")
        if end == len(raw) - 1 and raw.find("{", 1) < 0:
            return raw[1:-1]
    return raw if raw.isdigit() else None


def closing_brace(text: str, place: int) -> int:
    """Where the brace at `place` is closed, by bibtex's count or else by TeX's; -1 nowhere."""
    end = _closing(text, place, _BRACE)
    return end if end >= 0 or "\\" not in text else _closing(text, place, _BRACE_TEX)


def _closing(text: str, place: int, marks: "re.Pattern[str]") -> int:
    depth = 0
    for mark in marks.finditer(text, place):
        char = mark[0]
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if not depth:
                return mark.start()
    return -1


def closing_quote(text: str, place: int, limit: int) -> int:
    """Where the quotation mark at `place` has its partner outside of braces, before `limit`;
    -1 nowhere."""
    depth = 0
    for mark in _QUOTE.finditer(text, place + 1, limit):
        char = mark[0]
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth < 0:
                return -1
        elif not depth:
            return mark.start()
    return -1
