"""What a user can do with papers themselves: add, edit, rate, trash, merge."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus
from uuid import uuid4

from sqlalchemy import Connection, delete, func, select, update

from refman.db import schema, search_index
from refman.db.database import Database
from refman.errors import RefmanError, UsageError
from refman.i18n import _
from refman.library import citation_keys, distinct, parting
from refman.library.changes import STATUSES, Changes, papers, touched
from refman.library.joining import join, keep_apart, settle_doubts
from refman.library.merging import resolve
from refman.library.records import creators_from_json, creators_to_json
from refman.library.storing import (
    NewPaper,
    all_edits_of,
    batches,
    bring_up_to_date,
    check_there,
    edit_values,
    edits_of,
    insert_papers,
    load,
    now,
    sightings_of,
    write_edits,
)
from refman.library.tagged import Tag, tags_of
from refman.library.tags import attach_names, clean_name
from refman.model import dates
from refman.model.creator import Creator
from refman.model.entry import Entry
from refman.model.identifiers import links
from refman.model.text import squeeze, visible


@dataclass(frozen=True, slots=True)
class Details:
    """All that is shown of one paper. `entry.keywords` are the names of its tags."""

    id: int
    uuid: str
    entry: Entry
    status: str
    rating: int
    added: str
    modified: str
    trashed: str | None
    category: str
    code: bool
    score: float | None
    attention: tuple[str, ...]
    provisional_key: bool
    edited: frozenset[str]
    tags: tuple[Tag, ...]
    collections: tuple[tuple[int, str], ...]
    links: tuple[tuple[str, str], ...]
    search_url: str


class Entries:
    """Verbs on papers. Each is one transaction and one undo step."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- reading

    def get(self, entry_id: int) -> Details:
        """Raises RefmanError where the paper is gone."""
        with self._database.read() as connection:
            return details(connection, entry_id)

    def find(self, key: str) -> int | None:
        """The paper of a citation key of today or of any day, in any case, or of a uuid."""
        with self._database.read() as connection:
            return citation_keys.find(connection, key)

    def merged(self, ids: Sequence[int]) -> list[Entry]:
        """What `merge` makes of papers: for each of `ids`, when the others are joined into it.

        Raises RefmanError where one of them is gone.
        """
        with self._database.read() as connection:
            return merged(connection, ids, ids)

    # --- verbs

    def add(self, entry: Entry, *, status: str = "inbox") -> Changes:
        """Add a paper that was typed in by hand; its keywords become tags."""
        check_status(status)
        with self._database.write(_("Add paper")) as connection:
            moment = now()
            entry_id = next_id(connection)
            clean = _clean_entry(entry)
            if clean.citation_key:
                citation_keys.checked(connection, clean.citation_key)
            edits = edit_values(clean)
            key, provisional = citation_keys.KeyRing(connection).make(clean)
            new = NewPaper(
                entry_id, str(uuid4()), key, provisional, resolve([], edits), status=status
            )
            insert_papers(connection, [new], moment)
            write_edits(connection, entry_id, edits, moment)
            for name in clean.keywords:
                attach_names(connection, [name], [entry_id], origin="manual")
        return touched(_("Add paper"), [entry_id])

    def edit(self, entry_id: int, values: Mapping[str, Any]) -> Changes:
        """Set fields to what a person typed; '' clears one.

        Names are `title`, `abstract`, `date`, `entry_type`, `citation_key`, `creators` (of
        Creator), `creators_truncated` (bool), and any other BibLaTeX field's. Raises
        UsageError where a value cannot be, RefmanError where the paper is gone.
        """
        label = _("Edit paper")
        with self._database.write(label) as connection:
            changed = edit(connection, entry_id, values, now())
        return touched(label, [entry_id] if changed else [])

    def rate(self, ids: Collection[int], rating: int) -> Changes:
        """Give 1 to 5 stars, 0 for none."""
        if not 0 <= rating <= 5:
            raise UsageError(_("A rating is a number from 0 (none) to 5."))
        return self._set(_("Rate {papers}"), ids, rating=rating)

    def trash(self, ids: Collection[int]) -> Changes:
        """Put papers into the trash, from where they can be restored."""
        return self._set(_("Move {papers} to the trash"), ids, trashed=now())

    def restore(self, ids: Collection[int]) -> Changes:
        """Take papers out of the trash."""
        return self._set(_("Restore {papers}"), ids, trashed=None)

    def empty_trash(self) -> Changes:
        """Delete what is in the trash. Undo brings it back."""
        e = schema.entry.c
        label = _("Empty the trash")
        with self._database.write(label) as connection:
            ids = list(connection.scalars(select(e.id).where(e.trashed.is_not(None))))
            search_index.expect(connection, len(ids))
            distinct.remember_all_of(connection, ids)
            for some in batches(ids):
                citation_keys.give_out(connection, some, now())
                connection.execute(delete(schema.entry).where(e.id.in_(some)))
        return touched(label, ids, _("{papers} deleted.").format(papers=papers(len(ids))))

    def merge(
        self, keeper: int, others: Sequence[int], values: Mapping[str, Any] | None = None
    ) -> Changes:
        """Join `others` into `keeper`, with all that belongs to them, and set `values`.

        Every sighting, tag, note, highlight and attachment is kept, and the keys of the
        others go on to find the paper. `values` are as in `edit`.
        """
        others = [other for other in dict.fromkeys(others) if other != keeper]
        label = _("Merge {papers}").format(papers=papers(len(others) + 1))
        if not others:
            raise UsageError(_("Choose two papers or more to merge."))
        with self._database.write(label) as connection:
            merge(connection, keeper, others, values or {}, now())
        return touched(label, [keeper, *others])

    def keep_apart(self, first: int, second: int) -> Changes:
        """Remember that two papers are not the same, whatever an import finds."""
        label = _("Keep two papers apart")
        pair = (first, second)
        with self._database.write(label) as connection:
            check_there(connection, *pair)
            if not keep_apart(connection, first, second, now()):
                return Changes(label)
        return touched(label, pair)

    def mark_reviewed(self, ids: Collection[int]) -> Changes:
        """Settle all doubts of papers: a person looked at them."""
        label = _("Mark {papers} as looked at").format(papers=papers(len(ids)))
        s = schema.sighting.c
        with self._database.write(label) as connection:
            moment = now()
            changed: set[int] = set()
            for some in batches(ids):
                doubtful = (s.entry.in_(some), s.review != "", s.reviewed == 0)
                changed.update(connection.scalars(select(s.entry).where(*doubtful)))
                connection.execute(update(schema.sighting).where(*doubtful).values(reviewed=1))
            for entry_id in sorted(changed):
                bring_up_to_date(connection, entry_id, moment)
        return touched(label, changed)

    def _set(self, label: str, ids: Collection[int], **values: Any) -> Changes:
        """Set columns of `entry` to the same values; counts those that differed."""
        e = schema.entry.c
        label = label.format(papers=papers(len(ids)))
        (name, value), *_rest = values.items()
        differs = e[name].is_distinct_from(value)
        if name == "trashed" and value is not None:
            differs = e.trashed.is_(None)
        changed: list[int] = []
        with self._database.write(label) as connection:
            for some in batches(ids):
                here = list(connection.scalars(select(e.id).where(e.id.in_(some), differs)))
                connection.execute(
                    update(schema.entry).where(e.id.in_(here)).values(**values, modified=now())
                )
                changed.extend(here)
        return touched(label, changed)


