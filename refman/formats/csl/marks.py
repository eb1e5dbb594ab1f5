"""Text on its way through a style: italics and quotation marks are single private characters.

So case, punctuation and markup cannot get into each other's way. `marked` lets a value in,
`finished` makes text, HTML or Markdown of what a style made of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

_PLANE = 0xF0000  # the private characters of plane 15: values that hold some lose them
ITALIC, BOLD, UNDERLINE, RAISED, LOWERED, SMALL_CAPS, QUOTE, NO_CASE = (
    (chr(_PLANE + 2 * n), chr(_PLANE + 2 * n + 1)) for n in range(8)
)
_STYLES = (ITALIC, BOLD, UNDERLINE, RAISED, LOWERED, SMALL_CAPS)
_ON = {on: on for on, _off in _STYLES}
_OFF = {off: on for on, off in _STYLES}
MARKS = frozenset(chr(_PLANE + n) for n in range(16))
MARK = re.compile(f"[{chr(_PLANE)}-{chr(_PLANE + 15)}]")
_PRIVATE = re.compile(f"[{chr(_PLANE)}-{chr(0xFFFFD)}]")

# What a style must not touch, since it stands inside a value.
_HELD = {ord(sign): chr(_PLANE + 0x1000 + ord(sign)) for sign in ".,;:!?"}
_FREED = {ord(held): chr(sign) for sign, held in _HELD.items()}

_TAG = re.compile(
    r"<(?P<off>/?)(?P<name>i|em|b|strong|u|sup|sub|sc|span)(?P<attributes>(?:\s[^<>]*)?)>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_TAG_MARKS = {
    "i": ITALIC, "em": ITALIC, "b": BOLD, "strong": BOLD, "u": UNDERLINE,
    "sup": RAISED, "sub": LOWERED, "sc": SMALL_CAPS,
}  # fmt: skip
_NO_MARKS = ("", "")
_QUOTED = re.compile(
    r"“(?P<curly>[^“”]*)”|(?<![^\s(\[—–-])\"(?P<straight>[^\s\"](?:[^\"]*[^\s\"])?)\"(?!\w)"
)
_APOSTROPHE = re.compile(r"(?<=\w)'")

# What becomes of two signs that meet where a style joins its parts: (first, second) → both.
# Source: The Chicago Manual of Style, 6.121 to 6.125; a comma after "?" stays (6.125).
_MEETING = {
    **{(sign, sign): sign for sign in ".,;:!?"},
    **{(sign, "."): sign for sign in "!?…"},
    **{(sign, "."): "." for sign in ",;:"},
    **{(sign, ","): sign for sign in ";:"},
    **{(sign, ":"): sign for sign in "!?;"},
    (",", ":"): ":",
    (",", ";"): ";",
    (":", ";"): ";",
}


def marked(value: str) -> str:
    """A value of an item with its CSL tags, quotation marks and entities as marks.

    What looks like a tag and is none of CSL's, or has no partner, is text.
    """
    value = " ".join(_PRIVATE.sub("", value).split())
    if "<" in value:
        value = _without_tags(value)
    if "&" in value:
        value = _ENTITY.sub(lambda found: unescape(found[0]), value)
    if '"' in value or "“" in value:
        value = _QUOTED.sub(_quoted, value)
    return _APOSTROPHE.sub("’", value) if "'" in value else value


def _quoted(found: "re.Match[str]") -> str:
    inside = found["straight"] if found["curly"] is None else found["curly"]
    return f"{QUOTE[0]}{inside}{QUOTE[1]}"


def _without_tags(value: str) -> str:
    pieces: list[str] = []
    opened: list[tuple[str, int, tuple[str, str]]] = []
    place = 0
    for found in _TAG.finditer(value):
        pieces.append(value[place : found.start()])
        place = found.end()
        pieces.append(found[0])
        name = found["name"].lower()
        if not found["off"]:
            opened.append((name, len(pieces) - 1, _marks_of(name, found["attributes"].lower())))
        elif any(name == each[0] for each in opened):
            while opened[-1][0] != name:
                opened.pop()
            _name, at, marks = opened.pop()
            pieces[at], pieces[-1] = marks
    return "".join(pieces) + value[place:]


def _marks_of(name: str, attributes: str) -> tuple[str, str]:
    if name != "span":
        return _TAG_MARKS[name]
    if "nocase" in attributes:
        return NO_CASE
    return SMALL_CAPS if "small-caps" in attributes else _NO_MARKS


def held(text: str) -> str:
    """`text` with the signs inside it kept from the rules for meeting signs; not its last."""
    end = len(text)
    while end and text[end - 1] in MARKS:
        end -= 1
    return text[: end - 1].translate(_HELD) + text[end - 1 :] if end else text


def bare(text: str) -> str:
    """`text` without marks, for comparing and sorting."""
    return MARK.sub("", text).translate(_FREED)


@dataclass(frozen=True, slots=True)
class Quotes:
    """How a language quotes: outer and inner pair, and where a full stop or comma goes."""

    outer: tuple[str, str] = ("“", "”")
    inner: tuple[str, str] = ("‘", "’")
    stop_inside: bool = True


def tidy(text: str, quotes: Quotes) -> str:
    """`text` with the signs put right that meet where parts of a style were joined."""
    out: list[str] = []
    seen: list[int] = []  # where in `out` the characters are that show
    for sign in text:
        if sign in MARKS:
            out.append(sign)
        elif sign == " ":
            if seen and out[seen[-1]] != " ":
                seen.append(len(out))
                out.append(sign)
        elif sign in ".,;:!?":
            _put(sign, out, seen, quotes)
        else:
            seen.append(len(out))
            out.append(sign)
    while seen and out[seen[-1]] == " ":
        out[seen.pop()] = ""
    return "".join(out)


def _put(sign: str, out: list[str], seen: list[int], quotes: Quotes) -> None:
    if seen and out[seen[-1]] == " " and sign in ",.":
        # Something between was empty: ". ," is ".", and " ," is ",".
        before = out[seen[-2]] if len(seen) > 1 else ""
        if before in tuple(".,;:!?"):
            return
        out[seen.pop()] = ""
    if not seen:
        if sign in ".,;:":
            return
        seen.append(len(out))
        out.append(sign)
        return
    last = out[seen[-1]]
    both = _MEETING.get((last, sign))
    if both is not None:
        out[seen[-1]] = both
        return
    place = len(out)
    if quotes.stop_inside and sign in ",." and QUOTE[1] in out[seen[-1] :]:
        place = out.index(QUOTE[1], seen[-1])
    seen.append(place)
    out.insert(place, sign)


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters that look alike."""

    text: str
    styles: tuple[str, ...]


