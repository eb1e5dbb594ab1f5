"""Whether a text that was written is one entry and nothing else, as `bibtex` would read it.

An entry of the usual look is one match of a regular expression; any other is parsed.
"""

import re

from refman.formats.bibtex.grammar import TYPE, entry_at

_VALUE = r"[^{}]*+"
for _depth in range(3):
    _VALUE = rf"[^{{}}]*+(?:\{{{_VALUE}\}}[^{{}}]*+)*+"
_HEAD = re.compile(rf"@{TYPE}\{{")
_USUAL = re.compile(
    r"@[A-Za-z]++\{[^\s,{}()=\"#%\\]++"
    rf"(?:,\n[ \t]*+[A-Za-z][A-Za-z0-9_.+/:-]*+ *+= (?:\{{{_VALUE}\}}|[a-z]++))*+,?+\n\}}\n"
)


def is_one_entry(text: str) -> bool:
    """Whether `text` ends where its entry does, with a line feed behind it."""
    if _USUAL.fullmatch(text):
        return True
    head = _HEAD.match(text)
    read = entry_at(text, head.end(), "{") if head else None
    return read is not None and text[read.end :] == "\n"
