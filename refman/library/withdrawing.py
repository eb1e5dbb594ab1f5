"""Rows go out of the library, and with them what they said and gave: the steps behind leaving
rows out and taking imports back.

A paper that nothing else speaks of goes; one that is known otherwise, too, is what the other
pages and people make of it; one that would go, and with which somebody did something, stays as it
is, and its rows with it. So the library is as if the rows had never come in.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, select, update

from refman.db import schema, search_index
from refman.db.bulk import update_rows
from refman.library import changed_since, distinct, givings, known_names, parting, traces
from refman.library.import_options import ImportOptions
from refman.library.pages import Kept
from refman.library.records import called, from_json
from refman.library.regrouping import regroup
from refman.library.report import ADDED, FAILED, MERGED, SKIPPED, UNCHANGED
from refman.library.rows import PIECE
from refman.library.storing import batches, bring_all_up_to_date, load
from refman.progress import Progress

_s, _j, _lst = (table.c for table in (schema.sighting, schema.entry_joined, schema.listing))
_ROW = select(
    _s.id,
    _s.listing,
    _s.entry,
    _s.position,
    _s.raw_hash,
    _s.fields,
    _s.outcome,
    _s.reason,
    _s.review,
    _s.reviewed,
    _s.sure_names,
)


@dataclass(slots=True)
class Decision:
    """What becomes of papers when `rows` leave; every one of them is a sighting of a paper."""

    rows: list[Any]
    others: dict[int, list[Any]]  # what else speaks of them, by paper; those of before first
    again: dict[int, list[Any]]  # rows that say the same word for word and did not count so far
    going: set[int]
    staying: set[int]  # those that lose the rows
    kept: list[Kept]
    notes: dict[int, set[str]] = field(default_factory=dict)  # that the rows gave
    # Of rows that said nothing new: the listings, by paper. They gave tags, perhaps.
    unchanged: dict[int, set[int]] = field(default_factory=dict)

    @property
    def leaving(self) -> list[Any]:
        """The rows that do leave: not those of papers that are kept."""
        kept = {one.entry_id for one in self.kept}
        return [row for row in self.rows if row.entry not in kept]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The papers that were changed, those that are gone, and those that stay as they are."""

    changed: frozenset[int]
    deleted: frozenset[int]
    kept: tuple[Kept, ...]


def withdraw(
    connection: Connection,
    ids: Collection[int],
    moment: str,
    reason: str,
    progress: Progress | None = None,
) -> Withdrawn:
    """Take the sightings `ids` out of the library; they are skipped, for `reason`.

    Raises Cancelled.
    """
    progress = progress or Progress()
    decision = decide(connection, ids)
    parted = _part(connection, decision, moment)
    if parted:
        decision = decide(connection, ids)
        decision.going |= _empty(connection, parted - decision.staying - decision.going)
    progress.check()
    rows = decision.leaving
    stay = {row.id for row in decision.rows} - {row.id for row in rows}
    listings = {row.listing for row in rows}.union(*decision.unchanged.values())
    gone = traces.of(connection, decision.going)
    _hand_on(connection, decision)
    _skip(connection, set(ids) - stay, reason)
    progress.check()
    distinct.remember_all_of(connection, decision.going)
    search_index.expect(connection, len(decision.going))
    for some in batches(decision.going):
        progress.advance(len(some))
        connection.execute(delete(schema.entry).where(schema.entry.c.id.in_(some)))
    givings.withdraw(
        connection,
        decision.staying | decision.unchanged.keys(),
        listings,
        lambda entry_id: decision.notes.get(entry_id, ()),
    )
    new = regroup(connection, _left(connection, decision.staying), moment, progress)
    add_again(connection, parted)
    changed = decision.staying | decision.unchanged.keys() | parted | new
    staying = sorted(decision.staying)
    for start in range(0, len(staying), PIECE):
        some = staying[start : start + PIECE]
        bring_all_up_to_date(connection, some, moment)
        progress.advance(len(some))
    traces.prune(connection)
    traces.give_back_keys(connection, listings, decision.staying)
    changed |= traces.settle_rivals(connection, gone, moment)
    names = {name for row in rows for name in row.sure_names.split("\n") if name}
    if names:
        progress.check()
        changed |= known_names.judge_again(connection, names, moment)
    progress.check()
    return Withdrawn(
        frozenset(changed - decision.going), frozenset(decision.going), tuple(decision.kept)
    )


