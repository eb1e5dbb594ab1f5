"""BibTeX to entries, through bibtexparser; what it cannot read is read another way or told.

bibtexparser 2.1 gets one block at a time, under a plain head: so it cannot take a broken
block for the rest of the file, a type with a hyphen or a line break for a comment, or drop
a second entry with the same key. What it makes of a block counts only if every field is a
name and a whole value (it merges two between which a comma is missing); otherwise, and
where it fails, `salvage` reads the block.
"""

import logging
import re
from collections.abc import Iterator
from typing import NamedTuple

from refman.formats import latex
from refman.formats.bibtex import salvage
from refman.formats.bibtex.blocks import Block, Shape, blocks
from refman.formats.bibtex.dates import to_date
from refman.formats.bibtex.names import has_too_many_commas, read_names
from refman.formats.bibtex.titles import read_title
from refman.formats.bibtex.values import Macros
from refman.formats.format import Context, Found, Passage, Problem, Row
from refman.i18n import _
from refman.model.creator import ROLES, Creator
from refman.model.entry import Entry
from refman.model.entry_types import ENTRY_TYPES, biblatex_type
from refman.model.fields import Kind, biblatex_name, kind_of
from refman.model.identifiers import normal_arxiv

_DATE_FIELDS = frozenset(("year", "month", "day", "date"))
_OWN = frozenset(("groups", "readstatus", "read", "ranking", "rating"))  # JabRef, BibDesk, Zotero
_STATUSES = {
    "read": "read", "true": "read", "yes": "read", "1": "read", "skimmed": "reading",
    "in progress": "reading", "reading": "reading", "to read": "to-read", "to-read": "to-read",
    "toread": "to-read", "queued": "to-read", "new": "inbox", "unread": "inbox",
    "inbox": "inbox", "not reading": "dropped", "dropped": "dropped",
}  # fmt: skip
_BLANKS = re.compile(r"[ \t\n\f\v\r]{2,}|[\t\n\f\v\r]")  # all but a single blank
_PARAGRAPH = re.compile(r"\s*\n[ \t]*\n\s*|\s*\\par(?![A-Za-z])\s*")
_RANGE = re.compile(r"(?<=\d)\s*(?:--?|–)\s*(?=\d)")
_URL_MACRO = re.compile(r"\\url\s*\{(.*)\}|<(.*)>", re.DOTALL)
_URL_ESCAPE = re.compile(r"\{?\\(?:([_%&#~$])|textasciitilde(?:\{\})?)\}?(?:\{\})?")
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)(?=10\.)", re.IGNORECASE)
_ARXIV_PREFIX = re.compile(r"\s*arxiv:\s*", re.IGNORECASE)
_KEYWORDS = re.compile(r"[{}]|[,;]")
_GROUP_LIST = re.compile(r"[^{}\\]+")
_BARE_HEAD = re.compile(r"^[ \t]*@[ \t]*(\w+)", re.MULTILINE)
_FIELD_NAME = re.compile(r"[^\s{}(),=\"#%'@\\~]+")
_KEY = re.compile(r"[^\s,{}\"]+")
_EXCERPT = 2000  # characters of a block that a problem shows


class _Field(NamedTuple):
    name: str  # as in the file, in lower case
    tex: str
    line: int


def read(text: str, context: Context) -> Found:
    """Everything in a .bib file. Raises only Cancelled, between two blocks."""
    return _Reader(text.replace("\r\n", "\n").replace("\r", "\n"), context).read()


