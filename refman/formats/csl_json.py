"""CSL-JSON: an entry as an item of the Citation Style Language's data model (CSL 1.0.2)."""

from typing import Any

from refman.model.creator import ROLES, Creator
from refman.model.entry import Entry
from refman.model.entry_types import csl_type

# BibLaTeX field → CSL variable.
VARIABLES = {
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "maintitle": "container-title",
    "volume": "volume",
    "number": "issue",
    "issue": "issue",
    "pages": "page",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "location": "publisher-place",
    "edition": "edition",
    "series": "collection-title",
    "eventtitle": "event-title",
    "doi": "DOI",
    "url": "URL",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "eprint": "number",
    "language": "language",
    "note": "note",
    "shorttitle": "title-short",
}
_PARTS = {
    "family": "family",
    "given": "given",
    "dropping_particle": "dropping-particle",
    "non_dropping_particle": "non-dropping-particle",
    "suffix": "suffix",
    "literal": "literal",
}


def to_item(entry: Entry) -> dict[str, Any]:
    """The item without its `id`, which is the caller's to choose."""
    item: dict[str, Any] = {
        "type": csl_type(entry.entry_type),
        "title": entry.title or None,
        "author": [],
        "issued": date_parts(entry.date),
        "abstract": entry.abstract or None,
        "citation-key": entry.citation_key or None,
    }
    for role in ROLES:
        names = [name_item(creator) for creator in entry.by_role(role)]
        if names:
            item[role] = names
    for field, variable in VARIABLES.items():
        if (value := entry.fields.get(field)) and not item.get(variable):
            item[variable] = value
    if entry.keywords:
        item["keyword"] = ", ".join(entry.keywords)
    return item


def name_item(creator: Creator) -> dict[str, str]:
    """A CSL name: the parts that are there."""
    return {csl: value for part, csl in _PARTS.items() if (value := getattr(creator, part))}


def date_parts(date: str) -> dict[str, Any] | None:
    """A CSL date of a partial ISO date or a range of them; literal where it is neither."""
    if not date:
        return None
    parts: list[list[int]] = []
    for end in date.split("/"):
        numbers = end.split("-")
        if not all(n.isascii() and n.isdigit() for n in numbers) or len(numbers) > 3:
            return {"literal": date}
        parts.append([int(number) for number in numbers])
    return {"date-parts": parts[:2]}
