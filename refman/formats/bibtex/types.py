"""What an entry's type is called in BibTeX, and how it is found again.

BibTeX has fourteen types. Of an entry of any other that BibLaTeX knows, the nearest stands
before the brace, and the type itself in a field of which bibtex takes no notice. A type that
neither knows is the user's own and stays.
"""

import re
from functools import lru_cache

from refman.model.entry_types import DEFAULT, biblatex_type, bibtex_type

FIELD = "biblatextype"  # the type, where its name in BibTeX does not say it

# What the name is in BibTeX and the field `type` too: `FIELD` then says that there is one.
_SAID_TWICE = {("report", "techreport"): "techreport"}

_NOT_IN_NAME = re.compile(r"[\s{}(),=\"#%'@\\~\x00-\x1f\x7f]+")
_BEGINS = re.compile(r"[^\W\d]")
_NO_TYPES = frozenset(("comment", "string", "preamble"))


def legal_name(name: str, gap: str = "") -> str:
    """`name` as one that a type or field of a file can have, '' if nothing of it can stand."""
    name = _NOT_IN_NAME.sub(gap, name).strip("-")
    return f"x-{name}" if name[:1].isdigit() else name


def biblatex_form(entry_type: str) -> str:
    """What stands after the @ in BibLaTeX."""
    name = legal_name(entry_type)
    if not name or name.lower() in _NO_TYPES:
        return DEFAULT
    return name if _BEGINS.match(name) else f"x-{name}"


@lru_cache(maxsize=1024)
def bibtex_form(entry_type: str, type_field: str) -> tuple[str, str, str]:
    """What stands after the @, in the field `type`, and in `FIELD`, '' where nothing does."""
    if twice := _SAID_TWICE.get((entry_type, type_field)):
        return twice, "", twice
    name = biblatex_form(bibtex_type(entry_type, type_field))
    again, implied = biblatex_type(name)
    said = again == entry_type and not (implied and not type_field)
    return name, "" if type_field == implied else type_field, "" if said else entry_type


def read_type(name: str, said: str) -> tuple[str, str]:
    """The type of an entry that a file calls `name` and whose `FIELD` is `said`, and the `type`
    field that this implies."""
    said = said.lower()
    for read, twice in _SAID_TWICE.items():
        if said == twice:
            return read
    return (said, "") if said and said == legal_name(said) else biblatex_type(name)
