"""Better BibTeX's JSON: a library or collection of Zotero whole, with its notes, tags and
collections.

    file = "{" "config": …, "collections": {key: collection …}, "items": [item …] "}"

Items are read one by one; `collections` may stand before or after them. A note or file that
belongs to no item is a row of its own, so that it is not lost. The items of Zotero's own API
(`"data": {…}`) are read too.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from refman.formats import json_items
from refman.formats.format import Context, FileLink, Format, Found, Problem, Row
from refman.formats.json_items import text_of
from refman.formats.ris_fields import file_link
from refman.formats.zotero_items import (
    Item,
    annotations_note,
    collection_paths,
    creator_of,
    row_of,
)
from refman.i18n import _

_LABEL = re.compile(r'"label"\s*:\s*"BetterBibTeX JSON"')
_ITEM = re.compile(r'"itemType"\s*:\s*"[a-z][A-Za-z]+"')
_CREATOR = re.compile(r'"(?:creatorType|itemKey|itemID|dateAdded|citationKey|citekey)"\s*:')
_JSON = re.compile(r"\s*[\[{]")
_EXCERPT = 2000  # characters of a record that a problem shows
_DEEPEST = 100  # collections within collections
_CHILDREN = ("note", "attachment", "annotation")


class BetterBibTexJson(Format):
    name: ClassVar[str] = "better-bibtex-json"
    label: ClassVar[str] = "Better BibTeX JSON (Zotero)"
    extensions: ClassVar[tuple[str, ...]] = (".json",)

    def score(self, text: str) -> int:
        if not _JSON.match(text):
            return 0
        if _LABEL.search(text):
            return 95
        return 85 if _ITEM.search(text) and _CREATOR.search(text) else 0

    def read(self, text: str, context: Context) -> Found:
        return _Reader(context).read(text)


class _Reader:
    def __init__(self, context: Context) -> None:
        self._progress = context.progress
        self._found = Found()
        self._items: list[Item] = []
        self._by_id: dict[str, Item] = {}
        self._children: list[tuple[str, str, Mapping[str, Any], json_items.Item]] = []
        self._names: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._contents: dict[str, list[str]] = {}
        self._within: dict[int, list[str]] = {}

    def read(self, text: str) -> Found:
        self._progress.start(_("Reading Better BibTeX JSON"), len(text))
        for record in json_items.items(text, ("items",)):
            self._progress.advance(len(record.source))
            if record.message:
                message = _("This record cannot be read as JSON ({reason}).")
                self._tell(record, message.format(reason=record.message))
            elif record.place == "collections":
                self._take_collections(record.value, "", 0)
            elif record.place in ("", "items"):
                self._take(record)
        for child in self._children:
            self._take_child(*child)
        paths = collection_paths(self._names, self._parents, self._contents)
        for item in self._items:
            self._progress.check()
            self._finish(item, paths)
        self._found.problems.sort(key=lambda problem: problem.line)
        self._found.rows.sort(key=lambda row: row.line)
        return self._found

    def _tell(self, record: json_items.Item, message: str) -> None:
        self._found.problems.append(Problem(record.line, record.source[:_EXCERPT], message))

    def _finish(self, item: Item, paths: Mapping[str, list[str]]) -> None:
        for name in self._within.get(id(item), ()):
            item.collections += paths.get(name, ())
        row = row_of(item)
        if isinstance(row, Row):
            self._found.rows.append(row)
        else:
            self._found.problems.append(Problem(item.line, item.source[:_EXCERPT], row))

    # --------------------------------------------------------------------------- collections

    def _take_collections(self, value: Any, parent: str, depth: int) -> None:
        """Those of a library: a mapping by key, in old exports a list with lists within."""
        if isinstance(value, Mapping):
            pairs = [(str(key), each) for key, each in value.items()]
        else:
            pairs = [("", each) for each in value] if isinstance(value, list) else []
        for key, collection in pairs:
            if not isinstance(collection, Mapping) or depth > _DEEPEST:
                continue
            own = key or text_of(collection.get("key")) or text_of(collection.get("id"))
            own = own or f"#{len(self._names)}"
            self._names[own] = text_of(collection.get("name"))
            self._parents[own] = parent or text_of(collection.get("parent"))
            items = collection.get("items")
            listed = items if isinstance(items, list) else []
            self._contents[own] = [
                text_of(each.get("itemID") or each.get("id") or each.get("key"))
                if isinstance(each, Mapping) else text_of(each)
                for each in listed
            ]  # fmt: skip
            nested = collection.get("collections") or collection.get("children")
            if isinstance(nested, list) and any(isinstance(each, Mapping) for each in nested):
                self._take_collections(nested, own, depth + 1)

    # --------------------------------------------------------------------------------- items

    def _take(self, record: json_items.Item) -> None:
        value = record.value
        if isinstance(value, Mapping) and isinstance(value.get("data"), Mapping):
            value = value["data"]
        if not isinstance(value, Mapping) or not text_of(value.get("itemType")):
            self._tell(record, _("This is no item of Zotero: it has no type."))
            return
        kind, parent = text_of(value["itemType"]), text_of(value.get("parentItem"))
        if kind in _CHILDREN:
            self._children.append((kind, parent, value, record))
            return
        self._add(_item(kind, value, record), value)

    def _add(self, item: Item, value: Mapping[str, Any]) -> None:
        self._items.append(item)
        names = [text_of(value.get(name)) for name in ("itemID", "itemKey", "key", "id")]
        self._within[id(item)] = list(dict.fromkeys(name for name in names if name))
        self._by_id.update((name, item) for name in names if name)
        listed = value.get("collections")
        for key in listed if isinstance(listed, list) else ():
            self._contents.setdefault(text_of(key), []).append(next(iter(filter(None, names)), ""))

    def _take_child(
        self, kind: str, parent: str, value: Mapping[str, Any], record: json_items.Item
    ) -> None:
        """A note, file or mark: its item's, or else a row of its own."""
        item = self._by_id.get(parent)
        if item is None:
            title = text_of(value.get("title"))
            item = Item("document", {"title": title}, line=record.line, source=record.source)
            item.tags += _tags(value)
            message = _("This note or file belongs to no paper: it became one of its own.")
            item.review.append(message)
            if kind == "note" and not title:
                item.fields["title"] = _heading(text_of(value.get("note")))
            self._add(item, value)
        elif kind != "annotation":
            names = (text_of(value.get(name)) for name in ("key", "itemKey", "itemID"))
            self._by_id.update((name, item) for name in names if name)
        if kind == "note":
            item.notes.append(text_of(value.get("note")))
        elif kind == "attachment":
            _attach(item, value)
        elif note := annotations_note("", [value]):
            item.annotations.append(note)


