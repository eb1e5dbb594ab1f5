"""Taking a merge apart again: what each paper was is noted when they are joined.

What came to the paper after the merge stays with the one that was kept. What was moved goes
back; what both had, or what the merge itself set, is again as it was, unless somebody has
changed it since.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, or_, select, update

from refman.db import schema
from refman.errors import RefmanError
from refman.i18n import _
from refman.library.changes import STATUSES
from refman.library.citation_keys import is_taken
from refman.library.storing import bring_up_to_date, new_id
from refman.model.citation_key import disambiguate

# Rows that stand for themselves: they move with their paper and are known by their ids.
MOVED = (
    schema.sighting,
    schema.annotation,
    schema.attachment,
    schema.entry_alias,
    schema.entry_key,
    schema.entry_joined,
    schema.workspace_entry,
)

# Rows of which a paper has one of a kind: the column that says which, and all that they hold.
SHARED: dict[str, tuple[Table, str, tuple[str, ...]]] = {
    "tags": (schema.entry_tag, "tag", ("tag", "origin")),
    "collections": (schema.collection_entry, "collection", ("collection",)),
    "edits": (schema.entry_edit, "field", ("field", "value", "made")),
}

# The further a paper has come, the later it stands; of two statuses the later is kept.
_FURTHER = ("inbox", "dropped", "to-read", "reading", "read")
assert set(_FURTHER) == set(STATUSES)

_PLAIN = ("status", "rank", "rating", "added", "trashed", "citation_key", "key_provisional")


@dataclass(frozen=True, slots=True)
class Joined:
    """A paper that was merged into another: when, and what it was called."""

    uuid: str
    made: str
    citation_key: str
    title: str


def state(connection: Connection, entry_id: int) -> dict[str, Any]:
    """What a merge changes of a paper, in JSON's terms."""
    e = schema.entry.c
    row = connection.execute(
        select(e.title, *(e[name] for name in _PLAIN)).where(e.id == entry_id)
    ).one()
    found: dict[str, Any] = {"title": row.title, "plain": {n: getattr(row, n) for n in _PLAIN}}
    for name, (table, _key, columns) in SHARED.items():
        rows = connection.execute(
            select(*(table.c[column] for column in columns)).where(table.c.entry == entry_id)
        )
        found[name] = sorted([*row] for row in rows)
    found["distinct"] = sorted(_distinct(connection, entry_id))
    return found


def note(
    connection: Connection,
    keeper: int,
    uuid: str,
    kept: Mapping[str, Any],
    gone: Mapping[str, Any],
    moved: Mapping[str, list[int]],
    moment: str,
) -> None:
    """Note what two papers were, the one that is `kept` and the one that is `gone`."""
    was = {"kept": kept, "gone": gone, "moved": moved, "after": state(connection, keeper)}
    connection.execute(
        insert(schema.entry_joined).values(
            entry=keeper, uuid=uuid, made=moment, was=json.dumps(was, ensure_ascii=False)
        )
    )


def note_after(connection: Connection, keeper: int) -> None:
    """Take what the paper is now for what its last merge has made of it."""
    j = schema.entry_joined
    last = connection.execute(
        select(j.c.id, j.c.was).where(j.c.entry == keeper).order_by(j.c.id.desc()).limit(1)
    ).one_or_none()
    if last is not None:
        was = json.loads(last.was) | {"after": state(connection, keeper)}
        text = json.dumps(was, ensure_ascii=False)
        connection.execute(update(j).where(j.c.id == last.id).values(was=text))


def joined(connection: Connection, entry_id: int) -> list[Joined]:
    """The papers that are parts of this one, the last that came first."""
    j = schema.entry_joined.c
    return [
        Joined(uuid, made, (was := json.loads(text)["gone"])["plain"]["citation_key"], was["title"])
        for uuid, made, text in connection.execute(
            select(j.uuid, j.made, j.was).where(j.entry == entry_id).order_by(j.id.desc())
        )
    ]


def part(connection: Connection, uuid: str, moment: str) -> tuple[int, int]:
    """Take the paper `uuid` out of the one that it was merged into. The ids of both.

    Raises RefmanError where it is not a part of any.
    """
    j = schema.entry_joined.c
    row = connection.execute(select(j.id, j.entry, j.was).where(j.uuid == uuid)).one_or_none()
    if row is None:
        raise RefmanError(_("This paper is not merged with another any more."))
    keeper, was = row.entry, json.loads(row.was)
    connection.execute(delete(schema.entry_joined).where(j.uuid == uuid))
    connection.execute(delete(schema.entry_alias).where(schema.entry_alias.c.uuid == uuid))
    _give_back_plain(connection, keeper, row.id, was)
    _give_back_shared(connection, keeper, was)
    new = _restore(connection, uuid, was["gone"])
    for table in MOVED:
        ids = was["moved"].get(table.name, [])
        connection.execute(
            update(table).where(table.c.id.in_(ids), table.c.entry == keeper).values(entry=new)
        )
    _forget_in_others(connection, keeper, was)
    for entry_id in (keeper, new):
        bring_up_to_date(connection, entry_id, moment)
    return keeper, new


def together(kept: Mapping[str, Any], gone: Mapping[str, Any]) -> dict[str, Any]:
    """What a merge makes of the plain values of two papers.

    The further status, the higher rating and the earlier date of adding; a provisional key
    gives way to one that is none.
    """
    trashed = [kept["trashed"], gone["trashed"]]
    values = dict(kept) | {
        "status": max(kept["status"], gone["status"], key=_FURTHER.index),
        "rating": max(kept["rating"], gone["rating"]),
        "added": min(kept["added"], gone["added"]),
        "trashed": None if None in trashed else min(trashed),
    }
    if kept["key_provisional"] and not gone["key_provisional"]:
        values |= {"citation_key": gone["citation_key"], "key_provisional": 0}
    return values


