"""An entry as the item that is cited: what a style expects and CSL-JSON leaves to its reader."""

import re
from collections.abc import Mapping
from typing import Any

from refman.formats import latex
from refman.formats.csl_json import to_item
from refman.formats.latex import Kind
from refman.model.entry import Entry

# BibLaTeX's keys for what a style prints as words. Source: its manual, section 4.9.2.
_WORDS = {
    "phdthesis": "PhD thesis", "mathesis": "Master’s thesis", "mastersthesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis", "candthesis": "Candidate thesis",
    "techreport": "Technical report", "resreport": "Research report", "software": "Software",
    "datacd": "Data CD", "audiocd": "Audio CD", "patent": "Patent", "patentus": "U.S. patent",
    "patenteu": "European patent", "patreq": "Patent request", "inpreparation": "in preparation",
    "submitted": "submitted", "forthcoming": "forthcoming", "inpress": "in press",
    "prepublished": "pre-published",
}  # fmt: skip
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)
_EDITION = re.compile(r"(\d+)(?:st|nd|rd|th|\.)?(?:\s+ed(?:ition|n)?\.?)?", re.IGNORECASE)
_SUBTITLES = {
    "title": ("title", "subtitle"),
    "container-title": ("booktitle", "booksubtitle"),
    "volume-title": ("maintitle", "mainsubtitle"),
}
_ADDRESS = re.compile(r"\\(?:url|href)\s*\{([^{}]+)\}(?:\{[^{}]*\})?|https?://\S+")
_UNKNOWN = re.compile(r"(\d{3})X|(\d\d)XX")
_NOT_PRINTED = ("abstract", "annote", "keyword", "citation-key")
_PREPRINTS = frozenset(("misc", "online", "unpublished", "report"))
_ARCHIVES = {
    "": "arXiv",
    "arxiv": "arXiv",
    "hal": "HAL",
    "biorxiv": "bioRxiv",
    "medrxiv": "medRxiv",
}
_KEPT = ('<span class="nocase">', "</span>")  # CSL-JSON for what keeps its case
# A full stop at the end of a title is the style's to set, unless it is an abbreviation's.
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})(?<!\b(?:inc|ltd|etc|vol))(?<!corp)\.$", re.IGNORECASE)
_SHOWN = 60  # characters of the abstract that stand for a title


def cited_item(entry: Entry, item_id: str) -> dict[str, Any]:
    """The item of `entry` that a style is given; it has a title whatever is known."""
    item = to_item(entry)
    fields = entry.fields
    for variable, (name, more) in _SUBTITLES.items():
        if fields.get(more) and item.get(variable) and (name == "title" or fields.get(name)):
            item[variable] = _with_subtitle(str(item[variable]), fields[more])
    if fields.get("journalsubtitle") and fields.get("journaltitle") == item.get("container-title"):
        item["container-title"] = _with_subtitle(fields["journaltitle"], fields["journalsubtitle"])
    if fields.get("langid") and not item.get("language"):
        item["language"] = fields["langid"]
    _eprint(item, entry)
    _published(item, fields)
    for variable in ("genre", "status"):
        if word := _WORDS.get(str(item.get(variable, "")).casefold()):
            item[variable] = word
    if item.get("edition"):
        item["edition"] = _edition(str(item["edition"]))
    if date := _decade(entry.date):
        item["issued"] = {"literal": date}
    found = {
        name: latex.plain(value) if isinstance(value, str) else value
        for name, value in item.items()
        if value and name not in _NOT_PRINTED
    }
    for name, value in found.items():
        if isinstance(value, list):
            found[name] = [
                {part: latex.plain(text) for part, text in each.items()} for each in value
            ]
    if found.get("title"):
        found["title"] = _FULL_STOP.sub("", _with_kept_math(str(item["title"])))
    title = found.get("title") or _in_its_place(entry)
    return {
        **found,
        "id": item_id,
        "title": _with_kept_case(title, entry.tex.get("title", "")),
        "custom": {"creators_truncated": entry.creators_truncated},
    }


def _with_subtitle(title: str, subtitle: str) -> str:
    return f"{title}{' ' if title.endswith(('?', '!', ':', '.')) else ': '}{subtitle}"


