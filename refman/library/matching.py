"""Deciding whether a row is a paper that is known already, and saying why.

Three tiers: only *certain* merges by itself; *likely* and *possible* are for a person to
look at. Candidates come from indexes (title hash, identifiers, fingerprint of the abstract
and title), never from all pairs. Comparing is symmetric and knows no order.

The thresholds were measured on 120 abstracts from four pages, many of them on one topic: the
two versions of one abstract share 0.65 to 1 of the shorter one's shingles, abstracts of
different papers at most 0.05 (all 7,140 pairs).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from refman.i18n import _
from refman.model.creator import Creator
from refman.model.entry import Entry
from refman.model.identifiers import identifiers, is_repository_doi
from refman.model.text import fingerprint, fold, hash64, normalised_title, sample, shingles, words

CERTAIN, LIKELY, POSSIBLE = 3, 2, 1

ABSTRACT_WORDS = 30  # an abstract of fewer is no evidence
ABSTRACT_SHARE = 0.5  # of the shorter one's shingles, in both: the same abstract
RENAMED_SHARE = 0.9  # the same where the papers have different titles
SAMPLE = 16  # hashes of shingles in a sample that is large enough to tell
TITLE_RATIO = 90  # of 100 (Levenshtein, normalised titles): nearly the same title
TITLE_WORDS = 3  # a title of fewer does not prove much: "Introduction", "Deep Learning"

_SERIES = frozenset(("i", "ii", "iii", "iv", "v", "vi"))
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Evidence:
    """What one record says, made ready for comparing, each part when it is first asked for."""

    entry: Entry
    prints: tuple[int, ...] | None = None  # the fingerprint, where it is known already

    @cached_property
    def title(self) -> str:
        return normalised_title(self.entry.title)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(map(name_key, self.entry.creators))

    @cached_property
    def identifiers(self) -> frozenset[tuple[str, str]]:
        return identifiers(self.entry)

    @cached_property
    def fingerprint(self) -> tuple[int, ...]:
        if self.prints is not None:
            return self.prints
        return fingerprint(self.entry.title, self.entry.abstract)

    @property
    def title_hash(self) -> int | None:
        """As `entry.title_hash`: None without a title."""
        return hash64(self.title) if self.title else None

    @cached_property
    def sample(self) -> frozenset[int]:
        """A sample of the shingles."""
        return sample(self.entry.abstract)

    @property
    def shingles(self) -> frozenset[str]:
        """Empty where the abstract is too short to prove anything."""
        return _shingles(self.entry.abstract)

    @cached_property
    def place(self) -> tuple[str, str, str]:
        """The venue, folded, the volume, and the first page: "12--34" and "12-34" begin alike,
        and so does a bare "12"."""
        fields = self.entry.fields
        venue = fold(fields.get("journaltitle") or fields.get("booktitle", ""))
        return venue, fields.get("volume", ""), _first_page(fields.get("pages", ""))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers in the title: Part 1 and Part 2, 2019 and 2020 are of a series."""
        return tuple(word for word in self.title.split() if word in _SERIES or _DIGIT.search(word))

    @cached_property
    def signature(self) -> tuple[object, ...]:
        """All that `weigh` looks at: of two that are equal, any third says the same."""
        return (self.title, self.names, self.identifiers, self.year, self.place,
                self.entry.abstract)  # fmt: skip

    @cached_property
    def year(self) -> int | None:
        return self.entry.year

    @cached_property
    def dois(self) -> frozenset[str]:
        """DOIs that say which publication it is; those of repositories do not."""
        return frozenset(
            value
            for scheme, value in self.identifiers
            if scheme == "doi" and not is_repository_doi(value)
        )


@lru_cache(maxsize=1024)  # 15 kB each: too much to keep for every paper of a great page
def _shingles(abstract: str) -> frozenset[str]:
    return shingles(abstract) if len(words(abstract)) >= ABSTRACT_WORDS else frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """How sure it is that two records are of one paper, and why, in sentences."""

    tier: int
    reasons: tuple[str, ...]


def name_key(creator: Creator) -> str:
    """What spellings of one name share: the folded family name and the first initial."""
    given = fold(creator.given)
    return f"{fold(creator.family_name)} {given[:1]}".strip()


def compare(one: Evidence, other: Evidence) -> Match | None:
    """The strongest ground for holding two records for one paper; None where there is none."""
    return weigh(one, other)[1]


