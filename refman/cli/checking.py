"""Whether a library is sound, and what is wrong with its papers or with a .bib file."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from refman.cli.command import HELP, chosen, library_option, opened, tell
from refman.cli.progress_line import progress_shown
from refman.errors import ReadError, UsageError
from refman.i18n import _, ngettext
from refman.library import Doctor, Finding, Library, Severity, Source

_WIDTH = 100  # characters
FORMATS = ("text", "json", "github")


@click.command(context_settings=HELP)
@library_option
@click.argument("files", metavar="[FILE]…", nargs=-1)
@click.option("--bib", is_flag=True, help="Look at the papers, or at .bib FILEs; `-` reads one.")
@click.option("--query", metavar="Q", default="", help="Only these papers of the library.")
@click.option(
    "--rule", "rules", metavar="R", multiple=True, help="Only this rule; may be repeated."
)
@click.option("--rules", "list_rules", is_flag=True, help="Say which rules there are.")
@click.option(
    "--format", "format_name", type=click.Choice(FORMATS), default="text", show_default=True
)
@click.option("--fix", is_flag=True, help="Mend what is safe to mend, in one step of undo.")
@click.option("--dry-run", is_flag=True, help="With --fix: only say what would be mended.")
def check(
    files: tuple[str, ...],
    bib: bool,
    query: str,
    rules: tuple[str, ...],
    list_rules: bool,
    format_name: str,
    fix: bool,
    dry_run: bool,
) -> int:
    """Check the library file, or with --bib its papers.

    --bib finds missing fields, wrong identifiers, impossible dates, doubtful names and the
    like, and says what to do. A FILE is read, never changed. `github` makes annotations of a
    pull request.

    Exit status: 1 if there is an error or a warning, 0 if there are notices at most, 3 if a
    file cannot be read.
    """
    if list_rules:
        _print_rules()
        return 0
    if not bib:
        if files or query or rules or fix or dry_run or format_name != "text":
            raise UsageError(_("This looks at papers or files: it goes with --bib."))
        return _check_library()
    if files and query:
        raise UsageError(_("A query is for the library: name files or a query, not both."))
    wanted = rules or None
    if files:
        if fix:
            tell(_("A file is not changed: import it as a workspace, and mend the papers there."))
        return _check_files(files, wanted, format_name)
    with opened(read_only=dry_run or not fix) as library:
        return _check_papers(library, query, wanted, format_name, fix=fix, dry_run=dry_run)


def _check_library() -> int:
    with opened() as library:
        found = library.check()
    for each in found:
        click.echo(each)
    if not found:
        tell(_("The library is sound."))
    return 1 if found else 0


def _print_rules() -> None:
    rules = Doctor.rules()
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        click.echo(f"{rule.name:{width}}  {rule.severity.value:7}  {_(rule.label)}")


def _check_files(files: Sequence[str], rules: Sequence[str] | None, format_name: str) -> int:
    found: list[Finding] = []
    worst = 0
    for file in files:
        try:
            with progress_shown() as progress:
                source = _source(file)
                found += Doctor.check_source(source, rules=rules, progress=progress)
        except ReadError as error:
            tell(f"refman: {error}")
            worst = 3
    _print(found, format_name, unread=worst > 0)
    return max(worst, _status(found))


def _source(file: str) -> Source | Path:
    if file == "-":
        return Source.from_bytes(sys.stdin.buffer.read(), _("standard input"))
    return Path(file)


def _check_papers(
    library: Library,
    query: str,
    rules: Sequence[str] | None,
    format_name: str,
    *,
    fix: bool,
    dry_run: bool,
) -> int:
    ids = chosen(library, query) if query else None
    with progress_shown() as progress:
        found = library.doctor.findings(ids, rules=rules, progress=progress)
    safe = [finding for finding in found if finding.fix and finding.fix.safe]
    if fix and dry_run:
        _print(safe, format_name)
        tell(_("(dry run: nothing was written)"))
        return _status(found)
    if fix and safe:
        with progress_shown() as progress:
            changes = library.doctor.fix(safe, progress)
        tell(changes.message)
        found = library.doctor.findings(ids, rules=rules)
    _print(found, format_name)
    return _status(found)


def _status(found: Iterable[Finding]) -> int:
    return int(any(finding.severity is not Severity.NOTICE for finding in found))


# --- how findings are printed


def _print(found: Sequence[Finding], format_name: str, *, unread: bool = False) -> None:
    """`unread`: a file could not be looked at, so that nothing found does not mean all is well."""
    if format_name == "json":
        items = [finding.to_json() for finding in found]
        click.echo(json.dumps(items, ensure_ascii=False, indent=1))
        return
    lines = _annotations(found) if format_name == "github" else _text(found)
    for line in lines:
        click.echo(line)
    if found or not unread:
        tell(_summary(found))


def _summary(found: Sequence[Finding]) -> str:
    if not found:
        return _("Nothing is wrong.")
    count = dict.fromkeys(Severity, 0)
    for finding in found:
        count[finding.severity] += 1
    errors, warnings, notices = count.values()
    said = [
        ngettext("{n} error", "{n} errors", errors).format(n=errors),
        ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings),
        ngettext("{n} notice", "{n} notices", notices).format(n=notices),
    ]
    # Of a file nothing is mended.
    safe = sum(each.fix is not None and each.fix.safe for each in found if not each.file)
    mend = " " + _("{n} can be mended with --fix.").format(n=safe) if safe else ""
    return f"{', '.join(said)}.{mend}"


def _text(found: Sequence[Finding]) -> Iterator[str]:
    """The findings by paper, then what each rule is about."""
    width = max((len(finding.field) for finding in found), default=0)
    for (file, _place, key, title), some in groupby(found, _paper):
        place = f"{file}: " if file else ""
        yield f"{place}{key or _('(no key)')}  {title}".rstrip()
        for finding in some:
            line = f"{finding.line:>6}  " if file else "  "
            head = f"{line}{finding.severity.value:7}  {finding.field:{width}}  "
            yield f"{head}{finding.message}  [{finding.rule}]"
            if fix := finding.fix:
                label = _("better") if fix.safe else _("perhaps")
                before, after = _apart(fix.before, fix.after)
                yield f"{' ' * len(head)}{label}: {before} → {after or _('(nothing)')}"
        yield ""
    explained = {finding.rule: finding.explanation for finding in found}
    names = max(map(len, explained), default=0)
    for rule, explanation in explained.items():
        first = f"{rule:{names}}  "
        yield click.wrap_text(explanation, _WIDTH, first, " " * len(first))


def _apart(before: str, after: str) -> tuple[str, str]:
    """Both, short, so that it is seen where they differ."""
    if after and _bare(before) == _bare(after):
        before, after = _with_blanks(before), _with_blanks(after)
    pairs = enumerate(zip(before, after, strict=False))
    same = next((place for place, (one, other) in pairs if one != other), 0)
    # Of long texts that begin alike, what is around the first difference.
    start = max(0, same - _WIDTH // 4) if same > _WIDTH // 2 and after else 0
    return _short(before, start), _short(after, start)


def _bare(text: str) -> str:
    """What is seen of `text` at a glance."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _with_blanks(text: str) -> str:
    """`text` with its blanks and what else cannot be seen made visible."""
    return "".join(
        "␣" if char == " " else char if char.isprintable() else repr(char)[1:-1] for char in text
    )


def _short(text: str, start: int) -> str:
    text = f"…{text[start:]}" if start else text
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def _paper(finding: Finding) -> tuple[str, int, str, str]:
    return finding.file, finding.entry_id or 0, finding.key, finding.title


def _annotations(found: Iterable[Finding]) -> Iterator[str]:
    """Workflow commands of GitHub Actions, one a line.

    Their grammar: docs.github.com, "Workflow commands for GitHub Actions"; what is escaped,
    and how, is in github.com/actions/toolkit, packages/core/src/command.ts.
    """
    for finding in found:
        title = f"{finding.key}: {finding.rule}" if finding.key else finding.rule
        place = f"file={_property(finding.file)},line={finding.line}," if finding.file else ""
        stop = "" if finding.message.endswith((".", "?", "!", "…")) else "."
        text = f"{finding.message}{stop} {finding.explanation}"
        yield f"::{finding.severity.value} {place}title={_property(title)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
