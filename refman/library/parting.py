"""Taking a merge apart again: what each paper was is noted when they are joined.

What came to the paper after the merge stays with the one that was kept. What was moved goes
back; what both had, or what the merge itself set, is again as it was, unless somebody has
changed it since.

A paper may be a part of one that is itself a part of another: a note tells into which it was
merged. To take it out, that one is taken out first, and then merged again.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from refman.db import schema
from refman.errors import RefmanError
from refman.i18n import _
from refman.library import distinct
from refman.library.changes import STATUSES
from refman.library.citation_keys import is_taken
from refman.library.given_keys import is_kept
from refman.library.storing import bring_up_to_date, new_id
from refman.model.citation_key import disambiguate
from refman.model.text import hash64

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
    "tags": (schema.entry_tag, "tag", ("tag", "origin", "listing")),
    "collections": (schema.collection_entry, "collection", ("collection", "listing")),
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
    found["words"] = [sorted(words) for words in distinct.words_of(connection, [entry_id])]
    return found


def note(
    connection: Connection,
    keeper: int,
    uuid: str,
    kept: Mapping[str, Any],
    gone: Mapping[str, Any],
    moved: Mapping[str, list[int]],
    moment: str,
    listing: int | None = None,
) -> None:
    """Note what two papers were, the one that is `kept` and the one that is `gone`.

    `listing` is the import that showed that they are one.
    """
    was = {
        "into": _uuid(connection, keeper),
        "kept": kept,
        "gone": gone,
        "moved": moved,
        "apart": _apart(connection, kept["words"], gone["words"]),
        "after": state(connection, keeper),
    }
    connection.execute(
        insert(schema.entry_joined).values(
            entry=keeper, uuid=uuid, made=moment, was=_to_json(was), listing=listing
        )
    )


def note_after(connection: Connection, keeper: int) -> None:
    """Take what the paper is now for what its last merge has made of it."""
    if notes := _notes(connection, keeper):
        last, was = notes[-1]
        _write(connection, last, was | {"after": state(connection, keeper)})


def joined(connection: Connection, entry_id: int) -> list[Joined]:
    """The papers that are parts of this one, the last that came first."""
    j = schema.entry_joined.c
    return [
        Joined(uuid, made, (was := json.loads(text)["gone"])["plain"]["citation_key"], was["title"])
        for uuid, made, text in connection.execute(
            select(j.uuid, j.made, j.was).where(j.entry == entry_id).order_by(j.id.desc())
        )
    ]


def outermost(connection: Connection, uuid: str) -> str:
    """The part that holds the part `uuid` in the paper that both are in now; mostly itself.

    Raises RefmanError where it is not a part of any.
    """
    entry_id, was = _note_of(connection, uuid)
    own = _uuid(connection, entry_id)
    while (into := was.get("into", own)) != own:
        uuid = into
        _entry, was = _note_of(connection, uuid)
    return uuid


def part(connection: Connection, uuid: str, moment: str) -> tuple[int, int]:
    """Take the paper `uuid` out of the one that it was merged into. The ids of both.

    It is its own `outermost`. Raises RefmanError where it is not a part of any.
    """
    keeper, was = _note_of(connection, uuid)
    j = schema.entry_joined
    joined_id = connection.execute(select(j.c.id).where(j.c.uuid == uuid)).scalar_one()
    connection.execute(delete(j).where(j.c.uuid == uuid))
    connection.execute(delete(schema.entry_alias).where(schema.entry_alias.c.uuid == uuid))
    _give_back_plain(connection, keeper, joined_id, was)
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
    _keep_apart_again(connection, keeper, new, was["apart"])
    return keeper, new


def changed_since(connection: Connection, uuid: str) -> dict[str, Any]:
    """What somebody changed of a paper since the part `uuid` was merged into it: `change` it so."""
    keeper, was = _note_of(connection, uuid)
    after, now = was["after"], state(connection, keeper)
    found: dict[str, Any] = {
        "plain": {n: v for n, v in now["plain"].items() if v != after["plain"][n]}
    }
    for name in SHARED:
        old, new = _by_value(after, name), _by_value(now, name)
        found[name] = [row for value, row in new.items() if not _alike(name, row, old.get(value))]
        found[f"no {name}"] = [value for value in old if value not in new]
    return found


def change(connection: Connection, entry_id: int, changes: Mapping[str, Any]) -> None:
    """Make a paper again what `changed_since` told of it."""
    e = schema.entry
    plain = dict(changes["plain"])
    if "citation_key" in plain and is_taken(connection, plain["citation_key"], but_for=entry_id):
        del plain["citation_key"]
    if plain:
        connection.execute(update(e).where(e.c.id == entry_id).values(plain))
    for name, (table, key, columns) in SHARED.items():
        values = [*changes[f"no {name}"], *(row[0] for row in changes[name])]
        connection.execute(delete(table).where(table.c.entry == entry_id, table.c[key].in_(values)))
        rows = [dict(zip(columns, row, strict=True)) for row in changes[name]]
        if rows:
            connection.execute(insert(table), [{"entry": entry_id, **row} for row in rows])


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
    old, new = was["after"]["plain"], was["kept"]["plain"]
    for later_id, later in _notes(connection, keeper):
        if later_id < joined_id:
            continue
        kept, gone, after = (later[part]["plain"] for part in ("kept", "gone", "after"))
        found = {name: new[name] if kept[name] == old[name] else kept[name] for name in kept}
        made, makes = together(kept, gone), together(found, gone)
        now = {name: makes[name] if after[name] == made[name] else after[name] for name in after}
        old, new = after, now
        later["kept"]["plain"], later["after"]["plain"] = found, now
        _write(connection, later_id, later)
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
    others = [other for _id, other in _notes(connection, keeper)]
    for name, (table, key, columns) in SHARED.items():
        old, made, there = (_by_value(each, name) for each in (before, after, now))
        for value, row in there.items():
            if not _alike(name, row, made.get(value)) or _alike(name, row, old.get(value)):
                continue  # changed since, or never changed
            if value not in old and any(value in _values(o["gone"], name) for o in others):
                continue  # another part of the paper has it, too
            where = (table.c.entry == keeper) & (table.c[key] == value)
            if value in old:
                (values,) = _there(connection, [dict(zip(columns, old[value], strict=True))])
                connection.execute(update(table).where(where).values(values))
            else:
                connection.execute(delete(table).where(where))
        gone = [row for value, row in old.items() if value not in made and value not in there]
        if gone:  # what the merge itself put away
            rows = [{"entry": keeper, **dict(zip(columns, row, strict=True))} for row in gone]
            connection.execute(insert(table), _there(connection, rows))


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
            rows = [{"entry": new, **row} for row in _there(connection, rows)]
            connection.execute(insert(table), rows)
    return new


def _forget_in_others(connection: Connection, keeper: int, was: dict[str, Any]) -> None:
    """Other parts of the paper found it with what came from this one: that was not its own."""
    for joined_id, other in _notes(connection, keeper):
        for name in SHARED:
            came = _values(was["gone"], name) - _values(was["kept"], name)
            other["kept"][name] = [each for each in other["kept"][name] if each[0] not in came]
        _write(connection, joined_id, other)


def _notes(connection: Connection, keeper: int) -> list[tuple[int, dict[str, Any]]]:
    """What was noted of the papers that were merged into this one itself, the first first."""
    j, own = schema.entry_joined.c, _uuid(connection, keeper)
    rows = connection.execute(select(j.id, j.was).where(j.entry == keeper).order_by(j.id)).all()
    notes = [(row.id, json.loads(row.was)) for row in rows]
    return [(joined_id, was) for joined_id, was in notes if was.get("into", own) == own]


def _note_of(connection: Connection, uuid: str) -> tuple[int, dict[str, Any]]:
    """Where the part `uuid` is now, and what was noted of it. Raises RefmanError."""
    j = schema.entry_joined.c
    row = connection.execute(select(j.entry, j.was).where(j.uuid == uuid)).one_or_none()
    if row is None:
        raise RefmanError(_("This paper is not merged with another any more."))
    return row.entry, json.loads(row.was)


def _write(connection: Connection, joined_id: int, was: Mapping[str, Any]) -> None:
    j = schema.entry_joined
    connection.execute(update(j).where(j.c.id == joined_id).values(was=_to_json(was)))


def _to_json(was: Mapping[str, Any]) -> str:
    return json.dumps(was, ensure_ascii=False)


def _uuid(connection: Connection, entry_id: int) -> str:
    e = schema.entry.c
    return str(connection.execute(select(e.uuid).where(e.id == entry_id)).scalar_one())


def _by_value(state_: Mapping[str, Any], name: str) -> dict[Any, list[Any]]:
    return {row[0]: row for row in state_[name]}


def _alike(name: str, row: Sequence[Any], other: Sequence[Any] | None) -> bool:
    """Whether two rows say the same, wherever they came from: an import may be gone."""
    end = -1 if SHARED[name][2][-1] == "listing" else None
    return other is not None and list(row[:end]) == list(other[:end])


def _there(connection: Connection, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """`rows` without the imports that are gone."""
    imports = {None, *connection.scalars(select(schema.listing.c.id))}
    return [row if row.get("listing") in imports else row | {"listing": None} for row in rows]


def _values(part_: dict[str, Any], name: str) -> set[Any]:
    return {row[0] for row in part_[name]}


def _apart(
    connection: Connection, kept: Sequence[Sequence[int]], gone: Sequence[Sequence[int]]
) -> list[tuple[int, int]]:
    """What was known of two papers that are not the same, by their words (`distinct`)."""
    known = distinct.known(connection) if kept and gone else {}
    return [
        (one, other)
        for words in kept
        for one in words
        for others in gone
        for other in sorted({*others}.intersection(known.get(one, ())))
    ]


def _keep_apart_again(
    connection: Connection, keeper: int, new: int, forgotten: Sequence[Sequence[int]]
) -> None:
    """Tell from whom each of the two is kept apart: of both together that is known by their ids,
    of each by its uuids."""
    table, d = schema.distinct_record, schema.entry_distinct
    if forgotten:
        rows = [{"first": min(pair), "second": max(pair)} for pair in forgotten]
        connection.execute(insert(table).prefix_with("OR IGNORE"), rows)
    known = distinct.known(connection)
    if not known:
        return
    uuids = _uuids(connection)
    apart = {each for one in (*uuids[keeper], *uuids[new]) for each in known.get(one, ())}
    others = {entry_id for entry_id, own in uuids.items() if not own.isdisjoint(apart)}
    others -= {keeper, new}
    pairs = [(each, other) for each in (keeper, new) for other in others] + [(keeper, new)]
    apart_now = {
        (min(pair), max(pair)) for pair in pairs if _meet(known, *(uuids[each] for each in pair))
    }
    there = {pair for pair in distinct.pairs_of(connection, [keeper]) if others.intersection(pair)}
    for first, second in sorted(there - apart_now):
        connection.execute(delete(d).where(d.c.first == first, d.c.second == second))
    for first, second in sorted(apart_now - there):
        connection.execute(insert(d).values(first=first, second=second))
    # What a paper says while it has parts is not what it says alone.
    alone = {pair for pair in apart_now if all(len(uuids[each]) == 1 for each in pair)}
    distinct.remember(connection, sorted(alone))


def _meet(known: distinct.Apart, one: Collection[int], other: Collection[int]) -> bool:
    return distinct.are_apart(known, frozenset(one), frozenset(other))


def _uuids(connection: Connection) -> dict[int, set[int]]:
    """Hashes of the uuids of all papers and of their parts."""
    found: dict[int, set[int]] = {}
    e, a = schema.entry.c, schema.entry_alias.c
    for query in (select(e.id, e.uuid), select(a.entry, a.uuid)):
        for entry_id, uuid in connection.execute(query):
            found.setdefault(entry_id, set()).add(hash64(uuid))
    return found


def _belongs_to_another(connection: Connection, key: str, uuid: str) -> bool:
    e, g, k = schema.entry.c, schema.citation_key_given.c, schema.entry_key.c
    if connection.scalar(select(e.id).where(e.citation_key == key)) is not None:
        return True
    if connection.scalar(select(k.id).where(k.key == key)) is not None:
        return True
    owner = connection.scalar(select(g.uuid).where(g.key == key, is_kept()))
    return owner is not None and owner != uuid
