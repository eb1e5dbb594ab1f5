"""What an import did, row by row: nothing that was found is unaccounted for."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, overload

from refman.formats.csl_json import to_item
from refman.formats.format import Header, Passage, Problem, Row
from refman.i18n import _
from refman.library.changes import Changes

ADDED, MERGED, UNCHANGED, SKIPPED, FAILED = "added", "merged", "unchanged", "skipped", "failed"


@dataclass(frozen=True, slots=True)
class Record:
    """One row and what became of it. `entry_id` and `uuid` are None in a dry run.

    The row itself is read back from `rows`, which may hold it in a file.
    """

    rows: Sequence[Row]
    position: int
    outcome: str = ADDED
    matched_by: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    entry_id: int | None = None
    uuid: str | None = None
    citation_key: str = ""

    @property
    def row(self) -> Row:
        return self.rows[self.position]

    def to_json(self) -> dict[str, Any]:
        """A CSL-JSON item, with what only this page says in `custom`."""
        row = self.row
        item = to_item(row.entry)
        item.pop("custom", None)
        return {
            **item,
            "id": self.uuid,
            "citation-key": self.citation_key or row.entry.citation_key or None,
            "custom": {
                "outcome": self.outcome,
                "matched_by": list(self.matched_by),
                "category": row.category,
                "category_label": row.category_label,
                "year_given": row.year_given,
                "score": row.score,
                "code": row.code,
                "affiliations": list(row.affiliations),
                "creators_truncated": row.entry.creators_truncated,
                "review": list(self.review),
                "line": row.line,
            },
        }


_OUTCOMES = (ADDED, MERGED, UNCHANGED, SKIPPED, FAILED)


class Records(Sequence[Record]):
    """The records of all rows, kept by columns: a great page has a million of them.

    Every row is one that was added until something else is said of it.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        count = len(rows)
        self.rows = rows
        self._outcomes = bytearray(count)
        self._entry_ids = array("q", bytes(8 * count))  # 0 for none
        self.uuids: list[str | None] = [None] * count
        self.citation_keys = [""] * count
        self.matched_by: dict[int, tuple[str, ...]] = {}  # by position, likewise
        self.reviews: dict[int, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self._outcomes)

    @overload
    def __getitem__(self, index: int) -> Record: ...

    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...

    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        i = range(len(self))[index]
        return Record(
            self.rows,
            i,
            self.outcome(i),
            self.matched_by.get(i, ()),
            self.reviews.get(i, ()),
            self.entry_id(i),
            self.uuids[i],
            self.citation_keys[i],
        )

    def outcome(self, i: int) -> str:
        return _OUTCOMES[self._outcomes[i]]

    def set_outcome(self, i: int, outcome: str) -> None:
        self._outcomes[i] = _OUTCOMES.index(outcome)

    def entry_id(self, i: int) -> int | None:
        return self._entry_ids[i] or None

    def set_entry_id(self, i: int, entry_id: int) -> None:
        self._entry_ids[i] = entry_id

    def entry_ids(self) -> list[int]:
        """The papers of the rows, each once, in their order."""
        return [entry_id for entry_id in dict.fromkeys(self._entry_ids) if entry_id]

    def count_of(self, outcome: str) -> int:
        return self._outcomes.count(_OUTCOMES.index(outcome))


@dataclass(slots=True)
class Report:
    """found = added + merged + unchanged + skipped + failed, always."""

    name: str
    format: str
    as_of: date
    header: Header = field(default_factory=Header)
    records: Sequence[Record] = ()
    problems: list[Problem] = field(default_factory=list)
    passed_over: list[Passage] = field(default_factory=list)
    infers_years: bool = False  # dates were placed by the page's day
    listing_id: int | None = None
    changes: Changes = field(default_factory=lambda: Changes(""))

    def _count(self, outcome: str) -> int:
        if isinstance(self.records, Records):
            return self.records.count_of(outcome)
        return sum(record.outcome == outcome for record in self.records)

    @property
    def found(self) -> int:
        return len(self.records) + self.failed

    @property
    def added(self) -> int:
        return self._count(ADDED)

    @property
    def merged(self) -> int:
        return self._count(MERGED)

    @property
    def unchanged(self) -> int:
        return self._count(UNCHANGED)

    @property
    def skipped(self) -> int:
        return self._count(SKIPPED)

    @property
    def failed(self) -> int:
        return sum(problem.failed for problem in self.problems)

    @property
    def doubtful(self) -> int:
        """Rows that a person should look at, those that could not be read included."""
        reviewed: Iterable[Record]
        if isinstance(self.records, Records):
            reviewed = map(self.records.__getitem__, self.records.reviews)
        else:
            reviewed = self.records
        new = (r for r in reviewed if r.outcome not in (UNCHANGED, SKIPPED))
        return sum(bool(record.review) for record in new) + self.failed

    def sentence(self) -> str:
        """`50 found: 43 added, 7 merged, 2 to look at`."""
        counts = [
            (_("{n:,} added"), self.added),
            (_("{n:,} merged"), self.merged),
            (_("{n:,} unchanged"), self.unchanged),
            (_("{n:,} left out"), self.skipped),
            (_("{n:,} failed"), self.failed),
            (_("{n:,} to look at"), self.doubtful),
        ]
        said = ", ".join(text.format(n=n) for text, n in counts if n)
        return _("{n:,} found: {counts}").format(n=self.found, counts=said or _("nothing new"))

    def to_json(self) -> dict[str, Any]:
        """The object of `refman import --json`."""
        return {
            "file": self.name,
            "format": self.format,
            "listing": asdict(self.header),
            "found": self.found,
            "added": self.added,
            "merged": self.merged,
            "unchanged": self.unchanged,
            "skipped": self.skipped,
            "failed": self.failed,
            "records": [record.to_json() for record in self.records],
            "problems": [
                {"line": p.line, "text": p.text, "message": p.message} for p in self.problems
            ],
        }
