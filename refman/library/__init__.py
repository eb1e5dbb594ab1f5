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
from refman.library.collection_tree import CollectionNode, Collections
from refman.library.duplicates import Duplicates
from refman.library.entries import Details, Entries
from refman.library.exporting import Export, Exporting
from refman.library.history import History
from refman.library.importing import Importing, ImportOptions
from refman.library.listings import Listing, Listings, SightingRow
from refman.library.planning import PageRead, read_page
from refman.library.reading_list import ReadingList
from refman.library.report import Record, Report
from refman.library.search import ALL, Counts, Scope, Search, TableRow
from refman.library.sources import Source
from refman.library.tags import Tag, Tags

__all__ = [
    "ALL",
    "STATUSES",
    "Annotation",
    "Annotations",
    "Attachment",
    "Attachments",
    "Changes",
    "CitationKeys",
    "CollectionNode",
    "Collections",
    "Counts",
    "Details",
    "Duplicates",
    "Entries",
    "Export",
    "Exporting",
    "History",
    "ImportOptions",
    "Importing",
    "Library",
    "Listing",
    "Listings",
    "PageRead",
    "ReadingList",
    "Record",
    "Report",
    "Scope",
    "Search",
    "SightingRow",
    "Source",
    "TableRow",
    "Tag",
    "Tags",
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
        self.importing = Importing(database)
        self.duplicates = Duplicates(database)
        self.exporting = Exporting(database)
        self.listings = Listings(database)
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
