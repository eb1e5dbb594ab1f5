"""Reading a page and finding out what of it is known: all of an import but the writing.

Nothing is changed here, and nothing read but the library. Of a great page only small things are
in memory: what rows are found and matched by.
"""

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from refman.db import schema
from refman.db.bulk import AMONG, rows_among
from refman.errors import ReadError
from refman.formats import detect
from refman.formats.format import Context, Format, Header, Passage, Problem, Row
from refman.formats.markup import Page
from refman.i18n import _
from refman.library import distinct, known_names, recipes
from refman.library.distinct import NOTHING_SAID, said_by_row
from refman.library.evidence import Evidence
from refman.library.families import Family, Sketches, chosen, families
from refman.library.grouping import Group, Groups, Placed
from refman.library.pages import same_page
from refman.library.records import called
from refman.library.report import MERGED, SKIPPED, UNCHANGED, Records
from refman.library.rows import KEPT, PIECE, Rows
from refman.library.sources import Source, format_named
from refman.library.storing import batches, load
from refman.model.text import fold, hash64, squeeze
from refman.progress import Progress

_REMARKS = 1_000  # on rows that were read; of those after them only the start is shown
_EXCERPT = 80  # characters

_s = schema.sighting.c
_SAME_ROWS = select(_s.raw_hash, _s.entry, _s.raw_text).where(
    _s.raw_hash.in_(AMONG), _s.entry.is_not(None)
)

DOUBTS = 10  # papers that a row may be as well, the likelier first, of which it is told


@dataclass(slots=True)
class PageRead:
    """A page and the rows that a format found in it, at least one, read or not."""

    source: Source
    format: Format
    header: Header = field(default_factory=Header)
    rows: Rows = field(default_factory=Rows)
    problems: list[Problem] = field(default_factory=list)
    passed_over: list[Passage] = field(default_factory=list)
    # Of each row:
    sketches: Sketches = field(default_factory=Sketches)
    hashes: "array[int]" = field(default_factory=lambda: array("q"))  # of the raw text
    lines: "array[int]" = field(default_factory=lambda: array("q"))
    # Of some:
    doubts: dict[int, tuple[str, ...]] = field(default_factory=dict)
    is_uncertain: bool = False  # where a title ends, in a row at least
    infers_years: bool = False

    @property
    def name(self) -> str:
        """What the page is called: its file, or its kind."""
        return self.source.name or self.format.label

    @property
    def count(self) -> int:
        """Rows seen, read or not."""
        return len(self.rows) + sum(problem.failed for problem in self.problems)

    def take(self, piece: Header | Row | Problem | Passage) -> None:
        """Take the next thing that the format found."""
        if isinstance(piece, Row):
            if piece.review:
                self.doubts[len(self.rows)] = piece.review
            self.rows.append(piece)
            self.sketches.add(piece.entry)
            self.hashes.append(hash64(fold(piece.raw_text)))
            self.lines.append(piece.line)
            self.is_uncertain |= piece.confidence is not None
            self.infers_years |= piece.year_given is False
        elif isinstance(piece, Problem):
            if not piece.failed and len(self.problems) >= _REMARKS:
                piece = Problem(piece.line, piece.text[:_EXCERPT], piece.message, failed=False)
            self.problems.append(piece)
        elif isinstance(piece, Passage):
            self.passed_over.append(piece)
        else:
            self.header = piece


