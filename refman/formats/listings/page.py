"""A page as numbered lines, and the rule by which a wrapped text goes on over several."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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


def is_paragraph(text: str) -> bool:
    """Whether `text` is longer than the lines of wrapped text: what follows is a new paragraph."""
    return len(text) > _WRAPPED_LENGTH


def goes_on(so_far: str, line: str) -> bool:
    """Whether `line` goes on with the prose `so_far`: a sentence is open, or a new one follows."""
    return not ends_sentence(so_far) or (len(line.split()) >= 8 and ends_sentence(line))
