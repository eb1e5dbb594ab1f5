"""What the doctor says: findings, how grave they are, and what would mend them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple


class Severity(StrEnum):
    """How grave a finding is, the gravest first.

    An error stops bibtex, biber or LaTeX, or leads a reader nowhere; a warning is something
    lacking or wrong in print; a notice is a doubt or a matter of taste.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Fix:
    """What would mend a finding: `values` are as `Entries.edit` takes them.

    `before` and `after` are what changes, to be shown. One that is `safe` says the same as
    before in a better form; any other wants to be looked at first.
    """

    before: str
    after: str
    values: Mapping[str, Any]
    safe: bool = True


class Remark(NamedTuple):
    """What a check says of one field; `severity` where it is not that of its rule."""

    field: str
    message: str
    fix: Fix | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the rule `rule` found in a paper of the library or an entry of a file.

    `entry_id` is None in a file, `file` is '' and `line` 0 in a library. `key` and `title`
    name the paper. `explanation` says why it matters and what to do.
    """

    rule: str
    severity: Severity
    message: str
    explanation: str
    field: str = ""
    key: str = ""
    title: str = ""
    entry_id: int | None = None
    file: str = ""
    line: int = 0
    fix: Fix | None = None

    def to_json(self) -> dict[str, Any]:
        """For programs: without what is empty."""
        values: dict[str, Any] = {
            "rule": self.rule,
            "severity": self.severity.value,
            "key": self.key,
            "title": self.title,
            "file": self.file,
            "line": self.line,
            "field": self.field,
            "message": self.message,
            "explanation": self.explanation,
        }
        if self.fix:
            fix = self.fix
            values["fix"] = {"before": fix.before, "after": fix.after, "safe": fix.safe}
        return {name: value for name, value in values.items() if value}


def set_field(name: str, before: str, after: str, *, safe: bool = True) -> Fix:
    """The fix that sets one field to another text."""
    return Fix(before, after, {name: after}, safe)
