"""Citation keys: made for new papers, given out once and for ever, changed only by the user.

A paper has one key today, and the keys that it had before or has elsewhere (`entry_key`, and
`citation_key_given` for those known outside): it is found by each of them, and none of them is
ever another paper's.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from refman.db import schema, search_index
from refman.db.database import Database
from refman.errors import RefmanError, UsageError
from refman.i18n import _
from refman.library import given_keys, key_patterns
from refman.library.changes import Changes, papers, touched
from refman.library.key_patterns import KeyPatterns
from refman.library.storing import BATCH, batches, load, now
from refman.model import citation_key
from refman.model.entry import Entry
from refman.model.text import visible
from refman.progress import Progress

if TYPE_CHECKING:
    from refman.library import key_proposals
    from refman.library.key_proposals import KeyChange

_MANY = 200  # new keys in one go, above which all keys are read at once


class KeyRing:
    """Which keys are taken, while a transaction makes new ones.

    Taken are the keys of all entries, of today and of before, and those given out, whomever
    they belonged to.
    """

    def __init__(self, connection: Connection, expected: int = 1) -> None:
        self._connection = connection
        self._patterns = KeyPatterns.stored(connection)
        self._taken: set[str] = set()
        self._all = expected > _MANY
        if self._all:
            for column in (
                schema.entry.c.citation_key,
                schema.entry_key.c.key,
            ):
                self._taken.update(key.casefold() for key in connection.scalars(select(column)))
            given = select(schema.citation_key_given.c.key).where(given_keys.is_kept())
            self._taken.update(key.casefold() for key in connection.scalars(given))

    def is_taken(self, key: str) -> bool:
        """Without regard to case."""
        if key.casefold() in self._taken:
            return True
        return not self._all and is_taken(self._connection, key)

    def make(self, entry: Entry) -> tuple[str, bool]:
        """A free key for `entry`, and whether it is provisional: its own, or one of the pattern."""
        wanted = citation_key.legal(entry.citation_key) or self._patterns.new_key(entry)
        key = citation_key.disambiguate(wanted or citation_key.provisional(entry), self.is_taken)
        self._taken.add(key.casefold())
        return key, not wanted


def is_taken(connection: Connection, key: str, *, but_for: int | None = None) -> bool:
    """Whether `key` is or was an entry's or was given out, other than to the entry `but_for`.

    What was merged into an entry is that entry.
    """
    e, g, a = schema.entry.c, schema.citation_key_given.c, schema.entry_alias.c
    other = select(schema.entry_key.c.entry).where(schema.entry_key.c.key == key)
    owners = {
        *connection.scalars(select(e.uuid).where(e.citation_key == key)),
        *connection.scalars(select(e.uuid).where(e.id.in_(other))),
        *connection.scalars(select(g.uuid).where(g.key == key, given_keys.is_kept())),
    }
    if but_for is not None and owners:
        owners.difference_update(connection.scalars(select(e.uuid).where(e.id == but_for)))
        owners.difference_update(connection.scalars(select(a.uuid).where(a.entry == but_for)))
    return bool(owners)


def find(connection: Connection, key: str) -> int | None:
    """The entry of a citation key of today or of any day (any case), or of a uuid."""
    e, a = schema.entry.c, schema.entry_alias.c
    key = visible(key)
    found = find_all(connection, [key]).get(key)
    if found is None:
        found = connection.scalar(select(e.id).where(e.uuid == key))
    return found if found is not None else connection.scalar(select(a.entry).where(a.uuid == key))


def find_all(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """The entries of citation keys of today or of any day, by the key as it is written here."""
    e, k, g = schema.entry.c, schema.entry_key.c, schema.citation_key_given.c
    a = schema.entry_alias.c
    given = schema.citation_key_given
    by_uuid = select(g.key, e.id).join_from(given, schema.entry, e.uuid == g.uuid)
    by_alias = select(g.key, a.entry).join_from(given, schema.entry_alias, a.uuid == g.uuid)
    wanted = list(dict.fromkeys(keys))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        by_key: dict[str, int] = {}
        # What counts most comes last.
        for query, column in (
            (by_alias, g.key),
            (by_uuid, g.key),
            (select(k.key, k.entry), k.key),
            (select(e.citation_key, e.id), e.citation_key),
        ):
            rows = connection.execute(query.where(column.in_(some)))
            by_key.update((row[0].casefold(), row[1]) for row in rows)
        found.update((key, by_key[key.casefold()]) for key in some if key.casefold() in by_key)
    return found


def aliases(connection: Connection, ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The keys besides today's by which each of `ids` is known, sorted; of most there are none.

    Those that came with imports, that it had before, and of papers that were merged into it.
    """
    e, k, g = schema.entry.c, schema.entry_key.c, schema.citation_key_given.c
    a = schema.entry_alias.c
    found: dict[int, dict[str, str]] = {}
    for some in batches(ids):
        for query in (
            select(k.entry, k.key, e.citation_key).join_from(schema.entry_key, schema.entry),
            select(e.id, g.key, e.citation_key).join_from(
                schema.entry, schema.citation_key_given, g.uuid == e.uuid
            ),
            select(a.entry, g.key, e.citation_key)
            .join_from(schema.entry_alias, schema.entry)
            .join(schema.citation_key_given, g.uuid == a.uuid),
        ):
            for entry_id, key, today in connection.execute(query.where(e.id.in_(some))):
                if key.casefold() != today.casefold():
                    found.setdefault(entry_id, {}).setdefault(key.casefold(), key)
    return {i: tuple(keys[folded] for folded in sorted(keys)) for i, keys in found.items()}


