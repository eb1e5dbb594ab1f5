"""Steps that write and read papers: shared by the verbs, each inside the caller's transaction.

`insert` and `rewrite` are the only places where a paper's rows are written, so what a table
row shows (`derived`) is never out of step with what the paper is.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, delete, insert, select, update

from refman.db import schema
from refman.errors import RefmanError
from refman.i18n import _
from refman.library.merging import Paper, resolve
from refman.library.records import Seen, creators_to_json, from_json
from refman.model.creator import AUTHOR, EDITOR, Creator
from refman.model.entry import NO_FIELDS, Entry
from refman.model.identifiers import identifiers
from refman.model.text import fold, hash64, normalised_title

BATCH = 900  # values in one IN (…); SQLite takes 999 in old versions


def now() -> str:
    """This moment as a time stamp of the library."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """`ids` in sorted lists that fit into one IN (…)."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def new_id(result: CursorResult[Any]) -> int:
    """The id that a one-row insert was given."""
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


# --- what a table row shows -------------------------------------------------------------


def short_names(creators: Sequence[Creator], truncated: bool) -> str:
    """`Lin, Nikishin, He et al.`: the family names of the first three authors, or editors."""
    shown = [c for c in creators if c.role == AUTHOR] or [c for c in creators if c.role == EDITOR]
    names = [creator.family_name for creator in shown[:3]]
    more = truncated or len(shown) > 3
    return ", ".join(names) + (" et al." if more and names else "")


def venue_of(entry: Entry) -> str:
    """Where it was published, as one would say it."""
    for name in ("journaltitle", "booktitle", "eventtitle", "institution", "publisher"):
        if value := entry.fields.get(name):
            return value
    return ""


def title_hash(title: str) -> int | None:
    """The hash of the normalised title; None where nothing is left of it."""
    normal = normalised_title(title)
    return hash64(normal) if normal else None


def derived(paper: Paper) -> dict[str, Any]:
    """The columns of `entry` that follow from the rest."""
    entry = paper.entry
    names = short_names(entry.creators, entry.creators_truncated)
    venue = venue_of(entry)
    return {
        "entry_type": entry.entry_type,
        "title": entry.title,
        "abstract": entry.abstract,
        "date": entry.date,
        "creators_truncated": int(entry.creators_truncated),
        "year": entry.year,
        "creators_text": names,
        "names": "\n".join(creator.full_name for creator in entry.creators),
        "venue": venue,
        "category": paper.category,
        "code": int(paper.code),
        "score": paper.score,
        "attention": "\n".join(paper.attention),
        # Papers without a title, creators or venue sort behind all others.
        "title_sort": normalised_title(entry.title) or "\U0010ffff" + entry.abstract[:60],
        "creators_sort": fold(names) or "\U0010ffff",
        "venue_sort": fold(venue) or "\U0010ffff",
        "title_hash": title_hash(entry.title),
    }


# --- writing ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper to be inserted."""

    id: int
    uuid: str
    citation_key: str
    key_provisional: bool
    paper: Paper
    status: str = "inbox"
    rating: int = 0
    fingerprint: tuple[int, ...] = ()  # if it is known already; else the search index reckons it


def insert_papers(connection: Connection, papers: Iterable[NewPaper], moment: str) -> None:
    """Write new papers, a few statements for all of them. Ids are the caller's."""
    entries: list[dict[str, Any]] = []
    prints: list[dict[str, int]] = []
    parts = _Parts()
    for new in papers:
        entries.append(
            {
                "id": new.id,
                "uuid": new.uuid,
                "citation_key": new.citation_key,
                "key_provisional": int(new.key_provisional),
                "status": new.status,
                "rating": new.rating,
                "added": moment,
                "modified": moment,
                **derived(new.paper),
            }
        )
        parts.take(new.id, new.paper.entry)
        prints.extend({"hash": value, "entry": new.id} for value in set(new.fingerprint))
    if entries:
        connection.execute(insert(schema.entry), entries)
    parts.write(connection)
    if prints:
        connection.execute(insert(schema.abstract_fingerprint), prints)


