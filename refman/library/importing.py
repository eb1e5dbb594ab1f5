"""Importing: read a page, find out what is known, and put the rest in, as one undo step.

Reading and matching come before the one write transaction; should the library change in
between, the matching is done again inside it.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from refman.db import schema
from refman.db.database import Database
from refman.errors import ReadError
from refman.formats import detect
from refman.formats.format import Context, Format, Found, Header, Problem, Row
from refman.i18n import _
from refman.library import collection_tree, known_names
from refman.library.changes import STATUSES, Changes
from refman.library.citation_keys import KeyRing
from refman.library.entries import check_status, next_id, replace_provisional_key
from refman.library.grouping import Group, Groups, Placed, candidates
from refman.library.joining import best_keeper, join
from refman.library.matching import Evidence
from refman.library.merging import Paper, resolve
from refman.library.records import Seen, called, seen_of, to_json
from refman.library.report import (
    ADDED,
    FAILED,
    MERGED,
    UNCHANGED,
    Record,
    Report,
    entry_ids,
)
from refman.library.sources import Source, format_named
from refman.library.storing import (
    NewPaper,
    batches,
    bring_up_to_date,
    insert_papers,
    new_id,
    now,
)
from refman.library.tags import attach_names, checked_name
from refman.model.text import fold, hash64, squeeze
from refman.progress import Progress

PIECE = 500  # rows between two looks at the Stop button


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user wants done with every paper of an import, those known already included.

    `status` is for new papers only; None leaves what the page says, else `inbox`.
    """

    format: str | None = None
    tags: tuple[str, ...] = ()
    collection: str | None = None
    status: str | None = None


@dataclass(slots=True)
class _Plan:
    """A page that was read and matched, and what is to be written for it."""

    source: Source
    format: Format
    found: Found
    records: list[Record]
    digest: str
    hashes: list[int]  # of the rows' raw texts
    groups: dict[int, Group]  # by the row's position; not of unchanged rows
    known: dict[int, int]  # the papers of unchanged rows, by position
    same_source: bool
    evidence: dict[int, Evidence]  # by the row's position; not of unchanged rows

    @property
    def is_known(self) -> bool:
        """Whether this very page is in the library, with every row of it."""
        return self.same_source and not self.groups


class Importing:
    """The verb `run`."""

    def __init__(self, database: Database | None) -> None:
        """Without a database there is nothing known, and only a dry run can be done."""
        self._database = database

    def run(
        self,
        source: Source,
        options: ImportOptions | None = None,
        *,
        progress: Progress | None = None,
        dry_run: bool = False,
    ) -> Report:
        """Import a page. Raises ReadError where it has no row, UsageError for bad options.

        Cancelled is raised where `progress` was cancelled; then nothing was changed.
        """
        options = options or ImportOptions()
        if options.status is not None:
            check_status(options.status)
        tags = [checked_name(tag) for tag in options.tags]
        progress = progress or Progress()
        format_ = _format_of(source, options.format)
        progress.start(_("Reading {name}").format(name=source.name or format_.label))
        found = format_.read(source.text, Context(source.as_of, progress))
        if not found.count:
            raise ReadError(_no_row(source, format_))
        if self._database is None:
            return _report(_plan(None, source, format_, found, progress))
        version = self._database.data_version()
        with self._database.read() as connection:
            plan = _plan(connection, source, format_, found, progress)
            if dry_run:
                return _report(plan)
            if plan.is_known and not (tags or options.collection):
                return _nothing_new(connection, plan)
        with self._database.write(_label(plan)) as connection:
            if self._database.data_version() != version:
                plan = _plan(connection, source, format_, found, progress)
            if plan.is_known:
                report = _nothing_new(connection, plan)
                changed: set[int] = set()
            else:
                report, changed = _write(connection, plan, options, progress)
            ids = entry_ids(report.records)
            changed.update(attach_names(connection, tags, ids, origin="manual"))
            if options.collection and ids:
                into = collection_tree.ensure(connection, options.collection)
                changed.update(collection_tree.put_into(connection, into, ids))
            progress.check()
        report.changes = Changes(
            _label(plan),
            frozenset(changed),
            max(len(changed), not plan.is_known),  # a page of failed rows is kept, too
            everything=len(changed) > PIECE,
            message=report.sentence(),
        )
        return report


