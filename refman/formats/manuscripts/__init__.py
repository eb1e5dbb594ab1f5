"""Citation keys in manuscripts: where LaTeX, Markdown (Pandoc) and Typst cite, and renaming there.

Nothing but the keys is changed. What cites nothing is left alone: comments, verbatim text and
code, e-mail addresses, references to what the manuscript itself gives a label. To add a kind of
manuscript, write a module with `cited(text)`, which yields `Place`, and
`written(text, place, key)`, and a line in `_KINDS`.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from refman.formats.manuscripts import markdown, tex, typst
from refman.formats.manuscripts.places import Place

__all__ = [
    "SUFFIXES",
    "Cited",
    "Replaced",
    "included",
    "keys",
    "kind_of",
    "labels",
    "replace",
    "replaced",
]

_KINDS = {"tex": tex, "md": markdown, "typ": typst}
SUFFIXES: Mapping[str, str] = {
    ".tex": "tex",
    ".ltx": "tex",
    ".md": "md",
    ".markdown": "md",
    ".qmd": "md",
    ".rmd": "md",
    ".typ": "typ",
}
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Cited:
    r"""A key that is cited: in which line, counted from 1, and from which character to which.

    The key `*` (of `\nocite{*}` and `@*`) stands for all. A `reference` reads as one to a part of
    the manuscript (`@fig:one`): where no paper has this key, it is none.
    """

    key: str
    line: int
    start: int
    end: int
    reference: bool = False


@dataclass(frozen=True, slots=True)
class Replaced:
    """A line in which keys are renamed: its number, from 1, and how it reads before and after."""

    line: int
    before: str
    after: str


def kind_of(path: str | PurePath) -> str | None:
    """`tex`, `md` or `typ` by the ending of a file's name; None for any other."""
    return SUFFIXES.get(PurePath(path).suffix.lower())


def keys(text: str, kind: str, labelled: Collection[str] = ()) -> list[Cited]:
    """Every key that `text` cites, in its order; `labelled` are labels of other files with it."""
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
    return [
        Cited(
            place.key,
            bisect_right(starts, place.start),
            place.start,
            place.end,
            place.reference and kind == "md",
        )
        for place in _places(text, kind, labelled)
    ]


def replace(
    text: str, kind: str, renamed: Mapping[str, str], labelled: Collection[str] = ()
) -> str:
    """`text` with the keys of `renamed`, as they are spelled there, under their new names."""
    pieces: list[str] = []
    last = 0
    for start, end, new in _changes(text, kind, renamed, labelled):
        pieces += (text[last:start], new)
        last = end
    return "".join((*pieces, text[last:]))


def replaced(
    text: str, kind: str, renamed: Mapping[str, str], labelled: Collection[str] = ()
) -> list[Replaced]:
    """The lines that `replace` changes, in their order."""
    bounds = [0, *(found.end() for found in _LINE_END.finditer(text)), len(text)]
    lines: dict[int, list[tuple[int, int, str]]] = {}
    for change in _changes(text, kind, renamed, labelled):
        lines.setdefault(bisect_right(bounds, change[0], hi=len(bounds) - 1), []).append(change)
    found_lines = []
    for line, changes in lines.items():
        start, end = bounds[line - 1], max(bounds[line], changes[-1][1])
        before = text[start:end]
        after = before
        for first, last, new in reversed(changes):
            after = after[: first - start] + new + after[last - start :]
        found_lines.append(Replaced(line, before.rstrip("\r\n"), after.rstrip("\r\n")))
    return found_lines


def included(text: str, kind: str) -> list[str]:
    r"""The files that `text` takes in, as it names them: `\input{chapters/one}`."""
    return tex.included(text) if kind == "tex" else []


def labels(text: str, kind: str) -> set[str]:
    """The labels that `text` gives: `@intro` is no citation where one stands behind a heading."""
    return typst.labels(text) if kind == "typ" else set()


def _places(text: str, kind: str, labelled: Collection[str]) -> list[Place]:
    found = _KINDS[kind].cited(text)
    if kind == "typ":
        own = labels(text, kind).union(labelled)
        found = (place for place in found if not place.reference or place.key not in own)
    return sorted(found, key=lambda place: place.start)


def _changes(
    text: str, kind: str, renamed: Mapping[str, str], labelled: Collection[str]
) -> list[tuple[int, int, str]]:
    """What is put in place of what: start, end and new text, none across another."""
    written = _KINDS[kind].written
    return [
        written(text, place, renamed[place.key])
        for place in _places(text, kind, labelled)
        if renamed.get(place.key, place.key) != place.key
    ]
