"""What the fields of a recipe's row mean: values as texts in, an entry with all its parts out."""

import re
from collections.abc import Sequence
from datetime import date

from refman.formats.format import Row
from refman.formats.listings import author_list, short_venue
from refman.formats.listings.arxiv_record import add_publication, date_of_id, tex_text
from refman.formats.recipes.declaration import Place, Recipe
from refman.i18n import _
from refman.model import dates
from refman.model.arxiv_categories import resolve
from refman.model.creator import AUTHOR, EDITOR, TRANSLATOR, Creator, parse_name
from refman.model.entry import Entry
from refman.model.entry_types import biblatex_type
from refman.model.fields import Kind, biblatex_name, kind_of
from refman.model.identifiers import normal_arxiv, normal_doi, normal_isbn, normal_pmid
from refman.model.text import squeeze

_ROLES = {"creators": AUTHOR, "editors": EDITOR, "translators": TRANSLATOR,
          "author": AUTHOR, "editor": EDITOR, "translator": TRANSLATOR}  # fmt: skip
_ARCHIVE = re.compile(r"[a-z]+-[a-z]+")  # one that arXiv has no more: `astro-ph`, `alg-geom`
_TEXTS = ("title", "abstract", "category", "entry_type", "journal_ref", "published_in")
_BETWEEN_WORDS = re.compile(r"\s*[,;·•]\s*")
_DASH = re.compile(r"(?<=\w)\s*(?:--?|[‐-―−])\s*(?=\w)")
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in dates.MONTHS) + "|Sept"
_DATES = (
    re.compile(r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)", re.ASCII),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<m>{_MONTH})\b\.?,?"
        r"(?:[ -](?P<y>\d{4})\b)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<m>{_MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<y>\d{{4}})\b)?",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<m>{_MONTH})\.?,? (?P<y>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})(?!\d)", re.ASCII),
    re.compile(r"(?<!\d)(?P<y>1[5-9]\d\d|20\d\d)(?!\d)", re.ASCII),
)


def date_in(text: str, as_of: date) -> tuple[str, bool | None]:
    """The first date that `text` writes in a usual English form, as partial ISO, and whether it
    gives the year; ("", None) without one."""
    for pattern in _DATES:
        for found in pattern.finditer(text):
            parts = found.groupdict()
            written = parts.get("m")
            month = None
            if written:
                month = int(written) if written.isdigit() else dates.month_number(written)
            day = int(parts["d"]) if parts.get("d") else None
            if parts["y"]:
                value = dates.iso(int(parts["y"]), month, day)
            else:
                value = dates.without_year(month, day, as_of) if month and day else ""
            if value:
                return value, parts["y"] is not None
    return "", None