# --- reading ----------------------------------------------------------------------------


def _format_of(source: Source, name: str | None) -> Format:
    if name is not None:
        return format_named(name)
    format_ = detect(source.text, source.name)
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


# --- matching ---------------------------------------------------------------------------


def _plan(
    connection: Connection | None, source: Source, format_: Format, found: Found, progress: Progress
) -> _Plan:
    digest = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    hashes = [hash64(fold(row.raw_text)) for row in found.rows]
    plan = _Plan(source, format_, found, [], digest, hashes, {}, {}, same_source=False, evidence={})
    if connection is not None:
        plan.known, plan.same_source = _seen_before(connection, plan)
    new = [i for i in range(len(found.rows)) if i not in plan.known]
    progress.start(_("Matching {name}").format(name=source.name or format_.label), len(new))
    plan.evidence = {i: Evidence(found.rows[i].entry) for i in new}
    rows = list(plan.evidence.values())
    groups = candidates(connection, rows) if connection is not None else Groups()
    placed: dict[int, Placed] = {}
    for i in new:
        placed[i] = groups.place(i, plan.evidence[i])
        progress.advance()
    plan.groups = {i: groups.resolve(place.group) for i, place in placed.items()}
    judged = known_names.judge(connection, found.rows)
    plan.records = [
        _record(judged[i], plan.groups[i], placed[i], groups)
        if i in placed
        else Record(row, UNCHANGED, (_("This row of this page is in the library."),), (),
                    plan.known[i])
        for i, row in enumerate(found.rows)
    ]  # fmt: skip
    _settle_outcomes(plan, groups)
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


def _settle_outcomes(plan: _Plan, groups: Groups) -> None:
    """The first row of a new paper added it; the others merged into it."""
    for i, group in plan.groups.items():
        record = plan.records[i]
        if group.entry_id is None and i == min(group.rows):
            record.outcome = ADDED
            record.matched_by = ()
        elif not record.matched_by:  # it was a later row that showed where this one belongs
            match = groups.match_within(group, plan.evidence[i])
            record.matched_by = match.reasons if match else ()


