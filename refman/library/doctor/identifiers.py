"""Checks of identifiers and addresses: their form, their check digits, whose they are.

The check digits are python-stdnum's; that of an ORCID iD is ISO 7064 MOD 11-2.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import urlsplit

from stdnum import isbn, ismn, issn
from stdnum.iso7064 import mod_11_2

from refman.i18n import _
from refman.library.doctor.findings import Fix, Remark, Severity, set_field
from refman.library.doctor.subject import Subject
from refman.model.identifiers import normal_arxiv, normal_doi, normal_pmid

_DOI_BEGIN = re.compile(r"\s*(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:?)?\s*", re.IGNORECASE)
_SHORT_DOI = re.compile(r"10/[a-z0-9]{3,}", re.IGNORECASE)  # shortdoi.org
_SHORT_REGISTRANT = re.compile(r"10\.\d{1,3}/")
_BLANK = re.compile(r"\s")
_DOI_END = re.compile(r"[\s.,;]*")
# An ISBN or ISSN may have its name before it and what it names after it: "(paperback)".
_NUMBER_NAME = re.compile(r"\b(?:e-?|p-?)?(?:isbn|issn|ismn)(?:-?1[03])?\b\s*:?", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|:\s*[A-Za-z][\w. -]*")
_PARTED = re.compile(r"[,;/]|\band\b|\n|\\textbackslash(?:\{\})?[nr]|(?<=[\dXx])\s+(?=[\dM])")
_DASHES = re.compile(r"[\s\-‐-―−.]")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dXx]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HOST = re.compile(r"(?:www\.|(?:[\w-]+\.)+(?:com|org|net|edu|gov|io|de|uk|fr)(?=[/:?#]|$))")
_SLIP = re.compile(r"(?:h?ttp|htp)(s?)(?::|:/|//|;//|://)(?=\w)", re.IGNORECASE)
_WEB = ("http", "https", "ftp")


def doi(subject: Subject) -> Iterator[Remark]:
    value = subject.entry.fields.get("doi", "")
    if not value:
        return
    normal = normal_doi(value)
    if not normal and _SHORT_DOI.fullmatch(value.strip()):
        return
    if not normal:
        yield Remark("doi", _no_doi(value))
        return
    if value.lower() == normal:
        yield from _address_in_tex(subject, value)
        return
    begin = _DOI_BEGIN.match(value)
    bare = value[begin.end() if begin else 0 :]
    plain = bare[: len(normal)]
    whole = plain.lower() == normal and _DOI_END.fullmatch(bare[len(normal) :])
    fix = set_field("doi", value, plain if whole else normal, safe=bool(whole))
    if whole or not _BLANK.search(bare.strip()):
        message = _("“{doi}” has something around the DOI.")
    else:
        message = _("There is a blank in the DOI “{doi}”: it ends there.")
    yield Remark("doi", message.format(doi=value), fix, Severity.WARNING)


def _address_in_tex(subject: Subject, value: str) -> Iterator[Remark]:
    """The address of a DOI that was read as the DOI, but stands in the file and is written."""
    tex = subject.tex.get("doi", "").strip("{} ")
    begin = _DOI_BEGIN.match(tex)
    if begin and begin[0].strip():
        message = _("“{doi}” has something around the DOI.").format(doi=tex)
        yield Remark("doi", message, set_field("doi", tex, value), Severity.WARNING)


def _no_doi(value: str) -> str:
    """What keeps `value` from being a DOI."""
    begin = _DOI_BEGIN.match(value)
    bare = value[begin.end() if begin else 0 :].strip()
    blank = _BLANK.search(bare)
    if _SHORT_REGISTRANT.match(bare):
        message = _("“{doi}” is no DOI: the number after “10.” has four digits or more.")
        if blank:
            message = _(
                "“{doi}” is no DOI: the number after “10.” has four digits or more, and there is "
                "no blank in one."
            )
    elif blank and bare.startswith("10."):
        message = _("“{doi}” is no DOI: there is no blank in one.")
    elif bare.startswith("10.") and "/" in bare[:-1]:
        message = _("“{doi}” is no DOI: one is like 10.1000/182.")
    else:
        message = _("“{doi}” is no DOI: one begins with 10. and has a slash.")
    return message.format(doi=value)


def numbers(subject: Subject) -> Iterator[Remark]:
    """ISBN, ISSN and ISMN: of several in one field each."""
    fields = subject.entry.fields
    for name, is_valid in _NUMBERS:
        value = fields.get(name, "")
        if not value:
            continue
        for part in dict.fromkeys(_parts(value)):
            if not is_valid(part):
                fix = None
                if name == "isbn" and issn.is_valid(value) and "issn" not in fields:
                    before, after = f"isbn = {value}", f"issn = {value}"
                    fix = Fix(before, after, {"isbn": "", "issn": value}, safe=False)
                yield Remark(name, _wrong_number(name, part), fix)


_NUMBERS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("isbn", isbn.is_valid),
    ("issn", issn.is_valid),
    ("ismn", ismn.is_valid),
)


def _parts(value: str) -> Iterator[str]:
    bare = _BRACKETS.sub(" ", _NUMBER_NAME.sub(" ", value))
    whole = _DASHES.sub("", bare)
    if whole.isalnum() and len(whole) in (8, 10, 13):
        yield whole
        return
    for part in _PARTED.split(bare):
        if part := _DASHES.sub("", part):
            yield part


def _wrong_number(name: str, number: str) -> str:
    label = name.upper()
    lengths = {"isbn": (10, 13), "issn": (8,), "ismn": (10, 13)}[name]
    if len(number) in lengths and number[:-1].isdigit():
        return _("The check digit of the {label} {number} is wrong: a digit is mistyped.").format(
            label=label, number=number
        )
    if name == "isbn" and issn.is_valid(number):
        return _("{number} is an ISSN, not an ISBN.").format(number=number)
    if name == "issn" and isbn.is_valid(number):
        return _("{number} is an ISBN, not an ISSN.").format(number=number)
    digits = _(" or ").join(map(str, lengths))
    return _("“{number}” is no {label}: one has {digits} digits.").format(
        number=number, label=label, digits=digits
    )


def arxiv(subject: Subject) -> Iterator[Remark]:
    fields = subject.entry.fields
    value = fields.get("eprint", "")
    if value and fields.get("eprinttype", "").lower() == "arxiv" and not normal_arxiv(value):
        message = _("“{id}” is no arXiv id: one is like 1706.03762 or hep-th/9711200.")
        yield Remark("eprint", message.format(id=value))


def pubmed(subject: Subject) -> Iterator[Remark]:
    fields = subject.entry.fields
    value = fields.get("pmid", "")
    if value and not normal_pmid(value):
        yield Remark("pmid", _("“{id}” is no PubMed id: one is a number.").format(id=value))
    value = fields.get("pmcid", "")
    if value and not re.fullmatch(r"(?:PMC)?\d{1,9}(?:\.\d+)?", value.strip(), re.IGNORECASE):
        message = _("“{id}” is no PubMed Central id: one is like PMC1234567.")
        yield Remark("pmcid", message.format(id=value))


def orcids(subject: Subject) -> Iterator[Remark]:
    """In whatever field has the word in its name: there is none in BibLaTeX."""
    for name, value in subject.entry.fields.items():
        if "orcid" not in name:
            continue
        found = _ORCID.findall(value)
        if not found:
            message = _("“{id}” is no ORCID iD: one is like 0000-0002-1825-0097.")
            yield Remark(name, message.format(id=value))
        for one in found:
            if not mod_11_2.is_valid(one.replace("-", "").upper()):
                message = _("The check digit of the ORCID iD {id} is wrong.").format(id=one)
                yield Remark(name, message)


def url(subject: Subject) -> Iterator[Remark]:
    value = subject.entry.fields.get("url", "").strip()
    if not value:
        return
    if "&amp;" in value:
        message = _("The address has HTML in it: &amp; stands for &.")
        yield Remark("url", message, set_field("url", value, unescape(value)))
    if value.startswith("10.") and normal_doi(value) == value.lower():
        message = _("“{url}” is a DOI, not an address.").format(url=value)
        yield Remark("url", message, set_field("url", value, f"https://doi.org/{value}"))
        return
    problem, mended = _of_address(value)
    if problem:
        sound = mended and not _of_address(mended)[0]
        fix = set_field("url", value, mended, safe=False) if sound else None
        yield Remark("url", problem, fix)


def _of_address(value: str) -> tuple[str, str]:
    """What is wrong with an address, '' for nothing, and what may be meant."""
    if any(char.isspace() for char in value):
        return _("There is a blank in the address: it may be two, or broken over a line."), ""
    slip = _SLIP.match(value)
    if slip and not value.lower().startswith(("http://", "https://")):
        problem = _("“{url}” does not begin like an address.").format(url=value)
        return problem, f"http{slip[1].lower()}://{value[slip.end() :]}"
    if not _SCHEME.match(value):
        mended = f"https://{value}" if _HOST.match(value) else ""
        return _("“{url}” does not say http:// or https://.").format(url=value), mended
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        return _("“{url}” is no address.").format(url=value), ""
    if parts.scheme.lower() in _WEB:
        if host in _WEB:
            return _("“{url}” says http:// twice.").format(url=value), value[value.find("//") + 2 :]
        if not host or ("." not in host and host != "localhost" and ":" not in host):
            return _("“{url}” names no site.").format(url=value), ""
    return "", ""


def shared(subject: Subject) -> Iterator[Remark]:
    """Another paper has the same identifier."""
    for field, value, key in subject.twins:
        message = _("“{key}” has {value}, too.").format(key=key, value=value)
        # A paper and its preprint, a book and its volumes may share these.
        severity = Severity.NOTICE if field in ("eprint", "isbn") else None
        yield Remark(field, message, None, severity)
