"""The tables of a library, stated once: a fresh library and every migration come from here.

What to do to add a stored property: a column here, a migration in `migrations/versions`,
and a greater `SCHEMA_VERSION`. Every table is either in `UNDOABLE` or, with its reason,
in `NOT_UNDOABLE`. Each undoable table has an integer primary key `id`, by which the
history names its rows.

Time stamps are ISO 8601 in UTC with a `Z`; truth values are 0 and 1; a missing text is ''.
"""

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

SCHEMA_VERSION = 1  # PRAGMA user_version
APPLICATION_ID = 0x72666D6E  # PRAGMA application_id: "rfmn"

metadata = MetaData()


def _id() -> "Column[int]":
    return Column("id", Integer, primary_key=True)


def _text(name: str, *, default: str = "", collation: str | None = None) -> "Column[str]":
    kind = Text(collation=collation) if collation else Text()
    return Column(name, kind, nullable=False, server_default=default)


def _number(name: str, default: int = 0) -> "Column[int]":
    return Column(name, Integer, nullable=False, server_default=str(default))


def _came_with() -> "Column[int]":
    """The import that gave it to the paper; NULL for what came otherwise, or stays without it."""
    return Column("listing", Integer, ForeignKey("listing.id", ondelete="SET NULL"))


def _entry(*, name: str = "entry", index: bool = True) -> "Column[int]":
    target = ForeignKey("entry.id", ondelete="CASCADE")
    return Column(name, Integer, target, nullable=False, index=index)


entry = Table(
    "entry",
    metadata,
    _id(),
    Column("uuid", Text, nullable=False, unique=True),
    _text("entry_type", default="misc"),
    Column("citation_key", Text(collation="NOCASE"), nullable=False, unique=True),
    _number("key_provisional"),  # replaced once, when a title or creators come
    _text("title"),
    _text("abstract"),
    _text("date"),  # partial ISO 8601 or EDTF
    _number("creators_truncated"),
    _text("status", default="inbox"),  # inbox, to-read, reading, read, dropped
    Column("rank", Float),  # place in the reading queue, the smallest first
    _number("rating"),  # 0 (none) to 5
    _text("added"),
    _text("modified"),
    Column("trashed", Text),  # when; NULL while it is not in the trash
    # What a table row shows and sorts by, kept by `library.entries` with every change.
    Column("year", Integer),
    _text("creators_text"),  # "Lin, Nikishin, He et al."
    _text("names"),  # every full name, for search, one a line
    _text("venue"),
    _text("category"),  # "cs.LG", or the label where the archive is open
    _number("code"),  # a page said that there is code
    Column("score", Float),  # the newest page's
    Column("best_score", Float),  # the highest of any page
    _text("categories"),  # of all pages, in their order, with a blank between: "cs.LG stat.ML"
    _number("seen"),  # sightings
    _text("attention"),  # why it needs attention, a sentence a line; '' when it does not
    _text("title_sort"),
    _text("creators_sort"),
    _text("venue_sort"),
    Column("title_hash", Integer),  # of the normalised title; NULL without a title
    # One index a column of the table, with all that a list of ids in its order needs.
    Index("entry_title_sort", "title_sort", "id", "trashed"),
    Index("entry_creators_sort", "creators_sort", "id", "trashed"),
    Index("entry_year", "year", "id", "trashed"),
    Index("entry_category", "category", "id", "trashed"),
    Index("entry_code", "code", "id", "trashed"),
    Index("entry_rating", "rating", "id", "trashed"),
    Index("entry_score", "score", "id", "trashed"),
    Index("entry_best_score", "best_score", "id", "trashed"),
    Index("entry_categories", "categories", "id", "trashed"),
    Index("entry_seen", "seen", "id", "trashed"),
    Index("entry_venue_sort", "venue_sort", "id", "trashed"),
    Index("entry_citation_key", "citation_key", "id", "trashed"),
    Index("entry_status", "status", "id", "trashed"),
    Index("entry_added", "added", "id", "trashed"),
    Index("entry_modified", "modified", "id", "trashed"),
    Index("entry_attention", "attention", "id", "trashed"),
    Index("entry_title_hash", "title_hash"),
)

entry_field = Table(
    "entry_field",
    metadata,
    _id(),
    _entry(index=False),
    Column("name", Text, nullable=False),
    Column("value", Text, nullable=False),
    UniqueConstraint("entry", "name"),
)

