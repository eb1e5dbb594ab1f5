"""What one record says, made ready for comparing with others."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from refman.library.alike_names import Person, name_key, person
from refman.library.alike_titles import core
from refman.library.alike_venues import kind_of
from refman.model.entry import Entry
from refman.model.identifiers import identifiers, is_repository_doi
from refman.model.text import fingerprint, fold, hash64, normalised_title, sample, shingles, words

ABSTRACT_WORDS = 30  # an abstract of fewer is no evidence

_SERIES = frozenset(("i", "ii", "iii", "iv", "v", "vi"))
_DIGIT = re.compile(r"\d")
_TO_APPEAR = re.compile(r"\b(?:to appear|in press|forthcoming)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Evidence:
    """What one record says, made ready for comparing, each part when it is first asked for."""

    entry: Entry
    prints: tuple[int, ...] | None = None  # the fingerprint, where it is known already

    @cached_property
    def title(self) -> str:
        return normalised_title(self.entry.title)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(map(name_key, self.entry.creators))

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """The creators made ready for comparing, each once."""
        return tuple(dict.fromkeys(map(person, self.entry.creators)))

    @cached_property
    def words(self) -> list[str]:
        """Of the title."""
        return self.title.split()

    @cached_property
    def core(self) -> str:
        """The title without brackets and labels."""
        return core(self.entry.title)

    @cached_property
    def letters(self) -> str:
        """The title without blanks: "data base" and "database" are the same."""
        return self.title.replace(" ", "")

    @cached_property
    def kind(self) -> str:
        """What it is published as (`alike_venues.kind_of`)."""
        return kind_of(self.entry, self.identifiers, self.place[0])

    @cached_property
    def identifiers(self) -> frozenset[tuple[str, str]]:
        return identifiers(self.entry)

    @cached_property
    def fingerprint(self) -> tuple[int, ...]:
        if self.prints is not None:
            return self.prints
        return fingerprint(self.entry.title, self.entry.abstract)

    @property
    def title_hash(self) -> int | None:
        """As `entry.title_hash`: None without a title."""
        return hash64(self.title) if self.title else None

    @cached_property
    def sample(self) -> frozenset[int]:
        """A sample of the shingles."""
        return sample(self.entry.abstract)

    @property
    def shingles(self) -> frozenset[str]:
        """Empty where the abstract is too short to prove anything."""
        return _shingles(self.entry.abstract)

    @property
    def venue(self) -> str:
        """As it is written."""
        fields = self.entry.fields
        return fields.get("journaltitle") or fields.get("booktitle", "")

    @cached_property
    def place(self) -> tuple[str, str, str]:
        """The venue, folded, the volume, and the first page: "12--34" and "12-34" begin alike,
        and so does a bare "12"."""
        fields = self.entry.fields
        return fold(self.venue), fields.get("volume", ""), _first_page(fields.get("pages", ""))

    @property
    def is_to_appear(self) -> bool:
        """Whether it was not published yet when the record was written."""
        said = (self.venue, self.entry.fields.get("note", ""))
        return any(map(_TO_APPEAR.search, said))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers in the title: Part 1 and Part 2, 2019 and 2020 are of a series."""
        return tuple(word for word in self.words if word in _SERIES or _DIGIT.search(word))

    @cached_property
    def signature(self) -> tuple[object, ...]:
        """All that `weigh` looks at: of two that are equal, any third says the same."""
        entry = self.entry
        return (self.title, self.core, self.people, entry.creators_truncated, self.identifiers,
                entry.date, self.place, self.kind, entry.fields.get("number"),
                entry.fields.get("edition"), entry.fields.get("type"),
                entry.fields.get("institution"), self.is_to_appear, entry.abstract)  # fmt: skip

    @cached_property
    def year(self) -> int | None:
        return self.entry.year

    @cached_property
    def dois(self) -> frozenset[str]:
        """DOIs that say which publication it is; those of repositories do not."""
        return frozenset(
            value
            for scheme, value in self.identifiers
            if scheme == "doi" and not is_repository_doi(value)
        )


@lru_cache(maxsize=1024)  # 15 kB each: too much to keep for every paper of a great page
def _shingles(abstract: str) -> frozenset[str]:
    return shingles(abstract) if len(words(abstract)) >= ABSTRACT_WORDS else frozenset()


def _first_page(pages: str) -> str:
    return next(iter("".join(c if c.isalnum() else " " for c in pages).split()), "")
