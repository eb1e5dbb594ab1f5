"""Listings: the pages that were imported, what stood on them, and what became of each row."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select, update

from refman.db import schema
from refman.db.database import Database
from refman.errors import RefmanError
from refman.formats.format import Boundary, Context, Passage
from refman.formats.markup import Page
from refman.i18n import _
from refman.library.changes import Changes, touched
from refman.library.entries import edit
from refman.library.pages import Listing, ListingComparison, TakeBack, listing_of, listings
from refman.library.records import Seen, from_json, seen_of, to_json
from refman.library.report import Report
from refman.library.sources import format_named, unpacked
from refman.library.storing import bring_up_to_date, load, now, short_names
from refman.model.creator import Creator
from refman.model.text import fold, hash64
from refman.progress import Progress


@dataclass(frozen=True, slots=True)
class SightingRow:
    """One row of a listing as the review and the sources show it.

    `seen` is what the row said; `gave` are the fields whose value the paper has from it
    (filled by `sightings_of`).
    """

    id: int
    listing_id: int
    listing_name: str
    imported: str
    entry_id: int | None
    position: int
    line: int
    raw_text: str
    seen: Seen
    title: str
    creators_text: str
    outcome: str
    reasons: tuple[str, ...]
    review: tuple[str, ...]
    reviewed: bool
    runners_up: tuple[Boundary, ...]
    gave: tuple[str, ...] = ()


class Listings:
    """Verbs on imports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> list[Listing]:
        """All imports, the newest first."""
        with self._database.read() as connection:
            return listings(connection)

    def rows(self, listing_id: int) -> Sequence[SightingRow]:
        """The rows of a listing: failed ones first, then doubtful ones, then as on the page."""
        s = schema.sighting.c
        with self._database.read() as connection:
            found = _rows(connection, s.listing == listing_id)
        return sorted(
            found,
            key=lambda row: (
                row.outcome != "failed",
                not row.review or row.reviewed,
                row.position,
            ),
        )

    def sightings_of(self, entry_id: int) -> Sequence[SightingRow]:
        """Every page that a paper was seen on, the newest first, and what it gave the paper."""
        s = schema.sighting.c
        with self._database.read() as connection:
            found = _rows(connection, (s.entry == entry_id) & (s.outcome != "unchanged"))
            entry = load(connection, [entry_id]).get(entry_id)
        if entry is None:
            return []
        return [_with_given(row, _given(row.seen, entry)) for row in reversed(found)]

    def citation_keys(self, listing_id: int) -> dict[int, str]:
        """The citation keys of a listing's papers, by their ids."""
        s, e = schema.sighting.c, schema.entry.c
        with self._database.read() as connection:
            rows = connection.execute(
                select(e.id, e.citation_key)
                .join_from(schema.sighting, schema.entry)
                .where(s.listing == listing_id)
            )
            return {row.id: row.citation_key for row in rows}

    def source_text(self, listing_id: int) -> str:
        """The page as it was imported. Raises RefmanError where it is gone."""
        with self._database.read() as connection:
            return _source_text(connection, listing_id)

    def passed_over(self, listing_id: int) -> Sequence[Passage]:
        """What around the rows was no row: navigation, buttons, footers."""
        lst = schema.listing.c
        with self._database.read() as connection:
            text = connection.scalar(select(lst.passed_over).where(lst.id == listing_id)) or "[]"
        return [Passage(line, passage) for line, passage in json.loads(text)]

    def choose(
        self,
        sighting_id: int,
        title: str,
        creators: tuple[Creator, ...],
        truncated: bool | None = None,
    ) -> Changes:
        """A person's word on where a row's title ends; it counts as typed.

        `truncated` says whether the source named not all creators; None, what the row says.
        """
        label = _("Set title and authors")
        s = schema.sighting.c
        with self._database.write(label) as connection:
            moment = now()
            row = connection.execute(
                select(s.entry, s.fields, s.reviewed).where(s.id == sighting_id)
            ).one_or_none()
            if row is None or row.entry is None:
                raise RefmanError(_("The paper of this row is not in the library any more."))
            connection.execute(
                update(schema.sighting).where(s.id == sighting_id).values(reviewed=1)
            )
            values: dict[str, Any] = {"title": title, "creators": creators}
            if truncated is None:
                truncated = from_json(row.fields).entry.creators_truncated
            if truncated:
                values["creators_truncated"] = True
            changed = edit(connection, row.entry, values, moment, equal_too=True)
            changed = bring_up_to_date(connection, row.entry, moment) or changed
        return touched(label, [row.entry] if changed or not row.reviewed else [])

    def change_as_of(
        self, listing_id: int, as_of: date, progress: Progress | None = None
    ) -> Changes:
        """Place the dates without a year of a page by another day, and read it again."""
        label = _("Change the day of a listing")
        lst, s = schema.listing.c, schema.sighting.c
        with self._database.read() as connection:
            row = connection.execute(
                select(lst.format, lst.as_of, lst.source, lst.markup).where(lst.id == listing_id)
            ).one_or_none()
        if row is None:
            raise RefmanError(_("This listing is not in the library any more."))
        if row.as_of == as_of.isoformat():
            return Changes(label)
        reader = format_named(row.format)
        page = Page(unpacked(row.source), unpacked(row.markup) if row.markup else "")
        context = Context(as_of, progress=progress or Progress())
        found = reader.read(page.wanted_by(reader), context)
        today: dict[int, list[Seen]] = {}
        for read in reversed(found.rows):
            today.setdefault(hash64(fold(read.raw_text)), []).append(
                seen_of(read, as_of.isoformat())
            )
        changed: set[int] = set()
        with self._database.write(label) as connection:
            moment = now()
            connection.execute(
                update(schema.listing).where(lst.id == listing_id).values(as_of=as_of.isoformat())
            )
            for sighting in connection.execute(
                select(s.id, s.entry, s.raw_hash, s.fields)
                .where(s.listing == listing_id, s.entry.is_not(None), s.outcome != "unchanged")
                .order_by(s.position)
            ).all():
                again = today.get(sighting.raw_hash)
                if not again:
                    continue
                fields = _with_date(sighting.fields, again.pop())
                if fields != sighting.fields:
                    connection.execute(
                        update(schema.sighting).where(s.id == sighting.id).values(fields=fields)
                    )
                    changed.add(sighting.entry)
            for entry_id in sorted(changed):
                bring_up_to_date(connection, entry_id, moment)
        return Changes(label, frozenset(changed), max(len(changed), 1))

    # --- an import as a whole

    def preview_take_back(self, listing_id: int) -> TakeBack:
        """What `take_back` would do. Raises RefmanError where there is nothing to take back."""
        from refman.library import taking_back

        with self._database.read() as connection:
            return taking_back.preview(connection, listing_id)

    def take_back(self, listing_id: int, progress: Progress | None = None) -> Changes:
        """Undo one import, whatever came after it. One undo step; the message names who stays.

        Papers that only it brought go, all others lose what it gave them, and papers that it
        joined are parted. What somebody did something with stays whole. The page and its rows
        are kept. Raises RefmanError where there is nothing to take back, Cancelled.
        """
        from refman.library import taking_back

        label = _("Take back {name}").format(name=self._named(listing_id).name)
        with self._database.write(label) as connection:
            return taking_back.take_back(connection, listing_id, label, progress or Progress())

    def read_again(self, listing_id: int, progress: Progress | None = None) -> Report:
        """Read the kept page with today's reader, as of the same day. One undo step, or none.

        Rows that say other things by now are changed, new ones come in, those that are none any
        more go; what a person set right stays. An import that was taken back is back again.
        Raises ReadError where today's reader finds no row, RefmanError where it is gone,
        Cancelled.
        """
        from refman.library import reading_again

        return reading_again.read_again(self._database, listing_id, progress or Progress())

    def earlier(self, listing_id: int) -> Sequence[Listing]:
        """The earlier imports of the same page, the newest first; those taken back, too."""
        from refman.library import listing_comparison

        with self._database.read() as connection:
            return listing_comparison.earlier(connection, listing_id)

    def compare(self, listing_id: int, earlier_id: int | None = None) -> ListingComparison | None:
        """What is new, gone and changed since an earlier import, by default the one before.

        None where there is no earlier one. Raises RefmanError where one of them is gone.
        """
        from refman.library import listing_comparison

        with self._database.read() as connection:
            return listing_comparison.compare(connection, listing_id, earlier_id)

    def _named(self, listing_id: int) -> Listing:
        with self._database.read() as connection:
            return listing_of(connection, listing_id)


