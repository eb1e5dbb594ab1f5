"""Steps that leave rows of imports out of the library, and take them in again.

A row that was left out is skipped, and stays out when its page is imported again, until it is
taken in again or the whole import is taken back.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, update

from refman.db import schema
from refman.errors import UsageError
from refman.formats.format import Format
from refman.library import recipes
from refman.library.import_options import ImportOptions
from refman.library.importing import give_options
from refman.library.pages import Kept
from refman.library.planning import PageRead, left_out_reason, make_plan, unchanged_reason
from refman.library.records import from_json, row_of
from refman.library.report import FAILED, SKIPPED, UNCHANGED
from refman.library.sources import Source, format_named
from refman.library.storing import batches
from refman.library.withdrawing import withdraw
from refman.library.writing import Writing
from refman.progress import Progress

_s, _lst = schema.sighting.c, schema.listing.c


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The papers that were changed, those that are gone, and those that stay as they are.

    The rows of papers that are kept stay as well.
    """

    changed: frozenset[int]
    deleted: frozenset[int]
    kept: tuple[Kept, ...]


def leave_out(connection: Connection, sighting_ids: Collection[int], moment: str) -> LeftOut:
    """Leave rows out; the same rows on other imports of the page are left out with them.

    The papers lose what the rows said and gave. One that nothing else speaks of is deleted,
    unless somebody did something with it: then it is kept, with the row, and named.
    """
    gone = withdraw(connection, _with_same(connection, sighting_ids), moment, left_out_reason())
    return LeftOut(gone.changed, gone.deleted, gone.kept)


def take_in(connection: Connection, sighting_ids: Collection[int], moment: str) -> set[int]:
    """Take rows in that were left out, matched as in an import. The papers that were touched."""
    skipped: dict[int, list[Any]] = {}
    for some in batches(sighting_ids):
        for row in connection.execute(
            select(schema.sighting).where(_s.id.in_(some), _s.outcome == SKIPPED)
        ):
            skipped.setdefault(row.listing, []).append(row)
    touched: set[int] = set()
    for listing_id, rows in sorted(skipped.items()):
        # A row that an earlier listing of this call has brought in stands there again.
        rows = [row for row in rows if _is_skipped(connection, row.id)]
        if not rows:
            continue
        rows.sort(key=lambda row: row.position)
        touched |= _take_in(connection, listing_id, rows, moment)
    return touched


def _take_in(connection: Connection, listing_id: int, rows: list[Any], moment: str) -> set[int]:
    listing = connection.execute(
        select(_lst.format, _lst.name, _lst.path, _lst.as_of, _lst.options).where(
            _lst.id == listing_id
        )
    ).one()
    day = date.fromisoformat(listing.as_of)
    page = PageRead(Source("", listing.name, listing.path, day), _format(listing.format))
    for row in rows:
        page.take(row_of(from_json(row.fields), row.line, row.raw_text))
    options = ImportOptions.from_json(listing.options)
    plan = make_plan(connection, page, Progress(), anew=True)
    _report, changed = Writing(
        connection,
        plan,
        replace(options, workspace=False),
        Progress(),
        moment=moment,
        listing_id=listing_id,
        sightings=[row.id for row in rows],
        places=[row.position for row in rows],
    ).run()
    changed |= give_options(connection, listing_id, options, plan.records.entry_ids())
    for place, row in enumerate(rows):
        _stand_again(connection, row, plan.records.entry_id(place))
    return changed


def _format(name: str) -> Format:
    """The format of a listing, or any where it is a recipe that is gone: nothing is read."""
    try:
        return format_named(name)
    except UsageError:
        return recipes.formats()[0]


def _is_skipped(connection: Connection, sighting_id: int) -> bool:
    outcome = connection.scalar(select(_s.outcome).where(_s.id == sighting_id))
    return outcome == SKIPPED


def _with_same(connection: Connection, sighting_ids: Collection[int]) -> set[int]:
    """The rows, and those that said the same of the same papers word for word."""
    found = set(sighting_ids)
    said = {
        (row.entry, row.raw_hash)
        for some in batches(sighting_ids)
        for row in connection.execute(
            select(_s.entry, _s.raw_hash).where(
                _s.id.in_(some), _s.entry.is_not(None), _s.outcome != FAILED
            )
        )
    }
    for some in batches({entry for entry, _hash in said}):
        for row in connection.execute(
            select(_s.id, _s.entry, _s.raw_hash).where(_s.entry.in_(some))
        ):
            if (row.entry, row.raw_hash) in said:
                found.add(row.id)
    return found


def _stand_again(connection: Connection, row: Any, entry_id: int | None) -> None:
    """The same row on other imports of the page, left out with it, stands there again."""
    connection.execute(
        update(schema.sighting)
        .where(
            _s.raw_hash == row.raw_hash,
            _s.outcome == SKIPPED,
            _s.reason == row.reason,
            _s.listing.in_(
                select(_lst.id).where(
                    _lst.taken_back == "",
                    _lst.format
                    == select(_lst.format).where(_lst.id == row.listing).scalar_subquery(),
                )
            ),
        )
        .values(entry=entry_id, outcome=UNCHANGED, reason=unchanged_reason())
    )
