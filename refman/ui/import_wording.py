"""What an import is called on the screen: its name, its counts, its page, and what can be done."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from refman import library
from refman.i18n import _, ngettext
from refman.ui.moments import day, moment, short_moment

if TYPE_CHECKING:  # no import is shown before the first papers are
    from refman.formats.format import Header
    from refman.library import Listing

# What can be done with one import: a name, its icon, its text. `actions.imports` does it.
REVIEW, COMPARE, AGAIN, TAKE_BACK = "review", "compare", "again", "take-back"
SOURCE, PASSED_OVER, DAY, SHOW = "source", "passed-over", "day", "show"
ACTIONS: tuple[tuple[str, str, str], ...] = (
    (REVIEW, "review", _("Review rows …")),
    (COMPARE, "columns", _("Compare with earlier …")),
    (AGAIN, "restore", _("Run again")),
    (DAY, "history", _("Change the day …")),
    (SOURCE, "listing", _("Show source text")),
    (PASSED_OVER, "filter", _("Show what was passed over")),
    (TAKE_BACK, "undo", _("Take back …")),
)
WRITING = (AGAIN, DAY, TAKE_BACK)  # what a library that is write-protected does not allow
TO_LOOK_AT = "to look at"  # beside the outcomes, in `parts`


class Distinction(NamedTuple):
    """What is to be shown besides a name that several imports bear: the file where theirs differ,
    and the time where they are of the same day."""

    file: str = ""
    timed: bool = False

    @property
    def file_of_day(self) -> str:
        """The file, where the day does not tell them apart."""
        return self.file if self.timed else ""


def offered(listing: "Listing", *, read_only: bool) -> list[tuple[str, str, str]]:
    """Those of ACTIONS that mean something for `listing`."""
    without = {*(WRITING if read_only else ()), *((TAKE_BACK,) if listing.taken_back else ())}
    return [action for action in ACTIONS if action[0] not in without]


def name_of(listing: "Listing") -> str:
    """The profile, the affiliation, or else the file."""
    return listing.header.name or listing.header.affiliation or listing.name or _("No name")


def told_apart(listings: "Iterable[Listing]") -> "dict[int, Distinction]":
    """What tells imports apart that bear the same name, by their ids; the others have nothing."""
    same: dict[str, list[Listing]] = {}
    for listing in listings:
        same.setdefault(name_of(listing), []).append(listing)
    found: dict[int, Distinction] = {}
    for name, namesakes in same.items():
        if len(namesakes) == 1:
            continue
        files = {each.id: file_of(each, namesakes) for each in namesakes}
        shown = len(set(files.values())) > 1
        days = Counter(day(each.imported) for each in namesakes)
        for each in namesakes:
            file = files[each.id] if shown and files[each.id] != name else ""
            found[each.id] = Distinction(file, days[day(each.imported)] > 1)
    return found


def file_of(listing: "Listing", namesakes: "Iterable[Listing]") -> str:
    """The name of its file, with its folder where files of that name lie in several."""
    places = {each.path for each in namesakes if each.name == listing.name}
    if len(places) < 2 or not listing.path:
        return listing.name
    path = PurePath(listing.path)
    return str(PurePath(path.parent.name) / path.name)


def parts(listing: "Listing") -> list[tuple[str, str]]:
    """How many rows had which outcome, in words, and how many are still to be looked at."""
    texts = (
        ("added", _("{n:,} added")),
        ("merged", _("{n:,} merged")),
        ("unchanged", _("{n:,} unchanged")),
        ("skipped", _("{n:,} left out")),
        ("failed", _("{n:,} failed")),
    )
    found = [
        (outcome, text.format(n=listing.counts[outcome]))
        for outcome, text in texts
        if listing.counts.get(outcome)
    ]
    if listing.doubtful and not listing.taken_back:
        found.append((TO_LOOK_AT, to_look_at(listing.doubtful)))
    return found


def to_look_at(count: int) -> str:
    return _("{n:,} to look at").format(n=count)


def row_count(listing: "Listing") -> int:
    return sum(listing.counts.values())


def rows(count: int) -> str:
    return ngettext("{n:,} row", "{n:,} rows", count).format(n=count)


def profile(header: "Header") -> str:
    """`h-index 67 · 210 papers · …`; '' where the page has no such head."""
    said: Sequence[tuple[str, object]] = (
        ("{}", header.subject),
        ("{}", header.affiliation if header.name else None),
        (_("h-index {}"), header.h_index),
        (_("{:,} papers"), header.papers),
        (_("{:,} citations"), header.citations),
        (_("novelty {}%"), header.novelty),
        (_("AI score {}"), header.ai_score),
    )
    return " · ".join(text.format(value) for text, value in said if value is not None)


def when(listing: "Listing") -> str:
    """`2 Jun 2026, 14:03`, and the day of the page where that is another one."""
    text = moment(listing.imported)
    if listing.as_of and listing.as_of != listing.imported[:10]:
        text = _("{moment}, as of {day}").format(moment=text, day=day(listing.as_of))
    return text


def day_of(listing: "Listing", apart: "Distinction") -> str:
    """The day of the import, with the time where the day is that of others, too."""
    return (short_moment if apart.timed else day)(listing.imported)


def state(listing: "Listing") -> str:
    """What there is to say besides the day: taken back, or rows to look at."""
    if listing.taken_back:
        return _("taken back")
    return to_look_at(listing.doubtful) if listing.doubtful else ""


def tool_tip(listing: "Listing", earlier: int = 0) -> str:
    """All there is to say in a few lines; `earlier` imports of the same page are folded here."""
    lines = [
        name_of(listing),
        _("Imported {when}").format(when=when(listing)),
        _("From {place} ({format})").format(
            place=listing.path or listing.name or _("pasted text"), format=format_of(listing)
        ),
        profile(listing.header),
        _("{rows}: {counts}").format(
            rows=rows(row_count(listing)), counts=", ".join(text for _part, text in parts(listing))
        ),
    ]
    if listing.taken_back:
        lines.append(_("Taken back {when}").format(when=moment(listing.taken_back)))
    if earlier:
        lines.append(
            ngettext(
                "{n} earlier import of this page", "{n} earlier imports of this page", earlier
            ).format(n=earlier)
        )
    return "\n".join(line for line in lines if line)


def format_of(listing: "Listing") -> str:
    """What the format is called; its name where it is not there any more."""
    labels = {each.name: each.label for each in library.Importing.formats()}
    return labels.get(listing.format, listing.format)
