"""The imported pages: what is kept of each, and which of them are the same page at other times."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, text, true

from refman.db import schema
from refman.errors import RefmanError
from refman.formats.format import Header
from refman.i18n import _
from refman.library.import_options import ImportOptions
from refman.library.report import FAILED, SKIPPED, UNCHANGED
from refman.library.storing import batches


@dataclass(frozen=True, slots=True)
class Listing:
    """One imported page. `counts` are of rows by outcome; `count` is of papers in the library.

    `doubtful` counts the rows still to look at, those that could not be read included.
    `taken_back` says when the import was taken back, '' while it was not.
    """

    id: int
    name: str
    format: str
    path: str
    imported: str
    as_of: str
    header: Header
    counts: dict[str, int]
    count: int
    options: ImportOptions = field(default_factory=ImportOptions)
    taken_back: str = ""
    doubtful: int = 0
    source_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What one row says otherwise than before. `name` is `score`, `category`, `title`, …"""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One row in a comparison; `entry_id` is None where its paper is not in the library."""

    title: str
    creators_text: str
    entry_id: int | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class ListingComparison:
    """What became of a page between two imports of it; `same` counts the rows that are as before.

    `new` and `changed` are in the order of the later page, `gone` in that of the earlier.
    """

    earlier: Listing
    later: Listing
    new: tuple[ComparedRow, ...]
    gone: tuple[ComparedRow, ...]
    changed: tuple[ComparedRow, ...]
    same: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper that stays although its import is taken back; `reasons` say what was done to it."""

    entry_id: int
    title: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakeBack:
    """What taking an import back does.

    `papers` go; from `rows` papers, which are known otherwise, too, only the rows are taken;
    `kept` papers stay as they are, because somebody did something with them.
    """

    papers: int
    rows: int
    kept: tuple[Kept, ...] = ()


_GREAT = ("source", "markup", "passed_over", "made")  # what the list needs not


def listings(connection: Connection, ids: Collection[int] | None = None) -> list[Listing]:
    """The imports, or those of `ids`, the newest first."""
    lst, s, e = schema.listing.c, schema.sighting.c, schema.entry.c
    which: Any = true() if ids is None else s.listing.in_(ids)
    outcomes: dict[int, dict[str, int]] = {}
    for listing_id, outcome, count in connection.execute(
        select(s.listing, s.outcome, func.count()).where(which).group_by(s.listing, s.outcome)
    ):
        outcomes.setdefault(listing_id, {})[outcome] = count
    trashed = select(e.id).where(e.trashed.is_not(None))  # few; a join asks for every paper
    papers = _counted(
        connection,
        select(s.listing, func.count(s.entry.distinct()))
        .where(s.entry.not_in(trashed), which)
        .group_by(s.listing),
    )
    doubtful = _counted(
        connection,
        select(s.listing, func.count())
        .where(text(schema.SIGHTING_DOUBTFUL), s.outcome.not_in((UNCHANGED, SKIPPED)), which)
        .group_by(s.listing),
    )
    with_failed = [i for i, counts in outcomes.items() if FAILED in counts]
    unread: dict[int, int] = {}
    for some in batches(with_failed):
        of_them = (s.listing.in_(some), s.outcome == FAILED, s.reviewed == 0)
        unread |= _counted(
            connection, select(s.listing, func.count()).where(*of_them).group_by(s.listing)
        )
    rows = connection.execute(
        select(*(column for column in lst if column.name not in _GREAT))
        .where(true() if ids is None else lst.id.in_(ids))
        .order_by(lst.imported.desc(), lst.id.desc())
    )  # fmt: skip
    return [
        Listing(
            id=row.id,
            name=row.name,
            format=row.format,
            path=row.path,
            imported=row.imported,
            as_of=row.as_of,
            header=Header(**json.loads(row.profile)),
            counts=outcomes.get(row.id, {}),
            count=papers.get(row.id, 0),
            options=ImportOptions.from_json(row.options),
            taken_back=row.taken_back,
            doubtful=doubtful.get(row.id, 0) + unread.get(row.id, 0),
            source_sha256=row.source_sha256,
        )
        for row in rows
    ]


def listing_of(connection: Connection, listing_id: int) -> Listing:
    """The import of that id. Raises RefmanError where it is gone."""
    found = listings(connection, [listing_id])
    if not found:
        raise RefmanError(_("This listing is not in the library any more."))
    return found[0]


def _counted(connection: Connection, query: Any) -> dict[int, int]:
    return {row[0]: row[1] for row in connection.execute(query)}


class SamePage(NamedTuple):
    """Another import of a page; `same_text` says that its text is the very same."""

    id: int
    same_text: bool
    taken_back: bool


def same_page(
    connection: Connection,
    format_: str,
    *,
    path: str,
    header: Header,
    digest: str,
    name: str = "",
    taken_back: bool = False,
) -> list[SamePage]:
    """The imports of a page, the oldest first; with `taken_back` those that were, too.

    It is the same page if it is of the same format and its text is the same, or it has the same
    path, or heads the same profile, or, where one is given, bears the same name.
    """
    lst = schema.listing.c
    query = select(
        lst.id, lst.source_sha256, lst.path, lst.profile, lst.name, lst.taken_back
    ).where(lst.format == format_)
    if not taken_back:
        query = query.where(lst.taken_back == "")
    return [
        SamePage(row.id, row.source_sha256 == digest, bool(row.taken_back))
        for row in connection.execute(query.order_by(lst.id))
        if row.source_sha256 == digest
        or (path and row.path == path)
        or (name and row.name == name)
        or _same_profile(header, row.profile)
    ]


def _same_profile(header: Header, profile: str) -> bool:
    """Whether a listing was headed by the same person and subject."""
    if not header.name:
        return False
    known = json.loads(profile)
    return (known.get("name"), known.get("subject")) == (header.name, header.subject)
