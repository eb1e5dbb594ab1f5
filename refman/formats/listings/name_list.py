"""The names that a reference begins with, in the ways in which styles write them.

    names = name {separator name} [" et al."]
    name  = family ", " initials     ("Pearl, J.", "de Hoon, M. J. L.": APA, Harvard, AMS)
          | initials " " family      ("J. Pearl": IEEE, LaTeX's plain)
          | family " " initials      ("Pearl J", "de Hoon MJ": Vancouver, NLM)
          | family ", " given        ("Pearl, Judea": Chicago and MLA, the first name only)
          | given " " family         ("Judea Pearl": ACM, LaTeX's plain)
          | body                     ("OpenAI", "ATLAS Collaboration")

The first name sets the style, the others keep to it: so a title in capitals that follows the
names is none of them. The list ends where no name follows; what comes then (a full stop, a
year, a quotation mark) is for the reader of the reference to judge.
"""

import re
from dataclasses import dataclass

from refman.formats.listings.name_shape import name_score
from refman.formats.listings.name_words import BODY_NAMES, GIVEN_NAMES, TITLE_WORDS
from refman.formats.listings.page_evidence import NO_EVIDENCE
from refman.model.creator import BODY_WORDS
from refman.model.text import fold

INVERTED, INITIALS_FIRST, VANCOUVER, GIVEN_AFTER, NATURAL, BODY = range(6)

_UPPER = "".join(chr(i) for i in range(0x530) if chr(i).isupper())
_PARTICLE = (
    "(?:van|von|vom|de|der|den|del|della|di|da|dos|du|la|le|ten|ter|zu|zur|af|av|bin|ibn|el|al|"
    "und|y|e|Van|Von|De|Di|Da|Du|La|Le|Del|Della|Den|Der|El|Al|Mac|St\\.)(?!\\w)"
)
_WORD = rf"(?:[dlDLO]['’]|al-|el-|Mc|Mac)?[{_UPPER}][^\W\d_]*(?:['’‐-][^\W\d_]+)*"
_INITIALS = rf"[{_UPPER}][hnuy]?\.(?:[ ‐-]{{0,2}}[{_UPPER}][hnuy]?\.){{0,5}}"
_FAMILY = rf"(?:{_PARTICLE} ){{0,3}}{_WORD}(?: (?:{_PARTICLE} )?{_WORD}){{0,2}}"
_SUFFIX = r"(?:,? (?:Jr|Sr)\.?(?!\w)|,? (?:II|III|IV)\b)"
_END = r"(?=[,.;:(\[]| \(| and | & | et al|$)"
_FORMS = {
    INVERTED: re.compile(
        rf"({_FAMILY}), ?({_INITIALS}(?:[{_UPPER}](?=,| and ))?|[{_UPPER}]{{1,3}}{_END})"
        rf"({_SUFFIX})?"
    ),
    INITIALS_FIRST: re.compile(
        rf"{_INITIALS} ?{_FAMILY}{_SUFFIX}?"
        rf"|[{_UPPER}]{{1,2}} (?:{_PARTICLE} ){{0,2}}{_WORD}(?=, | and | & | et al)"
    ),
    VANCOUVER: re.compile(
        rf"({_FAMILY}) ({_INITIALS}(?=[,:;]| and | & |$)|[{_UPPER}]{{1,4}}(?:-[{_UPPER}])?{_END})"
    ),
    GIVEN_AFTER: re.compile(
        rf"(?:{_PARTICLE} ){{0,3}}{_WORD}, "
        rf"{_WORD}(?: (?:{_INITIALS}|{_WORD}|{_PARTICLE})){{0,3}}(?={_END[3:-1]}|[\"“])"
    ),
    NATURAL: re.compile(
        rf"(?:{_WORD}|{_INITIALS})(?: (?:{_INITIALS}|{_PARTICLE}|{_WORD})){{1,5}}{_SUFFIX}?"
    ),
}
_SEPARATOR = re.compile(r"(?:,|;)? (?:and|&|und|et|y) (?:and )?|[,;] ?(?:& |and )?|\s*·\s*")
_LAST = re.compile(r"(?:and|&|und|et|y)\b")
_TRUNCATED = re.compile(r",? ?(?:\bet\.? ?al\b\.?|and others\b|& others\b|…|\.\.\.)(?: ?,)?")
_EDITORS = re.compile(r",? ?\(?\b(?:editors?|eds?\.|Eds?\.|Hrsg\.)\)?,?", re.IGNORECASE)
_BODY = re.compile(
    rf"{_WORD}(?: (?:of|for|the|and|on|in|{_WORD})){{0,7}}(?=\.? ?\(\d{{4}}|\. |, \d{{4}})"
)
_BARE_LAST = re.compile(rf"([{_UPPER}]{{1,2}}) ((?:{_PARTICLE} ){{0,2}}{_WORD})(?=[.,:;(])")
_FAMILY_ALONE = re.compile(rf"({_FAMILY}),? ?et\.? ?al\b\.?")
_LONE_CAPITAL = re.compile(r" [^\W\d_a-z]$")
_MOST = 600  # names
_SURE = 0.5  # a score of a name with no initials to show that it is one
_FOLLOWERS = {
    INVERTED: (INVERTED, INITIALS_FIRST, VANCOUVER),
    INITIALS_FIRST: (INITIALS_FIRST,),
    VANCOUVER: (VANCOUVER,),
    GIVEN_AFTER: (NATURAL, INITIALS_FIRST),
    NATURAL: (NATURAL, INITIALS_FIRST),
}


