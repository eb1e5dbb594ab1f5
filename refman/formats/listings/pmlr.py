"""A volume of the Proceedings of Machine Learning Research, copied as text.

    page = "Volume " number ": " conference ", " days ", " place … {heading | row}
    row  = title names "; " [proceedings ", "] "PMLR " volume ["(" number ")"] ":" pages links
    links = {"[" word "]"}

Title, names with what follows them, and links have a line each. The markup of these pages is
read by the recipe of the same name.
"""

import re
from typing import ClassVar

from refman.formats.format import Context, Format, Found, Header, Problem
from refman.formats.listings.page import raw_text, split_lines, visible_lines
from refman.formats.listings.site_row import SiteRow, pass_over
from refman.i18n import _

_DETAILS = re.compile(
    r"(?P<names>[^;]*); ?(?:(?P<book>[^;]{3,200}), )?"
    r"(?P<series>PMLR|JMLR(?: W&CP)?) (?P<volume>[A-Z]?\d{1,4})(?:\((?P<number>\w+)\))?"
    r":(?P<pages>[\w–-]*)$"
)
_LINKS = re.compile(r"(?:\[[\w -]{2,40}\] ?)+$")
_VOLUME = re.compile(
    r"(?:Volume|Reissue) \w+: (?P<name>.+?), \d{1,2}\b.*?\b(?P<year>(?:19|20)\d\d)\b"
)
_SERIES = {"PMLR": "Proceedings of Machine Learning Research"}


class Pmlr(Format):
    name: ClassVar[str] = "pmlr"
    label: ClassVar[str] = "PMLR volume"
    extensions: ClassVar[tuple[str, ...]] = (".txt",)

    def score(self, text: str) -> int:
        rows = sum(bool(_details(line.text)) for line in visible_lines(text))
        return min(80 + 5 * rows, 95) if rows else 0

    def read(self, text: str, context: Context) -> Found:
        source, lines = split_lines(text), visible_lines(text)
        found = Found()
        heading = next((line for line in lines if _VOLUME.match(line.text)), None)
        volume = _VOLUME.match(heading.text) if heading else None
        found.header = Header(name=heading.text if heading else None)
        context.progress.start(context.progress.text, len(lines))
        used: set[int] = {heading.number} if heading else set()
        for place, line in enumerate(lines):
            context.progress.advance()
            details = _details(line.text)
            if not details:
                continue
            end = place + 1 + (place + 1 < len(lines) and _is_links(lines[place + 1].text))
            title = lines[place - 1] if place else line
            if title.number in used or title is line or _is_links(title.text):
                problem = Problem(line.number, raw_text(lines[place:end], source),
                                  _("There is no title in this row."))  # fmt: skip
                found.problems.append(problem)
                used |= {each.number for each in lines[place:end]}
                continue
            row = lines[place - 1 : end]
            used |= {each.number for each in row}
            found.rows.append(_made(title.text, details, volume).row(row, source))
        pass_over(found, [line for line in lines if line.number not in used])
        return found


def _details(text: str) -> "re.Match[str] | None":
    return _DETAILS.match(text) if "MLR" in text else None


def _is_links(text: str) -> bool:
    return bool(_LINKS.match(text))


def _made(title: str, details: "re.Match[str]", volume: "re.Match[str] | None") -> SiteRow:
    row = SiteRow(title=title, entry_type="inproceedings", date=volume["year"] if volume else "")
    row.take_names(details["names"])
    row.fields = {
        "booktitle": details["book"] or (volume["name"] if volume else ""),
        "series": _SERIES.get(details["series"], ""),
        "volume": details["volume"],
        "number": details["number"] or "",
        "pages": details["pages"].replace("-", "–"),
    }
    return row
