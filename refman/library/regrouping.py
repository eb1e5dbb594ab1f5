"""Papers that only a row held together which is gone are several again.

The rows that are left are compared as an import would: each with what those before it make.
A paper that a person typed something of, or merged, is left as it is.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, select, update

from refman.db import schema
from refman.library import changed_since, givings
from refman.library.citation_keys import KeyRing
from refman.library.entries import next_id
from refman.library.evidence import Evidence
from refman.library.extras import Extras
from refman.library.import_options import ImportOptions
from refman.library.importing import give_options
from refman.library.matching import CERTAIN, compare
from refman.library.merging import resolve
from refman.library.records import Seen, from_json, row_of
from refman.library.report import ADDED, UNCHANGED
from refman.library.storing import NewPaper, insert_papers
from refman.progress import Progress

_e, _s, _lst = (table.c for table in (schema.entry, schema.sighting, schema.listing))


def regroup(
    connection: Connection, left: Mapping[int, Sequence[Any]], moment: str, progress: Progress
) -> set[int]:
    """Make several of those papers whose rows that are left are not one. The new ones.

    `left` are rows (id, listing, fields) by paper, in the order in which they came. What the old
    papers are has still to be brought up to date. Raises Cancelled.
    """
    several = {entry_id: rows for entry_id, rows in left.items() if len(rows) > 1}
    new: set[int] = set()
    for entry_id, rows in several.items():
        progress.check()
        seen = [from_json(row.fields) for row in rows]
        groups = _groups(seen)
        if len(groups) == 1 or _is_somebodys(connection, entry_id):
            continue
        for group in groups[1:]:
            some = [rows[i] for i in group]
            new.add(_split(connection, entry_id, some, [seen[i] for i in group], moment))
    return new


def _groups(seen: Sequence[Seen]) -> list[list[int]]:
    """The places of rows that are one paper."""
    if len({(one.entry.title, one.entry.abstract, one.entry.creators) for one in seen}) == 1:
        return [[*range(len(seen))]]
    groups: list[list[int]] = []
    for i in range(len(seen)):
        same = [group for group in groups if _certain([seen[i]], [seen[j] for j in group])]
        groups = [group for group in groups if group not in same]
        groups.append(sorted([i, *(j for group in same for j in group)]))
    return sorted(groups)


def make_one(connection: Connection, one: int, other: int) -> bool:
    """Whether the rows of two papers make one, each certain of what those before it make.

    So it is where only a row in between, which was gone, held them together.
    """
    seen = [
        from_json(fields)
        for fields in connection.scalars(
            select(_s.fields)
            .where(_s.entry.in_((one, other)), _s.outcome != UNCHANGED)
            .order_by(_s.listing, _s.position)
        )
    ]
    return all(_certain([seen[i]], seen[:i]) for i in range(1, len(seen)))


def _certain(one: Sequence[Seen], other: Sequence[Seen]) -> bool:
    """Whether rows are certainly a paper that others make, or that one of them speaks of."""
    mine = Evidence(resolve(one).entry)
    theirs = [resolve(other), *(resolve([each]) for each in other)]
    for paper in theirs:
        match = compare(mine, Evidence(paper.entry))
        if match is not None and match.tier == CERTAIN:
            return True
    return False


def _is_somebodys(connection: Connection, entry_id: int) -> bool:
    """Whether a person typed something of a paper, or merged it."""
    edit, j = schema.entry_edit.c, schema.entry_joined.c
    return any(
        connection.scalar(query.limit(1)) is not None
        for query in (
            select(edit.id).where(edit.entry == entry_id),
            select(j.id).where(j.entry == entry_id, j.listing.is_(None)),
        )
    )


def _split(
    connection: Connection, old: int, rows: Sequence[Any], seen: Sequence[Seen], moment: str
) -> int:
    """Make a paper of its own of some rows, as their imports would have. Its id."""
    new = next_id(connection)
    listings = {
        row.id: row
        for row in connection.execute(
            select(_lst.id, _lst.path, _lst.options).where(
                _lst.id.in_({row.listing for row in rows})
            )
        )
    }
    first = rows[0].listing
    options = {i: ImportOptions.from_json(one.options) for i, one in listings.items()}
    connection.execute(
        update(schema.sighting).where(_s.id.in_([row.id for row in rows])).values(entry=None)
    )
    givings.withdraw(connection, [old], [*listings], _notes_of(seen))
    paper = resolve(seen)
    wanted = next((one.entry.citation_key for one in seen if one.entry.citation_key), "")
    key, provisional = KeyRing(connection).make(paper.entry.with_values(citation_key=wanted))
    of_first = [one for row, one in zip(rows, seen, strict=True) if row.listing == first]
    status, rating = changed_since.came_with(options[first], of_first)
    made = NewPaper(new, str(uuid4()), key, provisional, paper, status, rating)
    insert_papers(connection, [made], moment)
    trashed = connection.scalar(select(_e.trashed).where(_e.id == old))
    connection.execute(update(schema.entry).where(_e.id == new).values(trashed=trashed))
    connection.execute(
        update(schema.sighting).where(_s.id.in_([row.id for row in rows])).values(entry=new)
    )
    connection.execute(
        update(schema.sighting).where(_s.id == rows[0].id).values(outcome=ADDED, reason="")
    )
    for listing_id, listing in sorted(listings.items()):
        extras = Extras(connection, listing_id, listing.path, moment)
        extras.take(
            (new, row_of(one, 0, ""))
            for row, one in zip(rows, seen, strict=True)
            if row.listing == listing_id
        )
        extras.finish(Progress())
        give_options(connection, listing_id, options[listing_id], [new])
    return new


def _notes_of(seen: Sequence[Seen]) -> Callable[[int], Collection[str]]:
    notes = {text for one in seen for text in one.notes}
    return lambda _entry_id: notes
