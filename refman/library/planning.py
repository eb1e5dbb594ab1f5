"""Reading a page and finding out what of it is known: all of an import but the writing.

Nothing is changed here, and nothing read but the library.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from refman.db import schema
from refman.errors import ReadError
from refman.formats import detect
from refman.formats.format import Context, Format, Found, Header, Row
from refman.i18n import _
from refman.library import known_names, recipes
from refman.library.grouping import Group, Groups, Placed, candidates
from refman.library.matching import Evidence
from refman.library.records import called
from refman.library.report import ADDED, MERGED, UNCHANGED, Record
from refman.library.sources import Source, format_named
from refman.library.storing import batches
from refman.model.text import fold, hash64
from refman.progress import Progress


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page and the rows that a format found in it, at least one."""

    source: Source
    format: Format
    found: Found

    @property
    def name(self) -> str:
        """What the page is called: its file, or its kind."""
        return self.source.name or self.format.label


@dataclass(slots=True)
class Plan:
    """A page that was matched: what is to be written for it."""

    page: PageRead
    digest: str  # of the text
    hashes: list[int]  # of the rows' raw texts
    records: list[Record] = field(default_factory=list)
    groups: dict[int, Group] = field(default_factory=dict)  # by position; not of unchanged rows
    known: dict[int, int] = field(default_factory=dict)  # the papers of unchanged rows
    same_source: bool = False

    @property
    def is_known(self) -> bool:
        """Whether this very page is in the library, with every row of it."""
        return self.same_source and not self.groups


# --- reading ----------------------------------------------------------------------------


def read_page(source: Source, format_name: str | None, progress: Progress) -> PageRead:
    """The rows of a page, read as `format_name`, or as what it looks like.

    Raises ReadError where it has no row, UsageError where there is no such format, Cancelled.
    """
    format_ = _format_of(source, format_name)
    progress.start(_("Reading {name}").format(name=source.name or format_.label))
    found = format_.read(source.wanted_by(format_), Context(source.as_of, progress))
    found.problems.extend(recipes.problems())
    if not found.count:
        raise ReadError(_no_row(source, format_))
    return PageRead(source, format_, found)


def _format_of(source: Source, name: str | None) -> Format:
    if name is not None:
        return format_named(name)
    format_ = detect(source.text, source.name, source.markup, recipes.recipes())
    if format_ is None:
        raise ReadError(
            _(
                "{name} is of no known shape: copy the rows of the page together with their "
                "titles and names, or say what it is with a format (see “refman formats”)."
            ).format(name=_quoted(source))
        )
    return format_


def _no_row(source: Source, format_: Format) -> str:
    return _(
        "There is no row in {name}, read as {format}: copy the whole list, from the first "
        "paper's first line on."
    ).format(name=_quoted(source), format=format_.label)


def _quoted(source: Source) -> str:
    return f"“{source.name}”" if source.name else _("The text")


def make_plan(connection: Connection | None, page: PageRead, progress: Progress) -> Plan:
    """Match the rows of a page with each other and, if there is a library, with its papers.

    Raises Cancelled.
    """
    rows = page.found.rows
    digest = hashlib.sha256(page.source.text.encode()).hexdigest()
    plan = Plan(page, digest, [hash64(fold(row.raw_text)) for row in rows])
    if connection is not None:
        plan.known, plan.same_source = _seen_before(connection, plan)
    new = [i for i in range(len(rows)) if i not in plan.known]
    progress.start(_("Matching {name}").format(name=page.name), len(new))
    evidence = {i: Evidence(rows[i].entry) for i in new}
    groups = candidates(connection, list(evidence.values())) if connection is not None else Groups()
    placed: dict[int, Placed] = {}
    for i in new:
        placed[i] = groups.place(i, evidence[i])
        progress.advance()
    plan.groups = {i: groups.resolve(place.group) for i, place in placed.items()}
    judged = known_names.judge(connection, rows)
    plan.records = [
        _record(judged[i], plan.groups[i], placed[i], groups)
        if i in placed
        else Record(row, UNCHANGED, (_("This row of this page is in the library."),), (),
                    plan.known[i])
        for i, row in enumerate(rows)
    ]  # fmt: skip
    _settle_outcomes(plan, groups, evidence)
    return plan


def _record(row: Row, group: Group, placed: Placed, groups: Groups) -> Record:
    reasons = placed.match.reasons if placed.match else ()
    doubts = []
    for other, match in placed.doubts:
        other = groups.resolve(other)
        if other is group:
            continue
        about = other.evidence[0].entry
        doubts.append(
            _("It may be the same as “{title}”: {reasons}.").format(
                title=called(about),
                reasons="; ".join(_lower_first(reason) for reason in match.reasons),
            )
        )
    return Record(row, MERGED, reasons, (*row.review, *doubts))


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _settle_outcomes(plan: Plan, groups: Groups, evidence: Mapping[int, Evidence]) -> None:
    """The first row of a new paper added it; the others merged into it."""
    for i, group in plan.groups.items():
        record = plan.records[i]
        if group.entry_id is None and i == min(group.rows):
            record.outcome = ADDED
            record.matched_by = ()
        elif not record.matched_by:  # it was a later row that showed where this one belongs
            match = groups.match_within(group, evidence[i])
            record.matched_by = match.reasons if match else ()


def _seen_before(connection: Connection, plan: Plan) -> tuple[dict[int, int], bool]:
    """The papers of rows that this page had before, by position; and whether all of it is known.

    It is the same page if its text is the same, or if it is of the same format and has the
    same path, or heads the same profile.
    """
    lst, s = schema.listing.c, schema.sighting.c
    path = plan.page.source.path
    listings = [
        listing
        for listing in connection.execute(
            select(lst.id, lst.source_sha256, lst.path, lst.profile).where(
                lst.format == plan.page.format.name
            )
        )
        if listing.source_sha256 == plan.digest
        or (path and listing.path == path)
        or _same_profile(plan.page.found.header, listing.profile)
    ]
    if not listings:
        return {}, False
    ids = [listing.id for listing in listings]
    papers: dict[int, int] = {}
    for some in batches(set(plan.hashes)):
        found = connection.execute(
            select(s.raw_hash, s.entry)
            .where(s.raw_hash.in_(some), s.listing.in_(ids), s.entry.is_not(None))
            .order_by(s.id.desc())
        )
        papers.update((raw_hash, entry_id) for raw_hash, entry_id in found)
    known = {i: papers[h] for i, h in enumerate(plan.hashes) if h in papers}
    return known, any(listing.source_sha256 == plan.digest for listing in listings)


def _same_profile(header: Header, profile: str) -> bool:
    """Whether a listing was headed by the same person and subject."""
    if not header.name:
        return False
    known = json.loads(profile)
    return (known.get("name"), known.get("subject")) == (header.name, header.subject)
