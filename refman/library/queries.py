"""The language of the search line: words, "phrases", -not and field:value.

Nothing that can be typed is an error: what is no query word is searched as text. A query
word is one line in `_FIELDS`.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)

from refman.db import full_text, schema
from refman.library.changes import STATUSES
from refman.model.arxiv_categories import ARCHIVES, candidates
from refman.model.entry_types import ENTRY_TYPES
from refman.model.text import fold

_e = schema.entry.c
_TERM = re.compile(
    r"""(?P<minus>-)?
        (?:(?P<field>[A-Za-z]+):)?
        (?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>\S+))""",
    re.VERBOSE,
)
# SQLite takes patterns of 50,000 bytes and conditions a thousand deep
# (https://www.sqlite.org/limits.html); whoever pastes a whole page is not searching.
_LONGEST = 5_000
_MOST_TERMS = 200
_NUMBER = r"\d{1,9}(?:\.\d{1,9})?"
_NUMBERS = re.compile(
    rf"(?P<op>[<>]=?)?(?P<first>{_NUMBER})?(?P<dash>-|\.\.)?(?P<last>{_NUMBER})?$"
)

Condition = ColumnElement[bool]

_MANY = 1000


@dataclass(frozen=True, slots=True)
class Term:
    """One piece of a query. `field` is '' for plain text."""

    field: str
    value: str
    negated: bool = False
    phrase: bool = False


def parse(query: str) -> list[Term]:
    """The terms of a query; all of them have to hold."""
    terms: list[Term] = []
    for found in _TERM.finditer(query):
        phrase = found["phrase"] is not None
        value = found["phrase"] if phrase else found["word"]
        field = (found["field"] or "").lower()
        if found["field"] and field not in _FIELDS:
            value, field = f"{found['field']}:{value}", ""
        if not value.strip() or (not field and not full_text.has_words(value)):
            continue
        terms.append(Term(field, value.strip()[:_LONGEST], bool(found["minus"]), phrase))
    return terms


def condition(connection: Connection, query: str) -> Condition:
    """What `entry` rows have to fulfil to be found by `query`."""
    found: list[Condition] = []
    # Halves of characters, which a keyboard may leave, are in no library.
    for term in parse(query.encode("utf-8", "replace").decode())[:_MOST_TERMS]:
        one = _FIELDS[term.field](connection, term) if term.field else _text(connection, term)
        # What is not known (a paper without a year) is not what was asked for.
        found.append(not_(func.coalesce(one, false())) if term.negated else one)
    return and_(true(), *found)


def _text(connection: Connection, term: Term) -> Condition:
    """In the entry itself, in the name of a tag, in a note, or in a key that it had before."""
    words = full_text.entries_with(term.value, phrase=term.phrase)
    found: list[Condition] = [_among(connection, words)]
    t, et, a = schema.tag.c, schema.entry_tag.c, schema.annotation.c
    tags = list(
        connection.scalars(select(t.id).where(t.name.contains(term.value, autoescape=True)))
    )
    if tags:
        found.append(_e.id.in_(select(et.entry).where(et.tag.in_(tags))))
    once = select(schema.entry_key.c.entry).where(_begins(schema.entry_key.c.key, term.value))
    if connection.execute(once.limit(1)).first() is not None:
        found.append(_e.id.in_(once))
    notes = full_text.annotations_with(term.value, phrase=term.phrase)
    if connection.execute(notes.limit(1)).first() is not None:
        found.append(_e.id.in_(select(a.entry).where(a.id.in_(notes))))
    return or_(*found)


def _in_columns(*columns: str) -> Callable[[Connection, Term], Condition]:
    def condition_of(connection: Connection, term: Term) -> Condition:
        if not full_text.has_words(term.value):
            return false()
        words = full_text.entries_with(term.value, columns, phrase=term.phrase)
        return _among(connection, words)

    return condition_of


def _among(connection: Connection, ids: Select[Any]) -> Condition:
    """Entries of `ids`: a few are looked up one by one; of many it is quicker to go through
    the entries in their order and leave out the others, to which the sum holds SQLite."""
    many = connection.execute(ids.offset(_MANY).limit(1)).first() is not None
    return (_e.id + 0 if many else _e.id).in_(ids)


def _tag(connection: Connection, term: Term) -> Condition:
    """The tag of that name and those below it; while there is none, those that begin so."""
    t, et = schema.tag.c, schema.entry_tag.c
    name = term.value.strip("/")
    below = or_(t.name == name, t.name.istartswith(name + "/", autoescape=True))
    ids = list(connection.scalars(select(t.id).where(below)))
    if not ids:
        begins = t.name.istartswith(name, autoescape=True)
        ids = list(connection.scalars(select(t.id).where(begins)))
    return _e.id.in_(select(et.entry).where(et.tag.in_(ids)))


def _collection(_connection: Connection, term: Term) -> Condition:
    c, ce = schema.collection.c, schema.collection_entry.c
    named = select(c.id).where(c.name.icontains(term.value, autoescape=True))
    return _e.id.in_(select(ce.entry).where(ce.collection.in_(named)))


def _status(_connection: Connection, term: Term) -> Condition:
    """As typed: `to` is `to-read`. `read` is not `reading`."""
    value = term.value.lower()
    exact = [status for status in STATUSES if status == value]
    return _e.status.in_(exact or [s for s in STATUSES if s.startswith(value)])


def _number(column: ColumnElement[Any]) -> Callable[[Connection, Term], Condition]:
    """`2022`, `2020-2022`, `2020-`, `-2022`, `>2020`, `<=2019`; `89` is 89.4 as well."""

    def condition_of(_connection: Connection, term: Term) -> Condition:
        found = _NUMBERS.match(term.value)
        if not found or not (found["first"] or found["last"]):
            return false()
        first = float(found["first"]) if found["first"] else None
        last = float(found["last"]) if found["last"] else None
        if found["op"] and first is not None:
            return {
                "<": column < first,
                "<=": column <= first,
                ">": column > first,
                ">=": column >= first,
            }[found["op"]]
        if not found["dash"]:
            if first is None or last is not None:
                return false()
            digits = len(found["first"].partition(".")[2])
            return and_(column >= first, column < round(first + 0.1**digits, digits))
        return and_(
            column.is_not(None),
            column >= first if first is not None else true(),
            column <= last if last is not None else true(),
        )

    return condition_of


def _key(connection: Connection, term: Term) -> Condition:
    """A key as typed, or one that the paper, or one merged into it, had before."""
    from refman.library import citation_keys

    k, g, a = schema.entry_key.c, schema.citation_key_given.c, schema.entry_alias.c
    before = select(k.entry).where(_begins(k.key, term.value))
    merged = (
        select(a.entry)
        .join_from(schema.entry_alias, schema.citation_key_given, g.uuid == a.uuid)
        .where(_begins(g.key, term.value))
    )
    found: list[Condition] = [
        _e.citation_key.istartswith(term.value, autoescape=True),
        _e.id.in_(before),
        _e.id.in_(merged),
    ]
    once = citation_keys.find(connection, term.value)
    if once is not None:
        found.append(_e.id == once)
    return or_(*found)


def _begins(key: ColumnElement[str], value: str) -> Condition:
    """Keys that begin with `value`, in any case: the keys' own order knows none, and its index
    finds them."""
    return and_(key >= value, key < value + "\U0010ffff")


def _listing(connection: Connection, term: Term) -> Condition:
    """The number of a listing, or a part of its name, or of what its page is headed by."""
    s, lst = schema.sighting.c, schema.listing.c
    named = lst.name.icontains(term.value, autoescape=True)
    wanted = fold(term.value)
    headed = [
        listing_id
        for listing_id, profile in connection.execute(select(lst.id, lst.profile))
        if any(wanted in fold(str(json.loads(profile).get(part) or "")) for part in _HEADING)
    ]
    named = or_(named, lst.id.in_(headed))
    if term.value.isascii() and term.value.isdigit():
        named = or_(named, lst.id == int(term.value[:18]))
    listings = select(lst.id).where(named)
    return _e.id.in_(select(s.entry).where(s.listing.in_(listings), s.entry.is_not(None)))


_HEADING = ("name", "affiliation", "subject")  # of formats.Header


def _type(_connection: Connection, term: Term) -> Condition:
    """A type as it is called; of what is none, those that begin so."""
    if term.value.lower() in ENTRY_TYPES:
        return _e.entry_type == term.value.lower()
    return _e.entry_type.istartswith(term.value, autoescape=True)


def _category(_connection: Connection, term: Term) -> Condition:
    """A category, its archive or its label, of any page; of what is none, those that begin so."""
    said = literal(" ") + _e.categories + " "
    value = term.value
    if candidates(value) or value.lower() in ARCHIVES:
        wanted = [f" {value} ", f".{value} ", f" {value}."]
    else:
        wanted = [f" {value}", f".{value}"]
    return or_(*(said.icontains(each, autoescape=True) for each in wanted))


def _identifier(scheme: str) -> Callable[[Connection, Term], Condition]:
    def condition_of(_connection: Connection, term: Term) -> Condition:
        i = schema.entry_identifier.c
        held = select(i.entry).where(
            i.scheme == scheme, i.value.icontains(term.value, autoescape=True)
        )
        return _e.id.in_(held)

    return condition_of


def _held(table: Any, *where: Condition) -> Condition:
    return _e.id.in_(select(table.c.entry).where(table.c.entry.is_not(None), *where))


def _field(*names: str) -> Condition:
    return _held(schema.entry_field, schema.entry_field.c.name.in_(names))


def _properties() -> dict[str, Condition]:
    """What `has:` and `no:` take."""
    a, i = schema.annotation, schema.entry_identifier
    return {
        "title": _e.title != "",
        "abstract": _e.abstract != "",
        "author": _e.names != "",
        "year": _e.year.is_not(None),
        "date": _e.date != "",
        "venue": _e.venue != "",
        "category": _e.category != "",
        "code": _e.code != 0,
        "score": _e.score.is_not(None),
        "rating": _e.rating > 0,
        "attention": _e.attention != "",
        "doi": _held(i, i.c.scheme == "doi"),
        "arxiv": _held(i, i.c.scheme == "arxiv"),
        "isbn": _held(i, i.c.scheme == "isbn"),
        "url": _field("url"),
        "tag": _held(schema.entry_tag),
        "collection": _held(schema.collection_entry),
        "note": _held(a, a.c.kind == "note"),
        "highlight": _held(a, a.c.kind == "highlight"),
        "file": _held(schema.attachment, schema.attachment.c.path != ""),
        "attachment": _held(schema.attachment),
        "listing": _held(schema.sighting),
    }


def _has(_connection: Connection, term: Term) -> Condition:
    """Singular or plural; a BibLaTeX field's name does as well."""
    known = _properties()
    name = term.value.lower()
    for spelling in (name, name.removesuffix("s")):
        if spelling in known:
            return known[spelling]
    return _field(name)


def _no(connection: Connection, term: Term) -> Condition:
    return not_(_has(connection, term))


_FIELDS: dict[str, Callable[[Connection, Term], Condition]] = {
    "title": _in_columns("title"),
    "author": _in_columns("names"),
    "abstract": _in_columns("abstract"),
    "venue": _in_columns("venue"),
    "tag": _tag,
    "collection": _collection,
    "status": _status,
    "year": _number(_e.year),
    "key": _key,
    "listing": _listing,
    "type": _type,
    "category": _category,
    "score": _number(_e.score),
    "best": _number(_e.best_score),
    "seen": _number(_e.seen),
    "rating": _number(_e.rating),
    "doi": _identifier("doi"),
    "arxiv": _identifier("arxiv"),
    "has": _has,
    "no": _no,
}

WORDS: tuple[str, ...] = tuple(_FIELDS)
