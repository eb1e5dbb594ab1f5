"""Reviewing an import: what a person says of its rows, one by one or all together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, select, update

from refman.db import schema
from refman.db.database import Database
from refman.errors import RefmanError, UsageError
from refman.i18n import _
from refman.library import rivals
from refman.library.changes import Changes, touched
from refman.library.citation_keys import KeyRing
from refman.library.entries import check_status, edit, merge, next_id
from refman.library.import_options import ImportOptions
from refman.library.importing import give_options
from refman.library.joining import best_keeper, keep_apart
from refman.library.leaving_out import leave_out, take_in
from refman.library.merging import resolve
from refman.library.pages import Kept
from refman.library.records import called
from refman.library.report import ADDED, FAILED, MERGED, SKIPPED
from refman.library.rivals import Candidate
from refman.library.splitting import split_off
from refman.library.storing import (
    NewPaper,
    batches,
    bring_all_up_to_date,
    bring_up_to_date,
    check_there,
    insert_papers,
    load,
    now,
)
from refman.model.entry import Entry

_s = schema.sighting.c


class Reviewing:
    """Verbs on the rows of imports. Each is one transaction and one undo step."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- reading

    def candidates(self, sighting_id: int) -> list[Candidate]:
        """The paper that a row was merged with, then those that it may be as well.

        The likelier first; raises RefmanError where the row is gone.
        """
        with self._database.read() as connection:
            return rivals.candidates(connection, sighting_id)

    # --- verbs

    def accept(self, sighting_ids: Collection[int]) -> Changes:
        """Rows look right: their doubts are settled. One undo step for all of them."""
        label = _("Mark {rows} as right").format(rows=rows(len(sighting_ids)))
        changed: set[int] = set()
        count = 0
        with self._database.write(label) as connection:
            moment = now()
            for some in batches(sighting_ids):
                fresh = (_s.id.in_(some), _s.reviewed == 0)
                found = connection.execute(select(_s.entry).where(*fresh)).all()
                connection.execute(update(schema.sighting).where(*fresh).values(reviewed=1))
                changed.update(row.entry for row in found if row.entry is not None)
                count += len(found)
            for some in batches(changed):
                bring_all_up_to_date(connection, some, moment)
        return Changes(label, frozenset(changed), count)

    def set(self, sighting_id: int, values: Mapping[str, Any]) -> Changes:
        """Set fields of a row's paper, as in `Entries.edit`; it counts as typed.

        A row that could not be read becomes a paper by it. Raises UsageError where a value
        cannot be, RefmanError where the row has no paper.
        """
        label = _("Set a row right")
        with self._database.write(label) as connection:
            moment = now()
            row = _row(connection, sighting_id)
            if row.outcome == FAILED and row.entry is None:
                entry_id = _read_by_hand(connection, sighting_id, moment)
            else:
                entry_id = _paper_of(row)
            _mark_reviewed(connection, sighting_id)
            changed = edit(connection, entry_id, values, moment, equal_too=True)
            changed = bring_up_to_date(connection, entry_id, moment) or changed
        return touched(label, [entry_id] if changed or not row.reviewed else [])

    def leave_out(self, sighting_ids: Collection[int]) -> Changes:
        """Leave rows out: they are skipped, and stay so when their page is imported again.

        A paper that has nothing else goes, unless somebody changed it: that one is kept, with
        its row, and named.
        """
        label = _("Leave out {rows}").format(rows=rows(len(sighting_ids)))
        with self._database.write(label) as connection:
            before = _skipped(connection, sighting_ids)
            left = leave_out(connection, sighting_ids, now())
            count = _skipped(connection, sighting_ids) - before
        return Changes(label, left.changed | left.deleted, count, message=_said(count, left.kept))

    def take_in(self, sighting_ids: Collection[int]) -> Changes:
        """Take rows in that were left out: they are matched again, as in an import."""
        label = _("Take in {rows}").format(rows=rows(len(sighting_ids)))
        with self._database.write(label) as connection:
            count = _skipped(connection, sighting_ids)
            changed = take_in(connection, sighting_ids, now())
        return Changes(label, frozenset(changed), count)

    def merge_with(self, sighting_id: int, entry_id: int) -> Changes:
        """A row is a sighting of the paper `entry_id`: its own paper is joined with that.

        Raises RefmanError where either is gone, UsageError where they are one.
        """
        label = _("Merge a row with another paper")
        with self._database.write(label) as connection:
            moment = now()
            row = _row(connection, sighting_id)
            own = _paper_of(row)
            if own == entry_id:
                raise UsageError(_("This row is merged with this paper already."))
            check_there(connection, own, entry_id)
            title = called(load(connection, [entry_id])[entry_id])
            _mark_reviewed(connection, sighting_id)
            if row.outcome == ADDED:
                reason = _("You said that it is the same as “{title}”.").format(title=title)
                connection.execute(
                    update(schema.sighting)
                    .where(_s.id == sighting_id)
                    .values(outcome=MERGED, reason=reason)
                )
            keeper = best_keeper(connection, [own, entry_id])
            merge(connection, keeper, [own if keeper == entry_id else entry_id], {}, moment)
        return touched(label, [own, entry_id])

    def keep_apart(self, sighting_id: int, entry_id: int | None = None) -> Changes:
        """A row is not the paper `entry_id`; None, not the one that it was merged with.

        That is remembered for ever. A row that is not its own paper becomes another one.
        Raises RefmanError where its paper is known from this row alone, or either is gone.
        """
        label = _("Not the same paper")
        with self._database.write(label) as connection:
            moment = now()
            own = _paper_of(_row(connection, sighting_id))
            if entry_id is None or entry_id == own:
                return touched(label, split_off(connection, sighting_id, moment))
            check_there(connection, own, entry_id)
            pair = (own, entry_id)
            if not keep_apart(connection, own, entry_id, moment):
                return Changes(label)
        return touched(label, pair)

    # What is said of all rows is as if the import had been asked for it: it goes with the import
    # when that is taken back, and with a row that is left out, and comes again with it.

    def tag(self, listing_id: int, names: Iterable[str]) -> Changes:
        """Put tags on the papers of all rows of an import."""
        wanted = ImportOptions(tags=tuple(names)).checked()
        label = _("Tag the papers of an import")
        with self._database.write(label) as connection:
            ids = _papers_of(connection, listing_id)
            changed = give_options(connection, listing_id, wanted, ids) if ids else set()
            if changed:
                known = _options(connection, listing_id)
                tags = tuple(dict.fromkeys((*known.tags, *wanted.tags)))
                _keep_options(connection, listing_id, replace(known, tags=tags))
        return touched(label, changed)

    def put_into(self, listing_id: int, path: str) -> Changes:
        """Put the papers of all rows of an import into a collection, made where it is not there."""
        wanted = ImportOptions(collection=path).checked()
        label = _("Add the papers of an import to “{name}”").format(name=wanted.collection)
        with self._database.write(label) as connection:
            ids = _papers_of(connection, listing_id)
            changed = give_options(connection, listing_id, wanted, ids) if ids else set()
            if changed:
                known = _options(connection, listing_id)
                _keep_options(connection, listing_id, replace(known, collection=wanted.collection))
        return touched(label, changed)

    def set_status(self, listing_id: int, status: str) -> Changes:
        """Set the reading status of the papers of all rows of an import."""
        check_status(status)
        label = _("Set the papers of an import to “{status}”").format(status=status)
        e = schema.entry.c
        changed: list[int] = []
        with self._database.write(label) as connection:
            moment = now()
            for some in batches(_papers_of(connection, listing_id)):
                differ = (e.id.in_(some), e.status != status)
                changed.extend(connection.scalars(select(e.id).where(*differ)).all())
                connection.execute(
                    update(schema.entry).where(*differ).values(status=status, modified=moment)
                )
            if changed:
                known = _options(connection, listing_id)
                _keep_options(connection, listing_id, replace(known, status=status))
        return touched(label, changed)


