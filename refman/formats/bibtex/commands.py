"""Unicode as TeX commands: every character that TeX can say is written in ASCII, so that a file
can be read where nothing but ASCII can.

Accents and letters are braced (`{\\"u}`), which bibtex takes for one letter when it sorts and
changes capitals; what is no text but a sign of mathematics stands in math. What needs a font
of its own in TeX (Cyrillic, Greek words, Han) stays as it is.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from refman.formats import latex
from refman.formats.latex import Kind, Token
from refman.formats.latex_symbols import ACCENTS, SYMBOLS

_RUN = re.compile(r"(?:[A-Za-z](?=[\u0300-\u036f])|[^\x00-\x7f])[^\x00-\x7f]*")
_PIECE = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
_LIGATURES: Mapping[str, str] = {"–": "--", "—": "---", "“": "``", "”": "''"}
_LIGATURE = re.compile(r"(?<![-–—])[–—](?![-–—])|(?<![`“])“(?![`“‘])|(?<!['”’])”(?!['”])")
_MACROS = {mark: accent for accent, mark in ACCENTS.items()}
_MATH = re.compile(r"\\ensuremath\{(.+)\}")


def in_commands(tex: str) -> str:
    """The TeX text `tex` with every character beyond ASCII written as a command if there is one."""
    if tex.isascii():
        return tex
    return "".join(_said(latex.tokens(unicodedata.normalize("NFC", tex))))


def beyond_ascii(text: str) -> str:
    """The characters of `text` that are not ASCII, each once, in their order."""
    return "" if text.isascii() else "".join(sorted({c for c in text if not c.isascii()}))


def _said(pieces: list[Token]) -> Iterator[str]:
    for token in pieces:
        if token.source.isascii():
            yield token.source
        elif token.kind is Kind.TEXT:
            text = token.source
            if any(sign in text for sign in _LIGATURES):
                text = _LIGATURE.sub(lambda found: _LIGATURES[found[0]], text)
            yield _RUN.sub(_run, text)
        elif token.kind is Kind.MATH:
            yield "".join(_in_math(char) for char in token.source)
        else:
            yield token.source


def _run(found: "re.Match[str]") -> str:
    """Characters that stand together; signs of mathematics among them share their dollars."""
    pieces = _PIECE.findall(found[0])
    # A Greek word is no product of its letters.
    is_word = sum(_is_greek(piece) for piece in pieces) > 1
    said: list[str] = []
    for piece in pieces:
        command = _command(piece)
        if command is None and not (is_word and piece[0].isalpha()):
            math = _math(piece)
            if math and said and said[-1][0] == "$":
                before = said.pop()[1:-1]
                math = before + _gap(before, math) + math
            command = None if math is None else f"${math}$"
        said.append(piece if command is None else command)
    return "".join(said)


def _gap(before: str, after: str) -> str:
    """The blank that keeps a command's name from running into a letter after it."""
    return " " if before[-1].isalpha() and after[0].isalpha() else ""


def _in_math(char: str) -> str:
    math = None if char.isascii() else _math(char)
    return char if math is None else f"{{{math}}}"


def _is_greek(char: str) -> bool:
    return "\u0370" <= char[0] <= "\u03ff" or "\u1f00" <= char[0] <= "\u1fff"


@cache
def _command(piece: str) -> str | None:
    """The text command for a character (with the marks over it), None where there is none."""
    if len(piece) == 1 and piece in _symbols():
        return f"{{\\{_symbols()[piece]}}}"
    if (escaped := latex.escape_text(piece)) != piece:  # blanks that do not break, soft hyphens
        return escaped
    parts = unicodedata.normalize("NFD", piece)
    base, marks = parts[0], parts[1:]
    if not marks or not (base.isascii() and base.isalpha()):
        return None
    said = base
    for mark in marks:
        if ord(mark) not in _MACROS:
            return None
        accent = _MACROS[ord(mark)]
        said = f"\\{accent}{{{said}}}" if accent.isalpha() or said != base else f"\\{accent}{said}"
    return f"{{{said}}}"


@cache
def _math(char: str) -> str | None:
    """What stands for `char` in math, None where it is no sign of mathematics."""
    if len(char) > 1 or not (unicodedata.category(char) in ("Sm", "So", "No", "Lm", "Po", "Pd")
                             or _is_greek(char) or 0x2100 <= ord(char) < 0x2140):  # fmt: skip
        return None
    found = _MATH.fullmatch(_foreign().get(ord(char), ""))
    if not found or not found[1].isascii():
        return None
    says_it = "\\" in found[1] or found[1][0] in "^_" or unicodedata.category(char) == "Sm"
    return found[1] if says_it else None


@cache
def _symbols() -> Mapping[str, str]:
    """Character to the name of the macro that stands for it in text."""
    symbols = {
        chr(code): command[1:]
        for code, command in sorted(_foreign().items())
        if code > 127 and re.fullmatch(r"\\text[a-z]+", command)
    }
    for name, meaning in SYMBOLS.items():
        if len(meaning) == 1 and not meaning.isascii() and name.isalpha():
            symbols.setdefault(meaning, name)
    return {
        char: name
        for char, name in symbols.items()
        # Greek and Cyrillic have such names too, but not in the fonts that everybody has.
        if not 0x370 <= ord(char) < 0x2000 and latex.to_unicode(f"\\{name}") == char
    }


@cache
def _foreign() -> Mapping[int, str]:
    from pylatexenc.latexencode import get_builtin_uni2latex_dict

    table: Mapping[int, str] = get_builtin_uni2latex_dict()
    return table
