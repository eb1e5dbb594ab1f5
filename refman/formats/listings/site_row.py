"""A row as the pages of publishers give it, each part in a place of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from refman.formats.format import Found, Passage, Row
from refman.formats.listings import author_list
from refman.formats.listings.name_shape import name_score
from refman.formats.listings.page import Line, raw_text
from refman.formats.listings.page_evidence import NO_EVIDENCE
from refman.i18n import _
from refman.model.creator import AUTHOR, Creator, parse_name
from refman.model.entry import Entry

_HARDLY_A_NAME = -2.0  # and below, as `name_score` has it


@dataclass(slots=True)
class SiteRow:
    """A row in the making; '' for what the page does not say."""

    title: str
    creators: tuple[Creator, ...] = ()
    truncated: bool = False
    entry_type: str = "misc"
    date: str = ""
    year_given: bool = True
    fields: dict[str, str] = field(default_factory=dict)
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    review: list[str] = field(default_factory=list)

    def take_names(self, text: str, role: str = AUTHOR) -> None:
        """Take the creators of a text that is names and nothing else, and their affiliations."""
        found = author_list.read(text, role)
        self.creators, self.truncated = found.creators, found.truncated
        self.affiliations = found.affiliations

    def take_each(self, names: Sequence[str], role: str = AUTHOR) -> None:
        """Take creators each of whose names stands alone."""
        self.creators = tuple(
            parse_name(name, role) for name in names if any(map(str.isalnum, name))
        )

    def row(self, lines: Sequence[Line], source: Sequence[str]) -> Row:
        """The row that these lines of the source are."""
        raw = raw_text(lines, source)
        review = [*self.review]
        if not self.creators:
            review.append(_("No authors were found."))
        review += name_doubts(self.creators)
        if "\N{REPLACEMENT CHARACTER}" in raw:
            review.append(_("Some characters of this row could not be read."))
        return Row(
            entry=Entry(
                entry_type=self.entry_type,
                title=self.title,
                creators=self.creators,
                creators_truncated=self.truncated,
                date=self.date,
                abstract=self.abstract,
                fields={name: value for name, value in self.fields.items() if value},
                keywords=self.keywords,
            ),
            line=lines[0].number,
            raw_text=raw,
            year_given=self.year_given if self.date else None,
            affiliations=self.affiliations,
            review=tuple(review),
        )


def name_doubts(creators: Iterable[Creator]) -> list[str]:
    """What is to be said of the first name that is hardly one: "Sign in", "Privacy policy"."""
    for name in (creator.full_name for creator in creators):
        ends_small = bool(name) and name.split()[-1][0].islower()
        if ends_small and name_score(name, NO_EVIDENCE) <= _HARDLY_A_NAME:
            return [_("“{name}” does not look like the name of an author.").format(name=name)]
    return []


def pass_over(found: Found, lines: Sequence[Line]) -> None:
    """Note lines that are part of no row."""
    found.passed_over += [Passage(line.number, line.text) for line in lines]