def _seen_before(connection: Connection, plan: _Plan) -> tuple[dict[int, int], bool]:
    """The papers of rows that this page had before, by position; and whether all of it is known.

    It is the same page if its text is the same, or if it is of the same format and has the
    same path, or heads the same profile.
    """
    lst, s = schema.listing.c, schema.sighting.c
    listings = [
        listing
        for listing in connection.execute(
            select(lst.id, lst.source_sha256, lst.path, lst.profile).where(
                lst.format == plan.format.name
            )
        )
        if listing.source_sha256 == plan.digest
        or (plan.source.path and listing.path == plan.source.path)
        or _same_profile(plan.found.header, listing.profile)
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


def _label(plan: _Plan) -> str:
    return _("Import {name}").format(name=plan.source.name or plan.format.label)


def _nothing_new(connection: Connection, plan: _Plan) -> Report:
    """The report of a page of which every row is there; nothing is written for it."""
    report = _report(plan)
    _fill_in(connection, report, plan.known)
    report.changes = Changes(_label(plan), message=report.sentence())
    return report


def _report(plan: _Plan) -> Report:
    """The report of a plan that is not carried out."""
    return Report(
        name=plan.source.name,
        format=plan.format.name,
        as_of=plan.source.as_of,
        header=plan.found.header,
        records=plan.records,
        problems=plan.found.problems,
        passed_over=plan.found.passed_over,
    )


# --- writing ----------------------------------------------------------------------------


def _write(
    connection: Connection, plan: _Plan, options: ImportOptions, progress: Progress
) -> tuple[Report, set[int]]:
    """Carry out a plan. The report, and every paper that it touched, those joined included."""
    moment = now()
    rows = plan.found.rows
    name = plan.source.name or plan.format.label
    progress.start(_("Writing {name}").format(name=name), len(plan.groups))
    report = _report(plan)
    listing_id = _insert_listing(connection, plan, moment)
    report.listing_id = listing_id
    as_of = plan.source.as_of.isoformat()
    seen = [
        known_names.judged(seen_of(row, as_of), record.row, record.review[len(record.row.review) :])
        for row, record in zip(rows, plan.records, strict=True)
    ]
    groups = list(dict.fromkeys(plan.groups.values()))
    joined: dict[int, int] = {}  # papers that are gone, and what they are a part of now
    for group in groups:
        if group.joined:
            everyone = [i for i in (group.entry_id, *group.joined) if i is not None]
            group.entry_id = best_keeper(connection, everyone)
            others = [i for i in everyone if i != group.entry_id]
            if others:
                join(connection, group.entry_id, others, moment)
            joined.update(dict.fromkeys(others, group.entry_id))
    new = [group for group in groups if group.entry_id is None]
    known = [group for group in groups if group.entry_id is not None]
    _insert_new(connection, new, rows, seen, options, moment, progress)
    by_position = {i: group.entry_id for i, group in plan.groups.items()}
    by_position.update((i, joined.get(known_id, known_id)) for i, known_id in plan.known.items())
    _insert_sightings(connection, plan, listing_id, seen, by_position)
    for group in known:
        assert group.entry_id is not None
        bring_up_to_date(connection, group.entry_id, moment)
        replace_provisional_key(connection, group.entry_id, _wanted_key(group, rows))
        progress.advance(len(group.rows))
    _note_extras(connection, plan, by_position, moment)
    judged = known_names.judge_again(connection, known_names.sure_of(rows), moment)
    _fill_in(connection, report, by_position)
    return report, {*entry_ids(report.records), *joined, *judged}


def _insert_listing(connection: Connection, plan: _Plan, moment: str) -> int:
    source, found = plan.source, plan.found
    result = connection.execute(
        insert(schema.listing).values(
            format=plan.format.name,
            name=source.name or found.header.name or found.header.affiliation or plan.format.label,
            path=source.path,
            profile=json.dumps(asdict(found.header), ensure_ascii=False),
            source=zlib.compress(source.text.encode("utf-8", "surrogatepass"), 3),
            source_sha256=plan.digest,
            as_of=source.as_of.isoformat(),
            imported=moment,
            passed_over=json.dumps([[p.line, p.text] for p in found.passed_over]),
        )
    )
    return new_id(result)


def _insert_new(
    connection: Connection,
    groups: Sequence[Group],
    rows: Sequence[Row],
    seen: Sequence[Seen],
    options: ImportOptions,
    moment: str,
    progress: Progress,
) -> None:
    ring = KeyRing(connection, len(groups))
    entry_id = next_id(connection)
    for start in range(0, len(groups), PIECE):
        papers = []
        for group in groups[start : start + PIECE]:
            group.entry_id = entry_id
            paper = resolve([seen[i] for i in group.rows])
            wanted = paper.entry.with_values(citation_key=_wanted_key(group, rows))
            key, provisional = ring.make(wanted)
            said = [rows[i].status for i in group.rows if rows[i].status in STATUSES]
            papers.append(
                NewPaper(
                    entry_id,
                    str(uuid4()),
                    key,
                    provisional,
                    paper,
                    status=options.status or (said[0] if said else None) or "inbox",
                    rating=max((rows[i].rating or 0 for i in group.rows), default=0),
                    fingerprint=_reckoned(group, paper),
                )
            )
            entry_id += 1
            progress.advance(len(group.rows))
        insert_papers(connection, papers, moment)


def _reckoned(group: Group, paper: Paper) -> tuple[int, ...]:
    """The fingerprint that matching worked out, where it is still the paper's."""
    entry = paper.entry
    for evidence in group.evidence:
        if (evidence.entry.title, evidence.entry.abstract) == (entry.title, entry.abstract):
            return evidence.fingerprint
    return ()


def _wanted_key(group: Group, rows: Sequence[Row]) -> str:
    """The citation key that the page itself gives a paper, or ''."""
    return next((key for i in sorted(group.rows) if (key := rows[i].entry.citation_key)), "")


def _insert_sightings(
    connection: Connection,
    plan: _Plan,
    listing_id: int,
    seen: Sequence[Seen],
    entries: dict[int, int | None],
) -> None:
    found: list[dict[str, object]] = []
    for i, (row, record) in enumerate(zip(plan.found.rows, plan.records, strict=True)):
        found.append(
            {
                "listing": listing_id,
                "entry": entries[i],
                "line": row.line,
                "raw_text": row.raw_text,
                "raw_hash": plan.hashes[i],
                "fields": to_json(seen[i]),
                "outcome": record.outcome,
                "reason": "\n".join(record.matched_by),
                "review": "\n".join(record.review),
                **known_names.columns(row),
            }
        )
    found.extend(_failed_sighting(listing_id, p) for p in plan.found.problems if p.failed)
    found.sort(key=lambda values: int(str(values["line"])))
    for position, values in enumerate(found):
        values["position"] = position
    if found:
        connection.execute(insert(schema.sighting), found)


def _failed_sighting(listing_id: int, problem: Problem) -> dict[str, object]:
    return {
        "listing": listing_id,
        "entry": None,
        "line": problem.line,
        "raw_text": problem.text,
        "raw_hash": hash64(fold(problem.text)),
        "fields": "{}",
        "outcome": FAILED,
        "reason": problem.message,
        "review": "",
        "sure_names": "",
        "asks": "",
    }


def _note_extras(
    connection: Connection, plan: _Plan, entries: dict[int, int | None], moment: str
) -> None:
    """Tags, collections and notes that the source itself gives its papers."""
    tags: dict[str, list[int]] = {}
    collections: dict[str, list[int]] = {}
    notes: list[dict[str, object]] = []
    for i in plan.groups:
        row, entry_id = plan.found.rows[i], entries[i]
        assert entry_id is not None
        for name in row.entry.keywords:
            if clean := squeeze(name):
                tags.setdefault(checked_name(clean), []).append(entry_id)
        for path in row.collections:
            collections.setdefault(path, []).append(entry_id)
        notes.extend(
            {"entry": entry_id, "kind": "note", "comment": note, "made": moment, "modified": moment}
            for note in row.notes
        )
    for name, ids in sorted(tags.items()):
        attach_names(connection, [name], dict.fromkeys(ids), origin="import")
    for path, ids in sorted(collections.items()):
        collection_tree.put_into(connection, collection_tree.ensure(connection, path), ids)
    if notes:
        connection.execute(insert(schema.annotation), notes)


def _fill_in(connection: Connection, report: Report, entries: Mapping[int, int | None]) -> None:
    """Say of each record which paper it is now; and of a .bib where a key had to give way."""
    e = schema.entry.c
    ids = {entry_id for entry_id in entries.values() if entry_id is not None}
    found = {}
    for some in batches(ids):
        rows = connection.execute(select(e.id, e.uuid, e.citation_key).where(e.id.in_(some)))
        found.update({row.id: (row.uuid, row.citation_key) for row in rows})
    for i, record in enumerate(report.records):
        record.entry_id = entries[i]
        if record.entry_id in found:
            record.uuid, record.citation_key = found[record.entry_id]
        wanted = record.row.entry.citation_key
        if wanted and record.outcome != UNCHANGED and wanted != record.citation_key:
            said = (
                _("The citation key “{wanted}” is in use: this paper has “{key}”.")
                if record.outcome == ADDED
                else _(
                    "This paper is in the library with the citation key “{key}”, not “{wanted}”."
                )
            )
            message = said.format(wanted=wanted, key=record.citation_key)
            report.problems.append(Problem(record.row.line, wanted, message, failed=False))
