"""Zotero's Extra: a note whose lines may say `Citation Key: …`, `tex.field: …`, `PMID: …`, any
variable of CSL, names and the type.

Such lines are kept by Zotero and Better BibTeX for what their items have no field for
(zotero.org/support/kb/item_types_and_fields, "Citing Fields from Extra"; retorque.re,
"Exporting, Extra fields"). What is not understood stays a note.
"""

import re
from collections.abc import Iterable

from refman.formats import csl_variables
from refman.formats.loose_dates import read_date
from refman.formats.plain_names import read_name
from refman.formats.round_trip import restored_from_lines, without_ids
from refman.model.citation_key import legal
from refman.model.creator import ROLES
from refman.model.entry import Entry
from refman.model.entry_types import ENTRY_TYPES, from_csl
from refman.model.identifiers import normal_arxiv

_LINE = re.compile(r"\s*(?:\{:)?([A-Za-z][A-Za-z _.-]{1,40}?)\s*:\s*(.*?\S)\s*\}?\s*")
_NOT_LETTER = re.compile(r"[^a-z]")
_KEYS = frozenset(("citationkey", "bibtex", "bibtexkey", "citekey"))
_ALIASES = frozenset(("citationkeyalias", "citationkeyaliases", "ids", "aliases"))
_CLASS = re.compile(r"\[([A-Za-z][\w.-]*)")
_FIELDS = {
    **{_NOT_LETTER.sub("", name.lower()): name for name in csl_variables.FIELDS},
    **{_NOT_LETTER.sub("", name): name for name in (
        "container-title", "publisher", "issue", "number", "collection-number")},
}  # fmt: skip
_DATES = {_NOT_LETTER.sub("", name): field for name, field in csl_variables.DATES.items()} | {
    "issued": "date", "date": "date",
}  # fmt: skip
_NAMES = {_NOT_LETTER.sub("", name): field for name, field in csl_variables.NAMES.items()}
# A word of everyday notes is no field's name.
_TOO_COMMON = frozenset(("event", "part", "note", "section", "status", "source", "guest", "host"))


def with_extra(entry: Entry, extra: str) -> tuple[Entry, tuple[str, ...]]:
    """`entry` with what its Extra says, and its other citation keys.

    A field that the entry has already stands, and the line is left in the note.
    """
    reader = _Extra(entry)
    left = reader.take(extra.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    note = "\n".join(left).strip()
    entry = reader.entry
    if note:
        known = entry.fields.get("note", "")
        text = f"{known}\n{note}" if known and known != note else note
        entry = entry.with_values(fields={**entry.fields, "note": text})
    return entry, tuple(dict.fromkeys(reader.aliases))


class _Extra:
    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.aliases: list[str] = []

    def take(self, lines: Iterable[str]) -> list[str]:
        """The lines that say nothing of the entry's fields."""
        left: list[str] = []
        own: list[str] = []
        for line in lines:
            if line.lstrip().lower().startswith(("tex.", "bibtex.", "biblatex.", "refman.")):
                own.append(line)
                continue
            found = _LINE.fullmatch(line)
            if not found or not self._take(_NOT_LETTER.sub("", found[1].lower()), found[2]):
                left.append(line)
        self.entry, strange = restored_from_lines(self.entry, own)
        self.entry, keys = without_ids(self.entry)
        self.aliases += keys
        return left + strange

    def _take(self, name: str, value: str) -> bool:
        """Whether a line was understood."""
        if name in _KEYS:
            return self._take_key(value)
        if name in _ALIASES:
            self._add_aliases(value)
            return True
        if name == "arxiv":
            return self._take_arxiv(value)
        if name == "type":
            return self._take_type(value)
        if name in ROLES or name in _NAMES:
            return self._take_name(name, value)
        if name in _DATES:
            return self._set(_DATES[name], read_date(value))
        if name in _FIELDS and name not in _TOO_COMMON:
            return self._set(csl_variables.field_of(_FIELDS[name], self.entry.entry_type), value)
        return False

    def _take_key(self, value: str) -> bool:
        key = legal(value)
        if not key or (self.entry.citation_key and self.entry.citation_key != key):
            self._add_aliases(value)
        else:
            self.entry = self.entry.with_values(citation_key=key)
        return True

    def _add_aliases(self, value: str) -> None:
        self.aliases += filter(None, map(legal, value.split(",")))

    def _take_arxiv(self, value: str) -> bool:
        found = normal_arxiv(value)
        if not found or not self._set("eprint", found.id + found.version):
            return False
        self._set("eprinttype", "arxiv")
        archive = _CLASS.search(value)
        if archive:
            self._set("eprintclass", archive[1])
        return True

    def _take_type(self, value: str) -> bool:
        kind, field, text = from_csl(value.strip().replace(" ", "_"))
        known = kind != "misc" or field != "type" or value.lower() in ("document", "article")
        if not known and value.strip().lower() in ENTRY_TYPES:
            kind, field, text, known = value.strip().lower(), "", "", True
        if not known:
            return False
        self.entry = self.entry.with_values(entry_type=kind)
        if field:
            self._set(field, text)
        return True

    def _take_name(self, name: str, value: str) -> bool:
        role = name if name in ROLES else ROLES[0]
        creator = read_name(value.replace("||", ",", 1), role)
        if not creator.full_name.strip():
            return False
        if name in ROLES:
            self.entry = self.entry.with_values(creators=(*self.entry.creators, creator))
            return True
        field = _NAMES[name]
        written = value.replace("||", ",", 1)
        known = self.entry.fields.get(field, "")
        text = f"{known} and {written}" if known else written
        self.entry = self.entry.with_values(fields={**self.entry.fields, field: text})
        return True

    def _set(self, field: str, value: str) -> bool:
        """Whether the entry has `value` in `field` now."""
        if not value or not field:
            return False
        if field == "date":
            known = self.entry.date
            if not known:
                self.entry = self.entry.with_values(date=value)
        else:
            known = self.entry.fields.get(field, "")
            if not known:
                self.entry = self.entry.with_values(fields={**self.entry.fields, field: value})
        return known in ("", value)
