"""What BibTeX and BibLaTeX need of the papers of one file together: parents, and no key twice."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from refman.db import schema
from refman.db.numbers import tuples
from refman.formats.bibtex import inheritance
from refman.formats.bibtex.spelling import clean
from refman.formats.bibtex.style import BIBTEX
from refman.formats.bibtex.writer import arranged
from refman.library import citation_keys
from refman.library.paper_rows import PaperRow, rows_of
from refman.library.storing import load
from refman.model import citation_key
from refman.model.entry import Entry

_CROSSREF, _XDATA, _SET = "crossref", "xdata", "entryset"
Parents = Mapping[int, Mapping[str, str]]


def parents(connection: Connection) -> Parents:
    """The fields by which papers need others: their parents, and those of a set; by their ids."""
    f = schema.entry_field.c
    found: dict[int, dict[str, str]] = {}
    query = select(f.entry, f.name, f.value).where(f.name.in_((_CROSSREF, _XDATA, _SET)))
    for entry_id, name, value in tuples(connection, query):
        found.setdefault(entry_id, {})[name] = value
    return found


def can_be_written(row: PaperRow) -> bool:
    return row.has_title or row.is_holder


def without_inherited(
    connection: Connection, entries: Mapping[int, Entry], keys: Mapping[int, str], dialect: str
) -> dict[int, Entry]:
    """`entries` without what they have from parents that are written along (`missing`), as far as
    the program that reads the file gives it to them.

    `keys` are those under which papers are written because theirs cannot be. bibtex passes on
    fields of the same name only, and from one parent; it knows no xdata.
    """
    marked = {i: names for i, entry in entries.items() if (names := inheritance.unchanged(entry))}
    if not marked:
        return dict(entries)
    referring = (_CROSSREF,) if dialect == BIBTEX else (_CROSSREF, _XDATA)
    said = {key for i in marked for name in referring for key in _keys(entries[i], name)}
    found = citation_keys.find_all(connection, sorted(said))
    rows = rows_of(connection, set(found.values()))
    there = {row.id for row in rows if can_be_written(row) and not row.in_trash}
    above = load(connection, there, tex=True)
    parents = {
        key.casefold(): parent
        for key, i in found.items()
        if (parent := above.get(i)) and _is_called(key, keys.get(i, parent.citation_key), dialect)
    }
    family = inheritance.Family(parents)
    bare = dict(entries)
    for i, names in marked.items():
        if dialect == BIBTEX:
            parent = parents.get(entries[i].fields.get(_CROSSREF, "").strip().casefold())
            own = parent and inheritance.without(parent, inheritance.unchanged(parent))
            given = frozenset(name for name in names if own and own.value(name))
        else:
            given = family.given(entries[i])
        bare[i] = inheritance.without(entries[i], names & given)
    return bare


def _keys(entry: Entry, name: str) -> list[str]:
    return [key for key in map(str.strip, entry.fields.get(name, "").split(",")) if key]


def _is_called(key: str, written: str, dialect: str) -> bool:
    return key == written or (dialect == BIBTEX and key.casefold() == written.casefold())


def missing(
    connection: Connection, rows: Iterable[PaperRow], parents: Parents, order: str
) -> list[PaperRow]:
    """The papers that `rows` take fields from and that are not among them, and theirs in turn."""
    if not parents:
        return []
    there = {row.id for row in rows}
    found: list[PaperRow] = []
    new = there.copy()
    while keys := {
        key.strip()
        for entry_id in new & parents.keys()
        for value in parents[entry_id].values()
        for key in value.split(",")
    }:
        ids = set(citation_keys.find_all(connection, sorted(keys)).values()) - there
        above = rows_of(connection, ids, order)
        more = [row for row in above if can_be_written(row) and not row.in_trash]
        new = {row.id for row in more}
        there |= ids
        found += more
    return found


def parents_last(rows: list[PaperRow], parents: Parents) -> list[PaperRow]:
    """As bibtex needs it (`writer.arranged`), which finds the parent of a paper only behind it."""
    fields = [parents[row.id] for row in rows if row.id in parents] if parents else []
    named = {one[_CROSSREF].lower() for one in fields if _CROSSREF in one}
    last = {row.key.lower(): row for row in rows if row.key.lower() in named} if named else {}
    if not last:
        return rows
    joined = (
        Entry(citation_key=row.key, fields=parents.get(row.id, {}))
        for row in rows
        if row.id in parents or row.key.lower() in last
    )
    in_order = [one.citation_key.lower() for one in arranged(joined)]
    others = [row for row in rows if row.key.lower() not in last]
    return others + [last[key] for key in in_order if key in last]


def other_keys(rows: Sequence[PaperRow]) -> dict[int, str]:
    """As `writer.write` names papers one after the other: none by a key that was written
    already, whatever its case. In ASCII the library sees to that."""
    if "".join([row.key for row in rows]).isascii():
        return {}
    written: set[str] = set()
    others: dict[int, str] = {}
    for row in rows:
        key = citation_key.disambiguate(clean(row.key), lambda one: one.casefold() in written)
        written.add(key.casefold())
        if key != row.key:
            others[row.id] = key
    return others
