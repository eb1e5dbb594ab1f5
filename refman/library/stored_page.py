"""The rows of a listing that are no papers': the page itself, and what could not be read."""

import json
from array import array
from collections.abc import Sequence
from dataclasses import asdict
from itertools import pairwise

from sqlalchemy import Connection, insert

from refman.db import schema
from refman.db.bulk import insert_rows, write_blob
from refman.library.import_options import ImportOptions
from refman.library.planning import PageRead
from refman.library.report import FAILED
from refman.library.sources import packed
from refman.library.storing import new_id
from refman.model.text import fold, hash64

SIGHTING = tuple(c.name for c in schema.sighting.columns if c.name not in ("id", "reviewed"))


def insert_listing(
    connection: Connection, page: PageRead, options: ImportOptions, moment: str
) -> int:
    source, header = page.source, page.header
    result = connection.execute(
        insert(schema.listing).values(
            format=page.format.name,
            name=source.name or header.name or header.affiliation or page.name,
            path=source.path,
            profile=json.dumps(asdict(header), ensure_ascii=False),
            source=b"",
            markup=packed(source.markup) if source.markup else None,
            source_sha256=source.digest,
            as_of=source.as_of.isoformat(),
            imported=moment,
            passed_over=json.dumps([[p.line, p.text] for p in page.passed_over]),
            options=options.to_json(),
        )
    )
    listing_id = new_id(result)
    size, pieces = source.packed()
    write_blob(connection, schema.listing.c.source, listing_id, size, pieces)
    return listing_id


def places_of(page: PageRead) -> Sequence[int]:
    """At which place of the page each row stands, and behind them those that failed."""
    lines = array("q", page.lines)
    lines.extend(problem.line for problem in page.problems if problem.failed)
    if all(one <= other for one, other in pairwise(lines)):
        return range(len(lines))
    places = array("q", bytes(8 * len(lines)))
    for place, i in enumerate(sorted(range(len(lines)), key=lines.__getitem__)):
        places[i] = place
    return places


def insert_failed(
    connection: Connection, listing_id: int, page: PageRead, places: Sequence[int]
) -> None:
    """Step: keep the rows of a page that could not be read, which stand at `places`."""
    failed = [problem for problem in page.problems if problem.failed]
    found = [
        (
            listing_id,
            None,
            place,
            problem.line,
            problem.text,
            hash64(fold(problem.text)),
            "{}",
            FAILED,
            problem.message,
            "",
            "",
            "",
        )
        for problem, place in zip(failed, places, strict=True)
    ]
    insert_rows(connection, schema.sighting, SIGHTING, found)
