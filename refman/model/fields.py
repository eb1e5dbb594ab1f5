"""The BibLaTeX fields: how each is called on screen, what kind of text it holds, in which order.

A new field is one line in `FIELDS`; a field that is not here is kept, shown under its own
name and written back. The order of `FIELDS` is that of an editor and of every written file.
Source of names and kinds: the BibLaTeX manual, section 2.2; of `BIBTEX_NAMES`: section 2.2.5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the text of a field is, which decides how it is read, edited and written."""

    NAMES = "names"  # a list of names
    TITLE = "title"  # literal text whose capitals a style may change
    LITERAL = "literal"  # one line of text
    LIST = "list"  # literal texts with "and" between them
    TEXT = "text"  # text of any length, line breaks kept
    DATE = "date"
    VERBATIM = "verbatim"  # no TeX in it
    URI = "uri"
    INTEGER = "integer"
    RANGE = "range"
    KEYS = "keys"  # citation keys or keywords, commas between them


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its BibLaTeX name, its English label, and whether an editor always offers it."""

    name: str
    label: str
    kind: Kind = Kind.LITERAL
    common: bool = False


FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field("author", "Authors", Kind.NAMES, common=True),
        Field("editor", "Editors", Kind.NAMES, common=True),
        Field("translator", "Translators", Kind.NAMES),
        Field("title", "Title", Kind.TITLE, common=True),
        Field("subtitle", "Subtitle", Kind.TITLE),
        Field("titleaddon", "Title addition"),
        Field("origtitle", "Original title"),
        Field("reprinttitle", "Title of the reprint"),
        Field("shorttitle", "Short title"),
        Field("bookauthor", "Authors of the book", Kind.NAMES),
        Field("editora", "Further editors", Kind.NAMES),
        Field("editorb", "Further editors (b)", Kind.NAMES),
        Field("editorc", "Further editors (c)", Kind.NAMES),
        Field("shortauthor", "Authors, short", Kind.NAMES),
        Field("shorteditor", "Editors, short", Kind.NAMES),
        Field("editortype", "Role of the editors"),
        Field("editoratype", "Role of the further editors"),
        Field("editorbtype", "Role of the further editors (b)"),
        Field("editorctype", "Role of the further editors (c)"),
        Field("afterword", "Afterword by", Kind.NAMES),
        Field("annotator", "Annotators", Kind.NAMES),
        Field("commentator", "Commentators", Kind.NAMES),
        Field("foreword", "Foreword by", Kind.NAMES),
        Field("introduction", "Introduction by", Kind.NAMES),
        Field("holder", "Patent holder", Kind.NAMES),
        Field("journaltitle", "Journal", common=True),
        Field("shortjournal", "Journal, short"),
        Field("journalsubtitle", "Journal subtitle"),
        Field("journaltitleaddon", "Journal addition"),
        Field("booktitle", "Book or proceedings", common=True),
        Field("booksubtitle", "Book subtitle"),
        Field("booktitleaddon", "Book title addition"),
        Field("maintitle", "Main title"),
        Field("mainsubtitle", "Main subtitle"),
        Field("maintitleaddon", "Main title addition"),
        Field("issuetitle", "Title of the issue"),
        Field("issuesubtitle", "Subtitle of the issue"),
        Field("issuetitleaddon", "Addition to the title of the issue"),
        Field("eventtitle", "Event"),
        Field("eventtitleaddon", "Event addition"),
        Field("eventdate", "Date of the event", Kind.DATE),
        Field("venue", "Place of the event"),
        Field("date", "Date", Kind.DATE, common=True),
        Field("origdate", "Original date", Kind.DATE),
        Field("year", "Year"),  # only where it is no date
        Field("month", "Month"),
        Field("day", "Day"),
        Field("volume", "Volume", common=True),
        Field("number", "Number", common=True),
        Field("issue", "Issue"),
        Field("part", "Part"),
        Field("volumes", "Volumes", Kind.INTEGER),
        Field("series", "Series"),
        Field("shortseries", "Series, short"),
        Field("chapter", "Chapter"),
        Field("pages", "Pages", Kind.RANGE, common=True),
        Field("eid", "Article number"),
        Field("pagetotal", "Total pages"),
        Field("pagination", "Pagination"),
        Field("bookpagination", "Pagination of the book"),
        Field("edition", "Edition"),
        Field("version", "Version"),
        Field("publisher", "Publisher", Kind.LIST, common=True),
        Field("institution", "Institution", Kind.LIST),
        Field("organization", "Organisation", Kind.LIST),
        Field("location", "Place", Kind.LIST),
        Field("origpublisher", "Original publisher", Kind.LIST),
        Field("origlocation", "Original place", Kind.LIST),
        Field("type", "Type of work"),
        Field("howpublished", "How published"),
        Field("pubstate", "State of publication"),
        Field("language", "Language", Kind.LIST),
        Field("origlanguage", "Original language", Kind.LIST),
        Field("langid", "Language for hyphenation"),
        Field("langidopts", "Options of the language"),
        Field("doi", "DOI", Kind.VERBATIM, common=True),
        Field("eprint", "arXiv or other archive id", Kind.VERBATIM, common=True),
        Field("eprinttype", "Archive"),
        Field("eprintclass", "Archive class", common=True),
        Field("isbn", "ISBN", Kind.VERBATIM),
        Field("issn", "ISSN", Kind.VERBATIM),
        Field("isrn", "ISRN", Kind.VERBATIM),
        Field("isan", "ISAN", Kind.VERBATIM),
        Field("ismn", "ISMN", Kind.VERBATIM),
        Field("iswc", "ISWC", Kind.VERBATIM),
        Field("pmid", "PubMed id", Kind.VERBATIM),
        Field("pmcid", "PubMed Central id", Kind.VERBATIM),
        Field("url", "URL", Kind.URI, common=True),
        Field("urldate", "Visited", Kind.DATE),
        Field("note", "Note", Kind.LITERAL),
        Field("addendum", "Addendum"),
        Field("abstract", "Abstract", Kind.TEXT, common=True),
        Field("keywords", "Tags", Kind.KEYS),
        Field("annotation", "Annotation", Kind.TEXT),
        Field("comment", "Comment", Kind.TEXT),
        Field("review", "Review", Kind.TEXT),
        Field("library", "Library"),
        Field("file", "File", Kind.VERBATIM),
        Field("crossref", "Cross-reference", Kind.KEYS),
        Field("xref", "Reference to parent", Kind.KEYS),
        Field("xdata", "Data from", Kind.KEYS),
        Field("entryset", "Entry set", Kind.KEYS),
        Field("related", "Related", Kind.KEYS),
        Field("relatedtype", "Kind of relation"),
        Field("relatedoptions", "Options of the relation", Kind.VERBATIM),
        Field("relatedstring", "Text of relation"),
        Field("ids", "Other citation keys", Kind.KEYS),
        Field("entrysubtype", "Subtype"),
        Field("authortype", "Role of the authors"),
        Field("nameaddon", "Name addition"),
        Field("label", "Label"),
        Field("shorthand", "Shorthand"),
        Field("shorthandintro", "Introduction of the shorthand"),
        Field("options", "Options", Kind.VERBATIM),
        Field("execute", "Execute", Kind.VERBATIM),
        Field("gender", "Gender"),
        Field("indextitle", "Title for the index"),
        Field("indexsorttitle", "Sort title for the index"),
        Field("presort", "Sorts before"),
        Field("sortkey", "Sort key"),
        Field("sortname", "Sort name", Kind.NAMES),
        Field("sorttitle", "Sort title"),
        Field("sortyear", "Sort year"),
        Field("sortshorthand", "Sort key of the shorthand"),
        *(Field(f"name{letter}", f"Own names ({letter})", Kind.NAMES) for letter in "abc"),
        *(Field(f"name{letter}type", f"Role of the own names ({letter})") for letter in "abc"),
        *(Field(f"list{letter}", f"Own list ({letter})", Kind.LIST) for letter in "abcdef"),
        *(Field(f"user{letter}", f"Own field ({letter})") for letter in "abcdef"),
        *(
            Field(f"verb{letter}", f"Own verbatim field ({letter})", Kind.VERBATIM)
            for letter in "abc"
        ),
    )
}

# Held by attributes of `Entry` of their own, never in `Entry.fields`.
ATTRIBUTES = frozenset(
    {"author", "editor", "translator", "title", "date", "abstract", "keywords", "citation_key"}
)

# BibLaTeX name to the BibTeX one, where they differ; `school` only in theses.
BIBTEX_NAMES: Mapping[str, str] = {
    "journaltitle": "journal",
    "location": "address",
    "annotation": "annote",
    "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass",
    "sortkey": "key",
}

# Every other spelling that is read, to the BibLaTeX name.
ALIASES: Mapping[str, str] = {
    **{bibtex: biblatex for biblatex, bibtex in BIBTEX_NAMES.items()},
    "school": "institution",
    "pdf": "file",
    "hyphenation": "langid",
    "keyword": "keywords",
    "authors": "author",
    "editors": "editor",
}


def biblatex_name(name: str) -> str:
    """The BibLaTeX name of a field as a file spells it: `Journal` is `journaltitle`."""
    name = name.lower()
    return ALIASES.get(name, name)


def bibtex_name(name: str) -> str:
    """The BibTeX name of a BibLaTeX field: `journaltitle` is `journal`."""
    return BIBTEX_NAMES.get(name, name)


def kind_of(name: str) -> Kind:
    """The kind of the field `name`; what an unknown field holds is not ours to change."""
    field = FIELDS.get(name)
    return field.kind if field else Kind.VERBATIM


def label_of(name: str) -> str:
    """The English label of the field `name`; an unknown field has its own name."""
    field = FIELDS.get(name)
    return field.label if field else name


_ORDER = {name: position for position, name in enumerate(FIELDS)}


def order_of(name: str) -> tuple[int, str]:
    """Sorts field names into the order of `FIELDS`, the unknown ones last by name."""
    return _ORDER.get(name, len(_ORDER)), name