def vetoed(one: Evidence, other: Evidence) -> bool:
    """Whether something says that the two cannot be one paper."""
    return weigh(one, other)[0]


def weigh(one: Evidence, other: Evidence) -> tuple[bool, Match | None]:
    """`vetoed` and `compare` of two records."""
    if one.dois and other.dois and not one.dois & other.dois:
        return True, None
    if same := _shared_identifier(one, other):
        return False, Match(CERTAIN, (same,))
    if _other_volume(one, other):
        return True, None
    share = _shared_abstract(one, other)
    return False, _by_title(one, other, share) or _by_abstract(one, other, share)


def _shared_identifier(one: Evidence, other: Evidence) -> str:
    for scheme, value in sorted(one.identifiers.intersection(other.identifiers)):
        return _("The same {scheme}: {value}").format(scheme=_SCHEMES[scheme], value=value)
    return ""


_SCHEMES = {"doi": "DOI", "arxiv": "arXiv id", "isbn": "ISBN", "pmid": "PubMed id"}


def _other_volume(one: Evidence, other: Evidence) -> bool:
    """The same venue, and another volume or other pages there."""
    (venue, *places), (other_venue, *other_places) = one.place, other.place
    if not venue or venue != other_venue:
        return False
    return any(a and b and a != b for a, b in zip(places, other_places, strict=True))


def _first_page(pages: str) -> str:
    return next(iter("".join(c if c.isalnum() else " " for c in pages).split()), "")


def _shared_abstract(one: Evidence, other: Evidence) -> float:
    """The share of the shorter abstract's shingles that is in the other's; 0 where too short."""
    if not one.entry.abstract or not other.entry.abstract:
        return 0.0
    # Of abstracts of which half is the same, samples of this size have nothing in common once in
    # 60,000 times; of those of different papers nearly always, and that is quick to see.
    if min(len(one.sample), len(other.sample)) >= SAMPLE and one.sample.isdisjoint(other.sample):
        return 0.0
    smaller = min(len(one.shingles), len(other.shingles))
    return len(one.shingles & other.shingles) / smaller if smaller else 0.0


def _by_title(one: Evidence, other: Evidence, share: float) -> Match | None:
    if not one.title or not other.title:
        return None
    shared = one.names & other.names
    apart = _years_apart(one, other)
    if one.title == other.title:
        if shared:
            reason = _("The same title, and {name} in both").format(name=_said(one, shared))
            short = len(one.title.split()) < TITLE_WORDS and apart > 1
            return Match(LIKELY if short else CERTAIN, (reason,))
        if share >= ABSTRACT_SHARE:
            return Match(CERTAIN, (_("The same title and abstract"),))
        nameless = not one.names or not other.names
        year = one.year
        if nameless and year is not None and year == other.year:
            return Match(CERTAIN, (_("The same title and year ({year})").format(year=year),))
        if apart > 1:
            return None
        reason = _("The same title")
        return Match(LIKELY if nameless else POSSIBLE, (reason,))
    if not shared or apart > 1:
        return None
    from rapidfuzz import fuzz

    ratio = fuzz.ratio(one.title, other.title, score_cutoff=TITLE_RATIO)
    if not ratio or one.numbers != other.numbers:
        return None
    reason = _("Nearly the same title, and {name} in both").format(name=_said(one, shared))
    return Match(CERTAIN if share >= ABSTRACT_SHARE else LIKELY, (reason,))


def _by_abstract(one: Evidence, other: Evidence, share: float) -> Match | None:
    if share < ABSTRACT_SHARE:
        return None
    reason = _("The same abstract ({share} % of its word sequences)").format(
        share=round(share * 100)
    )
    strangers = one.names and other.names and not one.names & other.names
    doubtful = share < RENAMED_SHARE or one.numbers != other.numbers
    other_title = one.title and other.title and one.title != other.title
    return Match(LIKELY if strangers or (other_title and doubtful) else CERTAIN, (reason,))


def _years_apart(one: Evidence, other: Evidence) -> int:
    """0 where either has none."""
    if one.year is None or other.year is None:
        return 0
    return abs(one.year - other.year)


def _said(evidence: Evidence, names: Iterable[str]) -> str:
    """One of the shared names as it was written, the first in the list of creators."""
    wanted = set(names)
    return next(c.full_name for c in evidence.entry.creators if name_key(c) in wanted)
