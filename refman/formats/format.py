"""What every format is: text in, rows and problems out; entries in, text out.

A format is one module with one subclass of `Format`, and one line in `FORMATS`
(`refman.formats`). It opens no file, knows no database, and no text whatever makes
it raise anything but `Cancelled`: what it cannot read becomes a `Problem`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from refman.model.entry import Entry
from refman.progress import Progress


@dataclass(frozen=True, slots=True)
class Header:
    """What heads a page and belongs to the listing, not to its rows; None where not said."""

    name: str | None = None
    subject: str | None = None
    affiliation: str | None = None
    h_index: int | None = None
    papers: int | None = None
    citations: int | None = None
    novelty: int | None = None  # per cent
    ai_score: int | None = None


@dataclass(frozen=True, slots=True)
class Boundary:
    """Another place where a title may end: what the title and the byline would be then."""

    title: str
    byline: str


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file or an address that a source gives with a paper; `path` is as it stands there."""

    path: str = ""
    url: str = ""
    title: str = ""
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that was read: the entry, where it stood, and what only this page says of it.

    `line` counts from 1. `raw_text` is the row's source. `category` is a full arXiv one
    (`cs.LG`) or None; `category_label` is what the page wrote (`LG`). `year_given` is None
    where the row has no date. `review` holds a sentence for each doubt. `runners_up` are the
    boundaries that were not taken, the likelier first, where the title ran into the byline;
    `confidence`, 0 to 1, is how sure the one is that was taken (None where they stood apart).
    A .bib's `citation_key` stands in `entry`. `status` is a reading status and `rating` 0 to 5
    where the source says one.
    `aliases` are other citation keys of it; `collections` are paths (`A/B`), `notes` Markdown.
    `inherited` names the fields of `entry` that it has from others: by `crossref` or `xdata`.
    """

    entry: Entry
    line: int
    raw_text: str
    category: str | None = None
    category_label: str | None = None
    year_given: bool | None = None
    score: float | None = None
    code: bool | None = None
    affiliations: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    runners_up: tuple[Boundary, ...] = ()
    confidence: float | None = None
    status: str | None = None
    rating: int | None = None
    collections: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    attachments: tuple[FileLink, ...] = ()
    aliases: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the user should know of a place in the source.

    `failed` says that a row was seen there and could not be read; it counts as one found
    row. Without it the problem is a remark on something that was read all the same.
    """

    line: int
    text: str
    message: str
    failed: bool = True


@dataclass(frozen=True, slots=True)
class Passage:
    """Text around the rows that was passed over: navigation, buttons, footers."""

    line: int
    text: str


@dataclass(slots=True)
class Found:
    """All that a format saw in a text, in the order of the text."""

    header: Header = Header()
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: list[Passage] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Rows seen, read or not."""
        return len(self.rows) + sum(problem.failed for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader is told besides the text.

    `as_of` is the day the page was seen: dates without a year are placed by it.
    """

    as_of: date
    progress: Progress = field(default_factory=Progress)


class Format(ABC):
    """A way to read, write, or read and write entries."""

    name: ClassVar[str]  # on the command line: lower case, hyphens
    label: ClassVar[str]  # on screen
    extensions: ClassVar[tuple[str, ...]] = ()  # with the dot; the first is the default for files
    reads: ClassVar[bool] = True
    writes: ClassVar[bool] = False
    takes_markup: ClassVar[bool] = False  # reads a page's markup where it has any, not its text

    @abstractmethod
    def score(self, text: str) -> int:
        """How sure it is, 0 to 100, that `text` (a page's first 64 KiB) is of this format."""

    def read(self, text: str, context: Context) -> Found:
        """All rows of `text`, which is Unicode with any line ends. Raises only Cancelled."""
        raise NotImplementedError(f"{self.name} cannot be read")

    def pieces(self, text: str, context: Context) -> Iterator[Header | Row | Problem | Passage]:
        """What `read` finds, one thing after the other; a format of great files holds none."""
        found = self.read(text, context)
        yield found.header
        yield from found.rows
        yield from found.problems
        yield from found.passed_over

    def write(self, entries: Iterable[Entry], options: Mapping[str, Any]) -> Iterator[str]:
        """The text of `entries`, in pieces, in their order."""
        raise NotImplementedError(f"{self.name} cannot be written")