def _eprint(item: dict[str, Any], entry: Entry) -> None:
    """A preprint is its archive's; of what was published elsewhere its number is no page."""
    fields = entry.fields
    eprint = fields.get("eprint", "")
    if not eprint:
        return
    if not fields.get("number") and not fields.get("eid"):
        item.pop("number", None)
    archive = _ARCHIVES.get(fields.get("eprinttype", "").casefold())
    published = any(item.get(name) for name in ("container-title", "publisher"))
    if archive is None or entry.entry_type not in _PREPRINTS or published:
        return
    item["type"] = "article"
    item["publisher"] = f"{_KEPT[0]}{archive}{_KEPT[1]}"
    item["number"] = f"{_KEPT[0]}arXiv:{eprint}{_KEPT[1]}" if archive == "arXiv" else eprint
    if archive == "arXiv" and not fields.get("doi") and not fields.get("url"):
        item["URL"] = f"https://arxiv.org/abs/{eprint}"


def _published(item: dict[str, Any], fields: Mapping[str, str]) -> None:
    """`howpublished`: an address, or who published it."""
    how = fields.get("howpublished", "")
    address = _ADDRESS.search(how)
    if address and not item.get("URL"):
        item["URL"] = address[1] or address[0].rstrip(".,;")
    rest = _ADDRESS.sub("", how).strip(" .,;:")
    if rest and not item.get("publisher") and rest.casefold() not in ("online", "url", "website"):
        item["publisher"] = rest
    if item.get("URL") and item.get("note") and _ADDRESS.fullmatch(str(item["note"])):
        del item["note"]


def _edition(edition: str) -> str:
    word = edition.casefold().removesuffix("edition").strip()
    if word in _ORDINALS:
        return str(_ORDINALS.index(word) + 1)
    found = _EDITION.fullmatch(edition.strip())
    return found[1] if found else edition


def _decade(date: str) -> str:
    """`1990s` of `199X`, `1900s` of `19XX`; '' for all other dates."""
    found = _UNKNOWN.match(date)
    return (f"{found[1]}0s" if found[1] else f"{found[2]}00s") if found else ""


def _in_its_place(entry: Entry) -> str:
    abstract = " ".join(entry.abstract.split())
    if not abstract:
        key = f"{_KEPT[0]}{entry.citation_key}{_KEPT[1]}"
        return f"[{key}]" if entry.citation_key else "[untitled]"
    if len(abstract) <= _SHOWN:
        return f"[{abstract}]"
    return f"[{abstract[:_SHOWN].rsplit(' ', 1)[0]} …]"


def _with_kept_math(title: str) -> str:
    """`title` as it is read, its mathematics kept from a change of case."""
    pieces = [""]
    depth = 0
    for token in latex.tokens(title):
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if token.kind is Kind.MATH and not depth:
            pieces += (f"{_KEPT[0]}{latex.plain(token.source)}{_KEPT[1]}", "")
        else:
            pieces[-1] += token.source
    return "".join(latex.plain(piece) for piece in pieces)


def _with_kept_case(title: str, source: str) -> str:
    """`title` with what stands in braces in its TeX `source` kept from a change of case."""
    if "{" not in source or "<" in title:
        return title
    pieces: list[str] = []
    place = 0
    for group in _groups(source):
        word = latex.plain(latex.to_unicode(group))
        at = title.find(word, place) if word else -1
        if at < 0 or word == title:
            continue
        pieces += (title[place:at], f"{_KEPT[0]}{word}{_KEPT[1]}")
        place = at + len(word)
    return "".join(pieces) + title[place:]


def _groups(source: str) -> list[str]:
    """What stands in braces, those of a macro's argument apart."""
    groups: list[str] = []
    depth = start = place = 0
    after = Kind.TEXT
    for token in latex.tokens(source):
        if token.kind is Kind.OPEN:
            if depth == 0:
                start = place + 1 if after is not Kind.MACRO else -1
            depth += 1
        elif token.kind is Kind.CLOSE:
            depth -= 1
            if depth == 0 and start >= 0:
                groups.append(source[start:place])
        after = token.kind
        place += len(token.source)
    return groups
