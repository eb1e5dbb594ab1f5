"""Where a paper appeared, as lists of results write it: often cut, sometimes but a year.

    text = venue [volume ["(" number ")"]] [", " pages] ", " year
         | "arXiv preprint arXiv:" id ", " year | "US Patent " number ", " year | year

The venue itself is read as that of a reference (`venue`); one of which it is not clear what it is
is where the paper was published, in whatever way. A name that the list has cut with `…` is no
name, and is left out.
"""

import re
from dataclasses import dataclass, field

from refman.formats.listings import venue
from refman.model.identifiers import normal_arxiv

_ARXIV = re.compile(r"\barXiv:\s?(\S+?)[,.]?(?:\s|$)", re.IGNORECASE)
_PATENT = re.compile(r"(?P<number>[A-Z]{2} Patent (?:App\. )?\d[\d,/]*\d)")
_YEAR = re.compile(r"\b((?:19|20)\d\d)$")
_NAMES = ("journaltitle", "booktitle", "publisher", "organization", "institution", "series")


@dataclass(frozen=True, slots=True)
class ShortVenue:
    """What was understood: an entry type, a partial ISO date or '', and BibLaTeX's fields."""

    entry_type: str = "misc"
    date: str = ""
    fields: dict[str, str] = field(default_factory=dict)


def read(text: str) -> ShortVenue:
    """What `text`, the line of a venue, says."""
    year = _YEAR.search(text)
    date = year[1] if year else ""
    if (said := _ARXIV.search(text)) and (arxiv := normal_arxiv(said[1])):
        return ShortVenue("misc", date, {"eprint": arxiv.id, "eprinttype": "arxiv"})
    if patent := _PATENT.match(text):
        return ShortVenue("patent", date, {"number": patent["number"]})
    tail = venue.read(text)
    cut = {name for name in _NAMES if "…" in tail.fields.get(name, "")}
    fields = {name: value for name, value in tail.fields.items() if name not in cut}
    bare = _YEAR.sub("", text).strip(" ,")
    if not fields.keys() & set(_NAMES) and not cut and _is_whole_name(bare):
        fields["howpublished"] = bare
    return ShortVenue("misc" if cut else tail.entry_type, tail.date or date, fields)


def _is_whole_name(text: str) -> bool:
    if "…" in text or "arxiv" in text.casefold():
        return False
    return len(text) > 2 and not any(letter.isdigit() for letter in text)
