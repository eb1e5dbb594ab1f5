"""A .bib file looked through: its entries by the rules of the library, and where they stand."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from refman.errors import ReadError
from refman.formats.format import Context, Found, Problem, Row
from refman.i18n import _
from refman.library.doctor.findings import Finding, Severity
from refman.library.doctor.places import HEAD, Place, places
from refman.library.doctor.rules import READING, Rule, examine
from refman.library.doctor.subject import FIELD_OF, PARENTAL, Subject, inheritance, named_keys
from refman.library.sources import Source, format_named
from refman.model.entry import Entry
from refman.model.fields import biblatex_name
from refman.model.identifiers import identifiers
from refman.progress import Progress

# What only biblatex knows: there, a parent may stand before its children.
_ONLY_BIBLATEX = frozenset("journaltitle date location xdata related eprinttype langid".split())
_ONLY_BIBLATEX_TYPES = frozenset(
    "online thesis report collection mvbook mvcollection reference inreference periodical "
    "dataset software patent xdata set".split()
)

# Rules of which the reader speaks, too, and how both name a key.
_OF_KEYS = frozenset(("duplicate-key", "key-case", "dangling", "cycle"))
_QUOTED = re.compile("“([^”]*)”")


@dataclass(frozen=True)
class _Entry:
    """A row and what is known of its place in the file."""

    row: Row

    @cached_property
    def own(self) -> Entry:
        """The entry as it stands here, without what it has from others."""
        entry, from_others = self.row.entry, frozenset(self.row.inherited)
        if not from_others:
            return entry
        return replace(
            entry,
            title="" if "title" in from_others else entry.title,
            date="" if "date" in from_others else entry.date,
            abstract="" if "abstract" in from_others else entry.abstract,
            creators=tuple(one for one in entry.creators if one.role not in from_others),
            fields={n: value for n, value in entry.fields.items() if n not in from_others},
        )

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return tuple(places(self.row.raw_text, self.row.line))

    @cached_property
    def tex(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for place in self.places:
            if place.tex is not None:
                found.setdefault(biblatex_name(place.name), place.tex)
        return found

    def line_of(self, field: str) -> int:
        """The line of a field, else that of the entry."""
        wanted = {"date": ("date", "year", "month")}.get(field, (field,))
        lines = (one.line for one in self.places if biblatex_name(one.name) in wanted)
        return next(lines, self.row.line)

    @property
    def is_biblatex(self) -> bool:
        head = HEAD.match(self.row.raw_text)
        kind = head[1].lower() if head else ""
        return kind in _ONLY_BIBLATEX_TYPES or any(
            place.name in _ONLY_BIBLATEX for place in self.places
        )


def check(
    source: Source | Path, rules: tuple[Rule, ...], today: date, progress: Progress
) -> list[Finding]:
    """What `rules` find in a .bib file, by its lines. Raises ReadError and Cancelled."""
    name = source.as_posix() if isinstance(source, Path) else source.name
    page = Source.from_path(source) if isinstance(source, Path) else source
    reader = format_named("bibtex")
    found = reader.read(page.text, Context(page.as_of, progress))
    if not found.rows and not found.problems and not reader.score(page.text):
        raise ReadError(_("There is no BibTeX in “{name}”.").format(name=name))
    return _File(name, found, today).findings(rules, progress)


class _File:
    """All entries of a file, and what they know of each other."""

    def __init__(self, name: str, found: Found, today: date) -> None:
        self._name = name
        self._today = today
        self._problems = found.problems
        self._entries = [_Entry(row) for row in found.rows]
        self._spelt: dict[str, str] = {}
        self._by_key: dict[str, Entry] = {}
        self._line: dict[str, int] = {}
        self._parents: set[str] = set()
        self._owners: dict[tuple[str, str], list[int]] = {}
        for place, one in enumerate(self._entries):
            entry = one.own
            for key in (entry.citation_key, *one.row.aliases):
                self._spelt.setdefault(key, key)
                self._spelt.setdefault(key.casefold(), key)
                self._by_key.setdefault(key.casefold(), entry)
                self._line.setdefault(key.casefold(), one.row.line)
            for field in PARENTAL:
                parents = named_keys(entry.fields.get(field, ""))
                self._parents.update(key.casefold() for key in parents)
            for identifier in identifiers(entry):
                self._owners.setdefault(identifier, []).append(place)

    def findings(self, rules: tuple[Rule, ...], progress: Progress) -> list[Finding]:
        found: list[Finding] = []
        told: set[tuple[int, str]] = set()  # the lines of entries, and what was named there
        seen: dict[str, list[str]] = {}
        biblatex = any(one.is_biblatex for one in self._entries)
        progress.start(_("Checking papers"), len(self._entries))
        for place, one in enumerate(self._entries):
            known = seen.setdefault(one.own.citation_key.casefold(), [])
            subject = self._subject(place, tuple(dict.fromkeys(known)), biblatex=biblatex)
            known.append(one.own.citation_key)
            those = examine(subject, rules, file=self._name, line=one.line_of)
            found += those
            told.update(
                (line, name)
                for finding in those
                if finding.rule in _OF_KEYS
                for name in (one.own.citation_key, *_QUOTED.findall(finding.message))
                for line in (one.row.line, finding.line)
            )
            told.update(
                (finding.line, name)
                for finding in those
                if finding.rule == "name"
                for name in _QUOTED.findall(finding.message)
            )
            progress.advance()
        reading = next((rule for rule in rules if rule.name == READING), None)
        if reading:
            found += self._reading(reading, told)
        return sorted(found, key=lambda finding: finding.line)

    def _subject(self, place: int, clashes: tuple[str, ...], *, biblatex: bool) -> Subject:
        one = self._entries[place]
        entry = one.own
        inherited, in_cycle = inheritance(entry, lambda key: self._by_key.get(key.casefold()))
        parents = named_keys(entry.fields.get("crossref", ""))
        lines = [self._line.get(key.casefold(), one.row.line) for key in parents]
        return Subject(
            entry,
            self._today,
            tex=one.tex,
            inherited=inherited | frozenset(one.row.inherited),
            spelling=lambda key: self._spelt.get(key) or self._spelt.get(key.casefold(), ""),
            clashes=clashes if entry.citation_key else (),
            twins=tuple(self._twins(place)),
            is_parent=entry.citation_key.casefold() in self._parents,
            in_cycle=in_cycle,
            parent_before=not biblatex and min(lines, default=one.row.line) < one.row.line,
            in_file=True,
            for_biber=biblatex,
        )

    def _twins(self, place: int) -> Iterator[tuple[str, str, str]]:
        """The entries before this one with an identifier of its own."""
        for scheme, value in sorted(identifiers(self._entries[place].own)):
            first = self._owners[scheme, value][0]
            if first != place:
                other = self._entries[first].own.citation_key
                yield FIELD_OF.get(scheme, scheme), value, other

    def _reading(self, rule: Rule, told: set[tuple[int, str]]) -> Iterator[Finding]:
        """What the reader told, but for what the rules on keys say of the same place."""
        at_line = {one.row.line: one for one in self._entries}
        starts = sorted(at_line)
        for problem in self._problems:
            named = _QUOTED.findall(problem.message)
            if not any((problem.line, name) in told for name in named):
                yield self._told(rule, problem, at_line, starts)

    def _told(
        self, rule: Rule, problem: Problem, at_line: Mapping[int, _Entry], starts: list[int]
    ) -> Finding:
        before = bisect_right(starts, problem.line) - 1
        entry = Entry()
        if before >= 0 and not problem.failed:
            one = at_line[starts[before]]
            if problem.line <= one.row.line + one.row.raw_text.count("\n"):
                entry = one.own
        return Finding(
            rule=rule.name,
            severity=Severity.ERROR if problem.failed else rule.severity,
            message=problem.message,
            explanation=_(rule.explanation),
            key=entry.citation_key,
            title=entry.title,
            file=self._name,
            line=problem.line,
        )
