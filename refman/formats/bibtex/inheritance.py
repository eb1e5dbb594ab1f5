"""What an entry has from others: the parent that `crossref` names, the containers of `xdata`.

An own value stands, then come those of `xdata` in their order, then the parent's. From a parent
a title becomes that of the book, the work in several volumes or the journal, by the types of
both (BibLaTeX's default rules, manual, appendix B; `book` gives to `incollection` and the like
too, since BibTeX knows no `collection`); all else keeps its name, which is bibtex's only rule.
A `booktitle` that the parent has for bibtex's sake goes before its title. What says which work
the parent is, or is a reader's own, is not passed on: a paper has not the DOI of its proceedings.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from refman.formats.bibtex.converting import value_of
from refman.formats.bibtex.names import OTHERS, write_names
from refman.formats.bibtex.spelling import spelt
from refman.i18n import _
from refman.model.creator import ROLES, Creator
from refman.model.entry import Entry
from refman.model.entry_types import ENTRY_TYPES
from refman.model.fields import FIELDS

_WHOLE = frozenset(("book", "collection", "proceedings", "reference"))
_MULTIVOLUME = frozenset(f"mv{kind}" for kind in _WHOLE)
_IN_BOOK = frozenset(("inbook", "bookinbook", "suppbook"))
_PARTS = _IN_BOOK | {"incollection", "suppcollection", "inproceedings", "inreference"}
_REFERRING = ("xdata", "crossref")  # in the order in which they give
_TITLES = ("title", "subtitle", "titleaddon")

# Never passed on by a crossref. Source: BibLaTeX's default rules; the second and the third line
# are refman's, for BibLaTeX passes on the identifiers of a parent too.
_OWN = frozenset(
    "ids crossref xref xdata entryset entrysubtype execute label options presort related "
    "relatedoptions relatedstring relatedtype shorthand sortkey doi eprint eprinttype eprintclass "
    "pmid pmcid url urldate abstract keywords annotation comment review file library pagetotal "
    "shorttitle sorttitle indextitle indexsorttitle sortname sortyear origtitle".split()
)
_LONGEST_CHAIN = 50
MARK = "inherited"  # in `Entry.tex`: what an entry had from others when it was read, as JSON
_NOT_FROM_XDATA = frozenset(("ids", "xdata"))


class Inherited(NamedTuple):
    """An entry with all that it has from others, the names of these fields, and what failed."""

    entry: Entry
    names: tuple[str, ...]
    remarks: tuple[str, ...]


class Family:
    """The entries that others refer to, by their keys without regard to case."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries
        self._known: dict[str, Entry] = {}
        self._circles = _in_circles(
            {key: [*map(str.casefold, _references(entry))] for key, entry in entries.items()}
        )

    def complete(self, entry: Entry) -> Inherited:
        """`entry` with what it has from others."""
        if entry.fields.keys().isdisjoint(_REFERRING):
            return Inherited(entry, (), ())
        whole = self._completed(entry, (entry.citation_key.casefold(),))
        names = tuple(name for name in _names(whole) if not entry.value(name))
        if names:
            had = {name: _said(whole, name) for name in names}
            told = json.dumps(had, ensure_ascii=False, sort_keys=True)
            whole = whole.with_values(tex={**whole.tex, MARK: told})
        return Inherited(whole, names, tuple(dict.fromkeys(self._remarks(entry))))

    def repeated(self, entry: Entry) -> tuple[str, ...]:
        """The fields of `entry` that it would have from others if it did not have them itself."""
        whole, given = self._given_to(entry)
        return tuple(name for name in given if whole.value(name) == entry.value(name))

    def given(self, entry: Entry) -> frozenset[str]:
        """The fields that `entry` would have from others if it had none itself."""
        return frozenset(self._given_to(entry)[1])

    def _given_to(self, entry: Entry) -> tuple[Entry, list[str]]:
        references = {name: entry.fields[name] for name in _REFERRING if name in entry.fields}
        if not references:
            return entry, []
        bare = Entry(entry.entry_type, entry.citation_key, fields=references)
        whole = self._completed(bare, (entry.citation_key.casefold(),))
        return whole, [name for name in _names(whole) if name not in references]

    def _remarks(self, entry: Entry) -> Iterator[str]:
        key = entry.citation_key.casefold()
        for other in _references(entry):
            if other.casefold() not in self._entries:
                message = _("There is no entry “{key}” in this file, to which this one refers.")
                yield message.format(key=other)
            elif key in self._circles and other.casefold() in self._circles:
                yield _("This entry refers to itself by way of “{key}”.").format(key=other)

    def _completed(self, entry: Entry, path: tuple[str, ...]) -> Entry:
        """`entry` with what it has from others, to which `path`, keys, has led."""
        for field in _REFERRING:
            for key in map(str.casefold, _keys(entry.fields.get(field, ""))):
                own = self._entries.get(key)
                if own is None or key in path:
                    continue
                if key not in self._known:
                    deep = len(path) > _LONGEST_CHAIN
                    self._known[key] = own if deep else self._completed(own, (*path, key))
                source = self._known[key]
                entry = _with(entry, dict(_given(entry, source, field)), source)
        return entry