@dataclass(slots=True)
class Plan:
    """A page that was matched: what is to be written for it."""

    page: PageRead
    records: Records  # of the rows with their doubts as the library sees them
    known: dict[int, int]  # the papers of unchanged rows, by position
    same_source: bool
    left_out: set[int] = field(default_factory=set)  # rows that a person left out
    # By position, of rows that have something in common with others; any other is a new paper.
    groups: dict[int, Group] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether this very page is in the library, with every row of it."""
        return self.same_source and len(self.known) + len(self.left_out) == len(self.page.rows)


# --- reading ----------------------------------------------------------------------------


def read_page(source: Source, format_name: str | None, progress: Progress) -> PageRead:
    """The rows of a page, read as `format_name`, or as what it looks like.

    Raises ReadError where it has no row, UsageError where there is no such format, Cancelled.
    """
    source = source.whole(progress)
    text = source.text
    format_ = _format_of(source, text, format_name)
    progress.start(_("Reading {name}").format(name=source.name or format_.label))
    page = PageRead(source, format_, rows=Rows(kept=KEPT if len(text) < KEPT else 0))
    wanted = Page(text, source.markup).wanted_by(format_)
    pieces = format_.pieces(wanted, Context(source.as_of, progress))
    del text, wanted  # of a great text the reader should hold the only copy
    for piece in pieces:
        page.take(piece)
    page.problems.extend(source.problems)
    page.problems.sort(key=lambda problem: problem.line)
    page.problems.extend(recipes.problems())
    if not page.count:
        raise ReadError(_no_row(page))
    return page


def _format_of(source: Source, text: str, name: str | None) -> Format:
    if name is not None:
        return format_named(name)
    format_ = detect(text, source.name, source.markup, recipes.recipes())
    if format_ is None and source.name.casefold().endswith((".bib", ".bibtex")):
        return format_named("bibtex")  # which tells what is wrong in each block
    if format_ is None:
        raise ReadError(
            _(
                "{name} is of no known shape: copy the rows of the page together with their "
                "titles and names, or say what it is with a format (see “refman formats”)."
            ).format(name=_quoted(source))
        )
    return format_


def _no_row(page: PageRead) -> str:
    source, format_ = page.source, page.format
    if format_.name == "bibtex":
        sentence = _(
            "There is no entry in {name}, read as BibTeX: an entry begins like “@article{{key,”; "
            "@string, @preamble and @comment are none."
        ).format(name=_quoted(source))
        told = [
            _("Line {line}: {message}").format(line=one.line, message=one.message)
            for one in page.problems[:1]
        ]
        return " ".join((sentence, *told))
    return _(
        "There is no row in {name}, read as {format}: copy the whole list, from the first "
        "paper's first line on."
    ).format(name=_quoted(source), format=format_.label)


def _quoted(source: Source) -> str:
    return f"“{source.name}”" if source.name else _("The text")


def make_plan(
    connection: Connection | None, page: PageRead, progress: Progress, *, anew: bool = False
) -> Plan:
    """Match the rows of a page with each other and, if there is a library, with its papers.

    With `anew` no row counts as seen before. Raises Cancelled.
    """
    rows = page.rows
    before = _Before() if connection is None or anew else _seen_before(connection, page, progress)
    known, left_out = before.known, before.left_out
    new = [i for i in range(len(rows)) if i not in known and i not in left_out]
    progress.start(_("Matching {name}").format(name=page.name), len(new))
    judged: Sequence[Row] = rows
    if page.is_uncertain:
        judged = known_names.judge(connection, rows)
        doubts = {i: row.review for i, row in enumerate(judged) if row.review}
    else:
        doubts = page.doubts
    plan = Plan(page, Records(judged), known, before.same_source, left_out)
    plan.records.reviews.update(doubts)
    unchanged = (unchanged_reason(),)
    for i, entry_id in known.items():
        plan.records.set_outcome(i, UNCHANGED)
        plan.records.set_entry_id(i, entry_id)
        plan.records.matched_by[i] = unchanged
        plan.records.reviews.pop(i, None)
    for i in left_out:
        plan.records.set_outcome(i, SKIPPED)
        plan.records.matched_by[i] = (left_out_reason(),)
        plan.records.reviews.pop(i, None)
    related, common = families(connection, page.sketches, new, progress)
    progress.advance(len(new) - sum(len(family.rows) for family in related))
    for some in chosen(related, PIECE):
        _place(connection, plan, some, common, progress)
    return plan


def _place(
    connection: Connection | None,
    plan: Plan,
    some: Sequence[Family],
    common: frozenset[int],
    progress: Progress,
) -> None:
    """Settle what the rows of families are: compare them with those of their family."""
    ids = [entry_id for family in some for entry_id in family.papers]
    entries = load(connection, ids) if connection is not None and ids else {}
    pairs = distinct.pairs_of(connection, ids) if connection is not None else []
    apart = distinct.known(connection) if connection is not None else {}
    said = distinct.said_by(connection, ids, entries) if connection is not None and apart else {}
    rows = [i for family in some for i in family.rows]
    before = _word_for_word(connection, plan.page, rows, ids) if connection is not None else {}
    for family in some:
        groups = Groups(pairs, common, apart)
        for entry_id in family.papers:
            if entry_id in entries:
                groups.add_known(entry_id, entries[entry_id], said.get(entry_id, NOTHING_SAID))
        evidence: dict[int, Evidence] = {}
        placed: dict[int, Placed] = {}
        for i in family.rows:
            prints = plan.page.sketches.fingerprint(i)
            entry = plan.page.rows[i].entry
            evidence[i] = Evidence(entry, prints)
            own = said_by_row(entry, plan.page.hashes[i]) if apart else NOTHING_SAID
            placed[i] = groups.place(i, evidence[i], own, before.get(i, frozenset()))
            progress.advance()
        for i, place in placed.items():
            plan.groups[i] = group = groups.resolve(place.group)
            _settle(plan.records, i, group, place, groups, evidence[i])
        for i in family.rows:
            plan.groups[i].evidence.clear()


def _word_for_word(
    connection: Connection, page: PageRead, rows: Sequence[int], ids: Collection[int]
) -> dict[int, frozenset[int]]:
    """Which of the papers `ids` another page spoke of with the very words of a row, by row."""
    if not ids:
        return {}
    papers: dict[int, list[tuple[int, str]]] = {}
    among = frozenset(ids)
    for raw_hash, entry_id, raw_text in rows_among(
        connection, _SAME_ROWS, {page.hashes[i] for i in rows}
    ):
        if entry_id in among:
            papers.setdefault(raw_hash, []).append((entry_id, squeeze(raw_text)))
    found: dict[int, frozenset[int]] = {}
    for i in rows:
        if known := papers.get(page.hashes[i]):
            text = squeeze(page.rows[i].raw_text)
            found[i] = frozenset(entry_id for entry_id, other in known if other == text)
    return found


def _settle(
    records: Records, i: int, group: Group, placed: Placed, groups: Groups, evidence: Evidence
) -> None:
    """Say what became of a row. The first row of a new paper added it; the others merged."""
    doubts: dict[str, None] = {}
    for other, match in placed.doubts:
        other = groups.resolve(other)
        if other is group:
            continue
        about = other.evidence[0].entry
        sentence = _("It may be the same as “{title}”: {reasons}.").format(
            title=called(about),
            reasons="; ".join(_lower_first(reason) for reason in match.reasons),
        )
        doubts[sentence] = None
        if len(doubts) == DOUBTS:
            break
    if doubts:
        records.reviews[i] = (*records.reviews.get(i, ()), *doubts)
    if group.entry_id is None and i == min(group.rows):
        return
    records.set_outcome(i, MERGED)
    # Without a match it was a later row that showed where this one belongs.
    ground = placed.match or groups.match_within(group, evidence)
    records.matched_by[i] = ground.reasons if ground else ()


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def unchanged_reason() -> str:
    """Why nothing is done with a row that is there."""
    return _("This row of this page is in the library.")


def left_out_reason() -> str:
    """Why a row is skipped that a person left out."""
    return _("You left this row out.")


@dataclass(slots=True)
class _Before:
    """What became of a page's rows at earlier imports of it, by position."""

    known: dict[int, int] = field(default_factory=dict)  # papers of rows that are there
    left_out: set[int] = field(default_factory=set)
    same_source: bool = False  # this very text was imported before