# The TeX that a field was read from, where it says more than the value; gone once it is edited.
entry_tex = Table(
    "entry_tex",
    metadata,
    _id(),
    _entry(index=False),
    Column("field", Text, nullable=False),  # a field's name, or a role: author, editor, translator
    Column("tex", Text, nullable=False),
    UniqueConstraint("entry", "field"),
)

# Other citation keys of a paper: that came with an import, or that it had before.
entry_key = Table(
    "entry_key",
    metadata,
    _id(),
    _entry(),
    Column("key", Text(collation="NOCASE"), nullable=False, unique=True),
    _came_with(),
)

# Identifiers in their normal form, for matching and for opening in the browser.
entry_identifier = Table(
    "entry_identifier",
    metadata,
    _id(),
    _entry(),
    Column("scheme", Text, nullable=False),  # doi, arxiv, isbn, pmid
    Column("value", Text, nullable=False),
    Index("entry_identifier_value", "scheme", "value"),
)

# What a person typed; it stands above all sightings. `value` is JSON.
entry_edit = Table(
    "entry_edit",
    metadata,
    _id(),
    _entry(index=False),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("made", Text, nullable=False),
    UniqueConstraint("entry", "field"),
)

# The uuids of papers that were merged into another one.
entry_alias = Table(
    "entry_alias",
    metadata,
    _id(),
    Column("uuid", Text, nullable=False, unique=True),
    _entry(),
)

# What a paper was before it was merged into another one, so that it can be parted again.
entry_joined = Table(
    "entry_joined",
    metadata,
    _id(),
    _entry(),
    Column("uuid", Text, nullable=False, unique=True),  # of the paper that is gone
    _text("made"),
    _text("was", default="{}"),  # JSON (library.parting)
    _came_with(),
)

# Pairs that the user said are not the same paper; the smaller id first.
entry_distinct = Table(
    "entry_distinct",
    metadata,
    _id(),
    _entry(name="first", index=False),
    _entry(name="second"),
    UniqueConstraint("first", "second"),
)

# The same by what the papers say (library.distinct), so that it holds for papers that come again;
# the smaller first.
distinct_record = Table(
    "distinct_record",
    metadata,
    _id(),
    Column("first", Integer, nullable=False),
    Column("second", Integer, nullable=False, index=True),
    UniqueConstraint("first", "second"),
)

# Pairs that a scan found, the smaller id first. No foreign keys: what is gone or has changed
# since is in `duplicate_unscanned` or in no `entry`.
KEPT_APART = -1  # as a tier: a person said so, of what they say
duplicate = Table(
    "duplicate",
    metadata,
    Column("first", Integer, primary_key=True, autoincrement=False),
    Column("second", Integer, primary_key=True, autoincrement=False, index=True),
    Column("tier", Integer, nullable=False),  # library.matching: CERTAIN, LIKELY, POSSIBLE
    _text("reasons"),  # sentences, one a line
    Index("duplicate_kept_apart", "tier", sqlite_where=text(f"tier = {KEPT_APART}")),
    sqlite_with_rowid=False,
)

# Papers that are new or changed since the last scan, kept by db.duplicate_marks.
duplicate_unscanned = Table(
    "duplicate_unscanned",
    metadata,
    Column("entry", Integer, primary_key=True, autoincrement=False),
)

creator = Table(
    "creator",
    metadata,
    _id(),
    _entry(index=False),
    _text("role", default="author"),
    Column("position", Integer, nullable=False),
    _text("family"),
    _text("given"),
    _text("dropping_particle"),
    _text("non_dropping_particle"),
    _text("suffix"),
    _text("literal"),
    Index("creator_entry", "entry", "position"),
)

tag = Table(
    "tag",
    metadata,
    _id(),
    Column("name", Text(collation="NOCASE"), nullable=False, unique=True),
    _text("colour"),  # "#rrggbb" or ''
    Column("position", Integer, unique=True),  # 1 to 9, the key that toggles it
)

entry_tag = Table(
    "entry_tag",
    metadata,
    _id(),
    _entry(index=False),
    Column("tag", Integer, ForeignKey("tag.id", ondelete="CASCADE"), nullable=False),
    _text("origin", default="manual"),  # manual, import, rule
    _came_with(),
    UniqueConstraint("entry", "tag"),
    Index("entry_tag_tag", "tag", "entry"),
)

collection = Table(
    "collection",
    metadata,
    _id(),
    Column("parent", Integer, ForeignKey("collection.id", ondelete="CASCADE"), index=True),
    Column("name", Text, nullable=False),
    _number("position"),
)

