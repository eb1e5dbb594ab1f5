"""Steps that write and read papers: shared by the verbs, each inside the caller's transaction.

`insert` and `rewrite` are the only places where a paper's rows are written, so what a table
row shows (`derived`) is never out of step with what the paper is.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, Table, insert, select, update

from refman.db import schema
from refman.db.bulk import AMONG, delete_rows, insert_rows, rows_among, update_rows
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
    title = normalised_title(entry.title)
    return {
        "entry_type": entry.entry_type,
        "title": entry.title,
        "abstract": entry.abstract,
        "date": entry.date,
        "creators_truncated": int(entry.creators_truncated),
        "year": entry.year,
        "creators_text": names,
        "names": "\n".join([creator.full_name for creator in entry.creators]),
        "venue": venue,
        "category": paper.category,
        "code": int(paper.code),
        "score": paper.score,
        "best_score": paper.best_score,
        "categories": " ".join(paper.categories),
        "seen": paper.seen,
        "attention": "\n".join(paper.attention),
        # Papers without a title, creators or venue sort behind all others.
        "title_sort": title or "\U0010ffff" + entry.abstract[:60],
        "creators_sort": fold(names) or "\U0010ffff",
        "venue_sort": fold(venue) or "\U0010ffff",
        "title_hash": hash64(title) if title else None,
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


_OWN = ("id", "uuid", "citation_key", "key_provisional", "status", "rating", "added", "modified")
_ENTRY = tuple(c.name for c in schema.entry.columns if c.name in {*_OWN, *derived(Paper())})


def insert_papers(connection: Connection, papers: Iterable[NewPaper], moment: str) -> None:
    """Write new papers, a few statements for all of them. Ids are the caller's."""
    entries: list[tuple[Any, ...]] = []
    prints: list[tuple[int, int]] = []
    parts = _Parts()
    for new in papers:
        own = (
            new.id,
            new.uuid,
            new.citation_key,
            int(new.key_provisional),
            new.status,
            new.rating,
            moment,
            moment,
        )
        values = derived(new.paper)
        values.update(zip(_OWN, own, strict=True))
        entries.append(tuple([values[name] for name in _ENTRY]))
        parts.take(new.id, new.paper.entry)
        prints.extend([(value, new.id) for value in set(new.fingerprint)])
    insert_rows(connection, schema.entry, _ENTRY, entries)
    parts.write(connection)
    insert_rows(connection, schema.abstract_fingerprint, ("hash", "entry"), prints)


class _Parts:
    """The rows of papers in the tables below `entry`, gathered to be written together."""

    def __init__(self) -> None:
        self.fields: list[tuple[int, str, str]] = []
        self.creators: list[tuple[int | str, ...]] = []
        self.identifiers: list[tuple[int, str, str]] = []
        self.tex: list[tuple[int, str, str]] = []

    def take(self, entry_id: int, entry: Entry) -> None:
        self.take_fields(entry_id, entry)
        self.take_creators(entry_id, entry)
        self.take_identifiers(entry_id, entry)
        self.take_tex(entry_id, entry)

    def take_fields(self, entry_id: int, entry: Entry) -> None:
        self.fields.extend([(entry_id, name, value) for name, value in entry.fields.items()])

    def take_tex(self, entry_id: int, entry: Entry) -> None:
        self.tex.extend([(entry_id, name, tex) for name, tex in entry.tex.items()])

    def take_creators(self, entry_id: int, entry: Entry) -> None:
        self.creators.extend(
            (
                entry_id,
                creator.role,
                position,
                creator.family,
                creator.given,
                creator.dropping_particle,
                creator.non_dropping_particle,
                creator.suffix,
                creator.literal,
            )
            for position, creator in enumerate(entry.creators)
        )

    def take_identifiers(self, entry_id: int, entry: Entry) -> None:
        self.identifiers.extend([(entry_id, *one) for one in sorted(identifiers(entry))])

    def write(self, connection: Connection) -> None:
        insert_rows(connection, schema.entry_field, ("entry", "name", "value"), self.fields)
        insert_rows(connection, schema.creator, _CREATOR, self.creators)
        insert_rows(
            connection, schema.entry_identifier, ("entry", "scheme", "value"), self.identifiers
        )
        insert_rows(connection, schema.entry_tex, ("entry", "field", "tex"), self.tex)


_CREATOR = tuple(c.name for c in schema.creator.columns if c.name != "id")


def rewrite(connection: Connection, entry_id: int, paper: Paper, moment: str) -> bool:
    """Make the stored paper equal `paper`, touching only what differs. Whether it did."""
    return bool(_rewrite_all(connection, {entry_id: paper}, moment))


