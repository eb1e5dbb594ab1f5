"""What may follow a marker after a colon: `lower`, `truncate8`, `regex("a", "b")`, `(else)`.

To add a modifier, write what it means into `MODIFIERS` and what it does into `_DOES`. The names
and their meanings are those of JabRef's manual, see `markers`; its longer names of formatters
(`lower_case`) do as well.
"""

import re
from collections.abc import Callable, Mapping

from refman.model.key_pattern.names import SMALL_WORDS

MODIFIERS: Mapping[str, str] = {
    "lower": "in small letters",
    "upper": "in capitals",
    "abbr": "the first letter of each word",
    "capitalize": "each word begins with a capital",
    "titlecase": "each word does, but for small words",
    "sentencecase": "only the first word does",
    "truncateN": "the first N characters",
    'regex("a","b")': "b in place of all that matches the regular expression a",
    "(text)": "this text where the marker gives none",
}

Modify = Callable[[str], str]


def find(name: str) -> Modify:
    """The modifier of that name, but for `regex` and `(text)`. Raises KeyError for none."""
    plain = name.replace("_", "").lower()
    if found := re.fullmatch(r"truncate(\d{1,4})", plain):
        length = int(found[1])
        return lambda text: text[:length].rstrip()
    return _DOES[plain]


def _abbr(text: str) -> str:
    return "".join(word[0] for word in text.split())


def _each_word(change: Callable[[str, bool], str]) -> Modify:
    """Changes each word, which is told whether it comes first."""

    def modify(text: str) -> str:
        return re.sub(r"\S+", lambda word: change(word[0], not text[: word.start()].strip()), text)

    return modify


def _upper_first(word: str) -> str:
    return word[:1].upper() + word[1:]


def _title_word(word: str, first: bool) -> str:
    small = word.casefold() in SMALL_WORDS and not first
    return word.lower() if small else _upper_first(word)


_DOES: Mapping[str, Modify] = {
    "abbr": _abbr,
    "lower": str.lower,
    "lowercase": str.lower,
    "upper": str.upper,
    "uppercase": str.upper,
    "capitalize": _each_word(lambda word, _first: _upper_first(word.lower())),
    "titlecase": _each_word(_title_word),
    "sentencecase": _each_word(
        lambda word, first: _upper_first(word.lower()) if first else word.lower()
    ),
}
