"""RIS: tagged references, as Zotero, EndNote, Mendeley, Web of Science, Scopus and publishers
write them.

    file   = {record}
    record = "TY  - " type {field} "ER  - "
    field  = tag "  - " value {line without a tag}

rispy takes the tags of a record apart and writes them; beside it stand the cutting of a file
into records with their lines, blanks that are missing around a dash, a missing TY or ER, values
of several lines, and what the tags mean (`ris_tags`). What RIS has no tag for is written in
lines of M2, which Zotero takes for its Extra: nothing but the TeX source of a field is lost.
Source of the tags: "RIS Format Specifications", Research Information Systems, 2011.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from refman.formats.format import Context, Format, Found, Passage, Problem, Row
from refman.formats.ris_fields import made_of
from refman.formats.ris_tags import KEPT, PLAIN, TYPES, TagList, grouped
from refman.formats.ris_written import tags_of
from refman.i18n import _
from refman.model.entry import Entry

_STRICT = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|$)", re.DOTALL)
_LOOSE = re.compile(
    r"[ \t\ufeff]*([A-Z][A-Z0-9])(?:[ \t]{1,6}-(?:[ \t]+|$)|  -(?=\S))(.*)", re.DOTALL
)
_TIGHT = re.compile(r"[ \t\ufeff]*(TY[ \t]*-[ \t]*(?=[A-Z]{3,7}\s*$)|ER[ \t]*-?[ \t]*$)(.*)")
_KNOWN = frozenset(
    (*PLAIN, *KEPT, "TY", "ER", "ID", "TI", "T1", "T2", "T3", "BT", "CT", "AU", "A1", "A2", "A3",
     "A4", "ED", "TA", "JF", "JO", "JA", "J1", "J2", "PY", "Y1", "Y2", "DA", "IS", "CP", "VO",
     "SP", "EP", "PB", "PP", "SN", "AB", "N1", "N2", "KW", "L1", "L2", "L3", "L4", "LK", "M2")
)  # fmt: skip
_SIGN = re.compile(r"^[ \t\ufeff]*TY[ \t]{0,4}-[ \t]*[A-Z]{3,7}[ \t]*$", re.MULTILINE)
_TAGGED = re.compile(r"^[ \t]*[A-Z][A-Z0-9][ \t]{1,4}-(?:[ \t]|$)", re.MULTILINE)
_MANY = frozenset(("AU", "A1", "A2", "A3", "A4", "ED", "KW", "N1", "M2", "UR", "L1", "L2", "AD"))
_TEXTS = frozenset(("AB", "N2", "RN", "CA"))
_WRAPPED = 130  # characters of the longest line of a text that a program broke
_EXCERPT = 2000  # characters of a record that a problem shows


class Ris(Format):
    name: ClassVar[str] = "ris"
    label: ClassVar[str] = "RIS"
    extensions: ClassVar[tuple[str, ...]] = (".ris",)
    writes: ClassVar[bool] = True

    def score(self, text: str) -> int:
        if not _SIGN.search(text):
            return 0
        return 95 if len(_TAGGED.findall(text)) >= 3 else 60

    def read(self, text: str, context: Context) -> Found:
        return _Reader(text, context).read()

    def write(self, entries: Iterable[Entry], options: Mapping[str, Any]) -> Iterator[str]:
        from rispy.writer import RisWriter

        for entry in entries:
            code, tags = tags_of(entry, _shaped)
            values = grouped(tags)
            names = {tag: tag.lower() for tag in values} | {"TY": "type_of_reference"}
            writer = RisWriter(mapping=names, list_tags=list(values), delimiter_tags_mapping={})
            writer.set_header = lambda _count: ""  # numbers between the records are no RIS
            record = {names[tag]: found for tag, found in values.items()}
            yield writer.formats([{"type_of_reference": code, **record}]) + "\n"


@dataclass(slots=True)
class _Record:
    """The lines of one record from its first: each tag with its lines."""

    line: int
    first: int
    fields: list[tuple[str, list[str]]] = field(default_factory=list)
    has_type: bool = True


class _Reader:
    def __init__(self, text: str, context: Context) -> None:
        self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._progress = context.progress
        self._found = Found()
        self._record: _Record | None = None

    def read(self) -> Found:
        self._progress.start(_("Reading RIS"), len(self._lines))
        for i, line in enumerate(self._lines):
            self._progress.advance()
            tag, value = tag_of(line)
            if tag == "TY":
                self._finish(i, has_end=False)
                self._record = _Record(i + 1, i, [("TY", [value])])
            elif tag == "ER":
                self._finish(i + 1, has_end=True)
            elif tag:
                if self._record is None:
                    self._record = _Record(i + 1, i, has_type=False)
                self._record.fields.append((tag, [value]))
            elif self._record is not None and self._record.fields:
                self._record.fields[-1][1].append(line.strip())
            elif line.strip():
                self._found.passed_over.append(Passage(i + 1, line))
        self._finish(len(self._lines), has_end=False)
        return self._found

    def _finish(self, end: int, *, has_end: bool) -> None:
        record, self._record = self._record, None
        if record is None:
            return
        source = "\n".join(self._lines[record.first : end]).rstrip()
        values = _split_by_rispy(record)
        code = "".join(values.pop("TY", ""))
        made = made_of(code, {tag: found for tag, found in values.items() if found})
        entry = made.entry
        shown = source[:_EXCERPT]
        if not entry.title and not entry.creators and not entry.abstract:
            message = _("This record has no title, no authors and no abstract.")
            self._found.problems.append(Problem(record.line, shown, message))
            return
        if not record.has_type:
            self._tell(record.line, shown, _("This record has no type (TY)."))
        elif code.strip().upper() not in TYPES:
            message = _("“{type}” is no type of RIS.").format(type=code.strip()[:40])
            self._tell(record.line, shown, message)
        if not has_end:
            self._tell(record.line, shown, _("The end of this record (ER) is missing."))
        self._found.rows.append(
            Row(
                entry=entry,
                line=record.line,
                raw_text=source,
                year_given=True if entry.date else None,
                review=() if entry.title else (_("No title was found."),),
                notes=made.notes,
                attachments=made.attachments,
                aliases=made.aliases,
            )
        )

    def _tell(self, line: int, text: str, message: str) -> None:
        self._found.problems.append(Problem(line, text, message, failed=False))


def tag_of(line: str) -> tuple[str, str]:
    """The tag that opens `line` and what follows it; ('', '') for a line without one."""
    found = _STRICT.match(line)
    if found:
        return found[1], found[2] or ""
    if len(line) > 2 and (found := _LOOSE.match(line)) and found[1] in _KNOWN:
        return found[1], found[2]
    found = _TIGHT.match(line)
    return (found[1][:2], found[2]) if found else ("", "")


def _split_by_rispy(record: _Record) -> dict[str, list[str]]:
    """The values of each tag of a record."""
    from rispy.parser import RisParser

    tags = {tag: tag for tag, _lines in record.fields}
    parser = RisParser(
        mapping={**tags, "TY": "TY", "ER": "ER", "UK": "UK"},
        list_tags=list(tags),
        delimiter_tags_mapping={},
    )
    lines = [f"{tag}  - {_value(tag, parts)}" for tag, parts in record.fields]
    if not record.has_type:
        lines.insert(0, "TY  - ")
    found = parser.parse_lines(iter([*lines, "ER  - "]))
    return dict(found[0]) if found else {}


def _value(tag: str, lines: list[str]) -> str:
    """The value of a field of several lines: one, or as many as the tag can have."""
    while lines and not lines[-1]:
        lines.pop()
    if len(lines) < 2:
        return "".join(lines)
    if tag in _TEXTS:
        return _joined(lines)
    return ("\n" if tag in _MANY else " ").join(lines)


def _joined(lines: list[str]) -> str:
    """A text whose lines a program broke, as one; other line ends and blank lines stay."""
    if "" in lines:
        cut = lines.index("")
        after = next((i for i in range(cut, len(lines)) if lines[i]), len(lines))
        return _joined(lines[:cut]) + "\n\n" + _joined(lines[after:])
    longest = max(map(len, lines), default=0)
    broken = longest <= _WRAPPED and all(len(line) > longest * 0.6 for line in lines[:-1])
    return (" " if broken else "\n").join(lines)


def _shaped(tags: TagList) -> TagList:
    """Texts in their lines where they come back as they are, else in one."""
    return [(tag, _paragraphs(value) if "\n" in value else value) for tag, value in tags]


def _paragraphs(text: str) -> str:
    """`text` in its lines where they come back as they are, else in one."""
    lines = text.split("\n")
    if _joined(lines) == text and not any(tag_of(line)[0] for line in lines):
        return text
    return " ".join(filter(None, lines))
