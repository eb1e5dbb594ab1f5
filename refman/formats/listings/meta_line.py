"""The line that opens a row of a profile page: `[score][CATEGORY][Mon D][, YYYY][Code]`.

Nothing stands between the parts (`89.4LGJun 2Code`, `MES-HALLNov 21, 2023`), or white space
where a page was saved as HTML. A line of which a date is a part opens a row wherever it
stands. One without is taken for a row's only by what follows it, which the reader judges.
"""

import re
from dataclasses import dataclass
from datetime import date

from refman.model import dates
from refman.model.arxiv_categories import candidates

_MONTHS = "|".join(f"{month[:3]}(?:{month[3:]})?" if month[3:] else month for month in dates.MONTHS)
_META = re.compile(
    r"(?P<score>\d{1,3}(?:\.\d{1,2})?)?\s?"
    r"(?P<label>[A-Z]{2,}(?:-[A-Z]{2,})?|[a-z]+(?:-[a-z]+)?\.[A-Za-z]{2,}(?:-[a-z]+)?)?\s?"
    rf"(?:(?P<month>{_MONTHS}|Sept)\.? ?(?P<day>\d{{1,2}})(?:, ?(?P<year>\d{{4}}))?)?\s?"
    r"(?P<code>Code)?"
)
_LONGEST = 60  # characters


@dataclass(frozen=True, slots=True)
class MetaLine:
    """What a meta line says. `day` is its month, day and year as written, or None."""

    score: float | None
    label: str | None
    day: tuple[int, int, int | None] | None
    code: bool

    @property
    def is_sure(self) -> bool:
        """Whether no other line of a page looks like this."""
        return self.day is not None and (self.label is not None or self.score is not None)

    def date(self, as_of: date) -> str:
        """The full date, its year placed by `as_of` if not given; "" where there is none."""
        if self.day is None:
            return ""
        month, day, year = self.day
        if year is None:
            return dates.without_year(month, day, as_of)
        return dates.iso(year, month, day)

    @property
    def year_given(self) -> bool | None:
        return None if self.day is None else self.day[2] is not None


def read(text: str) -> MetaLine | None:
    """What `text` says as a meta line, or None if it is none.

    Without a date, a label must be one that arXiv knows.
    """
    match = _META.fullmatch(text) if 0 < len(text) <= _LONGEST else None
    if not match or not (match["label"] or match["month"]):
        return None
    if match["month"] is None and not candidates(match["label"]):
        return None
    day = None
    if match["month"]:
        month = dates.month_number(match["month"])
        if month is None:
            return None
        day = (month, int(match["day"]), int(match["year"]) if match["year"] else None)
    return MetaLine(
        score=float(match["score"]) if match["score"] else None,
        label=match["label"],
        day=day,
        code=match["code"] is not None,
    )
