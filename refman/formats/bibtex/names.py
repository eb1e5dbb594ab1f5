"""Names as BibTeX splits them, and creators as BibTeX wants them.

The rules are those of Patashnik, "BibTeXing" (1988), section 4, as the program `bibtex` goes
by them. It parts a word at its hyphens too and loses the hyphen (`al-Khwarizmi`); here a
word stays whole. A letter is small or large in any script. BibLaTeX's extended form
(`family=Oord, given=Aaron, prefix=van den`) is read as well.
"""

import re

from refman.formats import latex
from refman.formats.latex_symbols import ACCENTS
from refman.model.creator import AUTHOR, Creator
from refman.model.text import squeeze

_AND = re.compile(r"[{}]|(?:^|(?<=\s))and(?=\s|$)", re.IGNORECASE)
_COMMA = re.compile(r"[{},]")
_BLANK = re.compile(r"[{}]|(?:[\s\u00a0]|(?<!\\)~)+")
_SMALL_MACROS = frozenset(("i", "j", "o", "l", "oe", "ae", "aa", "ss"))
_MACRO = re.compile(r"\\([A-Za-z]+|.)?\s*", re.DOTALL)
_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\.?\s+al\.?)", re.IGNORECASE)
# A letter that its macro parts from the rest of the word: "\L ukasz", "\v Sedivy".
_LOOSE_MACRO = re.compile(
    r"(?<!\{)\\(?:(aa|AA|ae|AE|oe|OE|ss|[oOlLij])[ \t\n]+(?=\w)|([uvHcdbrk][ \t\n]+[^\W\d_]))"
)
_HOMONYM = re.compile(r"\s0\d{3}$")  # by which DBLP tells people of one name apart
_AND_MORE = re.compile(r"[\s,]+et\.?\s+al\.?$")
_EXTENDED = re.compile(
    r"(family|given|prefix|suffix|useprefix|id|[a-z]+-i)\s*=\s*(.*)", re.DOTALL | re.IGNORECASE
)
_SPLITS = re.compile(r"[,{}\\~]|\band\b", re.IGNORECASE)

# Names of which every word has a capital, so that none can be a particle: only a short way to
# what the rules say of them.
_NATURAL = re.compile(r"([A-Z][\w.'-]*+(?: [A-Z][\w.'-]*+)*) ([A-Z][\w'-]*+)")
_INVERTED = re.compile(r"([A-Z][\w'-]*+(?: [A-Z][\w'-]*+)*+), ?([\w.'-]++(?: [\w.'-]++)*+)")

# A name of which every word is plain and has a capital, and none is "and".
_USUAL = re.compile(
    r"(?![Aa][Nn][Dd],)[A-Z][A-Za-z'-]*,(?: (?![Aa][Nn][Dd](?![A-Za-z'-]))[A-Z][A-Za-z'.-]*)+"
)
_NOT_EXTENDED = re.compile(r"[,=\"{}]|\band\b", re.IGNORECASE)

OTHERS = "others"


def read_names(text: str, role: str = AUTHOR) -> tuple[tuple[Creator, ...], bool]:
    """The creators of a TeX list of names, and whether it ends in `and others`."""
    if "\\" in text:
        text = _LOOSE_MACRO.sub(_tied, text)
    creators: list[Creator] = []
    truncated = False
    for name in _split(text, _AND):
        name = name.strip()
        if _OTHERS.fullmatch(name):
            truncated = True
            continue
        if name.endswith(("al", "al.")) and (more := _AND_MORE.search(name)):
            truncated = True
            name = name[: more.start()]
        if name[-1:].isdigit():
            name = _HOMONYM.sub("", name)
        if name:
            creators.extend(_read(name, role))
    return tuple(creators), truncated


def _tied(found: "re.Match[str]") -> str:
    return f"{{\\{found[1] or found[2]}}}"


def _split(text: str, marks: "re.Pattern[str]") -> list[str]:
    """`text` cut at the marks that stand outside of braces."""
    if "{" not in text and "}" not in text:
        return marks.split(text)
    pieces: list[str] = []
    depth = start = 0
    for mark in marks.finditer(text):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth = max(depth - 1, 0)
        elif not depth:
            pieces.append(text[start : mark.start()])
            start = mark.end()
    pieces.append(text[start:])
    return pieces


