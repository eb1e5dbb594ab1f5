"""What a check is given to look at: an entry and what is known around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from refman.library.doctor.findings import Fix
from refman.model.creator import Creator
from refman.model.entry import NO_FIELDS, Entry
from refman.model.fields import Kind, kind_of

_PROSE = frozenset((Kind.TITLE, Kind.LITERAL, Kind.LIST, Kind.TEXT))


# Which field an identifier stands in.
FIELD_OF = {"doi": "doi", "arxiv": "eprint", "isbn": "isbn", "pmid": "pmid"}

# What names entries that need not be whole: others take from them, or print a part of them.
PARENTAL = ("crossref", "xdata", "related")


def _no_key(_key: str) -> str:
    return ""


@dataclass(frozen=True)
class Subject:
    """One entry, `today`, and what surrounds it.

    `tex` holds the TeX that fields were written in, by BibLaTeX name: in a file of every field,
    in a library of those that are kept. `inherited` are the fields that parents give it
    (`crossref`, `xdata`). `spelling` says how a citation key that it names is really spelt,
    '' where there is none; `clashes` are other keys that differ from its own in case only.
    `twins` are papers with one of its identifiers: (field, value, key). `is_parent` says that
    others take from it, `in_cycle` that it is its own parent, `parent_before` that it stands
    after its parent, `for_biber` that its file has what only biblatex knows.
    """

    entry: Entry
    today: date
    tex: Mapping[str, str] = field(default_factory=lambda: NO_FIELDS)
    inherited: frozenset[str] = frozenset()
    spelling: Callable[[str], str] = _no_key
    clashes: tuple[str, ...] = ()
    twins: tuple[tuple[str, str, str], ...] = ()
    is_parent: bool = False
    in_cycle: bool = False
    parent_before: bool = False
    in_file: bool = False
    for_biber: bool = False

    @cached_property
    def present(self) -> frozenset[str]:
        """The names of all fields that have a value."""
        return present(self.entry)

    @cached_property
    def values(self) -> tuple[tuple[str, str], ...]:
        """Every text of the entry with the name of its field; names are not among them."""
        entry = self.entry
        own = (("title", entry.title), ("abstract", entry.abstract))
        return (*((name, text) for name, text in own if text), *entry.fields.items())

    @cached_property
    def prose(self) -> tuple[tuple[str, str], ...]:
        """Those of `values` that are language, not identifiers, dates or numbers."""
        return tuple((name, text) for name, text in self.values if kind_of(name) in _PROSE)

    @cached_property
    def titles(self) -> tuple[tuple[str, str], ...]:
        """Those of `values` that are titles of the work or of parts of it."""
        return tuple((name, text) for name, text in self.values if kind_of(name) is Kind.TITLE)

    @cached_property
    def all_text(self) -> str:
        """Everything in one text, to see quickly what is nowhere in it."""
        names = (name for _creator, name in self.named)
        return "\n".join((*(text for _name, text in self.values), *names))

    @cached_property
    def named(self) -> tuple[tuple[Creator, str], ...]:
        """The creators and their full names."""
        return tuple((creator, creator.full_name) for creator in self.entry.creators)


def present(entry: Entry) -> frozenset[str]:
    """The names of all fields of `entry` that have a value, the roles of its creators too."""
    found = {name for name, value in entry.fields.items() if value}
    found.update(creator.role for creator in entry.creators)
    found.update(name for name in ("title", "date", "abstract") if getattr(entry, name))
    return frozenset(found)


def named_keys(value: str) -> list[str]:
    """The citation keys in the value of `crossref`, `xdata` and their like."""
    return [key for part in value.split(",") if (key := part.strip(' \t\n{}"'))]


def inheritance(entry: Entry, find: Callable[[str], Entry | None]) -> tuple[frozenset[str], bool]:
    """The fields that `entry` gets from its parents, and whether it is one of them itself.

    `xdata` gives all that its entry has; `crossref` all but the title, which becomes that of
    the book or journal (BibLaTeX manual, appendix B), and bibtex gives what has the same name.
    """
    if not entry.fields.keys() & {"crossref", "xdata"}:
        return frozenset(), False
    given: set[str] = set()
    own = entry.citation_key.casefold()
    met = {own}
    in_cycle = False
    line = [entry]
    while line:
        child = line.pop()
        for name in ("crossref", "xdata"):
            for key in named_keys(child.fields.get(name, "")):
                parent = find(key)
                if parent is None:
                    continue
                known = parent.citation_key.casefold()
                in_cycle = in_cycle or known == own
                fields = present(parent)
                if name == "crossref" and "title" in fields:
                    fields = fields - {"title"} | {"booktitle", "maintitle", "journaltitle"}
                given |= fields
                if known not in met:
                    met.add(known)
                    line.append(parent)
    return frozenset(given), in_cycle


def creators_values(
    entry: Entry, creators: tuple[Creator, ...], *, truncated: bool = False
) -> dict[str, Any]:
    """What `Entries.edit` takes to set the names; whether there are more stays as it is."""
    return {"creators": creators, "creators_truncated": truncated or entry.creators_truncated}


def names_fix(
    subject: Subject,
    creator: Creator,
    instead: tuple[Creator, ...],
    *,
    safe: bool = True,
    truncated: bool = False,
) -> Fix:
    """The fix that puts other names in the place of one; `truncated`: there are more."""
    creators = subject.entry.creators
    place = next(i for i, one in enumerate(creators) if one is creator)
    names = (*creators[:place], *instead, *creators[place + 1 :])
    values = creators_values(subject.entry, names, truncated=truncated)
    before, after = creator.inverted, "; ".join(one.inverted for one in instead)
    if before == after and creator.literal:
        before = f"{{{before}}}"  # a name in one piece, as a file has it
    return Fix(before, after, values, safe)


def each_part(creator: Creator, better: Callable[[str], str]) -> Creator:
    """`creator` with `better` done to every part of the name."""
    parts = {name: better(text) for name in _PARTS if (text := getattr(creator, name))}
    return replace(creator, **parts)


_PARTS = ("family", "given", "dropping_particle", "non_dropping_particle", "suffix", "literal")
