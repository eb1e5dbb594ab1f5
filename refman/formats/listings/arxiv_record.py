"""What arXiv says of a paper, whichever of its pages says it, as a row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from refman.formats import latex
from refman.formats.format import Row
from refman.formats.listings import author_list, journal_ref
from refman.formats.listings.author_list import AuthorList
from refman.formats.listings.site_row import name_doubts
from refman.i18n import _
from refman.model import dates
from refman.model.arxiv_categories import candidates
from refman.model.entry import Entry
from refman.model.identifiers import normal_arxiv, normal_doi
from refman.model.text import squeeze

_DAY = re.compile(r"(?<!\d)(\d{1,2})\s+([A-Za-z]{3,9})\.?,?\s+(\d{4}|\d{2})(?!\d)", re.ASCII)
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]{2,}(?:-[a-z]+)?)?")
_ONLY_WITH_CLASS = frozenset("cs math nlin physics q-bio q-fin stat".split())
_FIRST_YEAR = 91  # of arXiv: years with two digits count from here


@dataclass(slots=True)
class ArxivRecord:
    """The values as a page writes them, in TeX; '' for what it does not say.

    `date` is partial ISO; without one the month counts that is in the id. `authors` are taken
    apart unless `names` says them already.
    """

    id: str = ""
    title: str = ""
    authors: str = ""
    abstract: str = ""
    categories: Sequence[str] = ()  # the primary one first
    comments: str = ""
    journal_ref: str = ""
    doi: str = ""
    report_no: str = ""
    date: str = ""
    names: AuthorList | None = None
    review: list[str] = field(default_factory=list)

    def row(self, line: int, raw: str) -> Row | str:
        """The row, or a sentence that says why there is none."""
        title = tex_text(self.title)
        if not title:
            return _("There is no title in this row.")
        arxiv = normal_arxiv(self.id)
        names = self.names or author_list.read(tex_text(self.authors))
        review = [*self.review]
        if not names.creators:
            review.append(_("No authors were found."))
        review += name_doubts(names.creators)
        if not arxiv:
            review.append(_("No arXiv id was found."))
        if "\N{REPLACEMENT CHARACTER}" in raw:
            review.append(_("Some characters of this row could not be read."))
        label = self.categories[0] if self.categories else ""
        if not label and arxiv and "/" in arxiv.id:
            archive = arxiv.id.partition("/")[0]
            label = "" if archive in _ONLY_WITH_CLASS else archive
        known = candidates(label) if _CATEGORY.fullmatch(label) else ()
        fields = dict(self._fields(arxiv.id if arxiv else "", label))
        date = self.date or (date_of_id(arxiv.id) if arxiv else "")
        kind, date = add_publication(fields, tex_text(self.journal_ref), date)
        entry = Entry(
            entry_type=kind,
            title=title,
            creators=names.creators,
            creators_truncated=names.truncated,
            date=date,
            abstract=tex_text(self.abstract),
            fields=fields,
        )
        return Row(
            entry=entry,
            line=line,
            raw_text=raw,
            category=known[0] if len(known) == 1 else None,
            category_label=label or None,
            year_given=bool(date) or None,
            affiliations=names.affiliations,
            review=tuple(review),
        )

    def _fields(self, arxiv: str, label: str) -> Mapping[str, str]:
        found = {"doi": normal_doi(self.doi), "note": tex_text(self.comments),
                 "reportnumber": squeeze(self.report_no)}  # fmt: skip
        if arxiv:
            found |= {
                "eprint": arxiv,
                "eprinttype": "arxiv",
                "url": f"https://arxiv.org/abs/{arxiv}",
            }
            found["eprintclass"] = label if _CATEGORY.fullmatch(label) else ""
        return {name: value for name, value in found.items() if value}


def tex_text(text: str) -> str:
    """One line of TeX in Unicode."""
    line = squeeze(text)
    shown = latex.to_unicode(line)
    return line if shown == line else squeeze(shown)


def add_publication(fields: dict[str, str], reference: str, date: str) -> tuple[str, str]:
    """Write where a paper was published into `fields`; returns its entry type and date.

    A plain reference to a journal becomes its fields, and its year that of the paper; any other
    is a part of the note.
    """
    if not reference:
        return "misc", date
    said = journal_ref.read(reference)
    if not said:
        fields["note"] = "; ".join(filter(None, (fields.get("note"), reference)))
        return "misc", date
    year = said.pop("year")
    fields |= said
    return "article", date if date.startswith(year) else year


def date_of_id(arxiv: str) -> str:
    """The month in a normal arXiv id: 2024-07 in `2407.09012`, 1999-01 in `hep-th/9901001`."""
    digits = arxiv.rpartition("/")[2][:4]
    if not (len(digits) == 4 and digits.isascii() and digits.isdigit()):
        return ""
    return dates.iso(_full_year(int(digits[:2])), int(digits[2:]))


def day_in(text: str) -> str:
    """The first day that `text` writes as `13 Apr 1992` or `2 JAN 92`, in ISO form, or ''."""
    for found in _DAY.finditer(text):
        month = dates.month_number(found[2])
        year = int(found[3])
        year = year if year > 99 else _full_year(year)
        if month and (value := dates.iso(year, month, int(found[1]))):
            return value
    return ""


def _full_year(year: int) -> int:
    return year + (1900 if year >= _FIRST_YEAR else 2000)
