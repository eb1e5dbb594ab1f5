"""What the rules need to know around a paper of the library: its parents, and who is like it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from refman.db import schema
from refman.library import citation_keys
from refman.library.doctor.references import FIELDS
from refman.library.doctor.subject import FIELD_OF, PARENTAL, Subject, inheritance, named_keys
from refman.library.storing import batches, load
from refman.model.entry import Entry

_MOST_ANCESTORS = 8  # generations
_e = schema.entry.c


class Surroundings:
    """What the rules need to know of the rest of the library; read once, as far as it is asked."""

    def __init__(self, connection: Connection, today: date, rules: set[str]) -> None:
        self._connection = connection
        self._today = today
        self._parents = _parents(connection) if "missing-field" in rules else frozenset()
        self._twins = _twins(connection) if "shared-identifier" in rules else {}
        self._clashes = _clashes(connection) if "key-case" in rules else {}

    def subjects(self, ids: Sequence[int]) -> Iterator[tuple[int, Subject]]:
        """Those of `ids` that are there, in their order."""
        entries = load(self._connection, ids, tex=True)
        known = _Keys(self._connection, entries.values())
        for entry_id in ids:
            entry = entries.get(entry_id)
            if entry is None:
                continue
            inherited, in_cycle = inheritance(entry, known.entry)
            key = entry.citation_key
            yield (
                entry_id,
                Subject(
                    entry,
                    self._today,
                    tex=entry.tex,
                    inherited=inherited,
                    spelling=known.spelling,
                    clashes=self._clashes.get(key.casefold(), ()) if self._clashes else (),
                    twins=self._twins.get(entry_id, ()),
                    is_parent=key.casefold() in self._parents,
                    in_cycle=in_cycle,
                ),
            )


class _Keys:
    """The papers that others refer to by their keys; those in the trash are not there."""

    def __init__(self, connection: Connection, entries: Iterable[Entry]) -> None:
        self._spelt: dict[str, str] = {}
        self._entries: dict[str, Entry] = {}
        asked: set[str] = set()
        children = list(entries)
        for _generation in range(_MOST_ANCESTORS):
            keys = {
                key
                for entry in children
                for name in FIELDS
                if (value := entry.fields.get(name))
                for key in named_keys(value)
            } - asked
            if not keys:
                break
            asked |= keys
            found = {key: citation_keys.find(connection, key) for key in sorted(keys)}
            ids = {entry_id for entry_id in found.values() if entry_id is not None}
            there = load(connection, _outside_trash(connection, ids))
            for key, entry_id in found.items():
                if entry_id in there:
                    parent = there[entry_id]
                    same = parent.citation_key.casefold() == key.casefold()
                    self._spelt[key] = parent.citation_key if same else key
                    self._entries[key] = parent
            children = list(there.values())

    def spelling(self, key: str) -> str:
        return self._spelt.get(key, "")

    def entry(self, key: str) -> Entry | None:
        return self._entries.get(key)


def _parents(connection: Connection) -> frozenset[str]:
    """The keys that others inherit from, in small letters."""
    f = schema.entry_field.c
    values = connection.scalars(select(f.value).where(f.name.in_(PARENTAL)))
    return frozenset(key.casefold() for value in values for key in named_keys(value))


def _outside_trash(connection: Connection, ids: Iterable[int]) -> list[int]:
    return [
        entry_id
        for some in batches(ids)
        for entry_id in connection.scalars(
            select(_e.id).where(_e.id.in_(some), _e.trashed.is_(None))
        )
    ]


def _twins(connection: Connection) -> dict[int, tuple[tuple[str, str, str], ...]]:
    """By paper, another with an identifier of its own; none of those known to be distinct."""
    i, d = schema.entry_identifier.c, schema.entry_distinct.c
    outside = select(i.entry, i.scheme, i.value, _e.citation_key).join_from(
        schema.entry_identifier, schema.entry, _e.id == i.entry
    )
    outside = outside.where(_e.trashed.is_(None)).order_by(_e.citation_key)
    shared = select(i.scheme, i.value).group_by(i.scheme, i.value).having(func.count() > 1)
    several = shared.subquery()
    rows = connection.execute(
        outside.join(several, (several.c.scheme == i.scheme) & (several.c.value == i.value))
    ).all()
    apart = (
        {tuple(pair) for pair in connection.execute(select(d.first, d.second))} if rows else set()
    )
    groups: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        groups.setdefault((row.scheme, row.value), []).append(row)
    found: dict[int, list[tuple[str, str, str]]] = {}
    for (scheme, value), those in groups.items():
        for one in those:
            others = (each for each in those if each.entry != one.entry)
            # The first is enough: a placeholder may stand in thousands.
            other = next((each for each in others if _pair(one, each) not in apart), None)
            if other is not None:
                twin = (FIELD_OF.get(scheme, scheme), value, other.citation_key)
                found.setdefault(one.entry, []).append(twin)
    return {entry_id: tuple(sorted(twins)) for entry_id, twins in found.items()}


def _pair(one: Any, other: Any) -> tuple[int, int]:
    return min(one.entry, other.entry), max(one.entry, other.entry)


def _clashes(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Keys that differ in case only, which the table prevents but for letters beyond ASCII."""
    found: dict[str, list[str]] = {}
    for key in connection.scalars(select(_e.citation_key).where(_e.trashed.is_(None))):
        if not key.isascii():
            found.setdefault(key.casefold(), []).append(key)
    return {folded: tuple(sorted(keys)) for folded, keys in found.items() if len(keys) > 1}
