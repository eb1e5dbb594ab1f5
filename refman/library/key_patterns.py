"""The patterns by which a library makes citation keys, as they are stored in it.

One row in `preference` for all papers, and one for each entry type that has its own; where
there is none refman's own pattern holds, for which the pattern language is not even loaded.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, update

from refman.db import schema
from refman.errors import UsageError
from refman.i18n import _
from refman.model import citation_key
from refman.model.entry import Entry

if TYPE_CHECKING:
    from refman.model.key_pattern import Pattern

PREFERENCE = "citation_key_pattern"  # ":article" behind it for one entry type
DEFAULT = "[default]"


class WrongPattern(UsageError):
    """A pattern that cannot be read; `position` counts from 1."""

    def __init__(self, text: str, position: int, problem: str) -> None:
        super().__init__(
            _("The pattern “{text}” is wrong at character {position}: {problem}").format(
                text=text, position=position, problem=problem
            )
        )
        self.position = position
        self.problem = problem


def read_pattern(text: str) -> "Pattern":
    """The pattern that a person typed. Raises WrongPattern."""
    from refman.model import key_pattern

    try:
        return key_pattern.parse(text)
    except key_pattern.PatternError as error:
        raise WrongPattern(text, error.position, error.problem) from error


class KeyPatterns:
    """Patterns by entry type, that of all others under ''."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = dict(texts)

    @classmethod
    def stored(cls, connection: Connection) -> "KeyPatterns":
        p = schema.preference.c
        rows = connection.execute(
            select(p.name, p.value).where(p.name.startswith(PREFERENCE, autoescape=True))
        )
        return cls({row.name.partition(":")[2]: row.value for row in rows})

    def text(self, entry_type: str = "") -> str:
        """The pattern that holds for a type."""
        return self.texts.get(entry_type) or self.texts.get("") or DEFAULT

    def key(self, entry: Entry) -> str:
        """What the pattern gives `entry`, free or not.

        '' where it gives nothing, and where nobody would know the paper by it: without a
        title and without creators.
        """
        text = self.text(entry.entry_type)
        if text == DEFAULT:
            return citation_key.by_pattern(entry)
        if not entry.title and not entry.creators:
            return ""
        try:
            return read_pattern(text).key(entry)
        except WrongPattern:  # of another version of refman
            return citation_key.by_pattern(entry)

    def new_key(self, entry: Entry) -> str:
        """What a new paper is called: by the pattern, else by refman's own, else ''."""
        key = self.key(entry)
        if key or not (entry.title or entry.creators):
            return key
        return citation_key.by_pattern(entry)


def store(connection: Connection, text: str, entry_type: str = "") -> bool:
    """Step: set or, with '', take away a pattern. Whether that changed anything."""
    table = schema.preference
    name = f"{PREFERENCE}:{entry_type}" if entry_type else PREFERENCE
    before = connection.scalar(select(table.c.value).where(table.c.name == name))
    if text == (before or ""):
        return False
    if not text:
        connection.execute(delete(table).where(table.c.name == name))
    elif before is None:
        connection.execute(insert(table).values(name=name, value=text))
    else:
        connection.execute(update(table).where(table.c.name == name).values(value=text))
    return True