def _runs(text: str, quotes: Quotes) -> list[_Run]:
    depth = dict.fromkeys(_ON, 0)
    quoted = 0
    runs: list[_Run] = []
    for piece in re.split(f"({MARK.pattern})", text):
        if piece in _ON:
            depth[piece] += 1
            continue
        if piece in _OFF:
            depth[_OFF[piece]] -= 1
            continue
        if piece == QUOTE[0]:
            piece = (quotes.inner if quoted % 2 else quotes.outer)[0]
            quoted += 1
        elif piece == QUOTE[1]:
            quoted -= 1
            piece = (quotes.inner if quoted % 2 else quotes.outer)[1]
        elif piece in MARKS or not piece:
            continue
        # Italics within italics stand upright.
        styles = tuple(
            on for on, deep in depth.items() if (deep % 2 if on == ITALIC[0] else deep > 0)
        )
        piece = piece.translate(_FREED)
        if runs and runs[-1].styles == styles:
            runs[-1] = _Run(runs[-1].text + piece, styles)
        else:
            runs.append(_Run(piece, styles))
    return runs


def finished(text: str, quotes: Quotes, markup: str) -> str:
    """What a reader gets: `text`, `html` (a fragment) or `markdown`, on one line."""
    runs = _runs(tidy(text, quotes), quotes)
    if markup == "html":
        return "".join(_tagged(escape(run.text, quote=False), run.styles) for run in runs)
    if markup == "markdown":
        return "".join(_markdown(runs))
    return "".join(_raised(run.text) if RAISED[0] in run.styles else run.text for run in runs)


