"""Which parts of a line of a manuscript are other keys than before."""

import re
from itertools import takewhile

ROOM = 36  # letters around a change that are shown of a long stretch
_PART = re.compile(r"[\w:.+/-]+|.", re.DOTALL)

Parts = list[tuple[str, bool]]  # a text, and whether it is another than in the other line


def compare(before: str, after: str) -> tuple[Parts, Parts]:
    """Both lines in parts, neighbours of a kind together."""
    old, new = _PART.findall(before), _PART.findall(after)
    if len(old) == len(new):  # only keys are other ones
        other = [one != two for one, two in zip(old, new, strict=True)]
        return _joined(old, other), _joined(new, other)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    return _around(before, start, end), _around(after, start, end)


def _common(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _around(text: str, start: int, end: int) -> Parts:
    stop = len(text) - end
    parts = [(text[:start], False), (text[start:stop], True), (text[stop:], False)]
    return [part for part in parts if part[0]]


def _joined(texts: list[str], other: list[bool]) -> Parts:
    parts: Parts = []
    for text, changed in zip(texts, other, strict=True):
        if parts and parts[-1][1] == changed:
            text = parts.pop()[0] + text
        parts.append((text, changed))
    return parts


def shortened(parts: Parts) -> Parts:
    """The parts with little of what is not changed: a paragraph may stand in one line."""
    last = len(parts) - 1
    return [
        (text if changed else _short(text, first=not place, last=place == last), changed)
        for place, (text, changed) in enumerate(parts)
    ]


def _short(text: str, *, first: bool, last: bool) -> str:
    text = text.replace("\t", " ")
    text = text.lstrip() if first else text
    if len(text) <= (ROOM if first else 2 * ROOM) or last:
        return text
    return ("" if first else text[:ROOM]) + "… " + text[-ROOM:].lstrip()
