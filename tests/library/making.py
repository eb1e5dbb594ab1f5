"""What the library's tests are made of: pages, entries, and the whole state of a library."""

import os
import random
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from sqlalchemy import inspect, select, text

from refman.db import schema
from refman.library import Changes, Library, Source
from refman.model.creator import Creator, parse_name
from refman.model.entry import Entry

DAY = date(2026, 11, 20)  # on which every page here was seen
ROOT = Path(__file__).parents[2]

_WORDS = (
    "agents bounds careful data early features graphs hidden inputs joint kernels labels models "
    "noise outputs policies queries rewards samples tasks units values weights errors layers "
    "signals states costs plans tests maps trees gains loops memory vision speech motion planning "
    "small large sparse dense slow fast local global simple robust"
).split()
_VERBS = (
    "learn show bound change explain shape reduce repeat measure follow replace support".split()
)


def prose(seed: int, sentences: int = 6) -> str:
    """An abstract in words of our own, another one for each seed."""
    chance = random.Random(seed)

    def sentence() -> str:
        subject, rest = chance.sample(_WORDS, 4), chance.sample(_WORDS, 5)
        said = f"{' '.join(subject)} {chance.choice(_VERBS)} {' '.join(rest)}"
        return f"{said[0].upper()}{said[1:]}."

    return " ".join(sentence() for _ in range(sentences))


def row(
    title: str = "Learning to Count Sheep",
    names: str = "Ada Lovelace, Grace Hopper",
    *,
    meta: str = "LGMay 16, 2022",
    abstract: str = "",
    glued: bool = False,
) -> str:
    """A row of a profile page, as it stands there; glued: as copied without line breaks."""
    abstract = abstract or prose(crc32(title.encode()))
    if glued:
        return f"{meta}\n{title}{names}\n{abstract}\n"
    return f"{meta}\n{title}\n\n{names}\n\n{abstract}\n"


def page(*rows: str, header: str = "") -> str:
    """A profile page."""
    return "\n".join([header, *rows] if header else rows)


def abstracts(*texts: str, affiliation: str = "University of Nowhere") -> str:
    """A list of abstracts."""
    return "\n".join([affiliation, *(f"Abstract:{text}" for text in texts)]) + "\n"


def pasted(text: str, name: str = "page.txt") -> Source:
    return Source.from_text(text, name, DAY)


def people(names: str) -> tuple[Creator, ...]:
    """Creators of `A B, C D`."""
    return tuple(parse_name(name) for name in names.split(", ")) if names else ()


def entry(
    title: str = "", names: str = "", date: str = "", abstract: str = "", **values: Any
) -> Entry:
    """An entry; what is no attribute of `Entry` becomes a field."""
    own = {
        name: values.pop(name)
        for name in ("entry_type", "citation_key", "creators_truncated", "keywords")
        if name in values
    }
    return Entry(
        title=title, creators=people(names), date=date, abstract=abstract, fields=values, **own
    )


def add(library: Library, *args: Any, **values: Any) -> int:
    """The id of a paper that was typed in: `entry(*args, **values)`."""
    return only(library.entries.add(entry(*args, **values)))


def only(changes: Changes) -> int:
    """The one paper that was touched."""
    (entry_id,) = changes.entries
    return entry_id


def put(library: Library, *rows: str, name: str = "page.txt") -> list[int]:
    """Import a page of these rows; the papers of its rows."""
    report = library.importing.run(pasted(page(*rows), name))
    return [record.entry_id or 0 for record in report.records]


# --- the whole state ----------------------------------------------------------------------


def state(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that can be undone."""
    with library.database.read() as connection:
        return {
            table.name: [
                tuple(each) for each in connection.execute(select(table).order_by(table.c.id))
            ]
            for table in schema.UNDOABLE
        }


def sizes(library: Library) -> dict[str, int]:
    """How many rows every table of the file has, the history and the indexes included."""
    with library.database.read() as connection:
        names = inspect(connection).get_table_names()
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
            for name in sorted(names)
        }


def differing(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The tables that are not the same."""
    return {name for name in before if before[name] != after[name]}


def papers(library: Library, ids: Iterable[int] | None = None) -> list[dict[str, Any]]:
    """Every field of every paper, citation keys, ids, uuids and time stamps aside; sorted."""
    found = []
    for entry_id in ids if ids is not None else library.search.ids():
        details = library.entries.get(entry_id)
        found.append(
            {
                "entry": details.entry.with_values(citation_key=""),
                "category": details.category,
                "code": details.code,
                "score": details.score,
                "attention": details.attention,
                "status": details.status,
                "tags": [tag.name for tag in details.tags],
                "collections": [name for _id, name in details.collections],
            }
        )
    return sorted(found, key=lambda one: (one["entry"].title, one["entry"].abstract))


def sightings(library: Library) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    """Every row of every listing: listing, raw text, outcome, title of its paper, its doubts."""
    found = []
    for listing in library.listings.list():
        for sighting in library.listings.rows(listing.id):
            title = library.entries.get(sighting.entry_id).entry.title if sighting.entry_id else ""
            found.append(
                (listing.name, sighting.raw_text, sighting.outcome, title, sighting.review)
            )
    return sorted(found)


def run_child(
    code: str, *args: str, unprivileged: bool = False
) -> "subprocess.CompletedProcess[str]":
    """Run Python in another process; as nobody, where root would be stopped by nothing.

    `code` defines `main(*args)`; what stands around it is done before the rights are laid down,
    after which nothing more of refman can be imported where only root may read it.
    """
    lay_down = (
        "import os, refman.library as face; [getattr(face, name) for name in face.__all__]\n"
        "os.geteuid() == 0 and (os.setgid(65534), os.setuid(65534))\n"
    )
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys\n{code}\n{lay_down if unprivileged else ''}main(*sys.argv[1:])",
            *args,
        ],
        cwd=ROOT,
        env=child_environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def child_environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def orders(names: Sequence[str]) -> list[tuple[str, ...]]:
    """`names` in every order."""
    if not names:
        return [()]
    return [(n, *rest) for n in names for rest in orders([m for m in names if m != n])]
