"""Identifiers of a paper in their normal form, by which papers are matched and opened.

A DOI is in lower case without its resolver (DOI Handbook, 2.4: case does not count); an
arXiv id is without its version and, in the old form, without its subject class; an ISBN
has 13 digits; a PMID is a number. What is not valid has the normal form ''.
"""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from refman.model.entry import Entry
from refman.model.entry_types import ENTRY_TYPES

DOI, ARXIV, ISBN, PMID = "doi", "arxiv", "isbn", "pmid"

# Registrants whose DOIs name a deposited copy of a work: arXiv, Zenodo, bioRxiv and medRxiv.
REPOSITORIES = ("10.48550/", "10.5281/", "10.1101/")

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_TAIL = ".,;:'\"`!?*…”’»"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}

_OLD_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas "
    "cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin "
    "nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio q-fin quant-ph solv-int stat supr-con"
)
_MONTH = "(?:0[1-9]|1[0-2])"
_ARXIV = re.compile(
    rf"(?P<new>\d{{2}}{_MONTH}\.\d{{4,5}})(?P<version>v[1-9]\d*)?(?![\w/])"
    rf"|(?P<archive>{'|'.join(_OLD_ARCHIVES.split())})(?:\.[a-z]{{2}})?"
    rf"/(?P<old>\d{{2}}{_MONTH}\d{{3}})(?P<old_version>v[1-9]\d*)?(?!\w)",
    re.IGNORECASE,
)
_ARXIV_PREFIX = re.compile(
    r"(?:https?://)?(?:www\.|export\.|[a-z]{2}\.)?"
    r"(?:arxiv\.org|ar5iv\.org|ar5iv\.labs\.arxiv\.org|alphaxiv\.org)"
    r"/(?:abs|pdf|html|format|ps|src|e-print)/"
    r"|(?:https?://)?(?:dx\.)?doi\.org/10\.48550/(?:arxiv\.)?|(?:doi:\s*)?10\.48550/(?:arxiv\.)?"
    r"|(?:https?://)?(?:www\.)?arxiv:\s*(?:abs/)?|abs/",
    re.IGNORECASE,
)
_ARXIV_SAID = re.compile(r"arxiv:\s*(\S+)", re.IGNORECASE)
_PMID = re.compile(
    r"(?:(?:https?://)?(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed)/"
    r"|(?:pmid|pubmed)[:\s]\s*)?0*([1-9]\d{0,8})/?$",
    re.IGNORECASE,
)


class ArxivId(NamedTuple):
    """An arXiv id and its version (`v2`, or '' where none is said)."""

    id: str
    version: str = ""


def normal_doi(text: str) -> str:
    """The DOI in `text`: `https://doi.org/10.1000/ABC.` is `10.1000/abc`; '' without one."""
    text = text.strip().replace("\\_", "_").replace("{\\_}", "_").replace("\\%", "%")
    is_url = "://" in text[:8] or text[:8].lower().startswith(("doi.org/", "dx.doi.o"))
    if is_url or "%2f" in text[:40].lower():
        text = unquote(text)
    found = _DOI.search(text)
    if not found or (found.start() and text[found.start() - 1].isalnum()):
        return ""
    value = found[0]
    if is_url:
        value = re.split(r"[?#]", value)[0]
    while value and (value[-1] in _DOI_TAIL or _unpaired(value)):
        value = value[:-1]
    return value.lower() if "/" in value[:-1] else ""


def _unpaired(value: str) -> bool:
    """Whether `value` ends in a bracket that closes nothing in it."""
    opening = _PAIRS.get(value[-1])
    return opening is not None and value.count(opening) < value.count(value[-1])


def normal_arxiv(text: str) -> ArxivId | None:
    """The arXiv id that `text` is, alone or as a URL, `arXiv:…` or a 10.48550 DOI."""
    text = text.strip()
    prefix = _ARXIV_PREFIX.match(text)
    if prefix:
        text = text[prefix.end() :]
    found = _ARXIV.match(text)
    if not found:
        return None
    rest = text[found.end() :]
    if rest and not re.match(r"\.pdf\b|[\s\[\]?#/,;.)]", rest, re.IGNORECASE):
        return None
    if found["new"]:
        return ArxivId(found["new"], (found["version"] or "").lower())
    name = f"{found['archive'].lower()}/{found['old']}"
    return ArxivId(name, (found["old_version"] or "").lower())


def normal_isbn(text: str) -> str:
    """The ISBN-13 of an ISBN of either length with a right check digit, else ''."""
    digits = re.sub(r"^(?:urn:)?isbn(?:-1[03])?:?|[\s\-‐-―]", "", text.strip(), flags=re.IGNORECASE)
    digits = digits.upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        weights = zip(range(10, 0, -1), digits, strict=True)
        if sum(weight * (10 if d == "X" else int(d)) for weight, d in weights) % 11:
            return ""
        body = "978" + digits[:9]
        return body + _check_digit(body)
    if re.fullmatch(r"97[89][0-9]{10}", digits) and _check_digit(digits[:12]) == digits[12]:
        return digits
    return ""


