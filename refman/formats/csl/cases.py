"""The `text-case` of CSL: titles, sentences, small and capital letters."""

import re
from collections.abc import Callable

from refman.formats.csl.marks import MARKS, NO_CASE, bare

# Which words of a title are small: the list of the CSL specification 1.0.2.
_STOP_WORDS = frozenset(
    "a an and as at but by down for from in into nor of on onto or over so the till to up via "
    "with yet".split()
)
_WORDS = re.compile(r"[^ \u00a0/—]+")
_PARTS = re.compile("[^-‐‑]+")
_NO_CASE_PART = re.compile(f"{NO_CASE[0]}.*?{NO_CASE[1]}", re.DOTALL)
Inside = Callable[[int], bool]  # whether a place of the text keeps its case
_CAPITAL_STARTS = (":", "?", "!", ".")


def cased(text: str, case: str, *, english: bool = True) -> str:
    """`text` with the `text-case` of CSL 1.0.2; what is marked as caseless stays."""
    if not text or (case == "title" and not english):
        return text
    kept = [part.span() for part in _NO_CASE_PART.finditer(text)] if NO_CASE[0] in text else []

    def inside(place: int) -> bool:
        return any(start <= place < end for start, end in kept)

    if case in ("lowercase", "uppercase"):
        change = str.lower if case == "lowercase" else str.upper
        return "".join(c if inside(i) else change(c) for i, c in enumerate(text))
    if case == "capitalize-first":
        first = next((i for i, sign in enumerate(text) if sign not in MARKS), None)
        if first is None or inside(first):
            return text
        return text[:first] + _capital(text[first:])
    if case == "sentence":
        return _sentence(text, inside)
    if case not in ("title", "capitalize-all"):
        return text
    return _titled(text, inside, every=case == "capitalize-all")


def _capital(word: str) -> str:
    for index, sign in enumerate(word):
        if sign not in MARKS and sign not in "([{“‘\"'¿¡":
            # "ß" has no capital of one letter; a word does not begin with it.
            return word[:index] + sign.upper() + word[index + 1 :]
    return word


def _sentence(text: str, inside: Inside) -> str:
    shout = bare(text).isupper()
    words: list[str] = []
    place = 0
    first = True
    for found in _WORDS.finditer(text):
        words.append(text[place : found.start()])
        place = found.end()
        word = found[0]
        if not inside(found.start() + _first(word)):
            if shout:
                word = word.lower()
            if first:
                word = _capital(word)
        first = False
        words.append(word)
    return "".join(words) + text[place:]


def _titled(text: str, inside: Inside, *, every: bool) -> str:
    found = list(_WORDS.finditer(text))
    shout = len(found) > 1 and bare(text).isupper()
    pieces: list[str] = []
    place = 0
    after = ":"
    for index, each in enumerate(found):
        pieces.append(text[place : each.start()])
        place = each.end()
        ends = index in (0, len(found) - 1) or after.endswith(_CAPITAL_STARTS)
        parts = list(_PARTS.finditer(each[0]))
        at = 0
        for part in parts:
            pieces.append(each[0][at : part.start()])
            at = part.end()
            if inside(each.start() + part.start() + _first(part[0])):
                pieces.append(part[0])
                continue
            small = not every and not (ends and part in (parts[0], parts[-1]))
            pieces.append(_titled_part(part[0], small=small, shout=shout))
        pieces.append(each[0][at:])
        plain = bare(each[0])
        after = plain.rstrip("”’\"')]") or plain
    return "".join(pieces) + text[place:]


def _titled_part(part: str, *, small: bool, shout: bool) -> str:
    """A word or a part of one; `small`: it is not capital if it is one of the small words."""
    if shout:
        part = part.lower()
    plain = bare(part).strip("“”‘’\"'.,;:!?()[]")
    if "." in plain or "@" in plain or (len(plain) == 1 and not plain.isascii()):
        return part  # "e.g.", "arxiv.org", "α-helix"
    if small and plain.lower() in _STOP_WORDS:
        return part.lower() if plain.istitle() and len(plain) > 1 else part
    return _capital(part) if plain == plain.lower() else part


def _first(word: str) -> int:
    """Where the first letter or digit is."""
    return next((i for i, sign in enumerate(word) if sign.isalnum()), 0)