def _rewrite_all(connection: Connection, papers: Mapping[int, Paper], moment: str) -> set[int]:
    """Make the stored papers equal these. Those that did not."""
    entries = load(connection, papers, tex=True)
    table = schema.entry
    rows = {
        row["id"]: row
        for some in batches(papers)
        for row in connection.execute(select(table).where(table.c.id.in_(some))).mappings()
    }
    changed: set[int] = set()
    cleared: dict[Table, list[int]] = {}
    updated: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}  # by the columns
    parts = _Parts()
    for entry_id, paper in papers.items():
        row, stored, entry = rows[entry_id], entries[entry_id], paper.entry
        values = {name: value for name, value in derived(paper).items() if row[name] != value}
        differs = bool(values.keys() - {"seen"})  # one more page that says the same is no change
        for below, one, other, take in (
            (schema.entry_field, entry.fields, stored.fields, parts.take_fields),
            (schema.creator, entry.creators, stored.creators, parts.take_creators),
            (
                schema.entry_identifier,
                identifiers(entry),
                identifiers(stored),
                parts.take_identifiers,
            ),
            (schema.entry_tex, entry.tex, stored.tex, parts.take_tex),
        ):
            if one != other:
                cleared.setdefault(below, []).append(entry_id)
                take(entry_id, entry)
                differs = True
        if differs:
            values["modified"] = moment
        if values:
            columns = tuple(name for name in _ENTRY if name in values)
            updated.setdefault(columns, []).append((*(values[n] for n in columns), entry_id))
            changed.add(entry_id)
    for below, ids in cleared.items():
        delete_rows(connection, below.c.entry, ids)
    for columns, new in updated.items():
        update_rows(connection, table, columns, new)
    parts.write(connection)
    return changed


def resolve_stored(connection: Connection, entry_id: int) -> Paper:
    """The paper as its stored sightings and edits make it."""
    return resolve(
        sightings_of(connection, [entry_id]).get(entry_id, []),
        edits_of(connection, entry_id),
    )


def bring_up_to_date(connection: Connection, entry_id: int, moment: str) -> bool:
    """Rewrite the paper after its sightings or edits changed. Whether anything differed."""
    return rewrite(connection, entry_id, resolve_stored(connection, entry_id), moment)


def bring_all_up_to_date(connection: Connection, ids: Collection[int], moment: str) -> set[int]:
    """The same for a few hundred papers at once. Those that differed."""
    seen, edits = sightings_of(connection, ids), all_edits_of(connection, ids)
    papers = {i: resolve(seen.get(i, []), edits.get(i)) for i in sorted(ids)}
    return _rewrite_all(connection, papers, moment)


# --- reading ----------------------------------------------------------------------------


_e, _f, _c, _x = (
    table.c for table in (schema.entry, schema.entry_field, schema.creator, schema.entry_tex)
)
_et, _t = schema.entry_tag.c, schema.tag.c
_FIELDS = select(_f.entry, _f.name, _f.value).where(_f.entry.in_(AMONG)).order_by(_f.entry, _f.name)
_CREATORS = (
    select(
        _c.entry,
        _c.family,
        _c.given,
        _c.dropping_particle,
        _c.non_dropping_particle,
        _c.suffix,
        _c.literal,
        _c.role,
    )
    .where(_c.entry.in_(AMONG))
    .order_by(_c.entry, _c.position)
)
_TEX = select(_x.entry, _x.field, _x.tex).where(_x.entry.in_(AMONG)).order_by(_x.entry, _x.field)
_KEYWORDS = (
    select(_et.entry, _t.name)
    .join_from(schema.entry_tag, schema.tag)
    .where(_et.entry.in_(AMONG))
    .order_by(_et.entry, _t.name)
)
_ENTRIES = select(
    _e.id, _e.entry_type, _e.citation_key, _e.title, _e.creators_truncated, _e.date, _e.abstract
).where(_e.id.in_(AMONG))


def load(connection: Connection, ids: Collection[int], *, tex: bool = False) -> dict[int, Entry]:
    """The entries of `ids` that are there, by id, with their tags as keywords.

    With `tex` they have the TeX that their fields were read from.
    """
    found: dict[int, Entry] = {}
    for some in batches(set(ids)):
        fields: dict[int, dict[str, str]] = {}
        for entry_id, name, value in rows_among(connection, _FIELDS, some):
            fields.setdefault(entry_id, {})[name] = value
        creators: dict[int, list[Creator]] = {}
        for entry_id, *parts in rows_among(connection, _CREATORS, some):
            creators.setdefault(entry_id, []).append(Creator(*parts))
        sources: dict[int, dict[str, str]] = {}
        for entry_id, name, source in rows_among(connection, _TEX, some) if tex else ():
            sources.setdefault(entry_id, {})[name] = source
        keywords: dict[int, list[str]] = {}
        for entry_id, name in rows_among(connection, _KEYWORDS, some):
            keywords.setdefault(entry_id, []).append(name)
        for entry_id, kind, key, title, truncated, date, abstract in rows_among(
            connection, _ENTRIES, some
        ):
            found[entry_id] = Entry(
                kind,
                key,
                title,
                tuple(creators.get(entry_id, ())),
                bool(truncated),
                date,
                abstract,
                fields.get(entry_id, {}),
                tuple(keywords.get(entry_id, ())),
                sources.get(entry_id, NO_FIELDS),
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
    return all_edits_of(connection, [entry_id]).get(entry_id, {})


def all_edits_of(connection: Connection, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What a person typed of each paper, by field; nothing of those where nobody did."""
    table = schema.entry_edit.c
    found: dict[int, dict[str, Any]] = {}
    for some in batches(ids):
        for entry_id, name, value in connection.execute(
            select(table.entry, table.field, table.value).where(table.entry.in_(some))
        ):
            found.setdefault(entry_id, {})[name] = json.loads(value)
    return found


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
