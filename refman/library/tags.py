"""Tags: the user's own words for papers, nine of them with a colour and a key."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from refman.db import schema
from refman.db.database import Database
from refman.errors import UsageError
from refman.i18n import _
from refman.library.changes import Changes, papers, touched
from refman.library.storing import batches, present
from refman.library.tagged import Tag
from refman.model.text import squeeze

POSITIONS = range(1, 10)


class Tags:
    """Verbs on tags."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> list[Tag]:
        """All tags with their counts: the coloured in the order of their keys, then by name."""
        t, et, e = schema.tag.c, schema.entry_tag.c, schema.entry.c
        counted = (
            select(et.tag, func.count().label("count"))
            .join_from(schema.entry_tag, schema.entry)
            .where(e.trashed.is_(None))
            .group_by(et.tag)
            .subquery()
        )
        with self._database.read() as connection:
            rows = connection.execute(
                select(t.id, t.name, t.colour, t.position, func.coalesce(counted.c.count, 0))
                .outerjoin_from(schema.tag, counted, counted.c.tag == t.id)
                .order_by(t.position.is_(None), t.position, func.lower(t.name))
            )
            return [Tag(*row) for row in rows]

    def names(self, prefix: str = "") -> Sequence[str]:
        """The names that begin with `prefix`, in any case, for completion."""
        start = prefix.casefold()
        return [tag.name for tag in self.list() if tag.name.casefold().startswith(start)]

    def add(self, name: str, ids: Collection[int], *, origin: str = "manual") -> Changes:
        """Tag papers. A tag that is not there yet is made."""
        name = checked_name(name)
        label = _("Tag {papers} “{name}”").format(papers=papers(len(ids)), name=name)
        with self._database.write(label) as connection:
            changed = attach_names(connection, [name], ids, origin=origin)
        return touched(label, changed)

    def remove(self, name: str, ids: Collection[int]) -> Changes:
        """Take a tag off papers; the tag itself stays."""
        label = _("Untag {papers} “{name}”").format(papers=papers(len(ids)), name=name)
        with self._database.write(label) as connection:
            tag_id = _id_of(connection, name)
            changed = _detach(connection, tag_id, ids) if tag_id is not None else []
        return touched(label, changed)

    def toggle(self, name: str, ids: Collection[int]) -> Changes:
        """Take the tag off where all of `ids` have it, else put it on those that have not."""
        name = checked_name(name)
        label = _("Toggle “{name}” on {papers}").format(papers=papers(len(ids)), name=name)
        with self._database.write(label) as connection:
            tag_id = _id_of(connection, name)
            ids = present(connection, ids)
            if tag_id is not None and len(_holders(connection, tag_id, ids)) == len(ids):
                changed = _detach(connection, tag_id, ids)
            else:
                changed = attach_names(connection, [name], ids, origin="manual")
        return touched(label, changed)

    def clear_coloured(self, ids: Collection[int]) -> Changes:
        """Take every tag that has a key off papers."""
        label = _("Clear the coloured tags of {papers}").format(papers=papers(len(ids)))
        changed: set[int] = set()
        with self._database.write(label) as connection:
            t = schema.tag.c
            for tag_id in list(connection.scalars(select(t.id).where(t.position.is_not(None)))):
                changed.update(_detach(connection, tag_id, ids))
        return touched(label, changed)

    def rename(self, old: str, new: str) -> Changes:
        """Rename a tag; where `new` is there already, the two become one."""
        new = checked_name(new)
        label = _("Rename tag “{old}” to “{new}”").format(old=old, new=new)
        t, et = schema.tag.c, schema.entry_tag.c
        with self._database.write(label) as connection:
            source = _known_id(connection, old)
            target = _id_of(connection, new)
            if connection.scalar(select(t.name).where(t.id == source)) == new:
                return Changes(label)
            ids = list(connection.scalars(select(et.entry).where(et.tag == source)))
            if target is None or target == source:
                connection.execute(update(schema.tag).where(t.id == source).values(name=new))
            else:
                attach_names(connection, [new], ids, origin="manual")
                taken = schema.export.c.tag == source
                connection.execute(update(schema.export).where(taken).values(tag=target))
                connection.execute(delete(schema.tag).where(t.id == source))
        return Changes(label, frozenset(ids), 1)

    def set_colour(self, name: str, colour: str, position: int | None) -> Changes:
        """Give a tag a colour ('' for none) and a key 1 to 9, which any other tag loses."""
        if position is not None and position not in POSITIONS:
            raise UsageError(_("A tag's key is a digit from 1 to 9."))
        label = _("Colour tag “{name}”").format(name=name)
        t = schema.tag.c
        with self._database.write(label) as connection:
            tag_id = _known_id(connection, name)
            now = connection.execute(select(t.colour, t.position).where(t.id == tag_id)).one()
            if tuple(now) == (colour, position):
                return Changes(label)
            if position is not None:
                connection.execute(
                    update(schema.tag)
                    .where(t.position == position, t.id != tag_id)
                    .values(position=None)
                )
            connection.execute(
                update(schema.tag).where(t.id == tag_id).values(colour=colour, position=position)
            )
        return Changes(label, count=1, everything=True)

    def delete(self, name: str) -> Changes:
        """Delete a tag, and take it off every paper."""
        label = _("Delete tag “{name}”").format(name=name)
        et = schema.entry_tag.c
        with self._database.write(label) as connection:
            tag_id = _known_id(connection, name)
            ids = list(connection.scalars(select(et.entry).where(et.tag == tag_id)))
            connection.execute(delete(schema.entry_tag).where(et.tag == tag_id))
            connection.execute(delete(schema.tag).where(schema.tag.c.id == tag_id))
        return Changes(label, frozenset(ids), 1)


