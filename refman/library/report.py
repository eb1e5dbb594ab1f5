"""What an import did, row by row: nothing that was found is unaccounted for."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from refman.formats.csl_json import to_item
from refman.formats.format import Header, Passage, Problem, Row
from refman.i18n import _
from refman.library.changes import Changes

ADDED, MERGED, UNCHANGED, SKIPPED, FAILED = "added", "merged", "unchanged", "skipped", "failed"


@dataclass(slots=True)
class Record:
    """One row and what became of it. `entry_id` and `uuid` are None in a dry run."""

    row: Row
    outcome: str = ADDED
    matched_by: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    entry_id: int | None = None
    uuid: str | None = None
    citation_key: str = ""

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


@dataclass(slots=True)
class Report:
    """found = added + merged + unchanged + skipped + failed, always."""

    name: str
    format: str
    as_of: date
    header: Header = field(default_factory=Header)
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: list[Passage] = field(default_factory=list)
    listing_id: int | None = None
    changes: Changes = field(default_factory=lambda: Changes(""))

    def _count(self, outcome: str) -> int:
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
        new = (r for r in self.records if r.outcome not in (UNCHANGED, SKIPPED))
        return sum(bool(record.review) for record in new) + self.failed

    def sentence(self) -> str:
        """`50 found: 43 added, 7 merged, 2 to look at`."""
        counts = [
            (_("{n:,} added"), self.added),
            (_("{n:,} merged"), self.merged),
            (_("{n:,} unchanged"), self.unchanged),
            (_("{n:,} skipped"), self.skipped),
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


def entry_ids(records: Sequence[Record]) -> list[int]:
    """The papers of `records`, each once, in their order."""
    return list(dict.fromkeys(r.entry_id for r in records if r.entry_id is not None))
