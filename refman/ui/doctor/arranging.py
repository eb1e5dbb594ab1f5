"""The order of a list of findings: which of them, in which groups."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from refman.library import Finding, Severity
from refman.model.text import fold

GRAVITY = {severity: place for place, severity in enumerate(Severity)}


class Rule(Protocol):
    """What of a rule of the doctor is shown. The texts are English, `i18n._` makes them the
    user's."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def explanation(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """Which findings are shown, and how: `rule` '' is any."""

    query: str = ""
    severities: frozenset[Severity] = frozenset(Severity)
    rule: str = ""
    by_paper: bool = False

    @property
    def filters(self) -> bool:
        """Whether anything may be left out."""
        return bool(self.query or self.rule or len(self.severities) < len(Severity))


@dataclass(eq=False)
class Group:
    """Findings of one rule, or with `of_paper` in one paper. `key` is the same ever after."""

    key: object
    findings: list[Finding]
    of_paper: bool
    label: str = ""

    @cached_property
    def severity(self) -> Severity:
        """The gravest."""
        return min((each.severity for each in self.findings), key=GRAVITY.__getitem__)

    @cached_property
    def safe(self) -> int:
        """How many can be mended without looking."""
        return sum(is_safe(finding) for finding in self.findings)

    @property
    def explanation(self) -> str:
        return self.findings[0].explanation


@dataclass(frozen=True, slots=True)
class Arranged:
    """A list of findings, and how many there are of each severity and rule, shown or not."""

    findings: Sequence[Finding] = ()
    groups: Sequence[Group] = ()
    severities: Counter[Severity] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    safe: int = 0
    shown: int = 0


def is_safe(finding: Finding) -> bool:
    """Whether it can be mended without looking. A file is not mended."""
    return finding.fix is not None and finding.fix.safe and not finding.file


def paper_key(finding: Finding) -> object:
    """The same for all findings of a paper, or of an entry of a file."""
    return finding.entry_id or (finding.key, finding.title)


def arranged(findings: Sequence[Finding], choice: Choice, rules: Sequence[Rule]) -> Arranged:
    """Everything that the window shows of `findings`. Long lists take long: in any thread."""
    groups = arrange(findings, choice, rules)
    return Arranged(
        findings,
        groups,
        Counter(finding.severity for finding in findings),
        Counter(finding.rule for finding in findings),
        safe=sum(group.safe for group in groups),
        shown=sum(len(group.findings) for group in groups),
    )


def arrange(findings: Iterable[Finding], choice: Choice, rules: Sequence[Rule]) -> list[Group]:
    """The groups of what `choice` leaves, rules by gravity and then as in `rules`."""
    chosen = _chosen(findings, choice)
    if choice.by_paper:
        return [
            Group(key, sorted(those, key=_line_or_gravity), True)
            for key, those in _grouped(chosen, paper_key).items()
        ]
    known = {rule.name: (place, rule.label) for place, rule in enumerate(rules)}
    groups = [
        Group(name, those, False, known.get(name, (0, name))[1])
        for name, those in _grouped(chosen, lambda finding: finding.rule).items()
    ]
    groups.sort(key=lambda group: (GRAVITY[group.severity], known.get(str(group.key), (0, ""))[0]))
    return groups


def _line_or_gravity(finding: Finding) -> tuple[int, int]:
    """The place of a finding in its paper: in a file by its line."""
    return finding.line, GRAVITY[finding.severity] if not finding.file else 0


def _chosen(findings: Iterable[Finding], choice: Choice) -> Iterable[Finding]:
    if len(choice.severities) < len(Severity):
        findings = [each for each in findings if each.severity in choice.severities]
    if choice.rule:
        findings = [each for each in findings if each.rule == choice.rule]
    words = fold(choice.query).split()
    return [each for each in findings if _has(each, words)] if words else findings


def _has(finding: Finding, words: Sequence[str]) -> bool:
    text = f"{finding.message}\n{finding.key}\n{finding.title}\n{finding.field}"
    text = text.lower() if text.isascii() else fold(text)
    return all(word in text for word in words)


def _grouped(
    findings: Iterable[Finding], key: Callable[[Finding], object]
) -> dict[object, list[Finding]]:
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(key(finding), []).append(finding)
    return groups