def rows(count: int) -> str:
    """`1 row`, `12,408 rows`."""
    return "1 row" if count == 1 else f"{count:,} rows"


def _row(connection: Connection, sighting_id: int) -> Row[Any]:
    row = connection.execute(select(schema.sighting).where(_s.id == sighting_id)).one_or_none()
    if row is None:
        raise RefmanError(_("This row is not in the library any more."))
    return row


def _paper_of(row: Row[Any]) -> int:
    if row.outcome == SKIPPED:
        raise RefmanError(_("This row was left out: take it in first."))
    if row.entry is None:
        raise RefmanError(_("The paper of this row is not in the library any more."))
    return int(row.entry)


def _papers_of(connection: Connection, listing_id: int) -> list[int]:
    return list(
        connection.scalars(
            select(_s.entry).where(_s.listing == listing_id, _s.entry.is_not(None)).distinct()
        )
    )


def _options(connection: Connection, listing_id: int) -> ImportOptions:
    lst = schema.listing.c
    text = connection.scalar(select(lst.options).where(lst.id == listing_id))
    return ImportOptions.from_json(text or "{}")


def _keep_options(connection: Connection, listing_id: int, options: ImportOptions) -> None:
    lst = schema.listing.c
    connection.execute(
        update(schema.listing).where(lst.id == listing_id).values(options=options.to_json())
    )


def _mark_reviewed(connection: Connection, sighting_id: int) -> None:
    connection.execute(update(schema.sighting).where(_s.id == sighting_id).values(reviewed=1))


def _skipped(connection: Connection, sighting_ids: Collection[int]) -> int:
    """How many of these rows are left out."""
    return sum(
        connection.scalar(select(func.count()).where(_s.id.in_(some), _s.outcome == SKIPPED)) or 0
        for some in batches(sighting_ids)
    )


def _said(count: int, kept: Sequence[Kept]) -> str:
    """What was left out, and what was not; '' where there is nothing to say."""
    if not count and not kept:
        return ""
    sentences = [_("{rows} left out.").format(rows=rows(count))]
    sentences += [
        _("“{title}” is kept: {reasons}.").format(
            title=one.title, reasons=", ".join(one.reasons) or _("somebody changed it")
        )
        for one in kept
    ]
    return " ".join(sentences)


def _read_by_hand(connection: Connection, sighting_id: int, moment: str) -> int:
    """A new paper, empty still, of a row that could not be read."""
    entry_id = next_id(connection)
    key, provisional = KeyRing(connection).make(Entry())
    new = NewPaper(entry_id, str(uuid4()), key, provisional, resolve([]))
    insert_papers(connection, [new], moment)
    connection.execute(
        update(schema.sighting)
        .where(_s.id == sighting_id)
        .values(entry=entry_id, outcome=ADDED, reason=_("You typed what it says."))
    )
    return entry_id
