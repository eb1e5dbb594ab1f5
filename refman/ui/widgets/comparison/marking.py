"""What a value has that another one lacks, and the other way round, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from html import escape

from refman.i18n import _
from refman.ui import theme

MOST = 2000  # words that are compared one by one
ALIKE = 0.35  # of the letters; of values that share less, nothing is told apart
CONTEXT = 70  # letters around a change that are shown of a long stretch
LONG = 420  # letters of a text that is not cut short
_WORD = re.compile(r"(?:\w+|[^\w\s])\s*|\s+")


class Mark(Enum):
    """How a stretch stands to the other value."""

    SAME, MORE, LESS = "same", "more", "less"  # LESS: only the other value has it


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that follow each other."""

    text: str
    mark: Mark


def compare(base: str, text: str) -> list[Stretch]:
    """`text` with what it has more than `base`, and what it has less, where that would stand."""
    if text == base:
        return [Stretch(text, Mark.SAME)]
    if not base or not text:
        return [Stretch(text, Mark.MORE)] if text else []
    one, other = _WORD.findall(base), _WORD.findall(text)
    if max(len(one), len(other)) > MOST:
        return [Stretch(text, Mark.MORE)]
    matcher = SequenceMatcher(None, [*map(_key, one)], [*map(_key, other)], autojunk=False)
    parts = _Parts()
    same = 0
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "equal":
            # The last word of `text` may have no blank behind it where `base` goes on.
            blank = " " if k and i and other[k - 1][-1:] != " " and one[i - 1][-1:] == " " else ""
            parts.add(blank + "".join(one[i:j]) if i < j else "", Mark.LESS)
            parts.add("".join(other[k:m]), Mark.MORE)
            continue
        for before, after in zip(one[i:j], other[k:m], strict=True):
            # Other capitals are marked, but nothing lacks for them.
            alike = before.rstrip() == after.rstrip()
            parts.add(after, Mark.SAME if alike else Mark.MORE)
            same += len(after)
    if same < ALIKE * max(len(base), len(text)):
        return [Stretch(text, Mark.MORE)]
    return parts.stretches


class _Parts:
    """Collects stretches; neighbours of a kind become one."""

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []

    def add(self, text: str, mark: Mark) -> None:
        if not text:
            return
        if self.stretches and self.stretches[-1].mark is mark:
            text = self.stretches.pop().text + text
        self.stretches.append(Stretch(text, mark))


def _key(word: str) -> str:
    return word.rstrip().casefold()


def as_html(stretches: Sequence[Stretch], *, whole: bool = False) -> str:
    """What is more underlined, what is less struck out; long texts are cut short if not `whole`."""
    colours = theme.colours()
    styles = {
        Mark.MORE: f"background-color:{colours.good_soft}; color:{colours.good};"
        "text-decoration:underline;",
        Mark.LESS: f"background-color:{colours.danger_soft}; color:{colours.danger};"
        "text-decoration:line-through;",
    }
    short = not whole and sum(len(each.text) for each in stretches) > LONG
    parts = []
    for place, each in enumerate(stretches):
        last = place == len(stretches) - 1
        if each.mark is Mark.SAME:
            text = _shortened(each.text, first=not place, last=last) if short else each.text
            parts.append(_html(text))
            continue
        words = each.text.strip()
        before, _words, after = each.text.partition(words)
        text = f"{words[:LONG]} …" if short and len(words) > LONG else words
        if each.mark is Mark.LESS and not after and not last:
            after = " "  # it is no part of the word that stands in its place
        span = f'<span style="{styles[each.mark]}">{_html(text)}</span>'
        parts.append(f"{_html(before)}{span}{_html(after)}")
    return "".join(parts)


def spoken(stretches: Sequence[Stretch]) -> str:
    """The differences in words, for those who do not see them; '' for none."""
    more = [each.text.strip() for each in stretches if each.mark is Mark.MORE]
    less = [each.text.strip() for each in stretches if each.mark is Mark.LESS]
    parts = (
        _("only here: {words}").format(words=" … ".join(more)) if more else "",
        _("lacking here: {words}").format(words=" … ".join(less)) if less else "",
    )
    return "; ".join(part for part in parts if part)


def _html(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _shortened(text: str, *, first: bool, last: bool) -> str:
    if first and last:
        return f"{text[:LONG].rstrip()} …" if len(text) > LONG else text
    if len(text) <= 2 * CONTEXT:
        return text
    left = "" if first else text[:CONTEXT]
    right = "" if last else text[-CONTEXT:]
    return f"{left} … {right}"
