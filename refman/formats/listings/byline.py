"""The line that names who made a paper, and where a title ends that runs straight into it.

    byline = name {", " name} [" et al."] [" · " affiliation {", " affiliation}]

`split` decides by evidence (DESIGN section 5). Every place where a title may touch a name is
scored by what stands on both sides of it: is the word before it one of titles, of this
page's abstracts, an acronym; are the words after it shaped like names, usual given names,
names seen elsewhere on the page. Scores are log-odds; the confidence is the best one's share.
The names of a library never choose a boundary: `reconsider` lets them take a doubt away or
raise one, so that a row reads the same whatever was imported before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp
from unicodedata import category

from refman.formats.format import Boundary, Row
from refman.formats.listings.name_shape import (
    INITIALS,
    REACH,
    begins_as_name,
    has_no_case,
    name_score,
    title_score,
)
from refman.formats.listings.name_words import BODY_NAMES
from refman.formats.listings.page_evidence import NO_EVIDENCE, PageEvidence, folded_words
from refman.i18n import _
from refman.model.creator import BODY_WORDS, PARTICLES, SUFFIXES
from refman.model.text import fold, squeeze

# Below this share of the odds a boundary is for a person to judge; measured on
# tests/data/boundaries.tsv (tests/formats/listings/test_boundaries.py).
SURE = 0.9
EVEN = 0.5  # at least so sure is a boundary that a known name may confirm

_TRUNCATED = re.compile(r"(?:,?\s*\bet al\b\.?|,?\s+and others|,?\s*…|,?\s*\.\.\.)\s*$")
_AFFILIATIONS = re.compile(r"^(.*\S)\s+[·•]\s+(\S.*)$")
_AND = re.compile(r",? (?:and|&) ")
_MOST = 40  # boundaries looked at
_MOST_BLANKS = 8  # and of those at a blank
_LONGEST_BODY = 20  # characters of a body's name looked for before a boundary
_MOST_DOUBTED = 2  # parts between commas that are taken for names against their looks


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline taken apart, its names as written."""

    names: tuple[str, ...]
    truncated: bool
    affiliations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Where a title ends, how sure that is (0 to 1), and what it could be instead."""

    title: str
    names: tuple[str, ...]
    truncated: bool
    affiliations: tuple[str, ...]
    confidence: float
    runners_up: tuple[Boundary, ...]

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE and bool(self.title)


@dataclass(frozen=True, slots=True)
class _Candidate:
    position: int
    names: tuple[str, ...]
    score: float
    touches: bool = False  # both sides are as they should be
    at_blank: bool = False


def parse(text: str) -> Byline:
    """Take apart a line that holds a byline and nothing else."""
    people, affiliations = _without_affiliations(text)
    people, truncated = _without_truncation(people)
    return Byline(_names(people), truncated, affiliations)


def is_byline(text: str, evidence: PageEvidence = NO_EVIDENCE) -> bool:
    """Whether a line reads like a byline alone: every name in it is shaped like one."""
    people, _ = _without_truncation(_without_affiliations(text)[0])
    total = 0.0
    count = 0
    for name in _each_name(people):
        score = name_score(name, evidence)
        if score <= -2:
            return False
        total += score
        count += 1
    return total > 0.5 * count


def names_at_end(text: str) -> list[str]:
    """The names at the end of a line that no title can touch: those after its last comma
    before which something stands that is no name."""
    people, _ = _without_truncation(_without_affiliations(text)[0])
    segments = _segments(people)
    found: list[str] = []
    for start, end in reversed(segments[1:]):
        name = people[start:end]
        if " " not in name or name_score(name, NO_EVIDENCE) <= 1:
            break
        found.append(name)
    return found


def split(
    line: str,
    evidence: PageEvidence = NO_EVIDENCE,
    abstract: str = "",
) -> Split:
    """Where the title in `line` ends and its byline begins.

    A line in which no byline is found has no names, and one that is all byline has no title;
    both are as unsure as their scores say.
    """
    line = squeeze(line)
    glued, affiliations = _without_affiliations(line)
    people, truncated = _without_truncation(glued)
    candidates = _candidates(people, evidence, folded_words(abstract))
    # No byline at all: against it speak its other parts, and two words that touch for no
    # other reason than that one ends a title and the other begins a name.
    alone = 2.0 - (6.0 if truncated else 0.0) - (2.0 if affiliations else 0.0)
    if any(candidate.touches for candidate in candidates):
        alone -= 2.5
    candidates.append(_Candidate(len(people), (), alone))
    candidates.sort(key=lambda candidate: (-candidate.score, candidate.position))
    best = candidates[0]
    weights = [exp(max(candidate.score - best.score, -50.0)) for candidate in candidates]
    # A lone weak candidate is not sure of itself either.
    confidence = 1 / (sum(weights) + exp(-max(best.score, -50.0)))
    if best.at_blank or _may_begin_later(people, best, evidence):
        confidence = min(confidence, 0.5)
    rest = line[len(people) :]
    runners_up = tuple(
        Boundary(people[: c.position].strip(), people[c.position :].strip() + rest)
        for c, weight in list(zip(candidates, weights, strict=True))[1:4]
        if weight > 0.001 or c.names
    )
    title = people[: best.position].strip() if best.names else glued
    return Split(
        title=title,
        names=best.names,
        truncated=truncated and bool(best.names),
        affiliations=affiliations,
        confidence=confidence,
        runners_up=runners_up,
    )


def _may_begin_later(people: str, candidate: _Candidate, evidence: PageEvidence) -> bool:
    """Whether the first name may begin with its second word: "SA|Mtools Heng Li"."""
    words = candidate.names[0].split() if candidate.names else []
    return (
        len(words) > 2
        and not begins_as_name(words[0].partition("-")[0], evidence)
        and not has_no_case(words[0])
        and fold(candidate.names[0]) not in evidence.names
        and people[candidate.position - 1 : candidate.position].isupper()
        and not INITIALS.fullmatch(words[1])  # CNN|Taco S. Cohen
    )


def doubts(split: Split) -> tuple[str, ...]:
    """What is to be said of a boundary that is not clear."""
    return _doubts(split.is_sure, "") if split.names and split.title else ()


def _doubts(is_sure: bool, conflict: str) -> tuple[str, ...]:
    if conflict:
        sentence = _("Where the title ends is not clear: the library knows “{name}”.")
        return (sentence.format(name=conflict),)
    if is_sure:
        return ()
    return (_("Where the title ends and the authors begin is not clear."),)


def asks(row: Row) -> tuple[str, ...]:
    """The folded names by which a library could settle where the title of `row` ends: that of
    the first creator, and what it would be by each of the runners-up."""
    if row.confidence is None:
        return ()
    return tuple(fold(name) for name in _first_names(row))


def _first_names(row: Row) -> list[str]:
    first = [row.entry.creators[0].full_name] if row.entry.creators else [""]
    return first + [names[0] for b in row.runners_up if (names := parse(b.byline).names)]


def sure_names(row: Row) -> frozenset[str]:
    """The folded names of the creators of `row`, if the row alone leaves no doubt of them."""
    if row.review and (row.confidence is None or row.confidence < SURE):
        return frozenset()
    return frozenset(fold(creator.full_name) for creator in row.entry.creators)


def reconsider(row: Row, known_names: frozenset[str]) -> Row:
    """`row` with its doubt taken away, or raised, by the folded names that a library knows.

    The names confirm a boundary of at least even odds, and mark one against which they speak;
    they never move it. What they say depends on the row and the names alone, so it can be
    asked again whenever names come.
    """
    if row.confidence is None or not row.entry.title or not row.entry.creators:
        return row
    first, *others = _first_names(row)
    against = [name for name in others if fold(name) in known_names]
    supported = fold(first) in known_names
    is_sure = row.confidence >= SURE
    conflict = ""
    if against and not supported:
        conflict = against[0]
    elif supported and not against and row.confidence >= EVEN:
        is_sure = True
    alone = _doubts(row.confidence >= SURE, "")
    others_said = tuple(sentence for sentence in row.review if sentence not in alone)
    return replace(row, review=_doubts(is_sure, conflict) + others_said)


def _without_affiliations(text: str) -> tuple[str, tuple[str, ...]]:
    match = _AFFILIATIONS.match(text)
    if not match or len(match[2]) > 200:
        return text, ()
    parts = tuple(part.strip() for part in match[2].split(",") if part.strip())
    if any(len(part.split()) > 8 for part in parts):
        return text, ()
    return match[1], parts


def _without_truncation(text: str) -> tuple[str, bool]:
    match = _TRUNCATED.search(text, max(len(text) - 40, 0))
    return (text[: match.start()].rstrip(), True) if match else (text, False)


def _segments(text: str) -> list[tuple[int, int]]:
    """Where the parts of `text` between commas start and end; a suffix stays with its name."""
    found: list[tuple[int, int]] = []
    start = 0
    for piece in text.split(","):
        end = start + len(piece)
        left = start + len(piece) - len(piece.lstrip())
        if found and piece.strip().casefold() in SUFFIXES:
            found[-1] = (found[-1][0], end)
        elif piece.strip():
            found.append((left, end))
        start = end + 1
    return found


def _names(people: str) -> tuple[str, ...]:
    return tuple(_each_name(people))


def _each_name(people: str) -> Iterator[str]:
    for start, end in _segments(people):
        name = people[start:end].strip()
        if name.startswith(("and ", "& ")):
            name = name.partition(" ")[2].strip()
        pieces = _AND.split(name) if " and " in name or " & " in name else [name]
        if len(pieces) > 1 and not all(
            " " in piece and name_score(piece, NO_EVIDENCE) > 0.5 for piece in pieces
        ):
            pieces = [name]  # "Institute of Sea and Ice"
        yield from pieces


def _candidates(people: str, evidence: PageEvidence, words: frozenset[str]) -> list[_Candidate]:
    segments = _segments(people)
    last = len(segments) - 1
    while last >= 0 and _all_names(people[slice(*segments[last])], evidence):
        last -= 1
    if last < 0:
        if not segments:
            return []
        names = _names(people)
        total = sum(min(name_score(name, evidence), 3.0) for name in names[:8])
        return [_Candidate(0, names, total - 2.0)]  # a byline with no title
    found = _candidates_in(people, segments, last, evidence, words)
    # What ends the run of names may be an unusual name itself; then the title touches an
    # earlier one: "... elegansAndrew Fire, SiQun Xu, Mary K. Montgomery".
    doubted = 0
    while last and doubted < _MOST_DOUBTED and _may_be_names(people[slice(*segments[last])]):
        last -= 1
        doubted += 1
        found += _candidates_in(people, segments, last, evidence, words)
        while last and _all_names(people[slice(*segments[last])], evidence):
            last -= 1
            found += _candidates_in(people, segments, last, evidence, words)
    return found


def _candidates_in(
    people: str,
    segments: Sequence[tuple[int, int]],
    last: int,
    evidence: PageEvidence,
    words: frozenset[str],
) -> list[_Candidate]:
    """The places within segment `last` where a title may end, all that follows being names."""
    after = _names(people[segments[last + 1][0] :]) if last < len(segments) - 1 else ()
    tail = sum(min(name_score(name, evidence), 3.0) for name in after[:8])
    start, end = segments[last]
    floor = max(start, end - REACH)
    places = [i for i in range(end - 1, floor, -1) if _is_joint(people, i)][:_MOST]
    found = []
    for i in places:
        names = _names(people[i:end])
        ending = title_score(people[:i], evidence, words)
        beginning = _first_score(names, evidence, people[:i]) - _cut_score(people, i)
        if names and ending + beginning > -12:
            touches = ending >= 0 and beginning > 1
            found.append(_Candidate(i, (*names, *after), ending + beginning + tail, touches))
    # Perhaps a blank stands between them: less likely, since a title has blanks everywhere.
    blanks = [i for i in range(end - 1, floor, -1) if people[i - 1] == " "][:_MOST_BLANKS]
    for i in blanks:
        names = _names(people[i:end])
        if names and begins_as_name(names[0], evidence) and _first_score(names, evidence, "") > 1:
            title = people[:i].rstrip()
            score = title_score(title, evidence, words) + _first_score(names, evidence, title) - 2.0
            found.append(_Candidate(i, (*names, *after), score + tail, at_blank=True))
    return found


def _may_be_names(segment: str) -> bool:
    """Whether a part between commas that does not read as a name could be one all the same."""
    words = segment.split()
    return 1 < len(words) <= 4 and all(
        word[0].isupper() or not word[0].isascii() or fold(word) in PARTICLES for word in words
    )


def _cut_score(text: str, i: int) -> float:
    """What speaks against a boundary inside a run of capitals before another one, or inside
    the name of a body."""
    start = end = i
    while end < len(text) and text[end].isalpha():
        end += 1
    while start and text[start - 1].isalpha():
        start -= 1
    word = text[i:end]
    inside = text[i - 1].isupper() and len(word) > 1 and word.isupper()
    cuts_a_body = any(  # LH|Cb
        text[k].isupper() and fold(text[k:end]) in BODY_NAMES
        for k in range(max(start, i - _LONGEST_BODY), i)
    )
    return 2.0 if cuts_a_body or (inside and fold(word) not in BODY_NAMES) else 0.0


def _first_score(names: Sequence[str], evidence: PageEvidence, title: str) -> float:
    if not names:
        return -12.0
    score = sum(name_score(name, evidence) for name in names) / len(names)
    first = names[0].split()[0]
    if score > 2 and len(first) > 2 and fold(names[0].split()[-1]) in BODY_WORDS:
        # A body is often named in the title too: "... the ATLAS detector".
        score += 1.5 if re.search(rf"\b{re.escape(first)}\b", title[-REACH:]) else 0.0
    return score


def _all_names(segment: str, evidence: PageEvidence) -> bool:
    return all(name_score(name, evidence) > 0 for name in _names(segment))


def _is_joint(text: str, i: int) -> bool:
    """Whether a title may end before `text[i]` and a name begin with it."""
    left, right = text[i - 1], text[i]
    if left.isspace() or not right.isalpha():
        return False
    if right.isupper() or right.istitle():
        return left.isalnum() or left in "?!.)]}\"”’'»$%*+…" or category(left) == "So"  # 🦜
    # Scripts without case: where one script gives way to another.
    return not right.islower() and (left in "?!.)]”」』》" or left.islower() or left.isupper())