def details(connection: Connection, entry_id: int) -> Details:
    """Step: all that is shown of a paper. Raises RefmanError where it is gone."""
    e = schema.entry.c
    row = connection.execute(select(schema.entry).where(e.id == entry_id)).one_or_none()
    if row is None:
        raise RefmanError(_("This paper is not in the library any more."))
    entry = load(connection, [entry_id])[entry_id]
    held = schema.collection_entry.c
    in_collections = connection.execute(
        select(schema.collection.c.id, schema.collection.c.name)
        .join_from(schema.collection, schema.collection_entry)
        .where(held.entry == entry_id)
        .order_by(schema.collection.c.name)
    ).all()
    return Details(
        id=entry_id,
        uuid=row.uuid,
        entry=entry,
        status=row.status,
        rating=row.rating,
        added=row.added,
        modified=row.modified,
        trashed=row.trashed,
        category=row.category,
        code=bool(row.code),
        score=row.score,
        attention=tuple(row.attention.splitlines()),
        provisional_key=bool(row.key_provisional),
        edited=frozenset(edits_of(connection, entry_id)),
        tags=tuple(tags_of(connection, [entry_id]).get(entry_id, ())),
        collections=tuple((found.id, found.name) for found in in_collections),
        links=tuple(links(entry)),
        search_url=search_url(entry),
    )


def edit(
    connection: Connection,
    entry_id: int,
    values: Mapping[str, Any],
    moment: str,
    *,
    equal_too: bool = False,
) -> bool:
    """Step: set fields as a person typed them. Whether anything changed.

    A value that the paper has already is no edit, but with `equal_too` the person's word on it.
    """
    e = schema.entry.c
    row = connection.execute(
        select(e.citation_key, e.key_provisional).where(e.id == entry_id)
    ).one_or_none()
    if row is None:
        raise RefmanError(_("This paper is not in the library any more."))
    typed = {visible(name): value for name, value in values.items()}
    key = typed.pop("citation_key", None)
    changed = False
    if key is not None and key.strip() != row.citation_key:
        citation_keys.set_key(connection, entry_id, key)
        changed = True
    before = load(connection, [entry_id])[entry_id]
    kept = {
        name: clean
        for name, value in typed.items()
        if (clean := clean_value(name, value)) != _value_of(before, name) or equal_too
    }
    if "creators" in kept and "creators_truncated" in typed:
        kept["creators_truncated"] = bool(
            typed["creators_truncated"]
        )  # a list typed is whole, else
    if kept:
        changed = write_edits(connection, entry_id, kept, moment) or changed
        bring_up_to_date(connection, entry_id, moment)
        replace_provisional_key(connection, entry_id)
    return changed


