"""What became of each part of a row's source text: where in it the values of the row stand.

A value is looked for by its letters (`letters`), the long and unmistakable ones first; what has
been taken is not taken again. What is left is what the reader did not use.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from refman.library.letters import Letters, letters_of
from refman.library.records import Seen
from refman.library.spellings import (
    MONTHS,
    MORE,
    date_shapes,
    labelled,
    month_named,
    orders,
    spellings,
)
from refman.model.creator import Creator

TITLE, CREATORS, TRUNCATED, AFFILIATIONS = "title", "creators", "truncated", "affiliations"
SCORE, CATEGORY, DATE, CODE, ABSTRACT = "score", "category", "date", "code", "abstract"
VENUE, IDENTIFIER, URL, KEY, OTHER = "venue", "identifier", "url", "key", "other"
TYPE = "type"

_PART = {
    **dict.fromkeys(("subtitle", "titleaddon"), TITLE),
    **dict.fromkeys(
        ("journaltitle", "journalsubtitle", "booktitle", "booksubtitle", "eventtitle", "series",
         "publisher", "institution", "organization", "school", "shortjournal"), VENUE),
    **dict.fromkeys(
        ("doi", "eprint", "eprinttype", "isbn", "issn", "pmid", "pmcid", "isrn", "mrnumber",
         "zbl", "lccn"), IDENTIFIER),
    "eprintclass": CATEGORY,
    "url": URL,
}  # fmt: skip

_CLOSING = re.compile(r"</(i|b|u|em|strong|sub|sup|sc|span|tt)>", re.IGNORECASE)
_STYLE = re.compile(r"</?style\b[^<>]*>")
_JOINING = re.compile(r"(?:[\W\d_]|\b(?:and|et|und|y|e|with)\b)*", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d.])\d{1,6}(?:\.\d{1,6})?(?!\d)")
_CODE = re.compile(r"(?<![A-Za-z])(?:code|github)\b|(?<=\d)Code\b|(?<=[a-z])Code\b", re.IGNORECASE)
_TYPE = re.compile(
    r"^\s*@\s*(\w+)|^TY\s+-\s+(\w+)|\"(?:type|itemType)\"\s*:\s*\"([\w-]+)\"", re.MULTILINE
)
_IN_URL = re.compile(r"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|arxiv\.org/(?:abs|pdf)/)$"
                     r"|(?:doi|arxiv|isbn|issn|pmid|pmcid)\s?[:.]?\s?$", re.IGNORECASE)  # fmt: skip
_VERSION = re.compile(r"v\d{1,3}(?!\w)")
_MISSING = 20  # creators that are not found, after which no more are looked for
_GAP = 60  # characters between two finds of one value that are bridged
_SHORT = 3  # letters of a value that stands in many places, and says little where it stands alone
_NAMED_ONLY = ("eprinttype", "langid", "type")  # said in words that stand anywhere
_UNLIKELY = (False, True, False)  # of no label, and in a longer word
_CONTEXT = 40  # characters before a value in which a label may stand


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a row's source text, from `start` up to `end`, and what it became.

    `part` is title, creators, truncated, affiliations, score, category, date, code, abstract,
    venue, identifier, url, key, type, or other.
    """

    start: int
    end: int
    part: str


def marks(raw_text: str, seen: Seen) -> tuple[Mark, ...]:
    """Where in `raw_text` each part of what was `seen` stands: in order, none over another."""
    return _Marking(raw_text, seen).run()


