"""What has to be known of a whole file before its first entry is read: the entries that others
refer to, which are held, and JabRef's groups, which stand at the end.

A file without either is only searched for three words.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from refman.formats.bibtex.blocks import Block, Shape, blocks
from refman.formats.bibtex.converting import Made
from refman.formats.bibtex.entry_blocks import read_block, read_string
from refman.formats.bibtex.inheritance import Family
from refman.formats.bibtex.jabref import Groups, read_groups
from refman.formats.bibtex.values import Macros
from refman.model.entry import Entry
from refman.progress import Progress

_REFERRING = ("crossref", "xdata")
_GROUPS = "jabref-meta"
_WINDOW = 1 << 20  # characters that are searched between two looks at the Stop button
_REFERENCE = re.compile(
    r"(?:crossref|xdata)[ \t\n]*+=[ \t\n]*+"
    r"(?:(?:\{[ \t\n{]*+([^{}]*+)\}[ \t\n}]*+|\"([^\"]*+)\"[ \t\n]*+)(?=[,})\w@]|$))?",
    re.IGNORECASE,
)
_PATIENCE = 3  # comments of JabRef without an end
_LONGEST = 10_000  # characters of a list of keys


class Overview(NamedTuple):
    """What concerns every entry of a file."""

    family: Family
    groups: Groups


def overview(text: str, progress: Progress) -> Overview:
    """The overview of `text`. Raises Cancelled."""
    groups = Groups({}, {}, {})
    keys: set[str] = set()
    patience = _PATIENCE
    is_odd = False  # some key is a name of @string
    for word, place in _places(text, (*_REFERRING, _GROUPS), progress):
        if word == _GROUPS:
            if patience and not read_groups(text, place, groups):
                patience -= 1
        elif found := _REFERENCE.match(text, place, place + _LONGEST):
            value = found[1] if found[1] is not None else found[2]
            is_odd = is_odd or value is None
            keys.update(_folded(value or ""))
    if is_odd:
        keys.update(_evaluated_keys(text, progress))
    return Overview(Family(_held(text, keys, progress) if keys else {}), groups)


def _places(text: str, words: tuple[str, ...], progress: Progress) -> Iterator[tuple[str, int]]:
    """Where each of `words` stands, in any case."""
    longest = max(map(len, words))
    for start in range(0, len(text), _WINDOW):
        progress.check()
        piece = text[start : start + _WINDOW + longest - 1]
        # The one letter that is not as long in lower case.
        piece = piece.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "I").lower()
        for word in words:
            at = piece.find(word)
            while 0 <= at < _WINDOW:
                yield word, start + at
                at = piece.find(word, at + 1)


def _folded(value: str) -> Iterator[str]:
    return (key.strip().casefold() for key in value.split(","))


def _entries(text: str, progress: Progress) -> Iterator[tuple[Block, Macros]]:
    """The blocks of entries, with the names that @string has defined before them."""
    macros = Macros()
    for block in blocks(text):
        progress.check()
        if block.shape is Shape.STRING:
            read_string(text, block, macros)
        elif block.shape is Shape.ENTRY:
            yield block, macros


def _evaluated_keys(text: str, progress: Progress) -> Iterator[str]:
    for block, macros in _entries(text, progress):
        if not block.parsed or any(one.name.lower() in _REFERRING for one in block.parsed.fields):
            for field in read_block(text, block, macros).fields:
                if field.name in _REFERRING:
                    yield from _folded(field.tex)


def _held(text: str, keys: set[str], progress: Progress) -> dict[str, Entry]:
    """The first entry of each of `keys`."""
    found: dict[str, Entry] = {}
    for block, macros in _entries(text, progress):
        if block.parsed and block.parsed.key.casefold() not in keys:
            continue
        raw = read_block(text, block, macros)
        if raw.key.casefold() in keys and raw.key:
            found.setdefault(raw.key.casefold(), Made(block.type, raw).entry)
    return found
