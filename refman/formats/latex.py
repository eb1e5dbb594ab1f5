"""LaTeX to Unicode for showing and searching, Unicode to LaTeX-safe text for export.

Three functions matter: `to_unicode` says in Unicode what can be said so and keeps the rest
(math, unknown macros, braces that hold something together); `plain` puts that rest away
too, for a screen or a search; `escape` writes a text so that TeX prints it as it stands.
`to_unicode(escape(text))` is `text`, if it has no TeX in it that `to_unicode` would change.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple

from refman.formats.latex_symbols import ACCENTS, DRESS, KNOWN, LOGOS, SCOPED, SPELT, SYMBOLS

# Signs that mean something to TeX: while decoding, these stand for the sign itself.
_DOLLAR, _OPEN, _CLOSE, _BACKSLASH = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_LITERAL = {_DOLLAR: "$", _OPEN: "{", _CLOSE: "}", _BACKSLASH: "\\"}
_AS_TEX = {_DOLLAR: "\\$", _OPEN: "\\{", _CLOSE: "\\}", _BACKSLASH: "\\textbackslash{}"}
_SIGNS = {
    "$": _DOLLAR, "textdollar": _DOLLAR, "{": _OPEN, "textbraceleft": _OPEN, "lbrace": _OPEN,
    "}": _CLOSE, "textbraceright": _CLOSE, "rbrace": _CLOSE, "textbackslash": _BACKSLASH,
}  # fmt: skip
_ANY_SIGN = re.compile("[\ufdd0-\ufdd3]")

_MATH_BODY = r"[^$\\]*+(?:\\.[^$\\]*+)*+"
_PAREN_BODY = r"[^\\]*+(?:\\[^()\[\]][^\\]*+)*+"
_ANY_MATH = rf"\$\$?{_MATH_BODY}\$\$?|\\\({_PAREN_BODY}\\\)|\\\[{_PAREN_BODY}\\\]"
_LONGEST_MATH = 2000

_ACCENTED = (
    r"\\(?:(?P<accent{0}>[`'^\"~=.])[ \t\n]*"
    r"|(?P<letter{0}>[uvHcdbrkfGU]|cb|textcommabelow)(?:[ \t\n]+|(?=[{{\\])))"
    r"(?:\{{[ \t\n]*(?P<braced{0}>\\[ij]|[^\W\d_])[ \t\n]*\}}"
    r"|(?P<bare{0}>\\[ij](?![A-Za-z])(?:\{{\}}|[ \t\n]*)|[^\W\d_]))"
)
_DECODE = re.compile(
    rf"(?P<math>{_ANY_MATH})"
    rf"|\{{{_ACCENTED.format(1)}\}}|{_ACCENTED.format(2)}"
    r"|\{\\(?P<wrapped>[A-Za-z]+|[&%#_$])[ \t\n]*(?:\{\})?\}"
    r"|\\(?P<macro>[A-Za-z]+(?!\*)|[^A-Za-z])(?P<gap>\{\}|[ \t\n]*)"
    r"|(?P<ligature>---?|``|''|~|[!?]`)",
    re.DOTALL,
)
_ACCENT = re.compile(rf"\{{{_ACCENTED.format(1)}\}}|{_ACCENTED.format(2)}")
# An accent over what was a macro itself: `\\'{\\^e}`, `\\'{\\ae}`.
_OUTER_ACCENT = re.compile(rf"(?P<math>{_ANY_MATH})|{_ACCENT.pattern}", re.DOTALL)
_MOST_ACCENTS = 3  # one above the other
_ARGUMENT = re.compile(r"\\(?:([A-Za-z]+)\*?|([`'^\"~=.]))[ \t\n]*")
_LONGEST_NAME = 40
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\N{NO-BREAK SPACE}",
              "!`": "¡", "?`": "¿"}  # fmt: skip
_TEX_IN = re.compile(r"[\\$~]|--|``|''|[!?]`")

_ESCAPES = {
    "&": "\\&", "%": "\\%", "#": "\\#", "_": "\\_", "$": "\\$", "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}", "\\": "\\textbackslash{}", "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}", "\N{NO-BREAK SPACE}": "~", "\N{SOFT HYPHEN}": "\\-",
    "\N{NARROW NO-BREAK SPACE}": "\\,",
}  # fmt: skip
_TO_ESCAPE = re.compile(r"[&%#_$~^\\{}\u00a0\u00ad\u202f]")
_SPECIAL = re.compile(r"[&%#_$~^\\{}\u00a0\u00ad\u202f]")


class Kind(Enum):
    """What a token is. The source of TEXT stands for itself, all other is TeX."""

    TEXT = "text"
    MATH = "math"
    MACRO = "macro"  # without its arguments
    OPEN = "open"  # braces that match each other
    CLOSE = "close"


class Token(NamedTuple):
    """A piece of a text, `source` as it stands there."""

    kind: Kind
    source: str


# ------------------------------------------------------------------------ LaTeX to Unicode


def to_unicode(text: str, *, groups: bool = True) -> str:
    """LaTeX `text` in Unicode as far as it goes; math, unknown macros and braces stay.

    Without `groups` the braces go that only hold something together. A sign that was escaped
    (`\\$`, `\\{`) becomes the sign itself only where `escape` would write it back the same.
    """
    if not _TEX_IN.search(text):
        return text if groups else ungrouped(text)
    text = _DECODE.sub(_decoded, _ANY_SIGN.sub("", text))
    for _turn in range(_MOST_ACCENTS - 1):
        if "\\" not in text or (more := _OUTER_ACCENT.sub(_accented, text)) == text:
            break
        text = more
    if not groups:
        text = ungrouped(text)
    if not _ANY_SIGN.search(text):
        return text
    literal = _ANY_SIGN.sub(lambda found: _LITERAL[found[0]], text)
    as_tex = _ANY_SIGN.sub(lambda found: _AS_TEX[found[0]], text)
    return literal if escape(literal) == escape(as_tex) else as_tex


def _decoded(found: "re.Match[str]") -> str:
    group = found.lastgroup or ""
    if group == "ligature":
        return _LIGATURES[found[0]]
    if found["math"]:
        return _tidy_math(found[0], found.string[found.end() : found.end() + 1])
    if found["macro"] is not None:
        return _macro(found["macro"], found["gap"], found[0])
    meaning = _meaning(found["wrapped"]) if found["wrapped"] else _accented(found)
    if meaning is None:
        return found[0]
    return f"{{{meaning}}}" if found[0][0] == "{" and _is_argument(found) else meaning


def _is_argument(found: "re.Match[str]") -> bool:
    """Whether a brace stands right after a macro that is kept, and so holds its argument."""
    start = found.start()
    begin = found.string.rfind("\\", max(start - _LONGEST_NAME, 0), start)
    macro = _ARGUMENT.fullmatch(found.string, begin, start) if begin >= 0 else None
    return macro is not None and (macro[2] is not None or _meaning(macro[1]) is None)


def _accented(found: "re.Match[str]") -> str:
    if found.lastgroup == "math":
        return found[0]
    which = "1" if found["accent1"] or found["letter1"] else "2"
    accent = found["accent" + which] or found["letter" + which]
    base = (found["braced" + which] or found["bare" + which]).strip("\\{} \t\n")
    return unicodedata.normalize("NFC", base + chr(ACCENTS[accent]))


def _macro(name: str, gap: str, source: str) -> str:
    if name in "~^" and gap == "{}":  # an accent over nothing
        return name
    meaning = _meaning(name)
    if meaning is None:
        return source
    # To TeX the blanks after a control word are no text. Who writes `\\rightarrow` outside of
    # math, where it is an error, means them.
    swallows = name.isalpha() and (name in SYMBOLS or name in _SIGNS)
    return meaning if swallows or gap == "{}" else meaning + gap


def _meaning(name: str) -> str | None:
    """The text that the macro stands for, None where it is not known to stand for one."""
    if name in SYMBOLS:
        return SYMBOLS[name]
    if name in _SIGNS:
        return _SIGNS[name]
    return None if name in _KNOWN_TEXT or not name.isalpha() else _foreign(name)


@cache
def _foreign(name: str) -> str | None:
    """What pylatexenc knows of `name`: only single signs count, as it has '' for many macros."""
    from pylatexenc.latex2text import get_default_latex_context_db

    spec = get_default_latex_context_db().get_macro_spec(name)
    sign = getattr(spec, "simplify_repl", None)
    return sign if isinstance(sign, str) and len(sign) == 1 and not sign.isascii() else None


_KNOWN_TEXT = DRESS | {"par", "newline"}


def _tidy_math(source: str, follows: str) -> str:
    """Math in a form that `tokens` takes for math; what can be none as the signs it has."""
    if source[0] == "\\":
        return source if is_balanced(source) else _with_words(source)
    opening, closing = (2 if source.startswith("$$") else 1), (2 if source.endswith("$$") else 1)
    if opening + closing > len(source):
        return source.replace("$", "")  # "$$" and "$$$" enclose nothing
    body = source[opening:-closing]
    trimmed = body.strip()
    if not trimmed:
        return body
    money = follows.isdigit() and opening == 1  # "$5 and $6"
    if opening != closing or not _is_math(trimmed) or (money and body != trimmed):
        return source.replace("$", _DOLLAR)
    if not is_balanced(trimmed):
        trimmed = _with_words(trimmed)
    return f"\\({trimmed}\\)" if money else "$" * opening + trimmed + "$" * closing


def plain(text: str) -> str:
    """What a reader sees of `text` when it is set: no braces, no macros that only dress it.

    `text` is an entry's, in Unicode already. Macros that are not known stay as they are, so
    that nothing disappears.
    """
    if not _SPECIAL.search(text):
        return text
    text = _ACCENT.sub(_accented, text)
    shown: list[str] = []
    argument = 0
    stack: list[bool] = []
    dropped = False  # a macro just now, with which the blanks after it go
    for token in tokens(text):
        keep = False
        if token.kind is Kind.OPEN:
            keep = argument > 0
            stack.append(keep)
        elif token.kind is Kind.CLOSE:
            keep = stack.pop()
        piece = token.source if keep else _shown(token)
        argument = takes_argument(token, argument=argument, kept=keep)
        if token.kind is Kind.MACRO and piece != token.source:
            argument = 0  # it is put away, and the braces of its argument with it
        shown.append(piece.lstrip() if dropped and token.kind is Kind.TEXT else piece)
        dropped = token.kind is Kind.MACRO and not piece.strip() and token.source[-1].isalpha()
    return "".join(shown)


def _shown(token: Token) -> str:
    if token.kind is Kind.TEXT:
        return token.source
    if token.kind is Kind.MATH:
        return _shown_math(token.source)
    if token.kind is not Kind.MACRO:
        return ""
    name = token.source[1:].rstrip("*")
    if name in DRESS:
        return ""
    if name in SPELT:
        return SPELT[name]
    verbatim = _VERBATIM.fullmatch(token.source)
    if verbatim:
        return token.source[token.source.index("{") + 1 : -1]
    meaning = _meaning(name)
    if meaning is None:
        return token.source
    return _ANY_SIGN.sub(lambda found: _LITERAL[found[0]], meaning)


_SCRIPTS = {
    "^": str.maketrans("0123456789+-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ"),
    "_": str.maketrans("0123456789+-=()aeoxij", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓᵢⱼ"),
}
_SCRIPT = re.compile(r"([\^_])(?:\{([^{}\\]*)\}|([^{}\\\s]))")


def _shown_math(source: str) -> str:
    body = source.strip("$")
    if body.startswith(("\\(", "\\[")):
        body = body[2:-2]
    body = re.sub(r"\\([A-Za-z]+|[^A-Za-z])[ \t\n]*", _shown_math_macro, body)
    body = _SCRIPT.sub(_script, body)
    return body.replace("{", "").replace("}", "")


def _shown_math_macro(found: "re.Match[str]") -> str:
    name = found[1]
    if name in DRESS:
        return ""
    if name in ",;:! ":
        return "" if name == "!" else " "
    if name in "$&%#_|":
        return name
    meaning = _meaning(name)
    return found[0] if meaning is None else _ANY_SIGN.sub("", meaning)


def _script(found: "re.Match[str]") -> str:
    body = found[2] if found[2] is not None else found[3]
    raised = body.translate(_SCRIPTS[found[1]])
    if body and all(one != other for one, other in zip(body, raised, strict=True)):
        return raised
    return found[1] + body


# ------------------------------------------------------------------------ Unicode to LaTeX

_MATH = re.compile(
    rf"\$\$(?! ){_MATH_BODY}\$\$|\$(?![\s$]){_MATH_BODY}(?<!\s)\$(?!\d)"
    rf"|\\\({_PAREN_BODY}\\\)|\\\[{_PAREN_BODY}\\\]",
    re.DOTALL,
)
_VERBATIM = re.compile(r"\\(?:url|path|nolinkurl|cite[a-z]*|ref|label)\*?\{[^{}\\]*\}")
_CONTROL = re.compile(r"\\(?:[A-Za-z]+\*?|[^A-Za-z])", re.DOTALL)
_WORD_MACRO = re.compile(r"\\[A-Za-z]+")
_LOST_BLANK = re.compile(rf"\\(?:{'|'.join(LOGOS)})(?=\s)")
_GOES_ON = re.compile(r"[^\W\d_]|[\s*{]")  # what would go into a macro's name, or be lost to it
_RUN = re.compile(r"[^\\${}]+")
_GAPS = ",;!/-\\"


def tokens(text: str) -> list[Token]:
    """`text` cut into pieces of plain text and of TeX.

    A `$` is math if it encloses something without blanks at its edges and no digit follows
    (Pandoc's rule); a backslash begins a macro if the name is known, an argument follows or
    the name stands where a word begins; a brace is TeX if it has its partner.
    """
    if not _SPECIAL.search(text):
        return [Token(Kind.TEXT, text)] if text else []
    found: list[Token] = []
    opened: list[int] = []
    place = 0
    while place < len(text):
        token = _token_at(text, place)
        place += len(token.source)
        if token.kind is Kind.OPEN:
            opened.append(len(found))
        elif token.kind is Kind.CLOSE:
            if opened:
                opened.pop()
            else:
                token = Token(Kind.TEXT, token.source)
        found.append(token)
    for index in opened:
        found[index] = Token(Kind.TEXT, found[index].source)
    return found


def _token_at(text: str, place: int) -> Token:
    run = _RUN.match(text, place)
    if run:
        return Token(Kind.TEXT, run[0])
    char = text[place]
    if char == "{":
        return Token(Kind.OPEN, char)
    if char == "}":
        return Token(Kind.CLOSE, char)
    math = _MATH.match(text, place)
    if math and _is_math(math[0]):
        return Token(Kind.MATH, math[0])
    verbatim = _VERBATIM.match(text, place)
    if verbatim:
        return Token(Kind.MACRO, verbatim[0])
    control = _CONTROL.match(text, place)
    if control and _is_macro(text, place, control[0][1:], control.end()):
        return Token(Kind.MACRO, control[0])
    return Token(Kind.TEXT, char)


def _is_math(source: str) -> bool:
    if len(source) > _LONGEST_MATH or "\n\n" in source:
        return False
    return is_balanced(_with_words(source))


def _is_macro(text: str, place: int, name: str, end: int) -> bool:
    follows = text[end : end + 1]
    if not name[0].isalpha() or not name.isascii():
        if name in "&%#_${}":
            return True
        if name in ACCENTS:
            return follows.isalpha() or follows in ("{", "\\")
        return name in _GAPS
    name = name.rstrip("*")
    if len(name) == 1 and name in ACCENTS:
        return follows in ("{", "\\") or (follows == " " and text[end + 1 : end + 2].isalpha())
    if name in SYMBOLS or name in KNOWN or follows == "{":
        return True
    before = text[place - 1] if place else " "
    return not (before.isalnum() or before in ":\\/.") or _foreign(name) is not None


def escape(text: str) -> str:
    """`text` as LaTeX that prints it: special signs escaped, math and TeX as they are.

    The braces of the result always balance, for bibtex too, to which `\\{` is a brace.
    """
    if not _SPECIAL.search(text):
        return text
    return escape_tokens(tokens(text))


def escape_tokens(pieces: Iterable[Token]) -> str:
    """`escape` of a text that is cut already."""
    return "".join(_escaped(pieces))


def _escaped(pieces: Iterable[Token]) -> Iterator[str]:
    for token in pieces:
        if token.kind is Kind.TEXT:
            yield escape_text(token.source)
        elif token.kind is Kind.MATH:
            yield token.source if is_balanced(token.source) else _with_words(token.source)
        elif token.source in ("\\{", "\\}"):
            yield _ESCAPES[token.source[1]]
        else:
            yield token.source


def escape_text(text: str) -> str:
    """`text` with every sign escaped that means something to TeX."""
    return _TO_ESCAPE.sub(lambda found: _ESCAPES[found[0]], text)


def _with_words(math: str) -> str:
    """Math whose escaped braces are written as words, which no one counts as braces."""
    return math.replace("\\\\", "\\cr\0").replace("\\{", "\\lbrace ").replace(
        "\\}", "\\rbrace "
    ).replace("\\cr\0", "\\\\")  # fmt: skip


def escape_braces(text: str) -> str:
    """`text` with every brace written as a word, and nothing else changed."""
    return re.sub(r"[{}]", lambda found: _ESCAPES[found[0]], text)


def is_balanced(text: str) -> bool:
    """Whether every brace has its partner, as bibtex counts: a backslash changes nothing."""
    depth = 0
    for found in re.finditer(r"[{}]", text):
        depth += 1 if found[0] == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def unwrapped(text: str) -> str:
    """`text` without a pair of braces round the whole of it."""
    if text[:1] != "{" or text[-1:] != "}":
        return text
    depth = 0
    for found in re.finditer(r"[{}]", text):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return text[1:-1] if found.end() == len(text) else text
    return text


def ungrouped(text: str) -> str:
    """`text` without the braces that only hold it together; those of arguments stay."""
    if "{" not in text and "\\" not in text:
        return text
    return without_groups(tokens(text), blanks=True)[0]


def without_groups(
    pieces: list[Token], *, blanks: bool = False
) -> tuple[str, list[tuple[int, int]]]:
    """The text of `pieces` without its grouping braces, and where the outermost of them stood.

    A macro whose name such a brace had ended is ended by `{}` where a letter follows:
    `{\\TeX}book` is `\\TeX{}book`; with `blanks` also where a blank does, which is lost to TeX
    unless the writer puts the macro in braces.
    """
    kept: list[str] = []
    groups: list[tuple[int, int]] = []
    opened: list[tuple[bool, int]] = []
    length = 0
    argument = 0  # the next brace opens an argument of the macro before it
    ends = False  # a brace that goes ended the name of the macro before it
    for index, token in enumerate(pieces):
        keep = True
        if token.kind is Kind.OPEN:
            keep = (argument > 0 or is_scope(pieces, index)) and not _ends_logo(pieces, index)
            opened.append((keep, length))
        elif token.kind is Kind.CLOSE:
            keep, start = opened.pop()
            if not keep and not opened and length > start:
                groups.append((start, length))
        argument = takes_argument(token, argument=argument, kept=keep)
        if not keep:
            ends = ends or (bool(kept) and _WORD_MACRO.fullmatch(kept[-1]) is not None)
            continue
        if ends and _GOES_ON.match(token.source) and (blanks or not token.source[0].isspace()):
            opened = [(kind, at + 2 if at == length else at) for kind, at in opened]
            kept.append("{}")
            length += 2
        ends = _is_logo(token)
        kept.append(token.source)
        length += len(token.source)
    return "".join(kept), groups


def with_blanks(text: str) -> str:
    """`text` with `{}` after every logo whose blank TeX would take for the end of its name."""
    return _LOST_BLANK.sub(r"\g<0>{}", text) if "\\" in text else text


def _is_logo(token: Token) -> bool:
    return token.kind is Kind.MACRO and token.source[1:] in LOGOS


def _ends_logo(pieces: list[Token], index: int) -> bool:
    """Whether the brace at `index` is the `{}` after a macro that takes no argument."""
    before, inside = pieces[index - 1 : index], pieces[index + 1 : index + 2]
    return bool(before and inside) and _is_logo(before[0]) and inside[0].kind is Kind.CLOSE


def is_scope(pieces: list[Token], index: int) -> bool:
    """Whether the brace at `index` opens a group for a macro that acts up to its end, or may."""
    if index + 1 >= len(pieces) or pieces[index + 1].kind is not Kind.MACRO:
        return False
    name = pieces[index + 1].source[1:]
    return name in SCOPED or (name.isalpha() and name not in KNOWN)


def takes_argument(token: Token, *, argument: int, kept: bool) -> int:
    """Whether a brace after `token` opens an argument of a macro: 2 right after the macro, where
    a blank may come first, 1 where it has to follow at once, 0 if not.

    `argument` is what this said of the token before; `kept`, that a closing brace closes one.
    """
    if token.kind is Kind.MACRO:
        return 2 if token.source[1].isalpha() or token.source[1] in ACCENTS else 0
    if token.kind is Kind.CLOSE:
        return int(kept)
    return 1 if argument == 2 and token.kind is Kind.TEXT and token.source.isspace() else 0
