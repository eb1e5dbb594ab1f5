"""What papers that are gone have left elsewhere: empty tags and collections, replaced citation
keys, and doubts whether another row speaks of them.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from sqlalchemy import Connection, delete, select, update

from refman.db import schema
from refman.library import citation_keys
from refman.library.records import called, from_json, to_json
from refman.library.storing import batches, bring_all_up_to_date
from refman.model import citation_key
from refman.model.entry import Entry

_e, _s, _lst = (table.c for table in (schema.entry, schema.sighting, schema.listing))


@dataclass(slots=True)
class Gone:
    """Papers that are to go: what they are called in doubts."""

    names: set[str] = field(default_factory=set)


def of(connection: Connection, ids: Collection[int]) -> Gone:
    """What is to be known of papers before they go."""
    names: set[str] = set()
    for some in batches(ids):
        for title, abstract in connection.execute(
            select(_e.title, _e.abstract).where(_e.id.in_(some))
        ):
            names.add(called(Entry(title=title, abstract=abstract)))
    return Gone(names)


def prune(connection: Connection) -> None:
    """Delete the tags and collections that imports made and that nothing holds any more.

    A tag with a colour or a key stays, and what an export, a workspace or a collection below
    stands on.
    """
    made = _made(connection)
    t, et, c, ce = (
        schema.tag.c,
        schema.entry_tag.c,
        schema.collection.c,
        schema.collection_entry.c,
    )
    names = {name for each in made for name in each.get("tags", ())}
    for some in batches_of_names(names):
        unused = (
            t.name.in_(some),
            t.colour == "",
            t.position.is_(None),
            ~select(et.id).where(et.tag == t.id).exists(),
            ~select(schema.export.c.id).where(schema.export.c.tag == t.id).exists(),
        )
        connection.execute(delete(schema.tag).where(*unused))
    places = {(place[0], place[1]) for each in made for place in each.get("collections", ())}
    below = schema.collection.alias().c
    for collection_id, name in sorted(places, reverse=True):  # those below were made later
        connection.execute(
            delete(schema.collection).where(
                c.id == collection_id,
                c.name == name,
                ~select(ce.id).where(ce.collection == collection_id).exists(),
                ~select(below.id).where(below.parent == collection_id).exists(),
                *(
                    ~select(table.c.id).where(table.c.collection == collection_id).exists()
                    for table in (schema.export, schema.workspace)
                ),
            )
        )


def batches_of_names(names: Collection[str]) -> list[list[str]]:
    ordered = sorted(names)
    return [ordered[start : start + 900] for start in range(0, len(ordered), 900)]


def _made(connection: Connection, listings: Collection[int] | None = None) -> list[dict[str, Any]]:
    """What imports made besides papers (`made`)."""
    rows = connection.execute(select(_lst.id, _lst.made).where(_lst.made != "{}"))
    return [json.loads(row.made) for row in rows if listings is None or row.id in listings]


def give_back_keys(connection: Connection, listings: Collection[int], ids: Collection[int]) -> None:
    """Papers of `ids` that have neither title nor creators again have a provisional key again.

    But not where the key that an import of `listings` gave them is known outside, or was changed.
    """
    for made in _made(connection, listings):
        for entry_id, before, after in made.get("keys", ()):
            if entry_id not in ids:
                continue
            given = select(schema.citation_key_given.c.key).where(
                schema.citation_key_given.c.key == after,
                schema.citation_key_given.c.given != "",
            )
            bare = connection.execute(
                select(_e.abstract).where(
                    _e.id == entry_id,
                    _e.citation_key == after,
                    _e.title == "",
                    _e.creators_text == "",
                    ~given.exists(),
                )
            ).one_or_none()
            if bare is None:
                continue
            taken = partial(citation_keys.is_taken, connection, but_for=entry_id)
            key = citation_key.disambiguate(before, taken)
            connection.execute(
                update(schema.entry)
                .where(_e.id == entry_id)
                .values(citation_key=key, key_provisional=1)
            )


def settle_rivals(connection: Connection, gone: Gone, moment: str) -> set[int]:
    """Forget the doubts whether rows speak of papers that are gone. The papers that changed."""
    doubtful = connection.execute(
        select(_s.id, _s.entry, _s.fields, _s.review).where(
            _s.review != "", _s.fields.contains('"rivals"')
        )
    ).all()
    if not doubtful or not gone.names:
        return set()
    names = gone.names - _still_there(connection, gone.names)
    changed: set[int] = set()
    for row in doubtful:
        seen = from_json(row.fields, review=row.review)
        settled = {rival for rival in seen.rivals if _named_in(rival, names)}
        if not settled:
            continue
        left = replace(seen, rivals=tuple(each for each in seen.rivals if each not in settled))
        review = "\n".join(doubt for doubt in seen.review if doubt not in settled)
        connection.execute(
            update(schema.sighting)
            .where(_s.id == row.id)
            .values(fields=to_json(left), review=review)
        )
        if row.entry is not None:
            changed.add(row.entry)
    return bring_all_up_to_date(connection, changed, moment)


def _still_there(connection: Connection, names: Collection[str]) -> set[str]:
    """Those of `names` that a paper has which is not gone."""
    return {
        title
        for some in batches_of_names(names)
        for title in connection.scalars(select(_e.title).where(_e.title.in_(some)))
    }


def _named_in(sentence: str, names: Collection[str]) -> bool:
    """Whether a sentence speaks of a paper of `names`, which stand between quotation marks."""
    starts = [place + 1 for place, sign in enumerate(sentence) if sign == "“"]
    ends = [place for place, sign in enumerate(sentence) if sign == "”"]
    return any(sentence[start:end] in names for start in starts for end in ends if start < end)
