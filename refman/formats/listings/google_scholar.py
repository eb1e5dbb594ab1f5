"""Google Scholar's profiles, search results and alert mails, copied as text.

    page    = {row}
    row     = title names [venue] [[citations] year]           (a profile)
            | title names " - " venue ["," year] [" - " host] [snippet] [links]
    title   = {"[" mark "]"} words                             (`[PDF]`, `[CITATION][C]`)
    names   = name {", " name} ["…" | ", ..."]
    name    = initials " " family                              (`AN Gomez`)

Title, names and what follows have a line each; the venue and figures of a profile's row may share
one, with tabs between them. The snippet is a part of the abstract with gaps, so it stays in the
row's raw text. The markup of these pages is read by the recipes whose names begin with
`google-scholar`.
"""

import re
from collections.abc import Sequence
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Header, Problem
from refman.formats.listings import short_venue
from refman.formats.listings.page import Line, raw_text, split_lines, visible_lines
from refman.formats.listings.site_row import SiteRow, pass_over
from refman.i18n import _

_MARKS = re.compile(r"(?:\[(?:PDF|HTML|BOOK|B|CITATION|C|DOC|TXT)\]\s*)+")
_DETAILS = re.compile(
    r"(?P<names>.+?)\s-\s(?P<venue>.*(?:19|20)\d\d)(?:\s-\s(?P<host>(?:(?!(?:19|20)\d\d).){1,80}))?$"
)
_COUNTS = re.compile(r"(?:(?:[\d,.]+\*?)\s)?(?P<year>(?:19|20)\d\d)$")
_CUT = re.compile(r"(?:,\s*)?(?:\.\.\.|…)$")
_INITIALS = re.compile(r"[^\W\d_a-z]{1,5}(?:-[^\W\d_a-z]{1,3})?")
_LINKS = re.compile(r"(?:Save|Cite|Cited by|Related articles|View as HTML|Import into|Saved)\b")
_STATS = re.compile(r"(?P<name>Citations|h-index|i10-index)\s(?P<all>\d+)(?:\s\d+)?$")
_RESULTS = re.compile(r"(?:About |Page \d+ of )?[\d,.]+ results?\b")
_HEADS = frozenset(("title", "cited by", "year", "title cited by year", "cited by year"))
_LONGEST_SNIPPET = 6  # lines


class GoogleScholar(Format):
    name: ClassVar[str] = "google-scholar"
    label: ClassVar[str] = "Google Scholar page"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        lines = _cells(visible_lines(text))
        places = [place for place in range(1, len(lines)) if _kind(lines, place)]
        rows = len(places)
        sure = sum(_is_surely_scholar(lines, place) for place in places)
        says_so = "Google Scholar" in text or "Cited by" in text or "Related articles" in text
        if not rows or (not says_so and 2 * sure < rows):
            return 0
        return min((75 if says_so else 45) + 5 * rows, 93)

    def read(self, text: str, context: Context) -> Found:
        source, lines = split_lines(text), _cells(visible_lines(text))
        found = Found()
        kinds = [_kind(lines, place) for place in range(len(lines))]
        starts = [place for place, kind in enumerate(kinds) if kind]
        first = lines[starts[0] - 1].number if starts and starts[0] else 0
        found.header, used = _header([line for line in visible_lines(text) if line.number < first])
        context.progress.start(context.progress.text, len(starts))
        floor = 0
        for index, place in enumerate(starts):
            context.progress.advance()
            title = place - 1
            if title < floor or _is_no_title(lines[title].text):
                message = _("There is no title before these names.")
                line = lines[place]
                found.problems.append(Problem(line.number, raw_text([line], source), message))
                used.add(line.number)
                floor = place + 1
                continue
            limit = starts[index + 1] - 1 if index + 1 < len(starts) else len(lines)
            made = SiteRow(title=_MARKS.sub("", lines[title].text, count=1))
            if kinds[place] == "result":
                end = _read_result(made, lines, place, limit)
            else:
                end = _read_profile_row(made, lines, place, limit)
            row = lines[title:end]
            found.rows.append(made.row(row, source))
            used |= {line.number for line in row}
            floor = end
        left = {line.number: line for line in visible_lines(text) if line.number not in used}
        pass_over(found, list(left.values()))
        return found


