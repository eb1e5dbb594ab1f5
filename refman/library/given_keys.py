"""Citation keys that stay whose they are: those that went out, and those that a merge keeps."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, or_, select, update

from refman.db import schema
from refman.library.storing import BATCH

_g = schema.citation_key_given


def is_kept() -> ColumnElement[bool]:
    """Of a row in `citation_key_given`: its key went out, or it is a paper's or a part's still.

    A merge keeps the keys of what is merged away. Once that is taken apart and gone, such a key
    is as free as if it had never been.
    """
    e, a = schema.entry.c, schema.entry_alias.c
    return or_(
        _g.c.given != "",
        select(e.id).where(e.uuid == _g.c.uuid).exists(),
        select(a.entry).where(a.uuid == _g.c.uuid).exists(),
    )


def write(connection: Connection, rows: Sequence[dict[str, str]]) -> None:
    """Step: keys, whose they are, and when they went out ('' for not at all). One that a merge
    kept stays whose it was."""
    there: set[str] = set()
    keys = [row["key"] for row in rows]
    for start in range(0, len(keys), BATCH):
        some = _g.c.key.in_(keys[start : start + BATCH])
        connection.execute(delete(_g).where(some, ~is_kept()))
        known = connection.scalars(select(_g.c.key).where(some))
        there.update(key.casefold() for key in known)
    went = [
        {"its_key": row["key"], "went": row["given"]}
        for row in rows
        if row["given"] and row["key"].casefold() in there
    ]
    if went:
        of_it = (_g.c.key == bindparam("its_key"), _g.c.given == "")
        connection.execute(update(_g).where(*of_it).values(given=bindparam("went")), went)
    if new := [row for row in rows if row["key"].casefold() not in there]:
        connection.execute(insert(_g), new)
