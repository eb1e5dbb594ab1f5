"""The BibLaTeX entry types: their labels, the fields each wants, and their BibTeX and CSL names.

A new type is one line in `ENTRY_TYPES`; a type that is not here is kept under its own name.
Source: the BibLaTeX manual, section 2.1; of the CSL names: the CSL specification 1.0.2,
appendix III. A slash between two required fields means that one of them is enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntryType:
    """One type. `bibtex` and `csl` are what it is called there; `whole` says that an
    ISBN in such an entry names the entry itself and not the book that it stands in."""

    name: str
    label: str
    bibtex: str
    csl: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    whole: bool = False


def _type(
    name: str, label: str, bibtex: str, csl: str, required: str, optional: str, whole: bool = False
) -> EntryType:
    enough = required.replace("/", " ").split()
    more = tuple(field for field in optional.split() if field not in enough)
    return EntryType(name, label, bibtex, csl, tuple(required.split()), more, whole)


_WEB = " doi eprint eprintclass url urldate note"
_BOOK = "editor translator subtitle volume number series edition publisher location isbn" + _WEB
_PART = "editor subtitle volume number series publisher location pages chapter isbn" + _WEB

ENTRY_TYPES: Mapping[str, EntryType] = {
    kind.name: kind
    for kind in (
        _type("article", "Journal article", "article", "article-journal",
              "author title journaltitle date", "volume number issue pages eid issn series" + _WEB),
        _type("inproceedings", "Conference paper", "inproceedings", "paper-conference",
              "author title booktitle date", "eventtitle venue organization " + _PART),
        _type("misc", "Paper or other work", "misc", "document",
              "author/editor title date", "howpublished type version organization location" + _WEB),
        _type("book", "Book", "book", "book", "author/editor title date", _BOOK, whole=True),
        _type("incollection", "Chapter in a collection", "incollection", "chapter",
              "author title booktitle date", _PART),
        _type("inbook", "Part of a book", "inbook", "chapter",
              "author title booktitle date", "bookauthor edition " + _PART),
        _type("thesis", "Thesis", "phdthesis", "thesis",
              "author title type institution date", "location pagetotal isbn" + _WEB, whole=True),
        _type("report", "Report", "techreport", "report",
              "author/editor title institution date", "type number version location pages" + _WEB),
        _type("online", "Web page", "misc", "webpage",
              "author/editor title date url", "version organization urldate note doi eprint"),
        _type("unpublished", "Unpublished work", "unpublished", "manuscript",
              "author title date", "howpublished type eventtitle venue location" + _WEB),
        _type("proceedings", "Proceedings", "proceedings", "book",
              "title date", "eventtitle venue organization " + _BOOK, whole=True),
        _type("collection", "Collection", "book", "book",
              "editor title date", _BOOK, whole=True),
        _type("dataset", "Data set", "misc", "dataset",
              "author/editor title date", "version type edition publisher organization" + _WEB),
        _type("software", "Software", "misc", "software",
              "author/editor title date", "version type organization publisher" + _WEB),
        _type("manual", "Manual", "manual", "book",
              "author/editor title date", "type version organization " + _BOOK, whole=True),
        _type("booklet", "Booklet", "booklet", "pamphlet",
              "author/editor title date", "howpublished type location pages" + _WEB, whole=True),
        _type("patent", "Patent", "misc", "patent",
              "author title number date", "holder type version location" + _WEB),
        _type("periodical", "Periodical", "misc", "periodical",
              "editor title date", "issuetitle volume number issue issn series" + _WEB),
        _type("reference", "Work of reference", "book", "book",
              "editor title date", _BOOK, whole=True),
        _type("inreference", "Article in a work of reference", "incollection", "entry-encyclopedia",
              "author title booktitle date", _PART),
        _type("mvbook", "Book in several volumes", "book", "book",
              "author title date", "volumes " + _BOOK, whole=True),
        _type("mvcollection", "Collection in several volumes", "book", "book",
              "editor title date", "volumes " + _BOOK, whole=True),
        _type("mvproceedings", "Proceedings in several volumes", "proceedings", "book",
              "title date", "volumes organization " + _BOOK, whole=True),
        _type("mvreference", "Work of reference in several volumes", "book", "book",
              "editor title date", "volumes " + _BOOK, whole=True),
        _type("bookinbook", "Book in a book", "inbook", "chapter",
              "author title booktitle date", "bookauthor " + _PART),
        _type("suppbook", "Supplement in a book", "inbook", "chapter",
              "author title booktitle date", "type bookauthor " + _PART),
        _type("suppcollection", "Supplement in a collection", "incollection", "chapter",
              "author title booktitle date", "type " + _PART),
        _type("suppperiodical", "Supplement in a periodical", "article", "article-journal",
              "author title journaltitle date", "type volume number pages" + _WEB),
        _type("artwork", "Work of art", "misc", "graphic",
              "author title date", "type location" + _WEB),
        _type("audio", "Audio recording", "misc", "song",
              "author title date", "type publisher" + _WEB),
        _type("bibnote", "Bibliographic note", "misc", "document", "note", ""),
        _type("commentary", "Commentary", "misc", "document", "author title date", "type" + _WEB),
        _type("image", "Image", "misc", "graphic", "author title date", "type location" + _WEB),
        _type("jurisdiction", "Court decision", "misc", "legal_case", "title date", "type" + _WEB),
        _type("legal", "Treaty", "misc", "treaty", "title date", "type" + _WEB),
        _type("legislation", "Law", "misc", "legislation", "title date", "type number" + _WEB),
        _type("letter", "Letter", "misc", "personal_communication", "author date", "title" + _WEB),
        _type("movie", "Film", "misc", "motion_picture", "author title date", "publisher" + _WEB),
        _type("music", "Music", "misc", "song", "author title date", "publisher" + _WEB),
        _type("performance", "Performance", "misc", "performance",
              "author title date", "venue" + _WEB),
        _type("review", "Review", "article", "review",
              "author title journaltitle date", "volume number pages" + _WEB),
        _type("standard", "Standard", "misc", "standard",
              "title number date", "organization publisher" + _WEB),
        _type("video", "Video", "misc", "motion_picture", "author title date", "publisher" + _WEB),
        _type("set", "Entry set", "misc", "document", "entryset", ""),
        _type("xdata", "Data container", "misc", "document", "", ""),
    )
}  # fmt: skip

DEFAULT = "misc"

# Other names of a type, with the `type` field that they imply.
ALIASES: Mapping[str, tuple[str, str]] = {
    "conference": ("inproceedings", ""),
    "phdthesis": ("thesis", "phdthesis"),
    "mastersthesis": ("thesis", "mathesis"),
    "masterthesis": ("thesis", "mathesis"),
    "techreport": ("report", ""),
    "electronic": ("online", ""),
    "www": ("online", ""),
    "webpage": ("online", ""),
}

_MASTER = ("master", "mathesis", "bachelor", "diplom", "msc", "m.sc", "laurea", "licen")


def biblatex_type(name: str) -> tuple[str, str]:
    """The type as BibLaTeX names it and the `type` field that the name implies (or '').

    `PhdThesis` gives `("thesis", "phdthesis")`; an unknown name is kept, in lower case.
    """
    name = name.lower()
    return ALIASES.get(name, (name, ""))


def bibtex_type(name: str, type_field: str = "") -> str:
    """What a type is called in BibTeX; of a thesis, `type_field` decides which of the two."""
    if name == "thesis":
        kind = type_field.casefold()
        return "mastersthesis" if any(word in kind for word in _MASTER) else "phdthesis"
    kind_of_entry = ENTRY_TYPES.get(name)
    return kind_of_entry.bibtex if kind_of_entry else name


def csl_type(name: str) -> str:
    """What a type is called in CSL; an unknown one is a document."""
    kind = ENTRY_TYPES.get(name)
    return kind.csl if kind else "document"


def label_of(name: str) -> str:
    """The English label of a type; an unknown one has its own name."""
    kind = ENTRY_TYPES.get(name)
    return kind.label if kind else name


def missing_fields(name: str, present: frozenset[str]) -> tuple[str, ...]:
    """The required fields that are not in `present`; `author/editor` counts as one."""
    kind = ENTRY_TYPES.get(name)
    if kind is None:
        return ()
    return tuple(want for want in kind.required if present.isdisjoint(want.split("/")))


# Types of CSL that are no type's own name there: the BibLaTeX type, and a field that keeps
# what is lost by it.
_FROM_CSL: Mapping[str, tuple[str, str, str]] = {
    "article": ("misc", "", ""),
    "article-magazine": ("article", "entrysubtype", "magazine"),
    "article-newspaper": ("article", "entrysubtype", "newspaper"),
    "bill": ("legislation", "", ""),
    "broadcast": ("video", "", ""),
    "chapter": ("incollection", "", ""),
    "classic": ("book", "entrysubtype", "classic"),
    "collection": ("collection", "", ""),
    "entry": ("inreference", "", ""),
    "entry-dictionary": ("inreference", "", ""),
    "event": ("misc", "type", "event"),
    "figure": ("image", "", ""),
    "graphic": ("artwork", "", ""),
    "hearing": ("jurisdiction", "type", "hearing"),
    "interview": ("misc", "type", "interview"),
    "map": ("misc", "type", "map"),
    "motion_picture": ("movie", "", ""),
    "musical_score": ("music", "", ""),
    "post": ("online", "entrysubtype", "forum"),
    "post-weblog": ("online", "entrysubtype", "blog"),
    "regulation": ("legislation", "", ""),
    "review-book": ("review", "", ""),
    "song": ("audio", "", ""),
    "speech": ("unpublished", "type", "speech"),
}


def from_csl(name: str) -> tuple[str, str, str]:
    """The type that CSL calls `name`, and a field with its value that the name implies (or '').

    A type that CSL does not know is `misc`, with its name as the field `type`.
    """
    name = name.strip().lower()
    if name in _FROM_CSL:
        return _FROM_CSL[name]
    for kind in ENTRY_TYPES.values():
        if kind.csl == name:
            return kind.name, "", ""
    return ("misc", "type", name) if name else ("misc", "", "")


_TO_CSL: Mapping[tuple[str, str, str], str] = {
    said: name for name, said in _FROM_CSL.items() if said[1]
}


def to_csl(name: str, fields: Mapping[str, str]) -> str:
    """What an entry of type `name` with `fields` is called in CSL: `from_csl` back."""
    for field in ("entrysubtype", "type"):
        found = _TO_CSL.get((name, field, fields.get(field, "")))
        if found:
            return found
    return csl_type(name)