def give_out(connection: Connection, ids: Collection[int], moment: str) -> None:
    """Note that the keys of `ids`, those of before included, are known outside the library."""
    e = schema.entry.c
    for some in batches(ids):
        new: dict[str, dict[str, str]] = {}
        for query in _not_given():
            for key, uuid in connection.execute(query.where(e.id.in_(some))):
                new.setdefault(key.casefold(), {"key": key, "uuid": uuid, "given": moment})
        given_keys.write(connection, list(new.values()))
        connection.execute(
            update(schema.entry)
            .where(e.id.in_(some), e.key_provisional != 0)
            .values(key_provisional=0)
        )


def keep_for_parts(connection: Connection, ids: Collection[int]) -> None:
    """Go on to find papers that are to be merged away by their keys, which stay theirs.

    That alone makes no key known outside.
    """
    e = schema.entry.c
    for some in batches(ids):
        new: dict[str, dict[str, str]] = {}
        for query in _not_given()[:2]:
            for key, uuid in connection.execute(query.where(e.id.in_(some))):
                new.setdefault(key.casefold(), {"key": key, "uuid": uuid, "given": ""})
        given_keys.write(connection, list(new.values()))


def _not_given() -> tuple[Select[Any], ...]:
    """Queries of keys that are not known outside, with the uuids of their entries: those of
    today, those of before, and those of papers that were merged into them."""
    e, k, g = schema.entry.c, schema.entry_key.c, schema.citation_key_given.c
    a = schema.entry_alias.c
    given = schema.citation_key_given
    return (
        select(e.citation_key, e.uuid)
        .outerjoin_from(schema.entry, given, g.key == e.citation_key)
        .where(or_(g.key.is_(None), g.given == "")),
        select(k.key, e.uuid)
        .join_from(schema.entry, schema.entry_key)
        .outerjoin(given, g.key == k.key)
        .where(or_(g.key.is_(None), g.given == "")),
        select(g.key, g.uuid)
        .join_from(schema.entry, schema.entry_alias)
        .join(given, g.uuid == a.uuid)
        .where(g.given == ""),
    )


def all_given(connection: Connection, ids: Iterable[int]) -> bool:
    """Whether all keys of every one of `ids` are known outside already."""
    e = schema.entry.c
    return not any(
        connection.execute(query.where(e.id.in_(some)).limit(1)).first()
        for some in batches(ids)
        for query in _not_given()
    )


def checked(connection: Connection, key: str, *, but_for: int | None = None) -> str:
    """The key that a person typed, for the entry `but_for` or a new one.

    Raises UsageError where it cannot be.
    """
    key = _legal(key)
    if is_taken(connection, key, but_for=but_for):
        raise _in_use(key)
    return key


def _legal(key: str) -> str:
    key = key.strip()
    if not key or citation_key.legal(key) != key:
        raise UsageError(
            _(
                "“{key}” cannot be a citation key: use letters, digits and - _ : . + / "
                "without blanks."
            ).format(key=key)
        )
    return key


def _in_use(key: str) -> UsageError:
    return UsageError(
        _("The citation key “{key}” is in use, or was given to another paper before.").format(
            key=key
        )
    )


def set_key(connection: Connection, entry_id: int, key: str) -> None:
    """Give the entry the key that a person typed. Raises UsageError where it cannot be."""
    _put(connection, {entry_id: checked(connection, key, but_for=entry_id)}, now())


def _put(connection: Connection, keys: Mapping[int, str], moment: str) -> None:
    """Give entries keys that are known to be free; the old ones go on to find them."""
    e, k = schema.entry.c, schema.entry_key.c
    left: list[dict[str, object]] = []
    for some in batches(keys):
        for entry_id, old, provisional in connection.execute(
            select(e.id, e.citation_key, e.key_provisional).where(e.id.in_(some))
        ):
            if not provisional and old.casefold() != keys[entry_id].casefold():
                left.append({"entry": entry_id, "key": old})
    new = [{"of": entry_id, "new": key} for entry_id, key in sorted(keys.items())]
    search_index.expect(connection, len(new))
    taken_back = delete(schema.entry_key).where(k.entry == bindparam("of"))
    connection.execute(taken_back.where(k.key == bindparam("new")), new)
    connection.execute(
        update(schema.entry)
        .where(e.id == bindparam("of"))
        .values(citation_key=bindparam("new"), key_provisional=0, modified=moment),
        new,
    )
    if left:
        connection.execute(insert(schema.entry_key), left)


