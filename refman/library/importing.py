"""Importing: the verb that puts a page into the library, as one undo step.

Reading and matching (`planning`) come before the one write transaction; should the library
change in between, the matching is done again inside it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from refman.db import schema
from refman.db.database import Database
from refman.formats.format import Format, Problem, Row
from refman.i18n import _
from refman.library import collection_tree, extras, known_names, recipes
from refman.library.changes import STATUSES, Changes
from refman.library.citation_keys import KeyRing
from refman.library.entries import check_status, next_id, replace_provisional_key
from refman.library.grouping import Group
from refman.library.joining import best_keeper, join
from refman.library.merging import Paper, resolve
from refman.library.planning import PageRead, Plan, make_plan, read_page
from refman.library.records import Seen, seen_of, to_json
from refman.library.report import ADDED, FAILED, UNCHANGED, Report, entry_ids
from refman.library.sources import Source, packed
from refman.library.storing import (
    NewPaper,
    batches,
    bring_up_to_date,
    insert_papers,
    new_id,
    now,
)
from refman.library.tags import attach_names, checked_name
from refman.model.text import fold, hash64
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

    def checked(self) -> "ImportOptions":
        """With the names as they are kept. Raises UsageError where one cannot be."""
        if self.status is not None:
            check_status(self.status)
        if self.collection is not None:
            collection_tree.checked_path(self.collection)
        return replace(self, tags=tuple(checked_name(tag) for tag in self.tags))


class Importing:
    """The verb `run`."""

    def __init__(self, database: Database | None) -> None:
        """Without a database there is nothing known, and only a dry run can be done."""
        self._database = database

    @staticmethod
    def formats() -> Sequence[Format]:
        """All formats, recipes included; not each of them reads."""
        return recipes.formats()

    def run(
        self,
        page: Source | PageRead,
        options: ImportOptions | None = None,
        *,
        progress: Progress | None = None,
        dry_run: bool = False,
    ) -> Report:
        """Import a page. Raises ReadError where it has no row, UsageError for bad options.

        Cancelled is raised where `progress` was cancelled; then nothing was changed.
        """
        options = (options or ImportOptions()).checked()
        progress = progress or Progress()
        if isinstance(page, Source):
            page = read_page(page, options.format, progress)
        if self._database is None:
            return _report(make_plan(None, page, progress))
        version = self._database.data_version()
        with self._database.read() as connection:
            plan = make_plan(connection, page, progress)
            if dry_run:
                return _report(plan)
            if plan.is_known and not (options.tags or options.collection):
                return _nothing_new(connection, plan)
        with self._database.write(_label(plan)) as connection:
            if self._database.data_version() != version:
                plan = make_plan(connection, page, progress)
            if plan.is_known:
                report = _nothing_new(connection, plan)
                changed: set[int] = set()
            else:
                report, changed = _write(connection, plan, options, progress)
            ids = entry_ids(report.records)
            changed.update(attach_names(connection, options.tags, ids, origin="manual"))
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


# --- reporting -------------------------------------------------------------------------


def _label(plan: Plan) -> str:
    return _("Import {name}").format(name=plan.page.name)


def _nothing_new(connection: Connection, plan: Plan) -> Report:
    """The report of a page of which every row is there; nothing is written for it."""
    report = _report(plan)
    _fill_in(connection, report, plan.known)
    report.changes = Changes(_label(plan), message=report.sentence())
    return report


def _report(plan: Plan) -> Report:
    """The report of a plan that is not carried out."""
    page = plan.page
    return Report(
        name=page.source.name,
        format=page.format.name,
        as_of=page.source.as_of,
        header=page.found.header,
        records=plan.records,
        problems=page.found.problems,
        passed_over=page.found.passed_over,
    )


# --- writing ----------------------------------------------------------------------------


def _write(
    connection: Connection, plan: Plan, options: ImportOptions, progress: Progress
) -> tuple[Report, set[int]]:
    """Carry out a plan. The report, and every paper that it touched, those joined included."""
    moment = now()
    rows = plan.page.found.rows
    progress.start(_("Writing {name}").format(name=plan.page.name), len(plan.groups))
    report = _report(plan)
    listing_id = _insert_listing(connection, plan, moment)
    report.listing_id = listing_id
    as_of = plan.page.source.as_of.isoformat()
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
    extras.note(
        connection,
        ((by_position[i], rows[i]) for i in plan.groups),
        plan.page.source.path,
        moment,
    )
    judged = known_names.judge_again(connection, known_names.sure_of(rows), moment)
    _fill_in(connection, report, by_position)
    return report, {*entry_ids(report.records), *joined, *judged}


def _insert_listing(connection: Connection, plan: Plan, moment: str) -> int:
    source, found = plan.page.source, plan.page.found
    result = connection.execute(
        insert(schema.listing).values(
            format=plan.page.format.name,
            name=source.name or found.header.name or found.header.affiliation or plan.page.name,
            path=source.path,
            profile=json.dumps(asdict(found.header), ensure_ascii=False),
            source=packed(source.text),
            markup=packed(source.markup) if source.markup else None,
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
    plan: Plan,
    listing_id: int,
    seen: Sequence[Seen],
    entries: dict[int, int | None],
) -> None:
    found: list[dict[str, object]] = []
    for i, (row, record) in enumerate(zip(plan.page.found.rows, plan.records, strict=True)):
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
    found.extend(_failed_sighting(listing_id, p) for p in plan.page.found.problems if p.failed)
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
