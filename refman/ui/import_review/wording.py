"""The rows of an import in words: what became of each, why to look at it, how many there are."""

from collections import Counter
from collections.abc import Iterable, Mapping

from refman.i18n import _
from refman.library import SightingRow
from refman.library.matching import CERTAIN, LIKELY
from refman.model.text import squeeze
from refman.ui.tex_text import plain

OUTCOMES = ("added", "merged", "unchanged", "skipped", "failed")
BEGINNING = 160  # letters of a row's text in the place of a title
ALL, DOUBTFUL, SETTLED = "all", "doubtful", "settled"
KINDS = (ALL, DOUBTFUL, SETTLED, *OUTCOMES)  # what the list can be filtered by


def is_doubtful(row: SightingRow) -> bool:
    """Whether a person should look, or has looked."""
    return bool(row.review) or row.outcome == "failed"


def is_open(row: SightingRow) -> bool:
    """Whether a person has still to look."""
    return is_doubtful(row) and not row.reviewed and row.outcome not in ("skipped", "unchanged")


def is_settled(row: SightingRow) -> bool:
    """Whether a person has said what is to be done about the row."""
    return row.reviewed or (is_doubtful(row) and row.outcome == "skipped")


def can_leave_out(row: SightingRow) -> bool:
    """Whether the row gave the library something."""
    return row.outcome in ("added", "merged")


def is_of_kind(row: SightingRow, kind: str) -> bool:
    """Whether the filter `kind` shows `row`."""
    if kind == DOUBTFUL:
        return is_open(row)
    if kind == SETTLED:
        return is_settled(row)
    return kind in (ALL, row.outcome)


def counts_of(rows: Iterable[SightingRow]) -> Counter[str]:
    """How many rows each filter shows."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[ALL] += 1
        counts[row.outcome] += 1
        counts[DOUBTFUL] += is_open(row)
        counts[SETTLED] += is_settled(row)
    return counts


def kind_name(kind: str) -> str:
    """A filter as it stands on the screen."""
    names = {ALL: _("All"), DOUBTFUL: _("To look at"), SETTLED: _("Settled")}
    return names.get(kind) or outcome_name(kind)


def kind_tip(kind: str) -> str:
    """What a filter shows."""
    tips = {
        ALL: _("Show every row of the page"),
        DOUBTFUL: _("Show the rows that are in doubt and that nobody has looked at"),
        SETTLED: _("Show the rows that you have looked at or set right"),
        "added": _("Show the rows that became new papers"),
        "merged": _("Show the rows that joined a paper of the library"),
        "unchanged": _("Show the rows that were in the library already, from this very page"),
        "skipped": _("Show the rows that were left out"),
        "failed": _("Show the rows that could not be read"),
    }
    return tips[kind]


def counts_text(rows: Iterable[SightingRow]) -> str:
    """`50 found: 43 added, 7 merged, 2 to look at`."""
    rows = tuple(rows)
    counts = Counter(row.outcome for row in rows)
    names = {
        "added": _("{count:,} added"),
        "merged": _("{count:,} merged"),
        "unchanged": _("{count:,} unchanged"),
        "skipped": _("{count:,} left out"),
        "failed": _("{count:,} failed"),
    }
    parts = [names[name].format(count=counts[name]) for name in OUTCOMES if counts[name]]
    look = sum(map(is_open, rows))
    if look:
        parts.append(_("{count:,} to look at").format(count=look))
    return _("{count:,} found: {parts}").format(count=len(rows), parts=", ".join(parts))


def outcome_name(outcome: str) -> str:
    """An outcome as it stands on the screen."""
    names = {
        "added": _("Added"),
        "merged": _("Merged"),
        "unchanged": _("Unchanged"),
        "skipped": _("Left out"),
        "failed": _("Failed"),
    }
    return names.get(outcome, outcome)


def icon_of(row: SightingRow) -> tuple[str, str]:
    """The icon of a row and its colour's name in the theme."""
    if row.outcome == "skipped":
        return "dropped", "muted"
    if is_open(row):
        return ("stop", "danger") if row.outcome == "failed" else ("attention", "warning")
    if is_settled(row):
        return "check", "good"
    return {"added": "add", "merged": "merge", "unchanged": "minus"}.get(
        row.outcome, "file"
    ), "muted"


