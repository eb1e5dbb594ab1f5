"""Names that the library is sure of: evidence for where other rows' titles end.

Sure is a name that stands in a row of which the page alone leaves no doubt. Every row whose
title ran into its byline is judged by all such names of the library together, and judged
again when an import brings names that it asks for; so the order of imports plays no part.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select, update

from refman.db import schema
from refman.formats.format import Row
from refman.formats.listings import byline
from refman.library.records import Seen, from_json
from refman.library.storing import batches, bring_up_to_date

_s = schema.sighting.c


def known(connection: Connection) -> Counter[str]:
    """Every name that the library is sure of, folded, and how many rows say it."""
    lists = connection.scalars(select(_s.sure_names).where(_s.sure_names != ""))
    return Counter(name for names in lists for name in names.split("\n"))


def judge(
    connection: Connection | None, rows: Sequence[Row], before: Iterable[str] = ()
) -> list[Row]:
    """The rows of a page with their doubts as the library and the page itself see them.

    `before` are the lists of sure names that the library has of these very rows.
    """
    names = known(connection) if connection is not None else Counter()
    names.subtract(
        name for names_of_row in before if names_of_row for name in names_of_row.split("\n")
    )
    names.update(name for row in rows for name in byline.sure_names(row))
    return [_judge(row, names) for row in rows]


def _judge(row: Row, names: Counter[str]) -> Row:
    """`row` as what others say makes it: its own names are no evidence for themselves."""
    own = byline.sure_names(row)
    said_by_others = (name for name in byline.asks(row) if names[name] > (name in own))
    return byline.reconsider(row, frozenset(said_by_others))


def columns(row: Row) -> tuple[frozenset[str], tuple[str, ...]]:
    """What a sighting keeps of `row`, as the page alone has it: names that it is sure of, for
    others, and names that it asks for, for later."""
    return byline.sure_names(row), byline.asks(row)


def judge_again(connection: Connection, came: Collection[str], moment: str) -> set[int]:
    """Judge the rows anew that ask for a name of `came`. The papers that changed by it."""
    asking = connection.execute(select(_s.id, _s.asks).where(_s.asks > ""))
    ids = [row.id for row in asking if not frozenset(row.asks.split("\n")).isdisjoint(came)]
    if not ids:
        return set()
    concerned = [
        row
        for some in batches(ids)
        for row in connection.execute(
            select(_s.id, _s.entry, _s.fields, _s.review).where(_s.id.in_(some))
        ).all()
    ]
    names = known(connection)
    changed: set[int] = set()
    for sighting in concerned:
        seen = from_json(sighting.fields)
        judged = _judge(_as_row(seen), names)
        review = "\n".join((*judged.review, *seen.rivals))
        if review != sighting.review:
            connection.execute(
                update(schema.sighting).where(_s.id == sighting.id).values(review=review)
            )
            if sighting.entry is not None:
                changed.add(sighting.entry)
    return {entry_id for entry_id in changed if bring_up_to_date(connection, entry_id, moment)}


def judged(seen: Seen, row: Row, rivals: tuple[str, ...]) -> Seen:
    """`seen`, of the page alone, with the doubts of the judged `row`, and its rivals."""
    return replace(seen, rivals=rivals, review=(*row.review, *rivals))


def _as_row(seen: Seen) -> Row:
    return Row(
        seen.entry,
        line=0,
        raw_text="",
        review=seen.doubts,
        runners_up=seen.runners_up,
        confidence=seen.confidence,
    )
