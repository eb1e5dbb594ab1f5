"""Zotero's items, as its RDF, Better BibTeX's JSON and its CSV say them, to rows.

An item is a mapping of Zotero's field names to texts, with lists of creators, tags, notes and
attachments. Source of the names: Zotero's schema (github.com/zotero/zotero-schema). A field that
BibLaTeX has none for is kept under Zotero's name in lower case.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from refman.formats.extra import with_extra
from refman.formats.format import FileLink, Row
from refman.formats.json_items import text_of
from refman.formats.loose_dates import read_date
from refman.formats.plain_names import write_names
from refman.formats.rich_text import from_html, to_markdown
from refman.i18n import _
from refman.model.citation_key import legal
from refman.model.creator import AUTHOR, ROLES, Creator, parse_name
from refman.model.entry import Entry
from refman.model.identifiers import normal_arxiv, normal_doi
from refman.model.text import squeeze, visible

# Zotero's type → BibLaTeX type, and a field with its value that keeps what the type loses.
TYPES: Mapping[str, tuple[str, str, str]] = {
    "artwork": ("artwork", "", ""),
    "audioRecording": ("audio", "", ""),
    "bill": ("legislation", "entrysubtype", "bill"),
    "blogPost": ("online", "entrysubtype", "blog"),
    "book": ("book", "", ""),
    "bookSection": ("incollection", "", ""),
    "case": ("jurisdiction", "", ""),
    "computerProgram": ("software", "", ""),
    "conferencePaper": ("inproceedings", "", ""),
    "dataset": ("dataset", "", ""),
    "dictionaryEntry": ("inreference", "", ""),
    "document": ("misc", "", ""),
    "email": ("letter", "type", "e-mail"),
    "encyclopediaArticle": ("inreference", "", ""),
    "film": ("movie", "", ""),
    "forumPost": ("online", "entrysubtype", "forum"),
    "hearing": ("jurisdiction", "type", "hearing"),
    "instantMessage": ("letter", "type", "instant message"),
    "interview": ("misc", "type", "interview"),
    "journalArticle": ("article", "", ""),
    "letter": ("letter", "", ""),
    "magazineArticle": ("article", "entrysubtype", "magazine"),
    "manuscript": ("unpublished", "", ""),
    "map": ("misc", "type", "map"),
    "newspaperArticle": ("article", "entrysubtype", "newspaper"),
    "patent": ("patent", "", ""),
    "podcast": ("audio", "type", "podcast"),
    "preprint": ("misc", "", ""),
    "presentation": ("unpublished", "type", "presentation"),
    "radioBroadcast": ("audio", "type", "radio broadcast"),
    "report": ("report", "", ""),
    "standard": ("standard", "", ""),
    "statute": ("legislation", "", ""),
    "thesis": ("thesis", "", ""),
    "tvBroadcast": ("video", "type", "television broadcast"),
    "videoRecording": ("video", "", ""),
    "webpage": ("online", "", ""),
}

# Zotero's field → BibLaTeX field; of several that are one field the first with a value stands.
FIELDS: Mapping[str, str] = {
    "bookTitle": "booktitle",
    "proceedingsTitle": "booktitle",
    "encyclopediaTitle": "booktitle",
    "dictionaryTitle": "booktitle",
    "blogTitle": "titleaddon",
    "websiteTitle": "titleaddon",
    "forumTitle": "titleaddon",
    "programTitle": "series",
    "conferenceName": "eventtitle",
    "meetingName": "eventtitle",
    "journalAbbreviation": "shortjournal",
    "shortTitle": "shorttitle",
    "volume": "volume",
    "codeVolume": "volume",
    "reporterVolume": "volume",
    "issue": "number",
    "number": "number",
    "reportNumber": "number",
    "patentNumber": "number",
    "docketNumber": "number",
    "billNumber": "number",
    "publicLawNumber": "number",
    "documentNumber": "number",
    "episodeNumber": "number",
    "seriesNumber": "number",
    "pages": "pages",
    "codePages": "pages",
    "firstPage": "pages",
    "numPages": "pagetotal",
    "numberOfVolumes": "volumes",
    "edition": "edition",
    "versionNumber": "version",
    "version": "version",
    "series": "series",
    "seriesTitle": "series",
    "section": "section",
    "publisher": "publisher",
    "label": "publisher",
    "company": "publisher",
    "distributor": "publisher",
    "studio": "publisher",
    "network": "publisher",
    "repository": "publisher",
    "institution": "institution",
    "university": "institution",
    "assignee": "holder",
    "court": "institution",
    "organization": "organization",
    "place": "location",
    "language": "language",
    "ISBN": "isbn",
    "ISSN": "issn",
    "DOI": "doi",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "url": "url",
    "rights": "rights",
    "type": "type",
    "genre": "type",
    "thesisType": "type",
    "reportType": "type",
    "manuscriptType": "type",
    "letterType": "type",
    "mapType": "type",
    "websiteType": "type",
    "postType": "type",
    "presentationType": "type",
    "system": "system",
    "archiveID": "eprint",
    "libraryCatalog": "library",
    "callNumber": "callnumber",
    "originalDate": "origdate",
    "originalPublisher": "origpublisher",
    "originalPlace": "origlocation",
    "eventPlace": "venue",
}
_TITLES = ("title", "caseName", "nameOfAct", "subject")
_DATES = ("date", "dateEnacted", "dateDecided", "issueDate")
# Whoever made a work that has no author.
_MAKERS = (
    "artist", "cartographer", "composer", "creator", "director", "interviewee", "inventor",
    "podcaster", "presenter", "programmer", "sponsor", "contributor",
)  # fmt: skip
_NAME_FIELDS = {"bookAuthor": "bookauthor", "seriesEditor": "serieseditor"}
_MARKED = frozenset(("booktitle", "journaltitle", "shorttitle", "series", "eventtitle"))
_IN_BOOKS = frozenset(("incollection", "inproceedings", "inreference"))
# What an item says of itself as a row of Zotero's database.
_INTERNAL = frozenset(
    """itemType itemID itemKey itemId key libraryID id uri select version dateAdded dateModified
    creators tags notes attachments collections relations related seeAlso uniqueFields citekey
    citationKey citation-key citationKeyConflict extra title date accessDate abstractNote
    publicationTitle multi parentItem inPublications deleted desktop uniqueID firstCreator
    sourceItemID _itemID autoJournalAbbreviation journalAbbreviationAuto cslType
    publicationYear""".split()
)


@dataclass(slots=True)
class Item:
    """One item. `creators` are (Zotero's role, creator); `notes` are HTML, `annotations` done."""

    type: str
    fields: dict[str, str]
    creators: list[tuple[str, Creator]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)
    attachments: list[FileLink] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    key: str = ""
    line: int = 1
    source: str = ""
    review: list[str] = field(default_factory=list)


def creator_of(name: Mapping[str, Any]) -> tuple[str, Creator] | None:
    """Zotero's role and the creator of `{"firstName", "lastName" | "name", "creatorType"}`."""
    role = text_of(name.get("creatorType")) or AUTHOR
    whole = squeeze(text_of(name.get("name")))
    last, first = squeeze(text_of(name.get("lastName"))), squeeze(text_of(name.get("firstName")))
    if whole or not first or not last:
        literal = whole or last or first
        return (role, Creator(literal=literal)) if literal else None
    return role, split_name(last, first)


def split_name(last: str, first: str) -> Creator:
    """A name of two parts: particles stand before the last, a suffix after the first."""
    given, _comma, suffix = first.partition(", ")
    if "," in last or "," in given:
        return Creator(family=last, given=first)
    return replace(parse_name(f"{last}, {given}"), suffix=suffix.strip())


def row_of(item: Item) -> Row | str:
    """The row of an item, or why there is none."""
    kind, name, value = TYPES.get(item.type, ("misc", "type", item.type))
    fields = {name: value} if name and value else {}
    creators = tuple(_creators(item.creators, fields))
    given = item.fields
    for zotero, text in given.items():
        if zotero not in _INTERNAL and zotero not in _TITLES and zotero not in _DATES:
            _take(fields, zotero, text)
    _settle(fields, kind, given)
    said = next((given[date] for date in _DATES if given.get(date)), "")
    date = read_date(said)
    if said and not date:
        fields["year"] = squeeze(said)
    entry = Entry(
        entry_type=kind,
        citation_key=legal(item.key),
        title=from_html(squeeze(next((given[t] for t in _TITLES if given.get(t)), ""))),
        creators=creators,
        date=date,
        abstract=visible(given.get("abstractNote", "")).strip(),
        fields=fields,
        keywords=tuple(dict.fromkeys(tag for each in item.tags if (tag := squeeze(each)))),
    )
    entry, aliases = with_extra(entry, given["extra"]) if given.get("extra") else (entry, ())
    notes = [note for note in map(to_markdown, item.notes) if note]
    said_of = entry.title or entry.creators or entry.abstract or entry.fields
    if not (said_of or notes or item.annotations or item.attachments):
        return _("This item has nothing in it.")
    review = list(item.review)
    if not entry.title:
        review.append(_("No title was found."))
    return Row(
        entry=entry,
        line=item.line,
        raw_text=item.source,
        year_given=True if entry.date else None,
        review=tuple(review),
        collections=tuple(dict.fromkeys(item.collections)),
        notes=(*notes, *item.annotations),
        attachments=tuple(dict.fromkeys(item.attachments)),
        aliases=aliases,
    )


def _creators(names: Sequence[tuple[str, Creator]], fields: dict[str, str]) -> Iterator[Creator]:
    """Authors, editors and translators in this order; all others go into `fields`."""
    by_role: dict[str, list[Creator]] = {}
    for role, creator in names:
        by_role.setdefault(role, []).append(creator)
    if AUTHOR not in by_role:
        maker = next((role for role in _MAKERS if role in by_role), "")
        if maker:
            by_role[AUTHOR] = by_role.pop(maker)
            fields["authortype"] = maker
    for role in ROLES:
        yield from (creator.as_role(role) for creator in by_role.pop(role, ()))
    for role, creators in by_role.items():
        fields[_NAME_FIELDS.get(role, role.lower())] = write_names(creators)


def _take(fields: dict[str, str], zotero: str, text: str) -> None:
    """Put a value into its field; a second one is kept beside it."""
    name = FIELDS.get(zotero) or zotero.lower()
    text = squeeze(text)
    if not text:
        return
    if name in _MARKED:
        text = from_html(text)
    elif name == "pages" and _is_range(text):
        text = text.replace("-", "–")
    elif name == "doi":
        text = normal_doi(text) or text
    if name == "type":  # what the item's type implies gives way to what it says
        fields.pop(name, None)
    place, count = name, 1
    while place in fields and fields[place] != text:
        count += 1
        place = f"{name}-{count}"
    fields[place] = text


def _is_range(text: str) -> bool:
    start, dash, end = text.partition("-")
    return bool(dash and start[-1:].isdigit() and end[:1].isdigit() and "-" not in end)


def _settle(fields: dict[str, str], kind: str, given: Mapping[str, str]) -> None:
    """What depends on the type: where it stood, who published it; and an arXiv id."""
    container = squeeze(given.get("publicationTitle", ""))
    if container:
        name = "booktitle" if kind in _IN_BOOKS else "titleaddon" if kind == "online" else ""
        fields.setdefault(name or "journaltitle", from_html(container))
    if kind in ("thesis", "report") and "institution" not in fields and "publisher" in fields:
        fields["institution"] = fields.pop("publisher")
    visited = given.get("accessDate", "")
    if visited:
        fields["urldate"] = (read_date(visited) or squeeze(visited))[:10]
    for name in ("eprint", "number"):
        text = fields.get(name, "")
        if text.lower().startswith("arxiv:") and (arxiv := normal_arxiv(text)):
            del fields[name]
            fields["eprint"] = arxiv.id + arxiv.version
            fields["eprinttype"] = "arxiv"


def annotations_note(title: str, annotations: Iterable[Mapping[str, Any]]) -> str:
    """The highlights and comments in a file as one note: the quotes quoted, with their pages."""
    parts: list[str] = []
    for annotation in annotations:
        quote, comment, page = (
            text_of(annotation.get(f"annotation{name}", annotation.get(name.lower())))
            for name in ("Text", "Comment", "PageLabel")
        )
        lines = [f"> {line}".rstrip() for line in visible(quote).split("\n")] if quote else []
        if page and lines:
            lines[-1] += f" ({_('p. {page}').format(page=page)})"
        if comment:
            shown = to_markdown(comment)
            lines += [*([""] if lines else []), shown]
        if lines:
            parts.append("\n".join(lines))
    if not parts:
        return ""
    heading = [f"**{squeeze(title)}**"] if squeeze(title) else []
    return "\n\n".join([*heading, *parts])


def collection_paths(
    names: Mapping[str, str], parents: Mapping[str, str], contents: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The paths (`A/B`) of the collections that each item is in, by the item's id.

    A slash in a name would part it, so it is written as a fraction slash; a collection that is
    its own ancestor is at the top.
    """
    paths: dict[str, str] = {}
    for key in names:
        parts: list[str] = []
        seen: set[str] = set()
        place = key
        while place in names and place not in seen:
            seen.add(place)
            parts.append(squeeze(names[place]).replace("/", "⁄"))
            place = parents.get(place, "")
        paths[key] = "/".join(part for part in reversed(parts) if part)
    found: dict[str, list[str]] = {}
    for key, items in contents.items():
        for item in items:
            if paths.get(key):
                found.setdefault(item, []).append(paths[key])
    return found