def title_of(row: SightingRow) -> str:
    """The title, or the start of what the row has instead."""
    if row.title:
        return plain(row.title)
    if row.outcome in ("unchanged", "failed"):
        return plain(_beginning(row.raw_text))
    text = _beginning(row.seen.entry.abstract or row.raw_text)
    return _("No title: {text}").format(text=plain(text))


def _beginning(text: str) -> str:
    text = squeeze(text)
    return text if len(text) <= BEGINNING else f"{text[:BEGINNING]}…"


def settled_name(row: SightingRow, *, set_right: bool) -> str:
    """What a person did with the row; '' where nobody did anything, or left it out.

    `set_right` says that its paper has another title or other names now.
    """
    if row.outcome == "skipped":
        return ""
    if set_right:
        return _("set right") if row.title else _("typed by you")
    return _("looked at") if row.reviewed else ""


def reason_of(row: SightingRow, *, set_right: bool = False) -> str:
    """The first thing there is to say of the row."""
    settled = settled_name(row, set_right=set_right)
    return settled or next(iter((*row.review, *row.reasons)), "")


def confidence_of(row: SightingRow, *, set_right: bool = False) -> str:
    """How sure it is where the title ends: `87 %`; '' where that was no question, or where a
    person has said it."""
    sure = row.seen.confidence
    if sure is None or row.reviewed or set_right:
        return ""
    return _("{percent} %").format(percent=round(100 * sure))


def confidence_tip(row: SightingRow, *, set_right: bool = False) -> str:
    """What the confidence means, in a sentence; '' where there is none."""
    sure = confidence_of(row, set_right=set_right)
    return sure and _("{sure} sure that the title ends there").format(sure=sure)


def keys_line(keys: Mapping[str, str]) -> str:
    """What the keys do, in a line; `keys` by the names of commands."""
    first, last = (keys.get(f"review-reading-{number}", "") for number in (1, 9))
    step = " ".join(filter(None, (keys.get("review-next"), keys.get("review-previous"))))
    said = (
        (_("Enter"), _("looks right")),
        (keys.get("review-leave-out"), _("leave out")),
        (keys.get("review-take-in"), _("take in again")),
        (keys.get("review-merge"), _("merge with")),
        (keys.get("review-title-end"), _("title’s end")),
        (f"{first}–{last}" if first and last else "", _("take a reading")),
        (step, _("next and previous")),
        (keys.get("undo"), _("undo")),
        (_("Esc"), _("back")),
    )
    parts = " · ".join(f"{key} {what}" for key, what in said if key)
    return parts.replace("Down", "↓").replace("Up", "↑")


def with_key(tip: str, key: str | None) -> str:
    """A tool tip, and the key that does the same."""
    return _("{tip} ({key})").format(tip=tip, key=key) if key else tip


def tier_name(tier: int) -> str:
    """How sure it is that two papers are the same."""
    if tier >= CERTAIN:
        return _("Certainly the same")
    return _("Likely the same") if tier == LIKELY else _("Possibly the same")


def facts_of(row: SightingRow) -> str:
    """What only this page says of the paper: `score 89.4 · code · mila`."""
    seen = row.seen
    facts = [
        _("score {score:g}").format(score=seen.score) if seen.score is not None else "",
        _("code") if seen.code else "",
        _("year inferred from the page's day") if seen.year_given is False else "",
        ", ".join(seen.affiliations),
    ]
    return " · ".join(plain(fact) for fact in facts if fact)


def part_name(part: str) -> str:
    """What a stretch of a row's source text became."""
    names = {
        "title": _("Title"),
        "creators": _("Authors"),
        "truncated": _("And others"),
        "affiliations": _("Affiliations"),
        "score": _("Score"),
        "category": _("Category"),
        "date": _("Date"),
        "code": _("Code"),
        "abstract": _("Abstract"),
        "venue": _("Venue"),
        "identifier": _("Identifier"),
        "url": _("URL"),
        "key": _("Citation key"),
        "type": _("Entry type"),
    }
    return names.get(part, _("Other field"))


# What stands in the place of a row: an icon, a heading, and what to do.
GONE = (
    "listing",
    _("This import is not in the library any more"),
    _("It was undone or taken back. Redo (Ctrl+Shift+Z) brings back what was undone."),
)
EMPTY = ("listing", _("No rows"), _("This page has no row to review."))
CLEAR = ("check", _("Nothing in doubt"), _("Every row of this page was clear."))
DONE = ("check", _("Nothing left to look at"), _("You have looked at every row that was in doubt."))
FILTERED = ("filter", _("No such rows"), _("No row of this page is so and has these words."))
