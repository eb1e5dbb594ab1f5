"""What kind of publication a record is of, and whether two names are of one venue."""

import re
from functools import lru_cache

from refman.model.entry import Entry
from refman.model.identifiers import ARXIV, DOI, is_repository_doi
from refman.model.text import fold

JOURNAL, CONFERENCE, PREPRINT = "journal", "conference", "preprint"
REPORT, THESIS, BOOK = "report", "thesis", "book"

_PREPRINT = re.compile(
    r"\b(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|psyarxiv|ssrn|preprints?|e-?prints?|hal|zenodo|"
    r"research square)\b"
)
_REPORT = re.compile(
    r"\b(?:tech(?:n?ical)?\W+(?:rep(?:ort)?s?|memo)|research reports?|working papers?|unpublished|"
    r"manuscript|submitted)\b"
)
_THESIS = re.compile(r"\b(?:thesis|theses|dissertation|habilitation)\b")
# Of these the words say another thing than the name means.
_JOURNAL_PROCEEDINGS = re.compile(
    r"\bproc\w*\W+(?:of\W+)?(?:the\W+)?(?:nat\w*\W+acad|r\w*\W+soc|vldb\W+endow|ieee$|acm\W+on|"
    r"amer\w*\W+math|london\W+math|edinburgh|cambridge\W+phil|steklov|inst\w*\W+(?:mech|civil))"
)
_CONFERENCE = re.compile(
    r"\b(?:proc(?:eedings)?|conf(?:erence)?|symp(?:osium)?|workshop|meeting|congress|colloquium|"
    r"advances in neural information|lecture notes in)\b"
)
_JOURNAL = re.compile(
    r"\b(?:j|jour|journal|trans|transactions|letters|lett|magazine|mag|annals|ann|bulletin|bull|"
    r"record|acta|arch|archives|quarterly|gazette|zeitschrift|revue|rivista|communications|"
    r"commun|surveys)\b"
)
_BOOKS = frozenset("book mvbook collection mvcollection proceedings mvproceedings".split())
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset("the of on and in for a an acm ieee at de la der die und et".split())


def kind_of(entry: Entry, identifiers: frozenset[tuple[str, str]], venue: str) -> str:
    """JOURNAL, CONFERENCE, PREPRINT, REPORT, THESIS, BOOK, or '' where nothing says it.

    The folded name of the venue says more than the entry type and the field it is in, which are
    often wrong: a search engine's BibTeX puts proceedings into `journal`.
    """
    if "thesis" in entry.entry_type:
        return THESIS
    if venue:
        return _kind_of_venue(venue) or (
            JOURNAL if entry.fields.get("journaltitle") else CONFERENCE
        )
    fields = entry.fields
    said = fields.get("howpublished") or fields.get("note")
    kind = _kind_of_venue(fold(said)) if said else ""
    if kind in (THESIS, REPORT):
        return kind
    if entry.entry_type in ("report", "unpublished"):
        return REPORT
    if any(
        scheme == ARXIV or (scheme == DOI and is_repository_doi(value))
        for scheme, value in identifiers
    ):
        return PREPRINT
    return BOOK if entry.entry_type in _BOOKS or fields.get("publisher") else ""


@lru_cache(maxsize=4096)
def _kind_of_venue(venue: str) -> str:
    if _PREPRINT.search(venue):
        return PREPRINT
    if _THESIS.search(venue):
        return THESIS
    if _REPORT.search(venue):
        return REPORT
    if _JOURNAL_PROCEEDINGS.search(venue):
        return JOURNAL
    journal, conference = _JOURNAL.search(venue), _CONFERENCE.search(venue)
    if journal and conference:
        return ""
    return JOURNAL if journal else CONFERENCE if conference else ""


@lru_cache(maxsize=4096)
def same_venue(one: str, other: str) -> bool:
    """Whether two folded names may be of one venue: the words of the shorter one begin, or are
    begun by, words of the other in their order ("ACM Trans. Database Syst."), or it is made of
    their first letters ("PNAS")."""
    first = [word for word in _WORD.findall(one) if word not in _SMALL]
    second = [word for word in _WORD.findall(other) if word not in _SMALL]
    if (len(first), first) > (len(second), second):
        one, other, first, second = other, one, second, first
    rest = iter(second)
    if first and all(
        any(later.startswith(word) or word.startswith(later) for later in rest) for word in first
    ):
        return True
    if one == other or not first:
        return one == other
    return len(first) == 1 and any(
        first[0] == "".join(word[0] for word in said) for said in (second, _WORD.findall(other))
    )
