"""What differs between two texts, letter by letter, to be marked on the screen."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import takewhile

from refman.ui import theme

LONGEST = 400  # letters whose changes are looked for one by one; else word by word
MOST = 4000  # words that are compared; else all between the first and last change is marked
CONTEXT = 60  # letters around a change that are shown of a long stretch
_PART = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text; `changed` where the other text has something else, or nothing."""

    text: str
    changed: bool


def compare(before: str, after: str) -> tuple[list[Stretch], list[Stretch]]:
    """Both texts in parts; those that are not changed are in both."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    middle = before[start : len(before) - end], after[start : len(after) - end]
    old, new = _Parts(), _Parts()
    old.add(before[:start], changed=False)
    new.add(after[:start], changed=False)
    for one, other, same in _differences(*middle):
        old.add(one, changed=not same)
        new.add(other, changed=not same)
    old.add(before[len(before) - end :], changed=False)
    new.add(after[len(after) - end :], changed=False)
    return old.stretches, new.stretches


class _Parts:
    """Collects stretches; neighbours of a kind become one."""

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []

    def add(self, text: str, *, changed: bool) -> None:
        if not text:
            return
        if self.stretches and self.stretches[-1].changed == changed:
            text = self.stretches.pop().text + text
        self.stretches.append(Stretch(text, changed))


def _common(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _differences(before: str, after: str) -> Iterator[tuple[str, str, bool]]:
    """What stands beside each other in both, and whether it is the same."""
    one: Sequence[str] = before
    other: Sequence[str] = after
    if max(len(before), len(after)) > LONGEST:
        one, other = _PART.findall(before), _PART.findall(after)
        if max(len(one), len(other)) > MOST:
            yield before, after, False
            return
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        # A single letter that happens to be in both is no island in what else is another text.
        same = kind == "equal" and (j - i > 1 or len(one) < 4 or not one[i].isalnum())
        yield "".join(one[i:j]), "".join(other[k:m]), same


def as_html(stretches: Sequence[Stretch], *, old: bool) -> str:
    """The stretches with the changed ones marked: struck out in the `old` text, underlined in
    the new. Long stretches that are the same are cut short."""
    colours = theme.colours()
    ground, ink = (
        (colours.danger_soft, colours.danger) if old else (colours.good_soft, colours.good)
    )
    line = "line-through" if old else "underline"
    style = f"background-color: {ground}; color: {ink}; text-decoration: {line};"
    return "".join(
        f'<span style="{style}">{_html(_visible(stretch.text))}</span>'
        if stretch.changed
        else _html(_shortened(stretch.text, first=not place, last=place == len(stretches) - 1))
        for place, stretch in enumerate(stretches)
    )


def _html(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>").replace("  ", " &nbsp;")


def _visible(text: str) -> str:
    """Line breaks that were changed would not be seen."""
    return text.replace("\n", "↵\n")


def _shortened(text: str, *, first: bool, last: bool) -> str:
    if (first and last) or len(text) <= 3 * CONTEXT:
        return text
    left = "" if first else text[:CONTEXT]
    right = "" if last else text[-CONTEXT:]
    return f"{left} … {right}"
