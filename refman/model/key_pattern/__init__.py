"""Patterns of citation keys in JabRef's bracket language: `[auth:lower][year][veryshorttitle]`.

A pattern is text with markers in brackets (`markers.MARKERS` says what each gives), and after a
colon what is done with it (`modifiers.MODIFIERS`). A key made from it is in ASCII letters,
digits and `- _ : . + /`; whatever else a marker gives is left out.

With `;` between them several patterns are tried. The first of which every marker gives something
is taken; where there is none, the first of which any marker does. A pattern of which no marker
gives anything makes no key, whatever stands around it. `(text)` after a colon counts as given.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from refman.model.citation_key import to_ascii
from refman.model.entry import Entry
from refman.model.key_pattern import markers, modifiers, regexes
from refman.model.key_pattern.markers import MARKERS
from refman.model.key_pattern.modifiers import MODIFIERS

__all__ = ["DEFAULT", "LONGEST", "MARKERS", "MODIFIERS", "Pattern", "PatternError", "parse"]

DEFAULT = "[default]"
LONGEST = 1000  # characters of a pattern

_NO_KEY = re.compile(r"[^A-Za-z0-9_:.+/-]+")
_DASHES = str.maketrans("‐‑‒–—−", "------")
_NAME = re.compile(r"[^\[\]:;()\"]*")
_STRING = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*', re.DOTALL)


class PatternError(ValueError):
    """A pattern that cannot be read: `position` counts from 1, `problem` says what to do."""

    def __init__(self, position: int, problem: str) -> None:
        super().__init__(f"{problem} (character {position})")
        self.position = position
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _Marker:
    gives: markers.Gives
    modifiers: tuple[modifiers.Modify, ...]

    def text(self, entry: Entry) -> str:
        text = to_ascii(self.gives(entry).translate(_DASHES))
        for modify in self.modifiers:
            text = modify(text)
        return _NO_KEY.sub("", to_ascii(text))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was read. `alternatives` are the texts and markers of each."""

    text: str
    alternatives: tuple[tuple[str | _Marker, ...], ...]

    def key(self, entry: Entry) -> str:
        """The key of `entry`, whether or not it is free; '' where the pattern gives none."""
        first = ""
        for parts in self.alternatives:
            given = [part if isinstance(part, str) else part.text(entry) for part in parts]
            found = [
                text for part, text in zip(parts, given, strict=True) if isinstance(part, _Marker)
            ]
            if all(found):
                return "".join(given)
            if any(found):
                first = first or "".join(given)
        return first


@lru_cache(maxsize=64)
def parse(text: str) -> Pattern:
    """The pattern that `text` says. Raises PatternError."""
    if len(text) > LONGEST:
        raise PatternError(LONGEST, f"A pattern has at most {LONGEST} characters: shorten it.")
    return _Parser(text).pattern()


class _Parser:
    """Goes through a pattern once; `place` is where it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    def pattern(self) -> Pattern:
        alternatives = [self.alternative()]
        while self.next() == ";":
            self.place += 1
            alternatives.append(self.alternative())
        return Pattern(self.text, tuple(alternatives))

    def alternative(self) -> tuple[str | _Marker, ...]:
        start = self.place
        parts: list[str | _Marker] = []
        while (char := self.next()) not in ("", ";"):
            if char == "[":
                parts.append(self.marker())
            elif literal := self.literal(char):
                parts.append(literal)
        if not parts:
            raise self.error("There is no pattern here: write one, as in [auth][year].", start)
        if not any(isinstance(part, _Marker) for part in parts):
            raise self.error(
                "Every paper would have the same key: write a marker, as in [auth][year].", start
            )
        return tuple(parts)

    def literal(self, char: str) -> str:
        """What a character outside of brackets puts into a key; '' for a blank."""
        if char == "]":
            raise self.error("This ] has no [ before it: put one before the marker's name.")
        plain = to_ascii(char)
        if not char.isspace() and (not plain or _NO_KEY.search(plain)):
            raise self.error(
                f"“{char}” cannot stand in a citation key: use letters, digits and - _ : . + /."
            )
        self.place += 1
        return plain.strip()

    def marker(self) -> _Marker:
        start = self.place
        self.place += 1
        gives = self.found_marker(self.name())
        modify: list[modifiers.Modify] = []
        while self.next() == ":":
            self.place += 1
            modify.append(self.modifier())
        if self.next() != "]":
            if not self.next() or self.next() in "[;":
                raise self.error("This [ is not closed: put a ] behind the marker.", start)
            raise self.error("A : or ] is missing here.")
        self.place += 1
        return _Marker(gives, tuple(modify))

    def found_marker(self, name: str) -> markers.Gives:
        start = self.place - len(name)
        if not name.strip():
            raise self.error("The brackets are empty: name a marker, as in [auth].", start)
        try:
            return markers.find(name.strip())
        except KeyError:
            known = {each.lower(): each for each in MARKERS}
            near = get_close_matches(name.strip().lower(), known, 1)
            meant = f"did you mean [{known[near[0]]}]?" if near else "see the list of markers."
            raise self.error(
                f"There is no marker [{name.strip()}]: {meant} A field is written in capitals.",
                start,
            ) from None

    def modifier(self) -> modifiers.Modify:
        start = self.place
        if self.next() == "(":
            return self.fallback()
        name = self.name().strip()
        if name == "regex":
            return self.regex(start)
        try:
            return modifiers.find(name)
        except KeyError:
            if name in ("truncate", "truncateN"):
                advice = "write how many characters, as in truncate8."
            else:
                near = get_close_matches(name.lower(), MODIFIERS, 1)
                advice = (
                    f"did you mean :{near[0]}?" if near else f"there are {', '.join(MODIFIERS)}."
                )
            raise self.error(f"There is no modifier “:{name}”: {advice}", start) from None

    def fallback(self) -> modifiers.Modify:
        end = self.text.find(")", self.place)
        if end < 0:
            raise self.error("This ( is not closed: put a ) behind the text.")
        instead = self.text[self.place + 1 : end]
        self.place = end + 1
        return lambda text: text or instead

    def regex(self, start: int) -> modifiers.Modify:
        pieces = []
        for sign in "(,":
            string = _STRING.match(self.text, self.place + 1) if self.next() == sign else None
            if string is None:
                raise self.error('Write :regex("pattern", "replacement"), both in quotes.')
            pieces.append(string[1].replace('\\"', '"'))
            self.place = string.end()
        if self.next() != ")":
            raise self.error('Write :regex("pattern", "replacement"), with a ) behind it.')
        self.place += 1
        try:
            return regexes.substitution(*pieces)
        except ValueError as error:
            raise self.error(str(error), start) from error

    def name(self) -> str:
        found = _NAME.match(self.text, self.place)
        assert found is not None  # it matches nothing, too
        self.place = found.end()
        return found[0]

    def next(self) -> str:
        return self.text[self.place : self.place + 1]

    def error(self, problem: str, place: int | None = None) -> PatternError:
        return PatternError((self.place if place is None else place) + 1, problem)
