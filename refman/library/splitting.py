"""The step that tells a row and the paper that it was taken for apart."""

import json
import zlib
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from refman.db import schema, search_index
from refman.errors import RefmanError
from refman.formats.bibtex.source_file import SourceFile
from refman.i18n import _
from refman.library import distinct, parting
from refman.library.collection_tree import put_into
from refman.library.joining import keep_apart
from refman.library.leaving_out import leave_out, take_in
from refman.library.records import called, from_json
from refman.library.report import ADDED, UNCHANGED
from refman.library.revising import hashes
from refman.library.storing import load
from refman.library.withdrawing import add_again

_s, _j, _lst = schema.sighting.c, schema.entry_joined.c, schema.listing.c
_HAND = _j.listing.is_(None)  # a person said that papers are one


def split_off(connection: Connection, sighting_id: int, moment: str) -> set[int]:
    """A row does not speak of its paper. Remembered for ever; the papers that it is about.

    Where a person merged its own paper with another, that is taken apart. Else the row leaves
    the paper as if it were left out, and what hung together by it alone comes apart; then it
    comes in again with the paper as it is now ruled out. So what its import gave the paper goes
    with the row, as far as no other row gives it as well, and all that a person gave the paper
    stays with it: nobody can tell which of the two was meant.
    Raises RefmanError where the paper is nothing without the row.
    """
    row = connection.execute(select(schema.sighting).where(_s.id == sighting_id)).one()
    uuid = _part_of(connection, row.entry, sighting_id)
    if uuid is None:
        return _come_in_again(connection, sighting_id, moment)
    pair = parting.part(connection, uuid, moment)
    keep_apart(connection, *pair, moment)
    add_again(connection, pair)
    connection.execute(update(schema.sighting).where(_s.id == sighting_id).values(reviewed=1))
    return {*pair}


def _part_of(connection: Connection, entry_id: int, sighting_id: int) -> str | None:
    """The part that has to be taken out of the paper, so that the row is apart from the rest.

    None where it is the row that has to leave.
    """
    joined = connection.execute(
        select(_j.uuid, _j.was).where(_j.entry == entry_id).order_by(_j.id.desc())
    ).all()
    moved = [json.loads(one.was)["moved"].get(schema.sighting.name, []) for one in joined]
    for one, ids in zip(joined, moved, strict=True):
        if sighting_id in ids:
            return str(one.uuid)
    others = connection.scalars(select(_s.id).where(_s.entry == entry_id, _s.id != sighting_id))
    by_hand = {*connection.scalars(select(_j.uuid).where(_j.entry == entry_id, _HAND))}
    if by_hand and not {*others} - {i for ids in moved for i in ids}:
        # It is the row's paper with which others were merged.
        return next(str(one.uuid) for one in joined if one.uuid in by_hand)
    return None


def _come_in_again(connection: Connection, sighting_id: int, moment: str) -> set[int]:
    row = connection.execute(select(schema.sighting).where(_s.id == sighting_id)).one()
    old = row.entry
    title = called(load(connection, [old])[old])
    same = _same_elsewhere(connection, row)
    own = distinct.said_by_row(from_json(row.fields).entry, row.raw_hash)
    left = leave_out(connection, [sighting_id], moment)
    stays = connection.scalar(select(_s.entry).where(_s.id == sighting_id)) is not None
    if stays and connection.scalar(select(_j.id).where(_j.entry == old).limit(1)) is not None:
        said_so = _("“{title}” was merged with another by hand: take these two apart first.")
        raise RefmanError(said_so.format(title=title))
    if old in left.deleted and same:
        said_so = _(
            "“{title}” is the same word for word in {name}: nothing tells the two rows apart. If "
            "they are two papers, add to one of them what tells it apart, and import it again."
        )
        raise RefmanError(said_so.format(title=title, name=same))
    if stays or old in left.deleted:
        said_so = _("“{title}” is known from this row alone: it cannot be kept apart from itself.")
        raise RefmanError(said_so.format(title=title))
    _rule_out(connection, own, distinct.said_by(connection, [old])[old] - own)
    search_index.catch_up(connection)  # what was parted is to be found
    touched = take_in(connection, [sighting_id], moment)
    after = connection.execute(select(_s.entry, _s.outcome).where(_s.id == sighting_id)).one()
    if after.outcome == ADDED:
        reason = _("You said that it is not “{title}”.").format(title=title)
        connection.execute(
            update(schema.sighting).where(_s.id == sighting_id).values(reason=reason)
        )
    connection.execute(update(schema.sighting).where(_s.id == sighting_id).values(reviewed=1))
    keep_apart(connection, old, after.entry, moment)
    _hand_over_block(connection, row, old, after.entry)
    return {*left.changed, *touched, old, after.entry}


def _same_elsewhere(connection: Connection, row: Row[Any]) -> str:
    """The page on which another row of the paper says the same word for word; '' if none does.

    Not one that is the same page again: there it is the same row.
    """
    name = connection.scalar(
        select(_lst.name)
        .join_from(schema.sighting, schema.listing, _s.listing == _lst.id)
        .where(
            _s.entry == row.entry,
            _s.raw_hash == row.raw_hash,
            _s.id != row.id,
            _s.outcome != UNCHANGED,
        )
        .order_by(_s.id)
        .limit(1)
    )
    return name or ""


def _hand_over_block(connection: Connection, row: Row[Any], old: int, new: int) -> None:
    """The block of a kept .bib file that the row was read from is the new paper's."""
    w, p = schema.workspace.c, schema.workspace_entry
    held = schema.collection_entry
    for workspace in connection.execute(
        select(w.id, w.source, w.collection).where(w.listing == row.listing)
    ).all():
        text = SourceFile.of(zlib.decompress(workspace.source)).text
        blocks = connection.execute(
            select(p.c.id, p.c.start).where(p.c.workspace == workspace.id, p.c.entry == old)
        ).all()
        own = [one.id for one in blocks if text.count("\n", 0, one.start) + 1 == row.line]
        if not own:
            continue
        entry = load(connection, [new])[new]
        connection.execute(
            update(p)
            .where(p.c.id == own[0])
            .values(entry=new, key=entry.citation_key, hashes=json.dumps(hashes(entry)))
        )
        # Who is in the collection without a block is written into the file.
        here = held.c.collection == workspace.collection
        if len(blocks) == 1:
            connection.execute(delete(held).where(here, held.c.entry == old))
        if workspace.collection is not None:
            put_into(connection, workspace.collection, [new])


def _rule_out(connection: Connection, own: distinct.Said, said: distinct.Said) -> None:
    """Remember that what a row says is not what a paper is, before the row is matched again."""
    table = schema.distinct_record
    apart = distinct.known(connection)
    new = sorted(
        (min(one, other), max(one, other))
        for one in own
        for other in said
        if other not in apart.get(one, ())
    )
    if new:
        connection.execute(
            insert(table), [{"first": first, "second": second} for first, second in new]
        )
