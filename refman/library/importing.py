"""Importing: the verb that puts a page into the library, as one undo step.

Reading and matching (`planning`) come before the one write transaction; should the library
change in between, the matching is done again inside it.
"""

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, func, insert, select

from refman.db import schema, search_index
from refman.db.bulk import AMONG, insert_rows, rows_among, write_blob
from refman.db.database import Database
from refman.errors import ReadError, UsageError
from refman.formats.format import Format, Problem, Row
from refman.i18n import _
from refman.library import collection_tree, known_names, recipes
from refman.library.changes import STATUSES, Changes
from refman.library.citation_keys import KeyRing
from refman.library.entries import check_status, next_id, replace_provisional_key
from refman.library.extras import Extras
from refman.library.grouping import Group
from refman.library.joining import best_keeper, join
from refman.library.merging import resolve
from refman.library.planning import PageRead, Plan, make_plan, read_page
from refman.library.records import Seen, seen_of, to_json
from refman.library.report import ADDED, FAILED, UNCHANGED, Records, Report
from refman.library.rows import PIECE
from refman.library.sources import Source, packed
from refman.library.storing import (
    NewPaper,
    bring_all_up_to_date,
    insert_papers,
    new_id,
    now,
)
from refman.library.tags import attach_names, checked_name
from refman.model.citation_key import legal
from refman.model.text import fold, hash64
from refman.progress import Progress

_MANY = 500  # papers, above which a view does not ask which they are

