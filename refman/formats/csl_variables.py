"""The variables of CSL 1.0.2 (specification, appendix IV) and the BibLaTeX fields they are.

A variable that is not named here has no BibLaTeX field: it is kept under its own name.
"""

from collections.abc import Mapping

from refman.model.entry import Entry

# CSL variable → BibLaTeX field, whatever the type.
FIELDS: Mapping[str, str] = {
    "title-short": "shorttitle",
    "shortTitle": "shorttitle",
    "container-title-short": "shortjournal",
    "journalAbbreviation": "shortjournal",
    "volume": "volume",
    "volume-title": "maintitle",
    "part-number": "part",
    "part": "part",
    "page": "pages",
    "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes",
    "chapter-number": "chapter",
    "edition": "edition",
    "version": "version",
    "collection-title": "series",
    "publisher-place": "location",
    "event-title": "eventtitle",
    "event": "eventtitle",
    "event-place": "venue",
    "genre": "type",
    "status": "pubstate",
    "language": "language",
    "original-title": "origtitle",
    "original-publisher": "origpublisher",
    "original-publisher-place": "origlocation",
    "annote": "annotation",
    "note": "note",
    "DOI": "doi",
    "URL": "url",
    "ISBN": "isbn",
    "ISSN": "issn",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "medium": "medium",
    "source": "source",
    "archive": "archive",
    "archive_collection": "archivecollection",
    "archive_location": "archivelocation",
    "archive-place": "archiveplace",
    "authority": "authority",
    "call-number": "callnumber",
    "dimensions": "dimensions",
    "division": "division",
    "jurisdiction": "jurisdiction",
    "references": "references",
    "reviewed-genre": "reviewedgenre",
    "reviewed-title": "reviewedtitle",
    "scale": "scale",
    "section": "section",
    "supplement-number": "supplementnumber",
    "printing-number": "printingnumber",
    "title-translated": "translatedtitle",
}
_OLD_NAMES = frozenset(("event", "shortTitle", "journalAbbreviation", "part"))
# The variable that a field is written as.
VARIABLES: Mapping[str, str] = {
    field: variable for variable, field in FIELDS.items() if variable not in _OLD_NAMES
}
DATES: Mapping[str, str] = {
    "accessed": "urldate", "original-date": "origdate", "event-date": "eventdate",
    "available-date": "availabledate", "submitted": "submitted",
}  # fmt: skip
# Names that are fields in BibLaTeX, or are kept under the variable's name.
NAMES: Mapping[str, str] = {
    "container-author": "bookauthor",
    "collection-editor": "serieseditor",
    "chair": "chair",
    "compiler": "compiler",
    "composer": "composer",
    "contributor": "contributor",
    "curator": "curator",
    "director": "director",
    "editor-translator": "editortranslator",
    "editorial-director": "editorialdirector",
    "executive-producer": "executiveproducer",
    "guest": "guest",
    "host": "host",
    "illustrator": "illustrator",
    "interviewer": "interviewer",
    "narrator": "narrator",
    "organizer": "organizer",
    "original-author": "originalauthor",
    "performer": "performer",
    "producer": "producer",
    "recipient": "recipient",
    "reviewed-author": "reviewedauthor",
    "script-writer": "scriptwriter",
    "series-creator": "seriescreator",
}
# Who made a work that has no author: the variable, and what BibLaTeX calls their role.
MAKERS = ("director", "composer", "illustrator", "performer", "host", "compiler", "curator")

_JOURNALS = frozenset(("article", "suppperiodical", "review", "periodical", "misc", "dataset"))
_IN_BOOKS = frozenset(
    ("inproceedings", "incollection", "inbook", "inreference", "bookinbook", "suppbook",
     "suppcollection")
)  # fmt: skip
_NUMBERED = frozenset(
    ("report", "patent", "standard", "legislation", "jurisdiction", "legal", "manual", "thesis",
     "misc", "online", "software", "unpublished", "dataset")
)  # fmt: skip
_ISSUED = frozenset(("article", "suppperiodical", "review", "periodical"))
_INSTITUTIONS = frozenset(("thesis", "report"))
_BODIES = ("publisher", "institution", "organization", "school")


def field_of(variable: str, entry_type: str) -> str:
    """The field that a variable is in an entry of a type; '' where BibLaTeX has none."""
    if variable == "container-title":
        return container_of(entry_type)
    if variable == "publisher":
        return "institution" if entry_type in _INSTITUTIONS else "publisher"
    if variable == "issue":
        return "number" if entry_type in _ISSUED or entry_type not in _NUMBERED else "issue"
    if variable == "number":
        return "number" if entry_type not in _ISSUED else "eid"
    if variable == "collection-number":
        return "number" if entry_type not in _NUMBERED | _ISSUED else "seriesnumber"
    return FIELDS.get(variable, "")


def container_of(entry_type: str) -> str:
    """The field of what an entry of a type stands in."""
    if entry_type in _IN_BOOKS:
        return "booktitle"
    return "titleaddon" if entry_type == "online" else "journaltitle"


def variables_of(entry: Entry) -> dict[str, str]:
    """The variables that the fields of `entry` are, its dates and names apart."""
    kind, fields = entry.entry_type, entry.fields
    found = {
        "container-title": next(
            (fields[name] for name in (container_of(kind), "journaltitle", "booktitle", "maintitle")
             if fields.get(name)), ""),
        "publisher": next(
            (fields[name] for name in (field_of("publisher", kind), *_BODIES)
             if fields.get(name)), ""),
    }  # fmt: skip
    number = fields.get("number", "")
    if kind in _ISSUED:
        found["issue"] = number or fields.get("issue", "")
        found["number"] = fields.get("eid", "")
    elif kind in _NUMBERED:
        found["number"] = number
        found["issue"] = fields.get("issue", "")
        found["collection-number"] = fields.get("seriesnumber", "")
    else:
        found["collection-number"] = number
        found["issue"] = fields.get("issue", "")
    for field, variable in VARIABLES.items():
        if fields.get(field) and not found.get(variable):
            found[variable] = fields[field]
    if fields.get("eprint") and not found.get("number"):
        found["number"] = _archive_number(fields)
    return {variable: value for variable, value in found.items() if value}


def _archive_number(fields: Mapping[str, str]) -> str:
    """`arXiv:1706.03762`, as Zotero's preprints have it; of another archive the bare id."""
    archive = fields.get("eprinttype", "").lower()
    return f"arXiv:{fields['eprint']}" if archive in ("", "arxiv") else fields["eprint"]