def _check_digit(body: str) -> str:
    """The thirteenth digit of an ISBN (ISO 2108, annex C)."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return str(-total % 10)


def normal_pmid(text: str) -> str:
    """The number of a PubMed record, alone, with `PMID:` or as a URL; else ''."""
    found = _PMID.match(text.strip())
    return found[1] if found else ""


def identifiers(entry: Entry) -> frozenset[tuple[str, str]]:
    """Every identifier of `entry` as (scheme, normal form).

    The ISBN of a book that the entry is only a part of is not one of its own.
    """
    fields = entry.fields
    found: set[tuple[str, str]] = set()
    url = fields.get("url", "")
    doi = normal_doi(fields.get("doi", ""))
    if not doi and url and _host(url) in ("doi.org", "dx.doi.org", "www.doi.org"):
        doi = normal_doi(url)
    if doi:
        found.add((DOI, doi))
    arxiv = arxiv_of(entry)
    if arxiv:
        found.add((ARXIV, arxiv.id))
    kind = ENTRY_TYPES.get(entry.entry_type)
    said = fields.get("isbn", "")
    if said and kind is not None and kind.whole:
        for part in re.split(r"[,;/]|\s(?=97[89])|\band\b", said):
            isbn = normal_isbn(re.sub(r"\(.*?\)", "", part))
            if isbn:
                found.add((ISBN, isbn))
    said = fields.get("pmid", "")
    pmid = normal_pmid(said) if said else ""
    if not pmid and fields.get("eprinttype", "").lower() in ("pubmed", "pmid"):
        pmid = normal_pmid(fields.get("eprint", ""))
    if not pmid and url and _host(url).endswith("ncbi.nlm.nih.gov"):
        pmid = normal_pmid(url)
    if pmid:
        found.add((PMID, pmid))
    return frozenset(found)


def arxiv_of(entry: Entry) -> ArxivId | None:
    """The arXiv id of `entry`, from whichever field says it."""
    fields = entry.fields
    eprint = fields.get("eprint", "")
    if eprint and fields.get("eprinttype", "").lower() in ("", "arxiv"):
        found = normal_arxiv(eprint)
        if found:
            return found
    for name in ("arxivid", "arxiv", "doi", "url"):
        value = fields.get(name, "")
        if value and ("arxiv" in value.lower() or name.startswith("arxiv")):
            found = normal_arxiv(value)
            if found:
                return found
    journal = fields.get("journaltitle", "")
    if journal.lower() in ("corr", "arxiv"):  # DBLP: CoRR, volume abs/1706.03762
        found = normal_arxiv(fields.get("volume", ""))
        if found:
            return found
    for name in ("journaltitle", "howpublished", "number"):
        value = fields.get(name, "")
        said = _ARXIV_SAID.search(value) if ":" in value else None
        if said:
            found = normal_arxiv(said[1])
            if found:
                return found
    return None


def is_repository_doi(doi: str) -> bool:
    """Whether a DOI in normal form names a deposited copy: it may differ from the paper's own."""
    return doi.startswith(REPOSITORIES)


def url_of(scheme: str, value: str) -> str:
    """Where an identifier in normal form is opened; '' for an ISBN, which has no one place."""
    if scheme == DOI:
        return "https://doi.org/" + quote(value, safe="/:;()._-+")
    if scheme == ARXIV:
        return "https://arxiv.org/abs/" + value
    if scheme == PMID:
        return f"https://pubmed.ncbi.nlm.nih.gov/{value}/"
    return ""


def links(entry: Entry) -> list[tuple[str, str]]:
    """Where `entry` can be opened, as (label, URL): its DOI, arXiv, PubMed, its own URL.

    A page may write anything into a URL: only those that a browser fetches are taken.
    """
    values = dict(sorted(identifiers(entry)))
    labels = {DOI: "DOI", ARXIV: "arXiv", PMID: "PubMed"}
    found = [(label, url_of(scheme, values[scheme])) for scheme, label in labels.items()
             if scheme in values]  # fmt: skip
    url = entry.fields.get("url", "").strip()
    if _is_web_address(url) and url not in (known for _, known in found):
        found.append(("URL", url))
    return found


def _is_web_address(url: str) -> bool:
    """Whether `url` names a host and a scheme that is safe to open: http, https or ftp."""
    return bool(_host(url)) and urlsplit(url.strip()).scheme.lower() in ("http", "https", "ftp")


def _host(url: str) -> str:
    """The host of a URL in lower case, '' where there is none."""
    try:
        return (urlsplit(url.strip()).hostname or "").lower()
    except ValueError:  # "http://[" and its like
        return ""