def merge(
    connection: Connection,
    keeper: int,
    others: Sequence[int],
    values: Mapping[str, Any],
    moment: str,
) -> None:
    """Step: join `others` into `keeper`, as a person wants it, and set `values`."""
    settle_doubts(connection, [keeper, *others])
    join(connection, keeper, others, moment)
    if values:
        edit(connection, keeper, values, moment)
    replace_provisional_key(connection, keeper)
    parting.note_after(connection, keeper)


def merged(connection: Connection, ids: Sequence[int], keepers: Sequence[int]) -> list[Entry]:
    """Step: what `merge` makes of the papers `ids`, for each of `keepers`."""
    e = schema.entry.c
    check_there(connection, *ids)
    seen = [each for found in sightings_of(connection, ids).values() for each in found]
    typed = all_edits_of(connection, ids)
    keys = {
        row.id: (row.citation_key, bool(row.key_provisional))
        for row in connection.execute(
            select(e.id, e.citation_key, e.key_provisional).where(e.id.in_(ids))
        )
    }
    outcomes = []
    for keeper in keepers:
        ordered = [keeper, *(other for other in ids if other != keeper)]
        edits: dict[str, Any] = {}
        for entry_id in reversed(ordered):  # the keeper's stand above all, as in `join`
            edits |= typed.get(entry_id, {})
        lasting = [keys[i][0] for i in ordered if not keys[i][1]]
        outcome = resolve(seen, edits).entry
        outcomes.append(outcome.with_values(citation_key=(lasting or keys[keeper])[0]))
    return outcomes


def replace_provisional_key(connection: Connection, entry_id: int, wanted: str = "") -> None:
    """Step: once a paper has a title or creators, its provisional key gives way to a real one.

    That is `wanted`, if it is given and free, else one of the pattern.
    """
    e = schema.entry.c
    provisional = connection.scalar(select(e.key_provisional).where(e.id == entry_id))
    if not provisional:
        return
    entry = load(connection, [entry_id])[entry_id]
    if entry.title or entry.creators:
        key, _provisional = citation_keys.KeyRing(connection).make(
            entry.with_values(citation_key=wanted)
        )
        connection.execute(
            update(schema.entry).where(e.id == entry_id).values(citation_key=key, key_provisional=0)
        )


def next_id(connection: Connection) -> int:
    """The id of the next new entry."""
    return int(connection.scalar(select(func.max(schema.entry.c.id))) or 0) + 1


def search_url(entry: Entry) -> str:
    """A web search for the title and the first creator's name."""
    text = entry.title or entry.abstract[:120]
    first = entry.creators[0].family_name if entry.creators else ""
    return "https://duckduckgo.com/?q=" + quote_plus(squeeze(f"{text} {first}"))


def check_status(status: str) -> None:
    """Raises UsageError where `status` is none."""
    if status not in STATUSES:
        raise UsageError(
            _("“{status}” is no reading status; there are {all}.").format(
                status=status, all=", ".join(STATUSES)
            )
        )


def _clean_entry(entry: Entry) -> Entry:
    values = {
        name: clean_value(name, getattr(entry, name))
        for name in ("title", "abstract", "date", "entry_type")
    }
    return entry.with_values(
        **values,
        creators=creators_from_json(clean_value("creators", entry.creators)),
        fields={
            visible(name): text for name, v in entry.fields.items() if (text := visible(v).strip())
        },
        keywords=tuple(name for tag in entry.keywords if (name := clean_name(tag))),
    )


def _clean_creators(creators: Sequence[Creator]) -> list[Creator]:
    return [creator for creator in creators if squeeze(creator.full_name)]


def clean_value(name: str, value: Any) -> Any:
    """What is kept of a typed value, in the form of `entry_edit`. Raises UsageError."""
    if name == "creators":
        return [
            {part: clean for part, text in one.items() if (clean := squeeze(text))}
            for one in creators_to_json(tuple(_clean_creators(value)))
        ]
    if name == "creators_truncated":
        return bool(value)
    text = visible(str(value)).strip()
    if name == "entry_type":
        return text.lower() or "misc"
    if name == "title":
        return squeeze(text)
    if name == "date" and text and not dates.is_valid(text):
        raise UsageError(
            _("“{date}” is no date: write 2022, 2022-05 or 2022-05-16.").format(date=text)
        )
    return text


def _value_of(entry: Entry, name: str) -> Any:
    """What `entry` has for `name`, in the form of `entry_edit`."""
    if name == "creators":
        return creators_to_json(entry.creators)
    if name in ("title", "abstract", "date", "entry_type", "creators_truncated"):
        return getattr(entry, name)
    return entry.fields.get(name, "")
