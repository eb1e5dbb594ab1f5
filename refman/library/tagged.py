"""What a tag is, and the tags of papers; the verbs on them are in `tags`."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from refman.db import schema
from refman.db.bulk import AMONG, rows_among


@dataclass(frozen=True, slots=True)
class Tag:
    """`colour` is `#rrggbb` or ''; `position` the key 1 to 9 that toggles it, or None.

    `count` is of papers outside the trash, where it was asked for.
    """

    id: int
    name: str
    colour: str = ""
    position: int | None = None
    count: int = 0


_t, _et = schema.tag.c, schema.entry_tag.c
_OF = (
    select(_et.entry, _t.id, _t.name, _t.colour, _t.position)
    .join_from(schema.entry_tag, schema.tag)
    .where(_et.entry.in_(AMONG))
    .order_by(_t.position.is_(None), _t.position, func.lower(_t.name))
)


def tags_of(connection: Connection, ids: Collection[int]) -> dict[int, list[Tag]]:
    """The tags of papers, the coloured first."""
    found: dict[int, list[Tag]] = {}
    for entry_id, *tag in rows_among(connection, _OF, set(ids)):
        found.setdefault(entry_id, []).append(Tag(*tag))
    return found
