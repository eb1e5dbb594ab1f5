"""What the user wants done with every paper of an import, and how an import remembers it."""

import json
from dataclasses import asdict, dataclass, replace

from refman.library import collection_tree
from refman.library.entries import check_status
from refman.library.tags import checked_name


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user wants done with every paper of an import, those known already included.

    `status` is for new papers only; None leaves what the page says, else `inbox`. With
    `workspace` a .bib file is kept, to be written back byte for byte.
    """

    format: str | None = None
    tags: tuple[str, ...] = ()
    collection: str | None = None
    status: str | None = None
    workspace: bool = False

    def checked(self) -> "ImportOptions":
        """With the names as they are kept. Raises UsageError where one cannot be."""
        if self.status is not None:
            check_status(self.status)
        collection = self.collection
        if collection is not None:
            collection = "/".join(collection_tree.checked_path(collection))
        tags = tuple(checked_name(tag) for tag in self.tags)
        return replace(self, tags=tags, collection=collection)

    def to_json(self) -> str:
        """What differs from the default, as `listing.options` keeps it."""
        kept = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(kept, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "ImportOptions":
        """The inverse of `to_json`."""
        values = json.loads(text)
        return cls(**values | {"tags": tuple(values.get("tags", ()))})