@dataclass(frozen=True, slots=True)
class NameList:
    """The names as `model.creator.parse_name` reads them, and where they end."""

    names: tuple[str, ...]
    end: int
    style: int
    truncated: bool = False
    editors: bool = False

    @property
    def is_strong(self) -> bool:
        """Whether hardly anything else looks like this: initials, or several names."""
        return self.style in (INVERTED, INITIALS_FIRST, VANCOUVER) or len(self.names) > 1


def read(text: str, start: int = 0) -> NameList | None:
    """The names that stand at `start` of `text`, or None."""
    for style in (INVERTED, INITIALS_FIRST, VANCOUVER, GIVEN_AFTER, NATURAL):
        found = _name(text, start, style)
        if found:
            return _rest(text, found[0], found[1], style)
    alone = _FAMILY_ALONE.match(text, start)
    if alone and not _has_title_word(alone[1]):
        return NameList((alone[1],), alone.end(), NATURAL, truncated=True)
    body = _BODY.match(text, start)
    if body and _is_body(body[0]):
        return NameList((body[0],), body.end(), BODY)
    return None


def _rest(text: str, first: str, end: int, style: int) -> NameList:
    """The names after the first one."""
    names = [first]
    truncated = False
    by_semicolons = text.startswith(";", end)
    while len(names) < _MOST:
        cut = _TRUNCATED.match(text, end)
        if cut:
            truncated = True
            end = cut.end()
            # "A, B, … Z": the last one of many.
            last = _name(text, _skip_blanks(text, end), style)
            if "…" in cut[0] or "..." in cut[0]:
                names += [last[0]] if last else []
                end = last[1] if last else end
            break
        separator = _SEPARATOR.match(text, end)
        if not separator:
            break
        is_last = _LAST.search(separator[0]) is not None
        if is_last and text.startswith("others", separator.end()):
            end, truncated = separator.end() + len("others"), True
            break
        found, found_style = _follower(text, separator.end(), style, is_last, by_semicolons)
        if not found:
            break
        if style == GIVEN_AFTER and found_style == NATURAL and not by_semicolons:
            style = NATURAL
        names.append(found[0])
        end = found[1]
        if is_last and not text.startswith((" and ", " & ", ", …"), end):
            break
    if not truncated and (cut := _TRUNCATED.match(text, end)) and "al" in cut[0]:
        truncated, end = True, cut.end()
    editors = _EDITORS.match(text, end)
    if editors:
        end = editors.end()
    return NameList(tuple(names), end, style, truncated, editors is not None)