def _read(name: str, role: str) -> list[Creator]:
    if found := _NATURAL.fullmatch(name):
        return [Creator(found[2], found[1], role=role)]
    if found := _INVERTED.fullmatch(name):
        return [Creator(found[1], found[2], role=role)]
    return _read_any(name, role)


def _read_any(name: str, role: str) -> list[Creator]:
    """A name in whatever form it is."""
    if (inner := latex.unwrapped(name)) != name:
        literal = _text(inner)
        return [Creator(literal=literal, role=role)] if literal else []
    parts = [part.strip() for part in _split(name, _COMMA)]
    if _EXTENDED.match(parts[0]):
        return [_read_extended(_with_quoted(parts), role)]
    if len(parts) > 3:
        return _read_commas(parts, name, role)
    if len(parts) == 3 and not parts[2]:
        parts = parts[:2]
    last = _words(parts[0])
    if len(parts) == 1 or (len(parts) == 2 and not parts[1]):
        return _read_natural(last, role, whole=len(parts) > 1)
    von = _end_of_von(last, 0)
    creator = Creator(
        family=_joined(last[von:]),
        given=_text(parts[-1]),
        non_dropping_particle=_joined(last[:von]),
        suffix=_text(parts[1]) if len(parts) == 3 else "",
        role=role,
    )
    if creator.family:
        return [creator]
    return [Creator(literal=creator.given, role=role)] if creator.given else []


def _read_natural(words: list[str], role: str, *, whole: bool) -> list[Creator]:
    """`First von Last`, or only `von Last` where `whole` says that no first name can be there."""
    if not words:
        return []
    if whole:
        start = 0
    else:
        start = next((i for i, w in enumerate(words[:-1]) if _is_small(w)), len(words) - 1)
    von = _end_of_von(words, start)
    family, given = _joined(words[von:]), _joined(words[:start])
    particle = _joined(words[start:von])
    if not particle and not given:
        return [Creator(literal=family, role=role)] if family else []
    return [Creator(family=family, given=given, non_dropping_particle=particle, role=role)]


def _end_of_von(words: list[str], start: int) -> int:
    """The von part goes from `start` to the last small word, but never takes the last one."""
    end = len(words) - 1
    while end > start and not _is_small(words[end - 1]):
        end -= 1
    return max(end, 0)


def _is_small(word: str) -> bool:
    """Whether the first letter of `word` outside of braces is small; of a special character
    (`{\\"u}`) the letter that it makes counts, of all other braces nothing."""
    depth = place = 0
    while place < len(word):
        char = word[place]
        if char == "{":
            macro = _MACRO.match(word, place + 1)
            if not depth and macro and macro[0]:
                name = macro[1] or ""
                if name in _SMALL_MACROS:
                    return True
                if name.isalpha() and name.lower() in _SMALL_MACROS:
                    return False
                letter = next((c for c in word[macro.end() :] if c.isalpha()), "")
                return letter.islower()
            depth += 1
        elif char == "}":
            depth -= 1
        elif char == "\\" and not depth:
            macro = _MACRO.match(word, place)
            if macro and (macro[1] or "") in _SMALL_MACROS:
                return True
            if macro and (macro[1] or " ") not in ACCENTS:
                return False
            place = macro.end() - 1 if macro else place
        elif not depth and char.isalpha():
            return char.islower()
        place += 1
    return False


def _words(text: str) -> list[str]:
    return [word for word in _split(text, _BLANK) if word]


def _joined(words: list[str]) -> str:
    return _text(" ".join(words))


def _text(tex: str) -> str:
    return squeeze(latex.to_unicode(tex, groups=False))


def _with_quoted(parts: list[str]) -> list[str]:
    """`parts` of a name, put together again where a comma stood within quotation marks."""
    whole: list[str] = []
    for part in parts:
        if whole and whole[-1].count('"') % 2:
            whole[-1] += f", {part}"
        else:
            whole.append(part)
    return whole


def _read_extended(parts: list[str], role: str) -> Creator:
    values: dict[str, str] = {}
    for part in parts:
        found = _EXTENDED.match(part)
        if found:
            values[found[1].lower()] = _text(found[2].strip('" '))
    family, given = values.get("family", ""), values.get("given", "")
    if not given and not values.get("prefix"):
        return Creator(literal=family, role=role)
    particle, suffix = values.get("prefix", ""), values.get("suffix", "")
    if values.get("useprefix", "").lower() == "false":
        return Creator(family, given, dropping_particle=particle, suffix=suffix, role=role)
    return Creator(family, given, non_dropping_particle=particle, suffix=suffix, role=role)


