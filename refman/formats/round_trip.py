"""What a format cannot say of an entry, kept beside it, so that reading gives all of it back.

A writer writes what its format knows, reads that again, and keeps the *rest*: every part of
the entry that did not come back as it was. Where a format has lines of text for it, each field
is a line `tex.name: value`, as Better BibTeX keeps fields in Zotero's Extra; the others
stand in one line `refman.entry: {…}` of JSON.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from refman.formats.plain_names import read_names
from refman.model.citation_key import legal
from refman.model.creator import ROLES, Creator
from refman.model.entry import Entry
from refman.model.fields import ATTRIBUTES, biblatex_name

_TEXTS = ("entry_type", "citation_key", "title", "date", "abstract")
_PARTS = (
    "family", "given", "dropping_particle", "non_dropping_particle", "suffix", "literal", "role",
)  # fmt: skip
_NAME = re.compile(r"[a-z][a-z0-9_+-]*")
_LINE = re.compile(r"(?:tex|bibtex|biblatex)\.([^\s:=]+)\s*[:=]\s*(.*\S)", re.IGNORECASE)
_OWN = "refman.entry:"
_UNPRINTABLE = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_LONGEST_LINE = 2000  # a field as a line of its own; longer ones go into the JSON

Rest = Mapping[str, Any]


def rest_of(entry: Entry, said: Entry) -> dict[str, Any]:
    """What `said`, the entry as a format says it, lacks of `entry`; empty where it is equal.

    Only JSON's kinds of values; the field that `said` has and `entry` has not is None.
    """
    rest: dict[str, Any] = {}
    for name in _TEXTS:
        if getattr(entry, name) != getattr(said, name):
            rest[name] = getattr(entry, name)
    if entry.creators != said.creators:
        rest["creators"] = [
            {part: value for part in _PARTS if (value := getattr(creator, part))}
            for creator in entry.creators
        ]
    if entry.creators_truncated != said.creators_truncated:
        rest["creators_truncated"] = entry.creators_truncated
    if entry.keywords != said.keywords:
        rest["keywords"] = list(entry.keywords)
    fields: dict[str, str | None] = {
        name: value for name, value in entry.fields.items() if said.fields.get(name) != value
    }
    fields.update(dict.fromkeys(name for name in said.fields if name not in entry.fields))
    if fields:
        rest["fields"] = dict(sorted(fields.items()))
    return rest


def restored(entry: Entry, rest: Any) -> Entry:
    """`entry` with its rest. What in `rest`, which may be anything, is no part of one is left."""
    if not isinstance(rest, Mapping):
        return entry
    values: dict[str, Any] = {
        name: rest[name] for name in _TEXTS if isinstance(rest.get(name), str)
    }
    if isinstance(rest.get("creators_truncated"), bool):
        values["creators_truncated"] = rest["creators_truncated"]
    keywords, creators, fields = (rest.get(n) for n in ("keywords", "creators", "fields"))
    if isinstance(keywords, list) and all(isinstance(word, str) for word in keywords):
        values["keywords"] = tuple(keywords)
    if isinstance(creators, list):
        values["creators"] = tuple(filter(None, map(_creator, creators)))
    if isinstance(fields, Mapping):
        values["fields"] = _fields(entry.fields, fields)
    return entry.with_values(**values) if values else entry


def _creator(parts: Any) -> Creator | None:
    if not isinstance(parts, Mapping):
        return None
    said = {part: parts[part] for part in _PARTS if isinstance(parts.get(part), str)}
    if said.get("role", ROLES[0]) not in ROLES or not any(p in said for p in _PARTS[:-1]):
        return None
    return Creator(**said)


def _fields(known: Mapping[str, str], more: Mapping[Any, Any]) -> dict[str, str]:
    fields = dict(known)
    for name, value in more.items():
        if not isinstance(name, str) or not name or name in ATTRIBUTES:
            continue
        if isinstance(value, str) and value:
            fields[name] = value
        elif value is None:
            fields.pop(name, None)
    return fields


def without_ids(entry: Entry) -> tuple[Entry, tuple[str, ...]]:
    """`entry` and its other citation keys, which BibLaTeX has in the field `ids`."""
    said = entry.fields.get("ids")
    if not said:
        return entry, ()
    fields = {name: value for name, value in entry.fields.items() if name != "ids"}
    keys = dict.fromkeys(key for part in said.split(",") if (key := legal(part)))
    return entry.with_values(fields=fields), tuple(keys)


# ------------------------------------------------------------------------------------ lines


def to_lines(rest: Rest) -> list[str]:
    """The rest as lines of printable text, each of them whole."""
    lines: list[str] = []
    hard = dict(rest)
    hard_fields: dict[str, str | None] = {}
    for name, value in rest.get("fields", {}).items():
        if value and _is_plain(name, value):
            lines.append(f"tex.{name}: {value}")
        else:
            hard_fields[name] = value
    hard.pop("fields", None)
    plain = [n for n in ("title", "date", "abstract") if n in hard and _is_plain(n, hard[n])]
    lines += [f"tex.{name}: {hard.pop(name)}" for name in plain]
    if hard_fields:
        hard["fields"] = hard_fields
    if hard:
        lines.append(f"{_OWN} {json.dumps(hard, sort_keys=True)}")
    return lines


def _is_plain(name: str, value: str) -> bool:
    return (
        bool(_NAME.fullmatch(name))
        and biblatex_name(name) == name
        and value == value.strip()
        and 0 < len(value) <= _LONGEST_LINE
        and not _UNPRINTABLE.search(value)
    )


def restored_from_lines(entry: Entry, lines: Iterable[str]) -> tuple[Entry, list[str]]:
    """`entry` with what `to_lines` wrote, or Better BibTeX, and the lines that say another thing.

    `tex.` goes before what the entry says of itself.
    """
    left: list[str] = []
    for line in lines:
        text = line.strip()
        if text.startswith(_OWN):
            try:
                entry = restored(entry, json.loads(text[len(_OWN) :]))
                continue
            except (ValueError, RecursionError):
                pass
        found = _LINE.fullmatch(text)
        if found:
            entry = _with_field(entry, biblatex_name(found[1]), found[2])
        else:
            left.append(line)
    return entry, left


def _with_field(entry: Entry, name: str, value: str) -> Entry:
    if name in ROLES:
        others = tuple(creator for creator in entry.creators if creator.role != name)
        creators, truncated = read_names(value, name)
        ordered = sorted((*others, *creators), key=lambda creator: ROLES.index(creator.role))
        return entry.with_values(
            creators=tuple(ordered), creators_truncated=entry.creators_truncated or truncated
        )
    if name == "keywords":
        words = [word for part in value.split(",") if (word := part.strip())]
        return entry.with_values(keywords=tuple(dict.fromkeys((*entry.keywords, *words))))
    if name in ("title", "date", "abstract", "entry_type", "citation_key"):
        return entry.with_values(**{name: value})
    return entry.with_values(fields={**entry.fields, name: value})
