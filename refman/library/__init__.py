"""What a user can do: every verb, and the only public face of refman's core.

A verb is a public method of one of the nouns below. It opens `database.write(label)`, is one
transaction and one undo step, and returns `Changes`. Verbs never call verbs; what they share
are steps, module functions whose first parameter is the connection. To add something a user
can do, write a method in the module of its noun.
"""

from pathlib import Path

from refman.db import restoring
from refman.db.database import Database
from refman.library.annotations import Annotation, Annotations
from refman.library.attachments import Attachment, Attachments
from refman.library.changes import STATUSES, Changes
from refman.library.citation_keys import CitationKeys
from refman.library.citations import Citations
from refman.library.collection_tree import CollectionNode, Collections
from refman.library.doctor import Doctor, Finding, Fix, Severity
from refman.library.duplicates import Duplicates
from refman.library.entries import Details, Entries
from refman.library.export_settings import ExportSettings
from refman.library.exporting import Export, Exporting
from refman.library.exports import ExportInfo, Exports
from refman.library.history import History
from refman.library.importing import Importing, ImportOptions
from refman.library.key_proposals import KeyChange
from refman.library.listings import Listing, Listings, SightingRow
from refman.library.planning import PageRead, read_page
from refman.library.reading_list import ReadingList
from refman.library.report import Record, Report
from refman.library.search import ALL, Counts, Scope, Search, TableRow
from refman.library.sources import Source
from refman.library.styles import Style
from refman.library.tags import Tag, Tags
from refman.library.workspaces import Workspace, Workspaces

__all__ = [
    "ALL",
    "STATUSES",
    "Annotation",
    "Annotations",
    "Attachment",
    "Attachments",
    "Changes",
    "CitationKeys",
    "Citations",
    "CollectionNode",
    "Collections",
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
    "KeyChange",
    "Library",
    "Listing",
    "Listings",
    "PageRead",
    "ReadingList",
    "Record",
    "Report",
    "Scope",
    "Search",
    "Severity",
    "SightingRow",
    "Source",
    "Style",
    "TableRow",
    "Tag",
    "Tags",
    "Workspace",
    "Workspaces",
    "read_page",
]


class Library:
    """One open library and its verbs, which may be called from any thread."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.entries = Entries(database)
        self.tags = Tags(database)
        self.collections = Collections(database)
        self.reading_list = ReadingList(database)
        self.annotations = Annotations(database)
        self.attachments = Attachments(database)
        self.search = Search(database)
        self.citation_keys = CitationKeys(database)
        self.citations = Citations(database)
        self.importing = Importing(database)
        self.duplicates = Duplicates(database)
        self.doctor = Doctor(database)
        self.exporting = Exporting(database)
        self.exports = Exports(database)
        self.listings = Listings(database)
        self.workspaces = Workspaces(database)
        self.history = History(database)

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
