"""An entry as an item of the Citation Style Language's data model (CSL 1.0.2): CSL-JSON."""

from typing import Any

from refman.formats import csl_variables
from refman.formats.plain_names import read_names
from refman.formats.rich_text import to_html
from refman.model.creator import ROLES, Creator
from refman.model.entry import Entry
from refman.model.entry_types import to_csl

PARTS = {
    "family": "family",
    "given": "given",
    "dropping_particle": "dropping-particle",
    "non_dropping_particle": "non-dropping-particle",
    "suffix": "suffix",
    "literal": "literal",
}
SEASONS = range(21, 25)  # months of EDTF


def to_item(entry: Entry) -> dict[str, Any]:
    """The item without its `id`, which is the caller's to choose."""
    item: dict[str, Any] = {
        "type": to_csl(entry.entry_type, entry.fields),
        "title": to_html(entry.title) or None,
        "author": [],
        "issued": date_parts(entry.date),
        "abstract": entry.abstract or None,
        "citation-key": entry.citation_key or None,
    }
    for role in ROLES:
        names = [name_item(creator) for creator in entry.by_role(role)]
        if names:
            item[role] = names
    for variable, field in csl_variables.NAMES.items():
        if text := entry.fields.get(field):
            item[variable] = [name_item(creator) for creator in read_names(text)[0]]
    for variable, value in csl_variables.variables_of(entry).items():
        item[variable] = to_html(value) if "\\" in value else value
    for variable, field in csl_variables.DATES.items():
        if text := entry.fields.get(field):
            item[variable] = date_parts(text)
    if entry.keywords:
        item["keyword"] = ", ".join(entry.keywords)
    return item


def name_item(creator: Creator) -> dict[str, str]:
    """A CSL name: the parts that are there."""
    return {csl: value for part, csl in PARTS.items() if (value := getattr(creator, part))}


def date_parts(date: str) -> dict[str, Any] | None:
    """A CSL date of a partial ISO date or a range of them; literal where it is neither."""
    if not date:
        return None
    circa = date.endswith("~") and "/" not in date
    parts: list[list[int]] = []
    for end in date.removesuffix("~").split("/"):
        numbers = end.split("-")
        if not all(n.isascii() and n.isdigit() for n in numbers) or len(numbers) > 3:
            return {"literal": date}
        parts.append([int(number) for number in numbers])
    if len(parts) == 1 and len(parts[0]) == 2 and parts[0][1] in SEASONS:
        return {"date-parts": [parts[0][:1]], "season": parts[0][1] - 20}
    found: dict[str, Any] = {"date-parts": parts[:2]}
    return {**found, "circa": True} if circa else found