class _Parts:
    """The rows of papers in the tables below `entry`, gathered to be written together."""

    def __init__(self) -> None:
        self.fields: list[dict[str, Any]] = []
        self.creators: list[dict[str, Any]] = []
        self.identifiers: list[dict[str, Any]] = []
        self.tex: list[dict[str, Any]] = []

    def take(self, entry_id: int, entry: Entry) -> None:
        self.take_fields(entry_id, entry)
        self.take_creators(entry_id, entry)
        self.take_identifiers(entry_id, entry)
        self.take_tex(entry_id, entry)

    def take_fields(self, entry_id: int, entry: Entry) -> None:
        self.fields.extend(
            {"entry": entry_id, "name": name, "value": value}
            for name, value in entry.fields.items()
        )

    def take_tex(self, entry_id: int, entry: Entry) -> None:
        self.tex.extend(
            {"entry": entry_id, "field": name, "tex": tex} for name, tex in entry.tex.items()
        )

    def take_creators(self, entry_id: int, entry: Entry) -> None:
        self.creators.extend(
            {
                "entry": entry_id,
                "role": creator.role,
                "position": position,
                "family": creator.family,
                "given": creator.given,
                "dropping_particle": creator.dropping_particle,
                "non_dropping_particle": creator.non_dropping_particle,
                "suffix": creator.suffix,
                "literal": creator.literal,
            }
            for position, creator in enumerate(entry.creators)
        )

    def take_identifiers(self, entry_id: int, entry: Entry) -> None:
        self.identifiers.extend(
            {"entry": entry_id, "scheme": scheme, "value": value}
            for scheme, value in sorted(identifiers(entry))
        )

    def write(self, connection: Connection) -> None:
        for table, rows in (
            (schema.entry_field, self.fields),
            (schema.creator, self.creators),
            (schema.entry_identifier, self.identifiers),
            (schema.entry_tex, self.tex),
        ):
            if rows:
                connection.execute(insert(table), rows)


def rewrite(connection: Connection, entry_id: int, paper: Paper, moment: str) -> bool:
    """Make the stored paper equal `paper`, touching only what differs. Whether it did."""
    stored = load(connection, [entry_id], tex=True)[entry_id]
    table = schema.entry
    wanted = derived(paper)
    row = connection.execute(select(table).where(table.c.id == entry_id)).mappings().one()
    values = {name: value for name, value in wanted.items() if row[name] != value}
    parts = _Parts()
    entry = paper.entry
    if entry.fields != stored.fields:
        _clear(connection, schema.entry_field, entry_id)
        parts.take_fields(entry_id, entry)
    if entry.creators != stored.creators:
        _clear(connection, schema.creator, entry_id)
        parts.take_creators(entry_id, entry)
    if identifiers(entry) != identifiers(stored):
        _clear(connection, schema.entry_identifier, entry_id)
        parts.take_identifiers(entry_id, entry)
    if entry.tex != stored.tex:
        _clear(connection, schema.entry_tex, entry_id)
        parts.take_tex(entry_id, entry)
    changed = bool(values or parts.identifiers) or (
        (entry.fields, entry.creators, entry.tex) != (stored.fields, stored.creators, stored.tex)
    )
    if changed:
        values["modified"] = moment
        connection.execute(update(table).where(table.c.id == entry_id).values(values))
        parts.write(connection)
    return changed


def _clear(connection: Connection, table: Any, entry_id: int) -> None:
    connection.execute(delete(table).where(table.c.entry == entry_id))


def resolve_stored(connection: Connection, entry_id: int) -> Paper:
    """The paper as its stored sightings and edits make it."""
    return resolve(
        sightings_of(connection, [entry_id]).get(entry_id, []),
        edits_of(connection, entry_id),
    )


def bring_up_to_date(connection: Connection, entry_id: int, moment: str) -> bool:
    """Rewrite the paper after its sightings or edits changed. Whether anything differed."""
    return rewrite(connection, entry_id, resolve_stored(connection, entry_id), moment)


# --- reading ----------------------------------------------------------------------------