class _Reader:
    """One reading of one text: the names that @string defined so far, and the keys."""

    def __init__(self, text: str, context: Context) -> None:
        self._text = text
        self._progress = context.progress
        self._macros = Macros()
        self._keys: dict[str, int] = {}
        self._found = Found()

    def read(self) -> Found:
        # bibtexparser writes every broken block to the log; here each becomes a Problem.
        logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
        self._progress.start(_("Reading BibTeX"), len(self._text))
        place = 0
        for block in blocks(self._text):
            self._progress.advance(block.end - place)
            place = block.end
            self._take(block)
        self._found.problems.sort(key=lambda problem: problem.line)
        return self._found

    def _take(self, block: Block) -> None:
        if block.shape is Shape.ENTRY:
            self._take_entry(block)
        elif block.shape is Shape.STRING:
            self._take_string(block)
        else:
            self._found.passed_over.append(Passage(block.line, self._raw(block).rstrip()))
            if block.shape is Shape.TEXT:
                self._tell_bare_heads(block)

    def _raw(self, block: Block) -> str:
        return self._text[block.start : block.end]

    def _body(self, block: Block) -> str:
        return self._text[block.body : block.end - block.closed]

    def _tell_bare_heads(self, block: Block) -> None:
        text = self._raw(block)
        for head in _BARE_HEAD.finditer(text):
            if biblatex_type(head[1])[0] in ENTRY_TYPES:
                line = block.line + text.count("\n", 0, head.start())
                end = text.find("\n", head.end())
                shown = text[head.start() : end if end >= 0 else len(text)]
                message = _("After the type of this entry an opening brace is missing.")
                self._tell(line, shown, message, failed=True)

    def _tell(self, line: int, text: str, message: str, *, failed: bool = False) -> None:
        self._found.problems.append(Problem(line, text[:_EXCERPT], message, failed))

    # ------------------------------------------------------------------------- @string

    def _take_string(self, block: Block) -> None:
        fields = salvage.fields(self._body(block))
        if len(fields) != 1 or not self._macros.define(fields[0].name, fields[0].raw):
            message = _("This abbreviation cannot be read: its name stays where it is used.")
            self._tell(block.line, self._raw(block), message)

    # -------------------------------------------------------------------------- entries

    def _take_entry(self, block: Block) -> None:
        unknown: dict[str, int] = {}
        remarks: list[tuple[int, str]] = []
        split = self._split(block, unknown) if block.closed else None
        if split is None:
            key, raws, remarks = salvage.entry(self._body(block), block.line, closed=block.closed)
            split = key, [self._salvaged(raw, unknown) for raw in raws]
        key, fields = split
        source = self._raw(block).rstrip()
        shown = source[:_EXCERPT]
        if not fields and not key:
            self._tell(block.line, shown, _("Nothing in this block can be read."), failed=True)
            return
        for line, message in remarks:
            self._tell(line, shown, message)
        for name, line in unknown.items():
            message = _("No @string says what “{name}” stands for; it is taken as it is.")
            self._tell(line, shown, message.format(name=name))
        self._tell_key(block, shown, key)
        self._found.rows.append(self._row(block, source, key, fields))

    def _salvaged(self, raw: salvage.RawField, unknown: dict[str, int]) -> _Field:
        tex = self._macros.evaluate(raw.raw, unknown, raw.line)
        return _Field(raw.name.lower(), raw.raw.strip('{" ') if tex is None else tex, raw.line)

    def _split(self, block: Block, unknown: dict[str, int]) -> tuple[str, list[_Field]] | None:
        """The key and the fields as bibtexparser sees them, None if they are not to be trusted."""
        from bibtexparser.model import DuplicateFieldKeyBlock
        from bibtexparser.model import Entry as Parsed
        from bibtexparser.splitter import Splitter

        source = "@entry" + self._text[block.body - 1 : block.end]
        parsed = Splitter(source).split().blocks
        found = parsed[0] if len(parsed) == 1 else None
        if isinstance(found, DuplicateFieldKeyBlock):
            found = found.ignore_error_block
        if not isinstance(found, Parsed) or not _KEY.fullmatch(found.key):
            return None
        fields = []
        for field in found.fields:
            line = block.line + field.start_line
            tex = self._macros.evaluate(field.value, unknown, line)
            if tex is None or not _FIELD_NAME.fullmatch(field.key):
                return None
            fields.append(_Field(field.key.lower(), tex, line))
        return found.key, fields

    def _tell_key(self, block: Block, shown: str, key: str) -> None:
        if not key:
            self._tell(block.line, shown, _("This entry has no citation key; it gets one."))
        elif key.lower() in self._keys:
            message = _("The citation key “{key}” stands in line {line} too; both are kept.")
            self._tell(block.line, shown, message.format(key=key, line=self._keys[key.lower()]))
        else:
            self._keys[key.lower()] = block.line

    def _row(self, block: Block, source: str, key: str, fields: list[_Field]) -> Row:
        kind, implied = biblatex_type(block.type)
        made = _Made(self._found, source)
        for field in fields:
            made.take(field)
        entry, own = made.entry(kind, implied, key), made.own
        is_arxiv = entry.fields.get("eprinttype") == "arxiv"
        category = entry.fields.get("eprintclass") if is_arxiv else None
        return Row(
            entry=entry,
            line=block.line,
            raw_text=source,
            category=category,
            category_label=category,
            year_given=True if entry.date else None,
            status=own.status,
            rating=own.rating,
            collections=own.collections,
        )


class _Own:
    """What a file says of the reader's own affairs: status, stars, collections."""

    def __init__(self) -> None:
        self.status: str | None = None
        self.rating: int | None = None
        self.collections: tuple[str, ...] = ()

    def take(self, name: str, tex: str) -> bool:
        """Whether the field was understood; otherwise it stays a field."""
        value = tex.strip().lower()
        if name == "groups":
            if not _GROUP_LIST.fullmatch(tex):
                return False
            self.collections = tuple(dict.fromkeys(filter(None, map(str.strip, tex.split(",")))))
            return True
        if name in {"readstatus", "read"}:
            self.status = _STATUSES.get(value, self.status)
            return value in _STATUSES
        stars = value.removeprefix("rank")
        if stars in {"0", "1", "2", "3", "4", "5"}:
            self.rating = int(stars)
            return True
        return False