def _give_back_plain(
    connection: Connection, keeper: int, joined_id: int, was: dict[str, Any]
) -> None:
    """Make the kept paper what it would be had the merge not been, wherever nobody changed it.

    What the merges after it found and made is told anew, one after the other.
    """
    j = schema.entry_joined
    old, new = was["after"]["plain"], was["kept"]["plain"]
    for row in connection.execute(
        select(j.c.id, j.c.was).where(j.c.entry == keeper, j.c.id > joined_id).order_by(j.c.id)
    ).all():
        later = json.loads(row.was)
        kept, gone, after = (later[part]["plain"] for part in ("kept", "gone", "after"))
        found = {name: new[name] if kept[name] == old[name] else kept[name] for name in kept}
        made, makes = together(kept, gone), together(found, gone)
        now = {name: makes[name] if after[name] == made[name] else after[name] for name in after}
        old, new = after, now
        later["kept"]["plain"], later["after"]["plain"] = found, now
        connection.execute(
            update(j).where(j.c.id == row.id).values(was=json.dumps(later, ensure_ascii=False))
        )
    there = state(connection, keeper)["plain"]
    plain = {n: new[n] for n in new if there[n] == old[n] != new[n]}
    if "citation_key" in plain and is_taken(connection, plain["citation_key"], but_for=keeper):
        del plain["citation_key"]
    e = schema.entry
    if plain:
        connection.execute(update(e).where(e.c.id == keeper).values(plain))


def _give_back_shared(connection: Connection, keeper: int, was: dict[str, Any]) -> None:
    """Take from the kept paper what it has from the other alone; give it what it had itself."""
    before, after, now = was["kept"], was["after"], state(connection, keeper)
    others = _in_force(connection, keeper)
    for name, (table, key, columns) in SHARED.items():
        old, made, there = ({row[0]: row for row in s[name]} for s in (before, after, now))
        for value, row in there.items():
            if made.get(value) != row or old.get(value) == row:
                continue  # changed since, or never changed
            if value not in old and any(value in _values(o["gone"], name) for o in others):
                continue  # another part of the paper has it, too
            where = (table.c.entry == keeper) & (table.c[key] == value)
            if value in old:
                values = dict(zip(columns, old[value], strict=True))
                connection.execute(update(table).where(where).values(values))
            else:
                connection.execute(delete(table).where(where))
    d = schema.entry_distinct
    for other in {*after["distinct"]} - {*before["distinct"]}:
        low, high = sorted((keeper, other))
        if not any(other in o["gone"]["distinct"] for o in others):
            connection.execute(delete(d).where(d.c.first == low, d.c.second == high))


def _restore(connection: Connection, uuid: str, gone: dict[str, Any]) -> int:
    """The paper that was merged, with all that is not a row of its own kind."""
    plain = dict(gone["plain"])
    plain["citation_key"] = disambiguate(
        plain["citation_key"], lambda key: _belongs_to_another(connection, key, uuid)
    )
    new = new_id(connection.execute(insert(schema.entry).values(uuid=uuid, **plain)))
    for name, (table, key, columns) in SHARED.items():
        rows = [dict(zip(columns, row, strict=True)) for row in gone[name]]
        if name != "edits":  # a tag or a collection may be gone by now
            target = schema.tag if name == "tags" else schema.collection
            there = set(connection.scalars(select(target.c.id)))
            rows = [row for row in rows if row[key] in there]
        if rows:
            connection.execute(insert(table), [{"entry": new, **row} for row in rows])
    e = schema.entry.c
    apart = connection.scalars(select(e.id).where(e.id.in_(gone["distinct"]))).all()
    for other in apart:
        low, high = sorted((new, other))
        connection.execute(insert(schema.entry_distinct).values(first=low, second=high))
    return new


def _forget_in_others(connection: Connection, keeper: int, was: dict[str, Any]) -> None:
    """Other parts of the paper found it with what came from this one: that was not its own."""
    j = schema.entry_joined
    for row in connection.execute(select(j.c.id, j.c.was).where(j.c.entry == keeper)).all():
        other = json.loads(row.was)
        for name in SHARED:
            came = _values(was["gone"], name) - _values(was["kept"], name)
            other["kept"][name] = [each for each in other["kept"][name] if each[0] not in came]
        came = {*was["gone"]["distinct"]} - {*was["kept"]["distinct"]}
        other["kept"]["distinct"] = [i for i in other["kept"]["distinct"] if i not in came]
        connection.execute(
            update(j).where(j.c.id == row.id).values(was=json.dumps(other, ensure_ascii=False))
        )


def _in_force(connection: Connection, keeper: int) -> list[dict[str, Any]]:
    j = schema.entry_joined.c
    return [json.loads(was) for was in connection.scalars(select(j.was).where(j.entry == keeper))]


def _values(part_: dict[str, Any], name: str) -> set[Any]:
    return {row[0] for row in part_[name]}


def _distinct(connection: Connection, entry_id: int) -> set[int]:
    d = schema.entry_distinct.c
    pairs = connection.execute(
        select(d.first, d.second).where(or_(d.first == entry_id, d.second == entry_id))
    )
    return {second if first == entry_id else first for first, second in pairs}


def _belongs_to_another(connection: Connection, key: str, uuid: str) -> bool:
    e, g, k = schema.entry.c, schema.citation_key_given.c, schema.entry_key.c
    if connection.scalar(select(e.id).where(e.citation_key == key)) is not None:
        return True
    if connection.scalar(select(k.id).where(k.key == key)) is not None:
        return True
    owner = connection.scalar(select(g.uuid).where(g.key == key))
    return owner is not None and owner != uuid
