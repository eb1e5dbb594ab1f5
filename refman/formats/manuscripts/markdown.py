r"""Citations in Markdown as Pandoc reads it: `[see @key, p. 3; -@key2]`, `@key`, `@{key}`.

    key   = first {middle [mark]}        first  = letter | digit | "_" | "*"
                                         middle = letter | digit | "_"
    mark  = one of : . # $ % & - + ? < > ~ /    with a middle behind it, or "://"

Any other key stands in braces. Raw LaTeX may cite as well: `\cite{key}`. No citation has a letter,
a digit or a backslash before its `@`: that is an e-mail address, or meant as it stands. Code, in
spans and blocks, mathematics, comments, tags, addresses and the targets of links are left alone.
What begins as the labels of pandoc-crossref (`@fig:one`) and Quarto (`@fig-one`) do is most often
a reference to one. Sources: the Pandoc manual, "Citation syntax" and "Math"; the Quarto guide,
"Cross references".
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from refman.formats.manuscripts import tex
from refman.formats.manuscripts.places import Place

_KEY = r"[\w*](?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*"
_PLAIN_KEY = re.compile(r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*")
_TOKEN = re.compile(
    rf"""(?P<ticks>`+)
    | \\[\\`@$]
    | \\(?P<command>[A-Za-z]*[Cc]ite[A-Za-z]*|(?:text|block)cquote|bibentry)(?![A-Za-z])\*?
    | (?P<display>\$\$)
    | \$(?=\S)(?:[^\\$]|\\.)+(?<=\S)\$(?!\d)
    | (?P<comment><!--)
    | </?[A-Za-z](?:"[^"]{{0,2000}}"|'[^']{{0,2000}}'|[^<>"']){{0,2000}}>
    | \]\((?:[^()\s\\]|\\.|\([^()\s]*\))*
    | (?:https?|ftp)://(?:[^\s<>()\[\]`"]|\([^\s<>()]*\))*
    | (?<![^\W_])@(?:\{{(?P<braced>[^{{}}\s]+)\}}|(?P<key>{_KEY}))""",
    re.VERBOSE | re.DOTALL,
)
_REFERENCE = re.compile(
    r"(?:[Ff]ig|[Tt]bl|[Ee]q|[Ss]ec|[Ll]st)[:-]."
    r"|(?:[Tt]hm|[Ll]em|[Cc]or|[Pp]rp|[Cc]nj|[Dd]ef|[Ee]xm|[Ee]xr|[Ss]ol|[Rr]em|[Aa]lg"
    r"|[Nn]te|[Tt]ip|[Ww]rn|[Ii]mp|[Cc]au)-."
)
_TICKS = re.compile("`+")
_FENCE = re.compile(r"(?P<indent>[ \t>]*)(?P<fence>`{3,}(?=[^`\r\n]*$)|~{3,})")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)")
# What keeps an indented line below it from being code: items, definitions, footnotes.
_ITEM = re.compile(r" {0,3}(?:[-+*]|\(?(?:\d{1,9}|[A-Za-z#]|@\w*)[.)]|:|~|\[\^[^\]]+\]:)[ \t]")


def cited(text: str) -> Iterator[Place]:
    """Every key in `text`."""
    position = 0
    last_comment = text.rfind("-->")
    for start, end in _passages(text):
        position = max(position, start)  # a comment may go on over several passages
        runs = _runs(text, position, end)
        while position < end and (found := _TOKEN.search(text, position, end)):
            position = found.end()
            if found["ticks"]:
                position = _after_code(runs, found)
            elif found["comment"]:
                if position <= last_comment:
                    position = text.find("-->", position) + 3
            elif found["display"]:
                closing = text.find("$$", position + 1, end)
                position = closing + 2 if closing >= 0 else position
            elif found["command"]:
                for place in tex.arguments(text, position, found["command"]):
                    yield replace(place, form="tex")
                    position = place.end
            elif found["braced"]:
                yield _place(found, "braced", "braced")
            elif found["key"]:
                yield _place(found, "key", "")


def written(_text: str, place: Place, key: str) -> tuple[int, int, str]:
    """What is put in place of what for a new key; in braces where it would not be one without."""
    if place.form in ("braced", "tex") or _PLAIN_KEY.fullmatch(key):
        return place.start, place.end, key
    return place.start, place.end, f"{{{key}}}"


def _place(found: "re.Match[str]", group: str, form: str) -> Place:
    key = found[group]
    reference = _REFERENCE.match(key) is not None
    return Place(key, found.start(group), found.end(group), form, reference)


def _runs(text: str, start: int, end: int) -> dict[int, list[int]]:
    """Where the backticks stand in a passage, by how many there are in a row."""
    runs: dict[int, list[int]] = {}
    for found in _TICKS.finditer(text, start, end):
        runs.setdefault(len(found[0]), []).append(found.start())
    return runs


def _after_code(runs: dict[int, list[int]], ticks: "re.Match[str]") -> int:
    """The place after the span of code that `ticks` begin; after them where they begin none."""
    length = len(ticks["ticks"])
    same = runs.get(length, [])
    after = bisect_right(same, ticks.start())
    return same[after] + length if after < len(same) else ticks.end()


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """Where the text stands, blocks of code left out, each paragraph by itself: no span of code
    goes on over a blank line."""
    begun: int | None = None
    fence = ""
    in_item = in_code = False
    after_blank = True
    for found in _LINE.finditer(text):
        line = found[0].rstrip("\r\n")
        blank = not line.strip()
        opening = _FENCE.match(line)
        if fence:
            code = True
            if opening and opening["fence"].startswith(fence):
                fence = fence if line[opening.end() :].strip() else ""
        elif opening:
            code = True
            fence = opening["fence"]
        else:
            if _ITEM.match(line):
                in_item = True
            elif not blank and not line[:1].isspace() and after_blank:
                in_item = False
            indented = _INDENTED.match(line) is not None and not blank
            code = indented and not in_item and (after_blank or in_code)
        if (code or blank) and begun is not None:
            yield begun, found.start()
            begun = None
        elif not code and not blank and begun is None:
            begun = found.start()
        after_blank = blank
        in_code = code and not fence
    if begun is not None:
        yield begun, len(text)
