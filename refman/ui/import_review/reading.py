"""What the review shows, read outside the window's thread, and how a row's line is split."""

from collections import Counter
from dataclasses import dataclass

from refman.errors import RefmanError
from refman.formats.format import Passage
from refman.formats.listings import byline
from refman.i18n import _
from refman.library import Details, Library, Listing, SightingRow
from refman.model.creator import Creator, parse_name

OUTCOMES = ("added", "merged", "unchanged", "skipped", "failed")


@dataclass(frozen=True, slots=True)
class ReviewedListing:
    """An import with its rows, and the text around them that was passed over."""

    listing: Listing | None
    rows: tuple[SightingRow, ...]
    passed_over: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Glued:
    """A line in which title and byline stand one behind the other, and where the title ends."""

    text: str
    boundary: int


def read_listing(library: Library, listing_id: int) -> ReviewedListing:
    """The import `listing_id`; without a listing where it is gone (its import was undone)."""
    found = next((one for one in library.listings.list() if one.id == listing_id), None)
    if found is None:
        return ReviewedListing(None, (), ())
    return ReviewedListing(
        found,
        tuple(library.listings.rows(listing_id)),
        tuple(library.listings.passed_over(listing_id)),
    )


def read_details(library: Library, entry_id: int | None) -> Details | None:
    """The paper of a row; None where there is none."""
    if entry_id is None:
        return None
    try:
        return library.entries.get(entry_id)
    except RefmanError:
        return None


def is_doubtful(row: SightingRow) -> bool:
    """Whether a person should look, or has looked."""
    return bool(row.review) or row.outcome == "failed"


def is_open(row: SightingRow) -> bool:
    """Whether a person has still to look."""
    return bool(row.review) and not row.reviewed


def counts_text(rows: tuple[SightingRow, ...]) -> str:
    """`50 found: 43 added, 7 merged, 2 to look at`."""
    counts = Counter(row.outcome for row in rows)
    names = {
        "added": _("{count} added"),
        "merged": _("{count} merged"),
        "unchanged": _("{count} unchanged"),
        "skipped": _("{count} skipped"),
        "failed": _("{count} failed"),
    }
    parts = [names[name].format(count=counts[name]) for name in OUTCOMES if counts[name]]
    look = sum(is_open(row) for row in rows)
    if look:
        parts.append(_("{count} to look at").format(count=look))
    return _("{count} found: {parts}").format(count=len(rows), parts=", ".join(parts))


def outcome_name(outcome: str) -> str:
    """An outcome as it stands on the screen."""
    names = {
        "added": _("Added"),
        "merged": _("Merged"),
        "unchanged": _("Unchanged"),
        "skipped": _("Skipped"),
        "failed": _("Failed"),
    }
    return names.get(outcome, outcome)


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
    """Whether `line` is the byline of `row`."""
    names = [creator.full_name for creator in row.seen.entry.creators]
    return not names or line.startswith(names[0])
