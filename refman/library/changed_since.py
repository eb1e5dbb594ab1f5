"""What somebody did with papers since an import brought them: why these stay when it goes.

A change of this kind is one that would be lost with the paper: a value typed, a note, a tag. What
is not: that it lies in the trash, that a row of it was looked at, that it is known to be another
than some paper (which is remembered by content), or that something was taken off it.
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from refman.db import schema
from refman.i18n import _
from refman.library.changes import STATUSES
from refman.library.import_options import ImportOptions
from refman.library.records import Seen
from refman.library.storing import batches

_e = schema.entry.c


def came_with(options: ImportOptions, seen: Collection[Seen]) -> tuple[str, int]:
    """The reading status and the rating that an import gave a new paper of these rows."""
    said = [each.status for each in seen if each.status in STATUSES]
    status = options.status or (said[0] if said else None) or "inbox"
    return status, max((each.rating or 0 for each in seen), default=0)


def changes(
    connection: Connection,
    ids: Collection[int],
    came: Mapping[int, tuple[str, int]],
    notes: Mapping[int, Collection[str]],
    *,
    given: bool = True,
) -> dict[int, list[str]]:
    """What was done with papers, in words; those with which nothing was are left out.

    `came` are the status and the rating that they came with, `notes` the notes; `given` says
    whether it counts that a citation key is known outside.
    """
    found: dict[int, dict[str, None]] = {}

    def note(entry_id: int, reason: str) -> None:
        found.setdefault(entry_id, {})[reason] = None

    for some in batches(ids):
        for table, where, reason in _by_hand():
            for entry_id in connection.scalars(
                select(table.c.entry).where(table.c.entry.in_(some), where).distinct()
            ):
                note(entry_id, reason)
        a = schema.annotation.c
        for entry_id, comment in connection.execute(
            select(a.entry, a.comment).where(a.entry.in_(some), a.listing.is_not(None))
        ):
            if comment not in notes.get(entry_id, ()):
                note(entry_id, _("a note of it was changed"))
        for row in connection.execute(_plain().where(_e.id.in_(some))):
            for reason in _of_itself(row, came.get(row.id)):
                note(row.id, reason)
            if given and row.given is not None:
                note(row.id, _("its citation key was exported or copied"))
    return {entry_id: list(reasons) for entry_id, reasons in found.items()}


def _by_hand() -> list[tuple[Table, ColumnElement[bool], str]]:
    """Where what a person did is a row of its own, and what that is called."""
    a, j, w = schema.annotation, schema.entry_joined, schema.workspace_entry
    tagged, put, attached, keyed = (
        schema.entry_tag,
        schema.collection_entry,
        schema.attachment,
        schema.entry_key,
    )
    return [
        (schema.entry_edit, schema.entry_edit.c.id.is_not(None), _("it was edited")),
        (a, (a.c.kind == "note") & a.c.listing.is_(None), _("it has a note")),
        (a, (a.c.kind == "highlight") & a.c.listing.is_(None), _("something in it is marked")),
        (tagged, tagged.c.listing.is_(None), _("it was tagged")),
        (put, put.c.listing.is_(None), _("it was put into a collection")),
        (attached, attached.c.listing.is_(None), _("something is attached to it")),
        (keyed, keyed.c.listing.is_(None), _("its citation key was changed")),
        (j, j.c.listing.is_(None), _("it was merged with another paper")),
        (w, w.c.id.is_not(None), _("it is in the file of a workspace")),
    ]


def _plain() -> Any:
    g = schema.citation_key_given
    went_out = (g.c.uuid == _e.uuid, g.c.given != "")
    given = select(g.c.key).where(*went_out).limit(1).scalar_subquery()
    return select(
        _e.id,
        _e.status,
        _e.rank,
        _e.rating,
        given.label("given"),
    )


def _of_itself(row: Any, came: tuple[str, int] | None) -> list[str]:
    status, rating = came or ("inbox", 0)
    found = []
    if row.status != status or row.rank is not None:
        found.append(_("its reading status was set"))
    if row.rating != rating:
        found.append(_("it was rated"))
    return found
