"""What an import made besides papers, so that it can go again with the import.

These are tags and collections that were not there before, and citation keys of papers that had
only a provisional one. `listing.made` holds it as JSON.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, func, select, update

from refman.db import schema

_lst, _t, _c, _e = (
    table.c for table in (schema.listing, schema.tag, schema.collection, schema.entry)
)


class Making:
    """Watches over what is made for one import from here to `note`."""

    def __init__(self, connection: Connection, listing_id: int) -> None:
        self._connection = connection
        self._listing = listing_id
        self._tags = connection.scalar(select(func.max(_t.id))) or 0
        self._collections = connection.scalar(select(func.max(_c.id))) or 0
        self._keys: list[list[Any]] = []

    @contextmanager
    def replacing_key(self, entry_id: int) -> Iterator[None]:
        """A provisional citation key may be replaced in the block."""
        key = select(_e.citation_key).where(_e.id == entry_id)
        before = self._connection.scalar(key)
        yield
        after = self._connection.scalar(key)
        if after != before:
            self._keys.append([entry_id, before, after])

    def note(self) -> None:
        """Keep what was made; what belongs to papers says itself where it is from."""
        tags = self._connection.scalars(select(_t.name).where(_t.id > self._tags).order_by(_t.id))
        collections = self._connection.execute(
            select(_c.id, _c.name).where(_c.id > self._collections).order_by(_c.id)
        )
        new = {"tags": list(tags), "collections": [[*row] for row in collections]}
        if not any((*new.values(), self._keys)):
            return
        where = _lst.id == self._listing
        known = json.loads(self._connection.scalar(select(_lst.made).where(where)) or "{}")
        for name, values in (*new.items(), ("keys", self._keys)):
            known[name] = [*known.get(name, []), *values]
        text = json.dumps(known, ensure_ascii=False)
        self._connection.execute(update(schema.listing).where(where).values(made=text))
