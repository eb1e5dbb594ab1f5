"""Workspaces: .bib files that refman writes back byte for byte, but for what was changed."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from refman.db import schema
from refman.db.database import Database
from refman.errors import RefmanError, UsageError
from refman.i18n import _
from refman.library import citation_keys
from refman.library.changes import Changes, papers
from refman.library.drafts import write_atomically
from refman.library.storing import now

if TYPE_CHECKING:
    from refman.library.revising import Written


@dataclass(frozen=True, slots=True)
class Workspace:
    """A .bib file that is kept; `papers` is the number of its entries that are in the library.

    `collection` is that of its papers, None where it was deleted.
    """

    id: int
    name: str
    path: str
    papers: int
    collection: int | None


class Workspaces:
    """Verbs on .bib files that are written back as they were."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> list[Workspace]:
        """All of them, by name."""
        w, p, e = schema.workspace.c, schema.workspace_entry.c, schema.entry.c
        with self._database.read() as connection:
            rows = connection.execute(
                select(w.id, w.name, w.path, func.count(e.id), w.collection)
                .outerjoin_from(schema.workspace, schema.workspace_entry, p.workspace == w.id)
                .outerjoin(schema.entry, (e.id == p.entry) & e.trashed.is_(None))
                .group_by(w.id)
                .order_by(w.name)
            ).all()
        return [Workspace(*row) for row in rows]

    def named(self, name: str) -> Workspace:
        """The one of that name, or of that path. Raises UsageError where there is none."""
        known = self.list()
        wanted = str(Path(name).absolute())
        for one in known:
            if one.name.casefold() == name.casefold() or one.path == wanted:
                return one
        raise UsageError(
            _("There is no workspace “{name}”; there are {all}.").format(
                name=name, all=", ".join(one.name for one in known) or _("none")
            )
        )

    def make(self, listing_id: int) -> Changes:
        """Let an imported .bib file be a workspace from now on. One undo step.

        Raises ReadError where the file is not there any more or is another one by now.
        """
        from refman.library import revising

        lst = schema.listing.c
        label = _("Make a workspace")
        with self._database.write(label) as connection:
            path = connection.scalar(select(lst.path).where(lst.id == listing_id))
            if not path:
                raise RefmanError(_("This import did not come from a file: save it as one first."))
            kept = revising.keep(connection, listing_id, revising.bytes_of(Path(path)))
        message = _("{papers} kept.").format(papers=papers(len(kept)))
        return Changes(label, frozenset(kept), 1, message=message)

    def forget(self, workspace_id: int) -> Changes:
        """Keep the file no longer. The papers and the file itself stay."""
        label = _("Forget workspace")
        w = schema.workspace
        with self._database.write(label) as connection:
            gone = connection.execute(delete(w).where(w.c.id == workspace_id)).rowcount
        return Changes(label, count=gone)

    def text(self, workspace_id: int) -> "Written":
        """The file as it is to be now. Nothing is changed. Raises RefmanError where it is gone."""
        from refman.library import revising

        with self._database.read() as connection:
            return revising.written(connection, workspace_id)[0]

    def texts(self, workspace_id: int) -> tuple[str, str]:
        """The file as it was read, and as it is to be now, to be compared."""
        from refman.library import revising

        with self._database.read() as connection:
            return revising.texts(connection, workspace_id)

    def write(self, workspace_id: int, path: Path | None = None) -> "Written":
        """Write the file, by default in its own place, whole or not at all.

        Raises RefmanError where somebody else changed the file since it was read or written;
        ReadError where it cannot be written.
        """
        from refman.library import revising

        with self._database.read() as connection:
            found, ids = revising.written(connection, workspace_id)
            own, digest = revising.state(connection, workspace_id)
            known = citation_keys.all_given(connection, ids)
        target = path or Path(own)
        if not target.name:
            raise UsageError(_("Say where the file is to be written."))
        is_own = not path or str(path.absolute()) == own
        if is_own and target.exists():
            there = hashlib.sha256(revising.bytes_of(target)).hexdigest()
            if there not in (digest, hashlib.sha256(found.data).hexdigest()):
                raise RefmanError(
                    _(
                        "“{path}” was changed by another program since refman read it. Import it "
                        "again as a workspace to take these changes in, or write to another file."
                    ).format(path=target)
                )
        write_atomically(target, found.data)
        if not self._database.read_only and (is_own or not known):
            with self._database.write(_("Write workspace"), undoable=False) as connection:
                citation_keys.give_out(connection, ids, now())
                if is_own:
                    revising.note_state(connection, workspace_id, found.data)
        return found