def _read_commas(parts: list[str], name: str, role: str) -> list[Creator]:
    """Several names with commas between them, where each has two words; else one literal."""
    split = [_words(part) for part in parts if part]
    if split and all(len(words) > 1 for words in split):
        return [one for words in split for one in _read_natural(words, role, whole=False)]
    return [Creator(literal=_text(name), role=role)]


def has_too_many_commas(text: str) -> bool:
    """Whether a name in a list of them has more commas than BibTeX knows what to do with."""
    return text.count(",") > 2 and any(
        len(_split(name, _COMMA)) > 3 and not _EXTENDED.match(name.strip())
        for name in _split(text, _AND)
    )


def can_be_read(text: str, *, extended: bool = False) -> bool:
    """Whether bibtex, or biber where `extended` names are allowed, has nothing to say of `text`."""
    for name in _split(text, _AND):
        parts = [part.strip() for part in _split(name.strip(), _COMMA)]
        if _EXTENDED.match(parts[0]):
            if not extended:
                return False
        elif len(parts) > 3 or not parts[0] or not parts[-1]:
            return False
    return True


def write_names(creators: tuple[Creator, ...], *, truncated: bool, extended: bool = False) -> str:
    """The creators as a TeX list of names, `Family, Given` each.

    With `extended` BibLaTeX's form is taken for a name that has no other.
    """
    names = [name for creator in creators if (name := write_name(creator, extended=extended))]
    return " and ".join([*names, OTHERS] if truncated and names else names)


def write_name(creator: Creator, *, extended: bool = False) -> str:
    """One name, so that BibTeX finds the parts that `creator` has."""
    if creator.given and creator.family and not creator.literal:
        usual = f"{creator.family}, {creator.given}"
        von = creator.non_dropping_particle or creator.dropping_particle
        if not von and not creator.suffix and _USUAL.fullmatch(usual):
            return usual
    if extended and creator.dropping_particle and not creator.literal:
        written = _extended(creator)
        if written:
            return written
    if creator.literal or not creator.family:
        literal = creator.full_name.strip()
        if literal.lower() == OTHERS:
            return OTHERS
        return _braced(literal) if literal else ""
    von = squeeze(f"{creator.dropping_particle} {creator.non_dropping_particle}")
    if not von and not creator.given and not creator.suffix:
        return _braced(creator.family)
    family = _part(creator.family)
    if (von or " " in creator.family) and not _comes_back(von, family):
        family = _braced(creator.family)
    last = " ".join(part for part in (_part(von), family) if part)
    given = _part(creator.given)
    if creator.suffix:
        # BibTeX takes an empty first name only in braces.
        return f"{last}, {_part(creator.suffix)}, {given or '{}'}"
    return f"{last}, {given}" if given else f"{last}, {{}}"


def _comes_back(von: str, family: str) -> bool:
    """Whether the parts will be found again, for want of braces by the case of their letters."""
    last = _words(family)
    words = _words(von) + last
    return len(words) - _end_of_von(words, 0) == len(last)


def _part(text: str) -> str:
    """A part of a name in TeX, in braces where it has a comma or `and` in it."""
    written = latex.escape(squeeze(text))
    if not _SPLITS.search(text):
        return written
    pieces = len(_split(written, _COMMA)) + len(_split(written, _AND))
    return f"{{{written}}}" if pieces > 2 else written


def _braced(text: str) -> str:
    return f"{{{latex.escape(squeeze(text))}}}"


def _extended(creator: Creator) -> str:
    """The name by its parts, '' where one of them has a sign that such a name cannot have."""
    prefix = squeeze(f"{creator.dropping_particle} {creator.non_dropping_particle}")
    parts = {"family": creator.family, "given": creator.given, "prefix": prefix,
             "suffix": creator.suffix, "useprefix": "false"}  # fmt: skip
    texts = {name: latex.escape(squeeze(text)) for name, text in parts.items()}
    if any(_NOT_EXTENDED.search(text) for text in texts.values()):
        return ""
    return ", ".join(f"{name}={text}" for name, text in texts.items() if text)
