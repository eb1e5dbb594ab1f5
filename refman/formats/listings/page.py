"""A page as numbered lines, and the rule by which a wrapped text goes on over several."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from refman.formats.format import Context, Found, Passage
from refman.model.text import squeeze

_SENTENCE_END = re.compile(r"[.!?。！？][)\]}\"'”’»$]*$")
_SENTENCE_BREAK = re.compile(r"[.!?][)\"”’]? +[^\W\d_a-z]")
_NO_CHARACTER = re.compile("[\ud800-\udfff]")  # halves of pairs, which no file can hold
_WEB_ADDRESS = re.compile(r"https?://\S+$")
_WRAPPED_LENGTH = 200  # characters; wrapped lines are shorter
_PROSE_LENGTH = 300  # characters; no title or byline of a page is as long


@dataclass(frozen=True, slots=True)
class Line:
    """A line that shows something: its number from 1, as it was, and squeezed."""

    number: int
    raw: str
    text: str


def split_lines(text: str) -> list[str]:
    """The lines of `text`, whatever its line ends, counted as an editor counts them."""
    text = _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def visible_lines(text: str) -> list[Line]:
    """The lines of `text` that show anything."""
    lines = (Line(n, raw, squeeze(raw)) for n, raw in enumerate(split_lines(text), 1))
    return [line for line in lines if line.text]


def read_rows(
    text: str,
    start: "re.Pattern[str]",
    read_row: Callable[[Sequence[Line], list[str], Found], None],
    context: Context,
) -> Found:
    """A page of which every row begins with a line that `start` matches whole.

    `read_row` gets a row's lines and those of the source, and adds what it finds. What stands
    before the first row is passed over. Raises only Cancelled.
    """
    source, lines = split_lines(text), visible_lines(text)
    starts = [i for i, line in enumerate(lines) if start.fullmatch(line.text)]
    first = starts[0] if starts else len(lines)
    found = Found(passed_over=[Passage(line.number, line.text) for line in lines[:first]])
    context.progress.start(context.progress.text, len(starts))
    for begin, end in pairwise([*starts, len(lines)]):
        context.progress.advance()
        read_row(lines[begin:end], source, found)
    found.passed_over.sort(key=lambda passage: passage.line)
    return found


def raw_text(lines: Sequence[Line], source: Sequence[str]) -> str:
    """The source from the first of `lines` to the last, with what stands between them."""
    return "\n".join(source[lines[0].number - 1 : lines[-1].number])


def ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text[-20:]) or _WEB_ADDRESS.search(text[-200:]))


def is_prose(text: str) -> bool:
    """Whether `text` reads like an abstract, not like a title or a byline."""
    if len(text) >= _PROSE_LENGTH:
        return True
    return len(text) >= 60 and ends_sentence(text) and bool(
        _SENTENCE_BREAK.search(text) or len(text.split()) >= 15
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prose:
    """An abstract gathered from lines: those that are part of it, and those after it."""

    text: str
    used: list[Line]
    left: list[Line]
    has_paragraphs: bool  # put together from lines that are longer than wrapped ones


def gather_prose(opening: str, lines: Sequence[Line]) -> Prose:
    """The abstract that begins with `opening`, which may be empty, and goes on in `lines`.

    A line goes on with it if a sentence is open, or if it has sentences of its own. The first
    that does not ends it.
    """
    pieces = [opening] if opening else []
    has_paragraphs = False
    end = 0
    while end < len(lines) and (not pieces or _goes_on(pieces[-1], lines[end].text)):
        has_paragraphs |= bool(pieces) and len(pieces[-1]) > _WRAPPED_LENGTH
        pieces.append(lines[end].text)
        end += 1
    return Prose(" ".join(pieces), list(lines[:end]), list(lines[end:]), has_paragraphs)


def _goes_on(last: str, line: str) -> bool:
    return not ends_sentence(last) or (len(line.split()) >= 8 and ends_sentence(line))