def load(connection: Connection, ids: Collection[int], *, tex: bool = False) -> dict[int, Entry]:
    """The entries of `ids` that are there, by id, with their tags as keywords.

    With `tex` they have the TeX that their fields were read from.
    """
    found: dict[int, Entry] = {}
    e, f, c = schema.entry.c, schema.entry_field.c, schema.creator.c
    et, t = schema.entry_tag.c, schema.tag.c
    for some in batches(ids):
        fields: dict[int, dict[str, str]] = {}
        for entry_id, name, value in connection.execute(
            select(f.entry, f.name, f.value).where(f.entry.in_(some)).order_by(f.entry, f.name)
        ):
            fields.setdefault(entry_id, {})[name] = value
        creators: dict[int, list[Creator]] = {}
        for entry_id, *parts in connection.execute(
            select(
                c.entry,
                c.family,
                c.given,
                c.dropping_particle,
                c.non_dropping_particle,
                c.suffix,
                c.literal,
                c.role,
            )
            .where(c.entry.in_(some))
            .order_by(c.entry, c.position)
        ):
            creators.setdefault(entry_id, []).append(Creator(*parts))
        sources: dict[int, dict[str, str]] = {}
        if tex:
            x = schema.entry_tex.c
            for entry_id, name, source in connection.execute(
                select(x.entry, x.field, x.tex).where(x.entry.in_(some)).order_by(x.entry, x.field)
            ):
                sources.setdefault(entry_id, {})[name] = source
        keywords: dict[int, list[str]] = {}
        for entry_id, name in connection.execute(
            select(et.entry, t.name)
            .join_from(schema.entry_tag, schema.tag)
            .where(et.entry.in_(some))
            .order_by(et.entry, t.name)
        ):
            keywords.setdefault(entry_id, []).append(name)
        for row in connection.execute(
            select(
                e.id, e.entry_type, e.citation_key, e.title, e.abstract, e.date,
                e.creators_truncated,
            ).where(e.id.in_(some))
        ):  # fmt: skip
            found[row.id] = Entry(
                entry_type=row.entry_type,
                citation_key=row.citation_key,
                title=row.title,
                creators=tuple(creators.get(row.id, ())),
                creators_truncated=bool(row.creators_truncated),
                date=row.date,
                abstract=row.abstract,
                fields=fields.get(row.id, {}),
                keywords=tuple(keywords.get(row.id, ())),
                tex=sources.get(row.id, NO_FIELDS),
            )
    return found


def present(connection: Connection, ids: Collection[int]) -> list[int]:
    """Those of `ids` that are in the library, each once, in their order."""
    e = schema.entry.c
    there: set[int] = set()
    for some in batches(set(ids)):
        there.update(connection.scalars(select(e.id).where(e.id.in_(some))))
    return [entry_id for entry_id in dict.fromkeys(ids) if entry_id in there]


def check_there(connection: Connection, *ids: int) -> None:
    """Raises RefmanError where one of `ids` is not in the library any more."""
    if len(present(connection, ids)) < len(set(ids)):
        raise RefmanError(_("This paper is not in the library any more."))


def sightings_of(connection: Connection, ids: Collection[int]) -> dict[int, list[Seen]]:
    """What was seen of each of `ids`; a row that only stood on its page again adds nothing."""
    s, lst = schema.sighting.c, schema.listing.c
    found: dict[int, list[Seen]] = {}
    for some in batches(ids):
        for entry_id, fields, review, reviewed, as_of in connection.execute(
            select(s.entry, s.fields, s.review, s.reviewed, lst.as_of)
            .join_from(schema.sighting, schema.listing)
            .where(s.entry.in_(some), s.outcome != "unchanged")
        ):
            seen = from_json(fields, review=review, reviewed=bool(reviewed), as_of=as_of)
            found.setdefault(entry_id, []).append(seen)
    return found


def edits_of(connection: Connection, entry_id: int) -> dict[str, Any]:
    """What a person typed, by field."""
    table = schema.entry_edit.c
    return {
        name: json.loads(value)
        for name, value in connection.execute(
            select(table.field, table.value).where(table.entry == entry_id)
        )
    }


def write_edits(connection: Connection, entry_id: int, values: dict[str, Any], moment: str) -> bool:
    """Note that a person typed `values` (as they are kept in JSON). Whether that is new."""
    table = schema.entry_edit
    known = edits_of(connection, entry_id)
    new = {n: value for n, value in values.items() if n not in known or known[n] != value}
    for name, value in new.items():
        text = json.dumps(value, ensure_ascii=False)
        if name not in known:
            row = {"entry": entry_id, "field": name, "value": text, "made": moment}
            connection.execute(insert(table).values(row))
        else:
            connection.execute(
                update(table)
                .where(table.c.entry == entry_id, table.c.field == name)
                .values(value=text, made=moment)
            )
    return bool(new)


def edit_values(entry: Entry) -> dict[str, Any]:
    """All that is known of `entry`, as edits: a paper that was typed in by hand."""
    values: dict[str, Any] = dict(entry.fields)
    if entry.entry_type != "misc":
        values["entry_type"] = entry.entry_type
    for name in ("title", "abstract", "date"):
        if value := getattr(entry, name):
            values[name] = value
    if entry.creators:
        values["creators"] = creators_to_json(entry.creators)
    if entry.creators_truncated:
        values["creators_truncated"] = True
    return values
