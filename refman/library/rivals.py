"""Papers that a row may be as well: found again for one row, by the rules of an import."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from refman.db import schema
from refman.errors import RefmanError
from refman.i18n import _
from refman.library import distinct
from refman.library.evidence import Evidence
from refman.library.families import Sketches, families
from refman.library.matching import CERTAIN, Match, compare
from refman.library.records import called, from_json
from refman.library.storing import edits_of, load, short_names
from refman.model.entry import Entry
from refman.progress import Progress

_s, _e = schema.sighting.c, schema.entry.c


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that a row may be, or that it was merged with; how sure that is, and why.

    `tier` is CERTAIN, LIKELY or POSSIBLE of `library.matching`.
    """

    entry_id: int
    title: str
    creators_text: str
    year: int | None
    tier: int
    reasons: tuple[str, ...]
    merged: bool = False


def candidates(connection: Connection, sighting_id: int) -> list[Candidate]:
    """The paper that a row was merged with, then those that it may be as well, the likelier first.

    Papers in the trash, and those of which a person said that they are others, are left out.
    Raises RefmanError where the row is gone.
    """
    row = connection.execute(select(schema.sighting).where(_s.id == sighting_id)).one_or_none()
    if row is None:
        raise RefmanError(_("This row is not in the library any more."))
    said = [from_json(row.fields).entry]
    own = load(connection, [row.entry]).get(row.entry) if row.entry is not None else None
    if own is not None:
        said.append(own)  # as it is now: a title that was set right finds others
    evidence = [Evidence(one) for one in said]
    rivals = []
    for entry_id, entry in load(connection, _linked(connection, row, said)).items():
        match = _surest(evidence, [Evidence(entry)])
        if match:
            rivals.append(_candidate(entry_id, entry, match))
    rivals.sort(key=lambda one: (-one.tier, one.title, one.entry_id))
    if own is not None and (match := _grounds(connection, row, evidence[0])):
        rivals.insert(0, _candidate(row.entry, own, match, merged=True))
    return rivals


def _linked(connection: Connection, row: Row[Any], said: Sequence[Entry]) -> set[int]:
    """Papers that have something in common with what was said, but for those that are none."""
    sketches = Sketches()
    for one in said:
        sketches.add(one)
    related, _common = families(connection, sketches, range(len(said)), Progress())
    found = {entry_id for family in related for entry_id in family.papers} - {row.entry}
    trashed = select(_e.id).where(_e.id.in_(found), _e.trashed.is_not(None))
    found.difference_update(connection.scalars(trashed))
    if row.entry is not None:
        for pair in distinct.pairs_of(connection, [row.entry]):
            found.difference_update(pair)
    if found and (apart := distinct.known(connection)):
        own = distinct.said_by_row(said[0], row.raw_hash)
        others = distinct.said_by(connection, found)
        found = {i for i in found if not distinct.are_apart(apart, own, others[i])}
    return found


def _grounds(connection: Connection, row: Row[Any], evidence: Evidence) -> Match | None:
    """Why a row is its paper; None where that is known from this row alone."""
    others = select(_s.fields).where(
        _s.entry == row.entry, _s.raw_hash != row.raw_hash, _s.outcome != "unchanged"
    )
    known = [Evidence(from_json(fields).entry) for fields in connection.scalars(others)]
    if not known and (row.outcome == "added" or not edits_of(connection, row.entry)):
        return None
    match = _surest([evidence], known)
    if row.outcome == "merged" and row.reason:
        return Match(CERTAIN, tuple(row.reason.splitlines()))
    return match or Match(CERTAIN, ())


def _surest(some: Sequence[Evidence], others: Sequence[Evidence]) -> Match | None:
    matches = [match for one in some for other in others if (match := compare(one, other))]
    return max(matches, key=lambda match: match.tier, default=None)


def _candidate(entry_id: int, entry: Entry, match: Match, *, merged: bool = False) -> Candidate:
    names = short_names(entry.creators, entry.creators_truncated)
    return Candidate(entry_id, called(entry), names, entry.year, match.tier, match.reasons, merged)
