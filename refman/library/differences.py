"""What differs between two versions of a file, line by line, in the form of `diff -u`."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_AROUND = 3  # lines shown before and behind a difference


class _Part(NamedTuple):
    """Lines `i1` to `i2` of the one version that stand for `j1` to `j2` of the other."""

    is_equal: bool
    i1: int
    i2: int
    j1: int
    j2: int


def difference(before: str, after: str, names: tuple[str, str]) -> str:
    """The lines that differ with some around them; '' where none does."""
    a, b = _lines(before), _lines(after)
    shown: list[str] = []
    for hunk in _hunks(_parts(a, b)):
        first, last = hunk[0], hunk[-1]
        places = _range(first.i1, last.i2), _range(first.j1, last.j2)
        shown.append(f"@@ -{places[0]} +{places[1]} @@")
        for part in hunk:
            if part.is_equal:
                shown += [f" {line}" for line in a[part.i1 : part.i2]]
            else:
                shown += [f"-{line}" for line in a[part.i1 : part.i2]]
                shown += [f"+{line}" for line in b[part.j1 : part.j2]]
    if not shown:
        return ""
    return "\n".join([f"--- {names[0]}", f"+++ {names[1]}", *shown]) + "\n"


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    if lines[-1]:
        lines[-1] += "\n\\ No newline at end of file"
        return lines
    return lines[:-1]


def _parts(a: Sequence[str], b: Sequence[str]) -> Iterator[_Part]:
    """What is equal at both ends is most of a file, and costs difflib the most."""
    start = _common(a, b)
    end = _common(a[start:][::-1], b[start:][::-1])
    old, new = a[start : len(a) - end], b[start : len(b) - end]
    yield _Part(True, 0, start, 0, start)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        yield _Part(tag == "equal", start + i1, start + i2, start + j1, start + j2)
    yield _Part(True, len(a) - end, len(a), len(b) - end, len(b))


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many lines at the beginning are equal."""
    pairs = zip(a, b, strict=False)
    return next((i for i, (x, y) in enumerate(pairs) if x != y), min(len(a), len(b)))


def _hunks(parts: Iterator[_Part]) -> Iterator[list[_Part]]:
    """The parts that differ, together where few lines are between them."""
    hunk: list[_Part] = []
    for part in parts:
        is_, i1, i2, j1, j2 = part
        differs = any(not one.is_equal for one in hunk)
        if not is_ or (differs and i2 - i1 <= 2 * _AROUND):
            hunk.append(part)
            continue
        if differs:
            yield [*hunk, _Part(True, i1, i1 + _AROUND, j1, j1 + _AROUND)]
        size = min(_AROUND, i2 - i1)
        hunk = [_Part(True, i2 - size, i2, j2 - size, j2)]
    if any(not one.is_equal for one in hunk):
        last = hunk[-1]
        if last.is_equal:
            size = min(_AROUND, last.i2 - last.i1)
            hunk[-1] = _Part(True, last.i1, last.i1 + size, last.j1, last.j1 + size)
        yield hunk


def _range(start: int, stop: int) -> str:
    length = stop - start
    first = start + 1 if length else start
    return str(first) if length == 1 else f"{first},{length}"
