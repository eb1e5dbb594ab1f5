"""Checks of which fields there are: missing, empty, misspelt, of the wrong kind of work.

A field that either bibtex or biblatex does without is not missed. What others inherit
from is asked for nothing: its children are. Sources: biblatex's data model (`blx-dm.def`);
Patashnik, "BibTeXing" (1988), section 3.1.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from refman.i18n import _
from refman.library.doctor.findings import Fix, Remark, Severity, set_field
from refman.library.doctor.subject import Subject
from refman.model import entry_types, fields

_NOT_MISSED = ("",)  # one of the two programs never asks for it
_ANY_TYPE = {
    "date": ("year", "pubstate"),
    "url": ("doi", "eprint", "howpublished"),
    "institution": ("school",),
    "journaltitle": ("journal", "shortjournal", "maintitle"),
}
# By type, for a field that BibLaTeX wants, what does as well.
_BY_TYPE: dict[str, dict[str, tuple[str, ...]]] = {
    "misc": {
        "author/editor": _NOT_MISSED,
        "date": _NOT_MISSED,
        "title": ("note", "howpublished"),
    },
    "manual": {"author/editor": _NOT_MISSED, "date": _NOT_MISSED},
    "booklet": {"author/editor": _NOT_MISSED, "date": _NOT_MISSED},
    "online": {"author/editor": _NOT_MISSED, "date": _NOT_MISSED},
    "software": {"author/editor": _NOT_MISSED, "date": _NOT_MISSED},
    "dataset": {"author/editor": _NOT_MISSED, "date": _NOT_MISSED},
    "unpublished": {"date": ("note",)},
    "inbook": {"author": ("editor", "bookauthor"), "booktitle": ("chapter", "pages", "maintitle")},
    "bookinbook": {"author": ("editor", "bookauthor")},
    "suppbook": {"author": ("editor", "bookauthor")},
    "suppcollection": {"author": ("editor",)},
    "mvbook": {"author": ("editor",)},
    "collection": {"editor": ("author",)},
    "reference": {"editor": ("author",)},
    "mvcollection": {"editor": ("author",)},
    "mvreference": {"editor": ("author",)},
    "inreference": {"author": _NOT_MISSED},
    "periodical": {"editor": _NOT_MISSED},
    "patent": {"author": ("holder",)},
    "letter": {"date": _NOT_MISSED},
    "standard": {"number": _NOT_MISSED},
    **{
        kind: {"author": _NOT_MISSED, "date": _NOT_MISSED}
        for kind in "artwork audio commentary image jurisdiction legal legislation movie music "
        "performance video".split()
    },
}

# What people and programs write where they know nothing.
_PLACEHOLDERS = frozenset(
    "n/a n.a. none null nil undefined unknown nan tbd tba todo ? ?? ??? - -- – — . … ...".split()
)
_SAYS_NOTHING = str.maketrans("", "", "{}\"' \t\n~")

# BibLaTeX's that an editor does not offer, and what databases and other programs write.
_MORE_FIELDS = frozenset(
    "editoratype editorbtype editorctype shortauthor shorteditor shortseries shorthandintro "
    "sortshorthand sorteditor sorttranslator reprinttitle journaltitleaddon issuetitleaddon "
    "langidopts nameatype namebtype namectype namea nameb namec lista listb listc listd liste "
    "listf usera userb userc userd usere userf verba verbb verbc relatedoptions shortbooktitle "
    "numpages articleno acmid bibsource biburl timestamp owner groups archive archivelocation "
    "collection creationdate modificationdate contents price lccn mrnumber zblnumber adsurl "
    "adsnote slaccitation orcid affiliation copyright notes publisheraddress".split()
)
_KNOWN_FIELDS = frozenset(fields.FIELDS) | frozenset(fields.ALIASES) | _MORE_FIELDS
_CUSTOM_TYPES = frozenset(f"custom{letter}" for letter in "abcdef")


def missing(subject: Subject) -> Iterator[Remark]:
    if subject.is_parent:
        return
    entry = subject.entry
    present = subject.present | subject.inherited
    instead = _BY_TYPE.get(entry.entry_type, {})
    for want in entry_types.missing_fields(entry.entry_type, present):
        enough = instead.get(want, ()) + _ANY_TYPE.get(want, ())
        if _NOT_MISSED[0] in enough or not present.isdisjoint(enough):
            continue
        label = entry_types.label_of(entry.entry_type)
        wanted = _(" or ").join(fields.label_of(name) for name in want.split("/"))
        yield Remark(
            want.split("/", maxsplit=1)[0],
            _("{type} without “{field}”.").format(type=label, field=wanted),
        )


def empty(subject: Subject) -> Iterator[Remark]:
    for name, value in subject.entry.fields.items():
        if len(value) > 20 or fields.kind_of(name) is fields.Kind.KEYS:
            continue
        bare = value.translate(_SAYS_NOTHING).casefold()
        if not bare or bare in _PLACEHOLDERS:
            message = _("“{value}” says nothing.").format(value=value)
            yield Remark(name, message, set_field(name, value, ""))
    if subject.in_file:
        for name, tex in subject.tex.items():
            if not tex.translate(_SAYS_NOTHING) and name not in subject.entry.fields:
                yield Remark(name, _("The field is empty."), severity=Severity.NOTICE)


def misspelt(subject: Subject) -> Iterator[Remark]:
    for name in subject.entry.fields:
        if name not in _KNOWN_FIELDS and (meant := _meant(name)):
            message = _("No style knows “{name}”: “{meant}” may be meant.")
            value = subject.entry.fields[name]
            fix = None
            if meant not in subject.present and meant not in fields.ATTRIBUTES:
                before, after = f"{name} = {value}", f"{meant} = {value}"
                fix = Fix(before, after, {name: "", meant: value}, safe=False)
            yield Remark(name, message.format(name=name, meant=meant), fix)


@cache
def _meant(name: str) -> str:
    """The field of which `name` is a slip; '' where it is a name of its own."""
    if not name.isalpha():
        return ""  # `date-2`, `author+an`, `bdsk-url-1`
    close = get_close_matches(name, fields.FIELDS, 1, 0.8) or get_close_matches(
        name, _OLD_NAMES, 1, 0.8
    )
    # Adding to a name makes another one (`urls`, `shorttitles`); a slip changes what is there.
    return "" if not close or close[0] in name else close[0]


_OLD_NAMES = ("journal", "year", "month", "school", "address")


def unknown_type(subject: Subject) -> Iterator[Remark]:
    kind = subject.entry.entry_type
    if kind in entry_types.ENTRY_TYPES or kind in _CUSTOM_TYPES:
        return
    close = get_close_matches(kind, entry_types.ENTRY_TYPES, 1, 0.8)
    if close:
        message = _("No style knows the type “{type}”: “{meant}” may be meant.")
        fix = Fix(kind, close[0], {"entry_type": close[0]}, safe=False)
        yield Remark("entry_type", message.format(type=kind, meant=close[0]), fix)
    else:
        yield Remark("entry_type", _("No style knows the type “{type}”.").format(type=kind))


def two_venues(subject: Subject) -> Iterator[Remark]:
    found = subject.entry.fields
    if subject.entry.entry_type in ("article", "inproceedings", "incollection", "inbook"):
        journal, book = found.get("journaltitle"), found.get("booktitle")
        if journal and book:
            message = _("It is said to be in the journal “{journal}” and in the book “{book}”.")
            yield Remark("booktitle", message.format(journal=journal, book=book))
