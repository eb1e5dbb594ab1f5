"""One bibliographic record, as pure data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from refman.model.creator import ROLES, Creator

NO_FIELDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in BibLaTeX terms; an empty string or tuple means that nothing is known.

    `date` is a partial ISO 8601 date or an EDTF one as BibLaTeX takes it
    (`2022`, `2022-05`, `2022-05-16`, `2020/2021`, `1999~`). `fields` holds every
    other BibLaTeX field by its lower-case name, unknown ones included, in Unicode
    with TeX only where it cannot be said without (math, unknown macros). `tex` holds the TeX
    that a field or a role's names (`author`) were read from, where it says more than the value.
    """

    entry_type: str = "misc"
    citation_key: str = ""
    title: str = ""
    creators: tuple[Creator, ...] = ()
    creators_truncated: bool = False
    date: str = ""
    abstract: str = ""
    fields: Mapping[str, str] = field(default_factory=lambda: NO_FIELDS)
    keywords: tuple[str, ...] = ()
    tex: Mapping[str, str] = field(default_factory=lambda: NO_FIELDS)

    def by_role(self, role: str) -> tuple[Creator, ...]:
        """The creators of `role` (author, editor, translator) in their order."""
        return tuple(creator for creator in self.creators if creator.role == role)

    def value(self, name: str) -> str | tuple[Creator, ...]:
        """The field `name` as kept here: title and abstract too, and the names of a role."""
        if name in ("title", "abstract", "date"):
            text: str = getattr(self, name)
            return text
        return self.by_role(name) if name in ROLES else self.fields.get(name, "")

    @property
    def year(self) -> int | None:
        """The first year that `date` names, or None."""
        digits = self.date[1:5] if self.date.startswith("-") else self.date[:4]
        return int(digits) if len(digits) == 4 and digits.isascii() and digits.isdigit() else None

    def with_values(self, **values: Any) -> "Entry":
        """A copy with some attributes replaced."""
        return replace(self, **values)