def _with_date(fields: str, seen: Seen) -> str:
    """The stored fields of a sighting with the date that it has by today's reading."""
    stored = from_json(fields)
    entry = stored.entry.with_values(date=seen.entry.date)
    return to_json(replace(stored, entry=entry, year_given=seen.year_given))


def _source_text(connection: Connection, listing_id: int) -> str:
    lst = schema.listing.c
    source = connection.scalar(select(lst.source).where(lst.id == listing_id))
    if source is None:
        raise RefmanError(_("This listing is not in the library any more."))
    return unpacked(source)


def _rows(connection: Connection, where: Any) -> list[SightingRow]:
    s, lst = schema.sighting.c, schema.listing.c
    rows = connection.execute(
        select(schema.sighting, lst.name.label("listing_name"), lst.imported, lst.as_of)
        .join_from(schema.sighting, schema.listing)
        .where(where)
        .order_by(lst.imported, lst.id, s.position)
    )
    return [_sighting_row(row) for row in rows]


def _sighting_row(row: Row[Any]) -> SightingRow:
    seen = from_json(row.fields, review=row.review, reviewed=bool(row.reviewed), as_of=row.as_of)
    return SightingRow(
        id=row.id,
        listing_id=row.listing,
        listing_name=row.listing_name,
        imported=row.imported,
        entry_id=row.entry,
        position=row.position,
        line=row.line,
        raw_text=row.raw_text,
        seen=seen,
        title=seen.entry.title,
        creators_text=short_names(seen.entry.creators, seen.entry.creators_truncated),
        outcome=row.outcome,
        reasons=tuple(row.reason.splitlines()),
        review=seen.review,
        reviewed=seen.reviewed,
        runners_up=seen.runners_up,
    )


def _given(seen: Seen, entry: Any) -> tuple[str, ...]:
    """The fields whose value in `entry` is what this sighting said."""
    said = seen.entry
    found = [
        name
        for name in ("title", "creators", "date", "abstract")
        if getattr(said, name) and getattr(said, name) == getattr(entry, name)
    ]
    found += [name for name, value in said.fields.items() if entry.fields.get(name) == value]
    return tuple(found)


def _with_given(row: SightingRow, gave: tuple[str, ...]) -> SightingRow:
    return replace(row, gave=gave)
