"""Which citation keys stay the keys of papers that are gone or were merged away."""

from sqlalchemy import ColumnElement, or_, select

from refman.db import schema


def is_kept() -> ColumnElement[bool]:
    """Of a row in `citation_key_given`: its key went out, or it is a paper's or a part's still.

    A merge keeps the keys of what is merged away. Once that is taken apart and gone, such a key
    is as free as if it had never been.
    """
    e, a, g = schema.entry.c, schema.entry_alias.c, schema.citation_key_given.c
    return or_(
        g.given != "",
        select(e.id).where(e.uuid == g.uuid).exists(),
        select(a.entry).where(a.uuid == g.uuid).exists(),
    )
