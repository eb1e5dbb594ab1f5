"""OpenReview's lists of papers (venues, submissions, a person's papers), copied as text.

    page  = {row}
    row   = title names meta ["Show details" | "Hide details"] {field ":" value}
    meta  = date [venue] "Readers:" who [number "Replies"]      (in one line, or in one each)
    date  = day " (modified: " day ")" | "Published: " day ", Last Modified: " day | day
    names = name {", " name} ["et al. (" number "additional authors not shown)"]

A paper is of its venue's year, where the venue has one. The fields are there where they were
shown. The markup of these pages is read by the recipe of the same name.
"""

import re
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Problem
from refman.formats.listings.page import Line, gather_prose, raw_text, split_lines, visible_lines
from refman.formats.listings.site_row import SiteRow, pass_over
from refman.i18n import _
from refman.model import dates

_DAY = r"(?:\d{1,2} )?(?:[A-Z][a-z]{2,3} )?\d{4}"
_META = re.compile(
    rf"(?:Published: )?(?P<date>{_DAY})"
    rf"(?:,? ?(?:Last Modified|Uploaded): {_DAY}| ?\((?:modified|imported): {_DAY}\))?"
    r"(?P<rest>(?:\s.*)?)$"
)
_READERS = re.compile(r"\s*Readers: ?.*$")
_REPLIES = re.compile(r"\d+ Repl(?:y|ies)$")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_ACCEPTED = re.compile(
    r"(?P<name>[A-Z][\w-]*(?: [A-Z]+)?) \d{4}(?: Conference)? "
    r"(?:oral|poster|spotlight|talk|notable top \d+%|accept.*)$",
    re.IGNORECASE,
)
_FIELD = re.compile(r"(?P<name>[A-Z][\w;. -]{1,40}): (?P<value>.+)$")
_BUTTONS = frozenset(("show details", "hide details"))
_REACH = 4  # lines of the meta line, where it is in several
_MARKS = str.maketrans("", "", "*†‡")


class OpenReview(Format):
    name: ClassVar[str] = "openreview"
    label: ClassVar[str] = "OpenReview list"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        if "Readers:" not in text:
            return 0
        rows = len(_metas(visible_lines(text)))
        return min(75 + 5 * rows, 95) if rows else 0

    def read(self, text: str, context: Context) -> Found:
        source, lines = split_lines(text), visible_lines(text)
        found = Found()
        metas = _metas(lines)
        context.progress.start(context.progress.text, len(metas))
        done = 0
        for place, (start, end) in enumerate(metas):
            context.progress.advance()
            if start - 2 < done:
                row = lines[done:end]
                message = _("Title and authors do not stand before this date.")
                found.problems.append(Problem(row[0].number, raw_text(row, source), message))
                done = end
                continue
            following = metas[place + 1][0] if place + 1 < len(metas) else len(lines)
            pass_over(found, lines[done : start - 2])
            limit = max(following - 2, end) if place + 1 < len(metas) else len(lines)
            done = _read_row(found, lines, (start, end, limit), source)
        pass_over(found, lines[done:])
        return found


def _metas(lines: list[Line]) -> list[tuple[int, int]]:
    """Where the lines begin that say date and venue, and where they end, with the readers."""
    found = []
    for place, line in enumerate(lines):
        if not _META.match(line.text):
            continue
        for end in range(place, min(place + _REACH, len(lines))):
            if end > place and _META.match(lines[end].text):
                break
            if "Readers:" in lines[end].text:
                has_replies = end + 1 < len(lines) and _REPLIES.match(lines[end + 1].text)
                found.append((place, end + 2 if has_replies else end + 1))
                break
    return found


def _read_row(
    found: Found, lines: list[Line], places: tuple[int, int, int], source: list[str]
) -> int:
    """Add the row whose date and venue stand between the first two places, its details before
    the third; returns the place after it."""
    start, end, limit = places
    made = SiteRow(title=lines[start - 2].text)
    made.take_names(lines[start - 1].text.translate(_MARKS))
    meta = _META.match(lines[start].text)
    day, rest = (meta["date"], meta["rest"]) if meta else ("", "")
    texts = (rest, *(line.text for line in lines[start + 1 : end]))
    said = (_READERS.sub("", text) for text in texts if not _REPLIES.match(text))
    _place(made, next((text.strip() for text in said if text.strip()), ""), day)
    details = lines[end:limit]
    if details and details[0].text.casefold() in _BUTTONS:
        end += 1
    while end < limit and (field := _FIELD.match(lines[end].text)):
        if field["name"] == "Abstract":
            prose = gather_prose(field["value"], _until_field(lines[end + 1 : limit]))
            made.abstract = prose.text
            end += len(prose.used)
        elif field["name"] == "Keywords":
            made.keywords = tuple(word.strip() for word in re.split("[,;]", field["value"]))
        end += 1
    found.rows.append(made.row(lines[start - 2 : end], source))
    return end


def _until_field(lines: list[Line]) -> list[Line]:
    end = next((i for i, line in enumerate(lines) if _FIELD.match(line.text)), len(lines))
    return lines[:end]


def _place(made: SiteRow, venue: str, day: str) -> None:
    year = _YEAR.search(venue)
    made.date = year[1] if year else _iso(day)
    made.fields = {"note": venue}
    if accepted := _ACCEPTED.match(venue):
        made.entry_type = "inproceedings"
        made.fields["booktitle"] = accepted["name"]


def _iso(day: str) -> str:
    """`26 Sep 2019`, `Sep 2019` and `2019` as partial ISO."""
    *before, year = day.split()
    month = dates.month_number(before[-1]) if before else None
    number = int(before[0]) if len(before) > 1 else None
    return dates.iso(int(year), month, number)
