"""Citation keys: made for new papers, given out once and for ever, changed only by the user."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, insert, select, update

from refman.db import schema
from refman.db.database import Database
from refman.errors import UsageError
from refman.i18n import _
from refman.library.storing import batches, now
from refman.model import citation_key
from refman.model.entry import Entry
from refman.model.text import visible

_MANY = 200  # new keys in one go, above which all keys are read at once


class KeyRing:
    """Which keys are taken, while a transaction makes new ones.

    Taken are the keys of all entries, and those given out, whomever they belonged to.
    """

    def __init__(self, connection: Connection, expected: int = 1) -> None:
        self._connection = connection
        self._taken: set[str] = set()
        self._all = expected > _MANY
        if self._all:
            for column in (schema.entry.c.citation_key, schema.citation_key_given.c.key):
                self._taken.update(key.casefold() for key in connection.scalars(select(column)))

    def is_taken(self, key: str) -> bool:
        """Without regard to case."""
        if key.casefold() in self._taken:
            return True
        return not self._all and is_taken(self._connection, key)

    def make(self, entry: Entry) -> tuple[str, bool]:
        """A free key for `entry`, and whether it is provisional: its own, or one of the pattern."""
        wanted = citation_key.legal(entry.citation_key)
        provisional = not wanted and not citation_key.by_pattern(entry)
        wanted = wanted or citation_key.make(entry)
        key = citation_key.disambiguate(wanted, self.is_taken)
        self._taken.add(key.casefold())
        return key, provisional


def is_taken(connection: Connection, key: str, *, but_for: int | None = None) -> bool:
    """Whether `key` is an entry's or was given out, other than to the entry `but_for`.

    What was merged into an entry is that entry.
    """
    e, g, a = schema.entry.c, schema.citation_key_given.c, schema.entry_alias.c
    owners = {
        *connection.scalars(select(e.uuid).where(e.citation_key == key)),
        *connection.scalars(select(g.uuid).where(g.key == key)),
    }
    if but_for is not None and owners:
        owners.difference_update(connection.scalars(select(e.uuid).where(e.id == but_for)))
        owners.difference_update(connection.scalars(select(a.uuid).where(a.entry == but_for)))
    return bool(owners)


def find(connection: Connection, key: str) -> int | None:
    """The entry of a citation key of today or of any day (any case), or of a uuid."""
    e, g, a = schema.entry.c, schema.citation_key_given.c, schema.entry_alias.c
    key = visible(key)
    found: int | None = connection.scalar(select(e.id).where(e.citation_key == key))
    if found is not None:
        return found
    uuid = connection.scalar(select(g.uuid).where(g.key == key)) or key
    found = connection.scalar(select(e.id).where(e.uuid == uuid))
    return found if found is not None else connection.scalar(select(a.entry).where(a.uuid == uuid))


def give_out(connection: Connection, ids: Collection[int], moment: str) -> None:
    """Note that the keys of `ids` are known outside the library from now on."""
    e, g = schema.entry.c, schema.citation_key_given.c
    for some in batches(ids):
        rows = connection.execute(
            select(e.citation_key, e.uuid)
            .outerjoin_from(schema.entry, schema.citation_key_given, g.key == e.citation_key)
            .where(e.id.in_(some), g.key.is_(None))
        ).all()
        if rows:
            connection.execute(
                insert(schema.citation_key_given),
                [{"key": key, "uuid": uuid, "given": moment} for key, uuid in rows],
            )
        connection.execute(
            update(schema.entry)
            .where(e.id.in_(some), e.key_provisional != 0)
            .values(key_provisional=0)
        )


def all_given(connection: Connection, ids: Iterable[int]) -> bool:
    """Whether every one of `ids` has a key that is known outside already."""
    e, g = schema.entry.c, schema.citation_key_given.c
    return not any(
        connection.scalar(
            select(e.id)
            .outerjoin_from(schema.entry, schema.citation_key_given, g.key == e.citation_key)
            .where(e.id.in_(some), g.key.is_(None))
            .limit(1)
        )
        for some in batches(ids)
    )


def checked(connection: Connection, key: str, *, but_for: int | None = None) -> str:
    """The key that a person typed, for the entry `but_for` or a new one.

    Raises UsageError where it cannot be.
    """
    key = key.strip()
    if not key or citation_key.legal(key) != key:
        raise UsageError(
            _(
                "“{key}” cannot be a citation key: use letters, digits and - _ : . + / "
                "without blanks."
            ).format(key=key)
        )
    if is_taken(connection, key, but_for=but_for):
        raise UsageError(
            _("The citation key “{key}” is in use, or was given to another paper before.").format(
                key=key
            )
        )
    return key


def set_key(connection: Connection, entry_id: int, key: str) -> None:
    """Give the entry the key that a person typed. Raises UsageError where it cannot be."""
    key = checked(connection, key, but_for=entry_id)
    connection.execute(
        update(schema.entry)
        .where(schema.entry.c.id == entry_id)
        .values(citation_key=key, key_provisional=0)
    )


class CitationKeys:
    """Handing keys out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give_out(self, ids: Collection[int]) -> list[str]:
        """The keys of `ids`, in the order of `ids`; from now on they are never reused."""
        e = schema.entry.c
        keys: dict[int, str] = {}
        with self._database.read() as connection:
            for some in batches(ids):
                rows = connection.execute(select(e.id, e.citation_key).where(e.id.in_(some)))
                keys.update((row.id, row.citation_key) for row in rows)
            known = all_given(connection, ids)
        if not known and not self._database.read_only:
            with self._database.write(_("Give out citation keys"), undoable=False) as connection:
                give_out(connection, ids, now())
        return [keys[entry_id] for entry_id in ids if entry_id in keys]

    def cite_command(self, ids: Collection[int]) -> str:
        r"""`\cite{a,b}` of `ids`, their keys given out."""
        return rf"\cite{{{','.join(self.give_out(ids))}}}"
