"""The steps of the doctor: look through papers of the library, do what fixes say."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from sqlalchemy import Connection

from refman.errors import UsageError
from refman.i18n import _
from refman.library.doctor.findings import Finding, Fix
from refman.library.doctor.rules import BY_NAME, RULES, Rule, examine
from refman.library.doctor.subject import Subject
from refman.library.doctor.surroundings import Surroundings
from refman.library.entries import edit
from refman.library.storing import BATCH
from refman.progress import Progress

# What the user said is well: by paper, the rule and the field.
Ignored = Mapping[int, Collection[tuple[str, str]]]


def chosen(names: Collection[str] | None) -> tuple[Rule, ...]:
    """The rules of these names, all if None. Raises UsageError."""
    if names is None:
        return RULES
    unknown = [name for name in names if name not in BY_NAME]
    if unknown:
        raise UsageError(
            _("There is no rule “{name}”; there are {all}.").format(
                name=unknown[0], all=", ".join(BY_NAME)
            )
        )
    return tuple(rule for rule in RULES if rule.name in names)


def look(
    connection: Connection,
    ids: Collection[int],
    rules: tuple[Rule, ...],
    today: date,
    ignored: Ignored,
    progress: Progress,
) -> list[Finding]:
    """Step: what `rules` find in the papers `ids`, in their order. Raises Cancelled."""
    found: list[Finding] = []
    around = Surroundings(connection, today, {rule.name for rule in rules})
    progress.start(_("Checking papers"), len(ids))
    for some in _pieces(ids):
        for entry_id, subject in around.subjects(some):
            well = ignored.get(entry_id, ())
            found.extend(
                finding
                for finding in examine(subject, rules, entry_id=entry_id)
                if (finding.rule, finding.field) not in well
            )
        progress.advance(len(some))
    return found


def _pieces(ids: Iterable[int]) -> Iterator[list[int]]:
    """`ids` in their order, some at a time."""
    rest = iter(ids)
    while some := list(islice(rest, BATCH)):
        yield some


def mend(
    connection: Connection, wanted: Mapping[int, list[Finding]], today: date, moment: str
) -> dict[int, int]:
    """Step: do the fixes of findings, by paper; how many were done in each."""
    around = Surroundings(connection, today, set())
    done: dict[int, int] = {}
    for entry_id, findings in wanted.items():
        set_here: set[str] = set()
        for finding in findings:
            # The paper anew each time: the fix before may have changed it.
            for _id, subject in around.subjects([entry_id]):
                fix = _fitting(finding, subject, set_here)
                if fix and edit(connection, entry_id, fix.values, moment, equal_too=True):
                    done[entry_id] = done.get(entry_id, 0) + 1
                    set_here.update(fix.values)
    return done


def _fitting(finding: Finding, subject: Subject, set_here: set[str]) -> Fix | None:
    """What the rule proposes now: for what was shown, or for what another fix made of it."""
    proposed = [
        remark.fix
        for remark in BY_NAME[finding.rule].check(subject)
        if remark.fix and remark.field == finding.field
    ]
    shown = finding.fix.before if finding.fix else ""
    same = [fix for fix in proposed if fix.before == shown]
    made = [fix for fix in proposed if not set_here.isdisjoint(fix.values)]
    return next(iter(same or made), None)
