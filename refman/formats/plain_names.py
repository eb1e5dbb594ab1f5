"""Names without TeX: `Family, Given, Suffix` alone, and lists of them with "and" between."""

import re
from collections.abc import Iterable
from dataclasses import replace

from refman.model.creator import AUTHOR, SUFFIXES, Creator, parse_name
from refman.model.text import squeeze

_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\.?\s+al\.?)", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_SEMICOLON = re.compile(r"\s*;\s*")
_INITIALED = re.compile(
    r"[^\W\d_][^\s,;{}]*(?: [^\W\d_][^\s,;{}]*){0,3} [A-Z]{1,3}"
    r"(?:, *[^\W\d_][^\s,;{}]*(?: [^\W\d_][^\s,;{}]*){0,3} [A-Z]{1,3})*"
)
_BRACED = re.compile(r"\{([^{}]*)\}")


def is_others(name: str) -> bool:
    """Whether `name` only says that there are more: `et al.`"""
    return bool(_OTHERS.fullmatch(name.strip()))


def read_name(text: str, role: str = AUTHOR) -> Creator:
    """One name, the family name first where there is a comma.

    A name in braces or with a comma at its end (EndNote) is that of a body.
    """
    name = squeeze(text)
    braced = _BRACED.fullmatch(name)
    if braced:
        return Creator(literal=braced[1].strip(), role=role)
    if name.endswith(",") and "," not in name[:-1]:
        return Creator(literal=name[:-1].strip(), role=role)
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 3 and all(parts):
        if parts[1].casefold() in SUFFIXES:
            parts[1:] = parts[2], parts[1]
        return replace(parse_name(f"{parts[0]}, {parts[1]}", role), suffix=parts[2])
    return parse_name(name, role)


def write_name(creator: Creator) -> str:
    """One name as `read_name` reads it, but for the parts that it cannot tell; '' for none."""
    if creator.literal or not creator.family:
        name = squeeze(creator.full_name).strip("{},; ")
        return f"{{{name}}}" if name and not parse_name(name).literal else name
    particles = f"{creator.dropping_particle} {creator.non_dropping_particle} {creator.family}"
    family = squeeze(particles).replace(",", "")
    parts = [family, squeeze(creator.given).replace(",", ""), squeeze(creator.suffix)]
    if not any(parts[1:]):
        return family
    return ", ".join(part for part in parts if part)


def read_names(
    text: str, role: str = AUTHOR, *, initialed: bool = False
) -> tuple[list[Creator], bool]:
    """A list of names with "and" or semicolons between, and whether it says that more follow.

    `initialed` says that `Hochreiter S, Schmidhuber J` are two, as PubMed has them.
    """
    if initialed and _INITIALED.fullmatch(text.strip()):
        pairs = [name.strip().rpartition(" ") for name in text.split(",")]
        return [Creator(family, given, role=role) for family, _blank, given in pairs], False
    # What stands in braces is one name.
    masked = _BRACED.sub(lambda found: _AND.sub("\0", found[0]).replace(";", "\1"), text)
    between = _SEMICOLON if ";" in masked else _AND
    names = [name.replace("\0", " and ").replace("\1", ";") for name in between.split(masked)]
    names = [name for name in map(squeeze, names) if name.strip(" ,;{}")]
    known = [read_name(name, role) for name in names if not is_others(name)]
    return known, len(known) < len(names)


def write_names(creators: Iterable[Creator], between: str = " and ") -> str:
    """The names as `read_names` reads them."""
    names = (write_name(creator) for creator in creators)
    return between.join(f"{{{name}}}" if _is_parted(name) else name for name in names if name)


def _is_parted(name: str) -> bool:
    """Whether a list would take `name` for several, or for none."""
    return not name.startswith("{") and (" and " in f" {name} " or ";" in name or is_others(name))
