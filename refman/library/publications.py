"""A preprint and what became of it: which record speaks of the published paper, and what of a
deposited copy is kept beside it."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from refman.model.entry import Entry
from refman.model.identifiers import (
    ArxivId,
    arxiv_of,
    is_repository_doi,
    normal_arxiv,
    normal_doi,
)

VENUE_FIELDS = ("journaltitle", "booktitle", "eventtitle", "publisher", "institution")
# Which copy, and where it is: of a published paper it is what its own venue says.
_PLACE = (*VENUE_FIELDS, "volume", "number", "pages", "issn", "howpublished")
EPRINT = ("eprint", "eprinttype", "eprintclass")

# Venues that are none: copies are deposited there, and nothing is published.
_REPOSITORY = re.compile(
    r"\b(?:arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|eartharxiv|techrxiv|ssrn|zenodo"
    r"|preprints?|e-?prints?|research square)\b|^(?:hal|openreview)\b"
    r"|^corr(?:[\s,]+(?:abs/|cs\.|\d).*)?$"
    r"|computing research repository",
    re.IGNORECASE,
)
# Fields besides those that `arxiv_of` looks at which may say an arXiv id and nothing else.
_NUMBERS = ("volume", "number", "pages")  # there it may stand bare, where a repository is named
_SAYING = ("howpublished", *VENUE_FIELDS, *_NUMBERS, "note", "addendum")
_BEFORE = re.compile(  # an id: "arXiv preprint arXiv:1412.6980", "CoRR abs/1412.6980"
    r"(?:\\url\b|\bavailable (?:at|as|from|on|online)\b|\b(?:preprint|e-?print)s?\b(?!/)|\bcorr\b"
    r"|\barxiv\b(?![:./])|[\s,:({])+",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*(?:[,;(){}]|\.\s|\[|$)")  # it: another thing, or a class, "[cs.LG]"
# Where a copy is by its DOI, as `eprinttype` says it. Cold Spring Harbor's journals have DOIs of
# the same registrant as bioRxiv and medRxiv, but no date in them.
_ARCHIVES = (
    (re.compile(r"10\.1101/(?:\d{4}\.\d{2}\.\d{2}\.)?\d+$"), "biorxiv"),
    (re.compile(r"10\.5281/zenodo\."), "zenodo"),
)


@lru_cache(maxsize=4096)
def is_publication(venue: str) -> bool:
    """Whether a venue is one where papers are published, not a repository of copies."""
    return bool(venue.strip()) and not _REPOSITORY.search(venue)


def venue_said(fields: Mapping[str, str]) -> str:
    """The first venue that a record names, '' without one."""
    if fields:  # asked of every sighting, and most of them name none
        for name in VENUE_FIELDS:
            if value := fields.get(name):
                return value
    return ""


def is_published(fields: Mapping[str, str]) -> bool:
    """Whether a record says where the paper was published."""
    return is_publication(venue_said(fields))


def arxiv_said(fields: Mapping[str, str]) -> str:
    """The arXiv id of a record, from whichever field says it, '' without one.

    A note says the paper's own only where it stands first: others are spoken of in sentences.
    """
    if found := arxiv_of(Entry(fields=fields)):
        return found.id
    is_copy = bool(venue_said(fields)) and not is_published(fields)
    for name in _SAYING:
        value = fields.get(name, "").strip()
        if (is_copy or not value[:1].isdigit()) and (found := _arxiv_in(value)):
            return found.id
    return ""


def _arxiv_in(value: str) -> ArxivId | None:
    """The arXiv id with which a value begins, and what it says besides is another thing."""
    before = _BEFORE.match(value)
    said = value[before.end() :] if before else value
    first = _AFTER.split(said, maxsplit=1)[0].rstrip(".")
    is_all = first and normal_arxiv(first.split()[-1])  # not "arXiv:1301.3781 is extended"
    return normal_arxiv(first) if is_all else None


def deposited(fields: Mapping[str, str]) -> dict[str, str]:
    """What a record of a deposited copy says that holds of the published paper, too."""
    if venue_said(fields):
        return {name: value for name, value in fields.items() if name not in _PLACE}
    return {
        name: value
        for name, value in fields.items()
        if name not in _PLACE or value.strip()[:1].isdigit() or not _arxiv_in(value)
    }


def doi_rank(doi: str) -> int:
    """A publisher's DOI stands above that of a deposited copy."""
    return not is_repository_doi(normal_doi(doi))


def with_copies(fields: Mapping[str, str], said: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """`fields`, and where the copies are of which records have `said` something.

    An arXiv id that no field of the paper names any more, because another DOI or venue stands in
    its place, is its eprint; and so is the DOI of a copy elsewhere, where there is no other.
    """
    kept = dict(fields)
    said = list(said)
    if arxiv_of(Entry(fields=kept)) is None:
        ids = {found for one in said if (found := arxiv_said(one))}
        if ids and "eprint" not in kept:
            kept |= {"eprint": min(ids), "eprinttype": "arxiv"}
        elif ids:
            kept["arxivid"] = min(ids)
    if "eprint" not in kept:
        dois = {doi for one in said if (doi := normal_doi(one.get("doi", "")))}
        for doi in sorted(dois - {normal_doi(kept.get("doi", ""))}):
            for pattern, archive in _ARCHIVES:
                if pattern.match(doi) and "eprint" not in kept:
                    kept |= {"eprint": doi, "eprinttype": archive}
    return kept


def is_arxiv(fields: Mapping[str, str]) -> bool:
    """Whether the eprint of a record is arXiv's."""
    archive = fields.get("eprinttype", "").lower()
    return archive in ("", "arxiv") and normal_arxiv(fields.get("eprint", "")) is not None


def eprint_id(fields: Mapping[str, str]) -> str:
    """The eprint of a record, arXiv's without its version; '' without one."""
    eprint = fields.get("eprint", "")
    found = normal_arxiv(eprint) if is_arxiv(fields) else None
    return found.id if found else eprint
