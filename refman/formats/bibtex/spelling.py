"""The value of a field in TeX, as it stands between its braces in a file.

`spelt` is what the default style writes: a reader that finds just this in a file need keep no
TeX of it.
"""

import re

from refman.formats import latex
from refman.formats.bibtex.style import MIXED, NONE, NOUNS, TITLE
from refman.formats.bibtex.titles import protected
from refman.model.fields import FIELDS, Kind

_BLANKS = re.compile(  # all but a single blank
    r"[ \t\n\r\f\v\x85\u2028\u2029]{2,}|[\t\n\r\f\v\x85\u2028\u2029]"
)
_PARAGRAPH = re.compile(r"[ \t]*\n[ \t]*\n\s*")
_RANGE = re.compile(r"(?<=\d)\s*(?:-+|–|—)\s*(?=\d)")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_IN_URI = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
_SIGNS = {sign: latex.escape_text(sign) for sign in "&%#_~^\u00a0\u00ad\u202f"}
_AS_IS = frozenset((Kind.VERBATIM, Kind.URI, Kind.KEYS, Kind.DATE))


def spelt(name: str, value: str, protection: str = MIXED) -> str:
    """The value of the field with this BibLaTeX name; names of people are `names`' business."""
    field = FIELDS.get(name)
    kind = field.kind if field else Kind.VERBATIM
    if _is_plain(value):
        if kind is Kind.TITLE:
            return _title(value, protection)
        return _RANGE.sub("--", value) if kind is Kind.RANGE else value
    if name == "abstract":
        return _escaped(line(_PARAGRAPH.sub(r"\\par ", value.strip()) if "\n" in value else value))
    if kind is Kind.TEXT:
        return _escaped(clean(value).strip())
    value = line(value)
    if kind is Kind.TITLE:
        return _title(value, protection)
    if kind is Kind.URI:
        return value.translate(_NOT_IN_URI)
    if kind in _AS_IS:
        return _verbatim(value)
    return _escaped(_RANGE.sub("--", value) if kind is Kind.RANGE else value)


def keywords(tags: tuple[str, ...]) -> str:
    """Tags, with commas between them."""
    return ", ".join(_keyword(tag) for tag in map(line, tags) if tag)


def is_verbatim(name: str) -> bool:
    """Whether what stands in the field is no TeX."""
    field = FIELDS.get(name)
    return field is None or field.kind in _AS_IS


def can_stand(tex: str) -> bool:
    """Whether `tex` can be written as a value as it is: it is text, and its braces balance."""
    if ("{" in tex or "}" in tex) and not latex.is_balanced(tex):
        return False
    return clean(tex) == tex and not tex.endswith("\\") and not tex.isspace()


def line(text: str) -> str:
    """`text` in one line; blanks that do not break stay."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _BLANKS.sub(" ", clean(text)).strip()


def clean(text: str) -> str:
    """`text` without what is no character of a text."""
    if text.isprintable():
        return text
    return _SURROGATE.sub("\ufffd", _NO_TEXT.sub("", text))


def _is_plain(text: str) -> bool:
    """Whether `text` is a line of ASCII without a sign that means something to TeX.

    A search for each sign takes less time than one by a regular expression.
    """
    return (
        text.isascii() and text.isprintable() and "  " not in text
        and text[:1] != " " and text[-1:] != " "
        and not (
            "&" in text or "%" in text or "#" in text or "_" in text or "$" in text
            or "~" in text or "^" in text or "\\" in text or "{" in text or "}" in text
        )
    )  # fmt: skip


def _escaped(text: str) -> str:
    """`latex.escape`, in a tenth of the time for a long text without TeX in it."""
    if "\\" in text or "$" in text or "{" in text or "}" in text:
        return latex.escape(text)
    for sign, escaped in _SIGNS.items():
        if sign in text:
            text = text.replace(sign, escaped)
    return text


def _title(title: str, protection: str) -> str:
    if protection == NONE:
        return latex.escape(latex.with_blanks(title))
    if protection == TITLE:
        return f"{{{latex.escape(latex.with_blanks(title))}}}" if title else ""
    return protected(title, nouns=protection == NOUNS)


def _keyword(tag: str) -> str:
    written = latex.escape(tag)
    return f"{{{written}}}" if "," in tag or ";" in tag else written


def _verbatim(value: str) -> str:
    """`value` as it is, but for a brace without its partner, which no file can have."""
    if not latex.is_balanced(value):
        return latex.escape_braces(value)
    # After a backslash some readers do not take the closing brace for one.
    return value + " " if value.endswith("\\") else value
