"""Deciding whether a row is a paper that is known already, and saying why.

Three tiers: only *certain* merges by itself; *likely* and *possible* are for a person to
look at. Candidates come from indexes (title hash, identifiers, fingerprint of the abstract
and title), never from all pairs. Comparing is symmetric and knows no order. A ground (the same
identifier, title or abstract) gives a tier; what speaks against it lowers the tier and is said.
Entry types never part two papers.

The thresholds of abstracts were measured on 120 from four pages, many of them on one topic: the
two versions of one abstract share 0.65 to 1 of the shorter one's shingles, abstracts of
different papers at most 0.05 (all 7,140 pairs). The rules on titles and creators are judged by
tests/bench/bench_duplicates.py on sets of labelled pairs.
"""

from dataclasses import dataclass

from refman.i18n import _
from refman.library.alike_names import Level, agreement, known_in, name_key, person
from refman.library.alike_titles import OTHER_WORK, SMALL, is_generic
from refman.library.alike_venues import CONFERENCE, PREPRINT, same_venue
from refman.library.counter_evidence import (
    SCHEMES,
    either_has_venue,
    few_in_both,
    other_volume,
    other_years,
    same_day,
    same_place,
    speaking_against,
    years_apart,
)
from refman.library.evidence import ABSTRACT_WORDS, Evidence
from refman.model.text import words

CERTAIN, LIKELY, POSSIBLE = 3, 2, 1

ABSTRACT_SHARE = 0.5  # of the shorter one's shingles, in both: the same abstract
RENAMED_SHARE = 0.9  # the same where the papers have different titles
SAMPLE = 16  # hashes of shingles in a sample that is large enough to tell
TITLE_RATIO = 90  # of 100 (Levenshtein, normalised titles): nearly the same title
TITLE_WORDS = 3  # a title of fewer does not prove much: "Introduction", "Deep Learning"
COLUMN_WORDS = 4  # a title of no more may be that of a column in a periodical
LONG_TITLE = 7  # a title of as many is hardly ever that of two papers of one year
OTHER_RATIO = 60  # of 100: below it the titles are different, if few of their words are in both:
OTHER_SHARE = 1 / 3  # of the shorter one's, but for such as "the"
OVERLAP = 0.7  # of the words of two titles, in both


@dataclass(frozen=True, slots=True)
class Match:
    """How sure it is that two records are of one paper, and why, in sentences."""

    tier: int
    reasons: tuple[str, ...]

    @property
    def is_doubted(self) -> bool:
        """Whether something speaks against it, which a third record that says less cannot settle:
        one without venue and year is like the report and like the paper of the same title."""
        return self.tier < CERTAIN and len(self.reasons) > 1


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
        return False, _by_identifier(one, other, same)
    if other_volume(one, other):
        return True, None
    share = _shared_abstract(one, other)
    return False, _by_title(one, other, share) or _by_abstract(one, other, share)


# --- by an identifier ---------------------------------------------------------------------


def _shared_identifier(one: Evidence, other: Evidence) -> str:
    for scheme, value in sorted(one.identifiers.intersection(other.identifiers)):
        return _("The same {scheme}: {value}").format(scheme=SCHEMES[scheme], value=value)
    return ""


def _by_identifier(one: Evidence, other: Evidence, same: str) -> Match:
    """Certain, unless the titles are of different papers: an identifier may be a wrong one."""
    if not _other_title(one, other) or _shared_abstract(one, other) >= ABSTRACT_SHARE:
        return Match(CERTAIN, (same,))
    but = _("But the titles are different: “{one}” and “{other}”").format(
        one=one.entry.title, other=other.entry.title
    )
    return Match(LIKELY, (same, but))


def _other_title(one: Evidence, other: Evidence) -> bool:
    """Whether both have a title that says something, and not the same."""
    if one.title == other.title or min(len(one.words), len(other.words)) < TITLE_WORDS:
        return False
    first, second = (set(each.words) - SMALL for each in (one, other))
    if OTHER_SHARE * min(len(first), len(second)) <= len(first & second):
        return False
    from rapidfuzz import fuzz

    return not fuzz.ratio(one.title, other.title, score_cutoff=OTHER_RATIO)


# --- by the title -------------------------------------------------------------------------


def _agreement(one: Evidence, other: Evidence) -> tuple[Level, int]:
    return agreement(
        one.people,
        other.people,
        not one.entry.creators_truncated,
        not other.entry.creators_truncated,
    )


