"""What the panel shows of one paper, read in one go outside the window's thread."""

from dataclasses import dataclass

from refman.errors import RefmanError
from refman.library import Annotation, Attachment, Details, Library, SightingRow
from refman.library.parting import Joined


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper, and what the reader added to it."""

    details: Details
    annotations: tuple[Annotation, ...]
    other_keys: tuple[str, ...] = ()  # besides the citation key, by which it is found, too

    @property
    def id(self) -> int:
        return self.details.id

    @property
    def highlights(self) -> tuple[Annotation, ...]:
        return tuple(note for note in self.annotations if note.kind == "highlight")

    @property
    def notes(self) -> tuple[Annotation, ...]:
        return tuple(note for note in self.annotations if note.kind == "note")


@dataclass(frozen=True, slots=True)
class Background:
    """What stands at the end of the page and is read once the selection rests."""

    entry_id: int
    attachments: tuple[Attachment, ...]
    bibtex: str
    sources: tuple[SightingRow, ...]
    parts: tuple[Joined, ...] = ()  # papers that were merged into it


def read_paper(library: Library, entry_id: int) -> Paper | None:
    """None where the paper is gone."""
    try:
        details = library.entries.get(entry_id)
    except RefmanError:
        return None
    other_keys = library.citation_keys.aliases([entry_id]).get(entry_id, ())
    return Paper(details, tuple(library.annotations.of(entry_id)), other_keys)


def read_background(library: Library, entry_id: int) -> Background | None:
    """None where the paper is gone."""
    try:
        return Background(
            entry_id=entry_id,
            attachments=tuple(library.attachments.of(entry_id)),
            bibtex=library.exporting.preview(entry_id),
            sources=tuple(library.listings.sightings_of(entry_id)),
            parts=tuple(library.duplicates.parts(entry_id)),
        )
    except RefmanError:
        return None
