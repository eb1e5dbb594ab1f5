"""Reading a kept page again with today's reader, as of its own day and with its own options.

Rows are known again word for word, else by the line in which they begin. What a row says
otherwise by now is changed in its sighting; a row that is new comes in; one that is none any more
goes, unless somebody did something with its paper. What a person set right, looked at or left out
stays so; but an import that was taken back is taken in again, every row of it.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, select, update

from refman.db import schema, search_index
from refman.db.bulk import update_rows
from refman.db.database import Database
from refman.errors import UsageError
from refman.formats.format import Problem, Row
from refman.i18n import _
from refman.library import givings, known_names, rivals
from refman.library.changes import Changes
from refman.library.extras import Extras
from refman.library.import_options import ImportOptions
from refman.library.importing import give_options
from refman.library.joining import best_first, join, settle_doubts
from refman.library.matching import CERTAIN
from refman.library.pages import listing_of
from refman.library.planning import PageRead, left_out_reason, make_plan, read_page
from refman.library.records import Seen, from_json, seen_of, to_json
from refman.library.regrouping import make_one
from refman.library.report import FAILED, MERGED, SKIPPED, UNCHANGED, Records, Report
from refman.library.rows import Rows
from refman.library.sources import Source, format_named, unpacked
from refman.library.stored_page import insert_failed, places_of
from refman.library.storing import batches, bring_all_up_to_date, now
from refman.library.withdrawing import withdraw
from refman.library.writing import Writing
from refman.progress import Progress

_MANY = 500  # papers, above which a view does not ask which they are
_s, _lst = schema.sighting.c, schema.listing.c
_COLUMNS = ("position", "line", "raw_text", "raw_hash", "fields", "review", "sure_names", "asks")


@dataclass(slots=True)
class _Work:
    """One page that is read again, in the caller's transaction."""

    connection: Connection
    listing_id: int
    page: PageRead
    places: Sequence[int]
    options: ImportOptions
    moment: str
    progress: Progress


def read_again(database: Database, listing_id: int, progress: Progress) -> Report:
    """Read the page of an import again. One undo step, or none where nothing is otherwise.

    Raises ReadError where today's reader finds no row, RefmanError where the import is gone,
    Cancelled.
    """
    with database.read() as connection:
        listing = listing_of(connection, listing_id)
        kept = connection.execute(
            select(_lst.source, _lst.markup).where(_lst.id == listing_id)
        ).one()
    source = Source(
        unpacked(kept.source),
        listing.name,
        listing.path,
        date.fromisoformat(listing.as_of),
        unpacked(kept.markup) if kept.markup else "",
    )
    page = read_page(source, _still_there(listing.format), progress)
    label = _("Read {name} again").format(name=listing.name)
    with database.write(label) as connection:
        taken_back = bool(listing_of(connection, listing_id).taken_back)
        work = _Work(
            connection, listing_id, page, places_of(page), listing.options, now(), progress
        )
        records, changed, told, failed_otherwise = _carry_out(work, taken_back=taken_back)
        different = _update_listing(connection, listing_id, page) or failed_otherwise
        search_index.refresh(connection, progress.check)
        progress.check()
    report = Report(
        name=listing.name,
        format=page.format.name,
        as_of=source.as_of,
        header=page.header,
        records=records,
        problems=[*page.problems, *told],
        passed_over=page.passed_over,
        infers_years=page.infers_years,
        listing_id=listing_id,
    )
    report.changes = Changes(
        label,
        frozenset(changed),
        max(len(changed), int(different or bool(told))),
        everything=len(changed) > _MANY,
        message=report.sentence(),
    )
    return report


def _still_there(format_: str) -> str | None:
    """The format, or None where it was a recipe that is gone: then the page is looked at anew."""
    try:
        return format_named(format_).name
    except UsageError:
        return None


def _update_listing(connection: Connection, listing_id: int, page: PageRead) -> bool:
    """Keep what the page says besides its rows. Whether that is otherwise than before."""
    values = {
        "format": page.format.name,
        "profile": json.dumps(asdict(page.header), ensure_ascii=False),
        "passed_over": json.dumps([[one.line, one.text] for one in page.passed_over]),
        "taken_back": "",
    }
    where = _lst.id == listing_id
    known = connection.execute(select(*(_lst[name] for name in values)).where(where)).one()
    if tuple(known) == tuple(values.values()):
        return False
    connection.execute(update(schema.listing).where(where).values(values))
    return True


