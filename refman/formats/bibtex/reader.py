"""BibTeX to entries: what `blocks` cuts, `entry_blocks` reads and `converting` puts into Unicode.

Every block of the file comes out: an entry as a Row, what stands between and what says nothing
of a paper as a Passage, and a Problem with its line for all that is not as it should be.
"""

import logging
import re
from collections.abc import Iterator

from refman.formats.bibtex.blocks import Block, Shape, blocks
from refman.formats.bibtex.converting import Made
from refman.formats.bibtex.entry_blocks import RawEntry, read_block, read_string
from refman.formats.bibtex.overview import Overview, overview
from refman.formats.bibtex.values import Macros
from refman.formats.format import Context, Found, Passage, Problem, Row
from refman.i18n import _
from refman.model.entry_types import ENTRY_TYPES, biblatex_type

_HEAD = re.compile(
    r"^[ \t]*(?P<percent>%?)[% \t]*(?P<at>@?)[ \t]*(?P<type>\w*)[ \t]*(?P<open>[{(]?)"
    r"(?P<key>[^\s,{}()=\"]*,)?",
    re.MULTILINE,
)
_IN_COMMENT = re.compile(
    r"(?P<at>@)[ \t\n]*+(?P<type>\w++)[ \t\n]*+[{(][ \t\n]*+[^\s{}(),=\"]++[ \t\n]*+,"
)
_EXCERPT = 2000  # characters of a block that a problem shows
_MOST_NAMES = 20  # of groups in one problem


def read(text: str, context: Context) -> Found:
    """Everything in a .bib file. Raises only Cancelled."""
    found = Found()
    for piece in pieces(text, context):
        if isinstance(piece, Row):
            found.rows.append(piece)
        elif isinstance(piece, Problem):
            found.problems.append(piece)
        else:
            found.passed_over.append(piece)
    found.problems.sort(key=lambda problem: problem.line)
    return found


def pieces(text: str, context: Context) -> Iterator[Row | Problem | Passage]:
    """Everything in a .bib file, block by block, what is wrong with an entry before its row.

    Nothing of a block is held once it has come out, but for its key and for the entries that
    others refer to. Raises only Cancelled: it is heard between any two blocks.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # bibtexparser writes every broken block to the log; here each becomes a Problem.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    yield from _Reader(text, context).pieces()


class _Reader:
    """One reading of one text: the names that @string defined so far, and the keys."""

    def __init__(self, text: str, context: Context) -> None:
        self._text = text
        self._progress = context.progress
        self._macros = Macros()
        self._keys: dict[str, int] = {}

    def pieces(self) -> Iterator[Row | Problem | Passage]:
        self._progress.start(_("Reading BibTeX"), len(self._text))
        known = overview(self._text, self._progress)
        place = 0
        for block in blocks(self._text):
            self._progress.advance(block.end - place)
            place = block.end
            if block.shape is Shape.ENTRY:
                yield from self._entry(block, known)
            elif block.shape is Shape.STRING:
                for line, message in read_string(self._text, block, self._macros):
                    yield _remark(line, self._source(block), message)
            else:
                source = self._source(block)
                yield Passage(block.line, source)
                yield from _hidden(block, source)
                yield from self._searches(block, known)

    def _source(self, block: Block) -> str:
        return self._text[block.start : block.end].rstrip()

    def _entry(self, block: Block, known: Overview) -> Iterator[Row | Problem]:
        raw = read_block(self._text, block, self._macros)
        source = self._source(block)
        if not raw.fields and not raw.key:
            message = _("Nothing in this block can be read.")
            yield Problem(block.line, source[:_EXCERPT], message)
            return
        made = Made(block.type, raw)
        entry, inherited, dangling = known.family.complete(made.entry)
        told = [*raw.remarks, *self._unknown(raw), *self._about_key(block, raw.key), *made.remarks]
        line = made.lines.get("crossref" if "crossref" in made.lines else "xdata", block.line)
        told += [(line, message) for message in dangling]
        for line, message in told:
            yield _remark(line, source, message)
        is_arxiv = entry.fields.get("eprinttype") == "arxiv"
        category = entry.fields.get("eprintclass") if is_arxiv else None
        in_groups = [known.groups.paths.get(name, name) for name in made.groups]
        in_groups += known.groups.members.get(raw.key.casefold(), ())
        yield Row(
            entry=entry,
            line=block.line,
            raw_text=source,
            category=category,
            category_label=category,
            year_given=True if entry.date else None,
            status=made.status,
            rating=made.rating,
            collections=tuple(dict.fromkeys(in_groups)),
            attachments=tuple(made.attachments),
            aliases=made.aliases,
            inherited=inherited,
        )

    def _searches(self, block: Block, known: Overview) -> Iterator[Problem]:
        """The groups of JabRef in a comment that no collection can be."""
        if names := known.groups.searches.get(block.body):
            shown = ", ".join(f"“{name}”" for name in names[:_MOST_NAMES])
            message = _("Groups of JabRef that are searches are left out: {names}.")
            yield _remark(block.line, self._source(block), message.format(names=shown))

    def _unknown(self, raw: RawEntry) -> Iterator[tuple[int, str]]:
        for name, line in raw.unknown.items():
            message = _("No @string says what “{name}” stands for; it is taken as it is.")
            yield line, message.format(name=name)

    def _about_key(self, block: Block, key: str) -> Iterator[tuple[int, str]]:
        if not key:
            yield block.line, _("This entry has no citation key; it gets one.")
            return
        first = self._keys.get(key.lower())
        if first is None:
            self._keys[key.lower()] = block.line
        else:
            message = _("The citation key “{key}” stands in line {line} too; both are kept.")
            yield block.line, message.format(key=key, line=first)


def _remark(line: int, source: str, message: str) -> Problem:
    return Problem(line, source[:_EXCERPT], message, failed=False)


def _hidden(block: Block, source: str) -> Iterator[Problem]:
    """What looks like an entry in a text between blocks or in a comment, and is none."""
    line, seen = block.line, 0
    heads = _IN_COMMENT if block.shape is Shape.COMMENT else _HEAD
    for head in heads.finditer(source) if block.shape is not Shape.PREAMBLE else ():
        message, failed = _about_head(block.shape, head)
        if message:
            line += source.count("\n", seen, head.start())
            seen = head.start()
            end = source.find("\n", seen)
            shown = source[seen : end if end >= 0 else len(source)][:_EXCERPT]
            yield Problem(line, shown, message, failed)


def _about_head(shape: Shape, head: "re.Match[str]") -> tuple[str, bool]:
    """What is to be said of what looks like a head, '' for nothing, and whether it failed."""
    is_known = biblatex_type(head["type"])[0] in ENTRY_TYPES
    if is_known and shape is Shape.COMMENT:
        return _("This entry stands in a @comment, and is left out with it."), False
    if shape is Shape.COMMENT:
        return "", False
    if is_known and head["at"] and head["percent"]:
        return _("This entry is behind a %, and is left out as a comment."), False
    if head["percent"]:
        return "", False
    if head["at"] and head["open"] and not head["type"]:
        return _("The type of this entry is missing after its @."), True
    if is_known and head["at"] and not head["open"]:
        return _("After the type of this entry an opening brace is missing."), True
    if head["type"].lower() == "string" and head["at"] and not head["open"]:
        return _("After this @string an opening brace is missing."), False
    if is_known and head["open"] and head["key"] and not head["at"]:
        return _("Before the type of this entry an @ is missing."), True
    return "", False
