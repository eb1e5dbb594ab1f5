"""Text with marks of HTML in it: of titles as TeX or Unicode, of whole notes as Markdown."""

import html
import re
from functools import cache
from typing import Any

from refman.formats.html import to_text

_TAGS = {
    "i": r"\emph", "em": r"\emph", "b": r"\textbf", "strong": r"\textbf", "sc": r"\textsc",
    "sup": r"\textsuperscript", "sub": r"\textsubscript",
}  # fmt: skip
_MARKED = re.compile(
    r"<(i|em|b|strong|sc|sup|sub)>([^<>]*+)</\1>"
    r"|<span(?:\s[^<>]*)?>([^<>]*+)</span>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_COMMAND = re.compile(r"\\(emph|textit|textbf|textsuperscript|textsubscript)\{([^{}\\]*+)\}")
_HTML = {
    "emph": "i",
    "textit": "i",
    "textbf": "b",
    "textsuperscript": "sup",
    "textsubscript": "sub",
}
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_DEPTH = 6  # marks within marks
_LONGEST_NOTE = 200_000  # characters of HTML; a longer one is turned into plain lines


def from_html(text: str) -> str:
    """`text` with its entities as characters, and its italics, bold, super- and subscripts in
    Unicode where that has them, else in TeX; all other angle brackets stand for themselves."""
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    for _ in range(_DEPTH):
        if "</" not in text:
            break
        text, count = _MARKED.subn(_as_tex, text)
        if not count:
            break
    return text


def _as_tex(found: "re.Match[str]") -> str:
    if found[1] is None:
        return found[3]
    tag, inner = found[1].lower(), found[2]
    if tag in ("sup", "sub") and inner:
        table = _RAISED if tag == "sup" else _LOWERED
        if all(ord(char) in table for char in inner):
            return inner.translate(table)
    return f"{_TAGS[tag]}{{{inner}}}" if inner.strip() else inner


def to_html(text: str) -> str:
    """The TeX that `from_html` makes, as HTML; all else stays."""
    for _ in range(_DEPTH):
        if "\\" not in text:
            break
        text, count = _COMMAND.subn(lambda m: f"<{_HTML[m[1]]}>{m[2]}</{_HTML[m[1]]}>", text)
        if not count:
            break
    return text


def to_markdown(note: str) -> str:
    """A note in HTML as Markdown; one that has no markup is left as it is."""
    note = note.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    if "<" not in note:
        return html.unescape(note) if "&" in note else note
    if len(note) > _LONGEST_NOTE:
        return _plain(note)
    try:
        text: str = _converter().convert(f"<div>{note}</div>")
    except RecursionError:  # elements nested a thousand deep
        return _plain(note)
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


@cache
def _converter() -> Any:
    from markdownify import MarkdownConverter

    return MarkdownConverter(heading_style="ATX", bullets="-")


def _plain(note: str) -> str:
    return to_text(note).strip()