class Made:
    """A row in the making: takes one field after the other."""

    def __init__(self, recipe: Recipe, as_of: date) -> None:
        self._recipe = recipe
        self._as_of = as_of
        self._texts = dict.fromkeys(_TEXTS, "")
        self._fields: dict[str, str] = {}
        self._creators: list[Creator] = []
        self._truncated = False
        self._affiliations: dict[str, None] = {}
        self._keywords: list[str] = []
        self._code: bool | None = None
        self._score: float | None = None
        self._date = ""
        self._year_given: bool | None = None
        self._review: list[str] = []

    def take(self, name: str, values: Sequence[str], place: Place | None) -> None:
        """Take what was found for the field `name`; `place` is where, None for nowhere."""
        if name == "code":
            self._code = bool(values)
        if place is None or not values:
            return
        first = values[0]
        if name in _ROLES:
            self._take_names(_ROLES[name], values, place)
        elif name == "date":
            self._take_date(first)
        elif name == "affiliations":
            self._affiliations.update(dict.fromkeys(_split(values, place)))
        elif name == "keywords":
            self._keywords += map(self._text, _split(values, place))
        elif name == "score":
            number = re.search(r"\d+(?:\.\d+)?", first)
            self._score = float(number[0]) if number else None
        elif name in self._texts:
            self._texts[name] = self._text(first)
        elif name != "code":
            self._take_field(biblatex_name(name), first)

    def _text(self, value: str) -> str:
        return tex_text(value) if self._recipe.tex else value

    def _take_names(self, role: str, values: Sequence[str], place: Place) -> None:
        for value in values:
            value = self._text(value)
            if place.affiliation:
                value = place.affiliation.sub(self._keep_affiliation, value)
            if place.whole or place.split:
                for name in [value] if place.whole else _split([value], place):
                    if any(map(str.isalnum, name)):
                        self._creators.append(parse_name(name, role))
                continue
            found = author_list.read(value, role)
            self._creators += found.creators
            self._truncated |= found.truncated and role == AUTHOR
            self._affiliations.update(dict.fromkeys(found.affiliations))

    def _keep_affiliation(self, found: "re.Match[str]") -> str:
        if said := squeeze(found[1] if found.re.groups else found[0]):
            self._affiliations[said] = None
        return " "

    def _take_date(self, value: str) -> None:
        self._date, self._year_given = date_in(value, self._as_of)
        if not self._date:
            sentence = _("“{text}” is not understood as a date; it was left open.")
            self._review.append(sentence.format(text=value))

    def _take_field(self, name: str, value: str) -> None:
        if name == "eprint" and (arxiv := normal_arxiv(value)):
            self._fields.setdefault("eprinttype", "arxiv")
            value = arxiv.id
        elif name in _NORMAL:
            value = _NORMAL[name](value)
        elif kind_of(name) is Kind.RANGE:
            value = _DASH.sub("–", value)
        elif kind_of(name) in {Kind.LITERAL, Kind.TITLE, Kind.TEXT}:
            value = self._text(value)
        if value:
            self._fields[name] = value

    def row(self, line: int, raw: str) -> Row | str:
        """The row, or a sentence that says why there is none."""
        if not (self._texts["title"] or self._texts["abstract"]):
            return _("There is no title in this row.")
        if not self._texts["title"]:
            self._review.append(_("No title was found."))
        if not self._creators and _ROLES.keys() & self._recipe.fields.keys():
            self._review.append(_("No authors were found."))
        if "\N{REPLACEMENT CHARACTER}" in raw:
            self._review.append(_("Some characters of this row could not be read."))
        category = resolve(self._texts["category"]) if self._texts["category"] else None
        kind = self._settle(category)
        entry = Entry(
            entry_type=kind,
            title=self._texts["title"],
            creators=tuple(self._creators),
            creators_truncated=self._truncated,
            date=self._date,
            abstract=self._texts["abstract"],
            fields=self._fields,
            keywords=tuple(dict.fromkeys(self._keywords)),
        )
        return Row(
            entry=entry,
            line=line,
            raw_text=raw,
            category=category,
            category_label=self._texts["category"] or None,
            year_given=self._year_given,
            score=self._score,
            code=self._code,
            affiliations=tuple(self._affiliations),
            review=tuple(self._review),
        )

    def _settle(self, category: str | None) -> str:
        """Put what follows from other fields into date and fields; returns the entry's type."""
        kind, implied = biblatex_type(self._texts["entry_type"] or "misc")
        if implied:
            self._fields.setdefault("type", implied)
        if self._texts["published_in"]:
            kind = self._publish(kind)
        if self._fields.get("eprinttype") == "arxiv":
            if category or _ARCHIVE.fullmatch(self._texts["category"]):
                self._fields.setdefault("eprintclass", self._texts["category"])
            if not self._date and not self._texts["entry_type"]:
                self._date = date_of_id(self._fields["eprint"])
                self._year_given = bool(self._date) or None
        if not self._texts["journal_ref"]:
            return kind
        published, self._date = add_publication(
            self._fields, self._texts["journal_ref"], self._date
        )
        return kind if self._texts["entry_type"] else published

    def _publish(self, kind: str) -> str:
        """Put what the line of the venue says where nothing else does; returns the type."""
        said = short_venue.read(self._texts["published_in"])
        for name, value in said.fields.items():
            self._fields.setdefault(name, value)
        if said.date and not self._date:
            self._date, self._year_given = said.date, True
        return kind if self._texts["entry_type"] else said.entry_type


_NORMAL = {"doi": normal_doi, "isbn": normal_isbn, "pmid": normal_pmid}


def _split(values: Sequence[str], place: Place) -> list[str]:
    if place.whole:
        return list(values)
    pattern = place.split or _BETWEEN_WORDS
    return [part for value in values for part in pattern.split(value) if part and part.strip()]
