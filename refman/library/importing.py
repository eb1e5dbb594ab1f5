"""Importing: the verb that puts a page into the library, as one undo step.

Reading and matching (`planning`) come before the one write transaction; should the library
change in between, the matching is done again inside it.
"""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, func, select

from refman.db import schema, search_index
from refman.db.bulk import AMONG
from refman.db.database import Database
from refman.errors import ReadError, UsageError
from refman.formats.format import Format
from refman.i18n import _
from refman.library import collection_tree, recipes
from refman.library.changes import Changes
from refman.library.import_options import ImportOptions
from refman.library.made import Making
from refman.library.planning import PageRead, Plan, make_plan, read_page
from refman.library.report import Report
from refman.library.sources import Source
from refman.library.tags import attach_names
from refman.library.writing import Writing, fill_in, report_of
from refman.progress import Progress

_MANY = 500  # papers, above which a view does not ask which they are

_e = schema.entry.c
_NAMED = select(_e.id, _e.uuid, _e.citation_key).where(_e.id.in_(AMONG))
_PROVISIONAL = select(_e.id).where(_e.id.in_(AMONG), _e.key_provisional != 0)
_SIGHTING = tuple(c.name for c in schema.sighting.columns if c.name not in ("id", "reviewed"))


class Importing:
    """The verb `run`."""

    def __init__(self, database: Database | None) -> None:
        """Without a database there is nothing known, and only a dry run can be done."""
        self._database = database

    @staticmethod
    def formats() -> Sequence[Format]:
        """All formats, recipes included; not each of them reads."""
        return recipes.formats()

    def run(
        self,
        page: Source | PageRead,
        options: ImportOptions | None = None,
        *,
        progress: Progress | None = None,
        dry_run: bool = False,
    ) -> Report:
        """Import a page. Raises ReadError where it has no row, UsageError for bad options.

        Cancelled is raised where `progress` was cancelled; then nothing was changed.
        """
        options = (options or ImportOptions()).checked()
        progress = progress or Progress()
        if isinstance(page, Source):
            page = read_page(page, options.format, progress)
        if self._database is None:
            return report_of(make_plan(None, page, progress))
        data = _bytes_to_keep(page) if options.workspace and not dry_run else None
        version = self._database.data_version()
        with self._database.read() as connection:
            plan = make_plan(connection, page, progress)
            if dry_run:
                return report_of(plan)
            if plan.is_known and not (options.tags or options.collection or options.workspace):
                return _nothing_new(connection, plan)
        with self._database.write(_label(plan)) as connection:
            if self._database.data_version() != version:
                plan = make_plan(connection, page, progress)
            if plan.is_known:
                report = _nothing_new(connection, plan)
                changed: set[int] = set()
            else:
                report, changed = Writing(connection, plan, options, progress).run()
            listing_id = report.listing_id or _same_text(connection, plan)
            ids = plan.records.entry_ids()
            changed.update(give_options(connection, listing_id, options, ids))
            if data is not None:
                changed.update(_keep(connection, plan, report, options, data))
            search_index.refresh(connection, progress.check)
            progress.check()
        report.changes = Changes(
            _label(plan),
            frozenset(changed),
            max(len(changed), not plan.is_known),  # a page of failed rows is kept, too
            everything=len(changed) > _MANY,
            message=report.sentence(),
        )
        return report


def _bytes_to_keep(page: PageRead) -> bytes:
    """The bytes of a file that is to be a workspace. Raises UsageError for anything else."""
    from refman.library import revising

    if page.format.name != "bibtex" or not page.source.path:
        raise UsageError(_("Only a .bib file can be a workspace."))
    data = revising.bytes_of(Path(page.source.path))
    if Source.from_bytes(data).digest != page.source.digest:
        raise ReadError(_("The file was changed while it was read: import it again."))
    return data


def _keep(
    connection: Connection, plan: Plan, report: Report, options: ImportOptions, data: bytes
) -> set[int]:
    """Make the page a workspace, of this import or of the one that brought the same file."""
    from refman.library import revising

    listing_id = report.listing_id or _same_text(connection, plan)
    path = options.collection
    into = None if path is None else collection_tree.ensure(connection, path)
    return revising.keep(connection, listing_id, data, into)


def _same_text(connection: Connection, plan: Plan) -> int:
    """The newest import of the very page that is known."""
    lst = schema.listing.c
    same = (lst.source_sha256 == plan.page.source.digest) & (lst.format == plan.page.format.name)
    found = connection.scalar(select(func.max(lst.id)).where(same, lst.taken_back == ""))
    assert found is not None
    return int(found)


def give_options(
    connection: Connection, listing_id: int, options: ImportOptions, ids: Sequence[int]
) -> set[int]:
    """Give papers what the user wants of every paper of an import. Those that had it not yet."""
    making = Making(connection, listing_id)
    changed = set(attach_names(connection, options.tags, ids, origin="manual", listing=listing_id))
    if options.collection and ids:
        into = collection_tree.ensure(connection, options.collection)
        changed.update(collection_tree.put_into(connection, into, ids, listing=listing_id))
    making.note()
    return changed


# --- reporting -------------------------------------------------------------------------


def _label(plan: Plan) -> str:
    return _("Import {name}").format(name=plan.page.name)


def _nothing_new(connection: Connection, plan: Plan) -> Report:
    """The report of a page of which every row is there; nothing is written for it."""
    report = report_of(plan)
    fill_in(connection, report, plan.records, {})
    report.changes = Changes(_label(plan), message=report.sentence())
    return report