def decide(connection: Connection, ids: Collection[int]) -> Decision:
    """What becomes of papers when the sightings `ids` leave. Nothing is changed."""
    wanted = set(ids)
    rows = [
        row
        for some in batches(wanted)
        for row in connection.execute(
            _ROW.where(_s.id.in_(some), _s.entry.is_not(None), _s.outcome != UNCHANGED)
        )
    ]
    papers = {row.entry for row in rows}
    others: dict[int, list[Any]] = {}
    again: dict[int, list[Any]] = {}
    said = {(row.entry, row.raw_hash) for row in rows}
    for some in batches(papers):
        for row in connection.execute(
            _ROW.where(_s.entry.in_(some)).order_by(_s.listing, _s.position)
        ):
            if row.id in wanted:
                continue
            if row.outcome != UNCHANGED:
                others.setdefault(row.entry, []).append(row)
            elif (row.entry, row.raw_hash) in said:
                again.setdefault(row.entry, []).append(row)
    alone = {entry for entry in papers if entry not in others and entry not in again}
    added = {row.entry for row in rows if row.outcome == ADDED}
    # What a page merged with a paper that was typed leaves that one; of any other nothing is left.
    going = {entry for entry in alone if entry in added} | _untyped(connection, alone - added)
    merged = _merged_by_hand(connection, rows)
    came, notes = _came_with(connection, rows)
    reasons = changed_since.changes(connection, going | merged, came, notes)
    kept = {entry for entry in going if entry in reasons} | merged
    unchanged: dict[int, set[int]] = {}
    for some in batches(wanted):
        for entry, listing in connection.execute(
            select(_s.entry, _s.listing).where(
                _s.id.in_(some), _s.entry.is_not(None), _s.outcome == UNCHANGED
            )
        ):
            if entry not in going and entry not in kept:
                unchanged.setdefault(entry, set()).add(listing)
    titles = {entry: called(paper) for entry, paper in load(connection, kept).items()}
    return Decision(
        rows,
        others,
        again,
        going - kept,
        papers - going - kept,
        [Kept(entry, titles[entry], tuple(reasons.get(entry, ()))) for entry in sorted(kept)],
        notes,
        unchanged,
    )


def _untyped(connection: Connection, ids: Collection[int]) -> set[int]:
    """Those of `ids` of which a person typed nothing."""
    edit = schema.entry_edit.c
    return set(ids) - {
        entry_id
        for some in batches(ids)
        for entry_id in connection.scalars(select(edit.entry).where(edit.entry.in_(some)))
    }


def add_again(connection: Connection, ids: Collection[int]) -> None:
    """Of papers that were parted the first row added each, unless one did, or a person typed it.

    Rows that came while two papers were one were merged with what is another paper by now.
    """
    rows = [
        row
        for some in batches(_untyped(connection, ids))
        for row in connection.execute(_ROW.where(_s.entry.in_(some), _s.outcome != UNCHANGED))
    ]
    first: dict[int, Any] = {}
    for row in sorted(rows, key=_order):
        first.setdefault(row.entry, row)
    added = {row.entry for row in rows if row.outcome == ADDED}
    new = [(ADDED, "", row.id) for entry, row in first.items() if entry not in added]
    update_rows(connection, schema.sighting, ("outcome", "reason"), new)


def _empty(connection: Connection, ids: Collection[int]) -> set[int]:
    """Those of `ids`, which were parted, of which nothing is left: their pages are taken back."""
    bare = _untyped(connection, ids)
    for some in batches(bare):
        bare = bare - set(connection.scalars(select(_s.entry).where(_s.entry.in_(some))))
    # There is nothing that a key that went out could be the key of.
    return bare - changed_since.changes(connection, bare, {}, {}, given=False).keys()


def _merged_by_hand(connection: Connection, rows: Sequence[Any]) -> set[int]:
    """Papers that a person merged with others when the rows were sightings of them already."""
    newest: dict[int, str] = {}
    imported = {row.id: row.imported for row in connection.execute(select(_lst.id, _lst.imported))}
    for row in rows:
        newest[row.entry] = min(newest.get(row.entry, "~"), imported[row.listing])
    return {
        row.entry
        for some in batches(newest)
        for row in connection.execute(
            select(_j.entry, _j.made).where(_j.entry.in_(some), _j.listing.is_(None))
        )
        if newest[row.entry] <= row.made
    }


def _came_with(
    connection: Connection, rows: Sequence[Any]
) -> tuple[dict[int, tuple[str, int]], dict[int, set[str]]]:
    """The status and the rating that papers came with, and the notes that rows gave them."""
    options = _options(connection)
    by_paper: dict[int, list[Any]] = {}
    for row in rows:
        by_paper.setdefault(row.entry, []).append(row)
    came: dict[int, tuple[str, int]] = {}
    notes: dict[int, set[str]] = {}
    for entry_id, some in by_paper.items():
        some.sort(key=lambda row: (row.listing, row.position))
        seen = [from_json(row.fields) for row in some]
        first = next((row.listing for row in some if row.outcome == ADDED), some[0].listing)
        of_first = [each for row, each in zip(some, seen, strict=True) if row.listing == first]
        came[entry_id] = changed_since.came_with(options[first], of_first)
        notes[entry_id] = {text for each in seen for text in each.notes}
    return came, notes


