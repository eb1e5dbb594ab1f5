"""Papers that are the same: they are found, compared, merged and taken apart again here.

A scan notes the pairs that it finds in the table `duplicate`; it changes no paper, and is no
step of the history. What is shown is made of these pairs whenever it is asked for.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from sqlalchemy import Connection, func, select

from refman.db import schema, search_index
from refman.db.bulk import AMONG, rows_among
from refman.db.database import Database
from refman.db.numbers import numbers, tuples
from refman.errors import UsageError
from refman.i18n import _
from refman.library import parting
from refman.library.changes import Changes, papers, touched
from refman.library.clustering import Pair, grouped, linked
from refman.library.entries import Details, details, merge, merged
from refman.library.joining import best_first, keep_apart, part
from refman.library.matching import CERTAIN
from refman.library.parting import Joined
from refman.library.publications import is_publication
from refman.library.storing import check_there, now
from refman.model.entry import Entry
from refman.model.identifiers import ARXIV, DOI, is_repository_doi
from refman.model.text import squeeze
from refman.progress import Progress


@dataclass(frozen=True, slots=True)
class Cluster:
    """Papers that may be one, the one that is proposed to be kept first.

    It is CERTAIN if every paper hangs on the others by pairs that are, and nothing speaks
    against any two of them. `preprint` says that there is a preprint and its published version.
    """

    ids: tuple[int, ...]
    pairs: tuple[Pair, ...]
    tier: int  # matching.CERTAIN, LIKELY, POSSIBLE
    title: str
    preprint: bool


@dataclass(frozen=True, slots=True)
class ComparedField:
    """A field of several papers: their values, and the one that they have when merged.

    The names of the creators (`creators`) are tuples of Creator, `creators_truncated` is a bool,
    all else is text.
    """

    name: str
    values: tuple[Any, ...]
    differs: bool
    proposed: Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several papers side by side, the one to be kept first, and what a merge makes of them."""

    papers: tuple[Details, ...]
    fields: tuple[ComparedField, ...]
    outcome: Entry


