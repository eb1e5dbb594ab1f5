"""Notes and highlights: what a reader writes beside a paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from refman.db import schema
from refman.db.database import Database
from refman.errors import RefmanError, UsageError
from refman.i18n import _
from refman.library.changes import Changes, touched
from refman.library.storing import check_there, now
from refman.model.text import visible

NOTE, HIGHLIGHT = "note", "highlight"
ABSTRACT = "abstract"
COLOURS = ("yellow", "green", "blue", "pink", "purple")
CONTEXT = 32  # characters kept before and behind a quote, to find it again


@dataclass(frozen=True, slots=True)
class Annotation:
    """A note (Markdown in `comment`) or a highlight of the abstract.

    `start` and `end` are characters of today's abstract; None where the quote is not in it
    any more: the highlight is an orphan.
    """

    id: int
    entry: int
    kind: str
    target: str
    quote: str
    start: int | None
    end: int | None
    colour: str
    comment: str
    made: str
    modified: str


class Annotations:
    """Verbs on notes and highlights."""

    COLOURS = COLOURS

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, entry_id: int) -> list[Annotation]:
        """All of a paper: highlights in the order of the text, then orphans, then notes by age."""
        a, e = schema.annotation.c, schema.entry.c
        with self._database.read() as connection:
            abstract = connection.scalar(select(e.abstract).where(e.id == entry_id)) or ""
            rows = connection.execute(
                select(schema.annotation).where(a.entry == entry_id).order_by(a.id)
            ).all()
        found = [_annotation(row, abstract) for row in rows]
        return sorted(
            found, key=lambda n: (n.kind != HIGHLIGHT, n.start is None, n.start or 0, n.id)
        )

    def add_note(self, entry_id: int, markdown: str) -> Changes:
        """Write a note on a paper."""
        label = _("Add note")
        with self._database.write(label) as connection:
            check_there(connection, entry_id)
            moment = now()
            connection.execute(
                insert(schema.annotation).values(
                    entry=entry_id,
                    kind=NOTE,
                    comment=_checked_note(markdown),
                    made=moment,
                    modified=moment,
                )
            )
        return touched(label, [entry_id])

    def highlight(
        self, entry_id: int, start: int, end: int, colour: str = COLOURS[0], comment: str = ""
    ) -> Changes:
        """Mark characters `start` to `end` (exclusive) of the abstract."""
        label = _("Highlight")
        _check_colour(colour)
        e = schema.entry.c
        with self._database.write(label) as connection:
            check_there(connection, entry_id)
            abstract = connection.scalar(select(e.abstract).where(e.id == entry_id)) or ""
            start, end = max(start, 0), min(end, len(abstract))
            if not abstract[start:end].strip():
                raise UsageError(_("Select some text of the abstract to highlight it."))
            moment = now()
            connection.execute(
                insert(schema.annotation).values(
                    entry=entry_id,
                    kind=HIGHLIGHT,
                    target=ABSTRACT,
                    quote=abstract[start:end],
                    prefix=abstract[max(start - CONTEXT, 0) : start],
                    suffix=abstract[end : end + CONTEXT],
                    start=start,
                    colour=colour,
                    comment=visible(comment).strip(),
                    made=moment,
                    modified=moment,
                )
            )
        return touched(label, [entry_id])

    def edit(
        self, annotation_id: int, *, comment: str | None = None, colour: str | None = None
    ) -> Changes:
        """Change the comment (of a note: the note) or the colour."""
        label = _("Edit annotation")
        a = schema.annotation.c
        with self._database.write(label) as connection:
            row = connection.execute(
                select(a.entry, a.kind, a.comment, a.colour).where(a.id == annotation_id)
            ).one_or_none()
            if row is None:
                raise RefmanError(_("This note is not in the library any more."))
            values: dict[str, Any] = {}
            if comment is not None:
                text = _checked_note(comment) if row.kind == NOTE else visible(comment).strip()
                if text != row.comment:
                    values["comment"] = text
            if colour is not None and colour != row.colour:
                _check_colour(colour)
                values["colour"] = colour
            if values:
                connection.execute(
                    update(schema.annotation)
                    .where(a.id == annotation_id)
                    .values(**values, modified=now())
                )
        return touched(label, [row.entry] if values else [])

    def delete(self, annotation_id: int) -> Changes:
        """Delete a note or highlight."""
        label = _("Delete annotation")
        a = schema.annotation.c
        with self._database.write(label) as connection:
            entry_id = connection.scalar(select(a.entry).where(a.id == annotation_id))
            connection.execute(delete(schema.annotation).where(a.id == annotation_id))
        return touched(label, [] if entry_id is None else [entry_id])


def place(abstract: str, quote: str, prefix: str, suffix: str, start: int) -> int | None:
    """Where `quote` stands in today's `abstract`, or None.

    Of several places the one whose surroundings agree best with `prefix` and `suffix`; of
    those the nearest to `start`.
    """
    if not quote:
        return None
    if abstract.startswith(prefix + quote + suffix, start - len(prefix)) and start >= len(prefix):
        return start

    def rank(at: int) -> tuple[int, int]:
        before = abstract[max(at - len(prefix), 0) : at]
        behind = abstract[at + len(quote) : at + len(quote) + len(suffix)]
        agreeing = _common(before[::-1], prefix[::-1]) + _common(behind, suffix)
        return (-agreeing, abs(at - start))

    return min(_occurrences(abstract, quote), key=rank, default=None)


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _common(one: str, other: str) -> int:
    """How many characters the two begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _annotation(row: Any, abstract: str) -> Annotation:
    start = None
    if row.kind == HIGHLIGHT:
        start = place(abstract, row.quote, row.prefix, row.suffix, row.start or 0)
    return Annotation(
        id=row.id,
        entry=row.entry,
        kind=row.kind,
        target=row.target,
        quote=row.quote,
        start=start,
        end=None if start is None else start + len(row.quote),
        colour=row.colour,
        comment=row.comment,
        made=row.made,
        modified=row.modified,
    )


def _checked_note(markdown: str) -> str:
    text = visible(markdown).strip()
    if not text:
        raise UsageError(_("The note is empty: write something, or delete it."))
    return text


def _check_colour(colour: str) -> None:
    if colour not in COLOURS:
        raise UsageError(
            _("“{colour}” is no colour of a highlight; there are {all}.").format(
                colour=colour, all=", ".join(COLOURS)
            )
        )