class _Marking:
    """One row being marked; what is `taken` belongs to a part already."""

    def __init__(self, text: str, seen: Seen) -> None:
        self._text = text
        self._seen = seen
        self._letters = Letters.of(text)
        self._taken = bytearray(len(text))
        self._found: list[Mark] = []

    def run(self) -> tuple[Mark, ...]:
        entry = self._seen.entry
        if found := _TYPE.search(self._text):
            self._take(*found.span(found.lastindex or 0), TYPE)
        self._value("key", entry.citation_key, KEY)
        self._value("abstract", entry.abstract, ABSTRACT)
        self._value("title", entry.title, TITLE)
        fields = dict(entry.fields)
        for name in ("url", "doi", "eprint", "pmid", "pmcid", "eprintclass"):
            self._everywhere(name, fields.pop(name, ""), _PART[name])
        long_first = sorted(fields.items(), key=lambda field: -len(field[1]))
        for name, value in long_first:
            if len(letters_of(value)) > _SHORT and name not in _NAMED_ONLY:
                self._value(name, value, _PART.get(name, OTHER))
        self._creators(entry.creators)
        for affiliation in self._seen.affiliations:
            self._value("", affiliation, AFFILIATIONS)
        self._date(entry.date)
        self._meta()
        for name, value in long_first:
            if len(letters_of(value)) <= _SHORT or name in _NAMED_ONLY:
                self._short(name, value)
        for word in entry.keywords:
            self._value("keywords", word, OTHER)
        return tuple(sorted(self._found, key=lambda mark: mark.start))

    # --- values

    def _value(self, name: str, value: str, part: str) -> None:
        """Mark a value where it stands first; behind its label, if there is one."""
        wanted = letters_of(value)
        places = list(self._places(wanted))
        for other in spellings(name, value) if not places else ():
            if places := list(self._places(letters_of(other))):
                break
        if places:
            best = max(places, key=lambda at: self._likely(at, name))
            if part != OTHER or self._likely(best, name) > _UNLIKELY:
                self._take(*self._with_signs(*best, value), part)
            return
        blocks = [at for at in self._letters.find_about(wanted) if self._is_free(*at)]
        for start, end in _bridged(blocks):
            self._take(start, end, part)

    def _everywhere(self, name: str, value: str, part: str) -> None:
        """Mark an address or an identifier wherever it stands, with what makes it one."""
        wanted = letters_of(value)
        if not wanted:
            return
        if len(wanted) <= _SHORT:
            self._short(name, value)
            return
        for letters in dict.fromkeys((self._letters, self._letters.whole)):
            for start, end in letters.find(wanted):
                if self._is_whole(start, end) and self._is_free(start, end):
                    start, end = self._with_signs(start, end, value)
                    start -= len(found[0]) if (found := self._before(_IN_URL, start)) else 0
                    if version := _VERSION.match(self._text, end):
                        end = version.end() if name == "eprint" or "arxiv" in value else end
                    if self._is_free(start, end):
                        self._take(start, end, part)

    def _short(self, name: str, value: str) -> None:
        """Mark a value of a few letters: behind its label, or in a line in which others stand.

        A range may stand in two places.
        """
        part = _PART.get(name, OTHER)
        wanted = letters_of(value)
        places = [at for at in self._places(wanted) if self._text[at[0] - 1 : at[0]] != "["]
        for start, end in places:
            labelled, clear, alone = self._likely((start, end), name)
            if labelled or (
                clear and alone and name not in _NAMED_ONLY and self._is_beside(start, end)
            ):
                self._take(start, end, part)
                return

    def _likely(self, at: tuple[int, int], name: str) -> tuple[bool, bool, bool]:
        """How much speaks for a place: its label; that it is in no path, and in no longer word."""
        before, after = self._text[at[0] - 1 : at[0]], self._text[at[1] : at[1] + 1]
        in_path = "/" in (before, after)
        return self._is_labelled(at[0], name), not in_path, not (before + after).isalnum()

    def _places(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Where these letters stand in what is free, and are no part of a longer word."""
        for start, end in self._letters.find(wanted):
            if self._is_free(start, end) and self._is_whole(start, end):
                yield start, end

    # --- names

    def _creators(self, creators: Sequence[Creator]) -> None:
        """Mark the names, those that stand side by side as one, and that there are others."""
        joined: list[tuple[int, int]] = []
        for start, end in self._names(creators):
            if joined and self._is_joining(joined[-1][1], start):
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        for start, end in joined:
            self._found.append(Mark(start, end, CREATORS))
            self._taken[start:end] = b"\1" * (end - start)
        if joined and self._seen.entry.creators_truncated:
            self._truncated([end for _start, end in joined])

    def _names(self, creators: Sequence[Creator]) -> list[tuple[int, int]]:
        """Where the names stand, in the order of the text."""
        cursor = missing = 0
        spans: list[tuple[int, int]] = []
        for creator in creators:
            found = self._name(creator, cursor) or (self._name(creator, 0) if cursor else [])
            if not found:
                missing += 1
                if missing > _MISSING:
                    break
                continue
            for start, end in found:
                self._taken[start:end] = b"\1" * (end - start)
            spans.extend(found)
            cursor = found[-1][1]
        return sorted(spans)

    def _truncated(self, ends: Sequence[int]) -> None:
        """Mark the "et al." that follows names, which end at `ends`."""
        for more in MORE.finditer(self._text):
            near = any(0 <= more.start() - end <= _GAP for end in ends)
            if (near or more.start() > ends[-1]) and self._is_free(*more.span()):
                self._take(*more.span(), TRUNCATED)
                return

    def _name(self, creator: Creator, cursor: int) -> list[tuple[int, int]]:
        """Where a name stands next, in any of the orders in which names are written."""
        places = [
            span
            for wanted in dict.fromkeys(map(letters_of, orders(creator)))
            if wanted and (span := self._next(wanted, cursor))
        ]
        if not places:
            return self._name_apart(creator, cursor)
        # Of two that begin at one place the longer: "van den Bosch, J. J." over "J".
        start, end = min(places, key=lambda span: (span[0], -span[1]))
        if self._text[end : end + 1] == "." and "." in (creator.given + creator.suffix)[-1:]:
            end += 1
        return [at for one in self._letters.parted(start, end) if (at := self._trimmed(*one))]

    def _name_apart(self, creator: Creator, cursor: int) -> list[tuple[int, int]]:
        """Family and given name, where the source has something between them."""
        family = self._next(letters_of(creator.family), cursor) if creator.given else None
        if family is None:
            return []
        wanted, (start, end) = letters_of(creator.given), family
        for given in self._letters.find(wanted, max(0, start - _GAP - len(creator.given))):
            if given[0] > end + _GAP:
                break
            if self._is_free(*given) and self._is_whole(*given) and not start <= given[0] < end:
                return sorted((family, given))
        return []

    def _trimmed(self, start: int, end: int) -> tuple[int, int] | None:
        """A stretch without the signs around it that are the source's."""
        while start < end and not self._text[start].isalnum():
            start += 1
        while start < end and not (self._text[end - 1].isalnum() or self._text[end - 1] in ".})"):
            end -= 1
        return (start, end) if start < end else None

    def _next(self, wanted: str, cursor: int) -> tuple[int, int] | None:
        for start, end in self._letters.find(wanted, cursor):
            if self._is_free(start, end) and self._is_whole(start, end):
                return start, end
        return None

    def _is_joining(self, end: int, start: int) -> bool:
        """Whether nothing but signs and an "and" stands between two names."""
        if end > start or any(self._taken[end:start]) or "\n\n" in self._text[end:start]:
            return False
        inside = any(end <= tag < start for tag, _end in self._letters.tags)
        if inside or (self._seen.entry.creators_truncated and MORE.search(self._text, end, start)):
            return False
        return bool(_JOINING.fullmatch(self._text, end, start))

    # --- dates, and what a profile's line says

    def _date(self, date: str) -> None:
        """Mark the fullest form of a date that stands there; each day of a range."""
        for day in date.strip("~?").split("/"):
            year, month, rest = (*day.split("-"), "", "")[:3]
            if not (year.isascii() and year.isdigit() and len(year) == 4):
                continue
            span = self._first(date_shapes(year, month, rest))
            if span is None:
                continue
            self._take(*span, DATE)
            if month and not self._has_month(span, month):
                named = month_named(month)
                for found in re.finditer(rf"(?<![A-Za-z\d])(?:{named})(?![A-Za-z\d])", self._text,
                                         re.IGNORECASE):  # fmt: skip
                    if self._is_labelled(found.start(), "month") and self._is_free(*found.span()):
                        self._take(*found.span(), DATE)
                        break

    def _first(self, shapes: Iterable[str]) -> tuple[int, int] | None:
        """The first of the shapes that stands somewhere; behind a label, if there is one."""
        for shape in shapes:
            spans = [
                found.span()
                for found in re.finditer(shape, self._text, re.IGNORECASE)
                if self._is_free(*found.span())
            ]
            if spans:
                return max(spans, key=lambda at: self._likely(at, "year")[:2])
        return None

    def _has_month(self, span: tuple[int, int], month: str) -> bool:
        return len(letters_of(self._text[slice(*span)])) > 4 or not month

    def _meta(self) -> None:
        """Mark the score, the category and the code flag."""
        seen = self._seen
        if seen.score is not None:
            for found in _NUMBER.finditer(self._text):
                if float(found[0]) == seen.score and self._is_free(*found.span()):
                    self._take(*found.span(), SCORE)
                    break
        for label in dict.fromkeys((seen.category, seen.category_label)):
            if label and self._category(label):
                break
        if seen.code:
            dates = [mark for mark in self._found if mark.part == DATE]
            spans = [at for f in _CODE.finditer(self._text) if self._is_free(*(at := f.span()))]
            if spans:
                near = min(
                    spans, key=lambda at: min((abs(at[0] - d.end) for d in dates), default=0)
                )
                self._take(*near, CODE)

    def _category(self, label: str) -> bool:
        months = "|".join(MONTHS)
        shape = rf"(?<![A-Za-z]){re.escape(label)}(?=[^A-Za-z]|$|(?i:{months}))"
        for found in re.finditer(shape, self._text):
            if self._is_free(*found.span()):
                self._take(*found.span(), CATEGORY)
                return True
        return False

    # --- places

    def _is_free(self, start: int, end: int) -> bool:
        return not any(self._taken[start:end])

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether a stretch begins and ends where a word does, or where something was marked."""
        return self._parts_words(start) and self._parts_words(end)

    def _parts_words(self, place: int) -> bool:
        if not 0 < place < len(self._text):
            return True
        if self._taken[place - 1] or self._taken[place]:
            return True
        return not _inside_word(self._text[place - 1], self._text[place])

    def _is_labelled(self, start: int, name: str) -> bool:
        return bool(name) and bool(self._before(labelled(name), start))

    def _before(self, shape: "re.Pattern[str]", place: int) -> "re.Match[str] | None":
        """What ends at `place`."""
        context = self._text[max(0, place - _CONTEXT) : place]
        if "<style" in self._text[max(0, place - 3 * _CONTEXT) : place]:
            context = _STYLE.sub("", self._text[max(0, place - 5 * _CONTEXT) : place])
        return shape.search(context)

    def _is_beside(self, start: int, end: int) -> bool:
        """Whether a venue or a date stands in the same line."""
        first = self._text.rfind("\n", 0, start)
        last = self._text.find("\n", end)
        last = len(self._text) if last < 0 else last
        return any(
            mark.part in (VENUE, DATE, TYPE, OTHER) and first < mark.start and mark.end <= last
            for mark in self._found
        )

    def _with_signs(self, start: int, end: int, value: str) -> tuple[int, int]:
        """With the signs that the value begins and ends with: "…?", "(…)"."""
        head = value[: next((i for i, c in enumerate(value) if c.isalnum()), 0)]
        tail = value[
            len(value) - next((i for i, c in enumerate(reversed(value)) if c.isalnum()), 0) :
        ]
        for sign in reversed(head):
            if start and self._text[start - 1] == sign and not self._taken[start - 1]:
                start -= 1
        for sign in tail:
            if self._text[end : end + 1] == sign and not self._taken[end]:
                end += 1
        while (found := _CLOSING.match(self._text, end)) and self._is_free(*found.span()):
            if f"<{found[1]}" not in self._text[start:end]:
                break
            end = found.end()
        return start, end

    def _take(self, start: int, end: int, part: str) -> None:
        """Mark a stretch, without the tags in it."""
        for one, other in self._letters.parted(start, end):
            stretch = self._text[one:other]
            one += len(stretch) - len(stretch.lstrip())
            other -= len(stretch) - len(stretch.rstrip())
            if one < other and self._is_free(one, other):
                self._found.append(Mark(one, other, part))
                self._taken[one:other] = b"\1" * (other - one)


def _inside_word(one: str, other: str) -> bool:
    """Whether two neighbouring characters are of one word or number; not in "learningSobhan"."""
    if one.isdigit() and other.isdigit():
        return True
    cased = (one.islower() or one.isupper()) and (other.islower() or other.isupper())
    return cased and not (one.islower() and other.isupper())


def _bridged(blocks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Finds of one value as one stretch, where they are near each other."""
    stretch: tuple[int, int] | None = None
    for start, end in blocks:
        if stretch is not None and start - stretch[1] <= _GAP:
            stretch = (stretch[0], end)
            continue
        if stretch is not None:
            yield stretch
        stretch = (start, end)
    if stretch is not None:
        yield stretch
