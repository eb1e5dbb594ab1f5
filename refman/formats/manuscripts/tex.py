r"""Citations in LaTeX: `\cite` and its family, of natbib, biblatex and whoever else names one so.

Any command counts whose name contains "cite", bibentry's `\bibentry`, and csquotes' `\textcquote`
and `\blockcquote`:

    citation  = command ["*"] {option} "{" keys "}"
    option    = "[" … "]" | "<" … ">"
    citations = command-s ["(" … ")"] ["(" … ")"] {{option} "{" keys "}"}

Commands of volumes (`\volcite`) have the volume in braces before each list. Keys are divided by
commas, with blanks, line ends and comments around them; in an address `%` begins no comment.
Sources: the manuals of natbib, biblatex (section 3.9), apacite, csquotes, bibentry, url and
hyperref.
"""

import re
from collections.abc import Iterator

from refman.formats.manuscripts.places import Place

_VERBATIM = (
    "verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim SaveVerbatim lstlisting minted "
    "comment filecontents filecontents* tcblisting listing"
).split()
# Commands whose argument is no list of keys.
_OTHERS = frozenset(
    "citetext citestyle setcitestyle citereset bibcite DeclareCiteCommand DeclareMultiCiteCommand "
    "DeclareAutoCiteCommand citeindextrue citeindexfalse citesetup defcitestyle newcitecommand "
    "citetrackertrue citetrackerfalse ifciteseen ifcitation ifciteibid ifciteidem citecolor "
    "citedelim multicitedelim compcitedelim supercitedelim textcitedelim".split()
)
_TOKEN = re.compile(
    r"""%[^\r\n]*
    | \\begin\s*\{(?P<environment>"""
    + "|".join(re.escape(name) for name in _VERBATIM)
    + r""")\}
    | \\(?:verb|lstinline|mintinline|Verb)(?![A-Za-z@])\*?
      (?P<options>(?:\[[^\]\r\n]*\]|\{[^}\r\n]*\}(?=[^\sA-Za-z]))*)(?P<bound>[^A-Za-z\s*{\[])
    | \\(?:url|nolinkurl|path)(?![A-Za-z@])(?P<sign>[|!+])[^\r\n]*?(?P=sign)
    | \\(?:url|nolinkurl|path|href)(?![A-Za-z@])\*?\s*(?:\[[^\]\r\n]*\]\s*)?
      \{(?:[^{}\\\r\n]|(?:\r\n|\r|\n)(?![ \t]*[\r\n])|\\.|\{[^{}\r\n]*\}){0,2000}\}
    | (?P<last>\\end\s*\{document\})
    | \\(?P<name>[A-Za-z@]*[Cc]ite[A-Za-z@]*|(?:text|block)cquote|bibentry)(?![A-Za-z@])\*?
    | \\(?:input|include|subfile|subfileinclude)(?![A-Za-z@])\s*
      (?:\{(?P<file>[^{}%\\\r\n]*)\}|(?P<bare>[^\s{}%\\\[\]]+))
    | \\(?:sub)?(?:import|includefrom|inputfrom)\*?\s*
      \{(?P<folder>[^{}%\\\r\n]*)\}\s*\{(?P<imported>[^{}%\\\r\n]*)\}
    | \\(?:[A-Za-z@]+|.)""",
    re.VERBOSE | re.DOTALL,
)
_GAP = re.compile(r"(?:[ \t]|%[^\r\n]*(?:\r\n|\r|\n)?|\r\n|\r|\n)*")
_PARAGRAPH = re.compile(r"[\r\n]\s*[\r\n]")
_ARGUMENT = re.compile(r"\\.|%[^\r\n]*|[{}\[\]<>()]", re.DOTALL)
_IN_LIST = re.compile(r"%[^\r\n]*|[^,%]+")
_NO_KEY = re.compile(r"[\s\\#{}\"~]")
_LIST = re.compile(r"\{(?:[^{}\\%]|%[^\r\n]*)*\}")
_LONGEST = 2000  # characters of an optional argument; beyond it is a bracket that is not closed
_MULTIPLE = re.compile(r"(?:cites|citetexts)$")


