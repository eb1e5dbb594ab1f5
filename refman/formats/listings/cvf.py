"""The lists of papers of the Computer Vision Foundation's open access pages, copied as text.

    page  = {row}
    row   = title names "[pdf]" {"[" word "]"}
    names = name {", " name}

The names are in one line, or each has one. Venue and year are in BibTeX entries that a browser
hides; a copy that has them is one of BibTeX, and read as such. The markup of these pages is read
by the recipe of the same name.
"""

import re
from collections.abc import Sequence
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Problem
from refman.formats.listings import byline
from refman.formats.listings.page import Line, raw_text, split_lines, visible_lines
from refman.formats.listings.site_row import SiteRow, pass_over
from refman.i18n import _

_LINKS = re.compile(r"\[pdf\](?: ?\[[\w ]{2,20}\])*$")
_MORE_LINKS = re.compile(r"(?:\[[\w ]{2,20}\] ?)+$")
_MOST_LINKS = 4  # lines of a row
_MOST_NAMES = 400  # lines of a row


class Cvf(Format):
    name: ClassVar[str] = "cvf"
    label: ClassVar[str] = "CVF open access list"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        lines = visible_lines(text)
        links = [place for place, line in enumerate(lines) if _LINKS.match(line.text)]
        rows = sum(place > 1 and byline.is_byline(lines[place - 1].text) for place in links)
        return min(55 + 5 * rows, 85) if rows and 2 * rows >= len(links) else 0

    def read(self, text: str, context: Context) -> Found:
        source, lines = split_lines(text), visible_lines(text)
        found = Found()
        starts = [place for place, line in enumerate(lines) if _LINKS.match(line.text)]
        context.progress.start(context.progress.text, len(starts))
        used: set[int] = set()
        floor = 0
        for place in starts:
            context.progress.advance()
            names = _names_start(lines, place, floor)
            end = _end(lines, place)
            if names <= floor:
                row = lines[names:end]
                message = _("Title and authors do not stand before these links.")
                found.problems.append(Problem(row[0].number, raw_text(row, source), message))
            else:
                row = lines[names - 1 : end]
                made = SiteRow(title=lines[names - 1].text)
                made.take_names(" ".join(line.text for line in lines[names:place]))
                found.rows.append(made.row(row, source))
            used |= {line.number for line in row}
            floor = end
        pass_over(found, [line for line in lines if line.number not in used])
        return found


def _names_start(lines: Sequence[Line], links: int, floor: int) -> int:
    """Where the names begin that stand above the links of a row."""
    start = max(links - 1, floor)
    while start > floor and links - start < _MOST_NAMES and lines[start - 1].text.endswith(","):
        start -= 1
    return start


def _end(lines: Sequence[Line], links: int) -> int:
    """Where the row ends whose links stand there: after further links."""
    end = links + 1
    while end < len(lines) and end - links < _MOST_LINKS:
        if _LINKS.match(lines[end].text) or not _MORE_LINKS.match(lines[end].text):
            break
        end += 1
    return end