_e = schema.entry.c
_NAMED = select(_e.id, _e.uuid, _e.citation_key).where(_e.id.in_(AMONG))
_PROVISIONAL = select(_e.id).where(_e.id.in_(AMONG), _e.key_provisional != 0)
_SIGHTING = tuple(c.name for c in schema.sighting.columns if c.name not in ("id", "reviewed"))


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user wants done with every paper of an import, those known already included.

    `status` is for new papers only; None leaves what the page says, else `inbox`. With
    `workspace` a .bib file is kept, to be written back byte for byte.
    """

    format: str | None = None
    tags: tuple[str, ...] = ()
    collection: str | None = None
    status: str | None = None
    workspace: bool = False

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
        data = _bytes_to_keep(page) if options.workspace and not dry_run else None
        version = self._database.data_version()
        with self._database.read() as connection:
            plan = make_plan(connection, page, progress)
            if dry_run:
                return _report(plan)
            if plan.is_known and not (options.tags or options.collection or options.workspace):
                return _nothing_new(connection, plan)
        with self._database.write(_label(plan)) as connection:
            if self._database.data_version() != version:
                plan = make_plan(connection, page, progress)
            if plan.is_known:
                report = _nothing_new(connection, plan)
                changed: set[int] = set()
            else:
                report, changed = _Writing(connection, plan, options, progress).run()
            ids = plan.records.entry_ids()
            changed.update(attach_names(connection, options.tags, ids, origin="manual"))
            if options.collection and ids:
                into = collection_tree.ensure(connection, options.collection)
                changed.update(collection_tree.put_into(connection, into, ids))
            if data is not None:
                changed.update(_keep(connection, plan, report, options, data))
            search_index.refresh(connection, progress.check)
            progress.check()
        report.changes = Changes(
            _label(plan),
            frozenset(changed),
            max(len(changed), not plan.is_known),  # a page of failed rows is kept, too
            everything=len(changed) > _MANY,
            message=report.sentence(),
        )
        return report


def _bytes_to_keep(page: PageRead) -> bytes:
    """The bytes of a file that is to be a workspace. Raises UsageError for anything else."""
    from refman.library import revising

    if page.format.name != "bibtex" or not page.source.path:
        raise UsageError(_("Only a .bib file can be a workspace."))
    data = revising.bytes_of(Path(page.source.path))
    if Source.from_bytes(data).digest != page.source.digest:
        raise ReadError(_("The file was changed while it was read: import it again."))
    return data


def _keep(
    connection: Connection, plan: Plan, report: Report, options: ImportOptions, data: bytes
) -> set[int]:
    """Make the page a workspace, of this import or of the one that brought the same file."""
    from refman.library import revising

    lst = schema.listing.c
    same = (lst.source_sha256 == plan.page.source.digest) & (lst.format == "bibtex")
    listing_id = report.listing_id or connection.scalar(select(func.max(lst.id)).where(same))
    assert listing_id is not None  # a page that is known has one
    path = options.collection
    into = None if path is None else collection_tree.ensure(connection, path)
    return revising.keep(connection, listing_id, data, into)


# --- reporting -------------------------------------------------------------------------


def _label(plan: Plan) -> str:
    return _("Import {name}").format(name=plan.page.name)


def _nothing_new(connection: Connection, plan: Plan) -> Report:
    """The report of a page of which every row is there; nothing is written for it."""
    report = _report(plan)
    _fill_in(connection, report, plan.records, {})
    report.changes = Changes(_label(plan), message=report.sentence())
    return report


def _report(plan: Plan) -> Report:
    """The report of a plan that is not carried out."""
    page = plan.page
    return Report(
        name=page.source.name,
        format=page.format.name,
        as_of=page.source.as_of,
        header=page.header,
        records=plan.records,
        problems=list(page.problems),
        passed_over=page.passed_over,
        infers_years=page.infers_years,
    )


# --- writing ----------------------------------------------------------------------------


class _Writing:
    """A plan being carried out, piece by piece, in the caller's transaction."""

    def __init__(
        self, connection: Connection, plan: Plan, options: ImportOptions, progress: Progress
    ) -> None:
        self._connection = connection
        self._plan = plan
        self._page = plan.page
        self._records = plan.records
        self._options = options
        self._progress = progress
        self._moment = now()
        self._as_of = plan.page.source.as_of.isoformat()
        self._joined: dict[int, int] = {}  # papers that are gone, and what they are a part of now
        self._wanted: dict[int, str] = {}  # keys that rows gave, where another may have been taken
        self._sure_names: set[str] = set()

    def run(self) -> tuple[Report, set[int]]:
        """The report, and every paper that was touched, those that were joined included."""
        connection, page, plan = self._connection, self._page, self._plan
        total = len(page.rows) - len(plan.known)
        self._progress.start(_("Writing {name}").format(name=page.name), total)
        report = _report(plan)
        report.listing_id = self._listing_id = _insert_listing(connection, page, self._moment)
        self._join_known()
        merged = _known(plan.groups.values())  # before new ones get their ids
        new = self._give_ids()
        ring = KeyRing(connection, new)
        extras = Extras(connection, page.source.path, self._moment)
        places = _places(page)
        for start, piece in page.rows.pieces():
            self._progress.check()
            seen = [self._seen(i, row) for i, row in enumerate(piece, start)]
            self._insert_papers(ring, start, piece, seen)
            self._insert_sightings(start, piece, seen, places)
            wanted = [i for i in range(start, start + len(piece)) if i not in plan.known]
            extras.take((self._entry_of(i), piece[i - start]) for i in wanted)
            search_index.catch_up(connection)
            self._progress.advance(len(wanted))
        self._insert_failed(places)
        self._update(merged)
        extras.finish(self._progress)
        self._progress.check()
        judged = known_names.judge_again(connection, self._sure_names, self._moment)
        self._progress.check()
        _fill_in(connection, report, self._records, self._wanted)
        return report, {*self._records.entry_ids(), *self._joined, *judged}

    def _join_known(self) -> None:
        """Make one paper of those of the library of which rows have shown that they are one."""
        for group in dict.fromkeys(self._plan.groups.values()):
            if not group.joined:
                continue
            everyone = [i for i in (group.entry_id, *group.joined) if i is not None]
            group.entry_id = best_keeper(self._connection, everyone)
            others = [i for i in everyone if i != group.entry_id]
            if others:
                join(self._connection, group.entry_id, others, self._moment)
            self._joined.update(dict.fromkeys(others, group.entry_id))

    def _give_ids(self) -> int:
        """Say of each record which paper it is, or will be. The number of new ones."""
        first = entry_id = next_id(self._connection)
        for i in range(len(self._records)):
            if i in self._plan.known:
                known = self._plan.known[i]
                self._records.set_entry_id(i, self._joined.get(known, known))
                continue
            group = self._plan.groups.get(i)
            if group is not None and group.entry_id is not None:
                self._records.set_entry_id(i, group.entry_id)
                continue
            self._records.set_entry_id(i, entry_id)
            if group is not None:
                group.entry_id = entry_id
            entry_id += 1
        return entry_id - first

    def _entry_of(self, row: int) -> int:
        entry_id = self._records.entry_id(row)
        assert entry_id is not None
        return entry_id

    def _seen(self, i: int, row: Row) -> Seen:
        """The sighting that a row becomes."""
        seen = seen_of(row, self._as_of)
        review = self._records.reviews.get(i, ())
        judged = self._records.rows[i] if self._page.is_uncertain else row
        if judged is row and review == row.review:
            return seen
        return known_names.judged(seen, judged, review[len(judged.review) :])

    def _insert_papers(
        self, ring: KeyRing, start: int, piece: Sequence[Row], seen: Sequence[Seen]
    ) -> None:
        """Write the new papers whose first row is in a piece."""
        papers: list[NewPaper] = []
        for i, (row, what) in enumerate(zip(piece, seen, strict=True), start):
            if self._records.outcome(i) != ADDED:
                continue
            group = self._plan.groups.get(i)
            if group is None or len(group.rows) == 1:
                rows, said, group_rows = [row], [what], [i]
            else:
                group_rows = group.rows
                rows = [self._page.rows[j] for j in group_rows]
                said = [self._seen(j, each) for j, each in zip(group_rows, rows, strict=True)]
            paper = resolve(said)
            wanted = _wanted_key(group_rows, rows)
            entry = paper.entry.with_values(citation_key=wanted) if wanted else paper.entry
            key, provisional = ring.make(entry)
            statuses = [each.status for each in rows if each.status in STATUSES]
            new = NewPaper(
                self._entry_of(i),
                str(uuid4()),
                key,
                provisional,
                paper,
                status=self._options.status or (statuses[0] if statuses else None) or "inbox",
                rating=max(each.rating or 0 for each in rows),
                fingerprint=self._fingerprint(group_rows, rows, paper.entry.title, entry.abstract),
            )
            papers.append(new)
            self._records.uuids[i], self._records.citation_keys[i] = new.uuid, key
        insert_papers(self._connection, papers, self._moment)

    def _fingerprint(
        self, positions: Sequence[int], rows: Sequence[Row], title: str, abstract: str
    ) -> tuple[int, ...]:
        """The fingerprint that matching worked out, where it is still the paper's."""
        for i, row in zip(positions, rows, strict=True):
            if (row.entry.title, row.entry.abstract) == (title, abstract):
                return self._page.sketches.fingerprint(i)
        return ()

    def _insert_sightings(
        self, start: int, piece: Sequence[Row], seen: Sequence[Seen], places: "Sequence[int]"
    ) -> None:
        found = []
        for i, (row, what) in enumerate(zip(piece, seen, strict=True), start):
            if (key := row.entry.citation_key) and key != self._records.citation_keys[i]:
                self._wanted[i] = key
            names, asks = known_names.columns(row)
            self._sure_names.update(names)
            found.append(
                (
                    self._listing_id,
                    self._entry_of(i),
                    places[i],
                    row.line,
                    row.raw_text,
                    self._page.hashes[i],
                    to_json(what),
                    self._records.outcome(i),
                    "\n".join(self._records.matched_by.get(i, ())),
                    "\n".join(self._records.reviews.get(i, ())),
                    "\n".join(sorted(names)),
                    "\n".join(asks),
                )
            )
        insert_rows(self._connection, schema.sighting, _SIGHTING, found)

    def _insert_failed(self, places: "Sequence[int]") -> None:
        failed = [problem for problem in self._page.problems if problem.failed]
        found = [
            (
                self._listing_id,
                None,
                place,
                problem.line,
                problem.text,
                hash64(fold(problem.text)),
                "{}",
                FAILED,
                problem.message,
                "",
                "",
                "",
            )
            for problem, place in zip(failed, places[len(self._page.rows) :], strict=True)
        ]
        insert_rows(self._connection, schema.sighting, _SIGHTING, found)

    def _update(self, merged: Sequence[Group]) -> None:
        """Bring the papers up to date that were there before and of which a row speaks."""
        for start in range(0, len(merged), PIECE):
            self._progress.check()
            some = {group.entry_id: group for group in merged[start : start + PIECE]}
            ids = [entry_id for entry_id in some if entry_id is not None]
            bring_all_up_to_date(self._connection, ids, self._moment)
            provisional = {row[0] for row in rows_among(self._connection, _PROVISIONAL, ids)}
            for entry_id in ids:
                if entry_id in provisional:
                    rows = [self._page.rows[i] for i in some[entry_id].rows]
                    wanted = _wanted_key(some[entry_id].rows, rows)
                    replace_provisional_key(self._connection, entry_id, wanted)