def _item(kind: str, value: Mapping[str, Any], record: json_items.Item) -> Item:
    fields = {
        name: text
        for name, each in value.items()
        if not isinstance(each, list | dict) and (text := text_of(each))
    }
    item = Item(kind, fields, line=record.line, source=record.source, tags=_tags(value))
    item.key = next(
        (key for name in ("citationKey", "citation-key", "citekey") if (key := fields.get(name))),
        "",
    )
    for name in _mappings(value.get("creators")):
        creator = creator_of(name)
        if creator:
            item.creators.append(creator)
    notes = value.get("notes")
    for note in notes if isinstance(notes, list) else [notes]:
        item.notes.append(text_of(note.get("note") if isinstance(note, Mapping) else note))
    for attachment in _mappings(value.get("attachments")):
        _attach(item, attachment)
    return item


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    for each in value if isinstance(value, list) else ():
        if isinstance(each, Mapping):
            yield each


def _tags(value: Mapping[str, Any]) -> list[str]:
    tags = value.get("tags")
    listed = tags if isinstance(tags, list) else []
    return [text_of(tag.get("tag") if isinstance(tag, Mapping) else tag) for tag in listed]


def _attach(item: Item, attachment: Mapping[str, Any]) -> None:
    """A file with its own note and the marks in it."""
    title = text_of(attachment.get("title"))
    media_type = text_of(attachment.get("mimeType")) or text_of(attachment.get("contentType"))
    place = next(
        (text for name in ("localPath", "path", "defaultPath", "filename")
         if (text := text_of(attachment.get(name)))), "")  # fmt: skip
    link = file_link(place.removeprefix("attachments:"), media_type)
    url = link.url or text_of(attachment.get("url"))
    if link.path or url:
        item.attachments.append(FileLink(link.path, url, title, media_type))
    if note := text_of(attachment.get("note")):
        item.notes.append(note)
    marks = annotations_note(title, _mappings(attachment.get("annotations")))
    if marks:
        item.annotations.append(marks)


def _heading(note: str) -> str:
    """The first line of a note, as the title of what has none."""
    text = re.sub(r"<[^<>]*>", "\n", note[:_EXCERPT])
    return next((line.strip()[:200] for line in text.split("\n") if line.strip()), "")
