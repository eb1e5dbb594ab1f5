"""Which words of a title keep their capitals when a style makes small letters of them.

A word with a capital after its first letter or with a capital and a digit, and a letter that
is a word, is protected by braces; a Title That Is Set Like This is not braced word by word. If
wanted, so is a capitalised word within a sentence, that is in a part of a title (up to a colon
or a full stop) where not nearly all words have capitals. Only braces that the first rule does
not give are part of an entry's title: `read_title` drops the others.
"""

import re
from collections.abc import Iterator

from refman.formats import latex
from refman.formats.latex import Kind, Token
from refman.model.citation_key import FUNCTION_WORDS

# A word with its hyphens, dots and apostrophes: "L-infinity", "U.S", "O'Brien", "AT&T", "C++".
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’./&_+][^\W_]+)*[+#]*")
_PART = re.compile(r"[-‐‑/]")
_SENTENCE_END = re.compile(r"[:.?!;—–]\s|[:?!—]|\s-\s")
_COLON = re.compile(r":\s")

# What a title of ASCII has if any word of it may be in want of braces, or of another spelling.
_MAY_WANT = re.compile(r"[A-Za-z0-9][A-Z]|[A-Z](?![a-z])|[A-Z][^ ]*[0-9]|[&%#_$~^\\{}]")

_LONGEST = 3000  # characters; what is longer is no title, and is left alone

_Span = tuple[int, int]


def protected(title: str, *, nouns: bool = False) -> str:
    """`title` in LaTeX with braces where they are needed; what is in braces already is left.

    With `nouns` the capitalised words within a sentence get them too.
    """
    if len(title) > _LONGEST:
        return latex.escape(title)
    if not nouns and title.isascii() and not _MAY_WANT.search(title):
        return title
    pieces = latex.tokens(title)
    spans = _spans(pieces, nouns=nouns)
    if not spans:
        return latex.escape_tokens(pieces)
    written: list[str] = []
    place = 0
    for index, token in enumerate(pieces):
        written.append(_written(pieces, index, place, spans))
        place += len(token.source)
    return "".join(written)


def _written(pieces: list[Token], index: int, place: int, spans: list[_Span]) -> str:
    token = pieces[index]
    end = place + len(token.source)
    inside = [span for span in spans if place <= span[0] and span[1] <= end]
    if not inside:
        return latex.escape_tokens([token])
    if token.kind is not Kind.TEXT:
        written = latex.escape_tokens([token])
        return f"{{{written}}}"
    written, at = "", place
    for start, stop in inside:
        written += latex.escape_text(token.source[at - place : start - place])
        written += f"{{{latex.escape_text(token.source[start - place : stop - place])}}}"
        at = stop
    return written + latex.escape_text(token.source[at - place :])


def read_title(text: str) -> str:
    """A title of a file, in Unicode, without the braces that `protected` puts there anyway.

    Braces round a part of a word grow to the whole word, braces round every word or the
    whole title say nothing of any and go.
    """
    text = latex.to_unicode(text)
    if ("{" not in text and "\\" not in text) or len(text) > _LONGEST:
        return text
    bare, groups = latex.without_groups(latex.tokens(text))
    if not groups:
        return bare
    groups = _merged([_whole_words(bare, group) for group in groups])
    given = _spans(latex.tokens(bare))
    words = [found.span() for found in _WORD.finditer(bare)]
    firsts = _firsts(bare, words)
    given += [word for word in words if word[0] in firsts and not _has_inner(bare[slice(*word)])]
    ordinary = [word for word in words if not _covered(word, given)]
    if sum(_covered(word, groups) for word in ordinary) > 0.8 * len(ordinary) and ordinary[2:]:
        return bare
    if len(groups) == 1 and groups[0] == (0, len(bare)):
        return bare
    for start, end in reversed(groups):
        inside = [word for word in words if start <= word[0] and word[1] <= end]
        if not inside or all(_covered(word, given) for word in inside):
            continue
        bare = f"{bare[:start]}{{{bare[start:end]}}}{bare[end:]}"
    return bare


def _covered(span: _Span, spans: list[_Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _merged(spans: list[_Span]) -> list[_Span]:
    merged: list[_Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _whole_words(text: str, span: _Span) -> _Span:
    start, end = span
    while start > 0 and (text[start - 1].isalnum() and text[start : start + 1].isalnum()):
        start -= 1
    while end < len(text) and (text[end].isalnum() and text[end - 1 : end].isalnum()):
        end += 1
    return start, end


def _spans(pieces: list[Token], *, nouns: bool = False) -> list[_Span]:
    """What has to be put in braces: places in the text that `pieces` make.

    Words in braces need none, but say with the others how the title is written.
    """
    text = "".join(token.source for token in pieces)
    words: list[_Span] = []
    spans: list[_Span] = []
    braced: set[int] = set()
    for place, token, inside in _own(pieces):
        if token.kind is Kind.TEXT:
            found = [(place + word.start(), place + word.end())
                     for word in _WORD.finditer(token.source)]  # fmt: skip
            words += found
            braced.update(start for start, _ in found if inside)
        elif not inside and _has_capital(token):
            spans.append((place, place + len(token.source)))
    shouted = _is_shouted(text)
    firsts = _firsts(text, words)
    for part in _parts(text, words):
        for start, end in part:
            if start in braced:
                continue
            if shouted or start in firsts:
                spans += _of_word(text, start, end, first=True, shouted=shouted)
            elif _may_be_name(text, start, end, nouns=nouns) and _is_sentence(text, part):
                spans.append((start, end))
            else:
                spans += _of_word(text, start, end, first=False, shouted=False)
    return sorted(spans)


def _own(pieces: list[Token]) -> Iterator[tuple[int, Token, bool]]:
    """The title's own pieces, not those of arguments: their places, and whether in braces."""
    opened: list[bool] = []
    place = argument = 0
    for index, token in enumerate(pieces):
        kept = False
        if token.kind is Kind.OPEN:
            opened.append(argument > 0 or latex.is_scope(pieces, index))
        elif token.kind is Kind.CLOSE:
            kept = opened.pop()
        elif not any(opened):
            yield place, token, bool(opened)
        argument = latex.takes_argument(token, argument=argument, kept=kept)
        place += len(token.source)


def _has_capital(token: Token) -> bool:
    """Math with a capital in it, or a macro that is spelt with one: `\\LaTeX`."""
    return any(char.isupper() for char in token.source)


def _is_shouted(text: str) -> bool:
    """Whether ALL OF A TITLE IS IN CAPITALS, which then say nothing."""
    return text.isupper() and sum(map(str.isupper, text)) > 8


def _firsts(text: str, words: list[_Span]) -> set[int]:
    """Where the words begin that every style leaves their capital: the first of the title, and
    the first after a colon."""
    last = 0
    firsts = {start for start, _ in words[:1]}
    for start, end in words:
        if _COLON.search(text[last:start]):
            firsts.add(start)
        last = end
    return firsts


def _parts(text: str, words: list[_Span]) -> list[list[_Span]]:
    """The words, parted where a sentence may begin anew."""
    parts: list[list[_Span]] = []
    last = -1
    for word in words:
        if last < 0 or _SENTENCE_END.search(text[last : word[0]]):
            parts.append([])
        parts[-1].append(word)
        last = word[1]
    return parts


def _is_sentence(text: str, part: list[_Span]) -> bool:
    """Whether the words of this part are written as in a sentence: not only names have capitals.

    One small word for every two capitalised ones is enough, since names come in rows.
    """
    small = large = 0
    for start, end in part[1:]:
        word = text[start:end]
        if not word[0].isalpha() or word.casefold() in FUNCTION_WORDS or _has_inner(word):
            continue
        if word[0].islower():
            small += 1
        else:
            large += 1
    return small > 0 and 2 * small >= large


def _has_inner(word: str) -> bool:
    """Whether a part of the word has a capital or a digit after its first letter."""
    return any(any(c.isupper() or c.isdigit() for c in part[1:]) for part in _PART.split(word))


def _may_be_name(text: str, start: int, end: int, *, nouns: bool) -> bool:
    """Whether this word keeps its capital if it stands in a sentence."""
    return (nouns or end - start == 1) and text[start].isupper()


def _of_word(text: str, start: int, end: int, *, first: bool, shouted: bool) -> list[_Span]:
    word = text[start:end]
    if word[1:].isalpha() and word[1:].islower():
        return []
    if word.isdigit() or not any(char.isalpha() for char in word):
        return []
    if shouted:
        return [(start, end)] if any(char.isdigit() for char in word[1:]) else []
    if any(char.isdigit() for char in word[1:]):
        return [(start, end)] if any(char.isupper() for char in word) else []
    parts: list[_Span] = []
    at = start
    for piece in _PART.split(word):
        parts.append((at, at + len(piece)))
        at += len(piece) + 1
    wanted = [span for span in parts if _is_wanted(text, span, alone=len(parts) == 1, first=first)]
    if not wanted:
        return []
    # "RL-Based" in a Title Like This is to become "RL-based", "Mol-MoE" to stay.
    ordinary = any(
        span not in wanted and text[span[0]].isupper() and span[1] - span[0] > 1
        for span in parts[1:]
    )
    return wanted if ordinary else [(start, end)]


def _is_wanted(text: str, span: _Span, *, alone: bool, first: bool) -> bool:
    """Whether this part of a word has a capital after its first letter, or is one: `Q-learning`.

    A single letter that is a word of its own keeps its capital where a sentence begins.
    """
    part = text[span[0] : span[1]]
    if len(part.rstrip("+#")) == 1 and part[0].isupper():
        return not alone or (part != "A" and not first)
    return any(char.isupper() for char in part[1:])
