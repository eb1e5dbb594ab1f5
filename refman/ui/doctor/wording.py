"""What the check is called on the screen, and its list as text."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from refman.i18n import _, ngettext
from refman.library import Finding, Severity
from refman.library.changes import papers
from refman.ui.doctor.arranging import Group
from refman.ui.tex_text import plain
from refman.ui.widgets.field_row import field_label

SEVERITIES = {
    Severity.ERROR: _("Error"),
    Severity.WARNING: _("Warning"),
    Severity.NOTICE: _("Notice"),
}
ICONS = {
    Severity.ERROR: ("error", "danger"),
    Severity.WARNING: ("attention", "warning"),
    Severity.NOTICE: ("info", "accent"),
}
_LABELS = {
    "citation_key": _("Citation key"),
    "entry_type": _("Type"),
    "author": _("Authors"),
    "editor": _("Editors"),
    "translator": _("Translators"),
}


def severity_count(severity: Severity, count: int) -> str:
    """`12 errors`."""
    if severity is Severity.ERROR:
        return ngettext("{n:,} error", "{n:,} errors", count).format(n=count)
    if severity is Severity.WARNING:
        return ngettext("{n:,} warning", "{n:,} warnings", count).format(n=count)
    return ngettext("{n:,} notice", "{n:,} notices", count).format(n=count)


def findings_count(count: int) -> str:
    return ngettext("{n:,} finding", "{n:,} findings", count).format(n=count)


def field_name(name: str) -> str:
    """A field as the panel calls it."""
    return _LABELS.get(name) or field_label(name)


def title_of(finding: Finding) -> str:
    return plain(finding.title) or _("No title")


def key_of(finding: Finding) -> str:
    return finding.key or _("(no key)")


def place_of(finding: Finding) -> str:
    """The paper by its key, or the line of the file."""
    if finding.line:
        return _("Line {line:,} · {key}").format(line=finding.line, key=key_of(finding))
    return key_of(finding)


def fix_word(finding: Finding) -> str:
    """What kind of a fix there is."""
    if finding.fix is None or finding.file:
        return ""
    return _("safe fix") if finding.fix.safe else _("proposal")


def counts(found: Mapping[Severity, int]) -> str:
    """`12 errors, 3 warnings, 1 notice`; '' for nothing."""
    return ", ".join(severity_count(each, found[each]) for each in Severity if found.get(each))


def group_note(group: Group) -> str:
    """What there is to say of a group besides its name and number."""
    first = group.findings[0]
    parts = (
        [counts(Counter(each.severity for each in group.findings))]
        if group.of_paper
        else [SEVERITIES[group.severity]]
    )
    if group.of_paper:
        parts.insert(0, key_of(first))
    elif not first.file:
        parts.append(papers(len({finding.entry_id for finding in group.findings})))
    if group.safe:
        parts.append(
            ngettext("{n:,} safe fix", "{n:,} safe fixes", group.safe).format(n=group.safe)
        )
    return " · ".join(parts)


def group_name(group: Group) -> str:
    return title_of(group.findings[0]) if group.of_paper else _(group.label)


# --- as text ----------------------------------------------------------------------------------


def as_text(heading: str, groups: Sequence[Group]) -> str:
    """The list as it is shown: a heading, then the groups with their findings."""
    parts = ("\n".join(group_lines(group)) for group in groups)
    return "\n\n".join((heading, *parts)) + "\n"


def group_lines(group: Group) -> Iterator[str]:
    """A group with its findings, a line or two each."""
    number = findings_count(len(group.findings))
    name = f"{key_of(group.findings[0])}  {group_name(group)}" if group.of_paper else (
        f"{group_name(group)} ({SEVERITIES[group.severity].lower()})"
    )  # fmt: skip
    yield f"{name}: {number}"
    if not group.of_paper:
        yield group.explanation
    for finding in group.findings:
        yield from finding_lines(finding, in_paper=group.of_paper)


def finding_lines(finding: Finding, *, in_paper: bool = False) -> Iterator[str]:
    """A finding, and below it what it would become."""
    place = f"{finding.file}:{finding.line}: " if finding.file else ""
    paper = "" if in_paper else f"{key_of(finding)}: "
    word = f"{SEVERITIES[finding.severity].lower()}: " if in_paper else ""
    field = f" [{finding.field}]" if finding.field else ""
    yield f"  {place}{paper}{word}{finding.message}{field}"
    if finding.fix:
        after = finding.fix.after or _("(nothing)")
        yield f"      {finding.fix.before or _('(nothing)')} → {after}"