def _by_title(one: Evidence, other: Evidence, share: float) -> Match | None:
    if not one.title or not other.title:
        return None
    if one.letters == other.letters and one.numbers == other.numbers:
        level, shared = _agreement(one, other)
        if level:
            return _same_title(one, other, share, level, shared)
        return _title_alone(one, other, share)
    return _near_title(one, other, share)


def _same_title(
    one: Evidence, other: Evidence, share: float, level: Level, shared: int
) -> Match | None:
    """The same title, and at least one creator in both."""
    reason = _("The same title, and {name} in both").format(name=_said(one, other))
    if one.signature == other.signature:
        return Match(CERTAIN, (reason,))
    apart = years_apart(one, other)
    against = list(speaking_against(one, other))
    tier = CERTAIN
    if not (share >= ABSTRACT_SHARE or same_place(one, other) or same_day(one, other)):
        few = level == Level.FEW or (
            level == Level.LEADING
            and (apart > 0 or len(one.words) <= COLUMN_WORDS or PREPRINT in (one.kind, other.kind))
        )
        if is_generic(one.words):
            tier = POSSIBLE if apart or few else LIKELY
            against.append(_("But a title like this recurs"))
        elif _is_column(one, other):
            tier = POSSIBLE if apart or few else LIKELY
            against.append(_("But a short title may recur in a periodical"))
        if few:
            tier = min(tier, POSSIBLE if apart else LIKELY)
            against.append(few_in_both(one, other, shared))
        if apart and (few or (apart > 1 and len(one.words) < TITLE_WORDS)):
            against.append(other_years(one, other))
    if not against:
        return Match(CERTAIN, (reason,))
    return Match(min(tier, LIKELY), (reason, *dict.fromkeys(against)))


def _is_column(one: Evidence, other: Evidence) -> bool:
    """Whether a title is short, by one person, and in one periodical: it may recur there."""
    if len(one.words) > COLUMN_WORDS or min(len(one.people), len(other.people)) > 1:
        return False
    venue, other_venue = one.place[0], other.place[0]
    return (
        bool(venue and other_venue)
        and CONFERENCE not in (one.kind, other.kind)
        and same_venue(venue, other_venue)
    )


def _title_alone(one: Evidence, other: Evidence, share: float) -> Match | None:
    """The same title, and no creator in both."""
    if share >= ABSTRACT_SHARE:
        reason = _("The same title and abstract")
        against = tuple(speaking_against(one, other))
        return Match(LIKELY if against else CERTAIN, (reason, *against))
    apart = years_apart(one, other)
    nameless = not one.people or not other.people
    same = one.signature == other.signature
    generic = is_generic(one.words) and not same
    year = one.year
    if nameless and year is not None and year == other.year:
        reason = _("The same title and year ({year})").format(year=year)
        against = tuple(speaking_against(one, other))
        if generic:
            return Match(POSSIBLE, (reason, *against, _("But a title like this recurs")))
        if len(one.words) <= COLUMN_WORDS and either_has_venue(one, other) and not same:
            against = (*against, _("But a short title may recur in a periodical"))
        return Match(LIKELY if against else CERTAIN, (reason, *against))
    if apart > 1:
        return None
    reason = _("The same title")
    if nameless:
        against = (other_years(one, other),) if apart else ()
        short = generic or (
            apart and len(one.words) <= COLUMN_WORDS and either_has_venue(one, other)
        )
        return Match(POSSIBLE if short else LIKELY, (reason, *against))
    # Names are lost, or of an editor here and of authors there.
    if len(one.words) >= LONG_TITLE and not apart:
        return Match(LIKELY, (reason, _("But no name is in both")))
    if year is not None and year == other.year and not one.names.isdisjoint(other.names):
        return Match(LIKELY, (reason, _("But the given names are different")))
    return Match(POSSIBLE, (reason,))