def _options(connection: Connection) -> dict[int, ImportOptions]:
    return {
        row.id: ImportOptions.from_json(row.options)
        for row in connection.execute(select(_lst.id, _lst.options))
    }


def _part(connection: Connection, decision: Decision, moment: str) -> set[int]:
    """Part papers that an import joined of which no row is left there. The ids of both."""
    leaving = {(row.entry, row.listing) for row in decision.leaving}
    still = {(row.entry, row.listing) for rows in decision.others.values() for row in rows}
    found: set[int] = set()
    joins = [
        row
        for some in batches({entry for entry, _listing in leaving})
        for row in connection.execute(
            select(_j.uuid, _j.entry, _j.listing)
            .where(_j.entry.in_(some), _j.listing.is_not(None))
            .order_by(_j.id.desc())
        )
    ]
    for join in joins:
        if (join.entry, join.listing) in leaving - still:
            found.update(parting.part(connection, join.uuid, moment))
    return found


def _hand_on(connection: Connection, decision: Decision) -> None:
    """What said the same counts from now on; of a paper that was added the next row added it."""
    by_paper: dict[int, list[Any]] = {}
    for row in sorted(decision.leaving, key=_order):
        if row.entry in decision.staying:
            by_paper.setdefault(row.entry, []).append(row)
    promoted: list[tuple[Any, ...]] = []
    adding: list[int] = []
    heirs_of: dict[int, tuple[list[Any], list[Any]]] = {}
    for entry_id, rows in by_paper.items():
        heirs = _heirs(rows, decision.again.get(entry_id, []))
        promoted += [(MERGED, row.reason, row.review, row.reviewed, heir.id) for row, heir in heirs]
        left = sorted(
            [*decision.others.get(entry_id, []), *(heir for _row, heir in heirs)], key=_order
        )
        added = any(row.outcome == ADDED for row in rows)
        if added and left and not any(row.outcome == ADDED for row in left):
            adding.append(left[0].id)
            heirs_of[entry_id] = rows, left
    columns = ("outcome", "reason", "review", "reviewed")
    update_rows(connection, schema.sighting, columns, promoted)
    update_rows(connection, schema.sighting, columns[:2], [(ADDED, "", i) for i in adding])
    _give_plain(connection, heirs_of)


def _left(connection: Connection, ids: Collection[int]) -> dict[int, list[Any]]:
    """The rows that speak of papers, in the order in which they came."""
    found: dict[int, list[Any]] = {}
    for some in batches(ids):
        for row in connection.execute(
            select(_s.id, _s.listing, _s.entry, _s.fields)
            .where(_s.entry.in_(some), _s.outcome != UNCHANGED)
            .order_by(_s.listing, _s.position)
        ):
            found.setdefault(row.entry, []).append(row)
    return found


def _order(row: Any) -> tuple[int, int]:
    return row.listing, row.position


def _heirs(rows: Sequence[Any], again: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Each row with the one that said the same on the next import of the page, if there is one."""
    free: dict[int, list[Any]] = {}
    for other in again:
        same = free.setdefault(other.raw_hash, [])
        if not same or same[0].listing == other.listing:
            same.append(other)
    return [(row, free[row.raw_hash].pop(0)) for row in rows if free.get(row.raw_hash)]


def _give_plain(connection: Connection, papers: dict[int, tuple[list[Any], list[Any]]]) -> None:
    """Status and rating are what the next import would have given, unless a person set them."""
    if not papers:
        return
    options = _options(connection)
    e = schema.entry.c
    changed: list[tuple[Any, ...]] = []
    for some in batches(papers):
        for now in connection.execute(
            select(e.id, e.status, e.rating, e.rank).where(e.id.in_(some))
        ):
            rows, left = papers[now.id]
            old, new = (
                changed_since.came_with(
                    options[part[0].listing],
                    [from_json(r.fields) for r in part if r.listing == part[0].listing],
                )
                for part in (rows, left)
            )
            status = new[0] if now.status == old[0] and now.rank is None else now.status
            rating = new[1] if now.rating == old[1] else now.rating
            if (status, rating) != (now.status, now.rating):
                changed.append((status, rating, now.id))
    update_rows(connection, schema.entry, ("status", "rating"), changed)


def _skip(connection: Connection, ids: Collection[int], reason: str) -> None:
    """Say of rows that they are skipped, and why; those that failed stay what they are."""
    for some in batches(ids):
        connection.execute(
            update(schema.sighting)
            .where(_s.id.in_(some), _s.outcome.not_in((FAILED, SKIPPED)))
            .values(entry=None, outcome=SKIPPED, reason=reason, review="", sure_names="", asks="")
        )
