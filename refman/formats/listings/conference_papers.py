"""Papers on the sites of NeurIPS, ICML and ICLR, accepted or in the schedule, copied as text.

    page  = {heading | row}
    row   = title names
    names = name ["(" affiliation ")"] {" · " name ["(" affiliation ")"]}

Title and names have a line each; what else a card of the schedule says (`Poster`, day, place)
stands above the title. A line is of names if dots or affiliations show it; a lone name with
neither is taken for one by its shape, and the row marked. The markup of these pages is read by
the recipes `conference-accepted` and `conference-schedule`.
"""

import re
from collections.abc import Sequence
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Problem
from refman.formats.listings import byline
from refman.formats.listings.name_shape import name_score
from refman.formats.listings.noise import is_noise
from refman.formats.listings.page import Line, split_lines, visible_lines
from refman.formats.listings.page_evidence import NO_EVIDENCE
from refman.formats.listings.site_row import SiteRow, pass_over
from refman.i18n import _

_AFFILIATION = re.compile(r" ?\((?:[^()]|\([^()]*\)){0,300}\)")
_DOT = re.compile(r"\s+[·•]\s+")
_WHEN = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*\d|\d{1,2}:\d\d|.*\b(?:AM|PM)\b.*@|(?:Hall|Room|Ballroom) "
)
_KINDS = frozenset(
    (
        "poster", "oral", "spotlight", "talk", "invited talk", "workshop", "tutorial", "papers",
        "schedule", "accepted papers", "accepted papers (initial)", "posters", "orals",
        "spotlights",
    )
)  # fmt: skip
_LEAST_SHARE = 0.6  # of names that look like names


class ConferencePapers(Format):
    name: ClassVar[str] = "conference-papers"
    label: ClassVar[str] = "Papers of a conference"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        lines = visible_lines(text)
        rows = sum(
            _is_names(line.text) and _is_title(lines, place - 1) for place, line in enumerate(lines)
        )
        # Half of the lines of such a page are names, or a quarter in a schedule.
        return min(60 + 5 * rows, 85) if rows > 1 and rows * 8 >= len(lines) else 0

    def read(self, text: str, context: Context) -> Found:
        source, lines = split_lines(text), visible_lines(text)
        found = Found()
        context.progress.start(context.progress.text, len(lines))
        used: set[int] = set()
        for place, line in enumerate(lines):
            context.progress.advance()
            is_sure = _is_names(line.text)
            if not is_sure and not _is_lone_name(lines, place):
                continue
            if not _is_title(lines, place - 1) or lines[place - 1].number in used:
                if is_sure:
                    message = _("There is no title before these names.")
                    found.problems.append(Problem(line.number, line.raw.strip(), message))
                    used.add(line.number)
                continue
            row = lines[place - 1 : place + 1]
            made = SiteRow(title=row[0].text)
            made.take_names(line.text)
            if not is_sure:
                sentence = _("“{line}” was taken for the authors.")
                made.review.append(sentence.format(line=line.text))
            found.rows.append(made.row(row, source))
            used |= {each.number for each in row}
        pass_over(found, [line for line in lines if line.number not in used])
        return found


def _is_names(text: str) -> bool:
    """Whether a line is names beyond doubt: with dots between them, or with affiliations."""
    if "·" not in text and "•" not in text and not text.endswith(")"):
        return False
    if len(text) > 20_000:
        return False
    names = _DOT.split(_AFFILIATION.sub("", text))
    if len(names) == 1 and not _AFFILIATION.search(text):
        return False
    alike = sum(name_score(name.strip(), NO_EVIDENCE) > 0 for name in names)
    return alike >= _LEAST_SHARE * len(names)


def _is_title(lines: Sequence[Line], place: int) -> bool:
    if place < 0:
        return False
    text = lines[place].text
    return not (is_noise(text) or text.casefold() in _KINDS or _WHEN.match(text) or _is_names(text))


def _is_lone_name(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is a name below a title, and what follows belongs to another row."""
    text = lines[place].text
    if text.casefold() in _KINDS or len(text.split()) > 5 or not byline.is_byline(text):
        return False
    following = lines[place + 1].text if place + 1 < len(lines) else ""
    starts_row = not following or following.casefold() in _KINDS or (
        place + 2 < len(lines) and _is_names(lines[place + 2].text)
    )  # fmt: skip
    return starts_row and place > 0 and not byline.is_byline(lines[place - 1].text)