def _cells(lines: Sequence[Line]) -> list[Line]:
    """The lines, and the cells of a table's row as lines of their own."""
    found: list[Line] = []
    for line in lines:
        cells = [cell for part in line.raw.split("\t") if (cell := " ".join(part.split()))]
        if len(cells) < 2:
            found.append(line)
        else:
            found += [Line(line.number, line.raw, cell) for cell in cells]
    return found


def _kind(lines: Sequence[Line], place: int) -> str:
    """What the line of names at `place` is part of: a `result`, a `profile`, or '' for none."""
    text = lines[place].text
    details = _DETAILS.match(text)
    if details and _is_names(details["names"]):
        return "result"
    if "\t" in lines[place].raw.strip() or not _is_names(text):
        return ""
    near = (line.text for line in lines[place + 1 : place + 4])
    return "profile" if any(_COUNTS.match(other) for other in near) else ""


def _is_surely_scholar(lines: Sequence[Line], place: int) -> bool:
    """Whether the row is as hardly any other list has it: its year twice, or several names."""
    details = _DETAILS.match(lines[place].text)
    if details and _is_names(details["names"]):
        return "," in details["names"] or details["host"] is not None
    near = [line.text for line in lines[place + 1 : place + 4]]
    years = {counts["year"] for text in near if (counts := _COUNTS.match(text))}
    return any(text.endswith(f", {year}") for text in near for year in years)


def _is_names(text: str) -> bool:
    """Whether all names of a line are initials and a family name, as Scholar writes them."""
    names = [name.strip() for name in _CUT.sub("", text).split(",")]
    if not 0 < len(names) <= 400:
        return False
    return all(
        1 < len(words := name.split()) <= 6
        and _INITIALS.fullmatch(words[0]) is not None
        and any(len(word) > 1 and word[0].isupper() for word in words[1:])
        for name in names
    )


def _is_no_title(text: str) -> bool:
    other = _COUNTS.match(text) or _LINKS.match(text) or _RESULTS.match(text)
    return bool(other) or text.casefold() in _HEADS


def _read_result(made: SiteRow, lines: Sequence[Line], place: int, limit: int) -> int:
    """Read a result of a search; returns the place after its last line."""
    details = _DETAILS.match(lines[place].text)
    if details:
        made.take_names(details["names"])
        _publish(made, details["venue"])
    end = place + 1
    while end < limit and end - place <= _LONGEST_SNIPPET:
        if _LINKS.match(lines[end].text):
            return end + 1
        end += 1
    return place + 1


def _read_profile_row(made: SiteRow, lines: Sequence[Line], place: int, limit: int) -> int:
    """Read a row of a profile; returns the place after its last line."""
    made.take_names(lines[place].text)
    end = place + 1
    venue, year = "", ""
    while end < min(limit, place + 5) and not year:
        text = lines[end].text
        counts = _COUNTS.match(text)
        if counts:
            year = counts["year"]
        elif not text.replace(",", "").rstrip("*").isdigit():
            venue = text
        end += 1
    _publish(made, venue)
    made.date = year or made.date
    return end


def _publish(made: SiteRow, text: str) -> None:
    said = short_venue.read(text)
    made.entry_type, made.date, made.fields = said.entry_type, said.date, dict(said.fields)


def _header(lines: Sequence[Line]) -> tuple[Header, set[int]]:
    """The figures that head a profile, and the numbers of their lines."""
    said: dict[str, int] = {}
    used: set[int] = set()
    for line in lines:
        if stats := _STATS.match(line.text):
            said.setdefault(stats["name"], int(stats["all"]))
            used |= {line.number} if stats["name"] != "i10-index" else set()
    return Header(citations=said.get("Citations"), h_index=said.get("h-index")), used