_TAGS = {
    ITALIC[0]: ("<i>", "</i>"),
    BOLD[0]: ("<b>", "</b>"),
    UNDERLINE[0]: ("<u>", "</u>"),
    RAISED[0]: ("<sup>", "</sup>"),
    LOWERED[0]: ("<sub>", "</sub>"),
    SMALL_CAPS[0]: ('<span style="font-variant:small-caps;">', "</span>"),
}
_SUPERSCRIPTS = str.maketrans("0123456789+-–=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")


def _tagged(text: str, styles: tuple[str, ...]) -> str:
    for style in reversed(styles):
        on, off = _TAGS[style]
        text = on + text + off
    return text


def _raised(text: str) -> str:
    """Superscript digits, where all of `text` has such; commas stay."""
    raised = text.translate(_SUPERSCRIPTS)
    same = {one for one, other in zip(text, raised, strict=True) if one == other}
    return raised if same <= {",", " "} else text


_STARS = {ITALIC[0]: "*", BOLD[0]: "**"}
_URL = re.compile(
    r"https?://(?:(?:dx\.)?doi\.org/(?:[^\s<>\[\]“”‘’]|<[^\s<>]*>(?=\w))*|"
    r"[^\s<>\[\]“”‘’]*)[^\s<>\[\]“”‘’.,;:!?)]"
)  # old DOIs have <> in them
# Pandoc's signs (~ ^ $ @) with those of CommonMark.
_MARKDOWN = re.compile(r"[\\`*_\[\]<>~^$|@]|&(?=#?\w+;)|^[#+-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]"
                       r"|(?<=^\d\d\d)[.)]|(?<=^\d\d\d\d)[.)]")  # fmt: skip


def _markdown(runs: list[_Run]) -> Iterator[str]:
    for index, run in enumerate(runs):
        before = runs[index - 1].text[-1] if index else " "
        after = runs[index + 1].text[0] if index + 1 < len(runs) else " "
        inner = run.text.strip(" ")
        if not inner or not run.styles:
            yield _escaped(run.text, start=not index)
            continue
        left, right = run.text.split(inner, 1)
        before, after = left or before, right or after
        text = _escaped(inner, start=not index)
        stars = [_STARS.get(style, "") for style in run.styles]
        # A star opens only before a word or after a blank, and closes likewise (CommonMark 6.2).
        opens = not before.isalnum() or inner[0].isalnum()
        closes = not after.isalnum() or inner[-1].isalnum()
        meets = bool(index and not left and runs[index - 1].styles)
        if all(stars) and opens and closes and not meets:
            yield left + "".join(stars) + text + "".join(reversed(stars)) + right
        else:
            yield left + _tagged(text, run.styles) + right


def _escaped(text: str, *, start: bool) -> str:
    """`text` so that Markdown shows it as it is; addresses become links."""
    pieces: list[str] = []
    place = 0
    for found in _URL.finditer(text):
        pieces += (
            _plain(text[place : found.start()], start=start and not place),
            f"<{_address(found[0])}>",
        )
        place = found.end()
    pieces.append(_plain(text[place:], start=start and not place))
    return "".join(pieces)


def _address(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E")


def _plain(text: str, *, start: bool) -> str:
    # Only the first signs of a line may begin a list or a heading.
    shifted = text if start else "\0" + text
    return _MARKDOWN.sub(lambda found: "\\" + found[0], shifted).removeprefix("\0")