collection_entry = Table(
    "collection_entry",
    metadata,
    _id(),
    Column("collection", Integer, ForeignKey("collection.id", ondelete="CASCADE"), nullable=False),
    _entry(),
    _came_with(),
    UniqueConstraint("collection", "entry"),
)

saved_search = Table(
    "saved_search",
    metadata,
    _id(),
    Column("name", Text(collation="NOCASE"), nullable=False, unique=True),
    Column("query", Text, nullable=False),
)

annotation = Table(
    "annotation",
    metadata,
    _id(),
    _entry(),
    Column("kind", Text, nullable=False),  # note, highlight
    _text("target", default="entry"),  # entry, abstract, attachment:ID
    _text("quote"),
    _text("prefix"),
    _text("suffix"),
    Column("start", Integer),  # in characters of the target when it was made
    _text("colour"),
    _text("comment"),  # Markdown; of a note, the note
    _text("made"),
    _text("modified"),
    _came_with(),
)

attachment = Table(
    "attachment",
    metadata,
    _id(),
    _entry(),
    _text("path"),
    _text("url"),
    _text("title"),
    _text("media_type"),
    _text("sha256"),
    _text("added"),
    _came_with(),
)

listing = Table(
    "listing",
    metadata,
    _id(),
    Column("format", Text, nullable=False),
    _text("name"),  # the file's name, or what the page was called
    _text("path"),  # where it was read from; '' for pasted text
    _text("profile", default="{}"),  # JSON of formats.format.Header
    Column("source_sha256", Text, nullable=False, index=True),
    _text("as_of"),
    _text("imported"),
    _text("options", default="{}"),  # JSON of library.import_options.ImportOptions
    _text("taken_back"),  # when; '' while it was not
    # What is great comes last: SQLite reads through it to reach what stands behind it.
    Column("source", LargeBinary, nullable=False),  # zlib, of UTF-8: the text that it shows
    Column("markup", LargeBinary),  # likewise what it shows it with; NULL for plain text
    _text("passed_over", default="[]"),  # JSON: [[line, text], ...]
    _text("made", default="{}"),  # JSON: what else is there because of it (library.made)
)

# Which rows a person has still to look at; of those whose outcome shows them. In these words, or
# SQLite does not see that the index has them.
SIGHTING_DOUBTFUL = "review != '' AND reviewed = 0"