def _near_title(one: Evidence, other: Evidence, share: float) -> Match | None:
    """Titles that differ, but hardly, or by what is left out or added."""
    apart = years_apart(one, other)
    if apart > 1 or one.numbers != other.numbers:
        return None
    shared_key = not one.names.isdisjoint(other.names)
    same_core = one.core == other.core and len(one.core) > 0
    if not shared_key and not same_core:
        return None
    nearness = _nearness(one, other, same_core)
    if nearness is None:
        return None
    reason, least = nearness
    level, shared = _agreement(one, other)
    if level < least:
        return None
    told = reason.format(name=_said(one, other))
    against = list(speaking_against(one, other))
    if share >= ABSTRACT_SHARE or (same_place(one, other) and least == Level.FEW):
        return Match(LIKELY if against else CERTAIN, (told, *against))
    tier = LIKELY
    if level < Level.MOST:
        against.append(few_in_both(one, other, shared))
        tier = POSSIBLE if level < Level.LEADING or apart else LIKELY
    if apart:
        if one.place[0] and other.place[0]:
            tier = POSSIBLE
        against.append(other_years(one, other))
    if is_generic(one.words) or is_generic(other.words):
        tier = POSSIBLE
    return Match(tier, (told, *dict.fromkeys(against)))


def _nearness(one: Evidence, other: Evidence, same_core: bool) -> tuple[str, Level] | None:
    """How two titles are alike, as a sentence with {name}, and how well creators must agree."""
    from rapidfuzz import fuzz

    if fuzz.ratio(one.title, other.title, score_cutoff=TITLE_RATIO) or (
        not same_core and fuzz.ratio(one.core, other.core, score_cutoff=TITLE_RATIO)
    ):
        nearly = _("Nearly the same title, and {name} in both")
        return None if _is_other_work(one, other) else (nearly, Level.FEW)
    if same_core:
        bare = _("The same title but for a label or what is in brackets, and {name} in both")
        return None if _is_other_work(one, other) else (bare, Level.FEW)
    shorter, longer = sorted((one, other), key=lambda each: (len(each.title), each.title))
    least = len(shorter.core.split()) >= TITLE_WORDS
    if least and longer.core.startswith(shorter.core + " "):
        starts = _("The one title is the beginning of the other, and {name} in both")
        return None if _is_other_work(one, other) else (starts, Level.MOST)
    if least and longer.core.partition(" ")[2] == shorter.core:  # "XTrie: …"
        ends = _("The one title is the other without its first word, and {name} in both")
        return None if _is_other_work(one, other) else (ends, Level.MOST)
    first, second = set(one.core.split()), set(other.core.split())
    if len(first & second) < OVERLAP * len(first | second) or _is_other_work(one, other):
        return None
    return _("Most words of the title are the same, and {name} in both"), Level.ALL


def _is_other_work(one: Evidence, other: Evidence) -> bool:
    """Whether one title says that it is an erratum, or a reply, to the other's paper."""
    return not OTHER_WORK.isdisjoint(set(one.words) ^ set(other.words))


def _said(one: Evidence, other: Evidence) -> str:
    """A name that is in both, as `one` writes it, the first in its list of creators."""
    shared = one.names & other.names
    creators = one.entry.creators
    return next(
        (c.full_name for c in creators if name_key(c) in shared),
        next((c.full_name for c in creators if known_in(person(c), other.people)), ""),
    )


# --- by the abstract ----------------------------------------------------------------------


def _shared_abstract(one: Evidence, other: Evidence) -> float:
    """The share of the shorter abstract's shingles that is in the other's; 0 where too short."""
    if not one.entry.abstract or not other.entry.abstract:
        return 0.0
    if one.entry.abstract == other.entry.abstract:
        return float(len(words(one.entry.abstract)) >= ABSTRACT_WORDS)
    # Of abstracts of which half is the same, samples of this size have nothing in common once in
    # 60,000 times; of those of different papers nearly always, and that is quick to see.
    if min(len(one.sample), len(other.sample)) >= SAMPLE and one.sample.isdisjoint(other.sample):
        return 0.0
    smaller = min(len(one.shingles), len(other.shingles))
    return len(one.shingles & other.shingles) / smaller if smaller else 0.0


def _by_abstract(one: Evidence, other: Evidence, share: float) -> Match | None:
    if share < ABSTRACT_SHARE:
        return None
    reason = _("The same abstract ({share} % of its word sequences)").format(
        share=round(share * 100)
    )
    against = list(speaking_against(one, other))
    if one.people and other.people and not _agreement(one, other)[0]:
        against.append(_("But no name is in both"))
    if one.title and other.title and one.title != other.title:
        if one.numbers != other.numbers:
            against.append(_("But the numbers in the titles are different"))
        elif share < RENAMED_SHARE:
            against.append(_("But the titles are different"))
    return Match(LIKELY if against else CERTAIN, (reason, *against))
