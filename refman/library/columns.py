"""The columns of the table of papers: one line each, and what each sorts by."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case

from refman.db import schema
from refman.i18n import N_
from refman.library.changes import STATUSES

_e = schema.entry.c
# In the order of reading, not of the alphabet.
_BY_READING = case({status: place for place, status in enumerate(STATUSES)}, value=_e.status)


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is an attribute of `search.TableRow`; `label` is translated where it is shown.

    `width` is in pixels at 100 % text; `sort` is what the database orders by.
    """

    name: str
    label: str
    width: int
    sort: ColumnElement[object]
    align: str = "left"
    default_visible: bool = True
    descending_first: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("status", N_("Status"), 28, _BY_READING, "center"),
    Column("title", N_("Title"), 430, _e.title_sort),
    Column("creators", N_("Authors"), 190, _e.creators_sort),
    Column("year", N_("Year"), 52, _e.year, "right", descending_first=True),
    Column("category", N_("Category"), 84, _e.category),
    Column("code", N_("Code"), 44, _e.code, "center", descending_first=True),
    Column("rating", N_("Rating"), 76, _e.rating, default_visible=False, descending_first=True),
    Column("score", N_("Score"), 56, _e.score, "right", False, True),
    Column("best_score", N_("Best score"), 84, _e.best_score, "right", False, True),
    Column("categories", N_("All categories"), 130, _e.categories, default_visible=False),
    Column("seen", N_("Seen"), 56, _e.seen, "right", False, True),
    Column("venue", N_("Venue"), 160, _e.venue_sort, default_visible=False),
    Column("citation_key", N_("Key"), 150, _e.citation_key, default_visible=False),
    Column("added", N_("Added"), 96, _e.added, default_visible=False, descending_first=True),
    Column("modified", N_("Changed"), 96, _e.modified, "left", False, True),
)

BY_NAME = {column.name: column for column in COLUMNS}
