"""Papers side by side: what each says of every field, which value is taken, and what comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from refman.i18n import _, ngettext
from refman.library import Details, Library
from refman.library.duplicates import Comparison
from refman.library.publications import is_publication
from refman.library.storing import venue_of
from refman.model import entry_types, fields
from refman.model.entry import Entry
from refman.ui.names import names_text
from refman.ui.tex_text import plain

MAXIMUM = 12  # papers side by side
# Told elsewhere: the key by which paper stays, the other with the names.
_ELSEWHERE = frozenset(("citation_key", "creators_truncated"))


@dataclass(frozen=True, slots=True)
class Belongings:
    """What hangs on a paper besides its fields."""

    tags: frozenset[str] = frozenset()
    collections: frozenset[str] = frozenset()
    notes: int = 0
    highlights: int = 0
    attachments: int = 0
    pages: int = 0  # that it was seen on

    def __add__(self, other: "Belongings") -> "Belongings":
        """What hangs on both when they are one."""
        return Belongings(
            self.tags | other.tags,
            self.collections | other.collections,
            self.notes + other.notes,
            self.highlights + other.highlights,
            self.attachments + other.attachments,
            self.pages + other.pages,
        )

    def sentence(self) -> str:
        """`2 tags, 1 note, 3 pages`; '' for nothing."""
        parts = (
            (len(self.tags), ngettext("{n} tag", "{n} tags", len(self.tags))),
            (
                len(self.collections),
                ngettext("{n} collection", "{n} collections", len(self.collections)),
            ),
            (self.notes, ngettext("{n} note", "{n} notes", self.notes)),
            (self.highlights, ngettext("{n} highlight", "{n} highlights", self.highlights)),
            (self.attachments, ngettext("{n} attachment", "{n} attachments", self.attachments)),
            (self.pages, ngettext("{n} page", "{n} pages", self.pages)),
        )
        return ", ".join(text.format(n=f"{n:,}") for n, text in parts if n)


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, and what hangs on each of its papers, in their order."""

    comparison: Comparison
    belongings: tuple[Belongings, ...]


def read_compared(library: Library, ids: Sequence[int]) -> Compared:
    """Compare papers, of which the first is to stay. Raises RefmanError where one is gone."""
    comparison = library.duplicates.compare(ids)
    return Compared(
        comparison, tuple(_belongings(library, details) for details in comparison.papers)
    )


def _belongings(library: Library, details: Details) -> Belongings:
    kinds = [annotation.kind for annotation in library.annotations.of(details.id)]
    return Belongings(
        tags=frozenset(tag.name for tag in details.tags),
        collections=frozenset(name for _id, name in details.collections),
        notes=kinds.count("note"),
        highlights=kinds.count("highlight"),
        attachments=len(library.attachments.of(details.id)),
        pages=len(library.listings.sightings_of(details.id)),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what each of the papers says, and what the rules of merging propose."""

    name: str
    values: tuple[Any, ...]
    texts: tuple[str, ...]
    differs: bool
    proposed: Any
    proposed_text: str


class Choosing:
    """Which paper stays, and which value of each field is taken, of papers in fixed columns."""

    def __init__(self, compared: Compared, columns: Sequence[int]) -> None:
        """`columns` are the ids from left to right; the first of `compared` is the one that
        stays."""
        papers = compared.comparison.papers
        places = {details.id: place for place, details in enumerate(papers)}
        order = [places[each] for each in columns]
        self.papers = tuple(papers[place] for place in order)
        self.belongings = tuple(compared.belongings[place] for place in order)
        self.outcome = compared.comparison.outcome
        self.keeper = order.index(0)
        self._chosen: dict[str, int] = {}  # columns, by field
        entries = [details.entry for details in self.papers]
        self.lines: dict[str, Line] = {}
        for each in compared.comparison.fields:
            if each.name in _ELSEWHERE:
                continue
            values = tuple(each.values[place] for place in order)
            texts = tuple(
                text_of(each.name, value, truncated=entry.creators_truncated)
                for value, entry in zip(values, entries, strict=True)
            )
            proposed = text_of(each.name, each.proposed, truncated=self.outcome.creators_truncated)
            differs = each.differs or len(set(texts)) > 1  # one list of names may be truncated
            self.lines[each.name] = Line(each.name, values, texts, differs, each.proposed, proposed)

    @property
    def ids(self) -> list[int]:
        """The papers, the one that stays first."""
        keeper = self.papers[self.keeper].id
        return [keeper, *(each.id for each in self.papers if each.id != keeper)]

    @property
    def differing(self) -> list[str]:
        """The fields that are not the same in all papers."""
        return [name for name, line in self.lines.items() if line.differs]

    @property
    def equal(self) -> list[str]:
        """The other fields."""
        return [name for name, line in self.lines.items() if not line.differs]

    @property
    def together(self) -> Belongings:
        """What will hang on the paper that comes out."""
        return sum(self.belongings, Belongings())

    # --- choosing --------------------------------------------------------------------------

    def take(self, name: str, column: int) -> None:
        """Take the value of the field `name` from the paper in `column`."""
        self._chosen[name] = column

    def take_all(self, column: int) -> None:
        """Take every value that the paper in `column` has; what it lacks stays as proposed."""
        for name, line in self.lines.items():
            if line.differs and line.texts[column]:
                self._chosen[name] = column

    def choose_as(self, other: "Choosing") -> None:
        """Choose what was chosen in `other`, from those of its papers that are here, too."""
        columns = {details.id: column for column, details in enumerate(self.papers)}
        for name, column in other._chosen.items():
            here = columns.get(other.papers[column].id)
            if here is not None and name in self.lines:
                self._chosen[name] = here

    def result(self, name: str) -> str:
        """What comes out, as text."""
        line, column = self.lines[name], self._chosen.get(name)
        return line.proposed_text if column is None else line.texts[column]

    def is_taken(self, name: str, column: int) -> bool:
        """Whether the paper in `column` says what comes out."""
        return self.lines[name].texts[column] == self.result(name)

    def values(self) -> Mapping[str, Any]:
        """What was chosen against the rules, as `Entries.edit` takes it."""
        values: dict[str, Any] = {}
        for name, column in self._chosen.items():
            line = self.lines[name]
            if line.texts[column] == line.proposed_text:
                continue
            values[name] = line.values[column]
            if name == "creators":
                truncated = self.papers[column].entry.creators_truncated
                values["creators_truncated"] = truncated
        return values


# --- in words ------------------------------------------------------------------------------


def text_of(name: str, value: Any, *, truncated: bool = False) -> str:
    """The value of a field as it is shown."""
    if name == "creators":
        return names_text(value, truncated=truncated)
    if name == "entry_type":
        return _(entry_types.label_of(value))
    return plain(str(value or ""))


def label_of(name: str) -> str:
    """A field as it is called here."""
    own = {
        "creators": _("Authors"),
        "entry_type": _("Type"),
    }
    return own.get(name) or _(fields.label_of(name))


def stage_of(entry: Entry) -> str:
    """`published`, `preprint`, or '' where that cannot be said."""
    venue = venue_of(entry)
    if is_publication(venue):
        return "published"
    return "preprint" if venue or entry.fields.get("eprint") else ""
