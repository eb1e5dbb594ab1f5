"""Plain text: white space, accents and case put away, so that texts can be compared."""

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import compress, pairwise
from zlib import crc32

# Characters that show nothing: soft hyphen, zero-width ones, direction marks, byte-order mark.
_INVISIBLE: dict[int, str | None] = dict.fromkeys(
    [0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)]
)
_INVISIBLE |= dict.fromkeys(i for i in range(32) if chr(i) not in "\t\n\r")
_INVISIBLE |= dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")  # no text has them
# The zero-width joiner and non-joiner, which mean something between letters that join.
_JOINERS = re.compile(
    "(?<![\u0590-\u1fff\u2600-\U0010ffff])[\u200c\u200d]|[\u200c\u200d](?![\u0590-\u1fff\u2600-\U0010ffff])"
)
# Accents on Latin, Greek and Cyrillic letters; marks of other scripts are letters of their own.
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")
_NON_ASCII = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"[^\W_]+")
# An entity of HTML, as "&#252;" or "&eacute;", and marks that pages leave in titles.
_ENTITY = re.compile(r"&(?:#[0-9]{2,7};?|#[xX][0-9A-Fa-f]{2,6};?|[A-Za-z][A-Za-z0-9]{1,30};)")
_MARKS = re.compile(
    r"</?(?:i|b|u|em|strong|sub|sup|inf|scp|sc|span|tt|jats:[a-z-]+|mml:[a-z]+)"
    r"(?: [^<>]*=[^<>]*)?/?>",
    re.IGNORECASE,
)
_TEX_COMMAND = re.compile(r"\\[A-Za-z]+\*?|[{}$\\]")
# Of ASCII, which most texts are, the same by bytes: letters and digits are words, in lower case.
_WORD_BYTES = bytes(ord(chr(i).lower()) if chr(i).isalnum() else 0x20 for i in range(128)) * 2
_CONTROL_BYTES = bytes(i for i in range(32) if i not in b"\t\n\r")
# Letters that Unicode does not decompose.
_PLAIN = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
     "þ": "th", "Þ": "Th", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ı": "i", "ŋ": "ng"}
)  # fmt: skip


def visible(text: str) -> str:
    """`text` without invisible and control characters (line ends and tabs stay)."""
    if text.isascii():
        shown = text.encode().translate(None, _CONTROL_BYTES)
        return text if len(shown) == len(text) else shown.decode()
    return _JOINERS.sub("", text.translate(_INVISIBLE))


def squeeze(text: str) -> str:
    """One line: visible characters only, every run of white space a single blank."""
    if not text.isprintable():  # asked first because it is quick
        text = visible(text)
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def _plain(run: str) -> str:
    decomposed = unicodedata.normalize("NFKD", run.translate(_PLAIN))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))


def without_accents(text: str) -> str:
    """`text` with its Latin letters reduced to ASCII ones where there is a usual way."""
    if text.isascii():
        return text
    return _NON_ASCII.sub(lambda found: _plain(found[0]), text)


def fold(text: str) -> str:
    """`text` for comparison: one line, no accents, no case."""
    if text.isascii():
        return squeeze(text).lower()
    return without_accents(squeeze(text)).casefold()


def unescaped(text: str) -> str:
    """`text` with the characters that HTML entities in it stand for: "G&#252;ting" is Güting."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def words(text: str) -> list[str]:
    """The folded words of `text`; TeX commands, braces, entities and marks of HTML put away."""
    text = _without_markup(text)
    if text.isascii():
        return text.encode().translate(_WORD_BYTES, _CONTROL_BYTES).decode().split()
    return _WORD.findall(fold(text))


def _words_as_bytes(text: str) -> list[bytes]:
    """`words`, in UTF-8."""
    text = _without_markup(text)
    if text.isascii():
        return text.encode().translate(_WORD_BYTES, _CONTROL_BYTES).split()
    return " ".join(_WORD.findall(fold(text))).encode().split()


def _without_markup(text: str) -> str:
    if "&" in text:
        text = unescaped(text)
    if "<" in text:
        text = _MARKS.sub("", text)
    if "\\" in text or "{" in text or "$" in text or "}" in text:
        return _TEX_COMMAND.sub(" ", text)
    return text


def normalised_title(title: str) -> str:
    """What two spellings of one title share: its folded words, a blank between them."""
    return " ".join(words(title))


SHINGLE_WORDS = 5
FINGERPRINT_SIZE = 12  # hashes kept of an abstract
FINGERPRINT_MINIMUM = 20  # words; a shorter abstract has no fingerprint
TITLE_SKETCH = 3  # hashes kept of a title


def shingles(text: str) -> frozenset[str]:
    """Every run of SHINGLE_WORDS folded words in `text`."""
    found = words(text)
    return frozenset(
        " ".join(found[i : i + SHINGLE_WORDS]) for i in range(len(found) - SHINGLE_WORDS + 1)
    )


def hash64(text: str) -> int:
    """A signed 64-bit hash of `text`, the same on every machine and in every version."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def fingerprint(title: str, abstract: str) -> tuple[int, ...]:
    """Hashes of which two records of one paper share some: a sketch of the abstract and title.

    Bottom-k sketches (Broder, "On the resemblance and containment of documents", 1997) with
    CRC-32 as the hash: of the abstract the FINGERPRINT_SIZE least hashes of its shingles,
    only those that begin at a word whose own hash is divisible by four (which saves most of
    the work and does not depend on the place); none where it has fewer than
    FINGERPRINT_MINIMUM words. Of the title the TITLE_SKETCH least hashes of its pairs of
    neighbouring words, counted below zero.
    """
    pairs = {-1 - crc32(b"%b %b" % pair) for pair in pairwise(_words_as_bytes(title))}
    sketch = sorted(pairs)[-TITLE_SKETCH:]
    found = _words_as_bytes(abstract)
    if len(found) < FINGERPRINT_MINIMUM:
        return tuple(sketch)
    return (*sketch, *sorted(_hashes(found))[:FINGERPRINT_SIZE])


def sample(abstract: str) -> frozenset[int]:
    """Hashes of about an eighth of the shingles, the same ones wherever they stand."""
    return frozenset(value for value in _hashes(_words_as_bytes(abstract)) if value & 1)


def _hashes(found: Sequence[bytes]) -> set[int]:
    """Of the shingles that begin at a word which a fingerprint counts."""
    starts = compress(range(len(found) - SHINGLE_WORDS + 1), map(_begins.__getitem__, found))
    return {crc32(b" ".join(found[i : i + SHINGLE_WORDS])) for i in starts}


class _Begins(dict[bytes, bool]):
    """Whether a shingle that begins with a word may be kept: a quarter of all words."""

    def __missing__(self, word: bytes) -> bool:
        if len(self) > _BEGINS_KEPT:
            self.clear()
        self[word] = begins = not crc32(word) & 3
        return begins


_BEGINS_KEPT = 50_000  # words; most texts share a few thousand
_begins = _Begins()