def _taken(connection: Connection, questions: int) -> "key_proposals.Taken":
    from refman.library import key_proposals

    if questions > _MANY:
        return key_proposals.owners(connection)
    return lambda key, entry_id: is_taken(connection, key, but_for=entry_id)


class CitationKeys:
    """Handing keys out, changing them, and the patterns by which they are made."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- reading

    def patterns(self) -> dict[str, str]:
        """The patterns that were set: by entry type, that of all other papers under ''."""
        with self._database.read() as connection:
            return KeyPatterns.stored(connection).texts

    def pattern(self, entry_type: str = "") -> str:
        """The pattern by which new keys are made; `[default]` where none was set."""
        with self._database.read() as connection:
            return KeyPatterns.stored(connection).text(entry_type)

    def preview(self, entry_id: int, pattern: str | None = None) -> str:
        """The key that a paper would have by a pattern, or by the library's; '' for none.

        Raises key_patterns.WrongPattern, a UsageError with the position.
        """
        from refman.library import key_proposals

        with self._database.read() as connection:
            patterns = _chosen(connection, pattern)
            entry = load(connection, [entry_id]).get(entry_id)
            if entry is None or not patterns.key(entry):
                return ""
            taken = _taken(connection, 1)
            (found,) = key_proposals.propose(connection, [entry_id], patterns, taken, Progress())
            return found.new

    def proposals(
        self, ids: Collection[int], pattern: str | None = None, progress: Progress | None = None
    ) -> "list[KeyChange]":
        """The keys that papers have and would have by a pattern, or by the library's.

        In the order of `ids`, those whose key stays included. Raises key_patterns.WrongPattern,
        Cancelled.
        """
        from refman.library import key_proposals

        with self._database.read() as connection:
            patterns = _chosen(connection, pattern)
            taken = _taken(connection, len(ids))
            return key_proposals.propose(connection, ids, patterns, taken, progress or Progress())

    def aliases(self, ids: Collection[int]) -> dict[int, tuple[str, ...]]:
        """The keys besides today's by which papers are known; those without any are left out."""
        with self._database.read() as connection:
            return aliases(connection, ids)

    def resolve(self, keys: Iterable[str]) -> dict[str, int]:
        """The papers of keys of today or of any day, by the key as it is written here."""
        with self._database.read() as connection:
            return find_all(connection, keys)

    def renamed(self, keys: Iterable[str]) -> dict[str, str]:
        """Today's key for each of `keys` that a paper had before; one of today is left out."""
        e = schema.entry.c
        today: dict[int, str] = {}
        with self._database.read() as connection:
            found = find_all(connection, keys)
            for some in batches(set(found.values())):
                rows = connection.execute(select(e.id, e.citation_key).where(e.id.in_(some)))
                today.update((row.id, row.citation_key) for row in rows)
        return {
            key: today[entry_id]
            for key, entry_id in found.items()
            if today[entry_id].casefold() != key.casefold()
        }

    # --- verbs

    def set_pattern(self, text: str, entry_type: str = "") -> Changes:
        """Set the pattern of new keys, for all papers or for one entry type; '' takes it away.

        Keys that there are stay. Raises key_patterns.WrongPattern.
        """
        label = _("Set the pattern of citation keys")
        text = text.strip()
        if text:
            key_patterns.read_pattern(text)
        with self._database.write(label) as connection:
            changed = key_patterns.store(connection, text, entry_type.strip().lower())
        message = _("New citation keys are made by {pattern}. Those that there are stay.").format(
            pattern=text or self.pattern(entry_type)
        )
        return Changes(label, count=int(changed), message=message if changed else "")

    def change(self, keys: Mapping[int, str]) -> Changes:
        """Give papers the keys that a person chose; the old ones go on to find them.

        Raises UsageError where one cannot be, RefmanError where a paper is gone.
        """
        label = _("Change {n} citation keys").format(n=f"{len(keys):,}")
        if len(keys) == 1:
            label = _("Change a citation key")
        e = schema.entry.c
        with self._database.write(label) as connection:
            old: dict[int, str] = {}
            for some in batches(keys):
                rows = connection.execute(select(e.id, e.citation_key).where(e.id.in_(some)))
                old.update((row.id, row.citation_key) for row in rows)
            if len(old) < len(keys):
                raise RefmanError(_("One of these papers is not in the library any more."))
            new = {i: _legal(key) for i, key in keys.items() if key.strip() != old[i]}
            taken = _taken(connection, len(new))
            seen: set[str] = set()
            for entry_id, key in sorted(new.items()):
                if key.casefold() in seen or taken(key, entry_id):
                    raise _in_use(key)
                seen.add(key.casefold())
            if new:
                _put(connection, new, now())
        message = _("{papers}: the citation key was changed. The old keys go on to find them.")
        return touched(label, new, message.format(papers=papers(len(new))))

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


def _chosen(connection: Connection, pattern: str | None) -> KeyPatterns:
    """The pattern that a person typed, for papers of all types, else the library's."""
    if not pattern:
        return KeyPatterns.stored(connection)
    key_patterns.read_pattern(pattern)
    return KeyPatterns({"": pattern})