def unchanged(entry: Entry) -> frozenset[str]:
    """The fields of `entry` that are as it had them from others when it was read."""
    mark = entry.tex.get(MARK)
    had: Mapping[str, str] = json.loads(mark) if mark else {}
    return frozenset(name for name, said in had.items() if said == _said(entry, name))


def without(entry: Entry, names: Collection[str]) -> Entry:
    """`entry` without some fields, which it has from others."""
    if not names:
        return entry
    creators = tuple(one for one in entry.creators if one.role not in names)
    first = entry.creators[0].role if entry.creators else ""
    emptied = {name: "" for name in ("title", "abstract", "date") if name in names}
    return entry.with_values(
        creators=creators,
        creators_truncated=entry.creators_truncated and first not in names,
        fields={name: value for name, value in entry.fields.items() if name not in names},
        tex={name: tex for name, tex in entry.tex.items() if name not in names},
        **emptied,
    )


def _said(entry: Entry, name: str) -> str:
    value = entry.value(name)
    if isinstance(value, str):
        return value
    more = entry.creators_truncated and bool(value) and name == entry.creators[0].role
    return write_names(value, truncated=more)


def _in_circles(references: Mapping[str, list[str]]) -> set[str]:
    """The keys that lead to themselves (or lie between two that do)."""
    left = {key: {one for one in to if one in references} for key, to in references.items()}
    for _turn in range(2):  # once those that lead nowhere are put away, then those nothing leads to
        back: dict[str, set[str]] = {key: set() for key in left}
        for key, to in left.items():
            for one in to:
                back[one].add(key)
        ends = [key for key, to in left.items() if not to]
        while ends:
            key = ends.pop()
            del left[key]
            for one in back.pop(key):
                left[one].discard(key)
                if not left[one]:
                    ends.append(one)
        left = {key: back[key] & left.keys() for key in left}
    return set(left)


def _references(entry: Entry) -> list[str]:
    return [key for field in _REFERRING for key in _keys(entry.fields.get(field, ""))]


def _keys(value: str) -> list[str]:
    return [key for key in map(str.strip, value.split(",")) if key]


def _names(entry: Entry) -> Iterator[str]:
    yield from (name for name in ("title", "abstract", "date", *ROLES) if entry.value(name))
    yield from entry.fields


def _given(entry: Entry, source: Entry, field: str) -> Iterator[tuple[str, str]]:
    """Which fields of `source` go into which of `entry`, if that has none: (target, source)."""
    if field == "xdata":
        yield from ((name, name) for name in _names(source) if name not in _NOT_FROM_XDATA)
        return
    renamed = _renamed(source.entry_type, entry.entry_type)
    if source.entry_type in ("book", "mvbook") and entry.entry_type in _IN_BOOK:
        yield "bookauthor", "author"
    for name in _names(source):
        own = name in _OWN or name not in FIELDS or (name == "isbn" and _is_whole(entry))
        if name in renamed:
            target = renamed[name]
            if not source.value(target):
                yield target, name
        elif not own:
            yield name, name


def _is_whole(entry: Entry) -> bool:
    kind = ENTRY_TYPES.get(entry.entry_type)
    return kind is not None and kind.whole


def _renamed(source: str, target: str) -> dict[str, str]:
    if source in _MULTIVOLUME and target in _WHOLE | _PARTS:
        return {name: f"main{name}" for name in _TITLES}
    if source in _WHOLE and target in _PARTS:
        return {name: f"book{name}" for name in _TITLES}
    if source == "periodical" and target in ("article", "suppperiodical"):
        return {name: f"journal{name}" for name in _TITLES}
    return {}


def _with(entry: Entry, given: Mapping[str, str], source: Entry) -> Entry:
    """`entry` with those values of `source` that it has not."""
    fields, tex = dict(entry.fields), dict(entry.tex)
    changed: dict[str, object] = {}
    creators = list(entry.creators)
    truncated = entry.creators_truncated
    for target, name in given.items():
        value = source.value(name)
        if not value or entry.value(target) or (target in _DATES and _is_dated(entry)):
            continue
        kept = source.tex.get(name, "")
        if isinstance(value, tuple):
            more = source.creators_truncated and name == value[0].role == source.creators[0].role
            if target in ROLES:
                creators += value
                truncated = truncated or (more and not entry.creators)
                if more and entry.creators:
                    creators.append(Creator(literal=OTHERS, role=target))
            else:
                told = kept or write_names(value, truncated=more)
                fields[target], kept = value_of(target, told)
        elif target in ("title", "abstract", "date"):
            changed[target] = value
        elif target == name:
            fields[target] = value
        else:  # another kind of field, in which other braces count
            fields[target], kept = value_of(target, kept or spelt(name, value))
        if kept:
            tex[target] = kept
    creators.sort(key=lambda creator: ROLES.index(creator.role))
    whole = replace(entry, creators=tuple(creators), creators_truncated=truncated, fields=fields)
    return whole.with_values(tex=tex or entry.tex, **changed)


_DATES = frozenset(("date", "year", "month", "day"))


def _is_dated(entry: Entry) -> bool:
    return bool(entry.date) or not _DATES.isdisjoint(entry.fields)
