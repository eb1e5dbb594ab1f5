"""Zotero RDF: a library or collection of Zotero whole, with its notes, tags, files and
collections.

    file = "<rdf:RDF …>" {item | container | note | file | collection} "</rdf:RDF>"

What belongs together is joined by `rdf:resource`, forward or back: so every element is read
alone into what it says, and joined at the end. A note or file that belongs to no item is a row
of its own, so that it is not lost.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from refman.formats.format import Context, FileLink, Format, Found, Passage, Problem, Row
from refman.formats.ris_fields import file_link
from refman.formats.xml import Record, children
from refman.formats.zotero_items import Item, collection_paths, row_of, split_name
from refman.i18n import _
from refman.model.creator import Creator
from refman.model.text import squeeze

_SIGN = re.compile(r"<rdf:RDF\b|http://www\.zotero\.org/namespaces/export#")
_ZOTERO = re.compile(r"http://www\.zotero\.org/namespaces/export#|<z:itemType>")
_OPENING = re.compile(r"(?<=\n)[ \t]*<[\w:.-]+\s+rdf:about=")
_EXCERPT = 2000  # characters of a record that a problem shows

# Types of an item that does not say its own.
_CLASSES = {
    "Article": "journalArticle", "Book": "book", "BookSection": "bookSection",
    "ConferenceProceedings": "presentation", "Data": "computerProgram", "Document": "webpage",
    "Illustration": "artwork", "Image": "map", "Interview": "interview", "Legislation": "statute",
    "Letter": "letter", "Manuscript": "manuscript", "MotionPicture": "film", "Patent": "patent",
    "Recording": "audioRecording", "Report": "report", "Thesis": "thesis",
}  # fmt: skip
# Elements whose text is a field of Zotero's.
_TEXTS = {
    "{dc}title": "title",
    "{dc}date": "date",
    "{dcterms}abstract": "abstractNote",
    "{dc}description": "extra",
    "{dc}rights": "rights",
    "{dc}language": "language",
    "{dc}type": "type",
    "{dc}coverage": "archiveLocation",
    "{dcterms}dateSubmitted": "accessDate",
    "{dcterms}issued": "issueDate",
    "{dcterms}medium": "medium",
    "{prism}edition": "edition",
    "{prism}volume": "volume",
    "{prism}number": "issue",
    "{bib}pages": "pages",
}
_IDENTIFIERS = re.compile(r"(DOI|ISBN|ISSN)[ :]\s*(.*)", re.DOTALL)
_NUMBERED = frozenset(
    ("report", "patent", "case", "bill", "statute", "book", "bookSection", "preprint", "standard")
)
_PASSED = frozenset(("{z}itemType", "{dc}relation", "{rdf}type", "{z}displayTitle"))


@dataclass(slots=True)
class _Node:
    """One element below the root: what it says, and what it refers to."""

    kind: str  # its tag
    record: Record
    item: Item
    has_type: bool = False
    wholes: list[str] = field(default_factory=list)  # what it is part of
    notes: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)  # of a collection
    value: str = ""  # of a note
    path: str = ""  # of a file


class ZoteroRdf(Format):
    name: ClassVar[str] = "zotero-rdf"
    label: ClassVar[str] = "Zotero RDF"
    extensions: ClassVar[tuple[str, ...]] = (".rdf",)

    def score(self, text: str) -> int:
        return 95 if _SIGN.search(text) and _ZOTERO.search(text) else 0

    def read(self, text: str, context: Context) -> Found:
        return _Reader(context).read(text.replace("\r\n", "\n").replace("\r", "\n"))


class _Reader:
    def __init__(self, context: Context) -> None:
        self._progress = context.progress
        self._found = Found()
        self._nodes: dict[str, _Node] = {}
        self._used: set[str] = set()  # notes, files and wholes that belong to an item

    def read(self, text: str) -> Found:
        self._progress.start(_("Reading Zotero RDF"), len(text))
        for record in children(text, _OPENING):
            self._progress.advance(len(record.source))
            if record.element is None or not isinstance(record.element.tag, str):
                self._tell(record, _("The markup of this record cannot be read."))
                continue
            node = _node(record)
            name = record.element.get("{rdf}about") or record.element.get("{rdf}ID") or ""
            while not name or name in self._nodes:
                name += f"#{len(self._nodes)}"
            self._nodes[name] = node
        paths = self._paths()
        for name, node in list(self._nodes.items()):
            self._progress.check()
            if node.has_type and node.kind != "{z}Collection":
                self._join(node)
                node.item.collections = paths.get(name, [])
        for name, node in self._nodes.items():
            self._progress.check()
            self._finish(name, node, paths)
        self._found.problems.sort(key=lambda problem: problem.line)
        return self._found

    def _tell(self, record: Record, message: str) -> None:
        self._found.problems.append(Problem(record.line, record.source[:_EXCERPT], message))

    def _paths(self) -> dict[str, list[str]]:
        """The collections that each resource is in."""
        collections = {n: node for n, node in self._nodes.items() if node.kind == "{z}Collection"}
        names = {name: node.item.fields.get("title", "") for name, node in collections.items()}
        parents = {
            part: name for name, node in collections.items() for part in node.parts
            if part in collections
        }  # fmt: skip
        return collection_paths(names, parents, {n: node.parts for n, node in collections.items()})

    def _join(self, node: _Node) -> None:
        """Give an item what stands elsewhere of it."""
        item = node.item
        wholes, seen = list(node.wholes), set()
        while wholes:
            name = wholes.pop()
            whole = self._nodes.get(name)
            if whole is None or whole is node or name in seen:
                continue
            seen.add(name)
            self._used.add(name)
            wholes += whole.wholes
            _add_whole(item, whole.kind, whole.item.fields)
        for name in node.notes:
            note = self._nodes.get(name)
            if note is not None and note.kind == "{bib}Memo":
                self._used.add(name)
                item.notes.append(note.value)
                item.tags += note.item.tags
        for name in node.files:
            file = self._nodes.get(name)
            if file is not None and file.kind == "{z}Attachment":
                self._used.add(name)
                _attach(item, file)

    def _finish(self, name: str, node: _Node, paths: dict[str, list[str]]) -> None:
        item = node.item
        if node.kind == "{z}Collection" or (name in self._used and not node.has_type):
            return
        if node.kind in ("{bib}Memo", "{z}Attachment"):
            if name in self._used:
                return
            item.collections = paths.get(name, [])
            item.type = "document"
            if node.kind == "{bib}Memo":
                item.notes.append(node.value)
                text = re.sub(r"<[^<>]*>", "\n", node.value[:_EXCERPT])
                item.fields["title"] = next(filter(None, map(str.strip, text.split("\n"))), "")
            else:
                item.fields.pop("url", None)
                _attach(item, node)
            message = _("This note or file belongs to no paper: it became one of its own.")
            item.review.append(message)
        elif not node.has_type and node.kind.partition("}")[2] not in _CLASSES:
            first = node.record.source.split("\n", 1)[0]
            self._found.passed_over.append(Passage(node.record.line, first))
            return
        row = row_of(item)
        if isinstance(row, Row):
            self._found.rows.append(row)
        else:
            self._tell(node.record, row)


def _node(record: Record) -> _Node:
    element = record.element
    kind = element.tag
    said = _text(element.find("{z}itemType"))
    item = Item(
        said or _CLASSES.get(kind.partition("}")[2], "document"),
        {},
        line=record.line,
        source=record.source,
    )
    if record.is_broken:
        item.review.append(_("The markup of this row is broken."))
    node = _Node(kind, record, item, has_type=bool(said))
    if kind in ("{bib}Memo", "{z}Attachment"):
        node.has_type = False
    _read(node, element)
    return node


def _read(node: _Node, element: Any) -> None:
    for part in element:
        if part.tag in _PASSED or not isinstance(part.tag, str):
            continue
        read = _PARTS.get(part.tag)
        if read is not None:
            read(node, part)
        elif part.find("{rdf}Seq") is not None:
            role = part.tag.partition("}")[2].removesuffix("s")
            node.item.creators += [(role, creator) for creator in _people(part)]
        else:
            _read_text(node, part)


def _resource(part: Any) -> str:
    return part.get("{rdf}resource") or ""


def _read_text(node: _Node, part: Any) -> None:
    item = node.item
    name = _TEXTS.get(part.tag) or part.tag.rpartition("}")[2]
    if name == "issue" and item.type in _NUMBERED:
        name = "number"
    elif name == "title" and part.tag != "{dc}title":
        name = "titleaddon"
    elif part.tag == "{link}type":
        name = "mimeType"
    elif name == "citationKey":
        item.key = _text(part)
    _set(item.fields, name, _text(part) or _resource(part))


def _set(fields: dict[str, str], name: str, value: str) -> None:
    if value:
        fields.setdefault(name, value)


def _text(element: Any) -> str:
    if element is None:
        return ""
    text: str = "".join(element.itertext()) if len(element) else element.text or ""
    return text.strip()


def _read_part_of(node: _Node, part: Any) -> None:
    """A journal, book, series or section: elsewhere, or within the item."""
    if _resource(part):
        node.wholes.append(_resource(part))
    for whole in part:
        inside = _Node(str(whole.tag), node.record, Item(node.item.type, {}))
        _read(inside, whole)
        _add_whole(node.item, inside.kind, inside.item.fields)
        node.wholes += inside.wholes


def _add_whole(item: Item, kind: str, fields: dict[str, str]) -> None:
    if kind == "{bib}Series":
        names = {"title": "series", "alternative": "seriesTitle", "extra": "seriesText",
                 "identifier": "seriesNumber"}  # fmt: skip
    elif kind == "{bib}Part":
        names = {"title": "section"}
    else:
        names = {"title": "publicationTitle", "alternative": "journalAbbreviation"}
    for name, value in fields.items():
        _set(item.fields, names.get(name, name), value)


def _read_subject(node: _Node, part: Any) -> None:
    """A tag, set by hand or not; or a call number."""
    if not len(part) or part[0].tag == "{z}AutomaticTag":
        node.item.tags.append(_text(part))
    else:
        _set(node.item.fields, "callNumber", _text(part))


def _read_identifier(node: _Node, part: Any) -> None:
    text = _text(part)
    found = _IDENTIFIERS.fullmatch(text)
    if len(part) and part[0].tag == "{dcterms}URI":
        _set(node.item.fields, "url", text)
    elif found:
        _set(node.item.fields, found[1], found[2])
    else:
        _set(node.item.fields, "identifier", text)


def _read_publisher(node: _Node, part: Any) -> None:
    place = part.find(".//{vcard}locality")
    name = part.find(".//{foaf}name")
    _set(node.item.fields, "place", _text(place))
    _set(node.item.fields, "publisher", _text(name) if len(part) else _text(part))


def _read_file(node: _Node, part: Any) -> None:
    node.path = _resource(part) or _text(part)


def _read_value(node: _Node, part: Any) -> None:
    node.value = _text(part)


_PARTS: dict[str, Callable[[_Node, Any], None]] = {
    "{dcterms}isPartOf": _read_part_of,
    "{dcterms}isReferencedBy": lambda node, part: node.notes.append(_resource(part)),
    "{dcterms}hasPart": lambda node, part: node.parts.append(_resource(part)),
    "{link}link": lambda node, part: node.files.append(_resource(part)),
    "{rdf}resource": _read_file,
    "{z}path": _read_file,
    "{rdf}value": _read_value,
    "{dc}subject": _read_subject,
    "{dc}identifier": _read_identifier,
    "{dc}publisher": _read_publisher,
    "{bib}presentedAt": lambda node, part: _set(node.item.fields, "conferenceName", _text(part)),
}


def _people(part: Any) -> Iterator[Creator]:
    for person in part.iter("{foaf}Person", "{foaf}Organization"):
        last = next(filter(None, (_text(person.find(f"{{foaf}}{n}"))
                    for n in ("surname", "familyName", "lastName", "name"))), "")  # fmt: skip
        first = next(filter(None, (_text(person.find(f"{{foaf}}{n}"))
                     for n in ("givenName", "givenname", "firstName"))), "")  # fmt: skip
        if last and first:
            yield split_name(squeeze(last), squeeze(first))
        elif last or first:
            yield Creator(literal=squeeze(last or first))


def _attach(item: Item, file: _Node) -> None:
    fields = file.item.fields
    media_type = fields.get("mimeType", "")
    link = file_link(file.path, media_type) if file.path else FileLink()
    url = link.url or fields.get("url", "")
    if link.path or url:
        item.attachments.append(FileLink(link.path, url, fields.get("title", ""), media_type))
    if note := fields.get("extra", ""):  # a file's own note
        item.notes.append(note)
    item.tags += file.item.tags if file.item is not item else []
