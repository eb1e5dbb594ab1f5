"""What speaks against two records' being of one paper, as sentences for a person to read."""

from collections.abc import Iterator

from refman.i18n import N_, _
from refman.library.alike_venues import (
    BOOK,
    CONFERENCE,
    JOURNAL,
    PREPRINT,
    REPORT,
    THESIS,
    same_venue,
)
from refman.library.evidence import Evidence
from refman.model.identifiers import DOI
from refman.model.text import fold

PREPRINT_YEARS = 3  # between a preprint and what became of it

SCHEMES = {"doi": "DOI", "arxiv": "arXiv id", "isbn": "ISBN", "pmid": "PubMed id"}


def other_volume(one: Evidence, other: Evidence) -> bool:
    """The same venue, and another volume or other pages there."""
    (venue, *places), (other_venue, *other_places) = one.place, other.place
    if not venue or venue != other_venue:
        return False
    return any(a and b and a != b for a, b in zip(places, other_places, strict=True))


def same_place(one: Evidence, other: Evidence) -> bool:
    """The same volume and first page, or the same page of one venue."""
    (venue, volume, page), (other_venue, other_volume, other_page) = one.place, other.place
    if not page or page != other_page:
        return False
    return bool(volume and volume == other_volume) or bool(venue and venue == other_venue)


def same_day(one: Evidence, other: Evidence) -> bool:
    day = one.entry.date
    return len(day) == len("2022-05-16") and day == other.entry.date


def _versions(one: Evidence, other: Evidence) -> str:
    """What says that the two are versions of one work, each published on its own; or ''."""
    apart = years_apart(one, other)
    venue, other_venue = one.place[0], other.place[0]
    if PREPRINT in (one.kind, other.kind):
        return other_years(one, other) if apart > PREPRINT_YEARS else ""
    if one.kind and other.kind and one.kind != other.kind:
        if venue and other_venue and same_venue(venue, other_venue):
            if apart:
                return other_years(one, other)
            if one.year is not None and one.year == other.year:
                return ""  # a journal is often what a search engine calls proceedings
        said = _("But one is {one} and the other {other}").format(
            one=_(_KINDS[one.kind]), other=_(_KINDS[other.kind])
        )
        if apart:
            said = _("{but}, of {one} and {other}").format(but=said, one=one.year, other=other.year)
        return _("{but}: two versions?").format(but=said)
    if one.kind != other.kind and REPORT in (one.kind, other.kind) and one.year != other.year:
        return _("But one is {one}, and the years are not the same").format(one=_(_KINDS[REPORT]))
    if not venue or not other_venue or same_place(one, other):
        return ""
    if apart:
        return other_years(one, other)
    if (one.year is None and other.year is None) or same_venue(venue, other_venue):
        return ""
    page, other_page = one.place[2], other.place[2]
    alike = one.kind == other.kind and one.kind in (JOURNAL, REPORT)
    undated = one.year != other.year and (one.is_to_appear or other.is_to_appear)
    if alike or undated or (page and other_page and page != other_page):
        return _("But one is in “{one}” and the other in “{other}”").format(
            one=one.venue, other=other.venue
        )
    return ""


_KINDS = {
    JOURNAL: N_("in a journal"),
    CONFERENCE: N_("at a conference"),
    REPORT: N_("a report or manuscript"),
    THESIS: N_("a thesis"),
    BOOK: N_("a book"),
}


def either_has_venue(one: Evidence, other: Evidence) -> bool:
    """Whether either names a venue."""
    return bool(one.place[0] or other.place[0])


def speaking_against(one: Evidence, other: Evidence) -> Iterator[str]:
    """What speaks against their being one paper, whatever is the same, as sentences."""
    if versions := _versions(one, other):
        yield versions
    if one.kind == other.kind == THESIS and (different := _other_thesis(one, other)):
        yield different
    for scheme, name in SCHEMES.items():
        own = {value for kind, value in one.identifiers if kind == scheme}
        others = {value for kind, value in other.identifiers if kind == scheme}
        if own and others and not own & others and scheme != DOI:
            yield _("But the {scheme} is {one} in one and {other} in the other").format(
                scheme=name, one=min(own), other=min(others)
            )
    for field, said in (("edition", _("the edition")), ("number", _("the number"))):
        first, second = one.entry.fields.get(field, ""), other.entry.fields.get(field, "")
        if not first or not second or fold(first) == fold(second):
            continue
        if field == "edition" or (one.place[0] and one.place[0] == other.place[0]):
            yield _("But {field} is {one} in one and {other} in the other").format(
                field=said, one=first, other=second
            )


def _other_thesis(one: Evidence, other: Evidence) -> str:
    """Of two theses that are not for one degree, or not of one school: what is different."""
    for field, said in (("type", _("the degree")), ("institution", _("the school"))):
        first, second = one.entry.fields.get(field, ""), other.entry.fields.get(field, "")
        if first and second and fold(first) != fold(second):
            return _("But {field} is {one} in one and {other} in the other").format(
                field=said, one=first, other=second
            )
    return ""


def years_apart(one: Evidence, other: Evidence) -> int:
    """0 where either has none."""
    if one.year is None or other.year is None:
        return 0
    return abs(one.year - other.year)


def other_years(one: Evidence, other: Evidence) -> str:
    return _("But the years are {one} and {other}").format(one=one.year, other=other.year)


def few_in_both(one: Evidence, other: Evidence, shared: int) -> str:
    return _("But of {one} and {other} names only {count} is in both").format(
        one=len(one.people), other=len(other.people), count=shared
    )