def _carry_out(work: _Work, *, taken_back: bool) -> tuple[Records, set[int], list[Problem], bool]:
    """The records of the rows, the papers that were touched, what is to be told, and whether
    other rows fail than before."""
    connection, page = work.connection, work.page
    stored = connection.execute(
        select(schema.sighting).where(_s.listing == work.listing_id).order_by(_s.position, _s.id)
    ).all()
    failed_otherwise = _failed_again(work, [row for row in stored if row.outcome == FAILED])
    known = [row for row in stored if row.outcome != FAILED]
    pairs = _paired(page, known)
    there_still = {row.id for row in pairs.values()}
    touched, told = _without(work, [row for row in known if row.id not in there_still])
    rows: Sequence[Row] = page.rows
    if page.is_uncertain:
        sure = [row.sure_names for row in pairs.values()]
        rows = known_names.judge(connection, page.rows, sure)
    records = Records(rows)
    wanted: list[int] = []  # rows that come in
    there: list[int] = []
    for i in range(len(page.rows)):
        row = pairs.get(i)
        if row is None or (taken_back and row.outcome == SKIPPED):
            wanted.append(i)
            continue
        there.append(i)
        if row.outcome == SKIPPED:
            records.set_outcome(i, SKIPPED)
            records.matched_by[i] = (left_out_reason(),)
        else:
            records.set_outcome(i, UNCHANGED)
            if row.entry is not None:
                records.set_entry_id(i, row.entry)
    touched |= _read_otherwise(work, records, {i: pairs[i] for i in there})
    touched |= _come_in(work, records, wanted, pairs)
    if taken_back:
        touched |= _join_again(work, records, wanted)
    _name(connection, records)
    return records, touched, told, failed_otherwise


def _paired(page: PageRead, known: Sequence[Any]) -> dict[int, Any]:
    """The sightings of rows, by position: word for word, else by their lines."""
    pairs: dict[int, Any] = {}
    taken: set[int] = set()
    for ours, theirs in ((page.hashes, "raw_hash"), (page.lines, "line")):
        free: dict[int, list[Any]] = {}
        for row in known:
            if row.id not in taken:
                free.setdefault(getattr(row, theirs), []).append(row)
        for i, one in enumerate(ours):
            if i not in pairs and free.get(one):
                pairs[i] = free[one].pop(0)
                taken.add(pairs[i].id)
    return pairs


def _failed_again(work: _Work, stored: Sequence[Any]) -> bool:
    """Keep the rows that cannot be read today in the place of those that could not then.

    Whether they are others.
    """
    failed = [problem for problem in work.page.problems if problem.failed]
    told = [(one.line, one.text, one.message) for one in failed]
    if told == [(row.line, row.raw_text, row.reason) for row in stored]:
        return False
    connection = work.connection
    for some in batches([row.id for row in stored]):
        connection.execute(delete(schema.sighting).where(_s.id.in_(some)))
    insert_failed(connection, work.listing_id, work.page, work.places[len(work.page.rows) :])
    return True


def _without(work: _Work, gone: Sequence[Any]) -> tuple[set[int], list[Problem]]:
    """Take rows out that today's reader does not see; those of papers that are kept stay."""
    if not gone:
        return set(), []
    connection = work.connection
    reason = _("Today's reader sees no row here.")
    left = withdraw(connection, [row.id for row in gone], work.moment, reason, work.progress)
    kept = {one.entry_id for one in left.kept}
    told = []
    for row in gone:
        if row.entry in kept:
            message = _(
                "Today's reader sees no row here; it stays, as somebody did something with its "
                "paper since."
            )
        else:
            message = reason
            connection.execute(delete(schema.sighting).where(_s.id == row.id))
        told.append(Problem(row.line, row.raw_text[:80], message, failed=False))
    return {*left.changed, *left.deleted}, told


def _read_otherwise(work: _Work, records: Records, pairs: dict[int, Any]) -> set[int]:
    """Change the sightings of rows that say other things by now. The papers that changed by it."""
    connection, page = work.connection, work.page
    as_of = page.source.as_of.isoformat()
    new: list[tuple[Any, ...]] = []
    papers: dict[int, tuple[Seen, Seen]] = {}
    extras = Extras(connection, work.listing_id, page.source.path, work.moment)
    names: set[str] = set()
    work.progress.start(_("Comparing {name}").format(name=page.name), len(pairs))
    for i, row in pairs.items():
        work.progress.advance()
        read, before = page.rows[i], from_json(row.fields)
        seen = replace(seen_of(read, as_of), rivals=before.rivals)
        sure, asks = known_names.columns(read)
        counts = row.outcome not in (UNCHANGED, SKIPPED)
        if row.outcome == SKIPPED:
            sure, asks = frozenset(), ()
        review = "\n".join((*records.rows[i].review, *before.rivals)) if counts else row.review
        values = (
            work.places[i],
            read.line,
            read.raw_text,
            page.hashes[i],
            to_json(seen),
            review,
            "\n".join(sorted(sure)),
            "\n".join(asks),
        )
        if values == tuple(getattr(row, name) for name in _COLUMNS):
            continue
        new.append((*values, row.id))
        names.update({*row.sure_names.split("\n")} ^ sure)
        if not counts or row.entry is None:
            continue
        if (values[4], review) != (row.fields, row.review):
            records.set_outcome(i, MERGED)
            records.matched_by[i] = (_("Today's reader reads this row otherwise."),)
            papers[row.entry] = before, seen
            extras.take([(row.entry, _more(read, before))])
    update_rows(connection, schema.sighting, _COLUMNS, new)
    extras.finish(work.progress)
    notes = {entry_id: before.notes for entry_id, (before, _seen) in papers.items()}
    givings.withdraw(connection, papers, [work.listing_id], lambda i: notes.get(i, ()))
    changed: set[int] = set()
    for some in batches(papers):
        changed |= bring_all_up_to_date(connection, some, work.moment)
    changed |= known_names.judge_again(connection, names - {""}, work.moment)
    return changed | {*papers}


