"""The names in a field of authors, with what stands in brackets between them.

    authors = name {("," | "and" | ";" | "·") name} ["et al." ["(" count "additional authors …)"]]
    name    = words ["(" affiliation ")"]

The affiliations may be numbered: `A (1), B (1 and 2) ((1) Here, (2) There)`. With a semicolon
between names, commas stand within them. `X Collaboration: A, B` and `A (for the X Collaboration)`
name a body too.
"""

import re
from dataclasses import dataclass

from refman.model.creator import AUTHOR, BODY_WORDS, SUFFIXES, Creator, parse_name
from refman.model.text import squeeze

_TRUNCATED = re.compile(
    r"[\s,;]*(?:\(?\bet\.? al\b\.?\)?|\band (?:\d+ )?others\b|…|\.\.\.)[\s,.]*"
    r"(?:\(\d+ additional authors? not shown\))?[\s,.]*$",
    re.IGNORECASE,
)
_LONGEST_END = 100  # characters in which a text may say that it does not name all
_BETWEEN = re.compile(r"\s*[,·•]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+|\s*\band\s+")
_BETWEEN_INVERTED = re.compile(r"\s*[;·•]\s*(?:and\s+|&\s*)?")
_MARKS = re.compile(r"(?:[\d\W_]|and\b|[a-z]\b)+")
_NUMBER = re.compile(r"\(\s*(?:\d{1,3}|[a-z]|[*†‡§¶]+)\s*\)")
_FOR = re.compile(r"(?:on behalf of|for|by)\s+(?:the\s+)?(?=\S)", re.IGNORECASE)
_FOR_WITHIN = re.compile(r"\s(?:on behalf of|for)\s+(?:the\s+)?")
_TOUCHING_INITIAL = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_][^\W\d_.]|[dDO]['’])")
_LABEL = re.compile(r"(?:authors?|by)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AuthorList:
    """The creators of a text, whether it names them all, and the affiliations in it."""

    creators: tuple[Creator, ...]
    truncated: bool
    affiliations: tuple[str, ...]


def read(text: str, role: str = AUTHOR) -> AuthorList:
    """Take apart a text that is authors and nothing else."""
    text = _LABEL.sub("", squeeze(text), count=1) if ":" in text[:10] else squeeze(text)
    end = _TRUNCATED.search(text, max(len(text) - _LONGEST_END, 0))
    shown = text[: end.start()] if end else text
    names, brackets = _without_brackets(shown) if "(" in shown else (shown, [])
    creators = [creator for name in _names(names) if (creator := _creator(name, role))]
    affiliations: dict[str, None] = {}
    for bracket in brackets:
        body = _body(bracket)
        if body:
            creators.append(Creator(literal=body, role=role))
        elif not _MARKS.fullmatch(bracket):
            numbered = _NUMBER.split(bracket)
            affiliations.update((said, None) for part in numbered if (said := part.strip(" ,;:.")))
    return AuthorList(tuple(creators), end is not None, tuple(affiliations))


def _without_brackets(text: str) -> tuple[str, list[str]]:
    """`text` without what stands in brackets, and that; a bracket left open goes to the end."""
    kept: list[str] = []
    brackets: list[str] = []
    depth = start = 0
    for place, char in enumerate(text):
        if char == "(":
            if not depth:
                kept.append(text[start:place])
                start = place + 1
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            if not depth:
                brackets.append(text[start:place].strip())
                start = place + 1
    (brackets if depth else kept).append(text[start:])
    return squeeze(" ".join(kept)).replace(" ,", ",").replace(" ;", ";"), brackets


def _body(text: str) -> str:
    """The body in `for the X Collaboration`, '' where that is none."""
    found = _FOR.match(text)
    name = re.split(r"[,(]", text[found.end() :])[0].strip() if found else ""
    return name if _is_body(name) else ""


def _is_body(name: str) -> bool:
    return name.rpartition(" ")[2].casefold() in BODY_WORDS


def _names(text: str) -> list[str]:
    between = _BETWEEN_INVERTED if ";" in text else _BETWEEN
    names: list[str] = []
    for part in between.split(text):
        name = part.strip(" ,;")
        if names and name.casefold() in SUFFIXES:
            names[-1] += f", {name}"
        elif ":" in name or " for " in name or " behalf " in name:
            names += _people_of_body(name)
        elif name:
            names.append(name)
    return names


def _people_of_body(name: str) -> list[str]:
    """The two names in `X Collaboration: A` or `A for the X Collaboration`, else the one."""
    head, colon, rest = name.partition(":")
    if colon and _is_body(head.strip()):
        return [head.strip(), rest.strip()]
    found = _FOR_WITHIN.search(name) if _is_body(name) else None
    return [name[: found.start()], name[found.end() :]] if found else [name]


def _creator(name: str, role: str) -> Creator | None:
    """The creator of that name, None for what is none: signs, or a lone word like `and`."""
    if name[:1].islower():
        if name.casefold() in ("and", "by"):
            return None
        name = (_body(name) or name).removeprefix("the ")
    if not any(map(str.isalpha, name)):
        return None
    if "." in name:
        name = _TOUCHING_INITIAL.sub(" ", name)
    return parse_name(name, role)
