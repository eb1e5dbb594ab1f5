"""What the review shows, read and made ready outside the window's thread."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from refman.errors import RefmanError
from refman.formats.format import Passage
from refman.formats.listings import byline
from refman.library import Candidate, Details, Library, Listing, SightingRow
from refman.library.marking import Mark, marks
from refman.library.records import Seen
from refman.library.storing import short_names
from refman.model.creator import Creator, parse_name
from refman.model.text import fold, squeeze
from refman.ui.import_review import wording
from refman.ui.tex_text import plain

_NOTHING = ("", "")
_NAMES = frozenset(("creators", "creators_truncated"))  # fields


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the list shows it; `words` is what the filter looks into, folded.

    `given` are the title and the creators of its paper, where the row has no title itself or
    a person has set them right.
    """

    row: SightingRow
    title: str
    creators: str
    reason: str
    words: str
    given: tuple[str, str] = _NOTHING
    set_right: bool = False

    @property
    def id(self) -> int:
        return self.row.id


@dataclass(frozen=True, slots=True)
class ReviewedListing:
    """An import with its rows, and the text around them that was passed over."""

    listing: Listing | None
    rows: tuple[ShownRow, ...]
    passed_over: tuple[Passage, ...]

    @property
    def papers(self) -> int:
        """How many papers its rows are."""
        return len({shown.row.entry_id for shown in self.rows} - {None})


@dataclass(frozen=True, slots=True)
class RowPage:
    """One row in full: its paper, None where it has none, and what became of its text."""

    row: SightingRow
    details: Details | None
    marks: tuple[Mark, ...]
    set_right: bool = False


@dataclass(frozen=True, slots=True)
class Glued:
    """A line in which title and byline stand one behind the other, and where the title ends."""

    text: str
    boundary: int


def read_listing(
    library: Library, listing_id: int, known: Mapping[int, ShownRow]
) -> ReviewedListing:
    """The import `listing_id`; without a listing where it is gone (its import was undone).

    Of `known` rows those that say the same are given back themselves, so that whoever shows
    them sees at once which ones changed.
    """
    found = next((one for one in library.listings.list() if one.id == listing_id), None)
    if found is None:
        return ReviewedListing(None, (), ())
    rows = library.listings.rows(listing_id)
    papers = _papers(library, rows)
    shown = []
    for row in rows:
        paper = papers.get(row.entry_id or 0, _NOTHING)
        set_right = paper != _NOTHING and _is_set_right(library, row, paper)
        given = paper if set_right or not row.title else _NOTHING
        before = known.get(row.id)
        same = (
            before is not None
            and before.row == row
            and (before.given, before.set_right) == (given, set_right)
        )
        shown.append(before if before and same else show(row, given, set_right=set_right))
    return ReviewedListing(found, tuple(shown), tuple(library.listings.passed_over(listing_id)))


def show(
    row: SightingRow, given: tuple[str, str] = _NOTHING, *, set_right: bool = False
) -> ShownRow:
    """`row` as the list shows it; `given` are title and creators that its paper has."""
    read = (row.title, row.creators_text)
    has = given if set_right else (row.title or given[0], row.creators_text or given[1])
    title = plain(has[0]) or wording.title_of(row)
    creators, reason = plain(has[1]), wording.reason_of(row, set_right=set_right)
    said = (title, creators, *read, row.raw_text, *row.review, *row.reasons)
    return ShownRow(row, title, creators, reason, fold("\n".join(said)), given, set_right)


def _papers(library: Library, rows: Sequence[SightingRow]) -> dict[int, tuple[str, str]]:
    """Title and creators of papers by their ids, for the rows that have no title themselves,
    and those that a person may have set right."""
    ids = {row.entry_id for row in rows if row.entry_id is not None and _may_be_set_right(row)}
    found = library.search.rows(sorted(ids)) if ids else []
    return {one.id: ("" if one.untitled else one.title, one.creators) for one in found}


def read_page(library: Library, row: SightingRow) -> RowPage:
    """`row` in full."""
    details = None
    if row.entry_id is not None:
        with suppress(RefmanError):  # the paper is gone; the view hears of that by itself
            details = library.entries.get(row.entry_id)
    failed = row.outcome == "failed"
    found = () if failed else marks(row.raw_text, _understood(row, details))
    return RowPage(row, details, found, details is not None and _differs_by_hand(row, details))


def _may_be_set_right(row: SightingRow) -> bool:
    # To ask of each paper what was typed takes too long where they are many.
    return row.reviewed or bool(row.review) or not row.title


def _is_set_right(library: Library, row: SightingRow, paper: tuple[str, str]) -> bool:
    """Whether a person typed that its paper has another title or other names than `row`."""
    if paper == (row.title, row.creators_text) or row.entry_id is None:
        return False
    with suppress(RefmanError):  # the paper is gone; the view hears of that by itself
        return _differs_by_hand(row, library.entries.get(row.entry_id))
    return False


def _differs_by_hand(row: SightingRow, details: Details) -> bool:
    if not _may_be_set_right(row):
        return False
    entry = details.entry
    names = short_names(entry.creators, entry.creators_truncated)
    return bool(
        ("title" in details.edited and entry.title != row.title)
        or (details.edited & _NAMES and names != row.creators_text)
    )


def _understood(row: SightingRow, details: Details | None) -> Seen:
    """What the row said, with a title's end that a person has set."""
    if details is None or not details.edited & {"title", *_NAMES}:
        return row.seen
    paper = details.entry
    entry = row.seen.entry.with_values(
        title=paper.title, creators=paper.creators, creators_truncated=paper.creators_truncated
    )
    return replace(row.seen, entry=entry)


def read_candidates(library: Library, row: SightingRow) -> tuple[int, tuple[Candidate, ...]]:
    """The papers that a row may be as well, with the row's id."""
    try:
        return row.id, tuple(library.review.candidates(row.id))
    except RefmanError:  # the row is gone; the view hears of that by itself
        return row.id, ()


def glued_line(row: SightingRow, title: str) -> Glued | None:
    """The line of the page that holds title and byline, split behind `title`.

    Where the two stand on lines of their own they are shown as one, a blank between them.
    None for a row whose page has no title.
    """
    said = row.seen.entry.title or title
    if not said:
        return None
    lines = [" ".join(line.split()) for line in row.raw_text.splitlines()]
    for number, line in enumerate(lines):
        if not line.startswith(said):
            continue
        if line == said:
            following = next((other for other in lines[number + 1 :] if other), "")
            line = f"{line} {following}" if following and _names(following, row) else line
        shorter = line.startswith(title) and title
        return Glued(line, len(title) if shorter else len(said))
    return None


def split_line(line: str, boundary: int) -> tuple[str, tuple[Creator, ...], bool]:
    """Title, creators, and whether there are others, with the title before `boundary`."""
    parsed = byline.parse(line[boundary:].strip())
    creators = tuple(parse_name(name) for name in parsed.names)
    return line[:boundary].strip(), creators, parsed.truncated


def _names(line: str, row: SightingRow) -> bool:
    """Whether `line` is the byline of `row`: its first name, or where none was read any line that
    does not begin the abstract."""
    names = [creator.full_name for creator in row.seen.entry.creators]
    if names:
        return line.startswith(names[0])
    return not squeeze(row.seen.entry.abstract).startswith(line)