def _more(read: Row, before: Seen) -> Row:
    """The row with what it gives besides the record only as far as it did not before.

    So a tag that was taken off a paper does not come again.
    """
    return replace(
        read,
        entry=read.entry.with_values(
            citation_key="",
            keywords=_new(read.entry.keywords, before.entry.keywords),
        ),
        collections=_new(read.collections, before.collections),
        notes=_new(read.notes, before.notes),
        attachments=tuple(one for one in read.attachments if one not in before.attachments),
        aliases=_new(read.aliases, before.aliases),
    )


def _new(now_: Iterable[str], before: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in now_ if one not in before)


def _come_in(
    work: _Work, records: Records, wanted: Sequence[int], pairs: dict[int, Any]
) -> set[int]:
    """Take rows in as an import does. The papers that were touched."""
    if not wanted:
        return set()
    part = PageRead(work.page.source, work.page.format, work.page.header, Rows())
    for i in wanted:
        part.take(work.page.rows[i])
    search_index.catch_up(work.connection)  # what was parted is to be found
    plan = make_plan(work.connection, part, work.progress, anew=True)
    known = {i: pairs[i].id for i in wanted if i in pairs}
    _report, changed = Writing(
        work.connection,
        plan,
        work.options,
        work.progress,
        moment=work.moment,
        listing_id=work.listing_id,
        sightings=[known.get(i) for i in wanted],
        places=[work.places[i] for i in wanted],
    ).run()
    ids = plan.records.entry_ids()
    changed |= give_options(work.connection, work.listing_id, work.options, ids)
    for place, i in enumerate(wanted):
        records.set_outcome(i, plan.records.outcome(place))
        if (entry_id := plan.records.entry_id(place)) is not None:
            records.set_entry_id(i, entry_id)
        records.matched_by[i] = plan.records.matched_by.get(place, ())
        records.reviews[i] = plan.records.reviews.get(place, ())
    return changed


def _join_again(work: _Work, records: Records, wanted: Sequence[int]) -> set[int]:
    """Join papers that came apart when the import was taken back. Those that were touched.

    The rows of other pages were one paper only by a row of this one that came before them: with
    it there they are again what they were. `make_plan` knows no order of pages, and is in doubt.
    """
    connection = work.connection
    touched: set[int] = set()
    places = {work.places[i]: i for i in wanted if records.reviews.get(i)}
    doubtful = [
        (places[row.position], row.id)
        for row in connection.execute(
            select(_s.id, _s.position)
            .where(_s.listing == work.listing_id, _s.review != "", _s.fields.contains('"rivals"'))
            .order_by(_s.position)
        )
        if row.position in places
    ]
    for i, sighting_id in doubtful:
        work.progress.check()
        for rival in rivals.candidates(connection, sighting_id):
            own = connection.scalar(select(_s.entry).where(_s.id == sighting_id))
            one_of = {own, rival.entry_id}
            if own is None or rival.tier < CERTAIN or len(one_of) == 1:
                continue
            if not make_one(connection, own, rival.entry_id):
                continue
            keeper, other = best_first(connection, [[own, rival.entry_id]])[0]
            settle_doubts(connection, [own, rival.entry_id])
            join(connection, keeper, [other], work.moment, listing=work.listing_id)
            records.set_entry_id(i, keeper)
            touched |= {keeper, other}
    return touched


def _name(connection: Connection, records: Records) -> None:
    """Say of each record which paper it is now."""
    e = schema.entry.c
    named: dict[int, tuple[str, str]] = {}
    for some in batches(records.entry_ids()):
        for entry_id, uuid, key in connection.execute(
            select(e.id, e.uuid, e.citation_key).where(e.id.in_(some))
        ):
            named[entry_id] = uuid, key
    for i in range(len(records)):
        if found := named.get(records.entry_id(i) or 0):
            records.uuids[i], records.citation_keys[i] = found