def _follower(
    text: str, start: int, style: int, is_last: bool, by_semicolons: bool
) -> tuple[tuple[str, int] | None, int]:
    allowed: tuple[int, ...] = _FOLLOWERS[style]
    if by_semicolons:
        allowed = (INVERTED, GIVEN_AFTER, *allowed)
    elif style == GIVEN_AFTER and is_last:
        allowed = (style, *allowed)
    elif is_last and style == INITIALS_FIRST:
        allowed = (*allowed, NATURAL)
    for one in allowed:
        found = _name(text, start, one)
        if found:
            return found, one
    last = _BARE_LAST.match(text, start) if is_last and style == INITIALS_FIRST else None
    if last:
        return (f"{_spaced(last[1])} {last[2]}", last.end()), style
    return None, style


def _name(text: str, start: int, style: int) -> tuple[str, int] | None:
    """The name of this style at `start` of `text`, and where it ends."""
    match = _FORMS[style].match(text, start, start + 200)
    if not match:
        return None
    name, end = match[0], match.end()
    if style == INVERTED:
        if _has_title_word(match[1]):
            return None
        initials = _spaced(match[2])
        suffix = match[3].strip(" ,") if match[3] else ""
        return (f"{match[1]}, {suffix}, {initials}" if suffix else f"{match[1]}, {initials}"), end
    if style == VANCOUVER:
        if _has_title_word(match[1]) or _is_acronym(match) or _goes_on(text, match):
            return None
        return f"{match[1]}, {_spaced(match[2])}", end
    if style == INITIALS_FIRST:
        family = name.rsplit(".", 1)[1] if "." in name else name.split(" ", 1)[1]
        if "." not in name:
            if fold(family) in TITLE_WORDS:  # "A Survey, …"
                return None
            name = f"{_spaced(name.split(' ', 1)[0])} {family}"
        return (name, end) if not _has_title_word(family) else None
    if style == GIVEN_AFTER:
        family, _, given = name.partition(", ")
        if _LONE_CAPITAL.search(name) and text.startswith(".", end):
            name, end = f"{name}.", end + 1
        natural = f"{given} {family}"
        return (name, end) if name_score(natural, NO_EVIDENCE) > _SURE else None
    return _natural(name, start)


def _natural(name: str, start: int) -> tuple[str, int] | None:
    """A name with no sign but its words: cut back to the words that look like one."""
    words = name.split(" ")
    while len(words) > 1:
        name = " ".join(words)
        if name_score(name, NO_EVIDENCE) > _SURE:
            return name, start + len(name)
        words.pop()
    return None


def _is_acronym(match: "re.Match[str]") -> bool:
    """Whether capitals after a word are no initials: `Improving BERT`."""
    return len(match[2].replace(".", "")) > 1 and fold(match[1]) in TITLE_WORDS


def _goes_on(text: str, match: "re.Match[str]") -> bool:
    """Whether the initial is one in the middle: `Larry D` of `Larry D. Wittie, …`."""
    end = match.end()
    if len(match[2]) > 1:
        return False
    if not text.startswith(". ", end) or fold(match[1].split(" ")[0]) not in GIVEN_NAMES:
        return False
    return re.match(_WORD, text[end + 2 : end + 80]) is not None


def _has_title_word(family: str) -> bool:
    """Whether a family name is made of words that only titles have."""
    words = [fold(word) for word in family.split()]
    return len(words) > 1 and sum(word in TITLE_WORDS for word in words) > 1


def _is_body(name: str) -> bool:
    words = [fold(word) for word in name.split()]
    return words[0] in BODY_NAMES or words[-1] in BODY_WORDS or words[0] in BODY_WORDS


def _spaced(initials: str) -> str:
    """`PL` and `P.L.` as `P. L.`; a hyphen stays."""
    if "." not in initials:
        initials = "".join(f"{char}." if char.isalpha() else char for char in initials)
    return re.sub(r"\.(?=[^\W\d_])", ". ", initials)


def _skip_blanks(text: str, end: int) -> int:
    while end < len(text) and text[end] in " ,&":
        end += 1
    return end
