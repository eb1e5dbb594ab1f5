"""What heads a profile page: whose it is, the subject, and figures, any of them missing.

    header = [name] [affiliation] [subject] {figure}
    figure = "h-index67" | "210papers" | "99,704citations" | "Novelty51%" | "AI Score63"
           | "210 Papers"

A page that was copied in pieces has the header again between its rows.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from refman.formats.format import Header
from refman.formats.listings import byline, meta_line
from refman.formats.listings.noise import is_noise
from refman.formats.listings.page import Line
from refman.model.creator import BODY_WORDS
from refman.model.text import fold

_NUMBER = r"(\d{1,3}(?:[,.\u2019' ]\d{3})+|\d{1,9})"
_FIGURES = {
    "h_index": re.compile(rf"h-?index:? ?{_NUMBER}", re.IGNORECASE),
    "papers": re.compile(rf"{_NUMBER} ?papers?", re.IGNORECASE),
    "citations": re.compile(rf"{_NUMBER} ?citations?", re.IGNORECASE),
    "novelty": re.compile(rf"novelty:? ?{_NUMBER} ?%", re.IGNORECASE),
    "ai_score": re.compile(rf"ai score:? ?{_NUMBER}", re.IGNORECASE),
}
_LONGEST = 40  # characters of a figure
_LONGEST_NAME = 80
_ORGANISATIONS = BODY_WORDS | frozenset(
    "university universite universitat universitaet universiteit universita universidad mila mit "
    "eth epfl college school academy hospital".split()
)


def figure(text: str) -> tuple[str, int] | None:
    """The field of `Header` that a squeezed line is the figure of, and its value."""
    if len(text) > _LONGEST:
        return None
    for name, pattern in _FIGURES.items():
        match = pattern.fullmatch(text)
        if match:
            return name, int(re.sub(r"\D", "", match[1]))
    return None


def is_subject(text: str) -> bool:
    """Whether a line is an arXiv label and nothing else."""
    meta = meta_line.read(text)
    return meta is not None and meta.label == text


def is_affiliation(text: str) -> bool:
    """Whether a line names a university, an institute or a company."""
    return len(text) <= _LONGEST_NAME * 2 and any(
        word in _ORGANISATIONS for word in re.split(r"[\W_]+", fold(text))
    )


def blocks(lines: Sequence[Line]) -> list[list[int]]:
    """The header and its repetitions: the places in `lines` of each, its last figure the last.

    Noise between the parts belongs to none.
    """
    places = [i for i, line in enumerate(lines) if not is_noise(line.text)]
    shown = [lines[i] for i in places]
    found: list[list[int]] = []
    floor = i = 0
    while i < len(shown):
        if figure(shown[i].text) is None:
            i += 1
            continue
        end = i + 1
        while end < len(shown) and figure(shown[end].text):
            end += 1
        is_first = not found and not any(_is_meta(line.text) for line in shown[:i])
        found.append(places[_start(shown, i, floor, is_first) : end])
        floor = i = end
    return found


def _start(lines: Sequence[Line], first_figure: int, floor: int, is_first: bool) -> int:
    """Where a header begins whose first figure stands at `first_figure`.

    At the top of a page any short line may be the name; further down only what looks like one.
    """
    start = first_figure
    if start > floor and is_subject(lines[start - 1].text):
        start -= 1
    above = [lines[i].text for i in range(max(start - 2, floor), start)]
    if len(above) == 2 and is_affiliation(above[1]) and _is_name(above[0]):
        return start - 2
    if above and (_is_name(above[-1]) or (is_first and _may_be_name(above[-1]))):
        return start - 1
    return start


def _is_meta(text: str) -> bool:
    meta = meta_line.read(text)
    return meta is not None and meta.is_sure


def _may_be_name(text: str) -> bool:
    if len(text) > _LONGEST_NAME or len(text.split()) > 6 or "," in text:
        return False
    return not (text.endswith((".", "?", "!")) or is_noise(text) or meta_line.read(text))


def _is_name(text: str) -> bool:
    return _may_be_name(text) and byline.is_byline(text)


def read(lines: Sequence[Line]) -> Header:
    """What the lines of one header say."""
    figures = dict(found for line in lines if (found := figure(line.text)))
    header = Header(
        h_index=figures.get("h_index"),
        papers=figures.get("papers"),
        citations=figures.get("citations"),
        novelty=figures.get("novelty"),
        ai_score=figures.get("ai_score"),
    )
    for line in lines:
        if figure(line.text):
            continue
        if is_subject(line.text):
            header = replace(header, subject=line.text)
        elif header.name is None:
            header = replace(header, name=line.text)
        else:
            header = replace(header, affiliation=line.text)
    return header


def without_figures(lines: Sequence[Line]) -> list[int]:
    """Places of a header that has no figure, in the `lines` before a page's first row."""
    places = [i for i, line in enumerate(lines) if not is_noise(line.text)][-2:]
    is_header = [is_subject, _is_name]
    if not places or not is_subject(lines[places[-1]].text):
        is_header.pop(0)
    found: list[int] = []
    for place, fits in zip(reversed(places), is_header, strict=False):
        if not fits(lines[place].text):
            break
        found.insert(0, place)
    return found
