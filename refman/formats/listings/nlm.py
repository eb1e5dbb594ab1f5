"""How the National Library of Medicine writes names, dates and where a paper stands.

    names    = family " " initials [" " suffix] {", " …} [", et al"] "."
    citation = journal ". " year [" " month [" " day]] [";" volume ["(" number ")"]] [":" pages] "."

MEDLINE records, PubMed's text exports and its search results share them. Source: Patrias and
Wendling, "Citing Medicine", NLM, 2nd edition, 2007.
"""

import re
from collections.abc import Sequence

from refman.model import dates
from refman.model.creator import Creator, parse_name
from refman.model.identifiers import normal_doi

_MARKS = re.compile(r"\((?:\d+|[a-z])(?:,\s?(?:\d+|[a-z]))*\)")  # of affiliations: "Li X(1,2)"
_SUFFIXES = {"jr": "Jr.", "sr": "Sr.", "2nd": "II", "3rd": "III", "4th": "IV"}
_SUFFIXES |= {roman: roman.upper() for roman in ("ii", "iii", "iv")}
_MOST_INITIALS = 4
_LONGEST_NAME = 80  # characters

_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)"
_DATE = re.compile(
    rf"(?P<year>\d{{4}})(?:[ /](?P<month>{_MONTH})(?: (?P<day>\d{{1,2}}))?(?![\w]))?"
    rf"(?:[-/](?P<end_year>\d{{4}})?\s?(?P<end_month>{_MONTH})?(?:\s\d{{1,2}})?(?!\w))?"
)
_CITATION = re.compile(
    r"(?P<journal>[^\s].{1,200}?)\. "
    rf"(?P<date>\d{{4}}(?:[ -]{_MONTH}|-\d{{4}}|[ -]\d{{1,2}}(?!\d))*)"
    r"(?=[;:.]|$)(?P<rest>.*)"
)
_PLACE = re.compile(
    r"(?:;(?P<volume>[^():;.]*)(?:\((?P<number>[^()]*)\))?)?(?::(?P<pages>[^;]*?))?(?=\.(?:\s|$)|$)"
)
_DOI = re.compile(r"\bdoi:\s*(10\.\S+)", re.IGNORECASE)
_PMID = re.compile(r"\bPMID:\s*(\d{1,9})\b")
_PMCID = re.compile(r"\bPMCID:\s*(PMC\d{1,9})\b")
_RANGE = re.compile(r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)")


def creator(name: str) -> Creator | None:
    """The person of `Bacon PL` or `King ML Jr`; None for what is no such name."""
    words = name.split()
    suffix = ""
    if len(words) > 2 and words[-1].rstrip(".").casefold() in _SUFFIXES:
        suffix = f", {_SUFFIXES[words.pop().rstrip('.').casefold()]}"
    if len(words) < 2 or len(name) > _LONGEST_NAME:
        return None
    initials = words[-1].replace("-", "")
    if not (initials.isalpha() and initials.isupper() and len(initials) <= _MOST_INITIALS):
        return None
    family = words[:-1]
    # "Morley" or "d'Arcy", no word of a sentence.
    if not family[-1][0].isalpha() or not any(char.isupper() for char in family[-1]):
        return None
    surname = " ".join(family)
    if surname.isupper() and len(surname) > _MOST_INITIALS:  # as in records before 1966
        surname = surname.title()
    return parse_name(f"{surname}{suffix}, {with_dots(words[-1])}")


def with_dots(initials: str) -> str:
    """`PL` as `P. L.`, `J-P` as `J.-P.`."""
    return "-".join(" ".join(f"{char}." for char in part) for part in initials.split("-"))


def names(text: str) -> tuple[tuple[Creator, ...], bool] | None:
    """The people in a list of names and whether it was cut short; None if it is no such list.

    A body stands after the people, behind a semicolon.
    """
    text = _MARKS.sub("", text).strip().removesuffix(".").strip()
    people, _, bodies = text.partition(";")
    found: list[Creator] = []
    truncated = False
    for part in people.split(","):
        name = part.strip()
        if name.casefold().rstrip(".") in ("et al", "…", "...", ""):
            truncated |= bool(name)
            continue
        person = creator(name)
        if person is None:
            return None
        found.append(person)
    found += [Creator(literal=body.strip()) for body in bodies.split(";") if body.strip()]
    return (tuple(found), truncated) if found else None


def date(text: str) -> str:
    """`2006 Mar 1` as `2006-03-01`, `2018 Jul-Aug` as its start; "" if there is no such day."""
    match = _DATE.match(text.strip())
    if not match:
        return ""
    year, month = int(match["year"]), match["month"]
    if not month:
        return dates.iso(year)
    season = _SEASONS.get(month.casefold())
    if season:
        return f"{year:04}-{season}"
    number = dates.month_number(month)
    day = int(match["day"]) if match["day"] and not match["end_month"] else None
    return dates.iso(year, number, day) or dates.iso(year, number)


def pages(text: str) -> str:
    """`217-20` as `217–220`."""
    match = _RANGE.fullmatch(text)
    if not match:
        return text
    prefix, first, again, last = match.groups()
    if prefix == "e" and not again:  # "e00080-18" is one number
        return text
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{prefix}{first}–{again or prefix}{last}"


def citation(text: str) -> tuple[str, dict[str, str]] | None:
    """The date and the fields of `J Name. 2020 Jan;10(1):1-5. doi: …`; None if it is none."""
    match = _CITATION.match(text)
    if not match:
        return None
    fields = {"journaltitle": match["journal"].strip()}
    place = _PLACE.match(match["rest"])
    if place:
        found = {"volume": place["volume"], "number": place["number"]}
        fields |= {name: value.strip() for name, value in found.items() if value and value.strip()}
        if place["pages"]:
            fields["pages"] = pages(place["pages"].strip())
    return date(match["date"]), fields


def identifiers(text: str) -> dict[str, str]:
    """The DOI, PMID and PMCID that `text` names, as fields."""
    fields = {}
    if (doi := _DOI.search(text)) and (normal := normal_doi(doi[1])):
        fields["doi"] = normal
    if pmid := _PMID.search(text):
        fields["pmid"] = pmid[1]
    if pmcid := _PMCID.search(text):
        fields["pmcid"] = pmcid[1]
    return fields


def title(text: str) -> str:
    """A title without the full stop and, if it was translated, the brackets that NLM adds."""
    text = text.strip()
    if text.startswith("[") and text.rstrip(".").endswith("]"):
        text = text.rstrip(".")[1:-1]
    return text if text.endswith("..") else text.removesuffix(".")


def joined(lines: Sequence[str]) -> str:
    return " ".join(" ".join(lines).split())