# --- steps ------------------------------------------------------------------------------


def checked_name(name: str) -> str:
    """The tag's name as it is kept. Raises UsageError where nothing is left of it."""
    name = clean_name(name)
    if not name:
        raise UsageError(_("A tag needs a name: type one."))
    return name


def clean_name(name: str) -> str:
    """The tag's name as it is kept, '' where nothing is left of it.

    Squeezed, no part of a nested name empty; BibTeX's `keywords` has commas in between.
    """
    parts = (squeeze(part) for part in name.split("/"))
    return "/".join(part for part in parts if part).replace(",", ";")


def attach_names(
    connection: Connection,
    names: Iterable[str],
    ids: Collection[int],
    *,
    origin: str,
    listing: int | None = None,
) -> list[int]:
    """Put tags on papers, made where they are new. The papers that had one of them not yet.

    `names` are as `clean_name` leaves them; `listing` is the import that gives them. Papers that
    are gone are passed over.
    """
    t = schema.tag.c
    changed: set[int] = set()
    ids = present(connection, ids)
    for name in names if ids else ():
        tag_id = _id_of(connection, name)
        if tag_id is None:
            connection.execute(insert(schema.tag).values(name=name))
            tag_id = connection.execute(select(t.id).where(t.name == name)).scalar_one()
        holders = _holders(connection, tag_id, ids)
        new = [entry_id for entry_id in ids if entry_id not in holders]
        if new:
            connection.execute(
                insert(schema.entry_tag),
                [
                    {"entry": entry_id, "tag": tag_id, "origin": origin, "listing": listing}
                    for entry_id in new
                ],
            )
        changed.update(new)
    return sorted(changed)


def _holders(connection: Connection, tag_id: int, ids: Collection[int]) -> set[int]:
    et = schema.entry_tag.c
    found: set[int] = set()
    for some in batches(ids):
        found.update(
            connection.scalars(select(et.entry).where(et.tag == tag_id, et.entry.in_(some)))
        )
    return found


def _detach(connection: Connection, tag_id: int, ids: Collection[int]) -> list[int]:
    et = schema.entry_tag.c
    holders = _holders(connection, tag_id, ids)
    for some in batches(holders):
        connection.execute(delete(schema.entry_tag).where(et.tag == tag_id, et.entry.in_(some)))
    return sorted(holders)


def _id_of(connection: Connection, name: str) -> int | None:
    return connection.scalar(select(schema.tag.c.id).where(schema.tag.c.name == clean_name(name)))


def _known_id(connection: Connection, name: str) -> int:
    tag_id = _id_of(connection, name)
    if tag_id is None:
        raise UsageError(_("There is no tag “{name}”.").format(name=name))
    return tag_id
