"""The identifiers and addresses in a reference: DOI, arXiv id, PubMed id, URL."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from refman.model.arxiv_categories import CATEGORIES
from refman.model.identifiers import is_repository_doi, normal_arxiv, normal_doi
from refman.model.text import squeeze

_DOI = re.compile(
    r"(?:https?://)?(?:dx\.|www\.)?doi\.org/\s?(?P<url>10\.\d{4,9}/[^\s<>]{1,200})"
    r"|(?:doi:?\s*)?(?P<bare>10\.\d{4,9}/[^\s<>]{1,200})",
    re.IGNORECASE,
)
_ARXIV = re.compile(
    r"(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|format)/"
    r"(?P<url>[\w.-]+(?:/\d+)?)(?:v\d+)?(?:\.pdf)?"
    r"|\barxiv\s?:\s?(?P<said>[a-z-]{2,10}(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?|\babs/(?P<corr>\d{4}\.\d{4,5})"
    r"|\barxiv(?: e-?prints?| preprints?)?,? (?P<bare>\d{4}\.\d{4,5})",
    re.IGNORECASE,
)
_CLASS = re.compile(r"\s?\[(?P<class>[a-z-]+(?:\.[A-Za-z-]{2,})?)\]")
_PMID = re.compile(
    r"\b(?:PubMed )?PMID:?\s*(\d{1,9})\b|https?://pubmed\.ncbi\.nlm\.nih\.gov/(\d{1,9})/?"
)
_PMCID = re.compile(r"\b(?:PubMed Central )?(?:PMCID:?\s*)?(PMC\d{4,9})\b")
_URL = re.compile(r"<?\b(?:https?://|www\.)[^\s<>]{1,500}>?")
_LEFTOVER = re.compile(
    r"\b(?:available (?:at|from|online):?|retrieved (?:[^,.]{0,40} )?from|url:?"
    r"|accessed:? [^.]{0,40}"
    r"|doi:|isbn:? ?[\d Xx–-]{10,20}|issn:? ?[\d–Xx-]{9})(?=[\s.,;)\]]|$)"
    r"|\[online\]|\[internet\]|\[cs\.[a-z]{2}\]|[\[(]\s*[\])]|(?<= )[;|](?= )",
    re.IGNORECASE,
)
_SAID = re.compile(r"doi\.org|arxiv\.org|pubmed")  # what an identifier says already
_END = re.compile(r"\.[\s.,;:]+$")
_GAP = re.compile(r"[\s,;:]+([.,;:])(?=\s|$)")
_PAPER_HOST = re.compile(
    r"arxiv\.org|openreview\.net|aclanthology\.org|aclweb\.org|papers\.(?:nips|neurips)\.cc"
    r"|proceedings\.mlr\.press|openaccess\.thecvf\.com|cv-foundation\.org|doi\.org|jmlr\.org"
    r"|ieeexplore|dl\.acm\.org|link\.springer|sciencedirect|nature\.com|biorxiv|medrxiv"
    r"|semanticscholar|pubmed|\.pdf(?:$|[?#])|hal\.science|ncbi\.nlm",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Cited:
    """The fields that were found, the text without them, and whether code is linked."""

    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    code: bool | None = None

    @property
    def is_identified(self) -> bool:
        return any(name in self.fields for name in ("doi", "eprint", "pmid"))

    @property
    def names_a_paper(self) -> bool:
        """Whether an identifier, or an address where papers are kept, is among the fields."""
        return self.is_identified or _PAPER_HOST.search(self.fields.get("url", "")) is not None


def take(text: str, links: Sequence[tuple[str, str]] = ()) -> Cited:
    """Find the identifiers in one line of `text` and in its `links`, (label, address)."""
    found = Cited()
    code = [url for label, url in links if "code" in label.casefold() or "github" in url]
    found.code = True if code else None
    urls = [url for _label, url in links if url.startswith(("http", "www")) and url not in code]
    for url in urls:
        if "doi.org/10." in url:
            _take_doi(found, url)
        else:
            _take_arxiv(found, url)
        pmid = _PMID.match(url)
        if pmid and pmid[2]:
            found.fields.setdefault("pmid", pmid[2])
    text = _ARXIV.sub(lambda m: " arXiv " if _take_arxiv(found, m[0]) else m[0], text)
    text = _CLASS.sub(lambda m: " " if _take_class(found, m["class"]) else m[0], text)
    text = _DOI.sub(lambda m: " " if _take_doi(found, m[0]) else m[0], text)
    for pattern, name in ((_PMID, "pmid"), (_PMCID, "pmcid")):
        match = pattern.search(text)
        if match:
            found.fields.setdefault(name, next(group for group in match.groups() if group))
            text = pattern.sub(" ", text)
    urls += [match[0].strip("<>").rstrip(".,;)]") for match in _URL.finditer(text)]
    best = next((url for url in urls if _PAPER_HOST.search(url)), urls[0] if urls else "")
    if best and not (found.is_identified and _SAID.search(best)):
        found.fields["url"] = best
    text = squeeze(_LEFTOVER.sub(" ", _URL.sub(" ", text)))
    found.text = _END.sub(".", _GAP.sub(r"\1", text).strip(" ,;:|"))
    return found


def _take_doi(found: Cited, text: str) -> bool:
    doi = normal_doi(text)
    if not doi:
        return False
    if is_repository_doi(doi) and doi.startswith("10.48550/") and (arxiv := normal_arxiv(doi)):
        found.fields.setdefault("eprint", arxiv.id)
        found.fields.setdefault("eprinttype", "arxiv")
    else:
        found.fields.setdefault("doi", doi)
    return True


def _take_arxiv(found: Cited, text: str) -> bool:
    match = _ARXIV.search(text)
    value = next((group for group in match.groups() if group), "") if match else ""
    arxiv = normal_arxiv(value.removesuffix(".pdf").rstrip(".")) if value else None
    if arxiv is None:
        return False
    found.fields.setdefault("eprint", arxiv.id)
    found.fields.setdefault("eprinttype", "arxiv")
    return True


def _take_class(found: Cited, name: str) -> bool:
    if "eprint" not in found.fields or name not in CATEGORIES:
        return False
    found.fields.setdefault("eprintclass", name)
    return True