def cited(text: str) -> Iterator[Place]:
    """Every key in `text`."""
    for found in _commands(text):
        if name := found["name"]:
            yield from arguments(text, found.end(), name)


def included(text: str) -> list[str]:
    """The files that `text` takes in, as they are named."""
    names: list[str] = []
    for found in _commands(text):
        if found["imported"]:
            names.append(found["folder"].strip().rstrip("/") + "/" + found["imported"].strip())
        elif name := (found["file"] or found["bare"] or "").strip():
            names.append(name)
    return names


def written(_text: str, place: Place, key: str) -> tuple[int, int, str]:
    """What is put in place of what for a new key."""
    return place.start, place.end, key


def _commands(text: str) -> Iterator["re.Match[str]"]:
    """The commands of `text` outside of comments and of what is shown as it is written."""
    position = 0
    while found := _TOKEN.search(text, position):
        position = found.end()
        if found["last"]:
            return  # TeX reads no further
        if found["environment"]:
            end = re.compile(rf"\\end\s*\{{{re.escape(found['environment'])}\}}")
            closing = end.search(text, position)
            position = closing.end() if closing else len(text)
        elif found["bound"]:
            closing = re.compile(rf"{re.escape(found['bound'])}|$", re.MULTILINE).search(
                text, position
            )
            position = closing.end() if closing else len(text)
        else:
            yield found


def arguments(text: str, position: int, name: str) -> Iterator[Place]:
    """The keys of the command `name`, which ends at `position`."""
    if name in _OTHERS:
        return
    multiple = _MULTIPLE.search(name) is not None
    volumes = "volcite" in name.lower()
    position = _past_options(text, position, "([<" if multiple else "[<")
    while position < len(text) and text[position] == "{":
        if volumes:
            end = _end_of(text, position)
            if end is None:
                return
            position = _past_options(text, end, "[<")
        found = _LIST.match(text, position)
        if found is None:
            return
        yield from _keys(text, position + 1, found.end() - 1)
        if not multiple:
            return
        position = _past_options(text, found.end(), "[<")


def _past_options(text: str, position: int, signs: str) -> int:
    """The place after optional arguments and the white space and comments before them."""
    while True:
        gap = _GAP.match(text, position)
        assert gap is not None  # it matches nothing, too
        if _PARAGRAPH.search(gap[0].replace("\r\n", "\n")):
            return len(text)  # a new paragraph: what follows is no argument
        position = gap.end()
        if text[position : position + 1] not in tuple(signs):
            return position
        end = _end_of(text, position)
        if end is None and text[position] == "[":  # as in [see [0, 1)]
            end = text.find("]", position, position + _LONGEST) + 1
        if not end:
            return len(text)
        position = end


def _end_of(text: str, position: int) -> int | None:
    """The place after the argument that begins with the bracket at `position`.

    Braces hold together what is in them, as they do for TeX. None where it does not end soon.
    """
    opening = text[position]
    closing = {"{": "}", "[": "]", "<": ">", "(": ")"}[opening]
    limit = position + _LONGEST
    if text.find(closing, position, limit) < 0:
        return None
    depth = 0
    braces = 0
    for found in _ARGUMENT.finditer(text, position, limit):
        sign = found[0]
        if braces == 0 and sign == opening:
            depth += 1
        elif braces == 0 and sign == closing:
            depth -= 1
            if depth == 0:
                return found.end()
        elif opening != "{" and sign == "{":
            braces += 1
        elif opening != "{" and sign == "}":
            braces -= 1
            if braces < 0:
                return None
    return None


def _keys(text: str, start: int, end: int) -> Iterator[Place]:
    """The keys of the list between `start` and `end`."""
    for found in _IN_LIST.finditer(text, start, end):
        key = found[0].strip()
        if key and not key.startswith("%") and not _NO_KEY.search(key):
            first = found.start() + len(found[0]) - len(found[0].lstrip())
            yield Place(key, first, first + len(key))
