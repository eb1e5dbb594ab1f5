"""The letters of a source text, and where each stands: to find what a reader made of them.

A reader folds white space, decodes entities and TeX, joins hyphenated words and evens quotes out.
All of that leaves the letters and digits as they are, so these alone are compared, folded.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property, lru_cache
from html import unescape

from refman.formats.latex_symbols import SYMBOLS
from refman.model.text import without_accents

_FOUND = 50  # places of a value that are looked at
_CHUNK = 12  # letters that are the same by no chance
_RESYNC = 4
_FAR = 400  # letters that a reader may have left out within one value

# Tags within a value, wherever they stand; any other tag of markup parts two.
_INLINE = (
    r"</?(?:i|b|u|em|strong|sub|sup|sc|span|italic|bold|tt|var|mml:\w+|jats:\w+)"
    r"(?:\s[^<>]*)?/?>"
)
_GREEK = dict(
    zip(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
        "upsilon phi chi psi omega".split(),
        "αβγδεζηθικλμνξπρστυφχψω",
        strict=True,
    )
)
_COMMANDS = {
    **{name: said for name, said in SYMBOLS.items() if said.isalpha()},
    **_GREEK,
    **{name.capitalize(): letter for name, letter in _GREEK.items()},
}
_PLAIN = rf"""
    (?P<inline>(?i:{_INLINE}))
  | (?P<entity>&(?:\#\d{{1,7}}|\#x[0-9A-Fa-f]{{1,6}}|[A-Za-z]\w{{1,30}});)
  | \\(?P<command>[A-Za-z]+)
  | (?P<ascii>[A-Za-z0-9]+)
  | (?P<other>[^\x00-\x7f]+)
"""
_TEXT = re.compile(_PLAIN, re.VERBOSE)
_MARKUP = re.compile(_PLAIN + r"|(?P<tag><[/!?A-Za-z][^<>]*>)", re.VERBOSE)
_JSON = re.compile(
    r"""(?P<tag>"[\w-]{1,40}"\s*:)|\\\\(?P<twice>[A-Za-z]+)|(?P<unicode>(?:\\u[0-9A-Fa-f]{4})+)"""
    r"""|\\[nrtbf"/\\]|""" + _PLAIN,
    re.VERBOSE,
)


class Letters:
    """The folded letters and digits of `text`, in which values are looked for by theirs."""

    def __init__(self, text: str, shape: re.Pattern[str]) -> None:
        self.text = text
        self.tags: list[tuple[int, int]] = []  # where a tag stands that parts values
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for found in shape.finditer(text):
            kind, (start, end) = found.lastgroup, found.span()
            if kind == "ascii":
                pieces.append(found[0].lower())
                starts.extend(range(start, end))
                ends.extend(range(start + 1, end + 1))
            elif kind == "other":
                for place, letter in enumerate(found[0], start):
                    folded = _folded(letter)
                    pieces.append(folded)
                    starts.extend([place] * len(folded))
                    ends.extend([place + 1] * len(folded))
            elif kind == "tag":
                self.tags.append((start, end))
            elif kind not in (None, "inline"):
                folded = _said(kind, found[0])
                pieces.append(folded)
                starts.extend([start] * len(folded))
                ends.extend([end] * len(folded))
        self.letters = "".join(pieces)
        self._starts, self._ends = starts, ends

    @classmethod
    def of(cls, text: str) -> "Letters":
        """Of a source text, without the tags of markup and JSON's escapes."""
        start = text.lstrip()[:1]
        if start == "<":
            return cls(text, _MARKUP)
        return cls(text, _JSON if start == "{" and '":' in text else _TEXT)

    @cached_property
    def whole(self) -> "Letters":
        """The same with what stands in tags."""
        return Letters(self.text, _TEXT) if self.tags else self

    def find(self, wanted: str, start: int = 0) -> Iterator[tuple[int, int]]:
        """Where the letters `wanted` stand in the text, from the place `start` of it on."""
        at = self._letter_at(start)
        for _ in range(_FOUND if wanted else 0):
            at = self.letters.find(wanted, at)
            if at < 0:
                return
            yield self._starts[at], self._ends[at + len(wanted) - 1]
            at += 1

    def find_about(self, wanted: str) -> list[tuple[int, int]]:
        """Where most of the letters `wanted` stand, in their order; [] where most do not."""
        blocks: list[tuple[int, int]] = []
        at = done = 0
        while done + _CHUNK <= len(wanted):
            place = self.letters.find(wanted[done : done + _CHUNK], at)
            if place < 0 or (blocks and place - at > _FAR):
                done += _RESYNC
                continue
            length = _shared(wanted, done, self.letters, place)
            blocks.append((place, place + length))
            done, at = done + length, place + length
        if 2 * sum(end - start for start, end in blocks) < len(wanted):
            return []
        return [(self._starts[start], self._ends[end - 1]) for start, end in blocks]

    def parted(self, start: int, end: int) -> list[tuple[int, int]]:
        """A stretch of the text without the tags in it."""
        found = []
        for tag_start, tag_end in self.tags:
            if start <= tag_start < end:
                found.append((start, tag_start))
                start = max(start, tag_end)
        found.append((start, end))
        return found

    def _letter_at(self, place: int) -> int:
        """The first letter that does not stand before `place`."""
        return bisect_left(self._starts, place) if place else 0


@lru_cache(maxsize=512)
def letters_of(value: str) -> str:
    """The folded letters and digits of a value."""
    return Letters(value, _TEXT).letters


def _said(kind: str, source: str) -> str:
    if kind == "entity":
        said = unescape(source)
    elif kind == "unicode":
        said = source.encode().decode("unicode_escape", "replace")
    else:
        said = _COMMANDS.get(source.lstrip("\\"), "")
    return "".join(map(_folded, said))


def _folded(letter: str) -> str:
    """The letters that one becomes: none of a sign."""
    return "".join(c for c in without_accents(letter).casefold() if c.isalnum())


def _shared(one: str, at: int, other: str, place: int) -> int:
    """How many letters are the same from `at` in one and `place` in the other."""
    length = 0
    for mine, theirs in zip(one[at:], other[place:], strict=False):
        if mine != theirs:
            break
        length += 1
    return length