def _seen_before(connection: Connection, page: PageRead, progress: Progress) -> _Before:
    """The rows that this page had before.

    A row that was left out at the newest of these imports stays out; of an import that was taken
    back only the rows count that are in the library still.
    """
    source = page.source
    same = same_page(
        connection,
        page.format.name,
        path=source.path,
        header=page.header,
        digest=source.digest,
        taken_back=True,
    )
    if not same:
        return _Before()
    s = schema.sighting.c
    ids, standing = [one.id for one in same], {one.id for one in same if not one.taken_back}
    papers: dict[int, int | None] = {}
    for some in batches(set(page.hashes)):
        progress.check()
        for listing_id, raw_hash, entry_id, outcome in connection.execute(
            select(s.listing, s.raw_hash, s.entry, s.outcome)
            .where(s.raw_hash.in_(some), s.listing.in_(ids))
            .order_by(s.id)
        ):
            if entry_id is not None:
                papers[raw_hash] = entry_id
            elif outcome == SKIPPED and listing_id in standing:
                papers[raw_hash] = None
    found = [(i, papers[each]) for i, each in enumerate(page.hashes) if each in papers]
    return _Before(
        {i: entry_id for i, entry_id in found if entry_id is not None},
        {i for i, entry_id in found if entry_id is None},
        any(one.same_text and one.id in standing for one in same),
    )
