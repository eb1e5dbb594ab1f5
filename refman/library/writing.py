"""Writing a page into the library as planned: its papers, its rows, and what it gives them.

All of it happens inside the caller's transaction; what is known of each row by then is in the
plan (`planning`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, func, select, update

from refman.db import schema, search_index
from refman.db.bulk import AMONG, insert_rows, rows_among, update_rows
from refman.formats.format import Problem, Row
from refman.i18n import _
from refman.library import known_names
from refman.library.changes import STATUSES
from refman.library.citation_keys import KeyRing
from refman.library.entries import next_id, replace_provisional_key
from refman.library.extras import Extras
from refman.library.grouping import Group
from refman.library.import_options import ImportOptions
from refman.library.joining import best_keeper, join
from refman.library.made import Making
from refman.library.merging import resolve
from refman.library.planning import Plan
from refman.library.records import Seen, from_json, seen_of, to_json
from refman.library.report import ADDED, MERGED, SKIPPED, UNCHANGED, Records, Report
from refman.library.rows import PIECE
from refman.library.stored_page import SIGHTING, insert_failed, insert_listing, places_of
from refman.library.storing import (
    NewPaper,
    batches,
    bring_all_up_to_date,
    insert_papers,
    now,
)
from refman.model.citation_key import legal
from refman.progress import Progress

_e, _s = schema.entry.c, schema.sighting.c
_NAMED = select(_e.id, _e.uuid, _e.citation_key).where(_e.id.in_(AMONG))
_PROVISIONAL = select(_e.id).where(_e.id.in_(AMONG), _e.key_provisional != 0)
_LOOKED_AT = select(_s.entry, _s.fields, _s.review).where(
    _s.entry.in_(AMONG), _s.reviewed != 0, _s.review != ""
)


def report_of(plan: Plan) -> Report:
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


class Writing:
    """A plan being carried out, piece by piece, in the caller's transaction."""

    def __init__(
        self,
        connection: Connection,
        plan: Plan,
        options: ImportOptions,
        progress: Progress,
        *,
        moment: str = "",
        listing_id: int | None = None,
        sightings: Sequence[int | None] = (),
        places: Sequence[int] = (),
    ) -> None:
        """The rows go into a new listing, or into one that is there already.

        Then `sightings` are those that rows have in it, None where one has none yet, and
        `places` their places on the page.
        """
        self._connection = connection
        self._listing = listing_id
        self._sightings = sightings
        self._places = places
        self._plan = plan
        self._page = plan.page
        self._records = plan.records
        self._options = options
        self._progress = progress
        self._moment = moment or now()
        self._as_of = plan.page.source.as_of.isoformat()
        self._joined: dict[int, int] = {}  # papers that are gone, and what they are a part of now
        self._wanted: dict[int, str] = {}  # keys that rows gave, where another may have been taken
        self._sure_names: set[str] = set()

    def run(self) -> tuple[Report, set[int]]:
        """The report, and every paper that was touched, those that were joined included."""
        connection, page, plan = self._connection, self._page, self._plan
        total = len(page.rows) - len(plan.known) - len(plan.left_out)
        self._progress.start(_("Writing {name}").format(name=page.name), total)
        report = report_of(plan)
        anew = self._listing is None
        if self._listing is None:
            self._listing = insert_listing(connection, page, self._options, self._moment)
        report.listing_id = self._listing
        making = Making(connection, self._listing)
        self._join_known()
        merged = _known(plan.groups.values())  # before new ones get their ids
        new = self._give_ids()
        ring = KeyRing(connection, new)
        extras = Extras(connection, self._listing, page.source.path, self._moment)
        places = self._places or places_of(page)
        passed = plan.known.keys() | plan.left_out
        for start, piece in page.rows.pieces():
            self._progress.check()
            seen = [self._seen(i, row) for i, row in enumerate(piece, start)]
            self._insert_papers(ring, start, piece, seen)
            self._insert_sightings(start, piece, seen, places)
            wanted = [i for i in range(start, start + len(piece)) if i not in passed]
            extras.take((self._entry_of(i), piece[i - start]) for i in wanted)
            search_index.catch_up(connection)
            self._progress.advance(len(wanted))
        if anew:
            insert_failed(connection, self._listing, page, places[len(page.rows) :])
        self._settle_again(merged, places)
        self._update(merged, making)
        extras.finish(self._progress)
        making.note()
        self._progress.check()
        judged = known_names.judge_again(connection, self._sure_names, self._moment)
        self._progress.check()
        fill_in(connection, report, self._records, self._wanted)
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
                j = schema.entry_joined
                before = self._connection.scalar(select(func.max(j.c.id))) or 0
                join(self._connection, group.entry_id, others, self._moment)
                self._connection.execute(
                    update(j).where(j.c.id > before).values(listing=self._listing)
                )
            self._joined.update(dict.fromkeys(others, group.entry_id))

    def _give_ids(self) -> int:
        """Say of each record which paper it is, or will be. The number of new ones."""
        first = entry_id = next_id(self._connection)
        for i in range(len(self._records)):
            if i in self._plan.known:
                known = self._plan.known[i]
                self._records.set_entry_id(i, self._joined.get(known, known))
                continue
            if i in self._plan.left_out:
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
        self, start: int, piece: Sequence[Row], seen: Sequence[Seen], places: Sequence[int]
    ) -> None:
        found: list[tuple[Any, ...]] = []
        known: list[tuple[Any, ...]] = []
        for i, (row, what) in enumerate(zip(piece, seen, strict=True), start):
            left_out = i in self._plan.left_out
            key = row.entry.citation_key
            if key and key != self._records.citation_keys[i] and not left_out:
                self._wanted[i] = key
            names, asks = (frozenset(), ()) if left_out else known_names.columns(row)
            self._sure_names.update(names)
            sighting = self._sightings[i] if self._sightings else None
            values = (
                self._listing,
                self._records.entry_id(i),
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
            if sighting is None:
                found.append(values)
            else:
                known.append((*values, sighting))
        insert_rows(self._connection, schema.sighting, SIGHTING, found)
        update_rows(self._connection, schema.sighting, SIGHTING, known)

    def _settle_again(self, merged: Sequence[Group], places: Sequence[int]) -> None:
        """A person looked at what earlier rows of a paper said: the same doubt of the same title
        and names is no new one. So a page whose scores change every week asks once."""
        looked_at: dict[int, list[Seen]] = {}
        ids = [group.entry_id for group in merged if group.entry_id is not None]
        for entry_id, fields, review in rows_among(self._connection, _LOOKED_AT, ids):
            looked_at.setdefault(entry_id, []).append(from_json(fields, review=review))
        settled: list[int] = []
        for i, doubts in [*self._records.reviews.items()]:
            row = self._records.rows[i].entry
            for seen in looked_at.get(self._records.entry_id(i) or 0, ()):
                said = (seen.entry.title, seen.entry.creators) == (row.title, row.creators)
                if said and set(doubts) <= set(seen.review):
                    settled.append(places[i])
                    del self._records.reviews[i]
                    break
        for some in batches(settled):
            self._connection.execute(
                update(schema.sighting)
                .where(_s.listing == self._listing, _s.position.in_(some), _s.outcome == MERGED)
                .values(reviewed=1)
            )

    def _update(self, merged: Sequence[Group], making: Making) -> None:
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
                    with making.replacing_key(entry_id):
                        replace_provisional_key(self._connection, entry_id, wanted)


def _known(groups: Iterable[Group]) -> list[Group]:
    """Those that are papers of the library, each once."""
    return [group for group in dict.fromkeys(groups) if group.entry_id is not None]


def _wanted_key(positions: Sequence[int], rows: Sequence[Row]) -> str:
    """The citation key that the page itself gives a paper, or ''."""
    keys = {i: row.entry.citation_key for i, row in zip(positions, rows, strict=True)}
    return next((key for i in sorted(keys) if (key := keys[i])), "")


def fill_in(
    connection: Connection, report: Report, records: Records, wanted: Mapping[int, str]
) -> None:
    """Say of each record which paper it is now; and of a .bib where a key had to give way."""
    unnamed = [i for i, uuid in enumerate(records.uuids) if uuid is None]
    ids = {entry_id for i in unnamed if (entry_id := records.entry_id(i)) is not None}
    found = {row[0]: row[1:] for row in rows_among(connection, _NAMED, ids)}
    for i in unnamed:
        if named := found.get(records.entry_id(i) or 0):
            records.uuids[i], records.citation_keys[i] = named
    for i, key in wanted.items():
        own = records.citation_keys[i]
        if records.outcome(i) not in (UNCHANGED, SKIPPED) and key != own:
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
