"""What the doctor's tests share: a day, a good article, and findings in short."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from refman.library import Finding
from refman.library.doctor.rules import BY_NAME, RULES, examine
from refman.library.doctor.subject import Subject
from refman.model.entry import Entry
from tests.library.making import entry

DAY = date(2026, 11, 20)
GOOD: dict[str, Any] = {
    "title": "Counting sheep at night",
    "names": "Ada Lovelace, Grace Hopper",
    "date": "2022",
    "entry_type": "article",
    "citation_key": "lovelace2022counting",
    "journaltitle": "Journal of Sheep",
}


def article(**values: Any) -> Entry:
    """A good article, but for `values`."""
    wanted = {**GOOD, **values}
    return entry(**{name: value for name, value in wanted.items() if value})


def findings(examined: Entry, *rules: str, **around: Any) -> list[Finding]:
    """What the rules find, all of them where none is named."""
    chosen = tuple(BY_NAME[name] for name in rules) or RULES
    return examine(Subject(examined, DAY, **around), chosen, entry_id=1)


def short(found: Iterable[Finding]) -> list[str]:
    """`error doi: after` for each finding; what would mend it, if it is known."""
    return [
        f"{each.severity.value} {each.rule} {each.field}"
        + (f" {'→' if each.fix.safe else '?→'} {each.fix.after}" if each.fix else "")
        for each in found
    ]
