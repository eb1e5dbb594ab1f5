"""The verbs of the doctor: look through papers or a file, mend, and remember what is well."""

import json
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, update

from refman.db import schema
from refman.db.database import Database
from refman.errors import UsageError
from refman.i18n import _
from refman.library.changes import Changes, papers, touched
from refman.library.doctor.findings import Finding
from refman.library.sources import Source
from refman.library.storing import now
from refman.progress import Progress

if TYPE_CHECKING:
    from refman.library.doctor.rules import Rule

_IGNORED = "doctor_ignored"  # in `preference`: JSON, [[rule, field], …] by uuid
_e = schema.entry.c


class Doctor:
    """Looking through papers. Only `fix` and the verbs of ignoring change anything."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @staticmethod
    def rules() -> "tuple[Rule, ...]":
        """What is looked for: name, label, explanation, severity."""
        from refman.library.doctor import looking

        return looking.chosen(None)

    @staticmethod
    def check_source(
        source: Source | Path,
        *,
        rules: Collection[str] | None = None,
        today: date | None = None,
        progress: Progress | None = None,
    ) -> list[Finding]:
        """What is wrong with a .bib file, in the order of its lines. Raises ReadError, Cancelled.

        What the reader could not make out is among it. `rules` are names, all if None.
        """
        from refman.library.doctor import files, looking

        chosen = looking.chosen(rules)
        return files.check(source, chosen, today or _today(), progress or Progress())

    def findings(
        self,
        ids: Collection[int] | None = None,
        *,
        rules: Collection[str] | None = None,
        today: date | None = None,
        progress: Progress | None = None,
    ) -> list[Finding]:
        """What is wrong with the papers `ids`, in their order; None: all outside the trash, by
        citation key. Raises Cancelled.

        `rules` are names, all if None. What the user said is well is left out.
        """
        from refman.library.doctor import looking

        chosen = looking.chosen(rules)
        with self._database.read() as connection:
            if ids is None:
                outside = select(_e.id).where(_e.trashed.is_(None)).order_by(_e.citation_key)
                ids = list(connection.scalars(outside))
            return looking.look(
                connection,
                ids,
                chosen,
                today or _today(),
                _ignored_by_id(connection),
                progress or Progress(),
            )

    def fix(self, findings: Iterable[Finding], progress: Progress | None = None) -> Changes:
        """Do what the fixes of `findings` say, as if the user typed it, in their order; one who
        cancels finds nothing changed. Raises Cancelled.

        A fix whose field says something else by now is passed over, but not where another
        one of these changed it: then what the rule proposes for the new value is done.
        """
        from refman.library.doctor import looking

        wanted: dict[int, list[Finding]] = {}
        for finding in findings:
            if finding.fix and finding.entry_id is not None:
                wanted.setdefault(finding.entry_id, []).append(finding)
        label = _("Mend {papers}").format(papers=papers(len(wanted)))
        if not wanted:
            return Changes(label)
        with self._database.write(label) as connection:
            done = looking.mend(connection, wanted, _today(), now(), progress or Progress())
        message = _("{papers} mended.").format(papers=papers(len(done)))
        left = sum(map(len, wanted.values())) - sum(done.values())
        if left:
            message += " " + _("{n} of the fixes no longer fit and were left out.").format(n=left)
        return touched(label, done, message)

    def ignore(self, finding: Finding) -> Changes:
        """Do not tell of this rule in this field of this paper again. Raises UsageError."""
        label = _("Ignore a finding")
        with self._database.write(label) as connection:
            uuid = connection.scalar(select(_e.uuid).where(_e.id == finding.entry_id))
            if uuid is None:
                raise UsageError(_("Only what is found in a paper of the library can be ignored."))
            ignored = _ignored(connection)
            pair = [finding.rule, finding.field]
            if pair in ignored.get(uuid, []):
                return Changes(label)
            ignored.setdefault(uuid, []).append(pair)
            _set_ignored(connection, ignored)
        return touched(label, [finding.entry_id or 0])

    def ignored(self) -> int:
        """How many findings the user chose to ignore."""
        with self._database.read() as connection:
            return sum(map(len, _ignored(connection).values()))

    def forget_ignored(self) -> Changes:
        """Tell of everything again."""
        label = _("Tell of ignored findings again")
        with self._database.write(label) as connection:
            count = sum(map(len, _ignored(connection).values()))
            _set_ignored(connection, {})
        return Changes(label, count=count)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the user's day


def _ignored(connection: Connection) -> dict[str, list[list[str]]]:
    p = schema.preference.c
    value = connection.scalar(select(p.value).where(p.name == _IGNORED))
    return dict(json.loads(value)) if value else {}


def _ignored_by_id(connection: Connection) -> dict[int, set[tuple[str, str]]]:
    ignored = _ignored(connection)
    if not ignored:
        return {}
    ids = {row.uuid: row.id for row in connection.execute(select(_e.id, _e.uuid))}
    return {
        ids[uuid]: {(rule, field) for rule, field in pairs}
        for uuid, pairs in ignored.items()
        if uuid in ids
    }


def _set_ignored(connection: Connection, ignored: dict[str, list[list[str]]]) -> None:
    table = schema.preference
    where = table.c.name == _IGNORED
    value = json.dumps(ignored, ensure_ascii=False, sort_keys=True)
    if not ignored:
        connection.execute(delete(table).where(where))
    elif connection.scalar(select(table.c.id).where(where)) is None:
        connection.execute(insert(table).values(name=_IGNORED, value=value))
    else:
        connection.execute(update(table).where(where).values(value=value))
