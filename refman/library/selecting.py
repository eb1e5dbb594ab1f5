"""Which papers an export takes, in which order: the same on every system and every day.

Papers without a title are left out and counted; what holds fields of others (@xdata, @set) is
written to a .bib and never counted.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select, true

from refman.db import schema
from refman.errors import RefmanError, UsageError
from refman.i18n import _
from refman.library import citation_keys, collection_tree, queries
from refman.library.export_settings import BIB, BIBLATEX, BIBTEX, ExportSettings
from refman.library.paper_rows import PaperRow, rows_of, rows_where
from refman.library.tags import clean_name

_e = schema.entry.c


@dataclass(frozen=True, slots=True)
class Selection:
    """The papers of an export in their order.

    `keys` are those under which papers are written because theirs cannot be, by id; `left_out`
    counts those without a title. `remarks` are sentences for the user, `unknown` counts the keys
    that are cited and are no paper's.
    """

    ids: list[int]
    keys: Mapping[int, str]
    left_out: int = 0
    remarks: tuple[str, ...] = ()
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """The collection or tag whose papers are taken; None where it is no more."""

    collection: int | None = None
    tag: int | None = None


@dataclass(frozen=True, slots=True)
class _Cited:
    """What manuscripts cite: the places of papers in their order, and what is to be said."""

    places: Mapping[int, int]
    everything: bool = False
    remarks: tuple[str, ...] = ()
    unknown: int = 0


_NOTHING = _Cited({}, everything=True)


def selected(connection: Connection, settings: ExportSettings, target: Target) -> Selection:
    """The papers that the settings choose. Raises RefmanError where that cannot be said."""
    cited = _cited(connection, settings) if settings.which == "cited" else _NOTHING
    if cited.everything:
        wanted = _condition(connection, settings, target)
        rows = rows_where(connection, wanted, settings.order)
    else:
        found = rows_of(connection, cited.places, settings.order)
        rows = [row for row in found if not row.in_trash]
    return _arranged(connection, rows, settings, cited)


def target_of(connection: Connection, settings: ExportSettings) -> Target:
    """The collection or tag that the settings name. Raises UsageError where there is none."""
    if settings.which == "collection":
        collection = collection_tree.find(connection, settings.value)
        if collection is None:
            raise UsageError(_("There is no collection “{name}”.").format(name=settings.value))
        return Target(collection=collection)
    if settings.which == "tag":
        t, name = schema.tag.c, clean_name(settings.value)
        tag = connection.scalar(select(t.id).where(t.name == name))
        if tag is None:
            raise UsageError(_("There is no tag “{name}”.").format(name=settings.value))
        return Target(tag=tag)
    return Target()


def selected_among(
    connection: Connection, ids: Collection[int], settings: ExportSettings
) -> Selection:
    """Those of `ids` that are there, in the trash or not; only the order is of the settings."""
    return _arranged(connection, rows_of(connection, ids, settings.order), settings, _NOTHING)


# --- which --------------------------------------------------------------------------------


def _condition(
    connection: Connection, settings: ExportSettings, target: Target
) -> ColumnElement[bool]:
    if settings.which == "query":
        return queries.condition(connection, settings.value)
    if settings.which == "collection":
        return _in_collection(settings.value, target.collection)
    if settings.which == "tag":
        return _with_tag(connection, settings.value, target.tag)
    return true()


def _in_collection(path: str, found: int | None) -> ColumnElement[bool]:
    """In the collection or one of those in it."""
    if found is None:
        raise RefmanError(
            _("There is no collection “{name}” any more: choose other papers.").format(name=path)
        )
    c, held = schema.collection.c, schema.collection_entry.c
    inside = select(c.id).where(c.id == found).cte(recursive=True)
    inside = inside.union(select(c.id).join(inside, c.parent == inside.c.id))
    return _e.id.in_(select(held.entry).where(held.collection.in_(select(inside.c.id))))


def _with_tag(connection: Connection, name: str, found: int | None) -> ColumnElement[bool]:
    """With the tag or one of those below it."""
    t, held = schema.tag.c, schema.entry_tag.c
    now = connection.scalar(select(t.name).where(t.id == found))
    if now is None:
        raise RefmanError(
            _("There is no tag “{name}” any more: choose other papers.").format(name=name)
        )
    tags = select(t.id).where(or_(t.id == found, t.name.istartswith(f"{now}/", autoescape=True)))
    return _e.id.in_(select(held.entry).where(held.tag.in_(tags)))


def _cited(connection: Connection, settings: ExportSettings) -> _Cited:
    """Raises RefmanError where a file cannot be read: half of them would make half an export."""
    from refman.library import manuscripts

    cited = manuscripts.cited_in([Path(name) for name in settings.files])
    if cited.problems:
        raise RefmanError(cited.problems[0])
    keys = [key for key in cited.keys if key != "*"]
    found = citation_keys.find_all(connection, keys)
    rows = {row.id: row for row in rows_of(connection, list(found.values()))}
    places: dict[int, int] = {}
    remarks: list[str] = []
    for key in keys:
        if key not in found and key in cited.references:
            continue  # of a figure or a section in the text itself
        row = rows.get(found.get(key, 0))
        if row:
            places.setdefault(row.id, len(places))
        if said := _remark(key, row, settings):
            path, line = cited.first[key]
            remarks.append(f"{path.name}:{line}: {said}")
    unknown = sum(key not in found and key not in cited.references for key in keys)
    return _Cited(places, "*" in cited.keys, tuple(remarks), unknown)


def _remark(key: str, row: PaperRow | None, settings: ExportSettings) -> str:
    if row is None:
        said = _("“{key}” is cited, but no paper has this key.")
    elif row.in_trash:
        said = _("“{key}” is cited, but its paper is in the trash.")
    elif not row.has_title and not row.is_holder:
        said = _("“{key}” is cited, but its paper has no title and is left out.")
    elif key == row.key or (
        # BibLaTeX finds a paper by its other keys, too, which stand in `ids`.
        settings.format == BIBLATEX and key.casefold() != row.key.casefold()
    ):
        return ""
    else:
        said = _("“{key}” is cited, but the key of its paper is “{own}”.")
    return said.format(key=key, own=row.key if row else "")


# --- order --------------------------------------------------------------------------------

# Of the values of `paper_rows.BY`: whether a paper has nothing to be ordered by, and by what else.
_BY: Mapping[str, tuple[Callable[[Any], bool], Callable[[Any], Any]]] = {
    "author-year": (
        lambda by: by[0].startswith("\U0010ffff"),
        lambda by: (by[0], by[1] is None, by[1] or 0, by[2]),
    ),
    "title": (lambda by: not by[0], lambda by: by[0]),
    "date": (lambda by: by[0] is None, lambda by: (by[0] or 0, by[1])),
    "added": (lambda by: not by[0], lambda by: by[0]),
}


def _arranged(
    connection: Connection, rows: list[PaperRow], settings: ExportSettings, cited: _Cited
) -> Selection:
    titled = [row for row in rows if row.has_title]
    holders = [row for row in rows if row.is_holder and not row.has_title]
    said = (len(rows) - len(titled) - len(holders), cited.remarks, cited.unknown)
    if settings.format not in BIB:
        return Selection([row.id for row in _ordered(titled, settings, cited)], {}, *said)
    from refman.library import bib_order

    titled += holders
    parents = bib_order.parents(connection)
    titled += bib_order.missing(connection, titled, parents, settings.order)
    ordered = _ordered(titled, settings, cited)
    if settings.format == BIBTEX:
        ordered = bib_order.parents_last(ordered, parents)
    return Selection([row.id for row in ordered], bib_order.other_keys(ordered), *said)


def _ordered(rows: list[PaperRow], settings: ExportSettings, cited: _Cited) -> list[PaperRow]:
    """By what the settings say, then by key. What cannot be ordered comes last either way."""
    by_key = sorted(rows, key=lambda row: (row.key.casefold(), row.key))
    down = settings.descending
    if settings.order == "key":
        return by_key[::-1] if down else by_key
    if settings.order == "cited":
        places = cited.places
        return sorted(by_key, key=lambda row: places.get(row.id, len(places)), reverse=down)
    nothing, by = _BY[settings.order]
    return sorted(by_key, key=lambda row: (nothing(row.by) != down, by(row.by)), reverse=down)