class _Made:
    """An entry in the making: takes one field after the other."""

    def __init__(self, found: Found, source: str) -> None:
        self._found = found
        self._shown = source[:_EXCERPT]
        self._fields: dict[str, str] = {}
        self._dates: dict[str, str] = {}
        self._creators: dict[str, tuple[Creator, ...]] = {}
        self._truncated: dict[str, bool] = {}
        self._keywords: list[str] = []
        self._counts: dict[str, int] = {}  # how often each name was met
        self.own = _Own()

    def take(self, field: _Field) -> None:
        """Take one field. The first of a name counts, as in bibtex; a later one is kept too."""
        name = biblatex_name(field.name)
        if name in _OWN and self.own.take(name, field.tex):
            return
        self._counts[name] = self._counts.get(name, 0) + 1
        if self._counts[name] > 1 and name != "keywords":
            self._take_again(name, field)
        elif name in ROLES:
            self._take_names(name, field)
        elif name in _DATE_FIELDS:
            line = _line(field.tex)  # in `date` a "~" is no blank but "about"
            self._dates[name] = line if name == "date" else _short(line)
        elif name == "keywords":
            self._keywords += _keywords(field.tex)
        elif value := _value(name, field.tex):
            self._fields[name] = value

    def _take_again(self, name: str, field: _Field) -> None:
        other = f"{name}-{self._counts[name]}"
        self._fields.setdefault(other, _line(field.tex))
        message = _("The field “{name}” stands here twice; the second is kept as “{other}”.")
        self._remark(field, message.format(name=field.name, other=other))

    def _remark(self, field: _Field, message: str) -> None:
        self._found.problems.append(Problem(field.line, self._shown, message, failed=False))

    def _take_names(self, role: str, field: _Field) -> None:
        self._creators[role], self._truncated[role] = read_names(field.tex, role)
        if has_too_many_commas(field.tex):
            self._remark(field, _("A name has more than two commas: “and” belongs between names."))

    def entry(self, kind: str, implied_type: str, key: str) -> Entry:
        """The entry that the fields make."""
        date, undated = to_date(self._dates)
        fields = {**self._fields, **undated}
        if implied_type:
            fields.setdefault("type", implied_type)
        _settle_archive(fields)
        creators: list[Creator] = []
        first = next((role for role in ROLES if self._creators.get(role)), "")
        for role in ROLES:
            creators += self._creators.get(role, ())
            if role != first and self._truncated.get(role):
                creators.append(Creator(literal="others", role=role))
        title, abstract = fields.pop("title", ""), fields.pop("abstract", "")
        return Entry(
            entry_type=kind,
            citation_key=key,
            title=title,
            creators=tuple(creators),
            creators_truncated=self._truncated.get(first, False),
            date=date,
            abstract=abstract,
            fields=fields,
            keywords=tuple(dict.fromkeys(self._keywords)),
        )


def _settle_archive(fields: dict[str, str]) -> None:
    """`arXiv` is `arxiv` to BibLaTeX, and an id that can be nobody else's needs no name."""
    archive = fields.get("eprinttype", "")
    arxiv = normal_arxiv(fields.get("eprint", "")) if archive.lower() in ("", "arxiv") else None
    if arxiv or archive.lower() == "arxiv":
        fields["eprinttype"] = "arxiv"
    if arxiv:
        fields["eprint"] = _ARXIV_PREFIX.sub("", fields["eprint"])


def _value(name: str, tex: str) -> str:
    """What a field says, in Unicode, as its kind wants it."""
    kind = kind_of(name)
    if name == "abstract":
        text = latex.unwrapped(tex.strip())
        parted = _PARAGRAPH.split(text) if "\n" in text or "\\par" in text else [text]
        pieces = [_line(piece) for piece in parted]
        return "\n\n".join(filter(None, map(latex.to_unicode, pieces)))
    if kind is Kind.TEXT:
        return latex.to_unicode(latex.unwrapped(tex.strip())).strip()
    line = _line(tex)
    if kind is Kind.TITLE:
        return _line(read_title(line))
    if kind is Kind.URI or name == "doi":
        return _uri(line)
    if kind in {Kind.VERBATIM, Kind.KEYS, Kind.DATE}:
        return line
    if kind is Kind.LIST and re.search(r"\{[^{}]* and [^{}]*\}", line):
        return latex.to_unicode(line)
    if kind is Kind.NAMES:
        return latex.to_unicode(line)
    text = _short(line)
    return _RANGE.sub("–", text) if kind is Kind.RANGE else text


def _short(tex: str) -> str:
    """A text in which braces have nothing to protect."""
    return _line(latex.to_unicode(tex, groups=False))


def _line(tex: str) -> str:
    return _BLANKS.sub(" ", tex).strip(" ")


def _uri(text: str) -> str:
    wrapped = _URL_MACRO.fullmatch(text)
    if wrapped:
        text = (wrapped[1] or wrapped[2] or "").strip()
    if "\\" in text:
        text = _URL_ESCAPE.sub(lambda found: found[1] or "~", text)
    return _DOI_PREFIX.sub("", text) if _DOI_PREFIX.match(text) else text


def _keywords(tex: str) -> Iterator[str]:
    depth = start = 0
    for mark in [*_KEYWORDS.finditer(tex), None]:
        if mark and mark[0] in "{}":
            depth = max(depth + (1 if mark[0] == "{" else -1), 0)
        elif not mark or not depth:
            end = mark.start() if mark else len(tex)
            keyword = _short(latex.unwrapped(_line(tex[start:end])))
            if keyword:
                yield keyword
            start = mark.end() if mark else end
