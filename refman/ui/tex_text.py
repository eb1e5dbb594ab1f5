r"""TeX in titles and abstracts, shown as text: `\emph{online}` in italics, `$\beta$` as β.

The text shown keeps a map to the text stored, so that a passage marked on the screen is
the right passage of the abstract. What is not known stays as its source; nothing raises.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from refman.ui.tex_reader import LINK, SUBSCRIPT, SUPERSCRIPT, Reader, Run

_ANY_TEX = re.compile(r"[\\${}]|``|--|https?://")
_URL = re.compile(r"https?://[^\s<>\"'{}|\\^`\[\]]*[^\s<>\"'{}|\\^`\[\].,;:!?)]")


@dataclass(frozen=True, slots=True)
class ShownText:
    """A stored text as it is shown.

    Shown character i stands for `source[starts[i]:ends[i]]`; both rise monotonically.
    They are None where the shown text is the stored one.
    """

    source: str
    text: str
    runs: tuple[Run, ...] = ()
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def to_stored(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the stored text that the shown stretch stands for.

        Braces that the stretch opens and that close right behind it are taken in.
        """
        start, end = max(0, start), min(len(self.text), end)
        if start >= end:
            place = self._stored_place(start)
            return place, place
        if self.starts is None or self.ends is None:
            return start, end
        first, last = self.starts[start], self.ends[end - 1]
        open_braces = _balance(self.source[first:last])
        while open_braces > 0 and self.source.startswith("}", last):
            last += 1
            open_braces -= 1
        return first, last

    def to_shown(self, start: int, end: int) -> tuple[int, int]:
        """The shown stretch that stands for a stretch of the stored text."""
        start, end = max(0, start), min(len(self.source), end)
        if self.starts is None or self.ends is None:
            return start, max(start, end)
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        return first, max(first, last)

    def plain(self, start: int = 0, end: int | None = None) -> str:
        """The shown text, or a stretch of it, with nothing left to runs: `L^p`, not `Lp`."""
        end = len(self.text) if end is None else end
        pieces: list[str] = []
        place = start
        for run in self.runs:
            if run.style not in (SUBSCRIPT, SUPERSCRIPT) or run.end <= place or run.start >= end:
                continue
            low, high = max(run.start, place), min(run.end, end)
            body = self.text[low:high]
            mark = "_" if run.style == SUBSCRIPT else "^"
            pieces += [self.text[place:low], mark, body if len(body) == 1 else f"({body})"]
            place = high
        pieces.append(self.text[place:end])
        return "".join(pieces)

    def _stored_place(self, place: int) -> int:
        if self.starts is None:
            return min(place, len(self.source))
        return self.starts[place] if place < len(self.starts) else len(self.source)


@lru_cache(maxsize=512)
def shown(source: str) -> ShownText:
    """`source` as it is shown."""
    if not _ANY_TEX.search(source):
        return ShownText(source, source)
    reader = Reader(source)
    reader.read_text(0, len(source), 0)
    text = "".join(reader.out)
    runs = _tidy(reader.runs + _links(text, reader.runs))
    if text == source:
        return ShownText(source, text, runs)
    return ShownText(source, text, runs, tuple(reader.starts), tuple(reader.ends))


def plain(source: str) -> str:
    """`source` as plain text, for a table cell, a tooltip or a window's title."""
    return shown(source).plain()


def _balance(text: str) -> int:
    """How many braces `text` opens and does not close."""
    level = 0
    for char in re.sub(r"\\.", "", text, flags=re.DOTALL):
        if char == "{":
            level += 1
        elif char == "}" and level:
            level -= 1
    return level


def _links(text: str, runs: list[Run]) -> list[Run]:
    taken = [run for run in runs if run.style == LINK]
    return [
        Run(match.start(), match.end(), LINK, match[0])
        for match in _URL.finditer(text)
        if not any(run.start < match.end() and match.start() < run.end for run in taken)
    ]


def _tidy(runs: list[Run]) -> tuple[Run, ...]:
    """In order of place, with neighbours of one style joined."""
    tidy: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.start, -run.end, run.style)):
        last = tidy[-1] if tidy else None
        same = last and (last.style, last.target) == (run.style, run.target)
        if last and same and last.end == run.start:
            tidy[-1] = Run(last.start, run.end, run.style, run.target)
        else:
            tidy.append(run)
    return tuple(tidy)