class Duplicates:
    """Verbs on papers that are, or were thought to be, the same."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- looking for them

    def scan(self, progress: Progress | None = None, *, everything: bool = False) -> Changes:
        """Compare papers that are new or changed since the last scan with all; or all papers.

        No step of the history. `count` is the number of pairs that are new or gone. Raises
        Cancelled; then nothing was noted.
        """
        from refman.library import scanning

        progress = progress or Progress()
        label = _("Look for duplicates")
        with self._database.read() as connection:
            version = self._database.data_version()
            found = scanning.scan(connection, progress, everything=everything)
        if not found.ids and not found.everything:
            return Changes(label)
        with self._database.write(label, undoable=False) as connection:
            if self._database.data_version() != version:
                found = scanning.scan(connection, progress, everything=everything)
            changed = scanning.note(connection, found)
        with self._database.read() as connection:
            groups = clusters(connection)
        certain = sum(cluster.tier == CERTAIN for cluster in groups)
        message = _("No duplicates found.")
        if groups:
            message = _("Duplicates: {certain} certain, {doubtful} to look at.").format(
                certain=f"{certain:,}", doubtful=f"{len(groups) - certain:,}"
            )
        return Changes(label, count=changed, message=message)

    def clusters(self) -> list[Cluster]:
        """What the scans found, the certain first, then likely, then possible.

        Without papers in the trash, and never with two that a person keeps apart.
        """
        with self._database.read() as connection:
            return clusters(connection)

    def count(self) -> int:
        """How many clusters there are. Quick: it is asked for after every change."""
        with self._database.read() as connection:
            trashed = set(numbers(connection, _TRASHED))
            pairs = [
                Pair(first, second, tier, tuple(reasons.split("\n")))
                for first, second, tier, reasons in tuples(connection, _PAIRS)
                if first not in trashed and second not in trashed
            ]
            certain, weaker = linked(pairs, _kept_apart(connection))
        return len(certain) + len(weaker)

    def unscanned(self) -> int:
        """How many papers are new or changed since the last scan."""
        with self._database.read() as connection:
            return connection.scalar(
                select(func.count()).select_from(schema.duplicate_unscanned)
            ) or 0  # fmt: skip

    # --- deciding

    def compare(self, ids: Sequence[int]) -> Comparison:
        """Papers field by field, and what `merge` makes of them; the first is kept.

        Raises RefmanError where one of them is gone.
        """
        ids = list(dict.fromkeys(ids))
        with self._database.read() as connection:
            shown = tuple(details(connection, entry_id) for entry_id in ids)
            (outcome,) = merged(connection, ids, ids[:1])
        return Comparison(shown, tuple(_compared([each.entry for each in shown], outcome)), outcome)

    def merge(self, ids: Sequence[int], values: Mapping[str, Any] | None = None) -> Changes:
        """Join papers into the first one, with all that belongs to them, and set `values`.

        `values` are as in `Entries.edit`. Raises UsageError for less than two papers, RefmanError
        where one of them is gone.
        """
        keeper, *others = dict.fromkeys(ids)
        if not others:
            raise UsageError(_("Choose two papers or more to merge."))
        label = _("Merge {papers}").format(papers=papers(len(others) + 1))
        with self._database.write(label) as connection:
            merge(connection, keeper, others, values or {}, now())
        return touched(label, [keeper, *others])

    def merge_certain(self, progress: Progress | None = None) -> Changes:
        """Merge every cluster that is certain, each into its first paper, as one step.

        What changed since the last scan is looked at before. Raises Cancelled; then nothing was
        changed.
        """
        from refman.library import scanning

        progress = progress or Progress()
        label = _("Merge certain duplicates")
        with self._database.write(label) as connection:
            scanning.note(connection, scanning.scan(connection, progress, everything=False))
            certain = [each.ids for each in clusters(connection) if each.tier == CERTAIN]
            progress.start(label, len(certain))
            moment = now()
            for keeper, *others in certain:
                merge(connection, keeper, others, {}, moment)
                progress.advance()
            search_index.refresh(connection, progress.check)
            progress.check()
        gone = sum(len(ids) - 1 for ids in certain)
        message = _("{papers} merged into {others}.").format(
            papers=papers(gone), others=len(certain)
        )
        return touched(label, [i for ids in certain for i in ids], message if certain else "")

    def keep_apart(self, ids: Collection[int], others: Collection[int] | None = None) -> Changes:
        """Remember for ever that no two of `ids`, or none of `ids` and none of `others`, are one.

        It holds for these papers, and for what they say should they be deleted and come again.
        Raises RefmanError where one of them is gone.
        """
        label = _("Keep papers apart")
        pairs = combinations(dict.fromkeys(ids), 2) if others is None else product(ids, others)
        with self._database.write(label) as connection:
            check_there(connection, *ids, *(others or ()))
            moment = now()
            changed = {
                entry_id
                for pair in pairs
                if keep_apart(connection, *pair, moment)
                for entry_id in pair
            }
        return touched(label, changed)

    # --- taking apart

    def parts(self, entry_id: int) -> list[Joined]:
        """The papers that were merged into this one, the last that came first."""
        with self._database.read() as connection:
            return parting.joined(connection, entry_id)

    def part(self, uuid: str, *, apart: bool = True) -> Changes:
        """Take the paper `uuid` out of the one that it was merged into, as it was before.

        Both get back their tags, collections, notes, highlights, attachments, sightings and
        keys; what came after the merge stays with the paper that was kept. With `apart` it is
        remembered that they are not the same. Raises RefmanError where it is no part of any.
        """
        label = _("Take papers apart")
        with self._database.write(label) as connection:
            moment = now()
            pair = part(connection, uuid, moment)
            if apart:
                keep_apart(connection, *pair, moment)
        return touched(label, pair)


_e, _i = schema.entry.c, schema.entry_identifier.c
_HERE = select(_e.id, _e.title, _e.abstract, _e.venue).where(_e.id.in_(AMONG), _e.trashed.is_(None))
_IDENTIFIERS = select(_i.entry, _i.scheme, _i.value).where(
    _i.entry.in_(AMONG), _i.scheme.in_((DOI, ARXIV))
)


_d, _a = schema.duplicate.c, schema.entry_distinct.c
_TRASHED = select(_e.id).where(_e.trashed.is_not(None))
_PAIRS = select(_d.first, _d.second, _d.tier, _d.reasons)


def clusters(connection: Connection) -> list[Cluster]:
    """Step: as `Duplicates.clusters`."""
    rows = tuples(connection, _PAIRS)
    ids = {entry_id for row in rows for entry_id in row[:2]}
    here = {row[0]: row[1:] for row in rows_among(connection, _HERE, ids)}
    groups = grouped(
        [
            Pair(first, second, tier, tuple(reasons.splitlines()))
            for first, second, tier, reasons in rows
            if first in here and second in here
        ],
        _kept_apart(connection),
        lambda found: best_first(connection, found),
    )
    published, preprints = _published(connection, here)
    return [
        Cluster(
            group.ids,
            group.pairs,
            group.tier,
            _title(here, group.ids),
            not published.isdisjoint(group.ids) and not preprints.isdisjoint(group.ids),
        )
        for group in groups
    ]


def _kept_apart(connection: Connection) -> list[tuple[int, int]]:
    return tuples(connection, select(_a.first, _a.second))


def _published(connection: Connection, here: Mapping[int, Any]) -> tuple[set[int], set[int]]:
    """Those of papers that have a venue or a DOI of a publisher; of the rest, those that are in a
    repository."""
    published = {i for i, (_title, _abstract, venue) in here.items() if is_publication(venue)}
    deposited = {i for i, (_title, _abstract, venue) in here.items() if venue} - published
    for entry_id, scheme, value in rows_among(connection, _IDENTIFIERS, here):
        if scheme == DOI and not is_repository_doi(value):
            published.add(entry_id)
        elif scheme in (ARXIV, DOI):
            deposited.add(entry_id)
    return published, deposited - published


def _title(here: Mapping[int, Any], ids: Iterable[int]) -> str:
    """What they are called: the title of the first that has one, or how an abstract begins."""
    titles = (here[i][0] for i in ids if here[i][0])
    return next(titles, "") or next((squeeze(here[i][1])[:60] + "…" for i in ids), "")


_FIRST = ("entry_type", "title", "creators", "creators_truncated", "date")
_LAST = ("abstract", "citation_key")


def _compared(entries: Sequence[Entry], outcome: Entry) -> Iterable[ComparedField]:
    """Every field that one of the papers has; all that is beside them first and last."""
    names = sorted({name for entry in (*entries, outcome) for name in entry.fields})
    for name in (*_FIRST, *names, *_LAST):
        own = name in _FIRST or name in _LAST
        values = tuple(
            getattr(entry, name) if own else entry.fields.get(name, "") for entry in entries
        )
        proposed = getattr(outcome, name) if own else outcome.fields.get(name, "")
        if any(values) or proposed:
            yield ComparedField(name, values, len(set(values)) > 1, proposed)