def _known(groups: Iterable[Group]) -> list[Group]:
    """Those that are papers of the library, each once."""
    return [group for group in dict.fromkeys(groups) if group.entry_id is not None]


def _places(page: PageRead) -> "Sequence[int]":
    """At which place of the page each row stands, and behind them those that failed."""
    lines = array("q", page.lines)
    lines.extend(problem.line for problem in page.problems if problem.failed)
    if all(one <= other for one, other in pairwise(lines)):
        return range(len(lines))
    places = array("q", bytes(8 * len(lines)))
    for place, i in enumerate(sorted(range(len(lines)), key=lines.__getitem__)):
        places[i] = place
    return places


def _insert_listing(connection: Connection, page: PageRead, moment: str) -> int:
    source, header = page.source, page.header
    result = connection.execute(
        insert(schema.listing).values(
            format=page.format.name,
            name=source.name or header.name or header.affiliation or page.name,
            path=source.path,
            profile=json.dumps(asdict(header), ensure_ascii=False),
            source=b"",
            markup=packed(source.markup) if source.markup else None,
            source_sha256=source.digest,
            as_of=source.as_of.isoformat(),
            imported=moment,
            passed_over=json.dumps([[p.line, p.text] for p in page.passed_over]),
        )
    )
    listing_id = new_id(result)
    size, pieces = source.packed()
    write_blob(connection, schema.listing.c.source, listing_id, size, pieces)
    return listing_id


