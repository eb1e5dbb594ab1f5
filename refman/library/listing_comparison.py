"""What became of a page between two imports of it: new rows, rows that are gone, changed ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from refman.db import schema
from refman.errors import UsageError
from refman.i18n import _
from refman.library.pages import (
    Change,
    ComparedRow,
    Listing,
    ListingComparison,
    listing_of,
    listings,
    same_page,
)
from refman.library.records import Seen, from_json
from refman.library.report import FAILED
from refman.library.sources import format_named
from refman.library.storing import short_names
from refman.model.text import normalised_title


@dataclass(frozen=True, slots=True)
class _Row:
    entry_id: int | None
    raw_hash: int
    seen: Seen


def earlier(connection: Connection, listing_id: int) -> list[Listing]:
    """The earlier imports of the same page, the newest first, those taken back as well: what the
    page said then is kept."""
    listing = listing_of(connection, listing_id)
    same = same_page(
        connection,
        listing.format,
        path=listing.path,
        header=listing.header,
        digest=listing.source_sha256,
        name="" if listing.name == _label(listing.format) else listing.name,
        taken_back=True,
    )
    ids = [one.id for one in same if one.id < listing_id]
    return listings(connection, ids) if ids else []


def _label(format_: str) -> str:
    """What a page is called that has no name of its own; '' of a recipe that is gone."""
    try:
        return format_named(format_).label
    except UsageError:
        return ""


def compare(
    connection: Connection, listing_id: int, earlier_id: int | None = None
) -> ListingComparison | None:
    """What became of a page since an earlier import, by default the one before.

    Rows are the same if they speak of the same paper, or else word for word, or by their title.
    Those that could not be read are left aside. Raises RefmanError where an import is gone.
    """
    if earlier_id is None:
        before = next(iter(earlier(connection, listing_id)), None)
        if before is None:
            return None
    else:
        before = listing_of(connection, earlier_id)
    old, new = _rows(connection, before.id), _rows(connection, listing_id)
    pairs = _paired(old, new)
    changes = [(new[j], _changes(old[i].seen, new[j].seen)) for i, j in pairs]
    was, is_now = {i for i, _j in pairs}, {j for _i, j in pairs}
    return ListingComparison(
        before,
        listing_of(connection, listing_id),
        new=tuple(_compared(row) for j, row in enumerate(new) if j not in is_now),
        gone=tuple(_compared(row) for i, row in enumerate(old) if i not in was),
        changed=tuple(_compared(row, found) for row, found in changes if found),
        same=sum(not found for _row, found in changes),
    )


def _rows(connection: Connection, listing_id: int) -> list[_Row]:
    s = schema.sighting.c
    return [
        _Row(entry_id, raw_hash, from_json(fields))
        for entry_id, raw_hash, fields in connection.execute(
            select(s.entry, s.raw_hash, s.fields)
            .where(s.listing == listing_id, s.outcome != FAILED)
            .order_by(s.position, s.id)
        )
    ]


def _paired(old: Sequence[_Row], new: Sequence[_Row]) -> list[tuple[int, int]]:
    """The places of rows that are the same, in the order of the new ones.

    A paper that stands twice on the page is paired word for word first.
    """
    pairs: dict[int, int] = {}  # of the old, by the new
    taken: set[int] = set()
    for key in (
        lambda row: (row.entry_id, row.raw_hash) if row.entry_id is not None else None,
        lambda row: row.entry_id,
        lambda row: row.raw_hash,
        lambda row: normalised_title(row.seen.entry.title) or None,
    ):
        free: dict[object, list[int]] = {}
        for i, row in enumerate(old):
            if i not in taken and (found := key(row)) is not None:
                free.setdefault(found, []).append(i)
        for j, row in enumerate(new):
            if j in pairs or (found := key(row)) is None or not free.get(found):
                continue
            pairs[j] = free[found].pop(0)
            taken.add(pairs[j])
    return [(pairs[j], j) for j in sorted(pairs)]


def _compared(row: _Row, changes: tuple[Change, ...] = ()) -> ComparedRow:
    entry = row.seen.entry
    names = short_names(entry.creators, entry.creators_truncated)
    return ComparedRow(entry.title or entry.abstract[:80], names, row.entry_id, changes)


def _changes(old: Seen, new: Seen) -> tuple[Change, ...]:
    """What a row says otherwise, the page's own words on it first."""
    before, after = _said(old), _said(new)
    names = [*before, *(name for name in after if name not in before)]
    return tuple(
        Change(name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    )


def _said(seen: Seen) -> dict[str, str]:
    """What a row says, in the words in which it is shown."""
    entry = seen.entry
    names = [creator.full_name for creator in entry.creators]
    return {
        "score": "" if seen.score is None else f"{seen.score:g}",
        "category": seen.category or seen.category_label or "",
        "title": entry.title,
        "code": _("yes") if seen.code else "",
        "creators": ", ".join(names) + (" et al." if entry.creators_truncated else ""),
        "date": entry.date,
        "abstract": entry.abstract,
        "affiliations": ", ".join(seen.affiliations),
        **entry.fields,
    }