sighting = Table(
    "sighting",
    metadata,
    _id(),
    Column("listing", Integer, ForeignKey("listing.id", ondelete="CASCADE"), nullable=False),
    Column("entry", Integer, ForeignKey("entry.id", ondelete="SET NULL"), index=True),
    Column("position", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    _text("raw_text"),
    Column("raw_hash", Integer, nullable=False),
    _text("fields", default="{}"),  # JSON: the row as read (library.sightings)
    Column("outcome", Text, nullable=False),  # added, merged, unchanged, skipped, failed
    _text("reason"),  # sentences, one a line
    _text("review"),  # doubts, a sentence a line
    _number("reviewed"),  # the user looked at it
    # Evidence for where other titles end: folded names, one a line (library.bylines).
    _text("sure_names"),  # those that this row alone leaves no doubt of
    _text("asks"),  # those that would settle where its own title ends
    # With what the sidebar counts of each listing, so that no row, with its long texts, is read.
    Index("sighting_listing", "listing", "outcome", "entry"),
    Index("sighting_doubtful", "listing", "outcome", sqlite_where=text(SIGHTING_DOUBTFUL)),
    Index("sighting_raw_hash", "raw_hash"),
    Index("sighting_asks", "asks"),
)

# Every key that was ever exported or copied. By uuid, not by id: it outlives the entry. `given` is
# when; '' where that never was, and the key only finds a paper that was merged into another.
citation_key_given = Table(
    "citation_key_given",
    metadata,
    Column("key", Text(collation="NOCASE"), primary_key=True),
    Column("uuid", Text, nullable=False, index=True),
    Column("given", Text, nullable=False),
)

# Hashes of word n-grams (model.text.fingerprint), kept by db.search_index. No foreign key: a
# cascade over fifteen rows an entry would be the slowest part of undoing an import.
abstract_fingerprint = Table(
    "abstract_fingerprint",
    metadata,
    Column("hash", Integer, primary_key=True, autoincrement=False),
    Column("entry", Integer, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# What is set for this library, whoever opens it: the pattern of its citation keys, say.
preference = Table(
    "preference",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    _text("value"),
)

# Exports with a name; with `kept` the file at `path` follows the library. The collection or tag
# whose papers it takes stands in a column, so that it may be renamed.
export = Table(
    "export",
    metadata,
    _id(),
    Column("name", Text(collation="NOCASE"), nullable=False, unique=True),
    _text("settings", default="{}"),  # JSON of library.export_settings.ExportSettings
    Column("collection", Integer, ForeignKey("collection.id", ondelete="SET NULL")),
    Column("tag", Integer, ForeignKey("tag.id", ondelete="SET NULL")),
    _text("path"),
    _number("kept"),
)

# What was written for an export, and where each paper stands in the file (library.following).
# No foreign key: what undoing does to `export` is followed by triggers (db.stale_exports).
export_state = Table(
    "export_state",
    metadata,
    Column("export", Integer, primary_key=True, autoincrement=False),
    _number("runs"),  # counts what was noted here, so that two programs do not write at once
    _text("path"),  # the file that is spoken of
    _text("written"),  # when it was written
    _text("sha256"),  # of its bytes
    _text("coming"),  # of the bytes that are just being put in their place
    _text("seen"),  # the file's identity, size and time when these were its bytes
    _text("renderer"),  # what the texts depend on besides the papers
    _text("layout"),  # JSON: ids in their order, lengths in bytes, other keys; '' if not known
    _number("count"),
    _number("left_out"),
    _text("remarks"),  # sentences, one a line
    _text("error"),
    _text("foreign"),  # as `seen`, of the file that somebody else edited; '' for none
)

# Papers that changed since a kept export was written, kept by db.stale_exports.
export_stale = Table(
    "export_stale",
    metadata,
    Column("export", Integer, primary_key=True, autoincrement=False),
    Column("entry", Integer, primary_key=True, autoincrement=False),
    _number("changes"),
    sqlite_with_rowid=False,
)

# A .bib file that is written back as it was, but for what changed.
workspace = Table(
    "workspace",
    metadata,
    _id(),
    Column("name", Text(collation="NOCASE"), nullable=False, unique=True),
    _text("path"),
    Column("source", LargeBinary, nullable=False),  # zlib, of the file's bytes
    _text("encoding"),
    Column("listing", Integer, ForeignKey("listing.id", ondelete="SET NULL")),
    Column("collection", Integer, ForeignKey("collection.id", ondelete="SET NULL")),
)

# Its blocks that are papers: where each stands, in characters, and what the paper was then.
workspace_entry = Table(
    "workspace_entry",
    metadata,
    _id(),
    Column("workspace", Integer, ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("entry", Integer, ForeignKey("entry.id", ondelete="SET NULL"), index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("key"),
    _text("hashes", default="{}"),  # JSON: by field, of its value when it was imported
    UniqueConstraint("workspace", "start"),
)

# The bytes that a workspace's file had when it was read or written last.
workspace_state = Table(
    "workspace_state",
    metadata,
    Column("workspace", Integer, ForeignKey("workspace.id", ondelete="CASCADE"), primary_key=True),
    _text("written"),
    _text("sha256"),
)

# Files in watched folders that were looked at, so that each is imported once.
watched_file = Table(
    "watched_file",
    metadata,
    Column("path", Text, primary_key=True),
    _text("stamp"),  # its size and time when it was looked at
    _text("error"),  # why it was not imported; '' if it was
)

UNDOABLE: tuple[Table, ...] = (
    entry,
    entry_field,
    entry_identifier,
    entry_edit,
    entry_alias,
    entry_joined,
    entry_distinct,
    distinct_record,
    creator,
    tag,
    entry_tag,
    collection,
    collection_entry,
    saved_search,
    annotation,
    attachment,
    listing,
    sighting,
    entry_tex,
    entry_key,
    preference,
    export,
    workspace,
    workspace_entry,
)

NOT_UNDOABLE: dict[str, str] = {
    "citation_key_given": "a key that was given out stays given out, whatever is undone",
    "workspace_state": "what stands in files outside; undo does not reach them",
    "export_state": "what stands in files outside; undo does not reach them",
    "export_stale": "derived with every change, an undo included",
    "watched_file": "what stands in files outside; undo does not reach them",
    "duplicate": "derived by a scan from what the papers are",
    "duplicate_unscanned": "derived with every change, an undo included",
    "abstract_fingerprint": "derived from entry.abstract with every change, an undo included",
    "entry_text": "the full-text index, derived likewise (with its shadow tables)",
    "annotation_text": "the full-text index of notes and comments, derived likewise",
    "search_pending": "empty outside a transaction: what the indexes have still to read",
    "history_step": "the history itself",
    "history_part": "the history itself",
    "history_current": "the history itself",
    **{f"history_{table.name}": "the history itself" for table in UNDOABLE},
}
