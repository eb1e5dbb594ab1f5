"""The steps of the doctor: look through papers of the library, do what fixes say."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from refman.errors import UsageError
from refman.i18n import _
from refman.library.doctor.findings import Finding, Fix
from refman.library.doctor.rules import BY_NAME, RULES, Rule, examine
from refman.library.doctor.subject import Subject
from refman.library.doctor.surroundings import Surroundings
from refman.library.entries import clean_value, replace_provisional_key
from refman.library.storing import BATCH, bring_all_up_to_date, write_edits
from refman.progress import Progress

_TOGETHER = 300  # papers mended at a time

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


def _pieces(ids: Iterable[int], size: int = BATCH) -> Iterator[list[int]]:
    """`ids` in their order, some at a time."""
    rest = iter(ids)
    while some := list(islice(rest, size)):
        yield some


def mend(
    connection: Connection,
    wanted: Mapping[int, list[Finding]],
    today: date,
    moment: str,
    progress: Progress,
) -> dict[int, int]:
    """Step: do the fixes of findings, by paper; how many were done in each. Raises Cancelled."""
    around = Surroundings(connection, today, set())
    done: dict[int, int] = {}
    progress.start(_("Mending papers"), len(wanted))
    for some in _pieces(wanted, _TOGETHER):
        _mend_some(connection, around, {i: wanted[i] for i in some}, moment, done)
        for _paper in some:
            progress.advance()
    return done


def _mend_some(
    connection: Connection,
    around: Surroundings,
    wanted: Mapping[int, list[Finding]],
    moment: str,
    done: dict[int, int],
) -> None:
    """One fix of each paper at a time, and the papers anew: the one before may have changed it."""
    set_here: dict[int, set[str]] = {entry_id: set() for entry_id in wanted}
    for turn in range(max(map(len, wanted.values()))):
        left = [entry_id for entry_id, findings in wanted.items() if len(findings) > turn]
        changed: list[int] = []
        for entry_id, subject in around.subjects(left):
            fix = _fitting(wanted[entry_id][turn], subject, set_here[entry_id])
            if fix and _note(connection, entry_id, fix.values, moment):
                done[entry_id] = done.get(entry_id, 0) + 1
                set_here[entry_id].update(fix.values)
                changed.append(entry_id)
        if changed:
            bring_all_up_to_date(connection, changed, moment)
            for entry_id in changed:
                replace_provisional_key(connection, entry_id)


def _note(connection: Connection, entry_id: int, values: Mapping[str, Any], moment: str) -> bool:
    """Note what a fix sets as if it was typed, equal or not: so the TeX before is forgotten."""
    kept = {name: clean_value(name, value) for name, value in values.items()}
    return write_edits(connection, entry_id, kept, moment)


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
