"""What a user can do: every verb, and the only public face of refman's core.

A verb is a public method of one of the nouns below. It opens `database.write(label)`, is one
transaction and one undo step, and returns `Changes`. Verbs never call verbs; what they share
are steps, module functions whose first parameter is the connection. To add something a user
can do, write a method in the module of its noun.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from refman.db import restoring
from refman.db.database import Database

if TYPE_CHECKING:
    from refman.library.annotations import Annotation, Annotations
    from refman.library.attachments import Attachment, Attachments
    from refman.library.changes import STATUSES, Changes
    from refman.library.citation_keys import CitationKeys
    from refman.library.citations import Citations
    from refman.library.clustering import Pair
    from refman.library.collection_tree import CollectionNode, Collections
    from refman.library.doctor import Doctor, Finding, Fix, Severity
    from refman.library.duplicates import Cluster, ComparedField, Comparison, Duplicates
    from refman.library.entries import Details, Entries
    from refman.library.export_settings import ExportSettings
    from refman.library.exporting import Export, Exporting
    from refman.library.exports import ExportInfo, Exports
    from refman.library.history import History
    from refman.library.import_options import ImportOptions
    from refman.library.importing import Importing
    from refman.library.key_proposals import KeyChange
    from refman.library.listings import Listings, SightingRow
    from refman.library.pages import (
        Change,
        ComparedRow,
        Kept,
        Listing,
        ListingComparison,
        TakeBack,
    )
    from refman.library.planning import PageRead, read_page
    from refman.library.reading_list import ReadingList
    from refman.library.report import Record, Report
    from refman.library.reviewing import Reviewing
    from refman.library.rivals import Candidate
    from refman.library.search import ALL, Counts, Scope, Search, TableRow
    from refman.library.sources import Source
    from refman.library.styles import Style
    from refman.library.tagged import Tag
    from refman.library.tags import Tags
    from refman.library.watched import Watched
    from refman.library.workspaces import Workspace, Workspaces

__all__ = [
    "ALL",
    "STATUSES",
    "Annotation",
    "Annotations",
    "Attachment",
    "Attachments",
    "Candidate",
    "Change",
    "Changes",
    "CitationKeys",
    "Citations",
    "Cluster",
    "CollectionNode",
    "Collections",
    "ComparedField",
    "ComparedRow",
    "Comparison",
    "Counts",
    "Details",
    "Doctor",
    "Duplicates",
    "Entries",
    "Export",
    "ExportInfo",
    "ExportSettings",
    "Exporting",
    "Exports",
    "Finding",
    "Fix",
    "History",
    "ImportOptions",
    "Importing",
    "Kept",
    "KeyChange",
    "Library",
    "Listing",
    "ListingComparison",
    "Listings",
    "PageRead",
    "Pair",
    "ReadingList",
    "Record",
    "Report",
    "Reviewing",
    "Scope",
    "Search",
    "Severity",
    "SightingRow",
    "Source",
    "Style",
    "TableRow",
    "Tag",
    "Tags",
    "TakeBack",
    "Watched",
    "Workspace",
    "Workspaces",
    "read_page",
]


# Where each of these names is. A module is imported when one of its names is first asked for.
_HOMES = {
    name: module
    for module, names in {
        "annotations": "Annotation Annotations",
        "attachments": "Attachment Attachments",
        "changes": "Changes STATUSES",
        "citation_keys": "CitationKeys",
        "citations": "Citations",
        "clustering": "Pair",
        "collection_tree": "CollectionNode Collections",
        "doctor": "Doctor Finding Fix Severity",
        "duplicates": "Cluster ComparedField Comparison Duplicates",
        "entries": "Details Entries",
        "export_settings": "ExportSettings",
        "exporting": "Export Exporting",
        "exports": "ExportInfo Exports",
        "history": "History",
        "import_options": "ImportOptions",
        "importing": "Importing",
        "key_proposals": "KeyChange",
        "listings": "Listings SightingRow",
        "pages": "Change ComparedRow Kept Listing ListingComparison TakeBack",
        "planning": "PageRead read_page",
        "reading_list": "ReadingList",
        "report": "Record Report",
        "reviewing": "Reviewing",
        "rivals": "Candidate",
        "search": "ALL Counts Scope Search TableRow",
        "sources": "Source",
        "styles": "Style",
        "tagged": "Tag",
        "tags": "Tags",
        "watched": "Watched",
        "workspaces": "Workspace Workspaces",
    }.items()
    for name in names.split()
}


def _found(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return globals().setdefault(name, found)


if not TYPE_CHECKING:  # or every name would be one to mypy
    __getattr__ = _found


class _Noun:
    """An attribute of a library that is made when it is first asked for."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, library: "Library", _owner: type) -> Any:
        return vars(library).setdefault(self._name, _found(self._kind)(library.database))


def _noun(kind: str) -> Any:
    return _Noun(kind)


class Library:
    """One open library and its verbs, which may be called from any thread."""

    entries: "Entries" = _noun("Entries")
    tags: "Tags" = _noun("Tags")
    collections: "Collections" = _noun("Collections")
    reading_list: "ReadingList" = _noun("ReadingList")
    annotations: "Annotations" = _noun("Annotations")
    attachments: "Attachments" = _noun("Attachments")
    search: "Search" = _noun("Search")
    citation_keys: "CitationKeys" = _noun("CitationKeys")
    citations: "Citations" = _noun("Citations")
    importing: "Importing" = _noun("Importing")
    duplicates: "Duplicates" = _noun("Duplicates")
    doctor: "Doctor" = _noun("Doctor")
    exporting: "Exporting" = _noun("Exporting")
    exports: "Exports" = _noun("Exports")
    listings: "Listings" = _noun("Listings")
    review: "Reviewing" = _noun("Reviewing")
    watched: "Watched" = _noun("Watched")
    workspaces: "Workspaces" = _noun("Workspaces")
    history: "History" = _noun("History")

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, path: Path, *, create: bool = False, read_only: bool = False) -> "Library":
        """Open the library file at `path`. Raises ReadError where that cannot be.

        With `create` a missing one is made. One that cannot be written is opened to be read
        (`read_only` tells).
        """
        return cls(Database.open(path, create=create, read_only=read_only))

    def close(self) -> None:
        """Close the file; no verb can be called after it."""
        self.database.close()

    def check(self) -> list[str]:
        """What is wrong with the file, a sentence each; [] when it is sound."""
        return self.database.check()

    def backup(self, target: Path) -> None:
        """Copy the library, open or not, to `target`. Raises ReadError where that cannot be."""
        self.database.backup(target)

    @staticmethod
    def restore(backup: Path, library: Path) -> Path | None:
        """Put a backup in the place of `library`; where what was there is kept, if there was any.

        Raises ReadError for what is no sound library; then nothing was changed.
        """
        return restoring.restore(backup, library)

    @property
    def path(self) -> Path:
        return self.database.path

    @property
    def read_only(self) -> bool:
        return self.database.read_only
