"""What BibTeX and BibLaTeX need of the papers of one file together: parents, and no key twice."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from refman.db import schema
from refman.db.numbers import tuples
from refman.formats.bibtex.spelling import clean
from refman.formats.bibtex.writer import arranged
from refman.library import citation_keys
from refman.library.paper_rows import PaperRow, rows_of
from refman.model import citation_key
from refman.model.entry import Entry

_CROSSREF, _XDATA = "crossref", "xdata"
Parents = Mapping[int, Mapping[str, str]]


def parents(connection: Connection) -> Parents:
    """The fields by which papers take others from their parents, by the papers' ids."""
    f = schema.entry_field.c
    found: dict[int, dict[str, str]] = {}
    query = select(f.entry, f.name, f.value).where(f.name.in_((_CROSSREF, _XDATA)))
    for entry_id, name, value in tuples(connection, query):
        found.setdefault(entry_id, {})[name] = value
    return found


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
        more = [row for row in above if row.has_title and not row.in_trash]
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