def _wanted_key(positions: Sequence[int], rows: Sequence[Row]) -> str:
    """The citation key that the page itself gives a paper, or ''."""
    keys = {i: row.entry.citation_key for i, row in zip(positions, rows, strict=True)}
    return next((key for i in sorted(keys) if (key := keys[i])), "")


def _fill_in(
    connection: Connection, report: Report, records: Records, wanted: Mapping[int, str]
) -> None:
    """Say of each record which paper it is now; and of a .bib where a key had to give way."""
    unnamed = [i for i, uuid in enumerate(records.uuids) if uuid is None]
    ids = {records.entry_id(i) for i in unnamed}
    found = {row[0]: row[1:] for row in rows_among(connection, _NAMED, ids)}
    for i in unnamed:
        if named := found.get(records.entry_id(i)):
            records.uuids[i], records.citation_keys[i] = named
    for i, key in wanted.items():
        own = records.citation_keys[i]
        if records.outcome(i) != UNCHANGED and key != own:
            if records.outcome(i) != ADDED:
                said = _(
                    "This paper is in the library with the citation key “{key}”, not “{wanted}”."
                )
            elif legal(key) != key:
                said = _(
                    "“{wanted}” has signs that LaTeX takes for others: this paper has “{key}”."
                )
            else:
                said = _("The citation key “{wanted}” is in use: this paper has “{key}”.")
            message = said.format(wanted=key, key=own)
            report.problems.append(Problem(records.rows[i].line, key, message, failed=False))
